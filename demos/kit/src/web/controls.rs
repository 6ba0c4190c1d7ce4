//! The controls that the page brings, kept in step with the run: transport, knobs, presets, seed.

use super::dom::{self, Node};
use crate::manifest::{Kind, Param};
use crate::num;
use crate::player::Player;
use crate::text::join;

/// Brings every control up to date.
pub fn update(figure: &Node, player: &Player) {
    transport(figure, player);
    let history = player.history();
    let shown = history.model().settings();
    for (idx, param) in history.manifest().params.iter().enumerate() {
        knob(figure, param, shown.get(idx), player.run());
    }
    for (idx, preset) in history.manifest().presets.iter().enumerate() {
        if let Some(button) = dom::named(figure, "data-preset", preset.name) {
            dom::set(&button, "aria-pressed", if idx == history.settings().preset { "true" } else { "false" });
        }
    }
    if let Some(seed) = dom::named(figure, "data-do", "seed") {
        dom::set_value(&seed, &num::integer_plain(i64::from(history.seed())));
    }
}

/// The value that a knob's control stands for while it is moved; a text counts once it is typed.
pub fn knob_value(param: &Param, text: &str) -> Option<i64> {
    match param.kind {
        Kind::Text(_) => None,
        Kind::Values(_) => num::parse(text).map(|idx| param.kind.at(usize::try_from(idx).unwrap_or(0))),
        _ => param.parse(text),
    }
}

fn transport(figure: &Node, player: &Player) {
    let history = player.history();
    let position = player.position();
    if let Some(play) = dom::named(figure, "data-do", "play") {
        dom::set(&play, "aria-label", if player.playing() { "Pause" } else { "Play" });
    }
    if let Some(scrubber) = dom::named(figure, "data-do", "seek") {
        dom::set(&scrubber, "max", &num::integer_plain(i64::from(history.end())));
        dom::set_value(&scrubber, &num::integer_plain(i64::from(history.at())));
        dom::set(&scrubber, "aria-valuetext", &position);
    }
    if let Some(at) = dom::part(figure, "at") {
        dom::text(&at, &position);
    }
}

fn knob(figure: &Node, param: &Param, value: i64, run: u32) {
    if let Some(output) = dom::named(figure, "data-value", param.name) {
        dom::text(&output, &param.shown(value));
    }
    let Some(control) = dom::named(figure, "data-knob", param.name) else {
        return;
    };
    if let Kind::Text(rule) = param.kind {
        return (rule.field.show)(&control, &param.written(value), run);
    }
    let position = match &param.kind {
        Kind::Values(_) => num::integer_plain(param.kind.index(value) as i64),
        _ => param.written(value),
    };
    dom::set_value(&control, &position);
    if !matches!(param.kind, Kind::Choice(_)) {
        let space = if param.unit.is_empty() { "" } else { " " };
        dom::set(&control, "aria-valuetext", &join(&[&param.number(value), space, param.unit]));
    }
}
