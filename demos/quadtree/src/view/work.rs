//! Two bars: what the tree does for an answer, beside testing every point in turn. Without a query: what the tree is made of.

use demo_kit::Scene;
use demo_kit::sentence::{Sentence, say};

use crate::story::Quadtree;

// Places in the panel, in tenths of a unit.
const LEFT: i32 = 10;
const WIDE: i32 = 3180;
const FIRST: i32 = 140;
const SECOND: i32 = 620;
const HIGH: i32 = 180;

/// The panel.
pub fn scene(run: &Quadtree) -> Scene {
    let points = run.tree.points.len();
    let (nodes, tested) = if run.is_searching() {
        (run.search.visited, run.search.tested)
    } else if run.asked.kind == crate::story::Kind::Nothing {
        (run.tree.nodes.len(), 0)
    } else {
        (0, 0)
    };
    let (mut tree, mut all) = (say(""), say(""));
    if run.asked.kind == crate::story::Kind::Nothing {
        tree.put("tree: ").counted(nodes, "node");
        all.put("in it: ").counted(points, "point");
    } else if run.is_searching() {
        tree.put("tree: ").counted(tested, "point").put(" + ").counted(nodes, "node");
        all.put("every point in turn: ").count(points);
    } else {
        tree.put("tree: not asked yet");
        all.put("every point in turn: ").count(points);
    }
    let longest = (nodes + tested).max(points).max(1) as i64;
    let length = |count: usize| (i64::from(WIDE) * count as i64 / longest) as i32;
    let (tree, all) = (tree.done(), all.done());
    let label: &mut Sentence = &mut say("Work; ");
    let mut scene = Scene::new(label.put(&tree).put("; ").put(&all).take());
    scene.text(0, "t-s num", LEFT, FIRST, tree);
    if tested > 0 {
        scene.rect(1, "bar", 1, (LEFT, FIRST + 60), (length(tested).max(10), HIGH));
    }
    if nodes > 0 {
        let start = LEFT + length(tested) + if tested > 0 { 15 } else { 0 };
        let end = LEFT + length(tested + nodes);
        scene.rect(2, "block", 0, (start, FIRST + 60), ((end - start).max(10).min(WIDE + LEFT - start), HIGH));
    }
    scene.text(3, "t-s num", LEFT, SECOND - 10, all);
    if points > 0 {
        scene.rect(4, "bar", 0, (LEFT, SECOND + 50), (length(points).max(10), HIGH));
    }
    scene
}
