//! The tree: the root on top, a row for each depth, leaves side by side in the order of their squares.

use demo_kit::sentence::say;
use demo_kit::{Ctx, Path, Scene, math};

use super::plane::CROWD;
use super::still;
use crate::model::{NONE, NodeId, Tree};
use crate::search::Fate;
use crate::story::Quadtree;

// Places in the panel, in tenths of a unit.
const LEFT: i32 = 290;
const RIGHT: i32 = 3130;
const TOP: i32 = 130;
const BOTTOM: i32 = 1790;

// Keys.
const LEVEL: u32 = 0;
const EDGES: u32 = 30;
const OPENED: u32 = 31;
const PRUNED: u32 = 32;
const LEAVES: u32 = 33;
const TESTED: u32 = 34;
const TESTED_IN: u32 = 35;
const FOUND: u32 = 36;
const FOCUS: u32 = 37;
const CHOSEN: u32 = 38;
const TITLE: u32 = 39;

/// Where the nodes of a tree stand across, in tenths of a unit: the leaves evenly, every other node over the middle of its
/// quarters.
pub fn across(tree: &Tree) -> Vec<i32> {
    let mut across = vec![0; tree.nodes.len()];
    let leaves = tree.leaves() as i64;
    let mut leaf = 0;
    // Depth first, and each node once more after its quarters.
    let mut waiting = Vec::new();
    waiting.push((0, false));
    while let Some((id, after)) = waiting.pop() {
        let Some(node) = tree.node(id) else { continue };
        if node.is_leaf() {
            across[id as usize] = LEFT + (i64::from(RIGHT - LEFT) * (2 * leaf + 1) / (2 * leaves)) as i32;
            leaf += 1;
        } else if after {
            let (first, last) = (across[node.quarters as usize], across[node.quarters as usize + 3]);
            across[id as usize] = (first + last) / 2;
        } else {
            waiting.push((id, true));
            for nth in (0..4).rev() {
                waiting.push((node.quarters + nth, false));
            }
        }
    }
    across
}

/// Where a node stands.
pub fn place(tree: &Tree, across: &[i32], id: NodeId) -> (i32, i32) {
    let depth = tree.node(id).map_or(0, |node| node.depth);
    (across.get(id as usize).copied().unwrap_or(LEFT), row(tree, depth))
}

/// The panel.
pub fn scene(run: &Quadtree, ctx: &Ctx) -> Scene {
    let tree = &*run.tree;
    let still = still(run);
    let mut label = say("The tree: ");
    label.counted(tree.nodes.len(), "node").put(", ").counted(tree.leaves(), "leaf node").put(", depth ");
    let mut scene = Scene::new(label.count(usize::from(tree.depth)).take());
    scene.items = still.tree.items.clone();
    focus(&mut scene, run, &still.across, ctx);
    scene
}

/// The nodes and edges, and what the search knows of them.
pub fn nodes(scene: &mut Scene, run: &Quadtree, across: &[i32]) {
    levels(scene, &run.tree);
    edges(scene, run, across);
    ends(scene, run, across);
}

fn row(tree: &Tree, depth: u8) -> i32 {
    let rows = i32::from(tree.depth).max(3);
    TOP + (BOTTOM - TOP) * i32::from(depth) / rows
}

// The depths at the left edge, as many as have room.
fn levels(scene: &mut Scene, tree: &Tree) {
    let mut free = 0;
    for depth in 0..=tree.depth {
        let y = row(tree, depth);
        if y >= free || depth == tree.depth {
            if depth == tree.depth && y < free {
                scene.items.pop();
            }
            scene.text(LEVEL + u32::from(depth), "note t-e num", 200, y + 50, say("").count(usize::from(depth)).take());
            free = y + 170;
        }
    }
    if tree.depth == 0 {
        scene.text(TITLE, "note t-s", LEFT, row(tree, 1) + 50, "depth 0: one cell, not split");
    }
}

