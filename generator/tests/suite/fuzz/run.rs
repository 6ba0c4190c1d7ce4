//! Runs a target: the inputs that once failed, then new ones. What fails is made small and kept.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};

use super::choices::Choices;

/// Numbers from which the text of one case is made. A grammar takes as many as it needs.
const NUMBERS: usize = 400;

/// How many cases `cargo test` runs.
const FEW: u32 = 300;

/// Runs `property` on texts made by `grammar`.
pub fn run(target: &str, grammar: fn(&mut Choices<'_>) -> String, property: impl Fn(&str) -> Result<(), String>) {
    for (file, text) in kept(target) {
        if let Err(why) = property(&text) {
            panic!("{}: {why}", file.display());
        }
    }
    let cases = number("FUZZ_CASES").and_then(|it| u32::try_from(it).ok()).unwrap_or(FEW);
    let seed = number("FUZZ_SEED").unwrap_or(1);
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 4_000, ..Config::default() };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let texts = proptest::collection::vec(proptest::num::u16::ANY, 0..NUMBERS)
        .prop_map(|numbers| grammar(&mut Choices::new(&numbers)));
    let progress = Progress::new(target, cases);
    let found = runner.run(&texts, |text| {
        progress.at(&text);
        property(&text).map_err(proptest::test_runner::TestCaseError::fail)
    });
    match found {
        Ok(()) => {}
        Err(TestError::Fail(why, text)) => {
            let file = keep(target, &text);
            panic!("{why}\nwith the input that is now kept in {}:\n{text:?}", file.display());
        }
        Err(TestError::Abort(why)) => panic!("{target}: {why}"),
    }
}

/// Inputs that once failed, by name.
fn kept(target: &str) -> Vec<(PathBuf, String)> {
    let Ok(entries) = fs::read_dir(folder(target)) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files.into_iter().map(|file| (file.clone(), fs::read_to_string(&file).expect("a kept input is UTF-8"))).collect()
}

/// Keeps an input under a name that follows from it.
fn keep(target: &str, text: &str) -> PathBuf {
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    let folder = folder(target);
    fs::create_dir_all(&folder).expect("a folder for what failed");
    let file = folder.join(format!("{hash:016x}.txt"));
    fs::write(&file, text).expect("what failed is kept");
    file
}

fn folder(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz").join(target)
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Tells the watchdog of `cargo xtask fuzz` what is being tried, and people how far it is.
struct Progress {
    target: String,
    cases: u32,
    /// The file with the input at work; `None` under `cargo test`.
    current: Option<PathBuf>,
    done: std::cell::Cell<u32>,
}

impl Progress {
    fn new(target: &str, cases: u32) -> Self {
        let current = std::env::var_os("FUZZ_CURRENT").map(PathBuf::from);
        Self { target: target.to_owned(), cases, current, done: std::cell::Cell::new(0) }
    }

    fn at(&self, text: &str) {
        let Some(current) = &self.current else { return };
        // A program that dies takes its memory along: the file stays.
        fs::write(current, text).expect("the input at work is noted");
        let done = self.done.replace(self.done.get() + 1);
        if done > 0 && done.is_multiple_of((self.cases / 10).max(1)) {
            eprintln!("{}: {done} of {} cases", self.target, self.cases);
        }
    }
}
