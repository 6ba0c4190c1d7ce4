//! The title of a page and the order of its headings.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Kind, Node, Written};
use crate::path::Anchor;
use crate::source::{Source, Span};

/// Takes the first `#` heading out of the page: its children and its id.
pub fn take_title(nodes: &mut Vec<Node<Written>>) -> Option<(Vec<Node<Written>>, Anchor)> {
    let idx = nodes.iter().position(|node| matches!(node.kind, Kind::Heading { level: 1, .. }))?;
    let heading = nodes.remove(idx);
    match heading.kind {
        Kind::Heading { anchor, .. } => Some((heading.children, *anchor)),
        _ => unreachable!("it was found as a heading"),
    }
}

/// Reports that a page whose Markdown begins at `start` has no title.
pub fn missing(source: &Arc<Source>, start: usize) -> Diagnostic {
    let line = source.text[start..].lines().next().unwrap_or_default().trim_end();
    Diagnostic::at(Code::MissingTitle, Span::new(source, start..start + line.len()), "page without a title")
        .hint("begin it with a line `# Title`")
}

/// Reports a second `#` heading and headings that skip a level. `nodes` still hold the title.
pub fn order(source: &Arc<Source>, nodes: &[Node<Written>], has_front_title: bool) -> Vec<Diagnostic> {
    let mut all = Vec::new();
    collect(nodes, &mut all);
    let mut diagnostics = Vec::new();
    let mut title: Option<Range<usize>> = None;
    // A title in the front matter counts as the `#` heading.
    let mut before = u8::from(has_front_title);
    for (level, range) in all {
        let at = |message: String| {
            Diagnostic::at(Code::HeadingOrder, Span::new(source, first_line(source, &range)), message)
        };
        match &title {
            Some(first) if level == 1 => diagnostics.push(
                at("second `#` heading".into())
                    .label("a page has one title")
                    .note(Span::new(source, first_line(source, first)), "the title")
                    .hint("begin it with `##`"),
            ),
            _ if before > 0 && level > before + 1 => {
                let marks = "#".repeat(usize::from(before) + 1);
                diagnostics.push(
                    at(format!("heading of level {level} below one of level {before}"))
                        .label("skips a level")
                        .hint(format!("begin it with `{marks}`")),
                );
            }
            _ => {}
        }
        if level == 1 && title.is_none() {
            title = Some(range);
        }
        before = level;
    }
    diagnostics
}

fn collect(nodes: &[Node<Written>], all: &mut Vec<(u8, Range<usize>)>) {
    for node in nodes {
        match node.kind {
            Kind::Heading { level, .. } => all.push((level, node.range.clone())),
            _ => collect(&node.children, all),
        }
    }
}

fn first_line(source: &Arc<Source>, range: &Range<usize>) -> Range<usize> {
    let line = source.text[range.clone()].lines().next().unwrap_or_default().trim_end();
    range.start..range.start + line.len()
}
