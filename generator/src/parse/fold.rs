//! A quote that begins with `[!ANSWER]` or `[!DETAILS] Summary` -> a folded block.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Kind, Node, Written};
use crate::source::{Source, Span};

use super::build::Open;
use super::markdown::plain_text;

/// Markers and the summary of a block that gives none.
const FOLDS: &[(&str, &str)] = &[("ANSWER", "Answer"), ("DETAILS", "Details")];

/// Markers that may begin a quote; GitHub's five are recognized by the Markdown parser.
const MARKERS: &[&str] = &["ANSWER", "DETAILS", "NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

/// Turns the quote into a fold if it begins with a marker; a marker that nobody knows is reported.
pub fn fold(source: &Arc<Source>, quote: &mut Open) -> Option<Diagnostic> {
    let first = quote.children.first().filter(|node| matches!(node.kind, Kind::Paragraph))?;
    let Some(Kind::Text(text)) = first.children.first().map(|node| &node.kind) else {
        return None;
    };
    let (marker, rest) = text.strip_prefix("[!")?.split_once(']')?;
    let (marker, rest) = (marker.to_owned(), rest.trim().to_owned());
    let range = first.range.clone();
    match FOLDS.iter().find(|(name, _)| name.eq_ignore_ascii_case(&marker)) {
        Some((_, default)) => {
            let summary = take_summary(&mut quote.children, &rest);
            quote.kind = Kind::Fold { summary: if summary.is_empty() { (*default).to_owned() } else { summary } };
            None
        }
        None if is_marker(&marker) => {
            let range = range.start..range.start + "[!]".len() + marker.len();
            let known = MARKERS.iter().any(|name| name.eq_ignore_ascii_case(&marker));
            let message = match known {
                true => format!("text behind `[!{marker}]`"),
                false => format!("unknown marker `[!{marker}]` of a quote"),
            };
            let diagnostic = Diagnostic::at(Code::UndefinedReference, Span::new(source, range), message)
                .label("shown as plain text")
                .did_you_mean(&marker.to_uppercase(), MARKERS.iter().copied().filter(|_| !known));
            Some(if known { diagnostic.hint("the marker stands alone on its line") } else { diagnostic })
        }
        None => None,
    }
}

/// Takes the first line out of the first paragraph, and the paragraph if nothing else is in it.
fn take_summary(children: &mut Vec<Node<Written>>, rest: &str) -> String {
    let inlines = &mut children[0].children;
    let n_line = inlines.iter().position(|node| matches!(node.kind, Kind::SoftBreak | Kind::HardBreak));
    let line: Vec<Node<Written>> = inlines.drain(..n_line.unwrap_or(inlines.len())).collect();
    if !inlines.is_empty() {
        inlines.remove(0);
    }
    if inlines.is_empty() {
        children.remove(0);
    }
    let behind = plain_text(&line[1..]);
    let space = if behind.is_empty() || rest.is_empty() { "" } else { " " };
    format!("{rest}{space}{}", behind.trim_end()).trim().to_owned()
}

fn is_marker(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphabetic())
}
