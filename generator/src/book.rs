//! The whole book, resolved: every link leads somewhere, every image has its size, every figure its picture.

use std::sync::Arc;

use crate::config::Config;
use crate::demos::Demo;
use crate::demos::frame::Frame;
use crate::document::{Node, Stage};
use crate::drawing::Drawing;
use crate::path::{Anchor, OutputPath, SourcePath};
use crate::plot::Plot;
use crate::source::Span;

/// The book in reading order.
#[derive(Clone, Debug)]
pub struct Book {
    /// From `book.toml`.
    pub config: Arc<Config>,
    /// In reading order.
    pub parts: Vec<Part>,
    /// Every published page in reading order, unlisted ones last.
    pub pages: Vec<Page>,
    /// Other files of `content/`, to be copied: where to, and what.
    pub files: Vec<(OutputPath, Arc<[u8]>)>,
    /// The glossary in alphabetical order.
    pub glossary: Vec<Term>,
    /// The demos that pages use, by name.
    pub demos: Vec<Arc<Demo>>,
    /// Pages at old places.
    pub redirects: Vec<Redirect>,
}

/// A page at an old place, which leads on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// The old place.
    pub from: OutputPath,
    /// Where it leads; always there once nothing has been reported.
    pub to: Option<Target>,
    /// The title of the page there, or its URL.
    pub title: String,
    /// Ids of the old page that have gone elsewhere.
    pub anchors: Vec<Moved>,
    /// Who asked for it, for messages.
    pub who: String,
    /// Where it was asked for.
    pub span: Span,
}

/// An old id, and where what it named stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The old id.
    pub anchor: Anchor,
    /// The new place.
    pub to: Target,
    /// The title of the page there.
    pub title: String,
}

/// A part, its own page if it has one, and its chapters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Counts numbered parts from 1; `None` for pages before the first and after the last part.
    pub number: Option<u32>,
    /// Empty for pages outside parts.
    pub title: String,
    /// Index into `Book::pages`; `None` for a part without a page, or whose page is a draft.
    pub page: Option<usize>,
    /// Chapters, drafts too, in order, nested ones after their parent.
    pub chapters: Vec<Chapter>,
}

/// An entry of the table of contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// `45`, or `45.2` for nested ones; `None` outside numbered parts.
    pub number: Option<String>,
    /// Plain text.
    pub title: String,
    /// Index into `Book::pages`; `None` for a draft.
    pub page: Option<usize>,
    /// 0 at the top of its part.
    pub depth: usize,
}

/// A page that is published.
#[derive(Clone, Debug)]
pub struct Page {
    /// Where it comes from.
    pub source_path: SourcePath,
    /// Where it goes.
    pub output: OutputPath,
    /// What it is for.
    pub kind: PageKind,
    /// Title and body. Shared: an unchanged page keeps it from build to build.
    pub content: Arc<Content>,
    /// The title as plain text.
    pub title_text: String,
    /// Plain text, may be empty.
    pub description: String,
    /// The chapter's number.
    pub number: Option<String>,
    /// Index into `Book::parts`; `None` for a page that is not in the order of reading.
    pub part: Option<usize>,
    /// Index of the entry among the part's chapters.
    pub chapter: Option<usize>,
    /// Ids that it had, and where what they named stands now.
    pub moved: Vec<Moved>,
    /// Indices into `Book::pages`.
    pub builds_on: Vec<usize>,
    /// Those that build on this one: indices into `Book::pages`, in their order.
    pub leads_to: Vec<usize>,
    /// Year, month, day.
    pub date: Option<(u16, u8, u8)>,
    /// What a link to it shows in a chat: its own picture, or the home page's.
    pub card: Option<Card>,
    /// Words of running text.
    pub words: usize,
    /// Indices into `Book::pages`.
    pub previous: Option<usize>,
    /// Indices into `Book::pages`.
    pub next: Option<usize>,
}

/// The picture on the card that chats and networks make of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// A file of the book.
    pub file: OutputPath,
    /// In pixels, where the file tells it.
    pub size: Option<(u32, u32)>,
    /// What it shows; empty if nobody has said it.
    pub alt: String,
}

