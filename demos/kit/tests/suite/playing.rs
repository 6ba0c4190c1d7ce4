//! Transport, selection and narration, without a browser.

use crate::walk::{MANIFEST, Walk};
use demo_kit::history::Entry;
use demo_kit::player::{Player, Speed};
use demo_kit::stage::{self, Move};
use demo_kit::{Ctx, Demo, History, Mark, Settings, Words, state};

fn player(text: &str) -> Player {
    Player::new(History::open(Entry::of::<Walk>(), state::decode(&MANIFEST, text).0).0)
}

/// Ticks in frames of 16 ms until it is at rest; how many frames, and the events seen.
fn run(player: &mut Player, reduced: bool) -> (u32, Vec<u32>) {
    let mut frames = 0;
    let mut seen = vec![player.history().at()];
    while player.busy() {
        player.tick(16.0, reduced);
        frames += 1;
        if seen.last() != Some(&player.history().at()) {
            seen.push(player.history().at());
        }
        assert!(frames < 100_000, "it never ends");
    }
    (frames, seen)
}

#[test]
fn it_never_plays_by_itself() {
    let mut player = player("at=3");
    assert!(!player.busy() && !player.playing());
    player.tick(10_000.0, false);
    assert_eq!(player.history().at(), 3);
    assert_eq!(player.ctx(), Ctx::REST);
}

#[test]
fn play_shows_an_event_every_700_ms_and_stops_at_the_end() {
    let mut player = player("at=10");
    player.play(false);
    assert_eq!(player.history().at(), 11, "the first one at once");
    let (frames, seen) = run(&mut player, false);
    assert_eq!(seen, (11..=20).collect::<Vec<u32>>());
    // Nine events later, and the last one's animation.
    let expected = (9 * 700 + 280) / 16;
    assert!(frames.abs_diff(expected) <= 2, "{frames}");
    assert!(!player.playing());
    player.play(false);
    assert_eq!(player.history().at(), 1, "from the start");
}

#[test]
fn speeds() {
    for (text, pace) in [("0.25", 2800), ("0.5", 1400), ("1", 700), ("2", 350), ("4", 175), ("16", 43), ("x", 700)] {
        let mut player = player("at=10");
        player.set_speed(Speed::parse(text));
        player.play(false);
        let (frames, seen) = run(&mut player, true);
        assert_eq!(seen.len(), 10);
        assert!((frames * 16).abs_diff(9 * pace) < 40, "{text}: {frames}");
    }
    let mut player = player("at=10");
    player.set_speed(Speed::parse("end"));
    player.play(false);
    assert!(player.history().at() == 20 && !player.busy());
}

#[test]
fn an_event_is_animated_for_280_ms_and_eases_out() {
    let mut player = player("");
    player.step(false);
    assert_eq!(player.ctx().phase, 0);
    player.tick(70.0, false);
    let quarter = player.ctx().phase;
    assert!((140..160).contains(&quarter), "fast at first: {quarter}");
    player.tick(100.0, false);
    assert!(player.busy());
    player.tick(100.0, false);
    player.tick(100.0, false);
    assert!(!player.busy());
    assert_eq!(player.ctx().phase, 256);
}

#[test]
fn no_motion_when_the_reader_prefers_none() {
    let mut player = player("");
    player.step(true);
    assert!(player.ctx() == Ctx::REST && !player.busy());
    player.back();
    assert!(!player.busy(), "never backwards");
}

#[test]
fn a_page_that_was_away_does_not_catch_up() {
    let mut player = player("");
    player.play(false);
    player.tick(60_000.0, false);
    player.tick(-5.0, false);
    player.tick(f64::NAN, false);
    assert_eq!(player.history().at(), 1);
}

#[test]
fn announcements_are_rare_while_it_plays() {
    let mut player = player("preset=long");
    player.set_speed(Speed::Times(16.0));
    player.play(false);
    let mut due = 0;
    for _ in 0..625 {
        due += u32::from(player.tick(16.0, false));
    }
    assert_eq!(due, 5, "in ten seconds, one in two");
}

#[test]
fn the_ends_say_so() {
    let mut player = player("at=20");
    player.step(false);
    assert!(player.narration().starts_with("This is the end"));
    player.back();
    assert!(player.narration().starts_with("After 19"));
    player.reset();
    player.back();
    assert!(player.narration().starts_with("This is the start"));
    assert_eq!(player.position(), "event 0 of 20");
}

