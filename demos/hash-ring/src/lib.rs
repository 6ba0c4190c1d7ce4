//! Consistent hashing on a ring, beside hash mod N: the demo `hash-ring`.

pub mod cluster;
pub mod hash;
pub mod manifest;
pub mod measure;
pub mod model;
pub mod scheme;
pub mod sketch;
pub mod story;
pub mod theory;
mod view;
pub mod words;

pub use story::HashRing;

demo_kit::demo!(HashRing);
