//! What machines are given says what the pages say.

use std::path::Path;

use cutaway::diagnostic::Warned;
use cutaway::{BuildOptions, Memo, load, make, report};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;

/// The book that comes with Cutaway, without its demos.
fn own_book(base_url: Option<&str>) -> std::collections::BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let options = BuildOptions { base_url: base_url.map(str::to_string), ..BuildOptions::default() };
    let built = make(load::sources(&folder), Warned::new(None), &options, &mut Memo::default());
    let site = built.site.unwrap_or_else(|| panic!("{}", report::render(&built.diagnostics, false)));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    site.files.iter().map(|(output, bytes)| (output.to_string(), text(bytes))).collect()
}

/// The words of a Markdown text that stand in paragraphs, headings and cells: not code, not markup.
fn words(markdown: &str) -> Vec<String> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM;
    let mut text = String::new();
    let mut in_code = false;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(it) | Event::Code(it) if !in_code => text.push_str(&it),
            Event::SoftBreak | Event::HardBreak | Event::End(_) => text.push(' '),
            _ => {}
        }
    }
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_string).collect()
}

/// A page without what is no text: the ids of headings and the names of folds.
fn without_marks(page: &str) -> String {
    let line = |line: &str| match line.rfind("{#") {
        Some(at) if line.starts_with('#') => line[..at].to_string(),
        _ => line.replace("[!ANSWER]", "Answer").replace("[!DETAILS]", ""),
    };
    page.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_markdown_of_a_page_reads_back_as_its_words() {
    let files = own_book(None);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content");
    let mut compared = 0;
    for (name, made) in files.iter().filter(|(name, _)| name.ends_with(".md")) {
        let source = std::fs::read_to_string(folder.join(name)).expect("the page's source");
        let body = source.split("+++\n").last().unwrap_or_default();
        let made = words(made);
        let mut rest = made.iter();
        // Every word of the source, in order; between them stand numbers, and what fences became.
        for word in words(&without_marks(body)) {
            assert!(rest.any(|it| *it == word), "{name}: `{word}` is not where it should be");
            compared += 1;
        }
    }
    assert!(compared > 1_000, "{compared} words were compared");
}

#[test]
fn structured_data_is_json_that_names_the_page() {
    let files = own_book(Some("https://example.org/book"));
    let mut kinds = Vec::new();
    for (name, html) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
        let Some((_, rest)) = html.split_once("<script type=\"application/ld+json\">") else { continue };
        let (json, _) = rest.split_once("</script>").expect("it ends");
        let data: Value = serde_json::from_str(json).unwrap_or_else(|error| panic!("{name}: {error}"));
        let graph = data["@graph"].as_array().expect("a graph");
        kinds.push(graph[0]["@type"].as_str().expect("a type").to_string());
        let url = graph[0]["url"].as_str().expect("an address");
        assert!(url.starts_with("https://example.org/book/"), "{url}");
        assert!(html.contains(&format!("<link rel=\"canonical\" href=\"{url}\">")), "{name}: {url}");
        if let Some(crumbs) = graph.get(1) {
            let items = crumbs["itemListElement"].as_array().expect("a list");
            assert_eq!(items.last().map(|it| &it["name"]), Some(&graph[0]["name"]), "{name}");
        }
    }
    for kind in ["Book", "Chapter", "WebPage"] {
        assert!(kinds.iter().any(|it| it == kind), "no page is a {kind}");
    }
}

#[test]
fn a_book_without_an_address_has_no_sitemap() {
    let here = own_book(None);
    assert!(!here.contains_key("sitemap.xml") && !here.contains_key("feed.xml"));
    assert!(!here["robots.txt"].contains("Sitemap"));
    let there = own_book(Some("https://example.org/book"));
    let pages =
        there.keys().filter(|name| there.contains_key(&name.replace(".html", ".md")) && name.ends_with(".html"));
    for page in pages {
        let url = format!("<loc>https://example.org/book/{}</loc>", page.strip_suffix("index.html").unwrap_or(page));
        assert!(there["sitemap.xml"].contains(&url), "{url}");
    }
    assert!(there["sitemap.xml"].matches("<loc>").count() > 3);
}
