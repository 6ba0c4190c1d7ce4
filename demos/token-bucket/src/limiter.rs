//! A limiter as it stands before a service: the bucket, a second bucket for the peak if there is one, and what becomes of
//! requests that come too early. Beside it, the same requests go to GCRA, which must agree, and to a fixed window.

use crate::clock::Clock;
use crate::gcra::Gcra;
use crate::model::{Bucket, TOKEN};
use crate::window::Window;

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It passed, at this instant of the story.
    Passed(u64),
    /// It was turned away, so many microseconds before the tokens for it would be there; `None`: they never will be.
    TurnedAway(Option<u64>),
    /// It waits.
    Waiting,
}

/// A request that has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// When it came, in the story's time.
    pub at: u64,
    /// Grains that it found in the bucket.
    pub found: u64,
    /// What became of it.
    pub fate: Fate,
    /// Whether the reader sent it.
    pub own: bool,
}

/// What a limiter is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Tenths of a token per second.
    pub rate: u64,
    /// Most tokens in the bucket.
    pub burst: u64,
    /// Tokens per request.
    pub cost: u64,
    /// Tokens in the bucket at the start.
    pub start: u64,
    /// Tenths of a token per second that may pass even in a burst; 0 for no such limit.
    pub peak: u64,
    /// Whether requests that come too early wait, as in a shaper, or are turned away.
    pub waits: bool,
    /// How the clock goes.
    pub clock: Clock,
}

/// The limiter, and all requests so far.
#[derive(Clone, Debug)]
pub struct Limiter {
    /// What it is made of.
    pub rules: Rules,
    /// The bucket.
    pub bucket: Bucket,
    /// A bucket that holds one request: it keeps the distance between two of them.
    pub peak: Option<Bucket>,
    /// The same as a clock.
    pub gcra: Gcra,
    /// A fixed window of one second, with a limit that the rate allows.
    pub window: Window,
    /// All requests, as they came. Those that wait are the last ones.
    pub requests: Vec<Request>,
    /// How many wait.
    pub waiting: usize,
    /// How many passed.
    pub passed: usize,
    /// How often bucket and GCRA said different things. Invariant: 0.
    pub disagreements: usize,
    /// Grains that passed beyond the rate in the busiest window so far, and in the busiest that ends now.
    busiest: (u64, u64),
    /// When the last request passed.
    last_passed: u64,
    /// When the clock was read last, in the story's time.
    looked: u64,
}

impl Limiter {
    /// A limiter that has seen nothing.
    pub fn new(rules: Rules) -> Limiter {
        let Rules { rate, burst, cost, start, peak, .. } = rules;
        Limiter {
            bucket: Bucket::new(rate, burst, start),
            peak: (peak > 0).then(|| Bucket::new(peak, cost, cost)),
            gcra: Gcra::new(rate, burst, start),
            window: Window::new(rate),
            rules,
            requests: Vec::new(),
            waiting: 0,
            passed: 0,
            disagreements: 0,
            busiest: (0, 0),
            last_passed: 0,
            looked: 0,
        }
    }

    /// Lets time pass until an instant of the story: those who wait pass when their tokens are there, in their order.
    pub fn wait_until(&mut self, at: u64) {
        // It looks at the clock right before that goes wrong: so what has dripped until then counts, whatever comes.
        if let Some(right) = self.rules.clock.last_right().filter(|right| self.looked < *right && *right < at) {
            self.look(right);
        }
        self.look(at);
    }

    /// A request comes.
    pub fn arrive(&mut self, at: u64, own: bool) {
        self.wait_until(at);
        let cost = self.rules.cost;
        self.window.take(cost, self.rules.clock.read(at));
        self.disagreements += usize::from(self.gcra.has(cost) != self.bucket.has(cost));
        let idx = self.requests.len();
        self.requests.push(Request { at, found: self.bucket.level(), fate: Fate::Waiting, own });
        // Who waits has found too few tokens, and all cost the same: nobody is overtaken.
        if self.has() {
            self.pass(idx, at);
        } else if self.rules.waits {
            self.waiting += 1;
        } else {
            self.requests[idx].fate = Fate::TurnedAway(self.wait());
        }
    }

    /// Requests whose fate is known.
    pub fn decided(&self) -> usize {
        self.requests.len() - self.waiting
    }

    /// Requests that were turned away.
    pub fn turned_away(&self) -> usize {
        self.decided() - self.passed
    }

    /// What passed beyond the rate in the busiest window, in grains: the most that `passed - rate * t` comes
    /// to over all windows. Invariant: at most the burst.
    pub fn busiest(&self) -> u64 {
        self.busiest.0
    }

    /// Reads the clock: lets in what has dripped, and lets pass who has waited long enough.
    fn look(&mut self, at: u64) {
        self.looked = at;
        let now = self.rules.clock.read(at);
        while let Some(ready) = self.ready().filter(|_| self.waiting > 0) {
            let head = self.requests.len() - self.waiting;
            if ready > now {
                break;
            }
            self.refill(ready);
            self.pass(head, self.rules.clock.when(ready));
            self.waiting -= 1;
        }
        self.refill(now);
    }

    /// Whether a request passes now.
    fn has(&self) -> bool {
        let cost = self.rules.cost;
        self.bucket.has(cost) && self.peak.as_ref().is_none_or(|peak| peak.has(cost))
    }

    /// Microseconds until a request would pass; `None`: never.
    fn wait(&self) -> Option<u64> {
        let cost = self.rules.cost;
        let wait = self.bucket.wait(cost)?;
        let peak = self.peak.as_ref().map_or(Some(0), |peak| peak.wait(cost))?;
        Some(wait.max(peak))
    }

    /// The reading of the clock at which a request would pass.
    fn ready(&self) -> Option<u64> {
        self.wait().map(|wait| self.bucket.latest() + wait)
    }

    fn refill(&mut self, now: u64) {
        self.bucket.refill(now);
        self.gcra.read(now);
        if let Some(peak) = &mut self.peak {
            peak.refill(now);
        }
    }

    /// Lets a request pass for which there are tokens.
    fn pass(&mut self, idx: usize, at: u64) {
        let cost = self.rules.cost;
        self.bucket.take(cost);
        self.disagreements += usize::from(!self.gcra.take(cost));
        if let Some(peak) = &mut self.peak {
            peak.take(cost);
        }
        self.requests[idx].fate = Fate::Passed(at);
        self.passed += 1;
        // The busiest window that ends here is the one that ended at the request before, and this one: or this one alone.
        let drained = at.saturating_sub(self.last_passed).saturating_mul(self.rules.rate);
        let ends_now = self.busiest.1.saturating_sub(drained) + cost * TOKEN;
        self.busiest = (self.busiest.0.max(ends_now), ends_now);
        self.last_passed = at;
    }
}
