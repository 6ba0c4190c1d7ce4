//! The book's code that is not Rust, read without being run: JavaScript by Node, which the browser tests need anyway,
//! shell by Bash, JSON by serde.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::blocks::{Block, blocks};
use super::documents;
use crate::steps::{command, run};

const LANGUAGES: [&str; 6] = ["js", "javascript", "mjs", "sh", "bash", "json"];

/// Fails at the first block in a page that is not what its fence says.
pub fn scripts(root: &Path) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    for (path, document) in documents(root) {
        for block in blocks(&document, &LANGUAGES) {
            read(&block, folder.path()).map_err(|error| format!("content/{path}:{}: {error}", block.line))?;
        }
    }
    Ok(())
}

fn read(block: &Block, folder: &Path) -> Result<(), String> {
    let (program, option, name) = match block.code.language.as_str() {
        "json" => {
            return serde_json::from_str::<Value>(&block.text()).map(drop).map_err(|error| format!("no JSON: {error}"));
        }
        "sh" | "bash" => ("bash", "-n", "block.sh"),
        _ => ("node", "--check", "block.mjs"),
    };
    fs::write(folder.join(name), block.text()).map_err(|error| error.to_string())?;
    run(&mut command(program, folder, &[option, name]))
}

#[cfg(test)]
mod tests {
    use cutaway::config::Config;
    use cutaway::parse;
    use cutaway::path::SourcePath;
    use cutaway::source::Source;

    use super::{LANGUAGES, blocks, read};

    #[test]
    fn what_is_not_what_its_fence_says_is_refused() {
        let text = "```json\n{\"a\": 1}\n```\n\n```json\n{\"a\": }\n```\n\n```sh\nif true; then ls; fi\n```\n\n```sh\nif true; ls\n```\n";
        let path = SourcePath::new("page.md").expect("a path in the book");
        let document = parse::document(&path, &Source::new("page.md", text), &Config::default()).value;
        let folder = tempfile::tempdir().expect("a folder");
        let ok: Vec<bool> = blocks(&document, &LANGUAGES).iter().map(|it| read(it, folder.path()).is_ok()).collect();
        assert_eq!(ok, [true, false, true, false]);
    }
}
