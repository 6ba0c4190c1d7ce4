//! A fenced or indented block -> highlighted lines with titles, marks and hidden lines.

use std::ops::Range;

use crate::document::{CodeBlock, CodeLine};

use super::code_line::{LineProblem, code_line};
use super::fence_info::{FenceInfo, fence_info};
use super::highlight::highlight;
use super::language::{Language, known_names, language};
use super::pieces::Pieces;

use crate::diagnostic::{Code, nearest};

/// Something to say of a block.
#[derive(Clone, Debug, PartialEq)]
pub struct CodeProblem {
    pub code: Code,
    pub message: String,
    /// In the source.
    pub range: Range<usize>,
    pub hints: Vec<String>,
}

/// The info string of a fence: as written with its offset in the source, and with escapes resolved.
#[derive(Clone, Copy, Debug)]
pub struct Info<'a> {
    pub written: &'a str,
    pub offset: usize,
    pub decoded: &'a str,
}

/// A block without info string.
pub fn plain(body: &Pieces) -> CodeBlock {
    let lines = body.text.lines().map(|line| CodeLine { tokens: tokens(line), ..CodeLine::default() }).collect();
    CodeBlock { lines, ..CodeBlock::default() }
}

/// A fenced block.
pub fn fenced(info: Info<'_>, body: &Pieces) -> (CodeBlock, Vec<CodeProblem>) {
    let mut problems = Vec::new();
    let read = fence_info(info.written);
    let place = |range: &Range<usize>| info.offset + range.start..info.offset + range.end;
    for it in &read.problems {
        problems.push(bad_fence(it.message.clone(), place(&it.range), &it.hint));
    }
    let name = language_name(&read, info.decoded);
    let known = language(&name);
    if matches!(known, Language::Unknown) {
        problems.push(unknown_language(&name, place(&read.language_range)));
    }
    let mut lines = lines(body, &name, &mut problems);
    highlight_lines(&known, &mut lines);
    for (wanted, range) in &read.lines {
        if *wanted.end() > lines.len() {
            let message = format!("line {} of a block of {} lines", wanted.end(), lines.len());
            problems.push(bad_fence(message, place(range), "lines are counted from 1, hidden ones too"));
        }
        let last = (*wanted.end()).min(lines.len());
        for line in lines.get_mut(wanted.start() - 1..last).unwrap_or_default() {
            line.highlighted = true;
        }
    }
    (CodeBlock { language: name, title: read.title, numbered: read.numbered, lines }, problems)
}

/// Markdown allows escapes and entities in an info string: `f&ouml;&ouml;`, `foo\+bar`.
fn language_name(read: &FenceInfo, decoded: &str) -> String {
    if read.language.contains(['&', '\\']) {
        return decoded.split_whitespace().next().unwrap_or_default().to_lowercase();
    }
    read.language.clone()
}

fn lines(body: &Pieces, language: &str, problems: &mut Vec<CodeProblem>) -> Vec<CodeLine> {
    let mut offset = 0;
    let mut lines = Vec::new();
    for written in body.text.split_inclusive('\n') {
        let (line, problem) = code_line(written.trim_end_matches(['\n', '\r']), language);
        if let Some(LineProblem { message, range }) = problem {
            let place = body.range(offset + range.start..offset + range.end);
            problems.push(bad_fence(message, place, "the marks are `[!code ++]`, `[!code --]` and `[!code hl]`"));
        }
        lines.push(line);
        offset += written.len();
    }
    lines
}

fn highlight_lines(language: &Language, lines: &mut [CodeLine]) {
    let Language::Known(syntax, set) = language else {
        return;
    };
    let texts: Vec<&str> = lines.iter().map(|line| line.tokens.first().map_or("", |(_, text)| text.as_str())).collect();
    let highlighted = highlight(syntax, set, &texts);
    for (line, tokens) in lines.iter_mut().zip(highlighted.unwrap_or_default()) {
        line.tokens = tokens;
    }
}

/// A line without classes.
pub fn tokens(text: &str) -> Vec<(&'static str, String)> {
    if text.is_empty() { Vec::new() } else { vec![("", text.to_owned())] }
}

fn bad_fence(message: String, range: Range<usize>, hint: &str) -> CodeProblem {
    CodeProblem { code: Code::BadCodeFence, message, range, hints: vec![hint.to_owned()] }
}

fn unknown_language(name: &str, range: Range<usize>) -> CodeProblem {
    let mut hints = Vec::new();
    let names = known_names();
    if let Some(near) = nearest(name, names.iter().map(String::as_str)) {
        hints.push(format!("did you mean `{near}`?"));
    }
    hints.push("for code without colors write `text`".to_owned());
    let message = format!("unknown language `{name}` of a code block");
    CodeProblem { code: Code::UnknownLanguage, message, range, hints }
}

#[cfg(test)]
mod tests {
    use super::{Info, fenced};
    use crate::document::{CodeLine, Diff};
    use crate::parse::pieces::Pieces;

    fn check(info: &str, body: &str, expected: &[&str]) {
        let mut pieces = Pieces::default();
        pieces.push(body, &(0..body.len()));
        let (block, problems) = fenced(Info { written: info, offset: 0, decoded: info }, &pieces);
        let shown: Vec<String> =
            block.lines.iter().map(show).chain(problems.iter().map(|it| it.message.clone())).collect();
        assert_eq!(shown, expected);
    }

    fn show(line: &CodeLine) -> String {
        let mark = match line.diff {
            Some(Diff::Inserted) => "+",
            Some(Diff::Deleted) => "-",
            None => "",
        };
        let text: String = line.tokens.iter().map(|(_, text)| text.as_str()).collect();
        let (hl, hidden) = (if line.highlighted { "*" } else { "" }, if line.hidden { "~" } else { "" });
        format!("{mark}{hl}{hidden}|{text}")
    }

    #[test]
    fn marks_and_ranges_meet_on_the_lines() {
        check("text {2-3}", "a\nb // [!code ++]\nc\n", &["|a", "+*|b", "*|c"]);
        check("text {3}", "a\n", &["|a", "line 3 of a block of 1 lines"]);
        check("rust", "# use x;\nlet a = 1;\n", &["~|use x;", "|let a = 1;"]);
        check("brainfork", "+\n", &["|+", "unknown language `brainfork` of a code block"]);
        check("", "", &[]);
    }
}
