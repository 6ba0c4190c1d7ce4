//! The code of the book is code: Rust compiles and runs, shell scripts, JSON and TOML are read.
//!
//! The Rust of a page is one crate. Its first block is the crate; each further block is a module inside the one before it
//! that uses everything of it, so that blocks may build on one another and replace what came before. `fn main` and
//! `#[test]` functions are run; a block of statements is the body of a test.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Mutex;

use super::blocks::{Block, blocks};
use super::documents;
use crate::root;

/// What a line at the left edge begins with in a block of statements.
const STATEMENTS: [&str; 10] =
    ["let ", "assert", "println!", "print!", "for ", "while ", "if ", "match ", "loop ", "debug_assert"];

/// The crate of a page: each line of a block stands in the line in which it stands in the page.
fn program(blocks: &[Block]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for (idx, block) in blocks.iter().enumerate() {
        let code = block.lines();
        let body = code.iter().any(|line| STATEMENTS.iter().any(|it| line.starts_with(it)));
        let main = code.iter().any(|line| line.trim_start_matches("pub ").starts_with("fn main("));
        lines.resize(block.line - 1, String::new());
        let mut open = String::new();
        if idx > 0 {
            open += &format!("mod block_{} {{ use super::*; ", idx + 1);
        }
        if body {
            open += "#[test] fn block() { ";
        }
        lines.push(open);
        lines.extend(code);
        let mut close = String::new();
        if body {
            close += "} ";
        }
        if main {
            let ended = "std::process::Termination::report(main())";
            close += &format!("#[test] fn main_runs() {{ assert_eq!({ended}, std::process::ExitCode::SUCCESS); }}");
        }
        lines.push(close);
    }
    lines.push("}".repeat(blocks.len().saturating_sub(1)));
    lines.join("\n")
}

/// Compiles the crate of a page and runs its tests; what the compiler or they complain of.
fn compiled(folder: &Path, name: &str, program: &str) -> Result<(), String> {
    let file = folder.join(name);
    fs::create_dir_all(file.parent().expect("it has a folder")).expect("a folder is made");
    fs::write(&file, program).expect("a file is written");
    let binary = file.with_extension("test");
    let mut rustc = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    // As an example in a page, an item may be there to be read only.
    rustc.args(["--test", "--edition", "2024", "--crate-name", "page", "-A", "unused", "-A", "dead_code"]);
    rustc.args(["-C", "debuginfo=0", "--color", "never", "-o"]).arg(&binary).arg(name).current_dir(folder);
    done(&mut rustc)?;
    done(Command::new(&binary).arg("--quiet").current_dir(folder))
}

fn done(command: &mut Command) -> Result<(), String> {
    let output = command.output().expect("the program starts");
    if output.status.success() { Ok(()) } else { Err(said(&output)) }
}

fn said(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|it| String::from_utf8_lossy(it).into_owned()).concat()
}

#[test]
fn the_rust_of_the_book_compiles_and_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let pages: Vec<(String, String)> = documents(&root())
        .iter()
        .map(|(path, document)| (format!("content/{path}"), blocks(document, &["rust"])))
        .filter(|(_, blocks)| !blocks.is_empty())
        .map(|(name, blocks)| (name, program(&blocks)))
        .collect();
    assert!(!pages.is_empty(), "the book has Rust");
    let (todo, failures) = (Mutex::new(pages.iter()), Mutex::new(Vec::new()));
    let work = || {
        loop {
            let Some((name, program)) = todo.lock().expect("no thread panics").next() else { break };
            if let Err(why) = compiled(folder.path(), name, program) {
                failures.lock().expect("no thread panics").push(format!("{name}:\n{why}"));
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let failures = failures.into_inner().expect("no thread panicked");
    assert!(failures.is_empty(), "\n{}\nCONTRIBUTING.md says how code in a page is compiled", failures.join("\n"));
}

#[test]
fn the_other_code_of_the_book_is_what_it_says() {
    let mut failures = Vec::new();
    for (path, document) in documents(&root()) {
        let mut check = |languages: &[&str], read: &dyn Fn(&str) -> Result<(), String>| {
            for block in blocks(&document, languages) {
                if let Err(why) = read(&block.text()) {
                    failures.push(format!("content/{path}:{}: {why}", block.line));
                }
            }
        };
        check(&["json"], &json);
        check(&["toml"], &toml);
        if cfg!(unix) {
            check(&["sh"], &|text| shell("sh", text));
            check(&["bash"], &|text| shell("bash", text));
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

fn json(text: &str) -> Result<(), String> {
    serde_json::from_str::<serde_json::Value>(text).map(drop).map_err(|error| format!("no JSON: {error}"))
}

fn toml(text: &str) -> Result<(), String> {
    text.parse::<toml::Table>().map(drop).map_err(|error| format!("no TOML: {error}"))
}

/// Has a script read, and not run, by its shell.
fn shell(program: &str, text: &str) -> Result<(), String> {
    let mut command = Command::new(program);
    command.arg("-n").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // On a machine without this shell nothing is known of it.
    let Ok(mut child) = command.spawn() else { return Ok(()) };
    child.stdin.take().expect("it was asked for").write_all(text.as_bytes()).expect("the shell reads");
    let output = child.wait_with_output().expect("the shell ends");
    if output.status.success() { Ok(()) } else { Err(said(&output)) }
}

/// What comes of the Rust of a page; "" if nothing is wrong.
fn outcome(page: &str) -> String {
    let path = cutaway::path::SourcePath::new("a.md").expect("a path");
    let source = cutaway::source::Source::new("content/a.md", page);
    let document = cutaway::parse::document(&path, &source, &cutaway::config::Config::default()).value;
    let folder = tempfile::tempdir().expect("a folder");
    compiled(folder.path(), "content/a.md", &program(&blocks(&document, &["rust"]))).err().unwrap_or_default()
}

#[test]
fn blocks_build_on_one_another_and_may_replace() {
    let page = "# T\n```rust\nuse std::cmp::max;\nfn two() -> u32 { max(1, 2) }\n```\n\n- ```rust\n  # fn four() -> u32 { 2 * two() }\n  \
                pub fn two() -> u32 { 2 }\n  fn main() { assert_eq!(four() + max(two(), 1), 6); }\n  ```\n\n\
                ```rust\nuse std::cmp::max;\nlet six = four() + two();\nassert_eq!(max(six, 1), 6);\n```\n";
    assert_eq!(outcome(page), "");
}

#[test]
fn what_fails_has_its_place_in_the_page() {
    let check = |page: &str, expected: &str| {
        let outcome = outcome(page);
        assert!(outcome.contains(expected), "{expected}: {outcome}");
    };
    check("# T\n\n```rust\nfn a() {}\nfn b() -> u32 { \"\" }\n```\n", "content/a.md:5:");
    check("# T\n```rust\nfn a() {}\n```\n\n```rust\nfn main() {\n    assert_eq!(1, 2);\n}\n```\n", "content/a.md:8:");
    check("# T\n```rust\nfn main() -> Result<(), String> { Err(\"no\".into()) }\n```\n", "main_runs");
    check("# T\n```rust\nlet a = 1;\nassert_eq!(a, 2);\n```\n", "content/a.md:4:");
}

#[test]
fn other_languages_are_read() {
    assert!(json("{ \"a\": [1] }").is_ok() && json("{ a: 1 }").is_err());
    assert!(toml("a = 1\n").is_ok() && toml("a = b\n").is_err());
    if cfg!(unix) {
        assert!(shell("sh", "if true; then echo a; fi\n").is_ok() && shell("sh", "if true; then\n").is_err());
    }
}
