//! The demos: crates are built, their modules processed, asked for their manifest and their pictures.
//!
//! Cargo makes raw modules ([`build`]), wasm-bindgen makes them fit for browsers ([`bindgen`]), and the very bytes that a page
//! ships are run here for what stands in the page ([`module`]).

pub mod bindgen;
pub mod build;
pub mod crates;
pub mod decimal;
pub mod failure;
pub mod frame;
pub mod manifest;
pub mod manifest_check;
pub mod module;
pub mod target;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use build::{Memo, build};
pub use failure::{Failure, FailureKind};
use manifest::Manifest;

/// A demo that is ready: what it says of itself and the bytes that the page ships.
#[derive(Clone, Debug)]
pub struct Demo {
    /// The folder's name.
    pub name: String,
    /// From the module.
    pub manifest: Manifest,
    /// The processed module.
    pub wasm: Arc<[u8]>,
    /// The glue of wasm-bindgen.
    pub js: Arc<[u8]>,
}

/// All demos of a book by name. `None` with `--no-demos`, and when they could not be built.
pub type Demos = Option<BTreeMap<String, Arc<Demo>>>;
