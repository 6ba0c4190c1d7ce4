//! The program `cutaway` as a user starts it, on a small book in a folder of its own.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};

use tempfile::TempDir;

/// A folder with a book of two pages.
pub struct Book {
    folder: TempDir,
}

impl Book {
    pub fn new() -> Self {
        let book = Self { folder: tempfile::tempdir().expect("a folder") };
        book.write("book.toml", "[book]\ntitle = \"Small\"\n");
        book.write("content/SUMMARY.md", "# Summary\n\n[Small](index.md)\n\n# One\n\n- [Next](next.md)\n");
        book.write("content/index.md", "# Small\n\nA small book. Go [on](next.md).\n");
        book.write("content/next.md", "# Next\n\nThe end.\n");
        book
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn join(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    /// Writes a file the way editors do: under another name first, then moved.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a writable folder");
        let unfinished = path.with_extension("unfinished~");
        fs::write(&unfinished, text).expect("a writable folder");
        fs::rename(unfinished, path).expect("a writable folder");
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }
}

/// The program, not yet started, in the folder `here`, with none of the variables that change how it talks.
pub fn cutaway(here: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cutaway"));
    command.args(args).current_dir(here).stdin(Stdio::null());
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "CLICOLOR"] {
        command.env_remove(name);
    }
    command
}

/// What a finished program said, and how it ended.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

/// Runs a program to its end.
pub fn run(command: &mut Command) -> Said {
    let output = command.output().expect("the program starts");
    Said {
        code: output.status.code().expect("an exit code"),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// A running `cutaway serve`; it ends with the test.
pub struct Serving {
    pub child: Child,
    /// Kept open, or the program would talk to nobody.
    _talk: BufReader<ChildStderr>,
    /// `127.0.0.1:PORT`
    pub address: String,
}

impl Serving {
    /// Starts it on a free port and waits until the book is there.
    pub fn start(book: &Book, args: &[&str]) -> Self {
        let args = [&["serve", "--port", "0"], args].concat();
        let mut child = cutaway(book.path(), &args).stderr(Stdio::piped()).spawn().expect("the program starts");
        let mut talk = BufReader::new(child.stderr.take().expect("a pipe"));
        let mut said = String::new();
        let address = loop {
            let before = said.len();
            assert!(talk.read_line(&mut said).expect("UTF-8") > 0, "it ended: {said}");
            if let Some((_, url)) = said[before..].trim_end().split_once(" at http://") {
                break url.trim_end_matches('/').to_owned();
            }
        };
        Self { child, _talk: talk, address }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
