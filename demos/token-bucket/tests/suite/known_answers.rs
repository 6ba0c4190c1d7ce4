//! Numbers that are known before the run: exact ones to the digit.

use token_bucket::clock::Clock;
use token_bucket::limiter::{Fate, Rules};
use token_bucket::model::{Bucket, RATE, SECOND, TOKEN, retry_after};
use token_bucket::theory::{at_most, burst_length, random_passes};
use token_bucket::window::Window;

use crate::{after, rules};

/// Requests each so many microseconds after the one before.
fn every(gap: u64, from: u64, to: u64) -> impl Iterator<Item = u64> {
    (0..=(to - from) / gap).map(move |nth| from + gap * nth)
}

#[test]
fn a_hundred_per_second_for_ten_seconds_get_sixty_through() {
    let limiter = after(rules(5, 10), every(10_000, 0, 10 * SECOND));
    assert_eq!((limiter.requests.len(), limiter.passed, limiter.turned_away()), (1_001, 60, 941));
    assert_eq!(at_most(10 * TOKEN, 5 * RATE, 1, 10 * SECOND), 60);
}

#[test]
fn a_tenth_of_a_token_per_second_is_exact() {
    // Ten at once, and one after 10.0 s: not a microsecond before, not one late, and so for an hour.
    let limiter = after(Rules { rate: 1, ..rules(0, 10) }, every(10_000, 0, 10 * SECOND));
    assert_eq!((limiter.requests.len(), limiter.passed), (1_001, 11));
    assert_eq!(limiter.requests[1_000].fate, Fate::Passed(10 * SECOND));
    assert_eq!(limiter.requests[999].fate, Fate::TurnedAway(Some(10_000)));
    let mut bucket = Bucket::new(1, 200, 0);
    for tenth in 1..=20_000 {
        bucket.refill(tenth * SECOND / 10);
    }
    assert_eq!(bucket.level(), 200 * TOKEN, "2,000 s in 20,000 steps, and nothing got lost");
    assert_eq!(Bucket::new(1, 10, 0).wait(1), Some(10 * SECOND));
    assert_eq!(Bucket::new(3, 10, 0).wait(1), Some(3_333_334), "rounded up");
    // Less than a request costs never fits into the window of one second.
    let half = after(Rules { rate: 5, ..rules(0, 10) }, every(SECOND, 0, 10 * SECOND));
    assert_eq!((half.passed, half.window.passed, half.disagreements), (11, 0, 0));
}

#[test]
fn around_the_turn_of_a_second_the_bucket_lets_109_through_and_the_window_200() {
    // A hundred from 0.95 s to 1 s, a hundred from 1 s to 1.05 s.
    let limiter = after(rules(100, 100), (0..200).map(|nth| 950_000 + 500 * nth));
    assert_eq!(limiter.passed, 109);
    assert_eq!(limiter.window.passed, 200);
    assert_eq!(limiter.window.counts(), [(0, 100 * RATE), (1, 100 * RATE)]);
}

#[test]
fn the_textbook_burst_lasts_11_milliseconds() {
    // Tanenbaum: a bucket of 250 kB, out at 25 MB/s, refilled at 2 MB/s.
    let seconds = burst_length(250e3, 2e6, 25e6).expect("a peak above the rate");
    assert!((seconds - 0.010_87).abs() < 0.000_005, "{seconds}");
    assert_eq!(burst_length(10.0, 5.0, 5.0), None, "at the rate itself it lasts for ever");
    // And in tokens: at 100 per second the burst of 10 lasts 0.105 s, so the 11th request at 0.1 s is refused.
    let limiter = after(rules(5, 10), every(10_000, 0, 200_000));
    let refused = limiter.requests.iter().position(|request| request.fate != Fate::Passed(request.at));
    assert_eq!(refused, Some(10));
    let seconds = burst_length(10.0, 5.0, 100.0).expect("a peak above the rate");
    assert!((seconds - 0.105_26).abs() < 0.000_005, "{seconds}");
}

#[test]
fn an_empty_bucket_is_full_after_burst_over_rate() {
    let mut bucket = Bucket::new(5 * RATE, 10, 0);
    bucket.refill(2 * SECOND - 1);
    assert_eq!(bucket.level(), 10 * TOKEN - 5 * RATE);
    bucket.refill(2 * SECOND);
    assert_eq!(bucket.level(), 10 * TOKEN);
}

