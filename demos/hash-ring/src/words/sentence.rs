//! The names of servers as a piece of the kit's sentences.

use demo_kit::text;

pub use demo_kit::sentence::{Sentence, say};

use crate::hash::letters;
use crate::model::ServerId;

/// The name of a server: A to Z, then AA to BL.
pub fn name(id: ServerId) -> String {
    say("").name(id).take()
}

/// Sentences about servers.
pub trait Names {
    /// Appends the name of a server.
    fn name(&mut self, id: ServerId) -> &mut Self;
}

impl Names for Sentence {
    #[inline(never)]
    fn name(&mut self, id: ServerId) -> &mut Self {
        let (first, second) = letters(id);
        letter(self, first);
        if let Some(second) = second {
            letter(self, second);
        }
        self
    }
}

fn letter(text: &mut Sentence, letter: u8) {
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let at = usize::from(letter - b'A');
    text.put(text::part(alphabet, at, at + 1));
}
