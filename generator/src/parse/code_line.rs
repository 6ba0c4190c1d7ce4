//! One line of code: the marks at its end and, in Rust, whether it is hidden.

use std::ops::Range;

use crate::document::{CodeLine, Diff};

use super::code::tokens;

/// A mark that nobody knows.
#[derive(Clone, Debug, PartialEq)]
pub struct LineProblem {
    pub message: String,
    /// In the line.
    pub range: Range<usize>,
}

/// The comments in which a mark may stand: how they begin and end.
const COMMENTS: &[(&str, &str)] = &[("//", ""), ("<!--", "-->"), ("--", ""), ("#", "")];

/// A line without its mark and without the `# ` that hides it.
pub fn code_line(written: &str, language: &str) -> (CodeLine, Option<LineProblem>) {
    let mut line = CodeLine::default();
    let mut problem = None;
    let mut text = written;
    if let Some(mark) = mark(written) {
        match mark.word {
            "++" => line.diff = Some(Diff::Inserted),
            "--" => line.diff = Some(Diff::Deleted),
            "hl" => line.highlighted = true,
            word => {
                problem = Some(LineProblem { message: format!("unknown mark `[!code {word}]`"), range: mark.range })
            }
        }
        text = mark.before;
    }
    let shown = if matches!(language, "rust" | "rs") { hidden(text) } else { Shown::Whole };
    match shown {
        Shown::Whole => line.tokens = tokens(text),
        Shown::Changed { text, hidden } => {
            line.tokens = tokens(&text);
            line.hidden = hidden;
        }
    }
    (line, problem)
}

struct Mark<'a> {
    word: &'a str,
    /// The line before the comment, without trailing spaces.
    before: &'a str,
    /// Of `[!code ...]` in the line.
    range: Range<usize>,
}

fn mark(line: &str) -> Option<Mark<'_>> {
    let start = line.rfind("[!code ")?;
    let end = start + line[start..].find(']')?;
    let word = line[start + "[!code ".len()..end].trim();
    let (head, tail) = (line[..start].trim_end(), line[end + 1..].trim());
    let (open, _) = COMMENTS.iter().find(|(open, close)| head.ends_with(open) && tail == *close)?;
    let before = head[..head.len() - open.len()].trim_end();
    Some(Mark { word, before, range: start..end + 1 })
}

enum Shown {
    Whole,
    Changed { text: String, hidden: bool },
}

/// As rustdoc does it: `# code` and a lone `#` are hidden, `##` stands for a `#` that is shown.
fn hidden(line: &str) -> Shown {
    let code = line.trim_start();
    let indent = &line[..line.len() - code.len()];
    if code == "#" {
        return Shown::Changed { text: indent.to_owned(), hidden: true };
    }
    if let Some(rest) = code.strip_prefix("# ") {
        return Shown::Changed { text: format!("{indent}{rest}"), hidden: true };
    }
    if code.starts_with("##") {
        return Shown::Changed { text: format!("{indent}{}", &code[1..]), hidden: false };
    }
    Shown::Whole
}

#[cfg(test)]
mod tests {
    use super::code_line;
    use crate::document::Diff;

    fn check(line: &str, language: &str, expected: (&str, Option<Diff>, bool, bool)) {
        let (read, problem) = code_line(line, language);
        assert_eq!(problem, None);
        let text: String = read.tokens.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!((text.as_str(), read.diff, read.highlighted, read.hidden), expected, "{line}");
    }

    #[test]
    fn marks_stand_in_the_comments_of_many_languages() {
        check("a(); // [!code ++]", "rust", ("a();", Some(Diff::Inserted), false, false));
        check("a() # [!code --]  ", "python", ("a()", Some(Diff::Deleted), false, false));
        check("SELECT 1 -- [!code hl]", "sql", ("SELECT 1", None, true, false));
        check("<b> <!-- [!code ++] -->", "html", ("<b>", Some(Diff::Inserted), false, false));
        check("  // [!code ++]", "js", ("", Some(Diff::Inserted), false, false));
        check("x [!code ++]", "text", ("x [!code ++]", None, false, false));
        check("// [!code ++] and more", "js", ("// [!code ++] and more", None, false, false));
    }

    #[test]
    fn an_unknown_mark_is_reported_with_its_place() {
        let line = "é // [!code +]";
        let (_, problem) = code_line(line, "js");
        assert_eq!(&line[problem.expect("a problem").range], "[!code +]");
    }

    #[test]
    fn rust_hides_lines_as_rustdoc_does() {
        check("  # let x = 1;", "rust", ("  let x = 1;", None, false, true));
        check("#", "rust", ("", None, false, true));
        check("## shown", "rust", ("# shown", None, false, false));
        check("#[derive(Debug)]", "rust", ("#[derive(Debug)]", None, false, false));
        check("#![no_std]", "rust", ("#![no_std]", None, false, false));
        check("# a comment", "python", ("# a comment", None, false, false));
    }
}
