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

/// The inline nodes of `text`; all ranges point into `source`.
///
/// What is not one paragraph of text, such as a list, is taken as plain text.
pub fn inline(source: &Arc<Source>, text: &str, place: Place, raw_html: Policy) -> Warned<Vec<Node<Written>>> {
    let own = Source::new(source.name.clone(), text);
    let mut tree = tree(&own, 0, raw_html);
    let (mut nodes, diagnostics) = match tree.nodes.as_mut_slice() {
        [] => (Vec::new(), tree.diagnostics),
        [Node { kind: Kind::Paragraph, children, .. }] => (std::mem::take(children), tree.diagnostics),
        _ => {
            let text = Node { kind: Kind::Text(text.to_owned()), range: 0..text.len(), children: Vec::new() };
            (vec![text], Vec::new())
        }
    };
    move_nodes(&mut nodes, &place);
    let diagnostics = diagnostics.into_iter().map(|it| move_diagnostic(it, source, &place)).collect();
    Warned { value: nodes, diagnostics }
}

impl Place {
    fn of(&self, range: &Range<usize>) -> Range<usize> {
        match self {
            Place::Offset(offset) => range.start + offset..range.end + offset,
            Place::Within(range) => range.clone(),
        }
    }
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
