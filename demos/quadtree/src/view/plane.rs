//! The plane: points in their cells, the query over them, and what the search has come to know of each cell.

use demo_kit::sentence::say;
use demo_kit::{Ctx, Path, Scene, math};

use super::{grips, lens, still};
use crate::manifest::CENTER;
use crate::map::{self, EDGE, SIDE};
use crate::model::{NONE, NodeId, Point, side};
use crate::search::Fate;
use crate::story::{Event, Kind, Quadtree};

// Keys.
const WORLD: u32 = 0;
const SCANNED: u32 = 1;
const SPLITS: u32 = 2;
const SPLIT_NOW: u32 = 3;
const CROSSES: u32 = 4;
const DIM: u32 = 5;
const DOTS: u32 = 6;
const TESTED: u32 = 7;
const MISSED: u32 = 8;
const FOUND: u32 = 9;
const CHOSEN: u32 = 10;
const FOCUS: u32 = 11;
const SHAPE: u32 = 12;
const REACH: u32 = 13;
const NEW: u32 = 14;
const GRIPS: u32 = 20;
const LEGEND: u32 = 30;

/// So many cells are a crowd.
pub const CROWD: usize = 250;
/// Most tested points that are all ringed.
const RINGED: usize = 200;
/// Baseline of the legend below the world.
const LINE: i32 = EDGE + SIDE + 240;

/// The panel.
pub fn scene(run: &Quadtree, ctx: &Ctx) -> Scene {
    let mut label = say("");
    label.counted(run.tree.points.len(), "point").put(" on a square that is cut into ");
    label.counted(run.tree.leaves(), "cell");
    let mut scene = Scene::new(label.done());
    let still = still(run);
    scene.items = still.cells.items.clone();
    fresh(&mut scene, run, ctx);
    if run.before.is_empty() {
        scene.items.append(&mut still.dots.items.clone());
    } else {
        dots(&mut scene, run, ctx);
    }
    chosen(&mut scene, run, ctx);
    query(&mut scene, run);
    newest(&mut scene, run, ctx);
    lens::draw(&mut scene, run, ctx);
    legend(&mut scene, run);
    scene
}

/// The cells, and what the search knows of them.
pub fn cells(scene: &mut Scene, run: &Quadtree) {
    let (mut scanned, mut splits, mut crosses) = (Path::new(), Path::new(), Path::new());
    let whole = scanned_whole(run);
    let fresh = if let Event::Split(node, _) = run.event { node } else { NONE };
    for (id, node) in run.tree.nodes.iter().enumerate() {
        let [left, top, right, bottom] = node.square();
        let (a, b) = (map::place(left, top), map::place(right, bottom));
        let middle = ((a.0 + b.0) / 2, (a.1 + b.1) / 2);
        match run.search.fate(id as NodeId) {
            _ if whole[id] => {
                let around = node.parent != NONE && whole[node.parent as usize];
                if !around {
                    scanned.go(a.0, a.1).line(b.0, a.1).line(b.0, b.1).line(a.0, b.1).close();
                }
            }
            Fate::Pruned => {
                let arm = ((b.0 - a.0) / 8).clamp(8, 40);
                crosses.cross(middle, arm);
            }
            _ => {}
        }
        if !node.is_leaf() && id as NodeId != fresh {
            splits.plus(middle, (b.0 - a.0) / 2);
        }
    }
    scene.path(SCANNED, "band", 0, scanned);
    // The lines of a crowd are paler, or they would hide its points.
    scene.path(SPLITS, if run.tree.leaves() > CROWD { "grid" } else { "axis" }, 0, splits);
    scene.rect(WORLD, "frame", 0, (EDGE, EDGE), (SIDE, SIDE));
    scene.path(CROSSES, "tick thin", 0, crosses);
}

// The lines of a new split grow from its middle.
fn fresh(scene: &mut Scene, run: &Quadtree, ctx: &Ctx) {
    let Event::Split(id, _) = run.event else { return };
    if let Some([x, y, w]) = square(run, id) {
        let mut lines = Path::new();
        lines.plus((x + w / 2, y + w / 2), w / 2 * ctx.phase / 256);
        scene.path(SPLIT_NOW, "walk", 0, lines);
    }
}

