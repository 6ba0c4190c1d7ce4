//! What the formulas say, each with the standard deviation of one run, so that a measured number can be judged.
//! With `N` servers at `V` random points each, a server's share of the ring is Beta(V, (N-1) V) distributed.

use demo_kit::math::sqrt;

use crate::model::ServerId;

/// An expected value and the standard deviation of one run around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expected {
    /// The mean over all seeds.
    pub mean: f64,
    /// Standard deviation over seeds; 0 when every seed gives the same.
    pub sigma: f64,
}

/// The share of `keys` keys that lie on arcs of `part` random points out of `all`: the share of the arcs varies, and which
/// keys lie there varies on top of it. `None` without points or keys.
pub fn keys_on_points(part: usize, all: usize, keys: usize) -> Option<Expected> {
    if all == 0 || keys == 0 {
        return None;
    }
    let (all, keys) = (all as f64, keys as f64);
    let mean = part as f64 / all;
    let arcs = mean * (1.0 - mean) / (all + 1.0);
    Some(Expected { mean, sigma: sqrt(arcs * (1.0 - 1.0 / keys) + mean * (1.0 - mean) / keys) })
}

/// The share of keys that a uniform draw sends to a part of the slots: only the draw varies.
pub fn keys_on_slots(part: usize, all: usize, keys: usize) -> Option<Expected> {
    if all == 0 || keys == 0 {
        return None;
    }
    let mean = part as f64 / all as f64;
    Some(Expected { mean, sigma: sqrt(mean * (1.0 - mean) / keys as f64) })
}

/// How many hashes out of one period go to another server when `hash mod old.len()` becomes `hash mod new.len()`, and the
/// period. The remainders repeat after the least common multiple: going from 5 to 6 slots moves 25 of 30.
pub fn moved_by_modulo(old: &[ServerId], new: &[ServerId]) -> (usize, usize) {
    if old.is_empty() || new.is_empty() {
        return (usize::from(old.len() != new.len()), 1);
    }
    let period = old.len() / common_divisor(old.len(), new.len()) * new.len();
    let mut moved = 0;
    for hash in 0..period {
        moved += usize::from(old[hash % old.len()] != new[hash % new.len()]);
    }
    (moved, period)
}

/// Spread of the shares of the ring: standard deviation over mean, `sqrt((N-1) / (N V + 1))`.
pub fn spread_of_arcs(servers: usize, points: usize) -> Option<Expected> {
    if servers == 0 || points == 0 {
        return None;
    }
    let (n, v) = (servers as f64, points as f64);
    let all = n * v;
    let square = (n - 1.0) / (all + 1.0);
    // The square of the spread is N times the sum of squared shares, minus 1. Its variance follows from the fourth moments of
    // the Dirichlet distribution.
    let second = v * (v + 1.0) / (all * (all + 1.0));
    let rest = (all + 2.0) * (all + 3.0);
    let fourth = second * (v + 2.0) * (v + 3.0) / rest;
    let mixed = second * v * (v + 1.0) / rest;
    let variance = n * fourth + n * (n - 1.0) * mixed - n * second * n * second;
    Some(from_square(square, n * sqrt(variance)))
}

/// Spread of the numbers of keys when each key draws its server: `sqrt((N-1) / K)`.
pub fn spread_of_draws(servers: usize, keys: usize) -> Option<Expected> {
    if servers == 0 || keys == 0 {
        return None;
    }
    let (n, k) = (servers as f64, keys as f64);
    let square = (n - 1.0) / k;
    // Chi-squared with N - 1 degrees of freedom.
    Some(from_square(square, sqrt(2.0 * (n - 1.0)) / k))
}

/// The largest of `N` shares over the mean share at one point each: `1 + 1/2 + ... + 1/N`.
pub fn largest_over_mean(servers: usize) -> Option<Expected> {
    if servers == 0 {
        return None;
    }
    let n = servers as f64;
    let (mut mean, mut squares) = (0.0, 0.0);
    for term in 1..=servers {
        mean += 1.0 / term as f64;
        squares += 1.0 / (term * term) as f64;
    }
    // Shares are exponential variables over their sum; the sum is independent of them, with E[sum^2] = N (N+1).
    let variance = n / (n + 1.0) * (squares + mean * mean) - mean * mean;
    Some(Expected { mean, sigma: sqrt(variance) })
}

// The root of an expected square, and what a deviation of the square means for the root.
fn from_square(square: f64, sigma: f64) -> Expected {
    let mean = sqrt(square);
    let sigma = if mean > 0.0 { sigma / (2.0 * mean) } else { 0.0 };
    Expected { mean, sigma }
}

fn common_divisor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { common_divisor(b, a % b) }
}
