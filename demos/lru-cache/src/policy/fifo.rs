//! FIFO, first in, first out: a queue. A hit changes nothing in it, which makes it cheap, and blind.

use super::{Eviction, Note};
use crate::list::{List, Slot};
use crate::tape::Request;

/// The queue, and when each slot's key came.
#[derive(Clone)]
pub struct Fifo {
    queue: List,
    came: Vec<u32>,
}

impl Fifo {
    /// A cache of so many free places.
    pub fn new(capacity: usize) -> Fifo {
        Fifo { queue: List::new(capacity), came: vec![0; capacity] }
    }
}

impl Eviction for Fifo {
    fn hit(&mut self, _: Slot, _: Request) {}

    fn enter(&mut self, slot: Slot, request: Request) {
        self.queue.push_front(slot);
        self.came[slot] = request.at;
    }

    fn evict(&mut self) -> Slot {
        let slot = self.queue.back().unwrap_or(0);
        self.queue.remove(slot);
        slot
    }

    fn next_out(&self) -> Option<Slot> {
        self.queue.back()
    }

    fn order(&self) -> Vec<Slot> {
        self.queue.slots()
    }

    fn note(&self, slot: Slot, now: u32) -> Note {
        Note::Here(now.saturating_sub(self.came[slot]))
    }
}
