//! What the program says, and with which code it ends.

use std::fs;
use std::net::TcpListener;
use std::process::{Command, Stdio};

use crate::program::{Book, Said, Serving, cutaway, run};

fn in_book(book: &Book, args: &[&str]) -> Said {
    run(&mut cutaway(book.path(), args))
}

#[test]
fn without_a_command_it_explains_itself() {
    let said = in_book(&Book::new(), &[]);
    assert_eq!(said.code, 2);
    assert!(said.stderr.contains("Usage: cutaway <COMMAND>"), "{said:?}");
    for command in ["build", "serve"] {
        assert!(said.stderr.contains(command), "{said:?}");
    }
    let said = in_book(&Book::new(), &["--help"]);
    assert_eq!((said.code, said.stderr.as_str()), (0, ""));
    let said = in_book(&Book::new(), &["--version"]);
    assert_eq!((said.code, said.stdout), (0, format!("cutaway {}\n", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn a_book_is_built_into_its_folder() {
    let book = Book::new();
    let said = in_book(&book, &["build"]);
    assert_eq!((said.code, said.stdout.as_str()), (0, ""), "{said:?}");
    let (start, end) = said.stderr.split_once(" in ").expect("one line");
    assert_eq!(start, "built 2 pages");
    assert!(end.ends_with(" s -> site/\n"), "{said:?}");
    assert!(book.read("site/index.html").contains("A small book."));
    assert!(book.join("site/404.html").exists());
}

#[test]
fn the_site_goes_where_it_is_wanted() {
    let book = Book::new();
    let here = tempfile::tempdir().expect("a folder");
    let folder = book.path().to_str().expect("UTF-8");
    let said = run(&mut cutaway(here.path(), &["build", folder, "-d", "out/book"]));
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.stderr.ends_with(" -> out/book/\n"), "{said:?}");
    assert!(here.path().join("out/book/index.html").exists());
    assert!(!book.join("site").exists());
}

#[test]
fn wrong_usage_is_told_from_problems() {
    let book = Book::new();
    let check = |args: &[&str], expected: &str| {
        let said = in_book(&book, args);
        assert_eq!((said.code, said.stdout.as_str()), (2, ""), "{args:?} {said:?}");
        assert!(said.stderr.starts_with(expected), "{args:?} {said:?}");
    };
    check(&["build", "nowhere"], "error: `nowhere` does not exist: name the folder of a book\n");
    check(&["serve", "content"], "error: `content` has no `book.toml`: name the folder of a book\n");
    check(&["build", "-d", "content/site"], "error: the output `content/site` would overwrite the book in ");
    check(&["build", "--dest-dir", "."], "error: the output `");
    check(&["serve", "-d", "templates"], "error: the output `templates` would overwrite the book in ");
    check(&["build", "--base-url", "example.org"], "error: invalid value 'example.org' for '--base-url <URL>'");
    check(&["build", "--fast"], "error: unexpected argument '--fast' found");
    check(&["serve", "--port", "70000"], "error: invalid value '70000' for '--port <PORT>'");
    assert!(!book.join("site").exists());
}

#[test]
fn a_problem_leaves_the_last_site() {
    let book = Book::new();
    assert_eq!(in_book(&book, &["build"]).code, 0);
    let before = book.read("site/next.html");
    book.write("content/next.md", "# Next\n\nSee [this](missing.md).\n");
    let said = in_book(&book, &["build"]);
    assert_eq!((said.code, said.stdout.as_str()), (1, ""));
    assert!(said.stderr.contains("error[broken-link]: ") && said.stderr.contains("`missing.md`"), "{}", said.stderr);
    assert_eq!(book.read("site/next.html"), before);
}

#[test]
fn strict_makes_warnings_errors() {
    let book = Book::new();
    book.write("content/next.md", "# Next\n\n![](dot.svg)\n");
    book.write("content/dot.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>");
    let said = in_book(&book, &["build"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(said.stderr.contains("warning[missing-alt]"), "{}", said.stderr);
    let said = in_book(&book, &["build", "--strict"]);
    assert_eq!(said.code, 1, "{}", said.stderr);
    assert!(said.stderr.contains("error[missing-alt]"), "{}", said.stderr);
}

#[test]
fn files_of_others_are_not_overwritten() {
    let book = Book::new();
    book.write("site/thesis.txt", "years of work");
    let said = in_book(&book, &["build"]);
    let expected = "error: `site` has files that Cutaway did not write: `thesis.txt`; \
                    move them away, or choose another folder with `--dest-dir`\n";
    assert_eq!((said.code, said.stderr.as_str()), (1, expected));
    assert_eq!(book.read("site/thesis.txt"), "years of work");
}

#[test]
fn color_is_a_question_of_taste() {
    let book = Book::new();
    book.write("content/next.md", "# Next\n\nSee [this](missing.md).\n");
    let colored = |variables: &[(&str, &str)]| {
        let said = run(cutaway(book.path(), &["build"]).envs(variables.iter().copied()));
        assert_eq!(said.code, 1);
        said.stderr.contains('\x1b')
    };
    assert!(!colored(&[]), "this is no terminal");
    assert!(colored(&[("CLICOLOR_FORCE", "1")]));
    assert!(!colored(&[("CLICOLOR_FORCE", "0")]));
    assert!(!colored(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}

#[test]
fn without_demos_nothing_of_rust_is_needed() {
    let book = Book::new();
    book.write("demos/spin/Cargo.toml", "[package]\nname = \"spin\"\n[dependencies]\ndemo-kit = \"*\"\n");
    let bare = |args: &[&str]| {
        let mut command = cutaway(book.path(), args);
        run(command.env("PATH", "").env_remove("CARGO").env_remove("RUSTC"))
    };
    let said = bare(&["build"]);
    assert_eq!(said.code, 1);
    assert!(said.stderr.contains("`rustc` is needed to build the demos"), "{}", said.stderr);
    assert!(said.stderr.contains("or build with `--no-demos`"), "{}", said.stderr);
    let said = bare(&["build", "--no-demos"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
}

#[test]
fn a_port_that_is_taken() {
    let book = Book::new();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let said = in_book(&book, &["serve", "--port", &port]);
    let expected =
        format!("error: port {port} is taken: choose another with `--port`, or leave it out to get a free one\n");
    assert_eq!((said.code, said.stderr), (1, expected));
}

#[test]
fn the_usual_port_taken_is_no_trouble() {
    // Whoever has port 3000, this test or somebody else: after this line it is taken.
    let _taken = TcpListener::bind("127.0.0.1:3000");
    let listener = cutaway::serve::listen(cutaway::serve::LOCAL, None).expect("another port");
    assert_ne!(listener.local_addr().expect("an address").port(), 3000);
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_serve_in_peace() {
    let mut serving = Serving::start(&Book::new(), &["--no-demos"]);
    let pid = serving.child.id().to_string();
    let sent = Command::new("kill").args(["-INT", &pid]).status().expect("every Unix has it");
    assert!(sent.success());
    assert_eq!(serving.child.wait().expect("it ends").code(), Some(0));
}

#[cfg(unix)]
#[test]
fn ctrl_c_in_a_build_leaves_nothing_half_done() {
    let book = Book::new();
    for i in 0..300 {
        book.write(&format!("content/more/{i}.md"), &format!("# Page {i}\n\n{}", "Words. ".repeat(200)));
    }
    assert_eq!(in_book(&book, &["build"]).code, 0);
    let mut child = cutaway(book.path(), &["build"]).stderr(Stdio::null()).spawn().expect("the program starts");
    // As soon as it writes; if it is quicker than we are, there was nothing to interrupt.
    while !book.join("site.cutaway-new").exists() && child.try_wait().expect("it runs").is_none() {}
    let pid = child.id().to_string();
    let _ = Command::new("kill").args(["-INT", &pid]).stderr(Stdio::null()).status();
    let code = child.wait().expect("it ends").code();
    assert!(matches!(code, Some(0 | 130)), "{code:?}");
    let names: Vec<_> =
        fs::read_dir(book.path()).expect("a folder").map(|it| it.expect("an entry").file_name()).collect();
    assert!(!names.iter().any(|name| name.to_string_lossy().contains(".cutaway-")), "{names:?}");
    assert!(book.join("site/index.html").exists());
}
