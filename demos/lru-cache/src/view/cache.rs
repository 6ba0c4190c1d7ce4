//! The stage. Above, the tape: what was requested, with a check for a hit and a cross for a miss, and what is still to come. In
//! the middle the map from keys to places, as long as there is room for it. Below, the cache in the order of its policy, with
//! what the policy has noted of each key, and whose turn it is to leave. At the foot the hit ratio, and who has just left.

use demo_kit::math::between;
use demo_kit::rng::mix;
use demo_kit::sentence::say;
use demo_kit::{Ctx, Path, Scene};

use super::color;
use super::layout::{Layout, cell};
use crate::manifest::REQUEST_BASE;
use crate::model::Answer;
use crate::policy::Note;
use crate::race::LruCache;
use crate::tape::{Key, NEVER};
use crate::words;

// All lengths in tenths of a unit.
/// Where the tape begins, the gap between its cells, and the middle of the request that was answered last, once it scrolls.
const TAPE_LEFT: i32 = 40;
const GAP: i32 = 40;
const NOW: i32 = 1450;
/// Top and height of the tape's cells, and the middle of the signs below them.
const TAPE: (i32, i32) = (190, 240);
const SIGNS: i32 = 520;
/// The map: its buckets, the left edge of the first, from one to the next, their width; their top and height.
const BUCKETS: u64 = 8;
const BUCKET: (i32, i32, i32) = (460, 345, 270);
const MAP: (i32, i32) = (800, 180);
/// Where the one who left comes to lie.
const EXIT: (i32, i32) = (2780, 2540);
/// Baselines at the foot.
const CAPTION: i32 = 2260;
const FOOT: i32 = 2780;
/// A text's baseline below the middle of its box.
const DROP: i32 = 50;

// First keys of the scene's items; colors fit behind those of crowds.
const HEADS: u32 = 1;
const GHOSTS: u32 = 5;
const EMPTY: u32 = 6;
const LINKS: u32 = 7;
const MAP_BOXES: u32 = 8;
const POINTERS: u32 = 9;
const PAST: u32 = 10;
const NODES: u32 = 20;
const LOOKUP: u32 = 30;
const GOOD: u32 = 31;
const BAD: u32 = 32;
const CURRENT: u32 = 33;
const FRESH: u32 = 34;
const HAND: u32 = 35;
const OUT: u32 = 36;
const LEFT: u32 = 37;
const SELECT: u32 = 40;
const FOOTER: u32 = 41;
const BUCKET_NAMES: u32 = 50;
const TAPE_NAMES: u32 = 100;
const NODE_NAMES: u32 = 1_000;
const NOTES: u32 = 3_000;

/// The panel.
pub fn scene(run: &LruCache, ctx: &Ctx) -> Scene {
    let stage = run.stage();
    let mut label = say(run.policy().name());
    label.put(" with ").counted(stage.len(), "key").put(" in ").counted(stage.capacity, "place");
    let mut scene = Scene::new(label.done());
    let layout = Layout::of(run);
    tape(&mut scene, run, ctx);
    let nodes = nodes(run, &layout, ctx.phase);
    if layout.has_map && stage.capacity > 0 {
        map(&mut scene, run, &layout, &nodes, ctx.phase);
    }
    places(&mut scene, run, &layout, &nodes);
    if let Some(key) = ctx.selected.filter(|mark| *mark < REQUEST_BASE) {
        for node in &nodes {
            if u32::from(node.key) == key {
                let (w, h) = layout.size;
                scene.rect(SELECT, "select", 0, (node.at.0 - 20, node.at.1 - 20), (w + 40, h + 40));
            }
        }
    }
    foot(&mut scene, run, &layout, ctx.phase);
    scene
}

/// The middle of each key in the cache, in the order of the policy.
pub fn keys(run: &LruCache) -> Vec<(Key, (i32, i32))> {
    let layout = Layout::of(run);
    let mut keys = Vec::new();
    for node in nodes(run, &layout, 256) {
        keys.push((node.key, (node.at.0 + layout.size.0 / 2, node.at.1 + layout.size.1 / 2)));
    }
    keys
}

