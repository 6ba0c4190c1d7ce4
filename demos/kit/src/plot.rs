//! A plot whose data are known when the book is built: curves over two scales, as a scene.
//!
//! Measured solid, theory dashed, bound dotted, as in the charts of a running figure; where several curves are of one kind
//! each has a color and a mark of its own. A curve that leaves the page is cut at its edge, and a value that is not finite
//! is a gap.

use crate::chart::class;
use crate::manifest::Line;
use crate::math::round;
use crate::scale::{Scale, width};
use crate::{Path, Scene};

/// Height of a plot, in units.
pub const HEIGHT: i32 = 200;
/// Values of a formula that are drawn.
pub const SAMPLES: usize = 513;

/// From the upper edge of the panel to the plot, in tenths: half a number.
const TOP: i32 = 80;
/// The lower edge of the plot, in tenths: below it the numbers of the x axis.
const BOTTOM: i32 = 10 * HEIGHT - 240;
/// A point may be left out if the line passes it within so many tenths.
const TOLERANCE: f64 = 0.8;
/// Points that are marked one by one; of more only every second, third, ... is.
const MAX_MARKS: usize = 24;
/// Marks of a formula's curve.
const CURVE_MARKS: usize = 5;

/// One curve.
#[derive(Clone, Debug)]
pub struct Curve {
    /// Solid, dashed or dotted.
    pub line: Line,
    /// 1..=6, 0 for a curve that is the only one of its kind.
    pub color: u8,
    /// Its mark: disc, square, triangle, diamond, cross, star.
    pub mark: Option<u8>,
    /// Mark the points themselves; otherwise a few places along the line.
    pub measured: bool,
    /// In the order of drawing.
    pub points: Vec<(f64, f64)>,
}

/// The plot; `label` is its accessible name.
pub fn scene(label: &str, x: Scale, y: Scale, curves: &[Curve]) -> Scene {
    let mut scene = Scene::new(label);
    let y = y.between(BOTTOM, TOP);
    let y_ticks = y.ticks(6);
    let y_labels = y.labels(&y_ticks);
    let left = y_labels.iter().map(|label| width(label)).max().unwrap_or(0) + 110;
    let (x, x_ticks) = fitted(x, left.max(300));
    axes(&mut scene, (&x, &x_ticks), (&y, &y_ticks, &y_labels));
    for (idx, curve) in curves.iter().enumerate() {
        let key = 100 + 2 * idx as u32;
        let line = line(&x, &y, &curve.points);
        scene.path(key, class(curve.line), curve.color, line);
        if let Some(nth) = curve.mark {
            let marks = marks(&x, &y, curve, idx, nth);
            scene.path(key + 1, "mark", curve.color, marks);
        }
    }
    scene
}

/// A sample of a curve for a legend, 28 units wide and 10 high.
pub fn sample(curve: &Curve) -> Scene {
    let mut scene = Scene::default();
    scene.line(0, class(curve.line), curve.color, (0, 50), (280, 50));
    if let Some(nth) = curve.mark {
        let mut path = Path::new();
        mark(&mut path, nth, (140, 50));
        scene.path(1, "mark", curve.color, path);
    }
    scene
}

/// The x scale from `left` or where its first number fits to where its last one does, with as many ticks as have room beside each other.
fn fitted(x: Scale, left: i32) -> (Scale, Vec<f64>) {
    let mut most = 9;
    loop {
        let ticks = x.ticks(most);
        let labels = x.labels(&ticks);
        let half = |label: Option<&String>| label.map_or(0, |label| width(label) / 2);
        let x = x.between(left.max(half(labels.first())), 3200 - half(labels.last()).max(60));
        let ends = |idx: usize| {
            let middle = round(x.at(ticks[idx]).unwrap_or(0.0));
            (middle - width(&labels[idx]) / 2, middle + width(&labels[idx]) / 2)
        };
        if most <= 2 || (1..ticks.len()).all(|idx| ends(idx - 1).1 + 110 <= ends(idx).0) {
            return (x, ticks);
        }
        most -= 1;
    }
}

