//! What can be known before a tree is built.

use crate::model::{MAX_DEPTH, side};

/// What theory expects of a tree of uniform points, on average over all trees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expected {
    /// Nodes of the tree.
    pub nodes: f64,
    /// Nodes that a search for the points of a box looks at.
    pub visited: f64,
    /// Points that it tests.
    pub tested: f64,
}

/// What to expect of `count` points that lie anywhere alike, asked for the points of a box.
///
/// A square of depth d holds a binomial number of points, each with chance 1/4^d. It is a node when the square around it holds
/// more than the capacity, and a leaf when it does not itself. A search opens the nodes that overlap the box and looks at four
/// quarters of each; it tests the points of the leaves that overlap the box. How many squares of each depth do is counted.
pub fn expected(count: usize, capacity: usize, max_depth: usize, [left, top, right, bottom]: [f64; 4]) -> Expected {
    let max_depth = max_depth.min(usize::from(MAX_DEPTH));
    let all = count as f64;
    let mut out = Expected { nodes: 1.0, visited: 1.0, tested: 0.0 };
    // Of the square one depth up: the points that it is expected to hold as a leaf.
    let mut above = 0.0;
    for depth in 0..=max_depth {
        let side = side(depth as u8);
        let chance = side * side;
        let squares = overlapping(left, right, side) * overlapping(top, bottom, side);
        let few = few(count, chance, capacity);
        let as_leaf = if depth == max_depth { all * chance } else { few.points };
        // Points of a leaf that had to be made: without those that a leaf around it would have kept.
        out.tested += squares * (as_leaf - above / 4.0);
        // Below this chance a square is split in no tree; and rounding, times all squares of a depth, would look like some.
        if depth < max_depth && few.chance < 1.0 - 1e-12 {
            let opened = 4.0 * (1.0 - few.chance);
            out.nodes += opened / chance;
            out.visited += squares * opened;
        }
        above = few.points;
    }
    out
}

/// What is known of a square that holds few points.
struct Few {
    /// Chance that it holds at most the capacity.
    chance: f64,
    /// Its points, counted only when they are at most the capacity, on average.
    points: f64,
}

fn few(count: usize, chance: f64, capacity: usize) -> Few {
    if chance >= 1.0 {
        let is_few = count <= capacity;
        return Few { chance: f64::from(u8::from(is_few)), points: if is_few { count as f64 } else { 0.0 } };
    }
    let mut term = power(1.0 - chance, count);
    let mut out = Few { chance: term, points: 0.0 };
    for k in 1..=capacity.min(count) {
        term = term * (count - k + 1) as f64 / k as f64 * chance / (1.0 - chance);
        out.chance += term;
        out.points += term * k as f64;
    }
    out
}

/// How many squares of a side have a part between two lines, across the world.
fn overlapping(from: f64, to: f64, side: f64) -> f64 {
    let (from, to) = (from.max(0.0), to.min(1.0));
    if from >= to {
        return 0.0;
    }
    -(-to / side).floor() - (from / side).floor()
}

/// The depth that a tree cannot exceed when its closest two points are so far apart (squared); de Berg and others,
/// Computational Geometry, lemma 14.1: log2(s/c) + 3/2, with s the side of the world.
pub fn deepest(closest: f64) -> f64 {
    1.5 - log2(closest) / 2.0
}

/// The logarithm to base 2 of a number > 0, to twenty binary places, by squaring: alike on every target.
pub fn log2(x: f64) -> f64 {
    let (mut x, mut out) = (x, 0.0);
    while x >= 2.0 {
        x /= 2.0;
        out += 1.0;
    }
    while x < 1.0 && x > 0.0 {
        x *= 2.0;
        out -= 1.0;
    }
    let mut place = 0.5;
    for _ in 0..20 {
        x *= x;
        if x >= 2.0 {
            x /= 2.0;
            out += place;
        }
        place /= 2.0;
    }
    out
}

/// A number to a whole power, by squaring.
fn power(base: f64, exponent: usize) -> f64 {
    let (mut base, mut exponent, mut out) = (base, exponent, 1.0);
    while exponent > 0 {
        if exponent % 2 == 1 {
            out *= base;
        }
        base *= base;
        exponent /= 2;
    }
    out
}
