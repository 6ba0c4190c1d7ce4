//! The browser part: adopts the figure that the page brings, and keeps it in step with a [`crate::player::Player`].
//!
//! The page's script owns clock, listeners and address bar. It hands every event of a figure to [`Figure::on`] and calls
//! [`Figure::tick`] once a frame while one is wanted; so a failure here stays in this figure and the script can say so.

mod controls;
mod dom;
pub mod field;
mod figure;
mod input;
mod painter;
mod spots;
mod words;

use crate::history::Entry;
use wasm_bindgen::prelude::wasm_bindgen;

pub use dom::Node;
pub use spots::{SPOTS, Spots};

#[wasm_bindgen]
extern "C" {
    /// What a figure asks of the page.
    pub type Host;

    /// Wants to be ticked.
    #[wasm_bindgen(method)]
    fn wake(this: &Host);

    /// The state has changed by the reader's doing and stands still.
    #[wasm_bindgen(method)]
    fn changed(this: &Host);

    /// It began to play.
    #[wasm_bindgen(method)]
    fn started(this: &Host);

    /// The reader wants a link to the state.
    #[wasm_bindgen(method)]
    fn copy(this: &Host);

    /// Whether the reader prefers reduced motion.
    #[wasm_bindgen(method)]
    fn reduced(this: &Host) -> bool;

    /// Milliseconds since whenever, for slices of idle work.
    #[wasm_bindgen(method)]
    fn now(this: &Host) -> f64;
}

/// A live figure.
#[wasm_bindgen]
pub struct Figure {
    inner: figure::Live,
}

/// Makes a figure live. `state` is the state that the address asks for, "" for the book's; `spots` are there for a demo with
/// actions at places.
pub fn mount(entry: Entry, element: Node, state: &str, host: Host, spots: Option<&'static Spots>) -> Figure {
    let mut inner = figure::Live::adopt(entry, element, host, spots);
    if !state.is_empty() {
        inner.open(state);
    }
    Figure { inner }
}

#[wasm_bindgen]
impl Figure {
    /// So many milliseconds have passed. True: wants another frame.
    pub fn tick(&mut self, dt: f64) -> bool {
        self.inner.tick(dt)
    }

    /// Takes an event of the figure: its type, its target, for a keyboard event the key, for a pointer where it is in the
    /// target's panel and how large a CSS pixel is there, in tenths of a unit. True: the browser is to do nothing of its own.
    pub fn on(&mut self, kind: &str, target: Node, key: &str, x: f64, y: f64, pixel: f64) -> bool {
        let reach = pixel * f64::from(crate::stage::REACH);
        let pointer = input::Pointer { at: (x as i32, y as i32), reach: reach as i32 };
        self.inner.on(kind, &target, key, &pointer)
    }

    /// Stops playing.
    pub fn pause(&mut self) {
        self.inner.pause();
    }

    /// Opens a state string, as from the address bar.
    pub fn set_state(&mut self, state: &str) {
        self.inner.open(state);
    }

    /// The state string to put into a link; "" when it is the book's.
    pub fn state(&self) -> String {
        self.inner.link()
    }

    /// Says something in the narration's place.
    pub fn say(&mut self, text: &str) {
        self.inner.say(text);
    }
}
