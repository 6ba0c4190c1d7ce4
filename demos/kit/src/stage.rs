//! The reader's way over the stage: which mark the arrow keys come to, and which one a pointer means.

use crate::Mark;

/// A pointer chooses the nearest mark within so many CSS pixels.
pub const REACH: i32 = 22;

/// A key that moves the selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// The next mark of the group, round and round.
    Next,
    /// The one before it.
    Previous,
    /// The nearest mark of the next group.
    Down,
    /// The nearest mark of the group before.
    Up,
    /// The first mark of the group.
    First,
    /// The last mark of the group.
    Last,
}

/// The mark to select after a key; without a selection the first of all. `None` when there are no marks.
pub fn moved(marks: &[Mark], selected: Option<u32>, key: Move) -> Option<u32> {
    let Some(here) = marks.iter().position(|mark| Some(mark.id) == selected) else {
        return marks.first().map(|mark| mark.id);
    };
    let group = marks[here].group;
    let len = marks.len();
    let to = match key {
        Move::First => walk(marks, group, 0, 1),
        Move::Last => walk(marks, group, len - 1, len - 1),
        Move::Next => walk(marks, group, here + 1, 1),
        Move::Previous => walk(marks, group, here + len - 1, len - 1),
        Move::Down => closest(marks, other_group(marks, group, 1), here),
        Move::Up => closest(marks, other_group(marks, group, -1), here),
    };
    Some(marks[to].id)
}

/// The mark that a point means: the nearest within `reach`, all in tenths of a unit of one panel.
pub fn nearest(marks: &[Mark], panel: usize, (x, y): (i32, i32), reach: i32) -> Option<u32> {
    let mut least = i64::from(reach) * i64::from(reach) + 1;
    let mut best = None;
    for mark in marks {
        let distance = distance(mark, x, y);
        if mark.panel == panel && distance < least {
            least = distance;
            best = Some(mark.id);
        }
    }
    best
}

/// The first mark of a group from a place on, in steps, round and round; some mark of the group is there.
fn walk(marks: &[Mark], group: &str, from: usize, step: usize) -> usize {
    let mut idx = from % marks.len();
    while marks[idx].group != group {
        idx = (idx + step) % marks.len();
    }
    idx
}

/// The next or previous group in the order in which the groups first appear.
fn other_group(marks: &[Mark], group: &str, way: i32) -> &'static str {
    let mut groups = Vec::new();
    for mark in marks {
        if !groups.contains(&mark.group) {
            groups.push(mark.group);
        }
    }
    let idx = groups.iter().position(|&other| other == group).unwrap_or(0) as i32;
    groups[(idx + way).rem_euclid(groups.len() as i32) as usize]
}

/// The mark of a group that is closest to another one; that one itself when it is of the group.
fn closest(marks: &[Mark], group: &str, here: usize) -> usize {
    let from = &marks[here];
    let mut least = i64::MAX;
    let mut best = here;
    for (idx, mark) in marks.iter().enumerate() {
        // Marks of the same panel first: across panels, coordinates mean nothing.
        let distance = (i64::from(mark.panel != from.panel) << 50) + distance(mark, from.x, from.y);
        if mark.group == group && distance < least {
            least = distance;
            best = idx;
        }
    }
    best
}

fn distance(mark: &Mark, x: i32, y: i32) -> i64 {
    let (dx, dy) = (i64::from(mark.x) - i64::from(x), i64::from(mark.y) - i64::from(y));
    dx * dx + dy * dy
}
