//! wasm-bindgen as a library: a raw module goes in, the module and the glue that a page ships come out.
//!
//! Its interface is not stable, so its version is pinned and these few calls are all that we use of it. Results are kept on
//! disk under the hash of what went in.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use wasm_bindgen_cli_support::Bindgen;

/// The version that demos and generator share; a test compares it with `Cargo.lock`.
pub const WASM_BINDGEN: &str = "0.2.130";

/// What a page ships.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Processed {
    /// The module.
    pub wasm: Vec<u8>,
    /// An ES module that loads it.
    pub js: Vec<u8>,
}

/// Processes `raw`, or takes the result of an earlier time from the folder `cache`.
///
/// # Errors
/// What wasm-bindgen says, or what a page could not ship.
pub fn process(name: &str, raw: Vec<u8>, cache: &Path) -> Result<Processed, String> {
    let key = key(name, &raw);
    if let Some(processed) = read(cache, &key) {
        return Ok(processed);
    }
    let processed = run(name, raw)?;
    // A cache that cannot be written costs time, nothing else.
    let _ = keep(cache, &key, &processed);
    Ok(processed)
}

/// The file stem under which the result for `raw` is kept.
pub fn key(name: &str, raw: &[u8]) -> String {
    let versions = format!("{name}\0{WASM_BINDGEN}\0{}\0", env!("CARGO_PKG_VERSION"));
    let hash = Sha256::new().chain_update(versions).chain_update(raw).finalize();
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Removes what the cache holds for other modules than these, given by their [`key`]s.
pub fn forget_others(cache: &Path, keys: &[String]) {
    for entry in fs::read_dir(cache).into_iter().flatten().flatten() {
        let path = entry.path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        if !keys.iter().any(|key| *key == stem) {
            // Somebody else may have been quicker.
            let _ = fs::remove_file(path);
        }
    }
}

fn run(name: &str, raw: Vec<u8>) -> Result<Processed, String> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_bytes(name, raw)
        .web(true)
        .map_err(explain)?
        .typescript(false)
        // The loader passes the module's URL, which has its content hash in it.
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true);
    let mut output = bindgen.generate_output().map_err(explain)?;
    let snippets = output.snippets().values().any(|it| !it.is_empty());
    if snippets || !output.local_modules().is_empty() || !output.npm_dependencies().is_empty() {
        return Err("it brings JavaScript files of its own, which a page does not ship".into());
    }
    let js = output.js().as_bytes().to_vec();
    Ok(Processed { wasm: output.wasm_mut().emit_wasm(), js })
}

/// All the causes of an error, outermost first.
fn explain(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> String {
    let error = error.into();
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(it) = cause {
        text.push_str(": ");
        text.push_str(&it.to_string());
        cause = it.source();
    }
    text
}

fn paths(cache: &Path, key: &str) -> (PathBuf, PathBuf) {
    (cache.join(format!("{key}.wasm")), cache.join(format!("{key}.js")))
}

fn read(cache: &Path, key: &str) -> Option<Processed> {
    let (wasm, js) = paths(cache, key);
    Some(Processed { wasm: fs::read(wasm).ok()?, js: fs::read(js).ok()? })
}

fn keep(cache: &Path, key: &str, processed: &Processed) -> io::Result<()> {
    let (wasm, js) = paths(cache, key);
    fs::create_dir_all(cache)?;
    for (path, bytes) in [(wasm, &processed.wasm), (js, &processed.js)] {
        // Written under another name first, so that a file that was cut short is never taken for a result.
        let unfinished = path.with_extension(format!("{}.unfinished", std::process::id()));
        fs::write(&unfinished, bytes)?;
        fs::rename(unfinished, path)?;
    }
    Ok(())
}
