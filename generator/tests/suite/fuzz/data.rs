//! TOML, YAML and `SUMMARY.md` that are nearly right.

use super::choices::Choices;
use super::seeds;

const KEYS: &[&str] = &[
    "title",
    "description",
    "draft",
    "aliases",
    "builds_on",
    "date",
    "image",
    "id",
    "notice",
    "preset",
    "size",
    "seed",
    "at",
    "do",
    "language",
    "authors",
    "base-url",
    "raw",
    "remote-images",
    "name",
    "definition",
    "also",
    "page",
    "titel",
    "a.b",
    "\"q\"",
    "'\u{e9}'",
    "",
    "x",
    "points",
    "label",
];

const VALUES: &[&str] = &[
    "\"x\"",
    "3",
    "\"start\"",
    "true",
    "false",
    "2026-02-28",
    "2026-13-40",
    "[\"a\", \"b\"]",
    "[]",
    "\"other.md\"",
    "[\"other.md\"]",
    "\"old/page.html\"",
    "[\"old/\", \"../x\"]",
    "\"ring.png\"",
    "\"en\"",
    "\"https://example.org/b/\"",
    "\"/\"",
    "\"allow\"",
    "\"deny\"",
    "-1",
    "99999999999999999999",
    "1.5",
    "inf",
    "nan",
    "0xff",
    "\"\\u00e9\"",
    "\"\"\"\n\u{e9} *b* $x$\n\"\"\"",
    "'x [^1] <b>'",
    "\"$$x$$\"",
    "{ a = 1 }",
    "\"javascript:x\"",
    "\"\\\"><script>\"",
    "[1, \"\u{e9}\", { b = 2 }]",
    "12:30:00",
    "\"a\\tb\\nc\"",
    "\"en\\\" onload=\\\"x\"",
    "''",
    "\"5.push!7.raise\"",
    "4",
    "[[1, 2], [3]]",
    "\"preset=start&size=3\"",
];

/// Front matter, open or closed.
pub fn front_matter(choices: &mut Choices<'_>) -> String {
    if choices.below(2) == 0 {
        let end = choices.of(&["+++\n", "+++\n", "+++", "", "++\n", "+++ \n"]);
        return format!("+++\n{}{end}", toml(choices));
    }
    let end = choices.of(&["---\n", "---\n", "...\n", "", "---"]);
    format!("---\n{}{end}", yaml(choices))
}

/// A page that begins with front matter.
pub fn page_with_front_matter(choices: &mut Choices<'_>) -> String {
    let text = format!("{}{}\n\ntext\n", front_matter(choices), choices.of(&["# Title", "", "text", "## x"]));
    choices.glitched(text)
}

/// Lines of TOML.
fn toml(choices: &mut Choices<'_>) -> String {
    choices.several(5, |it| match it.below(10) {
        0 => format!("[{}]\n", it.of(&["book", "html", "[term]", "[series]", "build", "output.html", "x"])),
        1 => it.soup(6),
        2 => format!("# {}\n", it.word()),
        _ => pair(it),
    })
}

fn pair(choices: &mut Choices<'_>) -> String {
    let value = if choices.one_in(10) { choices.soup(4) } else { choices.of(VALUES).to_owned() };
    format!("{} = {value}\n", choices.of(KEYS))
}

fn yaml(choices: &mut Choices<'_>) -> String {
    choices.several(5, |it| {
        let key = it.of(KEYS);
        match it.below(10) {
            0 => format!("{key}:\n  - a\n  - {}\n", it.word()),
            1 => format!("{key}: [{}, other.md]\n", it.word()),
            2 => format!("{key}: |\n  {}\n", it.word()),
            3 => format!("{key}: &a {}\n{key}: *a\n", it.word()),
            4 => it.soup(6),
            5 => format!("{key}: !!{} {}\n", it.of(&["str", "int", "x"]), it.word()),
            _ => format!("{key}: {}\n", it.of(VALUES)),
        }
    })
}

