//! Golden files: what a demo shows and says, kept beside its tests. `BLESS=1` writes them anew.

use std::fs;
use std::path::Path;

use super::picture::svgs;
use super::run::{at_end, preset};
use crate::Demo;

/// Compares a text with a file of the folder, or writes it.
pub fn golden(folder: &str, name: &str, text: &str) {
    let path = Path::new(folder).join(name);
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(folder).expect("the folder of golden files");
        fs::write(&path, text).expect("write the golden file");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == text, "{name} is not as it was; BLESS=1 takes it over");
}

/// The stills of every preset, set-up and outcome.
pub fn stills<D: Demo>(folder: &str) {
    for (idx, story) in D::manifest().presets.iter().enumerate() {
        for (moment, run) in [("set-up", preset::<D>(idx)), ("outcome", at_end(preset::<D>(idx)))] {
            for (panel, svg) in svgs(D::manifest(), &run) {
                golden(folder, &format!("{}.{moment}.{panel}.svg", story.name), &(svg + "\n"));
            }
        }
    }
}

/// The words of every preset: each narration, the scene in words at both ends, the meters at the end.
pub fn stories<D: Demo>(folder: &str) {
    let mut text = String::new();
    for (idx, story) in D::manifest().presets.iter().enumerate() {
        text += &format!("# {}\n{}\n", story.name, story.question);
        let mut run = preset::<D>(idx);
        text += &format!("{}\n", run.narration());
        while run.step() {
            text += &format!("- {}\n", run.narration());
        }
        text += &format!("First: {}\nLast: {}\n", preset::<D>(idx).words(), run.words());
        for meter in run.meters() {
            let row = [meter.name, meter.formula, &meter.measured, &meter.theory, &meter.difference];
            text += &format!("{}\n", row.join(" | "));
        }
        text += "\n";
    }
    golden(folder, "stories.txt", &text);
}
