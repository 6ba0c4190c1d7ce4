//! What the generator asks a demo for: its manifest, and a frame of a state, as JSON.

use crate::history::{Entry, History};
use crate::json::Json;
use crate::manifest::{Kind, Manifest, Place};
use crate::sweep::Sweep;
use crate::{Ctx, Scene, chart, num, state, svg};

/// The manifest as JSON.
pub fn manifest_json(manifest: &Manifest) -> String {
    let mut json = Json::default();
    json.object(&mut |json| {
        json.key("abi").integer(1);
        json.key("name").string(manifest.name);
        json.key("title").string(manifest.title);
        json.key("version").integer(i64::from(manifest.version));
        json.key("params").array(&mut |json| {
            for param in manifest.params {
                json.object(&mut |json| write_param(json, param));
            }
        });
        json.key("presets").array(&mut |json| {
            for preset in manifest.presets {
                json.object(&mut |json| write_preset(json, preset));
            }
        });
        json.key("actions").array(&mut |json| {
            for action in manifest.actions {
                json.object(&mut |json| {
                    json.key("name").string(action.name);
                    json.key("label").string(action.label);
                    json.key("key").string(action.key);
                    json.key("target").string(action.target);
                });
            }
        });
        json.key("panels").array(&mut |json| {
            for frame in svg::frames(manifest) {
                json.object(&mut |json| {
                    json.key("name").string(frame.name);
                    json.key("title").string(frame.title);
                    json.key("place").string(place(frame.place));
                    json.key("width").integer(i64::from(crate::scene::WIDTH));
                    json.key("height").integer(i64::from(frame.height));
                });
            }
        });
        json.key("keys").array(&mut |json| {
            for (key, does) in keys(manifest) {
                json.strings(&mut [key, does].into_iter());
            }
        });
        json.key("limits")
            .strings(&mut manifest.limits.iter().copied());
    });
    json.text()
}

/// The keys of the figure: those of every demo, then those of this one's actions.
pub fn keys(manifest: &Manifest) -> Vec<(&'static str, &'static str)> {
    let mut keys = vec![
        ("Space", "play or pause"),
        (".", "one event on"),
        (",", "one event back"),
        ("0", "back to the start"),
        ("1–5", "an experiment"),
        ("← →", "on the stage: the next mark"),
        ("↑ ↓", "on the stage: the nearest mark of another kind"),
        ("Home End", "on the stage: the first or last mark"),
        ("Enter", "on the stage: to what can be done with the mark"),
        ("Esc", "select nothing"),
        ("?", "this list"),
    ];
    let actions = manifest
        .actions
        .iter()
        .filter(|action| !action.key.is_empty());
    keys.extend(actions.map(|action| (action.key, action.label)));
    keys
}

/// The frame of a state; with `outcome`, of its end.
pub fn frame_json(entry: Entry, text: &str, outcome: bool) -> String {
    let (state, mut problems) = state::decode(entry.manifest, text);
    let (mut history, more) = History::open(entry, state);
    problems.extend(more);
    if let Some(fault) = history.fault() {
        problems.push(state::Problem {
            key: "preset".into(),
            message: fault_message(fault.event, fault.rule),
            expected: String::new(),
        });
    }
    if outcome {
        history.seek(history.end());
    }
    let mut sweep = Sweep::new(&history);
    if let Some(sweep) = sweep.as_mut().filter(|_| outcome) {
        sweep.work(&mut || true);
    }
    let scenes = scenes(&history, &Ctx::REST, sweep.as_ref());
    let mut json = Json::default();
    json.object(&mut |json| {
        json.key("state")
            .string(&state::encode(entry.manifest, &history.state()));
        json.key("problems").array(&mut |json| {
            for problem in &problems {
                json.object(&mut |json| {
                    json.key("key").string(&problem.key);
                    json.key("message").string(&problem.message);
                    json.key("expected").string(&problem.expected);
                });
            }
        });
        write_position(json, &history);
        json.key("panels").array(&mut |json| {
            for (frame, scene) in svg::frames(entry.manifest).iter().zip(&scenes) {
                json.object(&mut |json| {
                    json.key("name").string(frame.name);
                    json.key("svg").string(&svg::write(frame, scene));
                    json.key("empty")
                        .boolean(frame.place == Place::Reveal && !outcome);
                });
            }
        });
        write_words(json, &history);
    });
    json.text()
}

