//! Candidates in order, by what only their text tells: the words in a row in title or text, near one another, a title that
//! is just what was asked for.

use crate::Kind;
use crate::engine::{Candidate, Engine, Hit};
use crate::excerpt::{self, Place};
use crate::format::LeafSection;
use crate::lookup::Sought;
use crate::order::largest_first;
use crate::query::Role;
use crate::tokenize::{TokenKind, tokens};

/// What is found out about the texts of a candidate, in the unit of their words' worth: an average word in a text is worth
/// about 4 * 16 * 64.
const EQUAL_TITLE: u32 = 34_000;
const PHRASE_IN_TITLE: u32 = 16_000;
const PHRASE_IN_TEXT: u32 = 10_000;
const FULL_TITLE: u32 = 10_000;
const NEAR: u32 = 5_000;
const PAGE: u32 = 16_000;
/// A definition is short; whoever asks for its very name may want the chapter on it.
const EQUAL_TERM: u32 = 8_000;
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
        also: texts.also(section),
        text: excerpt::best(&section.text, &texts.text),
        marks: texts.marks(section),
    };
    Some((value, hit))
}

/// The words of a section's names and text.
struct Texts<'a> {
    /// Its title, or that other name of it which is more like what was asked for.
    name: (&'a str, Vec<Place>),
    title: Vec<Place>,
    text: Vec<Place>,
    /// What the name is worth.
    value: u32,
}

impl<'a> Texts<'a> {
    fn new(section: &'a LeafSection, sought: &[Sought]) -> Self {
        let title = places(&section.title, sought);
        let mut value = title_bonus(&title, section.kind, sought);
        let mut name = (section.title.as_str(), title.clone());
        for other in &section.also {
            let places = places(other, sought);
            let worth = title_bonus(&places, section.kind, sought);
            if worth > value {
                (value, name) = (worth, (other.as_str(), places));
            }
        }
        Self { name, title, text: places(&section.text, sought), value }
    }

    /// Another name than the title.
    fn also(&self, section: &LeafSection) -> Vec<String> {
        if self.name.0 == section.title { Vec::new() } else { excerpt::all(self.name.0, &self.name.1) }
    }

    fn bonus(&self, kind: Kind, sought: &[Sought]) -> u32 {
        let named = self.value;
        if phrase_len(sought) < 2 || kind == Kind::Sources {
            return named;
        }
        if (0..self.text.len()).any(|start| is_phrase(&self.text[start..], sought)) {
            return named + PHRASE_IN_TEXT;
        }
        let near = |window: usize| NEAR * (FAR + 1 - window.min(FAR)) as u32 / FAR as u32;
        named + window(&self.text, sought).map_or(0, near)
    }

    /// The marked words as they are written, each once.
    fn marks(&self, section: &LeafSection) -> Vec<String> {
        let mut marks: Vec<String> = Vec::new();
        for (text, places) in [(section.text.as_str(), &self.text), (self.name.0, &self.name.1)] {
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

/// What a title is worth.
fn title_bonus(title: &[Place], kind: Kind, sought: &[Sought]) -> u32 {
    let mut bonus = 0;
    let in_title = title.iter().filter(|it| it.mask > 0).count();
    if in_title > 0 {
        // How much of the title was asked for, and how much of what was asked for is in the title.
        let needed = needed(sought);
        let words = (title.iter().fold(0, |mask, it| mask | it.mask) & needed).count_ones();
        let share = |of: u32| of * words / needed.count_ones().max(1);
        bonus += share(FULL_TITLE * in_title as u32 / title.len() as u32);
        bonus += if kind == Kind::Page { share(PAGE) } else { 0 };
    }
    let phrase = (0..title.len()).find(|start| is_phrase(&title[*start..], sought));
    if phrase == Some(0) && phrase_len(sought) == title.len() {
        bonus += if kind == Kind::Term { EQUAL_TERM } else { EQUAL_TITLE };
    }
    if phrase.is_some() && phrase_len(sought) > 1 {
        bonus += PHRASE_IN_TITLE;
    }
    bonus
}

/// The words sought that a phrase is made of, with their bits.
fn phrase(sought: &[Sought]) -> impl Iterator<Item = (usize, &Sought)> {
    sought.iter().enumerate().filter(|(_, it)| it.word.role != Role::Extra)
}

/// The bits of the words that a section should have.
fn needed(sought: &[Sought]) -> u16 {
    sought.iter().enumerate().filter(|(_, it)| it.word.role == Role::Needed).map(|(idx, _)| 1 << idx).sum()
}

fn phrase_len(sought: &[Sought]) -> usize {
    phrase(sought).count()
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
        let fits = match it.corrected {
            true => it.terms.iter().any(|it| it.term == term),
            false => it.word.whole == (kind == TokenKind::Whole) && it.word.fits(term).is_some(),
        };
        mask |= u16::from(fits) << idx;
    }
    mask
}

/// Whether the words sought stand at the beginning of `places` in their order, with nothing between them.
fn is_phrase(places: &[Place], sought: &[Sought]) -> bool {
    let stands = |(at, (idx, _)): (usize, (usize, &Sought))| places.get(at).is_some_and(|it| it.mask >> idx & 1 == 1);
    phrase_len(sought) > 0 && phrase(sought).enumerate().all(stands)
}

/// The words between the first and the last of the words sought where these stand nearest; `None` if one is missing.
fn window(places: &[Place], sought: &[Sought]) -> Option<usize> {
    let wanted = needed(sought);
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
