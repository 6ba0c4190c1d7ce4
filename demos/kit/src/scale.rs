//! The scale of an axis: which values lie between its ends, even or by decades, and where its ticks stand.
//!
//! For plots that are drawn when the book is built; the charts of a running figure have the simpler [`crate::chart::Plot`].

use crate::num;
use crate::power::{log10, power};
use crate::text::letters;

/// Width of a letter of a tick's number, in tenths: digits of the widest common sans at 14 units.
const LETTER: i32 = 88;

/// Largest size of a value that is drawn, and one over the smallest width of a scale: beyond, differences and quotients
/// of numbers are no numbers any more.
const LARGEST: f64 = 1e150;

/// Values between two ends, and where they lie on a panel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    // Invariant: low < high, both drawable and not too close to each other.
    low: f64,
    high: f64,
    log: bool,
    /// Place of the low end, in tenths of a unit.
    pub start: i32,
    /// Place of the high end; below `start` for an axis that goes up.
    pub end: i32,
}

impl Scale {
    /// A scale; `None` if there is nothing between its ends, or one of them cannot be drawn.
    pub fn new(low: f64, high: f64, log: bool) -> Option<Scale> {
        let apart = high - low >= (low.abs().max(high.abs()) * 1e-12).max(1.0 / LARGEST);
        let fits = drawable(low, log) && drawable(high, log) && apart;
        fits.then_some(Scale { low, high, log, start: 0, end: 1000 })
    }

    /// A scale that holds all these values, with ends on ticks; `None` if none of them can be drawn.
    /// Without logarithm it begins at 0, unless there are values below.
    pub fn around(values: impl Iterator<Item = f64>, log: bool) -> Option<Scale> {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values.filter(|value| drawable(*value, log)) {
            low = low.min(value);
            high = high.max(value);
        }
        if low > high {
            return None;
        }
        if log {
            let (floor, ceiling) = (log10(low).floor(), log10(high).ceil());
            return Scale::new(power(10.0, floor), power(10.0, ceiling.max(floor + 1.0)), true);
        }
        (low, high) = (low.min(0.0), high.max(0.0));
        high = if high - low < 1.0 / LARGEST { 1.0 } else { high };
        let step = step(high - low, 6);
        Scale::new((low / step).floor() * step, (high / step).ceil() * step, false)
    }