/// Grid, axes and their numbers. The numbers are centered at their places: their size depends on the width of the page.
fn axes(scene: &mut Scene, (x, x_ticks): (&Scale, &[f64]), (y, y_ticks, y_labels): (&Scale, &[f64], &[String])) {
    let mut grid = Path::new();
    let mut axis = Path::new();
    for (idx, (tick, label)) in y_ticks.iter().zip(y_labels).enumerate() {
        let Some(place) = y.at(*tick).map(round) else { continue };
        scene.text(1 + idx as u32, "t-e num", x.start - 60, place, label.clone());
        match place == BOTTOM {
            true => {}
            false if *tick == 0.0 => drop(axis.segment((x.start, place), (x.end, place))),
            false => drop(grid.segment((x.start, place), (x.end, place))),
        }
    }
    for (idx, (tick, label)) in x_ticks.iter().zip(x.labels(x_ticks)).enumerate() {
        let Some(place) = x.at(*tick).map(round) else { continue };
        axis.segment((place, BOTTOM), (place, BOTTOM + 40));
        scene.text(20 + idx as u32, "t num", place, BOTTOM + 130, label);
    }
    scene.path(40, "grid", 0, grid);
    axis.go(x.start, TOP).line(x.start, BOTTOM).line(x.end, BOTTOM);
    scene.path(41, "axis", 0, axis);
}

/// The line through the points, cut at the edges of the plot.
fn line(x: &Scale, y: &Scale, points: &[(f64, f64)]) -> Path {
    let mut path = Path::new();
    for piece in pieces(x, y, points) {
        for (idx, (x, y)) in thinned(&piece).into_iter().enumerate() {
            if idx == 0 {
                path.go(x, y);
            } else {
                path.line(x, y);
            }
        }
    }
    path
}

/// The visible pieces of the line, in tenths.
fn pieces(x: &Scale, y: &Scale, points: &[(f64, f64)]) -> Vec<Vec<(i32, i32)>> {
    let mut pieces: Vec<Vec<(i32, i32)>> = Vec::new();
    let mut before: Option<(f64, f64)> = None;
    for &(px, py) in points {
        let now = x.at(px).zip(y.at(py));
        if let (Some(from), Some(to)) = (before, now)
            && let Some((from, to)) = visible(from, to, x)
        {
            let (from, to) = (whole(from), whole(to));
            match pieces.last_mut() {
                Some(piece) if piece.last() == Some(&from) => {
                    if from != to {
                        piece.push(to);
                    }
                }
                _ => pieces.push(vec![from, to]),
            }
        }
        before = now;
    }
    pieces
}

/// The part of a segment inside the plot (Liang and Barsky 1984). One from far above to far below is no line but a pole.
fn visible(from: (f64, f64), to: (f64, f64), x: &Scale) -> Option<((f64, f64), (f64, f64))> {
    let (top, bottom) = (f64::from(TOP), f64::from(BOTTOM));
    let beyond = |y: f64| if y < top { -1 } else { i32::from(y > bottom) };
    if beyond(from.1) * beyond(to.1) == -1 {
        return None;
    }
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    let edges = [
        (-dx, from.0 - f64::from(x.start)),
        (dx, f64::from(x.end) - from.0),
        (-dy, from.1 - top),
        (dy, bottom - from.1),
    ];
    for (speed, room) in edges {
        if speed == 0.0 && room < 0.0 {
            return None;
        }
        if speed < 0.0 {
            enter = enter.max(room / speed);
        } else if speed > 0.0 {
            leave = leave.min(room / speed);
        }
    }
    // From very far away the sum is only roughly at the edge.
    let (left, right) = (f64::from(x.start), f64::from(x.end));
    let at = |part: f64| ((from.0 + part * dx).clamp(left, right), (from.1 + part * dy).clamp(top, bottom));
    (enter <= leave).then(|| (at(enter), at(leave)))
}

