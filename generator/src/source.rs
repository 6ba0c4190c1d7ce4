//! A text that was read, and a place in it.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A text with the name under which reports show it: `content/a.md`, `book.toml`, `templates/page.html`.
#[derive(PartialEq, Eq, Default)]
pub struct Source {
    /// Relative to the book's folder, with `/`.
    pub name: String,
    /// The whole text, as read but for the character NUL.
    pub text: String,
}

/// A byte range in a source. The source comes along, so a span explains itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Span {
    /// The text.
    pub source: Arc<Source>,
    /// Byte offsets into `source.text`, on character boundaries.
    pub range: Range<usize>,
}

impl Source {
    /// A source with this name and text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { name: name.into(), text: text.into() })
    }

    /// Line and column, both from 1; the column counts characters.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let before = &self.text[..floor(&self.text, offset)];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

impl Span {
    /// The span `range` of `source`, moved onto character boundaries.
    pub fn new(source: &Arc<Source>, range: Range<usize>) -> Self {
        let start = floor(&source.text, range.start);
        let end = floor(&source.text, range.end).max(start);
        Self { source: Arc::clone(source), range: start..end }
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({:?}, {} bytes)", self.name, self.text.len())
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}..{}", self.source.name, self.range.start, self.range.end)
    }
}

fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
