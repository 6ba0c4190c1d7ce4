//! LRU, least recently used: a list in the order of the last uses. What is used goes to the front, so the back is what was not
//! used for longest, and leaves.
//!
//! MRU, most recently used, is the same list, but its front leaves. It sounds absurd, and is right when keys come round and
//! round: what was just used comes back last.

use super::{Eviction, Note};
use crate::list::{List, Slot};
use crate::tape::Request;

/// Which key leaves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Leaves {
    /// The one that was not used for longest.
    Oldest,
    /// The one that was used last.
    Newest,
}

/// The list, and the last use of each slot.
#[derive(Clone)]
pub struct Lru {
    leaves: Leaves,
    list: List,
    used: Vec<u32>,
}

impl Lru {
    /// A cache of so many free places.
    pub fn new(capacity: usize, leaves: Leaves) -> Lru {
        Lru { leaves, list: List::new(capacity), used: vec![0; capacity] }
    }
}

impl Eviction for Lru {
    fn hit(&mut self, slot: Slot, request: Request) {
        self.list.remove(slot);
        self.enter(slot, request);
    }

    fn enter(&mut self, slot: Slot, request: Request) {
        self.list.push_front(slot);
        self.used[slot] = request.at;
    }

    fn evict(&mut self) -> Slot {
        let slot = self.next_out().unwrap_or(0);
        self.list.remove(slot);
        slot
    }

    fn next_out(&self) -> Option<Slot> {
        if self.leaves == Leaves::Oldest { self.list.back() } else { self.list.front() }
    }

    fn order(&self) -> Vec<Slot> {
        let mut slots = self.list.slots();
        if self.leaves == Leaves::Newest {
            slots.reverse();
        }
        slots
    }

    fn note(&self, slot: Slot, now: u32) -> Note {
        Note::Unused(now.saturating_sub(self.used[slot]))
    }
}
