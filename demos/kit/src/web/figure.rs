//! A live figure: the player, the elements of the page that it keeps up to date, and what is yet to be redrawn.

use super::dom::{self, Node};
use super::painter::Painter;
use super::spots::{Hold, Spots};
use super::{Host, controls, words};
use crate::history::{Entry, History};
use crate::manifest::Place;
use crate::player::Player;
use crate::state::Problem;
use crate::sweep::Sweep;
use crate::text::{join, put, put_replaced};
use crate::{Ctx, frame, state, svg};

/// Milliseconds of a frame that may go into the sweep.
const SLICE: f64 = 4.0;

/// A figure of the page with its player.
pub struct Live {
    pub(super) element: Node,
    pub(super) player: Player,
    pub(super) host: Host,
    pub(super) sweep: Option<Sweep>,
    /// What it does at places of its stage, if its demo has such actions.
    pub(super) spots: Option<&'static Spots>,
    /// A pointer that is down on a handle.
    pub(super) hold: Option<Hold>,
    /// Whether a drag has just ended, of which the browser makes a click.
    pub(super) dragged: bool,
    /// A painter for each of [`svg::frames`]; none where the page has no such panel.
    panels: Vec<Option<Painter>>,
    /// A painter for each picture of the outcome: the stage panels, then the side panels.
    outcome: Vec<Painter>,
    /// The author's state.
    book: String,
    /// The player's version and run that the page shows.
    shown: (u32, u32),
    /// The preset whose question the page shows.
    preset: usize,
    /// Whether the outcome shows another run than the player's.
    stale: bool,
    /// Whether the sweep is being computed.
    sweeping: bool,
    /// How many runs of the sweep the page shows.
    swept: usize,
}

impl Live {
    /// Takes over the figure as the page brings it: in the book's state, drawn by this very code.
    pub fn adopt(entry: Entry, element: Node, host: Host, spots: Option<&'static Spots>) -> Live {
        let (state, _) = state::decode(entry.manifest, &dom::get(&element, "data-book"));
        let (history, _) = History::open(entry, state);
        let frames = svg::frames(entry.manifest);
        let scenes = frame::scenes(&history, &Ctx::REST, None);
        let mut panels = Vec::new();
        for (frame, scene) in frames.iter().zip(&scenes) {
            let panel = dom::named(&element, "data-panel", frame.name);
            let svg = panel.and_then(|panel| dom::find(&panel, "svg"));
            // The sweep is in the page but not computed yet: it is drawn anew when it is.
            let svg = svg.filter(|_| frame.place != Place::Reveal);
            panels.push(svg.map(|svg| Painter::adopt(svg, scene.clone())));
        }
        let mut live = Live {
            spots,
            hold: None,
            dragged: false,
            outcome: Vec::new(),
            book: state::encode(entry.manifest, &history.state()),
            preset: history.settings().preset,
            player: Player::new(history),
            panels,
            host,
            sweep: None,
            shown: (0, 0),
            stale: false,
            sweeping: false,
            swept: 0,
            element,
        };
        if spots.is_some() {
            live.player.link_hover();
        }
        live.awaken();
        live
    }

    /// Opens a state string, "" for the book's; says what in it cannot be done.
    pub fn open(&mut self, text: &str) {
        let text = if text.is_empty() { &self.book } else { text };
        let (state, mut problems) = state::decode(self.player.history().manifest(), text);
        problems.append(&mut self.player.open(state));
        self.refresh();
        self.report(&problems);
    }

    /// The state for a link, "" for the book's own.
    pub fn link(&self) -> String {
        let history = self.player.history();
        let state = state::encode(history.manifest(), &history.state());
        if state == self.book { String::new() } else { state }
    }

    /// Time passes; true when there is more to do.
    pub fn tick(&mut self, dt: f64) -> bool {
        let busy = self.player.busy();
        let announce = self.player.tick(dt, self.host.reduced());
        // A frame is drawn once, whether time alone has passed or more.
        if !self.refresh() && busy {
            self.paint();
        }
        if announce {
            self.announce();
            if !self.player.playing() {
                self.host.changed();
            }
        }
        if self.stale {
            self.stale = false;
            self.draw_outcome();
        } else if self.sweeping {
            self.work();
        }
        self.player.busy() || self.stale || self.sweeping
    }

    /// Stops playing.
    pub fn pause(&mut self) {
        if self.player.playing() {
            self.player.pause();
            self.refresh();
        }
    }

