//! The outlines of boxes: how large they must be for their label, how they are drawn, where a line meets them.

use crate::drawing::{Mark, Step};

use super::graph::{Body, Shape};
use super::label::Label;
use super::measure::Face;

/// A rectangle by its center.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// A place.
pub type Point = (f64, f64);

/// From one place to another. By the root alone, whose bits are the same on every machine.
pub fn distance(a: Point, b: Point) -> f64 {
    ((b.0 - a.0) * (b.0 - a.0) + (b.1 - a.1) * (b.1 - a.1)).sqrt()
}

/// Between a label and its outline, in px.
const PAD: Point = (14.0, 9.0);
/// Between the columns of a table, and left and right of its rows, in px.
const CELL: f64 = 10.0;
/// Above and below a compartment, in px.
const ROOM: f64 = 6.0;

impl Area {
    pub fn left(&self) -> f64 {
        self.x - self.width / 2.0
    }
    pub fn right(&self) -> f64 {
        self.x + self.width / 2.0
    }
    pub fn top(&self) -> f64 {
        self.y - self.height / 2.0
    }
    pub fn bottom(&self) -> f64 {
        self.y + self.height / 2.0
    }
    /// True if a point lies inside.
    pub fn holds(&self, (x, y): Point) -> bool {
        (self.left()..=self.right()).contains(&x) && (self.top()..=self.bottom()).contains(&y)
    }
}

/// Width and height that a box needs.
pub fn size(body: &Body) -> Point {
    match body {
        Body::Shape(shape, label) => shape_size(*shape, label),
        Body::Start => (14.0, 14.0),
        Body::End => (18.0, 18.0),
        Body::Bar { tall: false } => (70.0, 7.0),
        Body::Bar { tall: true } => (7.0, 70.0),
        Body::Note(label) => (label.width + 24.0, label.height + 14.0),
        Body::Class { stereotype, name, parts } => {
            let rows = parts.iter().flatten().map(|row| row.width + 2.0 * CELL).fold(0.0, f64::max);
            let head = stereotype.iter().chain([name]).map(|it| it.width + 2.0 * CELL).fold(0.0, f64::max);
            let height =
                head_height(stereotype.as_ref(), name) + parts.iter().map(|part| part_height(part)).sum::<f64>();
            (rows.max(head).max(60.0), height)
        }
        Body::Entity { name, rows } => {
            let columns: f64 = columns(rows).iter().map(|width| width + 2.0 * CELL).sum();
            let height = head_height(None, name) + rows.iter().map(|row| row_height(row)).sum::<f64>();
            (columns.max(name.width + 2.0 * CELL).max(70.0), height.max(40.0))
        }
    }
}

fn shape_size(shape: Shape, label: &Label) -> Point {
    let (width, height) = (label.width + 2.0 * PAD.0, label.height + 2.0 * PAD.1);
    match shape {
        Shape::Rect | Shape::Round => (width, height),
        Shape::Subroutine => (width + 14.0, height),
        Shape::Stadium => (label.width + height.max(30.0), height),
        Shape::Cylinder => (width, height + 3.0 * CAP),
        Shape::Circle | Shape::DoubleCircle => {
            let ring = if shape == Shape::Circle { 0.0 } else { 8.0 };
            let round = distance((0.0, 0.0), (label.width, label.height)) + 10.0 + ring;
            (round, round)
        }
        // A choice of states has no words.
        Shape::Diamond if label.is_empty() => (26.0, 26.0),
        // The rectangle of the label must fit under the slopes: w / W + h / H <= 1.
        Shape::Diamond => ((label.width + 12.0) / 0.58, (label.height + 6.0) / 0.42),
        Shape::Hexagon => (width + height / 2.0, height),
        Shape::Flag => (width + height / 3.0, height),
        Shape::LeanRight | Shape::LeanLeft | Shape::Trapezoid | Shape::Funnel => (width + height * 0.8, height),
    }
}

/// Height of a cylinder's cap, in px.
const CAP: f64 = 5.0;

fn head_height(stereotype: Option<&Label>, name: &Label) -> f64 {
    stereotype.map_or(0.0, |it| it.height) + name.height + 2.0 * ROOM
}

fn part_height(part: &[Label]) -> f64 {
    part.iter().map(|row| row.height).sum::<f64>() + 2.0 * ROOM
}

fn row_height(row: &[Label]) -> f64 {
    row.iter().map(|cell| cell.height).fold(Face::Small.leading(), f64::max) + 8.0
}

