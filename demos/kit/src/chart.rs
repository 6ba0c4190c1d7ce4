//! Line charts: axes with units, measured solid, theory dashed, bounds dotted, the current point marked.
//!
//! The chart of a run draws only up to the event shown, and scales to what it draws: it never gives the end away.

use crate::manifest::{Format, Line, Manifest, Series, TimeChart};
use crate::text::{join, letters, put};
use crate::{History, Path, Scene, num};

/// Height of a line of text, in tenths.
const ROW: i32 = 190;
/// Height of the plot of a run, in tenths.
const PLOT: i32 = 1100;
/// Points of a line before it is thinned to the extremes of its columns.
const MAX_POINTS: usize = 600;

/// Where values are drawn, in tenths of a unit, and which ones: `low..=high` from bottom to top.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plot {
    /// Left edge.
    pub left: i32,
    /// Right edge.
    pub right: i32,
    /// Upper edge.
    pub top: i32,
    /// Lower edge.
    pub bottom: i32,
    /// Value at the lower edge.
    pub low: f64,
    /// Value at the upper edge.
    pub high: f64,
}

impl Plot {
    /// A plot that is as wide as a panel with its numbers allows; 0 is at its lower edge.
    pub fn new(top: i32, height: i32) -> Plot {
        Plot { left: 520, right: 3110, top, bottom: top + height, low: 0.0, high: 0.0 }
    }

    /// Makes room for a value; one that is not finite takes none.
    pub fn include(&mut self, value: f64) {
        if value.is_finite() {
            self.low = if value < self.low { value } else { self.low };
            self.high = if value > self.high { value } else { self.high };
        }
    }

    /// Rounds the ends of the scale, once all values are in.
    pub fn round(&mut self) {
        self.low = -round_up(-self.low);
        self.high = if self.low == 0.0 && self.high == 0.0 { 1.0 } else { round_up(self.high) };
    }

    /// The height of a value.
    pub fn y(&self, value: f64) -> i32 {
        let part = (value - self.low) / (self.high - self.low);
        self.bottom - crate::math::round(part * f64::from(self.bottom - self.top))
    }

    /// The place of `idx` of `0..=last`.
    pub fn x(&self, idx: usize, last: usize) -> i32 {
        let width = i64::from(self.right - self.left);
        self.left + (width * idx as i64 / last.max(1) as i64) as i32
    }

    /// Draws axes, grid and the numbers of the y axis; `title` names it with its unit. Uses keys 0..6.
    pub fn axes(&self, scene: &mut Scene, title: &str, format: Format) {
        scene.text(0, "note t-s", 0, 140, title);
        let mut grid = Path::new();
        for (key, part) in [(1, 0.0), (2, 0.5), (3, 1.0)] {
            let value = self.low + (self.high - self.low) * part;
            let y = self.y(value);
            if key > 1 {
                grid.segment((self.left, y), (self.right, y));
            }
            scene.text(key, "t-e num", self.left - 50, y + 50, format.write(value));
        }
        scene.path(4, "grid", 0, grid);
        let mut axis = Path::new();
        axis.go(self.left, self.top).line(self.left, self.bottom).line(self.right, self.bottom);
        scene.path(5, "axis", 0, axis);
    }
}

/// Names of lines with their samples, flowing in rows from left to right.
pub struct Legend {
    x: i32,
    row: i32,
}

impl Default for Legend {
    fn default() -> Self {
        Legend { x: 0, row: 1 }
    }
}

impl Legend {
    /// Where the next entry's sample starts and its line of text stands, for a text of so many letters.
    pub fn next(&mut self, letters: usize) -> (i32, i32) {
        let width = 300 + 78 * letters as i32;
        if self.x > 0 && self.x + width > 3200 {
            self.x = 0;
            self.row += 1;
        }
        let at = (self.x, 140 + ROW * self.row);
        self.x += width;
        at
    }

    /// Draws an entry: a sample of its line, and its name. Uses two keys.
    pub fn entry(scene: &mut Scene, key: u32, class: &'static str, color: u8, (x, y): (i32, i32), name: String) {
        scene.line(key, class, color, (x, y - 50), (x + 220, y - 50));
        scene.text(key + 1, "t-s num", x + 270, y, name);
    }

    /// Where the plot may begin.
    pub fn bottom(&self) -> i32 {
        ROW * (self.row + 1) + 120
    }
}

/// Height of a run's chart in units: room for the legend of the preset that has the most rows.
pub fn time_height(manifest: &Manifest, chart: &TimeChart) -> i32 {
    let mut top = 0;
    for preset in 0..manifest.presets.len().max(1) {
        top = top.max(legend(chart, preset).bottom());
    }
    (top + PLOT + ROW + 60) / 10
}

