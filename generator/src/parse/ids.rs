//! Gives headings and figures their ids: written ones win, the rest are made and never collide. Equations have written
//! ones only.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Kind, Node, Written};
use crate::path::Anchor;
use crate::source::{Source, Span};

use super::build::{HeadingText, Tree, WrittenId};
use super::slug::slug;

/// Settles all ids but those of footnotes: those of raw HTML, then those of headings and figures, each in order of
/// the text; and what was there twice.
pub fn ids(source: &Arc<Source>, tree: &mut Tree) -> (Vec<String>, Vec<Diagnostic>) {
    let mut ids = Ids { taken: BTreeSet::new(), counts: BTreeMap::new() };
    let diagnostics = written(source, tree, &mut ids.taken);
    let mut in_order: Vec<String> = tree.html_ids.iter().chain(&tree.labels).map(|(id, _)| id.clone()).collect();
    let mut headings = tree.headings.iter();
    let mut figures = tree.figure_ids.iter();
    assign(&mut tree.nodes, &mut ids, &mut headings, &mut figures, &mut in_order);
    (in_order, diagnostics)
}

/// Takes every written id; the second of a kind is reported.
fn written(source: &Arc<Source>, tree: &Tree, taken: &mut BTreeSet<String>) -> Vec<Diagnostic> {
    let headings = tree.headings.iter().filter_map(|heading| heading.written.as_ref());
    let figures = tree.figure_ids.iter().flatten();
    let mut all: Vec<&WrittenId> = headings.chain(figures).chain(&tree.html_ids).chain(&tree.labels).collect();
    all.sort_by_key(|(_, range)| range.start);
    let mut first: BTreeMap<&str, &Range<usize>> = BTreeMap::new();
    let mut diagnostics = Vec::new();
    for (id, range) in all {
        taken.insert(id.clone());
        match first.get(id.as_str()) {
            Some(before) => diagnostics.push(
                Diagnostic::at(
                    Code::DuplicateId,
                    Span::new(source, range.clone()),
                    format!("the id `{id}` is there twice"),
                )
                .note(Span::new(source, (*before).clone()), "the first one")
                .hint("a link can lead to one place only: give this one another id"),
            ),
            None => drop(first.insert(id, range)),
        }
    }
    diagnostics
}

struct Ids {
    taken: BTreeSet<String>,
    /// How often each made id was wanted, so that a thousand equal headings take linear time.
    counts: BTreeMap<String, usize>,
}

impl Ids {
    /// `base`, or `base-1`, `base-2`, ... if that is taken, as GitHub counts.
    fn free(&mut self, base: &str) -> String {
        let mut id = base.to_owned();
        while !self.taken.insert(id.clone()) {
            let count = self.counts.entry(base.to_owned()).or_default();
            *count += 1;
            id = format!("{base}-{count}");
        }
        id
    }
}

fn assign<'a>(
    nodes: &mut [Node<Written>],
    ids: &mut Ids,
    headings: &mut impl Iterator<Item = &'a HeadingText>,
    figures: &mut impl Iterator<Item = &'a Option<WrittenId>>,
    in_order: &mut Vec<String>,
) {
    for node in nodes {
        match &mut node.kind {
            Kind::Heading { anchor, .. } => {
                let id = headings.next().map_or_else(String::new, |heading| match &heading.written {
                    Some((id, _)) => id.clone(),
                    None => ids.free(&made(&heading.text, "section")),
                });
                anchor.0.clone_from(&id);
                in_order.push(id);
            }
            Kind::Demo(fence) => {
                let id = match figures.next() {
                    Some(Some((id, _))) => id.clone(),
                    _ => ids.free(&made(&fence.name.0, "figure")),
                };
                fence.id = Anchor(id.clone());
                in_order.push(id);
            }
            Kind::Plot(fence) => {
                let title = fence.plot.as_ref().map_or("", |plot| plot.title.as_str());
                let id = match figures.next() {
                    Some(Some((id, _))) => id.clone(),
                    _ => ids.free(&made(title, "figure")),
                };
                fence.description_id = Anchor(ids.free(&format!("{id}-desc")));
                fence.id = Anchor(id.clone());
                in_order.push(id);
            }
            Kind::Diagram(fence) => {
                let id = match figures.next() {
                    Some(Some((id, _))) => id.clone(),
                    _ => ids.free(&made(&fence.title, "figure")),
                };
                fence.word_ids = ["title", "desc"].map(|word| Anchor(ids.free(&format!("{id}-{word}"))));
                fence.id = Anchor(id.clone());
                in_order.push(id);
            }
            _ => assign(&mut node.children, ids, headings, figures, in_order),
        }
    }
}

fn made(text: &str, otherwise: &str) -> String {
    Some(slug(text)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| otherwise.to_owned())
}
