//! Large, deep and odd pages: they are built, or refused with a clear word, and never end in a crash.
//!
//! Tests run on threads with small stacks, so a recursion without limit would show here.

use std::fmt::Write as _;

use cutaway::diagnostic::Code;
use cutaway::{Memo, report};

use crate::books::{book, build, html, page, put};

/// What is made of a page that may be wrong: its complaints.
fn complaints(text: &str) -> Vec<Code> {
    let built = build(&book(&[("index.md", text)]), &mut Memo::default());
    report::render(&built.diagnostics, false);
    built.diagnostics.iter().map(|it| it.code).collect()
}

#[test]
fn a_page_of_ten_megabytes_is_built() {
    let paragraph = "A sentence with *stress*, `code` and a [link](#end) for the ring.\n\n";
    let text = format!("# Home\n\n{}## End\n", paragraph.repeat(10_000_000 / paragraph.len()));
    assert!(page(&text).len() > 10_000_000);
}

#[test]
fn ten_thousand_headings_have_ids_of_their_own() {
    let mut text = String::from("# Home\n\n");
    for idx in 0..10_000 {
        let _ = writeln!(text, "## Same\n\nTo [another](#same-{}).\n", if idx == 0 { 1 } else { idx });
    }
    let html = page(&text);
    assert!(html.contains("id=\"same-9999\"") && html.contains("href=\"#same-9999\""));
}

#[test]
fn deep_nesting_is_refused_with_a_word() {
    let list: String = (0..2_000).fold(String::from("# Home\n\n"), |mut text, depth| {
        let _ = writeln!(text, "{}- item", "  ".repeat(depth));
        text
    });
    assert!(complaints(&list).contains(&Code::TooDeep));
    assert!(complaints(&format!("# Home\n\n{}deep\n", "> ".repeat(2_000))).contains(&Code::TooDeep));
    assert!(complaints(&format!("# Home\n\n{}deep\n", "- ".repeat(2_000))).contains(&Code::TooDeep));
    let spans = format!("# Home\n\n{}deep{}\n", "<span>".repeat(2_000), "</span>".repeat(2_000));
    complaints(&spans);
    complaints(&format!("# Home\n\n{}deep{}\n", "**a ".repeat(2_000), " a**".repeat(2_000)));
}

#[test]
fn fifty_thousand_open_brackets_are_text() {
    for sign in ["[", "![", "<", "*", "`", "_", "(", "[^", "&", "\\", "|", "~", "<a "] {
        complaints(&format!("# Home\n\n{}\n", sign.repeat(50_000)));
    }
}

#[test]
fn a_table_of_five_thousand_rows_is_built() {
    let rows = "| a | b | c |\n".repeat(5_000);
    let html = page(&format!("# Home\n\n| x | y | z |\n|---|--:|---|\n{rows}"));
    assert_eq!(html.matches("<tr>").count(), 5_001);
}

#[test]
fn many_broken_links_do_not_take_for_ever() {
    let mut text = String::from("# Home\n\n");
    for idx in 0..5_000 {
        let _ = writeln!(text, "[x](nowhere-{idx}.md) and [y](#nothing-{idx})\n\n## Heading {idx}\n");
    }
    assert_eq!(complaints(&text).len(), 10_000);
}

#[test]
fn many_pages_and_terms_are_built() {
    let mut sources = book(&[("index.md", "# Home\n")]);
    let mut glossary = String::new();
    for idx in 0..500 {
        put(
            &mut sources,
            &format!("p{idx}.md"),
            &format!("# Page {idx}\n\nTo [the next](p{}.md) by term{idx}.\n", (idx + 1) % 500),
        );
        let _ = writeln!(glossary, "[[term]]\nname = \"term{idx}\"\ndefinition = \"Number {idx}.\"\n");
    }
    put(&mut sources, "glossary.toml", &glossary);
    let built = build(&sources, &mut Memo::default());
    assert!(html(&built, "p499.html").contains("glossary.html#term499"));
    let longest = built
        .site
        .expect("nothing is wrong")
        .files
        .iter()
        .filter(|(output, _)| {
            output.as_str().starts_with('p') && output.as_str() != "print.html" && output.as_str().ends_with(".html")
        })
        .map(|(_, bytes)| bytes.len())
        .max();
    assert!(longest < Some(20_000), "a page's size does not grow with the book: {longest:?}");
}

#[test]
fn line_ends_do_not_show() {
    let text = "+++\ndescription = \"It\"\n+++\n\n# Home\n\nOne\ntwo\n\n```rust\nfn main() {\n}\n```\n\n- a\n- b\n\n| a |\n|---|\n| 1 |\n\n```demo toy\nsize = 5\nnotice = \"See\"\n```\n";
    assert_eq!(page(&text.replace('\n', "\r\n")), page(text));
    assert_eq!(page(&format!("\u{feff}{text}")), page(text));
}

#[test]
fn odd_characters_pass() {
    let html = page(
        "# Home\n\n\u{202e}right to left\u{1b}[31m\n\n## 🦀\n\n## \u{1F469}\u{200D}\u{1F4BB} at work\n\n## +++\n\n## ---\n\n##\n\n[crab](#section)\n",
    );
    assert!(html.contains("<h2 id=\"section\"><a class=\"self\" href=\"#section\">🦀</a></h2>"));
    for text in [
        "",
        "\n",
        "\r",
        "\u{feff}",
        "+++",
        "+++\n",
        "---\n---\n",
        "#",
        "# ",
        "\u{0}",
        "```",
        "```demo",
        "~~~demo toy",
        "<",
        "<!--",
        "[^1]:",
    ] {
        complaints(text);
    }
}
