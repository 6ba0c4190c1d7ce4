//! `book.toml` -> the book's settings.

use std::sync::Arc;

use crate::config::{Config, Policy, Redirect};
use crate::diagnostic::{Code, Diagnostic, Warned};
use crate::source::{Source, Span};

use super::table::{Entry, Reader, Table, Value, list};
use super::toml;

const TABLES: &[&str] = &["book", "html", "redirects"];
const BOOK_KEYS: &[&str] = &["title", "description", "language", "authors", "base-url", "edit-url"];
const HTML_KEYS: &[&str] = &["raw", "remote-images", "headers"];

/// Keys and tables of mdBook, and what takes their place here.
const FROM_MDBOOK: &[(&str, &str)] = &[
    ("build", "the output folder is set on the command line: `--dest-dir`"),
    ("multilingual", "a book has one language: `[book] language`"),
    (
        "output",
        "there is one output; `site-url` is `[book] base-url`, `edit-url-template` is `[book] edit-url`, redirects stand \
         in `[redirects]`, and styles lie in `templates/css/`",
    ),
    ("preprocessor", "there are no preprocessors; Markdown, links, figures and the glossary are built in"),
    ("rust", "the edition of code in pages is not needed: it is shown and not run"),
    ("src", "pages lie in `content/`"),
    ("text-direction", "it follows from `[book] language`"),
];

/// Reads `book.toml`.
pub fn config(source: &Arc<Source>) -> Warned<Config> {
    let mut diagnostics = Vec::new();
    let mut config = Config::default();
    let table = match toml::table(&source.text) {
        Ok(table) => table,
        Err(errors) => {
            diagnostics.extend(errors.into_iter().map(|error| {
                let message = format!("not valid TOML: {}", error.message);
                Diagnostic::at(Code::BadConfig, Span::new(source, error.range), message)
            }));
            return Warned { value: config, diagnostics };
        }
    };
    let mut reader = Reader { source, code: Code::BadConfig, diagnostics: &mut diagnostics };
    for entry in &table {
        match (entry.key.as_str(), &entry.value) {
            ("book", Value::Table(inner)) => book(inner, &mut config, &mut reader),
            ("html", Value::Table(inner)) => html(inner, &mut config, &mut reader),
            ("redirects", Value::Table(inner)) => redirects(inner, &mut config, &mut reader),
            ("book" | "html" | "redirects", _) => drop(reader.expected::<()>(entry, "a table")),
            _ => unknown(entry, "table", TABLES, &mut reader),
        }
    }
    if !has_title(&table) {
        let at = table.iter().find(|entry| entry.key == "book").map_or(0..0, |entry| entry.key_range.clone());
        diagnostics.push(
            Diagnostic::at(Code::BadConfig, Span::new(source, at), "the book has no title")
                .hint("add `title = \"...\"` below `[book]`"),
        );
    }
    diagnostics.sort_by_key(|it| it.span.as_ref().map_or(0, |span| span.range.start));
    Warned { value: config, diagnostics }
}

fn book(table: &Table, config: &mut Config, reader: &mut Reader<'_>) {
    for entry in table {
        match entry.key.as_str() {
            "title" => set(&mut config.title, reader.prose(entry)),
            "description" => set(&mut config.description, reader.prose(entry)),
            "language" => set(&mut config.language, language(entry, reader)),
            "authors" => {
                let authors = reader.texts(entry).unwrap_or_default();
                config.authors = authors.into_iter().map(|(name, _)| name).collect();
            }
            "base-url" => set(&mut config.base_url, base_url(entry, reader)),
            "edit-url" => config.edit_url = edit_url(entry, reader),
            _ => unknown(entry, "key", BOOK_KEYS, reader),
        }
    }
}

fn html(table: &Table, config: &mut Config, reader: &mut Reader<'_>) {
    for entry in table {
        match entry.key.as_str() {
            "raw" => set(&mut config.raw_html, policy(entry, reader)),
            "remote-images" => set(&mut config.remote_images, policy(entry, reader)),
            "headers" => set(&mut config.headers, reader.switch(entry)),
            _ => unknown(entry, "key", HTML_KEYS, reader),
        }
    }
}

/// Old addresses, each with the place that it leads to.
fn redirects(table: &Table, config: &mut Config, reader: &mut Reader<'_>) {
    for entry in table {
        if let Some(to) = reader.text(entry) {
            config.redirects.push(Redirect {
                from: entry.key.clone(),
                to,
                from_range: entry.key_range.clone(),
                to_range: entry.value_range.clone(),
            });
        }
    }
}

/// An `https:` URL with `{path}` in it.
fn edit_url(entry: &Entry, reader: &mut Reader<'_>) -> Option<String> {
    let url = reader.text(entry)?;
    let is_url = url.starts_with("https://") || url.starts_with("http://");
    if is_url && url.contains("{path}") {
        return Some(url);
    }
    let message = format!("`edit-url` is `{url}`, expected a URL with `{{path}}` in it");
    reader.report(
        entry.value_range.clone(),
        message,
        "such as `https://example.org/me/book/edit/main/{path}`, where `{path}` is `content/page.md`",
    );
    None
}

