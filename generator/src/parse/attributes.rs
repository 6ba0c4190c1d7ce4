//! Attributes of headings, `{#id .class}`, where the parser of Markdown cannot take them.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

/// The place of attributes that have a line to themselves above the underline of their heading, in a text from `start` on.
///
/// pulldown-cmark 0.13.6 ends with a panic over some of them, in quotes whose lines are continued without a `>`; a heading
/// of one line is what everybody writes. A text in which there are none is read once, by line.
pub fn alone(text: &str, start: usize, options: Options) -> Option<Range<usize>> {
    let lines = || text.split(['\n', '\r']).filter(|line| !line.is_empty());
    if !lines().zip(lines().skip(1)).any(|(line, next)| is_attributes(line) && is_underline(next)) {
        return None;
    }
    // Blocks are where they are, whether their attributes are taken or not; code is no heading.
    let blocks = Parser::new_ext(text, options.difference(Options::ENABLE_HEADING_ATTRIBUTES)).into_offset_iter();
    let mut headings =
        blocks.filter_map(|(event, range)| matches!(event, Event::Start(Tag::Heading { .. })).then_some(range));
    headings.find_map(|range| last_line(text, range)).map(|it| it.start + start..it.end + start)
}

/// The attributes on the line before the underline, which is the last one.
fn last_line(text: &str, heading: Range<usize>) -> Option<Range<usize>> {
    let (above, _) = text[heading].trim_end().rsplit_once(['\n', '\r'])?;
    let line = bare(above.trim_end().rsplit(['\n', '\r']).next()?);
    let at = line.as_ptr() as usize - text.as_ptr() as usize;
    is_attributes(line).then_some(at..at + line.len())
}

/// A line without the marks of quotes.
fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || c == '>')
}

fn is_attributes(line: &str) -> bool {
    bare(line).starts_with('{') && bare(line).ends_with('}')
}

fn is_underline(line: &str) -> bool {
    let line = bare(line);
    !line.is_empty() && (line.chars().all(|c| c == '=') || line.chars().all(|c| c == '-'))
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::Options;

    use super::alone;

    fn check(text: &str, expected: Option<&str>) {
        let found = alone(text, 0, Options::all());
        assert_eq!(found.map(|range| &text[range]), expected, "{text}");
    }

    #[test]
    fn attributes_alone_above_an_underline_are_found() {
        check("> o\n\"\n> {}\n> -", Some("{}"));
        check("Title\n{#a .b}\n===", Some("{#a .b}"));
        check("Title\r\n{#a}\r\n---\r\n", Some("{#a}"));
        check("- a\n\n  b\n  {#c}\n  ---", Some("{#c}"));
    }

    #[test]
    fn others_are_left_to_the_parser() {
        check("Title {#a}\n---", None);
        check("# Title {#a}\n\n---", None);
        check("```json\n{}\n---\n```", None);
        check("{}\n\n---", None);
    }
}
