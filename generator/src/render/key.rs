//! What a page follows from: if it is what it was, so is the page.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::book::{Book, Content, Page, PageKind, Part};
use crate::config::Config;
use crate::path::OutputPath;
use crate::render::page::Common;

/// What every page may show of the others, and of the book.
#[derive(Debug, Default, PartialEq)]
pub struct Outline {
    config: Arc<Config>,
    parts: Vec<Part>,
    /// Of each page: place, kind, title, number.
    pages: Vec<(OutputPath, PageKind, String, Option<String>)>,
    has_glossary: bool,
    has_print: bool,
    has_feed: bool,
    /// Their names carry the hash of their content.
    assets: BTreeSet<OutputPath>,
}

/// What one page shows beyond the outline.
#[derive(Debug)]
pub struct Key {
    page: Page,
    /// Of the pages that it builds on and leads to.
    linked: Vec<Arc<Content>>,
    /// Those that it shows: of the pages before and after it, on the home page of all.
    descriptions: Vec<String>,
}

impl Outline {
    /// The outline of a book.
    pub fn new(common: Common<'_>) -> Self {
        let book = common.book;
        let page = |it: &Page| (it.output.clone(), it.kind, it.title_text.clone(), it.number.clone());
        Self {
            config: Arc::clone(&book.config),
            parts: book.parts.clone(),
            pages: book.pages.iter().map(page).collect(),
            has_glossary: common.glossary.is_some(),
            has_print: common.print.is_some(),
            has_feed: common.feed.is_some(),
            assets: common.assets.files.keys().cloned().collect(),
        }
    }
}

impl Key {
    /// The key of a page.
    pub fn new(book: &Book, page: &Page) -> Self {
        let home = page.kind == PageKind::Home;
        let neighbors = page.previous.into_iter().chain(page.next);
        Self {
            page: page.clone(),
            linked: page
                .builds_on
                .iter()
                .chain(&page.leads_to)
                .map(|idx| Arc::clone(&book.pages[*idx].content))
                .collect(),
            descriptions: match home {
                true => book.pages.iter().map(|it| it.description.clone()).collect(),
                false => neighbors.map(|idx| book.pages[idx].description.clone()).collect(),
            },
        }
    }
}

impl PartialEq for Key {
    /// Contents are compared by address: an unchanged page keeps its own.
    fn eq(&self, other: &Self) -> bool {
        // Every field by name, so that a new one is not forgotten here.
        let Page {
            source_path,
            output,
            kind,
            content,
            title_text,
            description,
            number,
            part,
            chapter,
            moved,
            builds_on,
            leads_to,
            date,
            card,
            words,
            previous,
            next,
        } = &self.page;
        let page = &other.page;
        Arc::ptr_eq(content, &page.content)
            && self.linked.len() == other.linked.len()
            && self.linked.iter().zip(&other.linked).all(|(a, b)| Arc::ptr_eq(a, b))
            && self.descriptions == other.descriptions
            && (source_path, output, kind, title_text)
                == (&page.source_path, &page.output, &page.kind, &page.title_text)
            && (description, number, part, chapter) == (&page.description, &page.number, &page.part, &page.chapter)
            && (moved, builds_on, leads_to) == (&page.moved, &page.builds_on, &page.leads_to)
            && (date, card) == (&page.date, &page.card)
            && (words, previous, next) == (&page.words, &page.previous, &page.next)
    }
}
