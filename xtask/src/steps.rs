//! Commands as steps: each has a headline, talks straight to the terminal, and ends the work if it fails.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// Runs `work` under a headline.
pub fn step<T>(headline: &str, work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    eprintln!("\n=== {headline}");
    let start = Instant::now();
    let result = work()?;
    eprintln!("=== {headline}: {:.1} s", start.elapsed().as_secs_f64());
    Ok(result)
}

/// Cargo, the one that runs us, in `folder`.
pub fn cargo(folder: &Path, args: &[&str]) -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), folder, args)
}

/// A program in `folder`.
pub fn command(program: impl AsRef<OsStr>, folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(args).current_dir(folder);
    command
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> Result<(), String> {
    let shown = shown(command);
    let status = command.status().map_err(|error| format!("`{shown}` does not start: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{shown}` failed")) }
}

/// What a command answers on stdout, trimmed; `None` if it does not start or fails.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|it| it.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The command as one would type it.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_stem().unwrap_or_default();
    let words = [program].into_iter().chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}
