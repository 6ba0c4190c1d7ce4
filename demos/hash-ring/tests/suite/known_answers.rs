//! Numbers that are known before the run: exact ones to the digit, means within three standard deviations.

use hash_ring::hash::{Hash, letters, mix};
use hash_ring::scheme::{jump, modulo};
use hash_ring::theory::{
    Expected, keys_on_points, keys_on_slots, largest_over_mean, moved_by_modulo, spread_of_arcs, spread_of_draws,
};

use crate::cluster;

const SEEDS: u64 = 200;

#[test]
fn mixing_is_splitmix64() {
    assert_eq!(mix(0), 0xe220_a839_7b1d_cdaf);
    assert_eq!(mix(1_234_567), 6_457_827_717_110_365_317);
}

#[test]
fn the_bad_hash_is_the_one_of_java_strings() {
    // "hello".hashCode() and "cache-1" against its successor.
    assert_eq!(Hash::Bad.value(b"hello"), 99_162_322);
    assert_eq!(Hash::Bad.value(b"cache-2"), Hash::Bad.value(b"cache-1") + 1);
    assert_ne!(Hash::Good.value(b"cache-2") >> 60, Hash::Good.value(b"cache-1") >> 60);
}

#[test]
fn letters_go_from_a_to_bl() {
    assert_eq!(letters(0), (b'A', None));
    assert_eq!(letters(25), (b'Z', None));
    assert_eq!(letters(26), (b'A', Some(b'A')));
    assert_eq!(letters(63), (b'B', Some(b'L')));
}

/// Moved remainders of one period, each slot a server of its own.
fn moved(old: u8, new: u8) -> (usize, usize) {
    let old: Vec<u8> = (0..old).collect();
    let new: Vec<u8> = (0..new).collect();
    moved_by_modulo(&old, &new)
}

#[test]
fn modulo_moves_exact_shares() {
    assert_eq!(moved(5, 6), (25, 30));
    assert_eq!(moved(4, 3), (9, 12));
    assert_eq!(moved(4, 5), (16, 20));
    assert_eq!(moved(4, 4), (0, 4));
    assert_eq!(moved(4, 8), (4, 8));
    assert_eq!(moved(0, 1), (1, 1));
    // Whichever server leaves: 1/N of the hashes stay.
    for gone in 0..6 {
        let rest: Vec<u8> = (0..6).filter(|id| *id != gone).collect();
        assert_eq!(moved_by_modulo(&[0, 1, 2, 3, 4, 5], &rest), (25, 30));
    }
    let counted = (0..3_000).filter(|hash| modulo(*hash, 5) != modulo(*hash, 6)).count();
    assert_eq!(counted, 2_500);
}

#[test]
fn jump_hash_starts_at_bucket_0_and_agrees_with_the_paper() {
    for hash in 0..1_000 {
        assert_eq!(jump(mix(hash), 1), 0);
    }
    // Values that libraries of jump hash test against.
    assert_eq!(jump(0, 60), 0);
    assert_eq!(jump(1, 60), 55);
    assert_eq!(jump(2, 60), 46);
}

/// What the ring of a seed measures: square of the spread, and largest share over mean.
fn shares(seed: u64, servers: usize, points: u16) -> (f64, f64) {
    let shares = cluster(seed, servers, points, 0).ring.shares();
    let ratios: Vec<f64> = shares[..servers].iter().map(|share| share * servers as f64).collect();
    let square = ratios.iter().map(|ratio| (ratio - 1.0) * (ratio - 1.0)).sum::<f64>() / servers as f64;
    (square, ratios.iter().fold(0.0, |max, ratio| f64::max(max, *ratio)))
}

fn mean(value: impl Fn(u64) -> f64) -> f64 {
    (1..=SEEDS).map(value).sum::<f64>() / SEEDS as f64
}

#[test]
fn spread_of_arcs_has_the_published_values() {
    let known = [(1, 0.9045), (10, 0.2985), (50, 0.1340), (100, 0.0948), (150, 0.0774), (200, 0.0671), (500, 0.0424)];
    for (points, spread) in known {
        let theory = spread_of_arcs(10, usize::from(points)).expect("ten servers");
        assert!((theory.mean - spread).abs() < 0.00006, "{points}: {theory:?}");
        // The square is what has the expected value; its deviation is 2 * mean * sigma.
        let measured = mean(|seed| shares(seed, 10, points).0);
        let sigma = 2.0 * theory.mean * theory.sigma / (SEEDS as f64).sqrt();
        let gap = (measured - theory.mean * theory.mean).abs();
        assert!(gap < 3.0 * sigma, "{points} points: {measured} is {} sigmas off", gap / sigma);
    }
}

