//! The sweep: the outcome of whole runs, one for each value of a parameter, beside the curve of theory;
//! on demand of fifty seeds at each value, so that one lucky run is never the argument.

use crate::chart::{Legend, Plot, class, marker, outline};
use crate::history::{Entry, MAX_EVENTS};
use crate::manifest::{Kind, Line};
use crate::{Demo, History, Path, Scene, Settings, num};

/// Height of the panel in units.
pub const HEIGHT: i32 = 226;
/// Most points of a sweep.
const MAX_POINTS: usize = 40;
/// Seeds of the spread: 1 to 50.
const SEEDS: u32 = 50;
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
    /// The outcome of the figure's own seed at each value; NaN while there is none.
    own: Vec<f64>,
    /// Sorted outcomes of many seeds at each value.
    many: Vec<Vec<f64>>,
    /// How many seeds each value gets: 0 or [`SEEDS`].
    seeds: u32,
    /// The next run: 0.. for the own seed, then value by value through the seeds.
    next: usize,
    running: Option<(Box<dyn Demo>, u32)>,
}

impl Sweep {
    /// The sweep of a run's settings; `None` when the manifest asks for none. Nothing is computed yet.
    pub fn new(history: &History) -> Option<Sweep> {
        let entry = history.entry();
        let wanted = entry.manifest.sweep.as_ref()?;
        let param = entry
            .manifest
            .params
            .iter()
            .position(|param| param.name == wanted.param)?;
        let settings = history.settings().clone();
        let xs = values(&entry.manifest.params[param].kind, settings.get(param));
        Some(Sweep {
            entry,
            seed: history.seed(),
            param,
            own: vec![f64::NAN; xs.len()],
            many: vec![Vec::new(); xs.len()],
            xs,
            settings,
            seeds: 0,
            next: 0,
            running: None,
        })
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
        (self.next, self.xs.len() * (1 + self.seeds as usize))
    }

