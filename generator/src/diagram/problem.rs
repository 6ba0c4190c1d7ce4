//! What is wrong with a diagram, by its place in the diagram's own text.

use std::ops::Range;

use crate::diagnostic::Code;

/// One complaint; the page's parser turns it into a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub code: Code,
    pub message: String,
    /// In the text of the fence.
    pub range: Range<usize>,
    /// Short text at the place.
    pub label: String,
    pub hints: Vec<String>,
}

impl Problem {
    /// A complaint about the syntax.
    pub fn syntax(range: Range<usize>, message: impl Into<String>) -> Self {
        Self::new(Code::BadDiagram, range, message)
    }

    /// A complaint of any kind.
    pub fn new(code: Code, range: Range<usize>, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), range, label: String::new(), hints: Vec::new() }
    }

    /// With a short text at the place.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// With a way to mend it.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}