/// Widths of the columns of a table.
fn columns(rows: &[Vec<Label>]) -> Vec<f64> {
    let n_columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let widest = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|it| it.width).fold(0.0, f64::max);
    (0..n_columns).map(widest).collect()
}

/// The corners of a shape with straight sides, from the upper left clockwise.
fn corners(shape: Shape, area: &Area) -> Option<Vec<Point>> {
    let (left, right, top, bottom) = (area.left(), area.right(), area.top(), area.bottom());
    let slope = area.height * 0.4;
    Some(match shape {
        Shape::Diamond => vec![(area.x, top), (right, area.y), (area.x, bottom), (left, area.y)],
        Shape::Hexagon => {
            let side = area.height / 4.0;
            let (inner_left, inner_right) = (left + side, right - side);
            vec![
                (inner_left, top),
                (inner_right, top),
                (right, area.y),
                (inner_right, bottom),
                (inner_left, bottom),
                (left, area.y),
            ]
        }
        Shape::Flag => {
            let notch = left + area.height / 3.0;
            vec![(left, top), (right, top), (right, bottom), (left, bottom), (notch, area.y)]
        }
        Shape::LeanRight => vec![(left + slope, top), (right, top), (right - slope, bottom), (left, bottom)],
        Shape::LeanLeft => vec![(left, top), (right - slope, top), (right, bottom), (left + slope, bottom)],
        Shape::Trapezoid => vec![(left + slope, top), (right - slope, top), (right, bottom), (left, bottom)],
        Shape::Funnel => vec![(left, top), (right, top), (right - slope, bottom), (left + slope, bottom)],
        _ => return None,
    })
}

/// Where the line from the center of a box towards `to` leaves its outline.
pub fn meet(body: &Body, area: &Area, to: Point) -> Point {
    let shape = match body {
        Body::Shape(shape, _) => *shape,
        Body::Start | Body::End => Shape::Circle,
        _ => Shape::Rect,
    };
    if matches!(shape, Shape::Circle | Shape::DoubleCircle) {
        return meet_ellipse(area, to);
    }
    match corners(shape, area) {
        Some(corners) => meet_sides(&corners, (area.x, area.y), to).unwrap_or_else(|| meet_box(area, to)),
        None => meet_box(area, to),
    }
}

/// Where the line from a rectangle's center leaves it.
pub fn meet_box(area: &Area, to: Point) -> Point {
    let (dx, dy) = (to.0 - area.x, to.1 - area.y);
    if dx == 0.0 && dy == 0.0 {
        return (area.x, area.bottom());
    }
    let scale = (area.width / 2.0 / dx.abs()).min(area.height / 2.0 / dy.abs());
    (area.x + dx * scale, area.y + dy * scale)
}

fn meet_ellipse(area: &Area, to: Point) -> Point {
    let (dx, dy) = (to.0 - area.x, to.1 - area.y);
    let far = distance((0.0, 0.0), (dx / (area.width / 2.0), dy / (area.height / 2.0)));
    if far == 0.0 { (area.x, area.bottom()) } else { (area.x + dx / far, area.y + dy / far) }
}

/// The crossing of the line from `center` through `to` with the sides of a polygon, the outermost one.
fn meet_sides(corners: &[Point], center: Point, to: Point) -> Option<Point> {
    let (dx, dy) = (to.0 - center.0, to.1 - center.1);
    let mut best: Option<f64> = None;
    for (idx, a) in corners.iter().enumerate() {
        let b = corners[(idx + 1) % corners.len()];
        let (sx, sy) = (b.0 - a.0, b.1 - a.1);
        let cross = dx * sy - dy * sx;
        if cross.abs() < 1e-9 {
            continue;
        }
        let along = ((a.0 - center.0) * sy - (a.1 - center.1) * sx) / cross;
        let side = ((a.0 - center.0) * dy - (a.1 - center.1) * dx) / cross;
        if along > 0.0 && (-1e-9..=1.0 + 1e-9).contains(&side) && best.is_none_or(|it| along > it) {
            best = Some(along);
        }
    }
    best.map(|along| (center.0 + dx * along, center.1 + dy * along))
}

