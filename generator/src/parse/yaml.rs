//! YAML text -> a table with ranges, from the parser's events.
//!
//! Front matter needs keys, scalars and flat lists. The rest of YAML (anchors, tags, documents) is refused or
//! named, and nesting is bounded, so that no text can exhaust the stack.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span};

use super::table::{Entry, SyntaxError, Table, Value};

/// Nothing that front matter may hold is deeper than a list in a mapping.
const MAX_DEPTH: usize = 8;

/// A list or mapping that is still open.
enum Open {
    List { start: usize, items: Vec<(Value, Range<usize>)> },
    Map { start: usize, entries: Table, key: Option<(String, Range<usize>)> },
}

/// The table of the text's one mapping.
pub fn table(text: &str) -> Result<Table, SyntaxError> {
    let bytes = CharOffsets::new(text);
    let mut open: Vec<Open> = Vec::new();
    let mut root = None;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| scan_error(&error, &bytes))?;
        let range = bytes.range(span);
        let done = match event {
            Event::Scalar(value, style, _, _) => Some((scalar(&value, style), trimmed(text, range.clone()))),
            Event::SequenceStart(..) => {
                open.push(Open::List { start: range.start, items: Vec::new() });
                None
            }
            Event::MappingStart(..) => {
                open.push(Open::Map { start: range.start, entries: Vec::new(), key: None });
                None
            }
            Event::SequenceEnd | Event::MappingEnd => open.pop().map(|it| close(it, text, range.end)),
            Event::Alias(_) => return Err(refuse("an alias (`*name`) has no meaning here", range)),
            Event::DocumentStart(_) if root.is_some() => {
                return Err(refuse("a second document", range));
            }
            _ => None,
        };
        if open.len() > MAX_DEPTH {
            return Err(refuse("lists and mappings are nested too deeply", range));
        }
        if let Some((value, range)) = done {
            match open.last_mut() {
                Some(parent) => put(parent, value, range)?,
                None => root = Some((value, range)),
            }
        }
    }
    match root {
        None | Some((Value::Other("nothing"), _)) => Ok(Vec::new()),
        Some((Value::Table(table), _)) => Ok(table),
        Some((other, range)) => Err(refuse(&format!("{} instead of keys and values", other.kind()), range)),
    }
}

fn put(parent: &mut Open, value: Value, range: Range<usize>) -> Result<(), SyntaxError> {
    match parent {
        Open::List { items, .. } => items.push((value, range)),
        Open::Map { entries, key, .. } => match key.take() {
            Some((key, key_range)) => entries.push(Entry { key, key_range, value, value_range: range }),
            None => *key = Some((key_text(value, entries, &range)?, range)),
        },
    }
    Ok(())
}

fn key_text(value: Value, entries: &Table, range: &Range<usize>) -> Result<String, SyntaxError> {
    let Value::Text(key) = value else {
        return Err(refuse(&format!("{} as a key", value.kind()), range.clone()));
    };
    if entries.iter().any(|entry| entry.key == key) {
        return Err(refuse(&format!("the key `{key}` is there twice"), range.clone()));
    }
    Ok(key)
}

fn close(open: Open, text: &str, end: usize) -> (Value, Range<usize>) {
    match open {
        Open::List { start, items } => (Value::List(items), trimmed(text, start..end)),
        Open::Map { start, entries, .. } => (Value::Table(entries), trimmed(text, start..end)),
    }
}

/// The core schema of YAML 1.2: `true` is a truth value, `yes` is a text.
fn scalar(value: &str, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return Value::Text(value.to_owned());
    }
    match value {
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        "" | "~" | "null" | "Null" | "NULL" => Value::Other("nothing"),
        plain => match plain.parse::<i64>() {
            Ok(number) => Value::Integer(number),
            Err(_) if plain.starts_with(|c: char| c.is_ascii_digit()) && plain.parse::<f64>().is_ok() => {
                Value::Other("a fraction")
            }
            Err(_) => Value::Text(plain.to_owned()),
        },
    }
}

fn scan_error(error: &ScanError, bytes: &CharOffsets) -> SyntaxError {
    let at = bytes.byte(error.marker().index());
    SyntaxError { message: error.info().to_owned(), range: at..at }
}

fn refuse(message: &str, range: Range<usize>) -> SyntaxError {
    SyntaxError { message: message.to_owned(), range }
}

/// The parser's ends include the space up to the next token.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let slice = text.get(range.clone()).unwrap_or_default();
    range.start..range.start + slice.trim_end().len()
}

/// The parser counts characters, we count bytes.
struct CharOffsets(Vec<usize>);

impl CharOffsets {
    fn new(text: &str) -> Self {
        Self(text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect())
    }

    fn byte(&self, char_idx: usize) -> usize {
        self.0[char_idx.min(self.0.len() - 1)]
    }

    fn range(&self, span: Span) -> Range<usize> {
        let start = self.byte(span.start.index());
        start..self.byte(span.end.index()).max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::{Value, table};

    #[test]
    fn scalars_and_lists_have_their_places_in_bytes() {
        let text = "title: Größe\ndraft: true\naliases:\n  - a.html\n  - 'b c.html'\nn: 3\nx: \"ü\"\n";
        let table = table(text).expect("valid YAML");
        let written: Vec<&str> = table.iter().map(|entry| &text[entry.value_range.clone()]).collect();
        assert_eq!(written[0], "Größe");
        assert_eq!(table[1].value, Value::Bool(true));
        let Value::List(items) = &table[2].value else { panic!("a list") };
        assert_eq!(&text[items[1].1.clone()], "'b c.html'");
        assert_eq!(table[3].value, Value::Integer(3));
        assert_eq!(written[4], "\"ü\"");
    }

    #[test]
    fn odd_yaml_is_refused_with_a_place() {
        for (text, place) in [("a: 1\na: 2\n", 5), ("- a\n", 0), ("a: [1, 2\n", 9), ("a: &x 1\nb: *x\n", 11)] {
            let error = table(text).expect_err(text);
            assert_eq!(error.range.start, place, "{text} {error:?}");
        }
        assert!(table(&"[".repeat(50_000)).is_err());
        assert!(table(&"- ".repeat(50_000)).is_err());
        assert_eq!(table(""), Ok(Vec::new()));
    }
}
