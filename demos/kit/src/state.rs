//! The codec of a figure's state: one string for the fence, the URL and the first frame.
//!
//! `preset=add-a-server&servers=4&seed=42&at=41&do=5.add!7.remove.2`: keys in fixed order, only what differs from the
//! preset is written. Any string is answered: what cannot be read is left at its default and reported.

use crate::{Action, Manifest, Settings, num};

/// Most actions of a reader that a run keeps.
pub const MAX_OPS: usize = 30;
/// Largest seed: nine digits.
pub const MAX_SEED: u32 = 999_999_999;

/// Where a figure stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Preset and knobs at event 0.
    pub settings: Settings,
    /// 0..=[`MAX_SEED`].
    pub seed: u32,
    /// The event shown.
    pub at: u32,
    /// The reader's actions, by ascending event, at most [`MAX_OPS`].
    pub ops: Vec<Op>,
}

/// A reader's action in a run: event `event` *is* this action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Op {
    /// 1 or more.
    pub event: u32,
    /// What was done.
    pub action: Action,
}

/// Something in a state string that cannot be done: an error in a fence, a notice in a URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The key it stands under.
    pub key: String,
    /// What is wrong, the found thing first in backticks.
    pub message: String,
    /// What would be right; "" when nothing would.
    pub expected: String,
}

impl State {
    /// Event 0 of a preset.
    pub fn of_preset(manifest: &Manifest, preset: usize) -> State {
        State {
            settings: Settings::of_preset(manifest, preset),
            seed: manifest.presets.get(preset).map_or(0, |preset| preset.seed),
            at: 0,
            ops: Vec::new(),
        }
    }
}

/// Reads a state string.
pub fn decode(manifest: &Manifest, text: &str) -> (State, Vec<Problem>) {
    let pairs = pairs(text);
    let mut problems = Vec::new();
    let mut preset = 0;
    // The preset first: it says what the others are when they are not given.
    if let Some((_, value)) = pairs.iter().find(|(key, _)| key == "preset") {
        match manifest
            .presets
            .iter()
            .position(|preset| preset.name == value)
        {
            Some(idx) => preset = idx,
            None => problems.push(Problem {
                key: "preset".into(),
                message: found(value, "is not a preset"),
                expected: one_of(&mut manifest.presets.iter().map(|preset| preset.name)),
            }),
        }
    }
    let mut state = State::of_preset(manifest, preset);
    for (idx, (key, value)) in pairs.iter().enumerate() {
        if pairs[..idx].iter().any(|(before, _)| before == key) {
            problems.push(problem(key, found(key, "is given twice"), "it once"));
        } else if key != "preset" {
            read(manifest, &mut state, key, value, &mut problems);
        }
    }
    (state, problems)
}

/// Writes a state string; `decode` of it gives the same state.
pub fn encode(manifest: &Manifest, state: &State) -> String {
    let plain = State::of_preset(manifest, state.settings.preset);
    let mut out = String::new();
    if let Some(preset) = manifest.presets.get(state.settings.preset) {
        pair(&mut out, "preset", preset.name);
    }
    for (idx, param) in manifest.params.iter().enumerate() {
        let value = state.settings.get(idx);
        if value != plain.settings.get(idx) {
            pair(&mut out, param.name, &param.kind.text(value));
        }
    }
    if state.seed != plain.seed {
        pair(&mut out, "seed", &num::integer_plain(i64::from(state.seed)));
    }
    if state.at > 0 {
        pair(&mut out, "at", &num::integer_plain(i64::from(state.at)));
    }
    if !state.ops.is_empty() {
        pair(&mut out, "do", &write_ops(manifest, &state.ops));
    }
    out
}

fn read(
    manifest: &Manifest,
    state: &mut State,
    key: &str,
    value: &str,
    problems: &mut Vec<Problem>,
) {
    if let Some(idx) = manifest.params.iter().position(|param| param.name == key) {
        let kind = &manifest.params[idx].kind;
        match kind.parse(value) {
            Some(value) => state.settings.set(idx, value),
            None => problems.push(problem(key, refused(kind, value), &kind.expected())),
        }
        return;
    }
    match key {
        "seed" => match bounded(value, MAX_SEED) {
            Some(seed) => state.seed = seed,
            None => {
                let message = found(value, "is not a seed");
                problems.push(problem(key, message, "a whole number of at most 9 digits"));
            }
        },
        "at" => match bounded(value, crate::history::MAX_EVENTS) {
            Some(at) => state.at = at,
            None => {
                let message = found(value, "is not an event");
                problems.push(problem(key, message, "the number of an event"));
            }
        },
        "do" => read_ops(manifest, state, value, problems),
        _ => {
            let names = ["preset"].into_iter();
            let names = names.chain(manifest.params.iter().map(|param| param.name));
            let expected = one_of(&mut names.chain(["seed", "at", "do"]));
            problems.push(problem(
                key,
                found(key, "is not a key of this demo"),
                &expected,
            ));
        }
    }
}

