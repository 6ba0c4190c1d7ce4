//! The files of an index: a root that names all others, shards of the dictionary, lists of sections, and leaves of text.
//!
//! | file | holds |
//! |---|---|
//! | `search.bin` | language, parts, how many sections each leaf has, the first term of each shard |
//! | `search/d3.89ab01cd.bin` | terms in order, each with the number of its sections and the length of its list |
//! | `search/p3-0.….bin` | lists: in which sections a term of shard 3 stands, and how prominently |
//! | `search/t12.….txt` | a page, or a piece of a long one: titles, anchors and plain text of its sections |
//!
//! Names carry a hash of the content, so that a file never changes; the root does, and has its hash inside.

use crate::bytes::{Reader, hash};
use crate::{Broken, Kind};

/// Sections of a book, at most: what a damaged root may make an engine believe.
const SECTIONS: usize = 1 << 22;

/// How prominently a term stands in a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Not in it, but in the title of its page or in a heading above it.
    Context,
    /// In its text.
    Body,
    /// Several times in its text.
    Often,
    /// In its heading.
    Heading,
    /// In the title of the page that it begins, or it is the term that it explains.
    Title,
}

/// The first file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Root {
    /// A BCP 47 tag.
    pub language: String,
    /// What results can be filtered by.
    pub parts: Vec<String>,
    /// In the order of the book.
    pub leaves: Vec<LeafEntry>,
    /// In the order of terms.
    pub dictionary: Vec<ShardEntry>,
}

/// What the root says of a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeafEntry {
    /// Sections of the book are counted through.
    pub first: usize,
    /// Sections in it.
    pub n: usize,
    /// Index into `parts`, or their number for none.
    pub part: usize,
    /// Of its content.
    pub hash: u32,
}

/// What the root says of a shard of the dictionary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShardEntry {
    /// Its first term.
    pub first: String,
    /// Of its content.
    pub hash: u32,
    /// Of the content of its lists' files.
    pub lists: Vec<u32>,
}

/// A term of the dictionary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// As it is compared.
    pub term: String,
    /// Sections that have it.
    pub n: usize,
    /// Where they are named.
    pub place: Place,
}

/// Where the sections of a term are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// There is one, and this is it: most terms stand in a single section.
    Here(usize, Weight),
    /// In one of the shard's files, from a byte on, so many bytes.
    List { file: usize, start: usize, len: usize },
}

/// A page's sections, or some of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leaf {
    /// The page's address, relative to the site.
    pub url: String,
    /// The page's number; may be empty.
    pub label: String,
    /// The page's title.
    pub title: String,
    /// In order.
    pub sections: Vec<LeafSection>,
}

/// A section as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeafSection {
    /// What it is.
    pub kind: Kind,
    /// Its id in the page; empty for the page's top.
    pub anchor: String,
    /// `Fig. 45.1`; may be empty.
    pub label: String,
    /// Its heading.
    pub title: String,
    /// The headings that it stands below; may be empty.
    pub above: String,
    /// Its text, in one line.
    pub text: String,
}

/// Which file of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileId {
    /// A shard of the dictionary.
    Dictionary(usize),
    /// A shard, and which of its files of lists.
    Lists(usize, usize),
    /// A leaf.
    Leaf(usize),
}

impl Root {
    /// Sections of the book.
    pub fn n_sections(&self) -> usize {
        self.leaves.last().map_or(0, |leaf| leaf.first + leaf.n)
    }

    /// The leaf that a section is in.
    pub fn leaf_of(&self, section: usize) -> usize {
        self.leaves.partition_point(|leaf| leaf.first + leaf.n <= section)
    }

    /// The shards that may hold terms that begin with `prefix`.
    pub fn shards(&self, prefix: &str) -> std::ops::Range<usize> {
        let start = self.dictionary.partition_point(|shard| shard.first.as_str() <= prefix).saturating_sub(1);
        let rest = &self.dictionary[start..];
        let n = rest.iter().take_while(|it| it.first.as_str() <= prefix || it.first.starts_with(prefix)).count();
        start..start + n
    }

