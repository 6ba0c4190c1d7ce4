//! What is said to people: lines on stderr, color where it is wanted, and one line of progress that goes away again.

use std::env;
use std::fmt::Display;
use std::io::{IsTerminal, Write, stderr};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Work that takes no longer is not talked about.
const PATIENCE: Duration = Duration::from_secs(1);
/// Width of a progress line in characters: it must not wrap, or it could not be taken back.
const WIDTH: usize = 78;

static PROGRESS: Mutex<Progress> = Mutex::new(Progress { began: None, shown: false });

struct Progress {
    began: Option<Instant>,
    shown: bool,
}

/// Writes a line to stderr. If nobody can hear it any more, so be it.
pub fn say(line: impl Display) {
    end_progress();
    let _ = writeln!(stderr(), "{line}");
}

/// Tells what is being done, on a terminal, once it has taken longer than a second.
pub fn progress(line: &str) {
    if !stderr().is_terminal() {
        return;
    }
    let Ok(mut progress) = PROGRESS.lock() else { return };
    let began = *progress.began.get_or_insert_with(Instant::now);
    if began.elapsed() < PATIENCE {
        return;
    }
    let seconds = began.elapsed().as_secs();
    let line: String = format!("{seconds:>3} s  {line}").chars().take(WIDTH).collect();
    let _ = write!(stderr(), "\r\x1b[K{line}");
    let _ = stderr().flush();
    progress.shown = true;
}

/// Takes the line of progress back.
pub fn end_progress() {
    let Ok(mut progress) = PROGRESS.lock() else { return };
    if progress.shown {
        let _ = write!(stderr(), "\r\x1b[K");
    }
    *progress = Progress { began: None, shown: false };
}

/// Whether stderr shows colors: `NO_COLOR` and `CLICOLOR_FORCE` decide, else whether it is a terminal that can.
pub fn color() -> bool {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty());
    if set("NO_COLOR").is_some() {
        return false;
    }
    set("CLICOLOR_FORCE").is_some_and(|value| value != "0")
        || stderr().is_terminal() && set("TERM").is_none_or(|term| term != "dumb")
}
