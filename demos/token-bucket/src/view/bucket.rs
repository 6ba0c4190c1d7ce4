//! The stage: tokens drip into the bucket from above, requests come along the lane from the left. Under the bucket is the
//! gate: who passes takes a token along and rolls on, filled; who is turned away falls below, hollow and crossed out. Up to
//! twenty tokens are discs on their places, and the next one's ring closes as it drips; more are a level with a scale.

use std::ops::Range;

use demo_kit::math::{between, polar};
use demo_kit::sentence::say;
use demo_kit::{Ctx, Path, Scene, num};

use crate::limiter::Fate;
use crate::manifest::{BUCKET, DRIP, GATE, REQUEST_BASE};
use crate::model::TOKEN;
use crate::story::{Event, TokenBucket};
use crate::traffic::YEAR;
use crate::words;

// All lengths in tenths of a unit.
const MIDDLE: i32 = 1600;
/// Lower end of the pipe from which tokens drip, at least, and its distance from the rim.
const PIPE: i32 = 210;
const DROP: i32 = 300;
/// Inside of the bucket's bottom.
const BOTTOM: i32 = 1500;
/// From a token's place to the next, where there are at most three rows of them, and where there are four.
const PITCH: (i32, i32) = (300, 250);
/// Most tokens that are drawn one by one, and how many lie in a row.
const COUNTED: u64 = 20;
const ROW: u64 = 5;
/// Width and height of a bucket with a level.
const LEVEL: (i32, i32) = (1310, 1060);
/// Middle of the lane, of those turned away, and the floor between them.
const LANE: i32 = 1890;
const BELOW: i32 = 2310;
const FLOOR: i32 = 1970;
/// Distance of requests, the first one's from the gate, and their radius once they are decided or wait, or before.
const STRIDE: i32 = 165;
const CLEAR: i32 = 210;
const DECIDED: i32 = 64;
const COMING: i32 = 38;
/// Requests on either side of the gate.
const SIDE: i32 = 8;

const PARTS: u32 = 1;
const SLOTS: u32 = 10;
const NEXT: u32 = 11;
const TOKENS: u32 = 100;
const TEXTS: u32 = 50;
const CROSSES: u32 = 40;
const SELECT: u32 = 45;
const REQUESTS: u32 = 1000;

/// The panel.
pub fn scene(run: &TokenBucket, ctx: &Ctx) -> Scene {
    let limiter = &run.limiter;
    let mut label = say(&words::level(limiter.bucket.level()));
    label.put(" of ").counted(limiter.rules.burst as usize, "token").put(" in the bucket; ");
    words::fates(run, &mut label);
    let mut scene = Scene::new(label.done());
    machine(&mut scene, run);
    if limiter.rules.burst <= COUNTED {
        discs(&mut scene, run, ctx.phase);
    } else {
        level(&mut scene, run, ctx.phase);
    }
    requests(&mut scene, run, ctx.phase);
    texts(&mut scene, run, ctx.phase);
    if let Some(mark) = ctx.selected {
        select(&mut scene, run, mark);
    }
    scene
}

/// Where a part of the machine can be pointed at.
pub fn part(run: &TokenBucket, id: u32) -> (i32, i32) {
    let (_, top) = size(run);
    match id {
        DRIP => (MIDDLE, 130),
        GATE => (MIDDLE, (BOTTOM + FLOOR) / 2),
        _ => (MIDDLE, (top + BOTTOM) / 2),
    }
}

/// The requests of the script and the reader that have come and are in sight, each with its place; the latest first.
pub fn in_sight(run: &TokenBucket) -> Vec<(usize, (i32, i32))> {
    let mut places = Vec::new();
    let near = near(run.limiter.decided());
    for idx in near.rev() {
        if let Some(place) = place(run, idx, 256).filter(|_| idx < run.limiter.requests.len()) {
            places.push((idx, place));
        }
    }
    places
}

