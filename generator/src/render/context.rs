//! What a template is given, as types. It can look nothing up: whatever it shows is here.
//!
//! Every field is always there. Fields that end in `_html` are safe HTML, all others text.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::demos::frame::{Meter, Table};
use crate::demos::manifest::{Action, Panel, Param, Preset};

/// The context of `page.html`, `home.html`, `404.html`, `glossary.html` and `search.html`.
#[derive(Clone, Debug, Serialize)]
pub struct PageContext {
    pub book: BookContext,
    pub page: PageFields,
    pub body_html: String,
    pub toc: Vec<Heading>,
    pub crumbs: Vec<Crumb>,
    pub nav: Nav,
    pub previous: Option<Neighbor>,
    pub next: Option<Neighbor>,
    pub contents: Vec<ContentsPart>,
    pub glossary: Vec<GlossaryTerm>,
    /// Only on the page to search on.
    pub index: Vec<IndexLetter>,
    /// What is in it: `all`, `titles` or `terms`.
    pub index_lists: &'static str,
    pub assets: AssetUrls,
    pub home_url: String,
    pub search_url: String,
    pub glossary_url: Option<String>,
    pub print_url: Option<String>,
    pub feed_url: Option<String>,
    pub csp: String,
}

/// The context of `print.html`.
#[derive(Clone, Debug, Serialize)]
pub struct PrintContext {
    pub book: BookContext,
    pub contents: Vec<ContentsPart>,
    pub pages: Vec<PrintPage>,
    pub glossary: Vec<GlossaryTerm>,
    pub assets: AssetUrls,
    pub home_url: String,
    pub csp: String,
}

/// A page on the page of all pages, its ids and links made fit for it.
#[derive(Clone, Debug, Serialize)]
pub struct PrintPage {
    pub id: String,
    /// `part`, `chapter` or `page`.
    pub kind: &'static str,
    pub number: Option<String>,
    pub title_html: String,
    pub lead_html: Option<String>,
    pub body_html: String,
}

/// The context of `redirect.html`.
#[derive(Clone, Debug, Serialize)]
pub struct RedirectContext {
    pub book: BookContext,
    pub title: String,
    pub url: String,
    /// Ids of the old page that have gone elsewhere.
    pub anchors: Vec<MovedFields>,
    pub redirect_js: Option<String>,
    pub csp: String,
}