    /// Its ends: the low one and the high one.
    pub fn ends(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    /// The same scale between two places, in tenths of a unit.
    pub fn between(self, start: i32, end: i32) -> Scale {
        Scale { start, end, ..self }
    }

    /// Where a value lies, in tenths, beyond the ends too; `None` if it has no place.
    pub fn at(&self, value: f64) -> Option<f64> {
        let part = match self.log {
            true if value > 0.0 => (log10(value) - log10(self.low)) / (log10(self.high) - log10(self.low)),
            true => return None,
            false => (value - self.low) / (self.high - self.low),
        };
        let place = f64::from(self.start) + part * f64::from(self.end - self.start);
        place.is_finite().then_some(place)
    }

    /// So many values from end to end, evenly as one sees it.
    pub fn samples(&self, n: usize) -> Vec<f64> {
        let value = |idx: usize| {
            let part = idx as f64 / (n - 1) as f64;
            match idx {
                0 => self.low,
                _ if idx == n - 1 => self.high,
                _ if self.log => self.low * power(10.0, part * (log10(self.high) - log10(self.low))),
                _ => self.low + part * (self.high - self.low),
            }
        };
        (0..n).map(value).collect()
    }

    /// At most so many values to mark: multiples of 1, 2 or 5 times a power of ten, on a logarithmic scale whole decades.
    pub fn ticks(&self, most: usize) -> Vec<f64> {
        if self.log {
            let decades = self.decades(most);
            if decades.len() > 2 {
                return decades;
            }
            let fine = self.by_decade(&[1.0, 2.0, 5.0]);
            if fine.len() > 2 && fine.len() <= most {
                return fine;
            }
            if fine.len() > most && decades.len() > 1 {
                return decades;
            }
        }
        let step = step(self.high - self.low, most);
        // A little slack: 0.3 is three times 0.1, whatever the last bit says.
        let first = (self.low / step - 1e-9).ceil();
        let n = ((self.high / step + 1e-9).floor() - first + 1.0) as usize;
        // One number alone says nothing of a scale.
        if n < 2 {
            return vec![self.low, self.high];
        }
        (0..n.min(most)).map(|idx| multiple(first + idx as f64, step)).collect()
    }

    /// About ten round values from end to end, both ends among them.
    pub fn rows(&self) -> Vec<f64> {
        let fine = if self.log { self.by_decade(&[1.0, 2.0, 5.0]) } else { Vec::new() };
        let mut rows = if (3..=16).contains(&fine.len()) { fine } else { self.ticks(12) };
        rows.extend([self.low, self.high]);
        rows.sort_by(f64::total_cmp);
        // An end that differs from its tick in the last bit only is no row of its own.
        rows.dedup_by(|a, b| (*a - *b).abs() <= 1e-9 * a.abs().max(b.abs()));
        rows
    }

    /// The numbers at ticks: all in the same form.
    pub fn labels(&self, ticks: &[f64]) -> Vec<String> {
        let decades = ticks.iter().all(|tick| *tick > 0.0 && power(10.0, log10(*tick).round()) == *tick);
        let extreme = ticks.iter().any(|tick| !(1e-3..1e6).contains(tick));
        if self.log && decades && extreme {
            return ticks.iter().map(|tick| power_of_ten(log10(*tick).round() as i32)).collect();
        }
        ticks.iter().map(|tick| number(*tick, 6)).collect()
    }

    /// Whole decades, if they are too many every second, third, ...
    fn decades(&self, most: usize) -> Vec<f64> {
        let all = self.by_decade(&[1.0]);
        let every = all.len().div_ceil(most.max(1)).max(1) as i64;
        all.into_iter().filter(|decade| (log10(*decade).round() as i64).rem_euclid(every) == 0).collect()
    }

    fn by_decade(&self, steps: &[f64]) -> Vec<f64> {
        let (first, last) = (log10(self.low).floor() as i32, log10(self.high).ceil() as i32);
        let all = (first..=last).flat_map(|decade| steps.iter().map(move |step| scaled(*step, decade)));
        all.filter(|value| (self.low..=self.high).contains(value)).collect()
    }
}

/// True if a value can have a place on a scale, even or by decades.
pub fn drawable(value: f64, log: bool) -> bool {
    value.abs() <= LARGEST && (!log || value >= 1.0 / LARGEST)
}

/// A number as it stands beside an axis or in a table: at most so many figures, very large and small ones by powers of ten.
pub fn number(value: f64, figures: u32) -> String {
    let size = value.abs();
    if size == 0.0 || !size.is_finite() || (1e-4..1e9).contains(&size) {
        return num::significant(value, figures);
    }
    let exponent = log10(size).floor();
    let part = num::significant(value / power(10.0, exponent), figures.min(3));
    match part.as_str() {
        "1" => power_of_ten(exponent as i32),
        _ => format!("{part}·{}", power_of_ten(exponent as i32)),
    }
}

/// Width of a number beside an axis, in tenths.
pub fn width(label: &str) -> i32 {
    LETTER * letters(label) as i32
}

/// The smallest of 1, 2 and 5 times a power of ten that has no more than so many multiples in a range of this width.
fn step(range: f64, most: usize) -> f64 {
    let least = range / most.max(2) as f64;
    let decade = log10(least).floor() as i32;
    let fits = |step: &f64| range / step + 1.0 <= most.max(2) as f64 + 1e-9;
    let steps = (decade..=decade + 1).flat_map(|decade| [1.0, 2.0, 5.0].map(|step| scaled(step, decade)));
    steps.into_iter().find(fits).unwrap_or_else(|| scaled(1.0, decade + 2))
}

/// `number * 10^decade`, nearest to what is written so: 0.3 and not 0.30000000000000004.
fn scaled(number: f64, decade: i32) -> f64 {
    let power = power(10.0, f64::from(decade.abs()));
    if decade < 0 { number / power } else { number * power }
}

/// `n * step` likewise: a step below 1 is one over a whole number.
fn multiple(n: f64, step: f64) -> f64 {
    if step < 1.0 { n / (1.0 / step).round() } else { n * step }
}

/// 10⁻³.
fn power_of_ten(exponent: i32) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let sign = if exponent < 0 { "⁻" } else { "" };
    let digit = |byte: u8| DIGITS[usize::from(byte - b'0')];
    format!("10{sign}{}", exponent.unsigned_abs().to_string().bytes().map(digit).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::{Scale, number};

    fn check(low: f64, high: f64, log: bool, most: usize, expected: &str) {
        let scale = Scale::new(low, high, log).expect("a scale");
        let ticks = scale.ticks(most);
        assert!(ticks.len() <= most, "{ticks:?}");
        let shown = scale.labels(&ticks).join(" ");
        assert_eq!(shown, expected, "{low}..{high}");
    }

    #[test]
    fn ticks_are_round_and_not_too_many() {
        check(0.0, 95.0, false, 6, "0 20 40 60 80");
        check(0.0, 200.0, false, 6, "0 50 100 150 200");
        check(0.0, 1.0, false, 6, "0 0.2 0.4 0.6 0.8 1");
        check(-0.3, 0.3, false, 7, "−0.3 −0.2 −0.1 0 0.1 0.2 0.3");
        check(3.0, 4.0, false, 4, "3 3.5 4");
        check(0.0, 25_000.0, false, 6, "0 5,000 10,000 15,000 20,000 25,000");
        check(0.0, 7e12, false, 4, "0 5·10¹²");
        check(0.0, 0.001, false, 3, "0 0.0005 0.001");
        check(97.0, 98.0, false, 2, "97 98");
        check(0.3, 4.8, false, 2, "0.3 4.8");
    }

    #[test]
    fn a_logarithmic_scale_has_decades() {
        check(1.0, 10_000.0, true, 6, "1 10 100 1,000 10,000");
        check(1.0, 1e9, true, 6, "10⁰ 10² 10⁴ 10⁶ 10⁸");
        check(1e-6, 1.0, true, 8, "10⁻⁶ 10⁻⁵ 10⁻⁴ 10⁻³ 10⁻² 10⁻¹ 10⁰");
        check(1.0, 100.0, true, 8, "1 10 100");
        check(1.0, 50.0, true, 8, "1 2 5 10 20 50");
        check(2.0, 4.0, true, 5, "2 2.5 3 3.5 4");
    }

    #[test]
    fn rows_are_about_ten() {
        let rows = |low, high, log| Scale::new(low, high, log).expect("a scale").rows();
        assert_eq!(rows(0.0, 95.0, false), [0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0, 95.0]);
        assert_eq!(rows(1.0, 1000.0, true), [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0]);
        assert_eq!(rows(1.0, 1e12, true).len(), 7);
    }

    #[test]
    fn a_scale_around_values_ends_on_ticks() {
        let ends = |values: &[f64], log| Scale::around(values.iter().copied(), log).map(|it| it.ends());
        assert_eq!(ends(&[11.2, 20.1, 99.0], false), Some((0.0, 100.0)));
        assert_eq!(ends(&[-3.0, f64::INFINITY, f64::NAN, 8.0], false), Some((-5.0, 10.0)));
        assert_eq!(ends(&[0.0, 0.0], false), Some((0.0, 1.0)));
        assert_eq!(ends(&[0.0, 3.0, 1_000.0], true), Some((1.0, 1_000.0)));
        assert_eq!(ends(&[7.0], true), Some((1.0, 10.0)));
        assert_eq!(ends(&[10.0], true), Some((10.0, 100.0)));
        assert_eq!((ends(&[f64::NAN], false), ends(&[-1.0, 0.0], true)), (None, None));
        assert_eq!((Scale::new(1.0, 1.0, false), Scale::new(0.0, 1.0, true)), (None, None));
    }

    #[test]
    fn values_have_places() {
        let scale = Scale::new(1.0, 100.0, true).expect("a scale").between(0, 1000);
        assert_eq!((scale.at(10.0), scale.at(1000.0), scale.at(0.0)), (Some(500.0), Some(1500.0), None));
        assert_eq!(scale.samples(3).iter().map(|x| x.round()).collect::<Vec<_>>(), [1.0, 10.0, 100.0]);
        let up = Scale::new(0.0, 4.0, false).expect("a scale").between(1000, 200);
        assert_eq!((up.at(1.0), up.at(f64::INFINITY)), (Some(800.0), None));
    }

    #[test]
    fn numbers_of_any_size_are_short() {
        let all = [0.0, 1234.5678, 1e9, -2.5e12, 0.000_012, 0.1 + 0.2, f64::NAN];
        assert_eq!(all.map(|it| number(it, 4)), ["0", "1,235", "10⁹", "−2.5·10¹²", "1.2·10⁻⁵", "0.3", "–"]);
    }
}