/// Without the points that the line passes closely anyway (Ramer 1972; Douglas and Peucker 1973).
fn thinned(points: &[(i32, i32)]) -> Vec<(i32, i32)> {
    let mut keep = vec![false; points.len()];
    let mut open = vec![(0, points.len() - 1)];
    while let Some((first, last)) = open.pop() {
        (keep[first], keep[last]) = (true, true);
        let mut farthest = (TOLERANCE, None);
        for idx in first + 1..last {
            let distance = distance(points[idx], points[first], points[last]);
            if distance > farthest.0 {
                farthest = (distance, Some(idx));
            }
        }
        if let Some(idx) = farthest.1 {
            open.extend([(first, idx), (idx, last)]);
        }
    }
    points.iter().zip(keep).filter(|(_, keep)| *keep).map(|(point, _)| *point).collect()
}

/// From a point to the segment between two others.
fn distance(point: (i32, i32), from: (i32, i32), to: (i32, i32)) -> f64 {
    let float = |(x, y): (i32, i32)| (f64::from(x), f64::from(y));
    let ((px, py), (ax, ay), (bx, by)) = (float(point), float(from), float(to));
    let (dx, dy) = (bx - ax, by - ay);
    let square = dx * dx + dy * dy;
    let part = if square > 0.0 { (((px - ax) * dx + (py - ay) * dy) / square).clamp(0.0, 1.0) } else { 0.0 };
    let (x, y) = (ax + part * dx - px, ay + part * dy - py);
    (x * x + y * y).sqrt()
}

/// The marks of a curve as one path: at its points, or at a few places that differ from those of the other curves.
fn marks(x: &Scale, y: &Scale, curve: &Curve, idx: usize, nth: u8) -> Path {
    let n = curve.points.len();
    let places: Vec<usize> = if curve.measured {
        (0..n).step_by(n.div_ceil(MAX_MARKS).max(1)).collect()
    } else {
        (0..CURVE_MARKS).map(|k| n * (12 * k + 3 + idx) / (12 * CURVE_MARKS)).collect()
    };
    let mut path = Path::new();
    for (px, py) in places.into_iter().filter_map(|place| curve.points.get(place)) {
        let inside = |place: f64, a: i32, b: i32| (f64::from(a.min(b))..=f64::from(a.max(b))).contains(&place);
        if let Some(at) = x.at(*px).zip(y.at(*py))
            && inside(at.0, x.start, x.end)
            && inside(at.1, y.start, y.end)
        {
            mark(&mut path, nth, whole(at));
        }
    }
    path
}

/// Adds a mark: disc, square, triangle, diamond, cross, star. All have about the same weight.
fn mark(path: &mut Path, nth: u8, (x, y): (i32, i32)) {
    match nth {
        0 => path.go(x - 30, y).arc(30, true, true, x + 30, y).arc(30, true, true, x - 30, y).close(),
        1 => path.go(x - 27, y - 27).line(x + 27, y - 27).line(x + 27, y + 27).line(x - 27, y + 27).close(),
        2 => path.go(x, y - 36).line(x + 35, y + 27).line(x - 35, y + 27).close(),
        3 => path.go(x, y - 40).line(x + 40, y).line(x, y + 40).line(x - 40, y).close(),
        4 => path.cross((x, y), 30),
        _ => path
            .segment((x, y - 38), (x, y + 38))
            .segment((x - 33, y - 19), (x + 33, y + 19))
            .segment((x - 33, y + 19), (x + 33, y - 19)),
    };
}

fn whole((x, y): (f64, f64)) -> (i32, i32) {
    (round(x), round(y))
}

