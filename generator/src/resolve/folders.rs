//! The order of reading of a book without `SUMMARY.md`: folders become parts, names give the order.

use std::collections::BTreeMap;

use crate::path::SourcePath;
use crate::resolve::natural;
use crate::resolve::outputs::unnumbered;
use crate::resolve::plan::{Plan, PlannedChapter, PlannedPart};

/// The plan: in each folder its own page first, then pages and folders in natural order of their names.
pub fn plan<'a>(pages: impl IntoIterator<Item = &'a SourcePath>) -> Plan {
    let mut root = Folder::default();
    for path in pages {
        root.insert(path, path.as_str());
    }
    let mut plan = Plan::default();
    if let Some(home) = root.own.take() {
        let chapter = PlannedChapter { title: None, page: Some(home), numbered: false, depth: 0 };
        plan.untitled().chapters.push(chapter);
    }
    for (name, entry) in root.in_order() {
        match entry {
            Entry::Page(path) => plan.untitled().chapters.push(chapter(path, 0)),
            Entry::Folder(folder) => plan.parts.push(part(name, folder)),
        }
    }
    plan
}

/// The pages of a folder and what lies below it, by name.
#[derive(Default)]
struct Folder {
    own: Option<SourcePath>,
    entries: BTreeMap<String, Entry>,
}

enum Entry {
    Page(SourcePath),
    Folder(Folder),
}

impl Folder {
    /// `rest` is what is left of the path below this folder.
    fn insert(&mut self, path: &SourcePath, rest: &str) {
        match rest.split_once('/') {
            Some((name, rest)) => {
                // The slash keeps a folder `a.md/` apart from a page `a.md`.
                let entry = self.entries.entry(format!("{name}/")).or_insert_with(|| Entry::Folder(Folder::default()));
                if let Entry::Folder(folder) = entry {
                    folder.insert(path, rest);
                }
            }
            // `index.md` is sorted before `README.md`'s turn comes, so where both exist it is the folder's page;
            // that both go to `index.html` is reported elsewhere.
            None if matches!(rest, "index.md" | "README.md") => self.own = Some(path.clone()),
            None => drop(self.entries.insert(rest.to_string(), Entry::Page(path.clone()))),
        }
    }

    fn in_order(self) -> Vec<(String, Entry)> {
        let mut entries: Vec<(String, Entry)> = self.entries.into_iter().collect();
        entries.sort_by(|(a, _), (b, _)| natural::compare(a, b));
        entries
    }
}

fn part(name: String, mut folder: Folder) -> PlannedPart {
    let page = folder.own.take();
    let title = page.is_none().then(|| readable(&name));
    let mut chapters = Vec::new();
    add(folder, 0, &mut chapters);
    PlannedPart { title, page, chapters }
}

fn add(folder: Folder, depth: usize, chapters: &mut Vec<PlannedChapter>) {
    for (_, entry) in folder.in_order() {
        match entry {
            Entry::Page(path) => chapters.push(chapter(path, depth)),
            Entry::Folder(mut below) => match below.own.take() {
                Some(own) => {
                    chapters.push(chapter(own, depth));
                    add(below, depth + 1, chapters);
                }
                None => add(below, depth, chapters),
            },
        }
    }
}

fn chapter(path: SourcePath, depth: usize) -> PlannedChapter {
    PlannedChapter { title: None, page: Some(path), numbered: true, depth }
}

/// `2-spreading-data/` -> `Spreading data`.
fn readable(name: &str) -> String {
    let words = unnumbered(name.trim_end_matches('/')).replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
