//! Every policy on the same tape: a row for each, a column for each of the last requests, a block where it hit. What all of them
//! miss is the tape's fault; what some hit is the policy's merit. The row of the stage stands on a band; below all it has one
//! more row, with one place more.

use demo_kit::sentence::say;
use demo_kit::{Path, Scene, num};

use crate::policy::ALL;
use crate::race::LruCache;

// All lengths in tenths of a unit.
const LEFT: i32 = 800;
const RIGHT: i32 = 2560;
const NUMBERS: i32 = 3170;
const TOP: i32 = 200;
const ROW: i32 = 240;
/// Height of a block, and of what a miss leaves.
const BLOCK: i32 = 150;
const TICK: i32 = 40;

const HEAD: u32 = 1;
const BAND: u32 = 5;
const HITS: u32 = 6;
const MISSES: u32 = 7;
const LEGEND: u32 = 8;
const NAMES: u32 = 20;
const RATIOS: u32 = 40;

/// The panel.
pub fn scene(run: &LruCache) -> Scene {
    let columns = if run.tape.len() <= 20 { 20 } else { 40 };
    let shown = run.at.min(columns);
    let mut label = say("Hit ratios so far: ");
    let mut scene = Scene::new("");
    let mut head = say("");
    if run.at > columns {
        head.put("the last ").count(columns).put(" requests");
    } else {
        head.put("every request so far");
    }
    scene.text(HEAD, "t-s note num", LEFT, 130, head.done());
    scene.text(HEAD + 1, "t-e note", NUMBERS, 130, "hits");
    let (mut hits, mut misses) = (Path::new(), Path::new());
    let x = |column: usize| LEFT + (RIGHT - LEFT) * column as i32 / columns as i32;
    for (row, cache) in run.caches.iter().chain([&run.wider]).enumerate() {
        let top = TOP + ROW * row as i32;
        let on_stage = cache.policy == run.policy();
        let mut name = say(cache.policy.name());
        if row == ALL.len() {
            name.put(" +1");
        } else if on_stage {
            scene.rect(BAND, "band", 0, (0, top), (3200, ROW));
        }
        let name = name.done();
        let ratio = num::or_none(cache.ratio(), num::percent);
        label.put(if row == 0 { "" } else { ", " }).put(&name).put(" ").put(&ratio);
        let base = top + (ROW + BLOCK) / 2;
        scene.text(RATIOS + row as u32, "t-e num", NUMBERS, base - 20, ratio);
        scene.text(NAMES + row as u32, if on_stage { "t-s strong" } else { "t-s" }, 40, base - 20, name);
        for column in 0..shown {
            let hit = run.trails[row] >> (shown - 1 - column) & 1 == 1;
            let (left, right) = (x(column), x(column + 1) - 12);
            block(if hit { &mut hits } else { &mut misses }, left, right, base, if hit { BLOCK } else { TICK });
        }
    }
    let base = TOP + ROW * (ALL.len() as i32 + 1) + 210;
    block(&mut hits, LEFT, LEFT + 76, base, BLOCK);
    block(&mut misses, LEFT + 640, LEFT + 716, base, TICK);
    scene.path(HITS, "bar", 1, hits);
    scene.path(MISSES, "bar", 2, misses);
    scene.text(LEGEND, "t-s note", LEFT + 140, base - 20, "hit");
    scene.text(LEGEND + 1, "t-s note", LEFT + 780, base - 20, "miss");
    scene.label = label.done();
    scene
}

fn block(path: &mut Path, left: i32, right: i32, base: i32, height: i32) {
    path.go(left, base).line(left, base - height).line(right, base - height).line(right, base).close();
}
