//! What the ring looks like on the way from one event to the next.
//!
//! When a server comes or goes, each stretch that changes hands is taken over from its point backwards: a point's reach grows
//! towards the point before it. When all points change, a hand goes once round the dial and leaves the new ring behind it.

use crate::model::{Key, Owner, Ring, ServerId, WHOLE};
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

/// A run at a phase of its last event.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    run: &'a HashRing,
    /// 0..=256; 256 is at rest.
    pub phase: i32,
    wipe: bool,
    reshuffle: bool,
}

impl<'a> Shown<'a> {
    /// The run at a phase.
    pub fn new(run: &'a HashRing, phase: i32) -> Shown<'a> {
        let reshuffle = matches!(run.event, Event::Points(_) | Event::Rehashed(_));
        let wipe = reshuffle
            || run
                .now
                .ring
                .points()
                .len()
                .max(run.before.ring.points().len())
                > CROWD;
        Shown {
            run,
            phase: phase.clamp(0, 256),
            wipe,
            reshuffle,
        }
    }

    /// Whether points are too many to be shown one by one.
    pub fn is_crowd(&self) -> bool {
        let ring = if self.phase == 0 {
            &self.run.before.ring
        } else {
            &self.run.now.ring
        };
        ring.points().len() > CROWD
    }

    /// The stretches of the ring, clockwise.
    pub fn pieces(&self) -> Vec<Piece> {
        if self.is_crowd() {
            return self.sampled();
        }
        let mut pieces = Vec::new();
        let (before, now) = (&self.run.before.ring, &self.run.now.ring);
        if self.phase == 256 {
            self.stretches(
                now.points().iter().map(|point| point.at).collect(),
                &mut pieces,
            );
        } else {
            // Between two neighbouring points of either ring nothing changes but at the moving edge.
            let both = Ring::default().with(
                before
                    .points()
                    .iter()
                    .chain(now.points())
                    .copied()
                    .collect(),
            );
            let mut ends: Vec<u64> = both.points().iter().map(|point| point.at).collect();
            if self.wipe {
                ends.insert(ends.partition_point(|end| *end < self.hand()), self.hand());
                // What lies beyond twelve o'clock comes last, not first.
                ends.push(u64::MAX);
            }
            self.stretches(ends, &mut pieces);
        }
        pieces
    }

    /// Who owns a key, as far as the picture has got; by the key of the cluster now.
    pub fn owner(&self, key: &Key) -> Owner {
        let (before, now) = (&self.run.before, &self.run.now);
        let old = before.owners().get(usize::from(key.id)).copied().flatten();
        let new = now.owners().get(usize::from(key.id)).copied().flatten();
        if old == new || self.phase == 256 {
            return new;
        }
        let passed = match self.stretch(key.at) {
            Some((start, length)) if !self.wipe => {
                key.at.wrapping_sub(start) as u128 >= self.edge(length)
            }
            _ => key.at < self.hand(),
        };
        if passed { new } else { old }
    }

    /// The points that are there for sure, those that come, and those that go.
    pub fn points(&self) -> Vec<(u64, ServerId, Fate)> {
        let (before, now) = (self.run.before.ring.points(), self.run.now.ring.points());
        let mut points = Vec::new();
        for point in now {
            let fate = if before.binary_search(point).is_ok() {
                Fate::Stays
            } else {
                Fate::Comes
            };
            points.push((point.at, point.server, fate));
        }
        for point in before.iter().filter(|_| self.phase < 256) {
            if now.binary_search(point).is_err() {
                points.push((point.at, point.server, Fate::Goes));
            }
        }
        points
    }

    /// Whether all points changed: then it is not news that a key moved.
    pub fn is_reshuffle(&self) -> bool {
        self.reshuffle
    }

    /// Whether a hand goes round, as opposed to stretches that change hands each on its own.
    pub fn turns(&self) -> bool {
        self.wipe
    }

    /// Whether the hand has passed a place; true at rest.
    pub fn is_behind_hand(&self, at: u64) -> bool {
        !self.wipe || self.phase == 256 || at < self.hand()
    }

    fn stretches(&self, ends: Vec<u64>, pieces: &mut Vec<Piece>) {
        let mut previous = ends.last().copied().unwrap_or(0);
        for (idx, end) in ends.into_iter().enumerate() {
            let gap = u128::from(end.wrapping_sub(previous));
            let length = if idx == 0 && gap == 0 { WHOLE } else { gap };
            let start = previous;
            previous = end;
            if length == 0 {
                continue;
            }
            let (old, new) = (
                self.run.before.ring.owner(end),
                self.run.now.ring.owner(end),
            );
            let cut = if old == new || self.phase == 256 {
                0
            } else if self.wipe {
                if end.wrapping_sub(1) < self.hand() {
                    0
                } else {
                    length
                }
            } else {
                self.edge(length)
            };
            let parts = [
                (start, cut, old),
                (start.wrapping_add(cut as u64), length - cut, new),
            ];
            for (start, length, server) in parts {
                if let Some(server) = server.filter(|_| length > 0) {
                    pieces.push(Piece {
                        start,
                        length,
                        server,
                    });
                }
            }
        }
    }

    fn sampled(&self) -> Vec<Piece> {
        let step = u64::MAX / SAMPLES;
        let mut pieces: Vec<Piece> = Vec::new();
        for sample in 0..SAMPLES {
            let start = sample * step;
            let at = start + step / 2;
            let ring = if self.is_behind_hand(at) {
                &self.run.now.ring
            } else {
                &self.run.before.ring
            };
            let Some(server) = ring.owner(at) else {
                continue;
            };
            match pieces.last_mut().filter(|last| last.server == server) {
                Some(last) => last.length += u128::from(step),
                None => pieces.push(Piece {
                    start,
                    length: u128::from(step),
                    server,
                }),
            }
        }
        pieces
    }

    // The stretch between neighbouring points of both rings around a place: its start and its length.
    fn stretch(&self, at: u64) -> Option<(u64, u128)> {
        let rings = [&self.run.before.ring, &self.run.now.ring];
        let ahead = rings
            .iter()
            .filter_map(|ring| ring.clockwise(at).next())
            .map(|point| point.at.wrapping_sub(at))
            .min()?;
        let behind = rings.iter().filter_map(|ring| {
            let points = ring.points();
            let idx = points.partition_point(|point| point.at < at);
            points[..idx].last().or(points.last())
        });
        let behind = behind.map(|point| at.wrapping_sub(point.at)).min()?;
        Some((
            at.wrapping_sub(behind),
            u128::from(ahead) + u128::from(behind),
        ))
    }

    // How much of a stretch that changes hands still belongs to the old owner.
    fn edge(&self, length: u128) -> u128 {
        length * (256 - self.phase) as u128 / 256
    }

    // Where the hand stands that turns the dial over.
    fn hand(&self) -> u64 {
        (self.phase as u64).saturating_mul(1 << 56)
    }
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
