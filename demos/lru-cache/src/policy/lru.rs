//! LRU, least recently used: a list in the order of the last uses. What is used goes to the front, so the back is what was not
//! used for longest.

use super::{Eviction, Note};
use crate::list::{List, Slot};
use crate::tape::Request;

/// The list, and the last use of each slot.
#[derive(Clone)]
pub struct Lru {
    list: List,
    used: Vec<u32>,
}

impl Lru {
    /// A cache of so many free places.
    pub fn new(capacity: usize) -> Lru {
        Lru { list: List::new(capacity), used: vec![0; capacity] }
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
        let slot = self.list.back().unwrap_or(0);
        self.list.remove(slot);
        slot
    }

    fn next_out(&self) -> Option<Slot> {
        self.list.back()
    }

    fn order(&self) -> Vec<Slot> {
        self.list.slots()
    }

    fn note(&self, slot: Slot, now: u32) -> Note {
        Note::Unused(now.saturating_sub(self.used[slot]))
    }
}
