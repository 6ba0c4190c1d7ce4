//! Answers queries from the files of an index, of which it asks for those that it lacks.

use crate::format::{self, Entry, FileId, Leaf, Place, Posting, Root, Weight};
use crate::lookup::{Sought, Term, TermPlace, lookup};
use crate::order::largest_first;
use crate::query::{Role, words};
use crate::{Broken, Kind, bytes, rank};

/// Sections whose text is looked at to put them in order, for each page of results.
const CANDIDATES: usize = 16;

/// An index, as far as it has been loaded.
#[derive(Debug)]
pub struct Engine {
    pub(crate) root: Root,
    pub(crate) english: bool,
    // By their numbers in the root, where they have been loaded.
    pub(crate) dictionary: Vec<Option<Vec<Entry>>>,
    lists: Vec<Vec<Option<Vec<Posting>>>>,
    pub(crate) leaves: Vec<Option<Leaf>>,
}

/// Files that are missing.
#[derive(Debug, Default)]
pub struct Needs(Vec<FileId>);

impl Needs {
    /// Adds a file, once.
    pub fn add(&mut self, file: FileId) {
        if !self.0.contains(&file) {
            self.0.push(file);
        }
    }

    /// Whether nothing is missing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What is asked.
#[derive(Clone, Copy, Debug, Default)]
pub struct Request<'a> {
    /// As typed.
    pub query: &'a str,
    /// Index into [`Engine::parts`]: only what stands in there.
    pub part: Option<usize>,
    /// Pages of results: each has [`CANDIDATES`]. 0 counts as 1.
    pub pages: usize,
}

/// What comes of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Names of files, relative to the site, to be given to [`Engine::add`] before it is asked again.
    Needs(Vec<String>),
    /// Results.
    Found(Found),
}

/// Results.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The best first.
    pub hits: Vec<Hit>,
    /// Sections that were found, of which `hits` shows some.
    pub total: usize,
    /// No section has all words: these have most of them.
    pub partial: bool,
    /// What was looked for in place of words that the book does not have.
    pub corrections: Vec<(String, String)>,
}

/// A section that was found. Texts that have marked words alternate: unmarked, marked, unmarked, ...
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub kind: Kind,
    /// Address relative to the site, with the section's id.
    pub url: String,
    /// Of the page.
    pub page_label: String,
    /// Of the page.
    pub page_title: String,
    /// Of the part; may be empty.
    pub part: String,
    /// Headings above it; may be empty.
    pub above: String,
    /// `Fig. 45.1`; may be empty.
    pub label: String,
    /// Its heading.
    pub title: Vec<String>,
    /// Another name of it, if that is what was found; else empty.
    pub also: Vec<String>,
    /// A piece of its text.
    pub text: Vec<String>,
    /// The words that were found, as they stand in the text.
    pub marks: Vec<String>,
}

impl Engine {
    /// An engine for the index with this root.
    ///
    /// # Errors
    /// If it is not a root.
    pub fn new(root: &[u8]) -> Result<Self, Broken> {
        let root = format::root(root)?;
        let english = root.language.split('-').next().is_some_and(|it| it.eq_ignore_ascii_case("en"));
        let dictionary = root.dictionary.iter().map(|_| None).collect();
        let lists = root.dictionary.iter().map(|shard| shard.lists.iter().map(|_| None).collect()).collect();
        let leaves = root.leaves.iter().map(|_| None).collect();
        Ok(Self { root, english, dictionary, lists, leaves })
    }

    /// What results can be filtered by.
    pub fn parts(&self) -> &[String] {
        &self.root.parts
    }

    /// Sections of the book.
    pub fn n_sections(&self) -> usize {
        self.root.n_sections()
    }

