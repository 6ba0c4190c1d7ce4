//! Puts a site in the place of the last one, whole or not at all.
//!
//! Beside the output `site` a new folder `site.cutaway-new` is filled, then two renames swap it in, and the old one, by then
//! `site.cutaway-old`, is removed. The file `site.cutaway-swap` is locked meanwhile and marks the moment from which the new
//! folder is whole. Wherever a process ends in between, even by `kill -9`, [`mend`] finishes or undoes its work.
//!
//! The list `.cutaway` inside a site names every file that Cutaway wrote; nothing else is ever removed.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use walkdir::WalkDir;

use crate::site::Site;

/// The list of what Cutaway wrote, at the top of the site.
pub const LIST: &str = ".cutaway";
/// The first line of the list.
const LIST_HEAD: &str = "# Cutaway wrote these files, and will replace or remove them.";
/// What the marker holds once the new folder is whole.
const WHOLE: &[u8] = b"whole\n";
/// Foreign files that a message names.
const NAMED: usize = 3;

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Number of files.
    pub files: usize,
    /// Their size in bytes.
    pub bytes: u64,
}

/// Why the site was not replaced. In every case the last one is as it was.
#[derive(Debug)]
pub enum WriteError {
    /// The output would lie in the book's own files, or they in it.
    InsideBook { out: PathBuf, book: PathBuf },
    /// The output is a file.
    NotAFolder(PathBuf),
    /// The output has files that Cutaway did not write.
    Foreign { out: PathBuf, files: Vec<PathBuf> },
    /// Another Cutaway is writing to the same output.
    Busy(PathBuf),
    /// The user asked to stop.
    Stopped,
    /// The operating system refused.
    Io { doing: &'static str, path: PathBuf, error: io::Error },
}

/// Refuses an output that lies in the book's own folders, or has the book inside.
///
/// # Errors
/// [`WriteError::InsideBook`].
pub fn check_place(book: &Path, out: &Path) -> Result<(), WriteError> {
    let (book, out) = (real(book), real(out));
    let own = ["content", "templates", "demos"].map(|name| real(&book.join(name)));
    let inside = own.iter().any(|own| out.starts_with(own) || own.starts_with(&out));
    if inside || book.starts_with(&out) {
        return Err(WriteError::InsideBook { out, book });
    }
    Ok(())
}

/// Replaces what lies at `out` by `site`. Stops between two files once `stop` is set.
///
/// # Errors
/// See [`WriteError`].
pub fn site(site: &Site, out: &Path, stop: &AtomicBool) -> Result<Written, WriteError> {
    let places = Places::of(out)?;
    let mut marker = places.lock()?;
    places.mend(&mut marker)?;
    refuse_foreign(&places.out)?;
    let result = fill(site, &places.new, stop).and_then(|written| {
        places.swap(&mut marker)?;
        Ok(written)
    });
    // After a failure give back what was taken, the disk may be full. If that fails too, the marker stays for the next start.
    if result.is_ok() || places.mend(&mut marker).is_ok() {
        let _ = fs::remove_file(&places.marker);
    }
    result
}

/// Finishes or undoes what an interrupted [`site`] left at `out`.
///
/// # Errors
/// See [`WriteError`].
pub fn mend(out: &Path) -> Result<(), WriteError> {
    let places = Places::of(out)?;
    if ![&places.new, &places.old, &places.marker].iter().any(|it| it.symlink_metadata().is_ok()) {
        return Ok(());
    }
    let mut marker = places.lock()?;
    places.mend(&mut marker)?;
    io("removing", &places.marker, fs::remove_file(&places.marker))
}

/// Makes ready for a later [`site`]: mends, and refuses an output that could not be replaced.
///
/// # Errors
/// See [`WriteError`].
pub fn prepare(out: &Path) -> Result<(), WriteError> {
    mend(out)?;
    refuse_foreign(&real(out))
}

/// The output, and what stands beside it while it is replaced.
struct Places {
    out: PathBuf,
    new: PathBuf,
    old: PathBuf,
    marker: PathBuf,
}

impl Places {
    fn of(out: &Path) -> Result<Self, WriteError> {
        let out = real(out);
        let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else {
            return Err(WriteError::InsideBook { book: out.clone(), out });
        };
        io("creating", parent, fs::create_dir_all(parent))?;
        let beside = |suffix: &str| {
            let mut name = OsString::from(name);
            name.push(suffix);
            parent.join(name)
        };
        let (new, old, marker) = (beside(".cutaway-new"), beside(".cutaway-old"), beside(".cutaway-swap"));
        Ok(Self { out, new, old, marker })
    }

