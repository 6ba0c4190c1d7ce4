//! The lesson of each story, as a number: whoever breaks the lesson breaks a test.

use demo_kit::lint::{self, at_end};
use demo_kit::{Demo, Measures};
use lru_cache::LruCache;
use lru_cache::manifest::{CAPACITY, KEYS, POLICY, REQUESTS, WORKLOAD};
use lru_cache::policy::{ALL, Policy};

use crate::preset;

#[test]
fn a_place_more_makes_fifo_miss_once_more_and_lru_less() {
    let run = at_end(preset(0));
    assert_eq!((run.stage().misses, run.wider.misses), (9, 10));
    let lru: LruCache = at_end(lint::with(0, &[(POLICY, Policy::Lru.index() as i64)]));
    assert_eq!((lru.stage().misses, lru.wider.misses), (10, 8));
}

#[test]
fn on_a_loop_of_one_key_too_many_lru_never_hits_and_mru_72_times() {
    let run = at_end(preset(1));
    assert_eq!((run.tape.len(), run.stage().hits), (100, 0));
    for policy in ALL {
        let hits = if matches!(policy, Policy::Mru | Policy::Opt) { 72 } else { 0 };
        assert_eq!(run.cache(policy).hits, hits, "{policy:?}");
    }
    assert_eq!(run.wider.hits, 95, "one place more and it fits");
}

#[test]
fn a_tenth_of_the_keys_serves_four_requests_in_ten() {
    let run = at_end(preset(2));
    let ratio = run.stage().ratio().expect("requests");
    assert!((0.38..=0.44).contains(&ratio), "{ratio}");
    let theory = LruCache::theory(&run.setup).expect("Che");
    let sigma = (theory * (1.0 - theory) / run.at as f64).sqrt();
    assert!((ratio - theory).abs() < sigma, "{ratio}, {theory}");
    // Each further place helps less: the first ten give more than the next thirty.
    let of = |capacity| LruCache::theory(&lint::settings::<LruCache>(2, &[(CAPACITY, capacity)])).expect("Che");
    assert!(of(10) > of(40) - of(10), "{} {}", of(10), of(40));
}

#[test]
fn a_scan_empties_lru_and_sieve_keeps_the_hot_keys() {
    let mut run = preset(3);
    let hot = |cache: &lru_cache::model::Cache| cache.keys().iter().filter(|key| **key < 8).count();
    let mut scans = 0;
    while run.step() {
        if run.at.is_multiple_of(30) {
            scans += 1;
            assert_eq!(hot(run.cache(Policy::Lru)), 0, "after scan {scans}");
            for policy in [Policy::Sieve, Policy::Lfu] {
                assert_eq!(hot(run.cache(policy)), 8, "{policy:?} after scan {scans}");
            }
        }
    }
    assert_eq!(scans, 5);
    let hits = [Policy::Lru, Policy::Sieve, Policy::Lfu, Policy::Opt].map(|policy| run.cache(policy).hits);
    assert_eq!(hits, [63, 92, 92, 92]);
}

#[test]
fn the_textbook_string_can_be_played_with_nine_misses() {
    let run = at_end(preset(4));
    assert_eq!(run.stage().policy, Policy::Opt);
    let misses = [Policy::Fifo, Policy::Lru, Policy::Opt, Policy::Clock].map(|policy| run.cache(policy).misses);
    assert_eq!(misses, [15, 12, 9, 14]);
}

#[test]
fn the_right_answers_are_the_ones_that_are_claimed() {
    let presets = LruCache::manifest().presets;
    let right: Vec<&str> = presets.iter().map(|preset| preset.choices[preset.answer]).collect();
    assert_eq!(right, ["10 times", "none", "about 40 %", "all are lost, at every scan", "9"]);
    let names: Vec<&str> = presets.iter().map(|preset| preset.name).collect();
    assert_eq!(names, ["beladys-anomaly", "loop", "zipf", "scan", "textbook"]);
}

#[test]
fn the_set_up_answers_no_question() {
    lint::answers_nothing_at_event_0::<LruCache>();
    for idx in 0..5 {
        let run = preset(idx);
        assert!(run.sample().iter().all(Option::is_none));
        assert!(run.meters().iter().all(|meter| meter.measured == demo_kit::num::NONE));
    }
}

#[test]
fn the_sweep_follows_its_theory() {
    for capacity in [1, 5, 20, 64] {
        for policy in [Policy::Lru, Policy::Fifo] {
            let changes = [(CAPACITY, capacity), (POLICY, policy.index() as i64), (REQUESTS, 10_000)];
            let run: LruCache = at_end(lint::with(2, &changes));
            let theory = LruCache::theory(&run.setup).expect("Che");
            // Three standard deviations, and what Che leaves out in small caches.
            assert!((run.outcome().expect("requests") - theory).abs() < 0.02, "{policy:?} with {capacity}");
        }
    }
    for capacity in 0..7 {
        let run: LruCache = at_end(lint::with(0, &[(CAPACITY, capacity)]));
        let best = LruCache::theory(&run.setup).expect("OPT");
        assert_eq!(Some(best), run.cache(Policy::Opt).ratio(), "{capacity}");
        let on_loop = |policy: Policy| -> (f64, f64) {
            let changes = [(CAPACITY, capacity), (POLICY, policy.index() as i64), (REQUESTS, 1000)];
            let run: LruCache = at_end(lint::with(1, &changes));
            (run.outcome().expect("requests"), LruCache::theory(&run.setup).expect("a loop"))
        };
        for policy in ALL {
            let (found, theory) = on_loop(policy);
            assert!((found - theory).abs() < 0.006, "{policy:?} with {capacity}: {found}, {theory}");
        }
    }
}

#[test]
fn nothing_is_expected_where_nothing_is_known() {
    for (workload, policy) in [(2, 0), (3, 0), (0, 4)] {
        let settings = lint::settings::<LruCache>(2, &[(WORKLOAD, workload), (POLICY, policy), (KEYS, 20)]);
        assert_eq!(LruCache::theory(&settings), None, "{settings:?}");
    }
}
