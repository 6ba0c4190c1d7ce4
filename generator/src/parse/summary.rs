//! `SUMMARY.md` -> parts and chapters in reading order, in the form that mdBook made common.

use std::ops::Range;
use std::sync::Arc;

use crate::config::Policy;
use crate::diagnostic::{Code, Diagnostic, Warned};
use crate::document::{Kind, Node, Written};
use crate::source::{Source, Span};

use super::markdown::{plain_text, tree};

/// The table of contents as written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// In order.
    pub items: Vec<SummaryItem>,
}

/// An entry of the table of contents.
#[derive(Clone, Debug, PartialEq)]
pub enum SummaryItem {
    /// `# Title` or `# [Title](part/index.md)`.
    Part { title: String, link: Option<Link>, range: Range<usize> },
    /// `- [Title](page.md)`; without a link a draft; unnumbered outside lists and before the first part.
    Chapter { title: String, link: Option<Link>, range: Range<usize>, children: Vec<SummaryItem>, numbered: bool },
    /// `---`.
    Separator,
}

/// A file link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Relative to `content/`, as written.
    pub dest: String,
    /// Of the destination.
    pub range: Range<usize>,
}

/// Names of a first heading that is no part but the file's own title.
const OWN_TITLES: &[&str] = &["summary", "contents", "table of contents"];

/// Reads `SUMMARY.md`.
pub fn summary(source: &Arc<Source>) -> Warned<Summary> {
    // Comments and their like are left out; raw tags are reported below, as what does not belong here.
    let mut tree = tree(source, 0, Policy::Allow);
    tree.diagnostics.retain(|it| it.code == Code::TooDeep);
    let mut ctx = Ctx { source, diagnostics: tree.diagnostics };
    let nodes = tree.nodes.as_slice();
    let own_title = own_title(nodes);
    let has_parts = nodes.iter().skip(own_title).any(is_part);
    let mut items = Vec::new();
    let mut in_part = !has_parts;
    for node in &nodes[own_title..] {
        in_part |= is_part(node);
        ctx.block(node, in_part, &mut items);
    }
    ctx.diagnostics.sort_by_key(|it| it.span.as_ref().map_or(0, |span| span.range.start));
    Warned { value: Summary { items }, diagnostics: ctx.diagnostics }
}

/// 1 if the first heading is the title of the file itself, 0 otherwise.
fn own_title(nodes: &[Node<Written>]) -> usize {
    match nodes.first() {
        Some(first) if is_part(first) => {
            usize::from(OWN_TITLES.contains(&plain_text(&first.children).trim().to_lowercase().as_str()))
        }
        _ => 0,
    }
}

fn is_part(node: &Node<Written>) -> bool {
    matches!(node.kind, Kind::Heading { level: 1, .. })
}

struct Ctx<'a> {
    source: &'a Arc<Source>,
    diagnostics: Vec<Diagnostic>,
}

impl Ctx<'_> {
    fn block(&mut self, node: &Node<Written>, numbered: bool, items: &mut Vec<SummaryItem>) {
        match &node.kind {
            Kind::Heading { level: 1, .. } => {
                let (title, link) = self.part(node);
                items.push(SummaryItem::Part { title, link, range: node.range.clone() });
            }
            Kind::List { .. } => self.list(node, numbered, items),
            Kind::Paragraph => self.loose_links(node, items),
            Kind::Rule => items.push(SummaryItem::Separator),
            Kind::HtmlBlock(html) if html.trim_start().starts_with("<!--") => {}
            Kind::Heading { .. } => {
                self.bad(node, "a heading below the first level", "parts begin with one `#`; chapters nest in lists")
            }
            _ => self.bad(node, "neither a part nor a list of chapters", USAGE),
        }
    }

    fn part(&mut self, node: &Node<Written>) -> (String, Option<Link>) {
        let title = plain_text(&node.children);
        match node.children.as_slice() {
            [link @ Node { kind: Kind::Link { target, .. }, .. }] if !target.is_empty() => {
                (title, Some(self.link(link, target)))
            }
            _ => (title, None),
        }
    }

    fn list(&mut self, list: &Node<Written>, numbered: bool, items: &mut Vec<SummaryItem>) {
        for item in &list.children {
            self.item(item, numbered, items);
        }
    }

    /// A link, and perhaps a list of what lies below it.
    fn item(&mut self, item: &Node<Written>, numbered: bool, items: &mut Vec<SummaryItem>) {
        let is_block = |node: &Node<Written>| matches!(node.kind, Kind::List { .. } | Kind::Paragraph);
        let n_line = item.children.iter().position(is_block).unwrap_or(item.children.len());
        let (mut line, mut rest) = item.children.split_at(n_line);
        if let ([], [Node { kind: Kind::Paragraph, children, .. }, below @ ..]) = (line, rest) {
            (line, rest) = (children, below);
        }
        let [link @ Node { kind: Kind::Link { target, .. }, .. }] = line else {
            self.bad_item(item, line);
            return;
        };
        let mut children = Vec::new();
        for below in rest {
            match below.kind {
                Kind::List { .. } => self.list(below, numbered, &mut children),
                _ => self.bad(below, "text below a chapter", USAGE),
            }
        }
        items.push(self.chapter(link, target, children, numbered));
    }

    /// Links on lines of their own: chapters without a number.
    fn loose_links(&mut self, paragraph: &Node<Written>, items: &mut Vec<SummaryItem>) {
        for node in &paragraph.children {
            match &node.kind {
                Kind::Link { target, .. } => items.push(self.chapter(node, target, Vec::new(), false)),
                Kind::SoftBreak | Kind::HardBreak => {}
                Kind::Text(text) if text.trim().is_empty() => {}
                Kind::HtmlInline(html) if html.starts_with("<!--") => {}
                _ => self.bad(node, "text outside of a link", USAGE),
            }
        }
    }

    fn chapter(
        &mut self,
        link: &Node<Written>,
        target: &str,
        children: Vec<SummaryItem>,
        numbered: bool,
    ) -> SummaryItem {
        let title = plain_text(&link.children).trim().to_owned();
        if title.is_empty() {
            self.bad(link, "a chapter without a title", "write its title: `[Title](page.md)`");
        }
        let link_to = (!target.is_empty()).then(|| self.link(link, target));
        SummaryItem::Chapter { title, link: link_to, range: link.range.clone(), children, numbered }
    }

    fn link(&self, node: &Node<Written>, target: &str) -> Link {
        let text = &self.source.text[node.range.clone()];
        let range = match text.rfind(target) {
            Some(at) => node.range.start + at..node.range.start + at + target.len(),
            None => node.range.clone(),
        };
        Link { dest: target.to_owned(), range }
    }

    fn bad_item(&mut self, item: &Node<Written>, line: &[Node<Written>]) {
        let text = plain_text(line);
        let hint = match text.trim() {
            "" => "write it as `- [Title](page.md)`".to_owned(),
            text => format!("write `- [{text}](page.md)`, or `- [{text}]()` for a chapter that is still to come"),
        };
        self.bad(item, "a list entry that is not a single link", &hint);
    }

    fn bad(&mut self, node: &Node<Written>, message: &str, hint: &str) {
        let line = self.source.text[node.range.clone()].lines().next().unwrap_or_default().trim_end();
        let span = Span::new(self.source, node.range.start..node.range.start + line.len());
        self.diagnostics.push(Diagnostic::at(Code::BadSummary, span, message).label("not expected here").hint(hint));
    }
}