    /// Opens the marker and locks it. The lock ends with the process, however that ends.
    fn lock(&self) -> Result<File, WriteError> {
        loop {
            let file = File::options().read(true).write(true).create(true).truncate(false).open(&self.marker);
            let file = io("creating", &self.marker, file)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(WriteError::Busy(self.out.clone())),
                // Some network file systems cannot lock; two builds at once are rare enough.
                Err(TryLockError::Error(_)) => return Ok(file),
            }
            // Whoever held the lock may have removed the file after we opened it: then ours is no longer the marker.
            if self.marker.exists() {
                return Ok(file);
            }
        }
    }

    /// Swaps the new folder in. It must be whole.
    fn swap(&self, marker: &mut File) -> Result<(), WriteError> {
        io("writing", &self.marker, marker.write_all(WHOLE))?;
        let swapped = self.finish();
        if swapped.is_err() && self.out.exists() && self.new.exists() {
            // Nothing was moved, or it was moved back.
            self.unmark(marker)?;
        }
        swapped
    }

    /// From any state after the marker says `whole`: puts the new folder in place and removes the old one.
    fn finish(&self) -> Result<(), WriteError> {
        if self.new.exists() {
            if self.out.exists() && !self.old.exists() {
                io("moving away", &self.out, fs::rename(&self.out, &self.old))?;
            }
            let moved = fs::rename(&self.new, &self.out);
            if moved.is_err() && !self.out.exists() {
                // Better the old site than none.
                let _ = fs::rename(&self.old, &self.out);
            }
            io("moving into place", &self.out, moved)?;
        }
        remove_ours(&self.old)
    }

    fn mend(&self, marker: &mut File) -> Result<(), WriteError> {
        let mut state = Vec::new();
        let read = marker.rewind().and_then(|()| marker.read_to_end(&mut state));
        io("reading", &self.marker, read)?;
        if state == WHOLE {
            self.finish()?;
            return self.unmark(marker);
        }
        remove_ours(&self.new)?;
        // An old site without its marker is nothing that Cutaway leaves behind; it may be the only one.
        if self.old.exists() && !self.out.exists() {
            return io("moving back", &self.old, fs::rename(&self.old, &self.out));
        }
        remove_ours(&self.old)
    }

    fn unmark(&self, marker: &mut File) -> Result<(), WriteError> {
        io("writing", &self.marker, marker.set_len(0).and_then(|()| marker.rewind()))
    }
}

/// Writes all files of the site to the folder `new`, the list first: whatever happens, it says what may be removed.
fn fill(site: &Site, new: &Path, stop: &AtomicBool) -> Result<Written, WriteError> {
    io("creating", new, fs::create_dir(new))?;
    let mut list = format!("{LIST_HEAD}\n");
    for path in site.files.keys() {
        list.push_str(path.as_str());
        list.push('\n');
    }
    put(&new.join(LIST), list.as_bytes())?;
    let mut written = Written { files: 0, bytes: 0 };
    let mut last_folder = PathBuf::new();
    for (path, bytes) in &site.files {
        if stop.load(Ordering::Relaxed) {
            return Err(WriteError::Stopped);
        }
        let file = new.join(path.as_str());
        let folder = file.parent().unwrap_or(new);
        // Paths come in order, so most share the folder of the one before.
        if folder != last_folder {
            io("creating", folder, fs::create_dir_all(folder))?;
            folder.clone_into(&mut last_folder);
        }
        put(&file, bytes)?;
        written.files += 1;
        written.bytes += bytes.len() as u64;
    }
    Ok(written)
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    io("writing", path, fs::write(path, bytes))
}

/// An output is ours to replace if it is missing, empty, or holds nothing but what its list names.
fn refuse_foreign(out: &Path) -> Result<(), WriteError> {
    let Ok(data) = out.symlink_metadata() else {
        return Ok(());
    };
    if !data.is_dir() {
        return Err(WriteError::NotAFolder(out.to_owned()));
    }
    let ours = listed(out)?;
    let mut foreign = Vec::new();
    for entry in WalkDir::new(out).sort_by_file_name() {
        let entry = entry.map_err(|error| unreadable(out, error))?;
        let inside = entry.path().strip_prefix(out).unwrap_or(entry.path());
        if !entry.file_type().is_dir() && !ours.contains(inside) {
            foreign.push(inside.to_owned());
        }
    }
    if foreign.is_empty() { Ok(()) } else { Err(WriteError::Foreign { out: out.to_owned(), files: foreign }) }
}

