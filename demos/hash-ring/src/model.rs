//! Consistent hashing: who owns a key, and what changes when a server comes or goes.
//!
//! Places on the ring are the numbers 0..2^64, clockwise, the last beside the first. A server stands on it at one or more
//! *points*; a key belongs to the server of the first point at or after its own place. So a point owns the *arc* from the
//! point before it up to itself, and a new point changes nothing but the arc that it cuts in two.
//! Servers with their keys are a cluster (`cluster.rs`); beside the ring stand four other schemes (`scheme.rs`).

/// Most servers on the ring.
pub const MAX_SERVERS: usize = 64;
/// All places on the ring.
pub const WHOLE: u128 = 1 << 64;

/// A server's number, 0..64; A is 0.
pub type ServerId = u8;
/// Who owns a key; nobody when there is no server.
pub type Owner = Option<ServerId>;

/// A place on the ring that a server took. The order breaks ties: by place, then by server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// Its place.
    pub at: u64,
    /// Whose it is.
    pub server: ServerId,
}

/// The places that one point owns: after `end - length`, up to and with `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arc {
    /// The place of the point.
    pub end: u64,
    /// 0 where two points share a place, 2^64 for an only point.
    pub length: u128,
    /// Whose it is.
    pub server: ServerId,
}

/// The points of all servers, clockwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ring {
    // Invariant: sorted.
    points: Vec<Point>,
}

impl Ring {
    /// The points, clockwise from place 0.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// The ring with more points on it: a merge of two sorted lists.
    pub fn with(&self, fresh: &[Point]) -> Ring {
        let mut order = Vec::with_capacity(fresh.len());
        for point in fresh {
            order.push((point.at, u16::from(point.server)));
        }
        sort(&mut order);
        let mut points = Vec::with_capacity(self.points.len() + order.len());
        let mut old = 0;
        for (at, server) in order {
            let server = server as ServerId;
            while old < self.points.len() && self.points[old] <= (Point { at, server }) {
                points.push(self.points[old]);
                old += 1;
            }
            points.push(Point { at, server });
        }
        for point in self.points.get(old..).unwrap_or(&[]) {
            points.push(*point);
        }
        Ring { points }
    }

    /// The ring without a server's points.
    pub fn without(&self, server: ServerId) -> Ring {
        let mut points = Vec::with_capacity(self.points.len());
        for point in &self.points {
            if point.server != server {
                points.push(*point);
            }
        }
        Ring { points }
    }

    /// The index of the first point at or after a place, round the end if need be; 0 without points.
    pub fn first(&self, at: u64) -> usize {
        let (mut low, mut high) = (0, self.points.len());
        while low < high {
            let middle = (low + high) / 2;
            if self.points[middle].at < at {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if low < self.points.len() { low } else { 0 }
    }

    /// The `nth` point, 0 being the first, of a walk clockwise from point `first`; `None` after one round.
    pub fn walk(&self, first: usize, nth: usize) -> Option<Point> {
        let idx = first + nth;
        if nth >= self.points.len() {
            return None;
        }
        let idx = if idx < self.points.len() { idx } else { idx - self.points.len() };
        self.points.get(idx).copied()
    }

    /// Who owns a place: the first point at or after it, round the end if need be.
    pub fn owner(&self, at: u64) -> Owner {
        self.points.get(self.first(at)).map(|point| point.server)
    }

    /// The place of a server's next point clockwise.
    pub fn next_of(&self, at: u64, server: ServerId) -> Option<u64> {
        let first = self.first(at);
        let mut nth = 0;
        while let Some(point) = self.walk(first, nth) {
            if point.server == server {
                return Some(point.at);
            }
            nth += 1;
        }
        None
    }

    /// What the point of an index owns. Over all points the lengths add up to exactly 2^64.
    pub fn arc(&self, idx: usize) -> Arc {
        let point = self.points[idx];
        let previous = if idx == 0 { self.points.len() - 1 } else { idx - 1 };
        let gap = point.at.wrapping_sub(self.points[previous].at);
        // The first arc passes place 0; it is the whole ring when all points share one place.
        let length = if idx == 0 && gap == 0 { WHOLE } else { u128::from(gap) };
        Arc { end: point.at, length, server: point.server }
    }

    /// The share of the ring of each of the servers 0..64, 0..=1.
    pub fn shares(&self) -> Vec<f64> {
        let mut places = [0_u128; MAX_SERVERS];
        for idx in 0..self.points.len() {
            let arc = self.arc(idx);
            places[usize::from(arc.server) % MAX_SERVERS] += arc.length;
        }
        let mut shares = Vec::with_capacity(MAX_SERVERS);
        for places in places {
            // Half of 2^64 fits into 64 bits with room for all of it.
            shares.push((places >> 1) as u64 as f64 / (WHOLE >> 1) as f64);
        }
        shares
    }
}

/// Sorts by place, then by number: a heap sort, small and the same on every target.
pub fn sort(list: &mut [(u64, u16)]) {
    let count = list.len();
    for root in (0..count / 2).rev() {
        sift(list, root, count);
    }
    for end in (1..count).rev() {
        list.swap(0, end);
        sift(list, 0, end);
    }
}

// Lets an item sink in the heap `list[..end]` until no child is larger.
#[inline(never)]
fn sift(list: &mut [(u64, u16)], mut root: usize, end: usize) {
    loop {
        let mut child = 2 * root + 1;
        if child >= end {
            return;
        }
        if child + 1 < end && list[child] < list[child + 1] {
            child += 1;
        }
        if list[root] >= list[child] {
            return;
        }
        list.swap(root, child);
        root = child;
    }
}
