//! Makes the files of an index from those of its pages.
//!
//! In: what the index needs of each page. Out: files. Equal pages give equal files, whatever was kept from the last time.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::bytes::hash;
use crate::format::{
    Entry, FileId, LeafEntry, Place, Root, ShardEntry, Weight, list, write_list, write_root, write_shard,
};
use crate::page_index::PageIndex;

/// The root's name.
pub const ROOT: &str = "search.bin";

/// Bytes of a shard of the dictionary, and of a file of lists.
const SHARD: usize = 16_000;

/// A file of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Relative to the site.
    pub name: String,
    /// Its content.
    pub bytes: Arc<[u8]>,
}

/// What is kept from one index to the next: while no page gets more or fewer sections, only terms of pages that have
/// changed are looked at again.
#[derive(Debug, Default)]
pub struct IndexMemo {
    pages: Vec<Arc<PageIndex>>,
    terms: BTreeMap<Box<str>, List>,
}

/// The sections of a term, as they are written.
#[derive(Debug)]
struct List {
    n: usize,
    bytes: Vec<u8>,
}

/// The files of a book's index: `pages` in order, each with the index of its part, or the number of parts for none.
pub fn index(language: &str, parts: &[String], pages: &[(usize, Arc<PageIndex>)], memo: &mut IndexMemo) -> Vec<File> {
    let mut root = Root { language: language.into(), parts: parts.to_vec(), ..Root::default() };
    let mut leaf_bytes = Vec::new();
    for (part, page) in pages {
        for leaf in &page.leaves {
            root.leaves.push(LeafEntry { first: root.n_sections(), n: leaf.n, part: *part, hash: leaf.hash });
            leaf_bytes.push((FileId::Leaf(leaf_bytes.len()), Arc::clone(&leaf.bytes)));
        }
    }
    memo.refresh(pages.iter().map(|(_, page)| Arc::clone(page)).collect());
    let mut files = dictionary(&memo.terms, &mut root);
    files.extend(leaf_bytes);
    let mut files: Vec<File> = files.into_iter().map(|(file, bytes)| File { name: root.name(file), bytes }).collect();
    files.push(File { name: ROOT.into(), bytes: write_root(&root).into() });
    files
}

impl IndexMemo {
    /// Makes the lists those of these pages.
    fn refresh(&mut self, pages: Vec<Arc<PageIndex>>) {
        let sizes = |pages: &[Arc<PageIndex>]| pages.iter().map(|it| it.n_sections).collect::<Vec<_>>();
        if sizes(&self.pages) != sizes(&pages) {
            self.terms = merge(&pages);
            self.pages = pages;
            return;
        }
        let mut first = 0;
        for (old, new) in std::mem::take(&mut self.pages).iter().zip(&pages) {
            if !Arc::ptr_eq(old, new) {
                self.replace(first, old, new);
            }
            first += new.n_sections;
        }
        self.pages = pages;
    }

    /// Puts a page in the place of another one with as many sections.
    fn replace(&mut self, first: u32, old: &PageIndex, new: &PageIndex) {
        let (mut a, mut b) = (0, 0);
        while a < old.n_terms() || b < new.n_terms() {
            let before = (a < old.n_terms()).then(|| old.term(a));
            let after = (b < new.n_terms()).then(|| new.term(b));
            let term = match (before, after) {
                (Some((x, _)), Some((y, _))) => x.min(y),
                (Some((term, _)), None) | (None, Some((term, _))) => term,
                (None, None) => unreachable!("one of them has terms left"),
            };
            let (gone, come) = (before.filter(|it| it.0 == term), after.filter(|it| it.0 == term));
            a += usize::from(gone.is_some());
            b += usize::from(come.is_some());
            if gone != come {
                self.change(term, first..first + new.n_sections, come.map_or(&[], |(_, sections)| sections));
            }
        }
    }

