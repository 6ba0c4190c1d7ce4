//! What must hold of any demo, for its tests: [`demo`] plays every preset to its end and panics with the first defect of the
//! manifest, of a scene, of the words, of the rules that the kit relies on. [`crate::suite!`] makes it and the other tests
//! that all demos have; the rest of this module is what their own tests are made of. Not for shipped code.

mod golden;
mod picture;
mod run;
mod suite;

pub use golden::{golden, stills, stories};
pub use picture::{pictures, scene, svgs};
pub use run::{answers_nothing_at_event_0, at_end, codec, events, preset, refusal, settings, storm, to_its_end, with};

use crate::history::{Entry, History, MAX_EVENTS, permitted};
use crate::manifest::{Kind, Manifest, Place};
use crate::state::State;
use crate::sweep::Sweep;
use crate::{Action, Ctx, Demo, Digest, Settings, Text, abi, spot, state, sweep};

/// Checks a demo's manifest and everything it shows and says in every preset, at rest and on the way.
pub fn demo<D: Demo>() {
    let entry = Entry::of::<D>();
    manifest(entry.manifest);
    axis(entry);
    for (idx, preset) in entry.manifest.presets.iter().enumerate() {
        let settings = Settings::of_preset(entry.manifest, idx);
        let mut model = (entry.new)(&settings, preset.seed);
        assert_eq!(model.settings(), settings, "{}: settings at event 0", preset.name);
        for event in 0.. {
            let at = format!("{}, event {event}", preset.name);
            shown(entry.manifest, &*model, &at);
            refusals(entry.manifest, &*model, &at);
            assert!(event <= MAX_EVENTS, "{at}: the story has no end");
            if !model.step() {
                break;
            }
        }
        let end = digest(&*model);
        assert!(!model.step() && digest(&*model) == end, "{}: the end is not the end", preset.name);
    }
}

/// Checks that a demo compiled for this machine is the demo that pages ship: the same frame for every event of every preset,
/// the same outcome, the same digest after so many random inputs. `frame` and `soak` ask the shipped module.
pub fn shipped<D: Demo>(
    events: u32,
    frame: impl Fn(&str, bool) -> String + Sync,
    soak: impl Fn(&str, u32) -> u64 + Sync,
) {
    // Interpreting a module takes long: a thread for each preset.
    std::thread::scope(|scope| {
        for preset in D::manifest().presets {
            scope.spawn(|| shipped_preset::<D>(preset.name, events, &frame, &soak));
        }
    });
}

fn shipped_preset<D: Demo>(
    name: &str,
    events: u32,
    frame: &impl Fn(&str, bool) -> String,
    soak: &impl Fn(&str, u32) -> u64,
) {
    let mut state = ["preset=", name].concat();
    assert_eq!(abi::frame_json::<D>(&state, true), frame(&state, true), "{state}: outcome");
    assert_eq!(abi::soak::<D>(&state, events), soak(&state, events), "{state}: {events} random inputs");
    for event in 0..=MAX_EVENTS {
        let native = abi::frame_json::<D>(&state, false);
        assert_eq!(native, frame(&state, false), "{state}");
        state = format!("preset={name}&at={}", event + 1);
        if native.contains("\"problems\":[{") {
            break;
        }
    }
}

