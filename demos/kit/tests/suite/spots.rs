//! Actions at a place: as numbers, in the state string, and as a tool in the reader's hand.

use crate::walk::{MANIFEST, Walk};
use demo_kit::history::Entry;
use demo_kit::player::Player;
use demo_kit::{Action, History, spot, state};
use proptest::prelude::{any, prop_assert_eq, proptest};

const PUT: usize = 2;
const SOW: usize = 3;

fn player(text: &str) -> Player {
    let (history, problems) = History::open(Entry::of::<Walk>(), state::decode(&MANIFEST, text).0);
    assert_eq!(problems, []);
    Player::new(history)
}

fn text(player: &Player) -> String {
    state::encode(&MANIFEST, &player.history().state())
}

proptest! {
    #[test]
    fn a_place_survives_its_number(x in 0..3201, y in 0..10_000) {
        prop_assert_eq!(spot::place(spot::mark((x, y))), (x, y));
    }

    #[test]
    fn any_number_is_answered(mark in any::<u32>(), kind in 0_usize..5) {
        let mut player = player("");
        let before = text(&player);
        let mut history = History::open(Entry::of::<Walk>(), player.history().state()).0;
        if history.act(Action { kind, mark: Some(mark) }).is_err() {
            prop_assert_eq!(state::encode(&MANIFEST, &history.state()), before);
        }
        player.select(Some(mark));
        player.take_up(kind);
        player.aim((mark as i32, mark as i32));
        player.use_tool(true);
    }
}

#[test]
fn a_place_beyond_is_moved_to_the_nearest_there_is() {
    assert_eq!(spot::place(spot::mark((-5, 99_999))), (0, 9_999));
    assert_eq!(spot::place(spot::mark((4_000, -1))), (3_200, 0));
}

#[test]
fn an_action_knows_its_handles_and_its_panel() {
    let parts = |kind: usize| (MANIFEST.actions[kind].group(), MANIFEST.actions[kind].panel());
    assert_eq!((parts(0), parts(1)), (("", None), ("post", None)));
    assert_eq!((parts(PUT), parts(SOW)), (("walker", Some("road")), ("", Some("road"))));
}

#[test]
fn a_place_on_the_panel_is_done_and_one_beyond_is_refused() {
    let act = |mark: Option<u32>| player("").history().model().clone_demo().act(&Action { kind: SOW, mark });
    assert!(act(Some(spot::mark((800, 900)))).is_ok());
    let (mut history, _) = History::open(Entry::of::<Walk>(), player("").history().state());
    for mark in [None, Some(spot::mark((800, 1_001))), Some(u32::MAX)] {
        assert_eq!(history.act(Action { kind: SOW, mark }), Err("Choose a place on the stage first.".into()));
    }
    assert_eq!(history.act(Action { kind: SOW, mark: Some(spot::mark((800, 1_000))) }), Ok(false));
    assert_eq!(state::encode(&MANIFEST, &history.state()), "preset=fair&at=1&do=1.sow.8001000");
}

#[test]
fn what_a_tool_would_do_is_shown_and_not_done() {
    let mut player = player("at=5");
    let (before, plain) = (text(&player), player.narration());
    player.take_up(PUT);
    assert_eq!(player.tool(), Some(PUT));
    assert!(player.narration().starts_with("Put it down: choose a place."));
    player.aim((1_700, 300));
    assert!(player.narration().ends_with("it is at 100."), "{}", player.narration());
    assert_eq!(text(&player), before);
    player.look_away();
    assert_eq!(player.narration(), plain);
    player.aim((1_650, 300));
    player.put_down();
    assert_eq!((player.narration(), player.tool(), text(&player)), (plain, None, before));
}

#[test]
fn a_tool_acts_where_it_points_and_one_with_a_handle_is_put_down_then() {
    let mut player = player("");
    player.take_up(PUT);
    // It begins at its handle, the walker.
    assert_eq!(player.cross(), Some((0, (1_600, 700))));
    player.aim_by((32, 0));
    player.aim_by((-160, 5_000));
    assert_eq!(player.cross(), Some((0, (1_472, 1_000))), "no further than the panel goes");
    player.use_tool(true);
    assert_eq!((text(&player).as_str(), player.tool()), ("preset=fair&at=1&do=1.put.14721000", None));
    player.take_up(SOW);
    for _ in 0..2 {
        player.aim((500, 900));
        player.use_tool(true);
    }
    assert_eq!(player.tool(), Some(SOW), "without a handle it stays in the hand");
    assert!(text(&player).ends_with("!2.sow.5000900!3.sow.5000900"));
    player.back();
    assert_eq!(player.history().at(), 2);
}

#[test]
fn a_drag_takes_hold_of_a_handle() {
    let mut player = player("");
    assert_eq!((player.tool_of(9), player.tool_of(1), player.tool_of(77)), (Some(PUT), None, None));
    player.grasp(PUT);
    assert_eq!(player.cross(), None, "what is held needs no cross");
    player.aim((1_800, 100));
    player.use_tool(true);
    assert!(player.narration().ends_with("it is at 200."));
}

#[test]
fn a_refusal_is_said_while_aiming_and_changes_nothing() {
    let mut player = player("");
    player.take_up(SOW);
    player.aim((800, 100));
    assert_eq!(player.narration(), "Nothing grows in the sky.");
    player.use_tool(true);
    assert_eq!((player.narration().as_str(), text(&player).as_str()), ("Nothing grows in the sky.", "preset=fair"));
}

#[test]
fn time_and_another_experiment_end_the_looking() {
    let mut player = player("at=3");
    player.take_up(SOW);
    player.aim((800, 900));
    player.step(true);
    assert!(player.narration().starts_with("After 4 steps"));
    assert_eq!(player.tool(), Some(SOW), "the tool stays in the hand");
    player.aim((800, 900));
    player.set_preset(1);
    assert_eq!((player.tool(), player.history().at()), (None, 0));
}

#[test]
fn what_the_pointer_is_on_is_drawn_as_selected_only_where_panels_are_linked() {
    let mut player = player("");
    player.select(Some(1));
    player.set_hover(Some(2));
    assert_eq!(player.ctx().selected, Some(1));
    player.link_hover();
    assert_eq!(player.ctx().selected, Some(2));
    player.set_hover(None);
    assert_eq!(player.ctx().selected, Some(1));
}
