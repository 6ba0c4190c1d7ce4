//! A page's HTML, made fit to stand on one page with all others: its ids get the page's name in front, its links
//! follow them, its headings go down by one level, and its sections are none any more.
//!
//! A scanner of tags rather than a parser of documents: what it reads was written by `html.rs` and the templates, and
//! raw HTML has been checked by `parse`.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::path::{OutputPath, encode};
use crate::render::escape::escape;
use crate::resolve::links::{decode, relative_output};

/// Attributes that name ids of the same page, separated by spaces.
const IDS: [&str; 9] = [
    "id",
    "for",
    "headers",
    "popovertarget",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "aria-details",
];
/// Attributes that hold a URL.
const URLS: [&str; 3] = ["href", "src", "xlink:href"];
/// What makes a figure run: on paper it does not.
const DROPPED: [&str; 5] = ["data-js", "data-wasm", "data-live", "data-demo", "data-book"];

/// The name of a page's place on the page of all pages: `spreading-data--sharding`.
pub fn name(page: &OutputPath) -> String {
    page.as_str().strip_suffix(".html").unwrap_or(page.as_str()).replace('/', "--")
}

/// `html`, which stands on `page`, as it stands on `whole`, which has all `pages` in it.
pub fn embed(html: &str, page: &OutputPath, whole: &OutputPath, pages: &BTreeSet<OutputPath>) -> String {
    let place = Place { page, whole, pages };
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let tag = &rest[start..];
        let end = tag_end(tag);
        out.push_str(&rest[..start]);
        let tag_here = fitted(&tag[..end]);
        match tag.as_bytes().get(1) {
            Some(byte) if byte.is_ascii_alphabetic() => place.tag(&tag_here, tag.starts_with("<section"), &mut out),
            _ => out.push_str(&tag_here),
        }
        rest = &tag[end..];
    }
    out.push_str(rest);
    out
}

/// A start or end tag under the name that it has here. Headings are one level lower: the page's title is one among
/// others. Tables, diagrams and notes are regions of their page; among those of all pages their names would repeat, and
/// without a name they are no sections.
fn fitted(tag: &str) -> Cow<'_, str> {
    let name = tag.trim_start_matches(['<', '/']);
    if let Some(rest) = name.strip_prefix("section").filter(|rest| rest.starts_with([' ', '>'])) {
        return Cow::Owned(format!("{}div{rest}", &tag[..tag.len() - name.len()]));
    }
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'5', b' ' | b'>', ..] => {
            let at = tag.len() - name.len() + 1;
            Cow::Owned(format!("{}{}{}", &tag[..at], level - b'0' + 1, &tag[at + 1..]))
        }
        _ => Cow::Borrowed(tag),
    }
}

/// The length of a tag, quotes respected.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            (None, b'>') => return at + 1,
            _ => {}
        }
    }
    tag.len()
}

struct Place<'a> {
    page: &'a OutputPath,
    whole: &'a OutputPath,
    pages: &'a BTreeSet<OutputPath>,
}