    /// A file's name.
    pub fn name(&self, file: FileId) -> String {
        let mut name = String::from("search/");
        let (hash, ending) = match file {
            FileId::Dictionary(shard) => {
                name.push('d');
                push_decimal(&mut name, shard);
                (self.dictionary[shard].hash, ".bin")
            }
            FileId::Lists(shard, list) => {
                name.push('p');
                push_decimal(&mut name, shard);
                name.push('-');
                push_decimal(&mut name, list);
                (self.dictionary[shard].lists[list], ".bin")
            }
            FileId::Leaf(leaf) => {
                name.push('t');
                push_decimal(&mut name, leaf);
                (self.leaves[leaf].hash, ".txt")
            }
        };
        name.push('.');
        for shift in (0..8).rev() {
            name.push(char::from(b"0123456789abcdef"[(hash >> (4 * shift)) as usize & 15]));
        }
        name.push_str(ending);
        name
    }

    /// The file of a name that [`Root::name`] gave.
    pub fn file(&self, name: &str) -> Option<FileId> {
        let stem = name.strip_prefix("search/")?.split('.').next()?;
        let (kind, numbers) = stem.split_at_checked(1)?;
        let file = match kind {
            "d" => FileId::Dictionary(decimal(numbers)?),
            "p" => {
                let (shard, list) = numbers.split_once('-')?;
                FileId::Lists(decimal(shard)?, decimal(list)?)
            }
            "t" => FileId::Leaf(decimal(numbers)?),
            _ => return None,
        };
        (self.has(file) && self.name(file) == name).then_some(file)
    }

    /// Whether there is such a file.
    pub fn has(&self, file: FileId) -> bool {
        match file {
            FileId::Dictionary(shard) => shard < self.dictionary.len(),
            FileId::Lists(shard, list) => self.dictionary.get(shard).is_some_and(|it| list < it.lists.len()),
            FileId::Leaf(leaf) => leaf < self.leaves.len(),
        }
    }
}

/// What the root begins with: the format and its version.
pub const MAGIC: [u8; 4] = *b"cut1";

/// Reads the root.
///
/// # Errors
/// If it is no root, or not as it was written.
pub fn root(bytes: &[u8]) -> Result<Root, Broken> {
    let mut reader = Reader(bytes);
    if reader.slice(4)? != MAGIC || reader.fixed()? != hash(reader.0) {
        return Err(Broken);
    }
    let mut root = Root { language: reader.text()?.to_string(), ..Root::default() };
    for _ in 0..reader.count()? {
        root.parts.push(reader.text()?.to_string());
    }
    for _ in 0..reader.count()? {
        let (n, part) = (reader.number()? as usize, reader.number()? as usize);
        let first = root.n_sections();
        if n == 0 || first + n > SECTIONS || part > root.parts.len() {
            return Err(Broken);
        }
        root.leaves.push(LeafEntry { first, n, part, hash: reader.fixed()? });
    }
    for _ in 0..reader.count()? {
        let mut shard = ShardEntry { first: reader.text()?.to_string(), hash: reader.fixed()?, lists: Vec::new() };
        for _ in 0..reader.count()? {
            shard.lists.push(reader.fixed()?);
        }
        root.dictionary.push(shard);
    }
    if !reader.is_empty() || !root.dictionary.is_sorted_by(|a, b| a.first < b.first) {
        return Err(Broken);
    }
    Ok(root)
}

/// Reads a shard of the dictionary.
///
/// # Errors
/// If it is not as [`write_shard`] wrote it.
pub fn shard(bytes: &[u8]) -> Result<Vec<Entry>, Broken> {
    let mut reader = Reader(bytes);
    let mut entries: Vec<Entry> = Vec::new();
    let (mut file, mut start) = (None, 0_usize);
    while !reader.is_empty() {
        let shared = reader.number()? as usize;
        let suffix = reader.text()?;
        let before = entries.last().map_or("", |entry| entry.term.as_str());
        let mut term = before.get(..shared).ok_or(Broken)?.to_string();
        term.push_str(suffix);
        let n = reader.number()? as usize;
        let number = reader.number()? as usize;
        if n == 1 {
            let place = Place::Here(number >> 3, weight(number)?);
            entries.push(Entry { term, n, place });
            continue;
        }
        // The lowest bit tells that its list begins a file.
        if number & 1 == 1 {
            file = file.map_or(Some(0), |file: usize| Some(file + 1));
            start = 0;
        }
        let len = number >> 1;
        entries.push(Entry { term, n, place: Place::List { file: file.ok_or(Broken)?, start, len } });
        start = start.checked_add(len).ok_or(Broken)?;
    }
    Ok(entries)
}

