//! What the reader does: every event of the figure comes here and becomes a call of the player.

use super::controls;
use super::dom::{self, Node};
use super::figure::Live;
use crate::manifest::Kind;
use crate::num;
use crate::player::Speed;
use crate::stage::Move;
use crate::state::MAX_SEED;
use crate::text::join;

/// Whatever a click can mean.
const HOOKS: &str = "[data-do],[data-preset],[data-action],[data-less],[data-more],[data-guess],[data-panel]";

/// Where a pointer is in a panel, in tenths of a unit.
pub struct Pointer {
    /// Its place.
    pub at: (i32, i32),
    /// How far from it a mark may be.
    pub reach: i32,
}

/// A text field and a select take letters themselves.
pub fn is_typing(target: &Node) -> bool {
    let (tag, kind) = (target.local_name(), dom::get(target, "type"));
    tag == "select" || (tag == "input" && kind != "range" && kind != "radio")
}

impl Live {
    /// Takes an event of the figure; true when the browser is to do nothing of its own.
    pub fn on(&mut self, kind: &str, target: &Node, key: &str, pointer: &Pointer) -> bool {
        if let Some(spots) = self.spots
            && let Some(taken) = (spots.on)(self, kind, target, key, pointer)
        {
            return taken;
        }
        let before = self.player.version();
        let mut taken = false;
        match kind {
            "click" => taken = self.click(target, pointer),
            "input" => self.input(target),
            "change" => self.change(target),
            "keydown" => taken = self.key(target, key),
            "toggle" => self.toggle(target),
            _ => {
                self.hover(target, pointer);
                self.refresh();
                return false;
            }
        }
        self.refresh();
        let changed = self.player.version() != before && !self.player.playing();
        // A slider says its value itself while it is dragged; what came of it is said when it is let go.
        if kind == "change" || (changed && kind != "input") {
            self.announce();
        }
        if changed {
            self.host.changed();
        }
        taken
    }

    fn click(&mut self, target: &Node, pointer: &Pointer) -> bool {
        let Some(hook) = target.closest(HOOKS) else { return false };
        let manifest = self.player.history().manifest();
        if let Some(name) = hook.attribute("data-do") {
            return self.press(&name);
        } else if let Some(name) = hook.attribute("data-preset") {
            if let Some(idx) = manifest.presets.iter().position(|preset| preset.name == name) {
                self.player.set_preset(idx);
            }
        } else if let Some(name) = hook.attribute("data-action") {
            if let Some(idx) = manifest.actions.iter().position(|action| action.name == name) {
                self.act(idx);
            }
        } else if let Some(name) = hook.attribute("data-less") {
            self.nudge(&name, -1);
        } else if let Some(name) = hook.attribute("data-more") {
            self.nudge(&name, 1);
        } else if let Some(name) = hook.attribute("data-panel") {
            self.point(&name, pointer);
        }
        false
    }

    fn press(&mut self, name: &str) -> bool {
        match name {
            "play" => self.play_or_pause(),
            "step" => self.player.step(self.host.reduced()),
            "back" => self.player.back(),
            "reset" => self.player.reset(),
            "new-seed" => {
                let seed = self.player.history().seed();
                self.player.set_seed(if seed < MAX_SEED { seed + 1 } else { 0 });
            }
            "seeds" => self.want_sweep(true),
            "link" => self.host.copy(),
            // A link, which would go to the figure's top.
            "book" => self.open(""),
            _ => {}
        }
        name == "book"
    }

    fn input(&mut self, target: &Node) {
        let manifest = self.player.history().manifest();
        if dom::get(target, "data-do") == "seek" {
            self.player.seek(num::parse(&target.value()).unwrap_or(0) as u32);
        } else if let Some(name) = target.attribute("data-knob")
            && let Some(idx) = manifest.params.iter().position(|param| param.name == name)
            && let Some(value) = controls::knob_value(&manifest.params[idx], &target.value())
        {
            self.player.set_knob(idx, value);
        }
    }

    fn change(&mut self, target: &Node) {
        if let Some(guess) = target.attribute("data-guess") {
            return self.answer(num::parse(&guess).unwrap_or(0) as usize);
        }
        let params = self.player.history().manifest().params;
        if let Some(name) = target.attribute("data-knob")
            && let Some(idx) = params.iter().position(|param| param.name == name)
            && let Kind::Text(rule) = params[idx].kind
        {
            return (rule.field.take)(self, target, idx);
        }
        match dom::get(target, "data-do").as_str() {
            "speed" => self.player.set_speed(Speed::parse(&target.value())),
            "seed" => match num::parse(&target.value()) {
                Some(seed) if (0..=i64::from(MAX_SEED)).contains(&seed) => {
                    self.player.set_seed(seed as u32);
                }
                _ => self.player.say("A seed is a whole number of at most 9 digits."),
            },
            _ => {}
        }
    }

    fn key(&mut self, target: &Node, key: &str) -> bool {
        let kind = dom::get(target, "type");
        let typing = is_typing(target);
        let on_stage = dom::get(target, "data-part") == "stage";
        if key == "Escape" {
            return self.leave();
        }
        !typing
            && ((on_stage && self.stage_key(key))
                || self.rove(target, key)
                || self.figure_key(key, on_stage || kind == "range"))
    }

