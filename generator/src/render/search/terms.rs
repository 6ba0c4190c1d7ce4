//! The index of terms, to be read without a script: headings and words of the glossary in alphabetical order.

use std::collections::BTreeMap;

use cutaway_search::{Kind, Page, fold};

use super::Searched;
use crate::render::context::{IndexLetter, IndexTerm, TitledPlace};

/// Entries on the page, at most: about a megabyte.
const MOST: usize = 12_000;

/// Something that the index leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Plain text.
    pub title: String,
    /// The title of the page that it is a heading of; empty for pages and terms.
    pub page: String,
    /// Relative to the site.
    pub url: String,
    /// It is a word of the glossary.
    pub is_term: bool,
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
        is_term: it.kind == Kind::Term,
    };
    listed.map(entry).collect()
}

/// What the index of a book lists: a page must not grow with its book for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// Titles, headings and terms.
    All,
    /// Titles and terms, of a book of more than a thousand pages, about.
    Titles,
    /// Terms, of one with even more pages than there is room for.
    Terms,
}

impl Listed {
    /// For the template.
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Titles => "titles",
            Self::Terms => "terms",
        }
    }
}

/// What an index lists, and its entries.
pub type Listing = (Listed, Vec<Entry>);

/// The entries of a book's index: as much as there is room for.
pub fn listed<'a>(searched: impl Iterator<Item = &'a Searched> + Clone) -> Listing {
    fit(searched.flat_map(|it| &it.entries), MOST)
}

fn fit<'a>(entries: impl Iterator<Item = &'a Entry> + Clone, most: usize) -> Listing {
    let titles = || entries.clone().filter(|it| it.page.is_empty());
    if entries.clone().take(most + 1).count() <= most {
        return (Listed::All, entries.cloned().collect());
    }
    if titles().take(most + 1).count() <= most {
        return (Listed::Titles, titles().cloned().collect());
    }
    (Listed::Terms, titles().filter(|it| it.is_term).cloned().collect())
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
    use super::{Entry, Listed, fit, letters};

    #[test]
    fn a_long_book_lists_what_there_is_room_for() {
        let entry = |page: &str, is_term| Entry { title: "T".into(), page: page.into(), url: "x.html".into(), is_term };
        let entries = [
            entry("", false),
            entry("P", false),
            entry("P", false),
            entry("", false),
            entry("Q", false),
            entry("", true),
        ];
        let check = |most| {
            let (listed, kept) = fit(entries.iter(), most);
            (listed.name(), kept.len())
        };
        assert_eq!([6, 5, 3, 2].map(check), [("all", 6), ("titles", 3), ("titles", 3), ("terms", 1)]);
        assert_eq!(fit(entries[..0].iter(), 0), (Listed::All, Vec::new()));
    }

    #[test]
    fn titles_are_in_alphabetical_order_by_letter() {
        let entry = |(title, page): (&str, &str)| Entry {
            title: title.into(),
            page: page.into(),
            url: "x.html".into(),
            is_term: false,
        };
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
