//! What is read of a folder, and what not: odd names, symbolic links, things that are no files.

use std::fs;
use std::path::Path;

use cutaway::diagnostic::Code;
use cutaway::{BuildOptions, Built, Memo, build, load};

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder is made");
    fs::write(path, text).expect("a file is written");
}

/// A folder with a book of one page.
fn book() -> tempfile::TempDir {
    let temp = tempfile::tempdir().expect("a folder");
    write(temp.path(), "book.toml", "[book]\ntitle = \"A book\"\n");
    write(temp.path(), "content/index.md", "# Home\n");
    temp
}

fn built(folder: &Path) -> Built {
    build(folder, &BuildOptions { demos: false, ..BuildOptions::default() }, &mut Memo::default())
}

fn codes(built: &Built) -> Vec<Code> {
    built.diagnostics.iter().map(|it| it.code).collect()
}

#[test]
fn odd_names_are_pages_like_others() {
    let book = book();
    let names =
        ["a b", "ü", "a#b", "a?b", "100%", "it's", "a&b", "a+b", "🦀", "a:b", "(x)", "[y]", "-", "a.b.c", "日本語"];
    let mut home = String::from("# Home\n\n");
    for name in names {
        write(
            book.path(),
            &format!("content/{name}/{name}.md"),
            &format!("# Page\n\n## Here\n\n[home](../index.md) ![p]({}.svg)\n", encoded(name)),
        );
        write(book.path(), &format!("content/{name}/{name}.svg"), "<svg width=\"1\" height=\"1\"/>");
        home.push_str(&format!("[x]({0}/{0}.md#here)\n", encoded(name)));
    }
    write(book.path(), "content/index.md", &home);
    let built = built(book.path());
    // The check of the finished site follows every link as a browser would.
    assert_eq!(built.diagnostics, []);
    assert_eq!(built.pages, names.len() + 1);
}

/// Every byte percent-encoded.
fn encoded(name: &str) -> String {
    name.bytes().map(|byte| format!("%{byte:02x}")).collect()
}

#[test]
fn a_page_that_is_not_utf8_leaves_the_rest_to_be_checked() {
    let book = book();
    fs::write(book.path().join("content/latin.md"), b"# Gr\xfc\xdfe\n").expect("a file is written");
    write(book.path(), "content/broken.md", "# Broken\n\n[x](nowhere.md)\n");
    assert_eq!(codes(&built(book.path())), [Code::NotUtf8, Code::BrokenLink]);
}

#[test]
fn the_character_that_html_cannot_hold_is_replaced() {
    let book = book();
    write(book.path(), "content/index.md", "+++\ntitle = \"T\"\n+++\n\na\0b `c\0d`\n\n```text\ne\0f\n```\n");
    let site = built(book.path()).site.expect("nothing is wrong");
    let binary = |name: &str| name.ends_with(".wasm") || name.ends_with(".bin");
    for (output, bytes) in site.files.into_iter().filter(|(output, _)| !binary(output.as_str())) {
        assert!(!bytes.contains(&0), "{output}");
    }
}

#[test]
fn without_a_book_there_is_one_complaint() {
    let temp = tempfile::tempdir().expect("a folder");
    let found = built(temp.path()).diagnostics;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].code, Code::Io);
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::fs;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    use cutaway::diagnostic::Code;

    use super::{book, built, codes, load, write};

    #[test]
    fn links_out_of_the_content_are_refused_and_nothing_of_them_is_read() {
        let (book, elsewhere) = (book(), tempfile::tempdir().expect("a folder"));
        write(elsewhere.path(), "secret.md", "# Secret\n");
        write(elsewhere.path(), "secret.txt", "secret\n");
        let content = book.path().join("content");
        symlink(elsewhere.path().join("secret.md"), content.join("page.md")).expect("a link is made");
        symlink(elsewhere.path().join("secret.txt"), content.join("file.txt")).expect("a link is made");
        symlink(elsewhere.path(), content.join("folder")).expect("a link is made");
        symlink("../book.toml", content.join("settings.md")).expect("a link is made");
        let loaded = load::sources(book.path());
        assert_eq!(loaded.diagnostics.iter().map(|it| it.code).collect::<Vec<_>>(), [Code::OutsideBook; 4]);
        assert_eq!((loaded.value.pages.len(), loaded.value.files.len()), (1, 0));
        assert!(built(book.path()).site.is_none());
    }

    #[test]
    fn templates_and_settings_may_not_be_links_to_elsewhere() {
        let (book, elsewhere) = (book(), tempfile::tempdir().expect("a folder"));
        write(elsewhere.path(), "page.html", "secret\n");
        fs::create_dir(book.path().join("templates")).expect("a folder is made");
        symlink(elsewhere.path().join("page.html"), book.path().join("templates/page.html")).expect("a link is made");
        assert_eq!(codes(&built(book.path())), [Code::OutsideBook]);

        fs::remove_dir_all(book.path().join("templates")).expect("a folder is removed");
        symlink(elsewhere.path(), book.path().join("templates")).expect("a link is made");
        assert_eq!(codes(&built(book.path())), [Code::OutsideBook]);
    }

    #[test]
    fn the_content_may_not_be_a_link_to_elsewhere() {
        let (book, elsewhere) = (book(), tempfile::tempdir().expect("a folder"));
        write(elsewhere.path(), "index.md", "# Secret\n");
        fs::remove_dir_all(book.path().join("content")).expect("a folder is removed");
        symlink(elsewhere.path(), book.path().join("content")).expect("a link is made");
        let loaded = load::sources(book.path());
        assert_eq!(loaded.diagnostics[0].code, Code::OutsideBook);
        assert!(loaded.value.pages.is_empty());
    }

    #[test]
    fn a_link_within_the_content_is_a_file_like_others() {
        let book = book();
        write(book.path(), "content/a/one.md", "# One\n");
        symlink("../a/one.md", book.path().join("content/a/two.md")).expect("a link is made");
        assert_eq!(load::sources(book.path()).value.pages.len(), 3);
    }

    #[test]
    fn circles_dead_links_and_pipes_are_named() {
        let book = book();
        let content = book.path().join("content");
        symlink(".", content.join("circle")).expect("a link is made");
        symlink("nothing.md", content.join("dead.md")).expect("a link is made");
        let pipe = std::process::Command::new("mkfifo").arg(content.join("pipe.md")).status();
        assert!(pipe.expect("mkfifo is there").success());
        let found = load::sources(book.path()).diagnostics;
        let messages: Vec<&str> = found.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "symbolic link `content/circle` leads back to a folder above it",
                "`content/dead.md` cannot be read: no such file or directory",
                "`content/pipe.md` is neither a file nor a folder",
            ]
        );
    }

    #[test]
    fn a_name_that_is_not_utf8_is_refused() {
        let book = book();
        let name = OsStr::from_bytes(b"gr\xfc\xdfe.md");
        fs::write(book.path().join("content").join(name), "# X\n").expect("a file is written");
        assert_eq!(codes(&built(book.path())), [Code::NotUtf8]);
    }
}
