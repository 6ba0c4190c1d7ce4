//! What must hold of any picture of the ring, and of its motion.

use demo_kit::{Ctx, Demo, Item, Scene, Shape, lint};
use hash_ring::HashRing;
use hash_ring::manifest::{KEYS, POINTS, REPLICAS, SCHEME, SERVERS};

use crate::{preset, with};

/// Runs at all sizes.
fn gallery() -> Vec<(String, HashRing)> {
    let mut runs = lint::events();
    for servers in [0, 1, 2, 12, 13, 27, 40, 64] {
        for (points, keys) in [(1, 20), (8, 240), (256, 2000)] {
            for scheme in 0..5 {
                let settings = [(SERVERS, servers), (POINTS, points), (KEYS, keys), (SCHEME, scheme), (REPLICAS, 5)];
                let name = format!("{servers} servers, {points} points, scheme {scheme}");
                let mut run = with(&settings);
                runs.push((name.clone(), run.clone()));
                run.step();
                runs.push((name + ", one event on", run));
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

/// What is drawn of the keys.
fn keys(scene: &Scene) -> Vec<(&'static str, u8, &Shape)> {
    let starts = |item: &&Item| ["dots", "halo", "core"].iter().any(|class| item.class.starts_with(class));
    scene.items.iter().filter(starts).map(|item| (item.class, item.color, &item.shape)).collect()
}

#[test]
fn a_picture_is_the_same_whatever_was_drawn_before() {
    // With another hash the keys lie elsewhere.
    let mut run = preset(4);
    for steps in 1.. {
        run.panels(&Ctx::REST);
        if !run.step() {
            break;
        }
        let mut fresh = preset(4);
        assert!((0..steps).all(|_| fresh.step()));
        assert_eq!(run.panels(&Ctx::REST), fresh.panels(&Ctx::REST), "event {steps}");
    }
}

#[test]
fn an_animation_starts_at_the_picture_before() {
    let mut run = preset(0);
    assert!(run.step());
    for event in 2..=8 {
        let before = run.panels(&Ctx::REST);
        assert!(run.step());
        let start = run.panels(&Ctx { phase: 0, selected: None });
        assert_eq!(keys(&before[0]), keys(&start[0]), "event {event}");
        assert_ne!(keys(&before[0]), keys(&run.panels(&Ctx::REST)[0]), "event {event}: nothing moves");
        assert_eq!(before[2], start[2], "event {event}: the strip");
    }
}

#[test]
fn keys_change_hands_one_after_another() {
    let mut run = preset(3);
    assert!(run.step());
    let moved = |phase: i32| {
        let scene = run.panels(&Ctx { phase, selected: None }).remove(0);
        let number = scene.items.iter().find(|item| item.class.contains("big")).expect("the number");
        let Shape::Text { text, .. } = &number.shape else { unreachable!("the number is a text") };
        text.parse::<usize>().expect("a number")
    };
    let counts: Vec<usize> = (0..=256).step_by(16).map(moved).collect();
    assert_eq!((counts[0], counts[16]), (0, run.base.load(1)));
    assert!(counts.is_sorted() && counts[8] > 0 && counts[8] < counts[16], "{counts:?}");
}

/// The ticks on the bars, by their keys.
fn ticks(scene: &Scene) -> Vec<(u32, &Shape)> {
    scene
        .items
        .iter()
        .filter(|item| item.class == "tick" && item.key >= 300)
        .map(|item| (item.key, &item.shape))
        .collect()
}

#[test]
fn predicted_shares_glide_to_where_the_arcs_now_put_them() {
    for idx in [0, 1, 2, 3] {
        let mut run = preset(idx);
        let mut moved = 0;
        for event in 1..=8 {
            let before = run.panels(&Ctx::REST).remove(1);
            if !run.step() {
                break;
            }
            let at = |phase: i32| run.panels(&Ctx { phase, selected: None }).remove(1);
            let (start, middle, end) = (at(0), at(128), at(256));
            // Who joins has a tick from the start, at nothing; rows may be closer then.
            if ticks(&before).len() == ticks(&start).len() {
                assert_eq!(ticks(&before), ticks(&start), "preset {idx}, event {event}");
            }
            moved += usize::from(ticks(&start) != ticks(&middle) && ticks(&middle) != ticks(&end));
        }
        assert!(moved > 2, "preset {idx}: {moved}");
    }
}
