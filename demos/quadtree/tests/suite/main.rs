//! Tests of the quadtree: the tree, the searches, the formulas, the stories, the words, the pictures.

mod actions;
mod claims;
mod common;
mod known_answers;
mod pictures;
mod properties;

use demo_kit::lint;
use quadtree::Quadtree;
use quadtree::model::{Point, Tree};
use quadtree::points::{Layout, points};
use quadtree::search::Query;

/// Event 0 of a preset, by its index.
fn preset(idx: usize) -> Quadtree {
    lint::preset(idx)
}

/// Event 0 of the first preset with some settings changed.
fn with(changes: &[(usize, i64)]) -> Quadtree {
    lint::with(0, changes)
}

/// A point of the world.
fn at(x: f64, y: f64) -> Point {
    Point::new(x, y).expect("a point of the world")
}

/// A tree of some points.
fn tree(points: &[Point], capacity: usize, max_depth: usize) -> Tree {
    let mut tree = Tree::new(capacity, max_depth);
    for point in points {
        tree.insert(*point);
    }
    tree
}

/// A tree of points that lie anywhere alike.
fn uniform(count: usize, capacity: usize, seed: u32) -> Tree {
    tree(&points(Layout::Uniform, count, seed), capacity, 24)
}

/// The box with a center and a side.
fn square(x: f64, y: f64, side: f64) -> Query {
    Query::Box { edges: [x - side / 2.0, y - side / 2.0, x + side / 2.0, y + side / 2.0] }
}

/// Nodes, leaves and depth of a tree.
fn size(tree: &Tree) -> (usize, usize, u8) {
    (tree.nodes.len(), tree.leaves(), tree.depth)
}
