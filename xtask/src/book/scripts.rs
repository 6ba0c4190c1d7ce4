//! The JavaScript of the book, read by Node. Part of the browser tests, which have Node anyway.

use std::fs;
use std::path::Path;

use super::blocks::blocks;
use super::documents;
use crate::steps::{command, run};

/// Fails at the first block in a page that is no JavaScript.
pub fn scripts(root: &Path) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    for (path, document) in documents(root) {
        for block in blocks(&document, &["js", "javascript", "mjs"]) {
            let name = format!("{}-line-{}.mjs", path.as_str().replace('/', "-"), block.line);
            fs::write(folder.path().join(&name), block.text()).map_err(|error| error.to_string())?;
            run(&mut command("node", folder.path(), &["--check", &name]))
                .map_err(|error| format!("content/{path}:{}: {error}", block.line))?;
        }
    }
    Ok(())
}
