//! Numbers that are known before the run: miss counts from the literature and by hand, hit ratios of a pinned stream.

use demo_kit::Rng;
use lru_cache::model::Cache;
use lru_cache::policy::{ALL, Policy};
use lru_cache::tape::Tape;
use lru_cache::theory;
use lru_cache::workload::{self, Recipe, Workload, draw, running_sums, zipf};

use crate::played;

const BELADY: &str = "1 2 3 4 1 2 5 1 2 3 4 5";
const TEXTBOOK: &str = "7 0 1 2 0 3 0 4 2 3 0 3 2 1 2 0 1 7 0 1";

fn check(sequence: &str, policy: Policy, expected: &[(usize, u32)]) {
    let tape = workload::typed(sequence);
    for (capacity, misses) in expected {
        assert_eq!(played(policy, *capacity, &tape).misses, *misses, "{policy:?} with {capacity}");
    }
}

#[test]
fn beladys_string() {
    check(BELADY, Policy::Fifo, &[(0, 12), (1, 12), (2, 12), (3, 9), (4, 10), (5, 5)]);
    check(BELADY, Policy::Lru, &[(0, 12), (1, 12), (2, 12), (3, 10), (4, 8), (5, 5)]);
    check(BELADY, Policy::Opt, &[(0, 12), (1, 12), (2, 9), (3, 7), (4, 6), (5, 5)]);
    check(BELADY, Policy::Clock, &[(0, 12), (1, 12), (2, 12), (3, 9), (4, 10), (5, 5)]);
}

#[test]
fn the_textbook_string() {
    check(TEXTBOOK, Policy::Fifo, &[(3, 15), (4, 10)]);
    check(TEXTBOOK, Policy::Lru, &[(3, 12), (4, 8)]);
    check(TEXTBOOK, Policy::Opt, &[(3, 9), (4, 8)]);
    check(TEXTBOOK, Policy::Clock, &[(3, 14)]);
}

#[test]
fn a_loop_of_five_in_four_places() {
    let tape = looped(5, 100);
    for policy in ALL {
        let misses = if matches!(policy, Policy::Mru | Policy::Opt) { 28 } else { 100 };
        assert_eq!(played(policy, 4, &tape).misses, misses, "{policy:?}");
        assert_eq!(played(policy, 5, &tape).misses, 5, "{policy:?}: it fits");
    }
    assert_eq!(theory::loop_of_lru(5, 4, 100), 0.0);
    assert_eq!(theory::loop_of_lru(5, 5, 100), 0.95);
    assert_eq!(theory::loop_of_mru(5, 4), 0.75);
    assert_eq!((theory::loop_of_mru(5, 5), theory::loop_of_mru(1, 0)), (1.0, 0.0));
}

fn looped(keys: usize, requests: usize) -> Tape {
    workload::generated(Recipe { workload: Workload::Loop, keys, skew: 4, requests }, &mut Rng::new(0))
}

/// 20,000 requests for 1,000 keys by Zipf with s = 1, from SplitMix64 with seed 7.
fn popular() -> Tape {
    let recipe = Recipe { workload: Workload::Zipf, keys: 1_000, skew: 4, requests: 20_000 };
    workload::generated(recipe, &mut Rng::new(7))
}

#[test]
fn zipf_hits_as_often_as_measured_before_and_as_che_says() {
    let tape = popular();
    let chances = zipf(1_000, 4);
    // Capacity; hit ratio and Che's approximation for LRU, then for FIFO.
    let known = [
        (10, 0.2100, 0.2095, 0.1825, 0.1789),
        (50, 0.4681, 0.4610, 0.4094, 0.4044),
        (100, 0.5813, 0.5765, 0.5261, 0.5202),
        (200, 0.7013, 0.6974, 0.6523, 0.6459),
    ];
    for (capacity, lru, che, fifo, che_fifo) in known {
        let ratio = |policy| played(policy, capacity, &tape).ratio().expect("requests");
        for (found, known) in [
            (ratio(Policy::Lru), lru),
            (theory::lru(&chances, capacity), che),
            (ratio(Policy::Fifo), fifo),
            (theory::fifo(&chances, capacity), che_fifo),
        ] {
            assert!((found - known).abs() < 0.00006, "{capacity} places: {found}, known {known}");
        }
    }
}

#[test]
fn chances_of_zipf_are_what_they_say() {
    let chances = zipf(1_000, 4);
    // 1 / H_1000.
    assert!((chances[0] - 0.133_592).abs() < 1e-6, "{}", chances[0]);
    assert!((chances[1] / chances[0] - 0.5).abs() < 1e-12);
    assert!((zipf(100, 2)[3] / zipf(100, 2)[0] - 0.5).abs() < 1e-12, "s = 1/2: the fourth is half as popular");
    assert!(zipf(7, 0).iter().all(|chance| (chance - 1.0 / 7.0).abs() < 1e-12));
    let sums = running_sums(&chances);
    assert!((sums[999] - 1.0).abs() < 1e-9);
    let mut rng = Rng::new(1);
    let first = (0..100_000).filter(|_| draw(&sums, &mut rng) == 0).count() as f64 / 100_000.0;
    // Three standard deviations of a share of 100,000.
    assert!((first - chances[0]).abs() < 3.0 * (chances[0] * (1.0 - chances[0]) / 100_000.0).sqrt(), "{first}");
    assert_eq!(draw(&[1.0], &mut rng), 0);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "runs on one target only")]
