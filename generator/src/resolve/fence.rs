//! A demo fence against the demo's manifest: every key known, every value of the right type and in its range.
//!
//! Out comes the state string that the demo's module is asked for.

use crate::demos::decimal::Decimal;
use crate::demos::manifest::{Manifest, Param, ParamKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{DemoFence, FenceEntry, FenceValue};
use crate::path::encode;
use crate::source::Span;

/// Keys that every fence may have, besides the demo's parameters.
const COMMON: [&str; 7] = ["preset", "seed", "at", "do", "id", "title", "notice"];

/// The state that the fence asks for, and what is wrong with it. `span` gives places in the page.
pub fn state(
    fence: &DemoFence,
    manifest: &Manifest,
    span: impl Fn(&FenceEntry, Place) -> Span,
) -> (String, Vec<Diagnostic>) {
    let mut found = Vec::new();
    for entry in &fence.entries {
        if let Some(problem) = wrong_key(entry, manifest, &span).or_else(|| wrong_value(entry, manifest, &span)) {
            found.push(problem);
        }
    }
    (if found.is_empty() { encoded(fence, manifest) } else { String::new() }, found)
}

/// Which part of an entry is meant.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    Key,
    Value,
}

fn wrong_key(
    entry: &FenceEntry,
    manifest: &Manifest,
    span: &impl Fn(&FenceEntry, Place) -> Span,
) -> Option<Diagnostic> {
    let params = manifest.params.iter().map(|param| param.name.as_str());
    let known = params.chain(COMMON);
    if known.clone().any(|name| name == entry.key) {
        return None;
    }
    let message = format!("unknown key `{}` for demo `{}`", entry.key, manifest.name);
    let diagnostic =
        Diagnostic::at(Code::BadDemoFence, span(entry, Place::Key), message).did_you_mean(&entry.key, known.clone());
    let diagnostic =
        if diagnostic.hints.is_empty() { diagnostic.hint(format!("the keys are {}", list(known))) } else { diagnostic };
    Some(diagnostic.label("the demo has no such setting"))
}

fn wrong_value(
    entry: &FenceEntry,
    manifest: &Manifest,
    span: &impl Fn(&FenceEntry, Place) -> Span,
) -> Option<Diagnostic> {
    // Where no value stands, the TOML was reported.
    if entry.value_range.is_empty() {
        return None;
    }
    let param = manifest.params.iter().find(|param| param.name == entry.key);
    let expected = match (entry.key.as_str(), param) {
        (_, Some(param)) => expectation(param),
        ("preset", _) => one_of(manifest.presets.iter().map(|it| it.name.as_str())),
        ("seed" | "at", _) => "a whole number from 0 on".to_string(),
        _ => "a text".to_string(),
    };
    let (fits, names): (bool, Vec<&str>) = match (entry.key.as_str(), param, &entry.value) {
        (_, Some(param), value) => (takes(&param.kind, value), choices(&param.kind)),
        ("preset", _, FenceValue::Text(name)) => {
            let names: Vec<&str> = manifest.presets.iter().map(|it| it.name.as_str()).collect();
            (names.contains(&name.as_str()), names)
        }
        ("seed" | "at", _, FenceValue::Integer(number)) => (*number >= 0, Vec::new()),
        ("do", _, FenceValue::Text(_)) => (true, Vec::new()),
        // `parse` has looked at these.
        ("id" | "title" | "notice", _, _) => (true, Vec::new()),
        _ => (false, Vec::new()),
    };
    if fits {
        return None;
    }
    let shown = shown(&entry.value);
    let message = match &entry.value {
        FenceValue::Other(kind) => format!("`{}` is {kind}", entry.key),
        _ => format!("`{}` cannot be {shown}", entry.key),
    };
    let diagnostic =
        Diagnostic::at(Code::BadDemoFence, span(entry, Place::Value), message).label(format!("expected {expected}"));
    Some(match &entry.value {
        FenceValue::Text(name) => diagnostic.did_you_mean(name, names),
        _ => diagnostic,
    })
}

fn takes(kind: &ParamKind, value: &FenceValue) -> bool {
    match (kind, value) {
        (ParamKind::Range { min, max, step }, _) => {
            number(value).is_some_and(|it| (*min..=*max).contains(&it) && it.is_stepped(*min, *step))
        }
        (ParamKind::Values { values }, _) => number(value).is_some_and(|it| values.contains(&it)),
        (ParamKind::Choice { options }, FenceValue::Text(it)) => options.iter().any(|option| option.name == *it),
        // The demo itself looks at it when it draws.
        (ParamKind::Text { .. }, FenceValue::Text(_)) => true,
        _ => false,
    }
}

/// The number that stands in a fence.
fn number(value: &FenceValue) -> Option<Decimal> {
    match value {
        FenceValue::Integer(number) => Decimal::whole(*number),
        FenceValue::Fraction(number) => Decimal::try_from(*number).ok(),
        _ => None,
    }
}

