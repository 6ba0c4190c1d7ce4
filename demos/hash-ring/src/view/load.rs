//! How many keys each server has. What a change took away is a dashed ghost, what it brought is outlined in ink; the mean is
//! dotted, with the band of one standard deviation that chance allows; a tick on each bar is where the server's share of the
//! ring alone would put it. Up to twelve servers lie below each other; more stand side by side as a skyline.

use demo_kit::math::{between, round, sqrt};
use demo_kit::{Ctx, Path, Scene, num};

use super::color;
use super::crowd::Crowd;
use crate::cluster::Cluster;
use crate::manifest::KEY_BASE;
use crate::measure;
use crate::model::ServerId;
use crate::story::{Event, HashRing};
use crate::words::{Names, name, say};

// All lengths in tenths of a unit.
const LEFT: i32 = 300;
const RIGHT: i32 = 2780;
const TOP: i32 = 60;
const BOTTOM: i32 = 1990;
/// Right end of the numbers.
const NUMBERS: i32 = 3170;
/// Left and right end, and top, of a skyline.
const SKYLINE: (i32, i32, i32) = (60, 3140, 220);
/// Most servers whose bars have a letter and a number.
const LISTED: usize = 12;

const BAND: u32 = 1;
const MEAN: u32 = 2;
const MEAN_TEXT: u32 = 3;
const TOWERS: u32 = 10;
const TOWER_GHOSTS: u32 = 20;
const TOWER_TICKS: u32 = 21;
const EMPTY: u32 = 30;
const LEGEND: u32 = 40;
const BARS: u32 = 100;
const GHOSTS: u32 = 200;
const GAINS: u32 = 600;
const TICKS: u32 = 300;
const NAMES: u32 = 400;
const COUNTS: u32 = 500;

/// The panel.
pub fn scene(run: &HashRing, ctx: &Ctx) -> Scene {
    let rows = rows(run, ctx.phase);
    let (mut least, mut most) = (usize::MAX, 0);
    for server in &run.now.servers {
        let load = run.now.load(server.id);
        (least, most) = (least.min(load), most.max(load));
    }
    let mut label = say("Keys per server: ");
    if rows.is_empty() {
        let mut scene = Scene::new(label.put("no server").take());
        scene.text(EMPTY, "t note", 1600, 1150, "no server, no load");
        return scene;
    }
    label.count(least.min(most)).put(" to ").counted(most, "key").put(" on ");
    let mut scene = Scene::new(label.counted(run.now.servers.len(), "server").take());
    let chart = Chart::of(run, &rows, ctx.phase);
    if rows.len() <= LISTED {
        listed(&mut scene, &rows, &chart);
    } else {
        let selected = ctx.selected.filter(|mark| *mark < KEY_BASE).map(|mark| mark as ServerId);
        skyline(&mut scene, &rows, &chart, selected.or(news(run)));
    }
    scene
}

/// A server's bar; loads are parts of all keys, or of the ring when there are no keys.
struct Row {
    id: ServerId,
    /// Now, or on the way there.
    load: f64,
    /// How many keys that are.
    keys: usize,
    /// Before the last change, or the same.
    old: f64,
    /// The share of the ring; the load where arcs do not decide.
    share: f64,
}

fn rows(run: &HashRing, phase: i32) -> Vec<Row> {
    // After a reshuffle everything is news, so nothing is.
    let changed = news(run).is_some();
    let all = run.now.keys.len();
    let (shares, old_shares, from) = (&run.now.shares, &run.base.shares, &run.before.shares);
    let mut rows = Vec::new();
    for id in 0..crate::model::MAX_SERVERS as ServerId {
        // One who has just left keeps its place, so that the others do not jump.
        if run.now.server(id).is_none() && run.event != Event::Left(id) {
            continue;
        }
        let keys = between(run.before.load(id) as i32, run.now.load(id) as i32, phase) as usize;
        let (share, old_share) = (shares[usize::from(id)], old_shares[usize::from(id)]);
        let share = glide(from[usize::from(id)], share, phase);
        let load = if all == 0 { share } else { keys as f64 / all as f64 };
        let old = if all == 0 { old_share } else { run.base.load(id) as f64 / all as f64 };
        rows.push(Row {
            id,
            load,
            keys,
            old: if changed { old } else { load },
            share: if run.on_points() { share } else { load },
        });
    }
    rows
}

// Who came or went.
fn news(run: &HashRing) -> Option<ServerId> {
    match run.event {
        Event::Landed { server, .. } | Event::Joined(server) | Event::Left(server) => Some(server),
        _ => None,
    }
}

/// What all bars have in common.
struct Chart {
    /// The load that a bar of full length has.
    full: f64,
    mean: f64,
    sigma: f64,
    /// All keys.
    keys: usize,
    /// Whether the ring's arcs are something else than the loads.
    ticks: bool,
}

impl Chart {
    fn of(run: &HashRing, rows: &[Row], phase: i32) -> Chart {
        let keys = run.now.keys.len();
        let (mean_before, sigma_before) = expected(run, &run.before);
        let (mean, sigma) = expected(run, &run.now);
        let (mean, sigma) = (glide(mean_before, mean, phase), glide(sigma_before, sigma, phase));
        let mut full = mean + sigma;
        for row in rows {
            for value in [row.load, row.old, row.share] {
                full = if value > full { value } else { full };
            }
        }
        Chart { full, mean, sigma, keys, ticks: run.on_points() && keys > 0 }
    }

    /// A load as a length.
    fn length(&self, value: f64, of: i32) -> i32 {
        round(value / self.full * f64::from(of)).clamp(0, of)
    }