    /// Gives a term other sections in a range of the book.
    fn change(&mut self, term: &str, range: std::ops::Range<u32>, sections: &[(u32, Weight)]) {
        let mut all: Vec<(u32, Weight)> = Vec::new();
        if let Some(old) = self.terms.get(term) {
            let read = list(&old.bytes, usize::MAX, &mut |section, weight| all.push((section as u32, weight)));
            debug_assert!(read.is_ok(), "it was written here");
        }
        all.retain(|(section, _)| !range.contains(section));
        all.extend(sections.iter().map(|(section, weight)| (range.start + section, *weight)));
        all.sort_unstable_by_key(|(section, _)| *section);
        if all.is_empty() {
            self.terms.remove(term);
        } else {
            self.terms.insert(term.into(), List { n: all.len(), bytes: write_list(&all) });
        }
    }
}

/// All terms with the sections of the book that have them.
fn merge(pages: &[Arc<PageIndex>]) -> BTreeMap<Box<str>, List> {
    // Terms that begin alike are merged together: the whole of a large book does not fit into the processor's caches.
    let mut alike: BTreeMap<[u8; 2], Vec<(u32, u32)>> = BTreeMap::new();
    let mut firsts = Vec::with_capacity(pages.len());
    let mut first = 0;
    for (idx, page) in pages.iter().enumerate() {
        for term in 0..page.n_terms() {
            let name = page.term(term).0.as_bytes();
            let key = [name[0], name.get(1).copied().unwrap_or(0)];
            alike.entry(key).or_default().push((idx as u32, term as u32));
        }
        firsts.push(first);
        first += page.n_sections;
    }
    let mut merged: Vec<(Box<str>, List)> = Vec::new();
    for terms in alike.into_values() {
        let mut found: HashMap<&str, Vec<(u32, Weight)>> = HashMap::new();
        for (page, term) in terms {
            let (name, sections) = pages[page as usize].term(term as usize);
            let first = firsts[page as usize];
            found.entry(name).or_default().extend(sections.iter().map(|(section, weight)| (first + section, *weight)));
        }
        merged.extend(
            found
                .into_iter()
                .map(|(name, sections)| (name.into(), List { n: sections.len(), bytes: write_list(&sections) })),
        );
    }
    merged.into_iter().collect()
}

type Files = Vec<(FileId, Arc<[u8]>)>;

/// Writes the dictionary and its lists, and tells the root of them.
fn dictionary(terms: &BTreeMap<Box<str>, List>, root: &mut Root) -> Files {
    let mut files = Files::new();
    let mut shard = Shard::default();
    for (term, list) in terms {
        if shard.bytes.len() >= SHARD {
            std::mem::take(&mut shard).close(root, &mut files);
        }
        shard.add(term, list);
    }
    if !shard.bytes.is_empty() {
        shard.close(root, &mut files);
    }
    files
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
    fn add(&mut self, term: &str, list: &List) {
        if self.bytes.is_empty() {
            self.first = term.to_string();
        }
        let place = if list.n == 1 { here(&list.bytes) } else { self.list(&list.bytes) };
        let entry = Entry { term: term.to_string(), n: list.n, place };
        write_shard(&mut self.bytes, &self.last, &entry);
        self.last = entry.term;
    }

    fn list(&mut self, list: &[u8]) -> Place {
        if self.lists.last().is_none_or(|it| it.len() + list.len() > SHARD && !it.is_empty()) {
            self.lists.push(Vec::new());
        }
        let file = self.lists.len() - 1;
        let Some(open) = self.lists.last_mut() else { unreachable!("one was pushed") };
        let start = open.len();
        open.extend_from_slice(list);
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

/// The only section of a list.
fn here(bytes: &[u8]) -> Place {
    let mut place = Place::Here(0, Weight::Body);
    let read = list(bytes, usize::MAX, &mut |section, weight| place = Place::Here(section, weight));
    debug_assert!(read.is_ok(), "it was written here");
    place
}
