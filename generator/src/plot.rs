//! What a plot shows: two axes and up to six curves, as data. `parse` makes it, `render` draws it.

use demo_kit::Line;
use demo_kit::scale::Scale;

use crate::formula::Formula;

/// A plot.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// What it is a plot of.
    pub title: String,
    /// From left to right.
    pub x: Axis,
    /// From bottom to top.
    pub y: Axis,
    /// In the order of the legend.
    pub series: Vec<Series>,
}

/// An axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// What is counted along it.
    pub label: String,
    /// In what; may be empty.
    pub unit: String,
    /// Which values are on the page.
    pub scale: Scale,
}

/// One curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name in the legend.
    pub label: String,
    /// How it is known: measured, from theory, a bound.
    pub line: Line,
    /// Where its values come from.
    pub data: Data,
}

/// Values of a curve.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    /// Pairs of x and y, as written.
    Points(Vec<(f64, f64)>),
    /// A formula of `x`.
    Formula(Formula),
}

impl Data {
    /// The value at `x`: a formula has one everywhere, points where one lies; not a number elsewhere.
    pub fn at(&self, x: f64) -> f64 {
        match self {
            Data::Points(points) => points.iter().find(|point| point.0 == x).map_or(f64::NAN, |point| point.1),
            Data::Formula(formula) => formula.value(&|_| x),
        }
    }
}

impl Axis {
    /// `time in the system (ms)`.
    pub fn title(&self) -> String {
        if self.unit.is_empty() { self.label.clone() } else { format!("{} ({})", self.label, self.unit) }
    }
}
