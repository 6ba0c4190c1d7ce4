//! Finds the words of the glossary in running text.

use std::collections::BTreeMap;

use crate::parse::GlossaryEntry;

/// A name of a glossary entry, or its plural.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Form {
    name: String,
    /// Index of the entry.
    entry: usize,
}

/// The glossary, ready to be looked for: id and definition of each entry, and all its names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    entries: Vec<(String, String)>,
    /// By first word, in small letters; longer names first.
    forms: BTreeMap<String, Vec<Form>>,
}

/// A piece of a text: as it is, or a term with the index of its entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Text(&'a str),
    Term(&'a str, usize),
}

impl Terms {
    /// The terms of a glossary.
    pub fn new(entries: &[GlossaryEntry]) -> Self {
        let mut terms = Self::default();
        for (idx, entry) in entries.iter().enumerate() {
            terms.entries.push((entry.id.clone(), entry.definition.clone()));
            for name in std::iter::once(&entry.name).chain(&entry.also) {
                for name in forms(name) {
                    let Some(first) = words(&name).next().map(|(_, word)| word.to_lowercase()) else { continue };
                    terms.forms.entry(first).or_default().push(Form { name, entry: idx });
                }
            }
        }
        for forms in terms.forms.values_mut() {
            forms.sort_by_key(|form| std::cmp::Reverse(form.name.len()));
        }
        terms
    }

    /// Id and definition of an entry.
    pub fn entry(&self, idx: usize) -> (&str, &str) {
        let (id, definition) = &self.entries[idx];
        (id, definition)
    }

    /// The text in pieces. Entries that `used` has are passed over; found ones are added to it.
    pub fn split<'a>(&self, text: &'a str, used: &mut Vec<usize>) -> Vec<Piece<'a>> {
        let mut pieces = Vec::new();
        let mut done = 0;
        for (start, word) in words(text) {
            if start < done {
                continue;
            }
            let Some(forms) = self.forms.get(&word.to_lowercase()) else { continue };
            let mut unused = forms.iter().filter(|form| !used.contains(&form.entry));
            if let Some((form, end)) = unused.find_map(|form| Some((form, form.end_at(text, start)?))) {
                if start > done {
                    pieces.push(Piece::Text(&text[done..start]));
                }
                pieces.push(Piece::Term(&text[start..end], form.entry));
                used.push(form.entry);
                done = end;
            }
        }
        if done < text.len() {
            pieces.push(Piece::Text(&text[done..]));
        }
        pieces
    }
}

impl Form {
    /// Where this name ends in the text if it begins at `start`. White space may be of any length, and an apostrophe of
    /// either kind. Capitals are as in the name, but at the beginning of a sentence: elsewhere they make a proper name or a
    /// title of it.
    fn end_at(&self, text: &str, start: usize) -> Option<usize> {
        let (before, rest) = text.split_at(start);
        let exact = after(rest, &self.name);
        let left = exact.or_else(|| after(rest, &capitalized(&self.name)).filter(|_| begins(before)))?;
        (!left.starts_with(joins)).then_some(text.len() - left.len())
    }
}

/// What is left of a text behind the name that it begins with.
fn after<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut left = text;
    for c in name.chars() {
        left = match c {
            ' ' => Some(left.trim_start()).filter(|it| it.len() < left.len())?,
            '\'' | '’' => left.strip_prefix(['\'', '’'])?,
            c => left.strip_prefix(c)?,
        };
    }
    Some(left)
}

/// Whether what comes after this text begins a sentence.
fn begins(before: &str) -> bool {
    let before = before.trim_end_matches(|it: char| it.is_whitespace() || "\"'([“‘".contains(it));
    // An initial ends none: `Dan R. Ports`.
    let initial = || before.trim_end_matches('.').chars().rev().take_while(|it| it.is_alphabetic()).count() == 1;
    before.is_empty() || before.ends_with(['?', '!']) || before.ends_with('.') && !initial()
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The name and its plurals.
fn forms(name: &str) -> Vec<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut forms = vec![name.clone(), format!("{name}s"), format!("{name}es")];
    if let Some(stem) = name.strip_suffix('y') {
        forms.push(format!("{stem}ies"));
    }
    forms
}

/// The words of a text with their offsets.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|it: char| !joins(it))
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// Whether this is part of a word: a hyphen or underscore joins, `leader-based` is one word.
fn joins(it: char) -> bool {
    it.is_alphanumeric() || matches!(it, '-' | '_')
}

#[cfg(test)]
mod tests {
    use super::{Piece, Terms};
    use crate::parse::glossary;
    use crate::source::Source;

    /// The text with the names in brackets.
    fn check(names: &[&str], text: &str, expected: &str) {
        let entry = |name: &&str| format!("[[term]]\nname = \"{name}\"\ndefinition = \"D.\"\n");
        let source = Source::new("content/glossary.toml", names.iter().map(entry).collect::<String>());
        let terms = Terms::new(&glossary(&source).value);
        let shown = |piece: Piece<'_>| match piece {
            Piece::Text(text) => text.to_owned(),
            Piece::Term(text, entry) => format!("[{text}|{entry}]"),
        };
        assert_eq!(terms.split(text, &mut Vec::new()).into_iter().map(shown).collect::<String>(), expected);
    }

    #[test]
    fn names_are_found_word_by_word_in_the_singular_and_the_plural() {
        check(&["cache"], "A cache, two caches, no cached.", "A [cache|0], two caches, no cached.");
        check(&["cache"], "Two caches.", "Two [caches|0].");
        check(&["proxy"], "Many proxies.", "Many [proxies|0].");
        check(&["lock", "lock\tfree"], "a lock \n free one, a lock", "a [lock \n free|1] one, a [lock|0]");
        check(&["lock"], "lock-free, unlock, lock_1, a lock’s", "lock-free, unlock, lock_1, a [lock|0]’s");
    }

    #[test]
    fn capitals_are_as_in_the_name_or_begin_a_sentence() {
        check(&["leader"], "A Leader. Leader it is.", "A Leader. [Leader|0] it is.");
        check(&["DNS"], "dns, then DNS", "dns, then [DNS|0]");
    }

    #[test]
    fn names_have_signs_and_apostrophes_of_either_kind() {
        check(&["Amdahl's law"], "By Amdahl’s law, so.", "By [Amdahl’s law|0], so.");
        check(&["Amdahl’s law"], "By Amdahl's law, so.", "By [Amdahl's law|0], so.");
        check(&["TCP", "TCP/IP", "C++"], "TCP/IP in C, TCP in C++.", "[TCP/IP|1] in C, [TCP|0] in [C++|2].");
    }
}
