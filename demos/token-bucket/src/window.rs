//! The fixed window: a counter that begins anew with every second of the clock. It lets two windows' worth of requests pass
//! within an instant when that instant is the turn of a second.

use crate::model::{RATE, SECOND};

/// The counter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Most tokens' worth of requests in a second, in tenths of a token: less than a request costs, and none ever passes.
    pub limit: u64,
    /// Each second in which something passed or was refused, and the tenths of a token that passed in it: ascending.
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
        let (second, cost) = (now / SECOND, cost * RATE);
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

    /// What has passed in each second, in tenths of a token, ascending; seconds without a request are left out.
    pub fn counts(&self) -> &[(u64, u64)] {
        &self.counts
    }
}
