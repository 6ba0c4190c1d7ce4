//! URLs as one page writes them.

use crate::book::Target;
use crate::path::{Anchor, OutputPath, encode};

/// How a page names other files of the site.
#[derive(Clone, Copy, Debug)]
pub enum Urls<'a> {
    /// Relative to the page, so that the site works under any path and from disk.
    From(&'a OutputPath),
    /// Under the base URL: for the page that is shown in place of any other.
    Under(&'a str),
}

impl Urls<'_> {
    /// The URL of a file of the site.
    pub fn to(self, file: &OutputPath) -> String {
        match self {
            Urls::From(page) => file.url_from(page),
            Urls::Under(base) => file.url_under(base),
        }
    }

    /// The URL of a link's target.
    pub fn target(self, target: &Target) -> String {
        match target {
            Target::File { file, query, anchor } => {
                self.to(file) + query + &anchor.as_ref().map(fragment).unwrap_or_default()
            }
            Target::Here(anchor) => fragment(anchor),
            Target::External(url) => url.clone(),
        }
    }
}

/// An anchor as it stands in a URL, with its `#`. The state of a figure keeps its signs: `#ring?preset=add-a-server`.
pub fn fragment(anchor: &Anchor) -> String {
    match anchor.0.split_once('?') {
        Some((name, state)) => format!("#{}?{state}", encode(name)),
        None => format!("#{}", encode(&anchor.0)),
    }
}