    fn mean_text(&self) -> String {
        let mut text = say("mean");
        if self.keys > 0 {
            text.put(" ").put(&num::number(self.keys as f64 * self.mean));
        }
        text.done()
    }

    // What the ticks on the bars are.
    fn legend(&self, scene: &mut Scene, y: i32) {
        if self.ticks {
            scene.line(LEGEND, "tick", 0, (LEFT + 20, y - 110), (LEFT + 20, y + 10));
            scene.text(LEGEND + 1, "t-s note", LEFT + 100, y, "what its arcs alone predict");
        }
    }
}

/// What lies between two loads while an event is animated.
fn glide(from: f64, to: f64, phase: i32) -> f64 {
    if phase >= 256 { to } else { from + (to - from) * f64::from(phase) / 256.0 }
}

/// The mean of the loads, and how far chance takes them from it.
fn expected(run: &HashRing, cluster: &Cluster) -> (f64, f64) {
    let mean = 1.0 / measure::takers(cluster).max(1) as f64;
    (mean, mean * spread_of_counts(run, cluster))
}

// The spread of key counts: which keys fall on an arc comes on top of how long it is. 0 while there is no theory.
fn spread_of_counts(run: &HashRing, cluster: &Cluster) -> f64 {
    let Some(shares) = measure::expected_spread(cluster) else {
        return 0.0;
    };
    let keys = cluster.keys.len() as f64;
    if keys == 0.0 || !run.on_points() {
        return shares.mean;
    }
    let servers = measure::takers(cluster) as f64;
    sqrt(shares.mean * shares.mean * (1.0 - 1.0 / keys) + (servers - 1.0) / keys)
}

fn listed(scene: &mut Scene, rows: &[Row], chart: &Chart) {
    let pitch = ((BOTTOM - TOP) / rows.len() as i32).min(390);
    let height = (pitch * 3 / 5).min(210);
    let bottom = TOP + pitch * rows.len() as i32;
    let x = |value: f64| LEFT + chart.length(value, RIGHT - LEFT);
    if chart.sigma > 0.0 {
        let (low, high) = (x(chart.mean - chart.sigma), x(chart.mean + chart.sigma));
        scene.rect(BAND, "band", 0, (low, TOP - 30), (high - low, bottom - TOP + 30));
    }
    for (idx, row) in rows.iter().enumerate() {
        let key = u32::from(row.id);
        let top = TOP + pitch * idx as i32 + (pitch - height) / 2;
        let (end, old) = (x(row.load), x(row.old));
        let kept = end.min(old);
        scene.text(NAMES + key, "t strong", 130, top + height / 2 + 50, name(row.id));
        scene.rect(BARS + key, "bar", color(row.id), (LEFT, top), (kept - LEFT, height));
        if old > end {
            scene.rect(GHOSTS + key, "ghost", 0, (end, top), (old - end, height));
        } else if old < end {
            scene.rect(GAINS + key, "bar moved", color(row.id), (old, top), (end - old, height));
        }
        if chart.ticks {
            scene.line(TICKS + key, "tick", 0, (x(row.share), top - 25), (x(row.share), top + height + 25));
        }
        if chart.keys > 0 {
            scene.text(COUNTS + key, "t-e num", NUMBERS, top + height / 2 + 50, say("").count(row.keys).take());
        }
    }
    let mean = x(chart.mean);
    scene.line(MEAN, "mean", 0, (mean, TOP - 30), (mean, bottom + 20));
    scene.text(MEAN_TEXT, "t note num", mean.clamp(500, 2700), bottom + 190, chart.mean_text());
    chart.legend(scene, bottom + 360);
}

fn skyline(scene: &mut Scene, rows: &[Row], chart: &Chart, named: Option<ServerId>) {
    let (left, right, top) = SKYLINE;
    let y = |value: f64| BOTTOM - chart.length(value, BOTTOM - top);
    if chart.sigma > 0.0 {
        let (high, low) = (y(chart.mean + chart.sigma), y(chart.mean - chart.sigma));
        scene.rect(BAND, "band", 0, (left, high), (right - left, low - high));
    }
    let mut towers = Crowd::new();
    let (mut ghosts, mut ticks) = (Path::new(), Path::new());
    let n = rows.len() as i32;
    for (idx, row) in rows.iter().enumerate() {
        let from = left + (right - left) * idx as i32 / n;
        let to = left + (right - left) * (idx as i32 + 1) / n - 8;
        tower(towers.of(color(row.id)), from, to, y(row.load), BOTTOM);
        if row.old > row.load {
            tower(&mut ghosts, from, to, y(row.old), y(row.load));
        }
        if chart.ticks {
            ticks.segment((from, y(row.share)), (to, y(row.share)));
        }
        if named == Some(row.id) {
            let mut text = say("");
            text.name(row.id);
            if chart.keys > 0 {
                text.put(": ").count(row.keys);
            }
            scene.text(NAMES, "t strong num", ((from + to) / 2).clamp(400, 2800), BOTTOM + 190, text.done());
        }
    }
    towers.draw(scene, TOWERS, "bar");
    scene.path(TOWER_GHOSTS, "ghost", 0, ghosts);
    scene.path(TOWER_TICKS, "tick", 0, ticks);
    scene.line(MEAN, "mean", 0, (left, y(chart.mean)), (right, y(chart.mean)));
    scene.text(MEAN_TEXT, "t-s note num", left, TOP + 80, chart.mean_text());
    chart.legend(scene, BOTTOM + 360);
}

fn tower(path: &mut Path, left: i32, right: i32, top: i32, bottom: i32) {
    path.go(left, bottom).line(left, top).line(right, top).line(right, bottom).close();
}
