//! What is measured in a run beside what theory says: the meters, the charts.

use demo_kit::sentence::say;
use demo_kit::{Measures, Meter, Settings, num};

use crate::limiter::Fate;
use crate::manifest::{self, LOAD};
use crate::model::{RATE, SECOND, TOKEN};
use crate::story::{Event, TokenBucket};
use crate::theory;
use crate::traffic::Traffic;
use crate::words;

/// In the place of a formula that would answer the question.
const NOT_YET: &str = " ";

impl Measures for TokenBucket {
    fn meters(&self) -> Vec<Meter> {
        vec![passed(self), busiest(self), by_traffic(self), share(self)]
    }

    // The level of the bucket and its bound.
    fn sample(&self) -> Vec<Option<f64>> {
        vec![Some(tokens(self.limiter.bucket.level())), Some(self.limiter.rules.burst as f64)]
    }

    // The share of the counted requests that passed.
    fn outcome(&self) -> Option<f64> {
        let (all, passed) = self.counted();
        (all > 0).then(|| passed as f64 / all as f64)
    }

    // What theory says about [`outcome`].
    fn theory(settings: &Settings) -> Option<f64> {
        theory::share(manifest::traffic(settings), &manifest::rules(settings), settings.count(LOAD) as u64)
    }
}

/// Grains as tokens.
pub fn tokens(level: u64) -> f64 {
    level as f64 / TOKEN as f64
}

/// Microseconds as seconds.
pub fn seconds(time: u64) -> f64 {
    time as f64 / SECOND as f64
}

/// A rate in tokens per second.
pub fn per_second(rate: u64) -> f64 {
    rate as f64 / RATE as f64
}

/// All that passed, beside b + r t.
fn passed(run: &TokenBucket) -> Meter {
    let limiter = &run.limiter;
    let rules = &limiter.rules;
    let name = "passed";
    if run.event == Event::Setup {
        return Meter::none(name, NOT_YET);
    }
    let most = theory::at_most(rules.start * TOKEN, rules.rate, rules.cost, run.at);
    bound(name, "(fill + r · t) / cost", limiter.passed as u64, most, |count| num::integer(count as i64))
}

/// What passed beyond the rate in the busiest window, beside b.
fn busiest(run: &TokenBucket) -> Meter {
    let name = "busiest window";
    if run.event == Event::Setup {
        return Meter::none(name, NOT_YET);
    }
    let most = run.limiter.rules.burst * TOKEN;
    bound(name, "tokens − r · t ≤ b", run.limiter.busiest(), most, words::level)
}

/// A measured number beside one that it cannot exceed.
fn bound(name: &'static str, formula: &'static str, measured: u64, most: u64, write: fn(u64) -> String) -> Meter {
    Meter {
        name,
        measured: write(measured),
        theory: say("≤ ").put(&write(most)).take(),
        difference: match most.checked_sub(measured) {
            None => "too many".into(),
            Some(0) => "reached".into(),
            Some(left) => match write(left) {
                nothing if nothing == "0" => "just below".into(),
                left => say(&left).put(" below").take(),
            },
        },
        formula,
    }
}

/// What is told of one kind of traffic only: the length of its burst, its average, or how often GCRA disagrees.
fn by_traffic(run: &TokenBucket) -> Meter {
    let limiter = &run.limiter;
    let rules = &limiter.rules;
    let load = run.setup.count(LOAD) as u64;
    let (name, formula, measured, theory, write): (_, _, _, _, fn(f64) -> String) = match run.traffic {
        Traffic::Random | Traffic::Taps => {
            ("GCRA disagreed", "never: one machine", Some(limiter.disagreements as f64), Some(0.0), num::number)
        }
        Traffic::Bursts | Traffic::Jitter => {
            let elapsed = seconds(run.at - run.script.from);
            let measured = (elapsed > 0.0).then(|| limiter.passed as f64 / elapsed);
            let average = per_second(rules.rate) / rules.cost as f64;
            let average = if average < load as f64 { average } else { load as f64 };
            ("passed per second", "min(load, r / cost)", measured, Some(average), num::number)
        }
        _ => {
            let peak = if run.traffic == Traffic::Edge { 2_000 } else { load };
            let filled = limiter.requests.first().map_or(0.0, |request| tokens(request.found));
            let length = theory::burst_length(filled, per_second(rules.rate), (peak * rules.cost) as f64);
            ("first burst", "S = b / (p − r)", first_burst(run), length, seconds_of)
        }
    };
    if run.event == Event::Setup {
        return Meter::none(name, NOT_YET);
    }
    // A crowd comes at an infinite rate, and a peak ends a burst at once.
    let theory = theory.filter(|_| measured.is_some() && run.traffic != Traffic::Crowd && rules.peak == 0);
    Meter::new(name, formula, measured, theory, None, write)
}

/// Seconds from the first request to the first that had to wait or to go.
fn first_burst(run: &TokenBucket) -> Option<f64> {
    let requests = &run.limiter.requests;
    let first = requests.first()?.at;
    for request in requests {
        if request.fate != Fate::Passed(request.at) {
            return Some(seconds(request.at - first));
        }
    }
    None
}

fn seconds_of(value: f64) -> String {
    say(&num::number(value)).put("\u{a0}s").take()
}

/// The share that the question is about.
fn share(run: &TokenBucket) -> Meter {
    if run.limiter.rules.waits {
        let mut longest = 0;
        for request in &run.limiter.requests {
            if let Fate::Passed(at) = request.fate {
                longest = longest.max(at - request.at);
            }
        }
        let measured = (run.limiter.passed > 0).then_some(longest);
        return Meter {
            measured: measured.map_or(num::NONE.into(), words::seconds),
            ..Meter::none("longest wait so far", NOT_YET)
        };
    }
    let name = if run.script.counted > 0 { "share passed, 2nd part" } else { "share passed" };
    if run.event == Event::Setup {
        return Meter::none(name, NOT_YET);
    }
    // In the middle of a story the share is on its way; theory knows where it ends.
    let done = run.to_come() == 0;
    let theory = TokenBucket::theory(&run.setup).filter(|_| done);
    let formula = match (run.traffic, done) {
        (_, false) => NOT_YET,
        (Traffic::Random, _) => "M/D/1/K: 1 / (p₀ + ρ)",
        (Traffic::Jitter, _) => "19/27 for b = 1",
        _ => "(tokens + r · t) / requests",
    };
    Meter::new(name, formula, run.outcome(), theory, None, num::percent)
}
