//! The plain text of a piece of a page.

use crate::document::{Kind, Node, Stage};

/// What a reader would read aloud: no marks, images as their text alternative, without references to footnotes.
pub fn plain<S: Stage>(nodes: &[Node<S>]) -> String {
    let mut out = String::new();
    add(nodes, &mut out);
    out
}

fn add<S: Stage>(nodes: &[Node<S>], out: &mut String) {
    for node in nodes {
        match &node.kind {
            Kind::Text(text) | Kind::CodeSpan(text) => out.push_str(text),
            Kind::Math(math) | Kind::Equation { math, .. } => out.push_str(&math.text),
            Kind::SoftBreak | Kind::HardBreak => out.push(' '),
            Kind::HtmlInline(_) | Kind::HtmlBlock(_) | Kind::FootnoteReference { .. } => {}
            _ => add(&node.children, out),
        }
    }
}
