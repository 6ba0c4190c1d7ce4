//! The text of a fence before any grammar reads it: comments, directives, front matter and the words for screen readers.
//!
//! What was read is blanked out by as many spaces, so that every place in the rest is still its place in the fence.

use std::ops::Range;

use crate::diagnostic::Code;

use super::problem::Problem;

/// The text of a fence, without what every kind of diagram may have.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// As long as the fence's text.
    pub body: String,
    /// The `title:` of the front matter.
    pub heading: Option<String>,
    /// `accTitle`.
    pub title: Option<String>,
    /// `accDescr`.
    pub description: Option<String>,
    pub problems: Vec<Problem>,
}

/// A statement on a line of its own: no spaces around, not empty.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    pub text: &'a str,
    /// Its place in the fence.
    pub at: usize,
}

impl<'a> Line<'a> {
    /// The whole line.
    pub fn range(&self) -> Range<usize> {
        self.at..self.at + self.text.len()
    }

    /// The place of a part of the line's own text.
    pub fn place(&self, part: &str) -> Range<usize> {
        let start = self.at + (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize).min(self.text.len());
        start..start + part.len()
    }

    /// The first word, and what stands behind it.
    pub fn word(&self) -> (&'a str, &'a str) {
        match self.text.find(char::is_whitespace) {
            Some(at) => (&self.text[..at], self.text[at..].trim()),
            None => (self.text, ""),
        }
    }
}

/// The lines that say something.
pub fn lines(body: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    let mut lines = Vec::new();
    for written in body.split_inclusive('\n') {
        let text = written.trim();
        if !text.is_empty() {
            lines.push(Line { text, at: at + (written.len() - written.trim_start().len()) });
        }
        at += written.len();
    }
    lines
}

/// Reads what every kind of diagram may have.
pub fn read(written: &str) -> Text {
    let mut text = Text { body: written.to_owned(), ..Text::default() };
    let mut at = front_matter(written, &mut text);
    while at < written.len() {
        let line_end = written[at..].find('\n').map_or(written.len(), |it| at + it);
        let end = line(written, at..line_end, &mut text).max(line_end);
        // What was taken may end within a line: its rest is a line of its own.
        at = end + usize::from(written[end..].starts_with('\n'));
    }
    text
}

/// Takes front matter at the start; returns the offset behind it.
fn front_matter(written: &str, text: &mut Text) -> usize {
    let start = written.len() - written.trim_start().len();
    let Some(inside) = written[start..].strip_prefix("---\n") else { return 0 };
    let Some(len) = inside.find("\n---").filter(|len| inside[len + 4..].chars().next().is_none_or(|c| c == '\n'))
    else {
        return 0;
    };
    let begin = start + 4;
    let mut at = begin;
    for line in inside[..len].split_inclusive('\n') {
        match line.split_once(':').map(|(key, value)| (key, value.trim().trim_matches(['"', '\'']))) {
            Some(("title", title)) if !title.is_empty() => text.heading = Some(title.to_owned()),
            Some((key @ ("config" | "theme"), _)) => text.problems.push(colors(at..at + key.len(), key)),
            _ => {}
        }
        at += line.len();
    }
    let end = begin + len + 4;
    blank(&mut text.body, start..end);
    end
}

/// Takes a line if it is one of ours; returns the offset of the end of what was taken.
fn line(written: &str, range: Range<usize>, text: &mut Text) -> usize {
    let whole = &written[range.clone()];
    let trimmed = whole.trim_start();
    let start = range.end - trimmed.len();
    if trimmed.starts_with("%%{") {
        let end = written[start..].find("}%%").map_or(range.end, |it| start + it + 3);
        text.problems.push(colors(start..start + written[start..end].trim_end().len(), "%%{...}%%"));
        blank(&mut text.body, start..end);
        return end;
    }
    if let Some(at) = comment(whole) {
        blank(&mut text.body, range.start + at..range.end);
        return line_without_comment(written, range.start..range.start + at, range.end, text);
    }
    line_without_comment(written, range.clone(), range.end, text)
}

