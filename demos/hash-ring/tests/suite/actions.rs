//! What a reader can do, what is refused, and what a storm of inputs leaves behind.

use demo_kit::lint::{self, at_end, refusal};
use demo_kit::{Action, Demo, Words};
use hash_ring::HashRing;
use hash_ring::manifest::{ADD, KEY_BASE, KEYS, POINTS, REMOVE, REPLICAS, SCHEME, SERVERS, WEIGHT};

use crate::{preset, with};

const ADDITION: Action = Action { kind: ADD, mark: None };

fn removal(mark: u32) -> Action {
    Action { kind: REMOVE, mark: Some(mark) }
}

#[test]
fn at_most_64_servers_join() {
    let mut run = with(&[(SERVERS, 63)]);
    assert_eq!(run.act(&ADDITION), Ok(()));
    assert!(run.narration().starts_with("BL joined "));
    assert_eq!(refusal(&mut run, ADDITION), "At most 64 servers fit on the ring.");
    let mut run = with(&[(SERVERS, 64)]);
    assert!(run.step());
    assert_eq!(run.narration(), "At most 64 servers fit on the ring.");
    assert!(!run.step());
}

#[test]
fn only_servers_that_are_there_can_be_removed() {
    let mut run = preset(0);
    let select = "Select a server first: only a server can be removed.";
    assert_eq!(refusal(&mut run, removal(9)), "J is not on the ring.");
    assert_eq!(refusal(&mut run, removal(KEY_BASE + 3)), select);
    assert_eq!(refusal(&mut run, removal(u32::MAX)), select);
    let nothing = refusal(&mut with(&[(SERVERS, 0)]), removal(0));
    assert_eq!(nothing, "There is no server that could leave.");
    assert_eq!(run.act(&removal(2)), Ok(()));
    assert_eq!(run.settings().get(SERVERS), 3);
}

#[test]
fn who_left_comes_back_to_the_same_keys() {
    let mut run = preset(0);
    let before = run.now.clone();
    assert_eq!(run.act(&removal(2)), Ok(()));
    assert_eq!(run.act(&ADDITION), Ok(()));
    assert_eq!(run.now, before);
}

#[test]
fn a_story_goes_on_after_an_action() {
    let mut run = preset(0);
    assert!(run.step() && run.step());
    assert_eq!(run.act(&removal(4)), Ok(()), "the newcomer is thrown out half-way");
    let run = at_end(run);
    let points = run.now.server(4).map(|server| server.points);
    assert_eq!(points, Some(6), "its last six events bring it back");
    let mut run = preset(3);
    assert_eq!(run.act(&removal(1)), Ok(()));
    assert!(run.step());
    assert_eq!(run.narration(), "B is not on the ring.");
    assert_eq!(at_end(run).check(), Ok(()));
}

#[test]
fn the_smallest_and_the_largest_run_to_their_end() {
    // Scheme, weight of A, keys, points.
    let extremes = [(0, 0, 0, 1), (1, 1, 20, 256), (2, 4, 20, 1), (3, 0, 20, 2), (4, 4, 40, 1)];
    for preset in 0..5 {
        for servers in [0, 1, 2, 64] {
            for (scheme, weight, keys, points) in extremes {
                let changes = [(SERVERS, servers), (SCHEME, scheme), (WEIGHT, weight), (KEYS, keys), (POINTS, points)];
                let settings = lint::settings::<HashRing>(preset, &changes);
                let events = lint::to_its_end::<HashRing>(&settings, 7);
                assert!(events > 0, "{settings:?}: a story without an event");
            }
        }
    }
}

#[test]
fn more_copies_than_servers_are_said() {
    let run = with(&[(SERVERS, 2), (REPLICAS, 5)]);
    let key = run.marks().iter().find(|mark| mark.group == "key").expect("a key").id;
    let explained = run.explain(key);
    assert!(explained.ends_with("There are no more servers for more copies."), "{explained}");
    assert!(run.words().contains("fewer servers than copies"));
    assert!(!with(&[(REPLICAS, 4)]).words().contains("fewer servers than copies"));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "runs on one target only")]
fn marks_go_clockwise() {
    let marks = preset(0).marks();
    let turn = |x: i32, y: i32| {
        let (x, y) = (f64::from(x - 1600), f64::from(1600 - y));
        x.atan2(y).rem_euclid(std::f64::consts::TAU)
    };
    for (group, count) in [("server", 4), ("key", 240)] {
        let of_group = marks.iter().filter(|mark| mark.group == group);
        let turns: Vec<f64> = of_group.map(|mark| turn(mark.x, mark.y)).collect();
        assert_eq!(turns.len(), count);
        // Places are rounded to a tenth of a unit.
        assert!(turns.windows(2).all(|pair| pair[0] < pair[1] + 0.002), "{group}");
    }
}
