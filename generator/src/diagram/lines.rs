//! Lines between boxes as they are drawn: bends rounded, ends at the outlines, heads along the way.

use crate::drawing::{Mark, Step};

use super::graph::{Head, Line};
use super::shape::{Point, distance};

/// How far from a bend the line begins to turn, in px at most.
const BEND: f64 = 16.0;

/// Radius of rings, in px.
const RING: f64 = 4.0;

/// The marks of a line: first the line, then what stands at its ends.
pub fn draw(points: &[Point], line: Line, heads: [Head; 2]) -> Vec<Mark> {
    let class = match line {
        Line::Solid => "edge",
        Line::Dotted => "edge dotted",
        Line::Thick => "edge thick",
        Line::Invisible => return Vec::new(),
    };
    let mut points = points.to_vec();
    points.dedup_by(|a, b| distance(*a, *b) < 0.5);
    if points.len() < 2 {
        return Vec::new();
    }
    let mut marks = Vec::new();
    let start = at_end(&mut points, heads[0], true);
    let end = at_end(&mut points, heads[1], false);
    marks.push(Mark::Path { class, steps: rounded(&points) });
    marks.extend(start.into_iter().chain(end));
    marks
}

/// Draws what stands at one end, and shortens the line by as much as it covers.
fn at_end(points: &mut Vec<Point>, head: Head, start: bool) -> Vec<Mark> {
    if start {
        points.reverse();
    }
    let tip = points[points.len() - 1];
    // The head points along the last piece of the way that is as long as the head itself.
    let back = before_end(points, reach(head).max(6.0));
    let long = distance(back, tip).max(0.1);
    let toward = ((tip.0 - back.0) / long, (tip.1 - back.1) / long);
    let marks = head_marks(head, Frame { tip, toward });
    cut_end(points, covered(head));
    if start {
        points.reverse();
    }
    marks
}

/// How long a head is, in px.
pub fn reach(head: Head) -> f64 {
    match head {
        Head::None => 0.0,
        Head::Arrow => 9.0,
        Head::Open | Head::Cross => 8.0,
        Head::Circle => 2.0 * RING,
        Head::Triangle => 12.0,
        Head::Diamond | Head::HollowDiamond => 16.0,
        Head::One | Head::OneOrMany => 12.0,
        Head::ZeroOrOne | Head::ZeroOrMany => 19.0,
    }
}

/// How much of the line a head hides.
fn covered(head: Head) -> f64 {
    match head {
        Head::Arrow => 7.0,
        Head::Circle | Head::Triangle | Head::Diamond | Head::HollowDiamond => reach(head),
        _ => 0.0,
    }
}

/// The place at a distance from the end of the way.
pub fn before_end(points: &[Point], wanted: f64) -> Point {
    let mut left = wanted;
    for pair in points.windows(2).rev() {
        let long = distance(pair[0], pair[1]);
        if long >= left && long > 0.0 {
            let part = left / long;
            return (pair[1].0 + (pair[0].0 - pair[1].0) * part, pair[1].1 + (pair[0].1 - pair[1].1) * part);
        }
        left -= long;
    }
    points[0]
}

fn cut_end(points: &mut Vec<Point>, length: f64) {
    if length <= 0.0 {
        return;
    }
    let end = before_end(points, length);
    let mut left = length;
    while points.len() > 2 {
        let long = distance(points[points.len() - 1], points[points.len() - 2]);
        if long > left {
            break;
        }
        left -= long;
        points.pop();
    }
    let last = points.len() - 1;
    points[last] = end;
}

/// A polyline with rounded bends.
pub fn rounded(points: &[Point]) -> Vec<Step> {
    let mut steps = vec![Step::Move(points[0].0, points[0].1)];
    for three in points.windows(3) {
        let (before, bend, after) = (three[0], three[1], three[2]);
        if straight(before, bend, after) {
            continue;
        }
        let toward = |to: Point| {
            let long = distance(bend, to);
            let part = (BEND.min(long / 2.0)) / long.max(0.1);
            (bend.0 + (to.0 - bend.0) * part, bend.1 + (to.1 - bend.1) * part)
        };
        let (enter, leave) = (toward(before), toward(after));
        steps.push(Step::Line(enter.0, enter.1));
        steps.push(Step::Curve([bend.0, bend.1, leave.0, leave.1]));
    }
    if let [_, .., last] = points {
        steps.push(Step::Line(last.0, last.1));
    }
    steps
}

/// True if a bend is none.
fn straight(before: Point, bend: Point, after: Point) -> bool {
    let aside = (bend.0 - before.0) * (after.1 - before.1) - (bend.1 - before.1) * (after.0 - before.0);
    aside.abs() < 0.2 * distance(before, after)
}

/// Where a head stands and where it points.
#[derive(Clone, Copy)]
struct Frame {
    tip: Point,
    toward: Point,
}

impl Frame {
    /// A place `back` px before the tip and `aside` px left of the way.
    fn at(self, back: f64, aside: f64) -> Point {
        let (dx, dy) = self.toward;
        (self.tip.0 - dx * back - dy * aside, self.tip.1 - dy * back + dx * aside)
    }

