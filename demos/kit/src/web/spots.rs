//! Actions at places of the stage: pointer, finger and keys become calls of the player's tool. Only demos that have such
//! actions have this code in their module (`demo!(Name, spots)`).

use super::dom::{self, Node};
use super::figure::Live;
use super::input::Pointer;
use crate::{Path, Scene, stage};

/// What a figure with such actions does beside the others.
pub struct Spots {
    /// Takes an event before all else; `None` when it is somebody else's, else whether the browser is to do nothing of its own.
    pub(super) on: fn(&mut Live, &str, &Node, &str, &Pointer) -> Option<bool>,
    /// Adds to the scenes what shows the tool, and keeps its buttons in step.
    pub(super) draw: fn(&Live, &mut [Scene]),
}

/// See [`Spots`].
pub static SPOTS: Spots = Spots { on, draw };

/// A pointer that is down on a handle.
pub(super) struct Hold {
    kind: usize,
    /// From the pointer to the handle, so that the handle does not jump.
    offset: (i32, i32),
    /// Where it went down.
    from: (i32, i32),
    /// Whether it has moved far enough to be a drag.
    moved: bool,
}

/// CSS pixels that a pointer may move and still mean a click.
const STILL: i32 = 4;
/// How far an arrow key moves the cross, in tenths of a unit.
const NUDGE: i32 = 32;

fn on(live: &mut Live, kind: &str, target: &Node, key: &str, pointer: &Pointer) -> Option<bool> {
    let run = live.player.run();
    let taken = match kind {
        "pointerdown" => down(live, target, pointer),
        "pointermove" => {
            moved(live, target, pointer);
            Some(false)
        }
        "pointerup" => {
            up(live);
            Some(false)
        }
        "pointercancel" => {
            if live.hold.take().is_some_and(|hold| hold.moved) {
                live.player.put_down();
            }
            Some(false)
        }
        "click" => click(live, target, pointer),
        // What the pointer is on is not explained while it carries a tool.
        "mousemove" => live.player.tool().map(|_| false),
        "mouseleave" => live.player.tool().map(|_| {
            live.player.look_away();
            false
        }),
        "keydown" => pressed(live, target, key),
        _ => None,
    };
    if taken.is_some() {
        live.refresh();
        if live.player.run() != run {
            live.announce();
            live.host.changed();
        }
    }
    taken
}

fn down(live: &mut Live, target: &Node, pointer: &Pointer) -> Option<bool> {
    live.dragged = false;
    let panel = panel_of(live, target);
    if live.player.tool().is_some() {
        return Some(false);
    }
    let model = live.player.history().model();
    let mark = panel.and_then(|panel| model.mark_at(panel, pointer.at, pointer.reach));
    let handle = mark.and_then(|id| Some((id, live.player.tool_of(id)?)));
    let Some((id, kind)) = handle else { return Some(false) };
    for mark in model.marks() {
        if mark.id == id {
            let offset = (mark.x - pointer.at.0, mark.y - pointer.at.1);
            live.hold = Some(Hold { kind, offset, from: pointer.at, moved: false });
        }
    }
    Some(true)
}

fn moved(live: &mut Live, target: &Node, pointer: &Pointer) {
    if let Some(hold) = &mut live.hold {
        let way = (pointer.at.0 - hold.from.0).abs().max((pointer.at.1 - hold.from.1).abs());
        if !hold.moved && way * stage::REACH < pointer.reach * STILL {
            return;
        }
        let (kind, offset, begins) = (hold.kind, hold.offset, !hold.moved);
        hold.moved = true;
        if begins {
            live.player.grasp(kind);
        }
        live.player.aim((pointer.at.0 + offset.0, pointer.at.1 + offset.1));
    } else if live.player.cross().is_some_and(|(panel, _)| Some(panel) == panel_of(live, target)) {
        live.player.aim(pointer.at);
    }
}

fn up(live: &mut Live) {
    if live.hold.take().is_some_and(|hold| hold.moved) {
        // The click that the browser makes of it is none.
        live.dragged = true;
        live.player.use_tool(true);
    }
}

