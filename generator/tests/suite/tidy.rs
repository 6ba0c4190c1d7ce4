//! What must stay true of the code itself. ARCHITECTURE.md says why.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The generator's modules from left to right: each knows only what stands to its left.
const ORDER: [&str; 24] = [
    "path",
    "source",
    "diagnostic",
    "config",
    "sources",
    "drawing",
    "formula",
    "plot",
    "document",
    "demos",
    "book",
    "site",
    "load",
    "typeset",
    "diagram",
    "parse",
    "resolve",
    "render",
    "check",
    "report",
    "write",
    "serve",
    "memo",
    "lib",
];

/// The first of them are nouns: they hold data, and know no verb.
const N_NOUNS: usize = 12;

/// Modules that may touch disk, network, processes, clock and terminal; the last ones are the program's.
const EDGES: [&str; 9] = ["load", "demos", "write", "serve", "main", "cli", "interrupt", "terminal", "program"];

/// The outside world, as code names it.
const OUTSIDE: [&str; 16] = [
    "std::fs",
    "std::net",
    "std::process",
    "std::time",
    "std::env",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
    "println!",
    "print!",
    "walkdir",
    "notify::",
    "TcpStream",
    "SystemTime",
    "Instant",
    "ctrlc",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every source file below a folder, with its path relative to it and its code: without tests and comments.
fn code(folder: &Path) -> BTreeMap<String, String> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("an entry").into_path());
    let rust = files.filter(|path| path.extension().is_some_and(|it| it == "rs"));
    rust.map(|path| {
        let name = path.strip_prefix(folder).expect("below the folder").to_str().expect("UTF-8").replace('\\', "/");
        let text = fs::read_to_string(&path).expect("a file is read");
        let program = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let lines = program.lines().map(|line| line.split("//").next().unwrap_or_default());
        (name, lines.collect::<Vec<_>>().join("\n"))
    })
    .collect()
}

fn generator() -> BTreeMap<String, String> {
    code(&root().join("generator/src"))
}

/// The module at the top that a file belongs to: `resolve/links.rs` -> `resolve`.
fn module(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap_or_default()
}

fn uses(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let part_of_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !part_of_word(text[..at].chars().next_back()) && !part_of_word(text[at + name.len()..].chars().next())
    })
}

#[test]
fn only_the_edges_touch_the_outside() {
    for (file, text) in generator() {
        if EDGES.contains(&module(&file)) {
            continue;
        }
        for name in OUTSIDE {
            assert!(!uses(&text, name), "{file} uses `{name}`");
        }
    }
}

#[test]
fn no_module_knows_what_stands_to_its_right() {
    let rank = |name: &str| ORDER.iter().position(|it| *it == name);
    for (file, text) in generator() {
        let Some(here) = rank(module(&file)) else { continue };
        for (at, _) in text.match_indices("crate::") {
            let rest = &text[at + "crate::".len()..];
            let names: Vec<&str> = match rest.strip_prefix('{') {
                Some(group) => group.split('}').next().unwrap_or_default().split(',').map(str::trim).collect(),
                None => vec![rest],
            };
            for name in names {
                let name = name.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
                if let Some(there) = rank(name) {
                    assert!(there <= here, "{file} imports `{name}`, which stands to its right");
                    assert!(
                        !ORDER[..N_NOUNS].contains(&module(&file)) || ORDER[..N_NOUNS].contains(&name),
                        "{file} is a noun and knows `{name}`"
                    );
                }
            }
        }
    }
}

#[test]
fn every_module_has_its_place() {
    for file in generator().keys() {
        let module = module(file);
        assert!(ORDER.contains(&module) || EDGES.contains(&module), "{file}: write `{module}` into ORDER or EDGES");
    }
}

#[test]
fn parse_sees_one_page() {
    for (file, text) in generator().into_iter().filter(|(file, _)| module(file) == "parse") {
        for name in
            ["crate::sources", "crate::book", "crate::site", "crate::load", "crate::resolve", "BTreeMap<SourcePath"]
        {
            assert!(!text.contains(name), "{file} knows `{name}`");
        }
    }
}

