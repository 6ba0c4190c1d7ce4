//! What the options of a build change.

use cutaway::diagnostic::Warned;
use cutaway::sources::Sources;
use cutaway::{BuildOptions, Built, Memo, make};

use crate::books::{book, html};
use crate::sites::demos;

fn built(sources: &Sources, options: &BuildOptions) -> Built {
    make(Warned::new(sources.clone()), Warned::new(demos()), options, &mut Memo::default())
}

#[test]
fn strict_makes_warnings_errors() {
    let sources = book(&[("index.md", "# Home\n\nText.\n\n[^a]: Never referred to.\n")]);
    assert!(built(&sources, &BuildOptions::default()).site.is_some());
    let strict = built(&sources, &BuildOptions { strict: true, ..BuildOptions::default() });
    assert!(strict.site.is_none());
    assert!(strict.diagnostics.iter().all(|it| it.is_error()));
}

#[test]
fn drafts_are_published_when_asked_for() {
    let draft = "+++\ndraft = true\n+++\n\n# Draft\n\n[home](index.md)\n";
    let summary = "[Home](index.md)\n\n- [Draft](draft.md)\n- [Nothing yet]()\n";
    let sources = book(&[("SUMMARY.md", summary), ("index.md", "# Home\n\n[draft](draft.md)\n"), ("draft.md", draft)]);
    let without = built(&sources, &BuildOptions::default());
    assert!(html(&without, "index.html").contains("<span class=\"draft-link\">draft</span>"));
    assert_eq!((without.pages, without.diagnostics.len()), (1, 1));
    let with = built(&sources, &BuildOptions { drafts: true, ..BuildOptions::default() });
    assert!(html(&with, "index.html").contains("<a href=\"draft.html\">draft</a>"));
    assert_eq!((with.pages, with.diagnostics.len()), (2, 0));
}

#[test]
fn the_base_url_of_the_command_line_wins() {
    let sources = book(&[("index.md", "# Home\n")]);
    for url in ["https://example.org/deep/book", "https://example.org/deep/book/"] {
        let options = BuildOptions { base_url: Some(url.into()), ..BuildOptions::default() };
        let built = built(&sources, &options);
        assert!(html(&built, "404.html").contains("href=\"https://example.org/deep/book/index.html\""));
        assert!(html(&built, "index.html").contains("href=\"https://example.org/deep/book/\""));
    }
}
