//! Finds the demos of a book: every folder of `demos/` whose crate depends on `demo-kit`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use crate::diagnostic::{Code, Diagnostic, Warned};

/// The crate that makes a crate a demo.
const KIT: &str = "demo-kit";

/// A demo's crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoCrate {
    /// The folder's name, which is the demo's.
    pub name: String,
    /// The package's name, by which cargo knows it.
    pub package: String,
    /// Its `Cargo.toml`.
    pub manifest: PathBuf,
}

/// The demos in `folder`'s `demos/`, by name. A book without that folder has none.
pub fn find(folder: &Path) -> Warned<Vec<DemoCrate>> {
    let mut found = Warned::new(Vec::new());
    let entries = match fs::read_dir(folder.join("demos")) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return found,
        Err(error) => {
            found.diagnostics.push(Diagnostic::new(Code::Io, format!("`demos` cannot be read: {error}")));
            return found;
        }
    };
    for entry in entries.flatten() {
        let manifest = entry.path().join("Cargo.toml");
        let Ok(text) = fs::read_to_string(&manifest) else {
            continue;
        };
        let name = entry.file_name().to_string_lossy().into_owned();
        match text.parse::<Table>() {
            Ok(table) => found.value.extend(demo(name, &table, manifest)),
            Err(error) => {
                let message = format!("`demos/{name}/Cargo.toml` is no TOML: {}", error.message());
                found.diagnostics.push(Diagnostic::new(Code::DemoBuild, message));
            }
        }
    }
    found.value.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

fn demo(name: String, table: &Table, manifest: PathBuf) -> Option<DemoCrate> {
    let package = table.get("package")?.get("name")?.as_str()?.to_owned();
    let dependencies = table.get("dependencies")?.as_table()?;
    let is_kit = |(key, value): (&String, &Value)| value.get("package").and_then(Value::as_str).unwrap_or(key) == KIT;
    dependencies.iter().any(is_kit).then_some(DemoCrate { name, package, manifest })
}
