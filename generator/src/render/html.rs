//! The tree of a page as HTML, with the classes that `templates/css/` styles.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::book::{Figure, Picture, Resolved, Target};
use crate::document::{Alert, Align, Kind, Node};
use crate::path::OutputPath;
use crate::render::code;
use crate::render::diagram;
use crate::render::escape::{escape, push};
use crate::render::math;
use crate::render::plot;
use crate::render::urls::{Urls, fragment};
use crate::resolve::outputs::GLOSSARY;
use crate::resolve::text;

/// Writes the parts of one page. Footnotes are gathered, and written by [`Writer::footnotes`] at the end.
pub struct Writer<'a> {
    urls: Urls<'a>,
    figure: &'a dyn Fn(&Figure, &str) -> String,
    /// By number: name, and HTML of the body.
    footnotes: BTreeMap<usize, (String, String)>,
    /// References so far, by name of the footnote.
    references: BTreeMap<String, usize>,
    /// How often a table of this name has been seen.
    tables: BTreeMap<String, usize>,
    /// Whether headings lead to themselves, as they do on a page.
    on_page: bool,
}

impl<'a> Writer<'a> {
    /// A writer for a page; `figure` draws a demo, given the HTML of its notice.
    pub fn new(urls: Urls<'a>, figure: &'a dyn Fn(&Figure, &str) -> String) -> Self {
        Self {
            urls,
            figure,
            footnotes: BTreeMap::new(),
            references: BTreeMap::new(),
            tables: BTreeMap::new(),
            on_page: false,
        }
    }

    /// A writer whose headings lead to themselves.
    pub fn on_page(self) -> Self {
        Self { on_page: true, ..self }
    }

    /// The HTML of nodes.
    pub fn html(&mut self, nodes: &[Node<Resolved>]) -> String {
        let mut out = String::new();
        self.nodes(&mut out, nodes);
        out
    }

    fn nodes(&mut self, out: &mut String, nodes: &[Node<Resolved>]) {
        for node in nodes {
            self.node(out, node);
        }
    }

    fn node(&mut self, out: &mut String, node: &Node<Resolved>) {
        let children = &node.children;
        match &node.kind {
            Kind::Paragraph => self.element(out, "<p>", children, "</p>\n"),
            Kind::Heading { level, anchor, classes } => {
                let _ = write!(out, "<h{level} id=\"{}\"", escape(&anchor.0));
                if !classes.is_empty() {
                    let _ = write!(out, " class=\"{}\"", escape(&classes.join(" ")));
                }
                // A heading leads to itself, so that its address can be copied; unless it leads elsewhere already.
                if self.on_page && !has_link(children) {
                    let open = format!("><a class=\"self\" href=\"{}\">", escape(&fragment(anchor)));
                    self.element(out, &open, children, &format!("</a></h{level}>\n"));
                } else {
                    self.element(out, ">", children, &format!("</h{level}>\n"));
                }
            }
            Kind::Quote => self.element(out, "<blockquote>\n", children, "</blockquote>\n"),
            Kind::Alert(alert) => {
                let (class, title) = alert_words(*alert);
                let _ = writeln!(
                    out,
                    "<div class=\"alert alert-{class}\" role=\"note\"><p class=\"alert-title\">{title}</p>"
                );
                self.element(out, "", children, "</div>\n");
            }
            Kind::Fold { summary } => {
                let _ = writeln!(out, "<details class=\"fold\"><summary>{}</summary>", escape(summary));
                self.element(out, "", children, "</details>\n");
            }
            Kind::Code(block) => code::write(out, block),
            Kind::List { start: None } => self.element(out, "<ul>\n", children, "</ul>\n"),
            Kind::List { start: Some(1) } => self.element(out, "<ol>\n", children, "</ol>\n"),
            Kind::List { start: Some(start) } => {
                self.element(out, &format!("<ol start=\"{start}\">\n"), children, "</ol>\n");
            }
            Kind::Item { task: None } => self.element(out, "<li>", children, "</li>\n"),
            Kind::Item { task: Some(done) } => {
                let (checked, label) = if *done { (" checked", "done") } else { ("", "to do") };
                let open =
                    format!("<li class=\"task\"><input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> ");
                self.element(out, &open, children, "</li>\n");
            }
            Kind::Table(columns) => self.table(out, columns, children),
            Kind::TableHead | Kind::TableRow | Kind::TableCell => self.nodes(out, children),
            Kind::DefinitionList => self.element(out, "<dl>\n", children, "</dl>\n"),
            Kind::DefinitionTitle => self.element(out, "<dt>", children, "</dt>\n"),
            Kind::Definition => self.element(out, "<dd>", children, "</dd>\n"),
            Kind::Footnote { name, number } => {
                let body = self.html(children);
                if *number > 0 {
                    self.footnotes.insert(*number, (name.clone(), body));
                }
            }
            Kind::Rule => out.push_str("<hr>\n"),
            Kind::HtmlBlock(html) | Kind::HtmlInline(html) => out.push_str(html),
            Kind::Demo(figure) => {
                let notice = self.html(&figure.notice);
                out.push_str(&(self.figure)(figure, &notice));
                out.push('\n');
            }
            Kind::Plot(figure) => {
                let notice = self.html(&figure.notice);
                plot::write(out, figure, &notice);
            }
            Kind::Diagram(figure) => {
                let notice = self.html(&figure.notice);
                diagram::write(out, figure, &notice);
            }
            Kind::Figure { caption, number } => {
                out.push_str("<figure class=\"image\">");
                for child in children {
                    match &child.kind {
                        // The caption says what the title would.
                        // A link needs a name, which the alternative gives.
                        Kind::Image { image, .. } => match &**image {
                            Picture::Local { file, .. } if !child.children.is_empty() => {
                                self.zoom(out, file, image, &child.children);
                            }
                            _ => self.image(out, image, "", &child.children),
                        },
                        _ => self.node(out, child),
                    }
                }
                if let Some(number) = number {
                    let _ = write!(
                        out,
                        "<figcaption><span class=\"image-number\">Fig. {}</span> {}</figcaption>",
                        escape(number),
                        escape(caption)
                    );
                }
                out.push_str("</figure>\n");
            }
            Kind::Equation { math, label } => math::equation(out, math, label.as_deref()),
            Kind::Math(math) => math::inline(out, math),
            Kind::Text(text) => push(out, text),
            Kind::CodeSpan(code) => {
                out.push_str("<code>");
                push(out, code);
                out.push_str("</code>");
            }
            Kind::Emphasis => self.element(out, "<em>", children, "</em>"),
            Kind::Strong => self.element(out, "<strong>", children, "</strong>"),
            Kind::Strikethrough => self.element(out, "<del>", children, "</del>"),
            Kind::Link { target, title } => {
                let _ = write!(out, "<a href=\"{}\"", escape(&self.urls.target(target)));
                if !title.is_empty() {
                    let _ = write!(out, " title=\"{}\"", escape(title));
                }
                if matches!(&**target, Target::External(url) if url.starts_with("http")) {
                    out.push_str(" rel=\"noopener\"");
                }
                self.element(out, ">", children, "</a>");
            }
            Kind::Image { image, title } => self.image(out, image, title, children),
            Kind::FootnoteReference { name, number, occurrence } => self.reference(out, name, *number, *occurrence),
            Kind::Term { id, definition } => {
                let glossary = OutputPath::new(GLOSSARY).map(|file| self.urls.to(&file)).unwrap_or_default();
                let id = fragment(&crate::path::Anchor(id.to_string()));
                let title = escape(definition);
                self.element(
                    out,
                    &format!("<a class=\"term\" href=\"{glossary}{id}\" title=\"{title}\">"),
                    children,
                    "</a>",
                );
            }
            Kind::DraftLink => self.element(out, "<span class=\"draft-link\">", children, "</span>"),
            Kind::SoftBreak => out.push('\n'),
            Kind::HardBreak => out.push_str("<br>\n"),
        }
    }

