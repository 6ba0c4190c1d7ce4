//! Everything that the demo says: narration, marks, the scene in words, the table. All English of the demo stands here and in
//! the manifest.

use demo_kit::sentence::{Sentence, say};
use demo_kit::{Table, Words, math, num};

use crate::manifest::{CENTER_MARK, CORNER_MARK};
use crate::model::{NodeId, Point, Tree};
use crate::search::{Fate, Step, contains};
use crate::story::{Event, Kind, Quadtree, Story};

impl Words for Quadtree {
    fn narration(&self) -> String {
        let mut text = say("");
        match self.event {
            Event::Setup => setup(self, &mut text),
            Event::Stepped(step) => stepped(self, &mut text, step),
            Event::Searched(steps, pruned) => {
                text.put("The search went through ").counted(steps, "node").put(" and pruned ").count(pruned).put(". ");
                so_far(self, &mut text);
            }
            Event::Answered => answered(self, &mut text),
            Event::NothingAsked => {
                text.put("Nothing is asked: choose a query, or add points.");
            }
            Event::Landed(leaf) => landed(self, &mut text, leaf),
            Event::Split(leaf, most) => split(self, &mut text, leaf, most),
            Event::Arrived(count, splits) => {
                text.counted(count, "more point").put(" and ").counted(splits, "split").put(": ");
                text.counted(self.tree.points.len(), "point").put(" in ").counted(self.tree.nodes.len(), "node");
                text.put(", the deepest at depth ").count(usize::from(self.tree.depth)).put(".");
            }
            Event::NobodyCame => {
                text.put("There is no point: one empty cell is the whole tree.");
            }
            Event::Parted => {
                text.put("The same two shops, now on both sides of the line through the middle: ");
                size(self, &mut text);
            }
            Event::Ticked(tick) => {
                text.put("Tick ").count(tick as usize).put(": the points moved on, and the tree was built anew: ");
                size(self, &mut text);
            }
            Event::Added(splits) => added(self, &mut text, splits),
            Event::Moved => {
                text.put("The query moved. ");
                result(self, &mut text);
            }
            Event::Sized => {
                text.put("The query has another size. ");
                result(self, &mut text);
            }
        }
        text.done()
    }

    fn explain(&self, mark: u32) -> String {
        let mut text = say("");
        if mark == CENTER_MARK && self.asked.kind != Kind::Nothing {
            text.put("The query: drag it, or choose Move the query and then its new place.");
        } else if mark == CORNER_MARK && matches!(self.asked.kind, Kind::Box | Kind::Circle) {
            text.put("The size of the query: drag this corner, or choose Size the query and then a place.");
        } else if self.tree.node(mark).is_some() {
            explain_node(self, &mut text, mark);
        }
        text.done()
    }

    fn words(&self) -> String {
        let tree = &*self.tree;
        let mut text = say("");
        text.counted(tree.points.len(), "point").put(" in a square world. A cell holds at most ");
        text.counted(tree.capacity as usize, "point")
            .put(" and is split into four when it gets one more, down to depth ");
        text.count(usize::from(tree.max_depth)).put(". ");
        size(self, &mut text);
        let overfull = overfull(tree);
        if overfull > 0 {
            text.put(" At the depth limit, ").counted(overfull, "leaf node").put(" with more points than that.");
        }
        let asked = &self.asked;
        match asked.kind {
            Kind::Nothing => {
                text.put(" Nothing is asked.");
            }
            Kind::Box => {
                text.put(" Asked is for the points of a box of ").percent(asked.w).put(" by ").percent(asked.h);
                text.put(" of the world’s side, ");
            }
            Kind::Circle => {
                text.put(" Asked is for the points of a circle with a diameter of ").percent(asked.w);
                text.put(" of the world’s side, ");
            }
            Kind::Nearest => {
                text.put(" Asked is for the nearest point to a place ");
            }
        }
        if asked.kind != Kind::Nothing {
            text.put("centered ").percent(asked.x).put(" from the left and ").percent(asked.y).put(" from the top. ");
            if self.is_searching() {
                so_far(self, &mut text);
            } else {
                text.put("The search has not begun.");
            }
        }
        text.done()
    }

    fn table(&self) -> Table {
        let mut rows = Vec::new();
        for depth in 0..=self.tree.depth {
            let (mut nodes, mut leaves, mut points) = (0, 0, 0);
            let (mut opened, mut scanned, mut pruned) = (0, 0, 0);
            for (node, fate) in self.tree.nodes.iter().zip(&self.search.fates) {
                if node.depth == depth {
                    nodes += 1;
                    leaves += usize::from(node.is_leaf());
                    points += node.count as usize;
                    opened += usize::from(*fate == Fate::Opened);
                    scanned += usize::from(*fate == Fate::Scanned);
                    pruned += usize::from(*fate == Fate::Pruned);
                }
            }
            let mut row = Vec::new();
            for number in [usize::from(depth), nodes, leaves, points, opened, scanned, pruned] {
                row.push(say("").count(number).take());
            }
            rows.push(row);
        }
        Table {
            caption: "The tree by depth, and how far the search has come in it".into(),
            head: vec!["depth", "nodes", "leaves", "points", "opened", "scanned", "pruned"],
            rows,
        }
    }
}

