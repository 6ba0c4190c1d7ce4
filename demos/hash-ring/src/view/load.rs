//! How many keys each server has. What a change took away is a dashed ghost, what it brought is outlined in ink; the mean is
//! dotted, with the band of one standard deviation that chance allows; a tick on each bar is where the server's share of the
//! ring alone would put it.
//! Up to twelve servers lie below each other; more stand side by side as a skyline.

use demo_kit::math::{between, round, sqrt};
use demo_kit::{Ctx, Path, Scene};

use super::color;
use crate::manifest::KEY_BASE;
use crate::measure;
use crate::model::{Cluster, MAX_SERVERS, Server, ServerId};
use crate::story::{Event, HashRing};
use crate::theory::Expected;
use crate::words::{count, counted, join, name, ring_share};

// All lengths in tenths of a unit.
const LEFT: i32 = 300;
const RIGHT: i32 = 2780;
const TOP: i32 = 60;
const BOTTOM: i32 = 1990;
/// Baseline of the line that explains the ticks.
const FOOT: i32 = 2350;
/// Right end of the numbers.
const NUMBERS: i32 = 3170;
/// Most servers whose bars have a letter and a number.
const LISTED: usize = 12;

const BAND: u32 = 1;
const MEAN: u32 = 2;
const MEAN_TEXT: u32 = 3;
const SKYLINE: u32 = 10;
const SKYLINE_GHOST: u32 = 20;
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
    let mut scene = Scene::new(label(run));
    if rows.is_empty() {
        scene.text(EMPTY, "t note", 1600, 1150, "no server, no load");
        return scene;
    }
    let scale = Scale::of(run, &rows);
    let selected = ctx.selected.filter(|mark| *mark < KEY_BASE);
    let foot = if rows.len() <= LISTED {
        listed(&mut scene, &rows, &scale)
    } else {
        skyline(&mut scene, run, &rows, &scale, selected);
        FOOT
    };
    if rows
        .iter()
        .any(|row| row.share.is_some() && row.keys.is_some())
    {
        legend(&mut scene, foot);
    }
    scene
}

/// A server's bar; loads are parts of all keys, or of the ring when there are no keys.
struct Row {
    id: ServerId,
    /// Now, or on the way there.
    load: f64,
    /// How many keys that are.
    keys: Option<usize>,
    /// Before the last change, when that is to be compared.
    old: Option<f64>,
    /// The share of the ring; `None` where arcs do not decide.
    share: Option<f64>,
}

fn rows(run: &HashRing, phase: i32) -> Vec<Row> {
    let all = run.now.keys.len();
    let load = |cluster: &Cluster, id: ServerId| {
        if all == 0 {
            ring_share(cluster, id)
        } else {
            cluster.load(id) as f64 / all as f64
        }
    };
    // After a reshuffle everything is news, so nothing is.
    let changed = matches!(
        run.event,
        Event::Landed { .. } | Event::Joined(_) | Event::Left(_)
    );
    let row = |server: &Server| {
        let id = server.id;
        let (old, new) = (load(&run.before, id), load(&run.now, id));
        Row {
            id,
            load: old + (new - old) * f64::from(phase) / 256.0,
            keys: (all > 0).then(|| {
                between(run.before.load(id) as i32, run.now.load(id) as i32, phase) as usize
            }),
            old: changed.then(|| load(&run.base, id)),
            share: run.on_points().then(|| ring_share(&run.now, id)),
        }
    };
    // One who has just left keeps its place, so that the others do not jump.
    let mut servers: Vec<Server> = run.now.servers.clone();
    if let Event::Left(id) = run.event
        && let Some(gone) = run.base.server(id)
    {
        servers.insert(servers.partition_point(|server| server.id < id), *gone);
    }
    servers.iter().take(MAX_SERVERS).map(row).collect()
}

/// From a load to a length.
struct Scale {
    full: f64,
    mean: f64,
    sigma: f64,
    mean_keys: Option<String>,
}

impl Scale {
    fn of(run: &HashRing, rows: &[Row]) -> Scale {
        let takers = measure::takers(&run.now).count().max(1);
        let mean = 1.0 / takers as f64;
        let sigma =
            measure::expected_spread(&run.now).map_or(0.0, |it| mean * spread_of_counts(run, it));
        let mut full = mean + sigma;
        for row in rows {
            for value in [Some(row.load), row.old, row.share].into_iter().flatten() {
                full = if value > full { value } else { full };
            }
        }
        let keys = run.now.keys.len();
        let mean_keys = (keys > 0).then(|| demo_kit::num::number(keys as f64 * mean));
        Scale {
            full,
            mean,
            sigma,
            mean_keys,
        }
    }

    fn length(&self, value: f64, of: i32) -> i32 {
        round(value / self.full * f64::from(of)).clamp(0, of)
    }

    fn foot(&self) -> String {
        match &self.mean_keys {
            Some(keys) => join(&["mean ", keys]),
            None => "mean".into(),
        }
    }
}

// The spread of key counts: which keys fall on an arc comes on top of how long it is.
fn spread_of_counts(run: &HashRing, shares: Expected) -> f64 {
    let keys = run.now.keys.len() as f64;
    if keys == 0.0 || !run.on_points() {
        return shares.mean;
    }
    let servers = measure::takers(&run.now).count() as f64;
    sqrt(shares.mean * shares.mean * (1.0 - 1.0 / keys) + (servers - 1.0) / keys)
}

