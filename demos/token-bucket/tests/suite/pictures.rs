//! What must hold of any picture of the bucket, and of its motion.

use demo_kit::{Ctx, Demo, Scene, Shape, Words, lint};
use token_bucket::TokenBucket;
use token_bucket::manifest::{BESIDE, BURST, CLOCK, COST, EARLY, LOAD, PEAK, RATE, START, TAP, TRAFFIC};
use token_bucket::model::TOKEN;

use crate::{preset, with};

/// Runs of all traffic, at the ends of the knobs, at some moments.
fn gallery() -> Vec<(String, TokenBucket)> {
    let mut runs = lint::events();
    for traffic in 0..9 {
        for (rate, burst, load, cost) in
            [(0, 1, 1, 1), (50, 10, 100, 1), (10_000, 200, 200, 1), (1, 20, 8, 200), (5, 30, 50, 7)]
        {
            for (early, start, peak, beside, clock) in [(0, 0, 0, 0, 0), (1, 1, 100, 1, 1), (0, 1, 10_000, 1, 2)] {
                let settings = [
                    (TRAFFIC, traffic),
                    (RATE, rate),
                    (BURST, burst),
                    (LOAD, load),
                    (COST, cost),
                    (EARLY, early),
                    (START, start),
                    (PEAK, peak),
                    (BESIDE, beside),
                    (CLOCK, clock),
                ];
                let mut run = with(&settings);
                let mut event = 0;
                loop {
                    if event % 25 < 2 {
                        runs.push((format!("{settings:?}, event {event}"), run.clone()));
                    }
                    if event == 3 {
                        assert_eq!(run.act(&demo_kit::Action { kind: TAP, mark: None }), Ok(()));
                    }
                    if !run.step() {
                        break;
                    }
                    event += 1;
                }
                runs.push((format!("{settings:?}, at its end"), run));
            }
        }
    }
    runs
}

#[test]
fn every_picture_is_sound() {
    for (name, run) in gallery() {
        lint::pictures(&run, &name);
    }
}

/// Tokens as they are drawn.
fn tokens(scene: &Scene) -> Vec<&Shape> {
    scene.items.iter().filter(|item| item.class == "bar" && item.color == 2).map(|item| &item.shape).collect()
}

/// Requests as they are drawn, by their key and place.
fn requests(scene: &Scene) -> Vec<(u32, i32, i32)> {
    let place = |shape: &Shape| match shape {
        Shape::Circle { x, y, .. } => (*x, *y),
        Shape::Rect { x, y, w, h } => (x + w / 2, y + h / 2),
        _ => unreachable!("a request is a circle or a square"),
    };
    let found = scene.items.iter().filter(|item| item.key >= 1000);
    found.map(|item| (item.key, place(&item.shape).0, place(&item.shape).1)).collect()
}

#[test]
fn an_animation_starts_at_the_picture_before() {
    for idx in 0..5 {
        let mut run = preset(idx);
        let mut moved = 0;
        for event in 1..=20 {
            let before = run.panels(&Ctx::REST).remove(0);
            assert!(run.step());
            let start = run.panels(&Ctx { phase: 0, selected: None }).remove(0);
            let end = run.panels(&Ctx::REST).remove(0);
            assert_eq!(tokens(&before), tokens(&start), "preset {idx}, event {event}");
            assert_eq!(requests(&before), requests(&start), "preset {idx}, event {event}");
            moved += usize::from(requests(&before) != requests(&end));
        }
        assert!(moved > 10, "preset {idx}: requests move in {moved} of 20 events");
    }
}

#[test]
fn as_many_tokens_lie_in_the_bucket_as_are_in_it() {
    for idx in 0..5 {
        let mut run = preset(idx);
        loop {
            let scene = run.panels(&Ctx::REST).remove(0);
            let whole = run.limiter.bucket.level() / TOKEN;
            assert_eq!(tokens(&scene).len() as u64, whole, "preset {idx}: {}", run.narration());
            if !run.step() {
                break;
            }
        }
    }
}

#[test]
fn a_token_that_comes_and_goes_within_one_event_is_seen() {
    let mut run = preset(1);
    let mut seen = 0;
    while run.step() {
        let whole = |level: u64| level / TOKEN;
        let passes = run.limiter.passed - run.before.passed == 1;
        if passes && whole(run.before.level) == 0 && whole(run.limiter.bucket.level()) == 0 {
            let falling = |phase| tokens(&run.panels(&Ctx { phase, selected: None })[0]).len();
            assert_eq!([0, 60, 128, 200, 256].map(falling), [0, 1, 1, 1, 0], "{}", run.narration());
            seen += 1;
        }
    }
    assert!(seen > 40, "{seen}");
}