fn edges(scene: &mut Scene, run: &Quadtree, across: &[i32]) {
    let tree = &*run.tree;
    let (mut plain, mut opened) = (Path::new(), Path::new());
    for (id, node) in tree.nodes.iter().enumerate() {
        if node.is_leaf() {
            continue;
        }
        let from = place(tree, across, id as NodeId);
        let to = [0, 1, 2, 3].map(|nth| place(tree, across, node.quarters + nth));
        if run.search.fate(id as NodeId) != Fate::Opened {
            plain.go(to[0].0, to[0].1).line(from.0, from.1).line(to[3].0, to[3].1);
            plain.go(to[1].0, to[1].1).line(from.0, from.1).line(to[2].0, to[2].1);
            continue;
        }
        for (nth, at) in to.iter().enumerate() {
            let of = run.search.fate(node.quarters + nth as NodeId);
            let path = if of == Fate::Pruned || of == Fate::Unseen { &mut plain } else { &mut opened };
            path.segment(from, *at);
        }
    }
    // A crowd of lines is paler, or it would hide the way of the search.
    scene.path(EDGES, if tree.leaves() > CROWD { "grid" } else { "axis" }, 0, plain);
    scene.path(OPENED, "walk", 0, opened);
}

// What stands at the lower end of the edges: pruned nodes with a cross, leaves with a dot, those that were scanned ringed,
// those in which something was found filled.
fn ends(scene: &mut Scene, run: &Quadtree, across: &[i32]) {
    let tree = &*run.tree;
    let size = (RIGHT - LEFT) / tree.leaves() as i32;
    let few = size > 60;
    let mut found = vec![false; tree.nodes.len()];
    for id in &run.search.found {
        if let Some(point) = tree.points.get(*id as usize) {
            found[tree.leaf_of(*point) as usize] = true;
        }
    }
    let (mut pruned, mut leaves) = (Path::new(), Path::new());
    let mut scanned = 0;
    let (mut tested, mut tested_in, mut hits) = (Path::new(), Path::new(), Path::new());
    for (id, node) in tree.nodes.iter().enumerate() {
        let (x, y) = place(tree, across, id as NodeId);
        match run.search.fate(id as NodeId) {
            Fate::Pruned => {
                let arm = (size / 3).clamp(if run.search.pruned > 80 { 14 } else { 22 }, 32);
                pruned.cross((x, y), arm);
            }
            Fate::Scanned => {
                tested.dot(x, y);
                scanned += 1;
                if found[id] { &mut hits } else { &mut tested_in }.dot(x, y);
            }
            Fate::Unseen | Fate::Waiting if few && node.is_leaf() => {
                leaves.dot(x, y);
            }
            _ => {}
        }
    }
    scene.path(PRUNED, "tick thin", 0, pruned);
    // As large as there is room, unless nearly all leaves are scanned.
    let of = |few: &'static str, many: &'static str| if size > 25 || scanned < 60 { few } else { many };
    scene.path(LEAVES, "dots", 0, leaves);
    scene.path(TESTED, of("halo", "halo small"), 0, tested);
    scene.path(TESTED_IN, of("hollow", "hollow small"), 0, tested_in);
    scene.path(FOUND, of("dots", "dots small"), 1, hits);
}

// The node that the last event was about, coming from the one before; and the one that the reader chose.
fn focus(scene: &mut Scene, run: &Quadtree, across: &[i32], ctx: &Ctx) {
    let (now, before) = run.focus;
    if now != NONE {
        let to = place(&run.tree, across, now);
        let from = if run.tree.node(before).is_some() { place(&run.tree, across, before) } else { to };
        let at = (math::between(from.0, to.0, ctx.phase), math::between(from.1, to.1, ctx.phase));
        scene.circle(FOCUS, "now", 0, at.0, at.1, 55);
    }
    if let Some(id) = ctx.selected
        && run.tree.node(id).is_some()
    {
        let (x, y) = place(&run.tree, across, id);
        scene.circle(CHOSEN, "select", 0, x, y, 85);
    }
}
