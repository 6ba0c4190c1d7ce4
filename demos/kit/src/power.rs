//! Logarithms, the exponential and powers by `+ - * /` alone: alike to the bit wherever they are computed.
//!
//! `f64::ln` and its kin come from the platform's library and differ in the last bits. These are within a few units of the
//! last place, and exact where people look: `log2(1024.0)` is 10, `log10(0.001)` is -3, `power(10.0, 6.0)` is 1,000,000.

use std::f64::consts::{LN_2, LN_10, SQRT_2};

/// The first 33 bits of ln 2, and the rest: a whole number of up to 11 bits times the first is exact.
const LN_2_HIGH: f64 = 0.693_147_180_369_123_8;
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// Powers up to this size are products, which are exact as long as they fit.
const MAX_PRODUCT: f64 = 1024.0;

/// The natural logarithm; not a number below 0, minus infinity at 0.
pub fn ln(x: f64) -> f64 {
    match special(x) {
        Some(value) => value,
        None => {
            let (part, halvings) = halved(x);
            let k = f64::from(halvings);
            k * LN_2_HIGH + (ln_near_one(part) + k * LN_2_LOW)
        }
    }
}

/// The logarithm to base 2; exact for powers of 2.
pub fn log2(x: f64) -> f64 {
    match special(x) {
        Some(value) => value,
        None => {
            let (part, halvings) = halved(x);
            f64::from(halvings) + ln_near_one(part) / LN_2
        }
    }
}

/// The logarithm to base 10; exact for powers of 10.
pub fn log10(x: f64) -> f64 {
    let log = ln(x) / LN_10;
    let near = (log + 0.5).floor();
    if log.is_finite() && power(10.0, near) == x { near } else { log }
}

/// e to a power.
pub fn exp(x: f64) -> f64 {
    if x.is_nan() || x > 710.0 {
        return x + f64::INFINITY;
    }
    if x < -746.0 {
        return 0.0;
    }
    let doublings = (x / LN_2 + 0.5).floor();
    let rest = (x - doublings * LN_2_HIGH) - doublings * LN_2_LOW;
    // Taylor from the inside out; the rest is below 0.35, and 0.35^15 / 15! below 1e-18.
    let mut sum = 1.0;
    for n in (1..=14).rev() {
        sum = 1.0 + rest * sum / f64::from(n);
    }
    // In two steps, because 2^1024 and 2^-1074 have no normal form.
    let half = (doublings as i32) / 2;
    sum * power_of_two(half) * power_of_two(doublings as i32 - half)
}

/// `x` to the power of `y`; not a number for a root of a negative number.
pub fn power(x: f64, y: f64) -> f64 {
    if y == y.floor() && y.abs() <= MAX_PRODUCT {
        let product = product(x, y.abs() as u32);
        return if y < 0.0 { 1.0 / product } else { product };
    }
    if y == 0.5 {
        return x.sqrt();
    }
    if x == 0.0 {
        return if y > 0.0 { 0.0 } else { f64::INFINITY };
    }
    if x == 1.0 { 1.0 } else { exp(y * ln(x)) }
}

/// The logarithm of what is no positive finite number.
fn special(x: f64) -> Option<f64> {
    match x {
        _ if x.is_nan() || x < 0.0 => Some(f64::NAN),
        0.0 => Some(f64::NEG_INFINITY),
        _ if x.is_infinite() => Some(x),
        _ => None,
    }
}

/// `part * 2^k` with the part between the square roots of 1/2 and 2, for a positive finite number.
fn halved(x: f64) -> (f64, i32) {
    // A number too small for a normal form gets one.
    let (x, shift) = if x < f64::MIN_POSITIVE { (x * power_of_two(54), 54) } else { (x, 0) };
    let bits = x.to_bits();
    let exponent = ((bits >> 52) & 0x7ff) as i32 - 1023;
    let part = f64::from_bits(bits & 0x000f_ffff_ffff_ffff | 1023 << 52);
    if part > SQRT_2 { (part / 2.0, exponent + 1 - shift) } else { (part, exponent - shift) }
}

/// ln of a number between the square roots of 1/2 and 2, as 2 artanh((x - 1) / (x + 1)).
fn ln_near_one(x: f64) -> f64 {
    let s = (x - 1.0) / (x + 1.0);
    let ss = s * s;
    // s is below 0.172: the first term left out is below 1e-19.
    let mut sum = 0.0;
    for n in (0..=11).rev() {
        sum = 1.0 / f64::from(2 * n + 1) + ss * sum;
    }
    2.0 * s * sum
}

/// For exponents of -1022..=1023.
fn power_of_two(exponent: i32) -> f64 {
    f64::from_bits(((exponent + 1023) as u64) << 52)
}

fn product(mut base: f64, mut n: u32) -> f64 {
    let mut product = 1.0;
    while n > 0 {
        if n & 1 == 1 {
            product *= base;
        }
        n >>= 1;
        base *= base;
    }
    product
}

#[cfg(test)]
// The platform's own are what these are compared with.
#[allow(clippy::disallowed_methods)]
mod tests {
    use super::{exp, ln, log2, log10, power};
    use proptest::prelude::{prop_assert, proptest};

    #[test]
    fn round_numbers_are_exact() {
        assert_eq!((ln(1.0), log2(1024.0), log10(1e15), log10(0.001)), (0.0, 10.0, 15.0, -3.0));
        assert_eq!(
            (exp(0.0), power(2.0, 32.0), power(10.0, -3.0), power(9.0, 0.5)),
            (1.0, 4_294_967_296.0, 0.001, 3.0)
        );
        assert_eq!((power(0.0, 0.0), power(0.0, 0.3), power(0.0, -0.3)), (1.0, 0.0, f64::INFINITY));
        assert_eq!((power(-2.0, 3.0), ln(0.0), exp(-800.0)), (-8.0, f64::NEG_INFINITY, 0.0));
        assert_eq!((exp(800.0), ln(f64::INFINITY)), (f64::INFINITY, f64::INFINITY));
        for nothing in [ln(-1.0), power(-2.0, 0.3), exp(f64::NAN), log2(f64::NAN)] {
            assert!(nothing.is_nan());
        }
    }

    proptest! {
        #[test]
        fn all_others_are_those_of_the_platform_but_for_the_last_bits(
            x in 1e-9_f64..1e9, y in -300.0_f64..300.0, tiny in 1e-320_f64..1e-300, exponent in -20.0_f64..20.0,
        ) {
            let near = |a: f64, b: f64| (a - b).abs() <= 1e-14 * b.abs().max(1e-300) || (a - b).abs() < 1e-15;
            prop_assert!(near(ln(x), x.ln()), "ln {x}: {} {}", ln(x), x.ln());
            prop_assert!(near(ln(tiny), tiny.ln()), "ln {tiny}");
            prop_assert!(near(log2(x), x.log2()), "log2 {x}");
            prop_assert!(near(log10(x), x.log10()), "log10 {x}");
            prop_assert!(near(exp(y), y.exp()), "exp {y}: {} {}", exp(y), y.exp());
            let (ours, theirs) = (power(x, exponent), x.powf(exponent));
            prop_assert!((ours - theirs).abs() <= 1e-12 * theirs, "{x} ^ {exponent}: {ours} {theirs}");
        }
    }
}
