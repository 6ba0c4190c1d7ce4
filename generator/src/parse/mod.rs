//! The second verb: one text -> one value with ranges. Sees one page at a time; no disk, clock or network.
//!
//! [`document`] parses a page; [`config`], [`summary`] and [`glossary`] parse the book's own files.

pub mod config;
pub mod glossary;
pub mod summary;

mod attributes;
mod build;
mod code;
mod code_line;
mod demo;
mod diagram;
mod fence_info;
mod figure_fence;
mod fold;
mod footnotes;
pub mod formula;
mod front_matter;
mod headings;
mod highlight;
mod html;
mod ids;
mod inline;
mod language;
mod markdown;
mod math;
mod math_error;
mod math_place;
mod mathml;
mod pieces;
mod plot;
mod raw_html;
mod safe_html;
mod slug;
mod table;
mod toml;
pub mod url;
mod words;
mod yaml;

use std::sync::Arc;

use crate::config::Config;
use crate::diagnostic::Warned;
use crate::document::Document;
use crate::path::{Anchor, SourcePath};
use crate::source::Source;

pub use config::config;
pub use formula::formula;
pub use glossary::{GlossaryEntry, glossary};
pub use inline::{Place, inline};
pub use slug::slug;
pub use summary::{Link, Summary, SummaryItem, summary};

/// Parses one page.
pub fn document(path: &SourcePath, source: &Arc<Source>, config: &Config) -> Warned<Document> {
    let mut diagnostics = Vec::new();
    let (front, start) = front_matter::front_matter(source).collect(&mut diagnostics);
    let broken_front = !diagnostics.is_empty();
    let mut tree = markdown::tree(source, start, config.raw_html);
    diagnostics.append(&mut tree.diagnostics);

    let (mut anchors, twice) = ids::ids(source, &mut tree);
    diagnostics.extend(twice);
    let mut taken = anchors.iter().cloned().collect();
    let (notes, problems) = footnotes::footnotes(source, &mut tree.nodes, &mut taken);
    anchors.extend(notes);
    diagnostics.extend(problems);

    diagnostics.extend(headings::order(source, &tree.nodes, front.title.is_some()));
    let title = headings::take_title(&mut tree.nodes);
    let named =
        front.title.is_some() || title.as_ref().is_some_and(|(nodes, _)| !markdown::plain_text(nodes).is_empty());
    if !named && !broken_front {
        diagnostics.push(headings::missing(source, start));
    }
    diagnostics.sort_by_key(|it| it.span.as_ref().map_or(0, |span| span.range.start));
    let document = Document {
        path: path.clone(),
        source: Arc::clone(source),
        front,
        title_anchor: title.as_ref().map(|(_, anchor)| anchor.clone()),
        title: title.map(|(nodes, _)| nodes),
        body: tree.nodes,
        anchors: anchors.into_iter().map(Anchor).collect(),
        words: tree.words.count(),
    };
    Warned { value: document, diagnostics }
}