/// The middle of each request that is to be seen on the tape, from the past to the future.
pub fn requests(run: &LruCache) -> Vec<(usize, (i32, i32))> {
    let mut requests = Vec::new();
    for (at, left) in cells(run, 256) {
        requests.push((at, (left + cell(run) / 2, TAPE.0 + TAPE.1 / 2)));
    }
    requests
}

// Places and left edges of the cells of the tape.
fn cells(run: &LruCache, phase: i32) -> Vec<(usize, i32)> {
    let width = cell(run);
    let scrolled = between(scroll(run, run.at.saturating_sub(1)), scroll(run, run.at), phase);
    let mut cells = Vec::new();
    for at in run.at.saturating_sub(12)..run.tape.len().min(run.at + 12) {
        let left = TAPE_LEFT + at as i32 * (width + GAP) - scrolled;
        if left >= 20 && left + width <= 3180 {
            cells.push((at, left));
        }
    }
    cells
}

// How far the tape has run to the left after so many requests: it stands until the reading head is at its place.
fn scroll(run: &LruCache, at: usize) -> i32 {
    let width = cell(run);
    (TAPE_LEFT + width / 2 + (at as i32 - 1) * (width + GAP) - NOW).max(0)
}

// The middle of the reading head, on its way from the request before the last to the last.
fn head(run: &LruCache, phase: i32) -> i32 {
    let width = cell(run);
    let middle = |at: usize| TAPE_LEFT + width / 2 + (at as i32 - 1).max(0) * (width + GAP) - scroll(run, at);
    between(middle(run.at.saturating_sub(1)), middle(run.at), phase)
}

fn tape(scene: &mut Scene, run: &LruCache, ctx: &Ctx) {
    let width = cell(run);
    let (mut past, mut future) = (Crowd::new(), Path::new());
    let (mut good, mut bad) = (Path::new(), Path::new());
    let mut names = Vec::new();
    let trail = run.trails[run.policy().index()];
    for (at, left) in cells(run, ctx.phase) {
        let Some(key) = run.tape.key(at) else { continue };
        names.push((at, left + width / 2, key));
        if ctx.selected == Some(REQUEST_BASE + at as u32) {
            scene.rect(SELECT, "select", 0, (left - 20, TAPE.0 - 20), (width + 40, TAPE.1 + 40));
        }
        if at >= run.at {
            outline(&mut future, (left, TAPE.0), (width, TAPE.1));
            continue;
        }
        let middle = left + width / 2;
        if trail >> (run.at - 1 - at) & 1 == 1 {
            good.go(middle - 60, SIGNS).line(middle - 15, SIGNS + 45).line(middle + 65, SIGNS - 50);
        } else {
            bad.segment((middle - 45, SIGNS - 45), (middle + 45, SIGNS + 45));
            bad.segment((middle - 45, SIGNS + 45), (middle + 45, SIGNS - 45));
        }
        if at + 1 != run.at {
            outline(past.of(color(key)), (left, TAPE.0), (width, TAPE.1));
        }
    }
    past.draw(scene, PAST, "node");
    let now = head(run, ctx.phase);
    if let Some(key) = run.at.checked_sub(1).and_then(|at| run.tape.key(at)) {
        scene.rect(CURRENT, "node moved", color(key), (now - width / 2, TAPE.0), (width, TAPE.1));
    }
    for (key, class, path) in [(GHOSTS, "ghost", future), (GOOD, "walk", good), (BAD, "walk", bad)] {
        scene.path(key, class, 0, path);
    }
    for (at, x, key) in names {
        scene.text(TAPE_NAMES + (at % 32) as u32, "t num", x, TAPE.0 + TAPE.1 / 2 + DROP, run.tape.name(key));
    }
    if run.tape.is_empty() {
        scene.text(HEADS, "t note", 1600, TAPE.0 + 170, "the tape is empty");
        return;
    }
    if run.at > 0 {
        scene.text(HEADS, "t strong", now, 130, "now");
    }
    if now > 620 {
        scene.text(HEADS + 1, "t-s note", 40, 130, "past");
    }
    if run.at < run.tape.len() {
        scene.text(HEADS + 2, "t-e note", 3170, 130, "only OPT sees this");
    }
}

/// A key of the cache on its way to its place.
struct Node {
    key: Key,
    at: (i32, i32),
    /// Whether it came with the last request.
    fresh: bool,
}

