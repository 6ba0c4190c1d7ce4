//! The main kind of test: small whole books under `tests/sites/`, each with everything that must come of it.
//!
//! `expected/` is the whole site, `diagnostics.txt` the whole report; one that is not there is empty. `BLESS=1` writes
//! them anew: read the difference before you commit it. `SITE=name` picks one. A book without templates of its own gets
//! those of `tests/templates/`, which show all that a page is given in short form.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cutaway::demos::{Demo, Demos};
use cutaway::diagnostic::{Code, Warned};
use cutaway::site::Site;
use cutaway::source::Source;
use cutaway::sources::Sources;
use cutaway::{BuildOptions, Built, Memo, load, make, report};

use crate::modules::{FRAME, MANIFEST, Toy};

/// Codes whose defects cannot lie in a folder of files, and the test that provokes each.
const ELSEWHERE: [(Code, &str); 1] = [(Code::DemoBuild, "demos.rs")];

/// The files of a site by path.
type Files = BTreeMap<String, Vec<u8>>;

/// `tests/sites`.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites")
}

/// Names of all test sites, in order.
pub fn names() -> Vec<String> {
    let entries = fs::read_dir(folder()).expect("the folder of test sites");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8")).collect();
    names.sort();
    names
}

/// What is read of a test site.
pub fn sources(name: &str) -> Warned<Sources> {
    let folder = folder().join(name);
    let mut sources = load::sources(&folder);
    if !folder.join("templates").exists() && !name.starts_with("built-in") {
        short_templates(&mut sources.value);
    }
    sources
}

/// Puts the templates of `tests/templates/` in place of the built-in ones.
pub fn short_templates(sources: &mut Sources) {
    sources.assets.clear();
    sources.templates.clear();
    for (name, bytes) in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/templates")) {
        let text = String::from_utf8(bytes).expect("templates are UTF-8");
        sources.templates.insert(name.clone(), Source::new(format!("templates/{name}"), text));
    }
}

