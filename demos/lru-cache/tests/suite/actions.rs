//! What a reader can do, what is refused, and what odd input looks like.

use demo_kit::lint::{self, at_end, refusal};
use demo_kit::state::decode;
use demo_kit::{Action, Demo, Words};
use lru_cache::LruCache;
use lru_cache::manifest::{AGAIN, CAPACITY, KEYS, POLICY, REQUEST, REQUEST_BASE, REQUESTS, SEQUENCE, WORKLOAD};
use lru_cache::policy::Policy;

use crate::preset;

fn act(kind: usize, mark: u32) -> Action {
    Action { kind, mark: Some(mark) }
}

/// Event 0 of a state string, which has no problem.
fn open(state: &str) -> LruCache {
    let (state, problems) = decode(LruCache::manifest(), state);
    assert_eq!(problems, []);
    LruCache::new(&state.settings, state.seed)
}

#[test]
fn a_key_of_the_cache_can_be_requested() {
    let mut run = preset(0);
    for _ in 0..3 {
        assert!(run.step());
    }
    assert_eq!(run.act(&act(REQUEST, 0)), Ok(()));
    assert_eq!(run.narration(), "Request 4, key 1, hit: the queue stays as it is. 1 of 4 have hit.");
    assert_eq!((run.tape.len(), run.at, run.stage().hits), (13, 4, 1));
    assert!(run.step());
    assert_eq!(run.tape.key(4), Some(3), "the tape goes on where it was");
    assert_eq!(at_end(run).check(), Ok(()));
}

#[test]
fn a_request_of_the_tape_can_be_repeated_and_opt_knew_it() {
    let mut run: LruCache = lint::with(0, &[(POLICY, Policy::Opt.index() as i64)]);
    for _ in 0..4 {
        assert!(run.step());
    }
    // With 1 2 3 in its places, OPT threw out 3, which is needed latest; had it known of this request, it would have kept it.
    assert_eq!(run.stage().slot(2), None);
    assert_eq!(run.act(&act(AGAIN, REQUEST_BASE + 2)), Ok(()));
    assert!(run.narration().starts_with("Request 5, key 3, hit"), "{}", run.narration());
    assert_eq!(at_end(run).check(), Ok(()));
}

#[test]
fn only_keys_can_be_requested() {
    let mut run = preset(0);
    assert!(run.step());
    let select = "Select a key first: that is what can be requested.";
    assert_eq!(refusal(&mut run, Action { kind: REQUEST, mark: None }), select);
    assert_eq!(refusal(&mut run, act(REQUEST, REQUEST_BASE)), select);
    assert_eq!(refusal(&mut run, act(AGAIN, 1)), select);
    assert_eq!(refusal(&mut run, act(9, 1)), select);
    assert_eq!(refusal(&mut run, act(REQUEST, 700)), "No request on the tape is for such a key.");
    assert_eq!(refusal(&mut run, act(AGAIN, u32::MAX)), "There is no such request on the tape.");
}

#[test]
fn odd_settings_are_said() {
    let says = |state: &str, sentence: &str| {
        let run = open(state);
        assert!(run.narration().contains(sentence), "{state}: {}", run.narration());
    };
    says("preset=zipf&capacity=0", "The cache has no place: every request will miss.");
    says("preset=loop&capacity=5", "All of them fit: each can miss only once.");
    says("preset=beladys-anomaly&sequence=", "The tape is empty: nothing is requested");
    says("preset=zipf&requests=0", "The tape is empty: nothing is requested");
    says("preset=beladys-anomaly&sequence=x+x+x+x", "4 requests wait on your tape, for 1 key.");
    says("preset=beladys-anomaly&sequence=x", "1 request waits on your tape, for 1 key.");
    says("preset=zipf&keys=1", "for 1 key. All of them fit");
    let nothing = at_end(open("preset=zipf&capacity=0"));
    assert_eq!(
        nothing.narration(),
        "Request 300, key 5, missed: without a place nothing can stay. 0 of 300 have hit."
            .replace("key 5", &format!("key {}", nothing.tape.name(nothing.tape.key(299).expect("a key"))))
    );
    let single = at_end(open("preset=beladys-anomaly&sequence=x+x+x+x"));
    assert_eq!((single.stage().hits, single.stage().misses), (3, 1));
    assert!(!open("preset=zipf&requests=0").step());
}

#[test]
fn a_sequence_that_cannot_be_played_is_a_problem_with_a_reason() {
    let problem = |text: &str| {
        let (state, problems) = decode(LruCache::manifest(), text);
        assert_eq!(state.settings, lint::settings::<LruCache>(0, &[]), "the sequence stays as it was");
        let [problem] = problems.as_slice() else { panic!("{problems:?}") };
        assert_eq!(
            (&*problem.key, &*problem.expected),
            ("sequence", "at most 500 keys of 1 to 4 letters or digits, apart by spaces")
        );
        problem.message.clone()
    };
    assert_eq!(problem("sequence=1+2+abcde"), "`abcde` is longer than 4 letters");
    assert_eq!(problem("sequence=1+%24"), "`$` is neither letter nor digit");
    assert_eq!(problem(&format!("sequence={}", "1+".repeat(501))), "it has 501 requests");
}

#[test]
fn the_smallest_and_the_largest_run_to_their_end() {
    for workload in 0..5 {
        for policy in [0, 2, 6] {
            for (capacity, keys, requests) in
                [(0, 1, 50), (1, 1, 20), (64, 1000, 200), (3, 2, 0), (17, 20, 150), (9, 64, 150)]
            {
                let changes =
                    [(WORKLOAD, workload), (POLICY, policy), (CAPACITY, capacity), (KEYS, keys), (REQUESTS, requests)];
                for sequence in if workload == 4 { 0..6 } else { 0..1 } {
                    let mut settings = lint::settings::<LruCache>(0, &changes);
                    settings.set(SEQUENCE, sequence);
                    let events = lint::to_its_end::<LruCache>(&settings, 7);
                    assert!(workload == 4 || events == requests as u32);
                }
            }
        }
    }
    let largest = [(WORKLOAD, 0), (CAPACITY, 64), (KEYS, 1000), (REQUESTS, 10_000)];
    let settings = lint::settings::<LruCache>(2, &largest);
    assert_eq!(lint::to_its_end::<LruCache>(&settings, 7), 10_000);
}
