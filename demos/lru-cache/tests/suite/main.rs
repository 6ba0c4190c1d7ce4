//! Tests of the cache: the policies, the formulas, the stories, the words, the pictures.

mod actions;
mod claims;
mod common;
mod known_answers;
mod pictures;
mod properties;

use lru_cache::LruCache;
use lru_cache::model::Cache;
use lru_cache::policy::Policy;
use lru_cache::tape::Tape;

use demo_kit::lint;

/// Event 0 of a preset, by its index.
fn preset(idx: usize) -> LruCache {
    lint::preset(idx)
}

/// The cache after a whole tape.
fn played(policy: Policy, capacity: usize, tape: &Tape) -> Cache {
    let mut cache = Cache::new(policy, capacity, tape.universe());
    for at in 0..tape.len() {
        cache.request(tape.request(at).expect("a request"));
    }
    cache
}