/// Half of the bucket's width, and its rim.
fn size(run: &TokenBucket) -> (i32, i32) {
    let burst = run.limiter.rules.burst;
    if burst > COUNTED {
        return (LEVEL.0 / 2, BOTTOM - LEVEL.1);
    }
    let rows = burst.div_ceil(ROW) as i32;
    (pitch(run) * burst.min(ROW) as i32 / 2 + 30, BOTTOM - pitch(run) * rows - 60)
}

fn pitch(run: &TokenBucket) -> i32 {
    if run.limiter.rules.burst > 3 * ROW { PITCH.1 } else { PITCH.0 }
}

/// The radius of a token's place.
fn radius(run: &TokenBucket) -> i32 {
    pitch(run) * 2 / 5
}

/// Lower end of the pipe.
fn pipe(run: &TokenBucket) -> i32 {
    (size(run).1 - DROP).max(PIPE)
}

/// The place of a token in the bucket, counted from 0.
fn slot(run: &TokenBucket, idx: u64) -> (i32, i32) {
    let columns = run.limiter.rules.burst.min(ROW);
    let (column, row) = ((idx % ROW) as i32, (idx / ROW) as i32);
    let pitch = pitch(run);
    let left = MIDDLE - pitch * (columns as i32 - 1) / 2;
    (left + pitch * column, BOTTOM - 20 - pitch / 2 - pitch * row)
}

fn machine(scene: &mut Scene, run: &TokenBucket) {
    let (half, top) = size(run);
    let mut parts = Path::new();
    let pipe = pipe(run);
    parts.segment((MIDDLE - 90, 30), (MIDDLE - 90, pipe)).segment((MIDDLE + 90, 30), (MIDDLE + 90, pipe));
    let (left, right) = (MIDDLE - half, MIDDLE + half);
    parts.go(left, top).line(left, BOTTOM).line(MIDDLE - 110, BOTTOM).line(MIDDLE - 110, BOTTOM + 150);
    parts.go(right, top).line(right, BOTTOM).line(MIDDLE + 110, BOTTOM).line(MIDDLE + 110, BOTTOM + 150);
    scene.path(PARTS, "walk", 0, parts);
    let mut floor = Path::new();
    floor.segment((40, FLOOR), (MIDDLE - 110, FLOOR)).segment((MIDDLE + 110, FLOOR), (3160, FLOOR));
    scene.path(PARTS + 1, "axis", 0, floor);
}

fn circle(path: &mut Path, (x, y): (i32, i32), r: i32) {
    path.go(x, y - r).arc(r, false, true, x, y + r).arc(r, false, true, x, y - r);
}

/// Whole tokens before and after the event, and how many of them requests took along.
fn whole(run: &TokenBucket) -> (u64, u64, u64) {
    let spent = (run.limiter.passed - run.before.passed) as u64 * run.limiter.rules.cost;
    (run.before.level / TOKEN, run.limiter.bucket.level() / TOKEN, spent)
}

fn discs(scene: &mut Scene, run: &TokenBucket, phase: i32) {
    let burst = run.limiter.rules.burst;
    let (before, now, spent) = whole(run);
    let radius = radius(run);
    let mut slots = Path::new();
    for idx in if phase < 256 { now.min(before) } else { now }..burst {
        circle(&mut slots, slot(run, idx), radius - 10);
    }
    scene.path(SLOTS, "ghost", 0, slots);
    next(scene, run, phase, now);
    // What dripped in lies on top of what was there, and what was taken is taken from the top.
    let gained = (now + spent).saturating_sub(before);
    let most = (before + gained).min(burst);
    for idx in 0..if phase < 256 { most } else { now } {
        let home = slot(run, idx);
        let from = if idx < before { home } else { (MIDDLE, pipe(run)) };
        let to = if idx < now { home } else { (MIDDLE, LANE) };
        if phase == 0 && idx >= before {
            continue;
        }
        let at = if phase < 128 { way(from, home, phase * 2) } else { way(home, to, phase * 2 - 256) };
        scene.circle(TOKENS + idx as u32, "bar", 2, at.0, at.1, radius);
    }
}

