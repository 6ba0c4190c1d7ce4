//! A drawing under construction: it knows how far its marks reach, and sets them into its upper left corner at the end.

use crate::drawing::{Drawing, Mark, Step};

/// Air round a drawing, in px: half a stroke, and the ends of heads.
const AIR: f64 = 3.0;

/// Marks, and the room that they need.
#[derive(Debug, Default)]
pub struct Paint {
    marks: Vec<Mark>,
    /// Left, top, right, bottom.
    extent: Option<[f64; 4]>,
}

impl Paint {
    /// Adds a mark in front of the others.
    pub fn push(&mut self, mark: Mark) {
        reach(&mark, &mut |x, y| {
            let all = self.extent.get_or_insert([x, y, x, y]);
            *all = [all[0].min(x), all[1].min(y), all[2].max(x), all[3].max(y)];
        });
        self.marks.push(mark);
    }

    /// The drawing.
    pub fn finish(self) -> Drawing {
        let [left, top, right, bottom] = self.extent.unwrap_or_default();
        let mut marks = self.marks;
        for mark in &mut marks {
            shift(mark, AIR - left, AIR - top);
        }
        Drawing { width: (right - left + 2.0 * AIR).ceil(), height: (bottom - top + 2.0 * AIR).ceil(), marks }
    }
}

fn reach(mark: &Mark, note: &mut impl FnMut(f64, f64)) {
    match mark {
        Mark::Group { marks, .. } => {
            for mark in marks {
                reach(mark, note);
            }
        }
        Mark::Rect { x, y, width, height, .. } => {
            note(*x, *y);
            note(x + width, y + height);
        }
        Mark::Ellipse { x, y, rx, ry, .. } => {
            note(x - rx, y - ry);
            note(x + rx, y + ry);
        }
        Mark::Path { steps, .. } => steps.iter().for_each(|step| match step {
            Step::Move(x, y) | Step::Line(x, y) => note(*x, *y),
            Step::Curve([cx, cy, x, y]) => {
                note(*cx, *cy);
                note(*x, *y);
            }
            Step::Arc([_, ry, x, y]) => {
                note(*x, y - ry);
                note(*x, y + ry);
            }
            Step::Close => {}
        }),
        Mark::Text { class, x, y, leading, lines } => {
            let face = super::measure::face(class);
            let width = lines.iter().map(|line| super::measure::width(line, face)).fold(0.0, f64::max);
            let left = match class.split(' ').next() {
                Some("t") => x - width / 2.0,
                Some("e") => x - width,
                _ => *x,
            };
            note(left, y - 14.0);
            note(left + width, y + (lines.len() as f64 - 1.0) * leading + 5.0);
        }
    }
}

fn shift(mark: &mut Mark, dx: f64, dy: f64) {
    match mark {
        Mark::Group { marks, .. } => marks.iter_mut().for_each(|mark| shift(mark, dx, dy)),
        Mark::Rect { x, y, .. } | Mark::Ellipse { x, y, .. } | Mark::Text { x, y, .. } => {
            *x += dx;
            *y += dy;
        }
        Mark::Path { steps, .. } => steps.iter_mut().for_each(|step| match step {
            Step::Move(x, y) | Step::Line(x, y) => {
                *x += dx;
                *y += dy;
            }
            Step::Curve([cx, cy, x, y]) => {
                *cx += dx;
                *cy += dy;
                *x += dx;
                *y += dy;
            }
            Step::Arc([_, _, x, y]) => {
                *x += dx;
                *y += dy;
            }
            Step::Close => {}
        }),
    }
}
