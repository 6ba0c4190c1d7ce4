//! Tests of the hash ring: the idea, the formulas, the stories, the words, the pictures.

mod actions;
mod claims;
mod common;
mod known_answers;
mod pictures;
mod properties;
mod words;

use demo_kit::lint;
use hash_ring::HashRing;
use hash_ring::cluster::{Cluster, Rules, Server};
use hash_ring::hash::Hash;
use hash_ring::scheme::Scheme;

/// Event 0 of a preset, by its index.
fn preset(idx: usize) -> HashRing {
    lint::preset(idx)
}

/// Event 0 of the first preset with some settings changed.
fn with(changes: &[(usize, i64)]) -> HashRing {
    lint::with(0, changes)
}

/// Rules of a plain ring.
fn rules(seed: u64) -> Rules {
    Rules { seed, hash: Hash::Good, scheme: Scheme::Ring, slack: 25 }
}

/// `count` servers of weight 1 with so many points each.
fn servers(count: usize, points: u16) -> Vec<Server> {
    (0..count).map(|id| server(id, points)).collect()
}

/// A server of weight 1.
fn server(id: usize, points: u16) -> Server {
    Server { id: u8::try_from(id).expect("a small number"), weight: 1, points }
}

/// A cluster of equal servers on a plain ring.
fn cluster(seed: u64, count: usize, points: u16, keys: usize) -> Cluster {
    Cluster::new(rules(seed), &servers(count, points), keys)
}