/// Demos that need no compiler: `toy`; `broken`, which panics when it draws; `typed`, whose knob takes a text; `halves`, whose
/// knob goes in steps of a half.
pub fn demos() -> Demos {
    let toy = |name: &str, toy: Toy| {
        let toy = Toy { manifest: toy.manifest.replace("\"toy\"", &format!("\"{name}\"")), ..toy };
        let demo = Demo::from_module(name, Arc::from(*b"glue"), toy.wasm().into()).expect("its manifest is fine");
        (name.to_string(), Arc::new(demo))
    };
    let broken = Toy { before_frame: |it| it.unreachable(), ..Toy::default() };
    let typed = Toy {
        manifest: MANIFEST.replace(
            r#""kind":"range","min":0,"max":9"#,
            r#""kind":"text","expected":"at most 9 letters","samples":["3"],"refused":[]"#,
        ),
        frame: FRAME.replace(r#""size":"4""#, r#""size":"a <b> & \"c\"""#),
        ..Toy::default()
    };
    let halves =
        Toy { manifest: MANIFEST.replace(r#""min":0,"max":9"#, r#""min":0.5,"max":9,"step":0.5"#), ..Toy::default() };
    Some(BTreeMap::from([
        toy("toy", Toy::default()),
        toy("broken", broken),
        toy("typed", typed),
        toy("halves", halves),
    ]))
}

/// Builds a test site.
pub fn build(name: &str, memo: &mut Memo) -> Built {
    let demos = if name.starts_with("no-demos") { None } else { demos() };
    make(sources(name), Warned::new(demos), &BuildOptions::default(), memo)
}

#[test]
fn every_site_is_as_expected() {
    let only = std::env::var("SITE").ok();
    let mut failures = Vec::new();
    for name in names().into_iter().filter(|name| only.as_ref().is_none_or(|only| only == name)) {
        let built = build(&name, &mut Memo::default());
        let report = report::render(&built.diagnostics, false);
        let site = built.site.as_ref().map(by_name).unwrap_or_default();
        if std::env::var_os("BLESS").is_some() {
            bless(&name, &site, &report);
        }
        failures.extend(differences(&name, &site, &report));
    }
    assert!(failures.is_empty(), "{}\n\n`BLESS=1 cargo test` writes what came out", failures.join("\n\n"));
}

#[test]
fn every_code_has_a_site() {
    let names = names();
    for code in Code::ALL {
        let elsewhere = ELSEWHERE.iter().any(|(it, _)| it == code);
        assert!(elsewhere || names.iter().any(|name| name == code.name()), "no site for `{code}`");
        if !elsewhere {
            let found = build(code.name(), &mut Memo::default()).diagnostics;
            assert!(found.iter().any(|it| it.code == *code), "the site `{code}` does not have what it is named after");
        }
    }
}

fn by_name(site: &Site) -> Files {
    site.files.iter().map(|(output, bytes)| (output.to_string(), bytes.to_vec())).collect()
}

/// What is compared: with most sites only what a reader sees. The files for machines and for paper follow from the same
/// pages; the sites whose names begin with `machines` or `print` show them.
fn compared(name: &str, site: &Files) -> Files {
    let machines = name.starts_with("machines");
    let made = |file: &str| match file {
        "print.html" => name.starts_with("print"),
        // The index has tests of its own; its names are hashes.
        "search.bin" => false,
        "search.html" => name.starts_with("search"),
        _ if file.starts_with("search/") => false,
        "robots.txt" | "llms.txt" | "llms-full.txt" => machines,
        _ => machines || !file.ends_with(".md"),
    };
    site.iter().filter(|(file, _)| made(file)).map(|(file, bytes)| (file.clone(), bytes.clone())).collect()
}

fn bless(name: &str, site: &Files, report: &str) {
    let folder = folder().join(name);
    let expected = folder.join("expected");
    let _ = fs::remove_dir_all(&expected);
    // What the built-in templates make is checked by rules, not by bytes.
    let kept = if name.starts_with("built-in") { &Files::new() } else { &compared(name, site) };
    for (file, bytes) in kept {
        let path = expected.join(file);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder is made");
        fs::write(path, bytes).expect("a file is written");
    }
    let text = folder.join("diagnostics.txt");
    let _ = fs::remove_file(&text);
    if !report.is_empty() {
        fs::write(text, report).expect("a file is written");
    }
}

fn differences(name: &str, site: &Files, report: &str) -> Vec<String> {
    let folder = folder().join(name);
    let mut failures = Vec::new();
    let wanted = fs::read_to_string(folder.join("diagnostics.txt")).unwrap_or_default();
    if wanted != report {
        failures.push(format!("{name}: the report\n{}", first_difference(&wanted, report)));
    }
    if name.starts_with("built-in") {
        assert!(!site.is_empty(), "{name}: {report}");
        return failures;
    }
    let expected = files(&folder.join("expected"));
    let site = &compared(name, site);
    let all: std::collections::BTreeSet<&String> = expected.keys().chain(site.keys()).collect();
    for file in all {
        match (expected.get(file), site.get(file)) {
            (Some(a), Some(b)) if a == b => {}
            (Some(a), Some(b)) => {
                let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                failures.push(format!("{name}: {file}\n{}", first_difference(&text(a), &text(b))));
            }
            (Some(_), None) => failures.push(format!("{name}: {file} was not made")),
            _ => failures.push(format!("{name}: {file} was not expected")),
        }
    }
    failures
}

fn first_difference(wanted: &str, made: &str) -> String {
    let (mut a, mut b) = (wanted.lines(), made.lines());
    for line in 1.. {
        match (a.next(), b.next()) {
            (None, None) => break,
            (x, y) if x == y => {}
            (x, y) => {
                return format!(
                    "line {line}\n  expected: {}\n  made:     {}",
                    x.unwrap_or("(end)"),
                    y.unwrap_or("(end)")
                );
            }
        }
    }
    "only the ends of lines differ".into()
}

/// All files below a folder by name with `/`; none if it is not there.
fn files(folder: &Path) -> Files {
    let mut files = Files::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
        let name =
            entry.path().strip_prefix(folder).expect("below the folder").to_str().expect("UTF-8").replace('\\', "/");
        files.insert(name, fs::read(entry.path()).expect("a file is read"));
    }
    files
}
