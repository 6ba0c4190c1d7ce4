//! Makes the files of an index from those of its pages.
//!
//! In: what the index needs of each page. Out: files. Equal pages give equal files, whatever was kept from the last time.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::bytes::hash;
use crate::format::{
    Entry, FileId, LeafEntry, Place, Posting, Root, ShardEntry, Weight, lists, write_list, write_root, write_shard,
};
use crate::page_index::PageIndex;

/// The root's name.
pub const ROOT: &str = "search.bin";

/// Bytes of a shard of the dictionary, and of a file of lists, about.
const SHARD: usize = 16_000;
/// Bytes of a term in the dictionary besides those that it adds to the one before it, about.
const ENTRY: usize = 3;

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
    n_sections: usize,
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
    let mut files = dictionary(memo, &mut root);
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
            self.n_sections = pages.iter().map(|it| it.n_sections as usize).sum();
            self.terms = merge(&pages, self.n_sections);
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
        let mut all = self.terms.get(term).map(|old| old.postings(self.n_sections)).unwrap_or_default();
        all.retain(|(section, _)| !range.contains(section));
        all.extend(sections.iter().map(|(section, weight)| (range.start + section, *weight)));
        all.sort_unstable_by_key(|(section, _)| *section);
        if all.is_empty() {
            self.terms.remove(term);
        } else {
            self.terms.insert(term.into(), List { n: all.len(), bytes: write_list(&all, self.n_sections) });
        }
    }
}

impl List {
    /// What is written in it.
    fn postings(&self, n_sections: usize) -> Vec<Posting> {
        let Ok(postings) = lists(&self.bytes, &mut std::iter::once(self.n), n_sections) else {
            unreachable!("it was written here")
        };
        postings
    }
}

/// All terms with the sections of the book that have them.
fn merge(pages: &[Arc<PageIndex>], n_sections: usize) -> BTreeMap<Box<str>, List> {
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
        merged.extend(found.into_iter().map(|(name, sections)| {
            (name.into(), List { n: sections.len(), bytes: write_list(&sections, n_sections) })
        }));
    }
    merged.into_iter().collect()
}

type Files = Vec<(FileId, Arc<[u8]>)>;

/// Writes the dictionary and its lists, and tells the root of them.
fn dictionary(memo: &IndexMemo, root: &mut Root) -> Files {
    let mut files = Files::new();
    let mut shard = Shard::default();
    for (term, list) in &memo.terms {
        if shard.len >= SHARD {
            std::mem::take(&mut shard).close(memo.n_sections, root, &mut files);
        }
        shard.add(term, list, memo.n_sections);
    }
    if !shard.entries.is_empty() {
        shard.close(memo.n_sections, root, &mut files);
    }
    files
}

/// A shard of the dictionary that is being made.
#[derive(Default)]
struct Shard {
    entries: Vec<Entry>,
    /// Its bytes, about.
    len: usize,
    lists: Vec<Vec<u8>>,
    /// Sections in the last of its lists.
    n: usize,
}

impl Shard {
    fn add(&mut self, term: &str, list: &List, n_sections: usize) {
        let before = self.entries.last().map_or("", |entry| entry.term.as_str());
        let shared = before.bytes().zip(term.bytes()).take_while(|(a, b)| a == b).count();
        self.len += term.len() - shared + ENTRY;
        let place = match list.n {
            1 => {
                let (section, weight) = list.postings(n_sections)[0];
                Place::Here(section as usize, weight)
            }
            _ => self.list(list),
        };
        self.entries.push(Entry { term: term.to_string(), n: list.n, place });
    }

    fn list(&mut self, list: &List) -> Place {
        if self.lists.last().is_none_or(|it| it.len() + list.bytes.len() > SHARD && !it.is_empty()) {
            self.lists.push(Vec::new());
            self.n = 0;
        }
        let file = self.lists.len() - 1;
        let place = Place::List { file, start: self.n };
        self.lists[file].extend_from_slice(&list.bytes);
        self.n += list.n;
        place
    }

    fn close(self, n_sections: usize, root: &mut Root, files: &mut Files) {
        let idx = root.dictionary.len();
        let bytes = write_shard(&self.entries, n_sections);
        root.dictionary.push(ShardEntry {
            first: self.entries.into_iter().next().map(|entry| entry.term).unwrap_or_default(),
            hash: hash(&bytes),
            lists: self.lists.iter().map(|list| hash(list)).collect(),
        });
        files.push((FileId::Dictionary(idx), bytes.into()));
        files.extend(self.lists.into_iter().enumerate().map(|(nth, list)| (FileId::Lists(idx, nth), list.into())));
    }
}
