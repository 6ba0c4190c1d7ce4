//! What Markdown means here, specified in prose: `tests/markdown/*.md` explain a feature and show it.
//!
//! An example is a fence `markdown` and the fence `html` that it becomes; a fence `report` behind it has what is
//! said of it, and must be there if anything is. `BLESS=1 cargo test` rewrites the two; read the diff.

use std::ops::Range;
use std::path::{Path, PathBuf};

use cutaway::config::{Config, Policy};
use cutaway::diagnostic::Code;
use cutaway::document::{Kind, Node, Written};
use cutaway::parse;
use cutaway::path::SourcePath;
use cutaway::source::Source;
use proptest::prelude::{ProptestConfig, Strategy, prop_assert, proptest};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::page_html::{page_html, report};

#[test]
fn examples_in_prose_hold() {
    let mut n_examples = 0;
    let mut wrong = String::new();
    for file in specs() {
        let text = std::fs::read_to_string(&file).expect("a readable specification");
        let examples = examples(&text);
        let mut mended = text.clone();
        // From the end, so that the ranges before stay right.
        for example in examples.iter().rev() {
            n_examples += 1;
            let page = page_html(&text[example.markdown.clone()], Policy::Deny);
            let found = [("html", page.value, &example.html), ("report", report(&page.diagnostics), &example.report)];
            for (what, found, expected) in found.into_iter().rev() {
                let before = expected.as_ref().map_or("", |range| &text[range.clone()]);
                if found == before {
                    continue;
                }
                let line = text[..example.markdown.start].lines().count();
                wrong += &format!("{}:{line}: {what}\n--- expected\n{before}--- found\n{found}\n", file.display());
                match expected {
                    Some(range) => mended.replace_range(range.clone(), &found),
                    None => mended.insert_str(example.end, &format!("\n{0}{what}\n{found}{0}\n", example.fence)),
                }
            }
        }
        if std::env::var_os("BLESS").is_some() && mended != text {
            std::fs::write(&file, mended).expect("a writable specification");
        }
    }
    assert!(n_examples > 50, "only {n_examples} examples were found");
    assert!(wrong.is_empty(), "{wrong}");
}

/// The bytes of an example's fences in their file.
struct Example {
    markdown: Range<usize>,
    html: Option<Range<usize>>,
    report: Option<Range<usize>>,
    /// Behind the last of them.
    end: usize,
    /// The backticks of the first.
    fence: String,
}

fn examples(text: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut open: Option<(String, Range<usize>, usize)> = None;
    for (event, range) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let body = range.start + text[range.clone()].find('\n').map_or(0, |at| at + 1);
                open = Some((info.to_string(), body..body, range.start));
            }
            Event::Text(_) => {
                if let Some((_, body, _)) = &mut open {
                    body.end = range.end;
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                let Some((info, body, start)) = open.take() else { continue };
                let fence = text[start..].chars().take_while(|c| *c == '`').collect();
                match (info.as_str(), examples.last_mut()) {
                    ("markdown", _) => {
                        examples.push(Example { markdown: body, html: None, report: None, end: range.end + 1, fence });
                    }
                    ("html", Some(example)) => (example.html, example.end) = (Some(body), range.end + 1),
                    ("report", Some(example)) => (example.report, example.end) = (Some(body), range.end + 1),
                    (other, _) => panic!("a fence `{other}` is no part of an example"),
                }
            }
            _ => {}
        }
    }
    examples
}

fn specs() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/markdown");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder of specifications")
        .map(|entry| entry.expect("a readable folder").path())
        .collect();
    files.sort();
    files
}

/// What `text` is worth a report for, by code.
fn codes(text: &str) -> Vec<Code> {
    let path = SourcePath::new("page.md").expect("a path in the book");
    let read = parse::document(&path, &Source::new("page.md", text), &Config::default());
    read.diagnostics.iter().map(|it| it.code).collect()
}

#[test]
fn a_text_nested_too_deep_is_one_report_and_never_the_end_of_the_stack() {
    let staircase = |mark: &str, indent: &str| -> String {
        (0..2_000).map(|depth| format!("{}{mark}a\n", indent.repeat(depth))).collect()
    };
    for deep in [
        "> ".repeat(2_000) + "a",
        "- ".repeat(2_000) + "a",
        staircase("- ", "  "),
        staircase("> - ", "> "),
        "*".repeat(50_000) + "a" + &"*".repeat(50_000),
        "**a ".repeat(20_000) + &" b**".repeat(20_000),
    ] {
        assert_eq!(codes(&format!("# T\n\n{deep}\n")), [Code::TooDeep], "{}", &deep[..20]);
    }
    let deep_yaml = format!("---\ntitle: {}\n---\n# T\n", "[".repeat(50_000));
    assert_eq!(codes(&deep_yaml), [Code::BadFrontMatter]);
    let deep_toml = format!("+++\ntitle = {}\n+++\n# T\n", "[".repeat(50_000));
    assert!(codes(&deep_toml).iter().all(|code| *code == Code::BadFrontMatter));
    assert_eq!(codes(&format!("+++\ntitle = '{}'\n+++\n", "x".repeat(100_000))), [Code::TooDeep]);
}

