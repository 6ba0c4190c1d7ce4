//! Numbers footnotes in the order of their first references, and notes what is undefined, unused or there twice.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Kind, Node, Written};
use crate::source::{Source, Span};

use super::slug::slug;

/// What is known of a footnote.
#[derive(Debug)]
struct Note {
    /// As in ids: `fn-NAME`.
    id_name: String,
    /// 0 until it is referred to.
    number: usize,
    n_references: usize,
    range: Range<usize>,
    label: String,
}

/// All footnotes of a page by their label, which Markdown compares without case.
type Notes = BTreeMap<String, Note>;

/// Settles names and numbers. `taken` are the ids of the page; those of the footnotes are added.
pub fn footnotes(
    source: &Arc<Source>,
    nodes: &mut Vec<Node<Written>>,
    taken: &mut BTreeSet<String>,
) -> (Vec<String>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut notes = Notes::new();
    define(source, nodes, &mut notes, taken, &mut diagnostics);
    let order = number(nodes, &mut notes);
    for note in notes.values().filter(|note| note.number == 0) {
        let span = Span::new(source, note.range.start..note.range.start + note.label.len() + "[^]:".len());
        let message = format!("footnote `[^{}]` is never referred to", note.label);
        diagnostics.push(Diagnostic::at(Code::UnusedFootnote, span, message).label("left out of the page"));
    }
    write(nodes, &notes, &mut BTreeMap::new(), false);
    undefined(source, nodes, &notes, &mut diagnostics);
    let mut ids = Vec::new();
    for note in order.iter().filter_map(|key| notes.get(key)) {
        ids.push(format!("fn-{}", note.id_name));
        ids.push(format!("fnref-{}", note.id_name));
        ids.extend((2..=note.n_references).map(|occurrence| format!("fnref-{}-{occurrence}", note.id_name)));
    }
    (ids, diagnostics)
}

/// Collects the definitions; a second one of a name is taken out of the tree.
fn define(
    source: &Arc<Source>,
    nodes: &mut Vec<Node<Written>>,
    notes: &mut Notes,
    taken: &mut BTreeSet<String>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    nodes.retain_mut(|node| {
        if let Kind::Footnote { name, .. } = &node.kind {
            let key = name.to_lowercase();
            if let Some(first) = notes.get(&key) {
                let place =
                    |range: &Range<usize>| Span::new(source, range.start..range.start + name.len() + "[^]:".len());
                diagnostics.push(
                    Diagnostic::at(
                        Code::DuplicateId,
                        place(&node.range),
                        format!("footnote `[^{name}]` is there twice"),
                    )
                    .note(place(&first.range), "the first one"),
                );
                return false;
            }
            let id_name = free_name(name, taken);
            let note = Note { id_name, number: 0, n_references: 0, range: node.range.clone(), label: name.clone() };
            notes.insert(key, note);
        }
        define(source, &mut node.children, notes, taken, diagnostics);
        true
    });
}

/// A name for ids that nothing else on the page has.
fn free_name(label: &str, taken: &mut BTreeSet<String>) -> String {
    let base = Some(slug(label)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "note".to_owned());
    let mut name = base.clone();
    let mut n_tries = 0;
    while [format!("fn-{name}"), format!("fnref-{name}")].iter().any(|id| taken.contains(id)) {
        n_tries += 1;
        name = format!("{base}-{n_tries}");
    }
    taken.insert(format!("fn-{name}"));
    taken.insert(format!("fnref-{name}"));
    name
}

/// Numbers what the running text refers to, then what those notes refer to; the keys in that order.
fn number(nodes: &[Node<Written>], notes: &mut Notes) -> Vec<String> {
    let mut bodies: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut order = Vec::new();
    references(nodes, None, &mut order, &mut bodies);
    let mut queue: std::collections::VecDeque<String> = order.into();
    let mut order = Vec::new();
    while let Some(key) = queue.pop_front() {
        let Some(note) = notes.get_mut(&key) else {
            continue;
        };
        note.n_references += 1;
        if note.number == 0 {
            order.push(key.clone());
            note.number = order.len();
            queue.extend(bodies.remove(&key).unwrap_or_default());
        }
    }
    order
}

/// The keys referred to, in order: those of the running text, and those of each definition.
fn references(
    nodes: &[Node<Written>],
    inside: Option<&str>,
    text: &mut Vec<String>,
    bodies: &mut BTreeMap<String, Vec<String>>,
) {
    for node in nodes {
        match &node.kind {
            Kind::FootnoteReference { name, .. } => match inside {
                Some(key) => bodies.entry(key.to_owned()).or_default().push(name.to_lowercase()),
                None => text.push(name.to_lowercase()),
            },
            Kind::Footnote { name, .. } => references(&node.children, Some(&name.to_lowercase()), text, bodies),
            _ => references(&node.children, inside, text, bodies),
        }
    }
}

/// Writes names and numbers into the tree. References inside unused notes stay without: those notes are not shown.
fn write(nodes: &mut [Node<Written>], notes: &Notes, seen: &mut BTreeMap<String, usize>, unused: bool) {
    for node in nodes {
        let mut unused = unused;
        match &mut node.kind {
            Kind::FootnoteReference { name, number, occurrence } => {
                let key = name.to_lowercase();
                if let Some(note) = notes.get(&key).filter(|_| !unused) {
                    let count = seen.entry(key).or_default();
                    *count += 1;
                    (*name, *number, *occurrence) = (note.id_name.as_str().into(), note.number, *count);
                }
            }
            Kind::Footnote { name, number } => {
                if let Some(note) = notes.get(&name.to_lowercase()) {
                    unused |= note.number == 0;
                    (*name, *number) = (note.id_name.clone(), note.number);
                }
            }
            _ => {}
        }
        write(&mut node.children, notes, seen, unused);
    }
}

/// Finds `[^name]` that stayed text because nothing defines it.
fn undefined(source: &Arc<Source>, nodes: &[Node<Written>], notes: &Notes, diagnostics: &mut Vec<Diagnostic>) {
    for node in nodes {
        if let Kind::Text(_) = node.kind {
            let text = source.text.get(node.range.clone()).unwrap_or_default();
            for (at, name) in markers(text) {
                let start = node.range.start + at;
                let span = Span::new(source, start..start + name.len() + "[^]".len());
                diagnostics.push(
                    Diagnostic::at(
                        Code::UndefinedReference,
                        span,
                        format!("reference to undefined footnote `[^{name}]`"),
                    )
                    .label("shown as plain text")
                    .did_you_mean(name, notes.values().map(|note| note.label.as_str()))
                    .hint(format!("define it on a line of its own: `[^{name}]: ...`")),
                );
            }
        }
        undefined(source, &node.children, notes, diagnostics);
    }
}

/// `[^name]` in a text, unless escaped.
fn markers(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices("[^").filter_map(move |(at, open)| {
        let rest = &text[at + open.len()..];
        // A label is at most 999 bytes long (CommonMark), which also keeps this linear.
        let limit = rest.char_indices().take(999).find(|(_, c)| matches!(c, ']' | '[' | '\n' | ' ' | '\t'));
        let (end, stop) = limit?;
        let escaped = text[..at].ends_with('\\');
        (stop == ']' && end > 0 && !escaped).then_some((at, &rest[..end]))
    })
}
