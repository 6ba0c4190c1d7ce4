//! Reads the book's folder into memory: the only stage that reads the disk.
//!
//! In: a folder with `book.toml`, `content/` and perhaps `templates/`. Out: [`Sources`], the same whatever order the
//! system lists files in. Nothing outside the folder is read, and of `content/` nothing that must not be published.

mod builtin;
mod history;
mod walk;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

pub use history::history;

use crate::diagnostic::{Code, Diagnostic, Warned};
use crate::path::SourcePath;
use crate::source::{Source, Span};
use crate::sources::Sources;

/// What `folder` holds. A file that cannot be read is reported and left out.
pub fn sources(folder: &Path) -> Warned<Sources> {
    let mut found = Vec::new();
    let mut sources = Sources { config: config(folder, &mut found), ..Sources::default() };
    content(folder, &mut sources, &mut found);
    templates(folder, &mut sources, &mut found);
    Warned { value: sources, diagnostics: found }
}

fn config(folder: &Path, found: &mut Vec<Diagnostic>) -> Arc<Source> {
    let name = "book.toml";
    let path = folder.join(name);
    if !path.exists() {
        found.push(
            Diagnostic::new(Code::Io, "this folder has no `book.toml`")
                .hint("name the folder of a book, or write a `book.toml` with `[book]` and `title = \"...\"`"),
        );
        return Source::new(name, "[book]\ntitle = \"Untitled\"\n");
    }
    if !walk::lies_in(&path, folder) {
        found.push(Diagnostic::new(Code::OutsideBook, "symbolic link `book.toml` leads out of the book's folder"));
        return Source::new(name, "[book]\ntitle = \"Untitled\"\n");
    }
    read(&path, name, found).map_or_else(|| Source::new(name, ""), |bytes| text(name, bytes, found))
}

fn content(folder: &Path, sources: &mut Sources, found: &mut Vec<Diagnostic>) {
    let Some(root) = subfolder(folder, "content", found) else {
        if found.is_empty() {
            found.push(
                Diagnostic::new(Code::Io, "this book has no folder `content`")
                    .hint("put the pages there, the first one as `content/index.md`"),
            );
        }
        return;
    };
    for file in walk::files(&root, "content", found) {
        let shown = format!("content/{}", file.name);
        let Ok(path) = SourcePath::new(&file.name) else {
            found
                .push(Diagnostic::new(Code::OutsideBook, format!("the name of `{shown}` reads like an absolute path")));
            continue;
        };
        let last = path.file_name();
        // For those who write the book, not for those who read it.
        let special = file.name == "words.txt"
            || last.ends_with(".toml") && file.name != "glossary.toml"
            || last == "SUMMARY.md" && file.name != last;
        if special {
            continue;
        }
        let Some(bytes) = read(&file.path, &shown, found) else { continue };
        match file.name.as_str() {
            "SUMMARY.md" => sources.summary = Some(text(&shown, bytes, found)),
            "glossary.toml" => sources.glossary = Some(text(&shown, bytes, found)),
            _ if path.is_markdown() => drop(sources.pages.insert(path, text(&shown, bytes, found))),
            _ => drop(sources.files.insert(path, bytes.into())),
        }
    }
}

fn templates(folder: &Path, sources: &mut Sources, found: &mut Vec<Diagnostic>) {
    let mut files: BTreeMap<String, Vec<u8>> =
        builtin::FILES.iter().map(|(name, bytes)| ((*name).to_string(), bytes.to_vec())).collect();
    if let Some(root) = subfolder(folder, "templates", found) {
        for file in walk::files(&root, "templates", found) {
            if let Some(bytes) = read(&file.path, &format!("templates/{}", file.name), found) {
                files.insert(file.name, bytes);
            }
        }
    }
    for (name, bytes) in files {
        if name.ends_with(".html") {
            let shown = format!("templates/{name}");
            sources.templates.insert(name, text(&shown, bytes, found));
        } else {
            sources.assets.insert(name, bytes.into());
        }
    }
}

/// A folder of the book, if it is there and is no link to somewhere else.
fn subfolder(folder: &Path, name: &str, found: &mut Vec<Diagnostic>) -> Option<std::path::PathBuf> {
    let path = folder.join(name);
    if !path.is_dir() {
        return None;
    }
    if walk::lies_in(&path, folder) {
        return Some(path);
    }
    found.push(Diagnostic::new(Code::OutsideBook, format!("symbolic link `{name}` leads out of the book's folder")));
    None
}

fn read(path: &Path, shown: &str, found: &mut Vec<Diagnostic>) -> Option<Vec<u8>> {
    fs::read(path).map_err(|error| found.push(walk::unreadable(shown, &error))).ok()
}

/// The bytes as text; where they are no UTF-8, with a complaint and with `U+FFFD` in place of what is wrong.
fn text(shown: &str, bytes: Vec<u8>, found: &mut Vec<Diagnostic>) -> Arc<Source> {
    match String::from_utf8(bytes) {
        // HTML cannot hold the character NUL, and Markdown has the same in its place (CommonMark 0.31.2, 2.3).
        Ok(text) if text.contains('\0') => Source::new(shown, text.replace('\0', "\u{fffd}")),
        Ok(text) => Source::new(shown, text),
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            let byte = error.as_bytes()[offset];
            let source = Source::new(shown, String::from_utf8_lossy(error.as_bytes()));
            let line = source.line_column(offset).0;
            // Lossy text is the same up to the first wrong byte, so the offset holds in it.
            found.push(
                Diagnostic::at(
                    Code::NotUtf8,
                    Span::new(&source, offset..offset + '\u{fffd}'.len_utf8()),
                    format!("byte {offset} of `{shown}`, in line {line}, is not UTF-8"),
                )
                .label(format!("this is byte 0x{byte:02X}"))
                .hint("save the file as UTF-8"),
            );
            source
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::diagnostic::Code;

    #[test]
    fn a_wrong_byte_is_shown_where_it_is() {
        let mut found = Vec::new();
        let source = super::text("content/a.md", b"one\ntwo \xE9t\xE9\n".to_vec(), &mut found);
        assert_eq!(source.text, "one\ntwo \u{fffd}t\u{fffd}\n");
        assert_eq!(found[0].code, Code::NotUtf8);
        assert_eq!(found[0].message, "byte 8 of `content/a.md`, in line 2, is not UTF-8");
    }

    #[test]
    fn a_folder_without_a_book_says_so() {
        let loaded = super::sources(Path::new("no/such/folder"));
        assert_eq!(loaded.diagnostics[0].message, "this folder has no `book.toml`");
        assert!(loaded.value.templates.contains_key("page.html"), "the built-in templates are there");
    }
}
