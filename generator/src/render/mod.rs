//! The book becomes the site: every page filled into its template, every asset with the hash of its content in its name.
//!
//! In: a [`Book`], templates and assets. Out: all files of the [`Site`]. A page is rendered from its context
//! alone.

pub mod assets;
pub mod body;
pub mod code;
pub mod context;
pub mod csp;
mod diagram;
pub mod embed;
pub mod escape;
pub mod figure;
pub mod html;
mod key;
pub mod machines;
pub mod markdown;
pub mod math;
pub mod nav;
pub mod page;
pub mod plot;
pub mod print;
pub mod search;
pub mod structured;
pub mod templates;
pub mod toc;
pub mod urls;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use cutaway_search::IndexMemo;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::book::{Book, Page};
use crate::diagnostic::{Diagnostic, Warned};
use crate::path::OutputPath;
use crate::resolve::outputs::{GLOSSARY, NOT_FOUND, PRINT, SEARCH, WHOLE};
use crate::site::Site;
use crate::source::Source;
use crate::sources::Sources;
use context::PrintPage;
use key::{Key, Outline};
use page::Common;
use search::Searched;
use search::terms::Listing;
use templates::Templates;

/// What is kept from build to build. While templates and [`Outline`] are what they were, a page whose [`Key`] is what it
/// was is not rendered again.
#[derive(Debug, Default)]
pub struct Memo {
    sources: BTreeMap<String, Arc<Source>>,
    templates: Arc<Templates>,
    outline: Outline,
    pages: BTreeMap<OutputPath, Kept>,
    glossary: search::Glossary,
    searched: IndexMemo,
    /// The page to search on, and the entries that it lists.
    index: Option<(Listing, Arc<[u8]>)>,
}

#[derive(Clone, Debug)]
struct Kept {
    key: Arc<Key>,
    made: Arc<Made>,
}

/// Files with their places.
type Files = Vec<(OutputPath, Arc<[u8]>)>;

/// What is made of one page.
#[derive(Debug)]
struct Made {
    html: Arc<[u8]>,
    markdown: Arc<[u8]>,
    /// The page on the page of all pages, if the book has one.
    print: Option<PrintPage>,
    searched: Arc<Searched>,
}

/// The site. Templates and assets come from `sources`.
pub fn site(book: &Book, sources: &Sources, memo: &mut Memo) -> Warned<Site> {
    if let Err(diagnostics) = refresh(memo, &sources.templates) {
        return Warned { value: Site::default(), diagnostics };
    }
    let assets = assets::assets(&sources.assets, &book.demos);
    let place = |name| OutputPath::new(name).unwrap_or_else(|_| unreachable!("`{name}` is a path in the site"));
    let (home, glossary, print, feed) = (place("index.html"), place(GLOSSARY), place(PRINT), place(machines::FEED));
    let search = place(SEARCH);
    let whole = book.pages.len() <= WHOLE;
    let common = Common {
        book,
        assets: &assets,
        home: &home,
        search: &search,
        glossary: (!book.glossary.is_empty()).then_some(&glossary),
        print: whole.then_some(&print),
        feed: machines::has_feed(book).then_some(&feed),
    };
    let outline = Outline::new(common);
    if memo.outline != outline {
        memo.outline = outline;
        memo.pages.clear();
        memo.index = None;
    }

    let mut found = Vec::new();
    let mut files = assets.files.clone();
    files.extend(book.files.iter().cloned());
    let made = pages(common, memo, &mut found);
    for (output, made) in &made {
        files.insert((*output).clone(), Arc::clone(&made.html));
        files.insert(markdown::place(output), Arc::clone(&made.markdown));
    }
    // Without a page that failed there is no index: of such a build there is no site.
    if made.len() == book.pages.len() {
        match searched(common, &made, memo) {
            Ok(searched) => files.extend(searched),
            Err(problem) => found.push(problem),
        }
    }
    let mut fill = |output: &OutputPath, filled: Result<String, Diagnostic>| match filled {
        Ok(html) => drop(files.insert(output.clone(), html.into_bytes().into())),
        Err(problem) => found.push(problem),
    };
    let templates = &memo.templates;
    if !book.pages.iter().any(|page| page.output == home) {
        fill(&home, templates.fill("home.html", &page::home(common)));
    }
    if let Some(output) = common.glossary {
        fill(output, templates.fill("glossary.html", &page::glossary(common, output)));
    }
    if let Some(output) = common.print {
        let pages = made.iter().filter_map(|(_, made)| made.print.as_ref());
        fill(output, templates.fill("print.html", &print::context(common, output, pages)));
    }
    fill(&place(NOT_FOUND), templates.fill("404.html", &page::not_found(common)));
    for redirect in &book.redirects {
        fill(&redirect.from, templates.fill("redirect.html", &page::redirect(common, redirect)));
    }
    // What the author has put there wins.
    for (name, text) in machines::files(book) {
        files.entry(place(name)).or_insert_with(|| text.into_bytes().into());
    }
    if whole {
        let pages = made.iter().map(|(output, made)| (*output, &*made.markdown));
        files.entry(place("llms-full.txt")).or_insert_with(|| machines::llms::full(book, pages).into());
    }
    // GitHub Pages would leave out what begins with an underscore.
    files.insert(place(".nojekyll"), Arc::from([]));
    Warned { value: Site { files }, diagnostics: once(found) }
}

