//! The demo's words, golden: every narration of every story, the scene in words at both ends, the marks.

use demo_kit::Demo;
use hash_ring::HashRing;
use hash_ring::manifest::{REPLICAS, SCHEME};

use crate::pictures::golden;
use crate::{at_end, preset, with};

#[test]
fn stories_are_told_as_they_were() {
    let mut text = String::new();
    for (idx, manifest) in HashRing::manifest().presets.iter().enumerate() {
        text += &format!("# {}\n{}\n", manifest.name, manifest.question);
        let mut run = preset(idx);
        text += &format!("{}\n", run.narration());
        while run.step() {
            text += &format!("- {}\n", run.narration());
        }
        text += &format!("First: {}\nLast: {}\n", preset(idx).words(), run.words());
        for meter in run.meters() {
            let row = [meter.name, meter.formula, &meter.measured, &meter.theory, &meter.difference];
            text += &format!("{}\n", row.join(" | "));
        }
        text += "\n";
    }
    golden("stories.txt", &text);
}

#[test]
fn marks_explain_themselves_under_every_scheme() {
    let mut text = String::new();
    for scheme in 0..5 {
        let run = at_end(with(&[(SCHEME, scheme), (REPLICAS, 3)]));
        let marks = run.marks();
        for group in ["server", "key"] {
            let mark = marks.iter().find(|mark| mark.group == group).expect("a mark");
            text += &format!("{}: {}\n", mark.label, run.explain(mark.id));
        }
    }
    golden("marks.txt", &text);
}

#[test]
fn the_table_adds_up() {
    let table = at_end(preset(0)).table();
    let number = |row: &Vec<String>, column: usize| row[column].parse::<usize>().expect("a number");
    let sum = |column: usize| table.rows.iter().map(|row| number(row, column)).sum::<usize>();
    assert_eq!(table.rows.len(), 5);
    assert_eq!(sum(3), 240);
    assert_eq!(sum(4), sum(5), "what some lose others get");
    assert_eq!(table.rows[4][5], table.rows[4][3], "the newcomer got all it has");
}
