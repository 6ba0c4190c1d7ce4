//! What is wrong or absurd is a sentence for the reader, in the narration, in the words, or as a refusal. Never a panic, never
//! a picture that says nothing.

use demo_kit::lint::{at_end, to_its_end};
use demo_kit::{Demo, Measures, Settings, Words};
use token_bucket::TokenBucket;
use token_bucket::limiter::{Fate, Rules};
use token_bucket::manifest::{self, BURST, CLOCK, COST, EARLY, LOAD, PEAK, START, TAP, TRAFFIC};
use token_bucket::model::{Bucket, RATE, SECOND, TOKEN};
use token_bucket::traffic::YEAR;

use crate::{after, preset, rules, with};

/// All that a run says, event by event.
fn told(mut run: TokenBucket) -> Vec<String> {
    let mut told = vec![run.narration()];
    while run.step() {
        told.push(run.narration());
    }
    told
}

#[test]
fn at_rate_0_only_the_first_fill_passes() {
    let told = told(with(&[(manifest::RATE, 0)]));
    assert!(told[0].contains("and gets none: the rate is 0"), "{}", told[0]);
    assert!(told[2].ends_with("At rate 0 no more will pass."), "{}", told[2]);
    let run = at_end(with(&[(manifest::RATE, 0)]));
    assert_eq!(run.limiter.passed, 10);
    assert_eq!(run.limiter.requests[10].fate, Fate::TurnedAway(None));
    assert!(run.words().contains("At rate 0 no token comes: only the first fill can ever pass."));
    assert!(run.explain(0).contains("The drip is closed"));
    assert!(run.explain(10 + 10).contains("will never be there"));
    assert_eq!(run.outcome(), TokenBucket::theory(&run.setup));
    let empty = with(&[(manifest::RATE, 0), (START, 1)]);
    assert_eq!(empty.narration(), "The bucket is empty, and at rate 0 no token ever comes: no request can ever pass.");
    assert_eq!(at_end(empty).limiter.passed, 0);
}

#[test]
fn a_request_that_costs_more_than_the_burst_is_said_to_be_impossible() {
    let told = told(with(&[(COST, 12)]));
    assert_eq!(told[0], "A request costs 12 tokens, and the bucket holds 10 at most: none can ever pass.");
    assert!(told[1].ends_with("it costs more than the bucket holds."), "{}", told[1]);
    let mut run = with(&[(COST, 12)]);
    assert_eq!(run.act(&demo_kit::Action { kind: TAP, mark: None }), Ok(()));
    assert!(run.narration().ends_with("It costs more than the bucket can hold: turned away for good."));
    let run = at_end(run);
    assert_eq!(run.limiter.passed, 0);
    assert!(run.words().contains("none can ever pass"));
    // A shaper keeps them waiting for ever, without an end in sight.
    let run = at_end(with(&[(COST, 12), (EARLY, 1)]));
    assert_eq!((run.limiter.passed, run.limiter.waiting), (0, 1_001));
}

#[test]
fn a_clock_that_stands_still_or_goes_back_brings_nothing() {
    for (clock, why) in [(1, "it stands still"), (2, "it was set back")] {
        let settings = [(CLOCK, clock), (TRAFFIC, 0), (START, 1)];
        let told = told(with(&settings));
        let wrong: Vec<&String> = told.iter().filter(|line| line.contains("the clock showed")).collect();
        assert_eq!(wrong.len(), 3, "at 3.5, 4.0 and 4.5 s: {told:?}");
        assert!(wrong.iter().all(|line| line.contains(why) && line.contains("no token drips in")), "{wrong:?}");
        // Five seconds, of which two are lost: 10 tokens fit all the same, but at 2 per second they do not come.
        let slow = at_end(with(&[(CLOCK, clock), (TRAFFIC, 0), (START, 1), (manifest::RATE, 20)]));
        assert_eq!(slow.limiter.passed, 6);
        assert_eq!(at_end(with(&[(TRAFFIC, 0), (START, 1), (manifest::RATE, 20)])).limiter.passed, 10);
        let mut run = with(&settings);
        while run.at < 4 * SECOND {
            assert!(run.step());
        }
        assert!(run.words().contains("The limiter’s clock shows"), "{}", run.words());
        assert_eq!(run.act(&demo_kit::Action { kind: TAP, mark: None }), Ok(()));
        assert!(run.narration().contains("The clock shows"), "{}", run.narration());
    }
    // A clock that goes back to its beginning, and the largest that there is.
    let mut bucket = Bucket::new(5 * RATE, 10, 3);
    for now in [SECOND, 0, SECOND, SECOND / 2] {
        bucket.refill(now);
        assert_eq!(bucket.level(), 8 * TOKEN);
    }
    bucket.refill(u64::MAX);
    assert_eq!(bucket.level(), 10 * TOKEN);
}

#[test]
fn after_an_idle_year_the_bucket_is_full_and_no_more() {
    let told = told(with(&[(TRAFFIC, 7), (START, 1), (manifest::RATE, 10_000)]));
    assert_eq!(told[0], "The empty bucket holds 10 tokens and gets 1,000 per second. Nobody comes for a year.");
    assert!(told[1].starts_with("At 1 year nobody had come. Of 31,500,000,000 tokens that dripped in, 10 found room"));
    for start in [0, 1] {
        let run = at_end(with(&[(TRAFFIC, 7), (START, start)]));
        assert_eq!(run.counted(), (20, 10));
    }
    let limiter = after(rules(1_000, 200), [YEAR, YEAR + 1, 1_000 * YEAR]);
    assert_eq!(limiter.passed, 3);
}

#[test]
fn a_thousand_in_one_instant_get_the_burst_through() {
    let told = told(with(&[(TRAFFIC, 6)]));
    let crowd = "At 1.00\u{a0}s 1,000 requests came at once: 10 passed, 990 were turned away. 0 tokens are left.";
    assert_eq!(told[2], crowd);
    let run = at_end(with(&[(TRAFFIC, 6), (BURST, 200)]));
    assert_eq!(run.counted(), (1_000, 200));
    let run = at_end(with(&[(TRAFFIC, 6), (EARLY, 1)]));
    assert_eq!((run.limiter.passed, run.limiter.waiting), (15, 985), "and five in the second after it");
}

#[test]
fn absurd_rules_neither_overflow_nor_hang() {
    let rules = Rules { cost: 200, peak: 1_000 * RATE, waits: true, ..rules(1_000, 200) };
    let limiter = after(rules, [0, 0, u64::MAX / 2]);
    assert_eq!((limiter.passed, limiter.waiting), (3, 0));
    let mut run = preset(0);
    run.limiter.arrive(u64::MAX, true);
    assert!(!run.narration().is_empty());
}

#[test]
fn the_smallest_and_the_largest_run_to_their_end() {
    let ends = [
        (manifest::RATE, [0, 10_000]),
        (BURST, [1, 200]),
        (LOAD, [1, 200]),
        (COST, [1, 200]),
        (EARLY, [0, 1]),
        (PEAK, [0, 10_000]),
    ];
    for traffic in 0..9 {
        for mask in 0..64_usize {
            let mut settings = Settings::of_preset(TokenBucket::manifest(), 1);
            settings.set(TRAFFIC, traffic);
            settings.set(CLOCK, (mask % 3) as i64);
            settings.set(START, (mask / 3 % 2) as i64);
            for (bit, (param, values)) in ends.iter().enumerate() {
                settings.set(*param, values[mask >> bit & 1]);
            }
            let events = to_its_end::<TokenBucket>(&settings, 7);
            assert!((1..=250).contains(&events), "{settings:?}: {events} events");
        }
    }
}
