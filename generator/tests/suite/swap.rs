//! Whatever happens while a site is written, the output is the old site or the new one, whole.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use cutaway::path::OutputPath;
use cutaway::site::Site;
use cutaway::write::{self, WriteError};
use walkdir::WalkDir;

/// The child process writes to the folder that this variable names.
const CHILD_OUT: &str = "CUTAWAY_TEST_SWAP_OUT";

static GO: AtomicBool = AtomicBool::new(false);

fn site(files: &[(&str, &str)]) -> Site {
    let path = |path| OutputPath::new(path).expect("a path in the site");
    Site { files: files.iter().map(|(name, text)| (path(name), text.as_bytes().into())).collect() }
}

/// Sixty files, some of them only in this version.
fn version(name: &str) -> Site {
    let files: Vec<_> = (0..60).map(|i| (format!("{}/{i}.html", i % 7), format!("{name} {i} ").repeat(500))).collect();
    let own = format!("only-{name}/index.html");
    let all: Vec<_> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_str())).chain([(own.as_str(), name)]).collect();
    site(&all)
}

/// Whether `out` holds the files of `site`, byte for byte, and no other but Cutaway's own list.
fn is(out: &Path, site: &Site) -> bool {
    let wanted = site.files.iter().map(|(path, bytes)| (PathBuf::from(path.as_str()), bytes.to_vec()));
    files(out) == wanted.collect()
}

/// Every file below `folder` with its bytes, but not Cutaway's own list.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = WalkDir::new(folder).into_iter().map(|it| it.expect("a readable folder"));
    let files = entries.filter(|it| it.file_type().is_file() && it.file_name() != write::LIST);
    files
        .map(|it| {
            let inside = it.path().strip_prefix(folder).expect("it lies below");
            (inside.to_owned(), fs::read(it.path()).expect("a readable file"))
        })
        .collect()
}

/// What stands in `folder`, by name.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .map(|it| it.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn write(site: &Site, out: &Path) -> Result<write::Written, WriteError> {
    write::site(site, out, &GO)
}

#[test]
fn a_site_replaces_the_last_one_and_leaves_nothing_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("deep/site");
    for name in ["a", "b", "a"] {
        let written = write(&version(name), &out).expect("nothing is in the way");
        assert_eq!(written.files, 61);
        assert!(is(&out, &version(name)));
        assert_eq!(names(&folder.path().join("deep")), ["site"]);
    }
}

#[test]
fn files_of_others_are_refused_by_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("site");
    write(&version("a"), &out).expect("nothing is in the way");
    fs::write(out.join("0/notes.txt"), "mine").expect("a writable folder");
    let before = files(&out);

    let error = write(&version("b"), &out).expect_err("a file of mine");
    assert!(error.to_string().contains("has files that Cutaway did not write: `0/notes.txt`;"), "{error}");
    assert!(files(&out) == before);

    fs::remove_file(out.join("0/notes.txt")).expect("it is there");
    write(&version("b"), &out).expect("nothing is in the way any more");
}

#[test]
fn a_folder_that_never_was_a_site_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("photos");
    fs::create_dir(&out).expect("a writable folder");
    write(&version("a"), &out).expect("an empty folder is fine");
    let out = folder.path().join("letters");
    fs::create_dir_all(out.join("2026")).expect("a writable folder");
    for i in 0..5 {
        fs::write(out.join(format!("2026/{i}.txt")), "dear").expect("a writable folder");
    }
    let error = write(&version("a"), &out).expect_err("letters of mine").to_string();
    assert!(error.contains("`2026/0.txt`, `2026/1.txt`, `2026/2.txt` and 2 more"), "{error}");
    let out = folder.path().join("file");
    fs::write(&out, "mine").expect("a writable folder");
    assert!(matches!(write(&version("a"), &out), Err(WriteError::NotAFolder(_))));
    assert_eq!(fs::read_to_string(&out).expect("still there"), "mine");
}

#[test]
fn a_list_that_leads_outside_removes_nothing_there() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("precious.txt"), "mine").expect("a writable folder");
    let out = folder.path().join("site");
    write(&version("a"), &out).expect("nothing is in the way");
    let list = fs::read_to_string(out.join(write::LIST)).expect("the list");
    fs::write(out.join(write::LIST), format!("{list}../precious.txt\n/etc/passwd\n")).expect("a writable folder");
    write(&version("b"), &out).expect("nothing is in the way");
    assert_eq!(names(folder.path()), ["precious.txt", "site"]);
}

#[test]
fn the_book_cannot_be_overwritten() {
    let book = tempfile::tempdir().expect("a folder");
    let book = book.path().join("book");
    for name in ["content/a", "templates", "demos", "src"] {
        fs::create_dir_all(book.join(name)).expect("a writable folder");
    }
    let refused = |out: &str| matches!(write::check_place(&book, &book.join(out)), Err(WriteError::InsideBook { .. }));
    for out in [
        ".",
        "..",
        "content",
        "content/site",
        "content/a/b/c",
        "nowhere/../content",
        "templates/x",
        "demos",
        "src/../content",
    ] {
        assert!(refused(out), "{out} must be refused");
    }
    for out in ["site", "../site", "target/x", "contents", "src"] {
        assert!(!refused(out), "{out} is fine");
    }
}

