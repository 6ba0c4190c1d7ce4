//! Every computation of the chapters, done again: `content/arithmetic.toml` says which, `content/lumen.toml` has the numbers
//! of the running example.

use std::collections::BTreeMap;
use std::fs;

use cutaway::load;
use cutaway::parse::formula;
use cutaway::path::SourcePath;
use serde::Deserialize;
use toml::Spanned;

use crate::root;

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Arithmetic {
    check: Vec<Spanned<Check>>,
}

/// One computation.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Check {
    /// Path of the page below `content/`.
    chapter: String,
    /// What stands in the page, to the letter, with the value in it.
    quote: String,
    /// In the grammar of plots, with names such as `lumen.stage_1m.users`.
    formula: String,
    /// As printed in the quote.
    value: f64,
    /// How far the formula may be from it: 0, or half a unit of the last digit printed.
    tolerance: f64,
}

/// What comes of the last bits of a float is no difference.
const LAST_BITS: f64 = 1e-12;

/// What is wrong, one line each: `content/arithmetic.toml:12: ...`. `page` has the text of a page.
fn problems(arithmetic: &str, lumen: &str, page: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
    let lumen = match lumen.parse::<toml::Table>() {
        Ok(table) => numbers_of("lumen", &table),
        Err(error) => return vec![format!("content/lumen.toml: {error}")],
    };
    let read: Arithmetic = match toml::from_str(arithmetic) {
        Ok(read) => read,
        Err(error) => return vec![format!("content/arithmetic.toml: {error}")],
    };
    let problem = |check: &Spanned<Check>| {
        let line = arithmetic[..check.span().start].matches('\n').count() + 1;
        let why = wrong(check.get_ref(), &lumen, page)?;
        Some(format!("content/arithmetic.toml:{line}: {why}"))
    };
    read.check.iter().filter_map(problem).collect()
}

fn wrong(check: &Check, lumen: &BTreeMap<String, f64>, page: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let Check { chapter, quote, formula: written, value, tolerance } = check;
    let Some(text) = page(chapter) else { return Some(format!("there is no page `content/{chapter}`")) };
    if !text.contains(quote.as_str()) {
        return Some(format!("`{quote}` does not stand in content/{chapter}"));
    }
    if !printed(quote).iter().any(|it| near(*it, value.abs(), 0.0)) {
        return Some(format!("the value {value} does not stand in the quote `{quote}`"));
    }
    let names: Vec<&str> = lumen.keys().map(String::as_str).collect();
    let computed = match formula(written, &names) {
        Ok(it) => it.value(&|name| lumen[name]),
        Err(error) => {
            let hints = error.hints.iter().map(|hint| format!("; {hint}")).collect::<String>();
            return Some(format!("`{written}`: {}{hints}", error.message));
        }
    };
    let off = !near(computed, *value, *tolerance);
    off.then(|| {
        format!("`{written}` is {computed}, and content/{chapter} says {value} (tolerance {tolerance}): `{quote}`")
    })
}

fn near(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance + LAST_BITS * b.abs()
}

/// All numbers of a table by their key paths.
fn numbers_of(name: &str, table: &toml::Table) -> BTreeMap<String, f64> {
    let mut numbers = BTreeMap::new();
    for (key, value) in table {
        let name = format!("{name}.{key}");
        match value {
            toml::Value::Table(inner) => numbers.append(&mut numbers_of(&name, inner)),
            toml::Value::Integer(number) => drop(numbers.insert(name, *number as f64)),
            toml::Value::Float(number) => drop(numbers.insert(name, *number)),
            _ => {}
        }
    }
    numbers
}

/// Words for numbers that a text does not write in digits.
const WORDS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// Words for fractions, to three digits as an entry writes them.
const FRACTIONS: [(&str, f64); 6] =
    [("half", 0.5), ("third", 0.333), ("thirds", 0.667), ("quarter", 0.25), ("fifth", 0.2), ("tenth", 0.1)];