/// The files that the list of a site names, and the list itself, which may have been cut short before anything else was written.
fn listed(folder: &Path) -> Result<BTreeSet<PathBuf>, WriteError> {
    let path = folder.join(LIST);
    let list = match fs::read_to_string(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        list => io("reading", &path, list)?,
    };
    Ok(list.lines().filter(|line| *line != LIST_HEAD).chain([LIST]).map(PathBuf::from).collect())
}

/// Removes a folder that Cutaway made: the files of its list, then what folders are empty.
fn remove_ours(folder: &Path) -> Result<(), WriteError> {
    if folder.symlink_metadata().is_err() {
        return Ok(());
    }
    refuse_foreign(folder)?;
    let ours = listed(folder)?;
    // By what is there, not by what the list says: a list that somebody tampered with must not lead elsewhere.
    for entry in WalkDir::new(folder).contents_first(true) {
        let entry = entry.map_err(|error| unreadable(folder, error))?;
        let inside = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        if entry.file_type().is_dir() {
            if entry.depth() > 0 {
                io("removing", entry.path(), fs::remove_dir(entry.path()))?;
            }
        } else if ours.contains(inside) && inside != Path::new(LIST) {
            io("removing", entry.path(), fs::remove_file(entry.path()))?;
        }
    }
    // The list goes last: an interrupted removal can still be told from somebody's own folder.
    let list = folder.join(LIST);
    if list.exists() {
        io("removing", &list, fs::remove_file(&list))?;
    }
    io("removing", folder, fs::remove_dir(folder))
}

/// The path with symbolic links resolved as far as it exists, and without `..`.
fn real(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut real = PathBuf::new();
    for step in path.components() {
        match step {
            Component::ParentDir => {
                real.pop();
            }
            _ => real.push(step),
        }
        if real.has_root() {
            real = real.canonicalize().unwrap_or(real);
        }
    }
    real
}

fn io<T>(doing: &'static str, path: &Path, result: io::Result<T>) -> Result<T, WriteError> {
    result.map_err(|error| WriteError::Io { doing, path: path.to_owned(), error })
}

fn unreadable(folder: &Path, error: walkdir::Error) -> WriteError {
    let path = error.path().unwrap_or(folder).to_owned();
    let error = error.into_io_error().unwrap_or_else(|| io::Error::other("symbolic links form a loop"));
    WriteError::Io { doing: "reading", path, error }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InsideBook { out, book } => write!(
                f,
                "the output `{}` would overwrite the book in `{}`: choose a folder of its own",
                shown(out).display(),
                shown(book).display()
            ),
            Self::NotAFolder(out) => write!(f, "the output `{}` is a file", shown(out).display()),
            Self::Foreign { out, files } => {
                write!(f, "`{}` has files that Cutaway did not write: ", shown(out).display())?;
                for (i, file) in files.iter().take(NAMED).enumerate() {
                    write!(f, "{}`{}`", if i > 0 { ", " } else { "" }, file.display())?;
                }
                if files.len() > NAMED {
                    write!(f, " and {} more", files.len() - NAMED)?;
                }
                f.write_str("; move them away, or choose another folder with `--dest-dir`")
            }
            Self::Busy(out) => write!(f, "another Cutaway is writing to `{}`", shown(out).display()),
            Self::Stopped => f.write_str("stopped; the last site is as it was"),
            Self::Io { path, error, .. } if error.kind() == io::ErrorKind::StorageFull => {
                write!(f, "the disk is full, `{}` was not written; the last site is as it was", shown(path).display())
            }
            Self::Io { doing: "moving away", path, error } if error.kind() == io::ErrorKind::ResourceBusy => write!(
                f,
                "`{}` cannot be replaced in one step, it is a mounted volume: choose a folder inside it with `--dest-dir`",
                shown(path).display()
            ),
            Self::Io { doing, path, error } => {
                write!(f, "{doing} `{}` failed: {error}; the last site is as it was", shown(path).display())
            }
        }
    }
}

impl std::error::Error for WriteError {}

/// The path as a person in this folder would write it.
fn shown(path: &Path) -> &Path {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).ok().filter(|it| !it.as_os_str().is_empty()).unwrap_or(path)
}
