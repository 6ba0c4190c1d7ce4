//! `book.toml` as values. Reading it is `load`'s work.

use std::ops::Range;

use serde::Serialize;

/// What the author has decided for the whole book.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Config {
    /// `[book] title`, required.
    pub title: String,
    /// `[book] description`: one or two sentences; empty if not given.
    pub description: String,
    /// `[book] language`: a BCP 47 tag, `en` by default.
    pub language: String,
    /// `[book] authors`.
    pub authors: Vec<String>,
    /// `[book] base-url`: a path or an absolute URL; always ends in `/`. Used where a link cannot be relative (404, canonical).
    pub base_url: String,
    /// `[book] edit-url`: where a page's source can be edited, with `{path}` in place of `content/page.md`.
    pub edit_url: Option<String>,
    /// `[redirects]`: old places and the pages that took their place, as written.
    pub redirects: Vec<Redirect>,
    /// `[html] headers = true`: write a `_headers` file with the policies that a `<meta>` cannot carry.
    pub headers: bool,
    /// `[html] raw = "allow"`: pass every raw tag through.
    pub raw_html: Policy,
    /// `[html] remote-images = "allow"`.
    pub remote_images: Policy,
}

/// An old address and where it leads now.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Redirect {
    /// A place in the site, perhaps with a fragment: `old/page.html#part`.
    pub from: String,
    /// A file of `content/` or a place in the site, perhaps with a fragment, or a URL of another site.
    pub to: String,
    /// Of the key, in `book.toml`.
    pub from_range: Range<usize>,
    /// Of the value, in `book.toml`.
    pub to_range: Range<usize>,
}

/// A switch that an author has to turn on by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Policy {
    /// The default: a diagnostic.
    Deny,
    /// The author answers for it.
    Allow,
}

impl Config {
    /// Whether the base URL names a host, so that pages have addresses in the world.
    pub fn is_absolute(&self) -> bool {
        self.base_url.starts_with("https://") || self.base_url.starts_with("http://")
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "Untitled".into(),
            description: String::new(),
            language: "en".into(),
            authors: Vec::new(),
            base_url: "/".into(),
            edit_url: None,
            redirects: Vec::new(),
            headers: false,
            raw_html: Policy::Deny,
            remote_images: Policy::Deny,
        }
    }
}
