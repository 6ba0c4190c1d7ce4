//! Style sheets, scripts, icons and demos: their places in the site, with the hash of their content in the name.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::demos::Demo;
use crate::path::OutputPath;

/// Places and bytes of all that is not a page.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// Every file by its place.
    pub files: BTreeMap<OutputPath, Arc<[u8]>>,
    /// All style sheets in one.
    pub css: Option<OutputPath>,
    /// Scripts and icons by their name among the templates: `js/nav.js`.
    by_name: BTreeMap<String, OutputPath>,
    /// Glue and module of each demo.
    demos: BTreeMap<String, (OutputPath, OutputPath)>,
}

/// Gives every asset and demo its place.
pub fn assets(sources: &BTreeMap<String, Arc<[u8]>>, demos: &[Arc<Demo>]) -> Assets {
    let mut assets = Assets::default();
    let css: Arc<[u8]> = style(sources).into();
    if !css.is_empty() {
        assets.css = assets.add("assets/style", "css", &css);
    }
    for (name, bytes) in sources {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        match name.split_once('/') {
            Some(("css", _)) => {}
            Some(("js" | "icons", _)) => {
                let file = stem.rsplit('/').next().unwrap_or_default();
                if let Some(place) = assets.add(&format!("assets/{file}"), extension, bytes) {
                    assets.by_name.insert(name.clone(), place);
                }
            }
            // Fonts and pictures of style sheets are found by their own names: `url(fonts/x.woff2)`.
            Some(_) => {
                if let Ok(place) = OutputPath::new(&format!("assets/{name}")) {
                    assets.files.insert(place, Arc::clone(bytes));
                }
            }
            // A file beside the templates is for those who write them.
            None => {}
        }
    }
    for demo in demos {
        let stem = format!("demos/{}", demo.name);
        if let (Some(js), Some(wasm)) = (assets.add(&stem, "js", &demo.js), assets.add(&stem, "wasm", &demo.wasm)) {
            assets.demos.insert(demo.name.clone(), (js, wasm));
        }
    }
    assets
}

impl Assets {
    /// The place of a script or icon.
    pub fn named(&self, name: &str) -> Option<&OutputPath> {
        self.by_name.get(name)
    }

    /// The places of a demo's glue and module.
    pub fn demo(&self, name: &str) -> Option<&(OutputPath, OutputPath)> {
        self.demos.get(name)
    }

    fn add(&mut self, stem: &str, extension: &str, bytes: &Arc<[u8]>) -> Option<OutputPath> {
        let place = OutputPath::new(&format!("{stem}.{}.{extension}", fingerprint(bytes))).ok()?;
        self.files.insert(place.clone(), Arc::clone(bytes));
        Some(place)
    }
}

/// `css/layers.css` first, which orders the cascade; then all others by name.
fn style(sources: &BTreeMap<String, Arc<[u8]>>) -> Vec<u8> {
    let first = "css/layers.css";
    let mut out = Vec::new();
    let sheets = sources.iter().filter(|(name, _)| name.starts_with("css/") && name.ends_with(".css"));
    let (layers, others): (Vec<_>, Vec<_>) = sheets.partition(|(name, _)| name.as_str() == first);
    for (_, bytes) in layers.into_iter().chain(others) {
        out.extend_from_slice(bytes);
        out.push(b'\n');
    }
    out
}

/// Eight bytes of SHA-256 in hexadecimal digits: enough to tell versions of a file apart.
pub fn fingerprint(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(16);
    for byte in Sha256::digest(bytes).iter().take(8) {
        let _ = write!(out, "{byte:02x}");
    }
    out
}
