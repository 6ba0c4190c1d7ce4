//! The token bucket: two numbers, two promises.
//!
//! A bucket holds at most `burst` tokens, and `rate` tokens per second drip into it; what finds no room runs over. A request
//! takes its cost in tokens out of the bucket, or it finds too few and takes none. So in any window of t seconds at most
//! `burst + rate * t` tokens' worth of requests pass: the rate is the average that is promised, the burst is the surprise
//! that is tolerated.
//!
//! Nothing has to happen between requests: how much dripped in is worked out when the next one comes. Rates are counted in
//! tenths of a token per second, time in microseconds and tokens in *grains*, ten million to a token. So a tenth of a token
//! per second is exactly one grain per microsecond, and nothing is ever rounded.

/// Microseconds in a second.
pub const SECOND: u64 = 1_000_000;
/// Grains in a token.
pub const TOKEN: u64 = RATE * SECOND;
/// One token per second, as a rate.
pub const RATE: u64 = 10;

/// The bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// In tenths of a token per second, which is grains per microsecond.
    pub rate: u64,
    /// Most tokens that it holds.
    pub burst: u64,
    /// In grains. Invariant: at most `burst`.
    level: u64,
    /// The latest reading of the clock so far, in microseconds: until then everything has dripped in.
    latest: u64,
}

impl Bucket {
    /// A bucket with so many tokens in it; what it cannot hold runs over.
    pub fn new(rate: u64, burst: u64, tokens: u64) -> Bucket {
        Bucket { rate, burst, level: tokens.min(burst) * TOKEN, latest: 0 }
    }

    /// Lets in what has dripped since the last reading. A clock that stands still brings nothing; one that goes back brings
    /// nothing either, and nothing a second time when it passes the same instants again. However long it has been, the
    /// bucket is full at most.
    pub fn refill(&mut self, now: u64) {
        let dripped = now.saturating_sub(self.latest).saturating_mul(self.rate);
        self.level = self.level.saturating_add(dripped).min(self.burst * TOKEN);
        self.latest = self.latest.max(now);
    }

    /// Whether the tokens for a request are there.
    pub fn has(&self, cost: u64) -> bool {
        self.level >= cost * TOKEN
    }

    /// Takes the tokens for a request, if they are there.
    pub fn take(&mut self, cost: u64) -> bool {
        let passes = self.has(cost);
        if passes {
            self.level -= cost * TOKEN;
        }
        passes
    }

    /// Microseconds until the tokens for a request are there; `None` when that will never be.
    pub fn wait(&self, cost: u64) -> Option<u64> {
        let missing = (cost * TOKEN).saturating_sub(self.level);
        match missing {
            0 => Some(0),
            _ if self.rate == 0 || cost > self.burst => None,
            _ => Some(missing.div_ceil(self.rate)),
        }
    }

    /// What is in it, in grains.
    pub fn level(&self) -> u64 {
        self.level
    }

    /// Until when it is refilled.
    pub fn latest(&self) -> u64 {
        self.latest
    }
}

/// What an HTTP server would answer for a wait: whole seconds, rounded up.
pub fn retry_after(wait: u64) -> u64 {
    wait.div_ceil(SECOND)
}
