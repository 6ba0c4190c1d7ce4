//! What the generator asks a demo for: its manifest, and a frame of a state, as JSON.

use crate::history::{Entry, History};
use crate::json::Json;
use crate::manifest::{Kind, Manifest, Place};
use crate::state::{Problem, State};
use crate::sweep::Sweep;
use crate::text::join;
use crate::{Ctx, Param, Preset, Scene, chart, num, state, svg};

/// The manifest as JSON.
pub fn manifest_json(manifest: &Manifest) -> String {
    let mut json = Json::default();
    json.open("{");
    json.key("abi").integer(1);
    json.members(&[("name", manifest.name), ("title", manifest.title)]);
    json.key("version").integer(i64::from(manifest.version));
    json.key("params").open("[");
    for param in manifest.params {
        write_param(&mut json, param);
    }
    json.close("]");
    json.key("presets").open("[");
    for preset in manifest.presets {
        write_preset(&mut json, preset);
    }
    json.close("]");
    json.key("actions").open("[");
    for action in manifest.actions {
        json.open("{");
        json.members(&[("name", action.name), ("label", action.label)]);
        json.members(&[("key", action.key), ("target", action.target)]);
        json.key("often").boolean(action.often);
        json.close("}");
    }
    json.close("]");
    json.key("panels").open("[");
    for frame in &svg::frames(manifest) {
        json.open("{");
        json.members(&[("name", frame.name), ("title", frame.title), ("place", place(frame.place))]);
        json.key("width").integer(i64::from(crate::scene::WIDTH));
        json.key("height").integer(i64::from(frame.height));
        json.close("}");
    }
    json.close("]");
    json.key("keys").open("[");
    let places = manifest.actions.iter().any(|it| it.panel().is_some());
    for key in KEYS {
        // One entry for each key: a list that names a term twice is no list of terms.
        json.strings(if places && key[0] == ENTER_WITH_TOOLS[0] { ENTER_WITH_TOOLS } else { key });
    }
    for action in manifest.actions {
        if !action.key.is_empty() {
            json.strings(&[action.key, action.label]);
        }
    }
    if places {
        json.strings(&["← → ↑ ↓", "with a tool: move the cross; with Shift ten times as far"]);
    }
    json.close("]");
    json.key("limits").strings(manifest.limits);
    json.close("}");
    json.text()
}

/// The keys of every figure.
const KEYS: &[&[&str]] = &[
    &["Space", "play or pause"],
    &[".", "one event on"],
    &[",", "one event back"],
    &["0", "back to the start"],
    &["1–5", "an experiment"],
    &["← →", "on the stage: the next mark"],
    &["↑ ↓", "on the stage: the nearest mark of another kind"],
    &["Home End", "on the stage: the first or last mark"],
    &["Enter", "on the stage: to what can be done with the mark"],
    &["Esc", "select nothing"],
    &["?", "this list"],
];
const ENTER_WITH_TOOLS: &[&str] =
    &["Enter", "on the stage: to what can be done with the mark; with a tool: act where the cross is"];

/// The frame of a state; with `outcome`, of its end.
pub fn frame_json(entry: Entry, text: &str, outcome: bool) -> String {
    let manifest = entry.manifest;
    let (state, mut problems) = state::decode(manifest, text);
    // The outcome has no event of its own to ask for.
    let state = if outcome { State { at: 0, ..state } } else { state };
    let (mut history, mut more) = History::open(entry, state);
    problems.append(&mut more);
    if let Some(fault) = history.fault() {
        problems.push(Problem {
            key: "preset".into(),
            message: fault_message(fault.event, fault.rule),
            expected: String::new(),
        });
    }
    let mut sweep = None;
    if outcome {
        history.seek(history.end());
        sweep = Sweep::new(&history);
    }
    if let Some(sweep) = &mut sweep {
        sweep.work(&mut || true);
    }
    let mut json = Json::default();
    json.open("{");
    json.key("state").string(&state::encode(manifest, &history.state()));
    json.key("problems").open("[");
    for problem in &problems {
        json.open("{");
        json.members(&[("key", &problem.key), ("message", &problem.message), ("expected", &problem.expected)]);
        json.close("}");
    }
    json.close("]");
    write_position(&mut json, &history);
    json.key("panels").open("[");
    let scenes = scenes(&history, &Ctx::REST, sweep.as_ref());
    for (frame, scene) in svg::frames(manifest).iter().zip(&scenes) {
        json.open("{");
        json.members(&[("name", frame.name), ("svg", &svg::write(frame, scene))]);
        json.key("empty").boolean(frame.place == Place::Reveal && !outcome);
        json.close("}");
    }
    json.close("]");
    write_words(&mut json, &history);
    json.close("}");
    json.text()
}

