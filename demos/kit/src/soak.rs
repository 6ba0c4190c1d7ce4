//! A soak: thousands of random inputs to a figure, and a digest of all that came of it.
//! The generator's tests run it natively and in the shipped module; both must come to the same number.

use crate::history::{Entry, History};
use crate::rng::Rng;
use crate::{Action, Ctx, Demo, Digest, frame, state, svg};

/// From how many inputs to the next the state and the pictures are taken into the digest.
const EVERY: u32 = 100;

/// Starts from a state string, makes so many random inputs, returns the digest.
pub fn soak(entry: Entry, text: &str, events: u32) -> u64 {
    let (state, _) = state::decode(entry.manifest, text);
    let mut rng = Rng::stream(state.seed, 0x50a6);
    let (mut history, _) = History::open(entry, state);
    let mut digest = Digest::default();
    for nth in 0..events {
        input(&mut history, &mut rng);
        if nth % EVERY == EVERY - 1 || nth == events - 1 {
            take(&history, &mut rng, &mut digest);
        }
    }
    digest.value()
}

/// One random input: mostly steps, as of a reader, and now and then something absurd.
pub fn input(history: &mut History, rng: &mut Rng) {
    match rng.below(100) {
        0..60 => drop(history.step()),
        60..75 => drop(history.back()),
        75..83 => history.seek(rng.below(u64::from(history.end()) + 2) as u32),
        83..95 => act(history, rng),
        95..98 => knob(history, rng),
        98 => history.set_seed(rng.below(1000) as u32),
        _ => drop(history.set_preset(rng.below(6) as usize)),
    }
}

fn act(history: &mut History, rng: &mut Rng) {
    let marks = history.model().marks();
    let mark = match marks.len() {
        // Also a mark that is not there.
        0 => Some(rng.bits() as u32),
        len => Some(marks[rng.below(len as u64) as usize].id),
    };
    let kind = rng.below(history.manifest().actions.len() as u64 + 1) as usize;
    let action = history.manifest().actions.get(kind);
    let target = action.is_some_and(|action| !action.target.is_empty());
    let mark = match action.and_then(crate::ActionKind::panel) {
        // Places of the largest panel there may be, so that some lie beyond this one.
        Some(_) => Some(crate::spot::mark((rng.below(3201) as i32, rng.below(4000) as i32))),
        None => mark,
    };
    drop(history.act(Action { kind, mark: mark.filter(|_| target) }));
}

fn knob(history: &mut History, rng: &mut Rng) {
    let param = rng.below(history.manifest().params.len() as u64 + 1) as usize;
    let Some(knob) = history.manifest().params.get(param) else {
        return;
    };
    let value = match rng.below(10) {
        0 => rng.bits() as i64,
        _ => knob.kind.at(rng.below(knob.kind.len() as u64) as usize),
    };
    history.set_knob(param, value);
}

fn take(history: &History, rng: &mut Rng, digest: &mut Digest) {
    digest.text(&state::encode(history.manifest(), &history.state()));
    digest.u64(u64::from(history.fault().is_some()));
    let model: &dyn Demo = history.model();
    model.digest(digest);
    digest.text(&model.narration());
    let ctx = Ctx { phase: rng.below(257) as i32, selected: model.marks().first().map(|mark| mark.id) };
    let scenes = frame::scenes(history, &ctx, None);
    for (frame, scene) in svg::frames(history.manifest()).iter().zip(&scenes) {
        digest.text(&svg::write(frame, scene));
    }
}
