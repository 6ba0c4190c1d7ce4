//! `cargo xtask fuzz`: every fuzz target of the generator's tests with a million inputs that were never tried before.
//!
//! The targets say what may never happen (`generator/tests/suite/fuzz/`), and keep what fails. This watches from outside:
//! an input on which a target dies or hangs cannot be kept by the target itself.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::{Duration, SystemTime};

use crate::steps::{self, cargo, command, step};

/// The targets, by the names of their tests.
const TARGETS: [&str; 8] = ["pages", "front_matter", "fences", "config", "summary", "glossary", "state", "requests"];

/// How many inputs each target is given.
const CASES: u32 = 1_000_000;

/// No input takes longer, or it hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs all targets, or the one that is named.
pub fn run(root: &Path, args: &[&str]) -> Result<(), String> {
    let (targets, cases) = read(args)?;
    let program = step("build the targets", || build(root))?;
    let mut failed = Vec::new();
    for target in targets {
        if let Err(why) = step(&format!("{target}: {cases} cases"), || watch(root, &program, target, cases)) {
            eprintln!("{why}");
            failed.push(target);
        }
    }
    match failed[..] {
        [] => Ok(()),
        _ => Err(format!("these targets failed: {}", failed.join(", "))),
    }
}

/// The generator's tests, as fast as a release and with every overflow looked at: the program that runs them. It is
/// started without cargo, so that it is what ends when it has to.
fn build(root: &Path) -> Result<PathBuf, String> {
    let test = ["test", "--profile", "fuzz", "-p", "cutaway", "--test", "suite", "--no-run"];
    steps::run(&mut cargo(root, &test))?;
    let told = steps::answer(&mut cargo(root, &[&test[..], &["--quiet", "--message-format", "json"]].concat()));
    let told = told.unwrap_or_default();
    // One line for each thing built, the program itself among them.
    let suite = told.lines().find(|it| it.contains("\"name\":\"suite\"") && it.contains("\"executable\":\""));
    let program = suite.and_then(|it| it.split("\"executable\":\"").nth(1)).and_then(|it| it.split('"').next());
    program.map(PathBuf::from).filter(|it| it.exists()).ok_or_else(|| "cargo does not say where the tests are".into())
}

fn read<'a>(args: &[&'a str]) -> Result<(Vec<&'a str>, u32), String> {
    let (names, cases) = match args {
        [names @ .., "--cases", n] => {
            (names, n.replace('_', "").parse().map_err(|_| format!("`--cases {n}` is no number of cases"))?)
        }
        names => (names, CASES),
    };
    match names {
        [] => Ok((TARGETS.to_vec(), cases)),
        [name] if TARGETS.contains(name) => Ok((vec![name], cases)),
        _ => Err(format!("`{}` is no target; there are {}", names.join(" "), TARGETS.join(", "))),
    }
}

/// Runs one target and looks at its input now and then.
fn watch(root: &Path, program: &Path, target: &str, cases: u32) -> Result<(), String> {
    let current = root.join("target").join(format!("fuzz-{target}.txt"));
    // An older one would be taken for the first input.
    let _ = fs::remove_file(&current);
    let seed = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_nanos() as u64;
    let name = format!("fuzz::targets::{target}");
    let mut command = command(program, &root.join("generator"), &["--exact", &name, "--nocapture"]);
    command.env("FUZZ_CASES", cases.to_string()).env("FUZZ_SEED", seed.to_string()).env("FUZZ_CURRENT", &current);
    command.env("RUST_BACKTRACE", "0");
    let mut child = command.spawn().map_err(|error| format!("the tests do not start: {error}"))?;
    match wait(&mut child, &current)? {
        Some(true) => Ok(()),
        // The target has kept its input, unless it died.
        Some(false) if !current.exists() => Err(format!("{target} failed before its first case (seed {seed})")),
        Some(false) => Err(format!("{target} failed (seed {seed}); {}", keep(root, target, &current)?)),
        None => Err(format!("{target} hangs (seed {seed}); {}", keep(root, target, &current)?)),
    }
}

/// Whether the target succeeded; `None` if it had to be ended.
fn wait(child: &mut Child, current: &Path) -> Result<Option<bool>, String> {
    loop {
        if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
            return Ok(Some(status.success()));
        }
        let age = fs::metadata(current).and_then(|it| it.modified()).ok().and_then(|it| it.elapsed().ok());
        if age.is_some_and(|it| it > PATIENCE) {
            child.kill().and_then(|()| child.wait()).map_err(|error| error.to_string())?;
            return Ok(None);
        }
        std::thread::sleep(Duration::from_millis(500));
    }
}

/// Keeps the input at work among those that are tried first, unless it is what the target has just made small.
fn keep(root: &Path, target: &str, current: &Path) -> Result<String, String> {
    let folder = root.join("generator/tests/fuzz").join(target);
    let started = fs::metadata(current).and_then(|it| it.modified()).ok();
    let fresh = |path: &PathBuf| fs::metadata(path).and_then(|it| it.modified()).ok() >= started;
    let kept: Vec<PathBuf> =
        fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path()).filter(fresh).collect();
    if let [kept] = &kept[..] {
        return Ok(format!("its input is kept in {}", kept.display()));
    }
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let to = folder.join("last-input.txt");
    fs::copy(current, &to).map_err(|error| error.to_string())?;
    Ok(format!("its last input is kept in {}: rename it after what was wrong", to.display()))
}
