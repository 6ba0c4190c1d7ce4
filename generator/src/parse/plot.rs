//! A plot fence: ```` ```plot ```` around TOML. Everything about it is checked here: what is left is to draw it.

use std::ops::Range;
use std::sync::Arc;

use demo_kit::Line;
use demo_kit::plot::SAMPLES;
use demo_kit::scale::{Scale, drawable};

use crate::config::Policy;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::PlotFence;
use crate::formula::Formula;
use crate::path::Anchor;
use crate::plot::{Axis, Data, Plot, Series};
use crate::source::{Source, Span};

use super::build::WrittenId;
use super::code::Info;
use super::figure_fence::{self, find};
use super::formula::formula;
use super::inline::Place;
use super::pieces::Pieces;
use super::table::{Entry, Reader, Table, Value, list};

const KEYS: &[&str] = &["id", "title", "notice", "x", "y", "series"];
const AXIS_KEYS: &[&str] = &["label", "unit", "from", "to", "scale"];
const SERIES_KEYS: &[&str] = &["label", "points", "formula", "line"];

/// As many as there are colors and marks that can be told apart.
const MAX_SERIES: usize = 6;
/// Points of one series; all of them stand in the page as a table.
const MAX_POINTS: usize = 200;

/// A fence and what was noticed.
pub struct ReadPlot {
    pub fence: PlotFence,
    /// The `id` that the author wrote.
    pub id: Option<WrittenId>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a plot fence.
pub fn fence(source: &Arc<Source>, info: &Info<'_>, body: &Pieces, raw_html: Policy) -> ReadPlot {
    let mut diagnostics = Vec::new();
    let table = figure_fence::table(source, body, Code::BadPlotFence, &mut diagnostics);
    let broken = !diagnostics.is_empty();
    let mut reader = Reader { source, code: Code::BadPlotFence, diagnostics: &mut diagnostics };
    behind_the_name(&mut reader, info);
    let id = figure_fence::id(&mut reader, &table);
    let notice = figure_fence::notice(&mut reader, &table, raw_html);
    let at = info.offset..info.offset + info.written.len();
    // Of a text that is no TOML nothing is known to be missing.
    let plot = if broken { None } else { plot(&mut reader, &table, &at) };
    let [made_id, description_id] = [Anchor(String::new()), Anchor(String::new())];
    ReadPlot { fence: PlotFence { plot: plot.map(Arc::new), notice, id: made_id, description_id }, id, diagnostics }
}

fn behind_the_name(reader: &mut Reader<'_>, info: &Info<'_>) {
    if let Some(extra) = info.written.split_whitespace().nth(1) {
        let start = info.offset + (extra.as_ptr() as usize - info.written.as_ptr() as usize);
        reader.report(
            start..start + extra.len(),
            format!("`{extra}` behind `plot`"),
            "nobody reads this: settings stand in the fence, one a line",
        );
    }
}

/// The plot; `None` if something was reported without which it cannot be drawn. `at` is where the fence begins.
fn plot(reader: &mut Reader<'_>, table: &Table, at: &Range<usize>) -> Option<Plot> {
    unknown_keys(reader, table, KEYS);
    let title = required_text(reader, table, "title", at, "a plot");
    let x = axis(reader, table, "x", at);
    let y = axis(reader, table, "y", at);
    let series = all_series(reader, table, at);
    let (title, x, y, series) = (title?, x?, y?, series?);
    on_logarithmic_axes(reader, &x, &y, &series)?;
    let x_scale = x_scale(reader, &x, &series)?;
    let y_scale = y_scale(reader, &y, &x_scale, &series)?;
    let series = series.into_iter().map(|it| it.series).collect();
    Some(Plot { title, x: x.axis(x_scale), y: y.axis(y_scale), series })
}

/// A number with its place.
type Number = (f64, Range<usize>);

/// An axis as written.
struct WrittenAxis {
    key: &'static str,
    /// Of the whole value.
    range: Range<usize>,
    label: String,
    unit: String,
    from: Option<Number>,
    to: Option<Number>,
    log: bool,
}

/// A series with the places of its data.
struct WrittenSeries {
    series: Series,
    /// Of its points or its formula.
    range: Range<usize>,
    /// Of each point.
    places: Vec<Range<usize>>,
}

impl WrittenAxis {
    fn axis(self, scale: Scale) -> Axis {
        Axis { label: self.label, unit: self.unit, scale }
    }
}

impl WrittenSeries {
    fn points(&self) -> &[(f64, f64)] {
        match &self.series.data {
            Data::Points(points) => points,
            Data::Formula(_) => &[],
        }
    }
}

fn axis(reader: &mut Reader<'_>, table: &Table, key: &'static str, at: &Range<usize>) -> Option<WrittenAxis> {
    let Some(entry) = find(table, key) else {
        let message = format!("plot without an axis `{key}`");
        reader.report(at.clone(), message, format!("expected `{key} = {{ label = \"...\" }}`"));
        return None;
    };
    let Value::Table(inner) = &entry.value else {
        return reader.expected(entry, "a table such as `{ label = \"load\", unit = \"%\" }`");
    };
    unknown_keys(reader, inner, AXIS_KEYS);
    let label = required_text(reader, inner, "label", &entry.value_range, &format!("axis `{key}`"));
    let unit = find(inner, "unit").and_then(|it| reader.text(it)).unwrap_or_default();
    let mut end = |key: &str| match find(inner, key) {
        Some(it) => number(reader, it).map(|number| Some((number, it.value_range.clone()))),
        None => Some(None),
    };
    let (from, to) = (end("from"), end("to"));
    let log = match find(inner, "scale") {
        Some(it) => one_of(reader, it, &[("linear", false), ("log", true)]),
        None => Some(false),
    };
    let it = WrittenAxis { key, range: place(entry), label: label?, unit, from: from?, to: to?, log: log? };
    ends_in_order(reader, it)
}

fn ends_in_order(reader: &mut Reader<'_>, axis: WrittenAxis) -> Option<WrittenAxis> {
    let ends = [&axis.from, &axis.to];
    let refused = |(value, _): &&Number| !value.is_finite() || (axis.log && *value <= 0.0);
    if let Some((value, range)) = ends.into_iter().flatten().find(refused) {
        let (what, label) = match axis.log {
            true if value.is_finite() => ("logarithmic ", "a logarithm needs values above 0"),
            _ => ("", "expected a finite number"),
        };
        reader.report(range.clone(), format!("{what}axis `{}` with an end at {value}", axis.key), label);
        return None;
    }
    if let (Some((from, _)), Some((to, range))) = (&axis.from, &axis.to)
        && from >= to
    {
        let message = format!("axis `{}` from {from} to {to}", axis.key);
        reader.report(range.clone(), message, format!("expected more than {from}"));
        return None;
    }
    Some(axis)
}

fn all_series(reader: &mut Reader<'_>, table: &Table, at: &Range<usize>) -> Option<Vec<WrittenSeries>> {
    let Some(entry) = find(table, "series") else {
        reader.report(at.clone(), "plot without series", "expected tables that begin with `[[series]]`");
        return None;
    };
    let tables = match &entry.value {
        Value::List(items) if items.iter().all(|(it, _)| matches!(it, Value::Table(_))) => items,
        _ => return reader.expected(entry, "tables that begin with `[[series]]`"),
    };
    if tables.is_empty() {
        reader.report(place(entry), "plot without series", "expected at least one");
        return None;
    }
    let mut all: Vec<WrittenSeries> = Vec::new();
    let mut complete = true;
    for (value, range) in tables {
        let Value::Table(inner) = value else { continue };
        // The header of a table has no place of its own: its first key tells where it is.
        let at = inner.first().map_or(range.clone(), |entry| entry.key_range.clone());
        if all.len() == MAX_SERIES {
            let message = format!("plot with {} series", tables.len());
            reader.report(at, message, format!("at most {MAX_SERIES} can be told apart: split the plot"));
            return None;
        }
        match series(reader, inner, &at) {
            Some(series) if all.iter().any(|it| it.series.label == series.series.label) => {
                let range = find(inner, "label").map_or(at, |entry| entry.value_range.clone());
                let message = format!("two series are called `{}`", series.series.label);
                reader.report(range, message, "give it another label");
                complete = false;
            }
            Some(series) => all.push(series),
            None => complete = false,
        }
    }
    complete.then_some(all)
}

fn series(reader: &mut Reader<'_>, table: &Table, at: &Range<usize>) -> Option<WrittenSeries> {
    unknown_keys(reader, table, SERIES_KEYS);
    let label = required_text(reader, table, "label", at, "series");
    let line = match find(table, "line") {
        Some(it) => {
            let lines = [("measured", Line::Measured), ("theory", Line::Theory), ("bound", Line::Bound)];
            one_of(reader, it, &lines)
        }
        None => Some(Line::Measured),
    };
    let (entry, data) = match (find(table, "points"), find(table, "formula")) {
        (Some(points), None) => (points, all_points(reader, points)),
        (None, Some(formula)) => (formula, formula_of(reader, formula).map(|it| (Data::Formula(it), Vec::new()))),
        (Some(_), Some(formula)) => {
            let message = "series with `points` and a `formula`";
            reader.report(formula.key_range.clone(), message, "expected one of them: make two series");
            return None;
        }
        (None, None) => {
            reader.report(
                at.clone(),
                "series without data",
                "expected `points = [[x, y], ...]` or `formula = \"...\"`",
            );
            return None;
        }
    };
    let (data, places) = data?;
    Some(WrittenSeries { series: Series { label: label?, line: line?, data }, range: place(entry), places })
}

fn all_points(reader: &mut Reader<'_>, entry: &Entry) -> Option<(Data, Vec<Range<usize>>)> {
    let Value::List(items) = &entry.value else {
        return reader.expected(entry, "a list of points, such as `[[1, 2.5], [2, 4]]`");
    };
    if items.is_empty() || items.len() > MAX_POINTS {
        let message = format!("series of {} points", items.len());
        let label = format!("expected 1 to {MAX_POINTS}: all of them stand in the page as a table");
        reader.report(entry.key_range.clone(), message, label);
        return None;
    }
    let mut points = Vec::new();
    for (value, range) in items {
        match point(value) {
            Some(point) => points.push(point),
            None => {
                let message = format!("`{}` is no point", reader.source.text.get(range.clone()).unwrap_or_default());
                reader.report(range.clone(), message, "expected a pair such as `[1, 2.5]`");
            }
        }
    }
    let places = items.iter().map(|(_, range)| range.clone()).collect();
    (points.len() == items.len()).then_some((Data::Points(points), places))
}

/// A pair of numbers; the y may be `nan`, which is a gap.
fn point(value: &Value) -> Option<(f64, f64)> {
    let Value::List(pair) = value else { return None };
    match pair.as_slice() {
        [(x, _), (y, _)] => Some((number_of(x).filter(|x| x.is_finite())?, number_of(y)?)),
        _ => None,
    }
}

fn formula_of(reader: &mut Reader<'_>, entry: &Entry) -> Option<Formula> {
    let text = reader.text(entry)?;
    match formula(&text, &["x"]) {
        Ok(formula) => Some(formula),
        Err(error) => {
            let range = match figure_fence::place(reader.source, &text, &entry.value_range) {
                Place::Offset(offset) if !text.is_empty() => offset + error.range.start..offset + error.range.end,
                _ => entry.value_range.clone(),
            };
            let it = Diagnostic::at(Code::BadPlotFence, Span::new(reader.source, range), error.message);
            reader.diagnostics.push(error.hints.into_iter().fold(it.label(error.label), Diagnostic::hint));
            None
        }
    }
}

/// `None` if a point has no place on a logarithmic axis.
fn on_logarithmic_axes(reader: &mut Reader<'_>, x: &WrittenAxis, y: &WrittenAxis, all: &[WrittenSeries]) -> Option<()> {
    let mut fits = true;
    for series in all {
        for (point, range) in series.points().iter().zip(&series.places) {
            let wrong = [(x, point.0), (y, point.1)].into_iter().find(|(axis, value)| axis.log && *value <= 0.0);
            if let Some((axis, value)) = wrong {
                let message = format!("{value} on the logarithmic axis `{}`", axis.key);
                reader.report(range.clone(), message, "a logarithm needs values above 0");
                fits = false;
            }
        }
    }
    fits.then_some(())
}

fn x_scale(reader: &mut Reader<'_>, x: &WrittenAxis, all: &[WrittenSeries]) -> Option<Scale> {
    let values = all.iter().flat_map(|it| it.points().iter().map(|point| point.0));
    let data = Scale::around(values, x.log);
    if data.is_none() && (x.from.is_none() || x.to.is_none()) {
        let label = "expected `from` and `to`: a formula has values everywhere";
        reader.report(x.range.clone(), "axis `x` without ends", label);
        return None;
    }
    scale(reader, x, data)
}

fn y_scale(reader: &mut Reader<'_>, y: &WrittenAxis, x: &Scale, all: &[WrittenSeries]) -> Option<Scale> {
    let samples = x.samples(SAMPLES);
    let (low, high) = x.ends();
    let mut values = Vec::new();
    for series in all {
        let before = values.len();
        match &series.series.data {
            Data::Points(points) => {
                values.extend(points.iter().filter(|(x, _)| (low..=high).contains(x)).map(|(_, y)| *y));
            }
            data => values.extend(samples.iter().map(|x| data.at(*x))),
        }
        if !values[before..].iter().any(|value| drawable(*value, y.log)) {
            let message = format!("series `{}` has nothing to draw", series.series.label);
            let above = if y.log { " above 0" } else { "" };
            let label = format!("no value{above} between x = {low} and {high}");
            reader.report(series.range.clone(), message, label);
            return None;
        }
    }
    scale(reader, y, Scale::around(values.into_iter(), y.log))
}

/// The scale with the ends that are written, else those of the data.
fn scale(reader: &mut Reader<'_>, axis: &WrittenAxis, data: Option<Scale>) -> Option<Scale> {
    let ends = data.map(|it| it.ends());
    let from = axis.from.as_ref().map(|it| it.0).or(ends.map(|it| it.0))?;
    let to = axis.to.as_ref().map(|it| it.0).or(ends.map(|it| it.1))?;
    let scale = Scale::new(from, to, axis.log);
    if scale.is_none() {
        let message = format!("axis `{}` from {from} to {to}", axis.key);
        reader.report(axis.range.clone(), message, "the data lie elsewhere: write both `from` and `to`");
    }
    scale
}

fn unknown_keys(reader: &mut Reader<'_>, table: &Table, known: &[&str]) {
    for entry in table.iter().filter(|entry| !known.contains(&entry.key.as_str())) {
        reader.unknown(entry, known);
    }
}

fn required_text(reader: &mut Reader<'_>, table: &Table, key: &str, at: &Range<usize>, what: &str) -> Option<String> {
    let Some(entry) = find(table, key) else {
        let what = what.strip_prefix("a ").unwrap_or(what);
        reader.report(at.clone(), format!("{what} without a `{key}`"), format!("expected `{key} = \"...\"`"));
        return None;
    };
    let text = reader.prose(entry)?;
    if text.trim().is_empty() {
        reader.report(entry.value_range.clone(), format!("`{key}` is empty"), "expected a text");
        return None;
    }
    Some(text)
}

/// The meaning of one of a closed list of words.
fn one_of<T: Copy>(reader: &mut Reader<'_>, entry: &Entry, words: &[(&str, T)]) -> Option<T> {
    let text = reader.text(entry)?;
    if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == text) {
        return Some(*meaning);
    }
    let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let span = Span::new(reader.source, entry.value_range.clone());
    let it = Diagnostic::at(Code::BadPlotFence, span, format!("`{}` cannot be {text:?}", entry.key))
        .label(format!("expected one of {}", list(&names)))
        .did_you_mean(&text, names);
    reader.diagnostics.push(it);
    None
}

fn number(reader: &mut Reader<'_>, entry: &Entry) -> Option<f64> {
    number_of(&entry.value).or_else(|| reader.expected(entry, "a number"))
}

fn number_of(value: &Value) -> Option<f64> {
    match value {
        Value::Integer(number) => Some(*number as f64),
        Value::Fraction(number) => Some(*number),
        _ => None,
    }
}

/// A value's place; of what is written as several tables, its key's.
fn place(entry: &Entry) -> Range<usize> {
    if entry.value_range.is_empty() { entry.key_range.clone() } else { entry.value_range.clone() }
}
