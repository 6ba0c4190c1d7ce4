//! Finds the files below one folder of the book, in order, and keeps out what does not belong to it.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::{Code, Diagnostic};

/// A file that was found.
#[derive(Debug)]
pub struct Found {
    /// Relative to the folder that was walked, with `/`.
    pub name: String,
    /// Where it is on disk.
    pub path: PathBuf,
}

/// All files below `root` in order of name; nothing that begins with a dot, nothing that lies outside `root`.
///
/// `shown` is the folder's name in reports: `content`.
pub fn files(root: &Path, shown: &str, found: &mut Vec<Diagnostic>) -> Vec<Found> {
    let home = match root.canonicalize() {
        Ok(home) => home,
        Err(error) => {
            found.push(unreadable(shown, &error));
            return Vec::new();
        }
    };
    let mut files = Vec::new();
    let mut walk = WalkDir::new(&home).follow_links(true).sort_by_file_name().into_iter();
    while let Some(step) = walk.next() {
        let entry = match step {
            Ok(entry) => entry,
            Err(error) => {
                found.push(walk_error(&home, shown, &error));
                continue;
            }
        };
        if entry.depth() == 0 {
            continue;
        }
        let folder = entry.file_type().is_dir();
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            if folder {
                walk.skip_current_dir();
            }
            continue;
        }
        match admit(&entry, &home, shown) {
            Ok(name) if !folder => files.push(Found { name, path: entry.into_path() }),
            Ok(_) => {}
            Err(problem) => {
                found.push(problem);
                if folder {
                    walk.skip_current_dir();
                }
            }
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

/// The entry's name with `/`, if it may be read.
fn admit(entry: &DirEntry, home: &Path, shown: &str) -> Result<String, Diagnostic> {
    let steps: Option<Vec<&str>> = entry
        .path()
        .strip_prefix(home)
        .ok()
        .and_then(|relative| relative.components().map(|step| step.as_os_str().to_str()).collect());
    let Some(steps) = steps else {
        let name = relative(home, shown, entry.path());
        return Err(Diagnostic::new(Code::NotUtf8, format!("the name of `{name}` is not UTF-8"))
            .hint("give the file a name that every system can write"));
    };
    let name = steps.join("/");
    // Windows' separator would make two names of one file.
    if name.contains('\\') {
        return Err(Diagnostic::new(Code::Io, format!("the name of `{shown}/{name}` has a backslash"))
            .hint("a link cannot name such a file on every system; give it another name"));
    }
    if entry.path_is_symlink() && !lies_in(entry.path(), home) {
        return Err(Diagnostic::new(
            Code::OutsideBook,
            format!("symbolic link `{shown}/{name}` leads out of `{shown}/`"),
        )
        .hint("put the file itself there; nothing outside the folder is read or published"));
    }
    let kind = entry.file_type();
    if kind.is_dir() || kind.is_file() {
        return Ok(name);
    }
    Err(Diagnostic::new(Code::Io, format!("`{shown}/{name}` is neither a file nor a folder")))
}

/// True if the file is in the folder once all symbolic links are followed.
pub fn lies_in(path: &Path, folder: &Path) -> bool {
    match (path.canonicalize(), folder.canonicalize()) {
        (Ok(path), Ok(folder)) => path.starts_with(folder),
        _ => false,
    }
}

fn walk_error(home: &Path, shown: &str, error: &walkdir::Error) -> Diagnostic {
    let name = error.path().map_or_else(|| shown.to_string(), |path| relative(home, shown, path));
    if error.loop_ancestor().is_some() {
        return Diagnostic::new(Code::Io, format!("symbolic link `{name}` leads back to a folder above it"));
    }
    match error.io_error() {
        Some(cause) => unreadable(&name, cause),
        None => Diagnostic::new(Code::Io, format!("`{name}` cannot be read")),
    }
}

/// A file or folder that the system will not let us read.
pub fn unreadable(name: &str, error: &std::io::Error) -> Diagnostic {
    Diagnostic::new(Code::Io, format!("`{name}` cannot be read: {}", reason(error)))
}

/// The system's reason as a fragment: without its number, beginning with a small letter.
fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn relative(home: &Path, shown: &str, path: &Path) -> String {
    let inside = path.strip_prefix(home).unwrap_or(path).to_string_lossy().replace('\\', "/");
    if inside.is_empty() { shown.to_string() } else { format!("{shown}/{inside}") }
}
