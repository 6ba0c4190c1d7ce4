//! The book as a text: what `cargo xtask book` counts, and what is checked beyond what the generator checks of any book.

#[cfg(test)]
mod arithmetic;
mod blocks;
#[cfg(test)]
mod code;
mod prose;
mod report;
mod scripts;
mod spelling;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use cutaway::config::Config;
use cutaway::document::Document;
use cutaway::path::SourcePath;
use cutaway::{load, parse};

pub use report::run;
pub use scripts::scripts;
pub use spelling::spell;

/// Every page of the book, parsed; drafts too.
pub fn documents(root: &Path) -> BTreeMap<SourcePath, Arc<Document>> {
    let sources = load::sources(root).value;
    let config = Config::default();
    let parse = |(path, source): (SourcePath, _)| {
        let document = parse::document(&path, &source, &config).value;
        (path, Arc::new(document))
    };
    sources.pages.into_iter().map(parse).collect()
}
