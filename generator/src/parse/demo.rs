//! A demo fence: ```` ```demo NAME ```` around TOML. Its keys are checked later, against the demo's manifest.

use std::ops::Range;
use std::sync::Arc;

use crate::config::Policy;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{DemoFence, FenceEntry, FenceValue};
use crate::path::Anchor;
use crate::source::{Source, Span};
use crate::typeset::typeset;

use super::build::WrittenId;
use super::code::Info;
use super::figure_fence::{self, find};
use super::pieces::Pieces;
use super::table::{Entry, Reader, Table, Value};

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
    let table = figure_fence::table(source, body, Code::BadDemoFence, &mut diagnostics);
    let mut reader = Reader { source, code: Code::BadDemoFence, diagnostics: &mut diagnostics };
    let id = figure_fence::id(&mut reader, &table);
    let notice = figure_fence::notice(&mut reader, &table, raw_html);
    check_title(&mut reader, &table);
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

fn check_title(reader: &mut Reader<'_>, table: &Table) {
    if let Some(entry) = find(table, "title") {
        reader.text(entry);
    }
}

fn entry(entry: Entry) -> FenceEntry {
    let value = match entry.value {
        Value::Integer(number) => FenceValue::Integer(number),
        Value::Fraction(number) => FenceValue::Fraction(number),
        Value::Text(title) if entry.key == "title" => FenceValue::Text(typeset(&title).into_owned()),
        Value::Text(text) => FenceValue::Text(text),
        other => FenceValue::Other(other.kind()),
    };
    FenceEntry { key: entry.key, key_range: entry.key_range, value, value_range: entry.value_range }
}
