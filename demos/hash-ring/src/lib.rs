//! Consistent hashing on a ring, beside hash mod N: the demo `hash-ring`.

pub mod hash;
pub mod manifest;
pub mod model;
pub mod story;
pub mod theory;
pub mod words;

pub use story::HashRing;
