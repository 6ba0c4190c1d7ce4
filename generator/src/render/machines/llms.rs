//! `llms.txt` and `llms-full.txt`: the book for language models, as a list of its pages and as one text (llmstxt.org).

use std::fmt::Write as _;

use crate::book::{Book, Chapter, Page, Part};
use crate::path::OutputPath;
use crate::render::markdown;
use crate::render::urls::Urls;

/// The list: title, description, and each part with its pages' Markdown files.
pub fn llms(book: &Book) -> String {
    let mut out = head(book);
    out.push_str("\nThe whole book as one text: [llms-full.txt](llms-full.txt)\n");
    for part in &book.parts {
        let pages: Vec<&Page> = pages(book, part).collect();
        if pages.is_empty() {
            continue;
        }
        if !part.title.is_empty() {
            let _ = write!(out, "\n## {}\n", line(&part.title));
        }
        out.push('\n');
        for page in pages {
            let _ = writeln!(out, "- {}", entry(page));
        }
    }
    out
}

/// The text: the Markdown of every page in order of reading, each behind a line that names its place.
pub fn full<'a>(book: &Book, pages: impl Iterator<Item = (&'a OutputPath, &'a [u8])>) -> Vec<u8> {
    let mut out = head(book);
    out.push_str("\nLinks are relative to the page that they stand on, which is named above its title.\n");
    let mut out = out.into_bytes();
    for (output, text) in pages {
        out.extend_from_slice(format!("\n<!-- {} -->\n\n", markdown::place(output)).as_bytes());
        out.extend_from_slice(text);
    }
    out
}

fn head(book: &Book) -> String {
    let mut out = format!("# {}\n", line(&book.config.title));
    if !book.config.description.is_empty() {
        let _ = write!(out, "\n> {}\n", line(&book.config.description));
    }
    out
}

/// The page of the part and those of its chapters.
fn pages<'a>(book: &'a Book, part: &'a Part) -> impl Iterator<Item = &'a Page> {
    let own = part.page.into_iter();
    let chapters = part.chapters.iter().filter_map(|it: &Chapter| it.page);
    own.chain(chapters).map(|idx| &book.pages[idx])
}

fn entry(page: &Page) -> String {
    let root = OutputPath::new("llms.txt").unwrap_or_else(|_| unreachable!("it is a path"));
    let url = Urls::From(&root).to(&markdown::place(&page.output));
    let description =
        if page.description.is_empty() { String::new() } else { format!(": {}", line(&page.description)) };
    format!("[{}]({url}){description}", line(&page.title_text).replace(['[', ']'], ""))
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
