//! All that one page may ask of the others. Equal indexes mean that an unchanged page resolves to the same.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::Config;
use crate::demos::{Demo, Demos};
use crate::path::{Anchor, OutputPath, SourcePath};
use crate::resolve::glossary::Terms;
use crate::resolve::images::Pixels;
use crate::resolve::links::folder_pages;

/// The book as seen from a page.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// Every page, drafts too.
    pub pages: BTreeMap<SourcePath, PageEntry>,
    /// Every other file.
    pub files: BTreeMap<SourcePath, FileEntry>,
    /// The glossary's words.
    pub terms: Terms,
    /// The demos by name.
    pub demos: Demos,
    /// The author's switches.
    pub config: Arc<Config>,
}

/// A page that a link may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageEntry {
    /// Where it goes.
    pub output: OutputPath,
    /// It is not published.
    pub draft: bool,
    /// The id of its title, which means the top of the page.
    pub title: Option<Anchor>,
    /// Its ids, sorted.
    pub anchors: Vec<Anchor>,
}

/// A file that a link or image may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEntry {
    /// Where it goes.
    pub output: OutputPath,
    /// What it is as an image.
    pub pixels: Pixels,
}

impl Index {
    /// The page at a path: itself, or the page of the folder.
    pub fn page_at(&self, path: &SourcePath) -> Option<SourcePath> {
        if self.pages.contains_key(path) {
            return Some(path.clone());
        }
        folder_pages(path).into_iter().find(|it| self.pages.contains_key(it))
    }
}

impl PartialEq for Index {
    fn eq(&self, other: &Self) -> bool {
        self.pages == other.pages
            && self.files == other.files
            && self.terms == other.terms
            && self.config == other.config
            && same_demos(&self.demos, &other.demos)
    }
}

/// Demos are compared by the bytes of their modules: manifest and pictures follow from them.
fn same_demos(a: &Demos, b: &Demos) -> bool {
    let same =
        |a: &Arc<Demo>, b: &Arc<Demo>| Arc::ptr_eq(a, b) || (a.name == b.name && a.wasm == b.wasm && a.js == b.js);
    match (a, b) {
        (Some(a), Some(b)) => a.len() == b.len() && a.values().zip(b.values()).all(|(a, b)| same(a, b)),
        (None, None) => true,
        _ => false,
    }
}