fn nodes(run: &LruCache, layout: &Layout, phase: i32) -> Vec<Node> {
    let mut nodes = Vec::new();
    for (rank, key) in run.stage().keys().into_iter().enumerate() {
        let to = layout.place(rank);
        let old = run.before.iter().position(|other| *other == key);
        // A newcomer comes from the tape.
        let from = old.map_or(((head(run, phase) - layout.size.0 / 2).max(20), TAPE.0), |rank| layout.place(rank));
        nodes.push(Node { key, at: way(from, to, phase), fresh: old.is_none() });
    }
    nodes
}

fn way(from: (i32, i32), to: (i32, i32), phase: i32) -> (i32, i32) {
    (between(from.0, to.0, phase), between(from.1, to.1, phase))
}

fn bucket(key: Key) -> u64 {
    mix(u64::from(key)) % BUCKETS
}

// Buckets, a pointer from each key's bucket to its node, and the way of the last lookup.
fn map(scene: &mut Scene, run: &LruCache, layout: &Layout, nodes: &[Node], phase: i32) {
    let left = |bucket: u64| BUCKET.0 + BUCKET.1 * bucket as i32;
    let middle = |bucket: u64| left(bucket) + BUCKET.2 / 2;
    let foot = MAP.0 + MAP.1;
    scene.text(HEADS + 3, "t-s note", 40, MAP.0 + 140, "map");
    let (mut boxes, mut pointers) = (Path::new(), Path::new());
    for bucket in 0..BUCKETS {
        outline(&mut boxes, (left(bucket), MAP.0), (BUCKET.2, MAP.1));
        scene.text(
            BUCKET_NAMES + bucket as u32,
            "t note num",
            middle(bucket),
            MAP.0 + 140,
            say("").count(bucket as usize).take(),
        );
    }
    scene.path(MAP_BOXES, "grid", 0, boxes);
    let now = run.at.checked_sub(1).and_then(|at| run.tape.key(at));
    let mut lookup = Path::new();
    if let Some(key) = now {
        lookup.segment((head(run, phase), SIGNS + 100), (middle(bucket(key)), MAP.0));
    }
    for node in nodes {
        let from = (middle(bucket(node.key)), foot);
        let to = (node.at.0 + layout.size.0 / 2, node.at.1);
        // A node that is still above the map has no pointer yet.
        if to.1 > foot {
            let hit = run.answer == Some(Answer::Hit) && now == Some(node.key);
            (if hit { &mut lookup } else { &mut pointers }).segment(from, to);
        }
    }
    for (key, class, path) in [(POINTERS, "axis", pointers), (LOOKUP, "walk", lookup)] {
        scene.path(key, class, 0, path);
    }
}

fn places(scene: &mut Scene, run: &LruCache, layout: &Layout, nodes: &[Node]) {
    let stage = run.stage();
    if stage.capacity == 0 {
        scene.text(EMPTY, "t note", 1600, 1450, "no place: nothing can stay");
        return;
    }
    let (w, h) = layout.size;
    let (mut empty, mut links) = (Path::new(), Path::new());
    for rank in nodes.len()..stage.capacity {
        outline(&mut empty, layout.place(rank), (w, h));
    }
    for rank in 1..nodes.len() {
        let (from, to) = (layout.place(rank - 1), layout.place(rank));
        if layout.has_notes && !layout.ends_row(rank - 1) && to.0 - from.0 - w > 100 {
            link(&mut links, from.0 + w, to.0, from.1 + h / 2);
        }
    }
    for (key, class, path) in [(EMPTY, "ghost", empty), (LINKS, "axis", links)] {
        scene.path(key, class, 0, path);
    }
    let mut boxes = Crowd::new();
    for node in nodes {
        if node.fresh {
            scene.rect(FRESH, "node moved", color(node.key), node.at, (w, h));
        } else {
            outline(boxes.of(color(node.key)), node.at, (w, h));
        }
    }
    boxes.draw(scene, NODES, "node");
    let (next_out, hand) = (stage.next_out(), stage.hand());
    for (rank, node) in nodes.iter().enumerate() {
        let (x, y) = (node.at.0 + w / 2, node.at.1 + h / 2 + DROP);
        let leaves = next_out == Some(node.key);
        let class = if leaves { "t strong num" } else { "t num" };
        scene.text(NODE_NAMES + u32::from(node.key), class, x, y, run.tape.name(node.key));
        let (left, top) = layout.place(rank);
        let x = left + w / 2;
        if layout.has_notes {
            if let Some(note) = stage.note(node.key, run.now()) {
                scene.text(NOTES + rank as u32, "t note num", x, top + h + 220, noted(note));
            }
            if leaves {
                scene.text(OUT, "t strong", x.clamp(340, 2860), top + h + 400, "out next");
            }
        } else if leaves {
            scene.rect(OUT, "select", 0, (left - 8, top - 8), (w + 16, h + 16));
        }
        if hand == Some(node.key) {
            let tip = (x, top + h + 12);
            let mut path = Path::new();
            path.go(tip.0, tip.1).line(tip.0 - 60, tip.1 + 85).line(tip.0 + 60, tip.1 + 85).close();
            scene.path(HAND, "bar", 0, path);
        }
    }
    let caption = if layout.has_notes { words::caption(run.policy()) } else { words::short_caption(run.policy()) };
    scene.text(FOOTER, "t note", 1600, CAPTION, caption);
}

