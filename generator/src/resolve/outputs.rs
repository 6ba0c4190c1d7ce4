//! Where each file of `content/` goes, and that no two go to one place.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::path::{OutputPath, SourcePath};
use crate::source::{Source, Span};

/// The page with the glossary.
pub const GLOSSARY: &str = "glossary.html";
/// The page for addresses that do not exist.
pub const NOT_FOUND: &str = "404.html";
/// The page to search on, and the root of the index; its other files lie in a folder of this name.
pub const SEARCH: &str = "search.html";
/// The page of all pages, to be printed.
pub const PRINT: &str = "print.html";
/// Pages of a book that is still written as one page and as one text. A longer one would be a file of a hundred megabytes
/// that no browser prints.
pub const WHOLE: usize = 1_000;

/// How names of files become names in the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// As they are: `SUMMARY.md` gives the order.
    Kept,
    /// Without the numbers that give the order: `2-basics/10-intro.md` -> `basics/intro.html`.
    Unnumbered,
}

/// Where the file goes: `a/index.md` and `a/README.md` -> `a/index.html`, `page.md` -> `page.html`, others as they are.
pub fn output(path: &SourcePath, naming: Naming) -> OutputPath {
    let step = |it| match naming {
        Naming::Kept => it,
        Naming::Unnumbered => unnumbered(it),
    };
    let mut steps: Vec<&str> = path.folder().split('/').filter(|it| !it.is_empty()).map(step).collect();
    let name = path.file_name();
    let page;
    match name.strip_suffix(".md") {
        Some("index" | "README") => steps.push("index.html"),
        Some(stem) => {
            page = format!("{}.html", step(stem));
            steps.push(&page);
        }
        None => steps.push(name),
    }
    match OutputPath::new(&steps.join("/")) {
        Ok(output) => output,
        Err(_) => unreachable!("a source path has no step that climbs out, and dropping digits makes none"),
    }
}

/// The name without a number in front that only gives the order: `10-intro` -> `intro`.
pub fn unnumbered(name: &str) -> &str {
    let rest = name.trim_start_matches(|it: char| it.is_ascii_digit());
    match rest.strip_prefix(['-', '_', '.', ' ']) {
        Some(bare) if rest.len() < name.len() && !bare.trim_matches('.').is_empty() => bare,
        _ => name,
    }
}

/// What claims a place in the site.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The place.
    pub output: OutputPath,
    /// Who: ``page `a.md` ``, ``the glossary``.
    pub who: String,
    /// Where to complain.
    pub span: Option<Span>,
}

impl Claim {
    /// The claim of a file of `content/`.
    pub fn of_file(path: &SourcePath, output: OutputPath, source: Option<&Arc<Source>>) -> Self {
        let kind = if source.is_some() { "page" } else { "file" };
        Self { output, who: format!("{kind} `{path}`"), span: source.map(|source| Span::new(source, 0..0)) }
    }
}

/// Complains of each claim on a place that an earlier one has, also where the names differ only in case,
/// and of each file that stands where others need a folder.
pub fn check(claims: &[Claim]) -> Vec<Diagnostic> {
    let mut taken: BTreeMap<String, &Claim> = BTreeMap::new();
    let mut found = Vec::new();
    for claim in claims {
        let key = claim.output.as_str().to_lowercase();
        match taken.get(&key) {
            Some(first) => found.push(clash(claim, first)),
            None => drop(taken.insert(key, claim)),
        }
    }
    let mut folders = BTreeSet::new();
    for (key, claim) in &taken {
        for (end, _) in key.match_indices('/') {
            let folder = &key[..end];
            if let Some(file) = taken.get(folder).filter(|_| folders.insert(folder.to_string())) {
                found.push(
                    complaint(
                        file,
                        format!("{} would be written where {} needs a folder: `{}`", file.who, claim.who, file.output),
                    )
                    .hint("rename one of the two"),
                );
            }
        }
    }
    found
}

fn clash(claim: &Claim, first: &Claim) -> Diagnostic {
    let same = claim.output == first.output;
    let message = if same {
        format!("{} and {} would both be written to `{}`", first.who, claim.who, claim.output)
    } else {
        format!("{} and {} would be written to `{}` and `{}`", first.who, claim.who, first.output, claim.output)
    };
    let diagnostic = complaint(claim, message);
    if same {
        diagnostic.hint("rename one of the two")
    } else {
        diagnostic.hint("on many systems names that differ only in case are one file: rename one of the two")
    }
}

fn complaint(claim: &Claim, message: String) -> Diagnostic {
    match &claim.span {
        Some(span) => Diagnostic::at(Code::DuplicateOutput, span.clone(), message),
        None => Diagnostic::new(Code::DuplicateOutput, message),
    }
}

#[cfg(test)]
mod tests {
    use super::{Naming, output, unnumbered};
    use crate::path::SourcePath;

    fn check(path: &str, naming: Naming, expected: &str) {
        let path = SourcePath::new(path).expect("a path in the book");
        assert_eq!(output(&path, naming).as_str(), expected);
    }

    #[test]
    fn pages_become_html_and_folder_pages_become_index() {
        check("index.md", Naming::Kept, "index.html");
        check("a/README.md", Naming::Kept, "a/index.html");
        check("a/2-b.md", Naming::Kept, "a/2-b.html");
        check("a/b.svg", Naming::Kept, "a/b.svg");
    }

    #[test]
    fn numbers_that_give_the_order_are_dropped() {
        check("2-a/10-b.md", Naming::Unnumbered, "a/b.html");
        check("2-a/1.png", Naming::Unnumbered, "a/1.png");
        assert_eq!(unnumbered("2024"), "2024");
        assert_eq!(unnumbered("01_x"), "x");
        assert_eq!(unnumbered("1..."), "1...");
        assert_eq!(unnumbered("3d-printing"), "3d-printing");
    }
}