#[test]
fn what_is_said_first() {
    let mut player = player("at=2");
    let event = player.narration();
    player.select(Some(9));
    assert_eq!(player.narration(), "The walker has no plan.");
    player.set_hover(Some(1));
    assert_eq!(player.narration(), "Post 1 is 2 high.");
    player.set_hover(None);
    assert_eq!(player.narration(), "The walker has no plan.");
    player.act(1, false);
    assert_eq!(player.narration(), "Select a post first.", "the walker is no post");
    player.select(None);
    assert_eq!(player.narration(), event);
    player.select(Some(77));
    assert_eq!(player.selected(), None);
}

#[test]
fn acting_in_the_past_is_said() {
    let mut player = player("at=5");
    player.act(0, false);
    assert_eq!(player.narration(), "After 5 steps and 1 pushes it is at 11.");
    player.seek(2);
    player.act(0, false);
    assert!(player.narration().ends_with("The events that came after are gone."), "{}", player.narration());
}

#[test]
fn changes_while_playing() {
    let mut player = player("");
    player.play(false);
    player.act(0, false);
    assert!(player.playing(), "an action is an event like any other");
    player.set_knob(0, 30);
    assert!(!player.playing() && player.history().at() == 0 && player.history().end() == 30);
    player.play(false);
    player.set_preset(1);
    assert!(!player.playing() && !player.busy());
    player.play(false);
    player.seek(400);
    assert!(!player.playing());
    player.play(false);
    player.set_speed(Speed::ToTheEnd);
    assert_eq!((player.playing(), player.history().at()), (false, 500));
}

fn mark(id: u32, group: &'static str, x: i32) -> Mark {
    Mark { id, group, panel: 0, x, y: 0, label: String::new() }
}

#[test]
fn arrows_walk_a_group_and_change_to_the_nearest_of_another() {
    let marks = [mark(1, "a", 0), mark(10, "b", 0), mark(2, "a", 100), mark(11, "b", 90), mark(20, "c", 0)];
    let table = [
        (None, Move::Next, 1),
        (Some(1), Move::Next, 2),
        (Some(2), Move::Next, 1),
        (Some(1), Move::Previous, 2),
        (Some(2), Move::First, 1),
        (Some(10), Move::Last, 11),
        (Some(2), Move::Down, 11),
        (Some(11), Move::Up, 2),
        (Some(10), Move::Down, 20),
        (Some(20), Move::Down, 1),
        (Some(1), Move::Up, 20),
        (Some(99), Move::Down, 1),
    ];
    for (from, key, to) in table {
        assert_eq!(stage::moved(&marks, from, key), Some(to), "{from:?} {key:?}");
    }
    assert_eq!(stage::moved(&[], Some(1), Move::Next), None);
    assert_eq!(stage::moved(&marks[..1], Some(1), Move::Down), Some(1));
}

#[test]
fn a_pointer_means_the_nearest_mark_within_reach() {
    let marks = [mark(1, "a", 0), mark(2, "a", 100)];
    let near = |x, reach| stage::nearest(&marks, 0, (x, 0), reach);
    assert_eq!([near(40, 60), near(60, 60), near(160, 60), near(161, 60)], [Some(1), Some(2), Some(2), None]);
    assert_eq!(stage::nearest(&marks, 1, (0, 0), 60), None);
}

#[test]
fn a_selection_lives_as_long_as_its_mark() {
    /// Its marks are the steps that it took.
    fn marks_of(player: &Player) -> usize {
        player.history().model().marks().len()
    }
    let mut player = player("at=3");
    player.select(Some(2));
    player.step(true);
    assert_eq!((player.selected(), marks_of(&player)), (Some(2), 4));
    player.set_preset(1);
    assert_eq!(player.selected(), None, "another experiment");
    assert_eq!(Walk::new(&Settings::of_preset(&MANIFEST, 0), 1).explain(2), "Post 2 is 3 high.");
}

#[test]
fn a_demo_sets_its_own_pace_and_less_motion_sets_the_common_one() {
    // With seed 250 the walk asks for 250 ms between events.
    for (speed, reduced, pace) in [("1", false, 250), ("0.5", false, 500), ("1", true, 700)] {
        let mut player = player("at=10&seed=250");
        player.set_speed(Speed::parse(speed));
        player.play(reduced);
        let (frames, seen) = run(&mut player, reduced);
        assert_eq!(seen.len(), 10);
        // Unless motion is unwanted, the last event's animation follows.
        let whole = 9 * pace + if reduced { 0 } else { 280 };
        assert!((frames * 16).abs_diff(whole) < 40, "{pace}: {frames}");
    }
}
