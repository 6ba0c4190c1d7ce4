//! English words to their stems, by the algorithm Porter2 of M. F. Porter (snowballstem.org/algorithms/english).
//!
//! In: a folded word. Out: what it shares with its other forms: `replicas` and `replica` give `replica`.

/// Words whose stems the rules miss.
const EXCEPTIONS: [(&str, &str); 18] = [
    ("andes", "andes"),
    ("atlas", "atlas"),
    ("bias", "bias"),
    ("cosmos", "cosmos"),
    ("dying", "die"),
    ("early", "earli"),
    ("gently", "gentl"),
    ("howe", "howe"),
    ("idly", "idl"),
    ("lying", "lie"),
    ("news", "news"),
    ("only", "onli"),
    ("singly", "singl"),
    ("skies", "sky"),
    ("skis", "ski"),
    ("sky", "sky"),
    ("tying", "tie"),
    ("ugly", "ugli"),
];

/// Words that are done after step 1a.
const DONE: [&str; 8] = ["inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed"];

const STEP_2: [(&str, &str); 24] = [
    ("ational", "ate"),
    ("fulness", "ful"),
    ("iveness", "ive"),
    ("ization", "ize"),
    ("ousness", "ous"),
    ("biliti", "ble"),
    ("lessli", "less"),
    ("tional", "tion"),
    ("alism", "al"),
    ("aliti", "al"),
    ("ation", "ate"),
    ("entli", "ent"),
    ("fulli", "ful"),
    ("iviti", "ive"),
    ("ousli", "ous"),
    ("abli", "able"),
    ("alli", "al"),
    ("anci", "ance"),
    ("ator", "ate"),
    ("enci", "ence"),
    ("izer", "ize"),
    ("bli", "ble"),
    ("ogi", "og"),
    ("li", ""),
];

const STEP_3: [(&str, &str); 9] = [
    ("ational", "ate"),
    ("tional", "tion"),
    ("alize", "al"),
    ("ative", ""),
    ("icate", "ic"),
    ("iciti", "ic"),
    ("ical", "ic"),
    ("ness", ""),
    ("ful", ""),
];

const STEP_4: [&str; 18] = [
    "ement", "able", "ance", "ence", "ible", "ment", "ant", "ate", "ent", "ion", "ism", "iti", "ive", "ize", "ous",
    "al", "er", "ic",
];

/// The stem of a word; a word that is not of `a` to `z` and apostrophes is its own.
pub fn stem(word: &str) -> String {
    let plain = word.bytes().all(|c| c.is_ascii_lowercase() || c == b'\'');
    if word.len() <= 2 || !plain {
        return word.to_string();
    }
    let word = word.trim_start_matches('\'');
    if let Some((_, stem)) = EXCEPTIONS.iter().find(|(it, _)| *it == word) {
        return (*stem).to_string();
    }
    let mut stemmer = Stemmer::new(word);
    stemmer.step_0();
    stemmer.step_1a();
    if !DONE.iter().any(|it| it.as_bytes() == stemmer.word) {
        stemmer.step_1b();
        stemmer.step_1c();
        stemmer.step_2();
        stemmer.step_3();
        stemmer.step_4();
        stemmer.step_5();
    }
    stemmer.word.iter().map(|c| char::from(c.to_ascii_lowercase())).collect()
}

struct Stemmer {
    /// Lowercase; a `Y` is a consonant.
    word: Vec<u8>,
    /// Where the region R1 begins: after the first consonant that follows a vowel.
    r1: usize,
    /// The same of R1.
    r2: usize,
}

impl Stemmer {
    fn new(text: &str) -> Self {
        let mut word = text.as_bytes().to_vec();
        for idx in 0..word.len() {
            if word[idx] == b'y' && (idx == 0 || is_vowel(word[idx - 1])) {
                word[idx] = b'Y';
            }
        }
        let special = ["gener", "commun", "arsen"].into_iter().find(|it| text.starts_with(it));
        let r1 = special.map_or_else(|| region(&word, 0), str::len);
        let r2 = region(&word, r1);
        Self { word, r1, r2 }
    }

    fn ends(&self, suffix: &str) -> bool {
        self.word.ends_with(suffix.as_bytes())
    }

