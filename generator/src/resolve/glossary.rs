//! Finds the words of the glossary in running text.

use std::collections::BTreeMap;

use crate::parse::GlossaryEntry;

/// A name of a glossary entry, word by word.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Form {
    words: Vec<String>,
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
                for form in forms(name) {
                    let words: Vec<String> = form.split_whitespace().map(str::to_string).collect();
                    let Some(first) = words.first().map(|it| it.to_lowercase()) else { continue };
                    terms.forms.entry(first).or_default().push(Form { words, entry: idx });
                }
            }
        }
        for forms in terms.forms.values_mut() {
            forms.sort_by_key(|form| std::cmp::Reverse(form.words.len()));
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
        let words: Vec<(usize, &str)> = words(text).collect();
        for at in 0..words.len() {
            let (start, word) = words[at];
            if start < done {
                continue;
            }
            let Some(forms) = self.forms.get(&word.to_lowercase()) else { continue };
            let hit = forms.iter().find(|form| !used.contains(&form.entry) && form.stands_at(text, &words[at..]));
            if let Some(form) = hit {
                let (last_start, last) = words[at + form.words.len() - 1];
                let end = last_start + last.len();
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
    /// True if the text's words begin with this name, with nothing but white space between them. Capitals are as in the
    /// name, but at the beginning of a sentence: elsewhere they make a proper name or a title of it.
    fn stands_at(&self, text: &str, words: &[(usize, &str)]) -> bool {
        let same = |(idx, (mine, (start, word))): (usize, (&String, &(usize, &str)))| {
            mine == word || idx == 0 && begins(&text[..*start]) && capitalized(mine) == *word
        };
        self.words.len() <= words.len()
            && self.words.iter().zip(words).enumerate().all(same)
            && words[..self.words.len()].windows(2).all(|pair| {
                let (start, word) = pair[0];
                text[start + word.len()..pair[1].0].chars().all(char::is_whitespace)
            })
    }
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
    let mut forms = vec![name.to_string(), format!("{name}s"), format!("{name}es")];
    if let Some(stem) = name.strip_suffix('y') {
        forms.push(format!("{stem}ies"));
    }
    forms
}

/// The words of a text with their offsets. A hyphen or underscore joins: `leader-based` is one word.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let joins = |it: char| it.is_alphanumeric() || matches!(it, '-' | '_');
    text.split(move |it: char| !joins(it))
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}
