//! The index of terms, to be read without a script: headings and words of the glossary in alphabetical order.

use std::collections::BTreeMap;

use cutaway_search::{Kind, Page, fold};

use super::Searched;
use crate::render::context::{IndexLetter, IndexTerm, TitledPlace};

/// Something that the index leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Plain text.
    pub title: String,
    /// The title of the page that it is a heading of; empty for pages and terms.
    pub page: String,
    /// Relative to the site.
    pub url: String,
}

/// What begins with one letter: by the key that orders it and the title, where it stands.
type Words<'a> = BTreeMap<(String, &'a str), Vec<&'a Entry>>;

/// The entries of a page: its title, its headings, its terms.
pub fn entries(page: &Page) -> Vec<Entry> {
    let listed = page.sections.iter().filter(|it| it.kind != Kind::Figure && !it.title.trim().is_empty());
    let entry = |it: &cutaway_search::Section| Entry {
        title: it.title.trim().to_string(),
        page: if matches!(it.kind, Kind::Section | Kind::Sources) { page.title.clone() } else { String::new() },
        url: if it.anchor.is_empty() { page.url.clone() } else { format!("{}#{}", page.url, it.anchor) },
    };
    listed.map(entry).collect()
}

/// What the index of a book lists: everything, or of a book that is too long for one page no headings.
pub fn listed<'a>(searched: impl Iterator<Item = &'a Searched>, headings: bool) -> Vec<Entry> {
    let entries = searched.flat_map(|it| &it.entries);
    entries.filter(|it| headings || it.page.is_empty()).cloned().collect()
}

/// The entries by letter; those of one title are one term.
pub fn letters(entries: &[Entry]) -> Vec<IndexLetter> {
    let mut letters: BTreeMap<(bool, String), Words<'_>> = BTreeMap::new();
    for entry in entries {
        let key = fold(&entry.title).trim_start_matches(|c: char| !c.is_alphanumeric()).to_string();
        let letter = letter(&key);
        // Numbers and signs come last.
        let letter = (!letter.chars().all(char::is_alphabetic), letter);
        letters.entry(letter).or_default().entry((key, &entry.title)).or_default().push(entry);
    }
    letters
        .into_iter()
        .map(|((_, letter), terms)| IndexLetter {
            letter,
            terms: terms.into_iter().map(|((_, title), entries)| term(title, &entries)).collect(),
        })
        .collect()
}

fn letter(key: &str) -> String {
    match key.chars().next() {
        Some(first) if first.is_alphabetic() => first.to_uppercase().collect(),
        Some(_) => "0\u{2013}9".into(),
        None => "#".into(),
    }
}

fn term(title: &str, entries: &[&Entry]) -> IndexTerm {
    let place = |it: &&Entry| TitledPlace {
        title: if it.page.is_empty() { title.to_string() } else { it.page.clone() },
        url: it.url.clone(),
    };
    match entries {
        [only] => {
            IndexTerm { title: title.into(), url: Some(only.url.clone()), page: only.page.clone(), places: Vec::new() }
        }
        _ => IndexTerm {
            title: title.into(),
            url: None,
            page: String::new(),
            places: entries.iter().map(place).collect(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, letters};

    #[test]
    fn titles_are_in_alphabetical_order_by_letter() {
        let entry =
            |(title, page): (&str, &str)| Entry { title: title.into(), page: page.into(), url: "x.html".into() };
        let entries: Vec<Entry> = [
            ("Zoo", "P"),
            ("\u{201c}apple\u{201d}", ""),
            ("\u{c4}rger", ""),
            ("404", ""),
            ("ant", "P"),
            ("Zoo", "Q"),
            ("\u{1f600}", ""),
            ("\u{6c34}", ""),
        ]
        .map(entry)
        .into();
        let shown: Vec<String> = letters(&entries)
            .iter()
            .map(|letter| {
                let terms = letter.terms.iter().map(|it| format!("{}{}", it.title, "+".repeat(it.places.len())));
                format!("{}: {}", letter.letter, terms.collect::<Vec<_>>().join(" "))
            })
            .collect();
        let expected = [
            "A: ant \u{201c}apple\u{201d} \u{c4}rger",
            "Z: Zoo++",
            "\u{6c34}: \u{6c34}",
            "#: \u{1f600}",
            "0\u{2013}9: 404",
        ];
        assert_eq!(shown, expected);
    }
}