    /// A key of the whole figure; `idle` where Space does nothing of its own.
    fn figure_key(&mut self, key: &str, idle: bool) -> bool {
        match key {
            " " if idle => self.play_or_pause(),
            "." => self.player.step(self.host.reduced()),
            "," => self.player.back(),
            "0" => self.player.reset(),
            "?" => self.list_keys(),
            "1" => self.player.set_preset(0),
            "2" => self.player.set_preset(1),
            "3" => self.player.set_preset(2),
            "4" => self.player.set_preset(3),
            "5" => self.player.set_preset(4),
            _ => {
                let manifest = self.player.history().manifest();
                let same = |wanted: &str| wanted.eq_ignore_ascii_case(key);
                match manifest.actions.iter().position(|action| same(action.key)) {
                    Some(idx) => self.act(idx),
                    None => return false,
                }
            }
        }
        true
    }

    /// A key on the stage itself.
    fn stage_key(&mut self, key: &str) -> bool {
        let way = match key {
            "ArrowRight" => Move::Next,
            "ArrowLeft" => Move::Previous,
            "ArrowDown" => Move::Down,
            "ArrowUp" => Move::Up,
            "Home" => Move::First,
            "End" => Move::Last,
            "Enter" | " " => {
                let button = dom::find(&self.element, "[data-part=mark]:not([hidden]) button");
                if let Some(button) = &button {
                    button.focus();
                }
                return button.is_some();
            }
            _ => return false,
        };
        self.player.move_selection(way);
        true
    }

    /// Arrow keys in the toolbar: one of its buttons is a tab stop.
    fn rove(&self, target: &Node, key: &str) -> bool {
        if target.closest("[data-part=toolbar]").is_none() {
            return false;
        }
        let buttons = dom::all(&self.element, "[data-part=toolbar] button");
        let here = dom::get(target, "data-do");
        let mut idx = 0;
        while idx + 1 < buttons.len() && dom::get(&buttons[idx], "data-do") != here {
            idx += 1;
        }
        let to = match key {
            "ArrowRight" => (idx + 1) % buttons.len(),
            "ArrowLeft" => (idx + buttons.len() - 1) % buttons.len(),
            "Home" => 0,
            "End" => buttons.len() - 1,
            _ => return false,
        };
        for (idx, button) in buttons.iter().enumerate() {
            dom::set(button, "tabindex", if idx == to { "0" } else { "-1" });
        }
        buttons[to].focus();
        true
    }

    /// Escape: selects nothing; the focus goes from a mark's buttons back to the stage.
    fn leave(&mut self) -> bool {
        let selected = self.player.selected().is_some();
        if selected {
            self.player.select(None);
        }
        selected
    }

    fn list_keys(&self) {
        if let Some(keys) = self.part("keys") {
            dom::flag(&keys, "open", true);
            if let Some(summary) = dom::find(&keys, "summary") {
                summary.focus();
            }
        }
    }

    fn play_or_pause(&mut self) {
        if self.player.playing() {
            return self.player.pause();
        }
        self.player.play(self.host.reduced());
        if self.player.playing() {
            self.host.started();
        }
    }

    fn act(&mut self, kind: usize) {
        self.player.act(kind, self.host.reduced());
    }

    /// A knob's plus or minus button.
    fn nudge(&mut self, name: &str, way: i64) {
        let history = self.player.history();
        let params = history.manifest().params;
        let Some(idx) = params.iter().position(|param| param.name == name) else {
            return;
        };
        let kind = &params[idx].kind;
        let place = kind.index(history.model().settings().get(idx)) as i64 + way;
        if place >= 0 && place < kind.len() as i64 {
            self.player.set_knob(idx, kind.at(place as usize));
        }
    }

    /// A click into a panel: selects what is there, or sets the sweep's parameter.
    fn point(&mut self, panel: &str, pointer: &Pointer) {
        let history = self.player.history();
        if let Some(idx) = self.own_panel(panel) {
            let model = history.model();
            if model.marks().iter().any(|mark| mark.panel == idx) {
                self.player.select(model.mark_at(idx, pointer.at, pointer.reach));
            }
        } else if panel == "sweep"
            && let Some(sweep) = &self.sweep
            && let Some(value) = sweep.value_at(pointer.at.0)
        {
            let param = sweep.param();
            self.player.set_knob(param, value);
        }
    }

    fn hover(&mut self, target: &Node, pointer: &Pointer) {
        let panel = target.closest("[data-panel]").and_then(|panel| panel.attribute("data-panel"));
        let idx = panel.and_then(|name| self.own_panel(&name));
        let model = self.player.history().model();
        let mark = idx.and_then(|idx| model.mark_at(idx, pointer.at, pointer.reach));
        self.player.set_hover(mark);
    }

    fn own_panel(&self, name: &str) -> Option<usize> {
        self.player.history().manifest().panels.iter().position(|panel| panel.name == name)
    }

    /// The reader's guess: opens the outcome and says whether it was right.
    fn answer(&mut self, guess: usize) {
        let history = self.player.history();
        let presets = history.manifest().presets;
        let Some(preset) = presets.get(history.settings().preset) else {
            return;
        };
        let right = guess == preset.answer;
        let chosen = preset.choices.get(guess).copied().unwrap_or("");
        let wrong = join(&["Your guess was “", chosen, "”. It is: "]);
        self.draw_answer(if right { "Your guess is right: " } else { &wrong });
        if let Some(outcome) = self.part("outcome") {
            dom::flag(&outcome, "open", true);
        }
        self.player.say(if right {
            "Right. Play shows how it comes about; “What happens” below says why."
        } else {
            "Not quite. Play shows what happens; “What happens” below says why."
        });
    }

    /// A disclosure was opened or closed.
    fn toggle(&mut self, target: &Node) {
        if dom::get(target, "data-part") == "outcome" && self.outcome_open() {
            self.want_sweep(false);
        }
        self.draw_words();
    }
}
