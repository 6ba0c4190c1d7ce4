//! Seeded chance: SplitMix64 (Steele, Lea, Flood 2014), in streams that are split by purpose.
//!
//! "Same traffic, two algorithms" is only honest when a change of algorithm does not change the traffic:
//! draw arrivals from one stream and choices from another.

/// A stream of random numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rng {
    state: u64,
}

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// The finisher of SplitMix64: a good 64-bit mixing of any number, also as a hash function.
pub fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

impl Rng {
    /// The stream of a seed, with the published known answers.
    pub fn new(seed: u64) -> Rng {
        Rng { state: seed }
    }

    /// A stream of its own for one purpose of a seed.
    pub fn stream(seed: u32, purpose: u32) -> Rng {
        let mut rng = Rng::new(u64::from(seed) << 32 | u64::from(purpose));
        rng.state = rng.bits();
        rng
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(STEP);
        mix(self.state)
    }

    /// A whole number below `n`; 0 when `n` is 0.
    pub fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.bits()) * u128::from(n)) >> 64) as u64
    }

    /// A number with the exponential distribution of mean 1. By comparisons alone (von Neumann 1951), so that no logarithm
    /// can differ between targets: of a falling run of uniform numbers that ends after an odd number of them, the first
    /// one is the part after the point; each run that ends after an even number adds 1.
    pub fn exponential(&mut self) -> f64 {
        let mut whole = 0.0;
        loop {
            let first = self.f();
            let (mut last, mut odd) = (first, true);
            loop {
                let next = self.f();
                if next >= last {
                    break;
                }
                last = next;
                odd = !odd;
            }
            if odd {
                return whole + first;
            }
            whole += 1.0;
        }
    }

    /// A number from 0 to 1 without 1, from the top 53 bits.
    pub fn f(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }
}
