//! Text to tokens, the same for the index and for a query: words, the humps of `camelCase`, and identifiers as a whole.
//!
//! `std::sync` gives the words `std` and `sync` and the whole `std::sync`; `C++` the word `c` and the whole `c++`. Scripts
//! that are written without spaces give pairs of characters. Positions count words, so that a phrase is a run of positions.

use crate::fold;

/// Bytes of a term, at most: what is longer is cut, and wholes that are longer are left out.
const LONGEST: usize = 40;
/// What holds an identifier together.
const JOINERS: &str = "_:.-/@+&";

/// A word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// What it is.
    pub kind: TokenKind,
    /// As it is compared.
    pub term: &'a str,
    /// Its bytes in the text.
    pub start: usize,
    /// Its bytes in the text.
    pub end: usize,
    /// Counts words, from 0; a hump or whole has that of its word or of its first one.
    pub position: usize,
}

/// The kinds of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A word, or a pair of characters of a script without spaces.
    Word,
    /// A part of a word such as `HashMap`, or a name with its number such as `HTTP/2` in one; a query does not have them.
    Hump,
    /// Words that are held together, after all of these words.
    Whole,
    /// The last character of a run without spaces, so that every character begins some term; a query does not have it.
    Tail,
}

/// Hands every token of the text to `each`, in order.
pub fn tokens(text: &str, each: &mut dyn FnMut(Token<'_>)) {
    let mut scanner = Scanner { text, position: 0, term: String::new(), humps: Vec::new(), each };
    let mut at = 0;
    while let Some(c) = char_at(text, at) {
        at = match class(c) {
            Class::Letter => scanner.compound(at),
            Class::Wide => scanner.wide(at),
            Class::Mark | Class::Other => at + c.len_utf8(),
        };
    }
}

/// Whether a character belongs to a script that is written without spaces.
pub fn is_wide(c: char) -> bool {
    match u32::from(c) {
        // Thai and Lao, Myanmar, Khmer: with their signs above and below.
        0xe01..=0xe4e | 0xe81..=0xecd | 0x1000..=0x103f | 0x1780..=0x17d3 => true,
        0x2e80..=0x2fdf | 0x3005..=0x3007 | 0x3040..=0x31ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff => c.is_alphanumeric(),
        0xac00..=0xd7af | 0xf900..=0xfaff | 0xff66..=0xff9f | 0x20000..=0x3ffff => c.is_alphanumeric(),
        _ => false,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Wide,
    Mark,
    Other,
}

fn class(c: char) -> Class {
    if c.is_ascii() {
        return if c.is_ascii_alphanumeric() { Class::Letter } else { Class::Other };
    }
    // Signs of the scripts of India are part of their words, the strokes that end sentences are not.
    let sign = matches!(u32::from(c), 0x900..=0xdff) && !matches!(c, '\u{964}' | '\u{965}');
    match () {
        () if is_wide(c) => Class::Wide,
        () if fold::is_mark(c) => Class::Mark,
        () if sign || c.is_alphanumeric() => Class::Letter,
        () => Class::Other,
    }
}

struct Scanner<'a> {
    text: &'a str,
    position: usize,
    term: String,
    /// Where the humps of the current word begin.
    humps: Vec<usize>,
    each: &'a mut dyn FnMut(Token<'_>),
}

