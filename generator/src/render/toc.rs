//! The contents of a page: its headings of level 2, each with those of level 3 below it.

use crate::book::Resolved;
use crate::document::{Kind, Node};
use crate::render::context::Heading;
use crate::render::html::flat;
use crate::render::urls::fragment;

/// The headings, also those inside quotes and folds.
pub fn toc(nodes: &[Node<Resolved>]) -> Vec<Heading> {
    let mut headings = Vec::new();
    add(nodes, &mut headings);
    headings
}

fn add(nodes: &[Node<Resolved>], headings: &mut Vec<Heading>) {
    for node in nodes {
        if let Kind::Heading { level, anchor, .. } = &node.kind {
            let heading = Heading { title_html: flat(&node.children), url: fragment(anchor), children: Vec::new() };
            match (level, headings.last_mut()) {
                (2, _) => headings.push(heading),
                (3, Some(parent)) => parent.children.push(heading),
                _ => {}
            }
        } else if matches!(
            node.kind,
            Kind::Quote | Kind::Alert(_) | Kind::Fold { .. } | Kind::List { .. } | Kind::Item { .. }
        ) {
            add(&node.children, headings);
        }
    }
}
