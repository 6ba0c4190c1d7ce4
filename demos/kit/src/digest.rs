//! A digest of a state: 64 bits that differ when anything differs. For replay tests, not for secrets.

use crate::rng::mix;

/// Takes in numbers and text, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest(u64);

impl Default for Digest {
    fn default() -> Self {
        Digest(0xcbf2_9ce4_8422_2325)
    }
}

impl Digest {
    /// Takes in a number. Counts go in as u64 on every target.
    pub fn u64(&mut self, x: u64) {
        self.0 = mix(self.0.rotate_left(5) ^ x);
    }

    /// Takes in a number by its bits.
    pub fn f64(&mut self, x: f64) {
        self.u64(x.to_bits());
    }

    /// Takes in a length or index.
    pub fn count(&mut self, x: usize) {
        self.u64(x as u64);
    }

    /// Takes in text with its length.
    pub fn text(&mut self, text: &str) {
        self.count(text.len());
        for chunk in text.as_bytes().chunks(8) {
            let mut word = 0_u64;
            for &byte in chunk {
                word = word << 8 | u64::from(byte);
            }
            self.u64(word);
        }
    }

    /// What it has come to.
    pub fn value(&self) -> u64 {
        self.0
    }
}
