//! One codec for fence, URL and first frame: it answers any string, and reads what it wrote.

use crate::walk::MANIFEST;
use demo_kit::history::MAX_EVENTS;
use demo_kit::state::{MAX_OPS, Op, State, decode, encode};
use demo_kit::{Action, Settings, num};
use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_assert_eq, proptest};

/// What a string comes to: the canonical string, then one line a problem.
fn check(text: &str, expected: &str) {
    let (state, problems) = decode(&MANIFEST, text);
    let mut found = encode(&MANIFEST, &state);
    for problem in problems {
        found.push_str(&format!("\n{}: {} ({})", problem.key, problem.message, problem.expected));
    }
    assert_eq!(found, expected, "{text}");
}

#[test]
fn only_what_differs_is_written() {
    check("", "preset=fair");
    check("preset=fair&steps=20&seed=7&at=0", "preset=fair");
    check("at=3&seed=8&stride=4&steps=25&preset=fair", "preset=fair&steps=25&stride=4&seed=8&at=3");
    check("preset=long&coin=bent", "preset=long");
    check("preset=long&coin=fair", "preset=long&coin=fair");
    check("do=5.push!7.raise.2", "preset=fair&do=5.push!7.raise.2");
}

#[test]
fn percent_encoding_is_undone() {
    check("do=5%2Epush%217.raise.2&%61t=4", "preset=fair&at=4&do=5.push!7.raise.2");
    check("&&at=%", "preset=fair\nat: `%` is not an event (the number of an event)");
    check(
        "steps=%ff%00",
        "preset=fair\nsteps: `%ff%00` is not a whole number (a whole number from 0 to 500 in steps of 5)",
    );
}

#[test]
fn what_cannot_be_read_stays_at_its_default() {
    check("preset=fare&steps=25", "preset=fair&steps=25\npreset: `fare` is not a preset (one of fair, long)");
    check("steps=505", "preset=fair\nsteps: `505` is out of range (a whole number from 0 to 500 in steps of 5)");
    check("stride=3", "preset=fair\nstride: `3` is not one of its values (one of 1, 2, 4, 8)");
    check("coin=gold", "preset=fair\ncoin: `gold` is not one of its values (one of fair, bent)");
    check("seed=1234567890", "preset=fair\nseed: `1234567890` is not a seed (a whole number of at most 9 digits)");
    check(
        "step=5",
        "preset=fair\nstep: `step` is not a key of this demo (one of preset, steps, stride, coin, sign, wind, pause, seed, at, do)",
    );
    check("at=1&at=2", "preset=fair&at=1\nat: `at` is given twice (it once)");
}

#[test]
fn a_text_is_kept_as_it_was_typed_but_for_what_a_string_cannot_hold() {
    check("sign=no+way", "preset=fair&sign=no+way");
    check("sign=++no%20way%20", "preset=fair&sign=no+way");
    check("sign=50+%25+off+%26+%22more%22", "preset=fair&sign=50+%25+off+%26+%22more%22");
    check("sign=caf%c3%a9", "preset=fair&sign=caf%c3%a9");
    check("sign=1%2b1", "preset=fair&sign=1%2b1");
    check("sign=", "preset=fair");
    check(
        "sign=nineteen+letters+no&coin=bent",
        "preset=fair&coin=bent\nsign: `nineteen letters no` does not fit (at most 18 letters)",
    );
    let read = |text: &str| decode(&MANIFEST, text).0.settings.get(3);
    assert_eq!(read("sign=no+way"), 1, "a sample is its own number");
    assert_eq!(read("sign=two+signs"), read("sign=two%20signs"));
    assert_ne!(read("sign=two+signs"), read("sign=one+sign"));
    assert_eq!(MANIFEST.params[3].written(read("sign=two+signs")), "two signs");
}

