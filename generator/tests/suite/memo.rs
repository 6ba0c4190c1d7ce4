//! A build that remembers the last one gives what a clean one gives, whatever was changed in between.

use std::sync::Arc;

use cutaway::path::OutputPath;
use cutaway::path::SourcePath;
use cutaway::source::Source;
use cutaway::sources::Sources;
use cutaway::{Memo, report};
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::{collection::vec, proptest};

use crate::books::{book, build, put};

const PAGES: [&str; 5] = ["index.md", "a.md", "b/index.md", "b/c.md", "d.md"];

/// Pieces of pages: what they say depends on other pages, or changes what others say.
const PIECES: [&str; 16] = [
    "A paragraph about a shard.\n",
    "## Virtual nodes\n",
    "## Load {#load}\n",
    "[to a](a.md) and [its load](a.md#load)\n",
    "[to b](b/index.md#virtual-nodes)\n",
    "[up](../index.md)\n",
    "[here](#load)\n",
    "![dot](dot.svg)\n",
    "```demo toy\nsize = 5\n```\n",
    "```demo toy\nsize = 50\n```\n",
    "```demo broken\n```\n",
    "Two replicas.[^n]\n\n[^n]: Note.\n",
    "```rust\nfn main() {}\n```\n",
    "<span id=\"load\">raw</span>\n",
    "# Another title\n",
    "> [!NOTE]\n> Note.\n",
];

const FRONTS: [&str; 6] = [
    "",
    "+++\ndraft = true\n+++\n\n",
    "+++\ntitle = \"Of the front matter\"\n+++\n\n",
    "+++\naliases = [\"old.html\"]\n+++\n\n",
    "+++\nbuilds_on = [\"a.md\"]\n+++\n\n",
    "+++\nimage = \"dot.svg\"\ndate = 2026-11-22\n+++\n\n",
];

const SUMMARIES: [&str; 4] = [
    "[Home](index.md)\n\n# Part\n\n- [A](a.md)\n- [B](b/index.md)\n  - [C](b/c.md)\n- [D](d.md)\n",
    "[Home](index.md)\n\n# [Part](b/index.md)\n\n- [D first](d.md)\n- [A](a.md)\n- [C](b/c.md)\n",
    "[Home](index.md)\n\n- [Draft]()\n- [A](a.md)\n- [A again](a.md)\n",
    "- [D](d.md)\n- [Nothing](nothing.md)\n",
];

const GLOSSARIES: [&str; 3] = [
    "[[term]]\nname = \"shard\"\ndefinition = \"A part.\"\npage = \"a.md\"\n",
    "[[term]]\nname = \"shard\"\ndefinition = \"Another part.\"\n\n[[term]]\nname = \"replica\"\ndefinition = \"A copy.\"\n",
    "[[term]]\nname = \"paragraph\"\ndefinition = \"A text.\"\npage = \"d.md\"\n",
];

const CONFIGS: [&str; 4] = [
    "[book]\ntitle = \"A book\"\n",
    "[book]\ntitle = \"Another title\"\nbase-url = \"https://example.org/x/\"\n",
    "[book]\ntitle = \"A book\"\n\n[html]\nraw = \"allow\"\n",
    "[book]\ntitle = \"A book\"\nwrong = 1\n",
];

const TEMPLATES: [&str; 4] = [
    "{% extends \"base.html\" %}\n",
    "<h1>{{ page.title_html | safe }}</h1>\n{{ body_html | safe }}",
    "{{ page.nothing }}\n",
    "{{ page.title_text }\n",
];

/// One change to a book.
#[derive(Clone, Debug)]
enum Edit {
    Page(&'static str, &'static str, Vec<&'static str>),
    RemovePage(&'static str),
    Summary(Option<&'static str>),
    Glossary(Option<&'static str>),
    Config(&'static str),
    Template(&'static str),
    Picture(bool),
}

fn edit() -> impl Strategy<Value = Edit> {
    let page = (select(&PAGES[..]), select(&FRONTS[..]), vec(select(&PIECES[..]), 0..5));
    prop_oneof![
        6 => page.prop_map(|(page, front, pieces)| Edit::Page(page, front, pieces)),
        1 => select(&PAGES[1..]).prop_map(Edit::RemovePage),
        1 => proptest::option::of(select(&SUMMARIES[..])).prop_map(Edit::Summary),
        1 => proptest::option::of(select(&GLOSSARIES[..])).prop_map(Edit::Glossary),
        1 => select(&CONFIGS[..]).prop_map(Edit::Config),
        1 => prop_oneof![3 => Just(TEMPLATES[0]), 1 => select(&TEMPLATES[1..])].prop_map(Edit::Template),
        1 => any::<bool>().prop_map(Edit::Picture),
    ]
}

fn apply(sources: &mut Sources, edit: &Edit) {
    match edit {
        Edit::Page(page, front, pieces) => {
            put(sources, page, &format!("{front}# Page {page}\n\n{}", pieces.join("\n")));
        }
        Edit::RemovePage(page) => drop(sources.pages.remove(&SourcePath::new(page).expect("a path"))),
        Edit::Summary(text) => sources.summary = text.map(|text| Source::new("content/SUMMARY.md", text)),
        Edit::Glossary(text) => sources.glossary = text.map(|text| Source::new("content/glossary.toml", text)),
        Edit::Config(text) => sources.config = Source::new("book.toml", *text),
        Edit::Template(text) => {
            sources.templates.insert("page.html".into(), Source::new("templates/page.html", *text));
        }
        Edit::Picture(large) => {
            let size = if *large { 20 } else { 10 };
            for folder in ["", "b/"] {
                put(sources, &format!("{folder}dot.svg"), &format!("<svg width=\"{size}\" height=\"{size}\"/>"));
            }
        }
    }
}

/// A book in which every page links to others.
fn start() -> Sources {
    let mut sources = book(&[("SUMMARY.md", SUMMARIES[0]), ("glossary.toml", GLOSSARIES[0])]);
    apply(&mut sources, &Edit::Picture(false));
    for page in PAGES {
        apply(&mut sources, &Edit::Page(page, "", vec!["A paragraph about a shard.\n", "## Load {#load}\n"]));
    }
    sources
}

proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 64, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_build_after_edits_is_the_clean_build(edits in vec(edit(), 1..8)) {
        let mut sources = start();
        let mut memo = Memo::default();
        build(&sources, &mut memo);
        for edit in &edits {
            apply(&mut sources, edit);
            let after = build(&sources, &mut memo);
            let clean = build(&sources, &mut Memo::default());
            assert_eq!(report::render(&after.diagnostics, false), report::render(&clean.diagnostics, false));
            assert!(after.site == clean.site, "the sites differ after {edit:?}");
        }
    }
}

#[test]
fn an_unchanged_page_is_not_made_again() {
    let mut sources = start();
    let mut memo = Memo::default();
    let before = build(&sources, &mut memo).site.expect("nothing is wrong");
    apply(&mut sources, &Edit::Page("a.md", "", vec!["Another paragraph.\n", "## Load {#load}\n"]));
    let after = build(&sources, &mut memo).site.expect("nothing is wrong");
    let same = |page: &str| {
        let output = OutputPath::new(page).expect("a path in the site");
        Arc::ptr_eq(&before.files[&output], &after.files[&output])
    };
    assert!(same("d.html") && same("b/c.html"), "pages that did not change are the very same bytes");
    assert!(!same("a.html"), "the changed page is a new one");
}
