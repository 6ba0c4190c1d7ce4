//! The tree under construction: a stack of open nodes that grows and shrinks with the events.
//!
//! Nothing recurses here, and the stack is bounded, so no text can exhaust the machine's stack, here or later.

use std::ops::Range;
use std::sync::Arc;

use crate::config::Policy;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Kind, Node, Written};
use crate::source::{Source, Span};

use super::words::Words;

/// How deep a page may nest. GitHub and browsers stop at a few hundred; nobody reads below ten.
pub const MAX_DEPTH: usize = 100;

/// The tree of a page or of a line, before ids and footnotes are settled.
#[derive(Debug, Default)]
pub struct Tree {
    pub nodes: Vec<Node<Written>>,
    /// One for each heading of the tree, in order.
    pub headings: Vec<HeadingText>,
    /// One for each demo, plot and diagram of the tree, in order: the `id` of the fence.
    pub figure_ids: Vec<Option<WrittenId>>,
    /// The `id`s of raw HTML.
    pub html_ids: Vec<WrittenId>,
    /// The labels of equations.
    pub labels: Vec<WrittenId>,
    pub words: Words,
    pub diagnostics: Vec<Diagnostic>,
}

/// An id that the author wrote, and where.
pub type WrittenId = (String, Range<usize>);

/// What a heading's id is made from.
#[derive(Debug)]
pub struct HeadingText {
    /// `{#id}`.
    pub written: Option<WrittenId>,
    /// As typed, before smart punctuation.
    pub text: String,
}

/// A raw element that is still open.
#[derive(Debug)]
pub struct RawElement {
    /// Lowercase.
    pub name: String,
    /// Of its start tag.
    pub range: Range<usize>,
    /// Its start tag was refused: the end tag goes with it, without another word.
    pub refused: bool,
}

/// A node that is still open.
#[derive(Debug)]
pub struct Open {
    pub kind: Kind<Written>,
    pub range: Range<usize>,
    pub children: Vec<Node<Written>>,
    /// Raw elements opened and not yet closed among the children.
    pub raw: Vec<RawElement>,
    /// Set if a raw `<a href>` opened it, so that a raw `</a>` closes it: HTML to add before the end, often none.
    pub raw_link: Option<&'static str>,
}

/// The tree under construction.
#[derive(Debug)]
pub struct Builder {
    pub source: Arc<Source>,
    pub raw_html: Policy,
    pub tree: Tree,
    /// The first is the page itself.
    pub open: Vec<Open>,
    /// Nodes opened below the limit: they are left out.
    n_skipped: usize,
}

impl Builder {
    /// An empty page.
    pub fn new(source: &Arc<Source>, raw_html: Policy) -> Self {
        let page = Open::new(Kind::Paragraph, 0..source.text.len());
        Self { source: Arc::clone(source), raw_html, tree: Tree::default(), open: vec![page], n_skipped: 0 }
    }

    /// The finished tree.
    pub fn finish(mut self) -> Tree {
        self.close_raw_links();
        let page = self.open.pop().unwrap_or_else(|| unreachable!("the page itself is never closed before"));
        self.report_unclosed(&page);
        self.tree.nodes = page.children;
        self.tree
    }

    /// Opens a node.
    pub fn start(&mut self, kind: Kind<Written>, range: Range<usize>) {
        if self.n_skipped == 0 && self.open.len() <= MAX_DEPTH {
            self.open.push(Open::new(kind, range));
            return;
        }
        if self.n_skipped == 0 && !self.tree.diagnostics.iter().any(|it| it.code == Code::TooDeep) {
            let message = format!("nested more than {MAX_DEPTH} levels deep");
            self.report(Code::TooDeep, range.start..range.start + 1, message, |it| {
                it.label("this level is left out").hint("split the list or quote")
            });
        }
        self.n_skipped += 1;
    }

    /// Closes the innermost node of the Markdown; `None` if it lay below the limit.
    pub fn end(&mut self) -> Option<Open> {
        if self.n_skipped > 0 {
            self.n_skipped -= 1;
            return None;
        }
        self.close_raw_links();
        let open = self.open.pop().filter(|_| !self.open.is_empty());
        let open = open.unwrap_or_else(|| unreachable!("pulldown-cmark balances its events"));
        self.report_unclosed(&open);
        Some(open)
    }

    /// True while everything is left out.
    pub fn skips(&self) -> bool {
        self.n_skipped > 0
    }

    /// Adds a finished node to the innermost open one.
    pub fn push(&mut self, node: Node<Written>) {
        self.top().children.push(node);
    }

    /// Adds a node without children.
    pub fn leaf(&mut self, kind: Kind<Written>, range: Range<usize>) {
        self.push(Node { kind, range, children: Vec::new() });
    }

    /// Adds text; neighbouring texts become one node.
    pub fn text(&mut self, text: &str, range: Range<usize>) {
        match self.top().children.last_mut() {
            Some(Node { kind: Kind::Text(before), range: before_range, .. }) => {
                before.push_str(text);
                before_range.end = range.end;
            }
            _ => self.leaf(Kind::Text(text.to_owned()), range),
        }
    }

    /// The innermost open node.
    pub fn top(&mut self) -> &mut Open {
        self.open.last_mut().unwrap_or_else(|| unreachable!("the page itself is always open"))
    }

    /// Adds a diagnostic.
    pub fn report(
        &mut self,
        code: Code,
        range: Range<usize>,
        message: impl Into<String>,
        more: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        let diagnostic = Diagnostic::at(code, Span::new(&self.source, range), message);
        self.tree.diagnostics.push(more(diagnostic));
    }
}

impl Open {
    fn new(kind: Kind<Written>, range: Range<usize>) -> Self {
        Self { kind, range, children: Vec::new(), raw: Vec::new(), raw_link: None }
    }

    /// The node as it is.
    pub fn into_node(mut self) -> Node<Written> {
        // Trees are kept: a thousand pages have half a million nodes.
        self.children.shrink_to_fit();
        Node { kind: self.kind, range: self.range, children: self.children }
    }
}
