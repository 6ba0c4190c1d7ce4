//! The reader's own requests: in every story, at any moment, while it plays, and kept in the address.

use demo_kit::history::{Entry, History};
use demo_kit::player::Player;
use demo_kit::state::{State, decode, encode};
use demo_kit::{Action, Demo, Words, lint};
use token_bucket::TokenBucket;
use token_bucket::limiter::Fate;
use token_bucket::manifest::{BURST, COST, EARLY, PEAK, RATE, REQUEST_BASE, TAP, TRAFFIC};

use crate::{preset, with};

const REQUEST: Action = Action { kind: TAP, mark: None };
/// Nobody but the reader sends requests.
const TAPS: i64 = 8;

#[test]
fn a_tap_takes_a_token_now() {
    let mut run = with(&[(TRAFFIC, TAPS), (BURST, 2)]);
    assert!(run.step() && run.step());
    assert_eq!(run.at, 200_000);
    let fates: Vec<Fate> = (0..3)
        .map(|nth| {
            assert_eq!(run.act(&REQUEST), Ok(()));
            run.limiter.requests[nth].fate
        })
        .collect();
    assert_eq!(fates, [Fate::Passed(200_000), Fate::Passed(200_000), Fate::TurnedAway(Some(200_000))]);
    assert!(run.limiter.requests.iter().all(|request| request.own));
    assert_eq!(
        run.narration(),
        "At 0.20\u{a0}s your request 3 found 0 tokens and was turned away, 0.20\u{a0}s too early."
    );
    assert!(run.step() && run.step());
    assert_eq!(run.act(&REQUEST), Ok(()));
    assert_eq!(run.limiter.requests[3].fate, Fate::Passed(400_000), "a token later");
}

#[test]
fn taps_play_in_real_time_and_other_stories_as_fast_as_one_can_follow() {
    let run = with(&[(TRAFFIC, TAPS)]);
    assert_eq!(run.pace(), 100, "a tenth of a second is a tenth of a second");
    assert_eq!(preset(0).pace(), 500, "half a second of silence");
    assert_eq!(preset(1).pace(), 100, "what is faster cannot be seen");
    let mut run = preset(2);
    while run.step() {
        assert!((100..=700).contains(&run.pace()), "{}", run.narration());
    }
    assert_eq!(lint::with::<TokenBucket>(1, &[(TRAFFIC, 7)]).pace(), 700, "nobody waits for a year");
}

#[test]
fn a_figure_that_plays_takes_taps_without_stopping() {
    let (state, _) = decode(TokenBucket::manifest(), "preset=overload&traffic=taps");
    let mut player = Player::new(History::open(Entry::of::<TokenBucket>(), state).0);
    player.play(false);
    for frame in 0..600 {
        player.tick(16.0, false);
        if frame % 10 == 9 {
            player.act(TAP, false);
        }
    }
    // 9.6 seconds of frames: 60 taps, and as many ticks of a tenth of a second as fit.
    assert!(player.playing());
    let history = player.history();
    assert!((155..=158).contains(&history.at()), "{}", history.at());
    let text = encode(history.manifest(), &history.state());
    let (state, problems) = decode(history.manifest(), &text);
    assert_eq!((state, problems.len()), (history.state(), 0), "{text}");
    assert!(text.len() < 900, "{} letters: {text}", text.len());
    let again = History::open(Entry::of::<TokenBucket>(), history.state()).0;
    assert_eq!(again.model().narration(), history.model().narration());
}

#[test]
fn a_run_takes_a_hundred_taps_and_says_when_it_takes_no_more() {
    let (mut history, _) = History::open(Entry::of::<TokenBucket>(), State::of_preset(TokenBucket::manifest(), 1));
    for _ in 0..100 {
        assert_eq!(history.act(REQUEST), Ok(false));
    }
    let refusal = history.act(REQUEST).expect_err("a refusal").0;
    assert_eq!(refusal, "A run keeps at most 100 actions: reset to start again.");
}

#[test]
fn own_requests_do_not_count_for_the_question() {
    let mut run = preset(0);
    while run.at < 4_000_000 {
        assert!(run.step());
    }
    assert_eq!(run.act(&REQUEST), Ok(()));
    while run.step() {}
    assert_eq!(run.counted(), (20, 10), "the bucket was full again by then");
    assert_eq!((run.limiter.requests.len(), run.limiter.passed), (21, 11));
}

#[test]
fn a_tap_too_soon_after_another_is_turned_away_by_the_peak_rate() {
    let mut run = with(&[(TRAFFIC, TAPS), (PEAK, 200)]);
    assert!(run.step());
    assert_eq!((run.act(&REQUEST), run.act(&REQUEST)), (Ok(()), Ok(())));
    assert!(run.narration().ends_with("0.05\u{a0}s too early. The peak rate is 20 per second."), "{}", run.narration());
}

#[test]
fn another_action_is_refused() {
    let mut run = preset(0);
    let refused = lint::refusal(&mut run, Action { kind: TAP + 1, mark: Some(3) });
    assert_eq!(refused, "There is nothing else to do but to send a request.");
}

#[test]
fn the_marks_are_the_parts_and_the_requests_in_sight_the_latest_first() {
    let mut run = preset(1);
    let labels = |run: &TokenBucket| run.marks().into_iter().map(|mark| mark.label).collect::<Vec<String>>();
    assert_eq!(labels(&run), ["the drip", "the bucket", "the gate"]);
    assert!(run.step());
    assert_eq!(run.act(&REQUEST), Ok(()));
    let marks = run.marks();
    assert_eq!(marks[3].label, "your request 11");
    assert_eq!((marks[4].label.as_str(), marks[4].id), ("request 10", REQUEST_BASE + 9));
    assert!(marks[3].x < marks[4].x, "the latest is nearest to the gate");
    let mut waiting = with(&[(EARLY, 1), (RATE, 10), (COST, 5), (BURST, 5)]);
    assert!(waiting.step() && waiting.step());
    let gate = waiting.marks()[2].x;
    let before = waiting.marks().iter().filter(|mark| mark.id >= REQUEST_BASE && mark.x < gate).count();
    assert_eq!(before, 8, "those who wait stand before the gate");
}
