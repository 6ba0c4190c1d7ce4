//! Equal sources give equal bytes: in another folder, with another number of threads, in another order of files on disk.

use std::fs;
use std::path::Path;

use cutaway::diagnostic::Warned;
use cutaway::{BuildOptions, Built, Memo, build, make, report};

use crate::sites::{demos, folder, names, sources};

/// The book that comes with Cutaway.
fn own_book() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn with_threads<T: Send>(n: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(n).build().expect("threads are started").install(work)
}

fn without_demos(folder: &Path) -> Built {
    build(folder, &BuildOptions { demos: false, ..BuildOptions::default() }, &mut Memo::default())
}

fn same(a: &Built, b: &Built, what: &str) {
    assert_eq!(report::render(&a.diagnostics, false), report::render(&b.diagnostics, false), "{what}");
    assert_eq!(a.diagnostics, b.diagnostics, "{what}: complaints come in the same order");
    assert!(a.site == b.site, "{what}: the sites differ");
}

#[test]
fn the_number_of_threads_does_not_show() {
    for name in names() {
        let made = || make(sources(&name), Warned::new(demos()), &BuildOptions::default(), &mut Memo::default());
        same(&with_threads(1, made), &with_threads(2, made), &name);
    }
    let book = own_book();
    same(&with_threads(1, || without_demos(&book)), &with_threads(2, || without_demos(&book)), "the book");
}

#[test]
fn the_folder_and_the_order_of_its_files_do_not_show() {
    let temp = tempfile::tempdir().expect("a folder");
    let books = [own_book(), folder().join("summary"), folder().join("no-summary"), folder().join("broken-link")];
    for (idx, book) in books.iter().enumerate() {
        let (near, far) = (temp.path().join(format!("{idx}")), temp.path().join(format!("{idx}-deep/er/in")));
        copy(book, &near, false);
        copy(book, &far, true);
        same(&without_demos(&near), &without_demos(&far), &book.display().to_string());
    }
}

/// Copies the book's own files, forwards or backwards: many file systems list them as they were written.
fn copy(book: &Path, to: &Path, backwards: bool) {
    let parts = ["book.toml", "content", "templates"].map(|part| book.join(part));
    let entries =
        parts.iter().filter(|part| part.exists()).flat_map(|part| walkdir::WalkDir::new(part).sort_by_file_name());
    let mut files: Vec<_> =
        entries.map(|entry| entry.expect("an entry").into_path()).filter(|path| path.is_file()).collect();
    if backwards {
        files.reverse();
    }
    for file in files {
        let target = to.join(file.strip_prefix(book).expect("below the book"));
        fs::create_dir_all(target.parent().expect("it has a folder")).expect("a folder is made");
        fs::copy(&file, target).expect("a file is copied");
    }
}
