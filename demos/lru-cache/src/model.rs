//! A cache: a few places, and a rule for what leaves when they are full.
//!
//! A request for a key that is there *hits*. Any other *misses*: the key is fetched and takes a place, and when none is free
//! some key has to leave first. Which one is all that policies differ in, and a policy is a bet on the future: LRU bets that
//! what was used last will be used again soon. The map finds a key's place at once; the policy keeps the places in an order
//! of its own, so that it finds the one to leave without looking at them all.

use demo_kit::Digest;

use crate::list::Slot;
use crate::policy::{Eviction, Note, Policy};
use crate::tape::{Key, Request};

/// What came of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The key was there.
    Hit,
    /// The key was not there.
    Miss {
        /// Which key left for it, and what the policy had noted about that one.
        evicted: Option<(Key, Note)>,
    },
}

/// A cache under a policy.
#[derive(Clone)]
pub struct Cache {
    /// What it throws out when it is full.
    pub policy: Policy,
    /// How many places it has.
    pub capacity: usize,
    /// Requests that hit so far.
    pub hits: u32,
    /// Requests that missed so far.
    pub misses: u32,
    /// The key in each place that was ever taken. Invariant: at most `capacity`.
    keys: Vec<Key>,
    /// Where each key is: its place + 1, or 0.
    map: Vec<u16>,
    eviction: Box<dyn Eviction>,
}

impl Cache {
    /// An empty cache for keys 0..universe.
    pub fn new(policy: Policy, capacity: usize, universe: usize) -> Cache {
        Cache {
            policy,
            capacity,
            hits: 0,
            misses: 0,
            keys: Vec::with_capacity(capacity),
            map: vec![0; universe],
            eviction: policy.begin(capacity),
        }
    }

    /// Answers a request.
    pub fn request(&mut self, request: Request) -> Answer {
        if let Some(slot) = self.slot(request.key) {
            self.hits += 1;
            self.eviction.hit(slot, request);
            return Answer::Hit;
        }
        self.misses += 1;
        if self.capacity == 0 {
            return Answer::Miss { evicted: None };
        }
        let (slot, evicted) = self.room(request.at);
        self.keys[slot] = request.key;
        self.map[usize::from(request.key)] = slot as u16 + 1;
        self.eviction.enter(slot, request);
        Answer::Miss { evicted }
    }

    /// Where a key is.
    pub fn slot(&self, key: Key) -> Option<Slot> {
        usize::from(*self.map.get(usize::from(key))?).checked_sub(1)
    }

    /// How many keys it holds.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The keys that it holds, in the order of its policy.
    pub fn keys(&self) -> Vec<Key> {
        let mut keys = Vec::with_capacity(self.keys.len());
        for slot in self.eviction.order() {
            keys.push(self.keys[slot]);
        }
        keys
    }

    /// Which key would leave if another one came now; none while a place is free.
    pub fn next_out(&self) -> Option<Key> {
        let full = self.capacity > 0 && self.keys.len() == self.capacity;
        self.eviction.next_out().filter(|_| full).map(|slot| self.keys[slot])
    }

    /// The key that the policy's hand is at, if it has one.
    pub fn hand(&self) -> Option<Key> {
        self.eviction.hand().and_then(|slot| self.keys.get(slot).copied())
    }

    /// What the policy has noted about a key that is there, after `now` requests.
    pub fn note(&self, key: Key, now: u32) -> Option<Note> {
        self.slot(key).map(|slot| self.eviction.note(slot, now))
    }

    /// The share of requests that hit; none before the first one.
    pub fn ratio(&self) -> Option<f64> {
        let all = self.hits + self.misses;
        (all > 0).then(|| f64::from(self.hits) / f64::from(all))
    }

    /// What must always hold.
    pub fn check(&self) -> Result<(), &'static str> {
        if self.keys.len() > self.capacity {
            return Err("a cache holds more keys than it has places");
        }
        let order = self.eviction.order();
        let mut seen = 0_u128;
        for slot in &order {
            seen |= 1 << (slot % 128);
        }
        if order.len() != self.keys.len() || (self.keys.len() <= 128 && seen.count_ones() as usize != order.len()) {
            return Err("a policy's order is not the cache's places, each once");
        }
        for (slot, key) in self.keys.iter().enumerate() {
            if self.slot(*key) != Some(slot) {
                return Err("map and places disagree");
            }
        }
        Ok(())
    }

    /// Feeds everything into a digest.
    pub fn digest(&self, out: &mut Digest) {
        for number in [self.hits, self.misses] {
            out.u64(u64::from(number));
        }
        for key in self.keys() {
            out.u64(u64::from(key));
            if let Some(note) = self.note(key, 0) {
                out.u64(note.bits());
            }
        }
        out.u64(self.hand().map_or(u64::MAX, u64::from));
    }

    // A free place, or the place of the key that leaves.
    fn room(&mut self, now: u32) -> (Slot, Option<(Key, Note)>) {
        if self.keys.len() < self.capacity {
            self.keys.push(0);
            return (self.keys.len() - 1, None);
        }
        let leaves = self.eviction.next_out().unwrap_or(0);
        let note = self.eviction.note(leaves, now);
        let slot = self.eviction.evict();
        let key = self.keys[slot];
        self.map[usize::from(key)] = 0;
        (slot, Some((key, note)))
    }
}
