//! A text put together from pieces of the source, and the way back from a place in it to the source.
//!
//! The body of a fence in a quote or list is such a text: the source has `> ` or spaces between its lines.

use std::ops::Range;

/// Text with the source offset of each of its pieces.
#[derive(Clone, Debug, Default)]
pub struct Pieces {
    /// The text.
    pub text: String,
    /// Where each piece starts: in `text`, and in the source. In order of the first.
    starts: Vec<(usize, usize)>,
    /// The end of the last piece in the source.
    end: usize,
}

impl Pieces {
    /// Adds a piece that stands at `range` in the source.
    pub fn push(&mut self, piece: &str, range: &Range<usize>) {
        self.starts.push((self.text.len(), range.start));
        self.text.push_str(piece);
        self.end = range.end;
    }

    /// The source offset of a place in the text.
    pub fn offset(&self, at: usize) -> usize {
        let idx = self.starts.partition_point(|(start, _)| *start <= at);
        match idx.checked_sub(1).map(|idx| self.starts[idx]) {
            Some((start, source)) => (source + at - start).min(self.end),
            None => self.end,
        }
    }

    /// The source range of a range of the text. The end belongs to the piece of the last character.
    pub fn range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.offset(range.start);
        let end = if range.end > range.start { self.offset(range.end - 1) + 1 } else { start };
        start..end.max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::Pieces;

    #[test]
    fn the_way_back_leads_to_the_piece() {
        let source = "> ab\n> cd\n";
        let mut pieces = Pieces::default();
        pieces.push("ab\n", &(2..5));
        pieces.push("cd\n", &(7..10));
        let at = pieces.text.find("cd").expect("it is there");
        assert_eq!(&source[pieces.range(at..at + 2)], "cd");
        assert_eq!(&source[pieces.range(0..2)], "ab");
        assert_eq!(&source[pieces.range(0..3)], "ab\n");
        assert_eq!(pieces.range(6..6), 10..10);
    }
}
