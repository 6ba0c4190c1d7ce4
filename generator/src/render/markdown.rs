//! The tree of a page as Markdown again, for machines and for whoever wants to quote it: links resolved, demos as text.
//!
//! What comes out is CommonMark with GitHub's tables, footnotes, task lists and alerts, and reads back as the same text.

use std::fmt::Write as _;

use crate::book::{DiagramFigure, Figure, Page, Picture, PlotFigure, Resolved, Target};
use crate::demos::frame::{Frame, Meter, Table};
use crate::document::{Alert, Align, CodeBlock, Kind, Node};
use crate::path::OutputPath;
use crate::render::plot;
use crate::render::urls::{Urls, fragment};
use crate::resolve::text;

/// Where a page's Markdown stands: beside the page, with the ending `.md`.
pub fn place(page: &OutputPath) -> OutputPath {
    let stem = page.as_str().strip_suffix(".html").unwrap_or(page.as_str());
    OutputPath::new(&format!("{stem}.md")).unwrap_or_else(|_| unreachable!("another ending leads nowhere else"))
}

/// A page: title and body.
pub fn page(page: &Page) -> String {
    let mut writer = Writer { urls: Urls::From(&page.output), out: String::new() };
    let number = page.number.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
    let title = writer.inline(&page.content.title);
    let title = if title.is_empty() { escape(&page.title_text) } else { title };
    writer.block(&format!("# {number}{title}"));
    writer.blocks(&page.content.body);
    writer.out
}

struct Writer<'a> {
    urls: Urls<'a>,
    out: String,
}