/// A demo fence.
pub fn demo(choices: &mut Choices<'_>) -> String {
    let name = choices.of(&["toy", "toy", "broken", "tyo", "", "toy x", "toy {1}", "\u{e9}"]);
    let body = choices.several(5, |it| {
        let key = it.of(&["id", "title", "notice", "preset", "size", "seed", "at", "do", "siez", "x"]);
        let value = if it.one_in(10) { it.soup(4) } else { it.of(VALUES).to_owned() };
        format!("{key} = {value}\n")
    });
    format!("```demo {name}\n{body}```\n\n")
}

/// `book.toml`.
pub fn config(choices: &mut Choices<'_>) -> String {
    let text = match choices.below(4) {
        0 => toml(choices),
        1 => seeds::piece(choices),
        _ => format!("[book]\ntitle = \"x\"\n{}[html]\n{}", toml(choices), toml(choices)),
    };
    choices.glitched(text)
}

/// `glossary.toml`.
pub fn glossary(choices: &mut Choices<'_>) -> String {
    let term = |it: &mut Choices<'_>| {
        let name = it.of(&["Ring", "virtual nodes", "CAP", "\u{e9}t\u{e9}", "x", "", "a::b", "<b>"]);
        let given = if it.below(3) > 0 { "definition = \"A <b> & \\\"c\\\"\"\n" } else { "" };
        format!("[[term]]\nname = \"{name}\"\n{given}{}\n", it.several(2, pair))
    };
    let text = if choices.one_in(6) { toml(choices) } else { choices.several(4, term) };
    choices.glitched(text)
}

/// `SUMMARY.md`.
pub fn summary(choices: &mut Choices<'_>) -> String {
    let text = choices.several(10, |it| {
        let dest = it.of(&[
            "page.md",
            "",
            "other.md",
            "part/index.md",
            "part/deep.md",
            "nowhere.md",
            "../x.md",
            "/etc/passwd",
            "page.md#x",
            "javascript:x",
            "https://example.org",
            "pag.md",
            "./page.md",
            "part/",
            "%2e%2e/x.md",
            "index.md",
        ]);
        let title = if it.one_in(6) { it.soup(3) } else { it.word() };
        match it.below(12) {
            0 => format!("# {title}\n\n"),
            1 => format!("# [{title}]({dest})\n\n"),
            2 => "---\n\n".to_owned(),
            3 => format!("[{title}]({dest})\n\n"),
            4 => it.soup(8),
            5 => seeds::piece(it),
            6 => format!("{}- [{title}]({dest} \"x\")\n", "\t".repeat(it.below(4))),
            _ => format!("{}{}[{title}]({dest})\n", "  ".repeat(it.below(5)), it.of(&["- ", "1. ", "* ", "- [x] "])),
        }
    });
    choices.glitched(text)
}

/// The state of a figure.
pub fn state(choices: &mut Choices<'_>) -> String {
    let text = choices.several(7, |it| {
        let key = it.of(&["preset", "steps", "coin", "seed", "at", "do", "stride", "%61t", "", "x", "pre%73et"]);
        let value = match it.below(8) {
            0 => it.of(&["fair", "long", "bent", "0", "5", "500", "505", "4", "7"]).to_owned(),
            1 => it.below(0x1_0000).to_string(),
            2 => format!("{}{}", it.below(0x1_0000), it.below(0x1_0000)),
            3 => (0..it.below(40)).map(|idx| format!("{}.push", idx * it.below(9))).collect::<Vec<_>>().join("!"),
            4 => format!("{}.raise.{}!{}.push", it.below(20), it.below(0x1_0000), it.below(40)),
            5 => it.soup(4),
            6 => format!("%{:02x}%{:02X}", it.below(256), it.below(256)),
            _ => "1".to_owned(),
        };
        format!("{key}{}{value}{}", it.of(&["=", "=", "=", "", "=="]), it.of(&["&", "&", "&&", ";", ""]))
    });
    choices.glitched(text)
}
