//! Arithmetic that native and wasm do alike, to the bit: only `+ - * /` and `sqrt`.
//!
//! `f64::sin` and its kin differ between targets in the last bits and cost several kilobytes.

/// A position on a circle: a fraction of a turn in 1/2^32, clockwise from twelve o'clock.
pub type Turn = u32;

/// Sine of a fraction of a turn, 0..1 being once round; the error is below 1e-7.
pub fn sin_turn(turn: f64) -> f64 {
    let turn = turn - turn.floor();
    // Fold into the first quarter, where the polynomial holds.
    let (half, sign) = if turn >= 0.5 { (turn - 0.5, -1.0) } else { (turn, 1.0) };
    let quarter = if half > 0.25 { 0.5 - half } else { half };
    let x = quarter * (2.0 * std::f64::consts::PI);
    let xx = x * x;
    // Taylor to the eleventh degree, from the inside out.
    let tail = 1.0 / 6.0 - xx * (1.0 / 120.0 - xx * (1.0 / 5040.0 - xx * (1.0 / 362_880.0 - xx / 39_916_800.0)));
    sign * x * (1.0 - xx * tail)
}

/// Cosine of a fraction of a turn.
pub fn cos_turn(turn: f64) -> f64 {
    sin_turn(turn + 0.25)
}

/// The point at radius `r` from a centre, clockwise from twelve o'clock; all in tenths of a unit.
pub fn polar(center: (i32, i32), r: i32, turn: Turn) -> (i32, i32) {
    let part = f64::from(turn) / 4_294_967_296.0;
    let dx = round(f64::from(r) * sin_turn(part));
    let dy = round(f64::from(r) * cos_turn(part));
    (center.0 + dx, center.1 - dy)
}

/// The nearest whole number, half away from zero, clamped to what fits.
pub fn round(x: f64) -> i32 {
    (if x < 0.0 { x - 0.5 } else { x + 0.5 }) as i32
}

/// The way from `a` to `b` at a phase of 0..=256.
pub fn between(a: i32, b: i32, phase: i32) -> i32 {
    let way = i64::from(b) - i64::from(a);
    (i64::from(a) + way * i64::from(phase.clamp(0, 256)) / 256) as i32
}

/// The way from one position on a circle to another, the short way round.
pub fn turn_between(a: Turn, b: Turn, phase: i32) -> Turn {
    let way = i64::from(b.wrapping_sub(a) as i32);
    a.wrapping_add((way * i64::from(phase.clamp(0, 256)) / 256) as u32)
}

/// Square root; 0 for negative numbers.
pub fn sqrt(x: f64) -> f64 {
    if x > 0.0 { x.sqrt() } else { 0.0 }
}

/// Mean and standard deviation (of the whole, not of a sample); `None` for no values.
pub fn mean_and_deviation(values: &[f64]) -> Option<(f64, f64)> {
    if values.is_empty() {
        return None;
    }
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n;
    Some((mean, sqrt(variance)))
}
