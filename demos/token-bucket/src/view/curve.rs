//! Cumulative requests over time: how many came, how many passed, and the cone of what may still pass, from now on: at most
//! the tokens that are there and those that will drip in. The cone slides along with time, and the curve never leaves it.

use demo_kit::chart::{Legend, Plot};
use demo_kit::sentence::say;
use demo_kit::{Ctx, Format, Path, Scene};

use crate::limiter::Fate;
use crate::manifest::REQUEST_BASE;
use crate::measure::{per_second, seconds, tokens};
use crate::story::{Event, TokenBucket};
use crate::traffic::YEAR;

// All lengths in tenths of a unit.
const BOTTOM: i32 = 2080;
/// Steps closer to each other are drawn as one.
const FINE: i32 = 12;

const CONE: u32 = 20;
const EDGE: u32 = 21;
const CAME: u32 = 22;
const PASSED: u32 = 23;
const NOW: u32 = 24;
const CHOSEN: u32 = 25;
const LEGEND: u32 = 30;
const LABELS: u32 = 40;

/// The panel.
pub fn scene(run: &TokenBucket, ctx: &Ctx) -> Scene {
    let limiter = &run.limiter;
    let mut label = say("Requests over time: ");
    label.count(limiter.requests.len()).put(" came, ").count(limiter.passed).put(" passed");
    let mut scene = Scene::new(label.done());
    let mut legend = Legend::default();
    let came = say("came ").count(limiter.requests.len()).take();
    Legend::entry(&mut scene, LEGEND, "measured", 4, legend.next(12), came);
    let passed = say("passed ").count(limiter.passed).take();
    Legend::entry(&mut scene, LEGEND + 2, "measured", 1, legend.next(12), passed);
    Legend::entry(&mut scene, LEGEND + 4, "theory", 0, legend.next(8), "may pass".into());
    let mut plot = Plot::new(legend.bottom(), 0);
    plot.bottom = BOTTOM;
    let cone = (run.event != Event::Setup).then(|| Cone::of(run));
    plot.high = scale(cone.as_ref().map_or(0.0, |cone| cone.high));
    plot.axes(&mut scene, "requests", Format::Number);
    times(&mut scene, run, &plot);
    if let Some(cone) = &cone {
        cone.draw(&mut scene, run, &plot);
    }
    curves(&mut scene, run, &plot);
    if let Some(request) = ctx.selected.and_then(|mark| limiter.requests.get(mark.wrapping_sub(REQUEST_BASE) as usize))
    {
        let x = x(run, &plot, request.at);
        scene.line(CHOSEN, "select", 0, (x, plot.top), (x, plot.bottom));
    }
    scene
}

/// The next larger of 5, 10, 20, 50, 100, ...: the scale follows what is drawn, and does not jump at every step.
fn scale(high: f64) -> f64 {
    let mut step = 5.0;
    loop {
        for factor in [1.0, 2.0, 4.0] {
            if step * factor >= high {
                return step * factor;
            }
        }
        step *= 10.0;
    }
}

/// The place of an instant.
fn x(run: &TokenBucket, plot: &Plot, at: u64) -> i32 {
    let script = &run.script;
    let span = (script.to - script.from).max(1);
    let since = at.clamp(script.from, script.to) - script.from;
    plot.left + (i64::from(plot.right - plot.left) * since as i64 / span as i64) as i32
}

fn times(scene: &mut Scene, run: &TokenBucket, plot: &Plot) {
    let script = &run.script;
    let y = plot.bottom + 170;
    let after = script.from + crate::model::SECOND >= YEAR;
    let end = if after { script.to - YEAR } else { script.to };
    scene.text(LABELS, "t-s num", plot.left, y, if after { "−1" } else { "0" });
    scene.text(
        LABELS + 1,
        "t note",
        (plot.left + plot.right) / 2,
        y,
        if after { "s, after a year" } else { "time, s" },
    );
    scene.text(LABELS + 2, "t-e num", plot.right, y, demo_kit::num::number(seconds(end)));
}

/// What may pass from now on.
struct Cone {
    /// What has passed, and what could at once.
    base: f64,
    top: f64,
    /// Until when it is drawn, and what may have passed by then.
    end: u64,
    high: f64,
}

impl Cone {
    fn of(run: &TokenBucket) -> Cone {
        let rules = &run.limiter.rules;
        let script = &run.script;
        let cost = rules.cost as f64;
        let base = run.limiter.passed as f64;
        let top = base + tokens(run.limiter.bucket.level()) / cost;
        let now = run.at.max(script.from);
        // A quarter of the plot ahead, but not so far that what has passed becomes a line on the floor.
        let room = seconds((script.to - script.from) / 4) * per_second(rules.rate) / cost;
        let most = if top > 5.0 { top } else { 5.0 };
        let rise = if room < most { room } else { most };
        let ahead = if room > 0.0 { (script.to - script.from) as f64 / 4.0 * (rise / room) } else { 0.0 };
        let end = (now + ahead as u64).min(script.to);
        let high = top + per_second(rules.rate) * seconds(end.saturating_sub(now)) / cost;
        Cone { base, top, end, high }
    }

    fn draw(&self, scene: &mut Scene, run: &TokenBucket, plot: &Plot) {
        let (from, to) = (x(run, plot, run.at), x(run, plot, self.end));
        let (base, top, high) = (plot.y(self.base), plot.y(self.top), plot.y(self.high));
        let mut cone = Path::new();
        cone.go(from, base).line(from, top).line(to, high).line(to, base).close();
        scene.path(CONE, "band", 0, cone);
        let mut edge = Path::new();
        edge.go(from, base).line(from, top).line(to, high);
        scene.path(EDGE, "theory", 0, edge);
    }
}

/// The two step lines. What came may leave the plot at its top.
fn curves(scene: &mut Scene, run: &TokenBucket, plot: &Plot) {
    let now = x(run, plot, run.at);
    let (mut came, mut passed) = (Steps::new(plot), Steps::new(plot));
    for request in &run.limiter.requests {
        came.up(x(run, plot, request.at));
        if let Fate::Passed(at) = request.fate {
            passed.up(x(run, plot, at));
        }
    }
    scene.path(CAME, "measured", 4, came.until(now).0);
    let (path, at) = passed.until(now);
    scene.path(PASSED, "measured", 1, path);
    scene.circle(NOW, "now", 1, now, at, 45);
}

/// A line that goes up by one at each step, as far as the plot goes.
struct Steps<'a> {
    plot: &'a Plot,
    path: Path,
    count: u32,
    /// Where the line ends, and where the next step is due.
    drawn: (i32, i32),
    due: i32,
}

impl<'a> Steps<'a> {
    fn new(plot: &'a Plot) -> Steps<'a> {
        let drawn = (plot.left, plot.bottom);
        let mut path = Path::new();
        path.go(drawn.0, drawn.1);
        Steps { plot, path, count: 0, drawn, due: drawn.0 }
    }

    fn up(&mut self, x: i32) {
        if x - self.due >= FINE {
            self.flush(x);
        }
        self.count += 1;
    }

    /// Draws what is due: up to the count, then right.
    fn flush(&mut self, x: i32) {
        let y = self.plot.y(f64::from(self.count)).max(self.plot.top);
        if y != self.drawn.1 {
            self.path.line(self.due, self.drawn.1).line(self.due, y);
            self.drawn = (self.due, y);
        }
        self.due = x;
    }

    fn until(mut self, x: i32) -> (Path, i32) {
        self.flush(x);
        self.path.line(x, self.drawn.1);
        (self.path, self.drawn.1)
    }
}