fn line_without_comment(written: &str, range: Range<usize>, end: usize, text: &mut Text) -> usize {
    let whole = &written[range.clone()];
    let trimmed = whole.trim_start();
    let start = range.end - trimmed.len();
    if let Some(title) = value(trimmed, "accTitle") {
        text.title = Some(title).filter(|it| !it.is_empty());
        blank(&mut text.body, start..range.end);
    } else if let Some(description) = value(trimmed, "accDescr") {
        text.description = Some(description).filter(|it| !it.is_empty());
        blank(&mut text.body, start..range.end);
    } else if trimmed.strip_prefix("accDescr").is_some_and(|rest| rest.trim_start().starts_with('{')) {
        return long_description(written, start, text);
    }
    end
}

fn value(line: &str, key: &str) -> Option<String> {
    line.strip_prefix(key)?.trim_start().strip_prefix(':').map(|it| it.trim().to_owned())
}

/// `accDescr { ... }` over several lines.
fn long_description(written: &str, start: usize, text: &mut Text) -> usize {
    let open = written[start..].find('{').map_or(start, |it| start + it + 1);
    let Some(len) = written[open..].find('}') else {
        let place = start..start + "accDescr".len();
        text.problems.push(Problem::syntax(place, "`accDescr {` without its closing `}`").hint("end it by `}`"));
        blank(&mut text.body, start..written.len());
        return written.len();
    };
    let words: Vec<&str> = written[open..open + len].split_whitespace().collect();
    text.description = Some(words.join(" ")).filter(|it| !it.is_empty());
    blank(&mut text.body, start..open + len + 1);
    open + len + 1
}

/// Where a comment begins: `%%` at the start or behind a space, outside quotes.
fn comment(line: &str) -> Option<usize> {
    let mut quoted = false;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        if c == '%' && !quoted && before.is_whitespace() && line[at..].starts_with("%%") {
            return Some(at);
        }
        quoted ^= c == '"';
        before = c;
    }
    None
}

fn blank(text: &mut String, range: Range<usize>) {
    let blanks: String = text[range.clone()].bytes().map(|it| if it == b'\n' { '\n' } else { ' ' }).collect();
    text.replace_range(range, &blanks);
}

/// The warning that colors are not the author's to choose.
pub fn colors(range: Range<usize>, what: &str) -> Problem {
    Problem::new(Code::DiagramColors, range, format!("`{what}` sets the look of a diagram")).label("ignored").hint(
        "the book's own colors follow light, dark, print and forced colors, which a fixed color could not: remove this",
    )
}

#[cfg(test)]
mod tests {
    use super::{lines, read};

    #[test]
    fn what_was_read_is_blank_and_the_rest_stays_in_place() {
        let written = "---\ntitle: Waits\n---\n%% note\nflowchart LR\n  accTitle: A title\n  accDescr {\n one\n two }\n  A[\"50%% off\"] --> B %% end\n";
        let text = read(written);
        assert_eq!(text.body.len(), written.len());
        assert_eq!(text.heading.as_deref(), Some("Waits"));
        assert_eq!(text.title.as_deref(), Some("A title"));
        assert_eq!(text.description.as_deref(), Some("one two"));
        let left: Vec<&str> = lines(&text.body).iter().map(|line| line.text).collect();
        assert_eq!(left, ["flowchart LR", "A[\"50%% off\"] --> B"]);
        for line in lines(&text.body) {
            assert_eq!(&written[line.range()], line.text);
        }
    }

    #[test]
    fn a_line_goes_on_behind_a_description() {
        let text = read("accDescr { a\nb } graph TB\n負荷\n");
        let left: Vec<&str> = lines(&text.body).iter().map(|line| line.text).collect();
        assert_eq!(left, ["graph TB", "負荷"]);
    }

    #[test]
    fn directives_are_said_to_be_ignored() {
        let text = read("%%{init: {'theme':\n 'dark'}}%%\ngraph TB\n");
        assert_eq!(text.problems.len(), 1);
        assert_eq!(lines(&text.body).len(), 1);
    }

    #[test]
    fn a_description_without_end_is_a_problem() {
        assert_eq!(read("graph TB\naccDescr { a\nb").problems.len(), 1);
    }
}