fn choices(kind: &ParamKind) -> Vec<&str> {
    match kind {
        ParamKind::Choice { options } => options.iter().map(|option| option.name.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// What a parameter takes, in words.
fn expectation(param: &Param) -> String {
    match &param.kind {
        ParamKind::Range { min, max, step } if *step == Decimal::ONE => {
            format!("a whole number from {min} to {max}")
        }
        ParamKind::Range { min, max, step } if step.is_stepped(Decimal::ZERO, Decimal::ONE) => {
            format!("a whole number from {min} to {max} in steps of {step}")
        }
        ParamKind::Range { min, max, step } => format!("a number from {min} to {max} in steps of {step}"),
        ParamKind::Values { values } => {
            format!("one of {}", values.iter().map(Decimal::to_string).collect::<Vec<_>>().join(", "))
        }
        ParamKind::Choice { options } => one_of(options.iter().map(|it| it.name.as_str())),
        ParamKind::Text { expected, .. } => format!("a text: {expected}"),
    }
}

fn shown(value: &FenceValue) -> String {
    match value {
        FenceValue::Integer(number) => format!("`{number}`"),
        FenceValue::Fraction(number) => format!("`{number}`"),
        FenceValue::Text(text) => format!("{text:?}"),
        FenceValue::Other(kind) => (*kind).to_string(),
    }
}

fn one_of<'a>(names: impl Iterator<Item = &'a str> + Clone) -> String {
    let one = names.clone().count() == 1;
    format!("{}{}", if one { "" } else { "one of " }, list(names))
}

fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// `preset=...&servers=4&seed=42&at=41&do=...`, in the order of the codec.
fn encoded(fence: &DemoFence, manifest: &Manifest) -> String {
    let order = std::iter::once("preset")
        .chain(manifest.params.iter().map(|param| param.name.as_str()))
        .chain(["seed", "at", "do"]);
    let written = |key: &str| fence.entries.iter().find(|entry| entry.key == key);
    let pairs = order.filter_map(written).filter_map(|entry| match &entry.value {
        FenceValue::Integer(_) | FenceValue::Fraction(_) => {
            number(&entry.value).map(|number| format!("{}={number}", entry.key))
        }
        FenceValue::Text(text) => Some(format!("{}={}", entry.key, encode(text))),
        FenceValue::Other(_) => None,
    });
    pairs.collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::{FenceEntry, FenceValue, expectation, number, takes};
    use crate::demos::manifest::{Param, ParamKind};

    fn kind(json: &str) -> ParamKind {
        serde_json::from_str(json).expect("a kind")
    }

    /// What a fence's value is in the state string; `None` if the knob does not take it.
    fn check(kind: &ParamKind, value: FenceValue, expected: Option<&str>) {
        let entry = FenceEntry { key: "rate".into(), key_range: 0..1, value, value_range: 0..1 };
        let written = number(&entry.value).map(|it| it.to_string()).filter(|_| takes(kind, &entry.value));
        assert_eq!(written.as_deref(), expected, "{:?}", entry.value);
    }

    #[test]
    fn a_decimal_fraction_reaches_the_demo_as_it_was_written() {
        let rates = kind(r#"{"kind":"values","values":[0,0.1,0.2,1,1000]}"#);
        check(&rates, FenceValue::Fraction(0.1), Some("0.1"));
        check(&rates, FenceValue::Fraction(1000.0), Some("1000"));
        check(&rates, FenceValue::Integer(1), Some("1"));
        check(&rates, FenceValue::Fraction(0.15), None);
        check(&rates, FenceValue::Fraction(f64::NAN), None);
        let steps = kind(r#"{"kind":"range","min":-0.5,"max":2.5,"step":0.1}"#);
        // 0.7 is no multiple of 0.1 in floats.
        check(&steps, FenceValue::Fraction(0.7), Some("0.7"));
        check(&steps, FenceValue::Fraction(-0.5), Some("-0.5"));
        check(&steps, FenceValue::Fraction(0.75), None);
        check(&steps, FenceValue::Integer(3), None);
        check(&steps, FenceValue::Integer(i64::MAX), None);
    }

    #[test]
    fn what_a_knob_takes_is_said_in_words() {
        let said = |kind: ParamKind| {
            let (name, label, unit, default) = ("rate".into(), String::new(), String::new(), String::new());
            expectation(&Param { name, label, kind, default, unit, more: false })
        };
        assert_eq!(said(kind(r#"{"kind":"range","min":0,"max":9}"#)), "a whole number from 0 to 9");
        let steps = said(kind(r#"{"kind":"range","min":0,"max":500,"step":5}"#));
        assert_eq!(steps, "a whole number from 0 to 500 in steps of 5");
        let steps = said(kind(r#"{"kind":"range","min":-0.5,"max":2.5,"step":0.1}"#));
        assert_eq!(steps, "a number from -0.5 to 2.5 in steps of 0.1");
        assert_eq!(said(kind(r#"{"kind":"values","values":[0,0.1]}"#)), "one of 0, 0.1");
    }
}