/// A scene for each of [`svg::frames`]: the demo's own, then the charts.
pub fn scenes(history: &History, ctx: &Ctx, sweep: Option<&Sweep>) -> Vec<Scene> {
    let manifest = history.manifest();
    let mut scenes = history.model().panels(ctx);
    scenes.truncate(manifest.panels.len());
    while scenes.len() < manifest.panels.len() {
        scenes.push(Scene::default());
    }
    if let Some(chart) = &manifest.time {
        scenes.push(chart::time(manifest, chart, history));
    }
    if manifest.sweep.is_some() {
        scenes.push(sweep.map_or_else(Scene::default, Sweep::scene));
    }
    scenes
}

/// What to say when a model broke its own rule.
pub fn fault_message(event: u32, rule: &str) -> String {
    let event = num::integer(i64::from(event));
    join(&["the demo broke one of its own rules at event ", &event, ": ", rule])
}

fn write_position(json: &mut Json, history: &History) {
    let manifest = history.manifest();
    let shown = history.model().settings();
    let preset = manifest.presets.get(history.settings().preset);
    json.key("preset").string(preset.map_or("", |preset| preset.name));
    json.key("at").integer(i64::from(history.at()));
    json.key("events").integer(i64::from(history.end()));
    json.key("seed").integer(i64::from(history.seed()));
    json.key("settings").open("{");
    for (idx, param) in manifest.params.iter().enumerate() {
        json.key(param.name).string(&param.written(shown.get(idx)));
    }
    json.close("}");
}

fn write_words(json: &mut Json, history: &History) {
    let model = history.model();
    json.key("narration").string(&model.narration());
    json.key("words").string(&model.words());
    json.key("meters").open("[");
    for meter in &model.meters() {
        json.open("{");
        json.members(&[("name", meter.name), ("measured", &meter.measured), ("theory", &meter.theory)]);
        json.members(&[("difference", &meter.difference), ("formula", meter.formula)]);
        json.close("}");
    }
    json.close("]");
    let table = model.table();
    json.key("table").open("{");
    json.key("caption").string(&table.caption);
    json.key("head").strings(&table.head);
    json.key("rows").open("[");
    for row in &table.rows {
        json.lines(row);
    }
    json.close("]");
    json.close("}");
    json.key("log").lines(&history.log());
}

fn write_param(json: &mut Json, param: &Param) {
    json.open("{");
    json.members(&[("name", param.name), ("label", param.label), ("unit", param.unit)]);
    json.key("default").string(&param.written(param.default));
    json.key("more").boolean(param.more);
    match &param.kind {
        Kind::Range { min, max, step } => {
            json.members(&[("kind", "range")]);
            json.key("min").number(&param.written(*min));
            json.key("max").number(&param.written(*max));
            json.key("step").number(&param.written(*step));
        }
        Kind::Values(values) => {
            json.members(&[("kind", "values")]);
            json.key("values").open("[");
            for value in *values {
                json.number(&param.written(*value));
            }
            json.close("]");
        }
        Kind::Text(rule) => {
            json.members(&[("kind", "text"), ("expected", rule.expected)]);
            json.key("samples").strings(rule.samples);
            json.key("refused").strings(rule.refused);
        }
        Kind::Choice(options) => {
            json.members(&[("kind", "choice")]);
            json.key("options").open("[");
            for option in *options {
                json.open("{");
                json.members(&[("name", option.name), ("label", option.label)]);
                json.close("}");
            }
            json.close("]");
        }
    }
    json.close("}");
}

fn write_preset(json: &mut Json, preset: &Preset) {
    json.open("{");
    json.members(&[("name", preset.name), ("label", preset.label)]);
    json.key("settings").open("{");
    json.members(preset.settings);
    json.close("}");
    json.key("seed").integer(i64::from(preset.seed));
    json.key("question").string(preset.question);
    json.key("choices").strings(preset.choices);
    json.key("answer").integer(preset.answer as i64);
    json.key("explanation").string(preset.explanation);
    json.close("}");
}

fn place(place: Place) -> &'static str {
    match place {
        Place::Stage => "stage",
        Place::Side => "side",
        Place::Chart => "chart",
        Place::Reveal => "reveal",
    }
}
