//! The policies: what each keeps of the requests, and which key it throws out.

mod clock;
mod fifo;
mod lfu;
mod lru;
mod opt;
mod sieve;

use self::lru::{Leaves, Lru};
use crate::list::Slot;
use crate::tape::{NEVER, Request};

/// What a cache throws out when it is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// The key that was not used for longest.
    Lru,
    /// The key that came first.
    Fifo,
    /// The first key from the hand on that was not used since the hand passed.
    Clock,
    /// The key that was used least often since it came.
    Lfu,
    /// The first key from the hand on that was not used since it came, or since the hand passed.
    Sieve,
    /// The key that was used last.
    Mru,
    /// The key whose next use is farthest away: the best there is, for those who know the future.
    Opt,
}

/// All policies, in the order of the manifest's options.
pub const ALL: [Policy; 7] =
    [Policy::Lru, Policy::Fifo, Policy::Clock, Policy::Lfu, Policy::Sieve, Policy::Mru, Policy::Opt];

/// What a policy has noted about a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// Requests since it was used.
    Unused(u32),
    /// Requests since it came.
    Here(u32),
    /// Whether it was used since the hand passed.
    Used(bool),
    /// How often it was used since it came.
    Times(u32),
    /// How many requests there are until its next use, or [`NEVER`].
    Needed(u32),
}

impl Note {
    /// The note as a number, for digests.
    pub fn bits(self) -> u64 {
        match self {
            Note::Unused(n) | Note::Here(n) | Note::Times(n) | Note::Needed(n) => u64::from(n),
            Note::Used(used) => u64::from(used),
        }
    }
}

/// A policy at work on the slots of one cache. All slots that are taken are known to it by `enter`.
pub trait Eviction: CloneEviction {
    /// A request found its key in a slot.
    fn hit(&mut self, slot: Slot, request: Request);

    /// A request's key came into a slot, which was free.
    fn enter(&mut self, slot: Slot, request: Request);

    /// Chooses the slot whose key leaves, and forgets it. Every slot is taken.
    fn evict(&mut self) -> Slot;

    /// The slot that [`Eviction::evict`] would choose.
    fn next_out(&self) -> Option<Slot>;

    /// The taken slots, as the policy arranges them.
    fn order(&self) -> Vec<Slot>;

    /// What it has noted about a slot, after `now` requests.
    fn note(&self, slot: Slot, now: u32) -> Note;

    /// The slot that its hand is at, if it has one.
    fn hand(&self) -> Option<Slot> {
        None
    }
}

/// Lets a boxed policy be cloned.
pub trait CloneEviction {
    /// A boxed copy.
    fn copy(&self) -> Box<dyn Eviction>;
}

impl<E: Eviction + Clone + 'static> CloneEviction for E {
    fn copy(&self) -> Box<dyn Eviction> {
        Box::new(self.clone())
    }
}

impl Clone for Box<dyn Eviction> {
    fn clone(&self) -> Self {
        (**self).copy()
    }
}

impl Policy {
    /// The policy for a cache of so many places, all of them free.
    pub fn begin(self, capacity: usize) -> Box<dyn Eviction> {
        match self {
            Policy::Lru => Box::new(Lru::new(capacity, Leaves::Oldest)),
            Policy::Fifo => Box::new(fifo::Fifo::new(capacity)),
            Policy::Clock => Box::new(clock::Clock::new(capacity)),
            Policy::Lfu => Box::new(lfu::Lfu::new(capacity)),
            Policy::Sieve => Box::new(sieve::Sieve::new(capacity)),
            Policy::Mru => Box::new(Lru::new(capacity, Leaves::Newest)),
            Policy::Opt => Box::new(opt::Opt::new(capacity)),
        }
    }

    /// The policy of an option, by its index.
    pub fn of(option: usize) -> Policy {
        ALL.get(option).copied().unwrap_or(Policy::Lru)
    }

    /// Its index among all.
    pub fn index(self) -> usize {
        self as usize
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Policy::Lru => "LRU",
            Policy::Fifo => "FIFO",
            Policy::Clock => "CLOCK",
            Policy::Lfu => "LFU",
            Policy::Sieve => "SIEVE",
            Policy::Mru => "MRU",
            Policy::Opt => "OPT",
        }
    }

    /// Whether a larger cache always holds what a smaller one holds (Mattson, Gecsei, Slutz and Traiger 1970), so that a place
    /// more never means a miss more. LFU would be one if it did not forget what leaves.
    pub fn is_stack(self) -> bool {
        matches!(self, Policy::Lru | Policy::Mru | Policy::Opt)
    }

    /// Whether it never misses more than capacity times as often as OPT (Sleator and Tarjan 1985): so do policies that keep
    /// what was used in the last phase of `capacity` different keys.
    pub fn is_competitive(self) -> bool {
        matches!(self, Policy::Lru | Policy::Fifo | Policy::Clock)
    }
}

/// Slots by ascending rank: an insertion sort, since a cache has few places and they are nearly in order.
fn ascending(ranks: &[u64]) -> Vec<Slot> {
    let mut order: Vec<Slot> = Vec::with_capacity(ranks.len());
    for slot in 0..ranks.len() {
        let mut place = order.len();
        while place > 0 && ranks[order[place - 1]] > ranks[slot] {
            place -= 1;
        }
        order.insert(place, slot);
    }
    order
}

/// The slot of the largest rank, the last one of equals.
fn largest(ranks: &[u64]) -> Option<Slot> {
    let mut best: Option<Slot> = None;
    for slot in 0..ranks.len() {
        if best.is_none_or(|best| ranks[slot] >= ranks[best]) {
            best = Some(slot);
        }
    }
    best
}

/// How far it is from `now` to a request.
fn ahead(at: u32, now: u32) -> u32 {
    if at == NEVER { NEVER } else { at.saturating_sub(now) }
}
