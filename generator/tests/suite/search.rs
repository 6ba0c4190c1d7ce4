//! The search of finished books: what readers find first, that everything can be found, and that a memo changes nothing.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use cutaway::diagnostic::Warned;
use cutaway::site::Site;
use cutaway::{BuildOptions, Memo, load, make, report};
use cutaway_search::{Engine, Found, Hit, Kind, ROOT, Request};

use crate::books::{book, build, html};

/// The files of a site's index by name, and an engine for them.
struct Index {
    files: BTreeMap<String, Arc<[u8]>>,
    engine: Engine,
}

impl Index {
    fn of(site: &Site) -> Self {
        let files: BTreeMap<String, Arc<[u8]>> =
            site.files.iter().map(|(output, bytes)| (output.to_string(), Arc::clone(bytes))).collect();
        let engine = Engine::new(&files[ROOT]).expect("the root is whole");
        Self { files, engine }
    }

    fn ask(&mut self, request: Request<'_>) -> Found {
        self.engine.search_in(request, &mut |name| self.files.get(name).cloned()).expect("all files are whole")
    }

    fn hits(&mut self, query: &str) -> Vec<Hit> {
        self.ask(Request { query, ..Request::default() }).hits
    }
}

fn index(files: &[(&str, &str)]) -> Index {
    let built = build(&book(files), &mut Memo::default());
    Index::of(built.site.as_ref().unwrap_or_else(|| panic!("{}", report::render(&built.diagnostics, false))))
}

fn own() -> Index {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let built = make(load::sources(&root), Warned::new(None), &BuildOptions::default(), &mut Memo::default());
    Index::of(&built.site.expect("the book is right"))
}