    /// Says something in the narration's place.
    pub fn say(&mut self, text: &str) {
        self.player.say(text);
        self.refresh();
        self.announce();
    }

    /// Brings the page up to date with the player, if that has changed; says whether it had.
    pub(super) fn refresh(&mut self) -> bool {
        let now = (self.player.version(), self.player.run());
        if self.shown == now {
            return false;
        }
        if self.shown.1 != now.1 {
            self.another_run();
        }
        self.shown = now;
        self.paint();
        controls::update(&self.element, &self.player);
        if let Some(narration) = self.part("narration") {
            dom::text(&narration, &self.player.narration());
        }
        if let Some(meters) = self.part("meters") {
            words::meters(&meters, &self.player.history().model().meters());
        }
        self.draw_mark();
        self.draw_words();
        if self.player.busy() {
            self.host.wake();
        }
        true
    }

    /// Tells those who do not see it what stands in the narration's place.
    pub(super) fn announce(&self) {
        if let Some(status) = self.part("status") {
            let (text, position) = (self.player.narration(), self.player.position());
            dom::text(&status, &join(&[&text, " (", &position, ")"]));
        }
    }

    /// Brings table, words and log up to date, where they are open.
    pub(super) fn draw_words(&self) {
        let history = self.player.history();
        if let Some(table) = self.in_open("[data-part=table][open] table") {
            words::table(&table, &history.model().table());
        }
        if let Some(text) = self.in_open("[data-part=words][open] p") {
            dom::text(&text, &history.model().words());
        }
        if let Some(log) = self.in_open("[data-part=log][open] ol") {
            words::list(&log, &history.log());
        }
    }

    /// Computes the sweep of this run, with the spread of many seeds when asked for.
    pub(super) fn want_sweep(&mut self, seeds: bool) {
        let history = self.player.history();
        if self.sweep.as_ref().is_none_or(|sweep| !sweep.is_of(history)) {
            self.sweep = Sweep::new(history);
            self.swept = 0;
        }
        if let Some(sweep) = &mut self.sweep {
            if seeds {
                sweep.want_seeds();
            }
            self.sweeping = true;
            self.host.wake();
        }
    }

    /// A part of the figure by its hook.
    pub(super) fn part(&self, name: &str) -> Option<Node> {
        dom::part(&self.element, name)
    }

    /// Whether the outcome is open.
    pub(super) fn outcome_open(&self) -> bool {
        self.in_open("[data-part=outcome][open]").is_some()
    }

    /// Writes the question's answer, after the verdict on the guess.
    pub(super) fn draw_answer(&self, verdict: &str) {
        let manifest = self.player.history().manifest();
        if let Some(preset) = manifest.presets.get(self.preset)
            && let Some(answer) = self.part("answer")
        {
            let right = preset.choices.get(preset.answer).copied().unwrap_or("");
            words::answer(&answer, verdict, right, preset.explanation);
        }
    }

    fn in_open(&self, selector: &str) -> Option<Node> {
        dom::find(&self.element, selector)
    }

    /// Enables what the page brings disabled.
    fn awaken(&self) {
        for control in &dom::all(&self.element, "[disabled]") {
            dom::flag(control, "disabled", false);
        }
        if let Some(stage) = self.part("stage") {
            dom::set(&stage, "tabindex", "0");
        }
        for button in &dom::all(&self.element, "[data-part=toolbar] button") {
            let first = dom::get(button, "data-do") == "play";
            dom::set(button, "tabindex", if first { "0" } else { "-1" });
        }
        self.report(&[]);
    }

    fn another_run(&mut self) {
        self.stale = true;
        self.report(&[]);
        self.host.wake();
        let preset = self.player.history().settings().preset;
        if preset != self.preset {
            self.preset = preset;
            self.draw_question();
        }
        self.sweeping = false;
        if self.outcome_open() {
            self.want_sweep(false);
        }
    }

    /// Another experiment asks another question, and its answer is not given away.
    fn draw_question(&self) {
        let manifest = self.player.history().manifest();
        let Some(preset) = manifest.presets.get(self.preset) else {
            return;
        };
        if let Some(question) = self.part("question") {
            dom::text(&question, preset.question);
        }
        if let Some(choices) = self.part("choices") {
            let name = join(&[&dom::get(&self.element, "id"), "-guess"]);
            words::choices(&choices, &name, preset.choices);
        }
        if let Some(outcome) = self.part("outcome") {
            dom::flag(&outcome, "open", false);
        }
        self.draw_answer("");
    }

