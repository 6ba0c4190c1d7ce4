//! Which raw tags and attributes may stand in a page. Everything else needs `[html] raw = "allow"`.

use super::html::Tag;
use super::url::{is_unsafe, scheme};

/// Tags that only mark text up. No `main`, `header` or `h1`: a page has those already.
const TAGS: &[&str] = &[
    "a",
    "abbr",
    "address",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Attributes of every tag. No `data-*`: the scripts of the page take their orders from those.
const GLOBAL: &[&str] = &["id", "class", "title", "lang", "dir", "role", "hidden", "translate"];

/// Attributes of single tags.
const OWN: &[(&str, &[&str])] = &[
    ("a", &["href"]),
    ("blockquote", &["cite"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("del", &["cite", "datetime"]),
    ("details", &["open"]),
    ("img", &["src", "alt"]),
    ("ins", &["cite", "datetime"]),
    ("li", &["value"]),
    ("ol", &["start", "reversed", "type"]),
    ("q", &["cite"]),
    ("td", &["colspan", "rowspan", "headers"]),
    ("th", &["colspan", "rowspan", "headers", "scope", "abbr"]),
    ("time", &["datetime"]),
];

/// Tags that run code, load something or read input: worth a word of their own.
const ACTIVE: &[&str] = &[
    "applet", "audio", "base", "button", "canvas", "dialog", "embed", "form", "frame", "frameset", "iframe", "input",
    "link", "math", "meta", "noscript", "object", "portal", "script", "select", "style", "svg", "template", "textarea",
    "title", "video",
];

/// Why a tag may not stand in a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub message: String,
    /// What to write instead, if there is something.
    pub hint: Option<String>,
}

/// What is wrong with a start tag.
pub fn problem(tag: &Tag) -> Option<Problem> {
    let name = tag.name.as_str();
    if ACTIVE.contains(&name) {
        return say(format!("raw `<{name}>` in a page"), None);
    }
    if !TAGS.contains(&name) {
        return say(format!("raw `<{name}>` is not on the list of safe tags"), instead_of_tag(name));
    }
    tag.attributes.iter().find_map(|(attribute, value)| attribute_problem(name, attribute, value))
}

/// True if a closing tag may stand in a page.
pub fn may_close(name: &str) -> bool {
    TAGS.contains(&name)
}

fn attribute_problem(tag: &str, name: &str, value: &str) -> Option<Problem> {
    let own = OWN.iter().find(|(it, _)| *it == tag).map_or(&[][..], |(_, own)| own);
    if matches!(name, "href" | "src" | "cite") && is_unsafe(value) {
        let scheme = scheme(value).unwrap_or_default();
        return say(format!("`{scheme}:` in the `{name}` of `<{tag}>`"), None);
    }
    if GLOBAL.contains(&name) || own.contains(&name) || name.starts_with("aria-") {
        return None;
    }
    say(format!("`{name}=` on raw `<{tag}>`"), instead_of_attribute(tag, name))
}

fn instead_of_tag(name: &str) -> Option<&'static str> {
    match name {
        "h1" => Some("write the title as a `#` heading"),
        "center" | "font" => Some("give it a `class` and style that in the book's own `templates/css/`"),
        "picture" | "source" => Some("write an image as `![what it shows](file.png)`"),
        "tt" => Some("use `<code>`"),
        "strike" => Some("use `~~text~~`"),
        _ => None,
    }
}

fn instead_of_attribute(tag: &str, name: &str) -> Option<&'static str> {
    match (tag, name) {
        ("img", "width" | "height") => Some("leave it out: the size is read from the image file"),
        ("a", "name") => Some("use `id=`"),
        ("a", "target" | "rel") => Some("leave it out: links open where the reader wants them"),
        (_, "style" | "align" | "valign" | "bgcolor" | "width" | "height" | "border") => {
            Some("give it a `class` and style that in the book's own `templates/css/`")
        }
        _ => None,
    }
}

fn say(message: String, hint: Option<&str>) -> Option<Problem> {
    Some(Problem { message, hint: hint.map(str::to_owned) })
}

#[cfg(test)]
mod tests {
    use super::problem;
    use crate::parse::html::{Token, tokens};

    fn check(html: &str, expected: Option<&str>) {
        let Some(Token::Start(tag)) = tokens(html).into_iter().next() else { panic!("{html}") };
        assert_eq!(problem(&tag).map(|it| it.message).as_deref(), expected, "{html}");
    }

    #[test]
    fn what_only_marks_text_up_is_safe() {
        for html in
            ["<kbd>", "<sub class=x>", "<br/>", "<td colspan=2>", "<time datetime=2026>", "<span aria-hidden=true>"]
        {
            check(html, None);
        }
        check("<a href='https://a.b' title=x>", None);
    }

    #[test]
    fn what_runs_or_styles_is_not() {
        check("<script>", Some("raw `<script>` in a page"));
        check("<SVG>", Some("raw `<svg>` in a page"));
        check("<main>", Some("raw `<main>` is not on the list of safe tags"));
        check("<x-y>", Some("raw `<x-y>` is not on the list of safe tags"));
        check("<p onclick=x>", Some("`onclick=` on raw `<p>`"));
        check("<p style=x>", Some("`style=` on raw `<p>`"));
        check("<figure data-js=x>", Some("`data-js=` on raw `<figure>`"));
        check("<a href='java&Tab;script:x'>", Some("`javascript:` in the `href` of `<a>`"));
        check("<p href=x>", Some("`href=` on raw `<p>`"));
    }
}
