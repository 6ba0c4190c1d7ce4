//! Where things stand on the stage: few places in one row with their map, more in two rows, many in a grid.

use crate::race::LruCache;

/// Most places that stand in one row, under a map.
const ONE_ROW: usize = 8;
/// Most places that have their note below them.
const NOTED: usize = 16;

/// The grid of places, all lengths in tenths of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Places in a row.
    columns: usize,
    /// From one place to the next, and from row to row.
    pitch: (i32, i32),
    /// Size of a place.
    pub size: (i32, i32),
    /// Corner of the first one.
    corner: (i32, i32),
    /// Whether there is room for the map.
    pub has_map: bool,
    /// Whether there is room for notes.
    pub has_notes: bool,
}

impl Layout {
    /// The layout of a run: it depends on what does not change while it is played.
    pub fn of(run: &LruCache) -> Layout {
        let places = run.stage().capacity.max(1);
        let width = cell(run);
        let (has_map, has_notes) = (places <= ONE_ROW, places <= NOTED);
        let columns = match (has_map, has_notes) {
            (true, _) => places,
            (_, true) => places.div_ceil(2),
            // As even as it goes, so that no place stands alone in the last row.
            _ => places.div_ceil(places.div_ceil((3190 / (width + 30)) as usize)),
        };
        let rows = places.div_ceil(columns) as i32;
        let across = if has_notes { (3160 / columns as i32).min(560) } else { 3190 / columns as i32 };
        // Few places have room for larger boxes.
        let width = width.max((across - 180).min(380)).min(across - 30);
        let (top, down, height) = match (has_map, has_notes) {
            (true, _) => (1330, 0, 260),
            (_, true) => (760, 700, 240),
            _ => (720, (1400 / rows).min(300), (1400 / rows).min(300) - 24),
        };
        let left = (3200 - across * (columns as i32 - 1) - width) / 2;
        Layout { columns, pitch: (across, down), size: (width, height), corner: (left, top), has_map, has_notes }
    }

    /// The corner of a place, by its rank in the policy's order.
    pub fn place(&self, rank: usize) -> (i32, i32) {
        let (column, row) = ((rank % self.columns) as i32, (rank / self.columns) as i32);
        (self.corner.0 + self.pitch.0 * column, self.corner.1 + self.pitch.1 * row)
    }

    /// Whether the next place is in another row.
    pub fn ends_row(&self, rank: usize) -> bool {
        rank % self.columns == self.columns - 1
    }
}

/// Width of a cell of the tape: its longest name fits.
pub fn cell(run: &LruCache) -> i32 {
    match run.tape.letters() {
        ..=2 => 240,
        3 => 310,
        _ => 380,
    }
}
