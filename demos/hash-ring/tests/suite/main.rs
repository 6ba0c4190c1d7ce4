//! Tests of the hash ring: the idea, the formulas, the stories, the words, the pictures.

mod actions;
mod claims;
mod known_answers;
mod pictures;
mod properties;
mod shipped;
mod words;

use demo_kit::{Demo, Settings};
use hash_ring::HashRing;
use hash_ring::hash::Hash;
use hash_ring::model::{Cluster, Rules, Scheme, Server};

/// Event 0 of a preset, by its index.
fn preset(idx: usize) -> HashRing {
    let manifest = HashRing::manifest();
    HashRing::new(&Settings::of_preset(manifest, idx), manifest.presets[idx].seed)
}

/// Event 0 of the first preset with some settings changed.
fn with(changes: &[(usize, i64)]) -> HashRing {
    let mut settings = Settings::of_preset(HashRing::manifest(), 0);
    for (param, value) in changes {
        settings.set(*param, *value);
    }
    HashRing::new(&settings, 42)
}

/// The run at its end.
fn at_end(mut run: HashRing) -> HashRing {
    while run.step() {}
    run
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
