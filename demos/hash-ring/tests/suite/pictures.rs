//! Golden stills of every story, set-up and outcome, and what must hold of any picture. `BLESS=1` writes them anew.

use std::fs;
use std::path::Path;

use demo_kit::svg::{frames, write};
use demo_kit::{Ctx, Demo, Item, Scene, Shape, lint};
use hash_ring::HashRing;
use hash_ring::manifest::{KEY_BASE, KEYS, POINTS, REPLICAS, SCHEME, SERVERS};

use crate::{at_end, preset, with};

/// Compares with a file under `tests/stills`, or writes it.
pub fn golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stills").join(name);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, text).expect("write the golden file");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == text, "{name} is not as it was; BLESS=1 takes it over");
}

fn svgs(run: &HashRing) -> Vec<(&'static str, String)> {
    let scenes = run.panels(&Ctx::REST);
    let frames = frames(HashRing::manifest());
    frames.iter().zip(&scenes).map(|(frame, scene)| (frame.name, write(frame, scene))).collect()
}

#[test]
fn stills_are_as_they_were() {
    for (idx, manifest) in HashRing::manifest().presets.iter().enumerate() {
        for (moment, run) in [("set-up", preset(idx)), ("outcome", at_end(preset(idx)))] {
            for (panel, svg) in svgs(&run) {
                golden(&format!("{}.{moment}.{panel}.svg", manifest.name), &(svg + "\n"));
            }
        }
    }
}

/// Runs at all sizes.
fn gallery() -> Vec<(String, HashRing)> {
    let mut runs: Vec<(String, HashRing)> = Vec::new();
    for idx in 0..5 {
        let mut run = preset(idx);
        runs.push((format!("preset {idx}"), run.clone()));
        while run.step() {
            runs.push((format!("preset {idx}, {}", run.narration()), run.clone()));
        }
    }
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
    let panels = HashRing::manifest().panels;
    let moments = [(256, None), (0, None), (97, Some(1)), (256, Some(KEY_BASE + 7)), (200, Some(99_999))];
    for (name, run) in gallery() {
        for (phase, selected) in moments {
            for (panel, scene) in panels.iter().zip(run.panels(&Ctx { phase, selected })) {
                let at = format!("{name}, {} at {phase}, {selected:?}", panel.name);
                lint::scene(&scene, panel.height, &at);
                is_small(&scene, &at);
                no_texts_collide(&scene, &at);
                only_known_classes(&scene, &at);
            }
        }
    }
}

fn is_small(scene: &Scene, at: &str) {
    assert!(scene.items.len() <= 160, "{at}: {} elements", scene.items.len());
    let is_path = |item: &&Item| matches!(item.shape, Shape::Path(_));
    let paths = scene.items.iter().filter(is_path).count();
    assert!(paths <= 64, "{at}: {paths} paths");
    let is_empty = |item: &Item| matches!(&item.shape, Shape::Path(path) if path.is_empty());
    assert!(!scene.items.iter().any(is_empty), "{at}: an empty path");
}

/// Left, top, right, bottom in tenths.
type Area = (i32, i32, i32, i32);

/// What a text covers: a letter counts as 0.6 em.
fn text_box(item: &Item) -> Option<Area> {
    let Shape::Text { x, y, text } = &item.shape else {
        return None;
    };
    let size = if item.class.contains("big") { 300 } else { 140 };
    let width = text.chars().count() as i32 * size * 6 / 10;
    let left = match item.class.split(' ').next() {
        Some("t-s") => *x,
        Some("t-e") => x - width,
        _ => x - width / 2,
    };
    Some((left, y - size * 7 / 10, left + width, *y))
}

fn no_texts_collide(scene: &Scene, at: &str) {
    let boxed = |item| text_box(item).map(|area| (item, area));
    let boxes: Vec<(&Item, Area)> = scene.items.iter().filter_map(boxed).collect();
    for (idx, (one, a)) in boxes.iter().enumerate() {
        for (other, b) in &boxes[idx + 1..] {
            let (wide, high) = (a.2.min(b.2) - a.0.max(b.0), a.3.min(b.3) - a.1.max(b.1));
            let smaller = ((a.2 - a.0) * (a.3 - a.1)).min((b.2 - b.0) * (b.3 - b.1));
            let overlap = wide.max(0) * high.max(0);
            assert!(overlap * 10 <= smaller, "{at}: {one:?} and {other:?} overlap");
        }
    }
}

fn only_known_classes(scene: &Scene, at: &str) {
    let known = [
        "arc", "axis", "band", "bar", "bed", "big", "bound", "core", "dim", "dots", "ghost", "halo", "mean", "moved",
        "node", "note", "num", "rug", "select", "small", "stripe", "strong", "t", "t-e", "t-s", "tick", "walk",
    ];
    for class in scene.items.iter().flat_map(|item| item.class.split(' ')) {
        assert!(known.contains(&class), "{at}: class `{class}`");
    }
}

#[test]
fn svg_carries_no_style_and_no_id() {
    for idx in 0..5 {
        for (panel, svg) in svgs(&at_end(preset(idx))) {
            for taboo in ["style", " id=", "fill=", "stroke=", "#", "rgb", "url("] {
                assert!(!svg.contains(taboo), "{panel}: {taboo}");
            }
        }
    }
}

/// What is drawn of the keys.
fn keys(scene: &Scene) -> Vec<(&'static str, u8, &Shape)> {
    let starts = |item: &&Item| ["dots", "halo", "core"].iter().any(|class| item.class.starts_with(class));
    scene.items.iter().filter(starts).map(|item| (item.class, item.color, &item.shape)).collect()
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
