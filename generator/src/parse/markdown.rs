//! Markdown -> a tree of nodes with ranges. Ids and footnote numbers come later, in `ids.rs` and `footnotes.rs`.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, BrokenLink, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag,
};

use crate::config::Policy;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Alert, Align, Kind, Node, Written};
use crate::path::Anchor;
use crate::source::{Source, Span};

use super::attributes;
use super::build::{Builder, HeadingText, Open, Tree, WrittenId};
use super::code::{Info, fenced, plain};
use super::demo;
use super::diagram;
use super::fold::fold;
use super::math::formula;
use super::math_place::{self, Dollars, is_money, misplaced};
use super::pieces::Pieces;
use super::plot;
use super::raw_html::Place;
use super::url::{is_unsafe, scheme};

/// What is collected between the start and end of a block without inlines.
struct Capture {
    pieces: Pieces,
    /// The decoded info string of a fence; `None` in an indented block or in HTML.
    info: Option<String>,
    range: Range<usize>,
    is_html: bool,
}

/// The heading that is open: what its id is made from.
struct OpenHeading {
    written: Option<WrittenId>,
    text: String,
}

/// Parses `source` from the byte `start` to its end.
pub fn tree(source: &Arc<Source>, start: usize, raw_html: Policy) -> Tree {
    let text = &source.text[start..];
    let mut undefined = Vec::new();
    let mut note = |link: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
        // A lone `[name]` is more often text than a link: only the two explicit forms are meant as one.
        if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
            undefined.push((link.reference.to_string(), link.span.start + start..link.span.end + start));
        }
        None
    };
    let alone = attributes::alone(text, start, options());
    let options = if alone.is_some() { options().difference(Options::ENABLE_HEADING_ATTRIBUTES) } else { options() };
    let parser = Parser::new_with_broken_link_callback(text, options, Some(&mut note)).into_offset_iter();
    let defined: Vec<String> = parser.reference_definitions().iter().map(|(name, _)| name.to_owned()).collect();
    let builder = Builder::new(source, raw_html);
    let mut page = Page { builder, capture: None, heading: None, dollars: Dollars::default() };
    for (event, range) in parser {
        page.event(event, range.start + start..range.end + start);
    }
    let mut tree = page.builder.finish();
    tree.diagnostics.extend(alone.map(|range| {
        Diagnostic::at(Code::BadHeading, Span::new(source, range), "attributes of a heading on a line of their own")
            .label("nobody reads them here")
            .hint("write them behind the heading's text: `## Title {#id}`")
    }));
    tree.diagnostics.extend(undefined.into_iter().map(|(name, range)| {
        Diagnostic::at(Code::UndefinedReference, Span::new(source, range), format!("reference to undefined `{name}`"))
            .label("shown as plain text")
            .did_you_mean(&name, defined.iter().map(String::as_str))
            .hint(format!("define it on a line of its own: `[{name}]: file.md`; code goes into backticks"))
    }));
    tree
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
        | Options::ENABLE_MATH
}

/// The events of one page, on their way into the tree.
struct Page {
    builder: Builder,
    capture: Option<Capture>,
    heading: Option<OpenHeading>,
    /// Those of the open block that are text.
    dollars: Dollars,
}

