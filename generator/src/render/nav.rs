//! The ways through the book, as one page shows them.

use std::ops::Range;

use crate::book::{Book, Chapter, Page, PageKind, Part};
use crate::render::context::{ContentsChapter, ContentsPart, Crumb, Nav, NavChapter, NavPart, Neighbor};
use crate::render::urls::Urls;

/// How many chapters before and after the current one are shown in the navigation of a very long part: a page's size
/// must not grow with the book.
const CHAPTERS: usize = 50;
/// How many parts before and after the current one are shown.
const PARTS: usize = 15;

/// Parts, and the chapters of the page's part.
pub fn nav(book: &Book, page: Option<&Page>, urls: Urls<'_>) -> Nav {
    let current = page.filter(|page| page.kind != PageKind::Home).and_then(|page| page.part);
    let part_here = current.map(|idx| &book.parts[idx]);
    let parts: Vec<(usize, &Part)> = book.parts.iter().enumerate().filter(|(_, part)| part.number.is_some()).collect();
    let here = parts.iter().position(|(idx, _)| Some(*idx) == current).unwrap_or_default();
    let shown = around(here, PARTS, parts.len());
    Nav {
        part: part_here.filter(|part| part.number.is_some()).map(|part| {
            let opener = page.is_some_and(|page| page.kind == PageKind::Part);
            nav_part(book, part, opener, urls)
        }),
        chapters: part_here.zip(page).map(|(part, page)| chapters(book, part, page, urls)).unwrap_or_default(),
        parts_in_all: (shown.len() < parts.len()).then_some(parts.len()),
        parts: parts[shown].iter().map(|(idx, part)| nav_part(book, part, Some(*idx) == current, urls)).collect(),
    }
}

/// Home, and the part of a chapter.
pub fn crumbs(book: &Book, page: Option<&Page>, home: &str, urls: Urls<'_>) -> Vec<Crumb> {
    let mut crumbs = vec![Crumb { title: book.config.title.clone(), url: Some(home.to_string()) }];
    let part = page.filter(|page| page.kind != PageKind::Part).and_then(|page| page.part).map(|idx| &book.parts[idx]);
    if let Some(part) = part.filter(|part| part.number.is_some()) {
        crumbs.push(Crumb { title: part.title.clone(), url: part.page.map(|idx| urls.to(&book.pages[idx].output)) });
    }
    crumbs
}

/// The page before or after.
pub fn neighbor(book: &Book, idx: Option<usize>, urls: Urls<'_>) -> Option<Neighbor> {
    let page = &book.pages[idx?];
    Some(Neighbor {
        title: page.title_text.clone(),
        description: page.description.clone(),
        url: urls.to(&page.output),
        number: page.number.clone(),
    })
}

/// The whole table of contents.
pub fn contents(book: &Book, urls: Urls<'_>) -> Vec<ContentsPart> {
    let part = |part: &Part| {
        let page = part.page.map(|idx| &book.pages[idx]);
        let shown = part.chapters.iter().filter(|it| !is_home(book, it));
        ContentsPart {
            number: part.number.map(|number| number.to_string()),
            title: part.title.clone(),
            url: page.map(|page| urls.to(&page.output)),
            description: page.map(|page| page.description.clone()).filter(|it| !it.is_empty()),
            chapters: shown.map(|chapter| contents_chapter(book, chapter, urls)).collect(),
        }
    };
    book.parts.iter().map(part).filter(|part| part.number.is_some() || !part.chapters.is_empty()).collect()
}

fn contents_chapter(book: &Book, chapter: &Chapter, urls: Urls<'_>) -> ContentsChapter {
    let page = chapter.page.map(|idx| &book.pages[idx]);
    ContentsChapter {
        number: chapter.number.clone(),
        title: chapter.title.clone(),
        url: page.map(|page| urls.to(&page.output)),
        description: page.map(|page| page.description.clone()).filter(|it| !it.is_empty()),
        depth: chapter.depth,
    }
}

fn nav_part(book: &Book, part: &Part, current: bool, urls: Urls<'_>) -> NavPart {
    NavPart {
        number: part.number.map(|number| number.to_string()),
        title: part.title.clone(),
        url: part.page.map(|idx| urls.to(&book.pages[idx].output)),
        current,
    }
}

fn chapters(book: &Book, part: &Part, page: &Page, urls: Urls<'_>) -> Vec<NavChapter> {
    let shown = match page.chapter {
        Some(here) => around(here, CHAPTERS, part.chapters.len()),
        None => 0..part.chapters.len(),
    };
    let start = shown.start;
    let chapter = |(idx, chapter): (usize, &Chapter)| NavChapter {
        number: chapter.number.clone(),
        title: chapter.title.clone(),
        url: chapter.page.map(|idx| urls.to(&book.pages[idx].output)),
        current: page.chapter == Some(start + idx),
        depth: chapter.depth,
    };
    part.chapters[shown].iter().enumerate().filter(|(_, it)| !is_home(book, it)).map(chapter).collect()
}

/// Of `len` entries, those up to `reach` before and after the one that is here, as many at both ends of the list.
fn around(here: usize, reach: usize, len: usize) -> Range<usize> {
    let start = here.saturating_sub(reach).min(len.saturating_sub(2 * reach + 1));
    start..(start + 2 * reach + 1).min(len)
}

fn is_home(book: &Book, chapter: &Chapter) -> bool {
    chapter.page.is_some_and(|idx| book.pages[idx].kind == PageKind::Home)
}