    fn element(&mut self, out: &mut String, open: &str, children: &[Node<Resolved>], close: &str) {
        out.push_str(open);
        self.nodes(out, children);
        out.push_str(close);
    }

    fn image(&mut self, out: &mut String, image: &Picture, title: &str, alt: &[Node<Resolved>]) {
        let (src, size) = match image {
            Picture::Local { file, size } => (self.urls.to(file), *size),
            Picture::Remote(url) => (url.clone(), None),
        };
        let _ = write!(out, "<img src=\"{}\" alt=\"{}\"", escape(&src), escape(&text::plain(alt)));
        if !title.is_empty() {
            let _ = write!(out, " title=\"{}\"", escape(title));
        }
        if let Some((width, height)) = size {
            let _ = write!(out, " width=\"{width}\" height=\"{height}\"");
        }
        out.push_str(" loading=\"lazy\" decoding=\"async\">");
    }

    /// A picture that leads to itself alone, where a browser shows it at any size.
    fn zoom(&mut self, out: &mut String, file: &OutputPath, image: &Picture, alt: &[Node<Resolved>]) {
        let _ = write!(out, "<a class=\"zoom\" href=\"{}\">", escape(&self.urls.to(file)));
        self.image(out, image, "", alt);
        out.push_str("</a>");
    }

    fn table(&mut self, out: &mut String, columns: &[Align], rows: &[Node<Resolved>]) {
        let head = rows.iter().find(|row| matches!(row.kind, Kind::TableHead));
        let names: Vec<String> =
            head.map(|head| &head.children).into_iter().flatten().map(|cell| text::plain(&cell.children)).collect();
        let mut label =
            format!("Table: {}", names.iter().filter(|name| !name.is_empty()).cloned().collect::<Vec<_>>().join(", "));
        let n_seen = self.tables.entry(label.clone()).or_default();
        *n_seen += 1;
        // Regions of a page need names of their own.
        if *n_seen > 1 {
            let _ = write!(label, " ({n_seen})");
        }
        let _ = writeln!(out, "<section class=\"table\" tabindex=\"0\" aria-label=\"{}\"><table>", escape(&label));
        let n_head = usize::from(head.is_some());
        if let Some(head) = head {
            out.push_str("<thead>\n");
            self.row(out, columns, &head.children, true);
            out.push_str("</thead>\n");
        }
        if rows.len() > n_head {
            out.push_str("<tbody>\n");
            for row in rows.iter().filter(|row| matches!(row.kind, Kind::TableRow)) {
                self.row(out, columns, &row.children, false);
            }
            out.push_str("</tbody>\n");
        }
        out.push_str("</table></section>\n");
    }

