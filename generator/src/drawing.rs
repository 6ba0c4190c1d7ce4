//! A picture that the build has drawn: shapes and lines of text with classes, no colors and no ids.
//!
//! Coordinates are CSS px at the normal size of text, from the upper left corner.

/// A picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// In px, > 0.
    pub width: f64,
    /// In px, > 0.
    pub height: f64,
    /// From the back to the front.
    pub marks: Vec<Mark>,
}

/// One thing drawn. Classes are what `templates/css/diagram.css` styles.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// What belongs together: a box with its label.
    Group { class: &'static str, marks: Vec<Mark> },
    /// A rectangle with corners of the radius `round`.
    Rect { class: &'static str, x: f64, y: f64, width: f64, height: f64, round: f64 },
    /// An ellipse round a center.
    Ellipse { class: &'static str, x: f64, y: f64, rx: f64, ry: f64 },
    /// Lines and curves.
    Path { class: &'static str, steps: Vec<Step> },
    /// Lines of text, `leading` px from one baseline to the next; `y` is the first baseline.
    Text { class: &'static str, x: f64, y: f64, leading: f64, lines: Vec<String> },
}

/// A step of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// Lifts the pen and sets it down there.
    Move(f64, f64),
    Line(f64, f64),
    /// A quadratic curve: its control point, then its end.
    Curve([f64; 4]),
    /// A piece of an ellipse, clockwise and less than half of it: radii, then its end.
    Arc([f64; 4]),
    Close,
}
