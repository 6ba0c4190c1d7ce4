//! A token bucket, and GCRA beside it: the demo `token-bucket`.

pub mod clock;
pub mod gcra;
pub mod limiter;
pub mod manifest;
pub mod measure;
pub mod model;
pub mod story;
pub mod theory;
pub mod traffic;
mod view;
pub mod window;
pub mod words;

pub use story::TokenBucket;

demo_kit::demo!(TokenBucket);
