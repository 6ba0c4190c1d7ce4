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
    /// The style sheets of every page in one.
    pub css: Option<OutputPath>,
    /// Those in `css/demo/`, for pages with a demo.
    pub demo_css: Option<OutputPath>,
    /// Scripts and icons by their name among the templates: `js/nav.js`.
    by_name: BTreeMap<String, OutputPath>,
    /// Glue and module of each demo.
    demos: BTreeMap<String, (OutputPath, OutputPath)>,
}

/// Gives every asset and demo its place.
pub fn assets(sources: &BTreeMap<String, Arc<[u8]>>, demos: &[Arc<Demo>]) -> Assets {
    let mut assets = Assets::default();
    for (folder, stem) in [("css/", "assets/style"), ("css/demo/", "assets/demo")] {
        let css: Arc<[u8]> = style(sources, folder).into();
        let place = if css.is_empty() { None } else { assets.add(stem, "css", &css) };
        match folder {
            "css/" => assets.css = place,
            _ => assets.demo_css = place,
        }
    }
    for (name, bytes) in sources {
        match name.split_once('/') {
            Some(("css", _)) => {}
            Some(("js", _)) if name.ends_with(".js") => assets.script(name, sources, &mut Vec::new()),
            Some(("icons" | "js", _)) => assets.name(name, bytes),
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

    /// Gives a script its place, after those that it names: `"./keys.js"` becomes the hashed name of that file, so that
    /// scripts can load one another when they are needed. `open` are those that are being named; of scripts in a ring, one
    /// keeps the name of the other as it is written.
    fn script(&mut self, name: &str, sources: &BTreeMap<String, Arc<[u8]>>, open: &mut Vec<String>) {
        let Some(bytes) = sources.get(name).filter(|_| !self.by_name.contains_key(name)) else { return };
        if !name.ends_with(".js") {
            return self.name(name, bytes);
        }
        if open.iter().any(|it| it == name) {
            return;
        }
        open.push(name.to_string());
        let Ok(text) = std::str::from_utf8(bytes) else {
            return self.name(name, bytes);
        };
        let text = without_comments(text);
        let mut out = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once("\"./") {
            let file = after.split('"').next().unwrap_or_default();
            let sibling = format!("js/{file}");
            self.script(&sibling, sources, open);
            let hashed = self.by_name.get(&sibling).and_then(|place| place.as_str().rsplit('/').next());
            out.push_str(before);
            out.push_str("\"./");
            out.push_str(hashed.unwrap_or(file));
            rest = &after[file.len()..];
        }
        out.push_str(rest);
        self.name(name, &out.into_bytes().into());
    }

    /// Gives an asset its place by its name among the templates.
    fn name(&mut self, name: &str, bytes: &Arc<[u8]>) {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let file = stem.rsplit('/').next().unwrap_or_default();
        if let Some(place) = self.add(&format!("assets/{file}"), extension, bytes) {
            self.by_name.insert(name.to_string(), place);
        }
    }

    fn add(&mut self, stem: &str, extension: &str, bytes: &Arc<[u8]>) -> Option<OutputPath> {
        let place = OutputPath::new(&format!("{stem}.{}.{extension}", fingerprint(bytes))).ok()?;
        self.files.insert(place.clone(), Arc::clone(bytes));
        Some(place)
    }
}

/// The sheets of one folder: `css/layers.css` first, which orders the cascade; then all others by name.
fn style(sources: &BTreeMap<String, Arc<[u8]>>, folder: &str) -> Vec<u8> {
    let first = "css/layers.css";
    let mut out = Vec::new();
    let here = |name: &str| name.strip_prefix(folder).is_some_and(|rest| rest.ends_with(".css") && !rest.contains('/'));
    let sheets = sources.iter().filter(|(name, _)| here(name));
    let (layers, others): (Vec<_>, Vec<_>) = sheets.partition(|(name, _)| name.as_str() == first);
    for (_, bytes) in layers.into_iter().chain(others) {
        match std::str::from_utf8(bytes) {
            Ok(text) => out.extend_from_slice(close(&without_comments(text)).as_bytes()),
            Err(_) => out.extend_from_slice(bytes),
        }
    }
    out
}

/// A style sheet without the space that means nothing. No string of a sheet may hold a colon, comma, semicolon or brace
/// beside a space.
fn close(sheet: &str) -> String {
    let mut out = sheet.replace('\n', " ");
    for (wide, narrow) in
        [("; ", ";"), (" {", "{"), ("{ ", "{"), (" }", "}"), ("} ", "}"), (": ", ":"), (", ", ","), (";}", "}")]
    {
        out = out.replace(wide, narrow);
    }
    out
}

/// A script or style sheet without the lines that are comments alone, and without indentation: those who read it find both
/// in the source, and readers of pages need not load them. Text in backticks may not have such lines.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for line in text.lines() {
        let line = line.trim();
        let begins = line.starts_with("/*") && !inside;
        inside |= begins;
        let comment = inside || line.starts_with("//") || line.is_empty();
        if inside && let Some((_, after)) = line.split_once("*/") {
            inside = false;
            // What follows a comment on its line stays.
            if !after.trim().is_empty() {
                out.push_str(after.trim());
                out.push('\n');
            }
        }
        if !comment {
            out.push_str(line);
            out.push('\n');
        }
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::{Assets, assets};

    fn scripts(files: &[(&str, &str)]) -> Assets {
        let sources: BTreeMap<String, Arc<[u8]>> =
            files.iter().map(|(name, text)| ((*name).to_string(), Arc::from(text.as_bytes()))).collect();
        assets(&sources, &[])
    }

    fn text(assets: &Assets, name: &str) -> String {
        let place = assets.named(name).expect("it has a place");
        String::from_utf8(assets.files[place].to_vec()).expect("UTF-8")
    }

    #[test]
    fn a_script_names_others_by_their_hashed_names() {
        let made = scripts(&[("js/a.js", "import(\"./b.js\"); \"./none.js\""), ("js/b.js", "1")]);
        let there = made.named("js/b.js").expect("it has a place").as_str().rsplit('/').next().expect("a name");
        assert_eq!(text(&made, "js/a.js"), format!("import(\"./{there}\"); \"./none.js\"\n"));
        let changed = scripts(&[("js/a.js", "import(\"./b.js\"); \"./none.js\""), ("js/b.js", "2")]);
        assert_ne!(made.named("js/a.js"), changed.named("js/a.js"), "what a script names is part of its content");
    }

    #[test]
    fn a_script_names_a_module_by_its_hashed_name() {
        let made = scripts(&[("js/a.js", "new URL(\"./a.wasm\", import.meta.url)"), ("js/a.wasm", "// not a comment")]);
        let there = made.named("js/a.wasm").expect("it has a place").as_str().rsplit('/').next().expect("a name");
        assert!(there.ends_with(".wasm"), "{there}");
        assert_eq!(text(&made, "js/a.js"), format!("new URL(\"./{there}\", import.meta.url)\n"));
        assert_eq!(text(&made, "js/a.wasm"), "// not a comment", "its bytes are as they were");
    }

    #[test]
    fn comments_stay_at_home() {
        let text = "// a\nlet x = 1; // b\n\n/** c\n * d */\n/** @type {T} */ (y);\n  z(\"https://e\");\n/* f */\n";
        assert_eq!(super::without_comments(text), "let x = 1; // b\n(y);\nz(\"https://e\");\n");
        assert_eq!(super::without_comments("/* a\n   b */ c {}\n"), "c {}\n");
    }

    #[test]
    fn a_sheet_is_closed_up() {
        assert_eq!(super::close(".a > b {\ncolor: red;\nmargin: 0 1px;\n}\n"), ".a > b{color:red;margin:0 1px}");
    }

    #[test]
    fn scripts_in_a_ring_end() {
        let made = scripts(&[("js/a.js", "\"./b.js\""), ("js/b.js", "\"./a.js\"")]);
        assert_eq!(text(&made, "js/b.js"), "\"./a.js\"\n");
        assert!(text(&made, "js/a.js").starts_with("\"./b."));
    }
}