impl Page {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(_) => self.end(),
            _ if self.builder.skips() => {}
            Event::Text(text) => self.text(&text, range),
            Event::Code(code) => {
                self.builder.tree.words.push(&code);
                self.heading_text(&code);
                self.builder.leaf(Kind::CodeSpan(code.into_string()), range);
            }
            Event::Html(html) => self.capture(&html, &range),
            Event::InlineHtml(html) => {
                let mut pieces = Pieces::default();
                pieces.push(&html, &range);
                self.builder.html(&pieces, Place::Inline);
            }
            Event::FootnoteReference(name) => {
                let kind = Kind::FootnoteReference { name: (&*name).into(), number: 0, occurrence: 0 };
                self.builder.leaf(kind, range);
            }
            Event::SoftBreak => self.line_break(Kind::SoftBreak, range),
            Event::HardBreak => self.line_break(Kind::HardBreak, range),
            Event::Rule => self.builder.leaf(Kind::Rule, range),
            Event::TaskListMarker(done) => self.task(done),
            Event::InlineMath(tex) if is_money(&self.builder.source.text, &range) => self.money(&tex, range),
            Event::InlineMath(tex) => self.math(&tex, range, false),
            Event::DisplayMath(tex) => self.math(&tex, range, true),
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if self.capture.is_some() {
            self.capture(text, &range);
            return;
        }
        let typed = self.builder.source.text.get(range.clone()).unwrap_or_default().to_owned();
        self.dollars.see(&self.builder.source.text, &range);
        let is_smart = text.chars().next().is_some_and(|c| "‘’“”–—…".contains(c)) && typed.is_ascii();
        self.heading_text(if is_smart { &typed } else { text });
        self.builder.tree.words.push(text);
        self.builder.text(text, range);
    }

    fn math(&mut self, tex: &str, range: Range<usize>, display: bool) {
        let read = formula(&self.builder.source, tex, &range, display);
        self.builder.tree.diagnostics.extend(read.diagnostics);
        self.builder.tree.words.push(&read.math.text);
        self.heading_text(&read.math.text);
        let label = read.label.as_ref().map(|(name, _)| Anchor(name.clone()));
        self.builder.tree.labels.extend(read.label);
        let math = Arc::new(read.math);
        self.builder.leaf(if display { Kind::Equation { math, label } } else { Kind::Math(math) }, range);
    }

    /// A text between the signs of two amounts: `$5/$10`.
    fn money(&mut self, text: &str, range: Range<usize>) {
        self.builder.tree.diagnostics.extend(math_place::money(&self.builder.source, text, &range));
        self.text(&format!("${text}$"), range);
    }

    fn line_break(&mut self, kind: Kind<Written>, range: Range<usize>) {
        self.builder.tree.words.end();
        self.heading_text(" ");
        self.builder.leaf(kind, range);
    }

    fn capture(&mut self, piece: &str, range: &Range<usize>) {
        if let Some(capture) = &mut self.capture {
            capture.pieces.push(piece, range);
        }
    }

    fn heading_text(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
    }

    fn task(&mut self, done: bool) {
        for open in self.builder.open.iter_mut().rev() {
            if let Kind::Item { task } = &mut open.kind {
                *task = Some(done);
                return;
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        if self.builder.skips() {
            self.builder.start(Kind::Paragraph, range);
            return;
        }
        self.capture = match &tag {
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => Some(Capture::new(Some(info.to_string()), &range, false)),
            Tag::CodeBlock(CodeBlockKind::Indented) => Some(Capture::new(None, &range, false)),
            Tag::HtmlBlock => Some(Capture::new(None, &range, true)),
            _ => None,
        };
        if let Tag::Heading { id, .. } = &tag {
            let written = id.as_ref().filter(|id| !id.is_empty());
            let written = written.map(|id| (id.to_string(), self.id_range(id, &range)));
            self.heading = Some(OpenHeading { written, text: String::new() });
        }
        let kind = self.kind(tag, &range);
        self.builder.start(kind, range);
        if self.builder.skips() {
            self.capture = None;
            self.heading = None;
        }
    }

    fn kind(&mut self, tag: Tag<'_>, range: &Range<usize>) -> Kind<Written> {
        match tag {
            // The paragraph stands in for captured blocks until their end says what they are.
            Tag::Paragraph | Tag::CodeBlock(_) | Tag::HtmlBlock => Kind::Paragraph,
            Tag::Heading { level, classes, .. } => Kind::Heading {
                level: heading_level(level),
                anchor: Box::default(),
                classes: classes.into_iter().map(CowStr::into_string).collect(),
            },
            Tag::BlockQuote(kind) => kind.map_or(Kind::Quote, |kind| Kind::Alert(alert(kind))),
            Tag::List(start) => Kind::List { start },
            Tag::Item => Kind::Item { task: None },
            Tag::FootnoteDefinition(name) => Kind::Footnote { name: name.into_string(), number: 0 },
            Tag::DefinitionList => Kind::DefinitionList,
            Tag::DefinitionListTitle => Kind::DefinitionTitle,
            Tag::DefinitionListDefinition => Kind::Definition,
            Tag::Table(aligns) => Kind::Table(aligns.into_iter().map(align).collect()),
            Tag::TableHead => Kind::TableHead,
            Tag::TableRow => Kind::TableRow,
            Tag::TableCell => Kind::TableCell,
            Tag::Emphasis => Kind::Emphasis,
            Tag::Strong => Kind::Strong,
            Tag::Strikethrough => Kind::Strikethrough,
            Tag::Link { link_type, dest_url, title, .. } => {
                let target = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}").into(),
                    _ => dest_url,
                };
                let kind = Kind::Link { target: (&*target).into(), title: (&*title).into() };
                self.safe_url(&target, range, kind)
            }
            Tag::Image { dest_url, title, .. } => {
                let kind = Kind::Image { image: (&*dest_url).into(), title: (&*title).into() };
                self.safe_url(&dest_url, range, kind)
            }
            Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => {
                unreachable!("not switched on")
            }
        }
    }

    /// The node, or plain text if its URL would run.
    fn safe_url(&mut self, url: &str, range: &Range<usize>, kind: Kind<Written>) -> Kind<Written> {
        if self.builder.raw_html == Policy::Allow || !is_unsafe(url) {
            return kind;
        }
        let message = format!("a `{}:` URL", scheme(url).unwrap_or_default());
        self.builder.report(Code::UnsafeHtml, range.clone(), message, |it| {
            it.label("not allowed in a page").hint("if you answer for it: `[html] raw = \"allow\"` in `book.toml`")
        });
        Kind::DraftLink
    }

    fn end(&mut self) {
        let Some(mut open) = self.builder.end() else {
            return;
        };
        if let Some(capture) = self.capture.take() {
            self.captured(capture);
            return;
        }
        if let (Kind::Heading { .. }, Some(heading)) = (&open.kind, self.heading.take_if(|_| is_heading(&open))) {
            self.builder.tree.headings.push(HeadingText { written: heading.written, text: heading.text });
        }
        if !is_inline(&open.kind) {
            self.builder.tree.words.end();
            self.builder.tree.diagnostics.extend(self.dollars.report(&self.builder.source));
        }
        self.builder.tree.diagnostics.extend(misplaced(&self.builder.source, &open));
        match open.kind {
            Kind::Paragraph => self.paragraph(open),
            Kind::Quote => {
                let diagnostic = fold(&self.builder.source, &mut open);
                self.builder.tree.diagnostics.extend(diagnostic);
                self.builder.push(open.into_node());
            }
            Kind::Image { .. } => {
                if plain_text(&open.children).trim().is_empty() {
                    self.builder.missing_alt(open.range.clone());
                }
                self.builder.push(open.into_node());
            }
            _ => self.builder.push(open.into_node()),
        }
    }

    fn paragraph(&mut self, open: Open) {
        match open.children.as_slice() {
            [Node { kind: Kind::Image { title, .. }, .. }] => {
                let caption = title.clone();
                self.builder.push(Node { kind: Kind::Figure { caption, number: () }, ..open.into_node() });
            }
            [Node { kind: Kind::Equation { .. }, .. }] => {
                let equation = open.children.into_iter().next();
                self.builder.tree.words.end();
                equation.into_iter().for_each(|it| self.builder.push(it));
            }
            // It held a comment, or what is not allowed.
            [] => {}
            _ => self.builder.push(open.into_node()),
        }
    }

    fn captured(&mut self, capture: Capture) {
        let Capture { pieces, info, range, is_html } = capture;
        if is_html {
            self.builder.html(&pieces, Place::Block);
            return;
        }
        let Some(decoded) = info else {
            self.builder.leaf(Kind::Code(Arc::new(plain(&pieces))), range);
            return;
        };
        let source = Arc::clone(&self.builder.source);
        let (written, offset) = written_info(&source.text, &range);
        if written.split_whitespace().next() == Some("demo") {
            let read = demo::fence(
                &source,
                &Info { written, offset, decoded: &decoded },
                &pieces,
                &range,
                self.builder.raw_html,
            );
            self.builder.tree.figure_ids.push(read.id);
            self.builder.tree.diagnostics.extend(read.diagnostics);
            self.builder.leaf(Kind::Demo(Box::new(read.fence)), range);
            return;
        }
        if written.split_whitespace().next() == Some("plot") {
            let info = Info { written, offset, decoded: &decoded };
            let read = plot::fence(&source, &info, &pieces, self.builder.raw_html);
            self.builder.tree.figure_ids.push(read.id);
            self.builder.tree.diagnostics.extend(read.diagnostics);
            self.builder.leaf(Kind::Plot(Box::new(read.fence)), range);
            return;
        }
        if written.split_whitespace().next() == Some("mermaid") {
            let info = Info { written, offset, decoded: &decoded };
            let read = diagram::fence(&source, &info, &pieces, self.builder.raw_html);
            self.builder.tree.figure_ids.push(read.id);
            self.builder.tree.diagnostics.extend(read.diagnostics);
            self.builder.leaf(Kind::Diagram(Box::new(read.fence)), range);
            return;
        }
        let (block, problems) = fenced(Info { written, offset, decoded: &decoded }, &pieces);
        for problem in problems {
            self.builder.report(problem.code, problem.range, problem.message, |it| {
                problem.hints.into_iter().fold(it, Diagnostic::hint)
            });
        }
        self.builder.leaf(Kind::Code(Arc::new(block)), range);
    }

    fn id_range(&self, id: &str, heading: &Range<usize>) -> Range<usize> {
        let text = &self.builder.source.text[heading.clone()];
        match text.rfind('{').and_then(|brace| text[brace..].find(id).map(|at| heading.start + brace + at)) {
            Some(at) => at..at + id.len(),
            None => heading.clone(),
        }
    }
}