#[test]
fn largest_share_at_one_point_is_the_harmonic_number() {
    for (servers, known) in [(1, 1.0), (2, 1.5), (3, 1.8333), (4, 2.0833), (10, 2.9290)] {
        let theory = largest_over_mean(servers).expect("some servers");
        assert!((theory.mean - known).abs() < 0.00005, "{servers}: {theory:?}");
        let measured = mean(|seed| shares(seed, servers, 1).1);
        let sigma = theory.sigma / (SEEDS as f64).sqrt();
        assert!((measured - theory.mean).abs() <= 3.0 * sigma + 1e-12, "{servers} servers: {measured}, {theory:?}");
    }
}

#[test]
fn largest_share_of_ten_falls_with_the_points() {
    // Means over seeds from simulation (coverage R1): 1.53 at 10 points, 1.16 at 100.
    for (points, known, tolerance) in [(1, 2.93, 0.17), (10, 1.53, 0.05), (100, 1.16, 0.015), (1000, 1.05, 0.005)] {
        let measured = mean(|seed| shares(seed, 10, points).1);
        assert!((measured - known).abs() < tolerance, "{points} points: {measured}");
    }
}

#[test]
fn largest_load_of_ten_counted_on_5000_keys_has_key_noise_on_top() {
    // Keys by the ring's own lookup; 5000 of them at random places.
    for (points, known, tolerance) in [(1, 2.93, 0.17), (10, 1.55, 0.05), (100, 1.18, 0.02), (1000, 1.08, 0.01)] {
        let measured = mean(|seed| {
            let ring = cluster(seed, 10, points, 0).ring;
            let mut counts = [0_u32; 10];
            for key in 0..5_000 {
                let owner = ring.owner(mix(mix(seed) ^ key)).expect("an owner");
                counts[usize::from(owner)] += 1;
            }
            f64::from(*counts.iter().max().expect("ten counts")) / 500.0
        });
        assert!((measured - known).abs() < tolerance, "{points} points: {measured}");
    }
}

/// Mean and deviation of the moved share over many seeds, against theory for one run.
fn check_moves(theory: Expected, moves: &[f64]) {
    let n = moves.len() as f64;
    let mean = moves.iter().sum::<f64>() / n;
    let deviation = (moves.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n).sqrt();
    assert!((mean - theory.mean).abs() < 3.0 * theory.sigma / n.sqrt(), "{mean}, {theory:?}");
    // The deviation of a deviation is about 1/sqrt(2n) of it: 5 % for 200 seeds.
    assert!((deviation / theory.sigma - 1.0).abs() < 0.2, "{deviation}, {theory:?}");
}

#[test]
fn a_sixth_server_takes_a_sixth_and_modulo_moves_five_sixths() {
    let (mut ring, mut slots) = (Vec::new(), Vec::new());
    for seed in 1..=SEEDS {
        let before = cluster(seed, 5, 8, 240);
        let after = before.with(crate::server(5, 8));
        ring.push(hash_ring::story::moved(before.owners(), after.owners()) as f64 / 240.0);
        slots.push(hash_ring::story::moved(before.owners_modulo(), after.owners_modulo()) as f64 / 240.0);
    }
    check_moves(keys_on_points(8, 48, 240).expect("keys"), &ring);
    check_moves(keys_on_slots(25, 30, 240).expect("keys"), &slots);
}

#[test]
fn formulas_of_few_are_exact_or_absent() {
    assert_eq!(spread_of_arcs(0, 8), None);
    assert_eq!(spread_of_arcs(4, 0), None);
    assert_eq!(spread_of_arcs(1, 8).map(|it| (it.mean, it.sigma)), Some((0.0, 0.0)));
    assert_eq!(largest_over_mean(0), None);
    assert_eq!(keys_on_points(8, 0, 240), None);
    assert_eq!(keys_on_slots(1, 2, 0), None);
    assert_eq!(keys_on_points(8, 8, 240).map(|it| (it.mean, it.sigma)), Some((1.0, 0.0)));
    let draws = spread_of_draws(10, 1_000).expect("servers and keys");
    assert!((draws.mean - 0.0949).abs() < 0.00005);
}
