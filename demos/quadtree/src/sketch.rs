//! What does not change while an event is animated, drawn when it is first asked for: thousands of points and lines are put
//! into words for the browser once an event, not once a frame.

use std::cell::OnceCell;

use demo_kit::Scene;

/// The parts of the pictures that stay.
#[derive(Default)]
pub struct Still {
    /// The cells of the plane.
    pub cells: Scene,
    /// The points in them, unless they are on their way.
    pub dots: Scene,
    /// The tree without what is chosen.
    pub tree: Scene,
    /// Where the nodes stand in it, from left to right.
    pub across: Vec<i32>,
}

/// A place for them. A copy of a run draws its own: it is about to become another one.
#[derive(Default)]
pub struct Sketch(pub OnceCell<Still>);

impl Clone for Sketch {
    fn clone(&self) -> Sketch {
        Sketch::default()
    }
}
