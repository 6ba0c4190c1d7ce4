//! The lesson of each preset, as a number: whoever breaks the lesson breaks a test.

use demo_kit::lint::{self, at_end};
use demo_kit::{Demo, Measures, num};
use quadtree::Quadtree;
use quadtree::manifest::{POINTS, SIDE};
use quadtree::measure::{bound, expectation};
use quadtree::model::side;

use crate::{preset, size, with};

#[test]
fn a_small_box_tests_fifteen_of_a_thousand() {
    let run = at_end(preset(0));
    let search = &run.search;
    assert_eq!((search.found.len(), search.tested, search.visited), (11, 15, 57));
    assert_eq!(size(&run.tree), (669, 502, 6));
    let theory = expectation(&run).expect("uniform points and a box");
    assert!((10.0..25.0).contains(&theory.tested) && (50.0..65.0).contains(&theory.visited), "{theory:?}");
}

#[test]
fn the_smaller_half_of_the_cells_covers_a_fiftieth_of_the_map() {
    let run = at_end(preset(1));
    let leaves = run.tree.nodes.iter().filter(|node| node.is_leaf());
    let mut areas: Vec<f64> = leaves.clone().map(|node| side(node.depth) * side(node.depth)).collect();
    areas.sort_unstable_by(f64::total_cmp);
    let smaller: f64 = areas[..areas.len() / 2].iter().sum();
    assert!((0.015..0.025).contains(&smaller), "{smaller}");
    let shallow = leaves.map(|node| node.depth).min().expect("leaves");
    assert!(run.tree.depth >= shallow + 3, "{} and {shallow}", run.tree.depth);
}

#[test]
fn two_shops_take_ten_splits_and_across_a_line_one() {
    let mut run = preset(2);
    assert_eq!(size(&run.tree), (1, 1, 0));
    let mut splits = 0;
    while run.tree.depth < 10 {
        assert!(run.step());
        splits = run.tree.splits();
    }
    assert_eq!((splits, size(&run.tree)), (10, (41, 31, 10)));
    assert!(f64::from(run.tree.depth) <= bound(&run).expect("two points"));
    assert!(run.step(), "they move apart");
    assert_eq!(size(&run.tree), (5, 4, 1));
    assert!(!run.step());
}

#[test]
fn ten_points_at_one_spot_split_as_deep_as_they_may() {
    let run = at_end(preset(3));
    assert_eq!(size(&run.tree), (33, 25, 8));
    assert_eq!(run.tree.nodes.iter().map(|node| node.count).max(), Some(10));
    assert_eq!(bound(&run), None, "points at one place have no distance");
}

#[test]
fn to_query_everything_is_two_thirds_more_work() {
    let run = at_end(preset(4));
    let search = &run.search;
    assert_eq!((search.found.len(), search.tested, search.visited, search.pruned), (1000, 1000, 669, 0));
    let more = (search.tested + search.visited) as f64 / 1000.0;
    assert!((1.6..1.75).contains(&more), "{more}");
}

#[test]
fn the_right_answers_are_the_ones_that_are_claimed() {
    let presets = Quadtree::manifest().presets;
    let right: Vec<&str> = presets.iter().map(|preset| preset.choices[preset.answer]).collect();
    let claimed = ["about 15", "about 2 %", "10", "as deep as it may", "two thirds more"];
    assert_eq!(right, claimed);
}

#[test]
fn the_set_up_answers_no_question() {
    lint::answers_nothing_at_event_0::<Quadtree>();
    for idx in [0, 4] {
        let run = preset(idx);
        assert!(run.meters()[..2].iter().all(|meter| meter.measured == num::NONE));
        assert_eq!(run.sample(), [None; 8]);
    }
}

#[test]
fn the_sweep_follows_its_theory_and_stays_far_below_brute_force() {
    for points in [100, 1000, 5000] {
        let run = at_end(with(&[(POINTS, points), (SIDE, 10)]));
        let theory = Quadtree::theory(&run.setup).expect("uniform points and a box");
        let outcome = run.outcome().expect("a search");
        assert!((outcome - theory).abs() < 4.0 * theory.sqrt() + 1.0, "{points}: {outcome}, {theory}");
        assert!(outcome < points as f64 / 4.0, "{points}: {outcome}");
    }
}
