//! OPT (Belady 1966): the key whose next use is farthest away leaves. No policy misses less often; none can be built, because
//! it reads the tape ahead. It tells how much of a miss count is the policy's fault.

use super::{Eviction, Note, ahead, ascending, largest};
use crate::list::Slot;
use crate::tape::{NEVER, Request};

/// The next use of each slot's key.
#[derive(Clone)]
pub struct Opt {
    next: Vec<u64>,
}

impl Opt {
    /// A cache of so many free places.
    pub fn new(capacity: usize) -> Opt {
        Opt { next: Vec::with_capacity(capacity) }
    }
}

impl Eviction for Opt {
    fn hit(&mut self, slot: Slot, request: Request) {
        self.next[slot] = u64::from(request.next);
    }

    fn enter(&mut self, slot: Slot, request: Request) {
        if slot == self.next.len() {
            self.next.push(0);
        }
        self.next[slot] = u64::from(request.next);
    }

    fn evict(&mut self) -> Slot {
        self.next_out().unwrap_or(0)
    }

    fn next_out(&self) -> Option<Slot> {
        largest(&self.next)
    }

    fn order(&self) -> Vec<Slot> {
        ascending(&self.next)
    }

    fn note(&self, slot: Slot, now: u32) -> Note {
        Note::Needed(ahead(u32::try_from(self.next[slot]).unwrap_or(NEVER), now))
    }
}
