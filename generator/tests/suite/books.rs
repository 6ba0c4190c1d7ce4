//! Books in memory, for tests that need many or large ones.

use std::sync::Arc;

use cutaway::diagnostic::Warned;
use cutaway::path::SourcePath;
use cutaway::source::Source;
use cutaway::sources::Sources;
use cutaway::{BuildOptions, Built, Memo, make};

use crate::sites::{demos, short_templates};

/// A book of these files of `content/`, with the short templates.
pub fn book(files: &[(&str, &str)]) -> Sources {
    let mut sources =
        Sources { config: Source::new("book.toml", "[book]\ntitle = \"A book\"\n"), ..Sources::default() };
    short_templates(&mut sources);
    for (name, text) in files {
        put(&mut sources, name, text);
    }
    sources
}

/// Adds or replaces a file of `content/`.
pub fn put(sources: &mut Sources, name: &str, text: &str) {
    let source = Source::new(format!("content/{name}"), text);
    let path = SourcePath::new(name).expect("a path in the book");
    match name {
        "SUMMARY.md" => sources.summary = Some(source),
        "glossary.toml" => sources.glossary = Some(source),
        _ if path.is_markdown() => drop(sources.pages.insert(path, source)),
        _ => drop(sources.files.insert(path, Arc::from(text.as_bytes()))),
    }
}

/// Builds a book with the two toy demos.
pub fn build(sources: &Sources, memo: &mut Memo) -> Built {
    make(Warned::new(sources.clone()), Warned::new(demos()), &BuildOptions::default(), memo)
}

/// The HTML of a book's only page.
pub fn page(text: &str) -> String {
    html(&build(&book(&[("index.md", text)]), &mut Memo::default()), "index.html")
}

/// A file of the site as text.
pub fn html(built: &Built, name: &str) -> String {
    let report = || cutaway::report::render(&built.diagnostics, false);
    let site = built.site.as_ref().unwrap_or_else(|| panic!("{}", report()));
    let (_, bytes) = site.files.iter().find(|(output, _)| output.as_str() == name).expect("the file is in the site");
    String::from_utf8(bytes.to_vec()).expect("it is UTF-8")
}
