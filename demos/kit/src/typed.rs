//! Parameters that a reader types, such as a sequence of requests.
//!
//! Values of parameters are numbers; a text has the number under which it is kept here. Equal texts have equal numbers, but a
//! number means nothing outside this process: it goes into no state string and no digest. All of it is reached through
//! [`Text`]'s own functions, so that a demo without such a parameter does not carry it.

use std::sync::{Mutex, PoisonError};

use crate::text::put;

/// What may be typed.
#[derive(Debug)]
pub struct Text {
    /// Texts as they are kept; the parameter's default is an index into them. Tests and random readers choose among them.
    pub samples: &'static [&'static str],
    /// Texts that are refused, for tests.
    pub refused: &'static [&'static str],
    /// What is taken, in words: "at most 500 keys".
    pub expected: &'static str,
    /// The text as it is kept, or what is wrong with it: "`abcde` is longer than 4 letters". Reads what it wrote.
    pub read: fn(&str) -> Result<String, String>,
    /// A parameter by its index, and the value that it takes when the reader types a text: the one under which it counts.
    pub sets: Option<(usize, i64)>,
    /// The number of what is typed, or what is wrong with it.
    pub number: fn(&Text, &str) -> Result<i64, String>,
    /// The text of a number; "" when it has none.
    pub text: fn(&Text, i64) -> String,
    /// The text of a number as it stands in a state string.
    pub escaped: fn(&Text, i64) -> String,
    /// How many numbers there are now.
    pub count: fn(&Text) -> i64,
    /// What the browser part does with it.
    #[cfg(target_arch = "wasm32")]
    pub field: crate::web::field::Field,
}

/// What was typed besides the samples.
static KEPT: Mutex<Vec<String>> = Mutex::new(Vec::new());

impl Text {
    /// A text that `read` takes; see the fields.
    pub const fn new(
        samples: &'static [&'static str],
        refused: &'static [&'static str],
        expected: &'static str,
        read: fn(&str) -> Result<String, String>,
        sets: Option<(usize, i64)>,
    ) -> Text {
        Text {
            samples,
            refused,
            expected,
            read,
            sets,
            number,
            text,
            escaped,
            count,
            #[cfg(target_arch = "wasm32")]
            field: crate::web::field::FIELD,
        }
    }
}

fn number(rule: &Text, typed: &str) -> Result<i64, String> {
    let wanted = (rule.read)(typed)?;
    for (idx, sample) in rule.samples.iter().enumerate() {
        if *sample == wanted {
            return Ok(idx as i64);
        }
    }
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    let mut idx = 0;
    while idx < kept.len() && kept[idx] != wanted {
        idx += 1;
    }
    if idx == kept.len() {
        kept.push(wanted);
    }
    Ok((rule.samples.len() + idx) as i64)
}

fn text(rule: &Text, number: i64) -> String {
    let idx = usize::try_from(number).unwrap_or(usize::MAX);
    if let Some(sample) = rule.samples.get(idx) {
        return (*sample).into();
    }
    let kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    kept.get(idx.wrapping_sub(rule.samples.len())).cloned().unwrap_or_default()
}

fn count(rule: &Text) -> i64 {
    let kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    (rule.samples.len() + kept.len()) as i64
}

/// A space is "+", letters and digits are themselves, every other byte is "%xx".
fn escaped(rule: &Text, number: i64) -> String {
    const HEX: &str = "0123456789abcdef";
    let text = text(rule, number);
    let mut out = String::new();
    for (idx, byte) in text.bytes().enumerate() {
        match byte {
            b' ' => put(&mut out, "+"),
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => put(&mut out, crate::text::part(&text, idx, idx + 1)),
            _ => {
                put(&mut out, "%");
                for digit in [byte >> 4, byte & 15] {
                    put(&mut out, crate::text::part(HEX, usize::from(digit), usize::from(digit) + 1));
                }
            }
        }
    }
    out
}
