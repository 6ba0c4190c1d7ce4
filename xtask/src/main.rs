//! The project's chores: `cargo xtask test | size | book | spell | bench | fuzz | pictures | validate | lighthouse`.

mod bench;
mod book;
mod fuzz;
mod library;
mod lighthouse;
mod nu;
mod pictures;
mod search;
mod size;
mod steps;
mod table;
mod test;
mod tools;
mod traces;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
The project's chores

Usage: cargo xtask <COMMAND>

Commands:
  test           Runs every test there is; installs what they need where it can
  size           Weighs the built site against its budgets
  book           Counts what each chapter has, and marks what is unusual
  spell          Looks for words that neither the dictionary nor content/words.txt has
  bench [--all | search]
                 Times builds, searches and frames; with --all a build of 10,000 pages too
  fuzz [TARGET] [--cases N]
                 Tries a million odd inputs, or N, of every target or of one: pages,
                 front_matter, fences, config, summary, glossary, state, requests
  pictures       Draws the pictures that chats show with links, where the figures have changed
  validate       Runs the Nu validator over the built site, if there is a Java
  lighthouse [PAGE...]
                 Scores home and two chapters, or these pages of the built site: 100 in all
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args[..] {
        ["test"] => test::run(&root()),
        ["size"] => size::run(&root()),
        ["book"] => book::run(&root()),
        ["spell"] => book::spell(&root()),
        ["bench"] => bench::run(&root(), false),
        ["bench", "search"] => bench::run_search(&root()),
        ["bench", "--all"] => bench::run(&root(), true),
        ["fuzz", ref rest @ ..] => fuzz::run(&root(), rest),
        ["pictures"] => pictures::run(&root()),
        ["validate"] => nu::run(&root()),
        ["lighthouse", ref pages @ ..] => lighthouse::run(&root(), pages),
        ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprint!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("\nerror: {why}");
            ExitCode::FAILURE
        }
    }
}

/// The repository.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}
