//! A run can be walked forth and back, exactly; acting in the past drops the future.

use crate::walk::{MANIFEST, Walk};
use demo_kit::history::{Entry, Fault};
use demo_kit::state::{MAX_OPS, decode, encode};
use demo_kit::{Action, Ctx, Digest, History, Refusal, Rng, frame, soak, svg};

const PUSH: Action = Action { kind: 0, mark: None };

fn open(text: &str) -> History {
    let (state, problems) = decode(&MANIFEST, text);
    assert_eq!(problems, []);
    let (history, problems) = History::open(Entry::of::<Walk>(), state);
    assert_eq!(problems, []);
    history
}

/// Everything that can be seen of a figure.
fn picture(history: &History) -> String {
    let mut digest = Digest::default();
    history.model().digest(&mut digest);
    let mut out = format!("{} {}\n", history.at(), digest.value());
    let scenes = frame::scenes(history, &Ctx::REST, None);
    for (frame, scene) in svg::frames(&MANIFEST).iter().zip(&scenes) {
        out.push_str(&svg::write(frame, scene));
    }
    out.push_str(&history.model().narration());
    out.push_str(&history.log().join("\n"));
    out
}

#[test]
fn back_is_exact_over_a_thousand_events() {
    let mut history = open("preset=long&do=40.push!100.raise.1!101.push!400.push");
    assert_eq!(history.end(), 504);
    let mut forth = vec![picture(&history)];
    while history.step() {
        forth.push(picture(&history));
    }
    assert!(!history.step(), "the end is the end");
    while history.at() > 0 {
        assert_eq!(picture(&history), forth.pop().unwrap());
        assert!(history.back());
    }
    assert!(!history.back(), "the start is the start");
}

#[test]
fn any_event_is_reached_from_anywhere() {
    let mut history = open("preset=long&do=70.push");
    let straight: Vec<String> = (0..=history.end())
        .map(|_| {
            let picture = picture(&history);
            history.step();
            picture
        })
        .collect();
    let mut rng = Rng::new(3);
    for _ in 0..300 {
        let event = rng.below(u64::from(history.end()) + 1) as u32;
        history.seek(event);
        assert_eq!(picture(&history), straight[event as usize]);
    }
    history.seek(u32::MAX);
    assert_eq!(history.at(), history.end());
}

#[test]
fn a_state_string_gives_the_same_picture() {
    let mut history = open("preset=long&seed=12");
    history.seek(33);
    history.act(PUSH).unwrap();
    history.step();
    let text = encode(&MANIFEST, &history.state());
    assert_eq!(text, "preset=long&seed=12&at=35&do=34.push");
    assert_eq!(picture(&open(&text)), picture(&history));
}

#[test]
fn acting_in_the_past_drops_the_future_and_says_so() {
    let mut history = open("");
    history.seek(10);
    assert_eq!(history.act(PUSH), Ok(false), "nobody has seen a later event");
    history.seek(15);
    assert_eq!(history.act(PUSH), Ok(false));
    history.seek(12);
    assert_eq!(history.act(PUSH), Ok(true), "events 13 to 16 are gone");
    assert_eq!(history.end(), 22);
    assert_eq!(encode(&MANIFEST, &history.state()), "preset=fair&at=13&do=11.push!13.push");
    history.seek(11);
    assert!(history.model().narration().contains("1 pushes"));
}

#[test]
fn acting_at_the_end_makes_the_run_longer() {
    let mut history = open("at=20");
    assert_eq!(history.act(PUSH), Ok(false));
    assert_eq!((history.at(), history.end()), (21, 21));
    history.back();
    history.back();
    assert_eq!(history.at(), 19);
}

#[test]
fn a_refused_action_changes_nothing() {
    let mut history = open("at=5");
    let before = picture(&history);
    let post = |mark| Action { kind: 1, mark };
    for action in
        [post(None), post(Some(3)), post(Some(9)), Action { kind: 2, mark: None }, Action { kind: 9, mark: None }]
    {
        assert!(history.act(action).is_err(), "{action:?}");
    }
    assert_eq!(history.act(post(None)), Err("Select a post first.".into()));
    assert_eq!(picture(&history), before);
    for _ in 0..25 {
        history.act(PUSH).unwrap();
    }
    assert_eq!(history.act(PUSH), Err(Refusal("It is tired of being pushed.".into())));
    for _ in 25..MAX_OPS {
        history.act(post(Some(1))).unwrap();
    }
    let full = picture(&history);
    assert!(history.act(post(Some(1))).is_err(), "the state string takes no more");
    assert_eq!(picture(&history), full);
}

