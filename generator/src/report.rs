//! Turns diagnostics into text for people, in the style of rustc: file, line, column, excerpt, hints, and a last line
//! that counts.
//!
//! In: diagnostics in any order. Out: text, sorted by file and place, complete without colour.

use std::collections::HashMap;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Source, Span};

/// Longest stretch of a line that is shown on each side of a place, in bytes.
const REACH: usize = 400;

/// The whole report; empty if there is nothing to say.
pub fn render(diagnostics: &[Diagnostic], color: bool) -> String {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|it| place(it));
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut lines = Lines::default();
    let mut out = String::new();
    for diagnostic in &sorted {
        out.push_str(&renderer.render(&[group(diagnostic, &mut lines)]));
        out.push_str("\n\n");
    }
    if !sorted.is_empty() {
        out.push_str(&summary(diagnostics));
        out.push('\n');
    }
    out
}

/// `2 errors, 1 warning`.
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let n_errors = diagnostics.iter().filter(|it| it.is_error()).count();
    let counted = |n: usize, what: &str| match n {
        0 => None,
        1 => Some(format!("1 {what}")),
        _ => Some(format!("{n} {what}s")),
    };
    let parts = [counted(n_errors, "error"), counted(diagnostics.len() - n_errors, "warning")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Sort key: what has no place comes first, then by file, place and kind.
fn place(diagnostic: &Diagnostic) -> (&str, usize, usize, Severity, &str) {
    let (name, start, end) = diagnostic
        .span
        .as_ref()
        .map_or(("", 0, 0), |span| (span.source.name.as_str(), span.range.start, span.range.end));
    (name, start, end, diagnostic.severity, &diagnostic.message)
}

fn group<'a>(diagnostic: &'a Diagnostic, lines: &mut Lines) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.name()));
    if let Some(span) = &diagnostic.span {
        group = excerpt(group, span, AnnotationKind::Primary, &diagnostic.label, lines);
    }
    for (span, text) in &diagnostic.notes {
        group = excerpt(group, span, AnnotationKind::Context, text, lines);
    }
    for hint in &diagnostic.hints {
        group = group.element(Level::HELP.with_name("hint").message(hint.as_str()));
    }
    group
}

/// Adds a place with the lines it stands on. A place in an empty line or file is only named.
fn excerpt<'a>(group: Group<'a>, span: &'a Span, kind: AnnotationKind, label: &'a str, lines: &mut Lines) -> Group<'a> {
    let source = &span.source;
    let window = window(source, &span.range);
    let line = lines.number(source, span.range.start);
    if source.text[window.clone()].trim().is_empty() {
        let column = source.text[window.start..span.range.start.max(window.start)].chars().count() + 1;
        let group = group.element(Origin::path(source.name.as_str()).line(line).char_column(column));
        return if label.is_empty() { group } else { group.element(Level::NOTE.message(label)) };
    }
    let start = span.range.start - window.start;
    let end = span.range.end.min(window.end) - window.start;
    let mark = kind.span(start..end.max(start));
    let mark = if label.is_empty() { mark } else { mark.label(label) };
    group.element(Snippet::source(&source.text[window]).path(source.name.as_str()).line_start(line).annotation(mark))
}

/// The lines of the range, at most three of them and at most [`REACH`] around the place. An excerpt that is cut at
/// the left would lie about the column, so only the right is cut while the place is near the line's start.
fn window(source: &Source, range: &Range<usize>) -> Range<usize> {
    let text = &source.text;
    let line_start = text[..range.start].rfind('\n').map_or(0, |newline| newline + 1);
    let last = text[range.start..range.end].char_indices().filter(|(_, it)| *it == '\n').nth(2);
    let stop = last.map_or(range.end, |(newline, _)| range.start + newline);
    let line_end = if last.is_some() { stop } else { text[stop..].find('\n').map_or(text.len(), |it| stop + it) };
    line_start..ceil(text, line_end.min(range.start + REACH.max(range.len().min(3 * REACH)) + REACH)).min(line_end)
}

fn ceil(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset += 1;
    }
    offset
}

/// Line numbers, without counting from the top for every place: places come in order.
#[derive(Default)]
struct Lines {
    last: HashMap<*const Source, (usize, usize)>,
}

impl Lines {
    fn number(&mut self, source: &std::sync::Arc<Source>, offset: usize) -> usize {
        let last = self.last.entry(std::sync::Arc::as_ptr(source)).or_insert((0, 1));
        if last.0 > offset {
            *last = (0, 1);
        }
        last.1 += source.text[last.0..offset].bytes().filter(|byte| *byte == b'\n').count();
        last.0 = offset;
        last.1
    }
}

#[cfg(test)]
mod tests {
    use super::render;
    use crate::diagnostic::{Code, Diagnostic};
    use crate::source::{Source, Span};

    #[test]
    fn a_report_shows_file_line_column_excerpt_and_hint() {
        let source = Source::new("content/a.md", "# A\n\nsee [b](litle.md) and more\n");
        let at = source.text.find("litle.md").expect("the link");
        let broken =
            Diagnostic::at(Code::BrokenLink, Span::new(&source, at..at + 8), "link to unknown file `litle.md`")
                .label("this file does not exist")
                .hint("did you mean `little.md`?");
        let spanless = Diagnostic::new(Code::Io, "`x` cannot be read");
        let text = render(&[broken, spanless], false);
        assert_eq!(
            text,
            "error[io]: `x` cannot be read\n\n\
             error[broken-link]: link to unknown file `litle.md`\n \
             --> content/a.md:3:9\n  \
             |\n\
             3 | see [b](litle.md) and more\n  \
             |         ^^^^^^^^ this file does not exist\n  \
             |\n  \
             = hint: did you mean `little.md`?\n\n\
             2 errors\n"
        );
    }

    #[test]
    fn a_place_at_the_end_of_a_file_and_in_an_empty_one_are_shown() {
        for text in ["", "\n\n", "a\n", "\u{feff}", "no line feed"] {
            let source = Source::new("book.toml", text);
            let end = Diagnostic::at(Code::BadConfig, Span::new(&source, text.len()..text.len()), "it ends too soon");
            assert!(render(&[end], false).contains("book.toml"), "{text:?}");
        }
    }

    #[test]
    fn a_line_of_a_megabyte_is_cut() {
        let text = "[".repeat(1_000_000);
        let source = Source::new("content/a.md", text);
        let at = Diagnostic::at(Code::TooDeep, Span::new(&source, 500_000..500_001), "too deep").label("here");
        let report = render(&[at], false);
        assert!(report.contains("content/a.md:1:500001"), "{}", &report[..200]);
        assert!(report.len() < 2_000, "{} bytes", report.len());
    }
}
