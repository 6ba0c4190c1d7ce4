//! A lens over the plane: the cell that is being split, enlarged, once it is too small to see what happens in it.

use demo_kit::sentence::say;
use demo_kit::{Ctx, Path, Scene, math};

use crate::map;
use crate::map::{EDGE, SIDE};
use crate::model::{Point, side};
use crate::story::{Event, Quadtree};

/// Cells from this depth on are enlarged.
const FROM: u8 = 4;
/// Side of the lens, in tenths of a unit.
const WIDE: i32 = 1250;
/// From the lens to the edges of the world.
const GAP: i32 = 130;

// Keys.
const RAYS: u32 = 40;
const GLASS: u32 = 41;
const CUT: u32 = 42;
const DOTS: u32 = 43;
const SCALE: u32 = 44;

/// Draws the lens, in the corner that is farthest from the cell.
pub fn draw(scene: &mut Scene, run: &Quadtree, ctx: &Ctx) {
    let (Event::Split(id, _) | Event::Landed(id)) = run.event else { return };
    let Some(node) = run.tree.node(id).filter(|node| node.depth >= FROM) else { return };
    let [left, top, right, bottom] = node.square();
    let far = |middle: f64| if middle < 0.5 { EDGE + SIDE - GAP - WIDE } else { EDGE + GAP };
    let (x, y) = (far((left + right) / 2.0), far((top + bottom) / 2.0));
    let (a, b) = (map::place(left, top), map::place(right, bottom));
    let mut rays = Path::new();
    // Two rays that do not cross the lens: along the diagonal on which it lies.
    if (x > a.0) == (y > a.1) {
        rays.segment((a.0, b.1), (x, y + WIDE)).segment((b.0, a.1), (x + WIDE, y));
    } else {
        rays.segment(a, (x, y)).segment(b, (x + WIDE, y + WIDE));
    }
    scene.path(RAYS, "ghost", 0, rays);
    scene.rect(GLASS, "knob", 0, (x, y), (WIDE, WIDE));
    if !node.is_leaf() {
        let reach = WIDE / 2 * ctx.phase / 256;
        let middle = (x + WIDE / 2, y + WIDE / 2);
        let mut cut = Path::new();
        cut.segment((middle.0 - reach, middle.1), (middle.0 + reach, middle.1));
        cut.segment((middle.0, middle.1 - reach), (middle.0, middle.1 + reach));
        scene.path(CUT, "walk", 0, cut);
    }
    let within = |point: &Point| (left..right).contains(&point.x) && (top..bottom).contains(&point.y);
    let enlarged = |at: f64| math::round(at / side(node.depth) * f64::from(WIDE));
    let mut dots = Path::new();
    for point in &run.tree.points {
        if within(point) {
            dots.dot(x + enlarged(point.x - left), y + enlarged(point.y - top));
        }
    }
    scene.path(DOTS, "dots big", 0, dots);
    scene.text(SCALE, "t-e num", x + WIDE - 40, y + WIDE - 50, say("× ").count(1 << node.depth).take());
}
