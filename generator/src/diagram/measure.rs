//! How wide a text may become in any sans-serif font that a reader may have, and where its lines break.
//!
//! The build knows no fonts. Each width here is that of the widest usual fallback (Verdana and DejaVu Sans, which are a
//! seventh wider than Arial or Segoe UI), so that a label may have air but never leaves its box.

use super::label::Label;

/// How a text is set. The sizes are those of `templates/css/diagram.css`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// Labels of boxes, 14 px.
    Text,
    /// The same, bold.
    Strong,
    /// Labels of lines and rows of a table, 13 px.
    Small,
}

impl Face {
    /// The size of the letters, in px.
    fn size(self) -> f64 {
        match self {
            Face::Text | Face::Strong => 14.0,
            Face::Small => 13.0,
        }
    }

    /// From one baseline to the next, in px: letters of the tallest usual font (1.36 of its size) do not touch.
    pub fn leading(self) -> f64 {
        match self {
            Face::Text | Face::Strong => 19.0,
            Face::Small => 18.0,
        }
    }
}

/// The face of a text by its classes.
pub fn face(class: &str) -> Face {
    if class.contains("strong") {
        Face::Strong
    } else if class.contains("small") {
        Face::Small
    } else {
        Face::Text
    }
}

/// Widths in thousandths of the letters' size, and the characters that have them.
const WIDTHS: [(u32, &str); 14] = [
    (300, "ijlIJ'|"),
    (330, " ,."),
    (400, "ft![]/\\;:`"),
    (460, "r()-\"\u{2018}\u{2019}\u{201c}\u{201d}\u{b7}"),
    (540, "szc*\u{2013}"),
    (600, "vxykLFTY?_\u{b0}"),
    (640, "abdeghnopquSPEZ0123456789${}"),
    (700, "ABCRKVX"),
    (780, "DGHNUw"),
    (800, "OQ&"),
    (840, "#+<=>^~\u{d7}\u{2192}\u{2190}\u{2191}\u{2193}\u{2212}\u{2264}\u{2265}\u{2260}"),
    (880, "M"),
    (1000, "mW@\u{2014}\u{2026}"),
    (1080, "%"),
];

/// Width of a text in px, on one line.
pub fn width(text: &str, face: Face) -> f64 {
    let thousandths: u32 = text.chars().map(thousandths).sum();
    // Bold letters of the wide fonts are up to 15 % wider.
    let bold = if face == Face::Strong { 1.15 } else { 1.0 };
    f64::from(thousandths) * face.size() * bold / 1000.0
}

fn thousandths(c: char) -> u32 {
    if let Some((width, _)) = WIDTHS.iter().find(|(_, all)| all.contains(c)) {
        return *width;
    }
    match u32::from(c) {
        // Marks that stand on another letter, joiners, directions, variants.
        0x0300..=0x036f | 0x0591..=0x05c7 | 0x0610..=0x061a | 0x064b..=0x065f | 0x200b..=0x200f => 0,
        0x202a..=0x202e | 0x2060..=0x206f | 0xfe00..=0xfe0f | 0x1f3fb..=0x1f3ff => 0,
        // Latin with marks, and Greek; Cyrillic is wider.
        0x00a0 => 330,
        0x00a1..=0x024f | 0x1e00..=0x1eff | 0x0370..=0x03ff if c.is_uppercase() => 880,
        0x00a1..=0x024f | 0x1e00..=0x1eff | 0x0370..=0x03ff => 720,
        0x0400..=0x052f if c.is_uppercase() => 1120,
        0x0400..=0x052f => 940,
        0x0590..=0x05ff => 740,
        // Letters of the forms sin, sad and their kin are wide, the others narrow.
        0x0633..=0x0636 | 0x062b..=0x062b | 0x0628..=0x062a | 0x0641 | 0x0643 => 1230,
        0x0600..=0x06ff | 0x0750..=0x077f | 0x08a0..=0x08ff => 860,
        // Ideographs, kana, Hangul and full forms are square.
        0x1100..=0x11ff | 0x2e80..=0x9fff | 0xa960..=0xa97f | 0xac00..=0xd7ff | 0xf900..=0xfaff => 1010,
        0xfe30..=0xfe4f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x20000..=0x3ffff => 1010,
        0xff61..=0xffdf => 600,
        // Pictographs.
        0x2600..=0x27bf | 0x2b00..=0x2bff | 0x1f000..=0x1faff => 1400,
        _ => 1100,
    }
}

