//! Raw HTML as tokens, by a tokenizer that reads as browsers do.
//!
//! What we check is what we write: safe tags are written anew from their tokens, never copied.

use std::ops::Range;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Error, StartTag, Tokenizer};

/// A piece of HTML; ranges point into the text that was read.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// With its entities decoded.
    Text(String),
    Start(Tag),
    End(String, Range<usize>),
    /// A comment, a processing instruction, a doctype: nothing that is shown.
    Nothing,
    /// A tag or comment that does not end in this text.
    Unfinished(Range<usize>),
}

/// A start tag.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// Lowercase.
    pub name: String,
    /// Lowercase names with decoded values, by name.
    pub attributes: Vec<(String, String)>,
    pub range: Range<usize>,
}

/// Elements that have no end tag.
pub const VOID: &[&str] =
    &["br", "hr", "img", "wbr", "col", "area", "base", "embed", "input", "link", "meta", "source", "track"];

/// Elements whose end tag may be left out.
pub const OPTIONAL_END: &[&str] =
    &["p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "rt", "rp", "colgroup"];

/// All tokens of the text.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for token in Tokenizer::new_with_emitter(text, DefaultEmitter::<usize>::new_with_span()) {
        let Ok(token) = token;
        match token {
            html5gum::Token::StartTag(it) => tokens.push(Token::Start(tag(it))),
            html5gum::Token::EndTag(it) => tokens.push(Token::End(utf8(&it.name), it.span.start..it.span.end)),
            html5gum::Token::String(it) => tokens.push(Token::Text(utf8(&it.value))),
            html5gum::Token::Comment(_) | html5gum::Token::Doctype(_) => tokens.push(Token::Nothing),
            html5gum::Token::Error(it) => match it.value {
                Error::EofInTag | Error::EofInComment | Error::EofBeforeTagName => {
                    tokens.push(Token::Unfinished(unfinished(text)));
                }
                _ => {}
            },
        }
    }
    tokens
}

impl Tag {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The tag as HTML.
    pub fn write(&self) -> String {
        let mut html = format!("<{}", self.name);
        for (name, value) in &self.attributes {
            html.push_str(&format!(" {name}=\"{}\"", escape(value)));
        }
        html.push('>');
        html
    }
}

/// Text as HTML, fit for content and for attributes in double quotes.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn tag(tag: StartTag<usize>) -> Tag {
    let attributes = tag.attributes.iter().map(|(name, value)| (utf8(name), utf8(&value.value))).collect();
    Tag { name: utf8(&tag.name), attributes, range: tag.span.start..tag.span.end }
}

/// The last `<` opens what the text does not end; its first line is place enough.
fn unfinished(text: &str) -> Range<usize> {
    let start = text.rfind("<!--").or_else(|| text.rfind('<')).unwrap_or(0);
    let line = text[start..].lines().next().unwrap_or_default();
    start..start + line.trim_end().len()
}

fn utf8(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Token, tokens};

    fn check(text: &str, expected: &str) {
        let shown: Vec<String> = tokens(text)
            .into_iter()
            .map(|token| match token {
                Token::Text(text) => format!("{text:?}"),
                Token::Start(tag) => tag.write(),
                Token::End(name, range) => format!("/{name}={}", &text[range]),
                Token::Nothing => "-".into(),
                Token::Unfinished(range) => format!("unfinished {:?}", &text[range]),
            })
            .collect();
        assert_eq!(shown.join(" "), expected, "{text}");
    }

    #[test]
    fn tags_are_read_as_browsers_do() {
        check("<B CLASS=x>a&lt;b</B >", "<b class=\"x\"> \"a<b\" /b=</B >");
        check("<a href='java&#115;cript:x'>", "<a href=\"javascript:x\">");
        check("<img/onerror=x src=y>", "<img onerror=\"x\" src=\"y\">");
        check("<!-- x --><!DOCTYPE html><?php x ?>", "- - -");
        check("<![CDATA[>&<script>]]>", "- \"&\" <script> \"]]>\"");
        check("a <div title='x", "\"a \" unfinished \"<div title='x\"");
        check("<!-- x", "unfinished \"<!-- x\" -");
    }

    #[test]
    fn a_tag_has_its_exact_place() {
        let Some(Token::Start(tag)) = tokens("aé <b x='1'>c").into_iter().nth(1) else { panic!("a tag") };
        assert_eq!(tag.range, 4..13);
    }
}
