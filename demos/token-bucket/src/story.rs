//! A run of the demo: the script of a traffic pattern, played moment by moment, with the reader's own requests in between.

use std::rc::Rc;

use demo_kit::demo::PACE;
use demo_kit::{Action, Refusal, Settings};

use crate::limiter::Limiter;
use crate::manifest::{self, LOAD};
use crate::traffic::{Script, Traffic};

/// Milliseconds between two events while it plays, at least: what is faster cannot be seen.
const FASTEST: u64 = 100;

/// What the last event was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Nothing yet.
    Setup,
    /// Time passed, and nobody came.
    Idle,
    /// So many requests of the script came.
    Came(usize),
    /// The reader sent one.
    Tapped,
}

/// What the picture needs to know of the moment before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Before {
    /// When it was.
    pub at: u64,
    /// Grains in the bucket.
    pub level: u64,
    /// Requests whose fate was known.
    pub decided: usize,
    /// Requests that had passed.
    pub passed: usize,
}

/// The run.
#[derive(Clone, Debug)]
pub struct TokenBucket {
    /// When requests come.
    pub traffic: Traffic,
    /// The limiter with all requests so far.
    pub limiter: Limiter,
    /// The moment shown, in microseconds.
    pub at: u64,
    /// The moment before.
    pub before: Before,
    /// What the last event was.
    pub event: Event,
    /// The script of the traffic.
    pub script: Rc<Script>,
    /// Settings of event 0.
    pub setup: Settings,
    /// Moments of the script that have been.
    played: usize,
    /// Requests of the script that have come.
    come: usize,
}

impl TokenBucket {
    /// Event 0.
    pub fn start(settings: &Settings, seed: u32) -> TokenBucket {
        let traffic = manifest::traffic(settings);
        let limiter = Limiter::new(manifest::rules(settings));
        let script = Script::new(traffic, settings.count(LOAD) as u64, seed);
        let before = Before { at: 0, level: limiter.bucket.level(), decided: 0, passed: 0 };
        TokenBucket {
            traffic,
            limiter,
            at: 0,
            before,
            event: Event::Setup,
            script: Rc::new(script),
            setup: settings.clone(),
            played: 0,
            come: 0,
        }
    }

    /// Plays the script's next moment; false at its end.
    pub fn advance(&mut self) -> bool {
        let script = Rc::clone(&self.script);
        let Some((at, until)) = script.moments.get(self.played).copied() else {
            return false;
        };
        self.remember();
        let coming = script.arrivals.get(self.come..until).unwrap_or(&[]);
        for arrival in coming {
            self.limiter.arrive(*arrival, false);
        }
        self.limiter.wait_until(at);
        self.event = if coming.is_empty() { Event::Idle } else { Event::Came(coming.len()) };
        self.at = at;
        self.played += 1;
        self.come += coming.len();
        true
    }

    /// Does what the reader asks: a request comes now.
    pub fn perform(&mut self, action: &Action) -> Result<(), Refusal> {
        if action.kind != manifest::TAP {
            return Err("There is nothing else to do but to send a request.".into());
        }
        self.remember();
        self.limiter.arrive(self.at, true);
        self.event = Event::Tapped;
        Ok(())
    }

    /// Milliseconds until the next moment, as long as one can follow and has the patience.
    pub fn pace(&self) -> u32 {
        let next = self.script.moments.get(self.played).map_or(self.at, |(at, _)| *at);
        let gap = (next - self.at) / 1_000;
        gap.clamp(FASTEST, u64::from(PACE)) as u32
    }

    /// Requests that the script has yet to send.
    pub fn to_come(&self) -> usize {
        self.script.arrivals.len() - self.come
    }

    /// Requests of the part of the traffic that the question is about: those that have come, and those of them that passed.
    pub fn counted(&self) -> (usize, usize) {
        let (mut all, mut passed, mut of_script) = (0, 0, 0);
        for request in &self.limiter.requests {
            if request.own {
                continue;
            }
            if of_script >= self.script.counted {
                all += 1;
                passed += usize::from(matches!(request.fate, crate::limiter::Fate::Passed(_)));
            }
            of_script += 1;
        }
        (all, passed)
    }

    fn remember(&mut self) {
        let limiter = &self.limiter;
        self.before =
            Before { at: self.at, level: limiter.bucket.level(), decided: limiter.decided(), passed: limiter.passed };
    }
}
