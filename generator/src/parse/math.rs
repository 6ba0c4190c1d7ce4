//! A formula between dollar signs -> MathML, a line of plain text, and its label.
//!
//! The conversion is math-core's. What it says of a mistake becomes a diagnostic at the place, in our words, and what
//! it makes is checked and written anew in `mathml.rs`.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

use crate::diagnostic::{Code, Diagnostic};
use crate::document::Math;
use crate::source::{Source, Span};

use super::build::WrittenId;
use super::math_error::{Explained, explained, refused};
use super::mathml;
use super::pieces::Pieces;

/// How many commands, groups and scripts a formula may have: each may hold the next, and the converter recurses.
pub const MAX_PARTS: usize = 300;

/// A formula and what was noticed.
pub struct ReadMath {
    pub math: Math,
    /// The name in `\label{name}`.
    pub label: Option<WrittenId>,
    pub diagnostics: Vec<Diagnostic>,
}

/// A command of a formula: `\frac`, `\,`.
#[derive(Clone, Debug, PartialEq)]
pub struct Command<'a> {
    /// Without the backslash.
    pub name: &'a str,
    /// With the backslash, in the formula.
    pub range: Range<usize>,
}

/// Reads a formula; `range` is its place in the source, with the dollar signs.
pub fn formula(source: &Arc<Source>, written: &str, range: &Range<usize>, display: bool) -> ReadMath {
    let pieces = pieces(&source.text, written, range, display);
    let mut reader = Reader { source, pieces, range, display, diagnostics: Vec::new() };
    let (tex, label) = reader.take_labels(written);
    let (mathml, text) = reader.convert(&tex).unwrap_or_default();
    let tex = tex.split_whitespace().collect::<Vec<_>>().join(" ");
    ReadMath { math: Math { display, tex, mathml, text }, label, diagnostics: reader.diagnostics }
}

/// All commands, in order.
pub fn commands(tex: &str) -> Vec<Command<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = tex[at..].find('\\').map(|it| at + it) {
        let rest = &tex[start + 1..];
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let n_bytes = if letters > 0 { letters } else { rest.chars().next().map_or(0, char::len_utf8) };
        at = start + 1 + n_bytes;
        found.push(Command { name: &tex[start + 1..at], range: start..at });
    }
    found
}

/// The argument in braces behind a command, and where it stands without them.
pub fn argument<'a>(tex: &'a str, command: &Command<'_>) -> Option<(&'a str, Range<usize>)> {
    let rest = &tex[command.range.end..];
    let open = command.range.end + rest.find(|c: char| !c.is_whitespace())?;
    let inside = tex[open..].strip_prefix('{')?;
    let start = open + 1;
    Some((&inside[..inside.find('}')?], start..start + inside.find('}')?))
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    /// The way from the formula back to the source.
    pieces: Pieces,
    range: &'a Range<usize>,
    display: bool,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn report(&mut self, code: Code, range: Range<usize>, message: impl Into<String>, label: &str, hint: &str) {
        let mut diagnostic = Diagnostic::at(code, Span::new(self.source, range), message).label(label);
        if !hint.is_empty() {
            diagnostic = diagnostic.hint(hint);
        }
        self.diagnostics.push(diagnostic);
    }

    /// The formula with blanks in place of its labels, so that every place in it stays, and the one that counts.
    fn take_labels(&mut self, tex: &str) -> (String, Option<WrittenId>) {
        let mut blank = tex.to_owned();
        let mut label: Option<WrittenId> = None;
        for command in commands(tex).into_iter().filter(|it| it.name == "label") {
            let whole =
                argument(tex, &command).map_or(command.range.clone(), |(_, it)| command.range.start..it.end + 1);
            let place = self.pieces.range(whole.clone());
            blank.replace_range(whole.clone(), &" ".repeat(whole.len()));
            match argument(tex, &command) {
                _ if !self.display => self.report(
                    Code::BadLabel,
                    place,
                    "label in a formula within a line",
                    "only an equation of its own has a number",
                    "set the formula apart, between `$$` and `$$`, or leave out the label",
                ),
                Some(_) if label.is_some() => self.report(
                    Code::BadLabel,
                    place,
                    "second label of one equation",
                    "an equation has one number",
                    "leave it out, or make two equations",
                ),
                Some((name, range)) if is_id(name) => label = Some((name.to_owned(), self.pieces.range(range))),
                Some((name, range)) => self.report(
                    Code::BadLabel,
                    if range.is_empty() { place } else { self.pieces.range(range) },
                    format!("`{name}` cannot be the id of an equation"),
                    "expected letters, digits and hyphens",
                    "",
                ),
                None => self.report(
                    Code::BadLabel,
                    place,
                    "`\\label` without a name",
                    "which name?",
                    "write it in braces: `\\label{name}`",
                ),
            }
        }
        (blank, label)
    }

    /// MathML and plain text, or nothing and a complaint.
    fn convert(&mut self, tex: &str) -> Option<(String, String)> {
        let whole = self.range.clone();
        if tex.trim().is_empty() {
            self.report(Code::BadMath, whole, "empty formula", "nothing stands here", "a dollar sign in text is `\\$`");
            return None;
        }
        let n_parts = commands(tex).len() + tex.matches(['{', '^', '_']).count();
        if n_parts > MAX_PARTS {
            let message = format!("formula of {n_parts} commands, groups and scripts");
            let label = format!("a formula may have {MAX_PARTS}");
            self.report(Code::TooDeep, whole, message, &label, "split it into several");
            return None;
        }
        if let Some((range, problem)) = refused(tex) {
            self.explain(range, problem);
            return None;
        }
        let display = if self.display { MathDisplay::Block } else { MathDisplay::Inline };
        // A formula on which the converter panics fails the build, not the program.
        let converted = std::panic::catch_unwind(|| converter().convert_with_local_state(tex, display));
        let converted = match converted {
            Ok(Ok(it)) => it.mathml,
            Err(_) => {
                self.report(
                    Code::BadMath,
                    whole,
                    "formula that cannot be converted",
                    "the converter gives up",
                    "write it another way, and report this: it is a defect of the program",
                );
                return None;
            }
            Ok(Err(error)) => {
                let range = visible(tex, &error.0);
                self.explain(range.clone(), explained(&error, &tex[range]));
                return None;
            }
        };
        let made = mathml::checked(&converted);
        if made.is_err() || made.as_ref().is_ok_and(|(mathml, _)| mathml.is_empty()) {
            let message = made.as_ref().err().map_or_else(|| "empty formula".to_owned(), |it| it.message());
            self.report(
                Code::BadMath,
                whole,
                message,
                "cannot be set",
                "write it by other commands, or leave that out",
            );
        }
        made.ok()
    }

    fn explain(&mut self, range: Range<usize>, problem: Explained) {
        let span = Span::new(self.source, self.pieces.range(range));
        let mut diagnostic = Diagnostic::at(Code::BadMath, span, problem.message).label(problem.label);
        diagnostic.hints = problem.hints;
        self.diagnostics.push(diagnostic);
    }
}

