//! `book.toml` as values. Reading it is `load`'s work.

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
    /// `[html] raw = "allow"`: pass every raw tag through.
    pub raw_html: Policy,
    /// `[html] remote-images = "allow"`.
    pub remote_images: Policy,
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

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "Untitled".into(),
            description: String::new(),
            language: "en".into(),
            authors: Vec::new(),
            base_url: "/".into(),
            raw_html: Policy::Deny,
            remote_images: Policy::Deny,
        }
    }
}
