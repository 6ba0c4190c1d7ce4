//! What the ring looks like on the way from one event to the next.
//!
//! When a server comes or goes, each stretch that changes hands is taken over from its point backwards: a point's reach grows
//! towards the point before it. When all points change, a hand goes once round the dial and leaves the new ring behind it.

use crate::cluster::Key;
use crate::model::{Owner, Ring, ServerId, WHOLE};
use crate::story::{Event, HashRing};

/// From so many points on they are drawn by samples: two neighbours would lie closer than their ticks are wide.
const CROWD: usize = 200;
/// How many samples round the ring, 2.8 units apart.
const SAMPLES: u64 = 288;

/// A stretch of the ring in one colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its first place.
    pub start: u64,
    /// 1..=2^64 places.
    pub length: u128,
    /// Who owns it.
    pub server: ServerId,
}

/// What becomes of a point in the last event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was there and is there.
    Stays,
    /// It is new.
    Comes,
    /// It is gone.
    Goes,
}

/// A run at a phase of its last event.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    run: &'a HashRing,
    /// 0..=256; 256 is at rest.
    pub phase: i32,
    /// Whether a hand goes round, as opposed to stretches that change hands each on its own.
    pub turns: bool,
    /// Whether all points changed: then it is not news that a key moved.
    pub reshuffle: bool,
}

impl<'a> Shown<'a> {
    /// The run at a phase.
    pub fn new(run: &'a HashRing, phase: i32) -> Shown<'a> {
        let reshuffle = matches!(run.event, Event::Points(_) | Event::Rehashed(_));
        let turns = reshuffle || is_crowd(&run.now.ring) || is_crowd(&run.before.ring);
        Shown { run, phase: phase.clamp(0, 256), turns, reshuffle }
    }

    /// Whether points are too many to be shown one by one.
    pub fn is_crowd(&self) -> bool {
        is_crowd(if self.phase == 0 { &self.run.before.ring } else { &self.run.now.ring })
    }

    /// The stretches of the ring, clockwise.
    pub fn pieces(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        if self.is_crowd() {
            self.sampled(&mut pieces);
            return pieces;
        }
        let now = &self.run.now.ring;
        if self.phase == 256 {
            self.stretches(now, &mut pieces);
        } else {
            // Between two neighbouring points of either ring nothing changes but at the moving edge. What lies beyond twelve
            // o'clock comes last, not first.
            let edges = [self.hand(), u64::MAX];
            let mut ends = self.run.before.ring.with(now.points());
            if self.turns {
                for at in edges {
                    ends = ends.with(&[crate::model::Point { at, server: 0 }]);
                }
            }
            self.stretches(&ends, &mut pieces);
        }
        pieces
    }

    /// Who owns a key, as far as the picture has got.
    pub fn owner(&self, key: &Key) -> Owner {
        let (old, new) = (self.run.before.owner(key.id), self.run.now.owner(key.id));
        if old == new || self.phase == 256 {
            return new;
        }
        let passed = if self.turns { key.at < self.hand() } else { self.is_taken(key.at) };
        if passed { new } else { old }
    }

    /// What becomes of a point of the ring now, or of the ring before.
    pub fn fate(&self, of_now: bool, at: u64, server: ServerId) -> Fate {
        let other = if of_now { &self.run.before } else { &self.run.now };
        let stays = other.ring.next_of(at, server) == Some(at);
        match (stays, of_now) {
            (true, _) => Fate::Stays,
            (false, true) => Fate::Comes,
            (false, false) => Fate::Goes,
        }
    }

    /// Whether the hand has passed a place; true at rest.
    pub fn is_behind_hand(&self, at: u64) -> bool {
        self.phase == 256 || at < self.hand()
    }

    fn stretches(&self, ends: &Ring, pieces: &mut Vec<Piece>) {
        for idx in 0..ends.points().len() {
            let arc = ends.arc(idx);
            let start = arc.end.wrapping_sub(arc.length as u64);
            let (old, new) = (self.run.before.ring.owner(arc.end), self.run.now.ring.owner(arc.end));
            let cut = if old == new || self.phase == 256 {
                0
            } else if !self.turns {
                self.edge(arc.length)
            } else if arc.end.wrapping_sub(1) < self.hand() {
                0
            } else {
                arc.length
            };
            put(pieces, start, cut, old);
            put(pieces, start.wrapping_add(cut as u64), arc.length - cut, new);
        }
    }

    fn sampled(&self, pieces: &mut Vec<Piece>) {
        let step = u64::MAX / SAMPLES;
        let mut last = None;
        for sample in 0..SAMPLES {
            let start = sample * step;
            let at = start + step / 2;
            let cluster = if self.is_behind_hand(at) { &self.run.now } else { &self.run.before };
            let owner = cluster.ring.owner(at);
            match pieces.last_mut() {
                Some(piece) if last == owner && owner.is_some() => piece.length += u128::from(step),
                _ => put(pieces, start, u128::from(step), owner),
            }
            last = owner;
        }
    }

    // Whether the edge of a stretch that changes hands has passed a place on its way back from the point.
    fn is_taken(&self, at: u64) -> bool {
        let (mut ahead, mut behind) = (u64::MAX, u64::MAX);
        for ring in [&self.run.before.ring, &self.run.now.ring] {
            let first = ring.first(at);
            // The arc of the first point clockwise is the one that the place lies on.
            if first < ring.points().len() {
                let arc = ring.arc(first);
                let way = arc.end.wrapping_sub(at);
                ahead = ahead.min(way);
                behind = behind.min((arc.length - 1) as u64 - way);
            }
        }
        let length = u128::from(ahead) + u128::from(behind) + 1;
        u128::from(behind) >= self.edge(length)
    }

    // How much of a stretch that changes hands still belongs to the old owner.
    fn edge(&self, length: u128) -> u128 {
        (length * (256 - self.phase) as u128) >> 8
    }

    // Where the hand stands that turns the dial over.
    fn hand(&self) -> u64 {
        (self.phase as u64).min(255) << 56
    }
}

fn is_crowd(ring: &Ring) -> bool {
    ring.points().len() > CROWD
}

fn put(pieces: &mut Vec<Piece>, start: u64, length: u128, owner: Owner) {
    if let Some(server) = owner
        && length > 0
    {
        pieces.push(Piece { start, length: length.min(WHOLE), server });
    }
}
