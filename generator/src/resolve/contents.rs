//! Parts and chapters get their numbers, pages their place in the order of reading.

use std::collections::BTreeMap;

use crate::book::{Chapter, PageKind, Part};
use crate::path::SourcePath;
use crate::resolve::plan::{Plan, PlannedChapter};

/// The table of contents, with pages as indices into `order`.
#[derive(Debug, Default)]
pub struct Contents {
    /// Numbered parts and chapters.
    pub parts: Vec<Part>,
    /// The pages in order of reading, unlisted ones last.
    pub order: Vec<Spot>,
}

/// A published page's place in the book.
#[derive(Debug)]
pub struct Spot {
    /// The page.
    pub path: SourcePath,
    /// What it is for.
    pub kind: PageKind,
    /// The chapter's number.
    pub number: Option<String>,
    /// Index into `Contents::parts`.
    pub part: Option<usize>,
    /// Index into the part's chapters.
    pub chapter: Option<usize>,
    /// Whether previous and next lead to it.
    pub in_order: bool,
}

/// Numbers the plan. `titles` holds every published page; those that the plan does not name come last, but the home
/// page, which comes first.
pub fn contents(plan: &Plan, titles: &BTreeMap<SourcePath, String>, home: Option<&SourcePath>) -> Contents {
    let mut contents = Contents::default();
    let mut numbers = Numbers::default();
    let listed: Vec<&SourcePath> = plan.pages().collect();
    if let Some(home) = home.filter(|home| titles.contains_key(home) && !listed.contains(home)) {
        contents.push(home, PageKind::Home);
    }
    let mut n_parts = 0;
    for planned in &plan.parts {
        let title_of = |path: &Option<SourcePath>| path.as_ref().and_then(|path| titles.get(path)).cloned();
        let title = planned.title.clone().or_else(|| title_of(&planned.page)).unwrap_or_default();
        let number = (planned.page.is_some() || !title.is_empty()).then(|| {
            n_parts += 1;
            n_parts
        });
        let part_idx = contents.parts.len();
        let mut part = Part { number, title, page: None, chapters: Vec::with_capacity(planned.chapters.len()) };
        if let Some(path) = planned.page.as_ref().filter(|path| titles.contains_key(path)) {
            part.page = Some(contents.push(path, if Some(path) == home { PageKind::Home } else { PageKind::Part }));
            contents.last().part = Some(part_idx);
        }
        for chapter in &planned.chapters {
            let number = numbers.next(chapter);
            let title = chapter.title.clone().or_else(|| title_of(&chapter.page)).unwrap_or_default();
            let page = chapter.page.as_ref().filter(|path| titles.contains_key(path)).map(|path| {
                let kind = match &number {
                    _ if Some(path) == home => PageKind::Home,
                    Some(_) => PageKind::Chapter,
                    None => PageKind::Page,
                };
                let page = contents.push(path, kind);
                let spot = contents.last();
                (spot.part, spot.chapter, spot.number) = (Some(part_idx), Some(part.chapters.len()), number.clone());
                page
            });
            part.chapters.push(Chapter { number, title, page, depth: chapter.depth });
        }
        contents.parts.push(part);
    }
    let listed: std::collections::BTreeSet<&SourcePath> = listed.into_iter().chain(home).collect();
    for path in titles.keys().filter(|path| !listed.contains(path)) {
        contents.push(path, PageKind::Page);
        contents.last().in_order = false;
    }
    contents
}

impl Contents {
    fn push(&mut self, path: &SourcePath, kind: PageKind) -> usize {
        self.order.push(Spot { path: path.clone(), kind, number: None, part: None, chapter: None, in_order: true });
        self.order.len() - 1
    }

    fn last(&mut self) -> &mut Spot {
        self.order.last_mut().unwrap_or_else(|| unreachable!("called after `push`"))
    }
}

/// Counts chapters through the whole book, nested ones within their parent.
#[derive(Default)]
struct Numbers {
    counts: Vec<u32>,
}

impl Numbers {
    fn next(&mut self, chapter: &PlannedChapter) -> Option<String> {
        if !chapter.numbered {
            return None;
        }
        self.counts.resize(chapter.depth + 1, 0);
        self.counts[chapter.depth] += 1;
        Some(self.counts.iter().map(u32::to_string).collect::<Vec<_>>().join("."))
    }
}
