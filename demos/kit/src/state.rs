//! The codec of a figure's state: one string for the fence, the URL and the first frame.
//!
//! `preset=add-a-server&servers=4&seed=42&at=41&do=5.add!7.remove.2`: keys in fixed order, only what differs from the
//! preset is written. Any string is answered: what cannot be read is left at its default and reported.

use crate::history::MAX_EVENTS;
use crate::text::{cut, join, part, put, put_integer, put_item};
use crate::{Action, Kind, Manifest, Settings, num};

/// Most actions of a reader that a run keeps.
pub const MAX_OPS: usize = 100;
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
        match manifest.presets.iter().position(|preset| preset.name == value) {
            Some(idx) => preset = idx,
            None => {
                let mut names = String::new();
                for preset in manifest.presets {
                    put_item(&mut names, ", ", preset.name);
                }
                problems.push(problem("preset", value, "is not a preset", join(&["one of ", &names])));
            }
        }
    }
    let mut state = State::of_preset(manifest, preset);
    for (idx, (key, value)) in pairs.iter().enumerate() {
        if pairs[..idx].iter().any(|(before, _)| before == key) {
            problems.push(problem(key, key, "is given twice", "it once".into()));
        } else if key != "preset"
            && let Some(problem) = read(manifest, &mut state, key, value)
        {
            problems.push(problem);
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
            let written = match &param.kind {
                Kind::Text(rule) => (rule.escaped)(rule, value),
                _ => param.written(value),
            };
            pair(&mut out, param.name, &written);
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

fn read(manifest: &Manifest, state: &mut State, key: &str, value: &str) -> Option<Problem> {
    if let Some(idx) = manifest.params.iter().position(|param| param.name == key) {
        let param = &manifest.params[idx];
        if let Kind::Text(rule) = param.kind {
            return match (rule.number)(rule, value) {
                Ok(number) => {
                    state.settings.set(idx, number);
                    None
                }
                Err(message) => Some(Problem { key: key.into(), message, expected: param.expected() }),
            };
        }
        let Some(value) = param.parse(value) else {
            let what = match (&param.kind, num::parse_decimal(value, param.decimals)) {
                (Kind::Range { .. }, Some(_)) => "is out of range",
                (Kind::Range { .. }, None) if param.decimals == 0 => "is not a whole number",
                (Kind::Range { .. }, None) => "is not one of its numbers",
                _ => "is not one of its values",
            };
            return Some(problem(key, value, what, param.expected()));
        };
        state.settings.set(idx, value);
        return None;
    }
    match key {
        "seed" => match bounded(value, MAX_SEED) {
            Some(seed) => state.seed = seed,
            None => {
                return Some(problem(key, value, "is not a seed", "a whole number of at most 9 digits".into()));
            }
        },
        "at" => match bounded(value, MAX_EVENTS) {
            Some(at) => state.at = at,
            None => {
                return Some(problem(key, value, "is not an event", "the number of an event".into()));
            }
        },
        "do" => return read_ops(manifest, state, value),
        _ => {
            let mut names = String::from("one of preset");
            for param in manifest.params {
                put_item(&mut names, ", ", param.name);
            }
            put(&mut names, ", seed, at, do");
            return Some(problem(key, key, "is not a key of this demo", names));
        }
    }
    None
}

/// Reads the reader's actions up to the first that cannot be: the later ones would mean something else without it.
fn read_ops(manifest: &Manifest, state: &mut State, value: &str) -> Option<Problem> {
    let mut rest = Some(value);
    while let Some(ops) = rest {
        let (text, more) = cut(ops, b'!');
        let after = state.ops.last().map_or(0, |op| op.event);
        match read_op(manifest, text) {
            Some(op) if op.event > after && state.ops.len() < MAX_OPS => state.ops.push(op),
            _ => {
                let expected = "at most 100 of EVENT.ACTION or EVENT.ACTION.MARK, joined by `!`, by ascending event";
                return Some(problem("do", text, "cannot be done here", expected.into()));
            }
        }
        rest = more;
    }
    None
}

fn read_op(manifest: &Manifest, text: &str) -> Option<Op> {
    let (event, rest) = cut(text, b'.');
    let (name, mark) = cut(rest?, b'.');
    let event = bounded(event, MAX_EVENTS)?;
    let kind = manifest.actions.iter().position(|action| action.name == name)?;
    let mark = match mark {
        Some(mark) => Some(bounded(mark, u32::MAX)?),
        None => None,
    };
    let fits = mark.is_some() != manifest.actions[kind].target.is_empty();
    fits.then_some(Op { event, action: Action { kind, mark } })
}

fn write_ops(manifest: &Manifest, ops: &[Op]) -> String {
    let mut out = String::new();
    for op in ops {
        put_item(&mut out, "!", &num::integer_plain(i64::from(op.event)));
        put(&mut out, ".");
        put(&mut out, manifest.actions.get(op.action.kind).map_or("", |action| action.name));
        if let Some(mark) = op.action.mark {
            put(&mut out, ".");
            put_integer(&mut out, i64::from(mark));
        }
    }
    out
}

/// Splits at `&` and the first `=`, then undoes percent-encoding, with "+" for a space; empty pieces are skipped.
fn pairs(text: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut rest = Some(text);
    while let Some(pieces) = rest {
        let (piece, more) = cut(pieces, b'&');
        let (key, value) = cut(piece, b'=');
        if !piece.is_empty() {
            pairs.push((unescaped(key), unescaped(value.unwrap_or(""))));
        }
        rest = more;
    }
    pairs
}

/// Undoes percent-encoding; a text that is not UTF-8 then is left as it was.
fn unescaped(text: &str) -> String {
    let bytes = text.as_bytes();
    let hex = |idx: usize| bytes.get(idx).and_then(|&byte| char::from(byte).to_digit(16));
    let mut out = Vec::new();
    let mut idx = 0;
    while let Some(&byte) = bytes.get(idx) {
        idx += 1;
        out.push(match (byte, hex(idx), hex(idx + 1)) {
            (b'%', Some(high), Some(low)) => {
                idx += 2;
                (high << 4 | low) as u8
            }
            (b'+', ..) => b' ',
            _ => byte,
        });
    }
    String::from_utf8(out).unwrap_or_else(|_| text.into())
}

fn bounded(text: &str, max: u32) -> Option<u32> {
    num::parse(text).and_then(|value| u32::try_from(value).ok()).filter(|&value| value <= max)
}

/// "`99` is out of range"; a very long value is cut.
fn problem(key: &str, found: &str, what: &str, expected: String) -> Problem {
    let mut end = found.len().min(40);
    while !found.is_char_boundary(end) {
        end -= 1;
    }
    let rest = if end < found.len() { "…" } else { "" };
    let short = part(found, 0, end);
    Problem { key: key.into(), message: join(&["`", short, rest, "` ", what]), expected }
}

fn pair(out: &mut String, key: &str, value: &str) {
    put_item(out, "&", key);
    put(out, "=");
    put(out, value);
}
