//! Opens a page in the user's browser, by the means of the operating system.

use std::process::{Command, Stdio};
use std::thread;

/// Opens `url`. False if there is no program that could.
pub fn open(url: &str) -> bool {
    let command: &[&str] = if cfg!(target_os = "macos") {
        &["open", url]
    } else if cfg!(windows) {
        // The empty title keeps `start` from taking the address for one.
        &["cmd", "/c", "start", "", url]
    } else {
        &["xdg-open", url]
    };
    let child = Command::new(command[0])
        .args(&command[1..])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    match child {
        Ok(mut child) => {
            // Some of these programs live as long as the browser; somebody must wait for them.
            thread::spawn(move || child.wait());
            true
        }
        Err(_) => false,
    }
}