/// The weight in the lowest three bits of a number.
fn weight(number: usize) -> Result<Weight, Broken> {
    match number & 7 {
        0 => Ok(Weight::Context),
        1 => Ok(Weight::Body),
        2 => Ok(Weight::Often),
        3 => Ok(Weight::Heading),
        4 => Ok(Weight::Title),
        _ => Err(Broken),
    }
}

/// Reads a list, and hands each section with its weight to `each`: first the prominent ones, then the others.
///
/// # Errors
/// If it is not as [`write_list`] wrote it, or names a section that the book does not have.
pub fn list(bytes: &[u8], n_sections: usize, each: &mut dyn FnMut(usize, Weight)) -> Result<(), Broken> {
    let mut reader = Reader(bytes);
    let mut next = 0_usize;
    // The lowest bit tells that the others follow as one bit each.
    let head = reader.number()? as usize;
    for _ in 0..head >> 1 {
        let number = reader.number()? as usize;
        next = section(next + (number >> 3), n_sections, weight(number)?, each)?;
    }
    if head & 1 == 1 {
        for (idx, byte) in reader.0.iter().enumerate() {
            for bit in (0..8).filter(|bit| byte >> bit & 1 == 1) {
                section(8 * idx + bit, n_sections, Weight::Body, each)?;
            }
        }
        return Ok(());
    }
    next = 0;
    while !reader.is_empty() {
        next = section(next + reader.number()? as usize, n_sections, Weight::Body, each)?;
    }
    Ok(())
}

/// Hands on a section if there is such; answers the one after it.
fn section(
    section: usize,
    n_sections: usize,
    weight: Weight,
    each: &mut dyn FnMut(usize, Weight),
) -> Result<usize, Broken> {
    if section >= n_sections {
        return Err(Broken);
    }
    each(section, weight);
    Ok(section + 1)
}

/// Reads a leaf.
///
/// # Errors
/// If it is not as [`write_leaf`] wrote it.
pub fn leaf(bytes: &[u8]) -> Result<Leaf, Broken> {
    let text = std::str::from_utf8(bytes).map_err(|_| Broken)?;
    let mut lines = text.lines();
    let [url, label, title] = fields(lines.next())?;
    let mut leaf = Leaf { url, label, title, sections: Vec::new() };
    while let Some(head) = lines.next() {
        let [kind, anchor, label, title, above] = fields(Some(head))?;
        let kind = match kind.as_str() {
            "page" => Kind::Page,
            "section" => Kind::Section,
            "figure" => Kind::Figure,
            "term" => Kind::Term,
            _ => return Err(Broken),
        };
        let text = lines.next().ok_or(Broken)?.to_string();
        leaf.sections.push(LeafSection { kind, anchor, label, title, above, text });
    }
    Ok(leaf)
}

fn fields<const N: usize>(line: Option<&str>) -> Result<[String; N], Broken> {
    let fields: Vec<String> = line.ok_or(Broken)?.split('\t').map(str::to_string).collect();
    fields.try_into().map_err(|_| Broken)
}

fn decimal(digits: &str) -> Option<usize> {
    digits.bytes().try_fold(0_usize, |number, c| {
        if c.is_ascii_digit() { number.checked_mul(10)?.checked_add(usize::from(c - b'0')) } else { None }
    })
}

#[cfg(not(target_arch = "wasm32"))]
pub use write::{write_leaf, write_list, write_root, write_shard};

/// What the engine reads, written: natively only.
#[cfg(not(target_arch = "wasm32"))]
mod write {
    use super::{Entry, Leaf, MAGIC, Place, Root, Weight};
    use crate::Kind;
    use crate::bytes::{hash, push, push_text};

    /// The bytes of a root.
    pub fn write_root(root: &Root) -> Vec<u8> {
        let mut out = Vec::new();
        push_text(&mut out, &root.language);
        push(&mut out, root.parts.len() as u32);
        root.parts.iter().for_each(|part| push_text(&mut out, part));
        push(&mut out, root.leaves.len() as u32);
        for leaf in &root.leaves {
            push(&mut out, leaf.n as u32);
            push(&mut out, leaf.part as u32);
            out.extend_from_slice(&leaf.hash.to_le_bytes());
        }
        push(&mut out, root.dictionary.len() as u32);
        for shard in &root.dictionary {
            push_text(&mut out, &shard.first);
            out.extend_from_slice(&shard.hash.to_le_bytes());
            push(&mut out, shard.lists.len() as u32);
            shard.lists.iter().for_each(|hash| out.extend_from_slice(&hash.to_le_bytes()));
        }
        [&MAGIC[..], &hash(&out).to_le_bytes(), &out].concat()
    }

