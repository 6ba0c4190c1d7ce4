//! The sweep is computed in slices, and the slices do not show.

use crate::walk::{MANIFEST, Walk};
use demo_kit::history::Entry;
use demo_kit::sweep::Sweep;
use demo_kit::{History, state};

fn open(text: &str) -> History {
    History::open(Entry::of::<Walk>(), state::decode(&MANIFEST, text).0).0
}

#[test]
fn slices_do_not_show() {
    let history = open("steps=50");
    let mut at_once = Sweep::new(&history).unwrap();
    at_once.want_seeds();
    assert!(!at_once.work(&mut || true));
    let mut sliced = Sweep::new(&history).unwrap();
    let mut slices = 0;
    while sliced.work(&mut || false) {
        slices += 1;
        if slices == 77 {
            sliced.want_seeds();
        }
    }
    assert!(slices > 200 * 50, "asked after each event: {slices}");
    assert_eq!(sliced.progress(), (204, 204));
    assert_eq!(sliced.scene(), at_once.scene());
}

#[test]
fn the_point_of_the_current_value_is_the_run_itself() {
    let mut history = open("stride=4");
    let mut sweep = Sweep::new(&history).unwrap();
    while sweep.work(&mut || true) {}
    history.seek(u32::MAX);
    let outcome = history.model().outcome().unwrap();
    assert_eq!(sweep.value_of(4), Some(outcome));
}

#[test]
fn the_spread_leaves_out_two_of_fifty_on_either_side() {
    let mut sweep = Sweep::new(&open("preset=long")).unwrap();
    sweep.want_seeds();
    assert!(!sweep.work(&mut || true));
    for (idx, stride) in [1, 2, 4, 8].into_iter().enumerate() {
        let outcome = |seed: u32| {
            let mut history = open(&format!("preset=long&stride={stride}&seed={seed}"));
            history.seek(u32::MAX);
            history.model().outcome().unwrap()
        };
        let mut outcomes: Vec<f64> = (1..=50).map(outcome).collect();
        outcomes.sort_by(f64::total_cmp);
        assert_eq!(sweep.spread(idx), Some((outcomes[2], outcomes[47])), "{outcomes:?}");
    }
    assert_eq!(sweep.spread(4), None);
}

#[test]
fn a_click_finds_the_nearest_value() {
    let sweep = Sweep::new(&open("")).unwrap();
    let table =
        [(0, None), (410, Some(1)), (470, Some(1)), (1300, Some(2)), (2300, Some(4)), (3110, Some(8)), (3200, Some(8))];
    for (x, value) in table {
        assert_eq!(sweep.value_at(x), value, "{x}");
    }
}

#[test]
fn it_knows_its_run() {
    let mut history = open("");
    let sweep = Sweep::new(&history).unwrap();
    history.step();
    assert!(sweep.is_of(&history));
    history.set_seed(3);
    assert!(!sweep.is_of(&history));
}
