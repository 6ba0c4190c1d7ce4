//! `glossary.toml` -> entries: `[[term]]` with `id`, `name`, `also`, `definition` and `page`.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Warned};
use crate::source::{Source, Span};

use super::slug::slug;
use super::table::{Entry, Reader, Table, Value};
use super::toml;

const KEYS: &[&str] = &["id", "name", "also", "definition", "page"];

/// A term as the author wrote it.
#[derive(Clone, Debug, PartialEq)]
pub struct GlossaryEntry {
    /// Its id on the glossary page: `id`, else made from the name.
    pub id: String,
    /// As shown, and as found in pages.
    pub name: String,
    /// Other words that mean the same: abbreviations, irregular plurals.
    pub also: Vec<String>,
    /// Plain text.
    pub definition: String,
    /// The page that explains it, relative to `content/`, with its range.
    pub page: Option<(String, Range<usize>)>,
    /// Of the `name`.
    pub range: Range<usize>,
}

/// Reads `glossary.toml`.
pub fn glossary(source: &Arc<Source>) -> Warned<Vec<GlossaryEntry>> {
    let mut diagnostics = Vec::new();
    let table = toml::table(&source.text).unwrap_or_else(|errors| {
        diagnostics.extend(errors.into_iter().map(|error| {
            let message = format!("not valid TOML: {}", error.message);
            Diagnostic::at(Code::BadGlossary, Span::new(source, error.range), message)
        }));
        Table::new()
    });
    let mut reader = Reader { source, code: Code::BadGlossary, diagnostics: &mut diagnostics };
    let mut entries = Vec::new();
    for entry in &table {
        match (entry.key.as_str(), &entry.value) {
            ("term", Value::List(items)) => {
                entries.extend(items.iter().filter_map(|(value, range)| item(value, range, &mut reader)));
            }
            ("term", _) => drop(reader.expected::<()>(entry, "tables that begin with `[[term]]`")),
            _ => reader.unknown(entry, &["term"]),
        }
    }
    twice(source, &entries, &mut diagnostics);
    diagnostics.sort_by_key(|it| it.span.as_ref().map_or(0, |span| span.range.start));
    Warned { value: entries, diagnostics }
}

fn item(value: &Value, range: &Range<usize>, reader: &mut Reader<'_>) -> Option<GlossaryEntry> {
    let Value::Table(table) = value else {
        reader.report(range.clone(), format!("{} instead of a term", value.kind()), "write terms as `[[term]]`");
        return None;
    };
    table.iter().filter(|entry| !KEYS.contains(&entry.key.as_str())).for_each(|entry| reader.unknown(entry, KEYS));
    let name_entry = required(table, "name", range, reader);
    let definition = required(table, "definition", range, reader).and_then(|entry| filled(entry, reader));
    let name = name_entry.and_then(|entry| filled(entry, reader));
    let also = find(table, "also").and_then(|entry| reader.texts(entry)).unwrap_or_default();
    let page = find(table, "page").and_then(|entry| Some((reader.text(entry)?, entry.value_range.clone())));
    let id = find(table, "id").and_then(|entry| id(entry, reader));
    let name = name?;
    Some(GlossaryEntry {
        id: id.unwrap_or_else(|| slug(&name)),
        also: also.into_iter().map(|(text, _)| text).collect(),
        definition: definition?,
        page,
        range: name_entry.map_or(0..0, |entry| entry.value_range.clone()),
        name,
    })
}

fn find<'a>(table: &'a Table, key: &str) -> Option<&'a Entry> {
    table.iter().find(|entry| entry.key == key)
}

fn required<'a>(table: &'a Table, key: &str, term: &Range<usize>, reader: &mut Reader<'_>) -> Option<&'a Entry> {
    let entry = find(table, key);
    if entry.is_none() {
        let at = table.first().map_or(term.clone(), |entry| entry.key_range.start..entry.value_range.end);
        reader.report(at, format!("term without a `{key}`"), format!("expected `{key} = \"...\"`"));
    }
    entry
}

fn filled(entry: &Entry, reader: &mut Reader<'_>) -> Option<String> {
    let text = reader.prose(entry)?;
    if text.trim().is_empty() {
        reader.report(entry.value_range.clone(), format!("`{}` is empty", entry.key), "expected a text");
        return None;
    }
    Some(text)
}

fn id(entry: &Entry, reader: &mut Reader<'_>) -> Option<String> {
    let id = reader.text(entry)?;
    if id.is_empty() || id.contains(char::is_whitespace) {
        reader.report(entry.value_range.clone(), format!("`{id}` cannot be an id"), "expected a word without spaces");
        return None;
    }
    Some(id)
}

/// A word may lead to one term only.
fn twice(source: &Arc<Source>, entries: &[GlossaryEntry], diagnostics: &mut Vec<Diagnostic>) {
    let mut ids: BTreeMap<&str, &GlossaryEntry> = BTreeMap::new();
    let mut words: BTreeMap<String, &GlossaryEntry> = BTreeMap::new();
    for entry in entries {
        let id = ids.insert(&entry.id, entry).map(|first| (format!("the id `{}` is there twice", entry.id), first));
        let word = entry.also.iter().chain([&entry.name]).find_map(|word| {
            let first = words.insert(word.to_lowercase(), entry).filter(|first| *first != entry)?;
            Some((format!("two terms are called `{word}`"), first))
        });
        if let Some((message, first)) = id.or(word) {
            let span = Span::new(source, entry.range.clone());
            let first = Span::new(source, first.range.clone());
            diagnostics.push(Diagnostic::at(Code::BadGlossary, span, message).note(first, "the first one"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::glossary;
    use crate::source::Source;

    fn check(text: &str, n_entries: usize, expected: &[&str]) {
        let read = glossary(&Source::new("content/glossary.toml", text));
        let shown: Vec<String> = read
            .diagnostics
            .iter()
            .map(|it| format!("{}: {}", it.span.as_ref().map_or("", |span| &text[span.range.clone()]), it.message))
            .collect();
        assert_eq!(shown, expected);
        assert_eq!(read.value.len(), n_entries);
    }

    #[test]
    fn terms_are_read() {
        let text = "[[term]]\nname = \"Change data capture\"\nalso = [\"CDC\"]\ndefinition = \"D.\"\npage = \"a.md\"\n";
        let read = glossary(&Source::new("g", text));
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        let entry = &read.value[0];
        assert_eq!((entry.id.as_str(), entry.also.as_slice()), ("change-data-capture", &["CDC".to_owned()][..]));
        assert_eq!(&text[entry.page.as_ref().expect("a page").1.clone()], "\"a.md\"");
    }

    #[test]
    fn what_is_wrong_has_its_place() {
        check("[[term]]\nname = \"A\"\n", 0, &["name = \"A\": term without a `definition`"]);
        check("[[term]]\nname = \" \"\ndefinition = \"D\"\n", 0, &["\" \": `name` is empty"]);
        check("[[term]]\nname = \"A\"\ndefinition = \"D\"\nsee = \"B\"\n", 1, &["see: unknown key `see`"]);
        check("[[terms]]\n", 0, &["terms: unknown key `terms`"]);
        check(
            "[[term]]\nname = \"A\"\ndefinition = \"D\"\n[[term]]\nid = \"b\"\nname = \"B\"\nalso = [\"a\"]\ndefinition = \"D\"\n",
            2,
            &["\"B\": two terms are called `a`"],
        );
    }
}
