//! Raw HTML -> nodes: what is safe is written anew, links and images become nodes that are checked like any other.
//!
//! A raw element must be closed among the siblings of its start tag, so it can never close, or leave open, a part
//! of the page's own frame. With `[html] raw = "allow"` the text passes as it is, and only its ids are noted.

use std::ops::Range;

use crate::config::Policy;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Kind, Node, Written};

use super::build::{Builder, MAX_DEPTH, Open, RawElement};
use super::html::{OPTIONAL_END, Tag, Token, VOID, escape, tokens};
use super::pieces::Pieces;
use super::safe_html::{may_close, problem};

/// Where the HTML stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    Block,
    Inline,
}

/// The switch that lets everything through.
const SWITCH: &str = "if you answer for it: `[html] raw = \"allow\"` in `book.toml`";

impl Builder {
    /// Adds raw HTML, a block or a single inline tag.
    pub fn html(&mut self, html: &Pieces, place: Place) {
        let tokens = tokens(&html.text);
        if self.raw_html == Policy::Allow {
            for token in &tokens {
                self.note_id(token, html);
            }
            self.leaf(html_kind(place, html.text.clone()), html.range(0..html.text.len()));
            return;
        }
        for token in tokens {
            self.note_id(&token, html);
            self.token(token, html, place);
        }
        self.drop_blank_html();
    }

    fn token(&mut self, token: Token, html: &Pieces, place: Place) {
        match token {
            Token::Text(text) => self.html_text(&text, html.range(0..html.text.len()), place),
            Token::Start(tag) => self.start_tag(&tag, html.range(tag.range.clone()), place),
            Token::End(name, range) => self.end_tag(&name, html.range(range), place),
            Token::Nothing => {}
            Token::Unfinished(range) => {
                let is_comment = html.text[range.clone()].starts_with("<!--");
                let (what, hint) = match is_comment {
                    true => ("a comment that never ends", "end it with `-->`"),
                    false => {
                        ("a raw tag that does not end in its block", "close it with `>` before the next empty line")
                    }
                };
                self.refuse(html.range(range), what, Some(hint));
            }
        }
    }

    fn start_tag(&mut self, tag: &Tag, range: Range<usize>, place: Place) {
        if let Some(problem) = problem(tag) {
            self.refuse(range.clone(), &problem.message, problem.hint.as_deref());
            self.open_raw(tag, range, true);
            return;
        }
        match tag.name.as_str() {
            "img" => self.raw_image(tag, range),
            "a" if tag.attribute("href").is_some() => self.open_raw_link(tag, range),
            _ => {
                self.open_raw(tag, range.clone(), false);
                self.html_tag(&tag.write(), range, place);
            }
        }
    }

    fn open_raw(&mut self, tag: &Tag, range: Range<usize>, refused: bool) {
        if !VOID.contains(&tag.name.as_str()) {
            self.top().raw.push(RawElement { name: tag.name.clone(), range, refused });
        }
    }

    fn end_tag(&mut self, name: &str, range: Range<usize>, place: Place) {
        let is_raw_link = self.top().raw_link.is_some();
        let raw = &mut self.top().raw;
        let opened = raw.iter().rposition(|it| it.name == name);
        let may_end = |it: &RawElement| it.refused || OPTIONAL_END.contains(&it.name.as_str());
        match opened.filter(|idx| raw[idx + 1..].iter().all(may_end)) {
            Some(idx) => {
                let refused = raw[idx].refused;
                raw.truncate(idx);
                if !refused {
                    self.html_tag(&format!("</{name}>"), range, place);
                }
            }
            None if name == "a" && is_raw_link => self.close_raw_link(range.end),
            None if !may_close(name) || VOID.contains(&name) => {
                self.refuse(range, &format!("raw `</{name}>` in a page"), None);
            }
            None => {
                let hint = "an element must be closed beside its start tag, innermost first";
                self.refuse(range, &format!("`</{name}>` closes nothing here"), Some(hint));
            }
        }
    }

    fn raw_image(&mut self, tag: &Tag, range: Range<usize>) {
        let alt = tag.attribute("alt").unwrap_or_default().to_owned();
        let kind = Kind::Image {
            image: tag.attribute("src").unwrap_or_default().into(),
            title: tag.attribute("title").unwrap_or_default().into(),
        };
        if alt.trim().is_empty() {
            self.missing_alt(range.clone());
        }
        let text = Node { kind: Kind::Text(alt), range: range.clone(), children: Vec::new() };
        self.push(Node { kind, range, children: vec![text] });
    }

