//! From a crate to a demo: real crates, compiled by cargo, in a book of their own that needs nothing from a registry.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use cutaway::demos::bindgen::WASM_BINDGEN;
use cutaway::demos::{self, Demo, Demos, Memo};
use cutaway::diagnostic::{Code, Warned};
use tempfile::TempDir;
use toml::{Table, Value};

use crate::modules::{FRAME, MANIFEST};

/// A book whose only demo is `toy`, with this code in `demo_manifest` before it answers.
fn book(code: &str) -> TempDir {
    let book = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = book.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a writable folder");
        fs::write(path, text).expect("a writable folder");
    };
    // Stripped whole, against our own advice: these modules lack wasm-bindgen's runtime, which it wants once it sees that
    // reference types are on.
    write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"demos/kit\", \"demos/toy\"]\n\
         [profile.wasm]\ninherits = \"release\"\nopt-level = 1\npanic = \"abort\"\nstrip = true\n",
    );
    write(
        "Cargo.lock",
        "version = 4\n\n[[package]]\nname = \"demo-kit\"\nversion = \"0.1.0\"\n\n\
         [[package]]\nname = \"toy\"\nversion = \"0.1.0\"\ndependencies = [\n \"demo-kit\",\n]\n",
    );
    write("demos/kit/Cargo.toml", "[package]\nname = \"demo-kit\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
    write(
        "demos/kit/src/lib.rs",
        "pub fn answer(text: &str) -> u64 { (text.as_ptr() as u64) << 32 | text.len() as u64 }\n",
    );
    write(
        "demos/toy/Cargo.toml",
        "[package]\nname = \"toy\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[lib]\ncrate-type = [\"cdylib\", \"rlib\"]\n\
         [dependencies]\ndemo-kit = { path = \"../kit\" }\n",
    );
    write("demos/toy/src/lib.rs", &toy(code));
    book
}

fn toy(code: &str) -> String {
    format!(
        "static MANIFEST: &str = r#\"{MANIFEST}\"#;\nstatic FRAME: &str = r#\"{FRAME}\"#;\n\
         #[unsafe(no_mangle)] pub extern \"C\" fn demo_alloc(len: u32) -> *mut u8 {{ Vec::with_capacity(len as usize).leak().as_mut_ptr() }}\n\
         #[unsafe(no_mangle)] pub extern \"C\" fn demo_manifest() -> u64 {{ {code}; demo_kit::answer(MANIFEST) }}\n\
         #[unsafe(no_mangle)] pub extern \"C\" fn demo_frame(at: *mut u8, _len: u32, _outcome: u32) -> u64 {{\n\
             assert!(!at.is_null(), \"a panic names this file\");\n    demo_kit::answer(FRAME)\n}}\n"
    )
}

fn build(book: &Path) -> Warned<Demos> {
    demos::build(book, &mut Memo::default(), |_| {})
}

fn the_demo(built: Warned<Demos>) -> Arc<Demo> {
    let messages: Vec<_> = built.diagnostics.iter().map(|it| it.message.as_str()).collect();
    assert!(messages.is_empty(), "{}", messages.join("\n"));
    built.value.expect("demos").remove("toy").expect("the demo")
}

/// The message of the only diagnostic.
fn problem(built: &Warned<Demos>, code: Code) -> &str {
    assert_eq!(built.diagnostics.len(), 1, "{:?}", built.diagnostics);
    assert_eq!(built.diagnostics[0].code, code);
    assert!(built.value.is_none(), "without a good build no fence can be checked");
    &built.diagnostics[0].message
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|it| it == text.as_bytes())
}

