//! In which sections each term stands, and how prominently: a list for each term that has several, one behind the other.
//!
//! A list is first the number of its sections with a weight of their own; then its sections, by binary interpolation
//! (Moffat, Stuiver 2000: the one in the middle, then both halves within what it leaves them); then which of them have a
//! weight, likewise, and two bits for each of these. It ends with its byte, so that a kept list is copied as it is.

use crate::Broken;
use crate::bits::BitReader;
use crate::format::Weight;

/// The weights that are written, by their two bits.
const WEIGHTS: [Weight; 4] = [Weight::Context, Weight::Often, Weight::Heading, Weight::Title];

/// A section that has a term.
pub type Posting = (u32, Weight);

/// Reads the lists of terms that have so many sections each, one behind the other.
///
/// # Errors
/// If they are not as [`write_list`] wrote them.
pub fn lists(bytes: &[u8], sizes: &mut dyn Iterator<Item = usize>, n_sections: usize) -> Result<Vec<Posting>, Broken> {
    let mut bits = BitReader::new(bytes);
    let mut found = Vec::new();
    for n in sizes {
        read(&mut bits, n, n_sections, &mut found)?;
        bits.align();
    }
    if bits.rest() == 0 { Ok(found) } else { Err(Broken) }
}

/// Reads a list of `n` sections.
pub(super) fn read(
    bits: &mut BitReader<'_>,
    n: usize,
    n_sections: usize,
    found: &mut Vec<Posting>,
) -> Result<(), Broken> {
    let n_weights = bits.gamma()? as usize;
    if n > n_sections || n_weights > n {
        return Err(Broken);
    }
    let first = found.len();
    interpolated(bits, n, 0, n_sections as u32, &mut |section| found.push((section, Weight::Body)))?;
    let mut weighty = Vec::new();
    interpolated(bits, n_weights, 0, n as u32, &mut |idx| weighty.push(idx as usize))?;
    for idx in weighty {
        found[first + idx].1 = WEIGHTS[bits.bits(2)? as usize];
    }
    Ok(())
}

/// Hands on `n` different numbers of `start..end`, in order.
fn interpolated(
    bits: &mut BitReader<'_>,
    n: usize,
    start: u32,
    end: u32,
    each: &mut dyn FnMut(u32),
) -> Result<(), Broken> {
    // As many as there is room for: they are all there.
    if n as u32 == end - start {
        (start..end).for_each(each);
        return Ok(());
    }
    if n == 0 {
        return Ok(());
    }
    let (before, after) = (n / 2, n - n / 2 - 1);
    let first = start + before as u32;
    let middle = first + bits.below(end - after as u32 - first)?;
    interpolated(bits, before, start, middle, each)?;
    each(middle);
    interpolated(bits, after, middle + 1, end, each)
}

#[cfg(not(target_arch = "wasm32"))]
pub use writing::{write, write_list};

#[cfg(not(target_arch = "wasm32"))]
mod writing {
    use super::{Posting, WEIGHTS};
    use crate::bits::BitWriter;
    use crate::format::Weight;

    /// The bytes of a list, whose sections are in order.
    pub fn write_list(postings: &[Posting], n_sections: usize) -> Vec<u8> {
        let mut bits = BitWriter::default();
        write(&mut bits, postings, n_sections);
        bits.out
    }

    /// Adds a list.
    pub fn write(bits: &mut BitWriter, postings: &[Posting], n_sections: usize) {
        let sections: Vec<u32> = postings.iter().map(|(section, _)| *section).collect();
        let weighty: Vec<u32> =
            (0..).zip(postings).filter(|(_, it)| it.1 != Weight::Body).map(|(idx, _)| idx).collect();
        bits.gamma(weighty.len() as u32);
        interpolate(bits, &sections, 0, n_sections as u32);
        interpolate(bits, &weighty, 0, sections.len() as u32);
        for (_, weight) in postings {
            if let Some(code) = WEIGHTS.iter().position(|it| it == weight) {
                bits.bits(code as u32, 2);
            }
        }
    }

    fn interpolate(bits: &mut BitWriter, numbers: &[u32], start: u32, end: u32) {
        if numbers.len() as u32 == end - start {
            return;
        }
        let (before, rest) = numbers.split_at(numbers.len() / 2);
        let Some((middle, after)) = rest.split_first() else { return };
        let first = start + before.len() as u32;
        bits.below(middle - first, end - after.len() as u32 - first);
        interpolate(bits, before, start, *middle);
        interpolate(bits, after, middle + 1, end);
    }
}

#[cfg(test)]
mod tests {
    use super::{Posting, lists, write_list};
    use crate::Broken;
    use crate::format::Weight;

    #[test]
    fn they_are_read_as_written() {
        let sparse = vec![(0, Weight::Title), (7, Weight::Body), (8, Weight::Context), (900, Weight::Body)];
        let dense: Vec<Posting> = (0..500).filter(|it| it % 3 > 0).map(|it| (it, Weight::Body)).collect();
        let mixed: Vec<Posting> =
            dense.iter().map(|(it, _)| (*it, if it % 5 == 0 { Weight::Often } else { Weight::Body })).collect();
        let all: Vec<Posting> = (0..901).map(|it| (it, Weight::Heading)).collect();
        let several = [sparse, dense, mixed, all, vec![(3, Weight::Heading)], Vec::new()];
        let bytes: Vec<u8> = several.iter().flat_map(|it| write_list(it, 901)).collect();
        let sizes = || several.iter().map(Vec::len);
        assert_eq!(lists(&bytes, &mut sizes(), 901), Ok(several.concat()));
        for idx in 0..bytes.len() {
            assert_eq!(lists(&bytes[..idx], &mut sizes(), 901), Err(Broken), "the first {idx}");
        }
        assert_eq!(lists(&[&bytes[..], &[0]].concat(), &mut sizes(), 901), Err(Broken), "more than there should be");
        assert_eq!(lists(&bytes, &mut [902].into_iter(), 901), Err(Broken), "more sections than there are");
        assert_eq!(lists(&bytes, &mut [usize::MAX].into_iter(), 901), Err(Broken));
    }

    #[test]
    fn what_is_told_by_numbers_alone_takes_no_room() {
        let all: Vec<Posting> = (0..80_000).map(|it| (it, Weight::Body)).collect();
        assert_eq!(write_list(&all, 80_000).len(), 1);
        let half: Vec<Posting> = all.iter().copied().filter(|it| it.0 % 2 == 0).collect();
        assert!(write_list(&half, 80_000).len() < 10_001, "a bit for each section at most");
    }
}
