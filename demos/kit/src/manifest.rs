//! The manifest: what a demo offers, as plain data in a `static`. The generator, the codec and the browser part read it.

use crate::Text;
use crate::text::{put, put_integer};

/// Everything that is known about a demo before it runs.
#[derive(Debug)]
pub struct Manifest {
    /// The crate's name, as in the fence: "hash-ring".
    pub name: &'static str,
    /// The figure's title unless the author gives another.
    pub title: &'static str,
    /// Goes up when old state strings no longer mean the same.
    pub version: u32,
    /// The knobs; at most three with `more: false`.
    pub params: &'static [Param],
    /// Two to five; the first is the default.
    pub presets: &'static [Preset],
    /// What a reader can do.
    pub actions: &'static [ActionKind],
    /// The demo's own panels, the stage first.
    pub panels: &'static [Panel],
    /// The chart over time.
    pub time: Option<TimeChart>,
    /// The chart of outcome against one parameter.
    pub sweep: Option<Sweep>,
    /// What the demo refuses, in words: "at most 64 servers".
    pub limits: &'static [&'static str],
}

/// A knob. A value is an `i64`: the number itself, the index of a choice's option, or the number under which a text is kept.
#[derive(Debug)]
pub struct Param {
    /// In the state string: lower-case letters, digits and dashes; not preset, seed, at or do.
    pub name: &'static str,
    /// On the knob: "points per server".
    pub label: &'static str,
    /// Read out after the value: "points"; "" for a choice.
    pub unit: &'static str,
    /// Which values it may take.
    pub kind: Kind,
    /// The value where a preset says nothing: for a choice the option's index.
    pub default: i64,
    /// True: under "More settings".
    pub more: bool,
}

/// Which values a parameter may take.
#[derive(Debug)]
pub enum Kind {
    /// min, min + step, ... max.
    Integer {
        /// Smallest value.
        min: i64,
        /// Largest value.
        max: i64,
        /// Distance of neighbours, > 0.
        step: i64,
    },
    /// One of these, ascending.
    Values(&'static [i64]),
    /// One of these, by index.
    Choice(&'static [Choice]),
    /// What the reader types.
    Text(&'static Text),
}

/// An option of a choice.
#[derive(Debug)]
pub struct Choice {
    /// In the state string.
    pub name: &'static str,
    /// On the knob.
    pub label: &'static str,
}

/// An experiment: settings, a seed, and the question that it settles.
#[derive(Debug)]
pub struct Preset {
    /// In the state string.
    pub name: &'static str,
    /// On the button.
    pub label: &'static str,
    /// Parameter and value as they stand in the state string; the others keep their default.
    pub settings: &'static [(&'static str, &'static str)],
    /// 0..=999_999_999; a seed whose run shows the point.
    pub seed: u32,
    /// What the reader is asked before it runs.
    pub question: &'static str,
    /// Three or four answers.
    pub choices: &'static [&'static str],
    /// Index of the right one.
    pub answer: usize,
    /// One or two sentences shown with the outcome.
    pub explanation: &'static str,
}

/// Something a reader can do.
#[derive(Debug)]
pub struct ActionKind {
    /// In the state string.
    pub name: &'static str,
    /// On the button.
    pub label: &'static str,
    /// `KeyboardEvent.key` inside the figure: "a", "Delete"; "" for none.
    pub key: &'static str,
    /// Group of the marks that it applies to; "" when it needs none. `@` and a panel's name: it takes a place of that panel.
    /// With a group before the `@`, marks of that group are its handles: to drag one is to do it where the drag ends.
    pub target: &'static str,
    /// True: done again and again, also while the figure plays. It gets a large button of its own between narration and
    /// transport; it cannot have a target.
    pub often: bool,
}

/// A block of the figure that the demo draws.
#[derive(Debug)]
pub struct Panel {
    /// Class and hook: `panel-NAME`.
    pub name: &'static str,
    /// Its heading, and part of its label.
    pub title: &'static str,
    /// On the stage or beside it.
    pub place: Place,
    /// Height of the viewBox in units; the width is always [`crate::scene::WIDTH`].
    pub height: i32,
}

/// Where a panel stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Selectable marks live here.
    Stage,
    /// Beside the stage.
    Side,
    /// Among the charts.
    Chart,
    /// With the outcome.
    Reveal,
}

/// The chart of a run: x is the event.
#[derive(Debug)]
pub struct TimeChart {
    /// Its heading: "Load of the busiest server".
    pub title: &'static str,
    /// Its axis with unit: "keys moved, %".
    pub axis: &'static str,
    /// How values are written.
    pub format: Format,
    /// Its lines.
    pub series: &'static [Series],
}

/// A line of the chart over time.
#[derive(Debug)]
pub struct Series {
    /// Its name in the legend.
    pub label: &'static str,
    /// What it is, which gives its dash pattern.
    pub line: Line,
    /// The presets in which it is drawn, by index; empty: in all.
    pub presets: &'static [usize],
}

/// What a line means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Solid: it happened.
    Measured,
    /// Dashed: a formula says so.
    Theory,
    /// Dotted: it may not be crossed.
    Bound,
}

/// The chart of outcome against a parameter; the settings that it does not vary are those on the knobs.
#[derive(Debug)]
pub struct Sweep {
    /// Its heading.
    pub title: &'static str,
    /// The parameter on the x axis: of kind Integer or Values.
    pub param: &'static str,
    /// The y axis with unit.
    pub axis: &'static str,
    /// How values are written.
    pub format: Format,
    /// True: the x axis is spaced by doubling, for values like 1, 2, 4, 8.
    pub log: bool,
}