#[test]
fn templates_can_look_nothing_up() {
    for (file, text) in generator() {
        for name in ["register_function", "register_filter", "register_test", "global_context"] {
            assert!(!uses(&text, name), "{file} gives templates `{name}`");
        }
        assert!(!uses(&text, "tera") || file == "render/templates.rs", "{file} uses Tera");
    }
}

#[test]
fn templates_hold_nothing_inline() {
    for entry in walkdir::WalkDir::new(root().join("templates")) {
        let path = entry.expect("an entry").into_path();
        if path.extension().is_none_or(|it| it != "html" && it != "svg") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a file is read");
        let at = path.display();
        for bad in [" style=", "<style", "javascript:", "src=\"http", "src=\"//"] {
            assert!(!text.contains(bad), "{at} has `{bad}`");
        }
        for (start, _) in text.match_indices("<script") {
            assert!(
                text[start..]
                    .split('>')
                    .next()
                    .is_some_and(|tag| tag.contains(" src=") || tag.ends_with(" type=\"application/ld+json\"")),
                "{at} has an inline script"
            );
        }
        for (start, _) in text.match_indices(" on") {
            let word: String = text[start + 1..].chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
            assert!(!text[start + 1 + word.len()..].starts_with('='), "{at} has `{word}=`");
        }
    }
}

#[test]
fn the_generator_knows_no_demo_by_name() {
    let demos: Vec<String> = fs::read_dir(root().join("demos"))
        .expect("the folder of demos")
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().join("src").is_dir() && entry.file_name() != "kit")
        .map(|entry| entry.file_name().into_string().expect("UTF-8"))
        .collect();
    assert!(!demos.is_empty(), "there are demos");
    for (file, text) in generator() {
        for demo in &demos {
            for name in [demo.clone(), demo.replace('-', "_")] {
                assert!(!text.contains(&name), "{file} names the demo `{name}`");
            }
        }
    }
}

#[test]
fn a_demo_knows_no_page_and_its_model_no_browser() {
    let pages: Vec<String> = walkdir::WalkDir::new(root().join("content"))
        .into_iter()
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().extension().is_some_and(|it| it == "md"))
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    for (file, text) in code(&root().join("demos")) {
        for page in &pages {
            assert!(!text.contains(page.as_str()), "{file} names the page `{page}`");
        }
        if file.ends_with("src/model.rs") {
            for name in [
                "web_sys",
                "js_sys",
                "wasm_bindgen",
                "Scene",
                "std::time",
                "std::env",
                "thread_rng",
                "RandomState",
                "HashMap",
            ] {
                assert!(!uses(&text, name), "{file} uses `{name}`");
            }
        }
    }
}

#[test]
fn style_sheets_know_no_left_and_right() {
    for entry in walkdir::WalkDir::new(root().join("templates")) {
        let path = entry.expect("an entry").into_path();
        if path.extension().is_none_or(|it| it != "css") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a file is read");
        for declaration in text.split([';', '{', '}']).filter_map(|it| it.split_once(':')) {
            let (property, value) = (declaration.0.trim(), declaration.1.trim());
            // A selector.
            if property.contains(|c: char| !c.is_ascii_alphabetic() && c != '-') {
                continue;
            }
            let physical = |text: &str| {
                text.split(|c: char| !c.is_ascii_alphabetic()).any(|word| matches!(word, "left" | "right"))
            };
            assert!(!physical(property), "{}: `{property}`: pages may run from right to left", path.display());
            let side = matches!(property, "text-align" | "float" | "clear" | "justify-content" | "justify-self");
            assert!(!side || !physical(value), "{}: `{property}: {value}`", path.display());
            let sized =
                matches!(property, "width" | "height" | "min-width" | "max-width" | "min-height" | "max-height");
            assert!(!sized, "{}: `{property}`: sizes are along the text or across it", path.display());
        }
    }
}