// Which squares were scanned in every part: one wash for all of it. Quarters come after the node that they are of.
fn scanned_whole(run: &Quadtree) -> Vec<bool> {
    let nodes = &run.tree.nodes;
    let mut whole = vec![false; nodes.len()];
    for id in (0..nodes.len()).rev() {
        whole[id] = run.search.fate(id as NodeId) == Fate::Scanned;
        if !nodes[id].is_leaf() {
            let first = nodes[id].quarters as usize;
            whole[id] = whole[first] && whole[first + 1] && whole[first + 2] && whole[first + 3];
        }
    }
    whole
}

/// The points, by what became of them.
pub fn dots(scene: &mut Scene, run: &Quadtree, ctx: &Ctx) {
    let tree = &*run.tree;
    let (mut dim, mut plain) = (Path::new(), Path::new());
    let (mut tested, mut missed, mut found) = (Path::new(), Path::new(), Path::new());
    let mut is_hit = vec![false; tree.points.len()];
    for id in &run.search.found {
        is_hit[*id as usize] = true;
    }
    let dropped = below_pruned(run);
    let crowd = run.search.tested > RINGED;
    for (id, node) in tree.nodes.iter().enumerate() {
        let mut next = node.first;
        while next != NONE {
            let point = next;
            next = tree.after(point);
            let (x, y) = place(run, ctx, point);
            match run.search.fate(id as NodeId) {
                Fate::Scanned => {
                    let hit = is_hit[point as usize];
                    // What is found in a crowd is larger instead of ringed, which halves the picture.
                    if !(hit && crowd) {
                        tested.dot(x, y);
                    }
                    if hit { &mut found } else { &mut missed }.dot(x, y);
                }
                _ if dropped[id] => {
                    dim.dot(x, y);
                }
                _ => {
                    plain.dot(x, y);
                }
            }
        }
    }
    let size = match tree.points.len() {
        0..=40 => 0,
        41..=200 => 1,
        _ => 2,
    };
    let class = |names: [&'static str; 3], size: usize| names[size.min(2)];
    // Tested points are a size larger.
    let larger = size.max(1) - 1;
    let small = ["dots big", "dots", "dots small"];
    for (key, name, color, path) in [
        (DIM, class(["dots big dim", "dots dim", "dots small dim"], size), 0, dim),
        (DOTS, class(small, size), 0, plain),
        (TESTED, class(["halo big", "halo", "halo small"], larger), 0, tested),
        (MISSED, class(["hollow big", "hollow", "hollow small"], larger), 0, missed),
        (FOUND, class(small, larger), 1, found),
    ] {
        scene.path(key, name, color, path);
    }
}

// Which nodes lie in a pruned one, themselves among them: quarters come after the node that they are of.
fn below_pruned(run: &Quadtree) -> Vec<bool> {
    let mut dropped: Vec<bool> = Vec::new();
    for (id, node) in run.tree.nodes.iter().enumerate() {
        let above = node.parent != NONE && dropped[node.parent as usize];
        dropped.push(above || run.search.fate(id as NodeId) == Fate::Pruned);
    }
    dropped
}

// Where a point is drawn: on its way, while points move.
fn place(run: &Quadtree, ctx: &Ctx, id: u32) -> (i32, i32) {
    let to = map::point(run.tree.points[id as usize]);
    match run.before.get(id as usize) {
        Some(before) if ctx.phase < 256 => {
            let from = map::point(*before);
            (math::between(from.0, to.0, ctx.phase), math::between(from.1, to.1, ctx.phase))
        }
        // Of a crowd at rest the nearest whole unit is enough, and lighter.
        _ if run.tree.points.len() > 400 && run.before.is_empty() => ((to.0 + 5) / 10 * 10, (to.1 + 5) / 10 * 10),
        _ => to,
    }
}

// The cell that the last event was about, coming from the one before; and the one that the reader chose.
fn chosen(scene: &mut Scene, run: &Quadtree, ctx: &Ctx) {
    let (now, before) = run.focus;
    if let Some(to) = square(run, now)
        && now != NONE
    {
        let from = square(run, before).unwrap_or(to);
        let at = |nth: usize| math::between(from[nth], to[nth], ctx.phase);
        scene.rect(FOCUS, "focus", 0, (at(0), at(1)), (at(2), at(2)));
    }
    if let Some([x, y, w]) = ctx.selected.and_then(|id| square(run, id)) {
        scene.rect(CHOSEN, "select", 0, (x, y), (w, w));
    }
}

// Left, top and side of a node in the panel.
fn square(run: &Quadtree, id: NodeId) -> Option<[i32; 3]> {
    let node = run.tree.node(id)?;
    let (x, y) = map::place(node.x, node.y);
    Some([x, y, math::round(side(node.depth) * f64::from(SIDE))])
}

fn query(scene: &mut Scene, run: &Quadtree) {
    let asked = &run.asked;
    match asked.kind {
        Kind::Nothing => return,
        Kind::Box => {
            let (a, b) = (
                map::place(asked.x - asked.w / 2.0, asked.y - asked.h / 2.0),
                map::place(asked.x + asked.w / 2.0, asked.y + asked.h / 2.0),
            );
            scene.rect(SHAPE, "query", 0, a, (b.0 - a.0, b.1 - a.1));
        }
        Kind::Circle => {
            scene.path(SHAPE, "query", 0, circle(asked.x, asked.y, asked.w / 2.0));
        }
        Kind::Nearest => {
            let mut best = None;
            for id in &run.search.found {
                best = run.tree.points.get(*id as usize).copied();
            }
            if let Some(point) = best.filter(|_| run.is_searching()) {
                let r = math::sqrt(point.squared(Point { x: asked.x, y: asked.y }));
                scene.path(SHAPE, "query", 0, circle(asked.x, asked.y, r));
                scene.line(REACH, "bound", 0, map::place(asked.x, asked.y), map::point(point));
            }
        }
    }
    for (nth, (_, group, (x, y))) in grips(run).into_iter().enumerate() {
        let key = GRIPS + 2 * nth as u32;
        if group == CENTER {
            let mut cross = Path::new();
            cross.plus((x, y), 40);
            scene.path(key, "tick", 0, cross);
        } else {
            scene.rect(key, "knob", 0, (x.clamp(35, 3165) - 35, y.clamp(35, 3165) - 35), (70, 70));
        }
        // A finger takes hold beside it, too.
        let reach = 140;
        let (x, y) = (x.clamp(reach, 3200 - reach), y.clamp(reach, 10 * map::HEIGHT - reach));
        scene.circle(key + 1, "hit grip", 0, x, y, reach);
    }
}

// A circle as far as the panel shows it.
fn circle(x: f64, y: f64, r: f64) -> Path {
    let mut path = Path::new();
    for nth in 0..72 {
        let turn = f64::from(nth) / 72.0;
        let at = map::place(x + r * math::cos_turn(turn), y + r * math::sin_turn(turn));
        if nth == 0 {
            path.go(at.0, at.1)
        } else {
            path.line(at.0, at.1)
        };
    }
    path.close();
    path
}

// The point that came last: a ring closes in on it.
fn newest(scene: &mut Scene, run: &Quadtree, ctx: &Ctx) {
    if let Event::Landed(_) | Event::Added(_) = run.event
        && let Some(point) = run.tree.points.last()
    {
        let (x, y) = map::point(*point);
        let r = math::between(300, 75, ctx.phase);
        let room = x.min(y).min(3200 - x).min(10 * map::HEIGHT - y);
        scene.circle(NEW, "select", 0, x, y, r.min(room));
    }
}

fn legend(scene: &mut Scene, run: &Quadtree) {
    if run.asked.kind == Kind::Nothing {
        let mut text = say("");
        text.counted(run.tree.points.len(), "point").put(" in ").counted(run.tree.leaves(), "cell");
        scene.text(LEGEND, "note t-s num", EDGE, LINE, text.done());
        return;
    }
    let (mut halo, mut hollow, mut found, mut cross) = (Path::new(), Path::new(), Path::new(), Path::new());
    let middle = LINE - 45;
    halo.dot(EDGE + 60, middle).dot(EDGE + 960, middle);
    found.dot(EDGE + 60, middle);
    hollow.dot(EDGE + 960, middle);
    let x = EDGE + 2230;
    cross.cross((x, middle), 40);
    scene.path(LEGEND, "halo big", 0, halo);
    scene.path(LEGEND + 1, "dots big", 1, found);
    scene.path(LEGEND + 2, "hollow big", 0, hollow);
    scene.path(LEGEND + 3, "tick thin", 0, cross);
    scene.text(LEGEND + 4, "t-s", EDGE + 150, LINE, "found");
    scene.text(LEGEND + 5, "t-s", EDGE + 1050, LINE, "tested only");
    scene.text(LEGEND + 6, "t-s", x + 100, LINE, "pruned");
}