    /// Computes while `go_on` says so, asking after each event. True when there is more to do.
    pub fn work(&mut self, go_on: &mut dyn FnMut() -> bool) -> bool {
        while self.next < self.progress().1 {
            let (mut model, mut event) = match self.running.take() {
                Some(running) => running,
                None => self.begin(),
            };
            let ended = loop {
                if event >= MAX_EVENTS || !model.step() {
                    break true;
                }
                event += 1;
                if !go_on() {
                    break false;
                }
            };
            if !ended {
                self.running = Some((model, event));
                return true;
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
        let plot = self.plot();
        let inside = (plot.left - 120..=plot.right + 120).contains(&x);
        let mut best: Option<(i32, i64)> = None;
        for (idx, &value) in self.xs.iter().enumerate() {
            let distance = (self.x(&plot, idx) - x).abs();
            if best.is_none_or(|(least, _)| distance < least) {
                best = Some((distance, value));
            }
        }
        best.filter(|_| inside).map(|(_, value)| value)
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
        let param = &self.entry.manifest.params[self.param];
        let mut scene = Scene::new(self.label());
        plot.axes(&mut scene, wanted.axis, wanted.format);
        self.x_axis(&mut scene, &plot, param.label);
        let mut legend = Legend::default();
        if let Some(band) = self.band(&plot) {
            scene.path(20, "spread", 0, band);
            let (x, y) = legend.next(19);
            scene.rect(21, "spread", 0, (x, y - 100), (220, 100));
            scene.text(22, "t-s", x + 270, y, "5–95 % of 50 seeds");
        }
        let theory = self.theory();
        if theory.iter().any(|(_, value)| value.is_finite()) {
            scene.path(23, class(Line::Theory), 0, self.curve(&plot, &theory));
            let (x, y) = legend.next(7);
            scene.line(24, class(Line::Theory), 0, (x, y - 50), (x + 220, y - 50));
            scene.text(25, "t-s", x + 270, y, "theory");
        }
        let own: Vec<(usize, f64)> = self.own.iter().copied().enumerate().collect();
        let line = self.curve(&plot, &own);
        if !line.is_empty() {
            scene.path(26, class(Line::Measured), 0, line);
            let mut dots = Path::new();
            for &(idx, value) in own.iter().filter(|(_, value)| value.is_finite()) {
                dots.dot(self.x(&plot, idx), plot.y(value));
            }
            scene.path(27, "dots measured-dots", 0, dots);
            let (x, y) = legend.next(14);
            scene.line(28, class(Line::Measured), 0, (x, y - 50), (x + 220, y - 50));
            let mut text = String::from("seed ");
            text.push_str(&num::integer_plain(i64::from(self.seed)));
            scene.text(29, "t-s", x + 270, y, text);
        }
        if let Some(idx) = self
            .xs
            .iter()
            .position(|&x| x == self.settings.get(self.param))
            && self.own[idx].is_finite()
        {
            marker(
                &mut scene,
                30,
                0,
                0,
                (self.x(&plot, idx), plot.y(self.own[idx])),
            );
        }
        scene
    }

    fn begin(&self) -> (Box<dyn Demo>, u32) {
        let (idx, seed) = self.run(self.next);
        let mut settings = self.settings.clone();
        settings.set(self.param, self.xs[idx]);
        ((self.entry.new)(&settings, seed), 0)
    }

    /// Which value and seed a run has.
    fn run(&self, run: usize) -> (usize, u32) {
        match run.checked_sub(self.xs.len()) {
            None => (run, self.seed),
            Some(run) => (run / SEEDS as usize, 1 + (run % SEEDS as usize) as u32),
        }
    }

    fn store(&mut self, outcome: f64) {
        let (idx, _) = self.run(self.next);
        if self.next < self.xs.len() {
            self.own[idx] = outcome;
        } else if outcome.is_finite() {
            let sorted = &mut self.many[idx];
            let place = sorted.iter().take_while(|&&other| other < outcome).count();
            sorted.insert(place, outcome);
        }
        self.next += 1;
    }

    fn theory(&self) -> Vec<(usize, f64)> {
        let mut settings = self.settings.clone();
        let mut value = |x: i64| {
            settings.set(self.param, x);
            (self.entry.theory)(&settings).unwrap_or(f64::NAN)
        };
        self.xs
            .iter()
            .enumerate()
            .map(|(idx, &x)| (idx, value(x)))
            .collect()
    }

    /// The middle nine tenths of many seeds, as an outline; `None` until two values have theirs.
    fn band(&self, plot: &Plot) -> Option<Path> {
        let full = |sorted: &&Vec<f64>| sorted.len() >= 20 && self.seeds > 0;
        let done: Vec<(usize, f64, f64)> = self
            .many
            .iter()
            .enumerate()
            .filter(|(_, sorted)| full(sorted))
            .map(|(idx, sorted)| {
                let cut = sorted.len() / 20;
                (idx, sorted[cut], sorted[sorted.len() - 1 - cut])
            })
            .collect();
        let mut path = Path::new();
        if done.len() < 2 {
            return None;
        }
        for (nth, &(idx, _, high)) in done.iter().enumerate() {
            let (x, y) = (self.x(plot, idx), plot.y(high));
            if nth == 0 {
                path.go(x, y);
            } else {
                path.line(x, y);
            }
        }
        for &(idx, low, _) in done.iter().rev() {
            path.line(self.x(plot, idx), plot.y(low));
        }
        path.close();
        Some(path)
    }

    fn plot(&self) -> Plot {
        let theory = self.theory();
        let shown = theory
            .iter()
            .map(|&(_, value)| value)
            .chain(self.own.iter().copied());
        let high = self.many.iter().filter_map(|sorted| sorted.last().copied());
        let mut legend = Legend::default();
        for letters in [19, 7, 14] {
            legend.next(letters);
        }
        Plot::new(legend.bottom(), PLOT, &mut shown.chain(high))
    }

    fn curve(&self, plot: &Plot, points: &[(usize, f64)]) -> Path {
        // Places come from the values, not from their index: draw on a fine ruler.
        let placed: Vec<(usize, f64)> = points
            .iter()
            .map(|&(idx, value)| ((self.x(plot, idx) - plot.left).max(0) as usize, value))
            .collect();
        outline(plot, &placed, (plot.right - plot.left) as usize)
    }

    fn x(&self, plot: &Plot, idx: usize) -> i32 {
        let log = self
            .entry
            .manifest
            .sweep
            .as_ref()
            .is_some_and(|sweep| sweep.log);
        let place = |value: i64| if log { doublings(value) } else { value as f64 };
        let (Some(&first), Some(&last)) = (self.xs.first(), self.xs.last()) else {
            return plot.left;
        };
        let value = self.xs.get(idx).copied().unwrap_or(last);
        let (low, high) = (place(first), place(last));
        let part = if high > low {
            (place(value) - low) / (high - low)
        } else {
            0.5
        };
        plot.left + crate::math::round(part * f64::from(plot.right - plot.left))
    }

    fn x_axis(&self, scene: &mut Scene, plot: &Plot, label: &str) {
        let y = plot.bottom + 170;
        let mut free = 0;
        for (idx, &value) in self.xs.iter().enumerate() {
            let text = num::integer(value);
            let half = 42 * text.chars().count() as i32;
            let x = self.x(plot, idx).min(3200 - half);
            if x - half >= free {
                free = x + half + 60;
                scene.text(100 + idx as u32, "t num", x, y, text);
            }
        }
        scene.text(6, "note t", (plot.left + plot.right) / 2, y + 190, label);
    }

    fn label(&self) -> String {
        let Some(wanted) = &self.entry.manifest.sweep else {
            return String::new();
        };
        let mut label = String::from(wanted.title);
        let ends = [
            self.own.iter().zip(&self.xs).next(),
            self.own.iter().zip(&self.xs).next_back(),
        ];
        for (value, x) in ends
            .into_iter()
            .flatten()
            .filter(|(value, _)| value.is_finite())
        {
            label.push_str("; at ");
            label.push_str(&num::integer(*x));
            label.push_str(": ");
            label.push_str(&wanted.format.write(*value));
        }
        label
    }
}

/// At most [`MAX_POINTS`] of a parameter's values, the current one among them.
fn values(kind: &Kind, current: i64) -> Vec<i64> {
    let len = kind.len();
    if len <= MAX_POINTS {
        return (0..len).map(|idx| kind.at(idx)).collect();
    }
    let mut xs: Vec<i64> = (0..MAX_POINTS)
        .map(|nth| kind.at(nth * (len - 1) / (MAX_POINTS - 1)))
        .collect();
    if !xs.contains(&current) {
        let below = xs.iter().filter(|&&x| x < current).count();
        // The ends stay: move an inner neighbour.
        let nearest = below.clamp(1, MAX_POINTS - 2);
        xs[nearest] = current;
    }
    xs
}

/// How often 1 doubles up to a value, linear between powers of two: exact at them, and without a logarithm.
fn doublings(value: i64) -> f64 {
    let value = value.max(1) as u64;
    let whole = value.ilog2();
    f64::from(whole) + (value as f64 / (1_u64 << whole) as f64 - 1.0)
}
