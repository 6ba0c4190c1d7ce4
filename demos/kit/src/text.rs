//! Text from pieces. One small function each, never inlined: growing a string at a hundred places costs kilobytes.

/// Appends a piece.
#[inline(never)]
pub fn put(out: &mut String, piece: &str) {
    out.push_str(piece);
}

/// Appends a whole number with ASCII digits.
pub fn put_integer(out: &mut String, value: i64) {
    put(out, &crate::num::integer_plain(value));
}

/// The pieces in one string.
#[inline(never)]
pub fn join(pieces: &[&str]) -> String {
    let mut out = String::new();
    for piece in pieces {
        put(&mut out, piece);
    }
    out
}

/// Appends an item to a list: with a separator before it unless the list is empty.
pub fn put_item(out: &mut String, separator: &str, item: &str) {
    if !out.is_empty() {
        put(out, separator);
    }
    put(out, item);
}

/// How many letters a text has (code points, to be exact).
#[inline(never)]
pub fn letters(text: &str) -> usize {
    let mut count = 0;
    for byte in text.bytes() {
        count += usize::from(byte & 0xc0 != 0x80);
    }
    count
}

/// A part of a text; "" when it does not begin and end between letters. (Slicing would bring the words to complain with.)
#[inline(never)]
pub fn part(text: &str, from: usize, to: usize) -> &str {
    text.get(from..to).unwrap_or("")
}

/// The part before an ASCII letter and the part after its first occurrence; all and nothing when it does not occur.
#[inline(never)]
pub fn cut(text: &str, at: u8) -> (&str, Option<&str>) {
    for (idx, byte) in text.bytes().enumerate() {
        if byte == at {
            return (part(text, 0, idx), Some(part(text, idx + 1, text.len())));
        }
    }
    (text, None)
}

/// Appends a text in which some ASCII letters are written otherwise.
#[inline(never)]
pub fn put_replaced(out: &mut String, text: &str, other: fn(u8) -> Option<&'static str>) {
    let mut from = 0;
    for (idx, byte) in text.bytes().enumerate() {
        if byte < 128
            && let Some(replacement) = other(byte)
        {
            put(out, part(text, from, idx));
            put(out, replacement);
            from = idx + 1;
        }
    }
    put(out, part(text, from, text.len()));
}
