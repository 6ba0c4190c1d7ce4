//! One page: its tree as written becomes a tree in which every link leads somewhere.
//!
//! Sees the page and the [`Index`], nothing else: equal pages with equal indexes give equal results.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::book::{Card, Content, EquationNumber, Picture, Resolved, Target};
use crate::demos::Demo;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, Kind, Node, Written};
use crate::path::{Anchor, SourcePath};
use crate::resolve::frames::Frames;
use crate::resolve::glossary::Piece;
use crate::resolve::index::Index;
use crate::resolve::links::Resolution;
use crate::resolve::{figures, images, links};
use crate::source::Span;

/// How many broken links of one page get a suggestion: to look for one means to read all names.
const GUESSES: usize = 20;

/// What becomes of one page.
#[derive(Clone, Debug, Default)]
pub struct ResolvedPage {
    /// Title and body.
    pub content: Arc<Content>,
    /// Pages it builds on, and where its front matter names them.
    pub builds_on: Vec<(SourcePath, Range<usize>)>,
    /// Its own picture for cards.
    pub card: Option<Card>,
    /// The demos of its figures.
    pub demos: Vec<Arc<Demo>>,
    /// What is wrong with it.
    pub found: Vec<Diagnostic>,
}

/// What the work on one page needs.
pub struct Ctx<'a> {
    pub document: &'a Document,
    pub index: &'a Arc<Index>,
    pub frames: &'a Frames,
    pub found: Vec<Diagnostic>,
    pub demos: Vec<Arc<Demo>>,
    /// The page's number, which the numbers of its figures and equations begin with.
    number: Option<&'a str>,
    n_figures: usize,
    n_equations: usize,
    /// The id of the figure at work.
    pub figure_id: String,
    n_guesses: usize,
    /// Entries of the glossary that have been linked.
    terms: Vec<usize>,
    /// Terms are looked for: not in headings, links and code.
    running_text: bool,
}

/// Resolves a page. `number` is its chapter's.
pub fn resolve(document: &Document, number: Option<&str>, index: &Arc<Index>, frames: &Frames) -> ResolvedPage {
    let mut ctx = Ctx {
        document,
        index,
        frames,
        found: Vec::new(),
        demos: Vec::new(),
        number,
        n_figures: 0,
        n_equations: 0,
        figure_id: String::new(),
        n_guesses: 0,
        terms: Vec::new(),
        running_text: false,
    };
    let builds_on = builds_on(&mut ctx);
    let card = card(&mut ctx);
    let title = match &document.front.title {
        Some(title) => vec![Node { kind: Kind::Text(title.clone()), range: (), children: Vec::new() }],
        None => ctx.nodes(document.title.as_deref().unwrap_or_default()),
    };
    ctx.running_text = true;
    let body = ctx.nodes(&document.body);
    ResolvedPage { content: Arc::new(Content { title, body }), builds_on, card, demos: ctx.demos, found: ctx.found }
}

impl Ctx<'_> {
    /// The page.
    pub fn path(&self) -> &SourcePath {
        &self.document.path
    }

    /// A place in the page.
    pub fn span(&self, range: &Range<usize>) -> Span {
        Span::new(&self.document.source, range.clone())
    }

    /// The place of `text` in a range of the page; the whole range if it does not stand there as it is.
    pub fn find(&self, text: &str, range: &Range<usize>) -> Span {
        let span = self.span(range);
        match span.source.text[span.range.clone()].rfind(text).filter(|_| !text.is_empty()) {
            Some(at) => self.span(&(span.range.start + at..span.range.start + at + text.len())),
            None => span,
        }
    }

    /// Whether another suggestion may be looked for.
    pub fn guess(&mut self) -> bool {
        self.n_guesses += 1;
        self.n_guesses <= GUESSES
    }

    /// The number of the next figure: `45.1`.
    pub fn next_figure(&mut self) -> String {
        self.n_figures += 1;
        self.in_chapter(self.n_figures)
    }

    /// The label of the next equation that has one.
    fn equation_number(&mut self, id: &Anchor) -> Box<EquationNumber> {
        self.n_equations += 1;
        Box::new(EquationNumber { id: id.clone(), number: self.in_chapter(self.n_equations) })
    }

    fn in_chapter(&self, count: usize) -> String {
        match self.number {
            Some(number) => format!("{number}.{count}"),
            None => count.to_string(),
        }
    }

    /// Resolves nodes.
    pub fn nodes(&mut self, nodes: &[Node<Written>]) -> Vec<Node<Resolved>> {
        let mut out = Vec::with_capacity(nodes.len());
        for node in nodes {
            match &node.kind {
                Kind::Text(text) if self.running_text => self.text(text, &mut out),
                _ => out.push(self.node(node)),
            }
        }
        out
    }

    /// A text, with the first uses of glossary terms.
    fn text(&mut self, text: &str, out: &mut Vec<Node<Resolved>>) {
        let index = Arc::clone(self.index);
        let leaf = |kind, children| Node { kind, range: (), children };
        for piece in index.terms.split(text, &mut self.terms) {
            out.push(match piece {
                Piece::Text(text) => leaf(Kind::Text(text.to_string()), Vec::new()),
                Piece::Term(word, entry) => {
                    let (id, definition) = index.terms.entry(entry);
                    let word = leaf(Kind::Text(word.to_string()), Vec::new());
                    leaf(Kind::Term { id: id.into(), definition: definition.into() }, vec![word])
                }
            });
        }
    }

    fn node(&mut self, node: &Node<Written>) -> Node<Resolved> {
        let quiet = matches!(node.kind, Kind::Heading { .. } | Kind::Link { .. } | Kind::Image { .. });
        let before = self.running_text;
        self.running_text = before && !quiet;
        let children = self.nodes(&node.children);
        self.running_text = before;
        Node { kind: self.kind(node), range: (), children }
    }

    fn kind(&mut self, node: &Node<Written>) -> Kind<Resolved> {
        match &node.kind {
            Kind::Link { target, title } => match links::resolve(self, target, &node.range) {
                Resolution::Target(target) => Kind::Link { target: Box::new(target), title: title.clone() },
                // A broken link fails the build: what stands in its place is never seen.
                Resolution::Draft | Resolution::Broken => Kind::DraftLink,
            },
            Kind::Image { image, title } => match images::resolve(self, image, &node.range) {
                Some(image) => Kind::Image { image: Box::new(image), title: title.clone() },
                None => Kind::DraftLink,
            },
            Kind::Demo(fence) => {
                self.figure_id.clone_from(&fence.id.0);
                Kind::Demo(figures::resolve(self, fence, &node.range))
            }
            Kind::Figure { caption, .. } => {
                let number = (!caption.is_empty()).then(|| self.next_figure().into());
                Kind::Figure { caption: caption.clone(), number }
            }
            Kind::Plot(fence) => Kind::Plot(figures::plot(self, fence)),
            Kind::Diagram(fence) => Kind::Diagram(figures::diagram(self, fence)),
            Kind::Equation { math, label } => {
                let label = label.as_ref().map(|it| self.equation_number(it));
                Kind::Equation { math: Arc::clone(math), label }
            }
            other => same(other),
        }
    }
}

