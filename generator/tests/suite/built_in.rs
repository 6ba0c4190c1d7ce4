//! What must hold for every page that the built-in templates make, of the test books and of the book that comes along.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use cutaway::diagnostic::Warned;
use cutaway::site::Site;
use cutaway::{BuildOptions, Memo, build, load, make, report};

use crate::sites::{demos, folder, names};

/// All test books that can be built with the built-in templates, and the one that comes with Cutaway.
fn sites() -> Vec<(String, Site)> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut sites = Vec::new();
    for (name, folder) in
        names().into_iter().map(|name| (name.clone(), folder().join(name))).chain([("own".into(), own)])
    {
        // What an author writes with `raw = "allow"` is theirs to answer for.
        if folder.join("templates").exists() && name != "own" || name == "raw-html" {
            continue;
        }
        let demos = if name == "own" || name.starts_with("no-demos") { None } else { demos() };
        let built = make(load::sources(&folder), Warned::new(demos), &BuildOptions::default(), &mut Memo::default());
        match built.site {
            Some(site) => sites.push((name, site)),
            // A book that is right with the short templates is right with these.
            None => assert!(
                !folder.join("expected").exists() && name != "own",
                "{name}: {}",
                report::render(&built.diagnostics, false)
            ),
        }
    }
    assert!(sites.len() > 20, "most books are fine");
    sites
}

/// The start tags of a page as written, `<a href="x">`, with comments and text left out.
fn tags(html: &str) -> Vec<&str> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start..];
        let mut quote = None;
        let end = rest.char_indices().find(|(_, c)| match (quote, c) {
            (None, '>') => true,
            (None, '"' | '\'') => {
                quote = Some(*c);
                false
            }
            (Some(open), c) if open == *c => {
                quote = None;
                false
            }
            _ => false,
        });
        let end = end.map_or(rest.len() - 1, |(end, _)| end);
        tags.push(&rest[..=end]);
        rest = &rest[end + 1..];
    }
    tags
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[start..].split('"').next()
}

/// The names of the attributes of a tag.
fn attribute_names(tag: &str) -> impl Iterator<Item = &str> {
    tag.split('"')
        .step_by(2)
        .filter_map(|piece| piece.trim_end().strip_suffix('='))
        .map(|it| it.rsplit(' ').next().unwrap_or(it))
}

#[test]
fn nothing_is_inline_and_nothing_comes_from_elsewhere() {
    for (name, site) in sites() {
        for (output, html) in pages(&site) {
            for tag in tags(&html) {
                let at = format!("{name}: {output}: {tag}");
                assert!(!tag.starts_with("<style"), "{at}");
                // A data block is not run.
                let data = attribute(tag, "type") == Some("application/ld+json");
                assert!(!tag.starts_with("<script") || attribute(tag, "src").is_some() || data, "{at}");
                for attribute in attribute_names(tag) {
                    assert!(attribute != "style" && !attribute.starts_with("on"), "{at}");
                }
                let loads =
                    ["<script", "<link", "<img", "<iframe", "<source", "<use"].iter().any(|it| tag.starts_with(it));
                // The canonical address and `prev` are words about the page, not requests.
                if loads && attribute(tag, "rel") != Some("canonical") && name != "remote-images" {
                    for url in ["src", "href"].iter().filter_map(|it| attribute(tag, it)) {
                        let own = output == "404.html" && url.starts_with("https://example.org/book/");
                        assert!(!url.contains("//") || own, "{at}");
                    }
                }
            }
        }
    }
}