    fn paint(&mut self) {
        let history = self.player.history();
        let mut scenes = frame::scenes(history, &self.player.ctx(), None);
        if history.manifest().sweep.is_some() {
            scenes.pop();
        }
        if let Some(spots) = self.spots {
            (spots.draw)(self, &mut scenes);
        }
        while let Some(scene) = scenes.pop() {
            if let Some(painter) = &mut self.panels[scenes.len()] {
                painter.paint(scene);
            }
        }
    }

    /// Says what is selected, and offers what can be done with it.
    fn draw_mark(&self) {
        let Some(element) = self.part("mark") else {
            return;
        };
        // Nothing chosen before and now: no need to list what could be.
        if self.player.selected().is_none() && dom::is(&element, "hidden") {
            return;
        }
        let history = self.player.history();
        let marks = history.model().marks();
        let mark = marks.iter().find(|mark| Some(mark.id) == self.player.selected());
        let label = mark.map_or("", |mark| &mark.label);
        if dom::find(&element, "b").map_or("".into(), |name| name.text_content()) == label {
            return;
        }
        // The focus does not fall out of the figure with the button that had it.
        if dom::find(&element, ":focus").is_some()
            && let Some(stage) = self.part("stage")
        {
            stage.focus();
        }
        element.set_text_content("");
        dom::flag(&element, "hidden", mark.is_none());
        let Some(mark) = mark else { return };
        dom::append(&element, "b", label);
        for action in history.manifest().actions {
            if action.group() == mark.group {
                let button = dom::append(&element, "button", action.label);
                dom::set(&button, "type", "button");
                dom::set(&button, "class", "button");
                dom::set(&button, "data-action", action.name);
            }
        }
    }

    /// Draws the end of the run into the outcome.
    fn draw_outcome(&mut self) {
        let history = self.player.history();
        let manifest = history.manifest();
        let model = history.model_at(history.end());
        if self.outcome.is_empty() {
            // What the page brings is of the book's run: it is drawn over.
            for svg in &dom::all(&self.element, "[data-part=outcome-panels] svg") {
                self.outcome.push(Painter::over(svg.clone()));
            }
        }
        let scenes = model.panels(&Ctx::REST);
        let mut nth = 0;
        for place in [Place::Stage, Place::Side] {
            for (panel, scene) in manifest.panels.iter().zip(&scenes) {
                if panel.place == place
                    && let Some(painter) = self.outcome.get_mut(nth)
                {
                    painter.paint(scene.clone());
                    nth += 1;
                }
            }
        }
        if let Some(narration) = self.part("outcome-narration") {
            dom::text(&narration, &model.narration());
        }
        if let Some(meters) = self.part("outcome-meters") {
            words::meters(&meters, &model.meters());
        }
    }

    /// A slice of the sweep. The picture changes when its own line is whole, and at every tenth of the spread.
    fn work(&mut self) {
        let Some(sweep) = &mut self.sweep else {
            return self.sweeping = false;
        };
        let end = self.host.now() + SLICE;
        self.sweeping = sweep.work(&mut || self.host.now() < end);
        let (done, whole) = sweep.progress();
        let due = done >= sweep.points() && (!self.sweeping || done >= self.swept + whole / 10);
        if !due || done == self.swept {
            return;
        }
        self.swept = done;
        let scene = sweep.scene();
        if let Some(slot) = self.panels.last_mut()
            && let Some(svg) = dom::find(&self.element, "[data-panel=sweep] svg")
        {
            slot.get_or_insert_with(|| Painter::over(svg)).paint(scene);
        }
    }

    /// Shows what a state asks for in vain, or why the demo stopped; hides the place when there is nothing to say.
    fn report(&self, problems: &[Problem]) {
        let Some(element) = self.part("problem") else {
            return;
        };
        let mut text = String::new();
        if let Some(fault) = self.player.history().fault() {
            let message = frame::fault_message(fault.event, fault.rule);
            put(&mut text, &join(&["This run was stopped: ", &message, ". "]));
        }
        for problem in problems {
            let before = if text.is_empty() { "In the link, " } else { "; " };
            put(&mut text, before);
            put(&mut text, &join(&[&problem.key, ": "]));
            // Backticks are for the author's terminal.
            let unquoted = |byte| (byte == b'`').then_some("");
            put_replaced(&mut text, &problem.message, unquoted);
            if !problem.expected.is_empty() {
                put(&mut text, "; expected ");
                put_replaced(&mut text, &problem.expected, unquoted);
            }
        }
        dom::text(&element, &text);
        dom::flag(&element, "hidden", text.is_empty());
    }
}
