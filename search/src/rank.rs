//! Candidates in order, by what only their text tells: the words in a row in title or text, near one another, a title that
//! is just what was asked for.

use crate::Kind;
use crate::engine::{Candidate, Engine, Hit};
use crate::excerpt::{self, Place};
use crate::format::LeafSection;
use crate::lookup::Sought;
use crate::order::largest_first;
use crate::tokenize::{TokenKind, tokens};

/// What is found out about the texts of a candidate, in the unit of their words' worth: an average word in a text is worth
/// about 4 * 16 * 64.
const EQUAL_TITLE: u32 = 34_000;
const PHRASE_IN_TITLE: u32 = 16_000;
const PHRASE_IN_TEXT: u32 = 10_000;
const FULL_TITLE: u32 = 10_000;
const NEAR: u32 = 5_000;
const PAGE: u32 = 6_000;
/// Words between the first and the last one sought, beyond which they are not near.
const FAR: usize = 24;

/// The candidates as results, the best first.
pub fn hits(engine: &Engine, sought: &[Sought], candidates: Vec<Candidate>) -> Vec<Hit> {
    let ranked: Vec<(u32, Hit)> = candidates.into_iter().filter_map(|it| hit(engine, sought, it)).collect();
    let order = largest_first(ranked.len(), &|idx| ranked[idx].0);
    let mut hits: Vec<Option<Hit>> = ranked.into_iter().map(|(_, hit)| Some(hit)).collect();
    order.into_iter().filter_map(|idx| hits[idx].take()).collect()
}

/// A candidate as a result, and what it is worth.
fn hit(engine: &Engine, sought: &[Sought], candidate: Candidate) -> Option<(u32, Hit)> {
    let leaf_idx = engine.root.leaf_of(candidate.section);
    let leaf = engine.leaves.get(leaf_idx)?.as_ref()?;
    let entry = engine.root.leaves[leaf_idx];
    let section = leaf.sections.get(candidate.section - entry.first)?;
    let texts = Texts::new(section, sought);
    let value = candidate.value + texts.bonus(section.kind, sought);
    let fragment = if section.anchor.is_empty() { String::new() } else { ["#", &section.anchor].concat() };
    let hit = Hit {
        kind: section.kind,
        url: [leaf.url.as_str(), &fragment].concat(),
        page_label: leaf.label.clone(),
        page_title: leaf.title.clone(),
        part: engine.root.parts.get(entry.part).cloned().unwrap_or_default(),
        above: section.above.clone(),
        label: section.label.clone(),
        title: excerpt::all(&section.title, &texts.title),
        text: excerpt::best(&section.text, &texts.text),
        marks: texts.marks(section),
    };
    Some((value, hit))
}

/// The words of a section's title and text.
struct Texts {
    title: Vec<Place>,
    text: Vec<Place>,
}

impl Texts {
    fn new(section: &LeafSection, sought: &[Sought]) -> Self {
        Self { title: places(&section.title, sought), text: places(&section.text, sought) }
    }

    fn bonus(&self, kind: Kind, sought: &[Sought]) -> u32 {
        let mut bonus = 0;
        let in_title = self.title.iter().filter(|it| it.mask > 0).count();
        if in_title > 0 {
            // How much of the title was asked for, and how much of what was asked for is in the title.
            let words = self.title.iter().fold(0, |mask, it| mask | it.mask).count_ones();
            bonus += FULL_TITLE * in_title as u32 / self.title.len() as u32 * words / sought.len() as u32;
            bonus += if kind == Kind::Page { PAGE } else { 0 };
        }
        let len: usize = sought.iter().map(|it| it.word.span()).sum();
        let phrase = (0..self.title.len()).find(|start| is_phrase(&self.title[*start..], sought));
        if phrase == Some(0) && len == self.title.len() {
            bonus += EQUAL_TITLE;
        }
        if sought.len() < 2 {
            return bonus;
        }
        if phrase.is_some() {
            bonus += PHRASE_IN_TITLE;
        }
        if (0..self.text.len()).any(|start| is_phrase(&self.text[start..], sought)) {
            bonus += PHRASE_IN_TEXT;
        } else if let Some(window) = window(&self.text, sought) {
            bonus += NEAR * (FAR + 1 - window.min(FAR)) as u32 / FAR as u32;
        }
        bonus
    }

    /// The marked words as they are written, each once.
    fn marks(&self, section: &LeafSection) -> Vec<String> {
        let mut marks: Vec<String> = Vec::new();
        for (text, places) in [(&section.text, &self.text), (&section.title, &self.title)] {
            for place in places.iter().filter(|it| it.mask > 0) {
                let word = &text[place.start..place.end];
                if marks.len() < 8 && !marks.iter().any(|it| it == word) {
                    marks.push(word.to_string());
                }
            }
        }
        marks
    }
}

/// The words of a text; humps and wholes count for the words that they lie in.
fn places(text: &str, sought: &[Sought]) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    tokens(text, &mut |token| {
        let mask = mask(token.term, token.kind, sought);
        match token.kind {
            TokenKind::Word => places.push(Place { start: token.start, end: token.end, mask }),
            TokenKind::Hump | TokenKind::Tail => {
                if let Some(place) = places.get_mut(token.position) {
                    place.mask |= mask;
                }
            }
            TokenKind::Whole => {
                if let Some(place) = places.get_mut(token.position).filter(|_| mask > 0) {
                    // It is marked from end to end.
                    place.mask |= mask;
                    place.end = token.end;
                }
            }
        }
    });
    places
}

fn mask(term: &str, kind: TokenKind, sought: &[Sought]) -> u16 {
    let mut mask = 0;
    for (idx, it) in sought.iter().enumerate() {
        let whole = kind == TokenKind::Whole;
        let fits = match it.corrected {
            true => it.terms.iter().any(|it| it.term == term),
            false if !it.word.parts.is_empty() => whole && it.word.fits(term).is_some(),
            false => !whole && it.word.fits(term).is_some(),
        };
        mask |= u16::from(fits) << idx;
    }
    mask
}

/// Whether the words sought stand at the beginning of `places` in their order, with nothing between them.
fn is_phrase(places: &[Place], sought: &[Sought]) -> bool {
    let mut at = 0;
    !sought.is_empty()
        && sought.iter().enumerate().all(|(idx, it)| {
            let here = places.get(at).is_some_and(|place| place.mask >> idx & 1 == 1);
            at += it.word.span();
            here
        })
}

/// The words between the first and the last of the words sought where these stand nearest; `None` if one is missing.
fn window(places: &[Place], sought: &[Sought]) -> Option<usize> {
    let wanted: u16 = sought.iter().enumerate().filter(|(_, it)| !it.word.optional).map(|(idx, _)| 1 << idx).sum();
    let mut last = [None; 16];
    let mut best: Option<usize> = None;
    for (at, place) in places.iter().enumerate().filter(|(_, it)| it.mask > 0) {
        for (idx, seen) in last.iter_mut().enumerate() {
            if place.mask >> idx & 1 == 1 {
                *seen = Some(at);
            }
        }
        let of_wanted = last.iter().enumerate().filter(|(idx, _)| wanted >> idx & 1 == 1).map(|(_, it)| *it);
        if let Some(first) = of_wanted.min().flatten() {
            best = Some(best.map_or(at - first, |best| best.min(at - first)));
        }
    }
    best
}
