//! Whether what a demo says of itself can be true. The first contradiction is enough: its author mends one at a time.

use super::decimal::Decimal;
use super::manifest::{Manifest, Param, ParamKind, Place, Preset};

/// The version of the interface that this Cutaway speaks.
const ABI: u32 = 1;
/// More would not fit beside a figure; the rest goes under "More settings".
const MAX_KNOBS: usize = 3;
/// Keys of a demo fence and of a state string that a parameter cannot have.
const RESERVED: [&str; 7] = ["preset", "seed", "at", "do", "id", "title", "notice"];

/// Checks the manifest of the demo in the folder `folder`.
///
/// # Errors
/// A fragment that says what is wrong.
pub fn check(manifest: &Manifest, folder: &str) -> Result<(), String> {
    demand(manifest.abi == ABI, || {
        format!("its interface has version {}, this Cutaway speaks version {ABI}", manifest.abi)
    })?;
    demand(manifest.name == folder, || format!("its manifest says `{}`, its folder says `{folder}`", manifest.name))?;
    demand(!manifest.title.is_empty(), || "it has no title".into())?;
    names("parameter", manifest.params.iter().map(|it| it.name.as_str()))?;
    names("preset", manifest.presets.iter().map(|it| it.name.as_str()))?;
    names("action", manifest.actions.iter().map(|it| it.name.as_str()))?;
    names("panel", manifest.panels.iter().map(|it| it.name.as_str()))?;
    manifest.params.iter().try_for_each(param)?;
    let n_knobs = manifest.params.iter().filter(|it| !it.more).count();
    demand(n_knobs <= MAX_KNOBS, || format!("{n_knobs} parameters without `more`, at most {MAX_KNOBS} have room"))?;
    demand(!manifest.presets.is_empty(), || "it has no preset".into())?;
    manifest.presets.iter().try_for_each(|it| preset(manifest, it))?;
    demand(manifest.panels.iter().any(|it| it.place == Place::Stage), || "it has no panel on the stage".into())?;
    manifest.panels.iter().try_for_each(|panel| {
        demand(panel.width > 0 && panel.height > 0, || format!("panel `{}` has no size", panel.name))
    })
}

fn param(param: &Param) -> Result<(), String> {
    let name = &param.name;
    demand(!RESERVED.contains(&name.as_str()), || format!("a parameter cannot be named `{name}`"))?;
    match &param.kind {
        ParamKind::Range { min, max, step } => {
            demand(min <= max, || format!("parameter `{name}` goes from {min} to {max}"))?;
            demand(*step > Decimal::ZERO, || format!("parameter `{name}` has the step {step}"))?;
        }
        ParamKind::Values { values } => {
            demand(values.is_sorted_by(|a, b| a < b), || format!("the values of parameter `{name}` do not rise"))?;
            demand(!values.is_empty(), || format!("parameter `{name}` has no values"))?;
        }
        ParamKind::Choice { options } => {
            names(&format!("option of `{name}`"), options.iter().map(|it| it.name.as_str()))?;
            demand(!options.is_empty(), || format!("parameter `{name}` has no options"))?;
        }
        ParamKind::Text { expected, .. } => {
            demand(!expected.is_empty(), || format!("parameter `{name}` does not say what it takes"))?;
        }
    }
    demand(takes(&param.kind, &param.default), || {
        format!("parameter `{name}` cannot have its default `{}`", param.default)
    })
}

fn preset(manifest: &Manifest, preset: &Preset) -> Result<(), String> {
    let name = &preset.name;
    for (key, value) in &preset.settings {
        let param = manifest.params.iter().find(|it| it.name == *key);
        let param = param.ok_or_else(|| format!("preset `{name}` sets `{key}`, which is no parameter"))?;
        demand(takes(&param.kind, value), || {
            format!("preset `{name}` sets `{key}` to `{value}`, which it cannot have")
        })?;
    }
    demand(!preset.question.is_empty(), || format!("preset `{name}` asks no question"))?;
    demand(preset.choices.len() >= 2, || format!("preset `{name}` gives fewer than two choices"))?;
    demand(preset.answer < preset.choices.len(), || {
        format!("preset `{name}` has {} choices, and its answer is number {}", preset.choices.len(), preset.answer)
    })
}

/// Whether a parameter of this kind can have this value.
fn takes(kind: &ParamKind, value: &str) -> bool {
    match kind {
        ParamKind::Range { min, max, step } => {
            value.parse::<Decimal>().is_ok_and(|it| (*min..=*max).contains(&it) && it.is_stepped(*min, *step))
        }
        ParamKind::Values { values } => value.parse::<Decimal>().is_ok_and(|it| values.contains(&it)),
        ParamKind::Choice { options } => options.iter().any(|it| it.name == value),
        ParamKind::Text { .. } => true,
    }
}

/// Names are lower-case letters, digits and dashes, and no two are the same: they stand in URLs and attributes.
fn names<'a>(what: &str, names: impl Iterator<Item = &'a str>) -> Result<(), String> {
    let mut seen: Vec<&str> = Vec::new();
    for name in names {
        let plain = name.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-');
        demand(plain && !name.is_empty(), || format!("{what} `{name}`: a name is made of a to z, 0 to 9 and dashes"))?;
        demand(!seen.contains(&name), || format!("two of kind {what} are named `{name}`"))?;
        seen.push(name);
    }
    Ok(())
}

fn demand(holds: bool, otherwise: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(otherwise()) }
}