impl Writer<'_> {
    /// Adds a block of lines, and an empty line before it unless it is the first.
    fn block(&mut self, text: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    fn blocks(&mut self, nodes: &[Node<Resolved>]) {
        for node in nodes {
            self.node(node);
        }
    }

    fn node(&mut self, node: &Node<Resolved>) {
        let children = &node.children;
        match &node.kind {
            Kind::Heading { level, .. } => {
                let title = self.inline(children).replace('\n', " ");
                self.block(&format!("{} {title}", "#".repeat(usize::from(*level))));
            }
            Kind::Quote => self.within("", "> ", children),
            Kind::Alert(alert) => self.within(&format!("> [!{}]", alert_name(*alert)), "> ", children),
            Kind::Fold { summary } => self.within(&format!("> **{}**\n>", escape(summary)), "> ", children),
            Kind::Code(code) => self.block(&fenced(code)),
            Kind::List { start } => self.list(*start, children),
            Kind::Table(columns) => self.table(columns, children),
            Kind::DefinitionTitle => {
                let title = self.inline(children);
                self.block(&title);
            }
            Kind::DefinitionList | Kind::Item { .. } | Kind::TableHead | Kind::TableRow | Kind::TableCell => {
                self.blocks(children);
            }
            Kind::Definition => {
                let inside = self.nested(children);
                self.block(&format!(": {}", inside.trim_end().replace('\n', "\n  ")));
            }
            Kind::Footnote { name, number } if *number > 0 => {
                let inside = self.nested(children);
                self.block(&format!("[^{name}]: {}", inside.trim_end().replace('\n', "\n    ")));
            }
            Kind::Footnote { .. } => {}
            Kind::Rule => self.block("***"),
            Kind::HtmlBlock(html) => self.block(html),
            Kind::Demo(figure) => self.figure(figure),
            Kind::Plot(figure) => self.plot(figure),
            Kind::Diagram(figure) => self.diagram(figure),
            Kind::Equation { math, label } => {
                let tag = label.as_ref().map(|it| format!(" \\tag{{{}}}", it.number)).unwrap_or_default();
                self.block(&format!("$$\n{}{tag}\n$$", math.tex.trim()));
            }
            Kind::Figure { caption, number } => {
                let image = self.inline(children);
                self.block(&image);
                if let Some(number) = number {
                    self.block(&format!("*Fig. {number} {}*", escape(caption)));
                }
            }
            Kind::Paragraph => {
                let text = self.inline(children);
                self.block(&text);
            }
            kind => {
                debug_assert!(kind.is_inline(), "{kind:?} is written as text");
                let text = self.inline(std::slice::from_ref(node));
                self.block(&text);
            }
        }
    }

    /// Blocks behind a prefix, below a first line of their own.
    fn within(&mut self, first: &str, prefix: &str, children: &[Node<Resolved>]) {
        let inside = self.nested(children);
        let lines: Vec<String> = inside.lines().map(|line| format!("{prefix}{line}")).collect();
        let first = if first.is_empty() { String::new() } else { format!("{first}\n") };
        self.block(&(first + &lines.join("\n")));
    }

    /// What is inside another block, without any prefix. A block alone in its parent may be inline.
    fn nested(&self, children: &[Node<Resolved>]) -> String {
        let mut inner = Writer { urls: self.urls, out: String::new() };
        let mut run: Vec<Node<Resolved>> = Vec::new();
        for child in children {
            if child.kind.is_inline() {
                run.push(child.clone());
                continue;
            }
            inner.run(&mut run);
            inner.node(child);
        }
        inner.run(&mut run);
        inner.out
    }

    /// Inline nodes that stand between blocks, as in the items of a tight list.
    fn run(&mut self, run: &mut Vec<Node<Resolved>>) {
        if !run.is_empty() {
            let text = self.inline(run);
            self.block(&text);
            run.clear();
        }
    }

    fn list(&mut self, start: Option<u64>, items: &[Node<Resolved>]) {
        let mut lines = String::new();
        for (idx, item) in items.iter().enumerate() {
            let marker = match start {
                Some(start) => format!("{}. ", start + idx as u64),
                None => "- ".to_string(),
            };
            let task = match item.kind {
                Kind::Item { task: Some(true) } => "[x] ",
                Kind::Item { task: Some(false) } => "[ ] ",
                _ => "",
            };
            let inside = self.nested(&item.children);
            for (nth, line) in inside.lines().enumerate() {
                let before = if nth == 0 { format!("{marker}{task}") } else { " ".repeat(marker.len()) };
                let _ = writeln!(lines, "{}", format!("{before}{line}").trim_end());
            }
            if inside.is_empty() {
                let _ = writeln!(lines, "{}", marker.trim_end());
            }
        }
        self.block(lines.trim_end());
    }

    fn table(&mut self, columns: &[Align], rows: &[Node<Resolved>]) {
        let mut lines = String::new();
        for row in rows {
            let cells: Vec<String> = row.children.iter().map(|cell| self.cell(&cell.children)).collect();
            let _ = writeln!(lines, "| {} |", cells.join(" | "));
            if matches!(row.kind, Kind::TableHead) {
                let rule: Vec<&str> = columns.iter().map(align).collect();
                let _ = writeln!(lines, "|{}|", rule.join("|"));
            }
        }
        self.block(lines.trim_end());
    }

    fn cell(&self, nodes: &[Node<Resolved>]) -> String {
        self.inline(nodes).replace('\n', " ").replace('|', "\\|")
    }

    fn figure(&mut self, figure: &Figure) {
        self.caption(&figure.number, &figure.title, &figure.notice);
        let Some(live) = &figure.live else { return };
        let manifest = &live.demo.manifest;
        let preset = manifest.presets.iter().find(|it| it.name == live.frame.preset);
        if let Some(preset) = preset {
            self.block(&escape(&preset.question));
            let choices: Vec<String> = preset.choices.iter().map(|it| format!("- {}", escape(it))).collect();
            self.block(&choices.join("\n"));
        }
        self.block(&format!("At the start: {}", escape(&live.frame.words)));
        self.frame(&live.frame);
        if let Some(answer) = preset.and_then(|it| Some((it.choices.get(it.answer)?, it))) {
            self.block(&format!("What happens: {}. {}", escape(answer.0), escape(&answer.1.explanation)));
        }
        self.block(&format!("In the end: {}", escape(&live.outcome.narration)));
        self.frame(&live.outcome);
    }

    fn plot(&mut self, figure: &PlotFigure) {
        let Some(plot) = &figure.plot else { return };
        self.caption(&figure.number, &plot.title, &figure.notice);
        let names = plot.series.iter().map(|series| series.label.clone());
        let head: Vec<String> = std::iter::once(plot.x.title()).chain(names).collect();
        self.block(&state(&Table { caption: plot.y.title(), head, rows: plot::numbers(plot) }));
    }

    /// A diagram is its own text, which machines read better than its picture.
    fn diagram(&mut self, figure: &DiagramFigure) {
        let title = if figure.title.is_empty() { &figure.name.1 } else { &figure.title };
        self.caption(&figure.number, title, &figure.notice);
        if !figure.description.1.is_empty() {
            self.block(&escape(&figure.description.1));
        }
        // Longer than any run of backticks in the text.
        let fence = "`".repeat(longest_run(&figure.text).max(2) + 1);
        self.block(&format!("{fence}mermaid\n{}\n{fence}", figure.text.trim_end()));
    }

    /// A figure's number, title and notice.
    fn caption(&mut self, number: &str, title: &str, notice: &[Node<Resolved>]) {
        self.block(&format!("**Fig. {number}: {}**", escape(title)));
        let notice = self.inline(notice);
        if !notice.is_empty() {
            self.block(&format!("> {}", notice.replace('\n', "\n> ")));
        }
    }

    fn frame(&mut self, frame: &Frame) {
        if !frame.meters.is_empty() {
            self.block(&meters(&frame.meters));
        }
        if !frame.table.rows.is_empty() {
            self.block(&state(&frame.table));
        }
    }

    fn inline(&self, nodes: &[Node<Resolved>]) -> String {
        let mut out = String::new();
        for node in nodes {
            self.add(&mut out, node);
        }
        guard_starts(&out)
    }

    fn add(&self, out: &mut String, node: &Node<Resolved>) {
        let around = |out: &mut String, mark: &str| {
            out.push_str(mark);
            node.children.iter().for_each(|child| self.add(out, child));
            out.push_str(mark);
        };
        match &node.kind {
            Kind::Text(text) => out.push_str(&escape(text)),
            Kind::CodeSpan(code) => out.push_str(&code_span(code)),
            Kind::Math(math) => {
                let _ = write!(out, "${}$", math.tex);
            }
            Kind::Emphasis => around(out, "*"),
            Kind::Strong => around(out, "**"),
            Kind::Strikethrough => around(out, "~~"),
            Kind::Link { target, .. } => {
                out.push('[');
                node.children.iter().for_each(|child| self.add(out, child));
                let _ = write!(out, "]({})", self.href(target));
            }
            Kind::Image { image, .. } => {
                let url = match &**image {
                    Picture::Local { file, .. } => self.urls.to(file),
                    Picture::Remote(url) => url.clone(),
                };
                let _ = write!(out, "![{}]({url})", escape(&text::plain(&node.children)));
            }
            Kind::FootnoteReference { name, .. } => {
                let _ = write!(out, "[^{name}]");
            }
            Kind::SoftBreak => out.push('\n'),
            Kind::HardBreak => out.push_str("\\\n"),
            Kind::HtmlInline(html) => out.push_str(html),
            _ => node.children.iter().for_each(|child| self.add(out, child)),
        }
    }

    /// A page's link leads to its Markdown.
    fn href(&self, target: &Target) -> String {
        match target {
            Target::File { file, query, anchor } => {
                let file = if file.as_str().ends_with(".html") { place(file) } else { file.clone() };
                self.urls.to(&file) + query + &anchor.as_ref().map(fragment).unwrap_or_default()
            }
            Target::Here(anchor) => fragment(anchor),
            Target::External(url) => url.clone(),
        }
    }
}