#[test]
fn a_crate_becomes_a_demo_with_the_same_bytes_anywhere() {
    let books = [book(""), book("")];
    let demos = [the_demo(build(books[0].path())), the_demo(build(books[1].path()))];
    assert_eq!(demos[0].manifest.title, "A toy");
    assert_eq!(demos[0].frame("preset=start", false).expect("a frame").narration, "Nothing yet.");
    assert!(contains(&demos[0].js, "__wbg_init as default"), "a page imports the glue");

    assert!(demos[0].wasm == demos[1].wasm, "the module tells where it was built");
    assert!(demos[0].js == demos[1].js, "the glue tells where it was built");
    assert!(contains(&demos[0].wasm, "demos/toy/src/lib.rs"), "a panic's place is in the module");
    let folder = books[0].path().canonicalize().expect("it is there");
    let home = std::env::home_dir().expect("somebody runs this");
    for path in [folder, home] {
        assert!(!contains(&demos[0].wasm, &path.to_string_lossy()), "{} is in the module", path.display());
    }
}

#[test]
fn nothing_is_built_again_until_a_file_changes() {
    static HEARD: AtomicUsize = AtomicUsize::new(0);
    let progress: fn(&str) = |line| {
        HEARD.fetch_add(usize::from(line.starts_with("Compiling toy")), Ordering::SeqCst);
    };
    let book = book("");
    let mut memo = Memo::default();
    let first = the_demo(demos::build(book.path(), &mut memo, progress));
    assert_eq!(HEARD.load(Ordering::SeqCst), 1);
    let again = the_demo(demos::build(book.path(), &mut memo, progress));
    assert!(Arc::ptr_eq(&first, &again), "cargo was asked for nothing");

    fs::write(book.path().join("demos/toy/src/lib.rs"), toy("").replace("A toy", "Another toy")).expect("writable");
    assert_eq!(the_demo(demos::build(book.path(), &mut memo, progress)).manifest.title, "Another toy");
    assert_eq!(HEARD.load(Ordering::SeqCst), 2);
    let kept = fs::read_dir(book.path().join("target/demos/cutaway-cache")).expect("a cache").count();
    assert_eq!(kept, 2, "only the newest module and its glue are kept");
}

#[test]
fn an_error_of_the_compiler_is_passed_on() {
    let book = book("nowhere()");
    let built = build(book.path());
    let message = problem(&built, Code::DemoBuild);
    assert!(message.starts_with("the demos do not compile; cargo says:\n"), "{message}");
    assert!(message.contains("error[E0425]: cannot find function `nowhere` in this scope"), "{message}");
    assert!(message.contains("demos/toy/src/lib.rs:"), "{message}");
    assert!(!message.contains("Compiling"), "{message}");
}

#[test]
fn a_demo_that_cannot_say_what_it_is_fails_the_build() {
    let book = book("if std::hint::black_box(true) { panic!() }");
    assert_eq!(problem(&build(book.path()), Code::DemoFailed), "demo `toy` panicked");
}

#[test]
fn a_crate_that_is_no_module_is_told_how_to_become_one() {
    let book = book("");
    let path = book.path().join("demos/toy/Cargo.toml");
    let text = fs::read_to_string(&path).expect("it is there").replace("\"cdylib\", ", "");
    fs::write(path, text).expect("writable");
    let built = build(book.path());
    assert_eq!(problem(&built, Code::DemoBuild), "demo `toy` does not compile to a module");
    assert!(built.diagnostics[0].hints[0].contains("crate-type"));
}

#[test]
fn a_book_without_demos_needs_no_cargo() {
    let book = tempfile::tempdir().expect("a folder");
    let built = build(book.path());
    assert!(built.diagnostics.is_empty());
    assert!(built.value.expect("no demos are fine").is_empty());
}

#[test]
fn wasm_bindgen_and_its_library_are_one_version() {
    let lock = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock")).expect("the lock file");
    let lock: Table = lock.parse().expect("TOML");
    let packages = lock["package"].as_array().expect("packages");
    let versions = |name: &str| -> Vec<&str> {
        let named = packages.iter().filter(|it| it.get("name").and_then(Value::as_str) == Some(name));
        named.filter_map(|it| it.get("version")?.as_str()).collect()
    };
    assert_eq!(versions("wasm-bindgen"), [WASM_BINDGEN]);
    assert_eq!(versions("wasm-bindgen-cli-support"), [WASM_BINDGEN]);
}