    fn path(self, class: &'static str, places: &[(f64, f64)], close: bool) -> Mark {
        let mut steps: Vec<Step> = Vec::new();
        for (back, aside) in places {
            let (x, y) = self.at(*back, *aside);
            steps.push(if steps.is_empty() { Step::Move(x, y) } else { Step::Line(x, y) });
        }
        if close {
            steps.push(Step::Close);
        }
        Mark::Path { class, steps }
    }

    fn ring(self, back: f64) -> Mark {
        let (x, y) = self.at(back, 0.0);
        Mark::Ellipse { class: "head hollow", x, y, rx: RING, ry: RING }
    }

    /// A stroke across the line.
    fn bar(self, back: f64) -> Mark {
        self.path("head", &[(back, -5.0), (back, 5.0)], false)
    }

    fn crow_foot(self) -> Mark {
        self.path("head", &[(0.0, -6.0), (11.0, 0.0), (0.0, 6.0)], false)
    }
}

fn head_marks(head: Head, frame: Frame) -> Vec<Mark> {
    match head {
        Head::None => Vec::new(),
        Head::Arrow => vec![frame.path("head full", &[(0.0, 0.0), (9.0, 4.5), (9.0, -4.5)], true)],
        Head::Open => vec![frame.path("head", &[(8.0, 4.5), (0.0, 0.0), (8.0, -4.5)], false)],
        Head::Circle => vec![frame.ring(RING)],
        Head::Cross => {
            let stroke = |a: f64| frame.path("head", &[(8.0, -4.0 * a), (0.0, 4.0 * a)], false);
            vec![stroke(1.0), stroke(-1.0)]
        }
        Head::Triangle => vec![frame.path("head hollow", &[(0.0, 0.0), (12.0, 7.0), (12.0, -7.0)], true)],
        Head::Diamond => vec![frame.path("head full", &[(0.0, 0.0), (8.0, 5.0), (16.0, 0.0), (8.0, -5.0)], true)],
        Head::HollowDiamond => {
            vec![frame.path("head hollow", &[(0.0, 0.0), (8.0, 5.0), (16.0, 0.0), (8.0, -5.0)], true)]
        }
        Head::One => vec![frame.bar(7.0), frame.bar(11.0)],
        Head::ZeroOrOne => vec![frame.bar(7.0), frame.ring(15.0)],
        Head::OneOrMany => vec![frame.crow_foot(), frame.bar(13.0)],
        Head::ZeroOrMany => vec![frame.crow_foot(), frame.ring(15.0)],
    }
}

#[cfg(test)]
mod tests {
    use super::{before_end, draw, reach};
    use crate::diagram::graph::{Head, Line};
    use crate::drawing::{Mark, Step};

    const HEADS: [Head; 12] = [
        Head::None,
        Head::Arrow,
        Head::Open,
        Head::Circle,
        Head::Cross,
        Head::Triangle,
        Head::Diamond,
        Head::HollowDiamond,
        Head::One,
        Head::ZeroOrOne,
        Head::OneOrMany,
        Head::ZeroOrMany,
    ];

    #[test]
    fn every_end_is_drawn_on_the_line() {
        for head in HEADS {
            for points in [vec![(0.0, 0.0), (100.0, 0.0)], vec![(0.0, 0.0), (97.0, 0.0), (98.0, 0.0), (100.0, 0.0)]] {
                let marks = draw(&points, Line::Solid, [Head::None, head]);
                for mark in &marks {
                    let xs: Vec<f64> = match mark {
                        Mark::Path { steps, .. } => steps.iter().filter_map(|it| x(*it)).collect(),
                        Mark::Ellipse { x, rx, .. } => vec![x - rx, x + rx],
                        _ => Vec::new(),
                    };
                    assert!(xs.iter().all(|x| (0.0..=100.0).contains(x)), "{head:?}: {xs:?}");
                }
                assert_eq!(marks.len() > 1, head != Head::None);
                assert!(reach(head) < 20.0);
            }
        }
    }

    fn x(step: Step) -> Option<f64> {
        match step {
            Step::Move(x, _) | Step::Line(x, _) => Some(x),
            Step::Curve([_, _, x, _]) | Step::Arc([_, _, x, _]) => Some(x),
            Step::Close => None,
        }
    }

    #[test]
    fn a_way_is_walked_back_round_its_bends() {
        assert_eq!(before_end(&[(0.0, 0.0), (10.0, 0.0), (10.0, 5.0)], 7.0), (8.0, 0.0));
        assert_eq!(before_end(&[(0.0, 0.0), (10.0, 0.0)], 70.0), (0.0, 0.0));
    }

    #[test]
    fn nothing_is_drawn_of_a_line_without_length() {
        assert!(draw(&[(1.0, 1.0), (1.1, 1.0)], Line::Solid, [Head::Arrow; 2]).is_empty());
        assert!(draw(&[(1.0, 1.0), (9.0, 1.0)], Line::Invisible, [Head::Arrow; 2]).is_empty());
    }
}
