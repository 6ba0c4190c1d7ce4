//! A text that grows piece by piece. Each kind of piece is one small function that is never inlined: a hundred sentences made
//! of `String`s and `+` would be most of the download.

use demo_kit::{num, text};

use crate::hash::letters;
use crate::model::ServerId;

/// A text in the making.
pub struct Sentence(String);

/// Begins a text.
#[inline(never)]
pub fn say(piece: &str) -> Sentence {
    let mut text = Sentence(String::new());
    text.put(piece);
    text
}

/// The name of a server: A to Z, then AA to BL.
pub fn name(id: ServerId) -> String {
    say("").name(id).take()
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

    /// Appends the name of a server.
    #[inline(never)]
    pub fn name(&mut self, id: ServerId) -> &mut Sentence {
        let (first, second) = letters(id);
        self.letter(first);
        if let Some(second) = second {
            self.letter(second);
        }
        self
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

    fn letter(&mut self, letter: u8) {
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        let at = usize::from(letter - b'A');
        self.put(text::part(alphabet, at, at + 1));
    }
}
