//! What a reader can do at a place, what is refused, and every bad input: each is answered with a sentence.

use demo_kit::history::{Entry, History};
use demo_kit::lint::{self, at_end, refusal};
use demo_kit::player::Player;
use demo_kit::stage::Move;
use demo_kit::{Action, Ctx, Demo, Words, spot, state};
use quadtree::Quadtree;
use quadtree::manifest::{
    ADD, CAPACITY, CENTER, CENTER_MARK, CORNER, CORNER_MARK, DEPTH, LAYOUT, MOTION, MOVE, PLANE, POINTS, QUERY, SIDE,
    SIZE, TREE,
};
use quadtree::map;

use crate::{preset, with};

/// An action at a place of the world.
fn action(kind: usize, x: f64, y: f64) -> Action {
    Action { kind, mark: Some(spot::mark(map::place(x, y))) }
}

fn done(run: &mut Quadtree, kind: usize, x: f64, y: f64) -> String {
    assert_eq!(run.act(&action(kind, x, y)), Ok(()));
    assert_eq!(run.check(), Ok(()));
    run.narration()
}

#[test]
fn a_point_is_added_where_the_reader_says() {
    let mut run = at_end(preset(0));
    let before = run.tree.points.len();
    let said = done(&mut run, ADD, 0.5, 0.5);
    assert_eq!(run.tree.points.len(), before + 1);
    let point = run.tree.points[before];
    assert_eq!((point.x, point.y), (0.5, 0.5), "on a split line, exactly");
    assert!(said.ends_with("The query finds it."), "{said}");
    assert!(done(&mut run, ADD, 0.9, 0.1).starts_with("A point was added"));
    assert!(!run.step(), "a search that is answered stays so");
}

#[test]
fn points_on_the_outer_edge_are_inside_and_points_beyond_are_refused() {
    let mut run = with(&[(POINTS, 3)]);
    done(&mut run, ADD, 1.0, 1.0);
    let point = *run.tree.points.last().expect("a point");
    assert!(point.x < 1.0 && point.y < 1.0 && point.x > 0.999);
    done(&mut run, ADD, 0.0, 0.0);
    for at in [(0, 0), (3200, 1600), (1600, map::EDGE + map::SIDE + 1)] {
        let action = Action { kind: ADD, mark: Some(spot::mark(at)) };
        assert_eq!(refusal(&mut run, action), "That place is outside the world: no point was added.");
    }
    assert_eq!(refusal(&mut run, Action { kind: ADD, mark: None }), "Choose a place first.");
}

#[test]
fn ten_points_at_one_place_overflow_at_the_depth_limit() {
    let mut run = with(&[(POINTS, 0), (CAPACITY, 1), (DEPTH, 3)]);
    assert!(done(&mut run, ADD, 0.3, 0.3).contains("holds 1 of at most 1"));
    assert!(done(&mut run, ADD, 0.3, 0.3).contains("the depth limit is reached"));
    assert_eq!((run.tree.depth, run.tree.nodes.len()), (3, 13));
    assert!(run.words().contains("At the depth limit, 1 leaf node with more points than that."));
    assert!(!preset(3).words().contains("At the depth limit, "));
    assert!(at_end(preset(3)).narration().contains("it overflows"));
}

#[test]
fn the_query_is_moved_and_sized() {
    let mut run = with(&[]);
    let said = done(&mut run, MOVE, 0.25, 0.75);
    assert_eq!((run.asked.x, run.asked.y), (0.25, 0.75));
    assert!(said.starts_with("The query moved. ") && said.contains("of 1,000 points tested"), "{said}");
    done(&mut run, SIZE, 0.375, 1.0);
    assert_eq!((run.asked.w, run.asked.h), (0.25, 0.5));
    assert_eq!(run.settings().get(SIDE), 50, "the knob follows the longer side");
    let mut circle = with(&[(QUERY, 2)]);
    done(&mut circle, SIZE, 0.5, 0.75);
    assert_eq!((circle.asked.w, circle.asked.h), (0.5, 0.5));
}

