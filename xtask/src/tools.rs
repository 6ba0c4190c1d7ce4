//! What the browser tests need besides Rust: Chromium and Node. Found, or installed where nobody has to be asked.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::steps;

/// Names of the browser, in the order in which they are tried.
const CHROMIUM: [&str; 4] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
/// The oldest Node that the test programs run on.
const NODE: (u32, u32) = (20, 19);
/// The oldest Java that the Nu validator runs on.
const JAVA: u32 = 17;

/// Chromium's program: `CHROMIUM`, else one on PATH, else installed.
pub fn chromium() -> Result<PathBuf, String> {
    if let Some(program) = env::var_os("CHROMIUM") {
        return Ok(program.into());
    }
    find(&CHROMIUM)
        .or_else(|| {
            apt(&["chromium"]);
            find(&CHROMIUM)
        })
        .ok_or_else(|| {
            "the browser tests need Chromium: run `apt-get install chromium` as root, \
             or name the program of one that you have in CHROMIUM"
                .to_owned()
        })
}

/// Makes sure that there is a Node that is new enough, with npm.
pub fn node() -> Result<(), String> {
    if find(&["node"]).is_none() || find(&["npm"]).is_none() {
        apt(&["nodejs", "npm"]);
    }
    let wanted = format!("Node {}.{} or later with npm", NODE.0, NODE.1);
    let how = "install it from https://nodejs.org";
    if find(&["npm"]).is_none() {
        return Err(format!("the browser tests need {wanted}: {how}"));
    }
    let version = steps::answer(Command::new("node").arg("--version")).unwrap_or_default();
    if is_new_enough(&version) {
        return Ok(());
    }
    Err(format!("the browser tests need {wanted}, and this is {version}: {how}"))
}

/// The program `npm`, which Windows has under another name.
pub fn npm() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}

/// A Java that is new enough for the Nu validator, or why there is none. It is never installed: few have a use for it.
pub fn java() -> Result<PathBuf, String> {
    let program = find(&["java"]).ok_or("there is no Java here")?;
    // One of 2017 or before does not know the option.
    let version = steps::answer(Command::new(&program).arg("--version")).unwrap_or_default();
    let number = version.split_whitespace().nth(1).and_then(|it| it.split('.').next()?.parse::<u32>().ok());
    match number.is_some_and(|it| it >= JAVA) {
        true => Ok(program),
        false => Err(format!("it needs Java {JAVA}, and this one is older")),
    }
}

/// Installs what the package in `folder` asks for, exactly as its lock says.
pub fn packages(folder: &Path) -> Result<(), String> {
    steps::run(&mut steps::command(npm(), folder, &["ci", "--prefer-offline", "--no-audit", "--no-fund"]))
}

fn is_new_enough(version: &str) -> bool {
    let mut parts = version.trim_start_matches('v').split('.').map_while(|it| it.parse::<u32>().ok());
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0)) >= NODE
}

/// The first of these programs that is on PATH.
fn find(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    let mut candidates = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    candidates.find(|it| it.is_file() || it.with_extension("exe").is_file() || it.with_extension("cmd").is_file())
}

/// Installs packages, as root or where `sudo` asks for no password. That it failed is seen by what is still missing.
fn apt(packages: &[&str]) {
    if find(&["apt-get"]).is_none() {
        return;
    }
    let is_root = steps::answer(Command::new("id").arg("-u")).as_deref() == Some("0");
    let has_sudo = || steps::answer(Command::new("sudo").args(["-n", "true"])).is_some();
    let prefix: &[&str] = match is_root {
        true => &[],
        false if has_sudo() => &["sudo", "-n"],
        false => return,
    };
    eprintln!("installing {}", packages.join(", "));
    let apt_get = |args: &[&str]| {
        let words = [prefix, &["apt-get", "-y", "-q"], args].concat();
        let mut command = steps::command(words[0], Path::new("."), &words[1..]);
        // Without it a package may stop and ask.
        steps::run(command.env("DEBIAN_FRONTEND", "noninteractive"))
    };
    let install = [&["install", "--no-install-recommends"], packages].concat();
    // A fresh container has no lists of packages.
    if apt_get(&install).is_err() && apt_get(&["update"]).is_ok() {
        let _ = apt_get(&install);
    }
}

#[cfg(test)]
mod tests {
    use super::is_new_enough;

    #[test]
    fn versions_are_numbers() {
        for version in ["v20.19.0", "v20.20.2", "v22.1.0", "v100.0.0"] {
            assert!(is_new_enough(version), "{version}");
        }
        for version in ["", "v18.19.0", "v20.9.1", "nonsense"] {
            assert!(!is_new_enough(version), "{version}");
        }
    }
}
