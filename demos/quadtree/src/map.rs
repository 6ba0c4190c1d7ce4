//! Between the world, whose sides are 1, and the panel that shows it, in tenths of a unit.
//!
//! The world is 3 x 1024 tenths wide: down to depth 10, split lines lie on whole tenths.

use demo_kit::math;

use crate::model::Point;

/// Side of the world in the panel.
pub const SIDE: i32 = 3072;
/// Left and upper edge of the world in the panel.
pub const EDGE: i32 = 64;
/// Height of the panel in units: a line of text below the world.
pub const HEIGHT: i32 = 344;

/// Where something of the world is in the panel; outside the world, at the panel's edge.
pub fn place(x: f64, y: f64) -> (i32, i32) {
    let at = |part: f64| (EDGE + math::round(part.clamp(-1.0, 2.0) * f64::from(SIDE))).clamp(0, SIDE + 2 * EDGE);
    (at(x), at(y))
}

/// Where a point is in the panel.
pub fn point(point: Point) -> (i32, i32) {
    place(point.x, point.y)
}

/// What of the world is at a place of the panel; outside 0..1 in its margin.
pub fn world((x, y): (i32, i32)) -> (f64, f64) {
    let part = |at: i32| f64::from(at - EDGE) / f64::from(SIDE);
    (part(x), part(y))
}