/// Checks a manifest alone.
pub fn manifest(manifest: &Manifest) {
    assert!(plain(manifest.name) && !manifest.title.is_empty(), "name or title");
    let visible = manifest.params.iter().filter(|param| !param.more).count();
    assert!(visible <= 3, "{visible} knobs are visible: at most three");
    let reserved = ["preset", "seed", "at", "do"];
    unique(manifest.params.iter().map(|param| param.name), &reserved);
    for param in manifest.params {
        assert!(param.kind.allows(param.default), "{}: default is not allowed", param.name);
        assert!((1..=1 << 20).contains(&param.kind.len()), "{}: too many values", param.name);
        assert!(param.decimals <= 6, "{}: too many decimals", param.name);
        if let Kind::Choice(options) = param.kind {
            unique(options.iter().map(|option| option.name), &[]);
        }
        if let Kind::Text(rule) = param.kind {
            typed(manifest, param.name, rule);
        }
    }
    assert!((2..=5).contains(&manifest.presets.len()), "two to five presets");
    unique(manifest.presets.iter().map(|preset| preset.name), &[]);
    for preset in manifest.presets {
        for (name, value) in preset.settings {
            let param = manifest.params.iter().find(|param| param.name == *name);
            let param = param.unwrap_or_else(|| panic!("{}: no parameter {name}", preset.name));
            assert!(param.parse(value).is_some(), "{}: {name} = {value}", preset.name);
        }
        assert!(preset.seed <= state::MAX_SEED, "{}: seed", preset.name);
        assert!(preset.question.ends_with('?'), "{}: a question ends with ?", preset.name);
        assert!((3..=4).contains(&preset.choices.len()), "{}: three or four answers", preset.name);
        assert!(preset.answer < preset.choices.len(), "{}: which answer is right?", preset.name);
        assert!(!preset.explanation.is_empty(), "{}: explanation", preset.name);
    }
    unique(manifest.actions.iter().map(|action| action.name), &[]);
    for action in manifest.actions {
        let known = action.panel().is_none_or(|name| manifest.panels.iter().any(|panel| panel.name == name));
        assert!(known, "{}: no panel for its places", action.name);
    }
    let taken = ["", " ", ".", ",", "?", "Enter", "Escape", "Home", "End", "Tab"];
    for action in manifest.actions {
        assert!(!action.often || action.target.is_empty(), "{}: done often, and needs a mark", action.name);
    }
    for key in manifest.actions.iter().map(|action| action.key).filter(|key| !key.is_empty()) {
        let free = !taken.contains(&key) && !key.starts_with("Arrow");
        assert!(free && !key.starts_with(|first: char| first.is_ascii_digit()), "key {key} is taken");
    }
    unique(manifest.panels.iter().map(|panel| panel.name), &["time", "sweep"]);
    let stages = manifest.panels.iter().filter(|panel| panel.place == Place::Stage).count();
    assert!((1..=2).contains(&stages), "one or two stage panels");
    if let Some(sweep) = &manifest.sweep {
        assert!(manifest.params.iter().any(|param| param.name == sweep.param), "sweep's parameter");
    }
}

/// The ends of the sweep's axis have their numbers, and no two numbers meet.
fn axis(entry: Entry) {
    let Some(sweep) = Sweep::new(&History::open(entry, State::of_preset(entry.manifest, 0)).0) else { return };
    let drawn = sweep.scene();
    scene(&drawn, sweep::HEIGHT, "the sweep");
    picture::no_texts_collide(&drawn, "the sweep");
    for key in [100, 99 + sweep.points() as u32] {
        assert!(drawn.items.iter().any(|item| item.key == key), "the sweep: an end of its axis has no number");
    }
}

/// Samples are as they are kept, what should be refused is refused with a reason, and what a text sets can be set.
fn typed(manifest: &Manifest, name: &str, rule: &Text) {
    for sample in rule.samples {
        assert_eq!((rule.read)(sample).as_deref(), Ok(*sample), "{name}: a sample is not as it is kept");
    }
    assert!(!rule.refused.is_empty(), "{name}: a text that is refused");
    for text in rule.refused {
        assert!((rule.read)(text).is_err_and(|reason| !reason.is_empty()), "{name}: `{text}` is taken");
    }
    if let Some((param, value)) = rule.sets {
        assert!(manifest.params[param].kind.allows(value), "{name}: sets what cannot be");
    }
}

