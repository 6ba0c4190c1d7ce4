//! A number with at most six decimal places, exactly: a value of a demo's knob, its ends and its step.
//!
//! In JSON and TOML it stands as any number does and comes in as a float; its shortest digits are what was written.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Most decimal places.
const PLACES: usize = 6;
const ONE: i64 = 1_000_000;

/// The number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Decimal {
    millionths: i64,
}

impl Decimal {
    pub const ZERO: Decimal = Decimal { millionths: 0 };
    pub const ONE: Decimal = Decimal { millionths: ONE };

    /// A whole number; `None` beyond what there is room for.
    pub fn whole(number: i64) -> Option<Decimal> {
        number.checked_mul(ONE).map(|millionths| Decimal { millionths })
    }

    /// As readers see it: with commas between thousands.
    pub fn for_readers(self) -> String {
        demo_kit::num::decimal(self.millionths, PLACES as u32)
    }

    /// Whether it lies a whole number of steps above `from`. A step of 0 or less leads nowhere.
    pub fn is_stepped(self, from: Decimal, step: Decimal) -> bool {
        let gap = self.millionths.checked_sub(from.millionths);
        step > Decimal::ZERO && gap.is_some_and(|gap| gap % step.millionths == 0)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.millionths.unsigned_abs();
        let (whole, rest) = (size / ONE.unsigned_abs(), size % ONE.unsigned_abs());
        let sign = if self.millionths < 0 { "-" } else { "" };
        if rest == 0 {
            return write!(f, "{sign}{whole}");
        }
        let places = format!("{rest:06}");
        write!(f, "{sign}{whole}.{}", places.trim_end_matches('0'))
    }
}

impl FromStr for Decimal {
    type Err = ();

    fn from_str(text: &str) -> Result<Decimal, ()> {
        let (negative, size) = text.strip_prefix('-').map_or((false, text), |size| (true, size));
        let (whole, places) = size.split_once('.').unwrap_or((size, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(places) || places.len() > PLACES {
            return Err(());
        }
        let millionths = format!("{whole}{places:0<PLACES$}").parse::<i64>().map_err(drop)?;
        Ok(Decimal { millionths: if negative { -millionths } else { millionths } })
    }
}

impl TryFrom<f64> for Decimal {
    type Error = &'static str;

    fn try_from(number: f64) -> Result<Decimal, Self::Error> {
        number.to_string().parse().map_err(|()| "a number with at most six decimal places was expected")
    }
}

impl From<Decimal> for f64 {
    fn from(number: Decimal) -> f64 {
        number.millionths as f64 / ONE as f64
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    #[test]
    fn is_written_as_it_was_read() {
        for text in ["0", "5", "-3", "0.1", "12.34", "-0.5", "0.000001", "1000"] {
            assert_eq!(decimal(text).to_string(), text);
        }
        assert_eq!((decimal("5.0"), decimal("0.50").to_string()), (decimal("5"), "0.5".into()));
    }

    #[test]
    fn readers_see_thousands_with_commas() {
        for (text, shown) in [("1000", "1,000"), ("20000.5", "20,000.5"), ("-0.25", "−0.25"), ("999", "999")] {
            assert_eq!(decimal(text).for_readers(), shown);
        }
    }

    #[test]
    fn reads_nothing_else() {
        for text in ["1,000", "", "-", ".5", "1.", "1.0000001", "1e3", "+1", " 1", "1.-5", "12345678901234567890"] {
            assert_eq!(text.parse::<Decimal>(), Err(()), "{text}");
        }
    }

    #[test]
    fn a_float_is_what_was_written() {
        for (number, text) in [(0.1, "0.1"), (0.3, "0.3"), (1e3, "1000"), (-2.5, "-2.5")] {
            assert_eq!(Decimal::try_from(number), Ok(decimal(text)));
            assert_eq!(f64::from(decimal(text)), number);
        }
        for number in [0.1 + 0.2, f64::NAN, f64::INFINITY, 1e300, 1e-7] {
            assert!(Decimal::try_from(number).is_err(), "{number}");
        }
    }

    #[test]
    fn steps_are_exact() {
        let (from, step) = (decimal("0.1"), decimal("0.1"));
        assert!((1..10_000).all(|tenths| decimal(&format!("{}.{}", tenths / 10, tenths % 10)).is_stepped(from, step)));
        assert!(!decimal("0.15").is_stepped(from, step) && !from.is_stepped(from, Decimal::ZERO));
    }
}
