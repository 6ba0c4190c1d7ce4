//! CLOCK (Corbató 1968): LRU for the price of one bit. The places stand in a circle with a hand. A key's bit is set when it
//! comes and whenever it is used; the hand goes round, clears set bits, and throws out the first key whose bit it finds clear.

use super::{Eviction, Note};
use crate::list::Slot;
use crate::tape::Request;

/// The bits of the slots taken so far, and the hand.
#[derive(Clone)]
pub struct Clock {
    capacity: usize,
    used: Vec<bool>,
    hand: Slot,
}

impl Clock {
    /// A cache of so many free places; the hand is at the first.
    pub fn new(capacity: usize) -> Clock {
        Clock { capacity, used: Vec::with_capacity(capacity), hand: 0 }
    }

    fn next(&self, slot: Slot) -> Slot {
        if slot + 1 < self.capacity { slot + 1 } else { 0 }
    }
}

impl Eviction for Clock {
    fn hit(&mut self, slot: Slot, _: Request) {
        self.used[slot] = true;
    }

    fn enter(&mut self, slot: Slot, _: Request) {
        if slot < self.used.len() {
            self.used[slot] = true;
        } else {
            self.used.push(true);
        }
    }

    fn evict(&mut self) -> Slot {
        while self.used[self.hand] {
            self.used[self.hand] = false;
            self.hand = self.next(self.hand);
        }
        let slot = self.hand;
        self.hand = self.next(slot);
        slot
    }

    fn next_out(&self) -> Option<Slot> {
        let mut slot = self.hand;
        for _ in 0..self.used.len() {
            if !self.used[slot] {
                break;
            }
            slot = self.next(slot);
        }
        // Once round and all bits were set: the hand has cleared them and is back where it was.
        (!self.used.is_empty()).then_some(slot)
    }

    fn order(&self) -> Vec<Slot> {
        let mut slots = Vec::with_capacity(self.used.len());
        for slot in 0..self.used.len() {
            slots.push(slot);
        }
        slots
    }

    fn note(&self, slot: Slot, _: u32) -> Note {
        Note::Used(self.used[slot])
    }

    fn hand(&self) -> Option<Slot> {
        Some(self.hand)
    }
}
