//! `cargo xtask spell`: the words of the book against an American dictionary and the book's own list, `content/words.txt`.
//!
//! The dictionary is Hunspell's, from the package `dictionary-en`, which the browser tests' `npm ci` brings. Not checked
//! are words with digits, abbreviations in capitals, single letters, Greek, and names and titles in a list of sources.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use cutaway::source::Source;
use cutaway::{load, parse};
use spellbook::Dictionary;

use super::documents;
use super::prose::{HOLE, Run, prose};
use crate::steps::{command, run};
use crate::tools;

/// Words for which the dictionary is asked what they should be: that takes a while.
const MAX_SUGGESTIONS: usize = 40;

/// A word that nobody knows.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Unknown {
    file: String,
    line: usize,
    word: String,
}

/// Fails if the book has a word that neither the dictionary nor the book's list has.
pub fn spell(root: &Path) -> Result<(), String> {
    let words =
        fs::read_to_string(root.join("content/words.txt")).map_err(|error| format!("content/words.txt: {error}"))?;
    let words = own_words(&words)?;
    let dictionary = dictionary(&root.join("e2e"))?;
    let known = |word: &str| words.has(word) || dictionary.check(word);
    let mut unknown = BTreeSet::new();
    for (path, document) in documents(root) {
        let file = format!("content/{path}");
        unknown.extend(prose(&document).iter().flat_map(|run| unknown_in(run, &file, &document.source, &known)));
    }
    if let Some(source) = load::sources(root).value.glossary {
        for entry in parse::glossary(&source).value {
            let texts = entry.also.iter().chain([&entry.name, &entry.definition]);
            let runs = texts.map(|text| Run::new(text, &entry.range));
            unknown.extend(runs.flat_map(|run| unknown_in(&run, &source.name, &source, &known)));
        }
    }
    if unknown.is_empty() { Ok(()) } else { Err(report(&unknown, &dictionary)) }
}

/// The dictionary; npm fetches it if it is not there yet.
fn dictionary(e2e: &Path) -> Result<Dictionary, String> {
    let folder = e2e.join("node_modules/dictionary-en");
    if !folder.exists() {
        tools::node()?;
        run(&mut command(tools::npm(), e2e, &["ci", "--prefer-offline", "--no-audit", "--no-fund"]))?;
    }
    let read = |name: &str| fs::read_to_string(folder.join(name)).map_err(|error| format!("{name}: {error}"));
    Dictionary::new(&read("index.aff")?, &read("index.dic")?).map_err(|error| format!("the dictionary: {error}"))
}

fn report(unknown: &BTreeSet<Unknown>, dictionary: &Dictionary) -> String {
    let mut text = format!("{} unknown words\n", unknown.len());
    let mut suggestions: BTreeMap<&str, String> = BTreeMap::new();
    for Unknown { file, line, word } in unknown {
        if suggestions.len() < MAX_SUGGESTIONS && !suggestions.contains_key(word.as_str()) {
            let mut near = Vec::new();
            dictionary.suggest(word, &mut near);
            let near = near.first().map_or(String::new(), |it| format!(" (did you mean `{it}`?)"));
            suggestions.insert(word, near);
        }
        let near = suggestions.get(word.as_str()).map_or("", String::as_str);
        text += &format!("  {file}:{line}: `{word}`{near}\n");
    }
    text + "a word that is right goes into content/words.txt, one a line, in order; names of code go into backticks"
}

/// The book's own words.
struct Words(BTreeSet<String>);

impl Words {
    /// A word in small letters may be capitalized, and any may have a plural or genitive s.
    fn has(&self, word: &str) -> bool {
        let mut small = word.to_owned();
        if let Some(first) = word.chars().next() {
            small.replace_range(..first.len_utf8(), &first.to_lowercase().to_string());
        }
        [word, &small]
            .into_iter()
            .any(|it| self.0.contains(it) || it.strip_suffix('s').is_some_and(|it| self.0.contains(it)))
    }
}

fn own_words(text: &str) -> Result<Words, String> {
    let lines: Vec<&str> = text.lines().collect();
    for pair in lines.windows(2) {
        if order(pair[0]) >= order(pair[1]) {
            return Err(format!("content/words.txt: `{}` stands before `{}`: sort the list", pair[0], pair[1]));
        }
    }
    Ok(Words(lines.into_iter().map(str::to_owned).collect()))
}

/// As in a dictionary: by letters first, then small before capital.
fn order(word: &str) -> (String, bool, &str) {
    (word.to_lowercase(), word.starts_with(char::is_uppercase), word)
}

fn unknown_in(run: &Run, file: &str, source: &Arc<Source>, known: &dyn Fn(&str) -> bool) -> Vec<Unknown> {
    let mut unknown = Vec::new();
    for (at, word) in words(&run.text) {
        if known(&word) || run.names_people && (word.starts_with(char::is_uppercase) || is_quoted(&run.text[..at])) {
            continue;
        }
        let range = run.range(at);
        let piece = source.text.get(range.clone()).unwrap_or_default();
        let line = source.line_column(range.start + piece.find(&word).unwrap_or(0)).0;
        unknown.push(Unknown { file: file.to_owned(), line, word });
    }
    unknown
}

