//! A code block as HTML: tokens by class, lines where they are numbered or marked, folded lines in `details`.

use std::fmt::Write as _;

use crate::document::{CodeBlock, CodeLine, Diff};
use crate::render::escape::{escape, push};

/// Writes a block.
pub fn write(out: &mut String, code: &CodeBlock) {
    let close = match &code.title {
        Some(title) => {
            let _ = write!(out, "<figure class=\"code\"><figcaption>{}</figcaption>", escape(title));
            "</figure>\n"
        }
        None => {
            out.push_str("<div class=\"code\">");
            "</div>\n"
        }
    };
    let by_line = code.numbered || code.lines.iter().any(|line| line.highlighted || line.diff.is_some() || line.hidden);
    let mut rest = code.lines.as_slice();
    let mut number = 1;
    while let Some(first) = rest.first() {
        let n_alike = rest.iter().take_while(|line| line.hidden == first.hidden).count();
        let (run, after) = rest.split_at(n_alike);
        if first.hidden {
            let lines = if n_alike == 1 { "line" } else { "lines" };
            let _ = write!(out, "<details class=\"code-hidden\"><summary>{n_alike} hidden {lines}</summary>");
        }
        pre(out, code, run, by_line.then_some(number));
        if first.hidden {
            out.push_str("</details>");
        }
        number += n_alike;
        rest = after;
    }
    if code.lines.is_empty() {
        pre(out, code, &[], None);
    }
    out.push_str(close);
}

/// A run of lines; `first` is the number of the first one if lines are elements of their own.
fn pre(out: &mut String, code: &CodeBlock, lines: &[CodeLine], first: Option<usize>) {
    out.push_str("<pre tabindex=\"0\"><code");
    if !code.language.is_empty() {
        let _ = write!(out, " class=\"language-{}\"", escape(&code.language));
    }
    out.push('>');
    for (idx, line) in lines.iter().enumerate() {
        if let Some(first) = first {
            open_line(out, line, code.numbered.then_some(first + idx));
        }
        for (class, text) in &line.tokens {
            if class.is_empty() {
                push(out, text);
            } else {
                let _ = write!(out, "<span class=\"{class}\">");
                push(out, text);
                out.push_str("</span>");
            }
        }
        // Inside the line's element: between blocks it would be a line of its own.
        out.push('\n');
        if first.is_some() {
            out.push_str("</span>");
        }
    }
    out.push_str("</code></pre>");
}

fn open_line(out: &mut String, line: &CodeLine, number: Option<usize>) {
    out.push_str("<span class=\"line");
    if line.highlighted {
        out.push_str(" hl");
    }
    match line.diff {
        Some(Diff::Inserted) => out.push_str(" ins"),
        Some(Diff::Deleted) => out.push_str(" del"),
        None => {}
    }
    out.push('"');
    if let Some(number) = number {
        let _ = write!(out, " data-n=\"{number}\"");
    }
    out.push('>');
}
