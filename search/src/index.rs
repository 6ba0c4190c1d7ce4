//! Makes an index: pages one by one, which can be kept, then all of them together.
//!
//! In: the sections of each page. Out: files. Equal pages give equal files.

use std::collections::HashMap;
use std::sync::Arc;

use crate::Kind;
use crate::bytes::hash;
use crate::format::{
    Entry, FileId, Leaf, LeafEntry, LeafSection, Place, Root, ShardEntry, Weight, write_leaf, write_list, write_root,
    write_shard,
};
use crate::stop::is_stop;
use crate::tokenize::tokens;

/// The root's name.
pub const ROOT: &str = "search.bin";

/// Bytes of a leaf, beyond which a page is continued in the next one.
const LEAF: usize = 8_000;
/// Bytes of a shard of the dictionary, and of a file of lists.
const SHARD: usize = 16_000;
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
    leaves: Vec<PageLeaf>,
    n_sections: u32,
    /// In order, with the sections of the page that have them.
    terms: Vec<(Box<str>, Vec<(u32, Weight)>)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct PageLeaf {
    n: usize,
    hash: u32,
    bytes: Arc<[u8]>,
}

/// A file of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Relative to the site.
    pub name: String,
    /// Its content.
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
        Self { leaves: leaves(page), n_sections: page.sections.len() as u32, terms }
    }
}

/// Whether a language has the rules of English: stems, and words that tell no sections apart.
pub(crate) fn is_english(language: &str) -> bool {
    language.split('-').next().is_some_and(|it| it.eq_ignore_ascii_case("en"))
}

/// The terms of a section with their weights.
fn weights(page: &Page, section: &Section) -> HashMap<Box<str>, Weight> {
    let heading = match section.kind {
        Kind::Page | Kind::Term => Weight::Title,
        Kind::Section | Kind::Figure => Weight::Heading,
    };
    let mut found: HashMap<Box<str>, (Weight, u32)> = HashMap::new();
    let context = if section.kind == Kind::Term { "" } else { page.title.as_str() };
    for (text, weight) in [
        (context, Weight::Context),
        (&section.above, Weight::Context),
        (&section.text, Weight::Body),
        (&section.title, heading),
        (&section.label, heading),
    ] {
        tokens(text, &mut |token| match found.get_mut(token.term) {
            Some((old, n)) => {
                *n += u32::from(weight == Weight::Body);
                *old = weight.max(*old);
            }
            None => drop(found.insert(token.term.into(), (weight, u32::from(weight == Weight::Body)))),
        });
    }
    let weight = |(weight, n)| if weight == Weight::Body && n >= OFTEN { Weight::Often } else { weight };
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

/// The files of a book's index: `pages` in order, each with the index of its part, or the number of parts for none.
pub fn index(language: &str, parts: &[String], pages: &[(usize, &PageIndex)]) -> Vec<File> {
    let mut root = Root { language: language.into(), parts: parts.to_vec(), ..Root::default() };
    let mut leaf_bytes = Vec::new();
    for (part, page) in pages {
        for leaf in &page.leaves {
            root.leaves.push(LeafEntry { first: root.n_sections(), n: leaf.n, part: *part, hash: leaf.hash });
            leaf_bytes.push((FileId::Leaf(leaf_bytes.len()), Arc::clone(&leaf.bytes)));
        }
    }
    let mut files = dictionary(pages, &mut root);
    files.extend(leaf_bytes);
    let mut files: Vec<File> = files.into_iter().map(|(file, bytes)| File { name: root.name(file), bytes }).collect();
    files.push(File { name: ROOT.into(), bytes: write_root(&root).into() });
    files
}

type Files = Vec<(FileId, Arc<[u8]>)>;

/// Writes the dictionary and its lists, and tells the root of them.
fn dictionary(pages: &[(usize, &PageIndex)], root: &mut Root) -> Files {
    let terms = merge(pages);
    let mut files = Files::new();
    let mut shard = Shard::default();
    for (term, sections) in terms {
        if shard.bytes.len() >= SHARD {
            std::mem::take(&mut shard).close(root, &mut files);
        }
        shard.add(term, &sections);
    }
    if !shard.bytes.is_empty() {
        shard.close(root, &mut files);
    }
    files
}

/// All terms in order with the sections of the book that have them.
fn merge<'a>(pages: &[(usize, &'a PageIndex)]) -> Vec<(&'a str, Vec<(u32, Weight)>)> {
    let mut merged: HashMap<&str, Vec<(u32, Weight)>> = HashMap::new();
    let mut first = 0;
    for (_, page) in pages {
        for (term, sections) in &page.terms {
            let sections = sections.iter().map(|(section, weight)| (first + section, *weight));
            merged.entry(term).or_default().extend(sections);
        }
        first += page.n_sections;
    }
    let mut merged: Vec<_> = merged.into_iter().collect();
    merged.sort_unstable_by_key(|(term, _)| *term);
    merged
}

/// A shard of the dictionary that is being written.
#[derive(Default)]
struct Shard {
    first: String,
    last: String,
    bytes: Vec<u8>,
    lists: Vec<Vec<u8>>,
}

impl Shard {
    fn add(&mut self, term: &str, sections: &[(u32, Weight)]) {
        if self.bytes.is_empty() {
            self.first = term.to_string();
        }
        let place = match sections {
            [(section, weight)] => Place::Here(*section as usize, *weight),
            _ => self.list(sections),
        };
        let entry = Entry { term: term.to_string(), n: sections.len(), place };
        write_shard(&mut self.bytes, &self.last, &entry);
        self.last = entry.term;
    }

    fn list(&mut self, sections: &[(u32, Weight)]) -> Place {
        let list = write_list(sections);
        if self.lists.last().is_none_or(|it| it.len() + list.len() > SHARD && !it.is_empty()) {
            self.lists.push(Vec::new());
        }
        let file = self.lists.len() - 1;
        let Some(open) = self.lists.last_mut() else { unreachable!("one was pushed") };
        let start = open.len();
        open.extend_from_slice(&list);
        Place::List { file, start, len: list.len() }
    }

    fn close(self, root: &mut Root, files: &mut Files) {
        let idx = root.dictionary.len();
        root.dictionary.push(ShardEntry {
            first: self.first,
            hash: hash(&self.bytes),
            lists: self.lists.iter().map(|list| hash(list)).collect(),
        });
        files.push((FileId::Dictionary(idx), self.bytes.into()));
        files.extend(self.lists.into_iter().enumerate().map(|(nth, list)| (FileId::Lists(idx, nth), list.into())));
    }
}
