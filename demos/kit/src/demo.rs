//! The traits that a demo implements: its model with its pictures, its words, and what it measures.
//!
//! The kit keeps demos as `Box<dyn Demo>`, so that history, frames and the browser part are compiled once.

use crate::{Digest, Manifest, Meter, Scene, Settings, Table};

/// Milliseconds from event to event while a figure plays at speed 1, unless the demo says otherwise.
pub const PACE: u32 = 700;

/// A demo: a deterministic model that tells a story in events, draws itself and describes itself.
///
/// Everything follows from the settings, the seed and the reader's actions; a model knows no clock, no browser and no
/// other source of chance. Floats only by `+ - * /`, `sqrt` and [`crate::math`], so that native and wasm agree to the bit.
pub trait Demo: Words + Measures + CloneDemo + 'static {
    /// What the demo offers: parameters, presets, actions, panels, charts. A `static` of the demo's crate.
    fn manifest() -> &'static Manifest
    where
        Self: Sized;

    /// Event 0 of a preset's story. The settings are within the manifest's ranges; `settings.preset` tells which story to play.
    fn new(settings: &Settings, seed: u32) -> Self
    where
        Self: Sized;

    /// Plays the story's next event. Returns false at its end, with nothing changed. A story ends after at most
    /// [`crate::history::MAX_EVENTS`] events.
    fn step(&mut self) -> bool;

    /// Milliseconds from this event to the next one while the figure plays at speed 1; 100 or more. Readers who asked for
    /// less motion get [`PACE`].
    fn pace(&self) -> u32 {
        PACE
    }

    /// Does what the reader asks, as one event. A refused action leaves the model unchanged. Any mark id may come in.
    fn act(&mut self, action: &Action) -> Result<(), Refusal>;

    /// The settings as they stand now: a story or an action may have changed them since event 0.
    fn settings(&self) -> Settings;

    /// The invariants. An error stops the demo with its message: wrong is worse than stopped.
    fn check(&self) -> Result<(), &'static str>;

    /// Feeds the whole state into a digest, for the comparison of native and wasm.
    fn digest(&self, out: &mut Digest);

    /// Memory that a clone of this model takes, in bytes; the history keeps within 4 MB by it.
    fn bytes(&self) -> usize;

    /// The demo's own panels, one scene each, in the manifest's order. The kit draws the charts.
    fn panels(&self, ctx: &Ctx) -> Vec<Scene>;

    /// What can be selected on the stage: in the order in which the arrow keys walk, group by group.
    fn marks(&self) -> Vec<Mark>;

    /// The mark that a pointer means at a place of a panel, all in tenths of a unit: the nearest within `reach`, unless the
    /// demo knows better, as a map does whose cells have no middle to point at.
    fn mark_at(&self, panel: usize, at: (i32, i32), reach: i32) -> Option<u32> {
        crate::stage::nearest(&self.marks(), panel, at, reach)
    }
}

/// What a demo says.
pub trait Words {
    /// What the last event did: past tense, names and numbers, at most 140 characters. At event 0: the set-up.
    fn narration(&self) -> String;

    /// One or two sentences about a mark, for the pointer and the keyboard. Any id may come in; an unknown one gives "".
    fn explain(&self, mark: u32) -> String;

    /// The state as a table.
    fn table(&self) -> Table;

    /// The scene in words: objective, complete, for those who do not see it.
    fn words(&self) -> String;
}

/// What a demo measures, and what theory says of it.
pub trait Measures {
    /// Measured numbers beside theory, at most four rows, always the same rows.
    fn meters(&self) -> Vec<Meter>;

    /// The chart over time: one value per series of the manifest's `time`, `None` where there is none yet.
    fn sample(&self) -> Vec<Option<f64>>;

    /// The number that the sweep compares, taken at the end of the story.
    fn outcome(&self) -> Option<f64>;

    /// What theory says that [`Measures::outcome`] should be on average, for settings of event 0.
    fn theory(settings: &Settings) -> Option<f64>
    where
        Self: Sized;
}

/// Lets a boxed demo be cloned; every `Demo + Clone` has it.
pub trait CloneDemo {
    /// A boxed copy.
    fn clone_demo(&self) -> Box<dyn Demo>;
}

impl<D: Demo + Clone> CloneDemo for D {
    fn clone_demo(&self) -> Box<dyn Demo> {
        Box::new(self.clone())
    }
}

impl Clone for Box<dyn Demo> {
    fn clone(&self) -> Self {
        (**self).clone_demo()
    }
}

/// How a view is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ctx {
    /// How far the last event's animation is, 0..=256, already eased; 256 is at rest.
    pub phase: i32,
    /// The mark that the reader selected, if it still exists.
    pub selected: Option<u32>,
}

impl Ctx {
    /// A still picture with nothing selected.
    pub const REST: Ctx = Ctx { phase: 256, selected: None };
}

/// A reader's action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Action {
    /// Index into the manifest's `actions`.
    pub kind: usize,
    /// The mark it is meant for, or the number of the place ([`crate::spot`]); always there when the action has a target.
    pub mark: Option<u32>,
}

/// Why an action is not done: a whole sentence for the reader, such as "At most 64 servers fit on the ring."
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

impl From<&str> for Refusal {
    fn from(reason: &str) -> Self {
        Refusal(reason.into())
    }
}

/// Something on a stage panel that can be selected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Stays the same while the thing exists; stands in the URL, so keep it small.
    pub id: u32,
    /// Its group, such as "server" or "key": an action's `target` names one.
    pub group: &'static str,
    /// Index into the manifest's `panels`.
    pub panel: usize,
    /// Where it is, in tenths of a unit, for the pointer.
    pub x: i32,
    /// Where it is, in tenths of a unit, for the pointer.
    pub y: i32,
    /// Its name in a few words, such as "server B".
    pub label: String,
}