#[test]
fn readers_find_first_what_they_ask_for() {
    let table = include_str!("../../../search/tests/queries.toml");
    let table: toml::Table = table.parse().expect("a table of queries");
    let queries = table["query"].as_array().expect("queries");
    assert!(queries.len() >= 40);
    let mut index = own();
    let mut wrong = Vec::new();
    for query in queries {
        let field = |name| query.get(name).and_then(toml::Value::as_str);
        let (ask, first) = (field("ask").expect("a query"), field("first").expect("what is found"));
        let part = field("part").map(|part| index.engine.parts().iter().position(|it| it == part).expect("a part"));
        let hits = index.ask(Request { query: ask, part, pages: 1 }).hits;
        let found = hits.first().map_or("", |hit| hit.url.as_str());
        let right = if first.is_empty() { found.is_empty() } else { found.starts_with(first) };
        if !right {
            let others: Vec<&str> = hits.iter().skip(1).take(3).map(|hit| hit.url.as_str()).collect();
            wrong.push(format!("{ask:?}: `{found}`, not `{first}`; then {}", others.join(", ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_section_is_the_unit() {
    let mut index = index(&[
        ("SUMMARY.md", "[Home](index.md)\n\n# First part\n\n- [A page](a.md)\n"),
        ("index.md", "# Start\n\nHello.\n"),
        (
            "a.md",
            "# A page\n\nThe lead says apple.\n\n## Banana\n\nText of banana.\n\n### Cherry\n\nText with `snake_case`.\n\n\
             ```demo toy\ntitle = \"A toy\"\nnotice = \"What is damson?\"\n```\n\nAfter the elderberry figure.\n",
        ),
        ("glossary.toml", "[[term]]\nname = \"fig\"\ndefinition = \"A grape fruit.\"\n"),
    ]);
    let mut only = |query: &str| -> Hit {
        let hits = index.hits(query);
        assert_eq!(hits.len(), 1, "{query}: {hits:?}");
        hits[0].clone()
    };
    let apple = only("apple");
    assert_eq!((apple.kind, apple.url.as_str(), apple.part.as_str()), (Kind::Page, "a.html", "First part"));
    assert_eq!(apple.text, ["The lead says ", "apple", "."]);
    let cherry = only("snake_case");
    assert_eq!((cherry.url.as_str(), cherry.above.as_str()), ("a.html#cherry", "Banana"));
    assert_eq!(cherry.page_title, "A page");
    assert_eq!(only("elderberry").url, "a.html#cherry", "text after a figure belongs to its heading");
    let toy = only("damson");
    assert_eq!((toy.kind, toy.url.as_str(), toy.label.as_str()), (Kind::Figure, "a.html#toy", "Fig. 1.1"));
    assert_eq!(toy.title, ["A toy"]);
    let fig = only("grape");
    assert_eq!((fig.kind, fig.url.as_str(), fig.part.as_str()), (Kind::Term, "glossary.html#fig", "Glossary"));
}

#[test]
fn a_list_of_sources_comes_after_what_explains() {
    let mut index = index(&[(
        "index.md",
        "# Start\n\n## Sources\n\n- A paper on [isolation levels](https://example.com/a), isolation, isolation.\n\n\
         ## Links\n\nA word on isolation and its levels.\n\n- [More](https://example.com/b)\n",
    )]);
    let hits = index.hits("isolation levels");
    let shown: Vec<(Kind, &str)> = hits.iter().map(|hit| (hit.kind, hit.url.as_str())).collect();
    assert_eq!(shown, [(Kind::Section, "index.html#links"), (Kind::Sources, "index.html#sources")]);
}

#[test]
fn other_names_of_a_term_find_it_first() {
    let glossary = "[[term]]\nname = \"change data capture\"\nalso = [\"CDC\", \"log tailing\"]\ndefinition = \"Reads the log.\"\n";
    let text = "# Start\n\nCDC and log tailing.\n\n## Why CDC\n\nCDC, CDC, CDC: log tailing.\n";
    let mut index = index(&[("index.md", text), ("glossary.toml", glossary)]);
    for query in ["CDC", "cdc", "log tailing", "log taling"] {
        let first = index.hits(query).swap_remove(0);
        assert_eq!((first.kind, first.url.as_str()), (Kind::Term, "glossary.html#change-data-capture"), "{query}");
        assert!(!first.also.concat().is_empty(), "{query}");
    }
}

#[test]
fn every_name_in_the_glossary_finds_its_term() {
    let table = include_str!("../../../content/glossary.toml").parse::<toml::Table>().expect("a glossary");
    let mut index = own();
    let mut wrong = Vec::new();
    for term in table["term"].as_array().expect("terms") {
        let also = term.get("also").and_then(toml::Value::as_array).into_iter().flatten();
        for name in also.chain(term.get("name")).filter_map(toml::Value::as_str) {
            let hits = index.ask(Request { query: &format!("{name} "), part: None, pages: 1 }).hits;
            let of_term = |hit: &Hit| hit.kind == Kind::Term;
            // Its chapter or the section that explains it may come before it, but no more.
            if !hits.iter().take(3).any(of_term) {
                wrong.push(name.to_string());
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn titles_that_are_strange_are_found_and_break_nothing() {
    let long = "x".repeat(300);
    let text = format!(
        "# A \\<b> & \"quote\" \u{1f600}\n\n## `code()`\n\nOne.\n\n## ![](dot.svg)\n\nTwo.\n\n## {long}\n\nThree.\n\n## 数据库\n\nFour.\n"
    );
    let files = [
        ("index.md", text.as_str()),
        ("dot.svg", "<svg width=\"1\" height=\"1\"/>"),
        ("b.md", "# `code()`\n\nFive.\n"),
    ];
    let mut index = index(&files);
    assert_eq!(index.hits("quote")[0].title.concat(), "A <b> & \u{201c}quote\u{201d} \u{1f600}");
    assert_eq!(index.hits("three")[0].title.concat(), long);
    assert_eq!(index.hits("数据")[0].text.concat(), "Four.");
    assert_eq!(index.hits("code").len(), 2);
    let page = html(&build(&book(&files), &mut Memo::default()), "search.html");
    assert!(page.contains("A &lt;b&gt; &amp; \u{201c}quote\u{201d} \u{1f600}"), "{page}");
    assert!(page.contains("<p>code() <a href=\"index.html#code\">"), "{page}");
}

#[test]
fn every_title_of_the_book_finds_its_section() {
    let mut index = own();
    let page = String::from_utf8(index.files["search.html"].to_vec()).expect("UTF-8");
    assert!(page.contains("glossary.html#") && page.contains("id=\"Letter-1\""));
    let leaves: Vec<String> = index.files.keys().filter(|it| it.starts_with("search/t")).cloned().collect();
    assert!(leaves.len() > 20);
    let mut n = 0;
    for leaf in leaves {
        let leaf = cutaway_search::format::leaf(&index.files[&leaf]).expect("a leaf");
        for section in leaf.sections.iter().filter(|it| it.kind != Kind::Figure && !it.title.is_empty()) {
            let found = index.ask(Request { query: &section.title, part: None, pages: 4 });
            let there = |hit: &Hit| hit.title.concat() == section.title;
            assert!(found.hits.iter().any(there), "{}#{}: {}", leaf.url, section.anchor, section.title);
            n += 1;
        }
    }
    assert!(n > 100);
}

#[test]
fn damaged_files_are_an_error_and_no_panic() {
    let index = index(&[("index.md", "# Start\n\nA ring of servers.\n\n## Next\n\nMore rings.\n")]);
    for (name, bytes) in index.files.iter().filter(|(name, _)| name.starts_with("search")) {
        for at in 0..bytes.len() {
            let mut damaged = index.files.clone();
            let mut bytes = bytes.to_vec();
            bytes[at] = bytes[at].wrapping_add(1 + (at % 255) as u8);
            damaged.insert(name.clone(), bytes.into());
            let Ok(mut engine) = Engine::new(&damaged[ROOT]) else { continue };
            // A text of which a letter is wrong is still a text.
            let _ =
                engine.search_in(Request { query: "rings", ..Request::default() }, &mut |it| damaged.get(it).cloned());
        }
    }
}
