//! The tree of a page as sections: a heading and what stands below it up to the next one; each figure is one of its own.

use cutaway_search::{Kind as SectionKind, Page as SearchedPage, Section};

use crate::book::{DiagramFigure, Figure, Page, PlotFigure, Resolved, Target};
use crate::document::{Kind, Node};
use crate::drawing::Mark;
use crate::path::Anchor;
use crate::render::urls::fragment;
use crate::resolve::text::plain;

/// The sections of a page; the first is its beginning.
pub fn page(page: &Page) -> SearchedPage {
    let mut walk = Walk { sections: Vec::new(), here: 0, headings: Vec::new(), prose: false, refers: false };
    walk.open(SectionKind::Page, None, "", &page.title_text);
    walk.sections[0].label = page.number.clone().unwrap_or_default();
    for node in &page.content.body {
        walk.block(node);
    }
    walk.close();
    SearchedPage {
        url: super::address(&page.output),
        label: page.number.clone().unwrap_or_default(),
        title: page.title_text.clone(),
        sections: walk.sections,
    }
}

struct Walk {
    sections: Vec<Section>,
    /// The section that text belongs to: figures stand between.
    here: usize,
    /// Levels and titles of the headings that are open.
    headings: Vec<(u8, String)>,
    /// There is more than lists in the section.
    prose: bool,
    /// A list in it leads to other sites.
    refers: bool,
}

impl Walk {
    fn open(&mut self, kind: SectionKind, anchor: Option<&Anchor>, label: &str, title: &str) {
        let above: Vec<&str> = self.headings.iter().map(|(_, title)| title.as_str()).collect();
        self.sections.push(Section {
            kind,
            anchor: anchor.map(|it| fragment(it)[1..].to_string()).unwrap_or_default(),
            label: label.into(),
            title: title.into(),
            above: above.join(" \u{203a} "),
            also: Vec::new(),
            text: String::new(),
        });
    }

    fn heading(&mut self, level: u8, anchor: &Anchor, nodes: &[Node<Resolved>]) {
        let title = plain(nodes);
        // A heading that is but a picture without words still has an address.
        let title = if title.trim().is_empty() { anchor.0.clone() } else { title };
        self.close();
        self.headings.retain(|(it, _)| *it < level);
        self.open(SectionKind::Section, Some(anchor), "", &title);
        self.headings.push((level, title));
        self.here = self.sections.len() - 1;
    }

    fn figure(&mut self, anchor: &Anchor, number: &str, title: &str, words: &[&str]) {
        self.open(SectionKind::Figure, Some(anchor), &format!("Fig. {number}"), title);
        if let Some(figure) = self.sections.last_mut() {
            figure.text = words.join(" ");
        }
    }

    /// Tells what the section is that ends here.
    fn close(&mut self) {
        let section = &mut self.sections[self.here];
        if section.kind == SectionKind::Section && self.refers && !self.prose {
            section.kind = SectionKind::Sources;
        }
        (self.prose, self.refers) = (false, false);
    }

    fn say(&mut self, text: &str) {
        self.sections[self.here].text.push_str(text);
    }

    /// A block that stands in no other.
    fn block(&mut self, node: &Node<Resolved>) {
        match &node.kind {
            Kind::Heading { .. } => {}
            Kind::List { .. } => self.refers |= leads_away(node),
            _ => self.prose = true,
        }
        self.node(node);
    }

    fn blocks(&mut self, nodes: &[Node<Resolved>]) {
        for node in nodes {
            self.node(node);
        }
    }

