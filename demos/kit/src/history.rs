//! A run that can be walked forth and back, exactly.
//!
//! Settings, seed and the reader's actions are the whole truth; any event is reached by replaying from the nearest
//! snapshot. The run is played to its end when it begins, so the number of events is known; what is shown is `at`.
//! Acting in the past drops the future that was, and plays a new one.

use crate::state::{MAX_OPS, MAX_SEED, Op, Problem, State};
use crate::text::join;
use crate::{Action, Demo, Manifest, Refusal, Settings, num};

/// Most events of a run; a story that goes on is cut here.
pub const MAX_EVENTS: u32 = 10_000;
/// Bytes that the snapshots of a run may take together.
const MAX_BYTES: usize = 3 << 20;
/// Events from one snapshot to the next, unless they are too large for that.
const STRIDE: u32 = 64;
/// Lines of the log.
const LOG_LINES: u32 = 200;

/// A demo by its constructors: what is generic about it, so that the rest is compiled once.
#[derive(Clone, Copy)]
pub struct Entry {
    /// What it offers.
    pub manifest: &'static Manifest,
    /// [`Demo::new`].
    pub new: fn(&Settings, u32) -> Box<dyn Demo>,
    /// [`Demo::theory`].
    pub theory: fn(&Settings) -> Option<f64>,
}

impl Entry {
    /// The entry of a demo.
    pub fn of<D: Demo>() -> Entry {
        Entry { manifest: D::manifest(), new: |settings, seed| Box::new(D::new(settings, seed)), theory: D::theory }
    }
}

/// A run and the place in it.
pub struct History {
    entry: Entry,
    settings: Settings,
    seed: u32,
    ops: Vec<Op>,
    at: u32,
    end: u32,
    /// The furthest event shown since the future last changed.
    reached: u32,
    model: Box<dyn Demo>,
    /// What an action would make of the model, while the reader only looks.
    peek: Option<Box<dyn Demo>>,
    snapshots: Vec<(u32, Box<dyn Demo>)>,
    stride: u32,
    /// Per event 0..=end a value per series, NaN for none.
    samples: Vec<f64>,
    fault: Option<Fault>,
}

/// A broken invariant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The event after which it did not hold.
    pub event: u32,
    /// Which one it is.
    pub rule: &'static str,
}

impl History {
    /// Opens a state. Actions and events that the run does not have are dropped and reported.
    pub fn open(entry: Entry, state: State) -> (History, Vec<Problem>) {
        let mut history = History {
            model: (entry.new)(&state.settings, state.seed),
            entry,
            settings: state.settings,
            seed: state.seed,
            ops: state.ops,
            at: 0,
            end: 0,
            reached: 0,
            peek: None,
            snapshots: Vec::new(),
            stride: STRIDE,
            samples: Vec::new(),
            fault: None,
        };
        let mut problems = Vec::new();
        if let Some(message) = history.begin() {
            problems.push(Problem { key: "do".into(), message, expected: "actions that this run allows".into() });
        }
        if state.at > history.end {
            problems.push(Problem {
                key: "at".into(),
                message: "this run has no such event".into(),
                expected: join(&["a number from 0 to ", &num::integer_plain(i64::from(history.end))]),
            });
        } else {
            history.seek(state.at);
        }
        (history, problems)
    }

