//! Numbers that are known before the run: exact ones to the digit, means within three standard errors.

use quadtree::model::Tree;
use quadtree::points::{Layout, pair, points};
use quadtree::search::{Search, closest_pair};
use quadtree::theory::{deepest, expected, log2};

use crate::{at, size, square, tree, uniform};

#[test]
fn two_points_in_one_small_cell_take_ten_splits() {
    let close = tree(&pair(false), 1, 24);
    assert_eq!(size(&close), (41, 31, 10));
    assert_eq!(size(&tree(&pair(true), 1, 24)), (5, 4, 1));
}

#[test]
fn points_that_halve_their_way_to_the_corner_split_every_corner_cell() {
    let mut points = Vec::new();
    let mut part = 1.0;
    for _ in 1..=12 {
        part /= 2.0;
        points.push(at(part, part));
    }
    assert_eq!(size(&tree(&points, 1, 24)), (45, 34, 11));
}

#[test]
fn equal_points_split_down_to_the_limit() {
    let tree = tree(&points(Layout::Same, 10, 1), 4, 8);
    assert_eq!(size(&tree), (33, 25, 8));
    let overfull = tree.nodes.iter().filter(|node| node.count > 4).count();
    assert_eq!(overfull, 1);
}

#[test]
fn uniform_points_of_seed_42() {
    assert_eq!(size(&uniform(1000, 4, 42)), (669, 502, 6));
    assert_eq!(size(&uniform(5000, 4, 42)), (3701, 2776, 7));
    assert_eq!(size(&uniform(1000, 1, 42)), (2889, 2167, 10));
}

#[test]
fn centered_boxes_on_a_thousand_points() {
    let tree = uniform(1000, 4, 42);
    let expected =
        [(0.05, 3, 57, 9), (0.10, 11, 57, 15), (0.25, 62, 73, 62), (0.50, 243, 181, 243), (1.0, 1000, 669, 1000)];
    for (side, hits, visited, tested) in expected {
        let search = Search::run(&tree, square(0.5, 0.5, side));
        assert_eq!((search.found.len(), search.visited, search.tested), (hits, visited, tested), "side {side}");
    }
}

#[test]
fn logarithms_to_twenty_places() {
    for (x, wanted) in [(1.0, 0.0), (1024.0, 10.0), (0.125, -3.0), (12.0, 3.584_962_500_7), (1e-6, -19.931_568_569_3)] {
        assert!((log2(x) - wanted).abs() < 1e-6, "{x}: {}", log2(x));
    }
    // Two points 1/1024 apart: at most 10 + 3/2 levels.
    assert!((deepest(1.0 / 1024.0 / 1024.0) - 11.5).abs() < 1e-9);
}

/// Mean and standard error.
fn mean(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
    (mean, (variance / n).sqrt())
}

#[test]
fn a_search_costs_what_theory_expects() {
    let edges = [0.31, 0.42, 0.47, 0.63];
    for (count, capacity, max_depth) in
        [(0, 4, 24), (3, 4, 24), (200, 1, 24), (200, 1, 3), (1000, 4, 24), (1000, 16, 24)]
    {
        let theory = expected(count, capacity, max_depth, edges);
        let (mut nodes, mut visited, mut tested) = (Vec::new(), Vec::new(), Vec::new());
        for seed in 0..200 {
            let tree = tree(&points(Layout::Uniform, count, seed), capacity, max_depth);
            let search = Search::run(&tree, quadtree::search::Query::Box { edges });
            nodes.push(tree.nodes.len() as f64);
            visited.push(search.visited as f64);
            tested.push(search.tested as f64);
        }
        for (name, values, wanted) in
            [("nodes", nodes, theory.nodes), ("visited", visited, theory.visited), ("tested", tested, theory.tested)]
        {
            let (mean, error) = mean(&values);
            let near = (mean - wanted).abs() <= 3.0 * error + 0.01;
            assert!(near, "{count} points, {capacity} a cell: {name} {mean} +- {error}, theory {wanted}");
        }
    }
}

#[test]
fn a_box_without_area_and_one_around_the_world_are_expected_right() {
    let nothing = expected(1000, 4, 24, [0.5, 0.5, 0.5, 0.5]);
    assert_eq!((nothing.visited, nothing.tested), (1.0, 0.0));
    let all = expected(1000, 4, 24, [-0.25, -0.25, 1.25, 1.25]);
    assert!((all.tested - 1000.0).abs() < 1e-6 && (all.visited - all.nodes).abs() < 1e-6, "{all:?}");
}

#[test]
fn the_closest_pair_is_the_closest() {
    assert_eq!(closest_pair(&Tree::new(4, 8)), None);
    assert_eq!(closest_pair(&tree(&[at(0.2, 0.2)], 4, 8)), None);
    for seed in 0..40 {
        let tree = uniform(2 + 7 * seed as usize, 1 + seed as usize % 5, seed);
        let mut best = f64::INFINITY;
        for (idx, one) in tree.points.iter().enumerate() {
            for other in &tree.points[idx + 1..] {
                best = best.min(one.squared(*other));
            }
        }
        assert_eq!(closest_pair(&tree), Some(best), "seed {seed}");
    }
}
