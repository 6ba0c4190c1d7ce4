//! Ctrl+C: ends the program at once, or, while a site is being written, as soon as that is undone.

use std::process;
use std::sync::atomic::{AtomicBool, Ordering};

/// Set once the user wants to stop; [`cutaway::write::site`] looks at it.
static STOP: AtomicBool = AtomicBool::new(false);
static WRITING: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl+C ends the program with this code.
pub fn listen(code: u8) {
    // Without a handler Ctrl+C kills, and the next start mends what was left.
    let _ = ctrlc::set_handler(move || {
        let again = STOP.swap(true, Ordering::SeqCst);
        if again || !WRITING.load(Ordering::SeqCst) {
            process::exit(code.into());
        }
    });
}

/// Runs `write`, which must not be cut short but looks at what it is given.
pub fn while_writing<T>(write: impl FnOnce(&AtomicBool) -> T) -> T {
    WRITING.store(true, Ordering::SeqCst);
    let result = write(&STOP);
    WRITING.store(false, Ordering::SeqCst);
    result
}
