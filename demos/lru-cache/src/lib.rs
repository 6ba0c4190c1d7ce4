//! What a full cache throws out: LRU against six other policies on the same tape: the demo `lru-cache`.

pub mod list;
pub mod manifest;
pub mod measure;
pub mod model;
pub mod policy;
pub mod race;
pub mod tape;
pub mod theory;
mod view;
pub mod words;
pub mod workload;

pub use race::LruCache;

demo_kit::demo!(LruCache);