    /// What the demo offers.
    pub fn manifest(&self) -> &'static Manifest {
        self.entry.manifest
    }

    /// Its constructors.
    pub fn entry(&self) -> Entry {
        self.entry
    }

    /// The model at the event shown, or what an action would make of it, after [`History::peek`].
    pub fn model(&self) -> &dyn Demo {
        &**self.peek.as_ref().unwrap_or(&self.model)
    }

    /// The event shown, 0..=[`History::end`].
    pub fn at(&self) -> u32 {
        self.at
    }

    /// The number of events of this run.
    pub fn end(&self) -> u32 {
        self.end
    }

    /// The seed of this run.
    pub fn seed(&self) -> u32 {
        self.seed
    }

    /// Preset and knobs at event 0.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The broken invariant that ended this run, if one did.
    pub fn fault(&self) -> Option<Fault> {
        self.fault
    }

    /// Where the figure stands, for the codec.
    pub fn state(&self) -> State {
        State { settings: self.settings.clone(), seed: self.seed, at: self.at, ops: self.ops.clone() }
    }

    /// The samples of events 0..=at: per event one value per series, NaN for none.
    pub fn samples(&self) -> &[f64] {
        let width = self.width();
        self.samples.get(..(self.at as usize + 1) * width).unwrap_or(&[])
    }

    /// Bytes that the snapshots take, by what the models say of themselves.
    pub fn snapshot_bytes(&self) -> usize {
        self.snapshots.iter().map(|(_, model)| model.bytes()).sum()
    }

    /// One event on; false at the end.
    pub fn step(&mut self) -> bool {
        let more = self.at < self.end;
        self.seek(self.at + u32::from(more));
        more
    }

    /// One event back; false at the beginning.
    pub fn back(&mut self) -> bool {
        let more = self.at > 0;
        self.seek(self.at - u32::from(more));
        more
    }

    /// Goes to an event; beyond the end means the end.
    pub fn seek(&mut self, event: u32) {
        let event = event.min(self.end);
        self.peek = None;
        if event == self.at + 1 {
            advance(&mut *self.model, &self.ops, event);
        } else if event != self.at {
            self.model = self.model_at(event);
        }
        self.at = event;
        self.reached = self.reached.max(event);
    }

    /// Does what the reader asks as the next event. Says whether that dropped a future that the reader had seen.
    pub fn act(&mut self, action: Action) -> Result<bool, Refusal> {
        self.peek = None;
        let before = self.possible(&action)?;
        self.model.act(&action)?;
        let dropped = self.reached > self.at || self.ops.len() > before;
        self.ops.truncate(before);
        self.at += 1;
        self.ops.push(Op { event: self.at, action });
        self.reached = self.at;
        let at = self.at;
        while self.snapshots.last().is_some_and(|(event, _)| *event >= at) {
            self.snapshots.pop();
        }
        self.samples.truncate(at as usize * self.width());
        self.play_on(self.model.clone());
        Ok(dropped)
    }

    /// Shows what an action would do, without doing it. After a refusal what is shown is what is.
    pub fn peek(&mut self, action: &Action) -> Result<(), Refusal> {
        self.peek = None;
        self.possible(action)?;
        let mut model = self.model.clone();
        model.act(action)?;
        self.peek = Some(model);
        Ok(())
    }

    /// Shows what is again.
    pub fn look_away(&mut self) {
        self.peek = None;
    }

    /// Back to event 0 with one knob changed; the reader's actions are dropped. False when the value is not allowed.
    pub fn set_knob(&mut self, param: usize, value: i64) -> bool {
        let Some(knob) = self.entry.manifest.params.get(param) else {
            return false;
        };
        if knob.kind.allows(value) {
            self.settings.set(param, value);
            self.restart();
        }
        knob.kind.allows(value)
    }

    /// Event 0 of a preset; false when there is none.
    pub fn set_preset(&mut self, preset: usize) -> bool {
        let known = preset < self.entry.manifest.presets.len();
        if known {
            let state = State::of_preset(self.entry.manifest, preset);
            self.settings = state.settings;
            self.seed = state.seed;
            self.restart();
        }
        known
    }

    /// Back to event 0 with another seed.
    pub fn set_seed(&mut self, seed: u32) {
        self.seed = seed.min(MAX_SEED);
        self.restart();
    }

    /// Back to event 0 without the reader's actions.
    pub fn restart(&mut self) {
        self.ops.clear();
        self.begin();
    }

    /// What happened up to the event shown, one line an event, the newest last, at most 200 lines.
    pub fn log(&self) -> Vec<String> {
        let mut event = self.at.saturating_sub(LOG_LINES);
        let mut model = self.model_at(event);
        let mut lines = Vec::new();
        while event < self.at {
            event += 1;
            advance(&mut *model, &self.ops, event);
            lines.push(join(&[&num::integer(i64::from(event)), ". ", &model.narration()]));
        }
        lines
    }

    /// The model as it stands at an event of this run, wherever the run is shown.
    pub fn model_at(&self, event: u32) -> Box<dyn Demo> {
        let (mut at, mut model) = (self.at, &self.model);
        if event < at {
            at = 0;
        }
        for (from, snapshot) in &self.snapshots {
            if *from <= event && *from >= at {
                (at, model) = (*from, snapshot);
            }
        }
        let mut model = model.clone();
        while at < event {
            at += 1;
            advance(&mut *model, &self.ops, at);
        }
        model
    }

    /// How many actions the run has before the next event, when one more can be done there.
    fn possible(&self, action: &Action) -> Result<usize, Refusal> {
        if self.fault.is_some() {
            return Err("The demo has stopped.".into());
        }
        let before = self.ops.iter().take_while(|op| op.event <= self.at).count();
        if before >= MAX_OPS || self.at >= MAX_EVENTS {
            return Err("A run keeps at most 100 actions: reset to start again.".into());
        }
        permitted(self.entry.manifest, &*self.model, action)?;
        Ok(before)
    }

    /// Plays the run from event 0 to its end and shows event 0. Drops actions that it does not allow and says so.
    fn begin(&mut self) -> Option<String> {
        self.at = 0;
        self.reached = 0;
        self.peek = None;
        self.stride = STRIDE;
        self.fault = None;
        self.model = (self.entry.new)(&self.settings, self.seed);
        self.snapshots.clear();
        self.samples.clear();
        let refused = self.play_on(self.model.clone());
        // Without event 0 there is nothing to go back to.
        debug_assert!(self.snapshots.first().is_some_and(|(event, _)| *event == 0));
        refused
    }

    /// Plays `model`, which stands at `at`, to the end of the run; keeps snapshots and samples on the way.
    fn play_on(&mut self, mut model: Box<dyn Demo>) -> Option<String> {
        let mut event = self.at;
        let mut refused = None;
        loop {
            self.keep(event, &*model);
            self.end = event;
            if let Err(rule) = model.check() {
                self.fault = Some(Fault { event, rule });
            }
            if self.fault.is_some() || event >= MAX_EVENTS {
                break;
            }
            match advance_checked(self.entry.manifest, &mut *model, &self.ops, event + 1) {
                Played::Yes => event += 1,
                Played::End => break,
                Played::Refused(Refusal(reason)) => {
                    self.forget_after(event);
                    refused = Some(reason);
                }
            }
        }
        if self.ops.last().is_some_and(|op| op.event > event) {
            self.forget_after(event);
            refused = Some("the run ends before an action's event".into());
        }
        refused
    }

    /// Keeps the samples of an event, and a snapshot where one is due.
    fn keep(&mut self, event: u32, model: &dyn Demo) {
        let width = self.width();
        let mut values = model.sample().into_iter();
        for _ in 0..width {
            self.samples.push(values.next().flatten().unwrap_or(f64::NAN));
        }
        if !event.is_multiple_of(self.stride) {
            return;
        }
        // Too large for so many: half as dense from here on, as often as needed. Event 0 always stays.
        while (self.snapshots.len() + 1).saturating_mul(model.bytes()) > MAX_BYTES && self.stride < MAX_EVENTS {
            self.stride *= 2;
            let stride = self.stride;
            let mut kept = 0;
            for idx in 0..self.snapshots.len() {
                if self.snapshots[idx].0.is_multiple_of(stride) {
                    self.snapshots.swap(kept, idx);
                    kept += 1;
                }
            }
            self.snapshots.truncate(kept);
            if !event.is_multiple_of(stride) {
                return;
            }
        }
        self.snapshots.push((event, model.clone_demo()));
    }

    /// Drops the actions of later events.
    fn forget_after(&mut self, event: u32) {
        while self.ops.last().is_some_and(|op| op.event > event) {
            self.ops.pop();
        }
    }

    fn width(&self) -> usize {
        self.entry.manifest.time.as_ref().map_or(0, |chart| chart.series.len())
    }
}