#[test]
fn what_a_run_does_not_have_is_dropped_and_reported() {
    let check = |text: &str, canonical: &str, message: Option<&str>| {
        let (state, _) = decode(&MANIFEST, text);
        let (history, problems) = History::open(Entry::of::<Walk>(), state);
        assert_eq!(encode(&MANIFEST, &history.state()), canonical);
        assert_eq!(problems.first().map(|problem| problem.message.as_str()), message, "{text}");
    };
    check("at=21", "preset=fair", Some("this run has no such event"));
    check("at=21&do=21.push", "preset=fair&at=21&do=21.push", None);
    check("do=3.push!22.push!23.push", "preset=fair&do=3.push!22.push!23.push", None);
    check("do=3.push!24.push", "preset=fair&do=3.push", Some("the run ends before an action's event"));
    check("do=3.push!5.raise.8!6.push", "preset=fair&do=3.push", Some("Select a post first."));
}

#[test]
fn knobs_presets_and_seeds_start_again() {
    let mut history = open("at=5&do=3.push");
    assert!(history.set_knob(0, 50));
    assert_eq!((history.at(), history.end()), (0, 50));
    for (param, value) in [(0, 51), (0, -5), (1, 3), (2, 2), (3, -1), (3, i64::MAX), (6, 0), (99, i64::MAX)] {
        let before = picture(&history);
        assert!(!history.set_knob(param, value), "{param} {value}");
        assert_eq!(picture(&history), before);
    }
    history.set_seed(u32::MAX);
    assert_eq!(encode(&MANIFEST, &history.state()), "preset=fair&steps=50&seed=999999999");
    assert!(history.set_preset(1) && !history.set_preset(2));
    assert_eq!(encode(&MANIFEST, &history.state()), "preset=long");
}

#[test]
fn a_broken_rule_stops_the_run() {
    let mut history = open("");
    history.set_seed(666);
    assert_eq!(history.fault(), Some(Fault { event: 3, rule: "a step was lost" }));
    assert_eq!(history.end(), 3);
    assert!(history.act(PUSH).is_err());
    let frame = demo_kit::abi::frame_json::<Walk>("seed=666", false);
    assert!(frame.contains("the demo broke one of its own rules at event 3: a step was lost"), "{frame}");
    history.set_seed(1);
    assert_eq!((history.fault(), history.end()), (None, 20));
}

#[test]
fn a_large_model_costs_time_not_memory() {
    let mut history = open("preset=long&seed=600&do=50.push");
    assert!(history.model().bytes() == 1 << 20 && history.snapshot_bytes() <= 4 << 20);
    let straight: Vec<String> = (0..=history.end())
        .map(|_| {
            let picture = picture(&history);
            history.step();
            picture
        })
        .collect();
    for event in [500, 3, 499, 64, 65, 0] {
        history.seek(event);
        assert_eq!(picture(&history), straight[event as usize]);
    }
    assert!(history.snapshot_bytes() <= 4 << 20);
}

#[test]
fn a_hundred_thousand_random_inputs() {
    let mut history = open("");
    let mut rng = Rng::new(11);
    for nth in 0..100_000_u32 {
        soak::input(&mut history, &mut rng);
        if nth.is_multiple_of(997) {
            let text = encode(&MANIFEST, &history.state());
            assert_eq!(picture(&open(&text)), picture(&history), "{text}");
        }
    }
}

#[test]
fn a_soak_depends_on_its_input_only() {
    let soak = |text| demo_kit::abi::soak::<Walk>(text, 2000);
    assert_eq!(soak("preset=long"), soak("preset=long"));
    assert_ne!(soak("preset=long"), soak("preset=long&seed=2"));
}