/// The lines of a text, none wider than `limit` px where that can be; a line feed always breaks.
pub fn wrap(text: &str, face: Face, limit: f64) -> Label {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        wrap_line(paragraph, face, limit, &mut lines);
    }
    Label::new(lines, face)
}

fn wrap_line(text: &str, face: Face, limit: f64, lines: &mut Vec<String>) {
    let mut line = String::new();
    for word in words(text) {
        let joined = width(&line, face) + width(word.trim_end(), face);
        if joined > limit && !line.trim().is_empty() {
            lines.push(std::mem::take(&mut line).trim().to_owned());
        }
        line.push_str(word);
        // A word without an end breaks anywhere.
        while width(line.trim_end(), face) > limit {
            let cut = fitting(&line, face, limit);
            let rest = line.split_off(cut);
            lines.push(std::mem::replace(&mut line, rest));
        }
    }
    lines.push(line.trim().to_owned());
}

/// Pieces between which a line may break: behind spaces, hyphens and slashes inside words, and round ideographs.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut chars = rest.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let end = at + c.len_utf8();
            let breaks = match chars.peek() {
                None => true,
                // A space stays with the word before it.
                Some((_, next)) if next.is_whitespace() => false,
                Some((_, next)) => {
                    c.is_whitespace() || (matches!(c, '-' | '/' | '_' | ',') && at > 0) || square(c) || square(*next)
                }
            };
            if breaks {
                let (word, behind) = rest.split_at(end);
                rest = behind;
                return Some(word);
            }
        }
        None
    })
}

fn square(c: char) -> bool {
    matches!(u32::from(c), 0x2e80..=0x9fff | 0xac00..=0xd7ff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

/// How many bytes of a text fit, at least one character.
fn fitting(text: &str, face: Face, limit: f64) -> usize {
    let mut sum = 0.0;
    for (at, c) in text.char_indices() {
        sum += width(c.encode_utf8(&mut [0; 4]), face);
        if sum > limit && at > 0 {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{Face, width, wrap};

    fn check(text: &str, limit: f64, expected: &[&str]) {
        assert_eq!(wrap(text, Face::Text, limit).lines, expected, "{text}");
    }

    #[test]
    fn lines_break_where_words_end() {
        check("one two three", 70.0, &["one two", "three"]);
        check("one\ntwo", 500.0, &["one", "two"]);
        check("", 100.0, &[""]);
        check("write-ahead log", 90.0, &["write-ahead", "log"]);
        check("write-ahead", 60.0, &["write-", "ahead"]);
    }

    #[test]
    fn a_word_without_end_breaks_anywhere() {
        let label = wrap(&"x".repeat(300), Face::Text, 100.0);
        assert!(label.lines.len() > 20);
        assert!(label.width <= 100.0);
        assert_eq!(label.lines.concat().len(), 300);
    }

    #[test]
    fn ideographs_break_anywhere() {
        check("負荷分散装置", 45.0, &["負荷分", "散装置"]);
    }

    #[test]
    fn no_text_is_narrower_than_in_a_wide_font() {
        // Advances of DejaVu Sans at 14 px, the widest fallback, read from its tables.
        for (text, real) in [("Load balancer", 93.5), ("WWWmmm", 82.4), ("100 %", 44.5), ("iiiill", 23.4)] {
            let measured = width(text, Face::Text);
            assert!(measured >= real * 0.99 && measured < real * 1.2, "{text}: {measured}, really {real}");
        }
        assert!((width("負荷", Face::Text) - 28.3).abs() < 0.1);
        assert!(width("e\u{301}", Face::Text) < 9.1);
    }
}
