//! What a reader typed, as words to look for.

use crate::stem::stem;
use crate::stop::{is_asking, is_stop};
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
    /// What it asks for.
    pub role: Role,
    /// It is an identifier as a whole.
    pub whole: bool,
    /// What is looked for in a book that does not have it: `c` for `C++`.
    pub instead: Option<Box<Word>>,
}

/// What a word of a query asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A section should have it.
    Needed,
    /// A section need not have it, but in a title it counts, and in a phrase it has its place.
    Small,
    /// It is made of other words of the query, and a section that has it as a whole is worth more: `TCP/IP`, which is
    /// found by `TCP` and `IP`, too.
    Extra,
}

impl Word {
    /// How well it fits a term of the dictionary, from 1 to 16; `None` if not at all.
    pub fn fits(&self, term: &str) -> Option<u32> {
        if term == self.form {
            return Some(16);
        }
        // A stem is shorter than the word by an ending; comparing first letters spares most stems.
        if !self.stem.is_empty() && term.starts_with(self.root()) && stem(term) == self.stem {
            return Some(13);
        }
        (self.prefix && term.starts_with(&self.form)).then_some(9)
    }

    /// What all terms that it [fits](Self::fits) begin with: rules change a stem's last letter at most.
    pub fn root(&self) -> &str {
        if self.stem.is_empty() {
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
            let mut whole = Word { whole: true, stem: String::new(), ..word(&token, query, english) };
            // A sign alone tells names apart: `C++` is not `C`, while `TCP/IP` is `TCP` and `IP`.
            if found.len() - found.partition_point(|(start, _)| *start < token.start) == 1 {
                whole.role = Role::Needed;
                whole.instead = found.pop().map(|(_, word)| Box::new(word));
            } else {
                whole.role = Role::Extra;
            }
            found.push((token.start, whole));
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
    if !words.iter().any(|it| it.role == Role::Needed) {
        words.iter_mut().filter(|it| it.role == Role::Small).for_each(|it| it.role = Role::Needed);
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
    // A letter is the beginning of something, a digit is not.
    let begun = single && last && !wide && !form.bytes().all(|it| it.is_ascii_digit());
    let small = is_stop(&form, english) || is_asking(&form, english) || begun;
    let role = if small { Role::Small } else { Role::Needed };
    let stem = if english && form.is_ascii() { stem(&form) } else { String::new() };
    Word { form, stem, prefix, role, whole: false, instead: None }
}

#[cfg(test)]
mod tests {
    use super::{Role, words};

    fn check(query: &str, expected: &str) {
        let shown: Vec<String> = words(query, true)
            .iter()
            .map(|it| {
                let role = match it.role {
                    Role::Needed => "",
                    Role::Small => "?",
                    Role::Extra => "=",
                };
                let instead = it.instead.as_ref().map_or(String::new(), |it| format!("({})", it.form));
                format!("{}{role}{}{instead}", it.form, if it.prefix { "*" } else { "" })
            })
            .collect();
        assert_eq!(shown.join(" "), expected, "{query:?}");
    }

    #[test]
    fn words_of_queries() {
        check("Consistent Hash", "consistent hash*");
        check("consistent hash ", "consistent hash");
        check("difference between tcp vs udp", "difference? between? tcp vs? udp*");
        check("what is the CAP theorem?", "what? is? the? cap theorem");
        check("what is", "what is*");
        check("ring r", "ring r?");
        check("std::sync", "std sync* std::sync=*");
        check("TCP/IP", "tcp ip* tcp/ip=*");
        check("snake_case ", "snake case snake_case=");
        check("C++ and HTTP/2", "c++(c) and? http 2 http/2=*");
        check("a.b", "a b a.b=*");
        check("tcp tcp/ip", "tcp ip* tcp/ip=*");
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
        let whole = words("std::sync", true).pop().expect("the whole comes last");
        assert_eq!((whole.fits("std::sync::arc"), whole.fits("std::syncs")), (Some(9), Some(9)));
        assert_eq!(whole.fits("std::time"), None);
        for (query, term) in
            [("query ", "queries"), ("possibility ", "possible"), ("hoping ", "hoped"), ("ties ", "tie")]
        {
            assert_eq!(fits(query, term), Some(13), "{query}{term}");
            assert!(term.starts_with(words(query, true)[0].root()));
        }
    }
}
