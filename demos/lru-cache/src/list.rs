//! A doubly linked list of slots: any slot is taken out, or put to the front, in a fixed number of steps, however long it is.

/// A place of the cache that holds one key, from 0.
pub type Slot = usize;

/// Slots from front to back. The links lie in two arrays; one more entry, the ring's seam, stands before the front and after
/// the back, so that no link is ever missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    before: Vec<Slot>,
    after: Vec<Slot>,
}

impl List {
    /// A list that has room for slots 0..capacity; none is in it yet.
    pub fn new(capacity: usize) -> List {
        let mut seam = Vec::with_capacity(capacity + 1);
        for slot in 0..=capacity {
            seam.push(slot);
        }
        List { before: seam.clone(), after: seam }
    }

    /// Puts a slot to the front; it must not be in the list.
    pub fn push_front(&mut self, slot: Slot) {
        let seam = self.seam();
        let first = self.after[seam];
        (self.before[slot], self.after[slot]) = (seam, first);
        (self.after[seam], self.before[first]) = (slot, slot);
    }

    /// Takes a slot out; it must be in the list.
    pub fn remove(&mut self, slot: Slot) {
        let (before, after) = (self.before[slot], self.after[slot]);
        (self.after[before], self.before[after]) = (after, before);
    }

    /// The slot at the front.
    pub fn front(&self) -> Option<Slot> {
        self.real(self.after[self.seam()])
    }

    /// The slot at the back.
    pub fn back(&self) -> Option<Slot> {
        self.real(self.before[self.seam()])
    }

    /// The slot before another one, towards the front.
    pub fn before(&self, slot: Slot) -> Option<Slot> {
        self.real(self.before[slot])
    }

    /// All slots from front to back.
    pub fn slots(&self) -> Vec<Slot> {
        let mut slots = Vec::new();
        let mut next = self.after[self.seam()];
        while let Some(slot) = self.real(next) {
            slots.push(slot);
            next = self.after[slot];
        }
        slots
    }

    fn seam(&self) -> Slot {
        self.after.len() - 1
    }

    fn real(&self, slot: Slot) -> Option<Slot> {
        (slot != self.seam()).then_some(slot)
    }
}
