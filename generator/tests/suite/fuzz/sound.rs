//! What must hold of every build, whatever it was made from.

use std::cell::Cell;
use std::sync::LazyLock;

use cutaway::demos::Demos;
use cutaway::diagnostic::{Code, Diagnostic, Warned};
use cutaway::source::Span;
use cutaway::sources::Sources;
use cutaway::{BuildOptions, Memo, make, report};
use html5gum::{Token, Tokenizer};

use crate::books::{book, put};
use crate::safety::unbalanced;
use crate::sites::demos;

/// The toys, compiled once.
static DEMOS: LazyLock<Demos> = LazyLock::new(demos);

/// A book around the page, file or summary that is tried.
static AROUND: LazyLock<Sources> = LazyLock::new(|| {
    let term = "[[term]]\nname = \"Ring\"\nalso = [\"virtual nodes\", \"CAP\"]\ndefinition = \"A <round> \\\"thing\\\" & more\"\n";
    book(&[
        ("index.md", "# Home\n\nTo [the other](other.md#there).\n"),
        ("page.md", "# Page\n"),
        ("other.md", "# The *other* {#the}\n\n## There {#there}\n\nText of a ring.\n"),
        ("part/index.md", "# Part with $x < y$\n\nA part.\n"),
        ("part/deep.md", "+++\ndraft = true\n+++\n# Deep\n"),
        ("ring.png", "no picture"),
        ("glossary.toml", term),
    ])
});

thread_local! {
    /// Of the last build: most of the book stays as it was, and a memo that is wrong would show here too.
    static MEMO: Cell<Memo> = Cell::default();
}

/// Builds the book with this file in it. Complains of what may never be: see [`check`].
pub fn with(name: &str, text: &str) -> Result<(), String> {
    let mut sources = AROUND.clone();
    match name {
        "book.toml" => sources.config = cutaway::source::Source::new(name, text),
        _ => put(&mut sources, name, text),
    }
    check(sources)
}

/// Every place of a report lies in its text, and what is built runs nothing, loads nothing, is balanced, and passes the
/// check of finished sites.
fn check(sources: Sources) -> Result<(), String> {
    let mut memo = MEMO.take();
    let built = make(Warned::new(sources), Warned::new(DEMOS.clone()), &BuildOptions::default(), &mut memo);
    MEMO.set(memo);
    for diagnostic in &built.diagnostics {
        place(diagnostic)?;
    }
    let report = report::render(&built.diagnostics, false);
    if let Some(late) = built.diagnostics.iter().find(|it| it.message.starts_with("in the finished page")) {
        return Err(format!("the site's own check had to find it: {}\n{report}", late.message));
    }
    let Some(site) = &built.site else {
        return if built.diagnostics.is_empty() { Err("neither site nor report".into()) } else { Ok(()) };
    };
    let raw_tags = built.diagnostics.iter().any(|it| it.code == Code::UnsafeHtml);
    for (output, bytes) in site.files.iter().filter(|(output, _)| output.as_str().ends_with(".html")) {
        let html = std::str::from_utf8(bytes).map_err(|_| format!("{output} is not UTF-8"))?;
        if let Some(bad) = active(html) {
            return Err(format!("{output} has {bad}\n{html}"));
        }
        let open = unbalanced(html);
        if !raw_tags && !open.is_empty() {
            return Err(format!("{output}: {open:?} do not balance\n{html}"));
        }
    }
    Ok(())
}

fn place(diagnostic: &Diagnostic) -> Result<(), String> {
    let inside = |span: &Span| span.source.text.get(span.range.clone()).is_some();
    let mut all = diagnostic.span.iter().chain(diagnostic.notes.iter().map(|(span, _)| span));
    match all.find(|span| !inside(span)) {
        Some(span) => Err(format!("{span:?} of {diagnostic:?} is no place in its text")),
        None if diagnostic.message.is_empty() => Err(format!("{diagnostic:?} says nothing")),
        None => Ok(()),
    }
}

/// The first thing in a page that runs, styles or loads.
fn active(html: &str) -> Option<String> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    for Ok(token) in Tokenizer::new(html) {
        let Token::StartTag(tag) = token else { continue };
        let name = text(&tag.name);
        let runs = [
            "script",
            "style",
            "iframe",
            "object",
            "embed",
            "base",
            "form",
            "plaintext",
            "textarea",
            "xmp",
            "template",
        ];
        if runs.contains(&name.as_str()) {
            return Some(format!("`<{name}>`"));
        }
        for (attribute, value) in &tag.attributes {
            let attribute = text(attribute);
            // Browsers read over blanks and controls in the scheme of a URL.
            let url: String = text(&value.value).chars().filter(|it| !it.is_control() && *it != ' ').collect();
            let url = url.to_lowercase();
            let scheme = ["javascript:", "vbscript:", "data:"].iter().any(|it| url.starts_with(it));
            let is_url = matches!(
                attribute.as_str(),
                "href" | "src" | "action" | "formaction" | "poster" | "xlink:href" | "data"
            );
            if attribute.starts_with("on") || attribute == "style" || attribute == "srcdoc" || is_url && scheme {
                return Some(format!("`<{name} {attribute}={url}>`"));
            }
        }
    }
    None
}
