//! The sweep: the outcome of whole runs, one for each value of a parameter, beside the curve of theory;
//! on demand of fifty seeds at each value, so that one lucky run is never the argument.

use crate::chart::{Legend, Plot, marker, outline};
use crate::history::{Entry, MAX_EVENTS};
use crate::manifest::Kind;
use crate::text::{join, letters, put};
use crate::{Demo, History, Path, Scene, Settings, num};

/// Height of the panel in units.
pub const HEIGHT: i32 = 226;
/// Most points of a sweep.
const MAX_POINTS: usize = 40;
/// Seeds of the spread: 1 to 50.
const SEEDS: usize = 50;
/// Outcomes that a value needs before its spread is drawn.
const ENOUGH: usize = 20;
/// Height of the plot in tenths.
const PLOT: i32 = 1140;

/// A sweep, computed in slices.
pub struct Sweep {
    entry: Entry,
    settings: Settings,
    seed: u32,
    param: usize,
    /// The parameter's values, ascending.
    xs: Vec<i64>,
    /// What theory says at each value; NaN where it says nothing.
    theory: Vec<f64>,
    /// The outcome of the figure's own seed at each value; NaN while there is none.
    own: Vec<f64>,
    /// Sorted outcomes of many seeds at each value.
    many: Vec<Vec<f64>>,
    /// How many seeds each value gets: 0 or [`SEEDS`].
    seeds: usize,
    /// The next run: 0.. for the own seed, then value by value through the seeds.
    next: usize,
    running: Option<(Box<dyn Demo>, u32)>,
}

impl Sweep {
    /// The sweep of a run's settings; `None` when the manifest asks for none. Nothing is computed yet.
    pub fn new(history: &History) -> Option<Sweep> {
        let entry = history.entry();
        let wanted = entry.manifest.sweep.as_ref()?;
        let param = entry.manifest.params.iter().position(|param| param.name == wanted.param)?;
        let settings = history.settings().clone();
        let xs = values(&entry.manifest.params[param].kind, settings.get(param));
        let mut sweep = Sweep {
            entry,
            seed: history.seed(),
            param,
            theory: Vec::new(),
            own: Vec::new(),
            many: Vec::new(),
            xs,
            settings,
            seeds: 0,
            next: 0,
            running: None,
        };
        for idx in 0..sweep.xs.len() {
            sweep.theory.push((entry.theory)(&sweep.settings_at(idx)).unwrap_or(f64::NAN));
            sweep.own.push(f64::NAN);
            sweep.many.push(Vec::new());
        }
        Some(sweep)
    }

    /// Whether it is the sweep of this run's settings.
    pub fn is_of(&self, history: &History) -> bool {
        self.settings == *history.settings() && self.seed == history.seed()
    }

    /// Asks for the spread of fifty seeds, too.
    pub fn want_seeds(&mut self) {
        self.seeds = SEEDS;
    }

    /// Runs done and runs wanted.
    pub fn progress(&self) -> (usize, usize) {
        (self.next, self.xs.len() * (1 + self.seeds))
    }

    /// How many values it has.
    pub fn points(&self) -> usize {
        self.xs.len()
    }

    /// Computes while `go_on` says so, asking after each event. True when there is more to do.
    pub fn work(&mut self, go_on: &mut dyn FnMut() -> bool) -> bool {
        while self.next < self.progress().1 {
            let (mut model, mut event) = match self.running.take() {
                Some(running) => running,
                None => self.begin(),
            };
            while event < MAX_EVENTS && model.step() {
                event += 1;
                if !go_on() {
                    self.running = Some((model, event));
                    return true;
                }
            }
            self.store(model.outcome().unwrap_or(f64::NAN));
            if !go_on() {
                break;
            }
        }
        self.next < self.progress().1
    }

    /// The value at a place of the panel, x in tenths, for a click; `None` when it is not in the plot.
    pub fn value_at(&self, x: i32) -> Option<i64> {
        let mut least = i32::MAX;
        let mut best = None;
        for (idx, &value) in self.xs.iter().enumerate() {
            let distance = (self.x(idx) - x).abs();
            if distance < least {
                least = distance;
                best = Some(value);
            }
        }
        // Right of the plot there is nothing but the last value's number.
        best.filter(|_| x >= self.area(0).left - 120)
    }

