//! Builds the demos of a book: one call of cargo for all of them, then wasm-bindgen, then the module's own word.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::SystemTime;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde_json::Value;
use walkdir::WalkDir;

use super::crates::{self, DemoCrate};
use super::target::{self, Rustc, TARGET};
use super::{Demo, Demos, bindgen};
use crate::diagnostic::{Code, Diagnostic, Warned};

/// The demos of the last build, and what they were built from. While no file changes, nothing is built again.
#[derive(Debug, Default)]
pub struct Memo {
    last: Option<(Inputs, Warned<Demos>)>,
}

/// Every file that the demos are built from, with its size and the time of its last change.
type Inputs = BTreeMap<PathBuf, (u64, Option<SystemTime>)>;

/// Builds the demos of the book in `folder`. `progress` hears what is being compiled.
///
/// The value is `None` if anything failed: then no fence can be checked, and what failed is all there is to say.
pub fn build(folder: &Path, memo: &mut Memo, progress: fn(&str)) -> Warned<Demos> {
    let inputs = inputs(folder);
    match &memo.last {
        Some((before, demos)) if *before == inputs => demos.clone(),
        _ => {
            let demos = build_all(folder, progress);
            memo.last = Some((inputs, demos.clone()));
            demos
        }
    }
}

fn build_all(folder: &Path, progress: fn(&str)) -> Warned<Demos> {
    let found = crates::find(folder);
    if found.value.is_empty() || !found.diagnostics.is_empty() {
        let value = found.diagnostics.is_empty().then(BTreeMap::new);
        return Warned { value, diagnostics: found.diagnostics };
    }
    let raw = match target::ensure(folder, progress).and_then(|rustc| compile(folder, &found.value, &rustc, progress)) {
        Ok(raw) => raw,
        Err(diagnostic) => {
            return Warned { value: None, diagnostics: vec![diagnostic] };
        }
    };
    let cache = folder.join("target/demos/cutaway-cache");
    let demos: Vec<_> = raw.par_iter().map(|(name, wasm)| demo(name, wasm, &cache)).collect();
    let diagnostics: Vec<_> = demos.iter().filter_map(|it| it.as_ref().err().cloned()).collect();
    let keys: Vec<_> = raw.iter().filter_map(|(name, wasm)| Some(bindgen::key(name, &fs::read(wasm).ok()?))).collect();
    bindgen::forget_others(&cache, &keys);
    let demos = demos.into_iter().flatten().map(|demo| (demo.name.clone(), Arc::new(demo))).collect();
    Warned { value: diagnostics.is_empty().then_some(demos), diagnostics }
}

/// One demo from its raw module.
fn demo(name: &str, wasm: &Path, cache: &Path) -> Result<Demo, Diagnostic> {
    let failed = |why: String| Diagnostic::new(Code::DemoBuild, format!("demo `{name}`: {why}"));
    let raw = fs::read(wasm).map_err(|error| failed(format!("its module cannot be read: {error}")))?;
    let processed = bindgen::process(name, raw, cache).map_err(|why| failed(format!("wasm-bindgen says: {why}")))?;
    Demo::from_module(name, processed.js.into(), processed.wasm.into())
        .map_err(|failure| Diagnostic::new(Code::DemoFailed, format!("demo `{name}` {failure}")))
}

/// Calls cargo once for all demos; answers where each one's module lies.
fn compile(
    folder: &Path,
    demos: &[DemoCrate],
    rustc: &Rustc,
    progress: fn(&str),
) -> Result<Vec<(String, PathBuf)>, Diagnostic> {
    let mut command = cargo(folder, demos, rustc);
    let mut child = command.spawn().map_err(|error| {
        Diagnostic::new(Code::DemoBuild, format!("`cargo` is needed to build the demos, and does not start: {error}"))
            .hint("install Rust from https://rustup.rs, or build with `--no-demos`")
    })?;
    // Both pipes are emptied at once, or cargo would wait for us while we wait for it.
    let stderr = child.stderr.take();
    let talk = thread::spawn(move || listen(stderr, progress));
    let mut messages = String::new();
    let read = child.stdout.take().map_or(Ok(0), |mut stdout| stdout.read_to_string(&mut messages));
    let status = child.wait();
    let said = talk.join().unwrap_or_default();
    if !(read.is_ok() && status.is_ok_and(|it| it.success())) {
        return Err(Diagnostic::new(
            Code::DemoBuild,
            format!("the demos do not compile; cargo says:\n\n{}", said.trim_end()),
        ));
    }
    let modules = modules(&messages);
    demos.iter().map(|demo| module(demo, &modules)).collect()
}

