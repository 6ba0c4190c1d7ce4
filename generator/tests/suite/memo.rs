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

/// Pieces of pages: what they say depends on other pages, or changes what others say. `UP/` leads to the top.
const PIECES: [&str; 15] = [
    "A paragraph about a shard.\n",
    "Another paragraph.\n",
    "## Virtual nodes\n",
    "## Extra {#extra}\n",
    "[to a](UP/a.md) and [its load](UP/a.md#load)\n",
    "[to b](UP/b/index.md#load)\n",
    "[here](#load)\n",
    "![dot](UP/dot.svg)\n",
    "```demo toy\nsize = 5\n```\n",
    "Two replicas.[^n]\n\n[^n]: Note.\n",
    "```rust\nfn main() {}\n```\n",
    "<span id=\"raw\">raw</span>\n",
    "# Another title\n",
    "> [!NOTE]\n> Note.\n",
    "[^unused]: Note.\n",
];

/// Pieces that are wrong, always or in some books.
const WRONG: [&str; 6] = [
    "```demo toy\nsize = 50\n```\n",
    "```demo broken\n```\n",
    "[nowhere](nowhere.md)\n",
    "[nodes](#virtual-nodes)\n",
    "<b onclick=\"x()\">raw</b>\n",
    "## Twice {#load}\n",
];

const FRONTS: [&str; 6] = [
    "",
    "+++\ndraft = true\n+++\n\n",
    "+++\ntitle = \"Of the front matter\"\n+++\n\n",
    "+++\naliases = [\"old.html\"]\n+++\n\n",
    "+++\nbuilds_on = [\"UP/d.md\"]\n+++\n\n",
    "+++\nimage = \"UP/dot.svg\"\ndate = 2026-11-22\ndescription = \"In short.\"\n+++\n\n",
];

/// The same title in other dress.
const TITLES: [&str; 3] = ["Page", "*Page*", "Page `two`"];

