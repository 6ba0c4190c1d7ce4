//! `cargo xtask bench`: how long builds, edits and frames take. Printed, never judged: a busy machine is not a slow program.

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use cutaway::{BuildOptions, Memo, write};

use crate::steps::{self, cargo, command, step};
use crate::table::Table;
use crate::{library, search, tools};

/// Sizes of the generated books, in pages.
const SIZES: [usize; 2] = [90, 1_000];
/// Only with `--all`: it takes a while.
const LARGE: usize = 10_000;
/// Edits of which the median is taken.
const EDITS: usize = 9;

/// Runs the benchmarks and prints their tables.
pub fn run(root: &Path, all: bool) -> Result<(), String> {
    if cfg!(debug_assertions) {
        // A development build is several times slower: measure what readers get.
        let args = ["run", "--quiet", "--release", "--package", "xtask", "--", "bench"];
        return steps::run(cargo(root, &args).args(all.then_some("--all")));
    }
    let table = step("builds", || builds(root, all))?;
    println!("\n{}", table.text());
    find(root)?;
    step("frames", || frames(root))
}

/// Runs those of the search alone.
pub fn run_search(root: &Path) -> Result<(), String> {
    if cfg!(debug_assertions) {
        return steps::run(&mut cargo(
            root,
            &["run", "--quiet", "--release", "--package", "xtask", "--", "bench", "search"],
        ));
    }
    find(root)
}

fn builds(root: &Path, all: bool) -> Result<Table, String> {
    let mut table = Table::new(&["book", "pages", "clean build", "and written", "edit to new page"]);
    table.row(&measure("this book", root)?);
    for n_pages in SIZES.into_iter().chain(all.then_some(LARGE)) {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        library::write(folder.path(), n_pages).map_err(|error| error.to_string())?;
        table.row(&measure("generated", folder.path())?);
    }
    Ok(table)
}

/// One row: a clean build, the same with writing it, and the median of edits through the memo.
fn measure(name: &str, book: &Path) -> Result<Vec<String>, String> {
    let options = BuildOptions::default();
    // Demos are compiled once and for all; what is measured is the book.
    let mut memo = Memo::default();
    build(book, &options, &mut memo)?;

    let start = Instant::now();
    let mut memo = Memo::default();
    let (site, pages) = build(book, &options, &mut memo)?;
    let clean = start.elapsed();
    let out = tempfile::tempdir().map_err(|error| error.to_string())?;
    write::site(&site, &out.path().join("site"), &AtomicBool::new(false)).map_err(|error| error.to_string())?;
    let written = start.elapsed();

    let edit = if name == "generated" { milliseconds(edit(book, &options, &mut memo)?) } else { "–".into() };
    Ok(vec![name.to_owned(), pages.to_string(), milliseconds(clean), milliseconds(written), edit])
}

/// The median time from a changed file on disk to the new site in memory, which is what `serve` shows.
fn edit(book: &Path, options: &BuildOptions, memo: &mut Memo) -> Result<Duration, String> {
    let path = library::edited(book);
    let mut text = fs::read_to_string(&path).map_err(|error| error.to_string())?;
    let mut times = Vec::new();
    for i in 0..EDITS {
        text.push_str(&format!("\nOne more paragraph, number {i}.\n"));
        fs::write(&path, &text).map_err(|error| error.to_string())?;
        let start = Instant::now();
        build(book, options, memo)?;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    Ok(times[EDITS / 2])
}

fn build(book: &Path, options: &BuildOptions, memo: &mut Memo) -> Result<(cutaway::site::Site, usize), String> {
    let built = cutaway::build(book, options, memo);
    let report = cutaway::report::render(&built.diagnostics, false);
    Ok((built.site.ok_or(report)?, built.pages))
}

/// The search of this book and of generated ones.
fn find(root: &Path) -> Result<(), String> {
    let tables = step("search", || {
        let (site, _) = build(root, &BuildOptions::default(), &mut Memo::default())?;
        search::tables(root, &site, &[SIZES[0], SIZES[1], LARGE])
    })?;
    tables.iter().for_each(|table| println!("\n{}", table.text()));
    Ok(())
}

/// Frame times in a real browser, by the browser tests' own script.
fn frames(root: &Path) -> Result<(), String> {
    let chromium = tools::chromium()?;
    tools::node()?;
    let e2e = root.join("e2e");
    steps::run(&mut cargo(root, &["run", "--quiet", "--release", "--", "build"]))?;
    steps::run(&mut command(tools::npm(), &e2e, &["ci", "--prefer-offline", "--no-audit", "--no-fund"]))?;
    steps::run(command(tools::npm(), &e2e, &["run", "bench"]).env("CHROMIUM", chromium))
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}
