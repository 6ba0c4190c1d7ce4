//! Where the points lie, and how they move.

use demo_kit::{Rng, math};

use crate::model::Point;

/// Most points that move; more stand still.
pub const MAX_MOVING: usize = 1_000;
/// The side of the smallest cell that two points of [`Layout::Pair`] share.
pub const GAP: f64 = 1.0 / 1024.0;

/// A way to lay out points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Anywhere, alike.
    Uniform,
    /// Nineteen of twenty in three towns, the rest anywhere.
    Towns,
    /// On a line from corner to corner.
    Diagonal,
    /// In rows and columns, from the outer edge on: many of them on split lines.
    Grid,
    /// All at one place.
    Same,
    /// Two close together, the rest anywhere.
    Pair,
}

/// So many points.
pub fn points(layout: Layout, count: usize, seed: u32) -> Vec<Point> {
    let mut rng = Rng::new(u64::from(seed));
    let towns = towns(seed);
    let mut points = Vec::with_capacity(count);
    let columns = columns(count);
    while points.len() < count {
        let nth = points.len();
        let place = match layout {
            Layout::Towns if rng.below(20) > 0 => in_town(&mut rng, &towns),
            Layout::Diagonal => {
                let t = rng.f();
                (t, t)
            }
            Layout::Grid => ((nth % columns) as f64 / columns as f64, (nth / columns) as f64 / columns as f64),
            Layout::Same => (0.3, 0.7),
            Layout::Pair if nth < 2 => {
                let [first, second] = pair(false);
                if nth == 0 { (first.x, first.y) } else { (second.x, second.y) }
            }
            Layout::Uniform | Layout::Towns | Layout::Pair => {
                let x = rng.f();
                (x, rng.f())
            }
        };
        // What falls outside the world is drawn again.
        if let Some(point) = Point::new(place.0, place.1) {
            points.push(point);
        }
    }
    points
}

/// Two points 1/1024 apart: in one small cell, or on both sides of the line that halves the world.
pub fn pair(apart: bool) -> [Point; 2] {
    let x = if apart { 0.5 - GAP / 2.0 } else { 0.1 };
    [Point { x, y: 0.1 }, Point { x: x + GAP, y: 0.1 }]
}

/// Moves the points on by one tick. They go straight ahead and are thrown back by the world's edge.
pub fn moved(points: &[Point], speeds: &mut [(f64, f64)]) -> Vec<Point> {
    let mut out = Vec::with_capacity(points.len());
    for (idx, point) in points.iter().enumerate() {
        let Some(speed) = speeds.get_mut(idx) else {
            out.push(*point);
            continue;
        };
        let x = bounced(point.x + speed.0, &mut speed.0);
        let y = bounced(point.y + speed.1, &mut speed.1);
        out.push(Point::new(x, y).unwrap_or(*point));
    }
    out
}

/// A speed for each point that moves: up to one hundredth of the world a tick.
pub fn speeds(count: usize, seed: u32) -> Vec<(f64, f64)> {
    let mut rng = Rng::stream(seed, 2);
    let mut speeds = Vec::new();
    for _ in 0..count.min(MAX_MOVING) {
        let x = rng.f();
        speeds.push(((x - 0.5) / 50.0, (rng.f() - 0.5) / 50.0));
    }
    speeds
}

fn bounced(at: f64, speed: &mut f64) -> f64 {
    if at < 0.0 {
        *speed = -*speed;
        -at
    } else if at > 1.0 {
        *speed = -*speed;
        2.0 - at
    } else {
        at
    }
}

// A town: its center, and how far it reaches.
type Town = (f64, f64, f64);

// Their places are drawn from a stream of their own, so that a town stands however many points there are.
fn towns(seed: u32) -> [Town; 3] {
    let mut rng = Rng::stream(seed, 1);
    let mut town = |left: f64, top: f64, reach: f64| (left + rng.f() * 0.2, top + rng.f() * 0.2, reach);
    [town(0.1, 0.15, 0.045), town(0.65, 0.3, 0.07), town(0.25, 0.65, 0.03)]
}

fn in_town(rng: &mut Rng, towns: &[Town; 3]) -> (f64, f64) {
    let (x, y, reach) = towns[rng.below(3) as usize];
    // Three uniform numbers are nearly a bell.
    let mut bell = || (rng.f() + rng.f() + rng.f() - 1.5) * 2.0 * reach;
    let dx = bell();
    (x + dx, y + bell())
}

fn columns(count: usize) -> usize {
    (math::sqrt(count as f64) + 0.999_999) as usize
}