    /// Gives it a file that it asked for.
    ///
    /// # Errors
    /// If it never asked for such a file, or the file is not as it was written.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), Broken> {
        match self.root.file(name).ok_or(Broken)? {
            // Hosts may change the ends of lines in a text, so its hash is not compared.
            FileId::Leaf(leaf) => {
                let read = format::leaf(bytes)?;
                if read.sections.len() != self.root.leaves[leaf].n {
                    return Err(Broken);
                }
                self.leaves[leaf] = Some(read);
            }
            FileId::Dictionary(shard) => {
                whole(bytes, self.root.dictionary[shard].hash)?;
                self.dictionary[shard] = Some(format::shard(bytes, self.n_sections())?);
            }
            FileId::Lists(shard, list) => {
                whole(bytes, self.root.dictionary[shard].lists[list])?;
                let entries = self.dictionary[shard].iter().flatten();
                let listed = entries.filter(|it| matches!(it.place, Place::List { file, .. } if file == list));
                let read = format::lists(bytes, &mut listed.map(|it| it.n), self.n_sections())?;
                self.lists[shard][list] = Some(read);
            }
        }
        Ok(())
    }

    /// Answers a query, or asks for files.
    ///
    /// # Errors
    /// If a file turns out to be wrong.
    pub fn search(&self, request: Request<'_>) -> Result<Answer, Broken> {
        let mut needs = Needs::default();
        let words = words(request.query, self.english);
        let sought = lookup(self, &words, &mut needs);
        if needs.is_empty() {
            let files = sought.iter().flat_map(|it| &it.terms).filter_map(Term::file);
            files.filter(|file| self.list(*file).is_none()).for_each(|file| needs.add(file));
            // Of a damaged dictionary.
            if needs.0.iter().any(|file| !self.root.has(*file)) {
                return Err(Broken);
            }
        }
        if !needs.is_empty() {
            return Ok(self.needs(needs));
        }
        let scores = self.scores(&sought, request.part)?;
        let candidates = scores.best(CANDIDATES * request.pages.max(1));
        let leaves = candidates.iter().map(|it| self.root.leaf_of(it.section));
        leaves.filter(|it| self.leaves[*it].is_none()).for_each(|it| needs.add(FileId::Leaf(it)));
        if !needs.is_empty() {
            return Ok(self.needs(needs));
        }
        Ok(Answer::Found(Found {
            hits: rank::hits(self, &sought, candidates),
            total: scores.found.len(),
            partial: scores.partial,
            corrections: corrections(&sought),
        }))
    }

    /// Answers a query with files that `load` gives by name, at once: for programs that have them all.
    ///
    /// # Errors
    /// If a file is missing or wrong.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn search_in(
        &mut self,
        request: Request<'_>,
        load: &mut dyn FnMut(&str) -> Option<std::sync::Arc<[u8]>>,
    ) -> Result<Found, Broken> {
        loop {
            match self.search(request)? {
                Answer::Found(found) => return Ok(found),
                Answer::Needs(names) => {
                    for name in names {
                        self.add(&name, &load(&name).ok_or(Broken)?)?;
                    }
                }
            }
        }
    }

    fn needs(&self, files: Needs) -> Answer {
        Answer::Needs(files.0.into_iter().map(|file| self.root.name(file)).collect())
    }

    fn list(&self, file: FileId) -> Option<&[Posting]> {
        match file {
            FileId::Lists(shard, list) => self.lists.get(shard)?.get(list)?.as_deref(),
            FileId::Dictionary(_) | FileId::Leaf(_) => None,
        }
    }

    /// What each section has of what is sought.
    fn scores(&self, sought: &[Sought], part: Option<usize>) -> Result<Scores, Broken> {
        let n = self.n_sections();
        let mut sum = vec![Score::default(); n];
        for it in sought {
            let (values, n_found) = self.values(it, n)?;
            let rarity = match (it.word.role, rarity(n, n_found)) {
                (Role::Needed, rarity) => rarity,
                // Listed in headings only, it looks rarer than it is.
                (Role::Small, rarity) => rarity / 8,
                // It stands for two words at least.
                (Role::Extra, rarity) => 2 * rarity,
            };
            for (score, value) in sum.iter_mut().zip(values).filter(|(_, value)| *value > 0) {
                score.n += u8::from(it.word.role == Role::Needed);
                score.solid |= value & 1 == 1;
                score.value += (u32::from(value) >> 1) * rarity;
            }
        }
        if let Some(part) = part {
            for leaf in self.root.leaves.iter().filter(|leaf| leaf.part != part) {
                sum[leaf.first..leaf.first + leaf.n].fill(Score::default());
            }
        }
        let n_required = sought.iter().filter(|it| it.word.role == Role::Needed).count();
        Ok(Scores::new(&sum, n_required))
    }

    /// For each section the best that a term for the word is worth there, doubled, and odd if the section itself has it;
    /// and how many have it.
    fn values(&self, sought: &Sought, n_sections: usize) -> Result<(Vec<u16>, usize), Broken> {
        let mut values = vec![0_u16; n_sections];
        for term in &sought.terms {
            let here;
            let postings = match &term.place {
                TermPlace::Here(section, weight) => {
                    here = [(*section as u32, *weight)];
                    &here[..]
                }
                TermPlace::List(file, range) => self.list(*file).and_then(|it| it.get(range.clone())).ok_or(Broken)?,
            };
            for (section, weight) in postings {
                let solid = u16::from(*weight > Weight::Context);
                let value = ((worth(*weight) * term.quality) << 1) as u16 | solid;
                let best = values.get_mut(*section as usize).ok_or(Broken)?;
                *best = value.max(*best);
            }
        }
        let n_found = values.iter().filter(|it| **it > 0).count();
        Ok((values, n_found))
    }
}

