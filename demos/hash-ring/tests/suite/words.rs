//! The demo's words beyond its stories: the marks, golden, and the table.

use demo_kit::lint::{at_end, golden};
use demo_kit::{Demo, Words};
use hash_ring::manifest::{REPLICAS, SCHEME};

use crate::{preset, with};

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
    golden(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/stills"), "marks.txt", &text);
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
