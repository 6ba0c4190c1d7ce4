//! The lesson of each story, as a number: whoever breaks the lesson breaks a test.

use std::collections::BTreeSet;

use demo_kit::lint::{self, at_end};
use demo_kit::{Demo, Measures, num};
use hash_ring::HashRing;
use hash_ring::manifest::{HASH, POINTS, SERVERS};
use hash_ring::measure::{expected_largest, expected_spread, largest, moved_beside, moved_modulo, spread};
use hash_ring::model::Owner;

use crate::{preset, with};

/// How many keys each receiver got in the last change.
fn receivers(run: &HashRing) -> Vec<usize> {
    let moves: Vec<Owner> = moves(run).into_iter().map(|(_, to)| to).collect();
    let distinct: BTreeSet<Owner> = moves.iter().copied().collect();
    distinct.iter().map(|id| moves.iter().filter(|to| *to == id).count()).collect()
}

fn moves(run: &HashRing) -> Vec<(Owner, Owner)> {
    let owners = run.base.owners().iter().copied().zip(run.now.owners().iter().copied());
    owners.filter(|(from, to)| from != to).collect()
}

#[test]
fn a_fifth_server_takes_a_fifth_and_modulo_moves_four_fifths() {
    let mut run = preset(0);
    assert!(run.step());
    let at_once = moved_modulo(&run).expect("keys");
    let run = at_end(run);
    let (ring, modulo) = (moved_beside(&run).expect("keys"), moved_modulo(&run).expect("keys"));
    assert!((0.18..=0.22).contains(&ring), "{ring}");
    assert!((0.75..=0.85).contains(&modulo), "{modulo}");
    assert_eq!(at_once, modulo);
    assert!(moves(&run).iter().all(|(_, to)| *to == Some(4)), "only the newcomer receives");
    let givers: BTreeSet<Owner> = moves(&run).iter().map(|(from, _)| *from).collect();
    assert_eq!(givers.len(), 4, "everybody gives");
}

#[test]
fn with_one_point_each_the_largest_share_is_three_times_the_mean() {
    let run = at_end(preset(1));
    let measured = largest(&run.now).expect("servers");
    let theory = expected_largest(&run.now).expect("one point each");
    assert_eq!(run.now.servers.len(), 10);
    assert!((theory.mean - 2.929).abs() < 0.0005);
    assert!((measured - theory.mean).abs() < 0.05, "{measured}");
}

#[test]
fn four_times_the_points_halve_the_spread() {
    let mut run = preset(2);
    let mut spreads = vec![spread(&run.now).expect("servers")];
    while run.step() {
        let now = spread(&run.now).expect("servers");
        let theory = expected_spread(&run.now).expect("equal servers");
        let gap = (now - theory.mean).abs() / theory.sigma;
        assert!(gap < 1.5, "{} points: {gap} sigmas", run.points);
        spreads.push(now);
    }
    assert_eq!(spreads.len(), 9);
    let fourfold: Vec<f64> = spreads.into_iter().step_by(2).collect();
    for pair in fourfold.windows(2) {
        assert!((0.38..=0.62).contains(&(pair[1] / pair[0])), "{pair:?}");
    }
}

#[test]
fn one_point_dumps_all_on_one_neighbor_and_64_spread_it() {
    let mut run = preset(3);
    let before = run.now.clone();
    assert!(run.step());
    assert_eq!(receivers(&run), [before.load(1)], "one neighbor takes all of B");
    let heaviest_gain = run.now.load(3) as f64 / before.load(3) as f64;
    assert!(heaviest_gain > 2.0, "the neighbor has {heaviest_gain} times its load");
    assert!(run.step());
    assert_eq!(run.now, before, "B is back with all of its keys");
    assert!(run.step());
    let before = run.now.clone();
    let run = at_end(run);
    let shares = receivers(&run);
    assert_eq!(shares.len(), 5, "everybody takes some: {shares:?}");
    assert!(shares.iter().all(|share| share * 3 <= before.load(1)), "at most a third: {shares:?}");
    for server in &run.now.servers {
        let gain = run.now.load(server.id) as f64 / before.load(server.id) as f64;
        assert!(gain < 1.4, "{gain} times its load");
    }
}

#[test]
fn no_number_of_points_repairs_a_bad_hash() {
    let mut run = preset(4);
    let first = spread(&run.now).expect("servers");
    for _ in 0..8 {
        assert!(run.step());
        let now = spread(&run.now).expect("servers");
        assert!((now / first - 1.0).abs() < 0.01, "{} points: {now} after {first}", run.points);
    }
    assert_eq!(run.points, 256);
    let theory = expected_spread(&run.now).expect("equal servers");
    assert!(spread(&run.now).expect("servers") > theory.mean + 10.0 * theory.sigma);
    assert!(run.step(), "the good hash takes over");
    let good = spread(&run.now).expect("servers");
    assert!((good - theory.mean).abs() < 3.0 * theory.sigma, "{good}, {theory:?}");
    assert!(!run.step());
}

#[test]
fn the_set_up_answers_no_question() {
    lint::answers_nothing_at_event_0::<HashRing>();
    for (idx, manifest) in HashRing::manifest().presets.iter().enumerate() {
        let run = preset(idx);
        assert!(run.meters()[..2].iter().all(|meter| meter.measured == num::NONE), "{}", manifest.name);
        assert_eq!(run.sample()[..4], [None; 4], "{}", manifest.name);
    }
}

#[test]
fn the_right_answers_are_the_ones_that_are_claimed() {
    let presets = HashRing::manifest().presets;
    let right: Vec<&str> = presets.iter().map(|preset| preset.choices[preset.answer]).collect();
    let claimed = ["about 48", "3 times the mean", "4 times", "one neighbor, all of them", "it hardly changes"];
    assert_eq!(right, claimed);
}

#[test]
fn the_sweep_follows_its_theory_and_a_bad_hash_does_not() {
    for points in [1, 16, 256] {
        let run = at_end(with(&[(SERVERS, 9), (POINTS, points)]));
        let theory = HashRing::theory(&run.setup).expect("equal servers");
        let outcome = run.outcome().expect("servers");
        assert!((outcome / theory - 1.0).abs() < 0.6, "{points}: {outcome}, {theory}");
        assert_eq!(Some(outcome), spread(&run.now), "{points}");
    }
    let bad = at_end(with(&[(SERVERS, 9), (POINTS, 256), (HASH, 1)]));
    let theory = HashRing::theory(&bad.setup).expect("equal servers");
    assert!(bad.outcome().expect("servers") > 5.0 * theory);
}
