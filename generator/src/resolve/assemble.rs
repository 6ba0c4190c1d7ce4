//! The last step of `resolve`: what was found out of pages, order and glossary becomes one [`Book`].

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::book::{Book, Page, PageKind, Term};
use crate::demos::Demo;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, Kind};
use crate::path::{Anchor, SourcePath};
use crate::resolve::bases::{self, Base};
use crate::resolve::contents::Contents;
use crate::resolve::index::Index;
use crate::resolve::page::ResolvedPage;
use crate::resolve::{Parsed, redirects, text};
use crate::source::{Source, Span};

/// The book. Adds complaints about what only now can be looked up.
pub fn book(
    parsed: Parsed<'_>,
    contents: Contents,
    titles: &BTreeMap<SourcePath, String>,
    resolved: &BTreeMap<SourcePath, Arc<ResolvedPage>>,
    index: &Index,
    found: &mut Vec<Diagnostic>,
) -> Book {
    let positions: BTreeMap<&SourcePath, usize> =
        contents.order.iter().enumerate().map(|(idx, spot)| (&spot.path, idx)).collect();
    let n_in_order = contents.order.iter().filter(|spot| spot.in_order).count();
    let base = |(path, range): &(SourcePath, Range<usize>)| Some((*positions.get(path)?, range.clone()));
    let bases = contents.order.iter().map(|spot| resolved[&spot.path].builds_on.iter().filter_map(base).collect());
    let bases: Vec<Vec<Base>> = bases.collect();
    let leads_to = bases::leads_to(&bases);
    let pages = contents.order.iter().enumerate().map(|(idx, spot)| {
        let document = &parsed.documents[&spot.path];
        let resolved = &resolved[&spot.path];
        Page {
            source_path: spot.path.clone(),
            output: index.pages[&spot.path].output.clone(),
            kind: spot.kind,
            content: Arc::clone(&resolved.content),
            title_text: titles[&spot.path].clone(),
            description: description(document),
            number: spot.number.clone(),
            part: spot.part,
            chapter: spot.chapter,
            moved: Vec::new(),
            builds_on: bases[idx].iter().map(|(base, _)| *base).collect(),
            leads_to: leads_to[idx].clone(),
            date: document.front.date.or_else(|| parsed.sources.changed.get(&spot.path).copied()),
            card: resolved.card.clone(),
            words: document.words,
            previous: idx.checked_sub(1).filter(|_| spot.in_order),
            next: Some(idx + 1).filter(|next| *next < n_in_order && spot.in_order),
        }
    });
    let mut pages: Vec<Page> = pages.collect();
    share_card(&mut pages);
    found.extend(bases::cycles(&pages, &bases, |idx, range| {
        Span::new(&parsed.documents[&pages[idx].source_path].source, range.clone())
    }));
    let mut redirects = redirects::redirects(parsed, &pages, index, found);
    for page in &mut pages {
        page.moved = redirects.moved.remove(&page.output).unwrap_or_default();
    }
    let files = parsed.sources.files.iter().map(|(path, bytes)| (index.files[path].output.clone(), Arc::clone(bytes)));
    let glossary = terms(parsed, &positions, found);
    Book {
        config: Arc::clone(parsed.config),
        files: files.collect(),
        glossary,
        demos: used_demos(&contents, resolved),
        pages,
        parts: contents.parts,
        redirects: redirects.pages,
    }
}

/// A page without a picture of its own has the home page's on its card.
fn share_card(pages: &mut [Page]) {
    let home = pages.iter().find(|page| page.kind == PageKind::Home).and_then(|page| page.card.clone());
    for page in pages {
        page.card = page.card.take().or_else(|| home.clone());
    }
}

/// The front matter's description, else the page's first paragraph.
fn description(document: &Document) -> String {
    let first = || document.body.iter().find(|node| matches!(node.kind, Kind::Paragraph));
    match &document.front.description {
        Some(description) => description.clone(),
        None => first().map(|node| text::plain(&node.children)).unwrap_or_default().trim().to_string(),
    }
}

/// The glossary in alphabetical order.
fn terms(parsed: Parsed<'_>, positions: &BTreeMap<&SourcePath, usize>, found: &mut Vec<Diagnostic>) -> Vec<Term> {
    let mut terms = Vec::with_capacity(parsed.glossary.len());
    for entry in parsed.glossary {
        let page = entry.page.as_ref().and_then(|(written, range)| {
            let path = SourcePath::new(written).ok();
            let known = path.as_ref().filter(|path| parsed.documents.contains_key(path));
            if known.is_none()
                && let Some(source) = &parsed.sources.glossary
            {
                found.push(unknown_chapter(source, range.clone(), written, parsed));
            }
            known.and_then(|path| positions.get(path).copied())
        });
        terms.push(Term {
            id: Anchor(entry.id.clone()),
            name: entry.name.clone(),
            also: entry.also.clone(),
            definition: entry.definition.clone(),
            page,
        });
    }
    terms.sort_by(|a, b| (a.name.to_lowercase(), &a.id).cmp(&(b.name.to_lowercase(), &b.id)));
    terms
}

fn unknown_chapter(source: &Arc<Source>, range: Range<usize>, written: &str, parsed: Parsed<'_>) -> Diagnostic {
    Diagnostic::at(Code::BadGlossary, Span::new(source, range), format!("page `{written}` does not exist"))
        .label("expected a page, relative to `content/`")
        .did_you_mean(written, parsed.documents.keys().map(SourcePath::as_str))
}

/// The demos of all published figures, by name.
fn used_demos(contents: &Contents, resolved: &BTreeMap<SourcePath, Arc<ResolvedPage>>) -> Vec<Arc<Demo>> {
    let used = contents.order.iter().flat_map(|spot| &resolved[&spot.path].demos);
    let by_name: BTreeMap<&str, &Arc<Demo>> = used.map(|demo| (demo.name.as_str(), demo)).collect();
    by_name.into_values().map(Arc::clone).collect()
}