fn meters(meters: &[Meter]) -> String {
    let mut out = String::from("| name | formula | measured | theory | difference |\n|---|---|--:|--:|--:|");
    for it in meters {
        let cells = [&it.name, &it.formula, &it.measured, &it.theory, &it.difference].map(|cell| plain_cell(cell));
        let _ = write!(out, "\n| {} |", cells.join(" | "));
    }
    out
}

fn state(table: &Table) -> String {
    let row = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| plain_cell(cell)).collect();
        format!("| {} |", cells.join(" | "))
    };
    let mut out = format!("{}:\n\n{}\n|{}", escape(&table.caption), row(&table.head), "---|".repeat(table.head.len()));
    for cells in &table.rows {
        let _ = write!(out, "\n{}", row(cells));
    }
    out
}

fn plain_cell(text: &str) -> String {
    escape(text).replace('|', "\\|")
}

fn align(column: &Align) -> &'static str {
    match column {
        Align::None => "---",
        Align::Left => ":--",
        Align::Center => ":-:",
        Align::Right => "--:",
    }
}

fn alert_name(alert: Alert) -> &'static str {
    match alert {
        Alert::Note => "NOTE",
        Alert::Tip => "TIP",
        Alert::Important => "IMPORTANT",
        Alert::Warning => "WARNING",
        Alert::Caution => "CAUTION",
    }
}

/// A code block behind as many backticks as it needs, hidden lines too.
fn fenced(code: &CodeBlock) -> String {
    let lines: Vec<String> =
        code.lines.iter().map(|line| line.tokens.iter().map(|(_, text)| text.as_str()).collect()).collect();
    let body = lines.join("\n");
    let fence = "`".repeat(longest_run(&body).max(2) + 1);
    let title = code.title.as_ref().map(|title| format!(" title=\"{title}\"")).unwrap_or_default();
    let body = if body.is_empty() { body } else { format!("{body}\n") };
    format!("{fence}{}{title}\n{body}{fence}", code.language)
}

fn code_span(code: &str) -> String {
    let fence = "`".repeat(longest_run(code) + 1);
    let needs_space = code.starts_with('`') || code.ends_with('`') || (code.starts_with(' ') && code.ends_with(' '));
    let space = if needs_space { " " } else { "" };
    format!("{fence}{space}{code}{space}{fence}")
}

/// The longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// Text whose signs mean themselves.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '~' | '$') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Escapes what would begin a block at the start of a line: `#`, `>`, `-`, `+`, `=`, `:`, `1.` and `1)`.
fn guard_starts(text: &str) -> String {
    let guarded: Vec<String> = text.split('\n').map(guard_start).collect();
    guarded.join("\n")
}

fn guard_start(line: &str) -> String {
    if line.starts_with(['#', '>', '-', '+', '=', ':', '|']) {
        return format!("\\{line}");
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && line[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    line.to_string()
}

#[cfg(test)]
mod tests {
    use super::{code_span, escape, guard_starts};

    #[test]
    fn signs_of_markdown_mean_themselves() {
        assert_eq!(escape("a*b_c [d] `e` <f> &g"), "a\\*b\\_c \\[d\\] \\`e\\` \\<f> \\&g");
        assert_eq!(guard_starts("1. not a list\n# nor a heading"), "1\\. not a list\n\\# nor a heading");
        assert_eq!(code_span("a`b"), "``a`b``");
        assert_eq!(code_span("`"), "`` ` ``");
    }
}
