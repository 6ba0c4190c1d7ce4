//! Numbers as bits, and back: of fixed length, as short as their limit allows, or short if they are small. The lowest bit
//! of a byte comes first.

use crate::Broken;

/// Reads from the front.
#[derive(Clone, Copy, Debug)]
pub struct BitReader<'a> {
    bytes: &'a [u8],
    /// In bits.
    at: usize,
}

impl<'a> BitReader<'a> {
    /// Of these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Bits that are left.
    pub fn rest(&self) -> usize {
        8 * self.bytes.len() - self.at
    }

    /// Goes on with the next whole byte.
    pub fn align(&mut self) {
        self.at = self.at.next_multiple_of(8);
    }

    /// A number of `n` bits, at most 32.
    pub fn bits(&mut self, n: u32) -> Result<u32, Broken> {
        let (mut number, mut read) = (0, 0);
        while read < n {
            let byte = *self.bytes.get(self.at / 8).ok_or(Broken)?;
            let skip = (self.at % 8) as u32;
            let take = (8 - skip).min(n - read);
            number |= (u32::from(byte) >> skip & ((1 << take) - 1)) << read;
            read += take;
            self.at += take as usize;
        }
        Ok(number)
    }

    /// A number below `limit`, which is not 0.
    pub fn below(&mut self, limit: u32) -> Result<u32, Broken> {
        let (len, n_short) = code(limit);
        let mut number = self.bits(len)?;
        if number >= n_short {
            number = (number << 1 | self.bits(1)?) - n_short;
        }
        Ok((number + (limit - n_short) / 2) % limit)
    }

    /// Any number below 2^24, small ones being short (Elias 1975, of the number above it).
    pub fn gamma(&mut self) -> Result<u32, Broken> {
        let mut len = 0;
        while self.bits(1)? == 0 {
            len += 1;
            if len > 24 {
                return Err(Broken);
            }
        }
        Ok((1 << len | self.bits(len)?) - 1)
    }
}

/// How numbers below a limit are written: the bits of a short one, and how many there are of these. The others have a bit
/// more; the short ones are those in the middle, where the middle of a list mostly is.
fn code(limit: u32) -> (u32, u32) {
    let len = limit.max(1).ilog2();
    (len, (2 << len) - limit)
}

/// Adds at the end.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Debug, Default)]
pub struct BitWriter {
    /// What has been written, the last byte filled up with zeros.
    pub out: Vec<u8>,
    /// Bits of it.
    len: usize,
}

#[cfg(not(target_arch = "wasm32"))]
impl BitWriter {
    /// The `n` lowest bits of a number, at most 32.
    pub fn bits(&mut self, number: u32, n: u32) {
        for idx in 0..n {
            if self.len.is_multiple_of(8) {
                self.out.push(0);
            }
            self.out[self.len / 8] |= ((number >> idx & 1) as u8) << (self.len % 8);
            self.len += 1;
        }
    }

    /// A number below `limit`.
    pub fn below(&mut self, number: u32, limit: u32) {
        let (len, n_short) = code(limit);
        let turned = (number + limit - (limit - n_short) / 2) % limit;
        if turned < n_short {
            self.bits(turned, len);
        } else {
            self.bits((turned + n_short) >> 1, len);
            self.bits(turned + n_short, 1);
        }
    }

    /// A number, small ones being short.
    pub fn gamma(&mut self, number: u32) {
        let len = (number + 1).ilog2();
        self.bits(0, len);
        self.bits(1, 1);
        self.bits(number + 1, len);
    }
}

#[cfg(test)]
mod tests {
    use super::{BitReader, BitWriter};
    use crate::Broken;

    #[test]
    fn what_is_written_is_read() {
        for limit in (1..70).chain([1_383, 65_536, 65_537]) {
            let mut bits = BitWriter::default();
            let numbers = || (0..limit).step_by(1 + limit as usize / 100);
            numbers().for_each(|it| bits.below(it, limit));
            let mut reader = BitReader::new(&bits.out);
            for number in numbers() {
                assert_eq!(reader.below(limit), Ok(number), "below {limit}");
            }
            assert!(reader.rest() < 8);
        }
        let mut bits = BitWriter::default();
        let numbers = [0, 1, 2, 3, 500, 70_000, (1 << 24) - 1];
        numbers.iter().for_each(|it| bits.gamma(*it));
        bits.bits(u32::MAX, 32);
        let mut reader = BitReader::new(&bits.out);
        for number in numbers {
            assert_eq!(reader.gamma(), Ok(number));
        }
        assert_eq!(reader.bits(32), Ok(u32::MAX));
        reader.align();
        assert_eq!((reader.rest(), reader.bits(1)), (0, Err(Broken)));
    }

    #[test]
    fn numbers_in_the_middle_are_the_short_ones() {
        let len = |number| {
            let mut bits = BitWriter::default();
            bits.below(number, 6);
            bits.len
        };
        assert_eq!([0, 1, 2, 3, 4, 5].map(len), [3, 3, 2, 2, 3, 3]);
        let mut bits = BitWriter::default();
        bits.below(0, 1);
        assert_eq!(bits.len, 0, "nothing to say");
    }

    #[test]
    fn zeros_without_end_are_refused() {
        assert_eq!(BitReader::new(&[0; 9]).gamma(), Err(Broken));
        assert_eq!(BitReader::new(&[0]).gamma(), Err(Broken));
    }
}