#[test]
fn what_cannot_be_moved_or_sized_is_said() {
    let mut none = with(&[(QUERY, 0)]);
    for kind in [MOVE, SIZE] {
        assert_eq!(refusal(&mut none, action(kind, 0.5, 0.5)), "Nothing is asked: choose a query first.");
    }
    assert_eq!(at_end(none).narration(), "Nothing is asked: choose a query, or add points.");
    let mut nearest = with(&[(QUERY, 3)]);
    assert_eq!(refusal(&mut nearest, action(SIZE, 0.5, 0.5)), "Asking for the nearest point has no size.");
    let unknown = Action { kind: 9, mark: Some(0) };
    assert_eq!(refusal(&mut nearest, unknown), "There is no such action.");
}

#[test]
fn a_query_without_area_or_outside_the_world_finds_nothing_and_says_why() {
    let run = at_end(with(&[(SIDE, 0)]));
    assert_eq!(run.narration(), "Nothing was found: the query has no area. The root was looked at, and pruned.");
    let mut run = with(&[(SIDE, 10)]);
    assert!(done(&mut run, SIZE, 0.5, 0.9).contains("It has no area: the root is pruned"));
    let mut run = with(&[(SIDE, 2)]);
    let corner = Action { kind: MOVE, mark: Some(spot::mark((0, 0))) };
    assert_eq!(run.act(&corner), Ok(()));
    assert!(run.narration().contains("It lies outside the world: the root is pruned"), "{}", run.narration());
    let circle = at_end(with(&[(SIDE, 0), (QUERY, 2)]));
    assert!(circle.narration().contains("has no area"));
}

#[test]
fn a_query_larger_than_the_world_finds_all() {
    for query in [1, 2] {
        let run = at_end(with(&[(SIDE, 150), (QUERY, query)]));
        assert_eq!(run.search.found.len(), 1000);
        assert!(run.narration().ends_with("in turn is less work."), "{}", run.narration());
    }
}

#[test]
fn without_a_point_there_is_still_a_tree_and_an_answer() {
    for preset in 0..5 {
        for query in 0..4 {
            let settings = lint::settings::<Quadtree>(preset, &[(POINTS, 0), (QUERY, query)]);
            assert!(lint::to_its_end::<Quadtree>(&settings, 7) > 0);
        }
    }
    let run = at_end(with(&[(POINTS, 0)]));
    assert!(
        run.narration().starts_with("Done: 0 found, with 0 points tested and 1 node looked at."),
        "{}",
        run.narration()
    );
    let mut run = with(&[(POINTS, 0), (QUERY, 3)]);
    assert!(done(&mut run, MOVE, 0.5, 0.5).contains("There is no point that could be nearest"));
    assert!(at_end(lint::with::<Quadtree>(1, &[(POINTS, 0)])).narration().contains("There is no point"));
}

#[test]
fn the_smallest_and_the_largest_run_to_their_end() {
    // Capacity, depth limit, side of the query.
    let extremes = [(1, 1, 0), (1, 24, 10), (16, 24, 150)];
    for preset in 0..5 {
        for points in [1, 2, 100, 5000] {
            for layout in 0..6 {
                let (capacity, depth, side) = extremes[(layout as usize + preset) % 3];
                let motion = i64::from(layout == 0 && points == 100);
                let changes = [
                    (POINTS, points),
                    (LAYOUT, layout),
                    (CAPACITY, capacity),
                    (DEPTH, depth),
                    (SIDE, side),
                    (QUERY, layout % 4),
                    (MOTION, motion),
                ];
                let settings = lint::settings::<Quadtree>(preset, &changes);
                let events = lint::to_its_end::<Quadtree>(&settings, 7);
                assert!((1..=130).contains(&events), "{settings:?}: {events} events");
            }
        }
    }
}

#[test]
fn points_that_move_stay_in_the_world_and_at_most_a_thousand_do() {
    let mut run = with(&[(POINTS, 2000), (MOTION, 1)]);
    let before = run.tree.points.clone();
    assert!(run.step());
    let moved = run.tree.points.iter().zip(&before).filter(|(now, before)| now != before).count();
    assert!((990..=1000).contains(&moved), "{moved} move");
    assert_eq!(run.tree.points[1000..], before[1000..]);
    let end = at_end(run);
    assert_eq!(end.check(), Ok(()));
    assert!(end.narration().starts_with("Tick 40: "));
}

