//! Numbers and texts as bytes, and back: variable-length integers, seven bits a byte, the lowest first.
//!
//! A reader never trusts what it reads: whatever the bytes, it answers a value or [`Broken`].

use crate::Broken;

/// Adds a number.
#[cfg(not(target_arch = "wasm32"))]
pub fn push(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Adds a text behind its length.
#[cfg(not(target_arch = "wasm32"))]
pub fn push_text(out: &mut Vec<u8>, text: &str) {
    push(out, text.len() as u32);
    out.extend_from_slice(text.as_bytes());
}

/// FNV-1a (Fowler, Noll, Vo), 32 bits: tells versions of a file apart and damaged ones from whole ones.
pub fn hash(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// Reads from the front.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    /// Whether nothing is left.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A byte.
    pub fn byte(&mut self) -> Result<u8, Broken> {
        let (first, rest) = self.0.split_first().ok_or(Broken)?;
        self.0 = rest;
        Ok(*first)
    }

    /// A number.
    pub fn number(&mut self) -> Result<u32, Broken> {
        let mut number = 0_u32;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            let bits = u32::from(byte & 0x7f);
            if shift == 28 && bits > 0xf {
                return Err(Broken);
            }
            number |= bits << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Broken)
    }

    /// How many things follow, of which each takes a byte at least.
    pub fn count(&mut self) -> Result<usize, Broken> {
        let count = self.number()? as usize;
        if count > self.0.len() { Err(Broken) } else { Ok(count) }
    }

    /// Four bytes, the lowest first.
    pub fn fixed(&mut self) -> Result<u32, Broken> {
        let (first, rest) = self.0.split_first_chunk::<4>().ok_or(Broken)?;
        self.0 = rest;
        Ok(u32::from_le_bytes(*first))
    }

    /// Some bytes.
    pub fn slice(&mut self, len: usize) -> Result<&'a [u8], Broken> {
        let (first, rest) = self.0.split_at_checked(len).ok_or(Broken)?;
        self.0 = rest;
        Ok(first)
    }

    /// A text behind its length.
    pub fn text(&mut self) -> Result<&'a str, Broken> {
        let len = self.count()?;
        std::str::from_utf8(self.slice(len)?).map_err(|_| Broken)
    }
}

#[cfg(test)]
mod tests {
    use super::{Broken, Reader, hash, push, push_text};

    #[test]
    fn what_is_written_is_read() {
        let numbers = [0, 1, 127, 128, 16_383, 16_384, u32::MAX];
        let mut out = Vec::new();
        numbers.iter().for_each(|it| push(&mut out, *it));
        push_text(&mut out, "né");
        let mut reader = Reader(&out);
        for number in numbers {
            assert_eq!(reader.number(), Ok(number));
        }
        assert_eq!(reader.text(), Ok("né"));
        assert!(reader.is_empty());
    }

    #[test]
    fn what_is_wrong_is_refused() {
        assert_eq!(Reader(&[0x80]).number(), Err(Broken));
        assert_eq!(Reader(&[0xff, 0xff, 0xff, 0xff, 0x1f]).number(), Err(Broken));
        assert_eq!(Reader(&[2, b'a']).text(), Err(Broken));
        assert_eq!(Reader(&[1, 0xff]).text(), Err(Broken));
        assert_eq!(Reader(&[0xff, 0xff, 3, 0]).count(), Err(Broken));
        assert_eq!(Reader(&[1, 2, 3]).fixed(), Err(Broken));
    }

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(hash(b""), 0x811c_9dc5);
        assert_eq!(hash(b"foobar"), 0xbf9c_f968);
    }
}