    /// The first of the suffixes that the word ends in: lists have the longest first.
    fn suffix<'a>(&self, suffixes: &[&'a str]) -> Option<&'a str> {
        suffixes.iter().find(|it| self.ends(it)).copied()
    }

    /// Whether what is left without `len` bytes reaches into a region.
    fn leaves(&self, len: usize, region: usize) -> bool {
        self.word.len() - len >= region
    }

    fn replace(&mut self, len: usize, by: &str) {
        self.word.truncate(self.word.len() - len);
        self.word.extend_from_slice(by.as_bytes());
    }

    fn has_vowel(&self, end: usize) -> bool {
        self.word[..end].iter().any(|c| is_vowel(*c))
    }

    /// Whether the first `end` bytes end in a short syllable.
    fn ends_short(&self, end: usize) -> bool {
        match &self.word[..end] {
            [a, b] => is_vowel(*a) && !is_vowel(*b),
            [.., a, b, c] => !is_vowel(*a) && is_vowel(*b) && !is_vowel(*c) && !matches!(c, b'w' | b'x' | b'Y'),
            _ => false,
        }
    }

    fn step_0(&mut self) {
        if let Some(suffix) = self.suffix(&["'s'", "'s", "'"]) {
            self.replace(suffix.len(), "");
        }
    }

    fn step_1a(&mut self) {
        let len = self.word.len();
        match self.suffix(&["sses", "ied", "ies", "us", "ss", "s"]) {
            Some("sses") => self.replace(2, ""),
            Some("ied" | "ies") => self.replace(if len > 4 { 2 } else { 1 }, ""),
            // `gas` and `this` keep their s, `gaps` and `kiwis` do not.
            Some("s") if len >= 2 && self.has_vowel(len - 2) => self.replace(1, ""),
            _ => {}
        }
    }

    fn step_1b(&mut self) {
        let Some(suffix) = self.suffix(&["eedly", "ingly", "edly", "eed", "ing", "ed"]) else { return };
        let len = suffix.len();
        if suffix.starts_with("ee") {
            if self.leaves(len, self.r1) {
                self.replace(len, "ee");
            }
            return;
        }
        if !self.has_vowel(self.word.len() - len) {
            return;
        }
        self.replace(len, "");
        if self.suffix(&["at", "bl", "iz"]).is_some() {
            self.word.push(b'e');
        } else if self.suffix(&["bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt"]).is_some() {
            self.word.pop();
        } else if self.r1 >= self.word.len() && self.ends_short(self.word.len()) {
            self.word.push(b'e');
        }
    }

    fn step_1c(&mut self) {
        if let [_, .., before, last @ (b'y' | b'Y')] = &mut self.word[..]
            && !is_vowel(*before)
        {
            *last = b'i';
        }
    }

    fn step_2(&mut self) {
        let Some((suffix, by)) = STEP_2.iter().find(|(suffix, _)| self.ends(suffix)) else { return };
        if !self.leaves(suffix.len(), self.r1) {
            return;
        }
        let before = self.word.len().checked_sub(suffix.len() + 1).map(|at| self.word[at]);
        let fits = match *suffix {
            "ogi" => before == Some(b'l'),
            "li" => before.is_some_and(|c| b"cdeghkmnrt".contains(&c)),
            _ => true,
        };
        if fits {
            self.replace(suffix.len(), by);
        }
    }

    fn step_3(&mut self) {
        let Some((suffix, by)) = STEP_3.iter().find(|(suffix, _)| self.ends(suffix)) else { return };
        let region = if *suffix == "ative" { self.r2 } else { self.r1 };
        if self.leaves(suffix.len(), region) {
            self.replace(suffix.len(), by);
        }
    }

    fn step_4(&mut self) {
        let Some(suffix) = self.suffix(&STEP_4) else { return };
        let rest = self.word.len() - suffix.len();
        let fits = suffix != "ion" || self.word[..rest].last().is_some_and(|c| matches!(c, b's' | b't'));
        if fits && rest >= self.r2 {
            self.replace(suffix.len(), "");
        }
    }

    fn step_5(&mut self) {
        let Some((last, rest)) = self.word.split_last() else { return };
        let at = rest.len();
        let gone = match last {
            b'e' => at >= self.r2 || at >= self.r1 && !self.ends_short(at),
            b'l' => at >= self.r2 && rest.last() == Some(&b'l'),
            _ => false,
        };
        if gone {
            self.word.pop();
        }
    }
}

