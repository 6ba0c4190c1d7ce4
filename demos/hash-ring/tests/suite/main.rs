//! Tests of the hash ring: the idea, the formulas, the stories, the words, the pictures.

mod claims;
mod known_answers;
mod properties;

use hash_ring::hash::Hash;
use hash_ring::model::{Cluster, Rules, Scheme, Server};

/// Rules of a plain ring.
fn rules(seed: u64) -> Rules {
    Rules {
        seed,
        hash: Hash::Good,
        scheme: Scheme::Ring,
        slack: 25,
    }
}

/// `count` servers of weight 1 with so many points each.
fn servers(count: usize, points: u16) -> Vec<Server> {
    (0..count).map(|id| server(id, points)).collect()
}

/// A server of weight 1.
fn server(id: usize, points: u16) -> Server {
    Server {
        id: u8::try_from(id).expect("a small number"),
        weight: 1,
        points,
    }
}

/// A cluster of equal servers on a plain ring.
fn cluster(seed: u64, count: usize, points: u16, keys: usize) -> Cluster {
    Cluster::new(rules(seed), &servers(count, points), keys)
}