impl Scanner<'_> {
    /// Words that are held together; answers where they end.
    fn compound(&mut self, start: usize) -> usize {
        let first = self.position;
        let mut end = self.word(start);
        let mut whole = false;
        let name_end = end;
        while let Some(next) = joined(self.text, end) {
            // Words with hyphens are the same words without them.
            whole |= !self.text[end..].starts_with('-');
            end = self.word(next);
        }
        if let Some(len) = sign(&self.text[end..]) {
            end += len;
            whole = true;
        }
        // Times and ratios are no names: their numbers in a row are found as such.
        let is_name = || self.text[start..end].chars().any(char::is_alphabetic);
        if whole && end - start <= LONGEST && is_name() {
            self.emit(TokenKind::Whole, start, end, first);
            // `HTTP/2` is typed as `http2`, too.
            if self.text[name_end..end].strip_prefix('/').is_some_and(is_number) {
                self.emit(TokenKind::Hump, start, end, first);
            }
        }
        end
    }

    /// A word and its humps; answers where it ends.
    fn word(&mut self, start: usize) -> usize {
        let end = self.word_end(start);
        self.emit(TokenKind::Word, start, end, self.position);
        let humps = std::mem::take(&mut self.humps);
        if !humps.is_empty() {
            let starts = std::iter::once(start).chain(humps.iter().copied());
            for (from, to) in starts.zip(humps.iter().copied().chain([end])) {
                self.emit(TokenKind::Hump, from, to, self.position);
            }
        }
        self.humps = humps;
        self.position += 1;
        end
    }

    fn word_end(&mut self, start: usize) -> usize {
        self.humps.clear();
        let (mut at, mut before) = (start, None);
        while let Some(c) = char_at(self.text, at) {
            let next = at + c.len_utf8();
            let after = char_at(self.text, next);
            match class(c) {
                Class::Letter => {
                    if before.is_some_and(|before| is_hump(before, c, after)) {
                        self.humps.push(at);
                    }
                    before = Some(c);
                }
                Class::Mark => {}
                // Between letters, and in numbers: `don't`, `3.14`, `1,000`.
                _ if is_inside(&self.text[at..], c, before, after) => {}
                _ => break,
            }
            at = next;
        }
        at
    }

    /// A run of characters without spaces, as pairs; answers where it ends.
    fn wide(&mut self, start: usize) -> usize {
        let mut ends = vec![start];
        let mut at = start;
        while let Some(c) = char_at(self.text, at).filter(|c| is_wide(*c)) {
            at += c.len_utf8();
            ends.push(at);
        }
        for pair in ends.windows(3) {
            self.emit(TokenKind::Word, pair[0], pair[2], self.position);
            self.position += 1;
        }
        let last = ends[ends.len() - 2];
        if ends.len() > 2 {
            self.emit(TokenKind::Tail, last, at, self.position - 1);
        } else {
            self.emit(TokenKind::Word, last, at, self.position);
            self.position += 1;
        }
        at
    }

    fn emit(&mut self, kind: TokenKind, start: usize, end: usize, position: usize) {
        self.term.clear();
        // Marks between digits give the thousands their order, and the number no other value.
        for c in self.text[start..end].chars().filter(|c| *c != ',' && (*c != '/' || kind != TokenKind::Hump)) {
            fold::push(c, &mut self.term);
        }
        if self.term.len() > LONGEST {
            let cut = (0..=LONGEST).rev().find(|it| self.term.is_char_boundary(*it)).unwrap_or(0);
            self.term.truncate(cut);
        }
        if !self.term.is_empty() {
            (self.each)(Token { kind, term: &self.term, start, end, position });
        }
    }
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_digit() || it == b'.')
}

/// A new hump: `hashMap`, `HTTPServer`. Names of programs are of ASCII, and tables of all capitals large.
fn is_hump(before: char, c: char, after: Option<char>) -> bool {
    let lower = |c: char| c.is_ascii_lowercase();
    c.is_ascii_uppercase() && (lower(before) || before.is_ascii_uppercase() && after.is_some_and(lower))
}

/// A sign inside a word: an apostrophe between letters, a point between digits, a comma before three of them.
fn is_inside(text: &str, c: char, before: Option<char>, after: Option<char>) -> bool {
    let letters = |it: Option<char>| it.is_some_and(char::is_alphabetic);
    let digit = |it: Option<char>| it.is_some_and(|it| it.is_ascii_digit());
    match c {
        '\'' | '’' => letters(before) && letters(after),
        '.' => digit(before) && digit(after),
        ',' => digit(before) && text[1..].bytes().take_while(u8::is_ascii_digit).count() == 3,
        _ => false,
    }
}