#[test]
fn a_node_is_found_on_the_plane_and_in_the_tree() {
    let run = at_end(preset(0));
    let marks = run.marks();
    let ids = |panel: usize| marks.iter().filter(|mark| mark.panel == panel).map(|mark| mark.id).collect::<Vec<u32>>();
    let nodes: Vec<u32> = ids(PLANE).into_iter().filter(|id| *id < CENTER_MARK).collect();
    assert_eq!(nodes, ids(TREE), "the same nodes in both pictures");
    for mark in marks.iter().filter(|mark| mark.panel == TREE) {
        assert_eq!(run.mark_at(TREE, (mark.x, mark.y), 100), Some(mark.id));
    }
    // On the plane a place means the leaf around it, however far its middle is.
    let leaf = run.tree.leaf_of(run.tree.points[5]);
    assert_eq!(run.mark_at(PLANE, map::point(run.tree.points[5]), 1), Some(leaf));
    assert_eq!(run.mark_at(PLANE, (1, 1), 1), None, "outside the world is nothing");
    for (group, id) in [(CENTER, CENTER_MARK), (CORNER, CORNER_MARK)] {
        let mark = marks.iter().find(|mark| mark.group == group).expect("a handle");
        assert_eq!((mark.id, run.mark_at(PLANE, (mark.x + 9, mark.y), 200)), (id, Some(id)));
    }
}

#[test]
fn arrows_go_from_the_quarters_down_the_tree_and_up_to_the_root() {
    let (history, _) = History::open(Entry::of::<Quadtree>(), state::decode(Quadtree::manifest(), "").0);
    let mut player = Player::new(history);
    let mut way = |key| {
        player.move_selection(key);
        player.selected().expect("a selection")
    };
    let first = way(Move::Next);
    assert_eq!((first, way(Move::Next), way(Move::Last)), (1, 2, 4));
    let child = way(Move::Down);
    let run = preset(0);
    assert_eq!(run.tree.nodes[child as usize].parent, 4);
    assert_eq!((way(Move::Up), way(Move::Up)), (4, 0));
}

#[test]
fn a_drag_shows_what_it_would_do_and_then_does_it() {
    let manifest = Quadtree::manifest();
    let (history, _) = History::open(Entry::of::<Quadtree>(), state::decode(manifest, "").0);
    let mut player = Player::new(history);
    assert_eq!(
        (player.tool_of(CENTER_MARK), player.tool_of(CORNER_MARK), player.tool_of(3)),
        (Some(MOVE), Some(SIZE), None)
    );
    player.grasp(MOVE);
    player.aim(map::place(0.25, 0.25));
    assert!(player.narration().starts_with("The query moved. "));
    assert_eq!(state::encode(manifest, &player.history().state()), "preset=restaurants", "nothing is done yet");
    player.aim(map::place(0.75, 0.25));
    player.use_tool(true);
    let text = state::encode(manifest, &player.history().state());
    let place = spot::mark(map::place(0.75, 0.25));
    assert_eq!(text, format!("preset=restaurants&at=1&do=1.move.{place}"));
    assert_eq!(player.tool(), None, "a tool with a handle is put down");
    player.back();
    assert!(player.narration().ends_with("Which of them lie in the box?"));
}

#[test]
fn what_is_kept_of_a_picture_is_drawn_anew_after_an_action() {
    let places = [(ADD, 0.3, 0.3), (MOVE, 0.7, 0.2), (SIZE, 0.9, 0.9)];
    for story in 0..5 {
        let mut run = preset(story);
        for (kind, x, y) in places {
            let drawn = run.panels(&Ctx::REST);
            if run.act(&action(kind, x, y)).is_ok() {
                assert_ne!(run.panels(&Ctx::REST), drawn, "preset {story}, action {kind}");
                assert_eq!(run.panels(&Ctx::REST), run.clone().panels(&Ctx::REST), "preset {story}, action {kind}");
            }
        }
    }
}
