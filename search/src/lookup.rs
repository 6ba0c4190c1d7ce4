//! Words of a query to terms of the dictionary: the word itself, its other forms, what it may become, what it may be a slip of.

use crate::edit::{forgiven, slips};
use crate::engine::{Engine, Needs};
use crate::format::{Entry, FileId, Place, Weight};
use crate::order::largest_first;
use crate::query::{Role, Word};

/// Shards that are read for one word, at most.
const SCAN: usize = 4;
/// Shards that are read for a slip, at most; a dictionary of no more is read whole.
const SCAN_SLIPS: usize = 8;
/// Terms that stand for a word, at most, and files of lists that they take.
const TERMS: usize = 32;
const LISTS: usize = 4;
/// Corrections of a word, at most.
const CORRECTIONS: usize = 6;

/// A term that stands for a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// As it is compared.
    pub term: String,
    /// How well it fits, from 1 to 16.
    pub quality: u32,
    /// Sections that have it.
    pub n: usize,
    /// Where these are named.
    pub place: TermPlace,
}

/// Where the sections of a term are named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TermPlace {
    /// There is one, and this is it.
    Here(usize, Weight),
    /// In a file, from one number to another of what it names.
    List(FileId, std::ops::Range<usize>),
}

impl Term {
    fn new(shard: usize, entry: &Entry, quality: u32) -> Self {
        let place = match entry.place {
            Place::Here(section, weight) => TermPlace::Here(section, weight),
            Place::List { file, start } => TermPlace::List(FileId::Lists(shard, file), start..start + entry.n),
        };
        Self { term: entry.term.clone(), quality, n: entry.n, place }
    }

    /// The file that names its sections, if the dictionary does not.
    pub fn file(&self) -> Option<FileId> {
        match self.place {
            TermPlace::Here(..) => None,
            TermPlace::List(file, _) => Some(file),
        }
    }
}

/// What is looked for in place of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought {
    /// The word.
    pub word: Word,
    /// The best first.
    pub terms: Vec<Term>,
    /// The terms are corrections of it.
    pub corrected: bool,
}

/// Finds the terms for each word; adds files that are missing to `needs`.
pub fn lookup(engine: &Engine, words: &[Word], needs: &mut Needs) -> Vec<Sought> {
    let mut found = Vec::new();
    for word in words {
        let (mut word, mut terms) = (word, fitting(engine, word, needs));
        if let Some(instead) = word.instead.as_deref().filter(|_| terms.is_empty()) {
            (word, terms) = (instead, fitting(engine, instead, needs));
        }
        // Whoever sees what was found need not know of what was not.
        if word.role != Role::Extra || !terms.is_empty() {
            found.push(Sought { word: word.clone(), terms, corrected: false });
        }
    }
    if needs.is_empty() {
        for it in found.iter_mut().filter(|it| it.terms.is_empty()) {
            it.terms = corrections(engine, &it.word, needs);
            it.corrected = !it.terms.is_empty();
        }
    }
    found
}

fn fitting(engine: &Engine, word: &Word, needs: &mut Needs) -> Vec<Term> {
    let mut root = word.root();
    let mut shards = engine.root.shards(root);
    if shards.len() > SCAN {
        root = &word.form;
        shards = engine.root.shards(root);
        shards.end = shards.end.min(shards.start + SCAN);
    }
    let mut terms = Vec::new();
    scan(engine, shards, needs, &mut |shard, entry| {
        let quality = if entry.term.starts_with(root) { word.fits(&entry.term) } else { None };
        terms.extend(quality.map(|quality| Term::new(shard, entry, quality)));
    });
    // By quality, which is at most 16, then by frequency.
    few(&terms, TERMS, &|term| term.quality << 27 | (term.n as u32).min((1 << 27) - 1))
}

/// Of the terms with the largest keys those whose lists are in a few files.
fn few(terms: &[Term], most: usize, key: &dyn Fn(&Term) -> u32) -> Vec<Term> {
    let mut files: Vec<FileId> = Vec::new();
    let mut kept: Vec<Term> = Vec::new();
    for term in largest_first(terms.len(), &|idx| key(&terms[idx])).into_iter().map(|idx| &terms[idx]) {
        let new = term.file().filter(|file| !files.contains(file));
        if kept.len() == most || new.is_some() && files.len() == LISTS {
            continue;
        }
        files.extend(new);
        kept.push(term.clone());
    }
    kept
}

/// Terms that the word is a slip of: the nearest, and of these the most frequent.
fn corrections(engine: &Engine, word: &Word, needs: &mut Needs) -> Vec<Term> {
    let limit = forgiven(&word.form);
    if limit == 0 {
        return Vec::new();
    }
    let typed: Vec<char> = word.form.chars().collect();
    let mut found: Vec<(usize, Term)> = Vec::new();
    scan(engine, slip_shards(engine, &typed), needs, &mut |shard, entry| {
        // Numbers and identifiers are no slips of words.
        if !entry.term.chars().all(|c| c.is_alphabetic() || c == '\'') {
            return;
        }
        let whole = slips(&typed, &entry.term, false, limit);
        let begun = || if word.prefix { slips(&typed, &entry.term, true, limit) } else { None };
        if let Some((n, quality)) = whole.map(|n| (2 * n, 8)).or_else(|| begun().map(|n| (2 * n + 1, 6))) {
            found.push((n, Term::new(shard, entry, quality - n as u32 / 2)));
        }
    });
    let nearest = found.iter().map(|(n, _)| *n).min().unwrap_or(0);
    let near = found.into_iter().filter(|(n, _)| *n == nearest).map(|(_, term)| term);
    few(&near.collect::<Vec<Term>>(), CORRECTIONS, &|term| term.n as u32)
}

/// Where slips are looked for: everywhere in a small dictionary, else among the words with the same first letters.
fn slip_shards(engine: &Engine, typed: &[char]) -> std::ops::Range<usize> {
    let all = 0..engine.root.dictionary.len();
    if all.len() <= SCAN_SLIPS {
        return all;
    }
    for n in 1..=2 {
        let first: String = typed.iter().take(n).collect();
        let shards = engine.root.shards(&first);
        if shards.len() <= SCAN_SLIPS {
            return shards;
        }
    }
    let form: String = typed.iter().collect();
    let here = engine.root.shards(&form).start;
    let start = here.saturating_sub(SCAN_SLIPS / 2);
    start..(start + SCAN_SLIPS).min(all.end)
}

/// Hands every term of the shards to `each`.
fn scan(engine: &Engine, shards: std::ops::Range<usize>, needs: &mut Needs, each: &mut dyn FnMut(usize, &Entry)) {
    for shard in shards {
        let Some(entries) = &engine.dictionary[shard] else {
            needs.add(FileId::Dictionary(shard));
            continue;
        };
        entries.iter().for_each(|entry| each(shard, entry));
    }
}