    /// Adds an entry to a shard; `before` is the term before it in the shard.
    pub fn write_shard(out: &mut Vec<u8>, before: &str, entry: &Entry) {
        let same = before.char_indices().zip(entry.term.chars()).take_while(|((_, a), b)| a == b).last();
        let shared = same.map_or(0, |((at, c), _)| at + c.len_utf8());
        push(out, shared as u32);
        push_text(out, &entry.term[shared..]);
        push(out, entry.n as u32);
        push(
            out,
            match entry.place {
                Place::Here(section, weight) => (section as u32) << 3 | weight as u32,
                Place::List { start, len, .. } => (len as u32) << 1 | u32::from(start == 0),
            },
        );
    }

    /// The list of a term's sections, which are in order: those with a weight of their own, then the others as
    /// differences or, where those take more room, as one bit for each section of the book.
    pub fn write_list(sections: &[(u32, Weight)]) -> Vec<u8> {
        let mut out = Vec::new();
        let special = || sections.iter().filter(|(_, weight)| *weight != Weight::Body);
        let mut steps = Vec::new();
        let mut bits = Vec::new();
        let mut next = 0;
        for (section, _) in sections.iter().filter(|(_, weight)| *weight == Weight::Body) {
            push(&mut steps, section - next);
            next = section + 1;
            bits.resize(bits.len().max(1 + *section as usize / 8), 0);
            bits[*section as usize / 8] |= 1 << (section % 8);
        }
        let is_dense = bits.len() < steps.len();
        push(&mut out, (special().count() as u32) << 1 | u32::from(is_dense));
        next = 0;
        for (section, weight) in special() {
            push(&mut out, (section - next) << 3 | *weight as u32);
            next = section + 1;
        }
        out.extend(if is_dense { bits } else { steps });
        out
    }

    /// The text of a leaf.
    pub fn write_leaf(leaf: &Leaf) -> String {
        let mut out = [line(&leaf.url), line(&leaf.label), line(&leaf.title)].join("\t");
        out.push('\n');
        for it in &leaf.sections {
            let kind = match it.kind {
                Kind::Page => "page",
                Kind::Section => "section",
                Kind::Figure => "figure",
                Kind::Term => "term",
            };
            let fields = [kind, &line(&it.anchor), &line(&it.label), &line(&it.title), &line(&it.above)];
            out.push_str(&fields.join("\t"));
            out.push('\n');
            out.push_str(&line(&it.text));
            out.push('\n');
        }
        out
    }

    /// Text with one space in place of whatever is no letter, sign or single space.
    pub fn line(text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|it| !it.is_empty());
        for word in words {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
        out
    }
}

