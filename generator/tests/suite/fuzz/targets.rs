//! The targets, by the names that `cargo xtask fuzz` knows.

use demo_kit::state::{decode, encode};
use demo_kit::{ActionKind, Choice, Manifest, Param, Preset};

use super::requests::Client;
use super::run::run;
use super::sound::with;
use super::{data, grammar, requests};

#[test]
fn pages() {
    run("pages", grammar::page, |text| with("page.md", text));
}

#[test]
fn front_matter() {
    run("front_matter", data::page_with_front_matter, |text| with("page.md", text));
}

#[test]
fn fences() {
    run("fences", grammar::fences, |text| with("page.md", text));
}

#[test]
fn config() {
    run("config", data::config, |text| with("book.toml", text));
}

#[test]
fn summary() {
    run("summary", data::summary, |text| with("SUMMARY.md", text));
}

#[test]
fn glossary() {
    run("glossary", data::glossary, |text| with("glossary.toml", text));
}

#[test]
fn requests() {
    let client = Client::new();
    run("requests", requests::request, |text| client.ask(text));
}

/// A string is answered, and what is written is read back without a word.
#[test]
fn state() {
    run("state", data::state, |text| {
        let (state, problems) = decode(&MANIFEST, text);
        if let Some(problem) = problems.iter().find(|it| it.key.is_empty() && it.message.is_empty()) {
            return Err(format!("{problem:?} says nothing"));
        }
        let written = encode(&MANIFEST, &state);
        match decode(&MANIFEST, &written) {
            (again, problems) if again == state && problems.is_empty() => Ok(()),
            (again, problems) => Err(format!("{state:?} is written as `{written}`, read as {again:?}: {problems:?}")),
        }
    });
}

/// A manifest with every kind of knob and action.
static MANIFEST: Manifest = Manifest {
    name: "walk",
    title: "A walk",
    version: 1,
    params: &[
        Param::range("steps", "steps", "", 0..=500, 20).step(5),
        Param::values("stride", "stride", "", &[1, 2, 4, 8], 1),
        Param::choice("coin", "coin", COINS, 0).more(),
        Param::range("wind", "wind", "", -5..=25, 0).decimals(1).more(),
        Param::values("pause", "pause", "", &[0, 1, 25, 100], 100).decimals(2).more(),
    ],
    presets: &[
        Preset {
            name: "fair",
            label: "Fair",
            settings: &[("steps", "20")],
            seed: 7,
            question: "?",
            choices: &["a", "b", "c"],
            answer: 0,
            explanation: ".",
        },
        Preset {
            name: "long",
            label: "Long",
            settings: &[("steps", "500"), ("coin", "bent")],
            seed: 1,
            question: "?",
            choices: &["a", "b", "c"],
            answer: 0,
            explanation: ".",
        },
    ],
    actions: &[
        ActionKind { name: "push", label: "Push", key: "p", target: "", often: true },
        ActionKind { name: "raise", label: "Raise", key: "r", target: "post", often: false },
    ],
    panels: &[],
    time: None,
    sweep: None,
    limits: &[],
};

const COINS: &[Choice] = &[Choice { name: "fair", label: "fair" }, Choice { name: "bent", label: "bent" }];
