//! Actions at a place of the stage: a tool is taken up, aimed, and used. What it would do is shown before it is done.
//!
//! Pointer and keys come to the same three calls: a drag takes up a tool by its handle, aims while it moves and uses it where
//! it ends; a click takes up by a button and uses at the next click; keys aim step by step and use with Enter.

use super::Player;
use crate::text::join;
use crate::{Action, Refusal, spot};

/// A tool in the reader's hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tool {
    kind: usize,
    at: (i32, i32),
    /// Held by its handle: it is where the pointer is, and needs no cross.
    held: bool,
}

impl Player {
    /// The action at a place that the reader has taken up, by its index.
    pub fn tool(&self) -> Option<usize> {
        self.tool.map(|tool| tool.kind)
    }

    /// Where a tool points that is not held by its handle: panel, by its index, and place.
    pub fn cross(&self) -> Option<(usize, (i32, i32))> {
        let tool = self.tool.filter(|tool| !tool.held)?;
        Some((self.panel_of(tool.kind)?, tool.at))
    }

    /// The panel on which an action takes place, by its index; `None` when it needs no place.
    pub fn panel_of(&self, kind: usize) -> Option<usize> {
        let manifest = self.history.manifest();
        let name = manifest.actions.get(kind)?.panel()?;
        manifest.panels.iter().position(|panel| panel.name == name)
    }

    /// The action at a place whose handle a mark is.
    pub fn tool_of(&self, mark: u32) -> Option<usize> {
        let marks = self.history.model().marks();
        let mark = marks.iter().find(|it| it.id == mark)?;
        let fits = |action: &crate::ActionKind| action.panel().is_some() && action.group() == mark.group;
        self.history.manifest().actions.iter().position(fits)
    }

    /// Takes up a tool, pointed at its handle, else at what is selected, else at the middle of its panel.
    pub fn take_up(&mut self, kind: usize) {
        let Some(panel) = self.panel_of(kind) else { return };
        let manifest = self.history.manifest();
        let (label, group) = (manifest.actions[kind].label, manifest.actions[kind].group());
        let mut at = (5 * crate::scene::WIDTH, 5 * manifest.panels[panel].height);
        for mark in self.history.model().marks() {
            let wanted = if group.is_empty() { Some(mark.id) == self.selected } else { mark.group == group };
            if wanted && mark.panel == panel {
                at = (mark.x, mark.y);
            }
        }
        self.pause();
        self.look_away();
        self.tool = Some(Tool { kind, at, held: false });
        self.say(&join(&[label, ": choose a place. With keys: arrows move the cross, Enter acts. Esc ends."]));
    }

    /// Takes up a tool by its handle.
    pub fn grasp(&mut self, kind: usize) {
        self.pause();
        self.tool = Some(Tool { kind, at: (0, 0), held: true });
    }

    /// Puts the tool down; nothing is done.
    pub fn put_down(&mut self) {
        self.look_away();
        self.tool = None;
        self.notice.clear();
        self.version += 1;
    }

    /// Aims at a place, or at the nearest one that its panel has, and shows what the tool would do there.
    pub fn aim(&mut self, at: (i32, i32)) {
        let Some(tool) = self.tool else { return };
        let Some(panel) = self.panel_of(tool.kind) else { return };
        let height = 10 * self.history.manifest().panels[panel].height;
        let at = (at.0.clamp(0, 10 * crate::scene::WIDTH), at.1.clamp(0, height));
        self.tool = Some(Tool { at, ..tool });
        self.hover = None;
        self.explaining = false;
        self.notice.clear();
        if let Err(Refusal(reason)) = self.history.peek(&Action { kind: tool.kind, mark: Some(spot::mark(at)) }) {
            self.notice = reason;
        }
        self.version += 1;
    }

    /// Aims so much further.
    pub fn aim_by(&mut self, (dx, dy): (i32, i32)) {
        if let Some(tool) = self.tool {
            self.aim((tool.at.0 + dx, tool.at.1 + dy));
        }
    }

    /// Does it where the tool points. A tool with a handle is put down then; one without stays in the hand.
    pub fn use_tool(&mut self, reduced: bool) {
        let Some(tool) = self.tool else { return };
        let has_handle =
            self.history.manifest().actions.get(tool.kind).is_some_and(|action| !action.group().is_empty());
        if has_handle {
            self.tool = None;
        }
        self.perform(Action { kind: tool.kind, mark: Some(spot::mark(tool.at)) }, reduced);
    }

    /// Shows what is, instead of what would be.
    pub fn look_away(&mut self) {
        self.history.look_away();
        self.version += 1;
    }
}
