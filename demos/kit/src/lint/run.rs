//! Runs for a demo's tests: of a preset, with settings changed, played to the end, stormed with random inputs.

use super::{digest, shown};
use crate::history::{Entry, History};
use crate::state::{MAX_SEED, State, decode, encode};
use crate::{Action, Demo, Rng, Settings, num, soak};

/// Event 0 of a preset, by its index.
pub fn preset<D: Demo>(idx: usize) -> D {
    let manifest = D::manifest();
    D::new(&Settings::of_preset(manifest, idx), manifest.presets[idx].seed)
}

/// Event 0 of a preset with some settings changed, each given by its index; the seed is 42.
pub fn with<D: Demo>(preset: usize, changes: &[(usize, i64)]) -> D {
    D::new(&settings::<D>(preset, changes), 42)
}

/// The settings of a preset with some changed.
pub fn settings<D: Demo>(preset: usize, changes: &[(usize, i64)]) -> Settings {
    let mut settings = Settings::of_preset(D::manifest(), preset);
    for (param, value) in changes {
        settings.set(*param, *value);
    }
    settings
}

/// The run at its end.
pub fn at_end<D: Demo>(mut run: D) -> D {
    while run.step() {}
    run
}

/// Every event of every preset, each with a name: what any gallery of pictures begins with.
pub fn events<D: Demo + Clone>() -> Vec<(String, D)> {
    let mut runs = Vec::new();
    for (idx, known) in D::manifest().presets.iter().enumerate() {
        let mut run: D = preset(idx);
        for event in 0.. {
            runs.push((format!("{}, event {event}", known.name), run.clone()));
            if !run.step() {
                break;
            }
        }
    }
    runs
}

/// The reason of a refusal, which changes nothing.
pub fn refusal<D: Demo>(run: &mut D, action: Action) -> String {
    let before = digest(run);
    let refusal = run.act(&action).expect_err("a refusal");
    assert_eq!(digest(run), before, "refused {action:?}, but changed");
    refusal.0
}

/// Plays settings to their end: the invariants hold after each event, every narration is short, and the first three events
/// show and say what they must. Returns the number of events.
pub fn to_its_end<D: Demo>(settings: &Settings, seed: u32) -> u32 {
    let mut run = D::new(settings, seed);
    let mut event = 0;
    loop {
        let at = format!("{settings:?}, seed {seed}, event {event}");
        assert_eq!(run.check(), Ok(()), "{at}");
        assert!((1..=140).contains(&run.narration().chars().count()), "{at}: {}", run.narration());
        if event < 3 {
            shown(D::manifest(), &run, &at);
        }
        if !run.step() {
            return event;
        }
        event += 1;
    }
}

/// Event 0 tells no theory, no difference and no formula: they would answer the question.
pub fn answers_nothing_at_event_0<D: Demo>() {
    for (idx, story) in D::manifest().presets.iter().enumerate() {
        for meter in preset::<D>(idx).meters() {
            assert_eq!((&*meter.theory, &*meter.difference), (num::NONE, num::NONE), "{}", story.name);
            assert_eq!(meter.formula.trim(), "", "{}: a formula answers the question", story.name);
        }
    }
}

/// A hundred thousand random inputs, some of them absurd: no panic, no broken rule, and the state survives its string.
pub fn storm<D: Demo>() {
    let manifest = D::manifest();
    let mut rng = Rng::stream(3, 1);
    for nth in 0..20 {
        let state = State::of_preset(manifest, nth % manifest.presets.len());
        let (mut history, _) = History::open(Entry::of::<D>(), state);
        for _ in 0..5_000 {
            soak::input(&mut history, &mut rng);
            assert_eq!(history.fault(), None);
        }
        let text = encode(manifest, &history.state());
        let (state, problems) = decode(manifest, &text);
        assert_eq!((state, problems.len()), (history.state(), 0), "{text}");
    }
}

/// Every state survives its string, and any string is answered with a state that does.
pub fn codec<D: Demo>() {
    let manifest = D::manifest();
    let mut rng = Rng::stream(5, 1);
    for _ in 0..400 {
        let mut state = State::of_preset(manifest, rng.below(manifest.presets.len() as u64) as usize);
        for (idx, param) in manifest.params.iter().enumerate() {
            if rng.below(2) == 0 {
                state.settings.set(idx, param.kind.at(rng.below(param.kind.len() as u64) as usize));
            }
        }
        (state.seed, state.at) = (rng.below(u64::from(MAX_SEED) + 1) as u32, rng.below(500) as u32);
        let text = encode(manifest, &state);
        let (read, problems) = decode(manifest, &text);
        assert_eq!((read, problems.len()), (state, 0), "{text}");
    }
    let pieces = pieces::<D>();
    for _ in 0..4_000 {
        let text: String = (0..rng.below(14)).map(|_| pieces[rng.below(pieces.len() as u64) as usize]).collect();
        let (state, _) = decode(manifest, &text);
        let (again, problems) = decode(manifest, &encode(manifest, &state));
        assert_eq!((again, problems.len()), (state, 0), "{text}");
    }
}

/// What strings are made of that are nearly a state.
fn pieces<D: Demo>() -> Vec<&'static str> {
    let manifest = D::manifest();
    let mut pieces = vec![
        "&",
        "&",
        "&",
        "=",
        "=",
        "=",
        "preset",
        "seed",
        "at",
        "do",
        "0",
        "1",
        "7",
        "9999999999",
        "-",
        ".",
        "!",
        "%",
        "%2",
        "%26",
        "%ff",
        "+",
        " ",
        "é",
        "\u{0}",
        "=1",
        "=2&",
        "at=3&",
        "do=2.",
    ];
    pieces.extend(manifest.params.iter().map(|param| param.name));
    pieces.extend(manifest.presets.iter().map(|preset| preset.name));
    pieces.extend(manifest.actions.iter().map(|action| action.name));
    pieces
}