/// The ring of the next token, closed as far as it has dripped.
fn next(scene: &mut Scene, run: &TokenBucket, phase: i32, now: u64) {
    let part = run.limiter.bucket.level() % TOKEN;
    if part == 0 || phase < 256 || now >= run.limiter.rules.burst {
        return;
    }
    let (x, y) = slot(run, now);
    let turn = (u64::from(u32::MAX) * part / TOKEN) as u32;
    let radius = radius(run) - 10;
    let end = polar((x, y), radius, turn);
    let mut ring = Path::new();
    ring.go(x, y - radius).arc(radius, part * 2 > TOKEN, true, end.0, end.1);
    scene.path(NEXT, "tick", 2, ring);
}

fn level(scene: &mut Scene, run: &TokenBucket, phase: i32) {
    let (half, _) = size(run);
    let burst = run.limiter.rules.burst * TOKEN;
    let height = |level: u64| (i64::from(LEVEL.1 - 60) * level as i64 / burst as i64) as i32;
    let now = between(height(run.before.level), height(run.limiter.bucket.level()), phase);
    scene.rect(SLOTS, "bar", 2, (MIDDLE - half + 20, BOTTOM - 20 - now), (2 * half - 40, now));
    let mut scale = Path::new();
    for part in 0..=4 {
        let y = BOTTOM - 20 - (LEVEL.1 - 60) * part / 4;
        scale.segment((MIDDLE + half, y), (MIDDLE + half + if part % 2 == 0 { 80 } else { 45 }, y));
    }
    scene.path(NEXT, "walk", 0, scale);
    let (_, _, spent) = whole(run);
    if spent > 0 && (128..256).contains(&phase) {
        let (x, y) = way((MIDDLE, BOTTOM - 100), (MIDDLE, LANE), phase * 2 - 256);
        scene.circle(TOKENS, "bar", 2, x, y, radius(run));
    }
}

fn way(from: (i32, i32), to: (i32, i32), phase: i32) -> (i32, i32) {
    (between(from.0, to.0, phase), between(from.1, to.1, phase))
}

/// Where a request is, also one that is yet to come; `None` where it is out of sight. Requests move up one place for each one
/// that is decided: place 0 is the first behind the gate, place -1 the first before it.
fn place(run: &TokenBucket, idx: usize, phase: i32) -> Option<(i32, i32)> {
    let steps = |decided: usize| (decided as i32 - 1 - idx as i32).clamp(-SIDE - 4, SIDE + 4) * 256;
    let at = between(steps(run.before.decided), steps(run.limiter.decided()), phase);
    let x = if at >= 0 {
        MIDDLE + CLEAR + STRIDE * at / 256
    } else if at <= -256 {
        MIDDLE - CLEAR + STRIDE * (at + 256) / 256
    } else {
        MIDDLE + CLEAR + 2 * CLEAR * at / 256
    };
    let falls = matches!(run.limiter.requests.get(idx).map(|request| request.fate), Some(Fate::TurnedAway(_)));
    let y = if falls { between(LANE, BELOW, (at + 256).clamp(0, 256)) } else { LANE };
    (DECIDED + 20..=3180 - DECIDED).contains(&x).then_some((x, y))
}

/// The requests that are at the gate, before or behind it, when so many are decided.
fn near(decided: usize) -> Range<usize> {
    let side = SIDE as usize + 6;
    decided.saturating_sub(side)..decided + side
}

fn requests(scene: &mut Scene, run: &TokenBucket, phase: i32) {
    let limiter = &run.limiter;
    let all = limiter.requests.len() + run.to_come();
    // Of a thousand that come at once, the first and the last are seen to move.
    let (before, now) = (near(run.before.decided), near(limiter.decided()));
    let mut crosses = Path::new();
    for idx in before.start..now.end.min(all) {
        if !before.contains(&idx) && !now.contains(&idx) {
            continue;
        }
        let Some((x, y)) = place(run, idx, phase) else { continue };
        let key = REQUESTS + idx as u32;
        let Some(request) = limiter.requests.get(idx) else {
            scene.circle(key, "node", 1, x, y, COMING);
            continue;
        };
        // Until it is through the gate, nobody can see what becomes of it.
        let through = x > MIDDLE;
        let (class, color) = match request.fate {
            Fate::Passed(_) if through => ("bar", 1),
            Fate::TurnedAway(_) if through => ("node", 5),
            _ => ("node", 1),
        };
        if request.own {
            scene.rect(key, class, color, (x - DECIDED + 6, y - DECIDED + 6), (2 * DECIDED - 12, 2 * DECIDED - 12));
        } else {
            scene.circle(key, class, color, x, y, DECIDED);
        }
        if color == 5 {
            let r = DECIDED / 2;
            crosses.cross((x, y), r);
        }
    }
    scene.path(CROSSES, "tick", 5, crosses);
}

