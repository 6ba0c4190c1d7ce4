//! Whatever stands in a page, its HTML runs nothing and cannot close a part of the page's own frame.

use cutaway::config::Policy;
use cutaway::diagnostic::Code;
use html5gum::{Token, Tokenizer};
use proptest::prelude::{ProptestConfig, Strategy, prop_assert, prop_assert_eq, proptest};

use crate::page_html::page_html;

const VOID: &[&str] = &["br", "hr", "img", "wbr", "col", "input", "meta", "link", "mspace"];

/// Elements whose end tag a browser supplies.
const OPTIONAL_END: &[&str] = &["p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "rt", "rp"];

/// Tags, halves of tags, and Markdown that may come between.
fn pages() -> impl Strategy<Value = String> {
    let pieces = [
        "<b>",
        "</b>",
        "<i class=x>",
        "</i>",
        "<div>\n",
        "</div>\n",
        "</div>",
        "<div\n",
        "<p>",
        "</p>",
        "<li>",
        "<br/>",
        "<table><tr><td>",
        "</table>",
        "<a href=b.md>",
        "<a href='javascript:x' id=y>",
        "<a id=x>",
        "</a>",
        "<img src=i.png alt=x>",
        "<img/onerror=x src=y>",
        "<script>",
        "</script>",
        "<style>",
        "<svg",
        "<iframe src=x>",
        "<span style=x>",
        "<b onclick=x>",
        "<base href=x>",
        "<x-y>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?",
        "?>",
        "<!DOCTYPE x>",
        "<b title='",
        "\"",
        "'",
        ">",
        "<",
        "&lt;script&gt;",
        "&#60;script>",
        "</main>",
        "</body>",
        "<details open>",
        "</details>",
        "<summary>",
        "</summary>",
        "<plaintext>",
        "<textarea>",
        "<title>",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "    ",
        "```\n",
        "`",
        "*",
        "**",
        "_",
        "[",
        "](x \"t\")",
        "](javascript:x)",
        "$",
        "$$",
        "$\\text{<script>} \\, x < y$",
        "\\label{\"><b onclick=x>}",
        "![",
        "<javascript:x>",
        "# ",
        "| ",
        "\n|--|\n",
        "[^1]",
        "\n[^1]: ",
        "\\",
        "x",
        " ",
        "\r\n",
        "\u{0}",
    ];
    proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..30).prop_map(|pieces| pieces.concat())
}

/// The first thing that runs, loads or styles.
fn unsafe_part(html: &str) -> Option<String> {
    Tokenizer::new(html).map(|Ok(token)| token).find_map(|token| {
        let Token::StartTag(tag) = token else { return None };
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let active =
            ["script", "style", "svg", "iframe", "base", "plaintext", "textarea", "title", "x-y", "body", "main"];
        let attribute = tag.attributes.iter().map(|(name, value)| {
            (String::from_utf8_lossy(name).into_owned(), String::from_utf8_lossy(&value.value).into_owned())
        });
        let bad = |(name, value): &(String, String)| {
            let runs =
                matches!(name.as_str(), "href" | "src") && value.trim().to_lowercase().starts_with("javascript:");
            runs || name.starts_with("on") || name == "style"
        };
        match attribute.into_iter().find(bad) {
            Some((attribute, value)) => Some(format!("{name} {attribute}={value}")),
            None => active.contains(&name.as_str()).then_some(name),
        }
    })
}

/// The elements left open, and the end tags that close nothing.
pub fn unbalanced(html: &str) -> Vec<String> {
    let mut open: Vec<String> = Vec::new();
    let mut wrong = Vec::new();
    for Ok(token) in Tokenizer::new(html) {
        match token {
            Token::StartTag(tag) => open.push(String::from_utf8_lossy(&tag.name).into_owned()),
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let supplied = |it: &String| VOID.contains(&it.as_str()) || OPTIONAL_END.contains(&it.as_str());
                while open.last().is_some_and(|last| *last != name && supplied(last)) {
                    open.pop();
                }
                if open.pop_if(|last| *last == name).is_none() && !OPTIONAL_END.contains(&name.as_str()) {
                    wrong.push(format!("/{name}"));
                }
            }
            _ => {}
        }
    }
    open.retain(|name| !VOID.contains(&name.as_str()) && !OPTIONAL_END.contains(&name.as_str()));
    wrong.extend(open);
    wrong
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_page_runs_anything_or_leaves_its_place(page in pages()) {
        let read = page_html(&format!("# T\n\n{page}"), Policy::Deny);
        prop_assert_eq!(unsafe_part(&read.value), None, "{}", read.value);
        if read.diagnostics.iter().all(|it| it.code != Code::UnsafeHtml) {
            prop_assert!(unbalanced(&read.value).is_empty(), "{:?} in {}", unbalanced(&read.value), read.value);
        }
    }
}