/// A kind that is the same at every stage.
fn same(kind: &Kind<Written>) -> Kind<Resolved> {
    match kind {
        Kind::Paragraph => Kind::Paragraph,
        Kind::Heading { level, anchor, classes } => {
            Kind::Heading { level: *level, anchor: anchor.clone(), classes: classes.clone() }
        }
        Kind::Quote => Kind::Quote,
        Kind::Alert(alert) => Kind::Alert(*alert),
        Kind::Fold { summary } => Kind::Fold { summary: summary.clone() },
        Kind::Code(code) => Kind::Code(Arc::clone(code)),
        Kind::List { start } => Kind::List { start: *start },
        Kind::Item { task } => Kind::Item { task: *task },
        Kind::Table(columns) => Kind::Table(columns.clone()),
        Kind::TableHead => Kind::TableHead,
        Kind::TableRow => Kind::TableRow,
        Kind::TableCell => Kind::TableCell,
        Kind::DefinitionList => Kind::DefinitionList,
        Kind::DefinitionTitle => Kind::DefinitionTitle,
        Kind::Definition => Kind::Definition,
        Kind::Footnote { name, number } => Kind::Footnote { name: name.clone(), number: *number },
        Kind::Rule => Kind::Rule,
        Kind::Text(text) => Kind::Text(text.clone()),
        Kind::CodeSpan(code) => Kind::CodeSpan(code.clone()),
        Kind::Math(math) => Kind::Math(Arc::clone(math)),
        Kind::Emphasis => Kind::Emphasis,
        Kind::Strong => Kind::Strong,
        Kind::Strikethrough => Kind::Strikethrough,
        Kind::FootnoteReference { name, number, occurrence } => {
            Kind::FootnoteReference { name: name.clone(), number: *number, occurrence: *occurrence }
        }
        Kind::Term { id, definition } => Kind::Term { id: id.clone(), definition: definition.clone() },
        Kind::DraftLink => Kind::DraftLink,
        Kind::SoftBreak => Kind::SoftBreak,
        Kind::HardBreak => Kind::HardBreak,
        Kind::HtmlBlock(html) => Kind::HtmlBlock(html.clone()),
        Kind::HtmlInline(html) => Kind::HtmlInline(html.clone()),
        Kind::Demo(_)
        | Kind::Figure { .. }
        | Kind::Plot(_)
        | Kind::Diagram(_)
        | Kind::Link { .. }
        | Kind::Image { .. }
        | Kind::Equation { .. } => {
            unreachable!("`Ctx::kind` resolves these")
        }
    }
}

/// The pages of `builds_on`, each once.
fn builds_on(ctx: &mut Ctx<'_>) -> Vec<(SourcePath, Range<usize>)> {
    let mut pages = BTreeSet::new();
    let mut order = Vec::new();
    for (written, range) in &ctx.document.front.builds_on {
        let Resolution::Target(target) = links::resolve(ctx, written, range) else { continue };
        let path = links::local_path(written).and_then(|path| ctx.path().join(&path).ok());
        match (target, path.and_then(|path| ctx.index.page_at(&path))) {
            (Target::File { .. }, Some(page)) if page != *ctx.path() => {
                if pages.insert(page.clone()) {
                    order.push((page, range.clone()));
                }
            }
            _ => ctx.found.push(
                Diagnostic::at(
                    Code::BadFrontMatter,
                    ctx.span(range),
                    format!("`builds_on` names `{written}`, which is no other page"),
                )
                .label("expected a page of the book"),
            ),
        }
    }
    order
}

/// The front matter's `image`.
fn card(ctx: &mut Ctx<'_>) -> Option<Card> {
    let (written, range) = ctx.document.front.image.as_ref()?;
    match images::resolve(ctx, written, range)? {
        Picture::Local { file, size } => {
            Some(Card { file, size, alt: ctx.document.front.image_alt.clone().unwrap_or_default() })
        }
        Picture::Remote(_) => {
            ctx.found.push(
                Diagnostic::at(Code::BadFrontMatter, ctx.span(range), "`image` names a file of another host")
                    .label("expected an image of the book"),
            );
            None
        }
    }
}
