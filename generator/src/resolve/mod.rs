//! All pages together become the book: order, numbers, places in the site, and every link, image and figure.
//!
//! The only stage that sees all pages. In: documents as written. Out: a [`Book`] in which an unresolved link cannot be
//! expressed, and every complaint.

mod assemble;
mod bases;
pub mod contents;
pub mod fence;
pub mod figures;
pub mod folders;
pub mod frames;
pub mod glossary;
pub mod images;
pub mod index;
pub mod links;
pub mod natural;
pub mod outputs;
pub mod page;
pub mod plan;
mod redirects;
pub mod summary;
pub mod svg;
pub mod text;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::book::Book;
use crate::config::Config;
use crate::demos::Demos;
use crate::diagnostic::{Code, Diagnostic, Warned};
use crate::document::Document;
use crate::parse::{GlossaryEntry, Summary};
use crate::path::{OutputPath, SourcePath};
use crate::source::Span;
use crate::sources::Sources;
use contents::Contents;
use frames::Frames;
use glossary::Terms;
use index::{FileEntry, Index, PageEntry};
use outputs::{Claim, GLOSSARY, NOT_FOUND, Naming, PRINT, SEARCH, WHOLE};
use page::ResolvedPage;
use plan::Plan;

/// Everything that is known of the book before its pages are put together.
#[derive(Clone, Copy, Debug)]
pub struct Parsed<'a> {
    /// Files beside the pages.
    pub sources: &'a Sources,
    /// The author's decisions.
    pub config: &'a Arc<Config>,
    /// The order, if `SUMMARY.md` gives it.
    pub summary: Option<&'a Summary>,
    /// The entries of `glossary.toml`.
    pub glossary: &'a [GlossaryEntry],
    /// All pages.
    pub documents: &'a BTreeMap<SourcePath, Arc<Document>>,
    /// All demos, or none with `--no-demos`.
    pub demos: &'a Demos,
    /// Publish pages whose front matter says `draft = true`.
    pub drafts: bool,
}

/// What is kept from build to build. A page whose text, number and [`Index`] are what they were is not resolved again.
#[derive(Debug, Default)]
pub struct Memo {
    index: Arc<Index>,
    frames: Frames,
    pages: BTreeMap<SourcePath, Kept>,
}

#[derive(Debug)]
struct Kept {
    document: Arc<Document>,
    number: Option<String>,
    resolved: Arc<ResolvedPage>,
}

/// The book.
pub fn book(parsed: Parsed<'_>, memo: &mut Memo) -> Warned<Book> {
    let mut found = Vec::new();
    let plan = plan(parsed, &mut found);
    let titles = titles(parsed);
    let home = home(parsed.documents);
    let contents = contents::contents(&plan, &titles, home.as_ref());
    if parsed.summary.is_some() {
        found.extend(contents.order.iter().filter(|it| !it.in_order).map(|it| unlisted(&parsed.documents[&it.path])));
    }
    let naming = if parsed.summary.is_some() { Naming::Kept } else { Naming::Unnumbered };
    refresh(memo, index(parsed, &titles, naming), parsed.demos);
    let resolved = pages(parsed, &contents, memo, &mut found);
    let book = assemble::book(parsed, contents, &titles, &resolved, &memo.index, &mut found);
    found.extend(claims(parsed, &book));
    Warned { value: book, diagnostics: found }
}

fn plan(parsed: Parsed<'_>, found: &mut Vec<Diagnostic>) -> Plan {
    match (&parsed.sources.summary, parsed.summary) {
        (Some(source), Some(summary)) => summary::plan(source, summary, parsed.documents).collect(found),
        _ => folders::plan(parsed.documents.keys()),
    }
}

/// Every page that is published, with its title as plain text.
fn titles(parsed: Parsed<'_>) -> BTreeMap<SourcePath, String> {
    let published = parsed.documents.iter().filter(|(_, document)| parsed.drafts || !document.front.draft);
    published.map(|(path, document)| (path.clone(), title(document))).collect()
}

fn title(document: &Document) -> String {
    match &document.front.title {
        Some(title) => title.clone(),
        None => text::plain(document.title.as_deref().unwrap_or_default()).trim().to_string(),
    }
}

/// `index.md` or `README.md` at the top.
fn home(documents: &BTreeMap<SourcePath, Arc<Document>>) -> Option<SourcePath> {
    let names = ["index.md", "README.md"];
    names.iter().filter_map(|name| SourcePath::new(name).ok()).find(|path| documents.contains_key(path))
}