    /// The outcome of the figure's own seed at a value, once it is there.
    pub fn value_of(&self, x: i64) -> Option<f64> {
        let idx = self.xs.iter().position(|&other| other == x)?;
        self.own.get(idx).copied().filter(|value| value.is_finite())
    }

    /// Index of the parameter that it varies.
    pub fn param(&self) -> usize {
        self.param
    }

    /// What it shows so far.
    pub fn scene(&self) -> Scene {
        let Some(wanted) = &self.entry.manifest.sweep else {
            return Scene::default();
        };
        let plot = self.plot();
        let mut scene = Scene::new(self.label());
        plot.axes(&mut scene, wanted.axis, wanted.format);
        self.x_axis(&mut scene, &plot);
        let mut legend = Legend::default();
        if let Some(band) = self.band(&plot) {
            scene.path(20, "spread", 0, band);
            let name = "5–95 % of 50 seeds";
            let (x, y) = legend.next(19);
            scene.rect(21, "spread", 0, (x, y - 100), (220, 100));
            scene.text(22, "t-s", x + 270, y, name);
        }
        let theory = self.curve(&plot, &self.theory);
        if !theory.is_empty() {
            scene.path(23, "theory", 0, theory);
            Legend::entry(&mut scene, 24, "theory", 0, legend.next(7), "theory".into());
        }
        let own = self.curve(&plot, &self.own);
        if own.is_empty() {
            return scene;
        }
        scene.path(26, "measured", 0, own);
        let name = join(&["seed ", &num::integer_plain(i64::from(self.seed))]);
        Legend::entry(&mut scene, 27, "measured", 0, legend.next(14), name);
        let mut dots = Path::new();
        for (idx, &value) in self.own.iter().enumerate() {
            let (x, y) = (self.x(idx), plot.y(value));
            if !value.is_finite() {
                continue;
            }
            dots.dot(x, y);
            if self.xs[idx] == self.settings.get(self.param) {
                marker(&mut scene, 30, 0, 0, (x, y));
            }
        }
        scene.path(29, "dots", 0, dots);
        // The current point is painted over the others.
        if let Some(idx) = scene.items.iter().position(|item| item.key == 30) {
            let now = scene.items.remove(idx);
            scene.items.push(now);
        }
        scene
    }

    fn begin(&self) -> (Box<dyn Demo>, u32) {
        let (idx, seed) = self.run(self.next);
        ((self.entry.new)(&self.settings_at(idx), seed), 0)
    }

    /// Which value and seed a run has.
    fn run(&self, run: usize) -> (usize, u32) {
        match run.checked_sub(self.xs.len()) {
            None => (run, self.seed),
            Some(run) => (run / SEEDS, 1 + (run % SEEDS) as u32),
        }
    }

    fn settings_at(&self, idx: usize) -> Settings {
        let mut settings = self.settings.clone();
        settings.set(self.param, self.xs[idx]);
        settings
    }

    fn store(&mut self, outcome: f64) {
        let (idx, _) = self.run(self.next);
        if self.next < self.xs.len() {
            self.own[idx] = outcome;
        } else if outcome.is_finite() {
            let sorted = &mut self.many[idx];
            let mut place = 0;
            while sorted.get(place).is_some_and(|&other| other < outcome) {
                place += 1;
            }
            sorted.insert(place, outcome);
        }
        self.next += 1;
    }

    /// The middle nine tenths of many seeds at a value, by its index; `None` until there are enough of them.
    pub fn spread(&self, idx: usize) -> Option<(f64, f64)> {
        let sorted = self.many.get(idx)?;
        let cut = sorted.len() / 20;
        (sorted.len() >= ENOUGH).then(|| (sorted[cut], sorted[sorted.len() - 1 - cut]))
    }

    /// The spread as an outline; `None` until two values have theirs.
    fn band(&self, plot: &Plot) -> Option<Path> {
        let mut path = Path::new();
        let mut done = 0;
        for idx in 0..self.many.len() {
            if let Some((_, high)) = self.spread(idx) {
                let (x, y) = (self.x(idx), plot.y(high));
                if done == 0 {
                    path.go(x, y);
                } else {
                    path.line(x, y);
                }
                done += 1;
            }
        }
        for idx in (0..self.many.len()).rev() {
            if let Some((low, _)) = self.spread(idx) {
                path.line(self.x(idx), plot.y(low));
            }
        }
        path.close();
        (done > 1).then_some(path)
    }

