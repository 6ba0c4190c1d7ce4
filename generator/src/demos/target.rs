//! Makes sure that rustc can compile for the browser: asks it where its library for wasm lies, and lets rustup fetch it.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::diagnostic::{Code, Diagnostic};

/// The target that demos are compiled for.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// What rustc says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rustc {
    /// Where its tool chain lies.
    pub sysroot: PathBuf,
    /// The commit that it and its standard library were made from.
    pub commit: String,
}

/// Makes sure that the rustc which compiles in `folder` has the target, and tells what is needed to call it.
///
/// # Errors
/// If there is no rustc, or it lacks the target and rustup cannot get it.
pub fn ensure(folder: &Path, progress: fn(&str)) -> Result<Rustc, Diagnostic> {
    let (rustc, library) = ask(folder)?;
    if has_core(&library) {
        return Ok(rustc);
    }
    progress("Installing the wasm32-unknown-unknown target");
    // No tool chain is named: RUSTUP_TOOLCHAIN or the folder decide, as they did for the rustc that was asked.
    let rustup = Command::new("rustup").args(["target", "add", TARGET]).current_dir(folder).output();
    let said = match rustup {
        Ok(output) => String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        Err(_) => "rustup is not installed".to_owned(),
    };
    if has_core(&library) { Ok(rustc) } else { Err(missing(&said)) }
}

/// rustc as cargo will start it.
pub(super) fn rustc() -> OsString {
    std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())
}

fn ask(folder: &Path) -> Result<(Rustc, PathBuf), Diagnostic> {
    let prints = ["--print", "sysroot", "--print", "target-libdir", "--target", TARGET];
    let paths = output(Command::new(rustc()).args(prints).current_dir(folder))?;
    let version = output(Command::new(rustc()).arg("-vV").current_dir(folder))?;
    let mut paths = paths.lines().map(PathBuf::from);
    let (Some(sysroot), Some(library)) = (paths.next(), paths.next()) else {
        return Err(Diagnostic::new(Code::DemoBuild, "`rustc` does not say where its libraries lie"));
    };
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: ")).unwrap_or("unknown");
    Ok((Rustc { sysroot, commit: commit.to_owned() }, library))
}

fn output(command: &mut Command) -> Result<String, Diagnostic> {
    let failed = |why: String| {
        Diagnostic::new(Code::DemoBuild, format!("`rustc` is needed to build the demos, and {why}"))
            .hint("install Rust from https://rustup.rs, or build with `--no-demos`")
    };
    let output = command.output().map_err(|error| failed(format!("does not start: {error}")))?;
    if !output.status.success() {
        return Err(failed(format!("says: {}", String::from_utf8_lossy(&output.stderr).trim())));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// rustc names the folder even when nothing is there, so look for the library itself.
fn has_core(library: &Path) -> bool {
    fs::read_dir(library).into_iter().flatten().flatten().any(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with("libcore-") && name.ends_with(".rlib")
    })
}

fn missing(said: &str) -> Diagnostic {
    Diagnostic::new(
        Code::DemoBuild,
        format!("the demos need Rust's `{TARGET}` target, and rustup could not get it: {said}"),
    )
    .hint(format!("run `rustup target add {TARGET}`, or install your distribution's package for it"))
    .hint("or build with `--no-demos`")
}
