//! What holds for every limiter, whatever comes.

use demo_kit::Rng;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use token_bucket::clock::Clock;
use token_bucket::gcra::Gcra;
use token_bucket::limiter::{Fate, Limiter, Rules};
use token_bucket::model::{Bucket, SECOND, TOKEN};

use crate::{after, rules};

fn clocks() -> impl Strategy<Value = Clock> {
    prop_oneof![Just(Clock::Right), Just(Clock::Still), Just(Clock::Back)]
}

/// Any limiter, also one at which nothing can pass.
fn limiters() -> impl Strategy<Value = Rules> {
    let numbers = (0_u64..3_000, 1_u64..50, 1_u64..8, any::<bool>(), prop_oneof![Just(0), 100_u64..2_000]);
    (numbers, any::<bool>(), clocks()).prop_map(|((rate, burst, cost, full, peak), waits, clock)| {
        let start = if full { burst } else { 0 };
        Rules { rate, burst, cost, start, peak, waits, clock }
    })
}

/// Instants, ascending, many of them equal or close; up to about ten seconds.
fn arrivals() -> impl Strategy<Value = Vec<u64>> {
    let gap = prop_oneof![Just(0_u64), 0_u64..2_000, 0_u64..200_000];
    proptest::collection::vec(gap, 1..120).prop_map(|gaps| {
        let mut at = 0;
        let step = |gap: u64| {
            at += gap;
            at
        };
        gaps.into_iter().map(step).collect()
    })
}