fn click(live: &mut Live, target: &Node, pointer: &Pointer) -> Option<bool> {
    if std::mem::take(&mut live.dragged) {
        return Some(true);
    }
    if let Some(button) = target.closest("[data-action]") {
        let name = dom::get(&button, "data-action");
        let kind = live.player.history().manifest().actions.iter().position(|action| action.name == name)?;
        live.player.panel_of(kind)?;
        take_up(live, kind);
        return Some(false);
    }
    let (panel, _) = live.player.cross()?;
    if panel_of(live, target) != Some(panel) {
        return None;
    }
    live.player.aim(pointer.at);
    live.player.use_tool(live.host.reduced());
    Some(false)
}

// Takes a tool up, or puts it down when it is in the hand already; keys then go to the stage.
fn take_up(live: &mut Live, kind: usize) {
    if live.player.tool() == Some(kind) {
        return live.player.put_down();
    }
    live.player.take_up(kind);
    if let Some(stage) = live.part("stage") {
        stage.focus();
    }
    live.refresh();
    live.announce();
}

fn pressed(live: &mut Live, target: &Node, key: &str) -> Option<bool> {
    if key == "Escape" {
        live.player.tool()?;
        live.hold = None;
        live.player.put_down();
        return Some(true);
    }
    let on_stage = dom::get(target, "data-part") == "stage";
    if on_stage && live.player.cross().is_some() {
        let (way, far) = match key.strip_prefix("Shift+") {
            Some(way) => (way, 10 * NUDGE),
            None => (key, NUDGE),
        };
        match way {
            "ArrowRight" => live.player.aim_by((far, 0)),
            "ArrowLeft" => live.player.aim_by((-far, 0)),
            "ArrowDown" => live.player.aim_by((0, far)),
            "ArrowUp" => live.player.aim_by((0, -far)),
            "Enter" | " " => live.player.use_tool(live.host.reduced()),
            _ => return by_key(live, target, key),
        }
        live.refresh();
        live.announce();
        return Some(true);
    }
    by_key(live, target, key)
}

// The key of an action at a place, wherever in the figure nobody is typing.
fn by_key(live: &mut Live, target: &Node, key: &str) -> Option<bool> {
    let typing = super::input::is_typing(target);
    let is_it = |action: &crate::ActionKind| action.panel().is_some() && action.key.eq_ignore_ascii_case(key);
    let kind = live.player.history().manifest().actions.iter().position(is_it)?;
    if typing {
        return None;
    }
    take_up(live, kind);
    Some(true)
}

fn panel_of(live: &Live, target: &Node) -> Option<usize> {
    let name = target.closest("[data-panel]")?.attribute("data-panel")?;
    live.player.history().manifest().panels.iter().position(|panel| panel.name == name)
}

fn draw(live: &Live, scenes: &mut [Scene]) {
    let manifest = live.player.history().manifest();
    let tool = live.player.tool();
    for (kind, action) in manifest.actions.iter().enumerate() {
        if action.panel().is_none() {
            continue;
        }
        let pressed = if tool == Some(kind) { "true" } else { "false" };
        if let Some(button) =
            dom::find(&live.element, &crate::text::join(&[".demo-actions [data-action=", action.name, "]"]))
        {
            dom::set(&button, "aria-pressed", pressed);
        }
    }
    let cross = live.player.cross();
    for (idx, panel) in manifest.panels.iter().enumerate() {
        let here = cross.filter(|(panel, _)| *panel == idx);
        if let Some(element) = dom::named(&live.element, "data-panel", panel.name) {
            dom::flag(&element, "data-aimed", here.is_some());
        }
        if let (Some((_, (x, y))), Some(scene)) = (here, scenes.get_mut(idx)) {
            let mut lines = Path::new();
            lines.segment((x, 0), (x, 10 * panel.height)).segment((0, y), (10 * crate::scene::WIDTH, y));
            scene.path(u32::MAX, "aim", 0, lines);
        }
    }
}