/// Reads the reader's actions up to the first that cannot be: the later ones would mean something else without it.
fn read_ops(manifest: &Manifest, state: &mut State, value: &str, problems: &mut Vec<Problem>) {
    for text in value.split('!') {
        let after = state.ops.last().map_or(0, |op| op.event);
        let full = state.ops.len() == MAX_OPS;
        match read_op(manifest, text).filter(|op| op.event > after && !full) {
            Some(op) => state.ops.push(op),
            None => {
                let expected = "at most 30 of EVENT.ACTION or EVENT.ACTION.MARK, joined by `!`, by ascending event";
                problems.push(problem("do", found(text, "cannot be done here"), expected));
                return;
            }
        }
    }
}

fn read_op(manifest: &Manifest, text: &str) -> Option<Op> {
    let mut parts = text.split('.');
    let event = bounded(parts.next()?, crate::history::MAX_EVENTS)?;
    let name = parts.next()?;
    let kind = manifest
        .actions
        .iter()
        .position(|action| action.name == name)?;
    let mark = match parts.next() {
        Some(mark) => Some(u32::try_from(num::parse(mark)?).ok()?),
        None => None,
    };
    let fits = mark.is_some() != manifest.actions[kind].target.is_empty();
    (fits && parts.next().is_none()).then_some(Op {
        event,
        action: Action { kind, mark },
    })
}

fn write_ops(manifest: &Manifest, ops: &[Op]) -> String {
    let mut out = String::new();
    for op in ops {
        if !out.is_empty() {
            out.push('!');
        }
        out.push_str(&num::integer_plain(i64::from(op.event)));
        out.push('.');
        out.push_str(
            manifest
                .actions
                .get(op.action.kind)
                .map_or("", |action| action.name),
        );
        if let Some(mark) = op.action.mark {
            out.push('.');
            out.push_str(&num::integer_plain(i64::from(mark)));
        }
    }
    out
}

/// Splits at `&` and the first `=`, then undoes percent-encoding; empty pieces are skipped.
fn pairs(text: &str) -> Vec<(String, String)> {
    let pieces = text.split('&').filter(|piece| !piece.is_empty());
    let pair = |piece: &str| {
        let (key, value) = piece.split_once('=').unwrap_or((piece, ""));
        (unescaped(key), unescaped(value))
    };
    pieces.map(pair).collect()
}

fn unescaped(text: &str) -> String {
    if !text.contains('%') {
        return text.into();
    }
    let hex = |byte: Option<&u8>| byte.and_then(|&byte| char::from(byte).to_digit(16));
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut idx = 0;
    while let Some(&byte) = bytes.get(idx) {
        match (byte, hex(bytes.get(idx + 1)), hex(bytes.get(idx + 2))) {
            (b'%', Some(high), Some(low)) => {
                out.push((high << 4 | low) as u8);
                idx += 3;
            }
            _ => {
                out.push(byte);
                idx += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn refused(kind: &crate::Kind, value: &str) -> String {
    match (kind, num::parse(value)) {
        (crate::Kind::Integer { .. }, Some(_)) => found(value, "is out of range"),
        (crate::Kind::Integer { .. }, None) => found(value, "is not a whole number"),
        _ => found(value, "is not one of its values"),
    }
}

fn bounded(text: &str, max: u32) -> Option<u32> {
    num::parse(text)
        .and_then(|value| u32::try_from(value).ok())
        .filter(|&value| value <= max)
}

fn problem(key: &str, message: String, expected: &str) -> Problem {
    Problem {
        key: key.into(),
        message,
        expected: expected.into(),
    }
}

/// "`99` is out of range"; a very long value is cut.
fn found(value: &str, what: &str) -> String {
    let mut out = String::from("`");
    out.extend(value.chars().take(40));
    if value.chars().nth(40).is_some() {
        out.push('…');
    }
    out.push_str("` ");
    out.push_str(what);
    out
}

fn one_of(names: &mut dyn Iterator<Item = &str>) -> String {
    let mut out = String::from("one of ");
    for (idx, name) in names.enumerate() {
        if idx > 0 {
            out.push_str(", ");
        }
        out.push_str(name);
    }
    out
}

fn pair(out: &mut String, key: &str, value: &str) {
    if !out.is_empty() {
        out.push('&');
    }
    out.push_str(key);
    out.push('=');
    out.push_str(value);
}