fn whole(bytes: &[u8], hash: u32) -> Result<(), Broken> {
    if bytes::hash(bytes) == hash { Ok(()) } else { Err(Broken) }
}

fn worth(weight: Weight) -> u32 {
    match weight {
        Weight::Context => 2,
        Weight::Body => 4,
        Weight::Often => 6,
        Weight::Heading => 14,
        Weight::Title => 20,
    }
}

/// What a word tells about a section that has it: 16 times the binary logarithm of one in how many has it, but never 0.
fn rarity(n: usize, n_found: usize) -> u32 {
    let ratio = (64 * (n + n_found) / n_found.max(1)) as u32;
    let whole = ratio.max(64).ilog2();
    // Between powers of two the logarithm is nearly straight.
    let fraction = (ratio.max(64) - (1 << whole)) * 16 / (1 << whole);
    (whole - 6) * 16 + fraction + 1
}

fn corrections(sought: &[Sought]) -> Vec<(String, String)> {
    let corrected = sought.iter().filter(|it| it.corrected);
    corrected.filter_map(|it| Some((it.word.form.clone(), it.terms.first()?.term.clone()))).collect()
}

/// What a section has of what is sought.
#[derive(Clone, Copy, Debug, Default)]
struct Score {
    /// Of the words that it should have.
    n: u8,
    /// A word stands in the section itself.
    solid: bool,
    value: u32,
}

/// A section that may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Counted through the book.
    pub section: usize,
    /// What its words are worth.
    pub value: u32,
}

struct Scores {
    found: Vec<Candidate>,
    partial: bool,
}

impl Scores {
    /// The sections that have as many of the words as any.
    fn new(sum: &[Score], n_required: usize) -> Self {
        let most = sum.iter().filter(|it| it.solid).map(|it| it.n).max().unwrap_or(0);
        let fits = |(_, it): &(usize, &Score)| it.solid && it.n == most && most > 0;
        let candidate = |(section, it): (usize, &Score)| Candidate { section, value: it.value };
        let found: Vec<Candidate> = sum.iter().enumerate().filter(fits).map(candidate).collect();
        Self { partial: !found.is_empty() && usize::from(most) < n_required, found }
    }

    fn best(&self, n: usize) -> Vec<Candidate> {
        let order = largest_first(self.found.len(), &|idx| self.found[idx].value);
        order.into_iter().take(n).map(|idx| self.found[idx]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::rarity;

    #[test]
    fn a_rare_word_tells_more() {
        assert_eq!(rarity(1024, 1024), 17);
        assert!(rarity(1024, 1) > 160 && rarity(1024, 1) < 165);
        for n in 1..1024 {
            assert!(rarity(1024, n) >= rarity(1024, n + 1));
        }
        assert!(rarity(0, 0) > 0);
    }
}
