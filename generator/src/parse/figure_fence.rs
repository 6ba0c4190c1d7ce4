//! What all fences of figures share: a body in TOML with places in the page, an `id`, a `title`, a `notice`.

use std::ops::Range;
use std::sync::Arc;

use crate::config::Policy;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Node, Written};
use crate::source::{Source, Span};

use super::build::WrittenId;
use super::inline::{Place, inline};
use super::pieces::Pieces;
use super::table::{Entry, Reader, Table, Value, shift};
use super::toml;

/// The body of a fence. All its ranges are places in the page; what is no TOML is reported under the code.
pub fn table(source: &Arc<Source>, body: &Pieces, code: Code, diagnostics: &mut Vec<Diagnostic>) -> Table {
    let mut table = toml::table(&body.text).unwrap_or_else(|errors| {
        diagnostics.extend(errors.into_iter().map(|error| {
            let span = Span::new(source, body.range(error.range));
            Diagnostic::at(code, span, format!("the fence is no valid TOML: {}", error.message))
        }));
        Table::new()
    });
    shift(&mut table, |offset| body.offset(offset));
    mend_ends(&mut table, &source.text);
    table
}

/// The offset of an end is the start of the next line's piece; a value ends where its own line does.
fn mend_ends(table: &mut Table, text: &str) {
    for entry in table {
        trim(&mut entry.key_range, text);
        mend_value(&mut entry.value, &mut entry.value_range, text);
    }
}

fn mend_value(value: &mut Value, range: &mut Range<usize>, text: &str) {
    trim(range, text);
    match value {
        Value::Table(inner) => mend_ends(inner, text),
        Value::List(items) => items.iter_mut().for_each(|(value, range)| mend_value(value, range, text)),
        _ => {}
    }
}

fn trim(range: &mut Range<usize>, text: &str) {
    if let Some(slice) = text.get(range.clone()) {
        range.end = range.start + slice.trim_end().len();
    }
}

/// The entry of a key.
pub fn find<'a>(table: &'a Table, key: &str) -> Option<&'a Entry> {
    table.iter().find(|entry| entry.key == key)
}

/// The figure's `id`.
pub fn id(reader: &mut Reader<'_>, table: &Table) -> Option<WrittenId> {
    let entry = find(table, "id")?;
    let id = reader.text(entry)?;
    if id.is_empty() || id.contains(|c: char| c.is_whitespace() || matches!(c, '?' | '#' | '&')) {
        let message = format!("`{id}` cannot be the id of a figure");
        reader.report(entry.value_range.clone(), message, "expected letters, digits and hyphens");
        return None;
    }
    Some((id, entry.value_range.clone()))
}

/// The figure's `notice`.
pub fn notice(reader: &mut Reader<'_>, table: &Table, raw_html: Policy) -> Vec<Node<Written>> {
    let Some(entry) = find(table, "notice") else {
        return Vec::new();
    };
    let Some(text) = reader.text(entry) else {
        return Vec::new();
    };
    let place = place(reader.source, &text, &entry.value_range);
    let parsed = inline(reader.source, &text, place, raw_html);
    reader.diagnostics.extend(parsed.diagnostics);
    parsed.value
}

/// Where a text stands: without escapes as it is, behind its quote.
pub fn place(source: &Source, text: &str, value: &Range<usize>) -> Place {
    match source.text.get(value.clone()).and_then(|written| written.find(text)) {
        Some(at) => Place::Offset(value.start + at),
        None => Place::Within(value.clone()),
    }
}
