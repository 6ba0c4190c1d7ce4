//! Plain texts as running text is set: with the quotes and apostrophes of print.

use std::borrow::Cow;

use pulldown_cmark::{Event, Options, Parser};

/// `"maybe"` becomes `“maybe”` and `Amdahl's` becomes `Amdahl’s`, by the rule by which Markdown does it in pages. Nothing
/// else of the text is looked at: it is no Markdown.
pub fn typeset(text: &str) -> Cow<'_, str> {
    if !text.contains(['\'', '"']) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(2 * text.len());
    for c in text.trim().chars() {
        if c.is_ascii_punctuation() && !matches!(c, '\'' | '"') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    let mut set = String::with_capacity(text.len());
    for event in Parser::new_ext(&escaped, Options::ENABLE_SMART_PUNCTUATION) {
        match event {
            Event::Text(piece) => set.push_str(&piece),
            Event::SoftBreak | Event::HardBreak => set.push('\n'),
            _ => {}
        }
    }
    Cow::Owned(set)
}

#[cfg(test)]
mod tests {
    use super::typeset;

    fn check(text: &str, expected: &str) {
        assert_eq!(typeset(text), expected);
    }

    #[test]
    fn quotes_and_apostrophes_are_those_of_print() {
        check("Amdahl's law", "Amdahl’s law");
        check("its followers' lists", "its followers’ lists");
        check("says \"no\" or (\"maybe\"), 'yes'.", "says “no” or (“maybe”), ‘yes’.");
        check("two\nlines' ends", "two\nlines’ ends");
    }

    #[test]
    fn nothing_else_is_markdown() {
        check("# 1. *it's* `a` <b> [c](d) &amp; \\ -- ...", "# 1. *it’s* `a` <b> [c](d) &amp; \\ -- ...");
        check("*plain* -- ...", "*plain* -- ...");
        check("1. it's", "1. it’s");
    }
}
