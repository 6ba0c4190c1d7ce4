//! TOML text -> a table with ranges. Says nothing of what the keys mean.

use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

use super::table::{Entry, SyntaxError, Table, Value};

/// The table, or every syntax error: what could be read of a broken text may be misread.
pub fn table(text: &str) -> Result<Table, Vec<SyntaxError>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut errors: Vec<SyntaxError> = errors
        .iter()
        .map(|error| SyntaxError { message: plain_words(error.message()), range: error.span().unwrap_or(0..0) })
        .collect();
    errors.sort_by_key(|error| error.range.start);
    if errors.is_empty() { Ok(entries(table.get_ref())) } else { Err(errors) }
}

/// The parser takes any bare word for a misspelt `true`.
fn plain_words(message: &str) -> String {
    if message.starts_with("invalid boolean") {
        return "expected a text in quotes, a number, a date, a list, `true` or `false`".to_owned();
    }
    message.lines().map(str::trim).collect::<Vec<_>>().join("; ")
}

/// In the order of the text: the parser itself sorts keys by name.
fn entries(table: &DeTable<'_>) -> Table {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            key_range: key.span(),
            value: to_value(value.get_ref()),
            value_range: value.span(),
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_range.start);
    entries
}

fn to_value(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Integer(number),
            Err(_) => Value::Other("a number of more than 64 bits"),
        },
        DeValue::Float(number) => match number.as_str().parse() {
            Ok(number) => Value::Fraction(number),
            Err(_) => Value::Other("a fraction"),
        },
        DeValue::Boolean(value) => Value::Bool(*value),
        DeValue::Datetime(moment) => match (moment.date, moment.time) {
            (Some(date), None) => Value::Date(date.year, date.month, date.day),
            _ => Value::Other("a time of day"),
        },
        DeValue::Array(items) => Value::List(items.iter().map(item).collect()),
        DeValue::Table(table) => Value::Table(entries(table)),
    }
}

fn item(item: &Spanned<DeValue<'_>>) -> (Value, Range<usize>) {
    (to_value(item.get_ref()), item.span())
}

#[cfg(test)]
mod tests {
    use super::{Value, table};

    #[test]
    fn keys_keep_their_order_and_place() {
        let text = "b = 1_000\na = \"x\"\nc = 0xff\n";
        let table = table(text).expect("valid TOML");
        let keys: Vec<&str> = table.iter().map(|entry| &text[entry.key_range.clone()]).collect();
        assert_eq!(keys, ["b", "a", "c"]);
        assert_eq!(table[0].value, Value::Integer(1000));
        assert_eq!(&text[table[1].value_range.clone()], "\"x\"");
        assert_eq!(table[2].value, Value::Integer(255));
    }

    #[test]
    fn every_syntax_error_has_its_place() {
        let errors = table("a = \nb = 2\nc = [1,\n").expect_err("two mistakes");
        assert!(errors.len() >= 2, "{errors:?}");
        assert_eq!(errors[0].range.start, 4);
    }
}
