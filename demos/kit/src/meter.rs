//! A meter: a measured number beside what theory says.

use crate::num;
use crate::text::join;

/// One row: name, measured, theory, difference, and the formula below the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meter {
    /// "keys moved, ring".
    pub name: &'static str,
    /// With its unit, or [`num::NONE`].
    pub measured: String,
    /// With its unit, or [`num::NONE`]; a bound starts with "≤ ".
    pub theory: String,
    /// "within 0.2 σ", "+3 %", or [`num::NONE`].
    pub difference: String,
    /// In plain characters: "1/(N+1)".
    pub formula: &'static str,
}

impl Meter {
    /// A row in which nothing applies yet.
    pub fn none(name: &'static str, formula: &'static str) -> Meter {
        Meter { name, measured: num::NONE.into(), theory: num::NONE.into(), difference: num::NONE.into(), formula }
    }

    /// A row whose difference is given in standard deviations `sigma` of the measured number, where that is known and > 0.
    pub fn new(
        name: &'static str,
        formula: &'static str,
        measured: Option<f64>,
        theory: Option<f64>,
        sigma: Option<f64>,
        write: fn(f64) -> String,
    ) -> Meter {
        Meter {
            name,
            measured: num::or_none(measured, write),
            theory: num::or_none(theory, write),
            difference: match (measured, theory) {
                (Some(measured), Some(theory)) => difference(measured, theory, sigma),
                _ => num::NONE.into(),
            },
            formula,
        }
    }
}

/// How far a measured number is from theory, in words.
pub fn difference(measured: f64, theory: f64, sigma: Option<f64>) -> String {
    let gap = measured - theory;
    let size = if gap < 0.0 { -gap } else { gap };
    match sigma {
        Some(sigma) if sigma > 0.0 => {
            // Round up, or "within" would be a lie.
            let tenths = (size / sigma * 10.0).ceil();
            let text = num::fixed(tenths / 10.0, 1);
            if tenths < 30.0 { join(&["within ", &text, "\u{a0}σ"]) } else { join(&[&text, "\u{a0}σ off"]) }
        }
        _ if gap == 0.0 => "exact".into(),
        _ if theory != 0.0 => join(&[if gap > 0.0 { "+" } else { "" }, &num::percent(gap / theory)]),
        _ => num::number(gap),
    }
}