/// A scene for each of [`svg::frames`]: the demo's own, then the charts.
pub fn scenes(history: &History, ctx: &Ctx, sweep: Option<&Sweep>) -> Vec<Scene> {
    let manifest = history.manifest();
    let mut scenes = history.model().panels(ctx);
    scenes.resize_with(manifest.panels.len(), Scene::default);
    scenes.extend(manifest.time.iter().map(|time| chart::time(time, history)));
    if manifest.sweep.is_some() {
        scenes.push(sweep.map(Sweep::scene).unwrap_or_default());
    }
    scenes
}

/// What to say when a model broke its own rule.
pub fn fault_message(event: u32, rule: &str) -> String {
    let mut out = String::from("the demo broke one of its own rules at event ");
    out.push_str(&num::integer_plain(i64::from(event)));
    out.push_str(": ");
    out.push_str(rule);
    out
}

fn write_position(json: &mut Json, history: &History) {
    let manifest = history.manifest();
    let shown = history.model().settings();
    let preset = manifest.presets.get(history.settings().preset);
    json.key("preset")
        .string(preset.map_or("", |preset| preset.name));
    json.key("at").integer(i64::from(history.at()));
    json.key("events").integer(i64::from(history.end()));
    json.key("seed").integer(i64::from(history.seed()));
    json.key("settings").object(&mut |json| {
        for (idx, param) in manifest.params.iter().enumerate() {
            json.key(param.name)
                .string(&param.kind.text(shown.get(idx)));
        }
    });
}

fn write_words(json: &mut Json, history: &History) {
    let model = history.model();
    json.key("narration").string(&model.narration());
    json.key("words").string(&model.words());
    json.key("meters").array(&mut |json| {
        for meter in model.meters() {
            json.object(&mut |json| {
                json.key("name").string(meter.name);
                json.key("measured").string(&meter.measured);
                json.key("theory").string(&meter.theory);
                json.key("difference").string(&meter.difference);
                json.key("formula").string(meter.formula);
            });
        }
    });
    let table = model.table();
    json.key("table").object(&mut |json| {
        json.key("caption").string(&table.caption);
        json.key("head").strings(&mut table.head.iter().copied());
        json.key("rows").array(&mut |json| {
            for row in &table.rows {
                json.strings(&mut row.iter().map(String::as_str));
            }
        });
    });
    json.key("log")
        .strings(&mut history.log().iter().map(String::as_str));
}

fn write_param(json: &mut Json, param: &crate::Param) {
    json.key("name").string(param.name);
    json.key("label").string(param.label);
    json.key("unit").string(param.unit);
    json.key("default").string(&param.kind.text(param.default));
    json.key("more").boolean(param.more);
    match &param.kind {
        Kind::Integer { min, max, step } => {
            json.key("kind").string("integer");
            json.key("min").integer(*min);
            json.key("max").integer(*max);
            json.key("step").integer(*step);
        }
        Kind::Values(values) => {
            json.key("kind").string("values");
            json.key("values")
                .array(&mut |json| values.iter().for_each(|&value| json.integer(value)));
        }
        Kind::Choice(options) => {
            json.key("kind").string("choice");
            json.key("options").array(&mut |json| {
                for option in *options {
                    json.object(&mut |json| {
                        json.key("name").string(option.name);
                        json.key("label").string(option.label);
                    });
                }
            });
        }
    }
}

fn write_preset(json: &mut Json, preset: &crate::Preset) {
    json.key("name").string(preset.name);
    json.key("label").string(preset.label);
    json.key("settings").object(&mut |json| {
        for &(name, value) in preset.settings {
            json.key(name).string(value);
        }
    });
    json.key("seed").integer(i64::from(preset.seed));
    json.key("question").string(preset.question);
    json.key("choices")
        .strings(&mut preset.choices.iter().copied());
    json.key("answer").integer(preset.answer as i64);
    json.key("explanation").string(preset.explanation);
}

fn place(place: Place) -> &'static str {
    match place {
        Place::Stage => "stage",
        Place::Side => "side",
        Place::Chart => "chart",
        Place::Reveal => "reveal",
    }
}
