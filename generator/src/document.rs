//! One page, parsed alone: a tree whose links, images and demos are still as the author wrote them.

use std::ops::Range;
use std::sync::Arc;

use crate::drawing::Drawing;
use crate::path::{Anchor, SourcePath};
use crate::plot::Plot;
use crate::source::Source;

/// A parsed page.
#[derive(Clone, Debug)]
pub struct Document {
    /// Where it comes from, relative to `content/`.
    pub path: SourcePath,
    /// Its text; all ranges point into it.
    pub source: Arc<Source>,
    /// What stands between the `+++` or `---` lines.
    pub front: FrontMatter,
    /// The children of the `#` heading; `None` if the front matter alone gives the title.
    pub title: Option<Vec<Node<Written>>>,
    /// The id of the `#` heading. It is among the anchors; a link to it leads to the top of the page.
    pub title_anchor: Option<Anchor>,
    /// Everything below the title.
    pub body: Vec<Node<Written>>,
    /// All ids that a link may name: headings, footnotes, figures, equations, written `id=`s.
    pub anchors: Vec<Anchor>,
    /// Words of running text, for the reading time.
    pub words: usize,
}

/// The closed list of keys of a page's front matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// Replaces the `#` heading.
    pub title: Option<String>,
    /// One or two sentences; the first paragraph otherwise.
    pub description: Option<String>,
    /// A draft is parsed and checked, and not published.
    pub draft: bool,
    /// Old output paths that lead here, with their ranges in the source.
    pub aliases: Vec<(String, Range<usize>)>,
    /// Pages this one builds on, as file links, with their ranges.
    pub builds_on: Vec<(String, Range<usize>)>,
    /// Date of the last change of substance: year, month, day.
    pub date: Option<(u16, u8, u8)>,
    /// Picture for cards, as a file link, with its range.
    pub image: Option<(String, Range<usize>)>,
    /// What that picture shows, in words.
    pub image_alt: Option<String>,
}

/// What links, images, demos and labels are at one stage of the pipeline.
pub trait Stage: Clone + std::fmt::Debug {
    /// Target of a link.
    type Link: Clone + std::fmt::Debug;
    /// An image file.
    type Image: Clone + std::fmt::Debug;
    /// A demo fence.
    type Demo: Clone + std::fmt::Debug;
    /// A plot fence.
    type Plot: Clone + std::fmt::Debug;
    /// A diagram fence.
    type Diagram: Clone + std::fmt::Debug;
    /// The number of an image with a caption.
    type Number: Clone + std::fmt::Debug;
    /// What a labeled equation is called.
    type Label: Clone + std::fmt::Debug;
    /// Where a node stands in its page's source.
    type Place: Clone + std::fmt::Debug;
}

/// As written: nothing is known but the text.
#[derive(Clone, Debug)]
pub struct Written;

impl Stage for Written {
    type Link = Box<str>;
    type Image = Box<str>;
    // Boxed: it is rare, and all nodes are as large as the largest.
    type Demo = Box<DemoFence>;
    type Plot = Box<PlotFence>;
    type Diagram = Box<DiagramFence>;
    type Number = ();
    type Label = Anchor;
    type Place = Range<usize>;
}

/// A node of the tree.
#[derive(Clone, Debug)]
pub struct Node<S: Stage> {
    /// What it is.
    pub kind: Kind<S>,
    /// Its bytes in the page's source, as long as somebody may complain of it.
    pub range: S::Place,
    /// What is inside.
    pub children: Vec<Node<S>>,
}

/// The kinds of node: blocks first, then inlines.
#[derive(Clone, Debug)]
pub enum Kind<S: Stage> {
    Paragraph,
    Heading {
        level: u8,
        anchor: Box<Anchor>,
        classes: Vec<String>,
    },
    Quote,
    Alert(Alert),
    /// A folded block with its summary line.
    Fold {
        summary: String,
    },
    /// Shared: it is the same at every stage.
    Code(Arc<CodeBlock>),
    /// `start` is `None` for bullets.
    List {
        start: Option<u64>,
    },
    /// `task` tells whether the box is checked, if it has one.
    Item {
        task: Option<bool>,
    },
    Table(Vec<Align>),
    TableHead,
    TableRow,
    TableCell,
    DefinitionList,
    DefinitionTitle,
    Definition,
    /// The definition of a footnote; `number` counts from 1 in order of first reference, 0 if never referred to.
    Footnote {
        name: String,
        number: usize,
    },
    Rule,
    HtmlBlock(String),
    Demo(S::Demo),
    Plot(S::Plot),
    Diagram(S::Diagram),
    /// An image that stands alone in its paragraph; `caption` is the image's title, plain text, may be empty.
    /// With one it has a number in the count of all figures.
    Figure {
        caption: Box<str>,
        number: S::Number,
    },
    /// A formula that stands alone in its paragraph; one with a label has a number.
    Equation {
        math: Arc<Math>,
        label: Option<S::Label>,
    },

    Text(String),
    CodeSpan(String),
    /// A formula in a line. Shared: it is the same at every stage.
    Math(Arc<Math>),
    Emphasis,
    Strong,
    Strikethrough,
    Link {
        target: S::Link,
        title: Box<str>,
    },
    /// The children are the text alternative.
    Image {
        image: S::Image,
        title: Box<str>,
    },
    /// `occurrence` counts the references to one footnote, from 1.
    FootnoteReference {
        name: Box<str>,
        number: usize,
        occurrence: usize,
    },
    /// A word of the glossary: id and definition. Made by `resolve`.
    Term {
        id: Box<str>,
        definition: Box<str>,
    },
    /// A link to a draft page, shown as text. Made by `resolve`.
    DraftLink,
    SoftBreak,
    HardBreak,
    HtmlInline(String),
}