/// A box as it is drawn.
pub fn draw(body: &Body, area: &Area) -> Mark {
    let (class, marks) = match body {
        Body::Shape(shape, label) => ("node", shape_marks(*shape, label, area)),
        Body::Start => ("node", vec![ellipse("dot", area, 0.0)]),
        Body::End => ("node", vec![ellipse("box", area, 0.0), ellipse("dot", area, 4.0)]),
        Body::Bar { .. } => ("node", vec![rect("dot", area, 2.0)]),
        Body::Note(label) => {
            ("node note", vec![note_outline(area), text("t small", label, Face::Small, area.x, area.y)])
        }
        Body::Class { stereotype, name, parts } => ("node", class_marks(stereotype.as_ref(), name, parts, area)),
        Body::Entity { name, rows } => ("node", entity_marks(name, rows, area)),
    };
    Mark::Group { class, marks }
}

fn shape_marks(shape: Shape, label: &Label, area: &Area) -> Vec<Mark> {
    let mut marks = match (shape, corners(shape, area)) {
        (_, Some(corners)) => vec![Mark::Path { class: "box", steps: closed(&corners) }],
        (Shape::Round, _) => vec![rect("box", area, 8.0)],
        (Shape::Stadium, _) => vec![rect("box", area, area.height.min(area.width) / 2.0)],
        (Shape::Subroutine, _) => {
            let bar = |x: f64| Mark::Path {
                class: "rule",
                steps: vec![Step::Move(x, area.top()), Step::Line(x, area.bottom())],
            };
            vec![rect("box", area, 0.0), bar(area.left() + 7.0), bar(area.right() - 7.0)]
        }
        (Shape::Cylinder, _) => cylinder(area),
        (Shape::Circle, _) => vec![ellipse("box", area, 0.0)],
        (Shape::DoubleCircle, _) => vec![ellipse("box", area, 0.0), ellipse("rule", area, 4.0)],
        _ => vec![rect("box", area, 2.0)],
    };
    let (x, y) = match shape {
        Shape::Cylinder => (area.x, area.y + CAP),
        Shape::Flag => (area.x + area.height / 6.0, area.y),
        _ => (area.x, area.y),
    };
    if !label.is_empty() {
        marks.push(text("t", label, Face::Text, x, y));
    }
    marks
}

fn closed(corners: &[Point]) -> Vec<Step> {
    let mut steps: Vec<Step> = corners.iter().map(|(x, y)| Step::Line(*x, *y)).collect();
    if let Some((x, y)) = corners.first() {
        steps[0] = Step::Move(*x, *y);
    }
    steps.push(Step::Close);
    steps
}

fn cylinder(area: &Area) -> Vec<Mark> {
    let (rx, top, bottom) = (area.width / 2.0, area.top() + CAP, area.bottom() - CAP);
    let outline = vec![
        Step::Move(area.left(), top),
        Step::Arc([rx, CAP, area.right(), top]),
        Step::Line(area.right(), bottom),
        Step::Arc([rx, CAP, area.left(), bottom]),
        Step::Close,
    ];
    let lid = vec![Step::Move(area.right(), top), Step::Arc([rx, CAP, area.left(), top])];
    vec![Mark::Path { class: "box", steps: outline }, Mark::Path { class: "rule", steps: lid }]
}

/// A sheet with its corner turned down.
pub fn note_outline(area: &Area) -> Mark {
    let fold = 8.0;
    let (left, right, top, bottom) = (area.left(), area.right(), area.top(), area.bottom());
    let mut steps = closed(&[(left, top), (right - fold, top), (right, top + fold), (right, bottom), (left, bottom)]);
    steps.extend([Step::Move(right - fold, top), Step::Line(right - fold, top + fold), Step::Line(right, top + fold)]);
    Mark::Path { class: "box", steps }
}

fn class_marks(stereotype: Option<&Label>, name: &Label, parts: &[Vec<Label>], area: &Area) -> Vec<Mark> {
    let mut marks = vec![rect("box", area, 2.0)];
    let mut y = area.top() + ROOM;
    if let Some(it) = stereotype {
        marks.push(text("t small quiet", it, Face::Small, area.x, y + it.height / 2.0));
        y += it.height;
    }
    marks.push(text("t strong", name, Face::Strong, area.x, y + name.height / 2.0));
    y += name.height + ROOM;
    for part in parts {
        marks.push(line_across(area, y));
        let mut row_y = y + ROOM;
        for row in part {
            marks.push(text("s small", row, Face::Small, area.left() + CELL, row_y + row.height / 2.0));
            row_y += row.height;
        }
        y += part_height(part);
    }
    marks
}