#[cfg(unix)]
#[test]
fn a_link_into_content_is_content() {
    let book = tempfile::tempdir().expect("a folder");
    fs::create_dir(book.path().join("content")).expect("a writable folder");
    std::os::unix::fs::symlink("content", book.path().join("site")).expect("a writable folder");
    assert!(write::check_place(book.path(), &book.path().join("site")).is_err());
    assert!(write::check_place(book.path(), &book.path().join("site/deeper")).is_err());
}

#[test]
fn stopping_leaves_the_last_site() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("site");
    write(&version("a"), &out).expect("nothing is in the way");
    let stop = AtomicBool::new(false);
    stop.store(true, Ordering::Relaxed);
    assert!(matches!(write::site(&version("b"), &out, &stop), Err(WriteError::Stopped)));
    assert!(is(&out, &version("a")));
    assert_eq!(names(folder.path()), ["site"]);
}

#[test]
fn a_failed_write_leaves_the_last_site_byte_for_byte() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("site");
    write(&version("a"), &out).expect("nothing is in the way");
    // A file where another file needs a folder: the operating system refuses in the middle.
    let broken = site(&[("a", "a file"), ("a/b.html", "a file below a file"), ("z.html", "")]);
    let error = write(&broken, &out).expect_err("no file system can do this").to_string();
    assert!(error.ends_with("the last site is as it was"), "{error}");
    assert!(is(&out, &version("a")));
    assert_eq!(names(folder.path()), ["site"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_nothing_and_says_so() {
    let error =
        WriteError::Io { doing: "writing", path: "site/a.html".into(), error: std::io::Error::from_raw_os_error(28) };
    assert_eq!(error.to_string(), "the disk is full, `site/a.html` was not written; the last site is as it was");
}

#[test]
fn two_writers_do_not_meet() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("site");
    let marker = fs::File::create(folder.path().join("site.cutaway-swap")).expect("a writable folder");
    marker.lock().expect("nobody else has it");
    assert!(matches!(write(&version("a"), &out), Err(WriteError::Busy(_))));
    drop(marker);
    write(&version("a"), &out).expect("the other is gone");
}

#[test]
fn every_interrupted_state_is_mended() {
    // What lies there after a kill between each two steps, made by hand: (old, new, out, marker), then what remains.
    let states = [
        (None, Some("b"), Some("a"), "", "a"),
        (None, Some("b"), Some("a"), "whole\n", "b"),
        (Some("a"), Some("b"), None, "whole\n", "b"),
        (Some("a"), None, Some("b"), "whole\n", "b"),
        (None, None, Some("b"), "whole\n", "b"),
        (None, None, Some("a"), "", "a"),
        (Some("a"), None, None, "", "a"),
    ];
    for (old, new, out, marker, remains) in states {
        let folder = tempfile::tempdir().expect("a folder");
        let place = |name: &str| folder.path().join(name);
        for (name, version_of) in [("site", out), ("site.cutaway-old", old), ("site.cutaway-new", new)] {
            if let Some(version_of) = version_of {
                write(&version(version_of), &place(name)).expect("nothing is in the way");
            }
        }
        fs::write(place("site.cutaway-swap"), marker).expect("a writable folder");
        write::mend(&place("site")).expect("it can be mended");
        assert!(is(&place("site"), &version(remains)), "{old:?} {new:?} {out:?} {marker:?}");
        assert_eq!(names(folder.path()), ["site"]);
    }
}

/// Not a test by itself: the process that [`killed_at_random_moments`] kills.
#[test]
fn child_that_writes() {
    let Some(out) = std::env::var_os(CHILD_OUT) else {
        return;
    };
    let out = PathBuf::from(out);
    let versions = [version("a"), version("b")];
    for site in versions.iter().cycle() {
        println!("writing");
        std::io::stdout().flush().expect("the parent listens");
        write(site, &out).expect("nothing is in the way");
    }
}

#[test]
fn killed_at_random_moments() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("site");
    write(&version("a"), &out).expect("nothing is in the way");
    let mut interrupted = 0;
    for round in 0_u64..30 {
        let mut child = Command::new(std::env::current_exe().expect("this test"))
            .args(["--exact", "swap::child_that_writes", "--nocapture"])
            .env(CHILD_OUT, &out)
            .stdout(Stdio::piped())
            .spawn()
            .expect("this test runs");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let began = lines.by_ref().map_while(Result::ok).filter(|line| line.ends_with("writing")).nth(1);
        assert!(began.is_some(), "the child writes");
        // Spread over about one write. A busy wait: sleeping is too coarse for this.
        let moment = Instant::now() + Duration::from_micros(round * 7919 % 9000);
        while Instant::now() < moment {
            std::hint::spin_loop();
        }
        child.kill().expect("it runs");
        child.wait().expect("it ran");

        interrupted += usize::from(names(folder.path()) != ["site"]);
        write::mend(&out).expect("it can be mended");
        let whole = is(&out, &version("a")) || is(&out, &version("b"));
        assert!(whole, "round {round}: the site is mixed or incomplete");
        assert_eq!(names(folder.path()), ["site"], "round {round}");
    }
    assert!(interrupted > 3, "only {interrupted} of 30 kills met a write in progress");
}
