//! A place of a panel as the number that an action carries where another one carries a mark: `do=3.add.16000872` adds at
//! x = 160.0 and y = 87.2 units. So places go through history, address and soak like marks do.

use crate::scene::WIDTH;

/// Room for y in the number.
const ROOM: u32 = 10_000;

/// The number of a place, in tenths of a unit; a place beyond is moved to the nearest there is.
pub fn mark((x, y): (i32, i32)) -> u32 {
    let (x, y) = (x.clamp(0, 10 * WIDTH), y.clamp(0, ROOM as i32 - 1));
    x as u32 * ROOM + y as u32
}

/// The place of a number, in tenths of a unit. Any number has one; the panel may not.
pub fn place(mark: u32) -> (i32, i32) {
    ((mark / ROOM) as i32, (mark % ROOM) as i32)
}