#[test]
fn what_is_missing_is_waited_for_and_retry_after_is_rounded_up() {
    let mut bucket = Bucket::new(3 * RATE, 10, 0);
    assert_eq!(bucket.wait(1), Some(333_334), "a third of a second, rounded up");
    bucket.refill(333_333);
    assert!(!bucket.has(1));
    bucket.refill(333_334);
    assert!(bucket.has(1));
    assert_eq!(bucket.wait(1), Some(0));
    assert_eq!([1, SECOND, SECOND + 1].map(retry_after), [1, 1, 2]);
    let limiter = after(Rules { start: 0, ..rules(5, 10) }, [100_000]);
    assert_eq!(limiter.requests[0].fate, Fate::TurnedAway(Some(100_000)));
}

#[test]
fn a_shaper_spaces_what_a_limiter_would_refuse() {
    let limiter = after(Rules { waits: true, ..rules(5, 2) }, [0, 0, 0, 0]);
    assert_eq!((limiter.passed, limiter.waiting), (2, 2));
    let mut limiter = limiter;
    limiter.wait_until(SECOND);
    let passed: Vec<Fate> = limiter.requests.iter().map(|request| request.fate).collect();
    assert_eq!(passed, [0, 0, 200_000, 400_000].map(Fate::Passed));
}

#[test]
fn a_peak_rate_spaces_even_a_burst() {
    // At 20 per second no two pass within 50 ms, though the bucket holds 10.
    let limiter = after(Rules { peak: 20 * RATE, ..rules(5, 10) }, every(10_000, 0, 200_000));
    let passed: Vec<u64> = (limiter.requests.iter())
        .filter_map(|request| if let Fate::Passed(at) = request.fate { Some(at) } else { None })
        .collect();
    assert_eq!(passed, [0, 50_000, 100_000, 150_000, 200_000]);
    let limiter = after(Rules { peak: 20 * RATE, waits: true, ..rules(5, 10) }, [0, 0, 0]);
    assert_eq!(limiter.waiting, 2);
}

#[test]
fn a_fixed_window_begins_anew_and_a_clock_that_goes_back_does_not() {
    let mut window = Window::new(2 * RATE);
    let passed = [0, 1, 2, SECOND, 0, 5, 2 * SECOND].map(|now| window.take(1, now));
    assert_eq!(passed, [true, true, false, true, true, false, true]);
}

#[test]
fn the_clock_stands_still_or_is_set_back_and_both_are_two_seconds_late_then() {
    let read = |clock: Clock, tenths: u64| clock.read(tenths * 100_000) / 100_000;
    assert_eq!([0, 29, 30, 31, 49, 50, 51].map(|at| read(Clock::Right, at)), [0, 29, 30, 31, 49, 50, 51]);
    assert_eq!([0, 29, 30, 31, 49, 50, 51].map(|at| read(Clock::Still, at)), [0, 29, 30, 30, 30, 30, 31]);
    assert_eq!([0, 29, 30, 31, 49, 50, 51].map(|at| read(Clock::Back, at)), [0, 29, 30, 11, 29, 30, 31]);
}

#[test]
fn random_traffic_follows_the_queue_m_d_1_k() {
    // With room for one: 1 / (1 + rho), Erlang's loss.
    let one = random_passes(1.0, 1).expect("a formula");
    assert!((one - 0.5).abs() < 1e-12, "{one}");
    // With room for two: a departure leaves nobody behind with a chance of e^-rho, whatever it found.
    for (rho, empty) in [(0.5, 0.606_530_66), (1.0, 0.367_879_44), (1.6, 0.201_896_52)] {
        let two = random_passes(rho, 2).expect("a formula");
        assert!((two - 1.0 / (empty + rho)).abs() < 1e-6, "{rho}: {two}");
    }
    let many = random_passes(1.6, 200).expect("a formula");
    assert!((many - 1.0 / 1.6).abs() < 1e-6, "a large bucket passes the rate and no more: {many}");
    let few = random_passes(0.5, 60).expect("a formula");
    assert!((few - 1.0).abs() < 1e-6, "{few}");
    // At far more than the rate, each token is for one of those who wait for it.
    let most = random_passes(50.0, 3).expect("a formula");
    assert!((most - 1.0 / 50.0).abs() < 1e-15, "{most}");
    assert_eq!(random_passes(2_000.0, 3), Some(1.0 / 2_000.0));
    assert_eq!((random_passes(0.0, 3), random_passes(1.0, 0)), (None, None));
}