/// An old id, and where what it named stands now.
#[derive(Clone, Debug, Serialize)]
pub struct MovedFields {
    pub id: String,
    pub title: String,
    pub url: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct BookContext {
    pub title: String,
    pub description: String,
    pub language: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct PageFields {
    pub title_html: String,
    pub title_text: String,
    pub description: String,
    /// `home`, `part`, `chapter`, `page`, `not-found`, `glossary` or `search`.
    pub kind: &'static str,
    pub number: Option<String>,
    pub reading_minutes: usize,
    /// `22 November 2026`.
    pub date: Option<String>,
    /// `2026-11-22`.
    pub date_iso: Option<String>,
    /// Where its source can be edited.
    pub edit_url: Option<String>,
    /// Its Markdown.
    pub markdown_url: Option<String>,
    /// A JSON-LD data block, fit to stand in a `<script>`.
    pub structured_json: Option<String>,
    /// Ids that it had.
    pub moved: Vec<MovedFields>,
    pub builds_on: Vec<TitledUrl>,
    pub leads_to: Vec<TitledUrl>,
    pub has_demo: bool,
    pub lead_html: Option<String>,
    pub head_title: String,
    pub canonical: Option<String>,
    pub card: Option<CardFields>,
}

/// The picture that a link to the page shows in a chat.
#[derive(Clone, Debug, Serialize)]
pub struct CardFields {
    pub url: String,
    /// Width and height in pixels.
    pub size: Option<(u32, u32)>,
    pub alt: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct TitledUrl {
    pub title_html: String,
    pub url: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct Heading {
    pub title_html: String,
    pub url: String,
    pub children: Vec<Heading>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Crumb {
    pub title: String,
    pub url: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Nav {
    pub part: Option<NavPart>,
    pub chapters: Vec<NavChapter>,
    /// Those around the one that the page is in.
    pub parts: Vec<NavPart>,
    /// How many parts there are, if not all are shown.
    pub parts_in_all: Option<usize>,
}

#[derive(Clone, Debug, Serialize)]
pub struct NavPart {
    pub number: Option<String>,
    pub title: String,
    pub url: Option<String>,
    pub current: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct NavChapter {
    pub number: Option<String>,
    pub title: String,
    pub url: Option<String>,
    pub current: bool,
    pub depth: usize,
}

#[derive(Clone, Debug, Serialize)]
pub struct Neighbor {
    pub title: String,
    pub description: String,
    pub url: String,
    pub number: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ContentsPart {
    pub number: Option<String>,
    pub title: String,
    pub url: Option<String>,
    pub description: Option<String>,
    pub chapters: Vec<ContentsChapter>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ContentsChapter {
    pub number: Option<String>,
    pub title: String,
    pub url: Option<String>,
    pub description: Option<String>,
    pub depth: usize,
}

#[derive(Clone, Debug, Serialize)]
pub struct GlossaryTerm {
    pub id: String,
    pub name: String,
    pub definition_html: String,
    pub url: Option<String>,
    pub chapter_title: Option<String>,
}

/// A letter of the index of terms.
#[derive(Clone, Debug, Serialize)]
pub struct IndexLetter {
    pub letter: String,
    pub terms: Vec<IndexTerm>,
}

/// A title of a page, heading or word of the glossary, and where it leads; to several places if there are such.
#[derive(Clone, Debug, Serialize)]
pub struct IndexTerm {
    pub title: String,
    pub url: Option<String>,
    /// The title of the page that it is a heading of; may be empty.
    pub page: String,
    pub places: Vec<TitledPlace>,
}

#[derive(Clone, Debug, Serialize)]
pub struct TitledPlace {
    pub title: String,
    pub url: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct AssetUrls {
    pub css: String,
    /// Only where the page has a demo.
    pub demo_css: Option<String>,
    pub theme_js: Option<String>,
    pub nav_js: Option<String>,
    /// Only where the page has a demo.
    pub demos_js: Option<String>,
    pub icon: Option<String>,
}

/// The context of `demo.html`.
#[derive(Clone, Debug, Serialize)]
pub struct FigureContext<'a> {
    pub fig: FigureFields<'a>,
    pub manifest: ManifestFields<'a>,
    pub knobs: Vec<Knob<'a>>,
    pub more_knobs: Vec<Knob<'a>>,
    /// Those that need no mark.
    pub actions: Vec<&'a Action>,
    /// Actions that are done again and again: large buttons beside the transport.
    pub often: Vec<&'a Action>,
    pub preset: Option<&'a Preset>,
    pub frame: FrameFields<'a>,
    pub outcome: FrameFields<'a>,
}

#[derive(Clone, Debug, Serialize)]
pub struct FigureFields<'a> {
    pub id: &'a str,
    /// `Fig. 45.1`.
    pub number: String,
    pub title: &'a str,
    pub notice_html: &'a str,
    pub js_url: String,
    pub wasm_url: String,
    /// The book's state, canonical.
    pub state: &'a str,
}

#[derive(Clone, Debug, Serialize)]
pub struct ManifestFields<'a> {
    pub name: &'a str,
    pub title: &'a str,
    pub version: u32,
    pub params: &'a [Param],
    pub presets: Vec<PresetFields<'a>>,
    pub actions: &'a [Action],
    pub panels: &'a [Panel],
    pub keys: &'a [(String, String)],
    pub limits: &'a [String],
}

#[derive(Clone, Debug, Serialize)]
pub struct PresetFields<'a> {
    #[serde(flatten)]
    pub preset: &'a Preset,
    /// It is the one that is shown.
    pub pressed: bool,
}

/// A parameter with its current value.
#[derive(Clone, Debug, Serialize)]
pub struct Knob<'a> {
    pub name: &'a str,
    pub label: &'a str,
    pub unit: &'a str,
    /// `range`, `values`, `choice` or `text`.
    pub kind: &'static str,
    /// Unique in the page.
    pub id: String,
    /// As in a state string.
    pub value: &'a str,
    /// As a number for readers: `1,000`; of a choice or a text, as in a state string.
    pub number: String,
    /// As shown: percent with their sign.
    pub shown: String,
    /// Where the range stands: the value itself, or its index among the values.
    pub index: String,
    pub min: String,
    pub max: String,
    pub step: String,
    pub options: Vec<KnobOption<'a>>,
}

#[derive(Clone, Debug, Serialize)]
pub struct KnobOption<'a> {
    pub name: &'a str,
    pub label: &'a str,
    pub selected: bool,
}

/// A frame with its panels by place.
#[derive(Clone, Debug, Serialize)]
pub struct FrameFields<'a> {
    pub state: &'a str,
    pub preset: &'a str,
    pub at: u32,
    pub events: u32,
    /// Both in words: `event 41 of 1,200`.
    pub position: String,
    pub seed: u64,
    pub settings: &'a BTreeMap<String, String>,
    pub narration: &'a str,
    pub words: &'a str,
    pub meters: &'a [Meter],
    pub table: &'a Table,
    pub log: &'a [String],
    pub stage: Vec<PanelFields<'a>>,
    pub side: Vec<PanelFields<'a>>,
    pub chart: Vec<PanelFields<'a>>,
    pub reveal: Vec<PanelFields<'a>>,
}

#[derive(Clone, Debug, Serialize)]
pub struct PanelFields<'a> {
    pub name: &'a str,
    pub title: &'a str,
    pub svg_html: &'a str,
}
