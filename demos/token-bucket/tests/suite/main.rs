//! Tests of the token bucket: the idea, the formulas, the stories, the words, the pictures.

mod actions;
mod bad_input;
mod claims;
mod common;
mod guide;
mod known_answers;
mod pictures;
mod properties;
mod words;

use demo_kit::lint;
use token_bucket::TokenBucket;
use token_bucket::clock::Clock;
use token_bucket::limiter::{Limiter, Rules};
use token_bucket::model::RATE;

/// Event 0 of a preset, by its index.
fn preset(idx: usize) -> TokenBucket {
    lint::preset(idx)
}

/// Event 0 of the second preset, steady overload, with some settings changed.
fn with(changes: &[(usize, i64)]) -> TokenBucket {
    lint::with(1, changes)
}

/// Rules of a full bucket that turns away, by a clock that is right; so many whole tokens per second.
fn rules(rate: u64, burst: u64) -> Rules {
    Rules { rate: rate * RATE, burst, cost: 1, start: burst, peak: 0, waits: false, clock: Clock::Right }
}

/// A limiter after some arrivals, in microseconds.
fn after(rules: Rules, arrivals: impl IntoIterator<Item = u64>) -> Limiter {
    let mut limiter = Limiter::new(rules);
    for at in arrivals {
        limiter.arrive(at, false);
    }
    limiter
}
