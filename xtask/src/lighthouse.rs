//! `cargo xtask lighthouse`: the built site in the eyes of Lighthouse, 100 in all four of its scores. Not a part of
//! `cargo xtask test`: one score is a time, and the program is ten times as large as all that the tests need.

use std::path::Path;

use crate::steps::{self, command};
use crate::tools;

/// Installs Lighthouse in its own folder and runs it, on these pages of the site or on the three that stand for all.
pub fn run(root: &Path, pages: &[&str]) -> Result<(), String> {
    if !root.join("site/index.html").is_file() {
        return Err("there is no site: build it with `cargo run --release -- build`".into());
    }
    let folder = root.join("e2e/lighthouse");
    tools::node()?;
    tools::packages(&folder)?;
    let chromium = tools::chromium()?;
    steps::run(command("node", &folder, &["lighthouse.mjs"]).args(pages).env("CHROMIUM", chromium))
        .map_err(|_| "a score is below 100".to_owned())
}
