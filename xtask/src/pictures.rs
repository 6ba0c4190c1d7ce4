//! `cargo xtask pictures`: what chats show with a link to a page whose figure runs, drawn by the browser of the tests. The
//! pictures lie beside their pages; a browser test tells when one is not what its page shows any more.

use std::path::Path;

use crate::steps::{self, cargo, command};
use crate::tools;

/// Builds the book and draws the pictures that are missing or out of date.
pub fn run(root: &Path) -> Result<(), String> {
    let folder = root.join("e2e");
    tools::node()?;
    tools::packages(&folder)?;
    let chromium = tools::chromium()?;
    steps::run(&mut cargo(root, &["run", "--quiet", "--locked", "--", "build"]))?;
    steps::run(command("node", &folder, &["pictures.mjs"]).env("CHROMIUM", chromium))
}