/// The chart of a run up to the event shown.
pub fn time(manifest: &Manifest, chart: &TimeChart, history: &History) -> Scene {
    let samples = history.samples();
    let width = chart.series.len().max(1);
    let last = history.end() as usize;
    let preset = history.settings().preset;
    let bottom = time_height(manifest, chart) * 10 - ROW - 60;
    let mut plot = Plot::new(legend(chart, preset).bottom(), 0);
    plot.bottom = bottom;
    for (idx, &value) in samples.iter().enumerate() {
        if chart.series.get(idx % width).is_some_and(|series| series.is_of(preset)) {
            plot.include(value);
        }
    }
    plot.round();
    let mut scene = Scene::default();
    plot.axes(&mut scene, chart.axis, chart.format);
    let y = plot.bottom + ROW - 20;
    scene.text(6, "t-s num", plot.left, y, "0");
    scene.text(7, "note t", (plot.left + plot.right) / 2, y, "event");
    scene.text(8, "t-e num", plot.right, y, num::integer(i64::from(history.end())));

    let mut label = String::from(chart.title);
    let mut places = Legend::default();
    let several = measured(chart, preset) > 1;
    let mut nth = 0;
    for (idx, series) in chart.series.iter().enumerate() {
        if !series.is_of(preset) {
            continue;
        }
        let mut points = Vec::new();
        let mut now = f64::NAN;
        for event in 0..samples.len() / width {
            now = samples[event * width + idx];
            points.push((plot.x(event, last), now));
        }
        let color = if several && series.line == Line::Measured { nth + 1 } else { 0 };
        let key = 10 + 5 * idx as u32;
        let outline = outline(&plot, &thinned(points));
        scene.path(key, class(series.line), color, outline);
        let place = places.next(series.letters());
        let value = if now.is_finite() { chart.format.write(now) } else { num::NONE.into() };
        let name = join(&[series.label, " ", &value]);
        put(&mut label, "; ");
        put(&mut label, &name);
        Legend::entry(&mut scene, key + 1, class(series.line), color, place, name);
        if series.line == Line::Measured {
            marker(&mut scene, key + 3, nth, color, (place.0 + 110, place.1 - 50));
            if now.is_finite() {
                marker(&mut scene, key + 4, nth, color, (plot.x(history.at() as usize, last), plot.y(now)));
            }
            nth += 1;
        }
    }
    scene.label = label;
    scene
}

/// A line through points (x in tenths, value), broken where there is no value.
pub fn outline(plot: &Plot, points: &[(i32, f64)]) -> Path {
    let mut path = Path::new();
    let mut down = false;
    for &(x, value) in points {
        let drawn = value.is_finite();
        if drawn && down {
            path.line(x, plot.y(value));
        } else if drawn {
            path.go(x, plot.y(value));
        }
        down = drawn;
    }
    path
}

/// The class of a line.
pub fn class(line: Line) -> &'static str {
    match line {
        Line::Measured => "measured",
        Line::Theory => "theory",
        Line::Bound => "bound",
    }
}

/// The mark of the `nth` measured line: a disc, a square, a triangle.
pub fn marker(scene: &mut Scene, key: u32, nth: u8, color: u8, (x, y): (i32, i32)) {
    match nth {
        0 => scene.circle(key, "now", color, x, y, 45),
        1 => scene.rect(key, "now", color, (x - 40, y - 40), (80, 80)),
        _ => {
            let mut path = Path::new();
            path.go(x, y - 50).line(x + 48, y + 40).line(x - 48, y + 40).close();
            scene.path(key, "now", color, path);
        }
    }
}

impl Series {
    /// Whether it is drawn in a preset.
    pub fn is_of(&self, preset: usize) -> bool {
        self.presets.is_empty() || self.presets.contains(&preset)
    }

    /// Letters of its entry in the legend: nine for the value that follows the name.
    fn letters(&self) -> usize {
        letters(self.label) + 9
    }
}

/// Keeps at most [`MAX_POINTS`] points: of each column the smallest and the largest, in order.
fn thinned(all: Vec<(i32, f64)>) -> Vec<(i32, f64)> {
    if all.len() <= MAX_POINTS {
        return all;
    }
    let column = all.len().div_ceil(MAX_POINTS / 2);
    let mut kept = Vec::new();
    let mut start = 0;
    while start < all.len() {
        let end = (start + column).min(all.len());
        let (mut low, mut high) = (start, start);
        for idx in start..end {
            low = if all[idx].1 < all[low].1 { idx } else { low };
            high = if all[idx].1 > all[high].1 { idx } else { high };
        }
        kept.push(all[low.min(high)]);
        if low != high {
            kept.push(all[low.max(high)]);
        }
        start = end;
    }
    kept
}

fn measured(chart: &TimeChart, preset: usize) -> usize {
    let mut count = 0;
    for series in chart.series {
        count += usize::from(series.line == Line::Measured && series.is_of(preset));
    }
    count
}

/// A run's legend with all its entries in place.
fn legend(chart: &TimeChart, preset: usize) -> Legend {
    let mut legend = Legend::default();
    for series in chart.series {
        if series.is_of(preset) {
            legend.next(series.letters());
        }
    }
    legend
}

/// The next round number: 1, 1.2, 1.5, 2, 3, 4, 5, 6, 8 or 10 times a power of ten.
fn round_up(value: f64) -> f64 {
    if value <= 0.0 {
        return 0.0;
    }
    let mut power = 1.0;
    while power * 10.0 < value && power < 1e15 {
        power *= 10.0;
    }
    while power >= value && power > 1e-9 {
        power /= 10.0;
    }
    for step in [1.0, 1.2, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0] {
        // A little slack, so that 0.1 is its own round number whatever the last bit says.
        if step * power * 1.000_000_1 >= value {
            return step * power;
        }
    }
    10.0 * power
}