fn is_vowel(c: u8) -> bool {
    matches!(c, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// What follows the first consonant after a vowel, from `start` on.
fn region(word: &[u8], start: usize) -> usize {
    let rest = word.get(start..).unwrap_or_default();
    let end = rest.windows(2).position(|pair| is_vowel(pair[0]) && !is_vowel(pair[1]));
    end.map_or(word.len(), |at| start + at + 2)
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn words_of_the_published_vocabulary() {
        for (word, expected) in [
            ("consign", "consign"),
            ("consigned", "consign"),
            ("consigning", "consign"),
            ("consignment", "consign"),
            ("consist", "consist"),
            ("consisted", "consist"),
            ("consistency", "consist"),
            ("consistent", "consist"),
            ("consistently", "consist"),
            ("consisting", "consist"),
            ("consists", "consist"),
            ("consolation", "consol"),
            ("consolations", "consol"),
            ("consolatory", "consolatori"),
            ("console", "consol"),
            ("consoled", "consol"),
            ("consoles", "consol"),
            ("consolidate", "consolid"),
            ("consolidated", "consolid"),
            ("consolidating", "consolid"),
            ("consoling", "consol"),
            ("consolingly", "consol"),
            ("consols", "consol"),
            ("consonant", "conson"),
            ("consort", "consort"),
            ("consorted", "consort"),
            ("consorting", "consort"),
            ("conspicuous", "conspicu"),
            ("conspicuously", "conspicu"),
            ("conspiracy", "conspiraci"),
            ("conspirator", "conspir"),
            ("conspirators", "conspir"),
            ("conspire", "conspir"),
            ("conspired", "conspir"),
            ("conspiring", "conspir"),
            ("constable", "constabl"),
            ("constables", "constabl"),
            ("constance", "constanc"),
            ("constancy", "constanc"),
            ("constant", "constant"),
            ("knack", "knack"),
            ("knackeries", "knackeri"),
            ("knacks", "knack"),
            ("knag", "knag"),
            ("knave", "knave"),
            ("knaves", "knave"),
            ("knavish", "knavish"),
            ("kneaded", "knead"),
            ("kneading", "knead"),
            ("knee", "knee"),
            ("kneel", "kneel"),
            ("kneeled", "kneel"),
            ("kneeling", "kneel"),
            ("kneels", "kneel"),
            ("knees", "knee"),
            ("knell", "knell"),
            ("knelt", "knelt"),
            ("knew", "knew"),
            ("knick", "knick"),
            ("knif", "knif"),
            ("knife", "knife"),
            ("knight", "knight"),
            ("knightly", "knight"),
            ("knights", "knight"),
            ("knit", "knit"),
            ("knits", "knit"),
            ("knitted", "knit"),
            ("knitting", "knit"),
            ("knives", "knive"),
            ("knob", "knob"),
            ("knobs", "knob"),
            ("knock", "knock"),
            ("knocked", "knock"),
            ("knocker", "knocker"),
            ("knockers", "knocker"),
            ("knocking", "knock"),
            ("knopp", "knopp"),
            ("knots", "knot"),
        ] {
            assert_eq!(stem(word), expected, "{word}");
        }
    }

    #[test]
    fn words_of_this_field() {
        for (form, other) in [
            ("replicas", "replica"),
            ("replication", "replicated"),
            ("queries", "query"),
            ("sharding", "shards"),
            ("caches", "caching"),
            ("hopping", "hops"),
            ("hoping", "hoped"),
            ("generally", "generalization"),
            ("generated", "generator"),
            ("communication", "communicated"),
            ("little's", "little"),
            ("skies", "sky"),
            ("dying", "die"),
            ("agreed", "agree"),
            ("possibility", "possible"),
            ("relational", "relate"),
            ("happiness", "happy"),
            ("analogies", "analogy"),
        ] {
            assert_eq!(stem(form), stem(other), "{form} {other}");
        }
        assert_ne!(stem("partition"), stem("participant"));
        assert_ne!(stem("generic"), stem("gene"));
    }

    #[test]
    fn what_is_no_english_word_stays() {
        for word in ["p99", "a::b", "数据", "élan", "as", "gas", "this", "", "x"] {
            assert_eq!(stem(word), word);
        }
        // No word is too strange.
        for word in ["'", "''s", "'''", "y", "yyy", "sss", "eed", "ing", "ies", "ied", "ll", "e's'"] {
            stem(word);
        }
    }
}
