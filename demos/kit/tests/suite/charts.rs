//! Charts as golden files, and what must hold of any chart.

use crate::walk::{MANIFEST, Walk};
use demo_kit::chart::Plot;
use demo_kit::history::Entry;
use demo_kit::sweep::Sweep;
use demo_kit::{Ctx, History, frame, lint, state, svg};

fn open(text: &str) -> History {
    History::open(Entry::of::<Walk>(), state::decode(&MANIFEST, text).0).0
}

/// The panel's SVG with a line for each element.
fn drawn(history: &History, sweep: Option<&Sweep>, name: &str) -> String {
    let scenes = frame::scenes(history, &Ctx::REST, sweep);
    let frames = svg::frames(&MANIFEST);
    let idx = frames.iter().position(|frame| frame.name == name).unwrap();
    lint::scene(&scenes[idx], frames[idx].height, name);
    svg::write(&frames[idx], &scenes[idx]).replace("><", ">\n<") + "\n"
}

#[test]
fn chart_over_time() {
    crate::golden("time-start.svg", &drawn(&open(""), None, "time"));
    crate::golden("time-middle.svg", &drawn(&open("at=12"), None, "time"));
}

#[test]
fn the_future_is_not_drawn() {
    let one = drawn(&open("at=5&do=6.push"), None, "time");
    let other = drawn(&open("at=5&do=21.push"), None, "time");
    assert_eq!(one, other);
}

#[test]
fn chart_of_a_sweep() {
    let history = open("");
    let mut sweep = Sweep::new(&history).unwrap();
    crate::golden("sweep-empty.svg", &drawn(&history, Some(&sweep), "sweep"));
    while sweep.work(&mut || true) {}
    crate::golden("sweep.svg", &drawn(&history, Some(&sweep), "sweep"));
    sweep.want_seeds();
    while sweep.work(&mut || false) {}
    crate::golden("sweep-seeds.svg", &drawn(&history, Some(&sweep), "sweep"));
}

#[test]
fn a_long_line_is_thinned_but_keeps_its_peaks() {
    let mut history = open("preset=long&do=1.push!2.push!3.push!4.push!5.push!6.push!7.push");
    history.seek(u32::MAX);
    assert_eq!(history.end(), 507);
    let picture = drawn(&history, None, "time");
    assert!(picture.len() < 20_000, "{}", picture.len());
}

#[test]
fn axes_end_at_round_numbers() {
    let check = |values: &[f64], low: f64, high: f64| {
        let mut plot = Plot::new(0, 1000);
        values.iter().for_each(|&value| plot.include(value));
        plot.round();
        assert_eq!((plot.low, plot.high), (low, high), "{values:?}");
        for value in values.iter().filter(|value| value.is_finite()) {
            assert!((plot.top..=plot.bottom).contains(&plot.y(*value)), "{value}");
        }
    };
    check(&[], 0.0, 1.0);
    check(&[0.0, f64::NAN, f64::INFINITY], 0.0, 1.0);
    check(&[0.7, 7.0], 0.0, 8.0);
    check(&[1.0], 0.0, 1.0);
    check(&[41.0], 0.0, 50.0);
    check(&[-3.5, 110.0], -4.0, 120.0);
    check(&[-3.5], -4.0, 0.0);
}
