//! A place in a text that moves on as things are read.

use std::ops::Range;

/// Reads a text from left to right.
#[derive(Clone, Debug)]
pub struct Cursor<'a> {
    pub text: &'a str,
    pub at: usize,
}

impl<'a> Cursor<'a> {
    /// What is still to be read.
    pub fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Skips spaces, not line feeds.
    pub fn spaces(&mut self) {
        self.while_char(|c| c.is_whitespace() && c != '\n');
    }

    /// Skips what lies between statements.
    pub fn between(&mut self) {
        self.while_char(|c| c.is_whitespace() || c == ';');
    }

    /// True at the end of a statement.
    pub fn at_end(&self) -> bool {
        self.peek().is_none_or(|c| matches!(c, '\n' | ';'))
    }

    /// Takes `word` if it stands here.
    pub fn take(&mut self, word: &str) -> bool {
        let here = self.rest().starts_with(word);
        if here {
            self.at += word.len();
        }
        here
    }

    /// Takes `word` if it stands here and is not the beginning of a longer one.
    pub fn keyword(&mut self, word: &str) -> bool {
        let next = self.rest().strip_prefix(word).map(|rest| rest.chars().next());
        let whole = next.is_some_and(|next| next.is_none_or(|c| c.is_whitespace() || c == ';'));
        if whole {
            self.at += word.len();
        }
        whole
    }

    /// Takes characters as long as they fit.
    pub fn while_char(&mut self, fits: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let len = rest.find(|c| !fits(c)).unwrap_or(rest.len());
        self.at += len;
        &rest[..len]
    }

    /// Takes the rest of the statement.
    pub fn statement(&mut self) -> &'a str {
        self.while_char(|c| c != '\n' && c != ';').trim_end()
    }

    /// Takes the rest of the line.
    pub fn line(&mut self) -> &'a str {
        self.while_char(|c| c != '\n').trim_end()
    }

    /// The place of the word that stands here, for a complaint about it.
    pub fn word_range(&self) -> Range<usize> {
        let rest = self.rest();
        let len = rest.find(|c: char| c.is_whitespace() || c == ';').unwrap_or(rest.len());
        // Where nothing stands, the character before is the place.
        match len {
            0 => {
                self.text[..self.at].trim_end().char_indices().next_back().map_or(0..0, |(at, c)| at..at + c.len_utf8())
            }
            _ => self.at..self.at + len,
        }
    }
}
