//! A shard of the dictionary: terms in order, each as what it adds to the one before it.
//!
//! Column by column, which a host's compression packs better than row by row: how many bytes each term shares with the one
//! before and how many it adds (four bits each, 15 for what follows in full), how many sections have it, the letters, and
//! as bits the sections of those terms that have but one. Where a list begins is the sum of those before it.

use crate::Broken;
use crate::bits::BitReader;
use crate::bytes::Reader;
use crate::format::Weight;
use crate::format::lists::read;

/// A length that is too large for its four bits.
const LONG: u8 = 15;

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
    /// In one of the shard's files, behind so many sections of other terms.
    List { file: usize, start: usize },
}

/// Reads a shard of the dictionary of a book with so many sections.
///
/// # Errors
/// If it is not as [`write_shard`] wrote it.
pub fn shard(bytes: &[u8], n_sections: usize) -> Result<Vec<Entry>, Broken> {
    let mut reader = Reader(bytes);
    let count = reader.count()?;
    let heads = reader.slice(count)?;
    let mut lengths = Vec::with_capacity(count);
    for head in heads {
        lengths.push((length(head >> 4, &mut reader)?, length(head & LONG, &mut reader)?));
    }
    let mut numbers = Vec::with_capacity(count);
    for _ in heads {
        numbers.push(reader.number()? as usize);
    }
    let mut entries: Vec<Entry> = Vec::with_capacity(count);
    let (mut file, mut start) = (None, 0_usize);
    for ((shared, added), number) in lengths.into_iter().zip(numbers) {
        let before = entries.last().map_or("", |entry| entry.term.as_str());
        let mut term = before.get(..shared).ok_or(Broken)?.to_string();
        term.push_str(std::str::from_utf8(reader.slice(added)?).map_err(|_| Broken)?);
        // The lowest bit tells that its list begins a file.
        if number & 1 == 1 {
            file = file.map_or(Some(0), |file: usize| Some(file + 1));
            start = 0;
        }
        let (n, mut place) = (number >> 1, Place::Here(0, Weight::Body));
        if n != 1 {
            place = Place::List { file: file.ok_or(Broken)?, start };
            start = start.checked_add(n).ok_or(Broken)?;
        }
        entries.push(Entry { term, n, place });
    }
    alone(&mut entries, BitReader::new(reader.0), n_sections)?;
    Ok(entries)
}

fn length(bits: u8, reader: &mut Reader<'_>) -> Result<usize, Broken> {
    Ok(if bits == LONG { reader.number()? as usize } else { usize::from(bits) })
}

/// Tells the terms that have but one section which it is.
fn alone(entries: &mut [Entry], mut bits: BitReader<'_>, n_sections: usize) -> Result<(), Broken> {
    let mut found = Vec::new();
    for entry in entries.iter_mut().filter(|entry| entry.n == 1) {
        found.clear();
        read(&mut bits, 1, n_sections, &mut found)?;
        if let [(section, weight)] = found[..] {
            entry.place = Place::Here(section as usize, weight);
        }
    }
    if bits.rest() < 8 { Ok(()) } else { Err(Broken) }
}

/// The bytes of a shard with these entries, which are in order.
#[cfg(not(target_arch = "wasm32"))]
pub fn write_shard(entries: &[Entry], n_sections: usize) -> Vec<u8> {
    use crate::bits::BitWriter;
    use crate::bytes::push;
    use crate::format::lists::write;

    let (mut heads, mut lengths, mut numbers, mut letters) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut bits = BitWriter::default();
    let mut before = "";
    for entry in entries {
        let same = before.char_indices().zip(entry.term.chars()).take_while(|((_, a), b)| a == b).last();
        let shared = same.map_or(0, |((at, c), _)| at + c.len_utf8());
        let mut head = 0;
        for length in [shared, entry.term.len() - shared] {
            let short = length.min(usize::from(LONG)) as u8;
            head = head << 4 | short;
            if short == LONG {
                push(&mut lengths, length as u32);
            }
        }
        heads.push(head);
        letters.extend_from_slice(&entry.term.as_bytes()[shared..]);
        let begins = matches!(entry.place, Place::List { start: 0, .. });
        push(&mut numbers, (entry.n as u32) << 1 | u32::from(begins));
        if let Place::Here(section, weight) = entry.place {
            write(&mut bits, &[(section as u32, weight)], n_sections);
        }
        before = &entry.term;
    }
    let mut out = Vec::new();
    push(&mut out, entries.len() as u32);
    [out, heads, lengths, numbers, letters, bits.out].concat()
}

#[cfg(test)]
mod tests {
    use super::{Entry, Place, shard, write_shard};
    use crate::Broken;
    use crate::format::Weight;

    #[test]
    fn it_is_read_as_written() {
        let list = |term: &str, n, file, start| Entry { term: term.into(), n, place: Place::List { file, start } };
        let one = |term: &str, section, weight| Entry { term: term.into(), n: 1, place: Place::Here(section, weight) };
        let entries = [
            one("n", 900, Weight::Often),
            list("né", 3, 0, 0),
            list("néa", 2, 0, 3),
            one("néb", 0, Weight::Body),
            list("nè", 300, 1, 0),
            list("o", 2, 1, 300),
            one("of_more_than_fifteen_letters", 7, Weight::Body),
            one("of_more_than_fifteen_letters_or_so", 8, Weight::Title),
        ];
        let bytes = write_shard(&entries, 901);
        assert_eq!(shard(&bytes, 901).as_deref(), Ok(&entries[..]));
        for idx in 0..bytes.len() {
            assert_eq!(shard(&bytes[..idx], 901), Err(Broken), "the first {idx}");
        }
        assert_eq!(shard(&[&bytes[..], &[0]].concat(), 901), Err(Broken), "more than there should be");
        assert_eq!(shard(&bytes, 0), Err(Broken), "no section to stand in");
        assert_eq!(shard(&[1, 0x11, 2, b'a', 0], 9), Err(Broken), "nothing to share");
        assert_eq!(shard(&[1, 0x01, 4, b'a'], 9), Err(Broken), "a list in no file");
        assert_eq!(shard(&[1, 0x01, 2, 0xff, 0], 9), Err(Broken), "no letter");
        assert_eq!(shard(&[0], 9), Ok(Vec::new()));
    }
}