fn the_exponential_is_one() {
    for step in 0..600 {
        let x = f64::from(step) / 10.0;
        assert!((theory::exp_minus(x) - (-x).exp()).abs() < 1e-10, "{x}");
    }
    assert_eq!(theory::exp_minus(1e9), 0.0);
}

#[test]
fn formulas_at_their_ends() {
    let chances = zipf(20, 4);
    assert_eq!((theory::lru(&chances, 0), theory::lru(&chances, 20), theory::fifo(&chances, 99)), (0.0, 1.0, 1.0));
    let alike = zipf(20, 0);
    // Of keys that are all alike, any policy that does not look ahead keeps the share that fits.
    assert!((theory::lru(&alike, 5) - 0.25).abs() < 1e-6);
    assert!((theory::fifo(&alike, 5) - 0.25).abs() < 1e-6);
    assert!((1..20).all(|c| theory::lru(&chances, c) > theory::fifo(&chances, c)));
    assert_eq!(theory::loop_of_lru(5, 5, 0), 0.0);
}

#[test]
fn policies_choose_by_hand_worked_steps() {
    let tape = workload::typed("a b c a b a d");
    let who = |policy| {
        let mut cache = Cache::new(policy, 3, tape.universe());
        for at in 0..6 {
            cache.request(tape.request(at).expect("a request"));
        }
        let out = cache.next_out().map(|key| tape.name(key));
        cache.request(tape.request(6).expect("d"));
        (out.expect("a full cache"), cache.keys().into_iter().map(|key| tape.name(key)).collect::<String>())
    };
    assert_eq!(who(Policy::Lru), ("c".into(), "dab".into()));
    assert_eq!(who(Policy::Mru), ("a".into(), "cbd".into()));
    assert_eq!(who(Policy::Fifo), ("a".into(), "dcb".into()));
    // All bits are set: the hand clears them and comes back to the first place.
    assert_eq!(who(Policy::Clock), ("a".into(), "dbc".into()));
    assert_eq!(who(Policy::Lfu), ("c".into(), "abd".into()));
    // The hand passes a and b, which were used, and takes c.
    assert_eq!(who(Policy::Sieve), ("c".into(), "dba".into()));
}

#[test]
fn lfu_forgets_what_leaves() {
    // a is used three times and leaves for c; when it comes back in place of b, it starts from one again.
    let tape = workload::typed("a a a b b b b c c c c a");
    let cache = played(Policy::Lfu, 2, &tape);
    let note = |key| cache.note(key, 0).map(lru_cache::policy::Note::bits);
    assert_eq!((note(0), note(1), note(2)), (Some(1), None, Some(4)));
}

#[test]
fn own_sequences_are_read() {
    let ok = |text: &str, kept: &str| assert_eq!(workload::read(text).as_deref(), Ok(kept), "{text}");
    ok("1 2 3", "1 2 3");
    ok("  1,2;3\t4,, 5 ", "1 2 3 4 5");
    ok("", "");
    ok("Milk milk", "Milk milk");
    ok(&"1 ".repeat(500), ["1"; 500].join(" ").as_str());
    let bad = |text: &str, reason: &str| assert_eq!(workload::read(text).expect_err("refused"), reason, "{text}");
    bad("1 2 abcde 4", "`abcde` is longer than 4 letters");
    bad("1 2 $ 3", "`$` is neither letter nor digit");
    bad("1 é", "`é` is neither letter nor digit");
    bad("1 2-3", "`-` is neither letter nor digit");
    bad(&"1 ".repeat(501), "it has 501 requests");
    bad(&"x".repeat(99), "`xxxxxxxxxxxx` is longer than 4 letters");
    let tape = workload::typed("b a b");
    assert_eq!((tape.len(), tape.distinct(), tape.name(0), tape.name(1)), (3, 2, "b".into(), "a".into()));
    assert_eq!((tape.request(0).map(|it| it.next), tape.request(2).map(|it| it.next)), (Some(2), Some(u32::MAX)));
    assert!(workload::typed("").is_empty());
}

#[test]
fn workloads_request_what_they_promise() {
    let tape =
        |workload, keys, requests| workload::generated(Recipe { workload, keys, skew: 4, requests }, &mut Rng::new(3));
    let scan = tape(Workload::Scan, 8, 150);
    for at in 0..150 {
        let key = usize::from(scan.key(at).expect("a key"));
        assert_eq!(key < 8, at % 30 < 20, "{at}");
    }
    assert_eq!(scan.key(20).zip(scan.key(50)), Some((8, 18)), "each scan reads other keys");
    let phases = tape(Workload::Phases, 20, 250);
    for at in 0..250 {
        assert_eq!(usize::from(phases.key(at).expect("a key")) / 5, at / 50 % 4, "{at}");
    }
    let single = tape(Workload::Zipf, 1, 50);
    assert_eq!((single.distinct(), single.len()), (1, 50));
    assert!(tape(Workload::Zipf, 100, 0).is_empty());
}
