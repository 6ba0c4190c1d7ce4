//! The words behind a code fence's backticks: `rust title="ring.rs" linenos {2,4-6}`.

use std::ops::{Range, RangeInclusive};

use crate::diagnostic::nearest;

/// What an info string says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FenceInfo {
    /// Lowercase, empty without one.
    pub language: String,
    /// The language's place in the info string.
    pub language_range: Range<usize>,
    pub title: Option<String>,
    pub numbered: bool,
    /// Highlighted lines from 1, with their place in the info string.
    pub lines: Vec<(RangeInclusive<usize>, Range<usize>)>,
    pub problems: Vec<InfoProblem>,
}

/// Something that cannot be read.
#[derive(Clone, Debug, PartialEq)]
pub struct InfoProblem {
    pub message: String,
    /// In the info string.
    pub range: Range<usize>,
    pub hint: String,
}

/// Words that mdBook and rustdoc know and that change nothing on our page.
const IGNORED: &[&str] = &[
    "ignore",
    "no_run",
    "should_panic",
    "compile_fail",
    "noplayground",
    "noplaypen",
    "mdbook-runnable",
    "editable",
    "edition2015",
    "edition2018",
    "edition2021",
    "edition2024",
];

const WORDS: &[&str] = &["title", "linenos"];

const USAGE: &str = "a fence may have a language, `title=\"...\"`, `linenos` and lines such as `{2,4-6}`";

/// Reads an info string.
pub fn fence_info(info: &str) -> FenceInfo {
    let mut read = FenceInfo::default();
    let mut rest = language(info, &mut read);
    while let Some(at) = info[rest..].find(|c: char| !c.is_whitespace()).map(|skip| rest + skip) {
        rest = at + word_len(&info[at..]);
        word(&info[at..rest], at, &mut read);
    }
    read
}

/// Takes the language, with mdBook's words behind commas; returns the offset behind it.
fn language(info: &str, read: &mut FenceInfo) -> usize {
    let end = info.find(|c: char| c.is_whitespace() || c == '{').unwrap_or(info.len());
    let first = &info[..end];
    if first.starts_with("title=") || first == "linenos" {
        return 0;
    }
    let name = first.split(',').next().unwrap_or_default();
    read.language = name.to_lowercase();
    read.language_range = 0..name.len();
    end
}

/// A word ends at a space, unless that stands in quotes or braces.
fn word_len(text: &str) -> usize {
    let mut quoted = false;
    let mut braced = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '{' if !quoted => braced = true,
            '}' if braced && !quoted => return at + 1,
            c if c.is_whitespace() && !quoted && !braced => return at,
            _ => {}
        }
    }
    text.len()
}

fn word(word: &str, at: usize, read: &mut FenceInfo) {
    let range = at..at + word.len();
    if let Some(ranges) = word.strip_prefix('{') {
        lines(ranges, at + 1, read);
    } else if word == "linenos" {
        read.numbered = true;
    } else if let Some(title) = word.strip_prefix("title=") {
        let bare = title.strip_prefix('"').map_or(Some(title), |it| it.strip_suffix('"'));
        match bare.filter(|title| !title.trim().is_empty()) {
            Some(title) => read.title = Some(title.to_owned()),
            None => problem(read, "a title that is empty or not closed", range, "write `title=\"ring.rs\"`"),
        }
    } else if !IGNORED.contains(&word.trim_matches(',')) {
        let name = word.split('=').next().unwrap_or_default();
        let hint =
            nearest(name, WORDS.iter().copied()).map_or(USAGE.to_owned(), |near| format!("did you mean `{near}`?"));
        problem(read, &format!("unknown word `{word}` in a code fence"), range, &hint);
    }
}

fn lines(text: &str, at: usize, read: &mut FenceInfo) {
    let Some(inside) = text.strip_suffix('}') else {
        problem(read, "a line range without its closing `}`", at - 1..at + text.len(), "write lines as `{2,4-6}`");
        return;
    };
    let mut offset = at;
    for part in inside.split(',') {
        let range = offset..offset + part.len();
        match line_range(part.trim()) {
            Some(lines) => read.lines.push((lines, range)),
            None => {
                let hint = "write lines as `{2,4-6}`, counted from 1";
                problem(read, &format!("`{}` is no range of lines", part.trim()), range, hint);
            }
        }
        offset += part.len() + 1;
    }
}

fn line_range(text: &str) -> Option<RangeInclusive<usize>> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let number = |text: &str| text.trim().parse::<usize>().ok().filter(|number| *number > 0);
    let (first, last) = (number(first)?, number(last)?);
    (first <= last).then_some(first..=last)
}

fn problem(read: &mut FenceInfo, message: &str, range: Range<usize>, hint: &str) {
    read.problems.push(InfoProblem { message: message.to_owned(), range, hint: hint.to_owned() });
}

/// What the info string of a figure's fence says: each value with its place, without its quotes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FigureInfo {
    pub title: Option<(String, Range<usize>)>,
    pub id: Option<(String, Range<usize>)>,
    pub notice: Option<(String, Range<usize>)>,
    /// The text alternative.
    pub alt: Option<(String, Range<usize>)>,
    pub problems: Vec<InfoProblem>,
}