// The links of a doubly linked list: there and back.
fn link(path: &mut Path, from: i32, to: i32, y: i32) {
    let (from, to) = (from + 25, to - 25);
    path.segment((from, y - 30), (to, y - 30));
    path.go(to - 35, y - 60).line(to, y - 30);
    path.segment((to, y + 30), (from, y + 30));
    path.go(from + 35, y + 60).line(from, y + 30);
}

fn noted(note: Note) -> String {
    match note {
        Note::Unused(n) | Note::Here(n) => say("").count(n as usize).take(),
        Note::Used(used) => (if used { "1" } else { "0" }).into(),
        Note::Times(n) => say("").count(n as usize).put("×").take(),
        Note::Needed(NEVER) => "never".into(),
        Note::Needed(n) => say("").count(n as usize).take(),
    }
}

// The hit ratio, and who left for the last request.
fn foot(scene: &mut Scene, run: &LruCache, layout: &Layout, phase: i32) {
    let stage = run.stage();
    let (mut big, mut first, mut second) = (say(""), say(""), say(""));
    match stage.ratio() {
        Some(ratio) => {
            big.percent(ratio);
            first.put("hit ratio");
            second.count(stage.hits as usize).put(" of ").count(run.at);
        }
        None => {
            big.count(run.tape.len());
            first.put(if run.tape.len() == 1 { "request" } else { "requests" });
            second.put("to come");
        }
    }
    scene.text(FOOTER + 1, "t-s big num", 40, FOOT, big.done());
    scene.text(FOOTER + 2, "t-s note num", 1300, FOOT - 165, first.done());
    scene.text(FOOTER + 3, "t-s note num", 1300, FOOT, second.done());
    if let Some(Answer::Miss { evicted: Some((key, _)) }) = run.answer {
        let (w, h) = layout.size;
        let (w, h) = (w.min(380), h.min(240));
        let rank = run.before.iter().position(|other| *other == key).unwrap_or(0);
        let (x, y) = way(layout.place(rank), (EXIT.0 + (380 - w) / 2, EXIT.1 + (240 - h) / 2), phase);
        scene.rect(LEFT, "ghost", 0, (x, y), (w, h));
        scene.text(LEFT + 1, "t num", x + w / 2, y + h / 2 + DROP, run.tape.name(key));
        scene.text(LEFT + 2, "t-e note", 3170, EXIT.1 - 50, "evicted");
    }
}

fn outline(path: &mut Path, (x, y): (i32, i32), (w, h): (i32, i32)) {
    path.go(x, y).line(x + w, y).line(x + w, y + h).line(x, y + h).close();
}

/// Paths of one class, one for each color.
struct Crowd(Vec<Path>);

impl Crowd {
    fn new() -> Crowd {
        Crowd(vec![Path::new(); 7])
    }

    fn of(&mut self, color: u8) -> &mut Path {
        &mut self.0[usize::from(color)]
    }

    fn draw(self, scene: &mut Scene, key: u32, class: &'static str) {
        for (color, path) in self.0.into_iter().enumerate() {
            scene.path(key + color as u32, class, color as u8, path);
        }
    }
}
