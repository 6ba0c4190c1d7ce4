//! What every demo of a Cutaway book shares.
//!
//! A demo is a model, a view and a manifest (the [`Demo`] trait), with [`Words`] and [`Measures`]. The kit does the rest:
//! it replays events forth and back, writes and reads the state in the URL, draws scenes as SVG,
//! charts a run and a sweep, answers the generator through a raw ABI, and works the figure in the browser.
//! Models and views build for the host and for wasm32 and give the same bits on both.

pub mod abi;
pub mod chart;
pub mod demo;
pub mod digest;
pub mod frame;
pub mod history;
pub mod json;
#[cfg(not(target_arch = "wasm32"))]
pub mod lint;
pub mod manifest;
pub mod math;
pub mod meter;
pub mod num;
pub mod player;
#[cfg(not(target_arch = "wasm32"))]
pub mod plot;
pub mod power;
pub mod rng;
#[cfg(not(target_arch = "wasm32"))]
pub mod scale;
pub mod scene;
pub mod sentence;
pub mod soak;
pub mod spot;
pub mod stage;
pub mod state;
pub mod svg;
pub mod sweep;
pub mod table;
pub mod text;
pub mod typed;
#[cfg(target_arch = "wasm32")]
pub mod web;

pub use demo::{Action, Ctx, Demo, Mark, Measures, Refusal, Words};
pub use digest::Digest;
pub use history::History;
pub use manifest::{
    ActionKind, Choice, Format, Kind, Line, Manifest, Panel, Param, Place, Preset, Series, Settings, Sweep, TimeChart,
    choice,
};
pub use meter::Meter;
pub use rng::Rng;
pub use scene::{Item, Path, Scene, Shape};
pub use table::Table;
pub use typed::Text;
