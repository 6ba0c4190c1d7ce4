//! What readers search: the sections of every page, the files of the index, and the index of terms for reading.
//!
//! In: pages and glossary. Out: for each page what the index needs of it, which is kept with the page; then the files.

mod sections;
pub mod terms;

use std::sync::Arc;

use cutaway_search::{File, IndexMemo, Kind, PageIndex, Section, index};

use crate::book::{Book, Page, Term};
use crate::path::{OutputPath, encode};
use terms::Entry;

/// A page as it is searched.
#[derive(Debug)]
pub struct Searched {
    /// What the index needs.
    pub index: Arc<PageIndex>,
    /// Its title and headings.
    pub entries: Vec<Entry>,
}

/// The glossary as it is searched, and what it was made from.
#[derive(Clone, Debug, Default)]
pub struct Glossary {
    terms: Vec<Term>,
    language: String,
    searched: Option<Arc<Searched>>,
}

/// A page's sections, made ready.
pub fn page(book: &Book, page: &Page) -> Searched {
    searched(&sections::page(page), &book.config.language)
}

/// The glossary's terms, made ready unless they are what they were.
pub fn glossary(book: &Book, output: &OutputPath, kept: &mut Glossary) -> Arc<Searched> {
    let language = &book.config.language;
    if let Some(searched) = &kept.searched
        && kept.terms == book.glossary
        && kept.language == *language
    {
        return Arc::clone(searched);
    }
    let section = |kind, anchor: &str, title: &str, also: &[String], text: &str| Section {
        kind,
        anchor: encode(anchor),
        label: String::new(),
        title: title.into(),
        above: String::new(),
        also: also.to_vec(),
        text: text.into(),
    };
    let mut page = cutaway_search::Page { url: address(output), title: GLOSSARY.into(), ..Default::default() };
    page.sections.push(section(Kind::Page, "", GLOSSARY, &[], ""));
    let term = |it: &Term| section(Kind::Term, &it.id.0, &it.name, &it.also, &it.definition);
    page.sections.extend(book.glossary.iter().map(term));
    let made = Arc::new(searched(&page, language));
    *kept = Glossary { terms: book.glossary.clone(), language: language.clone(), searched: Some(Arc::clone(&made)) };
    made
}

/// The glossary among the parts that results can be filtered by.
const GLOSSARY: &str = "Glossary";

/// All files of the index.
pub fn files(book: &Book, pages: &[Arc<Searched>], glossary: Option<&Searched>, memo: &mut IndexMemo) -> Vec<File> {
    let titled = |it: &&crate::book::Part| !it.title.is_empty();
    let mut parts: Vec<String> = book.parts.iter().filter(titled).map(|it| it.title.clone()).collect();
    // Where each part of the book stands among those that have a title.
    let place = |part: usize| book.parts[..part].iter().filter(titled).count();
    parts.extend(glossary.map(|_| GLOSSARY.to_string()));
    let none = parts.len();
    let part = |page: &Page| page.part.filter(|it| titled(&&book.parts[*it])).map_or(none, place);
    let mut indexed: Vec<(usize, Arc<PageIndex>)> =
        book.pages.iter().zip(pages).map(|(page, it)| (part(page), Arc::clone(&it.index))).collect();
    indexed.extend(glossary.map(|it| (none - 1, Arc::clone(&it.index))));
    index(&book.config.language, &parts, &indexed, memo)
}

fn searched(page: &cutaway_search::Page, language: &str) -> Searched {
    Searched { index: Arc::new(PageIndex::new(page, language)), entries: terms::entries(page) }
}

/// The address of a page, relative to the site.
fn address(output: &OutputPath) -> String {
    let steps: Vec<String> = output.as_str().split('/').map(encode).collect();
    steps.join("/")
}