fn cargo(folder: &Path, demos: &[DemoCrate], rustc: &Rustc) -> Command {
    // Under `cargo run` this is the very cargo that runs us.
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .args(["build", "--locked", "--color", "never", "--profile", "wasm", "--target", TARGET])
        // A folder of its own: the flags differ from the generator's, and its lock may be held by a `cargo run` around us.
        .args(["--target-dir", "target/demos", "--message-format", "json-render-diagnostics"])
        .args(demos.iter().flat_map(|demo| ["-p", &demo.package]))
        .env("CARGO_ENCODED_RUSTFLAGS", remaps(folder, rustc))
        .env_remove("CARGO_TARGET_DIR")
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Flags that take the paths of this machine out of the panic messages, so that the bytes are the same everywhere.
fn remaps(folder: &Path, rustc: &Rustc) -> String {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let library = rustc.sysroot.join("lib/rustlib/src/rust");
    let mut flags = vec![
        format!("--remap-path-prefix={}=.", folder.display()),
        // Without the rust-src component the standard library's paths look like this by themselves.
        format!("--remap-path-prefix={}=/rustc/{}", library.display(), rustc.commit),
    ];
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    if let Some(home) = home.or_else(|| Some(std::env::home_dir()?.join(".cargo"))) {
        flags.push(format!("--remap-path-prefix={}=cargo", home.display()));
    }
    flags.join("\x1f")
}

/// Passes cargo's lines on to `progress`; answers those that are more than progress.
fn listen(stderr: Option<impl Read>, progress: fn(&str)) -> String {
    const VERBS: [&str; 9] = [
        "Compiling ",
        "Checking ",
        "Fresh ",
        "Finished ",
        "Updating ",
        "Downloading ",
        "Downloaded ",
        "Locking ",
        "Blocking ",
    ];
    let mut said = String::new();
    for line in stderr.into_iter().flat_map(|it| BufReader::new(it).split(b'\n')).map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line);
        let trimmed = line.trim_start();
        if VERBS.iter().any(|verb| trimmed.starts_with(verb)) {
            progress(trimmed);
        } else {
            said.push_str(&line);
            said.push('\n');
        }
    }
    said
}

/// `Cargo.toml` and module of every artifact in cargo's messages that is a wasm module.
fn modules(messages: &str) -> Vec<(PathBuf, PathBuf)> {
    let artifact = |line: &str| {
        let message: Value = serde_json::from_str(line).ok()?;
        let manifest = message.get("manifest_path")?.as_str()?;
        let files = message.get("filenames")?.as_array()?;
        let module = files.iter().filter_map(Value::as_str).find(|file| file.ends_with(".wasm"))?;
        Some((PathBuf::from(manifest), PathBuf::from(module)))
    };
    messages.lines().filter_map(artifact).collect()
}

fn module(demo: &DemoCrate, modules: &[(PathBuf, PathBuf)]) -> Result<(String, PathBuf), Diagnostic> {
    let manifest = demo.manifest.canonicalize().unwrap_or_else(|_| demo.manifest.clone());
    let found = modules.iter().find(|(it, _)| it.canonicalize().is_ok_and(|it| it == manifest));
    let (_, module) = found.ok_or_else(|| {
        Diagnostic::new(Code::DemoBuild, format!("demo `{}` does not compile to a module", demo.name))
            .hint("its `Cargo.toml` needs `[lib]` with `crate-type = [\"cdylib\", \"rlib\"]`")
    })?;
    Ok((demo.name.clone(), module.clone()))
}

/// Every file that cargo may read for the demos of this book.
fn inputs(folder: &Path) -> Inputs {
    let demos = WalkDir::new(folder.join("demos"))
        .into_iter()
        .filter_entry(|entry| entry.file_name() != "target" && !entry.file_name().to_string_lossy().starts_with('.'))
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path);
    let own = ["Cargo.toml", "Cargo.lock", "rust-toolchain.toml"].map(|name| folder.join(name));
    demos
        .chain(own)
        .filter_map(|path| {
            let data = fs::metadata(&path).ok()?;
            Some((path, (data.len(), data.modified().ok())))
        })
        .collect()
}