/// The files of the search, and the page to search on.
fn searched(common: Common<'_>, made: &[(&OutputPath, Arc<Made>)], memo: &mut Memo) -> Result<Files, Diagnostic> {
    let glossary = common.glossary.map(|output| search::glossary(common.book, output, &mut memo.glossary));
    let pages: Vec<Arc<Searched>> = made.iter().map(|(_, made)| Arc::clone(&made.searched)).collect();
    let listed = search::terms::listed(pages.iter().chain(&glossary).map(|it| &**it));
    let page = match memo.index.take() {
        Some((old, page)) if old == listed => page,
        _ => {
            let context = page::search(common, listed.0.name(), search::terms::letters(&listed.1));
            memo.templates.fill("search.html", &context)?.into_bytes().into()
        }
    };
    memo.index = Some((listed, Arc::clone(&page)));
    let mut files = vec![(common.search.clone(), page)];
    for file in search::files(common.book, &pages, glossary.as_deref(), &mut memo.searched) {
        let Ok(place) = OutputPath::new(&file.name) else { unreachable!("`{}` is a path in the site", file.name) };
        files.push((place, file.bytes));
    }
    Ok(files)
}

/// Reads the templates again if they have changed, and forgets all pages then.
fn refresh(memo: &mut Memo, sources: &BTreeMap<String, Arc<Source>>) -> Result<(), Vec<Diagnostic>> {
    if memo.sources != *sources {
        *memo = Memo::default();
        memo.templates = Arc::new(Templates::new(sources)?);
        memo.sources = sources.clone();
    }
    Ok(())
}

/// Renders all pages, each from its context alone.
fn pages<'a>(common: Common<'a>, memo: &mut Memo, found: &mut Vec<Diagnostic>) -> Vec<(&'a OutputPath, Arc<Made>)> {
    let targets = print::targets(common);
    let rendered: Vec<(&Page, Result<Kept, Vec<Diagnostic>>)> = common
        .book
        .pages
        .par_iter()
        .map(|page| (page, render(common, page, memo.pages.get(&page.output), &memo.templates, &targets)))
        .collect();
    let mut made = Vec::with_capacity(rendered.len());
    memo.pages.clear();
    for (page, result) in rendered {
        match result {
            Ok(kept) => {
                made.push((&page.output, Arc::clone(&kept.made)));
                memo.pages.insert(page.output.clone(), kept);
            }
            Err(problems) => found.extend(problems),
        }
    }
    made
}

fn render(
    common: Common<'_>,
    page: &Page,
    kept: Option<&Kept>,
    templates: &Templates,
    targets: &BTreeSet<OutputPath>,
) -> Result<Kept, Vec<Diagnostic>> {
    let key = Key::new(common.book, page);
    if let Some(kept) = kept.filter(|kept| *kept.key == key) {
        return Ok(kept.clone());
    }
    let body = body::body(&page.content, &page.output, common.assets, templates);
    if !body.problems.is_empty() {
        return Err(body.problems);
    }
    let print = common.print.map(|output| print::page(page, &body, output, targets));
    let html = templates.fill(page::template(page.kind), &page::context(common, page, body));
    let made = Made {
        html: html.map_err(|problem| vec![problem])?.into_bytes().into(),
        markdown: markdown::page(page).into_bytes().into(),
        print,
        searched: Arc::new(search::page(common.book, page)),
    };
    Ok(Kept { key: Arc::new(key), made: Arc::new(made) })
}

/// Each complaint once: a wrong template fails on every page.
fn once(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut seen: Vec<Diagnostic> = Vec::new();
    for diagnostic in found {
        if !seen.contains(&diagnostic) {
            seen.push(diagnostic);
        }
    }
    seen
}
