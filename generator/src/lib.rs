//! Cutaway turns a folder of Markdown notes into a static book whose figures run.
//!
//! Five verbs between five nouns: [`load`] -> [`sources`], [`parse`] -> [`document`], [`resolve`] -> [`book`],
//! [`render`] -> [`site`], [`write`] -> disk.

pub mod book;
pub mod check;
pub mod config;
pub mod demos;
pub mod diagnostic;
pub mod diagram;
pub mod document;
pub mod drawing;
pub mod formula;
pub mod load;
pub mod memo;
pub mod parse;
pub mod path;
pub mod plot;
pub mod render;
pub mod report;
pub mod resolve;
pub mod serve;
pub mod site;
pub mod source;
pub mod sources;
pub mod typeset;
pub mod write;

use std::path::Path;
use std::sync::Arc;

use book::Book;
use config::{Config, Policy};
use demos::Demos;
use diagnostic::{Diagnostic, Severity, Warned};
pub use memo::Memo;
use site::Site;
use sources::Sources;

/// What the command line decides for a build.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// Build the demos; without them a figure is its title and notice.
    pub demos: bool,
    /// Warnings are errors.
    pub strict: bool,
    /// Publish pages that say `draft = true`.
    pub drafts: bool,
    /// In place of the `base-url` of `book.toml`.
    pub base_url: Option<String>,
    /// Hears what takes long: `Compiling web-sys v0.3.107`.
    pub progress: fn(&str),
}

/// What came of a build.
#[derive(Clone, Debug)]
pub struct Built {
    /// The site; `None` if there was an error.
    pub site: Option<Site>,
    /// Everything that is wrong with the book.
    pub diagnostics: Vec<Diagnostic>,
    /// Number of published pages.
    pub pages: usize,
}

/// Builds the book in `folder`. What `memo` remembers of the last build is not done again.
pub fn build(folder: &Path, options: &BuildOptions, memo: &mut Memo) -> Built {
    let mut sources = load::sources(folder);
    // A commit while `serve` runs shows after its next start: to ask git takes longer than many a build.
    sources.value.changed = memo.changed.get_or_insert_with(|| load::history(folder)).clone();
    let demos = match options.demos {
        true => demos::build(folder, &mut memo.demos, options.progress),
        false => Warned::new(None),
    };
    make(sources, demos, options, memo)
}

/// Makes the site of what was read: from here on nothing touches the disk.
pub fn make(sources: Warned<Sources>, demos: Warned<Demos>, options: &BuildOptions, memo: &mut Memo) -> Built {
    let mut found = Vec::new();
    let sources = sources.collect(&mut found);
    let demos = demos.collect(&mut found);
    let book = resolved(&sources, &demos, options, memo).collect(&mut found);
    // Trees are most of what a large book takes: none stays longer than it must.
    memo.resolved();
    let site = render::site(&book, &sources, &mut memo.rendered).collect(&mut found);
    memo.rendered();
    let (config, pages) = (Arc::clone(&book.config), book.pages.len());
    drop(book);
    // Not after an error, which may have left its own gap in the site. What an author writes with `raw = "allow"` is
    // theirs to answer for.
    if config.raw_html == Policy::Deny && !found.iter().any(Diagnostic::is_error) {
        found.extend(check::site(&site, &config.base_url, &mut memo.checked));
    }
    if options.strict {
        found.iter_mut().for_each(|diagnostic| diagnostic.severity = Severity::Error);
    }
    let whole = !found.iter().any(Diagnostic::is_error);
    Built { site: whole.then_some(site), diagnostics: found, pages }
}

/// The book that the sources are, before it is rendered: in order, numbered, with its links and figures.
pub fn resolved(sources: &Sources, demos: &Demos, options: &BuildOptions, memo: &mut Memo) -> Warned<Book> {
    let mut found = Vec::new();
    let config = Arc::new(decided(parse::config(&sources.config).collect(&mut found), options));
    let summary = sources.summary.as_ref().map(|source| parse::summary(source).collect(&mut found));
    let glossary = sources.glossary.as_ref().map(|source| parse::glossary(source).collect(&mut found));
    let documents = memo.documents.parse(&sources.pages, &config).collect(&mut found);
    let parsed = resolve::Parsed {
        sources,
        config: &config,
        summary: summary.as_ref(),
        glossary: glossary.as_deref().unwrap_or_default(),
        documents: &documents,
        demos,
        drafts: options.drafts,
    };
    let book = resolve::book(parsed, &mut memo.resolved).collect(&mut found);
    Warned { value: book, diagnostics: found }
}

/// The configuration with what the command line decides.
fn decided(config: Config, options: &BuildOptions) -> Config {
    match &options.base_url {
        Some(url) => Config { base_url: format!("{}/", url.trim_end_matches('/')), ..config },
        None => config,
    }
}

impl Default for BuildOptions {
    fn default() -> Self {
        Self { demos: true, strict: false, drafts: false, base_url: None, progress: |_| {} }
    }
}
