//! What a reader can do, what is refused, and what a storm of inputs leaves behind.

use demo_kit::history::{Entry, History};
use demo_kit::state::{State, decode, encode};
use demo_kit::{Action, Ctx, Demo, Rng, Settings, lint, soak};
use hash_ring::HashRing;
use hash_ring::manifest::{ADD, KEY_BASE, KEYS, POINTS, REMOVE, REPLICAS, SCHEME, SERVERS, WEIGHT};
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};

use crate::{at_end, preset, with};

const ADDITION: Action = Action { kind: ADD, mark: None };

fn removal(mark: u32) -> Action {
    Action { kind: REMOVE, mark: Some(mark) }
}

/// The reason of a refusal that changes nothing.
fn refusal(run: &mut HashRing, action: Action) -> String {
    let before = (run.now.clone(), run.base.clone(), run.event.clone());
    let refusal = run.act(&action).expect_err("a refusal");
    assert_eq!((run.now.clone(), run.base.clone(), run.event.clone()), before);
    refusal.0
}

#[test]
fn the_kit_finds_no_defect() {
    lint::demo::<HashRing>();
}

#[test]
fn at_most_64_servers_join() {
    let mut run = with(&[(SERVERS, 63)]);
    assert_eq!(run.act(&ADDITION), Ok(()));
    assert!(run.narration().starts_with("BL joined "));
    assert_eq!(refusal(&mut run, ADDITION), "At most 64 servers fit on the ring.");
    let mut run = with(&[(SERVERS, 64)]);
    assert!(run.step());
    assert_eq!(run.narration(), "At most 64 servers fit on the ring.");
    assert!(!run.step());
}

#[test]
fn only_servers_that_are_there_can_be_removed() {
    let mut run = preset(0);
    let select = "Select a server first: only a server can be removed.";
    assert_eq!(refusal(&mut run, removal(9)), "J is not on the ring.");
    assert_eq!(refusal(&mut run, removal(KEY_BASE + 3)), select);
    assert_eq!(refusal(&mut run, removal(u32::MAX)), select);
    let nothing = refusal(&mut with(&[(SERVERS, 0)]), removal(0));
    assert_eq!(nothing, "There is no server that could leave.");
    assert_eq!(run.act(&removal(2)), Ok(()));
    assert_eq!(run.settings().get(SERVERS), 3);
}

#[test]
fn who_left_comes_back_to_the_same_keys() {
    let mut run = preset(0);
    let before = run.now.clone();
    assert_eq!(run.act(&removal(2)), Ok(()));
    assert_eq!(run.act(&ADDITION), Ok(()));
    assert_eq!(run.now, before);
}

#[test]
fn a_story_goes_on_after_an_action() {
    let mut run = preset(0);
    assert!(run.step() && run.step());
    assert_eq!(run.act(&removal(4)), Ok(()), "the newcomer is thrown out half-way");
    let run = at_end(run);
    let points = run.now.server(4).map(|server| server.points);
    assert_eq!(points, Some(6), "its last six events bring it back");
    let mut run = preset(3);
    assert_eq!(run.act(&removal(1)), Ok(()));
    assert!(run.step());
    assert_eq!(run.narration(), "B is not on the ring.");
    assert_eq!(at_end(run).check(), Ok(()));
}

#[test]
fn the_smallest_and_the_largest_run_to_their_end() {
    // Scheme, weight of A, keys, points.
    let extremes = [(0, 0, 0, 1), (1, 1, 20, 256), (2, 4, 20, 1), (3, 0, 20, 2), (4, 4, 40, 1)];
    for preset in 0..5 {
        for servers in [0, 1, 2, 64] {
            for (scheme, weight, keys, points) in extremes {
                let mut settings = Settings::of_preset(HashRing::manifest(), preset);
                settings.set(SERVERS, servers);
                settings.set(SCHEME, scheme);
                settings.set(WEIGHT, weight);
                settings.set(KEYS, keys);
                settings.set(POINTS, points);
                runs_to_its_end(&settings);
            }
        }
    }
}