/// "leaf", "node", "root".
pub fn kind_of(tree: &Tree, id: NodeId) -> &'static str {
    match tree.node(id) {
        Some(node) if node.is_leaf() => "leaf",
        _ if id == 0 => "root",
        _ => "node",
    }
}

fn setup(run: &Quadtree, text: &mut Sentence) {
    let count = run.tree.points.len();
    match run.story {
        Story::Search if count == 0 => {
            text.put("There is no point: the tree is one empty cell. The search is about to begin.");
        }
        Story::Search => {
            text.counted(count, "point").put(" in ").counted(run.tree.leaves(), "cell").put(". ");
            text.put(match run.asked.kind {
                Kind::Nothing => "Nothing is asked of them.",
                Kind::Box => "Which of them lie in the box?",
                Kind::Circle => "Which of them lie in the circle?",
                Kind::Nearest => "Which of them is nearest to the cross?",
            });
        }
        Story::Arrivals => {
            text.put("An empty map is one cell. A cell that gets more than ");
            text.counted(run.tree.capacity as usize, "point").put(" is split into four. Here they come.");
        }
        Story::NextDoor => {
            text.counted(count, "point").put(" in ").counted(run.tree.leaves(), "cell");
            text.put("; a cell holds at most ")
                .count(run.tree.capacity as usize)
                .put(". One more point is about to come.");
        }
        Story::Motion => {
            text.counted(count, "point").put(" in ").counted(run.tree.nodes.len(), "node");
            text.put(". They are about to move; after every tick the tree is built anew.");
        }
    }
}

fn stepped(run: &Quadtree, text: &mut Sentence, step: Step) {
    let name = |text: &mut Sentence, id: NodeId| {
        text.put(if id == 0 { "The root" } else { "Node " });
        if id > 0 {
            text.count(id as usize);
            text.put(" at depth ").count(run.tree.node(id).map_or(0, |node| usize::from(node.depth)));
        }
    };
    match step {
        Step::Opened(id, kept, pruned) => {
            name(text, id);
            text.put(" was opened: ");
            if pruned == 0 {
                text.put("each of its quarters may hold an answer.");
            } else if kept == 0 {
                text.put("none of its quarters can hold an answer, and all are pruned.");
            } else {
                text.count(kept).put(" of its quarters may hold an answer, ").count(pruned);
                text.put(if pruned == 1 { " cannot and is pruned." } else { " cannot and are pruned." });
            }
        }
        Step::Scanned(id, tested, found) => {
            name(text, id);
            if tested == 0 {
                text.put(" is a leaf without points: nothing to test. ");
            } else {
                text.put(" is a leaf: ").counted(tested, "point").put(" tested, ").count(found);
                text.put(if run.asked.kind == Kind::Nearest { " nearer than all before. " } else { " found. " });
            }
            text.count(run.search.tested).put(" tested so far.");
        }
        Step::Pruned(id) => {
            name(text, id);
            text.put(" was waiting, but a nearer point has been found: it is pruned.");
        }
    }
}

fn so_far(run: &Quadtree, text: &mut Sentence) {
    let search = &run.search;
    text.put(if search.is_done() { "In all " } else { "So far " }).counted(search.visited, "node");
    text.put(" looked at, ").counted(search.tested, "point").put(" tested, ").count(search.found.len()).put(" found.");
}

// At the end of a search, or after the reader changed the question.
fn answered(run: &Quadtree, text: &mut Sentence) {
    let (search, points) = (&run.search, run.tree.points.len());
    if search.visited == 1 && search.pruned == 1 {
        text.put("Nothing was found: the query ");
        text.put(if run.asked.w == 0.0 || run.asked.h == 0.0 { "has no area. " } else { "lies outside the world. " });
        text.put("The root was looked at, and pruned.");
        return;
    }
    text.put("Done: ").count(search.found.len()).put(" found, with ").counted(search.tested, "point");
    text.put(" tested and ").counted(search.visited, "node").put(" looked at. ");
    if search.tested + search.visited > points {
        text.put("Testing all ").counted(points, "point").put(" in turn is less work.");
    } else {
        text.put("Testing all in turn takes ").count(points).put(".");
    }
}