fn shown(manifest: &Manifest, model: &dyn Demo, at: &str) {
    assert_eq!(model.check(), Ok(()), "{at}");
    let narration = model.narration();
    assert!((1..=140).contains(&narration.chars().count()), "{at}: narration `{narration}`");
    let settings = model.settings();
    assert_eq!(settings.values.len(), manifest.params.len(), "{at}: settings");
    for (param, &value) in manifest.params.iter().zip(&settings.values) {
        assert!(param.kind.allows(value), "{at}: {} = {value}", param.name);
    }
    for text in [&narration, &model.words()] {
        words(text, at);
    }
    let table = model.table();
    assert!(table.rows.iter().all(|row| row.len() == table.head.len()), "{at}: table");
    assert!((1..=4).contains(&model.meters().len()), "{at}: one to four meters");
    let series = manifest.time.as_ref().map_or(0, |chart| chart.series.len());
    assert_eq!(model.sample().len(), series, "{at}: one sample per series");
    let marks = model.marks();
    for mark in &marks {
        let explained = model.explain(mark.id);
        assert!(!explained.is_empty() && !mark.label.is_empty(), "{at}: mark {}", mark.id);
        words(&explained, at);
        assert!(mark.panel < manifest.panels.len(), "{at}: panel of mark {}", mark.id);
    }
    assert_eq!(model.explain(u32::MAX), "", "{at}: explain of an unknown mark");
    let selected = marks.first().map(|mark| mark.id);
    for ctx in [Ctx::REST, Ctx { phase: 0, selected }, Ctx { phase: 100, selected: Some(u32::MAX) }] {
        let scenes = model.panels(&ctx);
        assert_eq!(scenes.len(), manifest.panels.len(), "{at}: one scene per panel");
        for (panel, drawn) in manifest.panels.iter().zip(&scenes) {
            let at = format!("{at}, {} at {}", panel.name, ctx.phase);
            scene(drawn, panel.height, &at);
        }
    }
    assert_eq!(digest(&*model.clone_demo()), digest(model), "{at}: a clone differs");
    assert_eq!(model.clone_demo().panels(&Ctx::REST), model.panels(&Ctx::REST), "{at}: a clone is drawn otherwise");
}

/// Every action on nothing, on the first mark, on a mark that is not there and at some places: no panic, and a refusal changes
/// nothing.
fn refusals(manifest: &Manifest, model: &dyn Demo, at: &str) {
    let first = model.marks().first().map(|mark| mark.id);
    for kind in 0..=manifest.actions.len() {
        let places = [(0, 0), (1600, 1600), (1_601, 9_999)].map(|at| Some(spot::mark(at)));
        for mark in [None, first, Some(u32::MAX)].into_iter().chain(places) {
            let mut other = model.clone_demo();
            let action = Action { kind, mark };
            match other.act(&action) {
                Err(refusal) => {
                    assert!(!refusal.0.is_empty(), "{at}: a refusal without a reason");
                    assert_eq!(digest(&*other), digest(model), "{at}: refused {action:?}, but changed");
                }
                Ok(()) if permitted(manifest, model, &action).is_ok() => {
                    assert_eq!(other.check(), Ok(()), "{at}: after {action:?}");
                }
                Ok(()) => {}
            }
        }
    }
}

fn digest(model: &dyn Demo) -> u64 {
    let mut digest = Digest::default();
    model.digest(&mut digest);
    digest.value()
}

fn words(text: &str, at: &str) {
    for bad in ["NaN", "inf ", "undefined", "null", "  "] {
        assert!(!text.contains(bad), "{at}: `{bad}` in `{text}`");
    }
}

fn plain(name: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !name.is_empty() && name.bytes().all(letter)
}

fn unique<'a>(names: impl Iterator<Item = &'a str>, reserved: &[&'a str]) {
    let mut seen = reserved.to_vec();
    for name in names {
        assert!(plain(name), "`{name}`: lower-case letters, digits and dashes only");
        assert!(!seen.contains(&name), "`{name}` is taken");
        seen.push(name);
    }
}
