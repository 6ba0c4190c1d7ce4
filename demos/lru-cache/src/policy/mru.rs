//! MRU, most recently used: the list of LRU, but the key that was used last leaves. It sounds absurd, and is right when keys
//! come round and round: what was just used comes back last.

use super::{Eviction, Note};
use crate::list::{List, Slot};
use crate::tape::Request;

/// The list, and the last use of each slot.
#[derive(Clone)]
pub struct Mru {
    list: List,
    used: Vec<u32>,
}

impl Mru {
    /// A cache of so many free places.
    pub fn new(capacity: usize) -> Mru {
        Mru { list: List::new(capacity), used: vec![0; capacity] }
    }
}

impl Eviction for Mru {
    fn hit(&mut self, slot: Slot, request: Request) {
        self.list.remove(slot);
        self.enter(slot, request);
    }

    fn enter(&mut self, slot: Slot, request: Request) {
        self.list.push_front(slot);
        self.used[slot] = request.at;
    }

    fn evict(&mut self) -> Slot {
        let slot = self.list.front().unwrap_or(0);
        self.list.remove(slot);
        slot
    }

    fn next_out(&self) -> Option<Slot> {
        self.list.front()
    }

    fn order(&self) -> Vec<Slot> {
        let mut slots = self.list.slots();
        slots.reverse();
        slots
    }

    fn note(&self, slot: Slot, now: u32) -> Note {
        Note::Unused(now.saturating_sub(self.used[slot]))
    }
}
