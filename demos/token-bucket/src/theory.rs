//! What theory says about a limiter.

use demo_kit::power::exp;

use crate::limiter::Rules;
use crate::model::{RATE, SECOND, TOKEN};
use crate::traffic::{self, CROWD, EDGE, SILENCE, Traffic, UNEVEN};

/// How long a burst at a peak rate lasts, in seconds, until the bucket is empty: S = b / (p - r). `None`: for ever.
pub fn burst_length(burst: f64, rate: f64, peak: f64) -> Option<f64> {
    (peak > rate).then(|| burst / (peak - rate))
}

/// Most requests that pass within a time in microseconds, when so many grains are there at its begin: b + r t.
pub fn at_most(level: u64, rate: u64, cost: u64, time: u64) -> u64 {
    level.saturating_add(rate.saturating_mul(time)) / (cost.max(1) * TOKEN)
}

/// The share of requests that pass when they come at random, `rho` of them in the time in which the tokens of one drip in, to
/// a bucket with room for `room` of them. What is missing in the bucket is the work before an M/D/1/K queue with K = room:
/// from its chain of states at departures, P(pass) = 1 / (p0 + rho).
pub fn random_passes(rho: f64, room: usize) -> Option<f64> {
    if room == 0 || rho <= 0.0 {
        return None;
    }
    // The bucket is never full then: p0, at most e^-rho, is nothing beside rho, to the last bit.
    if rho > 50.0 {
        return Some(1.0 / rho);
    }
    // Chance of j arrivals in that time, and the weight of each state.
    let mut arrivals = vec![exp(-rho)];
    for j in 1..room {
        arrivals.push(arrivals[j - 1] * rho / j as f64);
    }
    let mut weights = vec![1.0];
    let mut sum = 1.0;
    for j in 0..room - 1 {
        let mut next = weights[j] - weights[0] * arrivals[j];
        for i in 1..=j {
            next -= weights[i] * arrivals[j + 1 - i];
        }
        next /= arrivals[0];
        // Rounding leaves a little of nothing in states that are as good as never reached.
        let next = if next > 0.0 { next } else { 0.0 };
        weights.push(next);
        sum += next;
        if sum > 1e150 {
            for weight in &mut weights {
                *weight /= sum;
            }
            sum = 1.0;
        }
    }
    Some(1.0 / (weights[0] / sum + rho))
}

/// What share of the counted requests of a pattern should pass; `None` where no formula is known.
pub fn share(traffic: Traffic, rules: &Rules, load: u64) -> Option<f64> {
    let Rules { rate, burst, cost, start, .. } = *rules;
    if rules.clock != crate::clock::Clock::Right || rules.peak > 0 {
        return None;
    }
    if cost > burst {
        return Some(0.0);
    }
    // Those who wait pass later instead of never: the formulas below hold for them only where nothing is idle.
    let busy = matches!(traffic, Traffic::Silence | Traffic::Year | Traffic::Steady | Traffic::Edge);
    if rules.waits && !busy {
        return None;
    }
    let gap = SECOND / load.max(1);
    let filled = |from: u64, time: u64| (burst * TOKEN).min(from * TOKEN + rate.saturating_mul(time));
    let burst_of = |level, count: usize, time| part(at_most(level, rate, cost, time), count as u64);
    match traffic {
        Traffic::Silence => Some(burst_of(filled(start, SILENCE), traffic::BURST, gap * (traffic::BURST as u64 - 1))),
        Traffic::Year => {
            Some(burst_of(filled(start, traffic::YEAR), traffic::BURST, gap * (traffic::BURST as u64 - 1)))
        }
        Traffic::Edge => {
            let step = SECOND / 2_000;
            Some(burst_of(filled(start, SECOND * 95 / 100), 2 * EDGE, step * (2 * EDGE as u64 - 1)))
        }
        Traffic::Crowd => Some(burst_of(filled(start, SECOND), CROWD, 0)),
        Traffic::Steady => {
            let count = (10 * SECOND / gap) as usize + 1;
            Some(burst_of(start * TOKEN, count, gap * (count as u64 - 1)))
        }
        Traffic::Bursts => Some(bursts(rules, load.max(1))),
        Traffic::Jitter => jitter(rules, load, gap),
        Traffic::Random if rate == 0 => None,
        Traffic::Random if burst.is_multiple_of(cost) => {
            random_passes((load * cost * RATE) as f64 / rate as f64, (burst / cost) as usize)
        }
        Traffic::Random => Some(smaller(1.0, rate as f64 / (load * cost * RATE) as f64)),
        Traffic::Taps => None,
    }
}

/// Two bursts after an even part: what is in the bucket is what came in less what was taken.
fn bursts(rules: &Rules, load: u64) -> f64 {
    let Rules { rate, burst, cost, start, .. } = *rules;
    let period = traffic::bursts_period(load);
    let count = period * load / SECOND;
    let even = period * 2 - SECOND / load;
    // Evenly and below the rate all pass, but for the first one when the bucket starts empty.
    let passed = if load * cost * RATE > rate {
        at_most(start * TOKEN, rate, cost, even).min(2 * count)
    } else {
        2 * count - u64::from(start < cost)
    };
    let came_in = (start * TOKEN).saturating_add(rate.saturating_mul(period * 5 / 2));
    let level = came_in.saturating_sub(cost * passed * TOKEN).min(burst * TOKEN);
    let first = at_most(level, rate, cost, 0).min(count);
    let level = (level - first * cost * TOKEN).saturating_add(rate.saturating_mul(period)).min(burst * TOKEN);
    let second = at_most(level, rate, cost, 0).min(count);
    part(first + second, 2 * count)
}

/// Requests 1 ms early, on time or late. With room for one and a token just in time, the offset of the last one that passed is
/// a chain of three states, and 8 of 27 are turned away.
fn jitter(rules: &Rules, load: u64, gap: u64) -> Option<f64> {
    let Rules { rate, burst, cost, .. } = *rules;
    let wanted = load * cost * RATE;
    if wanted == rate && burst == cost {
        return Some(19.0 / 27.0);
    }
    if wanted > rate {
        return Some(smaller(1.0, at_most(burst * TOKEN, rate, cost, gap * UNEVEN as u64) as f64 / UNEVEN as f64));
    }
    // A request 2 ms too close to its neighbor misses rate * 2 ms of a token at most.
    let spare = (burst - cost) * TOKEN + gap * rate;
    (spare >= cost * TOKEN + 2 * traffic::JITTER * rate).then_some(1.0)
}

fn part(passed: u64, count: u64) -> f64 {
    passed.min(count) as f64 / count.max(1) as f64
}

fn smaller(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}