enum Played {
    Yes,
    End,
    Refused(Refusal),
}

fn op_of(ops: &[Op], event: u32) -> Option<Action> {
    ops.iter().find(|op| op.event == event).map(|op| op.action)
}

/// Event `event` of a run that is known to be possible.
fn advance(model: &mut dyn Demo, ops: &[Op], event: u32) {
    match op_of(ops, event) {
        Some(action) => drop(model.act(&action)),
        None => drop(model.step()),
    }
}

fn advance_checked(manifest: &Manifest, model: &mut dyn Demo, ops: &[Op], event: u32) -> Played {
    match op_of(ops, event) {
        None if model.step() => Played::Yes,
        None => Played::End,
        Some(action) => {
            let done = permitted(manifest, model, &action).and_then(|()| model.act(&action));
            done.map_or_else(Played::Refused, |()| Played::Yes)
        }
    }
}

/// Whether an action's mark is there and of the group that it is meant for, or its place on the panel.
pub fn permitted(manifest: &Manifest, model: &dyn Demo, action: &Action) -> Result<(), Refusal> {
    let Some(kind) = manifest.actions.get(action.kind) else {
        return Err("There is no such action.".into());
    };
    if kind.target.is_empty() {
        return Ok(());
    }
    if let Some(name) = kind.panel() {
        let (x, y) = action.mark.map_or((i32::MAX, 0), crate::spot::place);
        let fits = |panel: &crate::Panel| panel.name == name && x <= 10 * crate::scene::WIDTH && y <= 10 * panel.height;
        return if manifest.panels.iter().any(fits) {
            Ok(())
        } else {
            Err("Choose a place on the stage first.".into())
        };
    }
    let marks = model.marks();
    if marks.iter().any(|mark| Some(mark.id) == action.mark && mark.group == kind.target) {
        return Ok(());
    }
    Err(Refusal(join(&["Select a ", kind.target, " first."])))
}
