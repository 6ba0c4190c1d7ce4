//! Lines of code -> runs of token classes, by syntect's grammars.

use syntect::parsing::{BasicScopeStackOp, ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use std::sync::LazyLock;

/// Beyond this, a block is data rather than code, and coloring it would dominate the build.
const MAX_BYTES: usize = 1024 * 1024;

/// Grammars backtrack: a minified line of this length may take seconds.
const MAX_LINE_BYTES: usize = 4 * 1024;

/// A run of characters of one class, and its text.
pub type TokenRun = (&'static str, String);

/// Scope prefixes and their classes; the longest that fits decides. The classes: k keyword, s string, c comment,
/// n number or constant, f function, t type, v variable, o operator, a attribute, g tag, p punctuation, e escape,
/// d deleted, i inserted; the empty class ends what lies outside, such as the code embedded in a string.
const CLASSES: &[(&str, &str)] = &[
    ("comment", "c"),
    ("constant", "n"),
    ("constant.character.escape", "e"),
    ("constant.other.placeholder", "e"),
    ("entity.name", "t"),
    ("entity.name.constant", "n"),
    ("entity.name.function", "f"),
    ("entity.name.label", "v"),
    ("entity.name.lifetime", "a"),
    ("entity.name.section", "k"),
    ("entity.name.tag", "g"),
    ("entity.other.attribute-name", "a"),
    ("entity.other.inherited-class", "t"),
    ("keyword", "k"),
    ("keyword.operator", "o"),
    ("keyword.operator.assignment.shell", "o"),
    ("keyword.operator.logical.python", "k"),
    ("keyword.operator.word", "k"),
    ("markup.deleted", "d"),
    ("markup.heading", "k"),
    ("markup.inserted", "i"),
    ("meta.annotation", "a"),
    ("meta.block", ""),
    ("meta.diff.header", "c"),
    ("meta.diff.range", "c"),
    ("meta.embedded", ""),
    ("meta.interpolation", ""),
    ("meta.template.expression", ""),
    ("punctuation", "p"),
    ("punctuation.definition.annotation", "a"),
    ("punctuation.definition.attribute", "a"),
    ("punctuation.definition.comment", "c"),
    ("punctuation.definition.deleted", "d"),
    ("punctuation.definition.from-file", "c"),
    ("punctuation.definition.inserted", "i"),
    ("punctuation.definition.lifetime", "a"),
    ("punctuation.definition.range", "c"),
    ("punctuation.definition.string", "s"),
    ("punctuation.definition.tag", "g"),
    ("punctuation.definition.to-file", "c"),
    ("punctuation.definition.variable", "v"),
    ("source", ""),
    ("storage", "k"),
    ("storage.modifier.lifetime", "a"),
    ("storage.type.c", "t"),
    ("storage.type.c++", "t"),
    ("storage.type.go", "t"),
    ("storage.type.java", "t"),
    ("storage.type.primitive", "t"),
    ("storage.type.rust", "t"),
    ("string", "s"),
    ("support.class", "t"),
    ("support.constant", "n"),
    ("support.function", "f"),
    ("support.macro", "f"),
    ("support.type", "t"),
    ("support.type.property-name", "a"),
    ("variable", "v"),
    ("variable.annotation", "a"),
    ("variable.function", "f"),
    ("variable.language", "k"),
    ("variable.other.constant", "n"),
];

/// Words that begin a declaration. Grammars give them the scope of primitive types, `storage.type`.
const DECLARING: &[&str] = &[
    "class",
    "const",
    "enum",
    "fn",
    "func",
    "interface",
    "let",
    "static",
    "struct",
    "trait",
    "type",
    "typedef",
    "union",
    "var",
];

/// The table with its scopes parsed.
static SELECTORS: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    CLASSES.iter().filter_map(|(prefix, class)| Scope::new(prefix).ok().map(|scope| (scope, *class))).collect()
});

/// The runs of each line; `None` if the block is too large or its grammar fails on it.
pub fn highlight(syntax: &SyntaxReference, set: &SyntaxSet, lines: &[&str]) -> Option<Vec<Vec<TokenRun>>> {
    let n_bytes: usize = lines.iter().map(|line| line.len() + 1).sum();
    if n_bytes > MAX_BYTES || lines.iter().any(|line| line.len() > MAX_LINE_BYTES) {
        return None;
    }
    let mut state = ParseState::new(syntax);
    let mut scopes = ScopeStack::new();
    let mut classes: Vec<&'static str> = Vec::new();
    let mut all = Vec::with_capacity(lines.len());
    for line in lines {
        let runs = highlight_line(line, set, &mut state, &mut scopes, &mut classes)?;
        all.push(if syntax.name == "Rust" { with_rust_types(runs) } else { runs });
    }
    Some(all)
}

