//! The tape: the requests of a run in their order, and what the keys are called.

/// A key's number, from 0.
pub type Key = u16;

/// No request comes that late.
pub const NEVER: u32 = u32::MAX;

/// A request, as a cache gets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// Which key is asked for.
    pub key: Key,
    /// Its place on the tape, from 0.
    pub at: u32,
    /// The place of the next request for the same key, or [`NEVER`]. It lies in the future: an honest policy does not look.
    pub next: u32,
}

/// Requests in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tape {
    keys: Vec<Key>,
    /// For each request the place of the next one for the same key.
    next: Vec<u32>,
    /// Names of the keys, by number; a key without one is called by its number, from 1.
    names: Vec<String>,
    /// How many different keys there may be: one more than the largest number.
    universe: usize,
    /// How many letters the longest name has: looked for once, since every part of the picture asks.
    letters: usize,
}

impl Tape {
    /// A tape of these keys.
    pub fn new(keys: Vec<Key>, names: Vec<String>) -> Tape {
        let mut universe = 0;
        for key in &keys {
            universe = universe.max(usize::from(*key) + 1);
        }
        let mut soonest = vec![NEVER; universe];
        let mut next = vec![NEVER; keys.len()];
        for at in (0..keys.len()).rev() {
            let key = usize::from(keys[at]);
            next[at] = soonest[key];
            soonest[key] = at as u32;
        }
        let mut tape = Tape { keys, next, names, universe, letters: 1 };
        for key in 0..universe {
            tape.letters = tape.letters.max(tape.name(key as Key).len());
        }
        tape
    }

    /// How many requests it has.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether nothing is ever requested.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// How many different keys there may be.
    pub fn universe(&self) -> usize {
        self.universe
    }

    /// How many different keys are requested.
    pub fn distinct(&self) -> usize {
        let mut last = 0;
        for next in &self.next {
            last += usize::from(*next == NEVER);
        }
        last
    }

    /// The key at a place.
    pub fn key(&self, at: usize) -> Option<Key> {
        self.keys.get(at).copied()
    }

    /// The request at a place.
    pub fn request(&self, at: usize) -> Option<Request> {
        Some(Request { key: *self.keys.get(at)?, at: at as u32, next: *self.next.get(at)? })
    }

    /// The tape with one more request before a place.
    pub fn with(&self, at: usize, key: Key) -> Tape {
        let mut keys = self.keys.clone();
        keys.insert(at.min(self.keys.len()), key);
        Tape::new(keys, self.names.clone())
    }

    /// What a key is called.
    pub fn name(&self, key: Key) -> String {
        match self.names.get(usize::from(key)) {
            Some(name) => name.clone(),
            None => demo_kit::num::integer_plain(i64::from(key) + 1),
        }
    }

    /// How many letters the longest name has.
    pub fn letters(&self) -> usize {
        self.letters
    }
}
