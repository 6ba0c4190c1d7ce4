//! What an index needs of a page, made of the page alone, so that it can be kept while the page stays as it is.
//!
//! In: a page's sections. Out: its leaves, and its terms with the sections that have them.

use std::collections::HashMap;
use std::sync::Arc;

use crate::Kind;
use crate::bytes::hash;
use crate::format::{Leaf, LeafSection, Weight, write_leaf};
use crate::stop::is_stop;
use crate::tokenize::tokens;

/// Bytes of a leaf, beyond which a page is continued in the next one.
const LEAF: usize = 8_000;
/// A term that stands so often in a section counts as prominent.
const OFTEN: u32 = 3;

/// A page as it is searched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Its address, relative to the site.
    pub url: String,
    /// Its number; may be empty.
    pub label: String,
    /// Its title.
    pub title: String,
    /// In order.
    pub sections: Vec<Section>,
}

/// A section as it is searched: what is shown of it is what is found.
pub type Section = LeafSection;

/// What an index needs of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageIndex {
    pub(crate) leaves: Vec<PageLeaf>,
    pub(crate) n_sections: u32,
    // Thousands of pages with hundreds of terms each: three allocations a page instead of two a term.
    /// All terms in order, one behind the other.
    names: String,
    /// Where each term ends in `names`, and its sections in `sections`.
    ends: Vec<(u32, u32)>,
    /// Sections of the page, with the term's weight there.
    sections: Vec<(u32, Weight)>,
}

/// A leaf, ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PageLeaf {
    pub n: usize,
    pub hash: u32,
    pub bytes: Arc<[u8]>,
}

impl PageIndex {
    /// The index of one page of a book in `language`.
    pub fn new(page: &Page, language: &str) -> Self {
        let english = is_english(language);
        let mut terms: HashMap<Box<str>, Vec<(u32, Weight)>> = HashMap::new();
        for (idx, section) in page.sections.iter().enumerate() {
            for (term, weight) in weights(page, section) {
                if weight < Weight::Heading && is_stop(&term, english) {
                    continue;
                }
                terms.entry(term).or_default().push((idx as u32, weight));
            }
        }
        let mut terms: Vec<_> = terms.into_iter().collect();
        terms.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        let mut index = Self { leaves: leaves(page), n_sections: page.sections.len() as u32, ..Self::default() };
        for (term, sections) in terms {
            index.names.push_str(&term);
            index.sections.extend(sections);
            index.ends.push((index.names.len() as u32, index.sections.len() as u32));
        }
        index
    }

    /// Terms of the page.
    pub(crate) fn n_terms(&self) -> usize {
        self.ends.len()
    }

    /// A term, and the sections of the page that have it.
    pub(crate) fn term(&self, idx: usize) -> (&str, &[(u32, Weight)]) {
        let (name, section) = if idx == 0 { (0, 0) } else { self.ends[idx - 1] };
        let (name_end, section_end) = self.ends[idx];
        (&self.names[name as usize..name_end as usize], &self.sections[section as usize..section_end as usize])
    }
}

/// Whether a language has the rules of English: stems, and words that tell no sections apart.
fn is_english(language: &str) -> bool {
    language.split('-').next().is_some_and(|it| it.eq_ignore_ascii_case("en"))
}

/// The terms of a section with their weights.
fn weights(page: &Page, section: &Section) -> HashMap<Box<str>, Weight> {
    let heading = match section.kind {
        Kind::Page | Kind::Term => Weight::Title,
        Kind::Section | Kind::Sources | Kind::Figure => Weight::Heading,
    };
    let mut found: HashMap<Box<str>, (Weight, u32)> = HashMap::new();
    let context = if section.kind == Kind::Term { "" } else { page.title.as_str() };
    let texts = [
        (context, Weight::Context),
        (section.above.as_str(), Weight::Context),
        (section.text.as_str(), Weight::Body),
        (section.title.as_str(), heading),
        (section.label.as_str(), heading),
    ];
    let names = section.also.iter().map(|name| (name.as_str(), heading));
    for (text, weight) in texts.into_iter().chain(names) {
        tokens(text, &mut |token| match found.get_mut(token.term) {
            Some((old, n)) => {
                *n += u32::from(weight == Weight::Body);
                *old = weight.max(*old);
            }
            None => drop(found.insert(token.term.into(), (weight, u32::from(weight == Weight::Body)))),
        });
    }
    let often = |n| n >= OFTEN && section.kind != Kind::Sources;
    let weight = |(weight, n)| if weight == Weight::Body && often(n) { Weight::Often } else { weight };
    found.into_iter().map(|(term, it)| (term, weight(it))).collect()
}

/// The page in pieces that are quickly loaded.
fn leaves(page: &Page) -> Vec<PageLeaf> {
    let mut leaves = Vec::new();
    let empty =
        || Leaf { url: page.url.clone(), label: page.label.clone(), title: page.title.clone(), sections: Vec::new() };
    let (mut leaf, mut len) = (empty(), 0);
    for section in &page.sections {
        if len > 0 && len + section.text.len() > LEAF {
            leaves.push(page_leaf(&std::mem::replace(&mut leaf, empty())));
            len = 0;
        }
        len += section.text.len() + section.title.len();
        leaf.sections.push(section.clone());
    }
    if !leaf.sections.is_empty() {
        leaves.push(page_leaf(&leaf));
    }
    leaves
}

fn page_leaf(leaf: &Leaf) -> PageLeaf {
    let bytes: Arc<[u8]> = write_leaf(leaf).into_bytes().into();
    PageLeaf { n: leaf.sections.len(), hash: hash(&bytes), bytes }
}