/// The numbers that a text has, without signs: `1,024`, `1{,}024`, `0.5`, `15 %` (15 and 0.15), `2 million`, `seven`.
fn printed(text: &str) -> Vec<f64> {
    let text =
        text.replace("{,}", ",").replace(['\u{a0}', '\u{2009}', '\u{202f}'], " ").replace("\\,", " ").replace('\\', "");
    let mut numbers = Vec::new();
    let mut rest = text.as_str();
    while let Some(start) = rest.find(|c: char| c.is_ascii_alphanumeric()) {
        rest = &rest[start..];
        let digits = number_len(rest);
        let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        if digits > 0 {
            let number = rest[..digits].replace(',', "").parse::<f64>().unwrap_or(f64::NAN);
            numbers.push(number);
            let behind = rest[digits..].trim_start();
            let units = [("%", 0.01), ("thousand", 1e3), ("million", 1e6), ("billion", 1e9)];
            numbers.extend(units.iter().filter(|(unit, _)| behind.starts_with(unit)).map(|(_, times)| number * times));
        } else if let Some(number) = WORDS.iter().position(|word| rest[..letters].eq_ignore_ascii_case(word)) {
            numbers.push(number as f64);
        } else if let Some((_, part)) = FRACTIONS.iter().find(|(word, _)| *word == &rest[..letters]) {
            numbers.push(*part);
        }
        rest = &rest[digits.max(letters).max(1)..];
    }
    numbers
}

/// How long the number at the beginning of a text is: digits, commas between groups of three, a point with digits.
fn number_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    while is_digit(at)
        || at > 0 && bytes.get(at) == Some(&b',') && (1..=3).all(|n| is_digit(at + n)) && !is_digit(at + 4)
    {
        at += 1;
    }
    if at > 0 && bytes.get(at) == Some(&b'.') && is_digit(at + 1) {
        at += 1;
        while is_digit(at) {
            at += 1;
        }
    }
    at
}

#[test]
fn the_chapters_compute_right() {
    let content = root().join("content");
    let read = |name: &str| fs::read_to_string(content.join(name)).expect("the file is there");
    let sources = load::sources(&root()).value;
    let page = |chapter: &str| {
        let path = SourcePath::new(chapter).ok()?;
        sources.pages.get(&path).map(|source| source.text.clone())
    };
    let found = problems(&read("arithmetic.toml"), &read("lumen.toml"), &page);
    assert!(found.is_empty(), "\n{}\n\nCONTRIBUTING.md says how these are written", found.join("\n"));
}

/// The problem of one check of a page that says `20 × 0.05 = 1 and 1,024 B`.
fn check(entry: &str, expected: &str) {
    let lumen = "[stage]\nusers = 20\nshare = 0.05\n";
    let page = |chapter: &str| (chapter == "a.md").then(|| "20 × 0.05 = 1 and 1,024 B".to_owned());
    let found = problems(&format!("# Checks.\n\n[[check]]\n{entry}"), lumen, &page).join("\n");
    assert!(found.contains(expected) && found.is_empty() == expected.is_empty(), "{found}");
}

#[test]
fn what_is_wrong_says_where_and_what() {
    let entry = |chapter: &str, quote: &str, formula: &str, value: &str| {
        format!(
            "chapter = \"{chapter}\"\nquote = \"{quote}\"\nformula = \"{formula}\"\nvalue = {value}\ntolerance = 0\n"
        )
    };
    check(&entry("a.md", "20 × 0.05 = 1", "lumen.stage.users * lumen.stage.share", "1"), "");
    check(&entry("a.md", "and 1,024 B", "2 ^ 10", "1024"), "");
    check(&entry("b.md", "1,024 B", "2 ^ 10", "1024"), "content/arithmetic.toml:3: there is no page `content/b.md`");
    check(&entry("a.md", "1.024 B", "2 ^ 10", "1024"), ":3: `1.024 B` does not stand in content/a.md");
    check(&entry("a.md", "024 B", "2 ^ 10", "1024"), "the value 1024 does not stand in the quote `024 B`");
    check(&entry("a.md", "1,024 B", "2 ^ 11", "1024"), "`2 ^ 11` is 2048, and content/a.md says 1024 (tolerance 0)");
    check(&entry("a.md", "1,024 B", "lumen.stage.user", "1024"), "did you mean `lumen.stage.users`?");
    check(&entry("a.md", "1,024 B", "2 ^", "1024"), "formula that ends too early");
    check(&(entry("a.md", "1,024 B", "2 ^ 10", "1024") + "note = \"x\"\n"), "unknown field `note`");
    check("chapter = \"a.md\"\n", "missing field");
}

#[test]
fn numbers_are_found_in_a_text() {
    let check = |text: &str, expected: &[f64]| assert_eq!(printed(text), expected, "{text}");
    check("1,024 B, 3.5 ms. 7.", &[1024.0, 3.5, 7.0]);
    check("$1{,}056$ points", &[1056.0]);
    check("15\u{a0}% of 2 million", &[15.0, 0.15, 2.0, 2e6]);
    check("**Seven** of the ten", &[7.0, 10.0]);
    check("two thirds, a half", &[2.0, 0.667, 0.5]);
    check("1,02 and 12,3456", &[1.0, 2.0, 12.0, 3456.0]);
}
