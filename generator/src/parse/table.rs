//! Keys and values with their places, the common ground of TOML and YAML.
//!
//! `toml.rs` and `yaml.rs` make tables; front matter, fences, `book.toml` and the glossary read them with
//! the few readers below, which say what was expected when a value is of the wrong kind.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, Span};
use crate::typeset::typeset;

/// The keys of a table in the order in which they are written.
pub type Table = Vec<Entry>;

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub key: String,
    /// In the source.
    pub key_range: Range<usize>,
    pub value: Value,
    /// In the source.
    pub value_range: Range<usize>,
}

/// A value as written.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Text(String),
    Integer(i64),
    Fraction(f64),
    Bool(bool),
    /// Year, month, day.
    Date(u16, u8, u8),
    List(Vec<(Value, Range<usize>)>),
    Table(Table),
    /// Anything else, with its name for the message.
    Other(&'static str),
}

/// What went wrong, and where in the text that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct SyntaxError {
    pub message: String,
    pub range: Range<usize>,
}

/// Reads the entries of one table: each reader returns the value, or reports what it expected.
pub struct Reader<'a> {
    /// The text that all ranges point into.
    pub source: &'a Arc<Source>,
    /// The code under which problems are reported.
    pub code: Code,
    /// What was noticed.
    pub diagnostics: &'a mut Vec<Diagnostic>,
}

impl Value {
    /// The kind of value, as a message names it.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Text(_) => "a text",
            Value::Integer(_) => "a number",
            Value::Fraction(_) => "a fraction",
            Value::Bool(_) => "a truth value",
            Value::Date(..) => "a date",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
            Value::Other(name) => name,
        }
    }
}

impl Reader<'_> {
    /// A text.
    pub fn text(&mut self, entry: &Entry) -> Option<String> {
        match &entry.value {
            Value::Text(text) => Some(text.clone()),
            _ => self.expected(entry, "a text in quotes"),
        }
    }

    /// A text for readers, with the quotes of print.
    pub fn prose(&mut self, entry: &Entry) -> Option<String> {
        self.text(entry).map(|text| typeset(&text).into_owned())
    }

    /// `true` or `false`.
    pub fn switch(&mut self, entry: &Entry) -> Option<bool> {
        match entry.value {
            Value::Bool(value) => Some(value),
            _ => self.expected(entry, "`true` or `false`"),
        }
    }

    /// A list of texts with their ranges.
    pub fn texts(&mut self, entry: &Entry) -> Option<Vec<(String, Range<usize>)>> {
        let Value::List(items) = &entry.value else {
            return self.expected(entry, "a list of texts, such as `[\"a\", \"b\"]`");
        };
        let mut texts = Vec::new();
        for (value, range) in items {
            match value {
                Value::Text(text) => texts.push((text.clone(), range.clone())),
                other => self.report(
                    range.clone(),
                    format!("`{}` holds {}, expected texts", entry.key, other.kind()),
                    "not a text",
                ),
            }
        }
        Some(texts)
    }

    /// A calendar date, written as such or as a text.
    pub fn date(&mut self, entry: &Entry) -> Option<(u16, u8, u8)> {
        let date = match &entry.value {
            Value::Date(year, month, day) => Some((*year, *month, *day)),
            Value::Text(text) => date(text),
            _ => None,
        };
        date.filter(|date| exists(*date)).or_else(|| self.expected(entry, "a date such as 2026-11-22"))
    }

    /// Reports a key that is not in the closed list.
    pub fn unknown(&mut self, entry: &Entry, known: &[&str]) {
        let span = Span::new(self.source, entry.key_range.clone());
        let diagnostic = Diagnostic::at(self.code, span, format!("unknown key `{}`", entry.key))
            .label("nobody reads this")
            .did_you_mean(&entry.key, known.iter().copied())
            .hint(format!("the keys are {}", list(known)));
        self.diagnostics.push(diagnostic);
    }

    /// Reports a value of the wrong kind; always `None`.
    pub fn expected<T>(&mut self, entry: &Entry, expected: &str) -> Option<T> {
        let message = format!("`{}` is {}, expected {expected}", entry.key, entry.value.kind());
        self.report(entry.value_range.clone(), message, format!("expected {expected}"));
        None
    }

    /// Reports a problem at a place.
    pub fn report(&mut self, range: Range<usize>, message: impl Into<String>, label: impl Into<String>) {
        let span = Span::new(self.source, range);
        self.diagnostics.push(Diagnostic::at(self.code, span, message).label(label));
    }
}

/// Moves all ranges by `offset`: the table stood inside a larger text.
pub fn shift(table: &mut Table, offset: impl Fn(usize) -> usize + Copy) {
    for entry in table {
        entry.key_range = offset(entry.key_range.start)..offset(entry.key_range.end);
        entry.value_range = offset(entry.value_range.start)..offset(entry.value_range.end);
        match &mut entry.value {
            Value::Table(inner) => shift(inner, offset),
            Value::List(items) => shift_items(items, offset),
            _ => {}
        }
    }
}

fn shift_items(items: &mut [(Value, Range<usize>)], offset: impl Fn(usize) -> usize + Copy) {
    for (value, range) in items {
        *range = offset(range.start)..offset(range.end);
        match value {
            Value::Table(inner) => shift(inner, offset),
            Value::List(inner) => shift_items(inner, offset),
            _ => {}
        }
    }
}

/// Names in backticks, joined for a sentence.
pub fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

fn date(text: &str) -> Option<(u16, u8, u8)> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let shaped = [(year, 4), (month, 2), (day, 2)]
        .iter()
        .all(|(part, len)| part.len() == *len && part.bytes().all(|byte| byte.is_ascii_digit()));
    if !shaped {
        return None;
    }
    Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}

/// Gregorian calendar.
fn exists((year, month, day): (u16, u8, u8)) -> bool {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::{date, exists, list};

    #[test]
    fn dates_exist_or_not() {
        let check = |text: &str| date(text).is_some_and(exists);
        assert!(check("2024-02-29"));
        for bad in ["2026-02-29", "2026-13-01", "2026-1-1", "2026-11-00", "22.11.2026", "2026-11-2x", ""] {
            assert!(!check(bad), "{bad}");
        }
    }

    #[test]
    fn names_are_joined_for_a_sentence() {
        assert_eq!(list(&["a"]), "`a`");
        assert_eq!(list(&["a", "b", "c"]), "`a`, `b` and `c`");
    }
}
