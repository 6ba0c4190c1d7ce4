//! Lists the files of the workspace's `templates/` folder, so that `src/load/builtin.rs` can embed them, and compiles the
//! search for the browser, which is one of them.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What browsers run.
const TARGET: &str = "wasm32-unknown-unknown";
/// The name of the search among the templates.
const SEARCH: &str = "js/search.wasm";

fn main() -> io::Result<()> {
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")).join("../templates");
    println!("cargo::rerun-if-changed=../templates");
    let mut names = Vec::new();
    list(&root, "", &mut names)?;
    names.push(SEARCH.into());
    names.sort();
    search()?;
    let mut code = String::from("&[\n");
    for name in names {
        let (base, path) = match name.as_str() {
            SEARCH => ("OUT_DIR", "/search.wasm".to_string()),
            _ => ("CARGO_MANIFEST_DIR", format!("/../templates/{name}")),
        };
        writeln!(code, "    ({name:?}, include_bytes!(concat!(env!({base:?}), {path:?}))),")
            .map_err(io::Error::other)?;
    }
    code.push_str("]\n");
    fs::write(PathBuf::from(variable("OUT_DIR")).join("templates.rs"), code)
}

/// Compiles the crate of the search to `search.wasm`. It has no dependencies, so rustc alone does it, without a second
/// cargo that would wait for the lock of the first.
fn search() -> io::Result<()> {
    println!("cargo::rerun-if-changed=../search/src");
    let workspace = PathBuf::from(variable("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    let rustc = variable("RUSTC");
    let sysroot = Command::new(&rustc).args(["--print", "sysroot"]).output()?.stdout;
    let library = Path::new(String::from_utf8_lossy(&sysroot).trim()).join("lib/rustlib/src/rust");
    let output = Command::new(&rustc)
        .current_dir(&workspace)
        .args(["--edition", "2024", "--crate-name", "cutaway_search", "--crate-type", "cdylib", "--target", TARGET])
        .args([
            "-C",
            "opt-level=z",
            "-C",
            "panic=abort",
            "-C",
            "lto=fat",
            "-C",
            "codegen-units=1",
            "-C",
            "strip=symbols",
        ])
        // Paths of this machine stay out of the module, so that it has the same bytes everywhere.
        .arg(format!("--remap-path-prefix={}=.", workspace.display()))
        .arg(format!("--remap-path-prefix={}=/rustc", library.display()))
        .args(["--color", "never", "-o"])
        .arg(PathBuf::from(variable("OUT_DIR")).join("search.wasm"))
        .arg("search/src/lib.rs")
        .output()?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    if said.contains("E0463") {
        let why = format!("the search of the book runs in the browser and needs Rust's `{TARGET}` target");
        return Err(io::Error::other(format!("{why}: run `rustup target add {TARGET}`")));
    }
    Err(io::Error::other(format!("the search does not compile for the browser:\n{said}")))
}

/// Adds the names of all files below `folder`, but those that begin with a dot.
fn list(folder: &Path, prefix: &str, names: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().into_string().map_err(|_| io::ErrorKind::InvalidData)?;
        if name.starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            list(&entry.path(), &format!("{prefix}{name}/"), names)?;
        } else {
            names.push(format!("{prefix}{name}"));
        }
    }
    Ok(())
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}
