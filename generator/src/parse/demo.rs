//! A demo fence: ```` ```demo NAME ```` around TOML. Its keys are checked later, against the demo's manifest.

use std::ops::Range;
use std::sync::Arc;

use crate::config::Policy;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{DemoFence, FenceEntry, FenceValue, Node, Written};
use crate::path::Anchor;
use crate::source::{Source, Span};

use super::build::WrittenId;
use super::code::Info;
use super::inline::{Place, inline};
use super::pieces::Pieces;
use super::table::{Entry, Reader, Table, Value, shift};
use super::toml;

/// A fence and what was noticed.
pub struct ReadFence {
    pub fence: DemoFence,
    /// The `id` that the author wrote.
    pub id: Option<WrittenId>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a demo fence.
pub fn fence(
    source: &Arc<Source>,
    info: &Info<'_>,
    body: &Pieces,
    range: &Range<usize>,
    raw_html: Policy,
) -> ReadFence {
    let mut diagnostics = Vec::new();
    let name = name(source, info, range, &mut diagnostics);
    let mut table = toml::table(&body.text).unwrap_or_else(|errors| {
        diagnostics.extend(errors.into_iter().map(|error| {
            let span = Span::new(source, body.range(error.range));
            Diagnostic::at(Code::BadDemoFence, span, format!("the fence is no valid TOML: {}", error.message))
        }));
        Table::new()
    });
    shift(&mut table, |offset| body.offset(offset));
    mend_ends(&mut table, &source.text);
    let id = id(source, &table, &mut diagnostics);
    let notice = notice(source, &table, raw_html, &mut diagnostics);
    check_title(source, &table, &mut diagnostics);
    let entries = table.into_iter().map(entry).collect();
    ReadFence { fence: DemoFence { name, entries, notice, id: Anchor(String::new()) }, id, diagnostics }
}

fn name(
    source: &Arc<Source>,
    info: &Info<'_>,
    range: &Range<usize>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (String, Range<usize>) {
    let place = |word: &str| {
        let start = info.offset + (word.as_ptr() as usize - info.written.as_ptr() as usize);
        start..start + word.len()
    };
    let mut words = info.written.split_whitespace().skip(1);
    let name = words.next();
    if let Some(extra) = words.next() {
        let message = format!("`{extra}` behind the name of a demo");
        diagnostics.push(
            Diagnostic::at(Code::BadDemoFence, Span::new(source, place(extra)), message)
                .label("nobody reads this")
                .hint("settings stand in the fence, one a line: `preset = \"...\"`"),
        );
    }
    if let Some(name) = name {
        return (name.to_owned(), place(name));
    }
    let at = info.offset..info.offset + info.written.len();
    diagnostics.push(
        Diagnostic::at(Code::BadDemoFence, Span::new(source, at), "demo fence without a name")
            .label("which demo?")
            .hint("write the name of its folder behind it: ```` ```demo NAME ````"),
    );
    (String::new(), range.start..range.start)
}

/// The offset of an end is the start of the next line's piece; a value ends where its own line does.
fn mend_ends(table: &mut Table, text: &str) {
    let trim = |range: &mut Range<usize>| {
        if let Some(slice) = text.get(range.clone()) {
            range.end = range.start + slice.trim_end().len();
        }
    };
    for entry in table {
        trim(&mut entry.key_range);
        trim(&mut entry.value_range);
    }
}

fn find<'a>(table: &'a Table, key: &str) -> Option<&'a Entry> {
    table.iter().find(|entry| entry.key == key)
}

fn id(source: &Arc<Source>, table: &Table, diagnostics: &mut Vec<Diagnostic>) -> Option<WrittenId> {
    let entry = find(table, "id")?;
    let mut reader = Reader { source, code: Code::BadDemoFence, diagnostics };
    let id = reader.text(entry)?;
    if id.is_empty() || id.contains(|c: char| c.is_whitespace() || matches!(c, '?' | '#' | '&')) {
        let message = format!("`{id}` cannot be the id of a figure");
        reader.report(entry.value_range.clone(), message, "expected letters, digits and hyphens");
        return None;
    }
    Some((id, entry.value_range.clone()))
}

fn check_title(source: &Arc<Source>, table: &Table, diagnostics: &mut Vec<Diagnostic>) {
    if let Some(entry) = find(table, "title") {
        Reader { source, code: Code::BadDemoFence, diagnostics }.text(entry);
    }
}

fn notice(
    source: &Arc<Source>,
    table: &Table,
    raw_html: Policy,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Node<Written>> {
    let Some(entry) = find(table, "notice") else {
        return Vec::new();
    };
    let Some(text) = (Reader { source, code: Code::BadDemoFence, diagnostics }).text(entry) else {
        return Vec::new();
    };
    let range = entry.value_range.clone();
    // Without escapes, the text stands in the source as it is, behind its quote.
    let place = match source.text.get(range.clone()).and_then(|written| written.find(text.as_str())) {
        Some(at) => Place::Offset(range.start + at),
        None => Place::Within(range),
    };
    let parsed = inline(source, &text, place, raw_html);
    diagnostics.extend(parsed.diagnostics);
    parsed.value
}

fn entry(entry: Entry) -> FenceEntry {
    let value = match entry.value {
        Value::Integer(number) => FenceValue::Integer(number),
        Value::Text(text) => FenceValue::Text(text),
        other => FenceValue::Other(other.kind()),
    };
    FenceEntry { key: entry.key, key_range: entry.key_range, value, value_range: entry.value_range }
}
