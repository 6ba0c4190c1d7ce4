//! The manifest: what a demo offers, as plain data in a `static`. The generator, the codec and the browser part read it.

use std::ops::RangeInclusive;

use crate::text::{join, put};
use crate::{Text, num};

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

/// A knob. A value is an `i64`: the number itself, in its smallest decimal place; the index of a choice's option; or the
/// number under which a text is kept.
#[derive(Debug)]
pub struct Param {
    /// In the state string: lower-case letters, digits and dashes; not preset, seed, at or do.
    pub name: &'static str,
    /// On the knob: "points per server".
    pub label: &'static str,
    /// Read out after the value: "points"; "" for a choice. Of "percent" the knob shows the sign.
    pub unit: &'static str,
    /// Which values it may take.
    pub kind: Kind,
    /// Decimal places of its numbers, 0..=6: with 1, a value counts tenths, and 5 is written "0.5".
    pub decimals: u32,
    /// The value where a preset says nothing: for a choice the option's index.
    pub default: i64,
    /// True: under "More settings".
    pub more: bool,
}

/// Which values a parameter may take.
#[derive(Debug)]
pub enum Kind {
    /// min, min + step, ... max.
    Range {
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
                    && let Some(value) = manifest.params[idx].parse(text)
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

    /// The value of a parameter that is not negative, by its index: as it is kept, in the smallest decimal place.
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

impl Param {
    /// A knob for all whole numbers of a range.
    pub const fn range(
        name: &'static str,
        label: &'static str,
        unit: &'static str,
        range: RangeInclusive<i64>,
        default: i64,
    ) -> Param {
        let kind = Kind::Range { min: *range.start(), max: *range.end(), step: 1 };
        Param { name, label, unit, kind, decimals: 0, default, more: false }
    }

    /// A knob for some numbers, ascending.
    pub const fn values(
        name: &'static str,
        label: &'static str,
        unit: &'static str,
        values: &'static [i64],
        default: i64,
    ) -> Param {
        Param { name, label, unit, kind: Kind::Values(values), decimals: 0, default, more: false }
    }

    /// A list to choose from; the default is an option's index.
    pub const fn choice(name: &'static str, label: &'static str, options: &'static [Choice], default: i64) -> Param {
        Param { name, label, unit: "", kind: Kind::Choice(options), decimals: 0, default, more: false }
    }

    /// A field to type into; the default is its first sample.
    pub const fn text(name: &'static str, label: &'static str, rule: &'static Text) -> Param {
        Param { name, label, unit: "", kind: Kind::Text(rule), decimals: 0, default: 0, more: false }
    }

    /// Only every `step`th number of a range, from its smallest on.
    pub const fn step(self, step: i64) -> Param {
        match self.kind {
            Kind::Range { min, max, .. } => Param { kind: Kind::Range { min, max, step }, ..self },
            _ => self,
        }
    }

    /// Its numbers have so many decimal places: all that is said of them counts the last one.
    pub const fn decimals(self, decimals: u32) -> Param {
        Param { decimals, ..self }
    }

    /// It stands under "More settings".
    pub const fn more(self) -> Param {
        Param { more: true, ..self }
    }

    /// Reads a value as it stands in the state string; `None` when it is not one of the allowed ones.
    pub fn parse(&self, text: &str) -> Option<i64> {
        match &self.kind {
            Kind::Choice(options) => options.iter().position(|option| option.name == text).map(|idx| idx as i64),
            Kind::Text(rule) => (rule.number)(rule, text).ok(),
            kind => num::parse_decimal(text, self.decimals).filter(|&value| kind.allows(value)),
        }
    }

    /// Writes a value as it stands in the control, and, but for a text's signs, in the state string.
    pub fn written(&self, value: i64) -> String {
        match &self.kind {
            Kind::Choice(options) => usize::try_from(value)
                .ok()
                .and_then(|idx| options.get(idx))
                .map_or_else(String::new, |option| option.name.into()),
            Kind::Text(rule) => (rule.text)(rule, value),
            _ => num::decimal_plain(value, self.decimals),
        }
    }

    /// Writes a value as the knob shows it: a choice by its label, numbers grouped, percent with their sign.
    pub fn shown(&self, value: i64) -> String {
        match &self.kind {
            Kind::Choice(options) => usize::try_from(value)
                .ok()
                .and_then(|idx| options.get(idx))
                .map_or_else(String::new, |option| option.label.into()),
            Kind::Text(_) => self.written(value),
            _ => join(&[&self.number(value), if self.unit == "percent" { num::PERCENT } else { "" }]),
        }
    }

    /// Writes a number for readers: 1000 is "1,000".
    pub fn number(&self, value: i64) -> String {
        num::decimal(value, self.decimals)
    }

    /// The allowed values in words, as they are to be typed: "a whole number from 0 to 64".
    pub fn expected(&self) -> String {
        let mut out = String::new();
        match &self.kind {
            Kind::Range { min, max, step } => {
                put(&mut out, if self.decimals == 0 { "a whole number from " } else { "a number from " });
                put(&mut out, &self.written(*min));
                put(&mut out, " to ");
                put(&mut out, &self.written(*max));
                if *step != 1 || self.decimals > 0 {
                    put(&mut out, " in steps of ");
                    put(&mut out, &self.written(*step));
                }
            }
            Kind::Text(rule) => put(&mut out, rule.expected),
            kind => {
                for idx in 0..kind.len() {
                    put(&mut out, if idx == 0 { "one of " } else { ", " });
                    put(&mut out, &self.written(kind.at(idx)));
                }
            }
        }
        out
    }
}

/// An option of a choice: its name in the state string, and its label on the knob.
pub const fn choice(name: &'static str, label: &'static str) -> Choice {
    Choice { name, label }
}

impl Kind {
    /// Whether a value may be taken.
    pub fn allows(&self, value: i64) -> bool {
        match self {
            Kind::Range { min, max, step } => (*min..=*max).contains(&value) && (value - min) % step == 0,
            Kind::Values(values) => values.contains(&value),
            Kind::Choice(options) => (0..options.len() as i64).contains(&value),
            Kind::Text(rule) => (0..(rule.count)(rule)).contains(&value),
        }
    }

    /// How many values there are; of a text, how many samples.
    pub fn len(&self) -> usize {
        match self {
            Kind::Range { min, max, step } => ((max - min) / step + 1) as usize,
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
            Kind::Range { min, step, .. } => min + step * idx as i64,
            Kind::Values(values) => values.get(idx).copied().unwrap_or(0),
            Kind::Choice(_) | Kind::Text(_) => idx as i64,
        }
    }

    /// The place of a value, or of the nearest one below it.
    pub fn index(&self, value: i64) -> usize {
        match self {
            Kind::Range { min, step, .. } => (((value - min) / step).max(0) as usize).min(self.len().saturating_sub(1)),
            Kind::Values(values) => values.iter().filter(|&&each| each <= value).count().saturating_sub(1),
            Kind::Choice(_) | Kind::Text(_) => value.max(0) as usize,
        }
    }
}
