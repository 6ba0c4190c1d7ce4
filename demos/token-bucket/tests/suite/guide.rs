//! The guide to making demos shows this demo: what it quotes stands in the sources, and it leaves nothing out.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The guide's excerpts: the file that each one names after its language, and its text.
fn excerpts(guide: &str) -> Vec<(String, String)> {
    let mut excerpts = Vec::new();
    let mut lines = guide.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```").filter(|info| !info.starts_with('`')) else { continue };
        let text: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if let Some((_, path)) = info.split_once(' ') {
            excerpts.push((path.to_string(), text.join("\n")));
        }
    }
    excerpts
}

/// Whether a page of a folder of the book, or of one below it, has a text.
fn is_on_a_page(folder: &Path, text: &str) -> bool {
    let entries = fs::read_dir(folder).expect("a folder of the book").map(|entry| entry.expect("an entry").path());
    let has = |path: &Path| fs::read_to_string(path).is_ok_and(|page| page.contains(text));
    entries.into_iter().any(|path| if path.is_dir() { is_on_a_page(&path, text) } else { has(&path) })
}

#[test]
fn its_excerpts_stand_in_the_sources() {
    let guide = read("demos/README.md");
    let excerpts: Vec<(String, String)> =
        excerpts(&guide).into_iter().filter(|(path, _)| !path.starts_with("token-bucket")).collect();
    for (path, text) in &excerpts {
        assert!(read(path).contains(text.as_str()), "{path} does not contain:\n{text}");
    }
    assert!(excerpts.len() >= 12, "{} excerpts", excerpts.len());
    let fence = guide.split("````md\n").nth(1).and_then(|rest| rest.split("\n````").next()).expect("a fence");
    assert!(is_on_a_page(&root().join("content"), fence), "no page has this fence:\n{fence}");
}

/// Names of public fields or functions of a source of the kit.
fn names<'a>(source: &'a str, before: &str, after: char) -> Vec<&'a str> {
    let lines = source.lines().filter_map(|line| line.trim().strip_prefix(before));
    let names = lines.filter_map(|rest| rest.split_once(after)).map(|(name, _)| name);
    names.filter(|name| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')).collect()
}

#[test]
fn it_names_every_field_of_the_manifest_and_every_method_of_the_trait() {
    let guide = read("demos/README.md");
    let manifest = read("demos/kit/src/manifest.rs");
    let plain_data = manifest.split("/// A value for each parameter").next().expect("the manifest's types");
    let fields = names(plain_data, "pub ", ':');
    assert!(fields.len() > 30, "{fields:?}");
    let demo = read("demos/kit/src/demo.rs");
    let methods = names(demo.split("pub trait CloneDemo").next().expect("the trait"), "fn ", '(');
    assert!(methods.len() > 15, "{methods:?}");
    for name in fields.iter().chain(&methods) {
        assert!(
            guide.contains(&format!("`{name}`")) || guide.contains(&format!("`{name}:")),
            "the guide does not name `{name}`"
        );
    }
}

#[test]
fn the_files_that_it_lists_are_there() {
    let guide = read("demos/README.md");
    let listed =
        guide.split("demos/token-bucket/\n").nth(1).and_then(|rest| rest.split("```").next()).expect("the tree");
    for line in listed.lines() {
        let names = line.split("  ").find(|part| !part.is_empty()).unwrap_or("");
        for name in names.split(' ').filter(|name| name.starts_with("src/") || name.starts_with("tests/")) {
            assert!(root().join("demos/token-bucket").join(name).exists(), "{name}");
        }
    }
    let table = guide.split("What is left to you:").nth(1).expect("the table of tests");
    for row in table.lines().filter(|row| row.starts_with("| `") && row.contains(".rs`")) {
        let name = row.split('`').nth(1).expect("a name");
        assert!(root().join("demos/token-bucket/tests/suite").join(name).exists(), "{name}");
    }
}
