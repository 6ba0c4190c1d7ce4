//! What of a page is read as English: running text, titles, captions, labels of figures; no code, formulas and addresses.

use std::ops::Range;

use cutaway::document::{Document, FenceValue, Kind, Node, Written};
use cutaway::drawing::Mark;

/// Stands in a text for what is no English: a word that touches it is none either.
pub const HOLE: char = '\u{1}';

/// A run of text.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// The text.
    pub text: String,
    /// Where its pieces begin in it, and their ranges in the page.
    pieces: Vec<(usize, Range<usize>)>,
    /// It stands in a list of sources, which names people.
    pub names_people: bool,
}

impl Run {
    /// A text that stands in the page as one piece.
    pub fn new(text: &str, range: &Range<usize>) -> Self {
        let mut run = Run::default();
        run.push(text, range);
        run
    }

    fn push(&mut self, text: &str, range: &Range<usize>) {
        self.pieces.push((self.text.len(), range.clone()));
        self.text.push_str(text);
    }

    /// The range in the page of the piece that has this place of the text.
    pub fn range(&self, at: usize) -> Range<usize> {
        let idx = self.pieces.partition_point(|(start, _)| *start <= at);
        idx.checked_sub(1).map_or(0..0, |idx| self.pieces[idx].1.clone())
    }
}

/// All runs of a page.
pub fn prose(document: &Document) -> Vec<Run> {
    let front = [&document.front.title, &document.front.description];
    let place = |text: &str| {
        let at = document.source.text.find(text).unwrap_or(0);
        at..at + text.len().min(document.source.text.len() - at)
    };
    let mut reader = Reader::default();
    reader.runs.extend(front.into_iter().flatten().map(|text| Run::new(text, &place(text))));
    reader.blocks(document.title.as_deref().unwrap_or_default());
    let is_section = |node: &Node<Written>| matches!(node.kind, Kind::Heading { level: 2, .. });
    let last = document.body.iter().rposition(is_section).unwrap_or(document.body.len());
    reader.blocks(&document.body[..last]);
    reader.last_section = true;
    reader.blocks(&document.body[last..]);
    reader.runs
}

#[derive(Default)]
struct Reader {
    runs: Vec<Run>,
    /// The last section of a page has its sources.
    last_section: bool,
}

impl Reader {
    /// Blocks, and inline nodes that stand directly in a block.
    fn blocks(&mut self, nodes: &[Node<Written>]) {
        let mut run = Run::default();
        for node in nodes {
            if self.inline(node, &mut run) {
                continue;
            }
            self.end(&mut run);
            self.figure(node);
            let people = self.last_section && matches!(node.kind, Kind::Item { .. });
            let before = self.runs.len();
            self.blocks(&node.children);
            self.runs[before..].iter_mut().for_each(|run| run.names_people |= people);
        }
        self.end(&mut run);
    }

    fn end(&mut self, run: &mut Run) {
        if !run.text.trim().is_empty() {
            self.runs.push(std::mem::take(run));
        }
        *run = Run::default();
    }

    /// Adds an inline node; false for a block.
    fn inline(&mut self, node: &Node<Written>, run: &mut Run) -> bool {
        match &node.kind {
            Kind::Text(text) => run.push(text, &node.range),
            Kind::CodeSpan(_) | Kind::Math(_) => run.push(&HOLE.to_string(), &node.range),
            Kind::SoftBreak | Kind::HardBreak | Kind::FootnoteReference { .. } | Kind::HtmlInline(_) => {
                run.push(" ", &node.range);
            }
            Kind::Emphasis | Kind::Strong | Kind::Strikethrough | Kind::Link { .. } | Kind::Image { .. } => {
                for child in &node.children {
                    self.inline(child, run);
                }
            }
            _ => return false,
        }
        true
    }

    /// The texts that a block has besides its children.
    fn figure(&mut self, node: &Node<Written>) {
        let mut texts: Vec<String> = Vec::new();
        let mut place = node.range.clone();
        match &node.kind {
            Kind::Figure { caption, .. } => texts.push(caption.to_string()),
            Kind::Fold { summary } => texts.push(summary.clone()),
            Kind::Demo(fence) => {
                if let Some(entry) = fence.entries.iter().find(|entry| entry.key == "title")
                    && let FenceValue::Text(text) = &entry.value
                {
                    texts.push(text.clone());
                    place = entry.value_range.clone();
                }
                self.blocks(&fence.notice);
            }
            Kind::Plot(fence) => {
                if let Some(plot) = &fence.plot {
                    texts.extend([plot.title.clone(), plot.x.label.clone(), plot.y.label.clone()]);
                    texts.extend(plot.series.iter().map(|series| series.label.clone()));
                }
                self.blocks(&fence.notice);
            }
            Kind::Diagram(fence) => {
                texts.extend([fence.title.clone(), fence.name.clone(), fence.description.clone()]);
                let marks = fence.drawing.iter().flat_map(|drawing| &drawing.marks);
                marks.for_each(|mark| labels(mark, &mut texts));
                self.blocks(&fence.notice);
            }
            _ => {}
        }
        self.runs.extend(texts.iter().filter(|text| !text.trim().is_empty()).map(|text| Run::new(text, &place)));
    }
}

/// The texts of a drawing; a label of several lines is one text.
fn labels(mark: &Mark, texts: &mut Vec<String>) {
    match mark {
        Mark::Text { lines, .. } => texts.push(lines.join(" ")),
        Mark::Group { marks, .. } => marks.iter().for_each(|mark| labels(mark, texts)),
        _ => {}
    }
}