fn entity_marks(name: &Label, rows: &[Vec<Label>], area: &Area) -> Vec<Mark> {
    let mut marks = vec![rect("box", area, 2.0)];
    let head = if rows.is_empty() { area.height } else { head_height(None, name) };
    let mut y = area.top() + head;
    marks.push(text("t strong", name, Face::Strong, area.x, area.top() + head / 2.0));
    let mut widths = columns(rows);
    // What the name needs more than the rows goes to the last column.
    let spare = area.width - widths.iter().map(|width| width + 2.0 * CELL).sum::<f64>();
    if let Some(last) = widths.last_mut() {
        *last += spare;
    }
    for row in rows {
        marks.push(line_across(area, y));
        let height = row_height(row);
        let mut x = area.left();
        for (cell, width) in row.iter().zip(&widths) {
            if !cell.is_empty() {
                marks.push(text("s small", cell, Face::Small, x + CELL, y + height / 2.0));
            }
            x += width + 2.0 * CELL;
        }
        y += height;
    }
    marks
}

fn line_across(area: &Area, y: f64) -> Mark {
    Mark::Path { class: "rule", steps: vec![Step::Move(area.left(), y), Step::Line(area.right(), y)] }
}

/// A rectangle with rounded corners.
pub fn rect(class: &'static str, area: &Area, round: f64) -> Mark {
    Mark::Rect { class, x: area.left(), y: area.top(), width: area.width, height: area.height, round }
}

fn ellipse(class: &'static str, area: &Area, inset: f64) -> Mark {
    Mark::Ellipse { class, x: area.x, y: area.y, rx: area.width / 2.0 - inset, ry: area.height / 2.0 - inset }
}

/// A label whose lines are centered round `y`; the class tells whether `x` is their middle, start or end.
pub fn text(class: &'static str, label: &Label, face: Face, x: f64, y: f64) -> Mark {
    let leading = face.leading();
    // The middle of a line lies about a third of the letters' size above its baseline.
    let first = y - label.lines.len() as f64 * leading / 2.0 + leading / 2.0 + 4.8;
    Mark::Text { class, x, y: first, leading, lines: label.lines.clone() }
}

#[cfg(test)]
mod tests {
    use super::{Area, corners, meet, size};
    use crate::diagram::graph::{Body, Shape};
    use crate::diagram::label::Label;
    use crate::diagram::measure::Face;

    const ALL: [Shape; 14] = [
        Shape::Rect,
        Shape::Round,
        Shape::Stadium,
        Shape::Subroutine,
        Shape::Cylinder,
        Shape::Circle,
        Shape::DoubleCircle,
        Shape::Flag,
        Shape::Diamond,
        Shape::Hexagon,
        Shape::LeanRight,
        Shape::LeanLeft,
        Shape::Trapezoid,
        Shape::Funnel,
    ];

    #[test]
    fn every_outline_is_larger_than_its_label() {
        for shape in ALL {
            for lines in [vec!["x".to_owned()], vec!["a long label of a box".to_owned(); 4]] {
                let label = Label::new(lines, Face::Text);
                let (width, height) = size(&Body::Shape(shape, label.clone()));
                assert!(width > label.width && height > label.height, "{shape:?}");
                let area = Area { x: 0.0, y: 0.0, width, height };
                // The label's corner lies on the inner side of each side of the outline.
                if let Some(corners) = corners(shape, &area).filter(|_| shape != Shape::Flag) {
                    for (x, y) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
                        let (x, y) = (x * label.width / 2.0, y * label.height / 2.0);
                        for (idx, a) in corners.iter().enumerate() {
                            let b = corners[(idx + 1) % corners.len()];
                            let inside = (b.0 - a.0) * (y - a.1) - (b.1 - a.1) * (x - a.0);
                            assert!(inside > 0.0, "{shape:?} cuts off a corner of its label");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn lines_meet_the_outline() {
        let area = Area { x: 0.0, y: 0.0, width: 100.0, height: 50.0 };
        let label = Label::new(vec!["x".to_owned()], Face::Text);
        for shape in ALL {
            for angle in 0..24 {
                let angle = f64::from(angle) * 15.0_f64.to_radians();
                let (x, y) =
                    meet(&Body::Shape(shape, label.clone()), &area, (angle.cos() * 900.0, angle.sin() * 900.0));
                assert!(x.abs() <= 50.001 && y.abs() <= 25.001 && x.hypot(y) > 15.0, "{shape:?}: {x} {y}");
            }
        }
        assert_eq!(meet(&Body::Start, &area, (0.0, 0.0)), (0.0, 25.0));
    }
}
