//! The program `cutaway`: reads its arguments and leaves the rest to the library.

mod cli;
mod interrupt;
mod terminal;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
