//! Line charts: axes with units, measured solid, theory dashed, bounds dotted, the current point marked.
//!
//! The chart of a run draws only up to the event shown, and scales to what it draws: it never gives the end away.

use crate::manifest::{Format, Line, TimeChart};
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
    /// A plot that is as wide as a panel with its numbers allows, scaled to the values given.
    pub fn new(top: i32, height: i32, values: &mut dyn Iterator<Item = f64>) -> Plot {
        let (mut low, mut high) = (0.0_f64, 0.0_f64);
        for value in values.filter(|value| value.is_finite()) {
            low = if value < low { value } else { low };
            high = if value > high { value } else { high };
        }
        let (low, high) = (-round_up(-low), round_up(high));
        let high = if low == high { 1.0 } else { high };
        Plot {
            left: 470,
            right: 3110,
            top,
            bottom: top + height,
            low,
            high,
        }
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

    /// Draws axes, grid and the numbers of the y axis; `title` names it with its unit. Uses keys 0..10.
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
        axis.go(self.left, self.top)
            .line(self.left, self.bottom)
            .line(self.right, self.bottom);
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
    /// Where the next entry's sample starts and its line of text stands, for a text of `letters` letters.
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

    /// Where the plot may begin.
    pub fn bottom(&self) -> i32 {
        ROW * (self.row + 1) + 120
    }
}

/// Height of a run's chart in units: it depends on how many rows its legend takes.
pub fn time_height(chart: &TimeChart) -> i32 {
    (legend(chart).1 + PLOT + ROW + 60) / 10
}

/// The chart of a run up to the event shown.
pub fn time(chart: &TimeChart, history: &History) -> Scene {
    let samples = history.samples();
    let width = chart.series.len().max(1);
    let last = history.end().max(1) as usize;
    let (places, top) = legend(chart);
    let plot = Plot::new(top, PLOT, &mut samples.iter().copied());
    let mut scene = Scene::new("");
    plot.axes(&mut scene, chart.axis, chart.format);
    let y = plot.bottom + ROW - 20;
    scene.text(6, "t-s num", plot.left, y, "0");
    scene.text(7, "note t", (plot.left + plot.right) / 2, y, "event");
    scene.text(
        8,
        "t-e num",
        plot.right,
        y,
        num::integer(i64::from(history.end())),
    );

    let mut label = String::from(chart.title);
    let mut measured = 0;
    let several = chart
        .series
        .iter()
        .filter(|series| series.line == Line::Measured)
        .count()
        > 1;
    for (idx, series) in chart.series.iter().enumerate() {
        let values = || samples.iter().skip(idx).step_by(width).copied();
        let color = if several && series.line == Line::Measured {
            measured + 1
        } else {
            0
        };
        let class = class(series.line);
        let key = 10 + 5 * idx as u32;
        let outline = outline(&plot, &thinned(&mut values().enumerate()), last);
        if !outline.is_empty() {
            scene.path(key, class, color, outline);
        }
        let (x, y) = places[idx];
        scene.line(key + 1, class, color, (x, y - 50), (x + 220, y - 50));
        let now = values().last().filter(|value| value.is_finite());
        let mut text = String::from(series.label);
        text.push(' ');
        match now {
            Some(value) => text.push_str(&chart.format.write(value)),
            None => text.push_str(num::NONE),
        }
        label.push_str("; ");
        label.push_str(&text);
        scene.text(key + 2, "t-s num", x + 270, y, text);
        if series.line == Line::Measured {
            if let Some(value) = now {
                let at = (plot.x(history.at() as usize, last), plot.y(value));
                marker(&mut scene, key + 3, measured, color, at);
            }
            marker(&mut scene, key + 4, measured, color, (x + 110, y - 50));
            measured += 1;
        }
    }
    scene.label = label;
    scene
}

/// A line through points, broken where there is no value.
pub fn outline(plot: &Plot, points: &[(usize, f64)], last: usize) -> Path {
    let mut path = Path::new();
    let mut down = false;
    for &(idx, value) in points {
        if !value.is_finite() {
            down = false;
            continue;
        }
        let (x, y) = (plot.x(idx, last), plot.y(value));
        if down {
            path.line(x, y);
        } else {
            path.go(x, y);
        }
        down = true;
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
            path.go(x, y - 50)
                .line(x + 48, y + 40)
                .line(x - 48, y + 40)
                .close();
            scene.path(key, "now", color, path);
        }
    }
}

/// Keeps at most [`MAX_POINTS`] points: of each column the smallest and the largest, in order.
fn thinned(points: &mut dyn Iterator<Item = (usize, f64)>) -> Vec<(usize, f64)> {
    let all: Vec<(usize, f64)> = points.collect();
    if all.len() <= MAX_POINTS {
        return all;
    }
    let column = all.len().div_ceil(MAX_POINTS / 2);
    let mut kept = Vec::new();
    for chunk in all.chunks(column) {
        let (mut low, mut high) = (chunk[0], chunk[0]);
        for &point in chunk {
            low = if point.1 < low.1 { point } else { low };
            high = if point.1 > high.1 { point } else { high };
        }
        kept.push(if low.0 < high.0 { low } else { high });
        if low.0 != high.0 {
            kept.push(if low.0 < high.0 { high } else { low });
        }
    }
    kept
}

/// Where the entries of a run's legend stand, and where its plot begins.
fn legend(chart: &TimeChart) -> (Vec<(i32, i32)>, i32) {
    let mut legend = Legend::default();
    // Nine letters for the value that follows the name.
    let place = |series: &crate::Series| legend.next(series.label.chars().count() + 9);
    (chart.series.iter().map(place).collect(), legend.bottom())
}

/// The next round number: 1, 2, 3, 4, 5, 6, 8 or 10 times a power of ten.
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
    let steps = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0];
    // A little slack, so that 0.1 is its own round number whatever the last bit says.
    let step = steps
        .into_iter()
        .find(|step| step * power * 1.000_000_1 >= value);
    step.unwrap_or(10.0) * power
}