fn unlisted(document: &Document) -> Diagnostic {
    let path = &document.path;
    Diagnostic::at(
        Code::UnlistedPage,
        Span::new(&document.source, 0..0),
        format!("page `{path}` is not in `SUMMARY.md`"),
    )
    .hint("it is published, but no other page leads to it by the order of reading")
    .hint(format!("add `- [{}]({path})` to `content/SUMMARY.md`, or set `draft = true`", title(document)))
}

fn index(parsed: Parsed<'_>, titles: &BTreeMap<SourcePath, String>, naming: Naming) -> Index {
    let page = |(path, document): (&SourcePath, &Arc<Document>)| {
        let mut anchors = document.anchors.clone();
        anchors.sort();
        anchors.dedup();
        let output = outputs::output(path, naming);
        (
            path.clone(),
            PageEntry { output, draft: !titles.contains_key(path), title: document.title_anchor.clone(), anchors },
        )
    };
    let file = |(path, bytes): (&SourcePath, &Arc<[u8]>)| {
        let entry = FileEntry { output: outputs::output(path, naming), pixels: images::pixels(path, bytes) };
        (path.clone(), entry)
    };
    Index {
        pages: parsed.documents.iter().map(page).collect(),
        files: parsed.sources.files.iter().map(file).collect(),
        terms: Terms::new(parsed.glossary),
        demos: parsed.demos.clone(),
        config: Arc::clone(parsed.config),
    }
}

/// Forgets what no longer holds.
fn refresh(memo: &mut Memo, index: Index, demos: &Demos) {
    memo.frames.keep(demos);
    if index != *memo.index {
        memo.index = Arc::new(index);
        memo.pages.clear();
    }
}

/// Resolves every page, drafts too: they are checked like any other.
fn pages(
    parsed: Parsed<'_>,
    contents: &Contents,
    memo: &mut Memo,
    found: &mut Vec<Diagnostic>,
) -> BTreeMap<SourcePath, Arc<ResolvedPage>> {
    let numbers: BTreeMap<&SourcePath, Option<&str>> =
        contents.order.iter().map(|spot| (&spot.path, spot.number.as_deref())).collect();
    let documents: Vec<&Arc<Document>> = parsed.documents.values().collect();
    let kept: Vec<(SourcePath, Kept)> = documents
        .into_par_iter()
        .map(|document| {
            let number = numbers.get(&document.path).copied().flatten();
            let hit = memo
                .pages
                .get(&document.path)
                .filter(|kept| Arc::ptr_eq(&kept.document, document) && kept.number.as_deref() == number);
            let resolved = match hit {
                Some(kept) => Arc::clone(&kept.resolved),
                None => Arc::new(page::resolve(document, number, &memo.index, &memo.frames)),
            };
            let kept = Kept { document: Arc::clone(document), number: number.map(str::to_string), resolved };
            (document.path.clone(), kept)
        })
        .collect();
    memo.pages = kept.into_iter().collect();
    memo.frames.forget_unshown();
    found.extend(memo.pages.values().flat_map(|kept| kept.resolved.found.iter().cloned()));
    memo.pages.iter().map(|(path, kept)| (path.clone(), Arc::clone(&kept.resolved))).collect()
}

/// Checks that no two files of the site have one place.
fn claims(parsed: Parsed<'_>, book: &Book) -> Vec<Diagnostic> {
    let mut claims = Vec::new();
    let generated =
        |name: &str, who: &str| OutputPath::new(name).ok().map(|output| Claim { output, who: who.into(), span: None });
    claims.extend(generated(NOT_FOUND, "the page for unknown addresses"));
    claims.extend(generated(SEARCH, "the page to search on"));
    claims.extend(generated(cutaway_search::ROOT, "the index of the search"));
    if !book.glossary.is_empty() {
        claims.extend(generated(GLOSSARY, "the glossary"));
    }
    if book.pages.len() <= WHOLE {
        claims.extend(generated(PRINT, "the page of the whole book"));
    }
    for page in &book.pages {
        let source = &parsed.documents[&page.source_path].source;
        claims.push(Claim::of_file(&page.source_path, page.output.clone(), Some(source)));
    }
    for (path, (output, _)) in parsed.sources.files.keys().zip(&book.files) {
        claims.push(Claim::of_file(path, output.clone(), None));
    }
    claims.extend(book.redirects.iter().map(|redirect| Claim {
        output: redirect.from.clone(),
        who: redirect.who.clone(),
        span: Some(redirect.span.clone()),
    }));
    outputs::check(&claims)
}
