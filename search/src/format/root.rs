//! The first file: what parts and leaves a book has, and where each shard of the dictionary begins.

use crate::Broken;
use crate::bytes::{Reader, hash};

/// Sections of a book, at most: what a damaged root may make an engine believe.
const SECTIONS: usize = 1 << 22;

/// What it begins with: the format and its version.
const MAGIC: [u8; 4] = *b"cut2";

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
}

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

/// The bytes of a root.
#[cfg(not(target_arch = "wasm32"))]
pub fn write_root(root: &Root) -> Vec<u8> {
    use crate::bytes::{push, push_text};

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

#[cfg(test)]
pub mod tests {
    use super::{LeafEntry, Root, ShardEntry, root, write_root};
    use crate::Broken;

    /// One with two leaves and four shards.
    pub fn a_root() -> Root {
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
    fn it_is_read_as_written() {
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
    fn it_finds_leaves_and_shards() {
        let root = a_root();
        assert_eq!([0, 2, 3, 202].map(|it| root.leaf_of(it)), [0, 0, 1, 1]);
        assert_eq!(root.shards("ring"), 1..3);
        assert_eq!(root.shards("rinse"), 2..3);
        assert_eq!(root.shards("r"), 0..3);
        assert_eq!(root.shards("zoo"), 3..4);
        assert_eq!(root.shards("0"), 0..0);
        assert_eq!(Root::default().shards("a"), 0..0);
    }
}