/// Where the next word of an identifier begins: after one joiner, or the same twice.
fn joined(text: &str, end: usize) -> Option<usize> {
    let joiner = char_at(text, end).filter(|c| JOINERS.as_bytes().contains(&(*c as u8)) && c.is_ascii())?;
    let mut next = end + 1;
    if char_at(text, next) == Some(joiner) {
        next += 1;
    }
    char_at(text, next).filter(|c| class(*c) == Class::Letter).map(|_| next)
}

/// The length of a sign that ends a name: `C++`, `F#`.
fn sign(rest: &str) -> Option<usize> {
    let len = ["++", "#"].into_iter().find(|it| rest.starts_with(it))?.len();
    char_at(rest, len).is_none_or(|c| matches!(class(c), Class::Other) && c != '+' && c != '#').then_some(len)
}

#[cfg(test)]
mod tests {
    use super::{TokenKind, tokens};

    fn check(text: &str, expected: &str) {
        let mut found = Vec::new();
        tokens(text, &mut |it| {
            let mark = match it.kind {
                TokenKind::Word => "",
                TokenKind::Hump => "~",
                TokenKind::Whole => "=",
                TokenKind::Tail => "+",
            };
            assert!(!text[it.start..it.end].is_empty());
            found.push(format!("{}{mark}{}", it.position, it.term));
        });
        assert_eq!(found.join(" "), expected, "{text}");
    }

    #[test]
    fn words() {
        check("The ring, moved.", "0the 1ring 2moved");
        check("Little’s law don't 'quoted'", "0little's 1law 2don't 3quoted");
        check("naïve e\u{301}te\u{301}", "0naive 1ete");
        check("3.14 of 1,000,000 and [1,2], p99.9", "03.14 1of 21000000 3and 41 52 6p99.9");
        check("", "");
        check(" \u{0}\u{7f}\u{301}-+#&", "");
    }

    #[test]
    fn identifiers_as_a_whole_and_by_part() {
        check("snake_case a::b a.b", "0snake 1case 0=snake_case 2a 3b 2=a::b 4a 5b 4=a.b");
        check("C++, C# and HTTP/2.", "0c 0=c++ 1c 1=c# 2and 3http 42 3=http/2 3~http2");
        check("load-balancing user@host R&D", "0load 1balancing 2user 3host 2=user@host 4r 5d 4=r&d");
        check(
            "HashMap HTTPServer WhatsApp's",
            "0hashmap 0~hash 0~map 1httpserver 1~http 1~server 2whatsapp's 2~whats 2~app's",
        );
        check("end.\nNext a...b x:::y", "0end 1next 2a 3b 4x 5y");
        check("12:30 1/2 10.0.0.0/8", "012 130 21 32 410.0.0.0 58");
        check("__init__ foo__bar", "0init 1foo 2bar 1=foo__bar");
    }

    #[test]
    fn scripts_without_spaces_give_pairs() {
        check("数据库", "0数据 1据库 1+库");
        check("水 と氷, データA", "0水 1と氷 1+氷 2デー 3ータ 3+タ 4a");
        check("한국어 ไทย", "0한국 1국어 1+어 2ไท 3ทย 3+ย");
        check("हिन्दी शब्द।", "0हिन्दी 1शब्द");
    }

    #[test]
    fn what_is_very_long_is_cut() {
        let long = "é".repeat(100);
        let mut found = Vec::new();
        tokens(&format!("{long} {}", "a.".repeat(100)), &mut |it| found.push((it.kind, it.term.len())));
        assert_eq!(found[0], (TokenKind::Word, 40));
        assert!(found.iter().all(|(kind, len)| *kind == TokenKind::Word && *len <= 40));
    }
}
