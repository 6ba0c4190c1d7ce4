//! Everything the build reads, in memory. After `load` nothing else of the disk is known.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::path::SourcePath;
use crate::source::Source;

/// The book as it lies on disk.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The text of `book.toml`.
    pub config: Arc<Source>,
    /// `content/SUMMARY.md`, if there is one.
    pub summary: Option<Arc<Source>>,
    /// `content/glossary.toml`, if there is one.
    pub glossary: Option<Arc<Source>>,
    /// Every Markdown page below `content/`, drafts and unlisted ones too, `SUMMARY.md` not.
    pub pages: BTreeMap<SourcePath, Arc<Source>>,
    /// The day on which each page last changed, where the history of the book's folder tells it.
    pub changed: BTreeMap<SourcePath, (u16, u8, u8)>,
    /// Every other file below `content/` that may be published.
    pub files: BTreeMap<SourcePath, Arc<[u8]>>,
    /// Templates by name (`page.html`): the book's own, else the built-in ones.
    pub templates: BTreeMap<String, Arc<Source>>,
    /// Style sheets, scripts and icons by name (`css/base.css`): the book's own, else the built-in ones.
    pub assets: BTreeMap<String, Arc<[u8]>>,
}