fn runs_to_its_end(settings: &Settings) {
    let panels = HashRing::manifest().panels;
    let mut run = HashRing::new(settings, 7);
    let mut event = 0;
    loop {
        assert_eq!(run.check(), Ok(()), "{settings:?}");
        assert!((1..=140).contains(&run.narration().chars().count()), "{}", run.narration());
        if event < 3 {
            for (panel, scene) in panels.iter().zip(run.panels(&Ctx::REST)) {
                lint::scene(&scene, panel.height, &format!("{settings:?}, event {event}, {}", panel.name));
            }
        }
        if !run.step() {
            break;
        }
        event += 1;
    }
    assert!(event > 0, "{settings:?}: a story without an event");
}

#[test]
fn more_copies_than_servers_are_said() {
    let run = with(&[(SERVERS, 2), (REPLICAS, 5)]);
    let key = run.marks().iter().find(|mark| mark.group == "key").expect("a key").id;
    let explained = run.explain(key);
    assert!(explained.ends_with("There are no more servers for more copies."), "{explained}");
    assert!(run.words().contains("fewer servers than copies"));
    assert!(!with(&[(REPLICAS, 4)]).words().contains("fewer servers than copies"));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "runs on one target only")]
fn marks_go_clockwise() {
    let marks = preset(0).marks();
    let turn = |x: i32, y: i32| {
        let (x, y) = (f64::from(x - 1600), f64::from(1600 - y));
        x.atan2(y).rem_euclid(std::f64::consts::TAU)
    };
    for (group, count) in [("server", 4), ("key", 240)] {
        let of_group = marks.iter().filter(|mark| mark.group == group);
        let turns: Vec<f64> = of_group.map(|mark| turn(mark.x, mark.y)).collect();
        assert_eq!(turns.len(), count);
        // Places are rounded to a tenth of a unit.
        assert!(turns.windows(2).all(|pair| pair[0] < pair[1] + 0.002), "{group}");
    }
}

#[test]
fn a_hundred_thousand_inputs_leave_a_sound_model() {
    let mut rng = Rng::stream(3, 1);
    for nth in 0..20 {
        let state = State::of_preset(HashRing::manifest(), nth % 5);
        let (mut history, _) = History::open(Entry::of::<HashRing>(), state);
        for _ in 0..5_000 {
            soak::input(&mut history, &mut rng);
            assert_eq!(history.fault(), None);
        }
        let text = encode(HashRing::manifest(), &history.state());
        let (state, problems) = decode(HashRing::manifest(), &text);
        assert_eq!((state, problems.len()), (history.state(), 0), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn every_state_survives_its_string(
        preset in 0_usize..5,
        knobs in proptest::collection::vec((0_usize..8, any::<u16>()), 0..8),
        seed in 0_u32..1_000_000_000,
        at in 0_u32..500,
    ) {
        let manifest = HashRing::manifest();
        let mut state = State::of_preset(manifest, preset);
        for (param, pick) in knobs {
            let kind = &manifest.params[param].kind;
            state.settings.set(param, kind.at(usize::from(pick) % kind.len()));
        }
        (state.seed, state.at) = (seed, at);
        let (read, problems) = decode(manifest, &encode(manifest, &state));
        prop_assert!(problems.is_empty());
        prop_assert_eq!(read, state);
    }

    #[test]
    fn any_string_is_answered(
        text in ".{0,60}|(preset|servers|points|keys|seed|at|do|hash|slack)=[a-z0-9.!-]{0,12}(&(servers|do|at)=[a-z0-9.!]{0,12}){0,2}",
    ) {
        let manifest = HashRing::manifest();
        let (state, _) = decode(manifest, &text);
        let (again, problems) = decode(manifest, &encode(manifest, &state));
        prop_assert_eq!(again, state);
        prop_assert!(problems.is_empty());
    }
}
