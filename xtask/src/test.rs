//! `cargo xtask test`: every test there is, and exactly what CI runs. A browser test is never skipped: without a browser
//! the command fails and says what to run.

use std::path::Path;
use std::time::Instant;

use cutaway::demos::{crates, target};

use crate::steps::{self, cargo, command, step};
use crate::{book, nu, size, tools, traces};

/// Runs all steps, up to the first that fails.
fn run_all(root: &Path) -> Result<(), String> {
    step("format", || steps::run(&mut cargo(root, &["fmt", "--all", "--check"])))?;
    step("clippy", || clippy(root))?;
    step("tests", || steps::run(&mut cargo(root, &["test", "--workspace", "--locked"])))?;
    step("build the book", || steps::run(&mut cargo(root, &["run", "--quiet", "--locked", "--", "build"])))?;
    step("look for traces of this machine", || traces::run(root))?;
    step("weigh the site", || size::run(root))?;
    step("test programs", || programs(&root.join("e2e")))?;
    step("spelling", || book::spell(root))?;
    step("other code in pages", || book::scripts(root))?;
    step("Nu validator", || nu::run(root))?;
    step("browser tests", || browser(&root.join("e2e")))
}

/// Runs all steps and says how long they took.
pub fn run(root: &Path) -> Result<(), String> {
    let start = Instant::now();
    run_all(root)?;
    eprintln!("\nall steps passed in {:.0} s", start.elapsed().as_secs_f64());
    Ok(())
}

/// The whole workspace for this machine, and demos and search once more for the browser, which other code of theirs sees.
fn clippy(root: &Path) -> Result<(), String> {
    let deny = ["--", "-D", "warnings"];
    let native = [&["clippy", "--workspace", "--all-targets", "--locked"][..], &deny].concat();
    steps::run(&mut cargo(root, &native))?;

    target::ensure(root, |line| eprintln!("{line}"))
        .map_err(|it| format!("{}; {}", it.message, it.hints.join("; ")))?;
    let demos = crates::find(root).value;
    let packages = demos.iter().map(|demo| demo.package.as_str()).chain(["demo-kit", "cutaway-search"]);
    let packages: Vec<&str> = packages.flat_map(|name| ["-p", name]).collect();
    let wasm = [&["clippy", "--locked", "--target", target::TARGET][..], &packages, &deny].concat();
    steps::run(&mut cargo(root, &wasm))
}

/// What the steps after this one need of npm.
fn programs(folder: &Path) -> Result<(), String> {
    tools::node()?;
    tools::packages(folder)
}

fn browser(folder: &Path) -> Result<(), String> {
    let chromium = tools::chromium()?;
    steps::run(command(tools::npm(), folder, &["test"]).env("CHROMIUM", chromium))
}
