//! Waits until something that the book is made of changes. The operating system tells; nothing is polled.

use std::collections::BTreeSet;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::event::{Event, EventKind};
use notify::{ErrorKind, RecommendedWatcher, RecursiveMode, Watcher};

/// Folders whose files the book is made of.
const FOLDERS: [&str; 3] = ["content", "templates", "demos"];
/// Files beside them.
const FILES: [&str; 4] = ["book.toml", "Cargo.toml", "Cargo.lock", "rust-toolchain.toml"];
/// An editor's save is several events; this long without one means that it is over.
const QUIET: Duration = Duration::from_millis(20);
/// But no longer than this, or a program that writes without end would keep the book from being built.
const PATIENCE: Duration = Duration::from_millis(300);

/// A watch over a book.
pub struct Watch {
    book: PathBuf,
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
}

impl Watch {
    /// Watches the book in the folder `book`.
    ///
    /// # Errors
    /// A sentence that says what the operating system lacks.
    pub fn new(book: &Path) -> Result<Self, String> {
        let book = book.canonicalize().map_err(|error| format!("`{}` cannot be watched: {error}", book.display()))?;
        let (sender, events) = channel();
        let watcher = notify::recommended_watcher(sender).map_err(|error| explain(&book, &error))?;
        let mut watch = Self { book, watcher, events };
        // The folder itself, because editors replace files: a watch on `book.toml` would look at the file that was.
        let own = watch.watcher.watch(&watch.book, RecursiveMode::NonRecursive);
        own.map_err(|error| explain(&watch.book, &error))?;
        for name in FOLDERS {
            watch.watch_folder(name)?;
        }
        Ok(watch)
    }

    /// Waits for a change, and then until it is over.
    pub fn wait(&mut self) {
        let mut changed = BTreeSet::new();
        while changed.is_empty() {
            // The sender lives in the watcher, so there always is one.
            let Ok(event) = self.events.recv() else { return };
            changed.extend(self.names(event));
        }
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            match self.events.recv_timeout(QUIET) {
                Ok(event) => changed.extend(self.names(event)),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
        for name in FOLDERS.into_iter().filter(|name| changed.contains(*name)) {
            // A folder that has come anew is not watched yet. That it has gone is no trouble: its parent is watched.
            let _ = self.watch_folder(name);
        }
    }

    fn watch_folder(&mut self, name: &str) -> Result<(), String> {
        let folder = self.book.join(name);
        match self.watcher.watch(&folder, RecursiveMode::Recursive) {
            Err(error) if is_missing(&error) => Ok(()),
            result => result.map_err(|error| explain(&folder, &error)),
        }
    }

    /// Which of the book's folders and files an event concerns, by name; `other` for changes inside of a folder.
    fn names(&self, event: notify::Result<Event>) -> Vec<&'static str> {
        // The system lost events: anything may have changed.
        let lost = |event: &Event| event.need_rescan();
        match event {
            Ok(event) if lost(&event) => FOLDERS.to_vec(),
            Ok(event) if matches!(event.kind, EventKind::Access(_)) => Vec::new(),
            Ok(event) => event.paths.iter().filter_map(|path| concerns(path.strip_prefix(&self.book).ok()?)).collect(),
            Err(_) => FOLDERS.to_vec(),
        }
    }
}

/// What a path inside the book stands for, if the book is made of it.
fn concerns(path: &Path) -> Option<&'static str> {
    let steps: Vec<_> = path.components().filter_map(step).collect();
    let (first, rest) = steps.split_first()?;
    if let Some(name) = FILES.iter().find(|name| *name == first) {
        return rest.is_empty().then_some(name);
    }
    let folder = FOLDERS.iter().find(|name| *name == first)?;
    // Hidden files, what editors keep beside, and what cargo writes.
    let noise = |step: &String| step.starts_with('.') || step.ends_with('~') || (first == "demos" && step == "target");
    match rest {
        [] => Some(folder),
        rest => (!rest.iter().any(noise)).then_some("other"),
    }
}

fn step(component: Component<'_>) -> Option<String> {
    match component {
        Component::Normal(step) => Some(step.to_string_lossy().into_owned()),
        _ => None,
    }
}

fn is_missing(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => error.kind() == io::ErrorKind::NotFound,
        _ => false,
    }
}

fn explain(folder: &Path, error: &notify::Error) -> String {
    let hint = match error.kind {
        ErrorKind::MaxFilesWatch => {
            ": the system's limit of watched folders is reached (on Linux raise fs.inotify.max_user_watches)"
        }
        _ => "",
    };
    format!("`{}` cannot be watched{hint}: {error}", folder.display())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::concerns;

    #[test]
    fn only_what_the_book_is_made_of_matters() {
        let check = |path: &str, expected: Option<&str>| assert_eq!(concerns(Path::new(path)), expected, "{path}");
        check("book.toml", Some("book.toml"));
        check("content", Some("content"));
        check("content/a/b.md", Some("other"));
        check("templates/css/base.css", Some("other"));
        check("demos/ring/src/lib.rs", Some("other"));
        check("demos/target/debug/x", None);
        check("content/a/.b.md.swp", None);
        check("content/b.md~", None);
        check("site/index.html", None);
        check("target", None);
        check("", None);
    }
}