const FIGURE_WORDS: [&str; 4] = ["title", "id", "notice", "alt"];

/// Reads what stands behind the first word of a figure's info string: `title="..." id="..."`; `\"` is a quote in a value.
pub fn figure_info(info: &str) -> FigureInfo {
    let mut read = FigureInfo::default();
    let mut rest = info.find(char::is_whitespace).unwrap_or(info.len());
    while let Some(at) = info[rest..].find(|c: char| !c.is_whitespace()).map(|skip| rest + skip) {
        let len = figure_word_len(&info[at..]);
        figure_word(&info[at..at + len], at, &mut read);
        rest = at + len;
    }
    read
}

fn figure_word_len(text: &str) -> usize {
    let (mut quoted, mut escaped) = (false, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' if !escaped => quoted = !quoted,
            c if c.is_whitespace() && !quoted => return at,
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    text.len()
}

fn figure_word(word: &str, at: usize, read: &mut FigureInfo) {
    let (key, written) = word.split_once('=').unwrap_or((word, ""));
    let slot = match key {
        "title" => &mut read.title,
        "id" => &mut read.id,
        "notice" => &mut read.notice,
        "alt" => &mut read.alt,
        _ => {
            let hint = nearest(key, FIGURE_WORDS)
                .map_or("a figure may have `title`, `id`, `notice` and `alt`".to_owned(), |near| {
                    format!("did you mean `{near}`?")
                });
            let message = format!("unknown word `{key}` behind `mermaid`");
            read.problems.push(InfoProblem { message, range: at..at + key.len(), hint });
            return;
        }
    };
    let bare = written.strip_prefix('"').map_or(Some(written), |it| it.strip_suffix('"'));
    match bare.filter(|value| !value.trim().is_empty()) {
        Some(value) => {
            let start = at + (value.as_ptr() as usize - word.as_ptr() as usize);
            *slot = Some((value.replace("\\\"", "\"").replace("\\\\", "\\"), start..start + value.len()));
        }
        None => {
            let message = format!("`{key}` is empty or not closed");
            let hint = format!("write `{key}=\"...\"`, on one line");
            read.problems.push(InfoProblem { message, range: at..at + word.len(), hint });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{fence_info, figure_info};

    fn figure(info: &str, expected: &str) {
        let read = figure_info(info);
        let shown = [&read.title, &read.id, &read.notice, &read.alt].map(|it| {
            let (text, range) = it.as_ref()?;
            assert!(text.contains('"') || info[range.clone()] == *text);
            Some(text.clone())
        });
        let shown: Vec<String> = shown.into_iter().map(|it| it.unwrap_or("-".to_owned())).collect();
        let problems: Vec<&str> = read.problems.iter().map(|it| &info[it.range.clone()]).collect();
        assert_eq!(format!("{}|{}", shown.join("|"), problems.join(",")), expected, "{info}");
    }

    #[test]
    fn words_of_a_figure() {
        figure("mermaid", "-|-|-|-|");
        figure("mermaid title=\"A b\" id=x notice=\"See [it](a.md).\" alt=\"c\"", "A b|x|See [it](a.md).|c|");
        figure("mermaid title=\"say \\\"hi\\\"\"", "say \"hi\"|-|-|-|");
        figure("mermaid titel=\"A\" id=", "-|-|-|-|titel,id=");
        figure("mermaid title=\"never closed", "-|-|-|-|title=\"never closed");
    }

    fn check(info: &str, expected: &str) {
        let read = fence_info(info);
        let lines: Vec<String> =
            read.lines.iter().map(|(lines, _)| format!("{}-{}", lines.start(), lines.end())).collect();
        let problems: Vec<&str> = read.problems.iter().map(|it| &info[it.range.clone()]).collect();
        let shown =
            format!("{}|{:?}|{}|{}|{}", read.language, read.title, read.numbered, lines.join(","), problems.join(","));
        assert_eq!(shown, expected, "{info}");
    }

    #[test]
    fn all_words_in_any_order() {
        check("", "|None|false||");
        check("Rust", "rust|None|false||");
        check("rust title=\"a b.rs\" linenos {2,4-6}", "rust|Some(\"a b.rs\")|true|2-2,4-6|");
        check("rust{1} title=ring.rs", "rust|Some(\"ring.rs\")|false|1-1|");
        check("title=\"x\"", "|Some(\"x\")|false||");
        check("linenos", "|None|true||");
        check("c++ { 1 , 2 - 3 }", "c++|None|false|1-1,2-3|");
    }

    #[test]
    fn the_form_of_mdbook_is_tolerated() {
        check("rust,ignore", "rust|None|false||");
        check("rust,should_panic,edition2021 {1}", "rust|None|false|1-1|");
        check("rust, ignore", "rust|None|false||");
    }

    #[test]
    fn what_cannot_be_read_has_its_place() {
        check("rust {4-2}", "rust|None|false||4-2");
        check("rust {1,0,x}", "rust|None|false|1-1|0,x");
        check("rust {1", "rust|None|false||{1");
        check("rust titel=\"x y\" lineno", "rust|None|false||titel=\"x y\",lineno");
        check("rust title=\"\"", "rust|None|false||title=\"\"");
    }
}