impl<S: Stage> Kind<S> {
    /// Whether it stands inside a line, and not on its own.
    pub fn is_inline(&self) -> bool {
        // Every kind by name, so that a new one is not forgotten.
        match self {
            Self::Text(_)
            | Self::CodeSpan(_)
            | Self::Math(_)
            | Self::Emphasis
            | Self::Strong
            | Self::Strikethrough
            | Self::Link { .. }
            | Self::Image { .. }
            | Self::FootnoteReference { .. }
            | Self::Term { .. }
            | Self::DraftLink
            | Self::SoftBreak
            | Self::HardBreak
            | Self::HtmlInline(_) => true,
            Self::Paragraph
            | Self::Heading { .. }
            | Self::Quote
            | Self::Alert(_)
            | Self::Fold { .. }
            | Self::Code(_)
            | Self::List { .. }
            | Self::Item { .. }
            | Self::Table(_)
            | Self::TableHead
            | Self::TableRow
            | Self::TableCell
            | Self::DefinitionList
            | Self::DefinitionTitle
            | Self::Definition
            | Self::Footnote { .. }
            | Self::Rule
            | Self::HtmlBlock(_)
            | Self::Demo(_)
            | Self::Plot(_)
            | Self::Diagram(_)
            | Self::Figure { .. }
            | Self::Equation { .. } => false,
        }
    }
}

/// GitHub's five alerts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alert {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

/// Alignment of a table's column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    None,
    Left,
    Center,
    Right,
}

/// A code block, already highlighted.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CodeBlock {
    /// Lowercase, as written; empty without one.
    pub language: String,
    /// File name or other heading.
    pub title: Option<String>,
    /// Show line numbers.
    pub numbered: bool,
    /// The lines, in order, without the line feed.
    pub lines: Vec<CodeLine>,
}

/// One line of code.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CodeLine {
    /// Runs of one token class each (`k`, `s`, ...; empty for none), in order.
    pub tokens: Vec<(&'static str, String)>,
    /// Highlighted by the author.
    pub highlighted: bool,
    /// Added or removed.
    pub diff: Option<Diff>,
    /// Folded away at first.
    pub hidden: bool,
}

/// Diff marks on a line of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Diff {
    Inserted,
    Deleted,
}

/// A formula.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Math {
    /// Set on a line of its own.
    pub display: bool,
    /// As the author wrote it, without its label.
    pub tex: String,
    /// The inside of `<math>`: MathML Core, without inline styles.
    pub mathml: String,
    /// The same as a line of plain text: `H/N`.
    pub text: String,
}

/// A demo fence as written: its keys with values and ranges, in order.
#[derive(Clone, Debug)]
pub struct DemoFence {
    /// The demo's name, the second word of the info string, and its range.
    pub name: (String, Range<usize>),
    /// The keys of the TOML body in order, `id`, `title` and `notice` among them.
    pub entries: Vec<FenceEntry>,
    /// The `notice`, parsed as inline Markdown.
    pub notice: Vec<Node<Written>>,
    /// The figure's id: `id`, else the demo's name, made unique in the page.
    pub id: Anchor,
}

/// One key of a demo fence.
#[derive(Clone, Debug)]
pub struct FenceEntry {
    /// The key.
    pub key: String,
    /// The key's range in the page's source.
    pub key_range: Range<usize>,
    /// The value as written in TOML.
    pub value: FenceValue,
    /// The value's range in the page's source.
    pub value_range: Range<usize>,
}

/// The kinds of value that a fence may hold.
#[derive(Clone, Debug, PartialEq)]
pub enum FenceValue {
    Integer(i64),
    Fraction(f64),
    Text(String),
    /// Anything else; the name of its TOML type, for the message.
    Other(&'static str),
}

/// A plot fence, read and checked.
#[derive(Clone, Debug)]
pub struct PlotFence {
    /// What it shows; `None` if that was reported.
    pub plot: Option<Arc<Plot>>,
    /// The `notice`, parsed as inline Markdown.
    pub notice: Vec<Node<Written>>,
    /// The figure's id: `id`, else made from the title, unique in the page.
    pub id: Anchor,
    /// The id of its description for screen readers.
    pub description_id: Anchor,
}

/// A diagram fence, already drawn.
#[derive(Clone, Debug)]
pub struct DiagramFence {
    /// The text in the fence.
    pub text: Arc<str>,
    /// `None` if the text could not be read. Shared: it is the same at every stage.
    pub drawing: Option<Arc<Drawing>>,
    /// The author's `title`; may be empty.
    pub title: String,
    /// Its name for screen readers.
    pub name: String,
    /// Its description for screen readers; may be empty.
    pub description: String,
    /// The `notice`, parsed as inline Markdown.
    pub notice: Vec<Node<Written>>,
    /// The figure's id: `id`, else made from the title, unique in the page.
    pub id: Anchor,
    /// The ids of name and description, unique in the page.
    pub word_ids: [Anchor; 2],
}

#[cfg(test)]
mod tests {
    use super::{Node, Written};
    use crate::book::Resolved;

    #[test]
    fn nodes_are_small() {
        // Ten thousand pages have five million of each.
        assert!(size_of::<Node<Written>>() <= 80 && size_of::<Node<Resolved>>() <= 64);
    }
}