#[test]
fn every_page_has_its_policy_first_one_title_and_its_landmarks() {
    for (name, site) in sites() {
        for (output, html) in pages(&site) {
            let at = format!("{name}: {output}");
            let head: Vec<&str> = tags(&html).into_iter().skip_while(|tag| *tag != "<head>").skip(1).take(2).collect();
            assert_eq!(head[0], "<meta charset=\"utf-8\">", "{at}");
            assert!(
                head[1]
                    .starts_with("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;;"),
                "{at}: {}",
                head[1]
            );
            assert!(!head[1].contains("unsafe-inline") && !head[1].contains("data:"), "{at}");
            assert_eq!(
                head[1].contains("wasm-unsafe-eval"),
                html.contains("data-wasm="),
                "{at}: wasm is allowed where there is a demo"
            );
            // A second `#` is what that book is about.
            assert!(html.matches("<h1").count() == 1 || name == "heading-order", "{at}");
            assert_eq!(html.matches("<main").count(), 1, "{at}");
            assert!(html.contains("<html lang=\"en\">"), "{at}");
            if !html.contains("http-equiv=\"refresh\"") {
                assert!(html.contains("class=\"skip\""), "{at}");
                assert_eq!(
                    html.contains("demos."),
                    html.contains("data-wasm="),
                    "{at}: the demos' script is there where there is a demo"
                );
            }
        }
    }
}

#[test]
fn ids_are_unique_and_tags_balance() {
    for (name, site) in sites() {
        for (output, html) in pages(&site) {
            let mut ids = BTreeSet::new();
            let mut open: Vec<String> = Vec::new();
            for tag in tags(&html) {
                if let Some(id) = attribute(tag, "id") {
                    assert!(ids.insert(id.to_string()), "{name}: {output}: the id {id} stands twice");
                }
                let word = tag.trim_start_matches(['<', '/']).split([' ', '>', '/', '\n']).next().unwrap_or_default();
                let void = ["meta", "link", "img", "br", "hr", "input", "wbr", "!DOCTYPE"].contains(&word)
                    || tag.ends_with("/>");
                if tag.starts_with("</") {
                    assert_eq!(open.pop().as_deref(), Some(word), "{name}: {output}: {tag}");
                } else if !void {
                    open.push(word.to_string());
                }
            }
            assert!(open.is_empty(), "{name}: {output}: {open:?} are never closed");
        }
    }
}

#[test]
fn links_are_relative_but_on_the_page_for_unknown_addresses() {
    for (name, site) in sites() {
        for (output, html) in pages(&site) {
            for url in tags(&html).into_iter().flat_map(|tag| [attribute(tag, "href"), attribute(tag, "src")]).flatten()
            {
                let absolute = url.starts_with('/');
                assert_eq!(absolute, output == "404.html" && !url.starts_with(['#', 'h']), "{name}: {output}: {url}");
            }
        }
    }
}

#[test]
fn a_page_does_not_grow_with_the_book() {
    let size = |n_parts: usize, n_chapters: usize| {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("it is in the folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        };
        write("book.toml", "[book]\ntitle = \"A book\"\n");
        write("content/index.md", "# Start\n");
        let mut summary = String::from("[Start](index.md)\n");
        for part in 100..100 + n_parts {
            summary += &format!("\n# Part {part}\n\n");
            for chapter in 100..100 + if part == 120 { n_chapters } else { 2 } {
                write(&format!("content/{part}/{chapter}.md"), "# A chapter\n\nText.\n");
                summary += &format!("- [A chapter]({part}/{chapter}.md)\n");
            }
        }
        write("content/SUMMARY.md", &summary);
        let built = build(folder.path(), &BuildOptions::default(), &mut Memo::default());
        let site = built.site.unwrap_or_else(|| panic!("{}", report::render(&built.diagnostics, false)));
        let (_, page) = pages(&site).find(|(name, _)| name == "120/101.html").expect("it is a chapter");
        page
    };
    let (few, many) = (size(40, 2), size(400, 2));
    assert!(few.contains("All 40 parts") && many.contains("All 400 parts"), "the home page has them all");
    assert!(many.len() < few.len() + 100, "{} bytes with 40 parts, {} with 400", few.len(), many.len());
    let (few, many) = (size(21, 110), size(21, 440));
    assert!(!few.contains("All 21 parts"), "all are there");
    assert!(many.len() < few.len() + 100, "{} bytes with 110 chapters in a part, {} with 440", few.len(), many.len());
}

fn pages(site: &Site) -> impl Iterator<Item = (String, String)> {
    let html = site.files.iter().filter(|(output, _)| output.as_str().ends_with(".html"));
    html.map(|(output, bytes)| (output.to_string(), String::from_utf8(bytes.to_vec()).expect("pages are UTF-8")))
}
