//! What stands beside the bucket. GCRA: now at the left end, the burst's worth of time to the right, and a bar up to the
//! theoretical arrival time; a request passes while the bar ends left of the limit. Or a fixed window: what it let pass in each
//! second, under its limit.

use demo_kit::math::between;
use demo_kit::sentence::say;
use demo_kit::{Ctx, Path, Scene};

use crate::manifest::BESIDE;
use crate::model::{SECOND, TOKEN};
use crate::story::TokenBucket;
use crate::words;

// All lengths in tenths of a unit.
const LEFT: i32 = 60;
const RIGHT: i32 = 3140;
const TOP: i32 = 330;
const BOTTOM: i32 = 620;
/// Most windows that are drawn.
const WINDOWS: usize = 60;

/// The panel.
pub fn scene(run: &TokenBucket, ctx: &Ctx) -> Scene {
    if run.setup.get(BESIDE) == 0 { clock(run, ctx.phase) } else { window(run) }
}

fn clock(run: &TokenBucket, phase: i32) -> Scene {
    let limiter = &run.limiter;
    let rules = &limiter.rules;
    let tat = words::tat(run);
    let mut scene = Scene::new(say("GCRA: the theoretical arrival time is ").put(&tat).take());
    scene.text(0, "t-s", LEFT, 160, say("GCRA: TAT ").put(&tat).take());
    let burst = rules.burst * TOKEN;
    let width = |ahead: u64| (i64::from(RIGHT - LEFT) * ahead.min(burst) as i64 / burst as i64) as i32;
    let before = burst.saturating_sub(run.before.level);
    let bar = between(width(before), width(limiter.gcra.ahead()), phase);
    scene.rect(1, "node", 0, (LEFT, TOP), (RIGHT - LEFT, BOTTOM - TOP));
    scene.rect(2, "bar", 3, (LEFT, TOP), (bar, BOTTOM - TOP));
    // Where the bar must end for a request to pass; nowhere when it costs more than the burst.
    if let Some(room) = burst.checked_sub(rules.cost * TOKEN) {
        let x = LEFT + width(room);
        scene.line(3, "mean", 0, (x, TOP - 70), (x, BOTTOM + 70));
        scene.line(4, "mean", 0, (1430, BOTTOM + 90), (1430, BOTTOM + 230));
        scene.text(7, "t-s note", 1490, BOTTOM + 210, "limit");
    }
    scene.text(5, "t-s note", LEFT, BOTTOM + 210, "now");
    let end = match burst.checked_div(rules.rate) {
        Some(time) => say("+").put(&words::seconds(time / 1_000 * 1_000)).take(),
        None => "never".into(),
    };
    scene.text(6, "t-e note num", RIGHT, BOTTOM + 210, end);
    scene
}

fn window(run: &TokenBucket) -> Scene {
    let limiter = &run.limiter;
    let window = &limiter.window;
    let mut label = say("Window: ");
    label.count(window.passed).put(" passed, bucket: ").count(limiter.passed);
    let text = label.done();
    let mut scene = Scene::new(text.clone());
    scene.text(0, "t-s num", LEFT, 160, text);
    let first = run.script.from / SECOND;
    let all = (run.script.to.div_ceil(SECOND) - first).clamp(1, WINDOWS as u64) as i32;
    let pitch = (RIGHT - LEFT) / all;
    let mut bars = Path::new();
    for (second, count) in window.counts() {
        let nth = second.saturating_sub(first) as i32;
        if nth < all && *count > 0 {
            let height = ((i64::from(BOTTOM - TOP) * *count as i64) / window.limit.max(1) as i64) as i32;
            let (from, to) = (LEFT + pitch * nth, LEFT + pitch * (nth + 1) - (pitch / 10).min(60));
            bars.go(from, BOTTOM).line(from, BOTTOM - height).line(to, BOTTOM - height).line(to, BOTTOM).close();
        }
    }
    scene.path(1, "bar", 4, bars);
    scene.line(2, "axis", 0, (LEFT, BOTTOM), (RIGHT, BOTTOM));
    scene.line(3, "mean", 0, (LEFT, TOP), (RIGHT, TOP));
    let limit = say("limit ").put(&words::rate(window.limit)).put(" per second of the clock").take();
    scene.text(4, "t-s note num", LEFT, BOTTOM + 210, limit);
    scene
}
