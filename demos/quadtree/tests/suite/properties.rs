//! What holds of any points and any query: also of points on split lines, on the edge and at one place.

use proptest::prelude::{ProptestConfig, Strategy, prop_assert, prop_assert_eq, prop_oneof, proptest};
use quadtree::model::{Point, side};
use quadtree::search::{Query, Search, brute_force, closest_pair};
use quadtree::theory::deepest;

use crate::{at, tree};

/// A coordinate: anywhere, on a split line, or on the outer edge.
fn coordinate() -> impl Strategy<Value = f64> {
    prop_oneof![
        0.0..1.0,
        (0_u32..=64).prop_map(|nth| f64::from(nth) / 64.0),
        (0_u32..4).prop_map(|nth| f64::from(nth) / 3.0)
    ]
}

fn some_points() -> impl Strategy<Value = Vec<Point>> {
    let point = (coordinate(), coordinate()).prop_map(|(x, y)| at(x, y));
    // Some of them twice and more.
    (proptest::collection::vec(point, 0..120), 0_usize..40).prop_map(|(mut points, again)| {
        let copies: Vec<Point> =
            points.iter().copied().cycle().take(if points.is_empty() { 0 } else { again }).collect();
        points.extend(copies);
        points
    })
}

fn query() -> impl Strategy<Value = Query> {
    let edge = || prop_oneof![coordinate(), -0.5..1.5];
    prop_oneof![
        (edge(), edge(), edge(), edge())
            .prop_map(|(a, b, c, d)| Query::Box { edges: [a.min(c), b.min(d), a.max(c), b.max(d)] }),
        (edge(), edge(), 0.0..1.5).prop_map(|(x, y, r)| Query::Circle { x, y, r }),
        (edge(), edge()).prop_map(|(x, y)| Query::Nearest { x, y }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(600) })]

    #[test]
    fn a_search_finds_what_brute_force_finds(
        points in some_points(), query in query(), capacity in 1_usize..9, max_depth in 1_usize..25,
    ) {
        let tree = tree(&points, capacity, max_depth);
        let search = Search::run(&tree, query);
        let mut found = search.found.clone();
        found.sort_unstable();
        let wanted = brute_force(&points, query);
        if let Query::Nearest { x, y } = query {
            // Of several nearest points either may find another one.
            let distance = |ids: &[u32]| ids.first().map(|id| points[*id as usize].squared(Point { x, y }));
            prop_assert_eq!(distance(&found), distance(&wanted));
        } else {
            prop_assert_eq!(found, wanted);
        }
        prop_assert!(search.tested <= points.len() && search.visited <= tree.nodes.len());
    }

    #[test]
    fn every_point_is_in_one_leaf_and_inside_it(points in some_points(), capacity in 1_usize..9, max_depth in 1_usize..25) {
        let tree = tree(&points, capacity, max_depth);
        prop_assert_eq!(tree.check(quadtree::model::NONE), Ok(()));
        prop_assert_eq!(tree.nodes.len(), 4 * tree.splits() + 1);
        prop_assert_eq!(tree.nodes.iter().filter(|node| node.is_leaf()).count(), 3 * tree.splits() + 1);
        for (id, point) in points.iter().enumerate() {
            let leaf = tree.leaf_of(*point);
            let [left, top, right, bottom] = tree.nodes[leaf as usize].square();
            prop_assert!((left..right).contains(&point.x) && (top..bottom).contains(&point.y));
            prop_assert!(tree.points_of(leaf).contains(&(id as u32)));
        }
    }

    #[test]
    fn the_tree_does_not_depend_on_the_order_of_points(points in some_points(), capacity in 1_usize..9) {
        let squares = |points: &[Point]| {
            let tree = tree(points, capacity, 12);
            let mut squares: Vec<(u8, u64, u64, u32)> =
                tree.nodes.iter().map(|node| (node.depth, node.x.to_bits(), node.y.to_bits(), node.count)).collect();
            squares.sort_unstable();
            squares
        };
        let backwards: Vec<Point> = points.iter().copied().rev().collect();
        prop_assert_eq!(squares(&points), squares(&backwards));
    }

    #[test]
    fn no_tree_is_deeper_than_its_closest_points_allow(points in some_points(), capacity in 1_usize..9) {
        let tree = tree(&points, capacity, 24);
        match closest_pair(&tree) {
            Some(closest) if closest > 0.0 => {
                prop_assert!(f64::from(tree.depth) <= deepest(closest) + 1e-5, "{} > {}", tree.depth, deepest(closest));
            }
            Some(_) => prop_assert!(tree.depth <= 24),
            None => prop_assert_eq!(tree.depth, 0),
        }
    }

    #[test]
    fn boxes_side_by_side_share_no_point(points in some_points(), x in coordinate(), y in coordinate()) {
        let tree = tree(&points, 4, 12);
        let parts = [[0.0, 0.0, x, y], [x, 0.0, 1.0, y], [0.0, y, x, 1.0], [x, y, 1.0, 1.0]];
        let found: usize = parts.iter().map(|edges| Search::run(&tree, Query::Box { edges: *edges }).found.len()).sum();
        prop_assert_eq!(found, points.len());
    }
}

#[test]
fn points_outside_the_world_and_what_is_not_a_number_are_refused() {
    for (x, y) in [(-0.1, 0.5), (0.5, 1.000_1), (f64::NAN, 0.5), (0.5, f64::INFINITY), (f64::NEG_INFINITY, f64::NAN)] {
        assert_eq!(Point::new(x, y), None, "{x}, {y}");
    }
    let corner = at(1.0, 1.0);
    assert!(corner.x < 1.0 && corner.x > 1.0 - 1e-15);
    let tree = tree(&[corner, at(0.0, 0.0), at(0.5, 0.5)], 1, 8);
    // On the lines through the middle: right and down.
    assert_eq!(tree.nodes[tree.leaf_of(at(0.5, 0.5)) as usize].square()[..2], [0.5, 0.5]);
    assert_eq!(side(3), 0.125);
}