const SUMMARIES: [&str; 6] = [
    "[Home](index.md)\n\n# Part\n\n- [A](a.md)\n- [B](b/index.md)\n  - [C](b/c.md)\n- [D](d.md)\n",
    "[Home](index.md)\n\n# Other part\n\n- [Other A](a.md)\n- [B](b/index.md)\n  - [C](b/c.md)\n- [D](d.md)\n",
    "[Home](index.md)\n\n# Part\n\n- [Draft]()\n- [A](a.md)\n- [D](d.md)\n- [B](b/index.md)\n  - [C](b/c.md)\n",
    "[Home](index.md)\n\n# [Part](b/index.md)\n\n- [D first](d.md)\n- [A](a.md)\n- [C](b/c.md)\n",
    "[Home](index.md)\n\n- [A](a.md)\n- [A again](a.md)\n",
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

const TEMPLATES: [&str; 5] = [
    "{% extends \"base.html\" %}\n",
    "<a href=\"#extra\">to the extra</a><h1>{{ page.title_html | safe }}</h1>\n{{ body_html | safe }}",
    "<h1>{{ page.title_html | safe }}</h1>\n{{ body_html | safe }}",
    "{{ page.nothing }}\n",
    "{{ page.title_text }\n",
];

/// One change to a book.
#[derive(Clone, Debug)]
enum Edit {
    Page { page: &'static str, front: &'static str, title: &'static str, pieces: Vec<&'static str> },
    RemovePage(&'static str),
    Summary(Option<&'static str>),
    Glossary(Option<&'static str>),
    Config(&'static str),
    Template(&'static str),
    Picture(bool),
}

/// Most edits leave the book right: of one that is wrong there is no site to be compared.
fn edit() -> impl Strategy<Value = Edit> {
    let piece = prop_oneof![40 => select(&PIECES[..]), 1 => select(&WRONG[..])];
    let front = prop_oneof![2 => Just(""), 1 => select(&FRONTS[..])];
    let page = (select(&PAGES[..]), front, select(&TITLES[..]), vec(piece, 0..4));
    let template = prop_oneof![6 => Just(TEMPLATES[0]), 1 => select(&TEMPLATES[1..])];
    let summary = prop_oneof![4 => select(&SUMMARIES[..4]), 1 => select(&SUMMARIES[4..])];
    prop_oneof![
        8 => page.prop_map(|(page, front, title, pieces)| Edit::Page { page, front, title, pieces }),
        1 => select(&PAGES[1..]).prop_map(Edit::RemovePage),
        2 => proptest::option::weighted(0.8, summary).prop_map(Edit::Summary),
        2 => proptest::option::weighted(0.8, select(&GLOSSARIES[..])).prop_map(Edit::Glossary),
        1 => select(&CONFIGS[..]).prop_map(Edit::Config),
        1 => template.prop_map(Edit::Template),
        2 => any::<bool>().prop_map(Edit::Picture),
    ]
}

fn apply(sources: &mut Sources, edit: &Edit) {
    match edit {
        Edit::Page { page, front, title, pieces } => {
            let up = if page.starts_with("b/") { "../" } else { "" };
            // Every page has this heading, so that links to it are right.
            let text = format!("{front}# {title} {page}\n\n{}\n## Load {{#load}}\n", pieces.join("\n"));
            put(sources, page, &text.replace("UP/", up));
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
            put(sources, "dot.svg", &format!("<svg width=\"{size}\" height=\"{size}\"/>"));
        }
    }
}

/// The edit that gives a page these pieces and nothing else.
fn page(page: &'static str, pieces: Vec<&'static str>) -> Edit {
    Edit::Page { page, front: "", title: TITLES[0], pieces }
}

/// A book in which every page links to others.
fn start() -> Sources {
    let mut sources = book(&[("SUMMARY.md", SUMMARIES[0]), ("glossary.toml", GLOSSARIES[0])]);
    apply(&mut sources, &Edit::Picture(false));
    for name in PAGES {
        apply(&mut sources, &page(name, vec![PIECES[0], PIECES[7], PIECES[8]]));
    }
    sources
}

proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 200, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_build_after_edits_is_the_clean_build(edits in vec(edit(), 1..8)) {
        let mut sources = start();
        let mut memo = Memo::default();
        assert!(build(&sources, &mut memo).site.is_some(), "it begins with a book that is right");
        compare(&mut sources, &mut memo, &edits);
    }
}

/// After each edit, the build that remembers and the clean one must be the same.
fn compare(sources: &mut Sources, memo: &mut Memo, edits: &[Edit]) {
    for edit in edits {
        apply(sources, edit);
        let after = build(sources, memo);
        let clean = build(sources, &mut Memo::default());
        assert_eq!(report::render(&after.diagnostics, false), report::render(&clean.diagnostics, false), "{edit:?}");
        assert!(after.site == clean.site, "the sites differ after {edit:?}");
    }
}

#[test]
fn what_chance_seldom_finds() {
    let titled = |title| Edit::Page { page: "d.md", front: "", title, pieces: Vec::new() };
    let based = |title| Edit::Page { page: "a.md", front: FRONTS[4], title, pieces: Vec::new() };
    let traps = [
        // The page that another builds on has the same title in other dress.
        vec![based(TITLES[0]), titled(TITLES[1]), titled(TITLES[0])],
        // So has the one that it leads to; and it leads there no more.
        vec![based(TITLES[0]), based(TITLES[1]), page("a.md", Vec::new())],
        // What is wrong depends on a switch.
        vec![Edit::Config(CONFIGS[2]), page("a.md", vec![WRONG[4]]), Edit::Config(CONFIGS[0])],
        // What a template links to comes and goes.
        vec![
            page("a.md", vec![PIECES[3]]),
            page("b/index.md", vec![PIECES[3]]),
            page("b/c.md", vec![PIECES[3]]),
            page("d.md", vec![PIECES[3]]),
            Edit::Template(TEMPLATES[1]),
            page("d.md", vec![PIECES[2]]),
            page("d.md", vec![PIECES[3]]),
        ],
    ];
    for edits in traps {
        let mut memo = Memo::default();
        compare(&mut start(), &mut memo, &edits);
    }
}

#[test]
fn a_memo_for_one_build_gives_the_same_site_and_keeps_no_page() {
    let sources = start();
    let (mut kept, mut once) = (Memo::default(), Memo::once());
    let site = build(&sources, &mut kept).site;
    assert!(site.is_some() && site == build(&sources, &mut once).site, "it is the same site");
    let has_text = |memo: &Memo| format!("{memo:?}").contains(PIECES[0].trim());
    assert!(has_text(&kept) && !has_text(&once), "only a memo for more builds has the text of pages");
}

#[test]
fn an_unchanged_page_is_not_made_again() {
    let mut sources = start();
    let mut memo = Memo::default();
    let before = build(&sources, &mut memo).site.expect("nothing is wrong");
    apply(&mut sources, &page("a.md", vec![PIECES[1], PIECES[7], PIECES[8]]));
    let after = build(&sources, &mut memo).site.expect("nothing is wrong");
    let same = |page: &str| {
        let output = OutputPath::new(page).expect("a path in the site");
        Arc::ptr_eq(&before.files[&output], &after.files[&output])
    };
    assert!(same("d.html") && same("b/c.html"), "pages that did not change are the very same bytes");
    assert!(!same("a.html"), "the changed page is a new one");
}