fn result(run: &Quadtree, text: &mut Sentence) {
    let search = &run.search;
    if search.visited == 1 && search.pruned == 1 {
        text.put("It ").put(if run.asked.w == 0.0 || run.asked.h == 0.0 {
            "has no area"
        } else {
            "lies outside the world"
        });
        text.put(": the root is pruned, nothing found.");
        return;
    }
    if run.asked.kind == Kind::Nearest {
        if let Some(point) = search.found.first().and_then(|id| run.tree.points.get(*id as usize)) {
            let squared = point.squared(Point { x: run.asked.x, y: run.asked.y });
            text.put("The nearest point is ").put(&num::number(math::sqrt(squared))).put(" away; ");
        } else {
            text.put("There is no point that could be nearest; ");
        }
    } else {
        text.count(search.found.len()).put(" found, ");
    }
    text.count(search.tested).put(" of ").counted(run.tree.points.len(), "point").put(" tested, ");
    text.counted(search.visited, "node").put(" looked at.");
}

fn landed(run: &Quadtree, text: &mut Sentence, leaf: NodeId) {
    let Some(node) = run.tree.node(leaf) else { return };
    let (count, capacity) = (node.count as usize, run.tree.capacity as usize);
    text.put("Point ").count(run.tree.points.len()).put(" fell into a leaf at depth ").count(usize::from(node.depth));
    if count <= capacity {
        text.put(", which now holds ").count(count).put(" of at most ").count(capacity).put(".");
    } else if run.leaf_to_split() == leaf {
        text.put(", which holds ").count(count).put(" now: more than ").count(capacity).put(", so it must be split.");
    } else {
        text.put(", which holds ").count(count).put(" now. It is as deep as allowed: it overflows, and is not split.");
    }
}

fn split(run: &Quadtree, text: &mut Sentence, leaf: NodeId, most: u32) {
    let Some(node) = run.tree.node(leaf) else { return };
    let mut all = 0;
    for nth in 0..4 {
        all += run.tree.node(node.quarters + nth).map_or(0, |quarter| quarter.count);
    }
    text.put("Split ").count(run.tree.splits());
    if most == all {
        text.put(" cut a cell of depth ").count(usize::from(node.depth)).put(" in vain: ");
        if all == 2 {
            text.put("both");
        } else {
            text.put("all ").count(all as usize);
        }
        text.put(" points fell into one quarter. ");
    } else {
        text.put(" parted the points of a cell at depth ").count(usize::from(node.depth));
        text.put(": at most ").count(most as usize).put(" in a quarter. ");
    }
    size(run, text);
}

fn added(run: &Quadtree, text: &mut Sentence, splits: usize) {
    let Some(point) = run.tree.points.last() else { return };
    let leaf = run.tree.leaf_of(*point);
    let node = run.tree.nodes[leaf as usize];
    text.put("A point was added");
    if splits > 0 {
        text.put(" and made ").counted(splits, "split");
    }
    text.put(": its leaf at depth ").count(usize::from(node.depth)).put(" holds ").count(node.count as usize);
    if node.count > run.tree.capacity {
        text.put(", more than fit: the depth limit is reached.");
    } else {
        text.put(" of at most ").count(run.tree.capacity as usize).put(".");
    }
    let last = run.tree.points.len() - 1;
    if contains(&run.search.found, last as u32) {
        text.put(" The query finds it.");
    }
}

fn size(run: &Quadtree, text: &mut Sentence) {
    text.counted(run.tree.nodes.len(), "node").put(", ");
    let leaves = run.tree.leaves();
    text.count(leaves).put(if leaves == 1 { " leaf" } else { " leaves" });
    text.put(", depth ").count(usize::from(run.tree.depth)).put(".");
}

fn explain_node(run: &Quadtree, text: &mut Sentence, id: NodeId) {
    let Some(node) = run.tree.node(id) else { return };
    if id == 0 {
        text.put("The root is the whole world");
    } else {
        text.put("Node ").count(id as usize).put(" at depth ").count(usize::from(node.depth)).put(" has 1/");
        text.count(1 << node.depth).put(" of the world’s side");
    }
    if node.is_leaf() {
        text.put("; a leaf with ").count(node.count as usize);
        text.put(" of at most ").counted(run.tree.capacity as usize, "point");
    } else {
        text.put(", split into four");
    }
    text.put(match run.search.fates.get(id as usize) {
        Some(Fate::Opened) => ". The search opened it.",
        Some(Fate::Scanned) => ". The search tested its points.",
        Some(Fate::Pruned) => ". The search pruned it: no answer can lie in it.",
        Some(Fate::Waiting) => ". Its turn in the search is to come.",
        _ => ".",
    });
}

// Leaves that hold more than the capacity: only at the depth limit.
fn overfull(tree: &Tree) -> usize {
    let mut count = 0;
    for node in &tree.nodes {
        count += usize::from(node.is_leaf() && node.count > tree.capacity && node.depth == tree.max_depth);
    }
    count
}
