//! The order of reading: which parts and chapters there are, before anything is numbered.
//!
//! From `SUMMARY.md` in `summary.rs`, else from the folders in `folders.rs`.

use crate::path::SourcePath;

/// The parts in order.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Parts with their chapters; an untitled one holds the chapters that stand outside parts.
    pub parts: Vec<PlannedPart>,
}

/// A part.
#[derive(Clone, Debug, Default)]
pub struct PlannedPart {
    /// Empty for chapters outside parts; `None` if the page gives it.
    pub title: Option<String>,
    /// Its own page.
    pub page: Option<SourcePath>,
    /// In order; nested ones follow the one they are part of.
    pub chapters: Vec<PlannedChapter>,
}

/// An entry of the contents.
#[derive(Clone, Debug)]
pub struct PlannedChapter {
    /// `None` if the page gives it.
    pub title: Option<String>,
    /// `None` for a draft.
    pub page: Option<SourcePath>,
    /// Whether it counts.
    pub numbered: bool,
    /// 0 at the top of its part.
    pub depth: usize,
}

impl Plan {
    /// Every page that is in the order, once.
    pub fn pages(&self) -> impl Iterator<Item = &SourcePath> {
        self.parts
            .iter()
            .flat_map(|part| part.page.iter().chain(part.chapters.iter().filter_map(|it| it.page.as_ref())))
    }

    /// The part that takes chapters outside parts: the last one, if it is untitled, else a new one.
    pub fn untitled(&mut self) -> &mut PlannedPart {
        if self.parts.last().is_none_or(|part| part.title.as_deref() != Some("")) {
            self.parts.push(PlannedPart { title: Some(String::new()), ..PlannedPart::default() });
        }
        self.parts.last_mut().unwrap_or_else(|| unreachable!("one was pushed"))
    }
}
