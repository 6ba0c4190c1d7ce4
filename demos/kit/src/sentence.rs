//! A text that grows piece by piece. Each kind of piece is one small function that is never inlined: a hundred sentences made
//! of `String`s and `+` would be most of a demo's download.

use crate::{num, text};

/// A text in the making.
pub struct Sentence(String);

/// Begins a text.
#[inline(never)]
pub fn say(piece: &str) -> Sentence {
    let mut text = Sentence(String::new());
    text.put(piece);
    text
}

impl Sentence {
    /// Appends a piece.
    #[inline(never)]
    pub fn put(&mut self, piece: &str) -> &mut Sentence {
        text::put(&mut self.0, piece);
        self
    }

    /// Appends a number.
    #[inline(never)]
    pub fn count(&mut self, number: usize) -> &mut Sentence {
        self.put(&num::integer(number as i64))
    }

    /// Appends a number and its noun: "1 key", "2 keys".
    #[inline(never)]
    pub fn counted(&mut self, number: usize, noun: &str) -> &mut Sentence {
        self.count(number).put(" ").put(noun).put(if number == 1 { "" } else { "s" })
    }

    /// Appends a share.
    #[inline(never)]
    pub fn percent(&mut self, share: f64) -> &mut Sentence {
        self.put(&num::percent(share))
    }

    /// The text.
    pub fn done(self) -> String {
        self.0
    }

    /// The text, taken out of a chain.
    #[inline(never)]
    pub fn take(&mut self) -> String {
        std::mem::take(&mut self.0)
    }
}
