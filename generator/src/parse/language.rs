//! Names of languages -> grammars. Loaded once, on first use.

use std::sync::LazyLock;

use syntect::parsing::{SyntaxDefinition, SyntaxReference, SyntaxSet, SyntaxSetBuilder};

/// What a language's name means.
#[derive(Clone, Copy, Debug)]
pub enum Language {
    /// No name, or one that stands for text without colors.
    Plain,
    /// A grammar and the set that it belongs to.
    Known(&'static SyntaxReference, &'static SyntaxSet),
    Unknown,
}

/// Names for text that has no grammar.
const PLAIN: &[&str] = &["", "text", "txt", "plain", "plaintext", "console", "output", "log", "ascii", "none"];

/// Names that people write, and the name or file extension of the grammar that fits.
const ALIASES: &[(&str, &str)] = &[
    ("assembly", "c"),
    ("cfg", "toml"),
    ("cjs", "js"),
    ("conf", "toml"),
    ("csharp", "cs"),
    ("elisp", "lisp"),
    ("env", "sh"),
    ("golang", "go"),
    ("ini", "toml"),
    ("js-jsx", "js"),
    ("json5", "json"),
    ("jsonc", "json"),
    ("jsonl", "json"),
    ("jsx", "js"),
    ("ksh", "sh"),
    ("mjs", "js"),
    ("mysql", "sql"),
    ("node", "js"),
    ("objc", "m"),
    ("objective-c", "m"),
    ("patch", "diff"),
    ("pgsql", "sql"),
    ("plpgsql", "sql"),
    ("postgres", "sql"),
    ("postgresql", "sql"),
    ("python3", "py"),
    ("racket", "lisp"),
    ("regex", "re"),
    ("rustc", "rust"),
    ("scheme", "lisp"),
    ("shell", "sh"),
    ("sqlite", "sql"),
    ("svelte", "html"),
    ("vue", "html"),
    ("wast", "lisp"),
    ("wat", "lisp"),
    ("xhtml", "html"),
];

/// Grammars that come with syntect.
static DEFAULTS: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Grammars of our own, for what those lack.
static OWN: LazyLock<SyntaxSet> = LazyLock::new(|| {
    let mut builder = SyntaxSetBuilder::new();
    for text in [
        include_str!("syntaxes/toml.sublime-syntax"),
        include_str!("syntaxes/dockerfile.sublime-syntax"),
        include_str!("syntaxes/http.sublime-syntax"),
        include_str!("syntaxes/nginx.sublime-syntax"),
        include_str!("syntaxes/protobuf.sublime-syntax"),
        include_str!("syntaxes/typescript.sublime-syntax"),
    ] {
        match SyntaxDefinition::load_from_str(text, true, None) {
            Ok(grammar) => builder.add(grammar),
            Err(error) => unreachable!("our own grammars are part of the program: {error}"),
        }
    }
    builder.build()
});

/// The grammar of a language.
pub fn language(name: &str) -> Language {
    let name = name.to_lowercase();
    if PLAIN.contains(&name.as_str()) {
        return Language::Plain;
    }
    let token = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name.as_str(), |(_, token)| token);
    [&OWN, &DEFAULTS]
        .into_iter()
        .find_map(|set| set.find_syntax_by_token(token).map(|syntax| Language::Known(syntax, set)))
        .unwrap_or(Language::Unknown)
}

/// Every name that is understood, for "did you mean".
pub fn known_names() -> Vec<String> {
    let grammars = OWN.syntaxes().iter().chain(DEFAULTS.syntaxes());
    let mut names: Vec<String> = grammars
        .filter(|syntax| !syntax.hidden)
        .flat_map(|syntax| [syntax.name.to_lowercase()].into_iter().chain(syntax.file_extensions.iter().cloned()))
        .filter(|name| !name.contains([' ', '.', '(']))
        .chain(ALIASES.iter().map(|(alias, _)| (*alias).to_owned()))
        .chain(PLAIN.iter().filter(|name| !name.is_empty()).map(|name| (*name).to_owned()))
        .collect();
    names.sort();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::{ALIASES, Language, language};

    #[test]
    fn common_names_have_a_grammar() {
        let names = ["rust", "rs", "C++", "python", "go", "java", "bash", "sh", "toml", "yaml", "json", "sql", "html"];
        for name in
            names.iter().chain(["css", "dockerfile", "http", "nginx", "proto", "ts", "tsx", "makefile", "diff"].iter())
        {
            assert!(matches!(language(name), Language::Known(..)), "{name}");
        }
        for (alias, token) in ALIASES {
            assert!(matches!(language(alias), Language::Known(..)), "{alias} -> {token}");
        }
    }

    #[test]
    fn the_rest_is_plain_or_unknown() {
        assert!(matches!(language("text"), Language::Plain));
        assert!(matches!(language(""), Language::Plain));
        assert!(matches!(language("brainfork"), Language::Unknown));
    }
}
