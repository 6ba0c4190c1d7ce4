//! Natural order of names: `2-b` before `10-a`.

use std::cmp::Ordering;

/// Compares runs of digits by value, everything else by character.
pub fn compare(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        let (digits_left, digits_right) = (digits(left), digits(right));
        if !digits_left.is_empty() && !digits_right.is_empty() {
            match by_value(digits_left, digits_right) {
                Ordering::Equal => {}
                unequal => return unequal,
            }
            (left, right) = (&left[digits_left.len()..], &right[digits_right.len()..]);
            continue;
        }
        let (mut letters_left, mut letters_right) = (left.chars(), right.chars());
        match (letters_left.next(), letters_right.next()) {
            // Equal but for leading zeros: the bytes decide, so that the order is total.
            (None, None) => return a.cmp(b),
            (x, y) if x == y => (left, right) = (letters_left.as_str(), letters_right.as_str()),
            (x, y) => return x.cmp(&y),
        }
    }
}

fn digits(text: &str) -> &str {
    let end = text.find(|it: char| !it.is_ascii_digit()).unwrap_or(text.len());
    &text[..end]
}

fn by_value(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::compare;

    #[test]
    fn numbers_count_by_value() {
        let mut names = ["10-a", "2-b", "b", "1", "02-a", "a10b", "a9c", "a"];
        names.sort_by(|a, b| compare(a, b));
        assert_eq!(names, ["1", "02-a", "2-b", "10-a", "a", "a9c", "a10b", "b"]);
    }
}
