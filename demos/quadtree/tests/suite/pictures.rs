//! What must hold of any picture of the quadtree, and of its motion.

use demo_kit::lint::{self, at_end};
use demo_kit::{Ctx, Demo, Shape};
use quadtree::Quadtree;
use quadtree::manifest::{CAPACITY, DEPTH, LAYOUT, MOTION, POINTS, QUERY, SIDE};

use crate::{preset, with};

/// Runs at all sizes.
fn gallery() -> Vec<(String, Quadtree)> {
    let mut runs = lint::events();
    for points in [0, 1, 20, 300, 5000] {
        for (capacity, depth) in [(1, 24), (4, 2), (16, 24)] {
            for query in 0..4 {
                for side in [0, 10, 150] {
                    let settings =
                        [(POINTS, points), (CAPACITY, capacity), (DEPTH, depth), (QUERY, query), (SIDE, side)];
                    let name =
                        format!("{points} points, capacity {capacity}, depth {depth}, query {query}, side {side}");
                    let layout = (LAYOUT, (query + points) % 6);
                    let settings: Vec<(usize, i64)> =
                        settings.into_iter().chain([layout, (MOTION, i64::from(side == 0))]).collect();
                    let mut run = with(&settings);
                    runs.push((name.clone(), run.clone()));
                    run.step();
                    runs.push((name + ", one event on", run));
                }
            }
        }
    }
    runs
}

#[test]
fn every_picture_is_sound() {
    for (name, run) in gallery() {
        lint::pictures(&run, &name);
    }
}

/// The dots of a class in the plane.
fn dots(run: &Quadtree, class: &str) -> usize {
    let plane = &run.panels(&Ctx::REST)[0];
    let count = |path: &demo_kit::Path| path.data().matches("h0").count();
    let of_class = plane.items.iter().filter(|item| item.class.split(' ').next() == Some(class) && item.key < 20);
    of_class.map(|item| if let Shape::Path(path) = &item.shape { count(path) } else { 0 }).sum()
}

#[test]
fn every_point_is_drawn_once_and_tested_ones_are_ringed() {
    for idx in 0..5 {
        let run = at_end(preset(idx));
        assert_eq!(dots(&run, "dots") + dots(&run, "hollow"), run.tree.points.len(), "preset {idx}");
        // In a crowd what was found is larger instead.
        let ringed =
            if run.search.tested > 200 { run.search.tested - run.search.found.len() } else { run.search.tested };
        assert_eq!(dots(&run, "halo"), ringed, "preset {idx}");
        assert_eq!(dots(&run, "hollow"), run.search.tested - run.search.found.len(), "preset {idx}");
    }
}

#[test]
fn the_focus_glides_from_cell_to_cell() {
    let mut run = preset(0);
    assert!(run.step() && run.step());
    for event in 3..=20 {
        let before = run.panels(&Ctx::REST);
        assert!(run.step());
        let focus = |scenes: &[demo_kit::Scene], panel: usize, class: &str| {
            let item = scenes[panel].items.iter().find(|item| item.class == class).expect("a focus");
            item.shape.clone()
        };
        let start = run.panels(&Ctx { phase: 0, selected: None });
        let end = run.panels(&Ctx::REST);
        for (panel, class) in [(0, "focus"), (1, "now")] {
            assert_eq!(focus(&before, panel, class), focus(&start, panel, class), "event {event}");
            assert_ne!(focus(&start, panel, class), focus(&end, panel, class), "event {event}: nothing moves");
        }
    }
}

#[test]
fn a_still_stays_small() {
    for name in ["restaurants.set-up", "restaurants.outcome", "query-everything.set-up", "query-everything.outcome"] {
        let path = format!("{}/tests/stills/{name}.plane.svg", env!("CARGO_MANIFEST_DIR"));
        let bytes = std::fs::read(path).expect("a still").len();
        // A third of it after gzip: below the budget of 8 kB.
        assert!(bytes < 24_000, "{name}: {bytes} bytes");
    }
}
