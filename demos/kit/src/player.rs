//! What a figure does in time and in answer to its reader, without a browser: transport, selection, narration.

use crate::demo::PACE;
use crate::stage::{self, Move};
use crate::state::State;
use crate::text::join;
use crate::{Action, Ctx, History, Refusal, num};

mod tool;

/// Milliseconds of an event's animation, at most.
const ANIMATION: f64 = 280.0;
/// Milliseconds that a frame may count for: no catching up after a pause of the page.
const MAX_FRAME: f64 = 100.0;
/// Milliseconds between two announcements while it plays.
const QUIET: f64 = 2000.0;

/// How fast Play plays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Speed {
    /// So many times as fast, > 0.
    Times(f64),
    /// All at once.
    ToTheEnd,
}

impl Speed {
    /// A value of the speed control; anything else is 1.
    pub fn parse(text: &str) -> Speed {
        match text {
            "0.25" => Speed::Times(0.25),
            "0.5" => Speed::Times(0.5),
            "2" => Speed::Times(2.0),
            "4" => Speed::Times(4.0),
            "16" => Speed::Times(16.0),
            "end" => Speed::ToTheEnd,
            _ => Speed::Times(1.0),
        }
    }

    /// How long something takes that takes so many milliseconds at speed 1.
    fn scale(self, pace: u32) -> f64 {
        match self {
            Speed::Times(times) => f64::from(pace) / times,
            Speed::ToTheEnd => 0.0,
        }
    }
}

/// A run, where it is shown, and what the reader looks at.
pub struct Player {
    history: History,
    playing: bool,
    speed: Speed,
    /// Milliseconds since the last event, while playing.
    clock: f64,
    /// Milliseconds that the last event's animation has run, and those it takes; equal at rest.
    animation: (f64, f64),
    /// Milliseconds since the last announcement while playing.
    quiet: f64,
    selected: Option<u32>,
    hover: Option<u32>,
    /// Whether what the pointer is on is drawn as if it were selected.
    linked: bool,
    /// What the reader is about to do at a place.
    tool: Option<tool::Tool>,
    /// Stands in the narration's place until the next event: a refusal, an answer.
    notice: String,
    /// Whether the selection is newer than the last event, so that it is explained.
    explaining: bool,
    /// Goes up whenever anything but the animation changes.
    version: u32,
    /// Goes up whenever the run itself becomes another one.
    run: u32,
}

impl Player {
    /// A paused figure.
    pub fn new(history: History) -> Player {
        Player {
            history,
            playing: false,
            speed: Speed::Times(1.0),
            clock: 0.0,
            animation: (0.0, 0.0),
            quiet: 0.0,
            selected: None,
            hover: None,
            linked: false,
            tool: None,
            notice: String::new(),
            explaining: false,
            version: 0,
            run: 0,
        }
    }

    /// The run.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Whether it plays.
    pub fn playing(&self) -> bool {
        self.playing
    }

    /// The mark that is selected.
    pub fn selected(&self) -> Option<u32> {
        self.selected
    }

    /// Differs from an earlier value when anything but the animation has changed since.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Differs from an earlier value when the run has become another one since.
    pub fn run(&self) -> u32 {
        self.run
    }

    /// How the panels are to be drawn now.
    pub fn ctx(&self) -> Ctx {
        let (done, whole) = self.animation;
        let rest = if done < whole { 1.0 - done / whole } else { 0.0 };
        let eased = 1.0 - rest * rest * rest;
        let selected = if self.linked && self.hover.is_some() { self.hover } else { self.selected };
        Ctx { phase: (eased * 256.0) as i32, selected }
    }

    /// Whether it wants to be ticked.
    pub fn busy(&self) -> bool {
        self.playing || self.animation.0 < self.animation.1
    }

    /// The sentence in the narration's place: what the pointer is on, else a notice, else what was selected, else the event.
    pub fn narration(&self) -> String {
        let model = self.history.model();
        let explained = |mark: Option<u32>| mark.map(|id| model.explain(id)).filter(|text| !text.is_empty());
        if let Some(text) = explained(self.hover) {
            return text;
        }
        if !self.notice.is_empty() {
            return self.notice.clone();
        }
        explained(self.selected.filter(|_| self.explaining)).unwrap_or_else(|| model.narration())
    }

    /// See [`position`].
    pub fn position(&self) -> String {
        position(self.history.at(), self.history.end())
    }

    /// Time passes, in milliseconds. True when an announcement is due.
    pub fn tick(&mut self, dt: f64, reduced: bool) -> bool {
        let dt = if dt > 0.0 { dt.min(MAX_FRAME) } else { 0.0 };
        self.animation.0 = (self.animation.0 + dt).min(self.animation.1);
        if !self.playing {
            return false;
        }
        self.clock += dt;
        self.quiet += dt;
        while self.playing && self.clock >= self.pace(reduced) {
            self.clock -= self.pace(reduced);
            self.event(reduced);
            if self.history.at() == self.history.end() {
                self.pause();
            }
        }
        let due = !self.playing || self.quiet >= QUIET;
        if due {
            self.quiet = 0.0;
        }
        due
    }

    /// Plays, from the start when it is at the end. At speed "to the end" it is there at once.
    pub fn play(&mut self, reduced: bool) {
        if self.history.at() == self.history.end() {
            self.go(0);
        }
        if self.speed == Speed::ToTheEnd {
            return self.seek(self.history.end());
        }
        self.playing = self.history.end() > 0;
        self.clock = 0.0;
        self.quiet = 0.0;
        // The first event at once: a button that seems to do nothing for 700 ms is pressed twice.
        self.event(reduced);
        if self.history.at() == self.history.end() {
            self.playing = false;
        }
    }