impl Capture {
    fn new(info: Option<String>, range: &Range<usize>, is_html: bool) -> Self {
        Self { pieces: Pieces::default(), info, range: range.clone(), is_html }
    }
}

/// The plain text of inline nodes, as for a text alternative.
pub fn plain_text(nodes: &[Node<Written>]) -> String {
    let mut text = String::new();
    for node in nodes {
        match &node.kind {
            Kind::Text(it) | Kind::CodeSpan(it) => text.push_str(it),
            Kind::Math(math) | Kind::Equation { math, .. } => text.push_str(&math.text),
            Kind::SoftBreak | Kind::HardBreak => text.push(' '),
            _ => text.push_str(&plain_text(&node.children)),
        }
    }
    text
}

/// The info string as it stands in the source, and its offset there.
fn written_info<'a>(text: &'a str, fence: &Range<usize>) -> (&'a str, usize) {
    let line = text[fence.clone()].trim_start_matches(' ');
    let start = fence.end - line.len();
    let line = line.lines().next().unwrap_or_default();
    let info = line.trim_start_matches(['`', '~']).trim_start();
    (info.trim_end(), start + line.len() - info.len())
}

fn is_heading(open: &Open) -> bool {
    matches!(open.kind, Kind::Heading { .. })
}

fn is_inline(kind: &Kind<Written>) -> bool {
    matches!(kind, Kind::Emphasis | Kind::Strong | Kind::Strikethrough | Kind::Link { .. } | Kind::DraftLink)
}

fn heading_level(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn alert(kind: BlockQuoteKind) -> Alert {
    match kind {
        BlockQuoteKind::Note => Alert::Note,
        BlockQuoteKind::Tip => Alert::Tip,
        BlockQuoteKind::Important => Alert::Important,
        BlockQuoteKind::Warning => Alert::Warning,
        BlockQuoteKind::Caution => Alert::Caution,
    }
}

fn align(align: Alignment) -> Align {
    match align {
        Alignment::None => Align::None,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}
