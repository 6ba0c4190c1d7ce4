//! The piece of a text that shows best why it was found, with the words marked.
//!
//! Out: pieces in turn unmarked and marked, beginning with an unmarked one, which may be empty.

/// Characters of an excerpt, about.
const LENGTH: usize = 190;
/// Characters before the first marked word, about.
const BEFORE: usize = 50;

/// A word of a text, and which of the words sought it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its bytes.
    pub start: usize,
    /// Its bytes.
    pub end: usize,
    /// A bit for each word sought.
    pub mask: u16,
}

/// The whole text.
pub fn all(text: &str, places: &[Place]) -> Vec<String> {
    cut(text, places, 0, text.len())
}

/// The piece with most of the words sought, or the text's beginning if it has none.
pub fn best(text: &str, places: &[Place]) -> Vec<String> {
    let first = best_start(text, places);
    let start = match first {
        Some(first) => start_before(text, places, first),
        None => 0,
    };
    let mut end = after(text, start, LENGTH);
    if end < text.len() {
        // Not in the middle of a word, unless it is a very long one.
        end = places.iter().map(|it| it.end).take_while(|it| *it <= end).last().filter(|it| *it > start).unwrap_or(end);
    }
    let mut pieces = cut(text, places, start, end);
    if start > 0 {
        pieces[0].insert_str(0, "… ");
    }
    if end < text.len()
        && let Some(last) = pieces.last_mut()
    {
        last.push_str(" …");
    }
    pieces
}

/// The place from which on a piece has most of the words sought, each counted once, then most of their places.
fn best_start(text: &str, places: &[Place]) -> Option<usize> {
    let marked: Vec<(usize, &Place)> = places.iter().enumerate().filter(|(_, it)| it.mask > 0).collect();
    let mut best = None;
    for (nth, (idx, first)) in marked.iter().enumerate() {
        let limit = after(text, first.start, LENGTH - BEFORE);
        let inside = marked[nth..].iter().take_while(|(_, it)| it.end <= limit);
        let (mask, n) = inside.fold((0_u16, 0_usize), |(mask, n), (_, it)| (mask | it.mask, n + 1));
        let worth = (mask.count_ones(), n.min(4));
        if best.is_none_or(|(old, _)| worth > old) {
            best = Some((worth, *idx));
        }
    }
    best.map(|(_, idx)| idx)
}

/// Where a piece begins whose first marked word is the place `first`: some words before it, but no sentence's end.
fn start_before(text: &str, places: &[Place], first: usize) -> usize {
    let mut start = places[first].start;
    for place in places[..first].iter().rev() {
        // Pairs of characters lie over one another.
        let between = text.get(place.end..start).unwrap_or_default();
        let far = text[place.start..places[first].start].chars().count() > BEFORE;
        if far || between.contains(['.', '?', '!', '。']) {
            break;
        }
        start = place.start;
    }
    // The text's first words may begin with a sign.
    if places.first().is_some_and(|it| it.start == start) { 0 } else { start }
}

/// The byte that lies `n` characters after `start`.
fn after(text: &str, start: usize, n: usize) -> usize {
    text[start..].char_indices().nth(n).map_or(text.len(), |(at, _)| start + at)
}

fn cut(text: &str, places: &[Place], start: usize, end: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut at = start;
    let mut marks = places.iter().filter(|it| it.mask > 0 && it.start >= start && it.end <= end).peekable();
    while let Some(mark) = marks.next() {
        let mut last = mark.end.max(at);
        // Marks that touch are one: pairs of characters lie over one another.
        while let Some(next) = marks.next_if(|it| it.start <= last) {
            last = last.max(next.end);
        }
        if mark.start < at {
            continue;
        }
        pieces.push(text[at..mark.start].to_string());
        pieces.push(text[mark.start..last].to_string());
        at = last;
    }
    pieces.push(text[at..end].to_string());
    pieces
}

#[cfg(test)]
mod tests {
    use super::{Place, all, best};

    /// Every word is a place; those in brackets are marked, by the number of their letters.
    fn check(text: &str, f: fn(&str, &[Place]) -> Vec<String>) -> String {
        let plain = text.replace(['[', ']'], "");
        let mut places = Vec::new();
        let mut start = 0;
        for word in text.split(' ') {
            let bare = word.replace(['[', ']', '.'], "");
            let mask = if word.contains('[') { 1 << (bare.len() % 16) } else { 0 };
            places.push(Place { start, end: start + bare.len(), mask });
            start += word.replace(['[', ']'], "").len() + 1;
        }
        let pieces = f(&plain, &places);
        let shown =
            pieces.iter().enumerate().map(|(idx, it)| if idx % 2 == 1 { format!("[{it}]") } else { it.clone() });
        shown.collect()
    }

    #[test]
    fn a_title_is_shown_whole() {
        assert_eq!(check("the [hash] ring [moves]", all), "the [hash] ring [moves]");
        assert_eq!(check("", all), "");
    }

    #[test]
    fn an_excerpt_begins_shortly_before_the_best_place() {
        let filler = "word ".repeat(100);
        let text = format!("[ab] {filler}here is [ab] and [abc] {filler}end.");
        let shown = check(&text, best);
        assert!(shown.starts_with("… word ") && shown.contains("here is [ab] and [abc] word"), "{shown}");
        assert!(shown.ends_with("word …") && shown.chars().count() < 220, "{shown}");
        let shown = check(&format!("{filler}ends. A new [ab] begins"), best);
        assert_eq!(shown, "… A new [ab] begins");
    }

    #[test]
    fn a_text_without_marks_is_shown_from_its_beginning() {
        assert_eq!(check("a few words", best), "a few words");
        let shown = check(&"word ".repeat(100), best);
        assert!(shown.starts_with("word word") && shown.ends_with("word …"));
        assert_eq!(check(&"é".repeat(500), best).chars().count(), 192);
    }

    #[test]
    fn pairs_that_overlap_are_one_mark() {
        let places = [(0, 6, 1), (3, 9, 2), (6, 12, 0)].map(|(start, end, mask)| Place { start, end, mask });
        assert_eq!(all("数据库表", &places), ["", "数据库", "表"]);
    }
}
