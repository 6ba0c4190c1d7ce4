//! What a reader typed, as words to look for.

use crate::stem::stem;
use crate::stop::is_stop;
use crate::tokenize::{Token, TokenKind, is_wide, tokens};

/// Bytes of a query that are looked at.
const LONGEST: usize = 400;
/// Words of a query that are looked for.
const MOST: usize = 12;

/// A word of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As it is compared.
    pub form: String,
    /// Its stem, where the book's language has such.
    pub stem: String,
    /// The end of the query: it may go on.
    pub prefix: bool,
    /// A section need not have it.
    pub optional: bool,
    /// The words of an identifier, for a book that does not have it as a whole.
    pub parts: Vec<Word>,
}

impl Word {
    /// Words of a text that it takes, one after the other.
    pub fn span(&self) -> usize {
        self.parts.len().max(1)
    }

    /// How well it fits a term of the dictionary, from 1 to 16; `None` if not at all.
    pub fn fits(&self, term: &str) -> Option<u32> {
        if term == self.form {
            return Some(16);
        }
        // A stem is shorter than the word by an ending; comparing first letters spares most stems.
        if self.parts.is_empty() && !self.stem.is_empty() && term.starts_with(self.root()) && stem(term) == self.stem {
            return Some(13);
        }
        (self.prefix && term.starts_with(&self.form)).then_some(9)
    }

    /// What all terms that it [fits](Self::fits) begin with: rules change a stem's last letter at most.
    pub fn root(&self) -> &str {
        if self.stem.is_empty() || !self.parts.is_empty() {
            return &self.form;
        }
        let short = if self.stem.len() > 2 { &self.stem[..self.stem.len() - 1] } else { &self.stem };
        if self.form.starts_with(short) { short } else { &self.form }
    }
}

/// The words of a query.
pub fn words(query: &str, english: bool) -> Vec<Word> {
    let end = (0..=LONGEST.min(query.len())).rev().find(|it| query.is_char_boundary(*it)).unwrap_or(0);
    let query = &query[..end];
    let mut found: Vec<(usize, Word)> = Vec::new();
    tokens(query, &mut |token| match token.kind {
        TokenKind::Word => found.push((token.start, word(&token, query, english))),
        TokenKind::Whole => {
            let at = found.partition_point(|(start, _)| *start < token.start);
            let parts = found.split_off(at).into_iter().map(|(_, word)| word).collect();
            let whole = Word { optional: false, stem: String::new(), ..word(&token, query, english) };
            found.push((token.start, Word { parts, ..whole }));
        }
        TokenKind::Hump | TokenKind::Tail => {}
    });
    let mut words: Vec<Word> = Vec::new();
    for (_, word) in found {
        if words.len() < MOST && !words.iter().any(|it| it.form == word.form) {
            words.push(word);
        }
    }
    // Where nothing else is asked for, they are what is asked for.
    if words.iter().all(|it| it.optional) {
        words.iter_mut().for_each(|it| it.optional = false);
    }
    words
}

fn word(token: &Token<'_>, query: &str, english: bool) -> Word {
    let form = token.term.to_string();
    let last = token.end == query.len();
    let wide = form.chars().next().is_some_and(is_wide);
    // A single letter begins too many words, a single character of a script without spaces begins pairs with it.
    let single = form.chars().count() == 1;
    let prefix = if single { wide } else { last };
    let optional = is_stop(&form, english) || single && last && !wide;
    let stem = if english && form.is_ascii() { stem(&form) } else { String::new() };
    Word { form, stem, prefix, optional, parts: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::words;

    fn check(query: &str, expected: &str) {
        let shown: Vec<String> = words(query, true)
            .iter()
            .map(|it| {
                let parts: Vec<&str> = it.parts.iter().map(|it| it.form.as_str()).collect();
                let parts = if parts.is_empty() { String::new() } else { format!("({})", parts.join(" ")) };
                let mark = if it.prefix { "*" } else { "" };
                format!("{}{}{mark}{parts}", it.form, if it.optional { "?" } else { "" })
            })
            .collect();
        assert_eq!(shown.join(" "), expected, "{query:?}");
    }

    #[test]
    fn words_of_queries() {
        check("Consistent Hash", "consistent hash*");
        check("consistent hash ", "consistent hash");
        check("what is the CAP theorem?", "what? is? the? cap theorem");
        check("what is", "what is*");
        check("ring r", "ring r?");
        check("std::sync", "std::sync*(std sync)");
        check("C++ and HTTP/2", "c++(c) and? http/2*(http 2)");
        check("the the ring the", "the? ring");
        check("HashMap", "hashmap*");
        check("水", "水*");
        check("数据库", "数据 据库*");
        check("", "");
        check("\u{0}\u{1b}[31m \u{202e}", "31m");
    }

    #[test]
    fn a_long_query_is_cut() {
        assert_eq!(words(&"é".repeat(10_000), true).len(), 1);
        let many: Vec<String> = (0..2_000).map(|it| format!("w{it}")).collect();
        assert_eq!(words(&many.join(" "), true).len(), 12);
    }

    #[test]
    fn terms_that_fit() {
        let fits = |query: &str, term: &str| words(query, true)[0].fits(term);
        assert_eq!(fits("replicas ", "replicas"), Some(16));
        assert_eq!(fits("replicas ", "replica"), Some(13));
        assert_eq!(fits("replic", "replication"), Some(13), "it is the stem");
        assert_eq!(fits("replicat", "replication"), Some(9));
        assert_eq!(fits("replicat ", "replication"), None);
        assert_eq!(fits("std::sync", "std::sync::arc"), Some(9));
        for (query, term) in
            [("query ", "queries"), ("possibility ", "possible"), ("hoping ", "hoped"), ("ties ", "tie")]
        {
            assert_eq!(fits(query, term), Some(13), "{query}{term}");
            assert!(term.starts_with(words(query, true)[0].root()));
        }
    }
}
