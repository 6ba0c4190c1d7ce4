//! Which dollar signs are math, and where a formula of its own may stand.
//!
//! pulldown-cmark pairs the signs; here its pairs around amounts of money become text again, and the signs that it left
//! alone, though they look like math, are reported: else half a formula would stand in the page as text.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Kind, Node, Written};
use crate::source::{Source, Span};

use super::build::Open;

const SIGN: &str = "a dollar sign in text is `\\$`";

/// Signs of one block that stand in its text, not escaped.
#[derive(Clone, Debug, Default)]
pub struct Dollars {
    at: Vec<usize>,
}

/// True if the pair stands between amounts, as in `$5/$10`: a digit follows, or the first sign belongs to a word, `US$`.
pub fn is_money(text: &str, pair: &Range<usize>) -> bool {
    let before = text[..pair.start].chars().next_back();
    let behind = text[pair.end..].chars().next();
    before.is_some_and(char::is_alphanumeric) || behind.is_some_and(|it| it.is_ascii_digit())
}

/// A complaint if marks stand between the amounts: it is too late to read them.
pub fn money(source: &Arc<Source>, text: &str, pair: &Range<usize>) -> Option<Diagnostic> {
    let marked = text.contains(['*', '_', '[', ']', '<', '`', '\\', '~', '!', '&']);
    marked.then(|| {
        Diagnostic::at(Code::BadMath, Span::new(source, pair.clone()), "dollar signs that may be math or money")
            .label("which is it?")
            .hint(SIGN)
            .hint("math has no letter or digit before it, and no digit behind it")
    })
}

/// Complaints about formulas between `$$` and `$$` that are not blocks: `open` is the node that holds them.
pub fn misplaced(source: &Arc<Source>, open: &Open) -> Vec<Diagnostic> {
    let is_equation = |node: &&Node<Written>| matches!(node.kind, Kind::Equation { .. });
    if !open.children.iter().any(|it| is_equation(&it)) {
        return Vec::new();
    }
    let lines = match open.kind {
        Kind::Paragraph => open.children.len() > 1,
        // Those of a tight list stand beside the text of their item.
        Kind::Item { .. } | Kind::Definition | Kind::Quote | Kind::Alert(_) | Kind::Footnote { .. } => {
            open.children.iter().any(|it| it.kind.is_inline())
        }
        Kind::List { .. } | Kind::DefinitionList | Kind::Fold { .. } => false,
        _ => true,
    };
    let found = open.children.iter().filter(is_equation).filter(|_| lines);
    let report = |node: &Node<Written>| {
        let span = Span::new(source, node.range.clone());
        Diagnostic::at(Code::BadMath, span, "formula of its own within a line")
            .label("stands in a text")
            .hint("put an empty line before and behind it, or write it in the line: `$...$`")
    };
    found.map(report).collect()
}

impl Dollars {
    /// Notes a sign that is a text of its own; one behind a backslash is none.
    pub fn see(&mut self, text: &str, range: &Range<usize>) {
        if text.get(range.clone()) == Some("$") && !text[..range.start].ends_with('\\') {
            self.at.push(range.start);
        }
    }

    /// Complaints about the signs of the block, which is over.
    pub fn report(&mut self, source: &Arc<Source>) -> Vec<Diagnostic> {
        let signs = std::mem::take(&mut self.at);
        let mut found = Vec::new();
        let mut rest = signs.as_slice();
        while let Some((&first, behind)) = rest.split_first() {
            let (problem, n_signs) = look(source, first, behind);
            found.extend(problem);
            rest = &rest[n_signs..];
        }
        found
    }
}

/// What is wrong at a sign, given those behind it, and how many signs that settles.
fn look(source: &Arc<Source>, first: usize, behind: &[usize]) -> (Option<Diagnostic>, usize) {
    let text = &source.text;
    let at = |range: Range<usize>, message: &str| Diagnostic::at(Code::BadMath, Span::new(source, range), message);
    if behind.first() == Some(&(first + 1)) {
        return match behind.get(1) {
            Some(&next) if behind.get(2) == Some(&(next + 1)) => {
                (Some(unbalanced(at(first..next + 2, "formula whose braces do not match"))), 4)
            }
            _ => {
                let problem = at(first..first + 2, "`$$` without its other half")
                    .label("begins or ends a formula")
                    .hint("a formula stands between `$$` and `$$`, without an empty line and without `$` in it")
                    .hint(SIGN);
                (Some(problem), 2)
            }
        };
    }
    let inside = behind.first().map(|&next| (next, &text[first + 1..next]));
    if let Some((next, inside)) = inside
        && inside.trim() == inside
        && inside.contains(['{', '}'])
    {
        return (Some(unbalanced(at(first..next + 1, "formula whose braces do not match"))), 2);
    }
    let command =
        text[first + 1..].strip_prefix('\\').is_some_and(|it| it.starts_with(|c: char| c.is_ascii_alphabetic()));
    let problem = command.then(|| {
        at(first..first + 1, "`$` without its other half")
            .label("begins a formula that does not end")
            .hint("the sign at the end has no blank before it")
            .hint(SIGN)
    });
    (problem, 1)
}

fn unbalanced(diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.label("shown as text").hint("every `{` needs its `}`; as a sign it is `\\{`").hint(SIGN)
}
