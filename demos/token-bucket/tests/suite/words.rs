//! The demo's words beyond its stories: the marks, golden, the table, and the stories that no preset tells.

use std::fmt::Write;

use demo_kit::lint::{at_end, golden};
use demo_kit::{Action, Demo, Words};
use token_bucket::manifest::{BESIDE, BURST, CLOCK, EARLY, LOAD, PEAK, RATE, START, TAP, TRAFFIC};
use token_bucket::words::{level, rate, seconds};

use crate::{preset, with};

const STILLS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/stills");

#[test]
fn marks_explain_themselves() {
    let mut text = String::new();
    for changes in [&[][..], &[(RATE, 0)], &[(EARLY, 1), (RATE, 10)], &[(PEAK, 200), (BURST, 1)], &[(RATE, 2)]] {
        let mut run = with(changes);
        run.step();
        run.step();
        run.act(&Action { kind: TAP, mark: None }).expect("a request");
        for mark in run.marks().iter().take(6) {
            writeln!(text, "{}: {}", mark.label, run.explain(mark.id)).expect("a line");
        }
    }
    golden(STILLS, "marks.txt", &text);
}

#[test]
fn stories_of_the_other_traffic_are_told_as_they_were() {
    let mut text = String::new();
    for (traffic, early, clock, load) in
        [(2, 0, 1, 5), (5, 0, 0, 100), (6, 0, 0, 100), (7, 0, 0, 100), (0, 1, 2, 100), (8, 0, 0, 1)]
    {
        let mut run = with(&[(TRAFFIC, traffic), (EARLY, early), (CLOCK, clock), (LOAD, load), (BESIDE, 1)]);
        writeln!(text, "# traffic {traffic}\n{}", run.narration()).expect("a line");
        while run.step() {
            writeln!(text, "- {}", run.narration()).expect("a line");
        }
        writeln!(text, "{}\n", run.words()).expect("a line");
    }
    golden(STILLS, "other-stories.txt", &text);
}

#[test]
fn a_tenth_of_a_token_per_second_is_told_as_such() {
    let mut run = with(&[(RATE, 1), (TRAFFIC, 0), (START, 1)]);
    assert_eq!(run.narration(), "The empty bucket holds 10 tokens and gets 0.1 per second. Nobody comes for 5\u{a0}s.");
    assert!(run.step());
    assert_eq!(run.narration(), "At 0.50\u{a0}s nobody had come. 0.05 tokens dripped in: 0.05 of 10 are there.");
    assert_eq!(
        run.explain(0),
        "The drip: 0.1 tokens per second. One takes 10.00\u{a0}s, whether anybody comes or not."
    );
    assert!(run.words().contains("0.1 tokens drip in per second."), "{}", run.words());
    let run = at_end(run);
    let last = "At 5.19\u{a0}s request 20 found 0.51 of a token and was turned away, 4.81\u{a0}s too early.";
    assert_eq!((run.narration().as_str(), run.limiter.passed), (last, 0));
}

#[test]
fn the_table_lists_the_latest_requests() {
    let table = at_end(preset(1)).table();
    assert_eq!(table.caption, "The latest of 1,001 requests");
    assert_eq!(table.rows.len(), 20);
    assert_eq!(table.rows[19], ["request 1,001", "10.00\u{a0}s", "1", "passed", "10.00\u{a0}s"]);
    assert_eq!(table.rows[18], ["request 1,000", "9.99\u{a0}s", "0.95", "turned away", "–"]);
}

#[test]
fn numbers_are_short_and_never_round_up_to_a_token() {
    assert_eq!(
        [0, 50_000, 9_900_000, 9_999_999, 10_000_000, 123_456_780].map(level),
        ["0", "0", "0.99", "0.99", "1", "12.3"]
    );
    assert_eq!([0, 1, 5, 10, 25, 10_000].map(rate), ["0", "0.1", "0.5", "1", "2.5", "1,000"]);
    let times = [0, 20_000, 1_000, 1_500_000].map(seconds);
    assert_eq!(times, ["0.00\u{a0}s", "0.02\u{a0}s", "0.001\u{a0}s", "1.50\u{a0}s"]);
    assert_eq!(seconds(token_bucket::traffic::YEAR + 30_000), "1 year + 0.03\u{a0}s");
}
