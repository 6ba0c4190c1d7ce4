//! GCRA, the generic cell rate algorithm of ATM networks: the same limiter as a clock.
//!
//! It keeps one instant, the *theoretical arrival time* (TAT): when the next request would come if all came evenly. A request
//! that passes moves it on by `cost / rate`, from now if it lies in the past. A request may be early, but not by more than
//! the burst allows: it passes when the new TAT is at most `burst / rate` ahead of now.
//!
//! `1 / rate` is seldom a whole number of microseconds, so every instant stands here times the rate: as the grains that
//! have dripped until then. That is exact, and at a rate of 0 it still means something.

use crate::model::TOKEN;

/// The clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gcra {
    rate: u64,
    burst: u64,
    /// The theoretical arrival time, times the rate: more than 64 bits after some centuries.
    tat: u128,
    /// The latest reading of the clock so far: one that goes back stands still here, too.
    latest: u64,
}

impl Gcra {
    /// The clock that matches a bucket with so many tokens in it at instant 0.
    pub fn new(rate: u64, burst: u64, tokens: u64) -> Gcra {
        Gcra { rate, burst, tat: u128::from((burst - tokens.min(burst)) * TOKEN), latest: 0 }
    }

    /// Reads the clock.
    pub fn read(&mut self, now: u64) {
        self.latest = self.latest.max(now);
    }

    /// Whether a request passes now.
    pub fn has(&self, cost: u64) -> bool {
        self.ahead() + cost * TOKEN <= self.burst * TOKEN
    }

    /// Lets a request pass, if it may.
    pub fn take(&mut self, cost: u64) -> bool {
        let passes = self.has(cost);
        if passes {
            self.tat = self.now() + u128::from(self.ahead() + cost * TOKEN);
        }
        passes
    }

    /// How far the TAT is ahead of now, times the rate: the tokens that are missing in the bucket, in grains.
    pub fn ahead(&self) -> u64 {
        // At most the burst: a request passes only if it stays so.
        self.tat.saturating_sub(self.now()) as u64
    }

    /// Now, times the rate.
    fn now(&self) -> u128 {
        u128::from(self.latest) * u128::from(self.rate)
    }
}
