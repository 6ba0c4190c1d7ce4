//! A demo set into a page: what its template is given, and the figure without a demo.

use crate::book::{Figure, Live};
use crate::demos::decimal::Decimal;
use crate::demos::frame::Frame;
use crate::demos::manifest::{Action, Manifest, Param, ParamKind, Place};
use crate::render::context::{
    FigureContext, FigureFields, FrameFields, Knob, KnobOption, ManifestFields, PanelFields, PresetFields,
};
use crate::render::escape::escape;

/// What `demo.html` is given.
pub fn context<'a>(
    figure: &'a Figure,
    live: &'a Live,
    notice: &'a str,
    js_url: String,
    wasm_url: String,
) -> FigureContext<'a> {
    let manifest = &live.demo.manifest;
    let frame = &live.frame;
    let knob = |param: &'a Param| knob(param, &figure.id.0, frame);
    FigureContext {
        fig: FigureFields {
            id: &figure.id.0,
            number: format!("Fig. {}", figure.number),
            title: &figure.title,
            notice_html: notice,
            js_url,
            wasm_url,
            state: &frame.state,
        },
        manifest: manifest_fields(manifest, &frame.preset),
        knobs: manifest.params.iter().filter(|param| !param.more).map(knob).collect(),
        more_knobs: manifest.params.iter().filter(|param| param.more).map(knob).collect(),
        actions: manifest.actions.iter().filter(|action| is_press(action) && !action.often).collect(),
        often: manifest.actions.iter().filter(|action| action.often).collect(),
        preset: manifest.presets.iter().find(|preset| preset.name == frame.preset).or(manifest.presets.first()),
        frame: frame_fields(frame, manifest),
        outcome: frame_fields(&live.outcome, manifest),
    }
}

/// Whether an action has a button of its own: it needs no mark, or it takes a place that the reader chooses after the press.
fn is_press(action: &Action) -> bool {
    action.target.is_empty() || action.target.contains('@')
}

/// The figure of a book built with `--no-demos`: its number, title and notice.
pub fn off(figure: &Figure, notice: &str) -> String {
    format!(
        "<figure class=\"demo demo-off\" id=\"{}\"><p class=\"demo-title\"><span class=\"demo-number\">Fig. {}</span> <b>{}</b></p>\
         <figcaption>{notice}</figcaption></figure>",
        escape(&figure.id.0),
        escape(&figure.number),
        escape(&figure.title),
    )
}

fn manifest_fields<'a>(manifest: &'a Manifest, pressed: &str) -> ManifestFields<'a> {
    let preset = |preset: &'a crate::demos::manifest::Preset| PresetFields { preset, pressed: preset.name == pressed };
    ManifestFields {
        name: &manifest.name,
        title: &manifest.title,
        version: manifest.version,
        params: &manifest.params,
        presets: manifest.presets.iter().map(preset).collect(),
        actions: &manifest.actions,
        panels: &manifest.panels,
        keys: &manifest.keys,
        limits: &manifest.limits,
    }
}

fn knob<'a>(param: &'a Param, figure: &str, frame: &'a Frame) -> Knob<'a> {
    let value = frame.settings.get(&param.name).unwrap_or(&param.default);
    let here = value.parse::<Decimal>().ok();
    let number = match &param.kind {
        ParamKind::Range { .. } | ParamKind::Values { .. } => here.map(Decimal::for_readers),
        ParamKind::Choice { .. } | ParamKind::Text { .. } => None,
    };
    let number = number.unwrap_or_else(|| value.clone());
    let index = |place: Option<usize>| place.unwrap_or_default().to_string();
    let places = |n: usize| ["0".to_string(), (n - 1).to_string(), "1".to_string()];
    let (kind, index, [min, max, step], options) = match &param.kind {
        ParamKind::Range { min, max, step } => {
            ("range", value.clone(), [min, max, step].map(|it| it.to_string()), Vec::new())
        }
        ParamKind::Values { values } => {
            ("values", index(values.iter().position(|it| Some(*it) == here)), places(values.len()), Vec::new())
        }
        ParamKind::Choice { options } => {
            let chosen = options.iter().position(|it| it.name == *value).unwrap_or_default();
            let option = |(idx, it): (usize, &'a crate::demos::manifest::Choice)| KnobOption {
                name: &it.name,
                label: &it.label,
                selected: idx == chosen,
            };
            let all = options.iter().enumerate().map(option).collect();
            ("choice", index(Some(chosen)), places(options.len()), all)
        }
        ParamKind::Text { .. } => ("text", index(None), places(1), Vec::new()),
    };
    Knob {
        name: &param.name,
        label: &param.label,
        unit: &param.unit,
        kind,
        id: format!("{figure}-{}", param.name),
        value,
        shown: format!("{number}{}", if param.unit == "percent" { demo_kit::num::PERCENT } else { "" }),
        number,
        index,
        min,
        max,
        step,
        options,
    }
}

fn frame_fields<'a>(frame: &'a Frame, manifest: &'a Manifest) -> FrameFields<'a> {
    let panels = |place: Place| {
        let here = manifest.panels.iter().filter(move |panel| panel.place == place);
        let drawn = here.filter_map(|panel| {
            let picture = frame.panels.iter().find(|picture| picture.name == panel.name)?;
            Some(PanelFields { name: &panel.name, title: &panel.title, svg_html: &picture.svg })
        });
        drawn.collect()
    };
    FrameFields {
        state: &frame.state,
        preset: &frame.preset,
        at: frame.at,
        events: frame.events,
        position: demo_kit::player::position(frame.at, frame.events),
        seed: frame.seed,
        settings: &frame.settings,
        narration: &frame.narration,
        words: &frame.words,
        meters: &frame.meters,
        table: &frame.table,
        log: &frame.log,
        stage: panels(Place::Stage),
        side: panels(Place::Side),
        chart: panels(Place::Chart),
        reveal: panels(Place::Reveal),
    }
}
