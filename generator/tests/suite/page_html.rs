//! One page's text -> HTML, by the real parser and the real writer. Links, images and figures stay as written:
//! what they lead to is not the matter of the tests that use this.

use std::sync::Arc;

use cutaway::book::{DiagramFigure, EquationNumber, Figure, Picture, PlotFigure, Resolved, Target};
use cutaway::config::{Config, Policy};
use cutaway::diagnostic::{Diagnostic, Warned};
use cutaway::document::{DemoFence, DiagramFence, FenceValue, Kind, Node, Written};
use cutaway::parse;
use cutaway::path::{OutputPath, SourcePath};
use cutaway::render::html::Writer;
use cutaway::render::urls::Urls;
use cutaway::source::Source;

/// The title as `<h1>`, the body and the footnotes.
pub fn page_html(text: &str, raw_html: Policy) -> Warned<String> {
    let path = SourcePath::new("page.md").expect("a path in the book");
    let config = Config { raw_html, ..Config::default() };
    let Warned { value: document, diagnostics } = parse::document(&path, &Source::new("page.md", text), &config);
    let output = OutputPath::new("page.html").expect("a path in the site");
    let mut writer = Writer::new(Urls::From(&output), &figure);
    let mut html = String::new();
    if let Some(title) = &document.title {
        html = format!("<h1>{}</h1>\n", writer.html(&resolved(title)));
    }
    html += &writer.html(&resolved(&document.body));
    html += &writer.footnotes();
    Warned { value: html, diagnostics }
}

/// `broken-link: 3:1 "the words" message`, and the hints below it.
pub fn report(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(line).collect()
}

fn line(it: &Diagnostic) -> String {
    let place = it.span.as_ref().map_or(String::new(), |span| {
        let (line, column) = span.source.line_column(span.range.start);
        format!("{line}:{column} {:?} ", &span.source.text[span.range.clone()])
    });
    let hints: String = it.hints.iter().map(|hint| format!("  {hint}\n")).collect();
    format!("{}: {place}{}\n{hints}", it.code, it.message)
}

/// A figure as its title and notice; the title holds the keys of the fence.
fn figure(figure: &Figure, notice: &str) -> String {
    format!("<figure id=\"{}\">{} {}<figcaption>{notice}</figcaption></figure>", figure.id, figure.number, figure.title)
}

fn resolved(nodes: &[Node<Written>]) -> Vec<Node<Resolved>> {
    let node = |node: &Node<Written>| Node { kind: kind(&node.kind), range: (), children: resolved(&node.children) };
    nodes.iter().map(node).collect()
}

fn kind(kind: &Kind<Written>) -> Kind<Resolved> {
    match kind.clone() {
        Kind::Link { target, title } => Kind::Link { target: Box::new(Target::External(url(&target))), title },
        Kind::Image { image, title } => Kind::Image { image: Box::new(Picture::Remote(url(&image))), title },
        Kind::Demo(fence) => Kind::Demo(Arc::new(demo(&fence))),
        Kind::Plot(fence) => Kind::Plot(Arc::new(PlotFigure {
            id: fence.id.clone(),
            number: "1".into(),
            description_id: fence.description_id.clone(),
            plot: fence.plot.clone(),
            notice: resolved(&fence.notice),
        })),
        Kind::Diagram(fence) => Kind::Diagram(Arc::new(diagram(&fence))),
        Kind::Paragraph => Kind::Paragraph,
        Kind::Heading { level, anchor, classes } => Kind::Heading { level, anchor, classes },
        Kind::Quote => Kind::Quote,
        Kind::Alert(alert) => Kind::Alert(alert),
        Kind::Fold { summary } => Kind::Fold { summary },
        Kind::Code(block) => Kind::Code(block),
        Kind::List { start } => Kind::List { start },
        Kind::Item { task } => Kind::Item { task },
        Kind::Table(columns) => Kind::Table(columns),
        Kind::TableHead => Kind::TableHead,
        Kind::TableRow => Kind::TableRow,
        Kind::TableCell => Kind::TableCell,
        Kind::DefinitionList => Kind::DefinitionList,
        Kind::DefinitionTitle => Kind::DefinitionTitle,
        Kind::Definition => Kind::Definition,
        Kind::Footnote { name, number } => Kind::Footnote { name, number },
        Kind::Rule => Kind::Rule,
        Kind::HtmlBlock(html) => Kind::HtmlBlock(html),
        Kind::Figure { caption, .. } => {
            let number = (!caption.is_empty()).then(|| "1".into());
            Kind::Figure { caption, number }
        }
        Kind::Text(text) => Kind::Text(text),
        Kind::CodeSpan(code) => Kind::CodeSpan(code),
        Kind::Math(math) => Kind::Math(math),
        Kind::Equation { math, label } => {
            let label = label.map(|id| Box::new(EquationNumber { number: id.0.clone(), id }));
            Kind::Equation { math, label }
        }
        Kind::Emphasis => Kind::Emphasis,
        Kind::Strong => Kind::Strong,
        Kind::Strikethrough => Kind::Strikethrough,
        Kind::FootnoteReference { name, number, occurrence } => Kind::FootnoteReference { name, number, occurrence },
        Kind::Term { id, definition } => Kind::Term { id, definition },
        Kind::DraftLink => Kind::DraftLink,
        Kind::SoftBreak => Kind::SoftBreak,
        Kind::HardBreak => Kind::HardBreak,
        Kind::HtmlInline(html) => Kind::HtmlInline(html),
    }
}

fn demo(fence: &DemoFence) -> Figure {
    let shown = |value: &FenceValue| match value {
        FenceValue::Integer(number) => number.to_string(),
        FenceValue::Fraction(number) => number.to_string(),
        FenceValue::Text(text) => format!("{text:?}"),
        FenceValue::Other(name) => (*name).to_string(),
    };
    let keys: Vec<String> = fence.entries.iter().map(|it| format!("{}={}", it.key, shown(&it.value))).collect();
    Figure {
        id: fence.id.clone(),
        number: fence.name.0.clone(),
        title: keys.join(" "),
        notice: resolved(&fence.notice),
        live: None,
    }
}

fn diagram(fence: &DiagramFence) -> DiagramFigure {
    let [name, description] = fence.word_ids.clone();
    DiagramFigure {
        id: fence.id.clone(),
        number: "1".to_owned(),
        title: fence.title.clone(),
        name: (name, fence.name.clone()),
        description: (description, fence.description.clone()),
        notice: resolved(&fence.notice),
        text: Arc::clone(&fence.text),
        drawing: fence.drawing.clone(),
    }
}

/// As CommonMark's examples write it: what may not stand in a URL is percent-encoded, the rest is left alone.
fn url(written: &str) -> String {
    let mut url = String::new();
    for byte in written.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => url.push(byte as char),
            _ if b"-_.+!*(),%#@?=;:/,+$~'&".contains(&byte) => url.push(byte as char),
            _ => url.push_str(&format!("%{byte:02X}")),
        }
    }
    url
}
