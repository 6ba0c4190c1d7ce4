//! What holds for every tape, whatever the policy and the capacity.

use std::collections::BTreeSet;

use demo_kit::Digest;
use lru_cache::list::List;
use lru_cache::model::{Answer, Cache};
use lru_cache::policy::{ALL, Policy};
use lru_cache::tape::{Key, NEVER, Tape};
use proptest::prelude::{ProptestConfig, Strategy, any, prop, prop_assert, prop_assert_eq, proptest};

use crate::played;

fn tapes() -> impl Strategy<Value = Tape> {
    (1_u16..14)
        .prop_flat_map(|keys| prop::collection::vec(0..keys, 0..160))
        .prop_map(|keys| Tape::new(keys, Vec::new()))
}

fn set(cache: &Cache) -> BTreeSet<Key> {
    cache.keys().into_iter().collect()
}

/// Fewest misses by trying every choice: the sets of keys that can be in the cache, each with its fewest misses.
fn fewest(capacity: usize, tape: &Tape) -> u32 {
    let mut best: Vec<(BTreeSet<Key>, u32)> = vec![(BTreeSet::new(), 0)];
    for at in 0..tape.len() {
        let key = tape.key(at).expect("a key");
        let mut after: Vec<(BTreeSet<Key>, u32)> = Vec::new();
        let mut reach = |keys: BTreeSet<Key>, misses: u32| match after.iter_mut().find(|(other, _)| *other == keys) {
            Some((_, fewest)) => *fewest = misses.min(*fewest),
            None => after.push((keys, misses)),
        };
        for (keys, misses) in best {
            if keys.contains(&key) {
                reach(keys, misses);
                continue;
            }
            let with = |mut keys: BTreeSet<Key>| {
                keys.insert(key);
                keys
            };
            if keys.len() < capacity {
                reach(with(keys), misses + 1);
                continue;
            }
            for out in keys.clone() {
                let mut rest = keys.clone();
                rest.remove(&out);
                reach(with(rest), misses + 1);
            }
        }
        best = after;
    }
    best.into_iter().map(|(_, misses)| misses).min().expect("some way")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn a_stack_policy_with_a_place_more_holds_all_it_held(tape in tapes(), capacity in 0_usize..9) {
        for policy in [Policy::Lru, Policy::Mru] {
            let mut small = Cache::new(policy, capacity, tape.universe());
            let mut large = Cache::new(policy, capacity + 1, tape.universe());
            for at in 0..tape.len() {
                let request = tape.request(at).expect("a request");
                small.request(request);
                large.request(request);
                prop_assert!(set(&small).is_subset(&set(&large)), "{policy:?} at {at}");
            }
        }
        let misses = |places| played(Policy::Opt, places, &tape).misses;
        prop_assert!(misses(capacity + 1) <= misses(capacity));
    }

    #[test]
    fn nobody_misses_less_often_than_opt(tape in tapes(), capacity in 0_usize..9) {
        let mut caches: Vec<Cache> = ALL.map(|policy| Cache::new(policy, capacity, tape.universe())).to_vec();
        for at in 0..tape.len() {
            for cache in &mut caches {
                cache.request(tape.request(at).expect("a request"));
            }
            let best = caches[Policy::Opt.index()].misses;
            prop_assert!(caches.iter().all(|cache| cache.misses >= best), "at {at}");
            for cache in caches.iter().filter(|cache| cache.policy.is_competitive() && capacity > 0) {
                prop_assert!(cache.misses <= best * capacity as u32, "{:?} at {at}", cache.policy);
            }
        }
    }

    #[test]
    fn opt_is_as_good_as_any_choice(keys in prop::collection::vec(0_u16..5, 0..14), capacity in 1_usize..4) {
        let tape = Tape::new(keys, Vec::new());
        prop_assert_eq!(played(Policy::Opt, capacity, &tape).misses, fewest(capacity, &tape));
    }

    #[test]
    fn a_cache_keeps_its_invariants(tape in tapes(), capacity in 0_usize..9) {
        for policy in ALL {
            let mut cache = Cache::new(policy, capacity, tape.universe());
            for at in 0..tape.len() {
                let request = tape.request(at).expect("a request");
                let (there, announced, held) = (cache.slot(request.key).is_some(), cache.next_out(), cache.len());
                let answer = cache.request(request);
                prop_assert_eq!(cache.check(), Ok(()));
                prop_assert_eq!(answer == Answer::Hit, there);
                prop_assert_eq!(cache.hits + cache.misses, at as u32 + 1);
                prop_assert!(cache.len() <= capacity);
                prop_assert_eq!(cache.slot(request.key).is_some(), capacity > 0, "what was asked for is there");
                match answer {
                    Answer::Miss { evicted: Some((key, _)) } => {
                        prop_assert_eq!(announced, Some(key), "{:?} throws out whom it said", policy);
                        prop_assert_eq!(cache.slot(key), None);
                        prop_assert_eq!(held, capacity);
                    }
                    Answer::Miss { evicted: None } => prop_assert!(held < capacity || capacity == 0),
                    Answer::Hit => prop_assert_eq!(held, cache.len()),
                }
                if capacity > 0 && policy == Policy::Lru {
                    prop_assert_eq!(cache.keys().first().copied(), Some(request.key));
                }
            }
            if capacity >= tape.distinct() {
                prop_assert_eq!(cache.misses as usize, tape.distinct(), "only first requests miss");
            }
        }
    }

    #[test]
    fn a_clone_goes_the_same_way(tape in tapes(), capacity in 0_usize..9, cut in any::<prop::sample::Index>()) {
        let cut = cut.index(tape.len() + 1);
        for policy in ALL {
            let mut cache = Cache::new(policy, capacity, tape.universe());
            for at in 0..cut {
                cache.request(tape.request(at).expect("a request"));
            }
            let mut twin = cache.clone();
            for at in cut..tape.len() {
                let request = tape.request(at).expect("a request");
                prop_assert_eq!(cache.request(request), twin.request(request));
            }
            let digest = |cache: &Cache| {
                let mut digest = Digest::default();
                cache.digest(&mut digest);
                digest.value()
            };
            prop_assert_eq!(digest(&cache), digest(&twin));
        }
    }

    #[test]
    fn a_list_is_what_was_put_into_it(moves in prop::collection::vec(0_usize..8, 0..60)) {
        let mut list = List::new(8);
        let mut plain: Vec<usize> = Vec::new();
        for slot in moves {
            // In the list: it is taken out every other time, and put to the front otherwise.
            let there = plain.iter().position(|other| *other == slot);
            if let Some(idx) = there {
                list.remove(slot);
                plain.remove(idx);
            }
            if there.is_none_or(|idx| idx % 2 == 0) {
                list.push_front(slot);
                plain.insert(0, slot);
            }
            prop_assert_eq!(list.slots(), plain.clone());
            prop_assert_eq!((list.front(), list.back()), (plain.first().copied(), plain.last().copied()));
            for pair in plain.windows(2) {
                prop_assert_eq!(list.before(pair[1]), Some(pair[0]));
            }
        }
    }

    #[test]
    fn the_next_use_is_the_next_use(tape in tapes()) {
        for at in 0..tape.len() {
            let request = tape.request(at).expect("a request");
            let next = (at + 1..tape.len()).find(|later| tape.key(*later) == Some(request.key));
            prop_assert_eq!(request.next, next.map_or(NEVER, |next| next as u32));
        }
        let distinct: BTreeSet<_> = (0..tape.len()).map(|at| tape.key(at)).collect();
        prop_assert_eq!(tape.distinct(), distinct.len());
    }
}
