//! LFU, least frequently used: the key that was used least often since it came leaves; of equals, the one that was not used for
//! longest. Counts are forgotten with their keys, so what leaves starts again from one.

use super::{Eviction, Note, ascending, largest};
use crate::list::Slot;
use crate::tape::Request;

/// How often each slot's key was used, and when last.
#[derive(Clone)]
pub struct Lfu {
    /// How soon each slot leaves: by few uses, then by an early last use. Both in one number, turned over.
    ranks: Vec<u64>,
}

impl Lfu {
    /// A cache of so many free places.
    pub fn new(capacity: usize) -> Lfu {
        Lfu { ranks: Vec::with_capacity(capacity) }
    }

    fn times(&self, slot: Slot) -> u64 {
        !self.ranks[slot] >> 32
    }
}

fn rank(times: u64, at: u32) -> u64 {
    !(times << 32 | u64::from(at))
}

impl Eviction for Lfu {
    fn hit(&mut self, slot: Slot, request: Request) {
        self.ranks[slot] = rank(self.times(slot) + 1, request.at);
    }

    fn enter(&mut self, slot: Slot, request: Request) {
        if slot == self.ranks.len() {
            self.ranks.push(0);
        }
        self.ranks[slot] = rank(1, request.at);
    }

    fn evict(&mut self) -> Slot {
        self.next_out().unwrap_or(0)
    }

    fn next_out(&self) -> Option<Slot> {
        largest(&self.ranks)
    }

    fn order(&self) -> Vec<Slot> {
        ascending(&self.ranks)
    }

    fn note(&self, slot: Slot, _: u32) -> Note {
        Note::Times(self.times(slot) as u32)
    }
}