#[test]
fn a_decimal_fraction_is_read_and_written_exactly() {
    check("wind=0.3&pause=0.01", "preset=fair&wind=0.3&pause=0.01");
    check("wind=-0.5&pause=0.25", "preset=fair&wind=-0.5&pause=0.25");
    check("wind=2&pause=10", "preset=fair&wind=2&pause=10");
    check("wind=2.0&pause=10.00", "preset=fair&wind=2&pause=10");
    check("wind=-0.0&pause=1.0", "preset=fair");
    let steps = "a number from -0.5 to 2.5 in steps of 0.1";
    check("wind=2.6", &format!("preset=fair\nwind: `2.6` is out of range ({steps})"));
    for text in ["0.25", ".5", "1.", "1e0", "0,5", "--1", "1.-5", "1.0.0"] {
        check(&format!("wind={text}"), &format!("preset=fair\nwind: `{text}` is not one of its numbers ({steps})"));
    }
    check("pause=0.02", "preset=fair\npause: `0.02` is not one of its values (one of 0, 0.01, 0.25, 1, 10)");
    check("steps=5.0", "preset=fair\nsteps: `5.0` is not a whole number (a whole number from 0 to 500 in steps of 5)");
    // Ten times a tenth is one, whatever floats say.
    for tenths in -5..=25 {
        let written = num::decimal_plain(tenths, 1);
        assert_eq!(decode(&MANIFEST, &format!("wind={written}")).0.settings.get(4), tenths, "{written}");
    }
}

#[test]
fn actions_are_read_up_to_the_first_that_cannot_be() {
    let expected = "at most 100 of EVENT.ACTION or EVENT.ACTION.MARK, joined by `!`, by ascending event";
    let bad = [
        ("5.push!5.push", "5.push"),
        ("5.push!4.push", "4.push"),
        ("5.push!6.shove", "6.shove"),
        ("5.push!6.raise", "6.raise"),
        ("5.push!6.push.1", "6.push.1"),
        ("5.push!6.raise.1.1", "6.raise.1.1"),
        ("5.push!6.raise.-1", "6.raise.-1"),
        ("5.push!6.raise.4294967296", "6.raise.4294967296"),
        ("5.push!", ""),
        ("5.push!10001.push", "10001.push"),
    ];
    for (text, wrong) in bad {
        let problem = format!("preset=fair&do=5.push\ndo: `{wrong}` cannot be done here ({expected})");
        check(&format!("do={text}"), &problem);
    }
    let many: Vec<String> = (1..=MAX_OPS + 1).map(|event| format!("{event}.push")).collect();
    let (state, problems) = decode(&MANIFEST, &format!("do={}", many.join("!")));
    assert_eq!((state.ops.len(), problems.len()), (MAX_OPS, 1));
}

fn op() -> impl Strategy<Value = (u32, Action)> {
    let push = Just(Action { kind: 0, mark: None });
    let raise = any::<u32>().prop_map(|mark| Action { kind: 1, mark: Some(mark) });
    (1..100_u32, prop::bool::ANY, push, raise)
        .prop_map(|(gap, raises, push, raise)| (gap, if raises { raise } else { push }))
}

fn state() -> impl Strategy<Value = State> {
    let settings = (0..2_usize, 0..=100_usize, 0..4_usize, 0..2_usize, "[ -~é]{0,18}", 0..=30_usize, 0..5_usize);
    let numbers = (0..=999_999_999_u32, 0..=MAX_EVENTS, prop::collection::vec(op(), 0..=MAX_OPS));
    (settings, numbers).prop_map(|((preset, steps, stride, coin, sign, wind, pause), (seed, at, gaps))| {
        let mut event = 0;
        let ops = gaps.into_iter().map(|(gap, action)| {
            event += gap;
            Op { event, action }
        });
        let value = |param: usize, idx: usize| MANIFEST.params[param].kind.at(idx);
        let sign = MANIFEST.params[3].parse(&sign).expect("a short sign");
        let values = vec![value(0, steps), value(1, stride), value(2, coin), sign, value(4, wind), value(5, pause)];
        State { settings: Settings { preset, values }, seed, at, ops: ops.collect() }
    })
}

proptest! {
    #[test]
    fn reads_what_it_wrote(state in state()) {
        let text = encode(&MANIFEST, &state);
        let (read, problems) = decode(&MANIFEST, &text);
        prop_assert_eq!(&read, &state);
        prop_assert!(problems.is_empty(), "{:?}", problems);
    }

    #[test]
    fn any_string_is_answered(text in any::<String>()) {
        let (state, _) = decode(&MANIFEST, &text);
        prop_assert_eq!(decode(&MANIFEST, &encode(&MANIFEST, &state)), (state, Vec::new()));
    }

    #[test]
    fn any_likely_string_is_answered(text in "((preset|steps|stride|coin|sign|wind|pause|seed|at|do|%6)=[0-9a-z.!%+-]{0,12}&?){0,6}") {
        let (state, _) = decode(&MANIFEST, &text);
        prop_assert_eq!(decode(&MANIFEST, &encode(&MANIFEST, &state)), (state, Vec::new()));
    }
}
