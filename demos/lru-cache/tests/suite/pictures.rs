//! What must hold of any picture of the cache, and of its motion.

use demo_kit::lint::{self, golden};
use demo_kit::{Ctx, Demo, Scene, Shape, Words};
use lru_cache::LruCache;
use lru_cache::manifest::{CAPACITY, POLICY, SEQUENCE, WORKLOAD};
use lru_cache::policy::ALL;

use crate::preset;

/// Runs of all sizes.
fn gallery() -> Vec<(String, LruCache)> {
    let mut runs = lint::events();
    for policy in ALL {
        for capacity in [0, 1, 2, 5, 7, 8, 9, 15, 16, 17, 30, 64] {
            // Keys 1 to 1000, then four letters in each name.
            for (workload, sequence) in [(0, 0), (1, 0), (4, 5)] {
                let changes =
                    [(POLICY, policy.index() as i64), (CAPACITY, capacity), (WORKLOAD, workload), (SEQUENCE, sequence)];
                let mut run: LruCache = lint::with(2, &changes);
                for event in [0, 1, 5, 90, 91] {
                    while run.at < event && run.step() {}
                    runs.push((
                        format!("{policy:?}, {capacity} places, workload {workload}, event {event}"),
                        run.clone(),
                    ));
                }
            }
        }
    }
    let thousand = [
        (CAPACITY, 64),
        (lru_cache::manifest::KEYS, 1000),
        (lru_cache::manifest::SKEW, 0),
        (lru_cache::manifest::REQUESTS, 1000),
    ];
    runs.push(("64 of 1000".into(), lint::at_end(lint::with(2, &thousand))));
    runs
}

#[test]
fn every_picture_is_sound() {
    for (name, run) in gallery() {
        lint::pictures(&run, &name);
    }
}

/// Where a text stands on the stage.
fn place(scene: &Scene, key: u32) -> Option<(i32, i32)> {
    scene.items.iter().find(|item| item.key == key).map(|item| match item.shape {
        Shape::Text { x, y, .. } => (x, y),
        _ => unreachable!("names are texts"),
    })
}

#[test]
fn an_animation_starts_at_the_picture_before() {
    let mut run = preset(4);
    for _ in 0..4 {
        assert!(run.step());
    }
    while run.at < run.tape.len() {
        let before = run.panels(&Ctx::REST).remove(0);
        let kept = run.stage().keys();
        assert!(run.step());
        let start = run.panels(&Ctx { phase: 0, selected: None }).remove(0);
        for key in kept.iter().filter(|key| run.stage().slot(**key).is_some()) {
            let name = 1_000 + u32::from(*key);
            assert_eq!(place(&before, name), place(&start, name), "event {}, key {key}", run.at);
        }
        assert_ne!(start, run.panels(&Ctx::REST).remove(0), "event {}: nothing moves", run.at);
    }
}

#[test]
fn marks_lie_on_what_they_name() {
    let mut run = preset(3);
    while run.step() {
        let scene = run.panels(&Ctx::REST).remove(0);
        let marks = run.marks();
        assert_eq!(marks.iter().filter(|mark| mark.group == "key").count(), run.stage().len());
        for mark in marks.iter().filter(|mark| mark.group == "key") {
            assert_eq!(place(&scene, 1_000 + mark.id), Some((mark.x, mark.y + 50)), "{}", mark.label);
        }
    }
}

#[test]
fn marks_explain_themselves_under_every_policy() {
    let mut text = String::new();
    for policy in ALL {
        let mut run: LruCache = lint::with(4, &[(POLICY, policy.index() as i64)]);
        for _ in 0..9 {
            assert!(run.step());
        }
        for mark in run.marks() {
            text += &format!("{policy:?}, {}: {}\n", mark.label, run.explain(mark.id));
        }
    }
    golden(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/stills"), "marks.txt", &text);
}