const USAGE: &str = "a summary has parts (`# Title`), lists of chapters (`- [Title](page.md)`) and rules (`---`)";

#[cfg(test)]
mod tests {
    use super::{SummaryItem, summary};
    use crate::source::Source;

    fn show(items: &[SummaryItem], text: &str, depth: usize, out: &mut String) {
        for item in items {
            out.push_str(&"  ".repeat(depth));
            match item {
                SummaryItem::Part { title, link, .. } => {
                    let dest = link.as_ref().map(|it| text[it.range.clone()].to_owned());
                    out.push_str(&format!("# {title} {}\n", dest.unwrap_or_default()));
                }
                SummaryItem::Chapter { title, link, children, numbered, .. } => {
                    let dest = link.as_ref().map_or("draft", |it| &text[it.range.clone()]);
                    out.push_str(&format!("{} {title} {dest}\n", if *numbered { "1." } else { "-" }));
                    show(children, text, depth + 1, out);
                }
                SummaryItem::Separator => out.push_str("---\n"),
            }
        }
    }

    fn check(text: &str, expected: &str) {
        let read = summary(&Source::new("content/SUMMARY.md", text));
        let mut out = String::new();
        show(&read.value.items, text, 0, &mut out);
        for it in &read.diagnostics {
            out.push_str(&format!("! {}: {:?}\n", it.message, it.span.as_ref().map(|span| &text[span.range.clone()])));
        }
        assert_eq!(out, expected);
    }

    #[test]
    fn the_form_of_mdbook() {
        check(
            "# Summary\n\n[Home](index.md)\n[About](about.md)\n\n# [First](first/index.md)\n\n- [A](a.md)\n  - [B](b.md)\n\n\
             - [C]()\n\n---\n\n# Second\n\n* [D *d*](d.md)\n\n[End](end.md)\n",
            "- Home index.md\n- About about.md\n# First first/index.md\n1. A a.md\n  1. B b.md\n1. C draft\n---\n# Second \n\
             1. D d d.md\n- End end.md\n",
        );
    }

    #[test]
    fn lists_are_numbered_in_parts_or_where_there_are_none() {
        check("- [A](a.md)\n", "1. A a.md\n");
        check("- [A](a.md)\n\n# P\n\n- [B](b.md)\n", "- A a.md\n# P \n1. B b.md\n");
        check("<!-- a comment -->\n\n# P\n", "# P \n");
    }

    #[test]
    fn anything_else_is_told_with_its_place() {
        check("- A\n", "! a list entry that is not a single link: Some(\"- A\")\n");
        check(
            "## X\n\n> q\n",
            "! a heading below the first level: Some(\"## X\")\n! neither a part nor a list of chapters: Some(\"> q\")\n",
        );
        check("text [A](a.md)\n", "- A a.md\n! text outside of a link: Some(\"text\")\n");
        check("- [](a.md)\n", "1.  a.md\n! a chapter without a title: Some(\"[](a.md)\")\n");
    }
}
