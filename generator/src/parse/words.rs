//! Counts words of running text, for the reading time.

/// A count that may be fed piece by piece: `some*thing*` is one word.
#[derive(Clone, Debug, Default)]
pub struct Words {
    whole: usize,
    /// Characters of scripts without spaces; two of them take about as long to read as a word.
    ideographs: usize,
    inside: bool,
}

impl Words {
    /// Adds text.
    pub fn push(&mut self, text: &str) {
        for c in text.chars() {
            if is_ideograph(c) {
                self.ideographs += 1;
                self.inside = false;
            } else if c.is_alphanumeric() {
                self.whole += usize::from(!self.inside);
                self.inside = true;
            } else if c.is_whitespace() {
                self.inside = false;
            }
        }
    }

    /// Ends a word: a line or block is over.
    pub fn end(&mut self) {
        self.inside = false;
    }

    /// The number of words.
    pub fn count(&self) -> usize {
        self.whole + self.ideographs.div_ceil(2)
    }
}

/// Kana, Han and Hangul.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn words_may_come_in_pieces() {
        let mut words = Words::default();
        words.push("some");
        words.push("thing else - it's 3.5 ");
        words.end();
        words.push("日本語");
        assert_eq!(words.count(), 4 + 2);
    }
}
