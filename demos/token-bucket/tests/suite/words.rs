//! The demo's words beyond its stories: the marks, golden, the table, and the stories that no preset tells.

use std::fmt::Write;

use demo_kit::lint::{at_end, golden};
use demo_kit::{Action, Demo};
use token_bucket::manifest::{BESIDE, BURST, CLOCK, EARLY, LOAD, PEAK, RATE, TAP, TRAFFIC};
use token_bucket::words::{level, seconds};

use crate::{preset, with};

const STILLS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/stills");

#[test]
fn marks_explain_themselves() {
    let mut text = String::new();
    for changes in [&[][..], &[(RATE, 0)], &[(EARLY, 1), (RATE, 1)], &[(PEAK, 20), (BURST, 1)]] {
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
fn the_table_lists_the_latest_requests() {
    let table = at_end(preset(1)).table();
    assert_eq!(table.caption, "The latest of 1\u{2009}001 requests");
    assert_eq!(table.rows.len(), 20);
    assert_eq!(table.rows[19], ["request 1\u{2009}001", "10.00\u{a0}s", "1", "passed", "10.00\u{a0}s"]);
    assert_eq!(table.rows[18], ["request 1\u{2009}000", "9.99\u{a0}s", "0.95", "turned away", "–"]);
}

#[test]
fn numbers_are_short_and_never_round_up_to_a_token() {
    assert_eq!([0, 5_000, 990_000, 999_999, 1_000_000, 12_345_678].map(level), ["0", "0", "0.99", "0.99", "1", "12.3"]);
    let times = [0, 20_000, 1_000, 1_500_000].map(seconds);
    assert_eq!(times, ["0.00\u{a0}s", "0.02\u{a0}s", "0.001\u{a0}s", "1.50\u{a0}s"]);
    assert_eq!(seconds(token_bucket::traffic::YEAR + 30_000), "1 year + 0.03\u{a0}s");
}