fn policy(entry: &Entry, reader: &mut Reader<'_>) -> Option<Policy> {
    match &entry.value {
        Value::Text(text) if text == "allow" => Some(Policy::Allow),
        Value::Text(text) if text == "deny" => Some(Policy::Deny),
        Value::Text(text) => {
            let message = format!("`{}` is `{text}`, expected `\"allow\"` or `\"deny\"`", entry.key);
            reader.report(entry.value_range.clone(), message, "expected `\"allow\"` or `\"deny\"`");
            None
        }
        _ => reader.expected(entry, "`\"allow\"` or `\"deny\"`"),
    }
}

/// A BCP 47 tag, as far as its shape tells: `en`, `pt-BR`, `zh-Hant`.
fn language(entry: &Entry, reader: &mut Reader<'_>) -> Option<String> {
    let tag = reader.text(entry)?;
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let is_tag = (2..=3).contains(&first.len())
        && first.chars().all(|c| c.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()));
    if is_tag {
        return Some(tag);
    }
    reader.report(
        entry.value_range.clone(),
        format!("`{tag}` is no language tag"),
        "expected a tag such as `en` or `pt-BR`",
    );
    None
}

/// A path or an absolute URL, made to end in `/`.
fn base_url(entry: &Entry, reader: &mut Reader<'_>) -> Option<String> {
    let url = reader.text(entry)?;
    let is_base = ["/", "https://", "http://"].iter().any(|start| url.starts_with(start));
    if !is_base
        || url.starts_with("//")
        || url.contains(|c: char| c.is_whitespace() || matches!(c, '?' | '#' | '"' | '<' | '>'))
    {
        let label = "expected a path such as `/book/` or a URL such as `https://example.org/book/`";
        reader.report(entry.value_range.clone(), format!("`{url}` is no base URL"), label);
        return None;
    }
    Some(if url.ends_with('/') { url } else { url + "/" })
}

fn unknown(entry: &Entry, what: &str, known: &[&str], reader: &mut Reader<'_>) {
    let span = Span::new(reader.source, entry.key_range.clone());
    let diagnostic =
        Diagnostic::at(reader.code, span, format!("unknown {what} `{}`", entry.key)).label("nobody reads this");
    let diagnostic = match FROM_MDBOOK.iter().find(|(key, _)| *key == entry.key) {
        Some((_, instead)) => diagnostic.hint(*instead),
        None => diagnostic
            .did_you_mean(&entry.key, known.iter().copied())
            .hint(format!("the {what}s here are {}", list(known))),
    };
    reader.diagnostics.push(diagnostic);
}

fn has_title(table: &Table) -> bool {
    table.iter().any(|entry| match &entry.value {
        Value::Table(inner) => entry.key == "book" && inner.iter().any(|entry| entry.key == "title"),
        _ => false,
    })
}

fn set<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}

#[cfg(test)]
mod tests {
    use super::config;
    use crate::config::Policy;
    use crate::source::Source;

    fn check(text: &str, expected: &[&str]) {
        let read = config(&Source::new("book.toml", text));
        let shown: Vec<String> = read
            .diagnostics
            .iter()
            .map(|it| {
                let span = it.span.as_ref().map_or("", |span| &text[span.range.clone()]);
                format!("{span}: {}; {}", it.message, it.hints.first().map_or("", String::as_str))
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn every_key_is_read() {
        let text = "[book]\ntitle = \"T\"\ndescription = \"D\"\nlanguage = \"pt-BR\"\nauthors = [\"A\"]\n\
                    base-url = \"https://a.b/c\"\n[html]\nraw = \"allow\"\nremote-images = \"deny\"\n";
        let read = config(&Source::new("book.toml", text));
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        let it = read.value;
        assert_eq!((it.title.as_str(), it.language.as_str(), it.base_url.as_str()), ("T", "pt-BR", "https://a.b/c/"));
        assert_eq!((it.raw_html, it.remote_images, it.authors), (Policy::Allow, Policy::Deny, vec!["A".to_owned()]));
    }

    #[test]
    fn what_nobody_reads_is_said() {
        check("[book]\ntitle = \"T\"\ntitel = \"x\"\n", &["titel: unknown key `titel`; did you mean `title`?"]);
        check("[book]\ntitle = \"T\"\nsrc = \"x\"\n", &["src: unknown key `src`; pages lie in `content/`"]);
        check(
            "[book]\ntitle = \"T\"\n[output.html]\nsite-url = \"/\"\n",
            &[
                "output: unknown table `output`; there is one output; `site-url` is `[book] base-url`, `edit-url-template` is `[book] edit-url`, redirects stand in `[redirects]`, and styles lie in `templates/css/`",
            ],
        );
        check("[book]\n", &["book: the book has no title; add `title = \"...\"` below `[book]`"]);
        check("[book]\ntitle = 1\n", &["1: `title` is a number, expected a text in quotes; "]);
        check(
            "[book]\ntitle = \"T\"\nbase-url = \"book\"\nlanguage = \"english\"\n",
            &["\"book\": `book` is no base URL; ", "\"english\": `english` is no language tag; "],
        );
    }
}
