//! The fixed window: a counter that begins anew with every second of the clock. It lets two windows' worth of requests pass
//! within an instant when that instant is the turn of a second.

use crate::model::UNIT;

/// The counter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Most tokens' worth of requests in a second.
    pub limit: u64,
    /// Which second it counts for, and what has passed in each second in which something did: ascending.
    counts: Vec<(u64, u64)>,
    /// Requests that passed in all.
    pub passed: usize,
}

impl Window {
    /// A counter that has counted nothing.
    pub fn new(limit: u64) -> Window {
        Window { limit, counts: Vec::new(), passed: 0 }
    }

    /// Lets a request pass, if its second has room.
    pub fn take(&mut self, cost: u64, now: u64) -> bool {
        let second = now / UNIT;
        if self.counts.last().is_none_or(|(known, _)| *known < second) {
            self.counts.push((second, 0));
        }
        // A clock that goes back finds the latest second that it has seen.
        let Some((_, count)) = self.counts.last_mut() else { return false };
        let passes = *count + cost <= self.limit;
        if passes {
            *count += cost;
            self.passed += 1;
        }
        passes
    }

    /// What has passed in each second, ascending; seconds without a request are left out.
    pub fn counts(&self) -> &[(u64, u64)] {
        &self.counts
    }
}
