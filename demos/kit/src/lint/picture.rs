//! What must hold of any picture: inside its panel, small, drawn with the style sheet's classes, its texts apart.

use std::collections::BTreeSet;
use std::fs;

use super::words;
use crate::{Ctx, Demo, Item, Manifest, Scene, Shape, scene, svg};

/// Most elements of a panel.
const ITEMS: usize = 160;
/// Most paths of a panel.
const PATHS: usize = 64;
/// Where the classes of marks stand.
const MARKS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../templates/css/marks.css");

/// Checks a scene against the height of its panel, in units.
pub fn scene(scene: &Scene, height: i32, at: &str) {
    assert!(!scene.label.is_empty(), "{at}: a scene needs a label");
    words(&scene.label, at);
    let mut keys: Vec<u32> = scene.items.iter().map(|item| item.key).collect();
    keys.sort_unstable();
    assert!(keys.windows(2).all(|pair| pair[0] != pair[1]), "{at}: two items of one key");
    let bounds = (scene::WIDTH * 10, height * 10);
    for item in &scene.items {
        let class = svg::class(item);
        assert!(!class.is_empty() && item.color <= 6, "{at}: class `{class}`");
        for (x, y) in extent(&item.shape, &class) {
            let inside = (0..=bounds.0).contains(&x) && (0..=bounds.1).contains(&y);
            assert!(inside, "{at}: key {} (`{class}`) leaves the panel at {x}, {y}", item.key);
        }
        if let Shape::Text { text, .. } = &item.shape {
            words(text, at);
        }
    }
}

/// Checks every panel of a run at rest, on the way, and with marks selected, among them one that is not there.
pub fn pictures<D: Demo>(run: &D, at: &str) {
    let manifest = D::manifest();
    let classes = classes();
    let marks = run.marks();
    let mark = |nth: usize| marks.get(nth % marks.len().max(1)).map(|mark| mark.id);
    let moments = [(256, None), (0, None), (97, mark(1)), (256, mark(marks.len() / 2)), (200, Some(99_999))];
    for (phase, selected) in moments {
        let scenes = run.panels(&Ctx { phase, selected });
        assert_eq!(scenes.len(), manifest.panels.len(), "{at}: one scene per panel");
        for (panel, drawn) in manifest.panels.iter().zip(&scenes) {
            let at = format!("{at}, {} at {phase}, {selected:?}", panel.name);
            scene(drawn, panel.height, &at);
            is_small(drawn, &at);
            // On their way, things pass each other.
            if phase == 256 {
                no_texts_collide(drawn, &at);
            }
            for class in drawn.items.iter().flat_map(|item| item.class.split(' ')) {
                assert!(classes.contains(class), "{at}: no class `{class}` in the style sheet");
            }
        }
    }
    for (panel, svg) in svgs(manifest, run) {
        for taboo in ["style", " id=", "fill=", "stroke=", "#", "rgb", "url("] {
            assert!(!svg.contains(taboo), "{at}, {panel}: {taboo}");
        }
    }
}

/// The demo's own panels at rest, each by its name, as SVG.
pub fn svgs(manifest: &Manifest, run: &dyn Demo) -> Vec<(&'static str, String)> {
    let scenes = run.panels(&Ctx::REST);
    let frames = svg::frames(manifest);
    frames.iter().zip(&scenes).map(|(frame, scene)| (frame.name, svg::write(frame, scene))).collect()
}

fn is_small(scene: &Scene, at: &str) {
    assert!(scene.items.len() <= ITEMS, "{at}: {} elements", scene.items.len());
    let paths = scene.items.iter().filter(|item| matches!(item.shape, Shape::Path(_))).count();
    assert!(paths <= PATHS, "{at}: {paths} paths");
    let is_empty = |item: &Item| matches!(&item.shape, Shape::Path(path) if path.is_empty());
    assert!(!scene.items.iter().any(is_empty), "{at}: an empty path");
}

/// No two texts cover each other by more than a tenth of the smaller.
pub(super) fn no_texts_collide(scene: &Scene, at: &str) {
    let boxed = |item: &Item| match (&item.shape, extent(&item.shape, &svg::class(item)).as_slice()) {
        (Shape::Text { text, .. }, [start, end]) => Some((text.clone(), *start, *end)),
        _ => None,
    };
    let boxes: Vec<_> = scene.items.iter().filter_map(boxed).collect();
    for (idx, (one, from, to)) in boxes.iter().enumerate() {
        for (other, start, end) in &boxes[idx + 1..] {
            let (wide, high) = (to.0.min(end.0) - from.0.max(start.0), to.1.min(end.1) - from.1.max(start.1));
            let smaller = ((to.0 - from.0) * (to.1 - from.1)).min((end.0 - start.0) * (end.1 - start.1));
            assert!(wide.max(0) * high.max(0) * 10 <= smaller, "{at}: `{one}` and `{other}` overlap");
        }
    }
}

/// Every class that the style sheet of marks knows.
fn classes() -> BTreeSet<String> {
    let css = fs::read_to_string(MARKS).expect("the style sheet of marks");
    let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let names = css.split('.').skip(1).map(|rest| rest.chars().take_while(|c| letter(*c)).collect::<String>());
    names.filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase())).collect()
}

/// Corners of what a shape covers, strokes left out; a letter counts as 0.6 em.
fn extent(shape: &Shape, class: &str) -> Vec<(i32, i32)> {
    match shape {
        Shape::Circle { x, y, r } => vec![(x - r, y - r), (x + r, y + r)],
        Shape::Rect { x, y, w, h } => vec![(*x, *y), (x + w, y + h)],
        Shape::Text { x, y, text } => {
            let size = if class.contains("big") { 300 } else { 140 };
            let width = text.chars().count() as i32 * size * 6 / 10;
            let start = match class.split(' ').find(|word| word.starts_with('t')) {
                Some("t-s") => *x,
                Some("t-e") => x - width,
                _ => x - width / 2,
            };
            vec![(start, y - size * 7 / 10), (start + width, *y)]
        }
        Shape::Path(path) => ends(path.data()),
    }
}

/// The end points of a path's commands.
fn ends(data: &str) -> Vec<(i32, i32)> {
    let mut out = Vec::new();
    let starts = data.char_indices().filter(|(_, letter)| letter.is_ascii_alphabetic());
    let starts: Vec<usize> = starts.map(|(idx, _)| idx).chain([data.len()]).collect();
    for command in starts.windows(2).map(|pair| &data[pair[0]..pair[1]]) {
        let spaced = command[1..].replace('-', " -");
        let numbers: Vec<f64> = spaced.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        match (&command[..1], numbers.as_slice()) {
            ("M" | "L", [x, y]) | ("A", [.., x, y]) => out.push(((x * 10.0) as i32, (y * 10.0) as i32)),
            ("h" | "z", _) => {}
            _ => panic!("path command `{command}`"),
        }
    }
    out
}
