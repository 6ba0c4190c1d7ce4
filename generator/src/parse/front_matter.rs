//! The lines at the top of a page: `+++` around TOML or `---` around YAML, with a closed list of keys.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Warned};
use crate::document::FrontMatter;
use crate::source::{Source, Span};

use super::table::{Reader, SyntaxError, Table, shift};
use super::{toml, yaml};

/// All keys that a page may have.
const KEYS: &[&str] = &["title", "description", "draft", "aliases", "builds_on", "date", "image", "image_alt"];

/// Front matter is a handful of lines; a larger one is a mistake, such as a page that is one long table.
const MAX_BYTES: usize = 64 * 1024;

/// The front matter of a page and the offset at which its Markdown begins.
pub fn front_matter(source: &Arc<Source>) -> Warned<(FrontMatter, usize)> {
    let mut diagnostics = Vec::new();
    let start = if source.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let (front, end) = match fence(&source.text[start..]) {
        None => (FrontMatter::default(), start),
        Some(fence) => read(source, start, fence, &mut diagnostics),
    };
    Warned { value: (front, end), diagnostics }
}

/// The line that opens front matter, if the text begins with one.
fn fence(text: &str) -> Option<&'static str> {
    let first = text.lines().next()?.trim_end();
    ["+++", "---"].into_iter().find(|fence| *fence == first)
}

fn read(source: &Arc<Source>, start: usize, fence: &str, diagnostics: &mut Vec<Diagnostic>) -> (FrontMatter, usize) {
    let Some((inside, end)) = between(&source.text, start, fence) else {
        diagnostics.push(unclosed(source, start, fence));
        return (FrontMatter::default(), source.text.len());
    };
    if inside.len() > MAX_BYTES {
        let span = Span::new(source, start..start + fence.len());
        let message = format!("front matter of {} kB, the limit is {} kB", inside.len() / 1024, MAX_BYTES / 1024);
        diagnostics.push(Diagnostic::at(Code::TooDeep, span, message));
        return (FrontMatter::default(), end);
    }
    let text = &source.text[inside.clone()];
    let table = match fence {
        "+++" => toml::table(text),
        _ => yaml::table(text).map_err(|error| vec![error]),
    };
    let front = match table {
        Ok(mut table) => {
            shift(&mut table, |offset| offset + inside.start);
            values(source, &table, diagnostics)
        }
        Err(errors) => {
            diagnostics.extend(errors.into_iter().map(|error| syntax(source, inside.start, fence, error)));
            FrontMatter::default()
        }
    };
    (front, end)
}

/// The range between the two fences, and the offset behind the second.
fn between(text: &str, start: usize, fence: &str) -> Option<(Range<usize>, usize)> {
    let mut offset = start;
    let mut inside = None;
    for line in text[start..].split_inclusive('\n') {
        let next = offset + line.len();
        match inside {
            None => inside = Some(next),
            Some(first) if line.trim_end() == fence => return Some((first..offset, next)),
            Some(_) => {}
        }
        offset = next;
    }
    None
}

fn values(source: &Arc<Source>, table: &Table, diagnostics: &mut Vec<Diagnostic>) -> FrontMatter {
    let mut reader = Reader { source, code: Code::BadFrontMatter, diagnostics };
    let mut front = FrontMatter::default();
    for entry in table {
        match entry.key.as_str() {
            "title" => front.title = reader.prose(entry),
            "description" => front.description = reader.prose(entry),
            "draft" => front.draft = reader.switch(entry).unwrap_or_default(),
            "aliases" => front.aliases = reader.texts(entry).unwrap_or_default(),
            "builds_on" => front.builds_on = reader.texts(entry).unwrap_or_default(),
            "date" => front.date = reader.date(entry),
            "image" => front.image = reader.text(entry).map(|text| (text, entry.value_range.clone())),
            "image_alt" => front.image_alt = reader.prose(entry),
            _ => reader.unknown(entry, KEYS),
        }
    }
    front
}

fn unclosed(source: &Arc<Source>, start: usize, fence: &str) -> Diagnostic {
    let span = Span::new(source, start..start + fence.len());
    let diagnostic = Diagnostic::at(Code::BadFrontMatter, span, format!("front matter without its closing `{fence}`"))
        .label("begins here and never ends")
        .hint(format!("end it with a line `{fence}`"));
    if fence == "---" { diagnostic.hint("for a rule at the top of a page write `***`") } else { diagnostic }
}

fn syntax(source: &Arc<Source>, offset: usize, fence: &str, error: SyntaxError) -> Diagnostic {
    let format = if fence == "+++" { "TOML" } else { "YAML" };
    let span = Span::new(source, error.range.start + offset..error.range.end + offset);
    let message = format!("front matter is no valid {format}: {}", error.message);
    Diagnostic::at(Code::BadFrontMatter, span, message)
}

#[cfg(test)]
mod tests {
    use super::front_matter;
    use crate::source::Source;

    fn check(text: &str, expected: &str) {
        let source = Source::new("a.md", text);
        let found = front_matter(&source);
        let mut shown = format!("{}|", &text[found.value.1..]);
        for it in &found.diagnostics {
            let span = it.span.as_ref().expect("every problem has a place");
            shown += &format!("{:?} {}|", &text[span.range.clone()], it.message);
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn both_forms_give_the_same_values() {
        let toml =
            "+++\ntitle = \"T\"\ndraft = true\naliases = [\"a.html\"]\ndate = 2026-11-22\nimage = \"i.png\"\n+++\nbody";
        let yaml = "---\ntitle: T\ndraft: true\naliases: [a.html]\ndate: 2026-11-22\nimage: i.png\n---\nbody";
        let read = |text: &str| {
            let found = front_matter(&Source::new("a.md", text));
            assert!(found.diagnostics.is_empty(), "{:?}", found.diagnostics);
            let (front, end) = found.value;
            assert_eq!(&text[end..], "body");
            let image = front.image.map(|(image, _)| image);
            (front.title, front.draft, front.aliases.into_iter().map(|it| it.0).collect::<Vec<_>>(), front.date, image)
        };
        let expected =
            (Some("T".to_owned()), true, vec!["a.html".to_owned()], Some((2026, 11, 22)), Some("i.png".to_owned()));
        assert_eq!(read(toml), expected);
        assert_eq!(read(yaml), expected);
    }

    #[test]
    fn a_page_need_not_have_any() {
        check("# T\n", "# T\n|");
        check("", "|");
        check("----\n", "----\n|");
        check("\u{feff}+++\n+++\nx", "x|");
        check("+++\r\ntitle = \"x\"\r\n+++\r\nbody", "body|");
    }

    #[test]
    fn problems_are_found_at_their_place() {
        check("+++\ntitel = \"x\"\n+++\n", "|\"titel\" unknown key `titel`|");
        check("---\ntitle: 3\n---\n", "|\"3\" `title` is a number, expected a text in quotes|");
        check("+++\ndraft = \"yes\"\n+++\n", "|\"\\\"yes\\\"\" `draft` is a text, expected `true` or `false`|");
        check("+++\naliases = [\"a\", 2]\n+++\n", "|\"2\" `aliases` holds a number, expected texts|");
        check("---\ndate: 2026-02-30\n---\n", "|\"2026-02-30\" `date` is a text, expected a date such as 2026-11-22|");
        check("---\ntitle: x\n", "|\"---\" front matter without its closing `---`|");
        check(
            "+++\na = \n+++\n",
            "|\"\" front matter is no valid TOML: string values must be quoted, expected literal string|",
        );
    }
}