/// How a value is written on an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Three significant digits.
    Number,
    /// 0.2 is "20 %".
    Percent,
}

/// A value for each parameter, and the preset they belong to. Invariant: `values` is as long as the manifest's `params`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Index into the manifest's `presets`: which story is played.
    pub preset: usize,
    /// In the manifest's order.
    pub values: Vec<i64>,
}

impl ActionKind {
    /// The group of marks that it applies to, or that are its handles; "" when there is none.
    pub fn group(&self) -> &'static str {
        crate::text::cut(self.target, b'@').0
    }

    /// The panel of which it takes a place.
    pub fn panel(&self) -> Option<&'static str> {
        crate::text::cut(self.target, b'@').1
    }
}

impl Format {
    /// A value as text.
    pub fn write(self, value: f64) -> String {
        match self {
            Format::Number => crate::num::number(value),
            Format::Percent => crate::num::percent(value),
        }
    }
}

impl Settings {
    /// What a preset sets.
    pub fn of_preset(manifest: &Manifest, preset: usize) -> Settings {
        let mut values = Vec::new();
        for param in manifest.params {
            values.push(param.default);
        }
        if let Some(preset) = manifest.presets.get(preset) {
            for &(name, text) in preset.settings {
                if let Some(idx) = manifest.params.iter().position(|param| param.name == name)
                    && let Some(value) = manifest.params[idx].kind.parse(text)
                {
                    values[idx] = value;
                }
            }
        }
        Settings { preset, values }
    }

    /// The value of a parameter by its index; 0 when there is no such parameter.
    pub fn get(&self, param: usize) -> i64 {
        self.values.get(param).copied().unwrap_or(0)
    }

    /// The value of a parameter that is not negative, by its index.
    pub fn count(&self, param: usize) -> usize {
        usize::try_from(self.get(param)).unwrap_or(0)
    }

    /// Changes a parameter; nothing happens when there is no such parameter.
    pub fn set(&mut self, param: usize, value: i64) {
        if let Some(slot) = self.values.get_mut(param) {
            *slot = value;
        }
    }
}

impl Kind {
    /// Reads a value as it stands in the state string; `None` when it is not one of the allowed ones.
    pub fn parse(&self, text: &str) -> Option<i64> {
        match self {
            Kind::Choice(options) => options.iter().position(|option| option.name == text).map(|idx| idx as i64),
            Kind::Text(rule) => (rule.number)(rule, text).ok(),
            _ => crate::num::parse(text).filter(|&value| self.allows(value)),
        }
    }

    /// Writes a value as it stands in the control, and, but for a text's signs, in the state string.
    pub fn text(&self, value: i64) -> String {
        match self {
            Kind::Choice(options) => usize::try_from(value)
                .ok()
                .and_then(|idx| options.get(idx))
                .map_or_else(String::new, |option| option.name.into()),
            Kind::Text(rule) => (rule.text)(rule, value),
            _ => crate::num::integer_plain(value),
        }
    }

    /// Writes a value as the knob shows it: a choice by its label.
    pub fn shown(&self, value: i64) -> String {
        match self {
            Kind::Choice(options) => usize::try_from(value)
                .ok()
                .and_then(|idx| options.get(idx))
                .map_or_else(String::new, |option| option.label.into()),
            _ => self.text(value),
        }
    }

    /// Whether a value may be taken.
    pub fn allows(&self, value: i64) -> bool {
        match self {
            Kind::Integer { min, max, step } => (*min..=*max).contains(&value) && (value - min) % step == 0,
            Kind::Values(values) => values.contains(&value),
            Kind::Choice(options) => (0..options.len() as i64).contains(&value),
            Kind::Text(rule) => (0..(rule.count)(rule)).contains(&value),
        }
    }

    /// How many values there are; of a text, how many samples.
    pub fn len(&self) -> usize {
        match self {
            Kind::Integer { min, max, step } => ((max - min) / step + 1) as usize,
            Kind::Values(values) => values.len(),
            Kind::Choice(options) => options.len(),
            Kind::Text(rule) => rule.samples.len(),
        }
    }

    /// Whether there is nothing to choose.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value at a place, ascending; the last one when the place is beyond.
    pub fn at(&self, idx: usize) -> i64 {
        let idx = idx.min(self.len().saturating_sub(1));
        match self {
            Kind::Integer { min, step, .. } => min + step * idx as i64,
            Kind::Values(values) => values.get(idx).copied().unwrap_or(0),
            Kind::Choice(_) | Kind::Text(_) => idx as i64,
        }
    }

    /// The place of a value, or of the nearest one below it.
    pub fn index(&self, value: i64) -> usize {
        match self {
            Kind::Integer { min, step, .. } => {
                (((value - min) / step).max(0) as usize).min(self.len().saturating_sub(1))
            }
            Kind::Values(values) => values.iter().filter(|&&each| each <= value).count().saturating_sub(1),
            Kind::Choice(_) | Kind::Text(_) => value.max(0) as usize,
        }
    }

    /// The allowed values in words: "a whole number from 0 to 64".
    pub fn expected(&self) -> String {
        let mut out = String::new();
        match self {
            Kind::Integer { min, max, step } => {
                put(&mut out, "a whole number from ");
                put_integer(&mut out, *min);
                put(&mut out, " to ");
                put_integer(&mut out, *max);
                if *step != 1 {
                    put(&mut out, " in steps of ");
                    put_integer(&mut out, *step);
                }
            }
            Kind::Text(rule) => put(&mut out, rule.expected),
            _ => {
                for idx in 0..self.len() {
                    put(&mut out, if idx == 0 { "one of " } else { ", " });
                    put(&mut out, &self.text(self.at(idx)));
                }
            }
        }
        out
    }
}