fn texts(scene: &mut Scene, run: &TokenBucket, phase: i32) {
    let limiter = &run.limiter;
    let rules = &limiter.rules;
    let drip = if rules.rate == 0 { "no drip".into() } else { say(&words::rate(rules.rate)).put(" per second").take() };
    scene.text(TEXTS, "t-s num", MIDDLE + 150, 170, drip);
    // The time, in the corner.
    let at = run.at.checked_sub(YEAR).filter(|_| run.at >= YEAR);
    scene.text(TEXTS + 1, "t-s strong num", 60, 170, words::seconds(at.unwrap_or(run.at)));
    scene.text(TEXTS + 2, "t-s note", 60, 350, if at.is_some() { "+ 1 year" } else { "time" });
    if rules.clock.is_wrong(run.at) {
        scene.text(TEXTS + 3, "t-s strong num", 60, 580, words::seconds(rules.clock.read(run.at)));
        scene.text(TEXTS + 10, "t-s note", 60, 760, "by its clock");
    }
    // The level, on the right.
    let level = |level: u64| (level / (TOKEN / 100)) as i32;
    let now = between(level(run.before.level), level(limiter.bucket.level()), phase);
    scene.text(TEXTS + 4, "t big num", 2820, 1000, num::number(f64::from(now) / 100.0));
    scene.text(TEXTS + 5, "t note num", 2820, 1180, say("of ").count(rules.burst as usize).take());
    scene.text(TEXTS + 6, "t note", 2820, 1360, "tokens");
    if rules.peak > 0 {
        scene.text(TEXTS + 11, "t-s note num", 60, 1720, say("peak ").put(&words::rate(rules.peak)).put("/s").take());
    }
    // The lane.
    let waits = if limiter.waiting > 0 { say("").count(limiter.waiting).put(" wait").take() } else { to_come(run) };
    scene.text(TEXTS + 7, "t-s note num", 60, BELOW - 160, waits);
    scene.text(TEXTS + 8, "t-e num", 3160, 1720, say("passed ").count(limiter.passed).take());
    if !rules.waits {
        scene.text(TEXTS + 9, "t-e num", 3160, BELOW + 270, say("turned away ").count(limiter.turned_away()).take());
    }
}

fn to_come(run: &TokenBucket) -> String {
    match run.to_come() {
        0 if run.event == Event::Setup => "your requests".into(),
        0 => "no more to come".into(),
        count => say("").count(count).put(" to come").take(),
    }
}

fn select(scene: &mut Scene, run: &TokenBucket, mark: u32) {
    let (half, top) = size(run);
    match mark {
        DRIP => scene.rect(SELECT, "select", 0, (MIDDLE - 140, 20), (280, pipe(run) + 20)),
        BUCKET => scene.rect(SELECT, "select", 0, (MIDDLE - half - 50, top - 40), (2 * half + 100, BOTTOM - top + 80)),
        GATE => scene.rect(SELECT, "select", 0, (MIDDLE - 160, BOTTOM + 20), (320, FLOOR - BOTTOM)),
        _ => {
            let idx = mark.wrapping_sub(REQUEST_BASE) as usize;
            if let Some((x, y)) = run.limiter.requests.get(idx).and_then(|_| place(run, idx, 256)) {
                scene.circle(SELECT, "select", 0, x, y, DECIDED + 25);
            }
        }
    }
}