/// One for all: it keeps nothing from formula to formula.
fn converter() -> &'static LatexToMathML {
    static CONVERTER: LazyLock<LatexToMathML> = LazyLock::new(|| {
        let made = LatexToMathML::new(MathCoreConfig::default());
        made.unwrap_or_else(|_| unreachable!("only macros of our own could be wrong, and there are none"))
    });
    &CONVERTER
}

fn is_id(name: &str) -> bool {
    !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || matches!(c, '?' | '#' | '&'))
}

/// A range that can be seen: an empty one is moved to the last character before it that is no blank.
fn visible(tex: &str, range: &Range<usize>) -> Range<usize> {
    let floor = |at: usize| (0..=at.min(tex.len())).rev().find(|it| tex.is_char_boundary(*it)).unwrap_or(0);
    let (start, end) = (floor(range.start), floor(range.end));
    if start < end {
        return start..end;
    }
    let before = tex[..start].trim_end();
    let n_bytes = before.chars().next_back().map_or(0, char::len_utf8);
    before.len() - n_bytes..before.len()
}

/// The lines of the formula where they stand in the source: a quote or list puts marks before them.
fn pieces(source: &str, written: &str, range: &Range<usize>, display: bool) -> Pieces {
    let n_dollars = if display { 2 } else { 1 };
    let mut pieces = Pieces::default();
    let mut at = range.start + n_dollars;
    let end = range.end.saturating_sub(n_dollars).max(at);
    for line in written.split_inclusive('\n') {
        let there = source.get(at..end).unwrap_or_default().split_inclusive('\n').next().unwrap_or_default();
        // In a table `\|` has become `|`: such a line has no exact place, and its beginning will do.
        let skipped = if there.ends_with(line) { there.len() - line.len() } else { 0 };
        pieces.push(line, &(at + skipped..at + there.len()));
        at += there.len();
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::{commands, formula};
    use crate::report;
    use crate::source::Source;

    #[test]
    fn commands_are_words_or_one_sign() {
        let shown: Vec<&str> = commands(r"\frac12\,x\\\é\").into_iter().map(|it| it.name).collect();
        assert_eq!(shown, ["frac", ",", "\\", "é", ""]);
    }

    #[test]
    fn a_place_in_a_quoted_formula_is_found() {
        let text = "> $$\n> > 3 +\n> \\foo\n> $$\n";
        let read = formula(&Source::new("page.md", text), "\n> 3 +\n\\foo\n", &(2..text.len() - 1), true);
        assert_eq!(read.diagnostics.len(), 1, "{}", report::render(&read.diagnostics, false));
        let span = read.diagnostics[0].span.as_ref().expect("a place");
        assert_eq!(&text[span.range.clone()], "\\foo");
    }
}