/// When requests passed, in their order.
fn passed(limiter: &Limiter) -> Vec<u64> {
    let fates = limiter.requests.iter().map(|request| request.fate);
    fates.filter_map(|fate| if let Fate::Passed(at) = fate { Some(at) } else { None }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn in_no_window_more_passes_than_burst_and_rate_allow(rules in limiters(), arrivals in arrivals()) {
        let mut limiter = after(rules, arrivals);
        limiter.wait_until(20 * SECOND);
        let times = passed(&limiter);
        let mut busiest = 0;
        for (from, start) in times.iter().enumerate() {
            for (to, end) in times.iter().enumerate().skip(from) {
                let taken = (to - from + 1) as u64 * rules.cost * TOKEN;
                prop_assert!(taken <= rules.burst * TOKEN + rules.rate * (end - start));
                busiest = busiest.max(taken.saturating_sub(rules.rate * (end - start)));
            }
        }
        prop_assert_eq!(busiest, limiter.busiest(), "the busiest window is found in one pass");
    }

    #[test]
    fn bucket_and_clock_always_agree(rules in limiters(), arrivals in arrivals()) {
        let mut limiter = Limiter::new(rules);
        for at in arrivals {
            limiter.arrive(at, false);
            prop_assert_eq!(limiter.disagreements, 0);
            prop_assert_eq!(limiter.bucket.level() + limiter.gcra.ahead(), rules.burst * TOKEN);
            prop_assert!(limiter.bucket.level() <= rules.burst * TOKEN);
        }
    }

    #[test]
    fn lazy_is_eager(rate in 0_u64..10_001, burst in 1_u64..201, tokens in 0_u64..201, ticks in proptest::collection::vec(0_u64..50_000, 1..60)) {
        let mut eager = Bucket::new(rate, burst, tokens);
        let mut lazy = eager.clone();
        let mut now = 0;
        for tick in ticks {
            now += tick;
            eager.refill(now);
        }
        lazy.refill(now);
        prop_assert_eq!(lazy, eager);
    }

    #[test]
    fn a_clock_brings_no_token_twice(rate in 0_u64..10_001, readings in proptest::collection::vec(0_u64..10_000_000, 1..60)) {
        // However it jumps, the bucket has what the latest reading is worth.
        let mut bucket = Bucket::new(rate, 1_000_000, 0);
        for reading in &readings {
            let before = bucket.level();
            bucket.refill(*reading);
            prop_assert!(bucket.level() >= before);
        }
        prop_assert_eq!(bucket.level(), rate * readings.iter().max().copied().unwrap_or(0));
    }

    #[test]
    fn a_shaper_never_reorders_and_loses_nobody(rules in limiters(), arrivals in arrivals()) {
        let rules = Rules { waits: true, ..rules };
        let count = arrivals.len();
        let mut limiter = after(rules, arrivals);
        prop_assert_eq!(limiter.turned_away(), 0);
        let waits = |limiter: &Limiter| limiter.requests.iter().rev().take_while(|request| request.fate == Fate::Waiting).count();
        prop_assert_eq!(waits(&limiter), limiter.waiting, "those who wait are the last ones");
        limiter.wait_until(40_000 * SECOND);
        let times = passed(&limiter);
        prop_assert!(times.is_sorted());
        prop_assert!(times.iter().zip(&limiter.requests).all(|(at, request)| *at >= request.at));
        let possible = rules.cost <= rules.burst && rules.rate > 0;
        prop_assert!(!possible || times.len() == count, "{} of {count} passed", times.len());
    }

    #[test]
    fn a_shaper_lets_pass_as_soon_as_it_may(rules in limiters(), arrivals in arrivals()) {
        // A microsecond earlier the tokens would not have been there, or it had not come, or one before it was not through.
        let rules = Rules { waits: true, clock: Clock::Right, ..rules };
        let mut limiter = after(rules, arrivals);
        limiter.wait_until(40_000 * SECOND);
        let mut bucket = Bucket::new(rules.rate, rules.burst, rules.start);
        let mut peak = Bucket::new(rules.peak.max(1), rules.cost, rules.cost);
        for (idx, at) in passed(&limiter).into_iter().enumerate() {
            if at > limiter.requests[idx].at {
                bucket.refill(at - 1);
                peak.refill(at - 1);
                prop_assert!(!bucket.has(rules.cost) || (rules.peak > 0 && !peak.has(rules.cost)), "request {idx} at {at}");
            }
            bucket.refill(at);
            peak.refill(at);
            prop_assert!(bucket.take(rules.cost));
            peak.take(rules.cost);
        }
    }

    #[test]
    fn standing_still_and_being_set_back_are_one_to_the_limiter(rules in limiters(), arrivals in arrivals()) {
        let fates = |clock| {
            let limiter = after(Rules { clock, ..rules }, arrivals.iter().copied());
            let fates: Vec<Fate> = limiter.requests.iter().map(|request| request.fate).collect();
            fates
        };
        prop_assert_eq!(fates(Clock::Still), fates(Clock::Back));
    }
}

#[test]
fn twenty_thousand_random_arrivals_are_decided_alike() {
    for (rate, burst, cost) in [(50, 10, 1), (30, 1, 1), (70, 20, 3), (1, 3, 1), (10_000, 2, 2), (0, 50, 1)] {
        let mut rng = Rng::stream(11, rate as u32);
        let (mut bucket, mut clock) = (Bucket::new(rate, burst, burst), Gcra::new(rate, burst, burst));
        let (mut now, mut passed) = (0, 0);
        for nth in 0..20_000 {
            // A third more than the rate can serve.
            now += (rng.exponential() * (cost * TOKEN) as f64 / (1.3 * rate.max(1) as f64)) as u64;
            bucket.refill(now);
            clock.read(now);
            let verdict = bucket.take(cost);
            assert_eq!(clock.take(cost), verdict, "rate {rate}, request {nth}");
            passed += u64::from(verdict);
        }
        assert!(rate == 0 || (8_000..17_000).contains(&passed), "rate {rate}: {passed} passed");
        assert!(rate > 0 || passed == burst / cost);
    }
}

#[test]
fn a_plain_limiter_lets_as_many_pass_as_arithmetic_says() {
    // Any rate that 100 per second exceed, any burst: floor(b + r t), as long as nothing runs over in between.
    for rate in (1..=50).chain((60..=500).step_by(10)) {
        for burst in [2, 3, 10, 40] {
            let limiter = after(Rules { rate, ..rules(0, burst) }, (0..=500).map(|nth| nth * 10_000));
            let expected = (burst * TOKEN + rate * 5 * SECOND) / TOKEN;
            assert_eq!(limiter.passed as u64, expected.min(501), "rate {rate}, burst {burst}");
        }
    }
}
