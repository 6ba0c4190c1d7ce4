//! The lesson of each story, as a number: whoever breaks the lesson breaks a test.

use demo_kit::lint::{answers_nothing_at_event_0, at_end};
use demo_kit::{Demo, Measures, lint};
use token_bucket::TokenBucket;
use token_bucket::manifest::{BURST, CLOCK, COST, EARLY, LOAD, RATE, START, TRAFFIC};

use crate::{preset, with};

/// Requests of the question's part that came, and those of them that passed, at the end of a preset.
fn counted(idx: usize) -> (usize, usize) {
    at_end(preset(idx)).counted()
}

#[test]
fn five_seconds_of_silence_are_worth_the_burst() {
    assert_eq!(counted(0), (20, 10));
    // Without the bound, what dripped in would have been enough for all of them.
    assert_eq!(at_end(lint::with::<TokenBucket>(0, &[(BURST, 30)])).counted(), (20, 20));
    // The ten that passed were the first ten.
    let run = at_end(preset(0));
    let passed =
        |request: &token_bucket::limiter::Request| request.fate == token_bucket::limiter::Fate::Passed(request.at);
    assert_eq!(run.limiter.requests.iter().position(|request| !passed(request)), Some(10));
}

#[test]
fn steady_overload_gets_sixty_through_however_hard_it_knocks() {
    assert_eq!(counted(1), (1_001, 60));
    for load in [20, 50, 200] {
        assert_eq!(at_end(with(&[(LOAD, load)])).limiter.passed, 60, "{load} per second");
    }
}

#[test]
fn the_same_average_in_bursts_loses_four_fifths() {
    let run = at_end(preset(2));
    let even = run.script.counted;
    let passed_evenly = run.limiter.passed - run.counted().1;
    assert_eq!((even, passed_evenly), (100, 100), "evenly, all pass");
    assert_eq!(run.counted(), (100, 20));
}

#[test]
fn with_a_burst_of_one_a_millisecond_costs_three_in_ten() {
    let run = at_end(preset(3));
    let (all, passed) = run.counted();
    assert_eq!(run.limiter.passed - passed, 20, "on time, all pass");
    assert_eq!((all, passed), (60, 42), "3 in 10");
    // In the long run 8 of 27: over 2,000 seeds, 120,000 requests, with a standard error of 0.0013 at most.
    let mut total = 0;
    for seed in 1..=2_000 {
        let mut run = TokenBucket::new(&lint::settings::<TokenBucket>(3, &[]), seed);
        while run.step() {}
        total += run.counted().1;
    }
    let share = total as f64 / 120_000.0;
    // Each run begins after a request on time, which is not the long run yet: a little less than the standard error.
    assert!((share - 19.0 / 27.0).abs() < 0.005, "{share}");
    assert_eq!(at_end(lint::with::<TokenBucket>(3, &[(BURST, 2)])).counted(), (60, 60), "room for two repairs it");
}

#[test]
fn gcra_never_disagrees_and_the_run_has_something_to_agree_about() {
    let run = at_end(preset(4));
    assert_eq!(run.limiter.disagreements, 0);
    assert_eq!(run.counted(), (83, 52));
    let theory = TokenBucket::theory(&run.setup).expect("a formula");
    assert!((52.0 / 83.0 - theory).abs() < 0.02, "a run like the long run: {theory}");
    let refusals = |pair: &[token_bucket::limiter::Request]| {
        let passed =
            |request: &token_bucket::limiter::Request| matches!(request.fate, token_bucket::limiter::Fate::Passed(_));
        passed(&pair[0]) != passed(&pair[1])
    };
    assert!(run.limiter.requests.windows(2).filter(|pair| refusals(pair)).count() >= 30, "it changes its mind often");
}

#[test]
fn the_set_up_answers_no_question() {
    answers_nothing_at_event_0::<TokenBucket>();
    for idx in 0..5 {
        for meter in preset(idx).meters() {
            assert_eq!(meter.measured, demo_kit::num::NONE, "preset {idx}");
        }
    }
}

#[test]
fn the_right_answers_are_the_ones_that_are_claimed() {
    let presets = TokenBucket::manifest().presets;
    let right: Vec<&str> = presets.iter().map(|preset| preset.choices[preset.answer]).collect();
    assert_eq!(right, ["10", "60", "20", "3 in 10", "never"]);
    let names: Vec<&str> = presets.iter().map(|preset| preset.name).collect();
    assert_eq!(names, ["save-up", "overload", "same-average", "no-burst", "gcra"]);
}

/// The share that passed, and what theory says.
fn outcome(changes: &[(usize, i64)]) -> (f64, f64) {
    let run = at_end(with(changes));
    let theory = TokenBucket::theory(&run.setup).expect("a theory");
    (run.outcome().expect("requests"), theory)
}

#[test]
fn the_sweep_lies_on_its_theory_where_nothing_is_random() {
    for burst in [2, 5, 10, 50, 200] {
        for (traffic, load) in [(0, 100), (1, 100), (3, 5), (3, 20), (5, 100), (6, 100), (7, 50)] {
            for early in [0, 1] {
                for start in [0, 1] {
                    let changes = [(BURST, burst), (TRAFFIC, traffic), (LOAD, load), (EARLY, early), (START, start)];
                    let run = at_end(with(&changes));
                    let Some(theory) = TokenBucket::theory(&run.setup) else {
                        assert!(early == 1 && matches!(traffic, 3 | 6), "{changes:?}: no theory");
                        continue;
                    };
                    let measured = run.outcome().expect("requests");
                    assert!((measured - theory).abs() < 1e-9, "{changes:?}: {measured}, {theory}");
                }
            }
        }
    }
}

#[test]
fn random_traffic_is_a_queue() {
    // Fifty seeds of ten seconds at 20 per second against the exact formula; the deviation of a share is below 0.01 then.
    for (rate, burst, cost) in [(200, 1, 1), (200, 5, 1), (100, 3, 1), (500, 2, 2), (200, 10, 5), (5, 1, 1)] {
        let changes = [(TRAFFIC, 2), (RATE, rate), (BURST, burst), (COST, cost), (LOAD, 20)];
        let settings = lint::settings::<TokenBucket>(1, &changes);
        let theory = TokenBucket::theory(&settings).expect("a theory");
        let runs = (1..=50).map(|seed| at_end(TokenBucket::new(&settings, seed)).counted());
        let (all, passed) = runs.fold((0, 0), |sum, run| (sum.0 + run.0, sum.1 + run.1));
        let measured = passed as f64 / all as f64;
        // The bucket starts full, so a little more than the long run's share passes.
        let bonus = burst as f64 / cost as f64 / 200.0;
        assert!(measured > theory - 0.015 && measured < theory + bonus + 0.015, "{changes:?}: {measured}, {theory}");
    }
    assert_eq!(outcome(&[(COST, 11)]), (0.0, 0.0));
    assert_eq!(TokenBucket::theory(&lint::settings::<TokenBucket>(1, &[(CLOCK, 1)])), None);
}