impl Place<'_> {
    /// A start tag with its attributes rewritten; one that was a section's has no name and no role any more.
    fn tag(&self, tag: &str, section: bool, out: &mut String) {
        let mut rest = tag;
        while let Some(equals) = rest.find('=') {
            let name = rest[..equals].rsplit(|c: char| c.is_whitespace() || c == '"').next().unwrap_or_default();
            let before = &rest[..equals - name.len()];
            let (value, after) = value(&rest[equals + 1..]);
            out.push_str(before);
            let dropped = section && matches!(name, "aria-label" | "role");
            match self.value(name, value).filter(|_| !dropped) {
                Some(value) => {
                    out.push_str(name);
                    out.push_str("=\"");
                    out.push_str(&value);
                    out.push('"');
                }
                None => out.truncate(out.trim_end_matches(' ').len()),
            }
            rest = after;
        }
        out.push_str(rest);
    }

    /// The new value of an attribute, escaped as the old one is; `None` to drop it.
    fn value(&self, name: &str, value: &str) -> Option<String> {
        if DROPPED.contains(&name) {
            return None;
        }
        Some(match name {
            // Groups of radio buttons.
            "name" => self.id(value),
            _ if IDS.contains(&name) => value.split(' ').map(|id| self.id(id)).collect::<Vec<_>>().join(" "),
            _ if URLS.contains(&name) => self.url(value),
            _ if value.contains("url(#") => value.replace("url(#", &format!("url(#{}", self.id(""))),
            _ => value.replace('"', "&quot;"),
        })
    }

    fn id(&self, id: &str) -> String {
        format!("{}__{id}", escape(&name(self.page)))
    }

    /// A link to a page becomes one to its place here; any other leads where it led.
    fn url(&self, url: &str) -> String {
        if crate::parse::url::scheme(url).is_some() || url.starts_with('/') {
            return url.to_string();
        }
        let (path, fragment) = url.split_once('#').map_or((url, None), |(path, id)| (path, Some(id)));
        let file = path.split('?').next().unwrap_or_default();
        let target = if file.is_empty() { Some(self.page.clone()) } else { relative_output(self.page, file) };
        let Some(target) = target else { return url.to_string() };
        if !self.pages.contains(&target) {
            let there = target.url_from(self.whole);
            let tail = &url[file.len()..];
            return escape(&there) + tail;
        }
        let place = encode(&name(&target));
        match fragment.map(|it| it.split('?').next().unwrap_or_default()).filter(|it| !it.is_empty()) {
            // The id may be written with or without percent signs.
            Some(id) => format!("#{place}__{}", encode(&decode(id).unwrap_or_else(|| id.to_string()))),
            None => format!("#{place}"),
        }
    }
}

/// The value behind an equals sign, without quotes, and what follows it.
fn value(text: &str) -> (&str, &str) {
    match text.as_bytes().first() {
        Some(quote @ (b'"' | b'\'')) => {
            let inside = &text[1..];
            let end = inside.find(char::from(*quote)).unwrap_or(inside.len());
            (&inside[..end], inside.get(end + 1..).unwrap_or_default())
        }
        _ => text.split_at(text.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(text.len())),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::embed;
    use crate::path::OutputPath;

    fn check(html: &str, expected: &str) {
        let path = |name: &str| OutputPath::new(name).expect("a path");
        let pages: BTreeSet<OutputPath> = [path("a/b.html"), path("c.html")].into();
        assert_eq!(embed(html, &path("a/b.html"), &path("print.html"), &pages), expected);
    }

    #[test]
    fn ids_and_links_get_the_name_of_their_page() {
        check("<h2 id=\"x\">a &lt; b</h2>", "<h3 id=\"a--b__x\">a &lt; b</h3>");
        check("<h6>a</h6><header><hr>", "<h6>a</h6><header><hr>");
        check("<a href=\"#x\">", "<a href=\"#a--b__x\">");
        check("<a class=\"q\" href=\"../c.html#y?z=1\" title='t'>", "<a class=\"q\" href=\"#c__y\" title=\"t\">");
        check("<a href=\"../c.html\">", "<a href=\"#c\">");
        check("<img src=\"p.png\" alt=\"a > b\">", "<img src=\"a/p.png\" alt=\"a > b\">");
        check("<a href=\"https://example.org/#x\">", "<a href=\"https://example.org/#x\">");
        check(
            "<svg aria-labelledby=\"t d\"><path marker-end=\"url(#m)\"/>",
            "<svg aria-labelledby=\"a--b__t a--b__d\"><path marker-end=\"url(#a--b__m)\"/>",
        );
        check("<input disabled name=\"g\" id=q>", "<input disabled name=\"a--b__g\" id=\"a--b__q\">");
    }

    #[test]
    fn what_runs_stands_still() {
        check(
            "<section class=\"table\" tabindex=\"0\" aria-label=\"T\"><p></section><sections>",
            "<div class=\"table\" tabindex=\"0\"><p></div><sections>",
        );
        check("<figure class=\"demo\" data-js=\"x.js\" data-wasm=\"y\" hidden>", "<figure class=\"demo\" hidden>");
    }
}