// Returns the baseline of the line below.
fn listed(scene: &mut Scene, rows: &[Row], scale: &Scale) -> i32 {
    let pitch = ((BOTTOM - TOP) / rows.len() as i32).min(390);
    let height = (pitch * 3 / 5).min(210);
    let bottom = TOP + pitch * rows.len() as i32;
    let width = RIGHT - LEFT;
    let x = |value: f64| LEFT + scale.length(value, width);
    if scale.sigma > 0.0 {
        let (low, high) = (x(scale.mean - scale.sigma), x(scale.mean + scale.sigma));
        scene.rect(
            BAND,
            "band",
            0,
            (low, TOP - 30),
            (high - low, bottom - TOP + 30),
        );
    }
    for (idx, row) in rows.iter().enumerate() {
        let key = u32::from(row.id);
        let top = TOP + pitch * idx as i32 + (pitch - height) / 2;
        let end = x(row.load);
        scene.text(
            NAMES + key,
            "t strong",
            130,
            top + height / 2 + 50,
            name(row.id),
        );
        let old = row.old.map_or(end, x);
        let kept = end.min(old);
        scene.rect(
            BARS + key,
            "bar",
            color(row.id),
            (LEFT, top),
            (kept - LEFT, height),
        );
        if old > end {
            scene.rect(GHOSTS + key, "ghost", 0, (end, top), (old - end, height));
        } else if old < end {
            scene.rect(
                GAINS + key,
                "bar moved",
                color(row.id),
                (old, top),
                (end - old, height),
            );
        }
        if let Some(share) = row.share.filter(|_| row.keys.is_some()) {
            scene.line(
                TICKS + key,
                "tick",
                0,
                (x(share), top - 25),
                (x(share), top + height + 25),
            );
        }
        if let Some(keys) = row.keys {
            scene.text(
                COUNTS + key,
                "t-e num",
                NUMBERS,
                top + height / 2 + 50,
                count(keys),
            );
        }
    }
    scene.line(
        MEAN,
        "mean",
        0,
        (x(scale.mean), TOP - 30),
        (x(scale.mean), bottom + 20),
    );
    scene.text(
        MEAN_TEXT,
        "t note num",
        x(scale.mean).clamp(500, 2700),
        bottom + 190,
        scale.foot(),
    );
    bottom + FOOT - BOTTOM
}

fn skyline(scene: &mut Scene, run: &HashRing, rows: &[Row], scale: &Scale, selected: Option<u32>) {
    let (left, right) = (60, 3140);
    let top = TOP + 160;
    let height = BOTTOM - top;
    let y = |value: f64| BOTTOM - scale.length(value, height);
    if scale.sigma > 0.0 {
        let (high, low) = (y(scale.mean + scale.sigma), y(scale.mean - scale.sigma));
        scene.rect(BAND, "band", 0, (left, high), (right - left, low - high));
    }
    let mut bars: [Path; 6] = Default::default();
    let mut ghosts = Path::new();
    let mut ticks = Path::new();
    let n = rows.len() as i32;
    for (idx, row) in rows.iter().enumerate() {
        let from = left + (right - left) * idx as i32 / n;
        let to = left + (right - left) * (idx as i32 + 1) / n - (8).min(400 / n);
        let outline = |path: &mut Path, end: i32| {
            path.go(from, BOTTOM)
                .line(from, end)
                .line(to, end)
                .line(to, BOTTOM)
                .close();
        };
        outline(&mut bars[usize::from(color(row.id)) - 1], y(row.load));
        if row.old.is_some_and(|old| old > row.load) {
            outline(&mut ghosts, y(row.old.unwrap_or(0.0)));
        }
        if let Some(share) = row.share.filter(|_| row.keys.is_some()) {
            ticks.segment((from, y(share)), (to, y(share)));
        }
        let is_news = matches!(run.event, Event::Landed { server, .. } | Event::Joined(server) | Event::Left(server) if server == row.id);
        if selected == Some(u32::from(row.id)) || selected.is_none() && is_news {
            let mut text = name(row.id);
            if let Some(keys) = row.keys {
                text += &join(&[": ", &count(keys)]);
            }
            scene.text(
                NAMES,
                "t strong num",
                ((from + to) / 2).clamp(300, 2900),
                BOTTOM + 190,
                text,
            );
        }
    }
    for (idx, path) in bars
        .into_iter()
        .enumerate()
        .filter(|(_, path)| !path.is_empty())
    {
        scene.path(SKYLINE + idx as u32, "bar", idx as u8 + 1, path);
    }
    if !ghosts.is_empty() {
        scene.path(SKYLINE_GHOST, "ghost", 0, ghosts);
    }
    if !ticks.is_empty() {
        scene.path(SKYLINE_GHOST + 1, "tick", 0, ticks);
    }
    scene.line(
        MEAN,
        "mean",
        0,
        (left, y(scale.mean)),
        (right, y(scale.mean)),
    );
    scene.text(MEAN_TEXT, "t-s note num", left, TOP + 80, scale.foot());
}

// What the ticks on the bars are.
fn legend(scene: &mut Scene, y: i32) {
    scene.line(LEGEND, "tick", 0, (LEFT + 20, y - 110), (LEFT + 20, y + 10));
    scene.text(
        LEGEND + 1,
        "t-s note",
        LEFT + 100,
        y,
        "what its arcs alone predict",
    );
}

fn label(run: &HashRing) -> String {
    let loads = run.now.servers.iter().map(|server| run.now.load(server.id));
    match (loads.clone().min(), loads.max()) {
        (Some(least), Some(most)) => join(&[
            "Keys per server: ",
            &count(least),
            " to ",
            &counted(most, "key"),
            " on ",
            &counted(run.now.servers.len(), "server"),
        ]),
        _ => "No server has keys".into(),
    }
}