/// Whether a quotation is open behind this text.
fn is_quoted(before: &str) -> bool {
    before.matches('“').count() > before.matches('”').count()
}

/// The words to check, with their places: letters and apostrophes, without a genitive s.
fn words(text: &str) -> Vec<(usize, String)> {
    let mut words = Vec::new();
    for (start, token) in tokens(text, char::is_whitespace) {
        if token.contains("://") || token.contains('@') || token.starts_with("www.") {
            continue;
        }
        let in_word = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | HOLE | '_');
        for (at, word) in tokens(token, |c| !in_word(c)) {
            let bare = word.trim_matches(['\'', '’']).replace('’', "'");
            let bare = bare.strip_suffix("'s").unwrap_or(&bare).to_owned();
            if is_english(&bare) {
                words.push((start + at, bare));
            }
        }
    }
    words
}

fn is_english(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let code = word.contains(|c: char| c.is_numeric() || matches!(c, HOLE | '_' | 'µ' | '\u{370}'..='\u{3ff}'));
    let abbreviation = word.trim_end_matches('s').chars().all(char::is_uppercase);
    letters > 1 && !code && !abbreviation && word.contains(|c: char| c.is_ascii_alphabetic())
}

/// The pieces between separators, with their places.
fn tokens(text: &str, separator: impl Fn(char) -> bool) -> Vec<(usize, &str)> {
    let place = |piece: &str| piece.as_ptr() as usize - text.as_ptr() as usize;
    text.split(separator).filter(|piece| !piece.is_empty()).map(|piece| (place(piece), piece)).collect()
}

#[cfg(test)]
mod tests {
    use super::{own_words, unknown_in, words};
    use crate::book::prose::prose;

    #[test]
    fn words_are_letters() {
        let found: Vec<String> =
            words("The server’s 3.5 ms, ‘don't’ re-read x86_64 CDNs of Müller's e.g. https://a.b/c λ")
                .into_iter()
                .map(|(_, word)| word)
                .collect();
        assert_eq!(found, ["The", "server", "ms", "don't", "re", "read", "of", "Müller"]);
    }

    #[test]
    fn the_own_list_is_sorted_and_lenient() {
        let words = own_words("failover\nKafka\nsharding\n").expect("sorted");
        for known in ["failover", "Failover", "failovers", "Kafka", "sharding"] {
            assert!(words.has(known), "{known}");
        }
        assert!(!words.has("kafka") && !words.has("shard"));
        assert!(own_words("b\na\n").is_err() && own_words("a\na\n").is_err());
    }

    #[test]
    fn prose_is_checked_and_code_is_not() {
        let page = "+++\ndescription = \"zdesc\"\n+++\n# Ztitle\n\nA zword, `zcode` and [zlink](zurl.md) $zmath$ `Z`zs *zem*.\n\
                    \n```rust title=\"zfile\"\nzcode\n```\n\n- zitem\n\n| zhead |\n|---|\n| zcell |\n\n> [!ANSWER]\n> zanswer\n\n\
                    ```demo zdemo\ntitle = \"zdemo\"\npreset = \"zpreset\"\nnotice = \"znotice\"\n```\n\n\
                    ```plot\ntitle = \"zplot\"\nx = { label = \"zx\", from = 0, to = 1 }\ny = { label = \"zy\" }\n\
                    [[series]]\nlabel = \"zseries\"\nformula = \"x\"\n```\n\n\
                    ```mermaid title=\"zdiagram\"\nflowchart LR\n  accTitle: T\n  zid[zlabel] --> B\n```\n\n\
                    ## Sources\n\n- Zname, \"ztitle of a book\", zpublisher\n";
        let path = cutaway::path::SourcePath::new("a.md").expect("a path");
        let source = cutaway::source::Source::new("content/a.md", page);
        let document = cutaway::parse::document(&path, &source, &cutaway::config::Config::default()).value;
        let known = |word: &str| !word.to_lowercase().starts_with('z');
        let mut found: Vec<_> =
            prose(&document).iter().flat_map(|run| unknown_in(run, "a.md", &source, &known)).collect();
        found.sort_by_key(|it| (it.line, it.word.clone()));
        let shown: Vec<String> = found.iter().map(|it| format!("{}:{}", it.line, it.word)).collect();
        let expected = "2:zdesc 4:Ztitle 6:zem 6:zlink 6:zword 12:zitem 14:zhead 16:zcell 19:zanswer 22:zdemo 24:znotice \
                        28:zplot 29:zx 30:zy 32:zseries 36:zdiagram 39:zlabel 44:zpublisher";
        assert_eq!(shown.join(" "), expected);
    }
}
