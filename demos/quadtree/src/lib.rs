//! A quadtree, on the plane and as a tree: the demo `quadtree`.

pub mod manifest;
pub mod map;
pub mod measure;
pub mod model;
pub mod points;
pub mod search;
pub mod sketch;
pub mod story;
pub mod theory;
mod view;
pub mod words;

pub use story::Quadtree;

demo_kit::demo!(Quadtree, spots);
