//! Texts that people wrote: the book's own pages and those of the other tests. Pieces of them reach where no grammar
//! of ours thought of.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use super::choices::Choices;

/// All Markdown and TOML of the book and of the tests, by path.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    for folder in ["../content", "tests/markdown", "tests/sites"] {
        let files = walkdir::WalkDir::new(root.join(folder)).sort_by_file_name();
        for entry in files.into_iter().map(|entry| entry.expect("an entry")) {
            let text = || fs::read_to_string(entry.path()).ok();
            if entry.path().extension().is_some_and(|it| it == "md" || it == "toml") {
                texts.extend(text().filter(|it| !it.is_empty()));
            }
        }
    }
    assert!(texts.len() > 50, "there is a book, and there are tests");
    texts
});

/// A piece of one of them, up to half a page.
pub fn piece(choices: &mut Choices<'_>) -> String {
    let text = &TEXTS[choices.below(TEXTS.len())];
    // From the beginning of a line: half a line is rarely what it was.
    let (start, _) = choices.stretch(text, 0);
    let start = text[..start].rfind('\n').map_or(0, |it| it + 1);
    let rest = &text[start..];
    let wanted = choices.below(700);
    let end = (wanted..=rest.len()).find(|it| rest.is_char_boundary(*it)).unwrap_or(rest.len());
    rest[..end].to_owned()
}
