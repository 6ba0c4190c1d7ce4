//! What is known of hit ratios without playing the tape.

/// e to the power of -x for x >= 0: a series for a 1024th of x, squared ten times. The error is below 1e-10.
pub fn exp_minus(x: f64) -> f64 {
    // Beyond that it is less than any chance that matters here.
    if x > 50.0 {
        return 0.0;
    }
    let y = x / 1024.0;
    let mut power = 1.0 - y * (1.0 - y / 2.0 * (1.0 - y / 3.0 * (1.0 - y / 4.0 * (1.0 - y / 5.0))));
    for _ in 0..10 {
        power *= power;
    }
    power
}

/// Che's approximation (Che, Tung and Wang 2002) for LRU under independent requests: a key stays for a time t that is the same
/// for all, such that on average `capacity` keys are there.
pub fn lru(chances: &[f64], capacity: usize) -> f64 {
    hit_ratio(chances, capacity, |pt| 1.0 - exp_minus(pt))
}

/// The same for FIFO (and for random eviction), where a hit does not make a key stay longer.
pub fn fifo(chances: &[f64], capacity: usize) -> f64 {
    hit_ratio(chances, capacity, |pt| pt / (1.0 + pt))
}

/// The sum of each key's chance to be asked for times its chance to be there, `there(p t)`.
fn hit_ratio(chances: &[f64], capacity: usize, there: fn(f64) -> f64) -> f64 {
    if capacity == 0 {
        return 0.0;
    }
    if capacity >= chances.len() {
        return 1.0;
    }
    let filled = |t: f64| {
        let (mut keys, mut hits) = (0.0, 0.0);
        for chance in chances {
            let present = there(chance * t);
            keys += present;
            hits += chance * present;
        }
        (keys, hits)
    };
    let (mut low, mut high) = (0.0, capacity as f64);
    for _ in 0..60 {
        if filled(high).0 >= capacity as f64 {
            break;
        }
        high *= 2.0;
    }
    for _ in 0..40 {
        let middle = (low + high) / 2.0;
        if filled(middle).0 < capacity as f64 {
            low = middle;
        } else {
            high = middle;
        }
    }
    filled(high).1
}

/// Hits of LRU, and of every policy that evicts like it while nothing hits, on a loop: none while it does not fit.
pub fn loop_of_lru(keys: usize, capacity: usize, requests: usize) -> f64 {
    if capacity < keys || requests == 0 {
        return 0.0;
    }
    requests.saturating_sub(keys) as f64 / requests as f64
}

/// Hits of MRU and of OPT on a loop in the long run: all but one of the places keep their keys for a whole round.
pub fn loop_of_mru(keys: usize, capacity: usize) -> f64 {
    if capacity >= keys {
        return 1.0;
    }
    capacity.saturating_sub(1) as f64 / keys.saturating_sub(1).max(1) as f64
}