/// `classes` has one entry for each scope of the stack: its own class, or that of the scope around it.
fn highlight_line(
    line: &str,
    set: &SyntaxSet,
    state: &mut ParseState,
    scopes: &mut ScopeStack,
    classes: &mut Vec<&'static str>,
) -> Option<Vec<TokenRun>> {
    let ops = state.parse_line(&format!("{line}\n"), set).ok()?;
    let mut runs = Vec::new();
    let mut done = 0;
    for (at, op) in ops {
        let at = at.min(line.len());
        run(&mut runs, classes.last().copied().unwrap_or_default(), &line[done..at]);
        done = at;
        let change = |op: BasicScopeStackOp, _: &[Scope]| match op {
            BasicScopeStackOp::Push(scope) => {
                let around = classes.last().copied().unwrap_or_default();
                classes.push(class(scope).unwrap_or(around));
            }
            BasicScopeStackOp::Pop => drop(classes.pop()),
        };
        scopes.apply_with_hook(&op, change).ok()?;
    }
    run(&mut runs, classes.last().copied().unwrap_or_default(), &line[done..]);
    Some(runs)
}

/// Adds text to the last run, if that is of the same class, or if the text is only space.
fn run(runs: &mut Vec<TokenRun>, class: &'static str, text: &str) {
    if text.is_empty() {
        return;
    }
    let blank = text.chars().all(char::is_whitespace);
    let class = if class == "t" && DECLARING.contains(&text.trim()) { "k" } else { class };
    match runs.last_mut() {
        Some((before, run)) if *before == class || blank => run.push_str(text),
        _ => runs.push((if blank { "" } else { class }, text.to_owned())),
    }
}

/// The Rust grammar names types where they are declared and not where they are used: there, the capital tells.
fn with_rust_types(runs: Vec<TokenRun>) -> Vec<TokenRun> {
    let mut all = Vec::with_capacity(runs.len());
    for (class, text) in runs {
        if !class.is_empty() || !text.contains(|c: char| c.is_ascii_uppercase()) {
            all.push((class, text));
            continue;
        }
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let mut rest = text.as_str();
        while let Some(first) = rest.chars().next() {
            let end = rest.find(|c| is_word(c) != is_word(first)).unwrap_or(rest.len());
            let (word, behind) = rest.split_at(end);
            run(&mut all, rust_class(word), word);
            rest = behind;
        }
    }
    all
}

/// `Vec` and `T` are types, `MAX_LEN` is a constant.
fn rust_class(word: &str) -> &'static str {
    let capital = word.starts_with(|c: char| c.is_ascii_uppercase());
    match capital {
        true if word.len() > 1 && !word.contains(|c: char| c.is_lowercase()) => "n",
        true => "t",
        false => "",
    }
}

fn class(scope: Scope) -> Option<&'static str> {
    SELECTORS
        .iter()
        .filter(|(selector, _)| selector.is_prefix_of(scope))
        .max_by_key(|(selector, _)| selector.len())
        .map(|(_, class)| *class)
}

#[cfg(test)]
mod tests {
    use super::{CLASSES, SELECTORS, highlight};
    use crate::parse::language::{Language, language};

    fn check(name: &str, code: &str, expected: &str) {
        let Language::Known(syntax, set) = language(name) else { panic!("{name} is known") };
        let lines: Vec<&str> = code.lines().collect();
        let runs = highlight(syntax, set, &lines).expect("small code is highlighted");
        let line = |runs: &Vec<(&str, String)>| {
            runs.iter().map(|(class, text)| format!("{class}[{text}]")).collect::<String>()
        };
        assert_eq!(runs.iter().map(line).collect::<Vec<_>>().join("\n"), expected);
    }

    #[test]
    fn each_prefix_is_a_scope() {
        assert_eq!(SELECTORS.len(), CLASSES.len());
    }

    #[test]
    fn classes_follow_the_grammar() {
        check("rust", "let x: u32 = 1; // n", "k[let][ x]p[: ]t[u32 ]o[= ]n[1]p[; ]c[// n]");
        check("rust", "/* a\nb */ Vec::<u8>::MAX", "c[/* a]\nc[b */ ]t[Vec]p[::<]t[u8]p[>::]n[MAX]");
        check("toml", "[a.b] # c\nkey = \"v\\n\"", "p[[]k[a.b]p[] ]c[# c]\na[key ]p[= ]s[\"v]e[\\n]s[\"]");
        check("diff", "--- a\n-x\n+y", "c[--- a]\nd[-x]\ni[+y]");
        check("ts", "type A = Map<string, B>;", "k[type ]t[A ]o[= ]t[Map]o[<]t[string]p[, ]t[B]o[>]p[;]");
        check("http", "Host: x", "a[Host]p[:][ x]");
        check("proto", "message A { int32 b = 1; }", "k[message ]t[A ]p[{ ]t[int32][ b ]o[= ]n[1]p[; }]");
        check("dockerfile", "FROM rust:1 AS build", "k[FROM][ rust:1]k[ AS ][build]");
    }

    #[test]
    fn huge_blocks_stay_plain() {
        let Language::Known(syntax, set) = language("rust") else { panic!("rust is known") };
        assert_eq!(highlight(syntax, set, &["a".repeat(5000).as_str()]), None);
        assert_eq!(highlight(syntax, set, &vec!["let a = 1;"; 200_000]), None);
    }
}
