//! The demo as the kit sees it: the model's run, drawn in three panels and put into words.

mod lens;
mod plane;
mod tree;
mod work;

use demo_kit::sentence::say;
use demo_kit::{Action, Ctx, Demo, Digest, Manifest, Mark, Refusal, Scene, Settings, Words};

use crate::manifest::{CENTER, CENTER_MARK, CORNER, CORNER_MARK, MANIFEST, PLANE, TREE};
use crate::map;
use crate::model::{MAX_DEPTH, NodeId, Point};
use crate::search::Fate;
use crate::sketch::Still;
use crate::story::{Kind, Quadtree};
use crate::words;

/// Most nodes that can be selected: deeper ones are told by the node that holds them.
const MARKED: usize = 1_500;
/// Groups of the nodes by their depth: the arrow keys walk along a depth, and to the nodes above and below.
const LEVELS: [&str; MAX_DEPTH as usize + 1] = [
    "level 0", "level 1", "level 2", "level 3", "level 4", "level 5", "level 6", "level 7", "level 8", "level 9",
    "level 10", "level 11", "level 12", "level 13", "level 14", "level 15", "level 16", "level 17", "level 18",
    "level 19", "level 20", "level 21", "level 22", "level 23", "level 24",
];

impl Demo for Quadtree {
    fn manifest() -> &'static Manifest {
        &MANIFEST
    }

    fn new(settings: &Settings, seed: u32) -> Self {
        Quadtree::start(settings, seed)
    }

    fn step(&mut self) -> bool {
        self.advance()
    }

    fn act(&mut self, action: &Action) -> Result<(), Refusal> {
        self.perform(action)
    }

    fn settings(&self) -> Settings {
        self.current()
    }

    fn check(&self) -> Result<(), &'static str> {
        Quadtree::check(self)
    }

    fn digest(&self, out: &mut Digest) {
        for point in &self.tree.points {
            out.f64(point.x);
            out.f64(point.y);
        }
        for node in &self.tree.nodes {
            out.u64(u64::from(node.quarters) << 32 | u64::from(node.count));
        }
        for fate in &self.search.fates {
            out.u64(match fate {
                Fate::Unseen => 0,
                Fate::Waiting => 1,
                Fate::Pruned => 2,
                Fate::Opened => 3,
                Fate::Scanned => 4,
            });
        }
        for edge in [self.asked.x, self.asked.y, self.asked.w, self.asked.h] {
            out.f64(edge);
        }
        out.count(self.search.tested);
        out.text(&self.narration());
    }

    fn bytes(&self) -> usize {
        // Clones share the tree until a point comes; what was found is their own.
        52 * self.tree.nodes.len() + 24 * self.tree.points.len() + 4 * self.search.found.len() + 800
    }

    fn panels(&self, ctx: &Ctx) -> Vec<Scene> {
        vec![plane::scene(self, ctx), tree::scene(self, ctx), work::scene(self)]
    }

    fn marks(&self) -> Vec<Mark> {
        let marked = marked(self);
        let across = &still(self).across;
        let mut marks = Vec::new();
        // On the plane, then the same nodes in the tree: one mark in two places. The handles and the root come last, so that the way over the
        // stage begins at the quarters, and goes up from them to the root.
        for panel in [PLANE, TREE] {
            for id in 1..marked {
                marks.push(mark(self, across, panel, id));
            }
        }
        for (id, group, (x, y)) in grips(self) {
            let label = if group == CENTER { "the query" } else { "the query’s corner" };
            marks.push(Mark { id, group, panel: PLANE, x, y, label: label.into() });
        }
        marks.push(mark(self, across, PLANE, 0));
        marks.push(mark(self, across, TREE, 0));
        marks
    }

    fn mark_at(&self, panel: usize, (x, y): (i32, i32), reach: i32) -> Option<u32> {
        let mut least = i64::from(reach) * i64::from(reach);
        let mut best = None;
        let mut offer = |id: u32, at: (i32, i32)| {
            let (dx, dy) = (i64::from(at.0 - x), i64::from(at.1 - y));
            if dx * dx + dy * dy <= least {
                least = dx * dx + dy * dy;
                best = Some(id);
            }
        };
        if panel == PLANE {
            for (id, _, at) in grips(self) {
                offer(id, at);
            }
            let (x, y) = map::world((x, y));
            return best.or_else(|| Point::new(x, y).map(|point| shown(self, self.tree.leaf_of(point))));
        }
        if panel == TREE {
            let across = &still(self).across;
            for id in 0..marked(self) {
                offer(id, tree::place(&self.tree, across, id));
            }
        }
        best
    }
}

/// What stays while an event is animated.
fn still(run: &Quadtree) -> &Still {
    run.sketch.0.get_or_init(|| {
        let mut still = Still { across: tree::across(&run.tree), ..Still::default() };
        plane::cells(&mut still.cells, run);
        plane::dots(&mut still.dots, run, &Ctx::REST);
        tree::nodes(&mut still.tree, run, &still.across);
        still
    })
}

/// By which marks the query can be taken hold of, and where they are.
fn grips(run: &Quadtree) -> Vec<(u32, &'static str, (i32, i32))> {
    let asked = &run.asked;
    let mut grips = Vec::new();
    if asked.kind != Kind::Nothing {
        grips.push((CENTER_MARK, CENTER, map::place(asked.x, asked.y)));
    }
    match asked.kind {
        Kind::Box => {
            grips.push((CORNER_MARK, CORNER, map::place(asked.x + asked.w / 2.0, asked.y + asked.h / 2.0)));
        }
        Kind::Circle => grips.push((CORNER_MARK, CORNER, map::place(asked.x + asked.w / 2.0, asked.y))),
        Kind::Nothing | Kind::Nearest => {}
    }
    grips
}

// How many nodes have marks: the first ones. Quarters come four in a row, so a node has them all or none.
fn marked(run: &Quadtree) -> NodeId {
    run.tree.nodes.len().min(MARKED + 1) as NodeId
}

// The node that stands for another one: itself, or the nearest around it that has a mark.
fn shown(run: &Quadtree, mut id: NodeId) -> NodeId {
    while id >= marked(run) {
        id = run.tree.node(id).map_or(0, |node| node.parent);
    }
    id
}

fn mark(run: &Quadtree, across: &[i32], panel: usize, id: NodeId) -> Mark {
    let node = run.tree.nodes[id as usize];
    let [left, top, right, bottom] = node.square();
    let (x, y) = if panel == PLANE {
        map::place((left + right) / 2.0, (top + bottom) / 2.0)
    } else {
        tree::place(&run.tree, across, id)
    };
    let label = say("").put(words::kind_of(&run.tree, id)).put(" ").count(id as usize).take();
    Mark { id, group: LEVELS[usize::from(node.depth) % LEVELS.len()], panel, x, y, label }
}