    /// Stands still; the last event's animation ends.
    pub fn pause(&mut self) {
        self.playing = false;
        self.version += 1;
    }

    /// Changes the speed; a figure that plays goes on at the new one.
    pub fn set_speed(&mut self, speed: Speed) {
        self.speed = speed;
        if self.playing && speed == Speed::ToTheEnd {
            self.seek(self.history.end());
        }
    }

    /// One event on.
    pub fn step(&mut self, reduced: bool) {
        self.pause();
        if !self.event(reduced) {
            self.say("This is the end of the run. Back to the start with 0.");
        }
    }

    /// One event back, without animation.
    pub fn back(&mut self) {
        if self.history.at() == 0 {
            self.pause();
            return self.say("This is the start of the run.");
        }
        self.seek(self.history.at() - 1);
    }

    /// To an event, without animation.
    pub fn seek(&mut self, event: u32) {
        self.pause();
        self.go(event);
    }

    /// To event 0 of the same settings and seed; the reader's actions are dropped.
    pub fn reset(&mut self) {
        self.history.restart();
        self.another_run();
    }

    /// Opens a state; returns what it asks for in vain.
    pub fn open(&mut self, state: State) -> Vec<crate::state::Problem> {
        let (history, problems) = History::open(self.history.entry(), state);
        self.history = history;
        self.another_run();
        problems
    }

    /// Turns a knob: the run starts again.
    pub fn set_knob(&mut self, param: usize, value: i64) {
        // The knob of a story that has moved on shows more than the base setting: what it shows is what counts.
        let shown = self.history.model().settings().get(param);
        if (shown != value || self.history.settings().get(param) != value) && self.history.set_knob(param, value) {
            self.another_run();
        }
    }

    /// Chooses an experiment.
    pub fn set_preset(&mut self, preset: usize) {
        if self.history.set_preset(preset) {
            self.selected = None;
            self.another_run();
        }
    }

    /// Another seed.
    pub fn set_seed(&mut self, seed: u32) {
        self.history.set_seed(seed);
        self.another_run();
    }

    /// What the reader does, to the selected mark when the action is meant for one.
    pub fn act(&mut self, kind: usize, reduced: bool) {
        let target = self.history.manifest().actions.get(kind).is_some_and(|action| !action.target.is_empty());
        self.perform(Action { kind, mark: self.selected.filter(|_| target) }, reduced);
    }

    /// Draws what the pointer is on as if it were selected: for panels that show the same things in two ways.
    pub fn link_hover(&mut self) {
        self.linked = true;
    }

    fn perform(&mut self, action: Action, reduced: bool) {
        match self.history.act(action) {
            Err(Refusal(reason)) => self.say(&reason),
            Ok(dropped) => {
                self.settle();
                self.animate(reduced);
                self.run += 1;
                if dropped {
                    let narration = self.history.model().narration();
                    self.say(&join(&[&narration, " The events that came after are gone."]));
                }
            }
        }
    }

    /// Selects a mark, or nothing.
    pub fn select(&mut self, mark: Option<u32>) {
        let known = |id: &u32| self.history.model().marks().iter().any(|mark| mark.id == *id);
        self.selected = mark.filter(known);
        self.explaining = true;
        self.notice.clear();
        self.hover = None;
        self.version += 1;
    }

    /// Moves the selection by a key.
    pub fn move_selection(&mut self, key: Move) {
        self.select(stage::moved(&self.history.model().marks(), self.selected, key));
    }

    /// The pointer is on a mark, or on none.
    pub fn set_hover(&mut self, mark: Option<u32>) {
        if self.hover != mark {
            self.hover = mark;
            self.version += 1;
        }
    }

    /// Puts a sentence in the narration's place until the next event.
    pub fn say(&mut self, notice: &str) {
        self.notice = notice.into();
        self.hover = None;
        self.version += 1;
    }

    /// Milliseconds from the event shown to the next one while it plays.
    fn pace(&self, reduced: bool) -> f64 {
        self.speed.scale(if reduced { PACE } else { self.history.model().pace() })
    }

    fn event(&mut self, reduced: bool) -> bool {
        let more = self.history.step();
        if more {
            self.settle();
            self.animate(reduced);
        }
        more
    }

    fn go(&mut self, event: u32) {
        self.history.seek(event);
        self.settle();
    }

    fn another_run(&mut self) {
        self.playing = false;
        self.run += 1;
        self.tool = None;
        self.settle();
    }

    /// After any event: at rest, nothing said, and nothing selected that is no longer there.
    fn settle(&mut self) {
        self.animation = (0.0, 0.0);
        self.notice.clear();
        self.hover = None;
        self.explaining = false;
        self.version += 1;
        if let Some(id) = self.selected
            && !self.history.model().marks().iter().any(|mark| mark.id == id)
        {
            self.selected = None;
        }
    }

    fn animate(&mut self, reduced: bool) {
        let whole = match self.speed {
            Speed::Times(_) if self.playing => self.pace(reduced).min(ANIMATION),
            _ => ANIMATION,
        };
        self.animation = (0.0, if reduced { 0.0 } else { whole });
    }
}

/// Where a run stands: "event 41 of 1,200".
pub fn position(at: u32, end: u32) -> String {
    join(&["event ", &num::integer(i64::from(at)), " of ", &num::integer(i64::from(end))])
}
