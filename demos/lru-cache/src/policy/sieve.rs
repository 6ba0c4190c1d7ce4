//! SIEVE (Zhang, Yang, Yue, Vigfusson and Rashmi 2024): the queue of FIFO with a bit for each key and a hand that goes from
//! old to new. Keys that were used stay where they are; new ones that nobody asks for again fall through soon.

use super::{Eviction, Note};
use crate::list::{List, Slot};
use crate::tape::Request;

/// The queue, newest first; the bits; the hand, which starts at the oldest key when it is nowhere.
#[derive(Clone)]
pub struct Sieve {
    queue: List,
    used: Vec<bool>,
    hand: Option<Slot>,
}

impl Sieve {
    /// A cache of so many free places.
    pub fn new(capacity: usize) -> Sieve {
        Sieve { queue: List::new(capacity), used: vec![false; capacity], hand: None }
    }

    // The next newer slot, round and round.
    fn newer(&self, slot: Slot) -> Option<Slot> {
        self.queue.before(slot).or(self.queue.back())
    }
}

impl Eviction for Sieve {
    fn hit(&mut self, slot: Slot, _: Request) {
        self.used[slot] = true;
    }

    fn enter(&mut self, slot: Slot, _: Request) {
        self.queue.push_front(slot);
        self.used[slot] = false;
    }

    fn evict(&mut self) -> Slot {
        let mut slot = self.hand().unwrap_or(0);
        while self.used[slot] {
            self.used[slot] = false;
            slot = self.newer(slot).unwrap_or(slot);
        }
        self.hand = self.queue.before(slot);
        self.queue.remove(slot);
        slot
    }

    fn next_out(&self) -> Option<Slot> {
        let mut slot = self.hand()?;
        for _ in 0..self.used.len() {
            if !self.used[slot] {
                break;
            }
            slot = self.newer(slot)?;
        }
        Some(slot)
    }

    fn order(&self) -> Vec<Slot> {
        self.queue.slots()
    }

    fn note(&self, slot: Slot, _: u32) -> Note {
        Note::Used(self.used[slot])
    }

    fn hand(&self) -> Option<Slot> {
        self.hand.or(self.queue.back())
    }
}
