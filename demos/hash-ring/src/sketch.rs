//! What of a picture stays from event to event, drawn when it is first asked for: two thousand dots are put into words for the
//! browser once a run, not once a frame, in which at most their colors change.

use demo_kit::Path;

/// The dots of keys, in the order of their list.
#[derive(Debug, Default)]
pub struct Dots {
    /// Where each lies.
    pub places: Vec<(i32, i32)>,
    /// All of them.
    pub path: Path,
    /// Where in the path's text each one ends.
    pub ends: Vec<usize>,
}