#[cfg(test)]
mod tests {
    use super::{BOTTOM, Curve, TOP, line, pieces, scene, thinned};
    use crate::manifest::Line;
    use crate::scale::{Scale, width};
    use crate::{Shape, svg};
    use proptest::prelude::{Just, Strategy, prop_assert, prop_oneof, proptest};

    fn scales() -> (Scale, Scale) {
        let x = Scale::new(0.0, 100.0, false).expect("a scale").between(400, 3000);
        let y = Scale::new(0.0, 10.0, false).expect("a scale").between(BOTTOM, TOP);
        (x, y)
    }

    #[test]
    fn a_curve_that_leaves_the_page_is_cut_at_its_edge() {
        let (x, y) = scales();
        let points = [(0.0, 5.0), (50.0, 15.0), (100.0, 5.0)];
        let ends: Vec<_> = pieces(&x, &y, &points).into_iter().map(|piece| (piece[0], piece[1])).collect();
        let middle = (TOP + BOTTOM) / 2;
        assert_eq!(ends, [((400, middle), (1050, TOP)), ((2350, TOP), (3000, middle))]);
    }

    #[test]
    fn a_pole_and_what_is_not_finite_are_gaps() {
        let (x, y) = scales();
        assert!(pieces(&x, &y, &[(0.0, 1e9), (1.0, -1e9)]).is_empty());
        let gap = [(0.0, 1.0), (1.0, 2.0), (2.0, f64::NAN), (3.0, 2.0), (4.0, 1.0)];
        assert_eq!(pieces(&x, &y, &gap).len(), 2);
        assert!(pieces(&x, &y, &[(0.0, f64::INFINITY), (1.0, 1.0)]).is_empty());
    }

    #[test]
    fn a_straight_line_needs_two_points() {
        let straight: Vec<(i32, i32)> = (0..100).map(|i| (10 * i, 5 * i)).collect();
        assert_eq!(thinned(&straight), [(0, 0), (990, 495)]);
        let corner = [(0, 0), (100, 0), (100, 100)];
        assert_eq!(thinned(&corner), corner);
        // There and back again: the ends meet, and the far point stays.
        assert_eq!(thinned(&[(0, 0), (500, 0), (0, 0)]).len(), 3);
    }

    fn any_value() -> impl Strategy<Value = f64> {
        prop_oneof![-20.0..120.0_f64, -1e300..1e300_f64, Just(f64::NAN), Just(f64::INFINITY), Just(0.0)]
    }

    proptest! {
        #[test]
        fn nothing_is_drawn_outside_the_page(
            points in proptest::collection::vec((any_value(), any_value()), 0..40),
            (low, high) in (-1e6..1e6_f64, 1.0..1e9_f64),
            log in proptest::bool::ANY,
        ) {
            let x = if log { Scale::new(0.001, high, true) } else { Scale::new(low, low + high, false) }.expect("a scale");
            let y = Scale::around(points.iter().map(|point| point.1).chain([1.0]), log).expect("a scale");
            let curve = Curve { line: Line::Measured, color: 1, mark: Some(2), measured: true, points: points.clone() };
            let scene = scene("", x, y, &[curve]);
            for item in &scene.items {
                match &item.shape {
                    Shape::Text { x, y, text } => {
                        let wide = width(text);
                        let (left, right) = if item.class.starts_with("t-e") { (x - wide, *x) } else { (x - wide / 2, x + wide / 2) };
                        prop_assert!(left >= 0 && right <= 3200 && *y >= 70 && *y <= 1930, "{text} at {x} {y}");
                    }
                    shape => prop_assert!(!svg::value(shape, "d").contains("NaN")),
                }
            }
            let (x, y) = scales();
            for (px, py) in pieces(&x, &y, &points).into_iter().flatten() {
                prop_assert!((400..=3000).contains(&px) && (TOP..=BOTTOM).contains(&py), "{px} {py}");
            }
            prop_assert!(line(&x, &y, &points).data().len() < 40 * 30);
        }
    }
}