#[test]
fn a_large_page_is_a_page() {
    let rows = format!("| a | b |\n|---|---|\n{}", "| 1 | [x](y.md) |\n".repeat(5_000));
    let lines = "let a = \"b\"; // c\n".repeat(100_000);
    for large in [
        "[".repeat(50_000),
        "[a](".repeat(50_000),
        "![".repeat(50_000),
        "<b>x</b>".repeat(20_000),
        "[^a] ".repeat(20_000) + "\n\n[^a]: note",
        "## The same heading\n\n".repeat(10_000),
        "Some words *and* more `code` here.\n\n".repeat(300_000),
        format!("```rust\n{lines}```\n"),
        rows,
    ] {
        let found = codes(&format!("# T\n\n{large}\n"));
        assert!(found.is_empty(), "{:?} of {}", &found[..1], &large[..20]);
    }
}

/// Parses, and fails if a range is not a piece of the source, in the tree or in a report.
fn parse_any(text: &str) -> Result<(), String> {
    let source = Source::new("page.md", text);
    for raw_html in [Policy::Deny, Policy::Allow] {
        let config = Config { raw_html, ..Config::default() };
        let path = SourcePath::new("page.md").map_err(|error| format!("{error:?}"))?;
        let read = parse::document(&path, &source, &config);
        check_ranges(text, &read.value.body)?;
        check_ranges(text, read.value.title.as_deref().unwrap_or_default())?;
        for it in &read.diagnostics {
            let span = it.span.as_ref().ok_or("a report without a place")?;
            check_range(text, &span.range)?;
        }
    }
    Ok(())
}

fn check_ranges(text: &str, nodes: &[Node<Written>]) -> Result<(), String> {
    for node in nodes {
        check_range(text, &node.range).map_err(|error| format!("{error} of {:?}", node.kind))?;
        if let Kind::Demo(fence) = &node.kind {
            check_range(text, &fence.name.1)?;
            check_ranges(text, &fence.notice)?;
            for entry in &fence.entries {
                check_range(text, &entry.key_range)?;
                check_range(text, &entry.value_range)?;
            }
        }
        if let Kind::Plot(fence) = &node.kind {
            check_ranges(text, &fence.notice)?;
        }
        if let Kind::Diagram(fence) = &node.kind {
            check_ranges(text, &fence.notice)?;
        }
        check_ranges(text, &node.children)?;
    }
    Ok(())
}

fn check_range(text: &str, range: &Range<usize>) -> Result<(), String> {
    text.get(range.clone()).map(drop).ok_or_else(|| format!("the range {range:?} is no piece of {text:?}"))
}

/// Pieces that mean something to one of our parsers, put together at random.
fn pages() -> impl Strategy<Value = String> {
    let pieces = [
        "# ",
        "## a {#b}",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "> ",
        "> [!ANSWER]",
        "[!DETAILS] x *y*",
        "[!NOTE]",
        "    ",
        "\t",
        "```",
        "```rust {1,3-9} title=\"é\"",
        "```demo ring",
        "```demo\n",
        "```plot\n",
        "```mermaid title=\"é\" notice=\"é *b* [^1]\"\n",
        "flowchart LR\n",
        "sequenceDiagram\n",
        "A[\"é<br>b\"] -->|é| B{é}\n",
        "A->>é: b\n",
        "subgraph é\n",
        "title = \"é\"\nx = { label = \"é\", from = 1, to = 9 }\ny = { label = \"y\" }\n",
        "[[series]]\nlabel = \"é\"\n",
        "formula = \"é + (x\"\n",
        "formula = \"x ^ 2\"\n",
        "points = [[1, 2.5], [3, nan], 4]\n",
        "id = \"é\"\n",
        "notice = \"\"\"é *b*\n\"\"\"\n",
        "notice = 'x [^1] <b>'\n",
        "a = [1, \"é\", {b = 2}]\n",
        "+++\n",
        "---\n",
        "title: é\n",
        "draft = true\n",
        "| a | é |",
        "|--:|---|",
        "[^1]",
        "[^é]: ",
        "[a][b]",
        "[a](b.md#c \"t\")",
        "![](é.png)",
        "![é](a.png \"t\")",
        "<b>",
        "</b>",
        "<div\n",
        "<a href='x.md' id=é>",
        "</a>",
        "<img src=x alt=é>",
        "<!-- é",
        "-->",
        "<script>",
        "<![CDATA[",
        "&amp;",
        "&ouml;",
        "\\",
        "`",
        "*",
        "**",
        "_",
        "~~",
        "\"",
        "'",
        "--",
        "...",
        "é",
        "日本",
        "\u{feff}",
        "\u{0}",
        "\r\n",
        "\r",
        "// [!code ++]",
        "# [!code é]",
        "x",
        " ",
        ": ",
        "- [x] ",
        "$",
        "$$",
        "$x^2$",
        "$$\n\\frac{é}{2}\n$$",
        "\\label{é}",
        "\\frac{",
        "\\begin{cases}",
        "\\end{cases}",
        "$5/$10",
        "^{",
        "<https://é>",
        "<a@b.c>",
        "javascript:",
        "{",
        "}",
        "]",
        ")",
    ];
    proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_page_is_parsed_and_every_range_is_a_piece_of_it(page in pages()) {
        let parsed = parse_any(&page);
        prop_assert!(parsed.is_ok(), "{parsed:?}");
    }

    #[test]
    fn any_string_is_parsed(text in ".{0,200}") {
        let parsed = parse_any(&text);
        prop_assert!(parsed.is_ok(), "{parsed:?}");
    }

    #[test]
    fn any_string_is_a_book_file(text in pages()) {
        let source = Source::new("file", text.as_str());
        let found = [
            parse::config(&source).diagnostics,
            parse::summary(&source).diagnostics,
            parse::glossary(&source).diagnostics,
        ];
        for span in found.iter().flatten().filter_map(|it| it.span.as_ref()) {
            prop_assert!(text.get(span.range.clone()).is_some());
        }
    }
}
