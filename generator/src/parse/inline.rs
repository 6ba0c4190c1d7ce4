//! A line of Markdown that stands inside something else, such as the `notice` of a demo fence.

use std::ops::Range;
use std::sync::Arc;

use crate::config::Policy;
use crate::diagnostic::{Diagnostic, Warned};
use crate::document::{Kind, Node, Written};
use crate::source::{Source, Span};

use super::markdown::tree;

/// Where the line stands in its source.
#[derive(Clone, Debug)]
pub enum Place {
    /// Byte for byte from this offset on.
    Offset(usize),
    /// Somewhere in this range, with escapes.
    Within(Range<usize>),
}

/// A space that Markdown keeps: behind it a line is text, whatever it begins with.
const GUARD: &str = "\u{a0}";

/// The inline nodes of `text`; all ranges point into `source`.
///
/// What is more than one paragraph is taken as plain text.
pub fn inline(source: &Arc<Source>, text: &str, place: Place, raw_html: Policy) -> Warned<Vec<Node<Written>>> {
    let own = Source::new(source.name.clone(), format!("{GUARD}{text}"));
    let mut tree = tree(&own, 0, raw_html);
    let (mut nodes, diagnostics) = match tree.nodes.as_mut_slice() {
        [Node { kind: Kind::Paragraph, children, .. }] => (std::mem::take(children), tree.diagnostics),
        _ => {
            let range = GUARD.len()..GUARD.len() + text.len();
            (vec![Node { kind: Kind::Text(text.to_owned()), range, children: Vec::new() }], Vec::new())
        }
    };
    if let Some(Node { kind: Kind::Text(first), .. }) = nodes.first_mut()
        && let Some(rest) = first.strip_prefix(GUARD)
    {
        *first = rest.to_owned();
    }
    nodes.retain(|node| !matches!(&node.kind, Kind::Text(text) if text.is_empty()));
    move_nodes(&mut nodes, &place);
    let diagnostics = diagnostics.into_iter().map(|it| move_diagnostic(it, source, &place)).collect();
    Warned { value: nodes, diagnostics }
}

impl Place {
    fn of(&self, range: &Range<usize>) -> Range<usize> {
        match self {
            Place::Offset(offset) => offset + behind_guard(range.start)..offset + behind_guard(range.end),
            Place::Within(range) => range.clone(),
        }
    }
}

fn behind_guard(at: usize) -> usize {
    at.saturating_sub(GUARD.len())
}

fn move_nodes(nodes: &mut [Node<Written>], place: &Place) {
    for node in nodes {
        node.range = place.of(&node.range);
        move_nodes(&mut node.children, place);
    }
}

fn move_diagnostic(mut diagnostic: Diagnostic, source: &Arc<Source>, place: &Place) -> Diagnostic {
    let moved = |span: &Span| Span::new(source, place.of(&span.range));
    diagnostic.span = diagnostic.span.as_ref().map(moved);
    for (span, _) in &mut diagnostic.notes {
        *span = moved(span);
    }
    diagnostic
}