/// What stands on a page.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// Inline nodes of the title.
    pub title: Vec<Node<Resolved>>,
    /// Everything below the title.
    pub body: Vec<Node<Resolved>>,
}

/// What a page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageKind {
    /// `content/index.md` or `content/README.md`.
    Home,
    /// The page of a part.
    Part,
    /// A numbered chapter.
    Chapter,
    /// Any other page.
    Page,
}

/// A glossary entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Its id on the glossary page.
    pub id: Anchor,
    /// As shown.
    pub name: String,
    /// Its other names.
    pub also: Vec<String>,
    /// Plain text.
    pub definition: String,
    /// Index into `Book::pages` of the chapter that explains it.
    pub page: Option<usize>,
}

/// After `resolve`: a broken link cannot be expressed.
#[derive(Clone, Debug)]
pub struct Resolved;

impl Stage for Resolved {
    // Boxed: all nodes are as large as the largest.
    type Link = Box<Target>;
    type Image = Box<Picture>;
    type Demo = Arc<Figure>;
    type Plot = Arc<PlotFigure>;
    type Diagram = Arc<DiagramFigure>;
    // `None` without a caption.
    type Number = Option<Box<str>>;
    type Label = Box<EquationNumber>;
    // What could be complained of has been.
    type Place = ();
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A file of the site, perhaps a place in it; `query` begins with `?` unless it is empty.
    File { file: OutputPath, query: String, anchor: Option<Anchor> },
    /// A place in the same page; an empty anchor is its top.
    Here(Anchor),
    /// Another site, an address, a telephone number: as written.
    External(String),
}

/// An image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picture {
    /// A file of the site, with its size in pixels where the file tells it.
    Local { file: OutputPath, size: Option<(u32, u32)> },
    /// Allowed by `[html] remote-images`.
    Remote(String),
}

/// What a labeled equation is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EquationNumber {
    /// Unique in the page.
    pub id: Anchor,
    /// `45.1`; counts the labeled equations of the page when the page has no number: `1`.
    pub number: String,
}

/// A demo set into a page.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Unique in the page.
    pub id: Anchor,
    /// `45.1`; counts the figures of the page when the page has no number: `1`.
    pub number: String,
    /// The author's `title`, else the demo's.
    pub title: String,
    /// The author's `notice`.
    pub notice: Vec<Node<Resolved>>,
    /// The demo with its set-up and outcome; `None` with `--no-demos`.
    pub live: Option<Live>,
}

/// What the module answered for a figure.
#[derive(Clone, Debug)]
pub struct Live {
    /// The module.
    pub demo: Arc<Demo>,
    /// The preset's set-up, or the event that the fence names.
    pub frame: Arc<Frame>,
    /// The end of the preset's story.
    pub outcome: Arc<Frame>,
}

/// A plot set into a page.
#[derive(Clone, Debug)]
pub struct PlotFigure {
    /// Unique in the page.
    pub id: Anchor,
    /// In one count with the demos.
    pub number: String,
    /// The id of its description for screen readers.
    pub description_id: Anchor,
    /// What it shows; `None` only in a book that is not built.
    pub plot: Option<Arc<Plot>>,
    /// The author's `notice`.
    pub notice: Vec<Node<Resolved>>,
}

/// A diagram set into a page.
#[derive(Clone, Debug)]
pub struct DiagramFigure {
    /// Unique in the page.
    pub id: Anchor,
    /// In one count with the demos.
    pub number: String,
    /// The author's `title`; may be empty.
    pub title: String,
    /// Its name for screen readers, and the name's id.
    pub name: (Anchor, String),
    /// Its description for screen readers, with its id; may be empty.
    pub description: (Anchor, String),
    /// The author's `notice`.
    pub notice: Vec<Node<Resolved>>,
    /// The text that it was drawn from.
    pub text: Arc<str>,
    /// The picture; `None` only in a book that is not built.
    pub drawing: Option<Arc<Drawing>>,
}
