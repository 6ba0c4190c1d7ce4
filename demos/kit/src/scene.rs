//! A scene: what a panel shows, as shapes with classes and whole-number coordinates.
//!
//! Coordinates are tenths of a unit (a panel is 320 units wide, so x runs from 0 to 3200): integers, so that native and
//! wasm agree, and with one decimal in the SVG. Colours live in the style sheet; an item names its class and its category.

use crate::text::{part, put};

/// Width of every panel, in units.
pub const WIDTH: i32 = 320;

/// What a panel shows.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Scene {
    /// The accessible name: what is to be seen, in one sentence.
    pub label: String,
    /// In painting order; keys are unique.
    pub items: Vec<Item>,
}

/// One element of the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Names the element from frame to frame.
    pub key: u32,
    /// Classes of marks.css: "arc", "dots big", "t num".
    pub class: &'static str,
    /// Category 1..=6 (class `c1`..`c6`), 0 for none.
    pub color: u8,
    /// Its form.
    pub shape: Shape,
}

/// Forms; all lengths in tenths of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Centre and radius.
    Circle {
        /// Centre.
        x: i32,
        /// Centre.
        y: i32,
        /// Radius, >= 0.
        r: i32,
    },
    /// Corner and size.
    Rect {
        /// Left.
        x: i32,
        /// Top.
        y: i32,
        /// Width, >= 0.
        w: i32,
        /// Height, >= 0.
        h: i32,
    },
    /// Any outline; crowds are one path, too.
    Path(Path),
    /// A line of text; its class says how it is anchored.
    Text {
        /// Anchor.
        x: i32,
        /// Baseline.
        y: i32,
        /// What it says.
        text: String,
    },
}

/// The outline of a path, written as SVG path data while it is built.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Path(String);

impl Path {
    /// An empty path.
    pub fn new() -> Path {
        Path(String::new())
    }

    /// Whether nothing is drawn yet.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// SVG path data.
    pub fn data(&self) -> &str {
        &self.0
    }

    /// Lifts the pen and goes to a point.
    pub fn go(&mut self, x: i32, y: i32) -> &mut Path {
        self.command("M", &[x, y])
    }

    /// Draws a straight line to a point.
    pub fn line(&mut self, x: i32, y: i32) -> &mut Path {
        self.command("L", &[x, y])
    }

    /// Draws a circular arc to a point: the long way round when `long`, clockwise when `clockwise`.
    pub fn arc(&mut self, r: i32, long: bool, clockwise: bool, x: i32, y: i32) -> &mut Path {
        self.command("A", &[r, r]);
        let flags = match (long, clockwise) {
            (false, false) => " 0 0 0",
            (false, true) => " 0 0 1",
            (true, false) => " 0 1 0",
            (true, true) => " 0 1 1",
        };
        put(&mut self.0, flags);
        self.pair(&[x, y], true)
    }

    /// A dot of a crowd: a line of no length, which round caps make visible (class "dots").
    pub fn dot(&mut self, x: i32, y: i32) -> &mut Path {
        self.go(x, y);
        put(&mut self.0, "h0");
        self
    }

    /// Draws a part of another path's data as well.
    pub fn piece(&mut self, of: &Path, from: usize, to: usize) {
        put(&mut self.0, part(&of.0, from, to));
    }

    /// A straight line on its own.
    pub fn segment(&mut self, from: (i32, i32), to: (i32, i32)) -> &mut Path {
        self.go(from.0, from.1).line(to.0, to.1)
    }

    /// A cross on its corners: ×.
    pub fn cross(&mut self, (x, y): (i32, i32), arm: i32) -> &mut Path {
        self.segment((x - arm, y - arm), (x + arm, y + arm)).segment((x - arm, y + arm), (x + arm, y - arm))
    }

    /// An upright cross: +.
    pub fn plus(&mut self, (x, y): (i32, i32), arm: i32) -> &mut Path {
        self.segment((x - arm, y), (x + arm, y)).segment((x, y - arm), (x, y + arm))
    }

    /// Closes the outline.
    pub fn close(&mut self) -> &mut Path {
        put(&mut self.0, "z");
        self
    }

    fn command(&mut self, letter: &str, numbers: &[i32]) -> &mut Path {
        put(&mut self.0, letter);
        self.pair(numbers, false)
    }

    fn pair(&mut self, numbers: &[i32], mut space: bool) -> &mut Path {
        for &number in numbers {
            if space && number >= 0 {
                put(&mut self.0, " ");
            }
            crate::num::tenths(&mut self.0, number);
            space = true;
        }
        self
    }
}

impl Scene {
    /// A scene with its accessible name.
    pub fn new(label: impl Into<String>) -> Scene {
        Scene { label: label.into(), items: Vec::new() }
    }

    /// Adds a shape.
    pub fn add(&mut self, key: u32, class: &'static str, color: u8, shape: Shape) {
        self.items.push(Item { key, class, color, shape });
    }

    /// Adds a circle.
    pub fn circle(&mut self, key: u32, class: &'static str, color: u8, x: i32, y: i32, r: i32) {
        self.add(key, class, color, Shape::Circle { x, y, r });
    }

    /// Adds a rectangle given by corner and size.
    pub fn rect(&mut self, key: u32, class: &'static str, color: u8, at: (i32, i32), size: (i32, i32)) {
        let (w, h) = (size.0.max(0), size.1.max(0));
        self.add(key, class, color, Shape::Rect { x: at.0, y: at.1, w, h });
    }

    /// Adds a path, unless nothing is drawn in it.
    pub fn path(&mut self, key: u32, class: &'static str, color: u8, path: Path) {
        if !path.is_empty() {
            self.add(key, class, color, Shape::Path(path));
        }
    }

    /// Adds a straight line.
    pub fn line(&mut self, key: u32, class: &'static str, color: u8, from: (i32, i32), to: (i32, i32)) {
        let mut path = Path::new();
        path.segment(from, to);
        self.path(key, class, color, path);
    }

    /// Adds a text; the class says how it is anchored ("t" middle, "t-s" start, "t-e" end).
    pub fn text(&mut self, key: u32, class: &'static str, x: i32, y: i32, text: impl Into<String>) {
        self.add(key, class, 0, Shape::Text { x, y, text: text.into() });
    }
}