    fn node(&mut self, node: &Node<Resolved>) {
        match &node.kind {
            Kind::Heading { level, anchor, .. } => self.heading(*level, anchor, &node.children),
            Kind::Demo(figure) => self.demo(figure),
            Kind::Plot(figure) => self.plot(figure),
            Kind::Diagram(figure) => self.diagram(figure),
            Kind::Code(code) => {
                for line in &code.lines {
                    line.tokens.iter().for_each(|(_, text)| self.say(text));
                    self.say("\n");
                }
            }
            Kind::Fold { summary } => {
                self.say(summary);
                self.within(&node.children);
            }
            Kind::Figure { caption, .. } => {
                self.within(&node.children);
                self.say(caption);
                self.say("\n");
            }
            Kind::Text(text) | Kind::CodeSpan(text) => self.say(text),
            Kind::Math(math) => self.say(&math.text),
            Kind::Equation { math, .. } => {
                self.say(&math.text);
                self.say("\n");
            }
            Kind::SoftBreak | Kind::HardBreak => self.say("\n"),
            // Cells are no sentence.
            Kind::TableCell => {
                self.blocks(&node.children);
                self.say(" \u{b7} ");
            }
            // A footnote that nothing refers to is not on the page; marks are no words.
            Kind::Footnote { number: 0, .. }
            | Kind::FootnoteReference { .. }
            | Kind::HtmlBlock(_)
            | Kind::HtmlInline(_)
            | Kind::Rule => {}
            Kind::Emphasis
            | Kind::Strong
            | Kind::Strikethrough
            | Kind::Link { .. }
            | Kind::Image { .. }
            | Kind::Term { .. }
            | Kind::DraftLink => self.blocks(&node.children),
            Kind::Paragraph
            | Kind::Quote
            | Kind::Alert(_)
            | Kind::List { .. }
            | Kind::Item { .. }
            | Kind::Table(_)
            | Kind::TableHead
            | Kind::TableRow
            | Kind::DefinitionList
            | Kind::DefinitionTitle
            | Kind::Definition
            | Kind::Footnote { .. } => self.within(&node.children),
        }
    }

    /// The words of a block, apart from those before and after it.
    fn within(&mut self, nodes: &[Node<Resolved>]) {
        self.say("\n");
        self.blocks(nodes);
        self.say("\n");
    }

    fn demo(&mut self, figure: &Figure) {
        let preset = figure.live.as_ref().and_then(|live| {
            let presets = &live.demo.manifest.presets;
            presets.iter().find(|it| it.name == live.frame.preset)
        });
        let notice = plain(&figure.notice);
        let question = preset.map_or("", |it| it.question.as_str());
        let words = figure.live.as_ref().map_or("", |it| it.frame.words.as_str());
        self.figure(&figure.id, &figure.number, &figure.title, &[&notice, question, words]);
    }

    fn plot(&mut self, figure: &PlotFigure) {
        let Some(plot) = &figure.plot else { return };
        let notice = plain(&figure.notice);
        let mut words = vec![notice.as_str(), plot.y.label.as_str(), plot.x.label.as_str()];
        words.extend(plot.series.iter().map(|it| it.label.as_str()));
        self.figure(&figure.id, &figure.number, &plot.title, &words);
    }

    fn diagram(&mut self, figure: &DiagramFigure) {
        let title = if figure.title.is_empty() { &figure.name.1 } else { &figure.title };
        let notice = plain(&figure.notice);
        let mut words = vec![notice.as_str(), figure.description.1.as_str()];
        if let Some(drawing) = &figure.drawing {
            labels(&drawing.marks, &mut words);
        }
        self.figure(&figure.id, &figure.number, title, &words);
    }
}

/// Whether there is a link to another site in it.
fn leads_away(node: &Node<Resolved>) -> bool {
    let away = |target: &Target| matches!(target, Target::External(url) if url.starts_with("http"));
    matches!(&node.kind, Kind::Link { target, .. } if away(target)) || node.children.iter().any(leads_away)
}

/// What is written in a picture.
fn labels<'a>(marks: &'a [Mark], words: &mut Vec<&'a str>) {
    for mark in marks {
        match mark {
            Mark::Group { marks, .. } => labels(marks, words),
            Mark::Text { lines, .. } => words.extend(lines.iter().map(String::as_str)),
            Mark::Rect { .. } | Mark::Ellipse { .. } | Mark::Path { .. } => {}
        }
    }
}