    /// Complains about an image without its text alternative.
    pub fn missing_alt(&mut self, range: Range<usize>) {
        self.report(Code::MissingAlt, range, "image without a text alternative", |it| {
            it.label("a screen reader has nothing to say here")
                .hint("say what the image shows: `![three servers on a ring](ring.png)`")
        });
    }

    fn open_raw_link(&mut self, tag: &Tag, range: Range<usize>) {
        if self.open.iter().any(|open| matches!(open.kind, Kind::Link { .. })) {
            self.refuse(range.clone(), "a link inside a link", None);
            self.open_raw(tag, range, true);
            return;
        }
        // Unlike a node of the Markdown, this one might never be closed: it must not be counted as left out.
        if self.open.len() > MAX_DEPTH {
            self.refuse(range.clone(), "a raw link this deep", Some("write it as `[text](file.md)`"));
            self.open_raw(tag, range, true);
            return;
        }
        let kind = Kind::Link {
            target: tag.attribute("href").unwrap_or_default().into(),
            title: tag.attribute("title").unwrap_or_default().into(),
        };
        self.start(kind, range.clone());
        let rest: Vec<(String, String)> =
            tag.attributes.iter().filter(|(name, _)| name != "href" && name != "title").cloned().collect();
        if rest.is_empty() {
            self.top().raw_link = Some("");
        } else {
            // A link node has no place for them: an element inside it has.
            self.top().raw_link = Some("</span>");
            let span = Tag { name: "span".into(), attributes: rest, range: range.clone() };
            self.html_tag(&span.write(), range, Place::Inline);
        }
    }

    fn close_raw_link(&mut self, end: usize) {
        let Some(mut open) = self.open.pop() else {
            return;
        };
        self.report_unclosed(&open);
        open.range.end = end;
        if let Some(html) = open.raw_link.filter(|html| !html.is_empty()) {
            open.children.push(Node { kind: Kind::HtmlInline(html.into()), range: end..end, children: Vec::new() });
        }
        self.push(open.into_node());
    }

    /// Closes raw links that their container outlives, with a complaint.
    pub fn close_raw_links(&mut self) {
        while self.open.len() > 1 && self.top().raw_link.is_some() {
            let range = self.top().range.clone();
            self.unclosed("a", range.clone());
            self.close_raw_link(range.end);
        }
    }

    /// Complains about raw elements that are still open when their container ends.
    pub fn report_unclosed(&mut self, open: &Open) {
        for it in open.raw.iter().filter(|it| !it.refused && !OPTIONAL_END.contains(&it.name.as_str())) {
            self.unclosed(&it.name, it.range.clone());
        }
    }

    fn unclosed(&mut self, name: &str, range: Range<usize>) {
        let hint = format!("put `</{name}>` into the same paragraph, list item or quote");
        self.refuse(range, &format!("raw `<{name}>` is never closed"), Some(&hint));
    }

    fn refuse(&mut self, range: Range<usize>, message: &str, hint: Option<&str>) {
        self.report(Code::UnsafeHtml, range, message, |it: Diagnostic| {
            let it = it.label("not allowed in a page");
            let it = if let Some(hint) = hint { it.hint(hint) } else { it };
            it.hint(SWITCH)
        });
    }

    fn note_id(&mut self, token: &Token, html: &Pieces) {
        if let Token::Start(tag) = token
            && let Some(id) = tag.attribute("id").filter(|id| !id.is_empty())
        {
            self.tree.html_ids.push((id.to_owned(), html.range(tag.range.clone())));
        }
    }

    fn html_text(&mut self, text: &str, range: Range<usize>, place: Place) {
        self.tree.words.push(text);
        self.html_tag(&escape(text), range, place);
    }

    /// Adds a piece of HTML, to the piece before it if that is HTML of the same kind.
    fn html_tag(&mut self, html: &str, range: Range<usize>, place: Place) {
        match (self.top().children.last_mut().map(|node| &mut node.kind), place) {
            (Some(Kind::HtmlBlock(before)), Place::Block) => before.push_str(html),
            _ => self.leaf(html_kind(place, html.to_owned()), range),
        }
    }

    /// Nothing is left of a block that was a comment.
    fn drop_blank_html(&mut self) {
        if let Some(Node { kind: Kind::HtmlBlock(html), .. }) = self.top().children.last()
            && html.trim().is_empty()
        {
            self.top().children.pop();
        }
    }
}

fn html_kind(place: Place, html: String) -> Kind<Written> {
    match place {
        Place::Block => Kind::HtmlBlock(html),
        Place::Inline => Kind::HtmlInline(html),
    }
}
