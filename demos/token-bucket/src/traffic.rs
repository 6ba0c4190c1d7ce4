//! Who comes when: the arrivals of a story, and the instants at which the story pauses to tell what happened.

use demo_kit::Rng;

use crate::model::SECOND;

/// Most requests of a story.
pub const MAX_REQUESTS: usize = 2_000;
/// A year of 365 days.
pub const YEAR: u64 = 365 * 24 * 3600 * SECOND;
/// Requests of a burst after a silence.
pub const BURST: usize = 20;
/// Requests that come evenly before their neighbors begin to be early or late, and those after.
pub const EVEN: usize = 20;
/// See [`EVEN`].
pub const UNEVEN: usize = 60;
/// So much early or late, in microseconds.
pub const JITTER: u64 = 1_000;
/// Requests in one instant.
pub const CROWD: usize = 1_000;
/// Silence before a burst.
pub const SILENCE: u64 = 5 * SECOND;
/// Requests on either side of the turn of a second.
pub const EDGE: usize = 100;

/// So long steady and random traffic goes on.
const LENGTH: u64 = 10 * SECOND;
/// Stories with at most so many requests tell each of them.
const TOLD: usize = 120;

/// A pattern of arrivals; in the order of the manifest's options.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Traffic {
    /// Five seconds of silence, then twenty requests.
    Silence,
    /// Evenly for ten seconds.
    Steady,
    /// At random for ten seconds: a Poisson process.
    Random,
    /// Evenly for two periods, then as many in a burst each period.
    Bursts,
    /// Evenly, then each a millisecond early, on time or late.
    Jitter,
    /// A hundred on either side of the turn of a second.
    Edge,
    /// A thousand in one instant.
    Crowd,
    /// A year of silence, then twenty requests.
    Year,
    /// Nobody but the reader.
    Taps,
}

/// What is known of a story before it is played.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    /// When requests come, ascending.
    pub arrivals: Vec<u64>,
    /// One per event, ascending: when it is, and how many requests have come by then.
    pub moments: Vec<(u64, usize)>,
    /// The time that the plot shows.
    pub from: u64,
    /// See `from`.
    pub to: u64,
    /// The first request that counts for the outcome: the part that the question is about.
    pub counted: usize,
}

impl Script {
    /// The arrivals of a pattern: `load` requests per second, 1 or more.
    pub fn new(traffic: Traffic, load: u64, seed: u32) -> Script {
        let mut script = Script::default();
        let gap = SECOND / load.max(1);
        match traffic {
            Traffic::Silence => script.silence(gap),
            Traffic::Steady => script.steady(gap),
            Traffic::Random => script.random(gap, seed),
            Traffic::Bursts => script.bursts(load.max(1)),
            Traffic::Jitter => script.jitter(gap, seed),
            Traffic::Edge => script.edge(),
            Traffic::Crowd => script.crowd(),
            Traffic::Year => script.year(gap),
            Traffic::Taps => script.taps(),
        }
        script
    }

    fn silence(&mut self, gap: u64) {
        self.idle(0, SILENCE, SECOND / 2);
        self.evenly(SILENCE, gap, BURST);
        self.tell_each();
        self.to = SILENCE + (BURST as u64 * gap).max(SECOND);
    }

    fn steady(&mut self, gap: u64) {
        self.evenly(0, gap, (LENGTH / gap) as usize + 1);
        self.tell_most(LENGTH / 100);
        self.to = LENGTH;
    }

    fn random(&mut self, gap: u64, seed: u32) {
        let mut rng = Rng::stream(seed, 1);
        let mut at = 0;
        while self.arrivals.len() < MAX_REQUESTS {
            // A gap of no more than a microsecond is one microsecond: no two of these requests share an instant.
            at += (rng.exponential() * gap as f64) as u64 + 1;
            if at > LENGTH {
                break;
            }
            self.arrivals.push(at);
        }
        self.tell_most(LENGTH / 100);
        self.to = LENGTH;
    }

    fn bursts(&mut self, load: u64) {
        let period = bursts_period(load);
        let burst = (period * load / SECOND) as usize;
        self.evenly(0, SECOND / load, 2 * burst);
        self.tell(period / 10);
        self.counted = self.arrivals.len();
        let mut from = 2 * period;
        for nth in 2..4 {
            let at = period * nth + period / 2;
            self.idle(from, at, period / 4);
            from = at;
            self.evenly(at, 0, burst);
            self.moments.push((at, self.arrivals.len()));
        }
        self.to = 4 * period;
    }

    fn jitter(&mut self, gap: u64, seed: u32) {
        let mut rng = Rng::stream(seed, 2);
        self.evenly(0, gap, EVEN);
        self.counted = EVEN;
        for nth in EVEN..EVEN + UNEVEN {
            self.arrivals.push(gap * nth as u64 - JITTER + JITTER * rng.below(3));
        }
        self.tell_each();
        self.to = gap * (EVEN + UNEVEN) as u64;
    }

    fn edge(&mut self) {
        self.idle(0, SECOND, SECOND / 2);
        self.evenly(SECOND * 95 / 100, SECOND / 2_000, 2 * EDGE);
        self.tell(SECOND / 200);
        self.to = 2 * SECOND;
    }

    fn crowd(&mut self) {
        self.idle(0, SECOND, SECOND / 2);
        self.evenly(SECOND, 0, CROWD);
        self.moments.push((SECOND, CROWD));
        self.idle(SECOND, 2 * SECOND + 1, SECOND / 2);
        self.to = 2 * SECOND;
    }

    fn year(&mut self, gap: u64) {
        self.moments.push((YEAR, 0));
        self.evenly(YEAR, gap, BURST);
        self.tell_each();
        self.from = YEAR - SECOND;
        self.to = YEAR + (BURST as u64 * gap).max(SECOND);
    }

    fn taps(&mut self) {
        self.idle(0, 2 * LENGTH + 1, SECOND / 10);
        self.to = 2 * LENGTH;
    }

    fn evenly(&mut self, from: u64, gap: u64, count: usize) {
        for nth in 0..count as u64 {
            self.arrivals.push(from + gap * nth);
        }
    }

    /// Moments in which nobody comes: one a `step` after `from`, until before `end`.
    fn idle(&mut self, from: u64, end: u64, step: u64) {
        let mut at = from + step;
        while at < end {
            self.moments.push((at, self.arrivals.len()));
            at += step;
        }
    }

    /// A moment for each request that has none yet.
    fn tell_each(&mut self) {
        let told = self.moments.last().map_or(0, |(_, come)| *come);
        for idx in told..self.arrivals.len() {
            self.moments.push((self.arrivals[idx], idx + 1));
        }
    }

    /// A moment for each request, or for all of one slot of time when they are many.
    fn tell_most(&mut self, slot: u64) {
        if self.arrivals.len() <= TOLD {
            self.tell_each();
        } else {
            self.tell(slot);
        }
    }

    /// A moment for all requests of one slot of time: that of the last one.
    fn tell(&mut self, slot: u64) {
        for idx in 0..self.arrivals.len() {
            let at = self.arrivals[idx];
            let next = self.arrivals.get(idx + 1).copied().unwrap_or(u64::MAX);
            if next / slot != at / slot {
                self.moments.push((at, idx + 1));
            }
        }
    }
}

/// Time from burst to burst: ten seconds, or less where that would be more than 500 requests.
pub fn bursts_period(load: u64) -> u64 {
    (10 * SECOND).min(500 * SECOND / load)
}