    fn plot(&self) -> Plot {
        let mut legend = Legend::default();
        for letters in [19, 7, 14] {
            legend.next(letters);
        }
        let mut plot = self.area(legend.bottom());
        for idx in 0..self.xs.len() {
            plot.include(self.theory[idx]);
            plot.include(self.own[idx]);
            plot.include(self.many[idx].last().copied().unwrap_or(0.0));
        }
        plot.round();
        plot
    }

    /// Where it is drawn: the last value has room for its number below it.
    fn area(&self, top: i32) -> Plot {
        let mut plot = Plot::new(top, PLOT);
        // And a little more, for fonts with wide digits.
        plot.right = plot.right.min(3180 - self.half(self.xs.len() - 1));
        plot
    }

    fn curve(&self, plot: &Plot, values: &[f64]) -> Path {
        let mut points = Vec::new();
        for (idx, &value) in values.iter().enumerate() {
            points.push((self.x(idx), value));
        }
        outline(plot, &points)
    }

    /// The place of a value, by its index.
    fn x(&self, idx: usize) -> i32 {
        let plot = self.area(0);
        let (low, high) = (self.place(0), self.place(self.xs.len() - 1));
        let part = if high > low { (self.place(idx) - low) / (high - low) } else { 0.5 };
        plot.left + crate::math::round(part * f64::from(plot.right - plot.left))
    }

    fn place(&self, idx: usize) -> f64 {
        let value = self.xs[idx];
        let log = self.entry.manifest.sweep.as_ref().is_some_and(|sweep| sweep.log);
        if log { doublings(value) } else { value as f64 }
    }

    fn x_axis(&self, scene: &mut Scene, plot: &Plot) {
        let y = plot.bottom + 170;
        // The ends have their numbers, those between as they find room.
        let last = self.xs.len() - 1;
        let end = self.x(last) - self.half(last) - 60;
        let mut free = i32::MIN;
        for (idx, &value) in self.xs.iter().enumerate() {
            let (x, half) = (self.x(idx), self.half(idx));
            if x - half >= free && (x + half <= end || idx == last) {
                free = x + half + 60;
                scene.text(100 + idx as u32, "t num", x, y, self.written(value));
            }
        }
        let label = self.entry.manifest.params[self.param].label;
        scene.text(6, "note t", (plot.left + plot.right) / 2, y + 190, label);
    }

    /// Half of the width of a value's number on the axis, by its index.
    fn half(&self, idx: usize) -> i32 {
        42 * letters(&self.written(self.xs[idx])) as i32
    }

    /// A value as it stands on the axis.
    fn written(&self, value: i64) -> String {
        self.entry.manifest.params[self.param].number(value)
    }

    fn label(&self) -> String {
        let Some(wanted) = &self.entry.manifest.sweep else {
            return String::new();
        };
        let mut label = String::from(wanted.title);
        for idx in [0, self.xs.len() - 1] {
            if self.own[idx].is_finite() {
                let value = wanted.format.write(self.own[idx]);
                put(&mut label, &join(&["; at ", &self.written(self.xs[idx]), ": ", &value]));
            }
        }
        label
    }
}

/// At most [`MAX_POINTS`] of a parameter's values, the current one among them; at least one.
fn values(kind: &Kind, current: i64) -> Vec<i64> {
    let len = kind.len().max(1);
    let count = len.min(MAX_POINTS);
    let mut xs = Vec::new();
    for nth in 0..count {
        xs.push(kind.at(nth * (len - 1) / (count - 1).max(1)));
    }
    if !xs.contains(&current) {
        let mut below = 0;
        while xs.get(below).is_some_and(|&x| x < current) {
            below += 1;
        }
        // The ends stay: an inner neighbour moves.
        xs[below.clamp(1, count - 2)] = current;
    }
    xs
}

/// How often 1 doubles up to a value, linear between powers of two: exact at them, and without a logarithm.
fn doublings(value: i64) -> f64 {
    let value = value.max(1) as u64;
    let whole = value.ilog2();
    f64::from(whole) + (value as f64 / (1_u64 << whole) as f64 - 1.0)
}