    fn row(&mut self, out: &mut String, columns: &[Align], cells: &[Node<Resolved>], head: bool) {
        out.push_str("<tr>");
        for (idx, cell) in cells.iter().enumerate() {
            // An empty header names nothing.
            let header = head && !cell.children.is_empty();
            let class = match columns.get(idx) {
                Some(Align::Right) => " class=\"num\"",
                Some(Align::Center) => " class=\"mid\"",
                _ => "",
            };
            let open = if header { format!("<th scope=\"col\"{class}>") } else { format!("<td{class}>") };
            self.element(out, &open, &cell.children, if header { "</th>" } else { "</td>" });
        }
        out.push_str("</tr>\n");
    }

    fn reference(&mut self, out: &mut String, name: &str, number: usize, occurrence: usize) {
        let n_references = self.references.entry(name.to_string()).or_default();
        *n_references = (*n_references).max(occurrence);
        let id = reference_id(name, occurrence);
        let _ = write!(
            out,
            "<sup class=\"fn\"><a href=\"#{}\" id=\"{}\" role=\"doc-noteref\">{number}</a></sup>",
            crate::path::encode(&format!("fn-{name}")),
            escape(&id),
        );
    }

    /// The section of footnotes, in order of their numbers; empty if the page has none.
    pub fn footnotes(&mut self) -> String {
        let mut out = String::new();
        if self.footnotes.is_empty() {
            return out;
        }
        out.push_str("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n");
        for (name, body) in self.footnotes.values() {
            let _ = write!(out, "<li id=\"{}\">", escape(&format!("fn-{name}")));
            let back = self.back_links(name);
            match body.trim_end().strip_suffix("</p>") {
                Some(open) => {
                    let _ = write!(out, "{open}{back}</p>\n</li>\n");
                }
                None => {
                    let _ = writeln!(out, "{body}{back}</li>");
                }
            }
        }
        out.push_str("</ol>\n</section>\n");
        out
    }

    fn back_links(&self, name: &str) -> String {
        let mut out = String::new();
        let n_references = self.references.get(name).copied().unwrap_or_default();
        for occurrence in 1..=n_references {
            let id = crate::path::encode(&reference_id(name, occurrence));
            let (nth, shown) = match occurrence {
                1 => (String::new(), String::new()),
                _ => (format!(", place {occurrence}"), format!("<sup>{occurrence}</sup>")),
            };
            let _ = write!(
                out,
                " <a href=\"#{id}\" role=\"doc-backlink\" aria-label=\"Back to the text{nth}\">\u{21a9}{shown}</a>"
            );
        }
        out
    }
}

/// Whether there is a link or a note's mark in it: links do not nest.
fn has_link(nodes: &[Node<Resolved>]) -> bool {
    nodes.iter().any(|node| {
        matches!(
            node.kind,
            Kind::Link { .. } | Kind::FootnoteReference { .. } | Kind::Term { .. } | Kind::HtmlInline(_)
        ) || has_link(&node.children)
    })
}

fn reference_id(name: &str, occurrence: usize) -> String {
    if occurrence == 1 { format!("fnref-{name}") } else { format!("fnref-{name}-{occurrence}") }
}

/// Inline nodes as HTML without links, ids and footnotes: for a place inside a link.
pub fn flat(nodes: &[Node<Resolved>]) -> String {
    let mut out = String::new();
    add_flat(&mut out, nodes);
    out
}

fn add_flat(out: &mut String, nodes: &[Node<Resolved>]) {
    for node in nodes {
        let tag = match &node.kind {
            Kind::Text(text) => {
                push(out, text);
                continue;
            }
            Kind::CodeSpan(code) => {
                let _ = write!(out, "<code>{}</code>", escape(code));
                continue;
            }
            Kind::Math(math) | Kind::Equation { math, .. } => {
                math::flat(out, math);
                continue;
            }
            Kind::SoftBreak | Kind::HardBreak => {
                out.push(' ');
                continue;
            }
            Kind::FootnoteReference { .. } | Kind::HtmlInline(_) | Kind::HtmlBlock(_) => continue,
            Kind::Emphasis => "em",
            Kind::Strong => "strong",
            Kind::Strikethrough => "del",
            _ => {
                add_flat(out, &node.children);
                continue;
            }
        };
        let _ = write!(out, "<{tag}>");
        add_flat(out, &node.children);
        let _ = write!(out, "</{tag}>");
    }
}

fn alert_words(alert: Alert) -> (&'static str, &'static str) {
    match alert {
        Alert::Note => ("note", "Note"),
        Alert::Tip => ("tip", "Tip"),
        Alert::Important => ("important", "Important"),
        Alert::Warning => ("warning", "Careful"),
        Alert::Caution => ("caution", "Danger"),
    }
}
