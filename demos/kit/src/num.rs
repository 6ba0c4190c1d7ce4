//! Numbers as text, as the book's prose writes them: at most three significant digits, commas between thousands, a percent
//! sign after a space. There is no other way: what a reader types, and what stands in states and attributes, is plain.
//!
//! `format!` of floats and `parse::<f64>` double the download of a demo, so shipped code writes numbers with these.

use crate::text::{cut, part, put};

/// Behind a number of hundredths.
pub const PERCENT: &str = "\u{a0}%";
/// What stands where a number does not apply yet.
pub const NONE: &str = "–";

/// A whole number: 12345 is "12,345", -3 is "−3".
pub fn integer(value: i64) -> String {
    decimal(value, 0)
}

/// A whole number with ASCII signs only, for states and attributes.
pub fn integer_plain(value: i64) -> String {
    decimal_plain(value, 0)
}

/// A decimal fraction, exactly, from how many of its smallest places it has, 0..=6 of them: `decimal(12345, 1)` is "1,234.5".
pub fn decimal(value: i64, decimals: u32) -> String {
    exactly(value, decimals, "−", grouped)
}

/// The same with ASCII signs only, for states and attributes: "1234.5".
pub fn decimal_plain(value: i64, decimals: u32) -> String {
    exactly(value, decimals, "-", digits)
}

/// A number with at most three significant digits: 0.08127 is "0.0813", 1234.5 is "1,230"; too small is "0".
pub fn number(value: f64) -> String {
    significant(value, 3)
}

/// A share as a percentage with at most three significant digits: 0.204 is "20.4 %".
pub fn percent(value: f64) -> String {
    let mut out = number(value * 100.0);
    put(&mut out, PERCENT);
    out
}

/// A number with its unit, or the dash that says there is none.
pub fn or_none(value: Option<f64>, write: fn(f64) -> String) -> String {
    value.map_or_else(|| NONE.into(), write)
}

/// A number with exactly so many decimals, 0..=6: `fixed(2.0, 1)` is "2.0".
pub fn fixed(value: f64, decimals: u32) -> String {
    let decimals = decimals.min(6);
    match scaled(value, 10_u64.pow(decimals) as f64) {
        Some(size) => written(value < 0.0 && size > 0, "−", size, decimals, grouped),
        None => NONE.into(),
    }
}

/// A number with at most so many significant digits, 1..=6, without trailing zeros after the point.
pub fn significant(value: f64, figures: u32) -> String {
    let size = value.abs();
    if !size.is_finite() {
        return NONE.into();
    }
    let figures = figures.clamp(1, 6);
    // Decimals that show the wanted figures: 2 for 1.23, 4 for 0.0123, none from 100 on.
    let mut decimals = figures as i32 - 1;
    let mut bound = 10.0;
    while size >= bound && decimals > -15 {
        decimals -= 1;
        bound *= 10.0;
    }
    bound = 1.0;
    while size < bound && decimals < 6 {
        decimals += 1;
        bound /= 10.0;
    }
    if decimals > 0 {
        let mut out = fixed(value, decimals as u32);
        trim(&mut out);
        return out;
    }
    let unit = 10_u64.pow(decimals.unsigned_abs());
    match scaled(value, 1.0 / unit as f64) {
        Some(units) => written(value < 0.0 && units > 0, "−", units.saturating_mul(unit), 0, grouped),
        None => NONE.into(),
    }
}

/// Reads a whole number: digits with an optional "-", at most 15 of them.
pub fn parse(text: &str) -> Option<i64> {
    parse_decimal(text, 0)
}

/// Reads a decimal fraction as how many of its smallest places it has: "0.5" with two decimals is 50. At most 15 digits; a
/// fraction with more places is none, and nothing is ever rounded.
pub fn parse_decimal(text: &str, decimals: u32) -> Option<i64> {
    let (sign, size) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let (whole, fraction) = cut(size, b'.');
    let places = fraction.map_or(0, str::len);
    if whole.is_empty() || whole.len() + places > 15 || fraction == Some("") || places > decimals as usize {
        return None;
    }
    let mut value = 0_i64;
    for byte in whole.bytes().chain(fraction.unwrap_or("").bytes()) {
        if !byte.is_ascii_digit() {
            return None;
        }
        value = value * 10 + i64::from(byte - b'0');
    }
    for _ in places..decimals as usize {
        value = value.checked_mul(10)?;
    }
    Some(sign * value)
}

/// Appends tenths of a unit as an SVG number: 125 is "12.5", -3 is "-.3".
pub fn tenths(out: &mut String, value: i32) {
    if value < 0 {
        put(out, "-");
    }
    let size = value.unsigned_abs();
    let (whole, rest) = (size / 10, size % 10);
    if whole > 0 || rest == 0 {
        digits(out, u64::from(whole));
    }
    if rest > 0 {
        put(out, ".");
        digits(out, u64::from(rest));
    }
}

/// `|value| * scale`, rounded half up; `None` beyond what 64 bits hold.
fn scaled(value: f64, scale: f64) -> Option<u64> {
    let size = value.abs() * scale + 0.5;
    (size.is_finite() && size < 9.0e18).then_some(size as u64)
}

#[inline(never)]
fn digits(out: &mut String, value: u64) {
    // Pictures of crowds are thousands of small numbers: these are there as they are written.
    const SMALL: &str = "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849\
                         5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";
    if value >= 100 {
        digits(out, value / 100);
    }
    let at = (value % 100) as usize * 2;
    put(out, part(SMALL, at + usize::from(value < 10), at + 2));
}

fn padded(out: &mut String, value: u64, width: u32) {
    for place in (0..width).rev() {
        digits(out, value / 10_u64.pow(place) % 10);
    }
}

#[inline(never)]
fn exactly(value: i64, decimals: u32, minus: &str, whole: fn(&mut String, u64)) -> String {
    let mut out = written(value < 0, minus, value.unsigned_abs(), decimals, whole);
    if decimals > 0 {
        trim(&mut out);
    }
    out
}

/// A number of `size` smallest places, with all of its decimals.
#[inline(never)]
fn written(negative: bool, minus: &str, size: u64, decimals: u32, whole: fn(&mut String, u64)) -> String {
    let unit = 10_u64.pow(decimals);
    let mut out = String::new();
    if negative {
        put(&mut out, minus);
    }
    whole(&mut out, size / unit);
    if decimals > 0 {
        put(&mut out, ".");
        padded(&mut out, size % unit, decimals);
    }
    out
}

/// Takes the zeros at the end of a fraction away, and the point if nothing is left behind it.
fn trim(out: &mut String) {
    let zeros = out.bytes().rev().take_while(|&byte| byte == b'0').count();
    out.truncate(out.len() - zeros);
    if out.ends_with('.') {
        out.truncate(out.len() - 1);
    }
}

fn grouped(out: &mut String, value: u64) {
    if value < 1000 {
        return digits(out, value);
    }
    grouped(out, value / 1000);
    put(out, ",");
    padded(out, value % 1000, 3);
}
