//! The demos: crates are built, their modules processed, asked for their manifest and their pictures.

pub mod frame;
pub mod manifest;

use std::collections::BTreeMap;
use std::sync::Arc;

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

/// All demos of a book by name. `None` with `--no-demos`.
pub type Demos = Option<BTreeMap<String, Arc<Demo>>>;