fn push_decimal(out: &mut String, number: usize) {
    if number >= 10 {
        push_decimal(out, number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

#[cfg(test)]
mod tests {
    use super::{
        Entry, FileId, Leaf, LeafEntry, LeafSection, Place, Root, ShardEntry, Weight, leaf, list, root, shard,
        write_leaf, write_list, write_root, write_shard,
    };
    use crate::{Broken, Kind};

    fn a_root() -> Root {
        Root {
            language: "en".into(),
            parts: vec!["One".into(), "Zwei".into()],
            leaves: vec![
                LeafEntry { first: 0, n: 3, part: 2, hash: 1 },
                LeafEntry { first: 3, n: 200, part: 0, hash: u32::MAX },
            ],
            dictionary: ["a", "ring", "ringing", "s"]
                .map(|first| ShardEntry { first: first.into(), hash: 0x89ab_01cd, lists: vec![7, 8] })
                .into(),
        }
    }

    #[test]
    fn a_root_is_read_as_written() {
        let bytes = write_root(&a_root());
        assert_eq!(root(&bytes), Ok(a_root()));
        for idx in 0..bytes.len() {
            let mut other = bytes.clone();
            other[idx] ^= 0x10;
            assert_eq!(root(&other), Err(Broken), "byte {idx}");
            assert_eq!(root(&bytes[..idx]), Err(Broken), "the first {idx}");
        }
    }

    #[test]
    fn a_root_finds_leaves_shards_and_names() {
        let root = a_root();
        assert_eq!([0, 2, 3, 202].map(|it| root.leaf_of(it)), [0, 0, 1, 1]);
        assert_eq!(root.shards("ring"), 1..3);
        assert_eq!(root.shards("rinse"), 2..3);
        assert_eq!(root.shards("r"), 0..3);
        assert_eq!(root.shards("zoo"), 3..4);
        assert_eq!(root.shards("0"), 0..0);
        assert_eq!(Root::default().shards("a"), 0..0);
        for (file, name) in [
            (FileId::Dictionary(3), "search/d3.89ab01cd.bin"),
            (FileId::Lists(2, 1), "search/p2-1.00000008.bin"),
            (FileId::Leaf(1), "search/t1.ffffffff.txt"),
        ] {
            assert_eq!(root.name(file), name);
            assert_eq!(root.file(name), Some(file));
        }
        for name in ["search/t9.ffffffff.txt", "search/t1.fffffffe.txt", "search/p2.x", "search/é", "d3", ""] {
            assert_eq!(root.file(name), None);
        }
    }

    #[test]
    fn a_shard_is_read_as_written() {
        let list =
            |term: &str, file, start| Entry { term: term.into(), n: 3, place: Place::List { file, start, len: 10 } };
        let one = |term: &str, section| Entry { term: term.into(), n: 1, place: Place::Here(section, Weight::Often) };
        let entries =
            [one("n", 900), list("né", 0, 0), list("néa", 0, 10), one("néb", 0), list("nè", 1, 0), list("o", 1, 10)];
        let mut out = Vec::new();
        let mut before = "";
        for entry in &entries {
            write_shard(&mut out, before, entry);
            before = &entry.term;
        }
        assert_eq!(shard(&out).as_deref(), Ok(&entries[..]));
        assert_eq!(shard(&out[..out.len() - 1]), Err(Broken));
        assert_eq!(shard(&[1, 1, b'a', 1, 2]), Err(Broken), "nothing to share");
        assert_eq!(shard(&[0, 1, b'a', 1, 5]), Err(Broken), "no such weight");
        assert_eq!(shard(&[0, 1, b'a', 2, 2]), Err(Broken), "a list in no file");
    }

    #[test]
    fn a_list_is_read_as_written() {
        let sparse = vec![(0, Weight::Title), (7, Weight::Body), (8, Weight::Context), (900, Weight::Body)];
        let dense: Vec<(u32, Weight)> = (0..500).filter(|it| it % 3 > 0).map(|it| (it, Weight::Body)).collect();
        let mixed = dense.iter().map(|(it, _)| (*it, if it % 5 == 0 { Weight::Often } else { Weight::Body })).collect();
        for sections in [sparse, dense, mixed, vec![(3, Weight::Heading)], Vec::new()] {
            let bytes = write_list(&sections);
            let mut found = Vec::new();
            list(&bytes, 901, &mut |section, weight| found.push((section as u32, weight))).expect("it is whole");
            found.sort_unstable();
            assert_eq!(found, sections);
            if let Some((last, _)) = sections.last() {
                assert_eq!(list(&bytes, *last as usize, &mut |_, _| {}), Err(Broken), "a section that is not there");
            }
        }
        let all: Vec<(u32, Weight)> = (0..80_000).map(|it| (it, Weight::Body)).collect();
        assert!(write_list(&all).len() < 10_010, "a bit for each section at most");
    }

    #[test]
    fn a_leaf_is_read_as_written() {
        let section = |kind, title: &str, text: &str| LeafSection {
            kind,
            anchor: "x".into(),
            label: String::new(),
            title: title.into(),
            above: "A".into(),
            text: text.into(),
        };
        let mut it = Leaf { url: "a/b.html".into(), label: "45".into(), title: "T".into(), sections: Vec::new() };
        it.sections = vec![section(Kind::Page, "T", "one  two\n\tthree\u{0}"), section(Kind::Term, "", "")];
        let text = write_leaf(&it);
        it.sections[0].text = "one two three".into();
        assert_eq!(leaf(text.as_bytes()), Ok(it));
        assert_eq!(leaf(b"a\tb\tc\npage\t\t\t\t\n"), Err(Broken));
        assert_eq!(leaf(b"a\tb\n"), Err(Broken));
        assert_eq!(leaf(b""), Err(Broken));
    }
}
