//! Markdown that is nearly right, as an author's slip of the pen makes it.

use super::choices::Choices;
use super::{data, drawings, seeds};

/// How deep blocks and inlines nest here.
const DEPTH: usize = 4;

const TARGETS: &[&str] = &[
    "other.md",
    "#here",
    "other.md#there",
    "ring.png",
    "index.md",
    "../x.md",
    "https://example.org/",
    "nowhere.md",
    "",
    "#",
    "other.md#the",
    "mailto:a@b.c",
    "javascript:alert(1)",
    "JaVaScRiPt:x",
    "/etc/passwd",
    "file:///x",
    "data:text/html,x",
    "other.html",
    "a b.md",
    "<a b.md>",
    "?x=1#y",
    "#ring?size=3",
    "%2e%2e/x.md",
    "//example.org",
    "vbscript:x",
    "./other.md",
];

/// A page.
pub fn page(choices: &mut Choices<'_>) -> String {
    let mut text = String::new();
    if choices.one_in(8) {
        text.push_str(&data::front_matter(choices));
    }
    if !choices.one_in(8) {
        text.push_str("# Title\n\n");
    }
    text.push_str(&choices.several(6, |it| block(it, DEPTH)));
    choices.glitched(text)
}

/// A page that is mostly fences.
pub fn fences(choices: &mut Choices<'_>) -> String {
    let mut text = String::from("# Title\n\n");
    for _ in 0..=choices.below(3) {
        let made = match choices.below(8) {
            0 => data::demo(choices),
            1 | 2 => display(choices),
            3 | 4 => drawings::mermaid(choices),
            5 | 6 => drawings::plot(choices),
            _ => code(choices),
        };
        text.push_str(&in_block(choices, &made));
    }
    choices.glitched(text)
}

/// One block and the empty line behind it.
fn block(choices: &mut Choices<'_>, depth: usize) -> String {
    if depth == 0 {
        return format!("{}\n\n", choices.word());
    }
    match choices.below(22) {
        0..=4 => format!("{}\n\n", line(choices, depth)),
        5 => heading(choices, depth),
        6 | 7 => list(choices, depth),
        8 => quote(choices, depth),
        9 => code(choices),
        10 => data::demo(choices),
        11 | 12 => display(choices),
        13 => table(choices, depth),
        14 => format!("[^{}]: {}\n\n", choices.of(&["1", "n", "\u{e9}", ""]), line(choices, depth)),
        15 => html(choices, depth),
        16 => format!("{}\n: {}\n\n", line(choices, depth), line(choices, depth)),
        17 => format!("[{}]: {}\n\n", choices.of(&["r", "x", "\u{e9}"]), target(choices)),
        18 => format!("{}\n\n", choices.soup(20)),
        19 => drawings::mermaid(choices),
        20 => drawings::plot(choices),
        _ => seeds::piece(choices),
    }
}

/// A line of text, rarely more.
fn line(choices: &mut Choices<'_>, depth: usize) -> String {
    let mut text = String::new();
    for _ in 0..=choices.below(6) {
        text.push_str(&inline(choices, depth - 1));
        text.push_str(choices.of(&[" ", " ", "", "\n", "  \n", "\\\n"]));
    }
    text
}

fn inline(choices: &mut Choices<'_>, depth: usize) -> String {
    if depth == 0 {
        return choices.word();
    }
    let inside = |it: &mut Choices<'_>| inline(it, depth - 1);
    match choices.below(20) {
        0..=3 => choices.word(),
        4 => format!("*{}*", inside(choices)),
        5 => format!("**{}**", inside(choices)),
        6 => format!("~~{}~~", inside(choices)),
        7 => format!("`{}`", choices.word()),
        8 => format!("[{}]({})", inside(choices), target(choices)),
        9 => format!("![{}]({} \"{}\")", inside(choices), target(choices), choices.word()),
        10 => format!("[{}][{}]", inside(choices), choices.of(&["r", "x", "", "\u{e9}"])),
        11 => format!("[^{}]", choices.of(&["1", "n", "\u{e9}"])),
        12..=14 => format!("${}$", formula(choices, DEPTH)),
        15 => format!("<{}>", target(choices)),
        16 => tag(choices, depth),
        17 => choices
            .of(&["&lt;script&gt;", "&amp;", "&#106;avascript:", "&nbsp;", "&ouml;", "\\*", "\\$5", "$5 and $10"])
            .to_owned(),
        _ => choices.soup(4),
    }
}

fn target(choices: &mut Choices<'_>) -> String {
    if choices.one_in(8) { choices.soup(5) } else { choices.of(TARGETS).to_owned() }
}

fn heading(choices: &mut Choices<'_>, depth: usize) -> String {
    let marks = choices.of(&["##", "###", "#", "####", "######", "#######"]);
    let id = choices.of(&["", "", " {#here}", " {#\u{e9} .c}", " {#}", " {.x #there}", " {x=y}"]);
    format!("{marks} {}{id}\n\n", inline(choices, depth))
}

fn list(choices: &mut Choices<'_>, depth: usize) -> String {
    let mark = choices.of(&["- ", "1. ", "- [x] ", "* ", "0) ", "99999999999. "]);
    let mut text = String::new();
    for _ in 0..=choices.below(3) {
        let inside =
            if choices.below(2) == 0 { format!("{}\n", line(choices, depth)) } else { block(choices, depth - 1) };
        text.push_str(mark);
        text.push_str(&inside.replace('\n', &format!("\n{}", " ".repeat(mark.len()))));
        text.push('\n');
    }
    text + "\n"
}

fn quote(choices: &mut Choices<'_>, depth: usize) -> String {
    let first =
        choices.of(&["", "[!NOTE]\n", "[!ANSWER]\n", "[!DETAILS] A *summary*\n", "[!DETAILS]\n", "[!TIP]\n", "[!X]\n"]);
    let inside = format!("{first}{}", choices.several(3, |it| block(it, depth - 1)));
    format!("> {}\n\n", inside.trim_end().replace('\n', "\n> "))
}

/// Sets a block into a list or quote, or leaves it.
fn in_block(choices: &mut Choices<'_>, text: &str) -> String {
    match choices.below(5) {
        0 => format!("> {}\n\n", text.trim_end().replace('\n', "\n> ")),
        1 => format!("- {}\n\n", text.trim_end().replace('\n', "\n  ")),
        _ => text.to_owned(),
    }
}

fn code(choices: &mut Choices<'_>) -> String {
    let fence = choices.of(&["```", "```", "~~~", "````"]);
    let language = choices.of(&[
        "rust",
        "",
        "text",
        "python",
        "rust title=\"a.rs\"",
        "toml linenos",
        "rust {1,3-9}",
        "json {2} linenos title='x'",
        "diff",
        "mermaid",
        "plot",
        "RUST",
        "rust,ignore",
        "c++",
        "html",
        "sh {0}",
        "sql {9-1}",
        "js {1-99999999999999999999}",
        "rust title=",
        "rust title=\"\u{e9}",
        "yaml {#id .class}",
        "&ouml;",
        "f\\oo",
    ]);
    let info = if choices.one_in(6) { format!("{language} {}", choices.soup(6)) } else { language.to_owned() };
    let body = choices.several(5, |it| match it.below(6) {
        0 => format!(
            "{}\n",
            it.of(&["let x = 1; // [!code ++]", "# hidden", "x // [!code --]", "a // [!code hl]", "[!code \u{e9}]"])
        ),
        1 => format!(
            "{}\n",
            it.of(&["fn f() -> \"\u{e9}\" {", "{\"a\": [1, 2]}", "SELECT * FROM t", "<b style=x>", "key = \"v\""])
        ),
        2 => format!(
            "{}\n",
            it.of(&["flowchart LR", "A[a] -->|x| B", "formula = \"1 / x\"", "accTitle: x", "[[series]]"])
        ),
        3 => it.soup(8),
        _ => format!("{}\n", it.word()),
    });
    format!("{fence}{info}\n{body}\n{}\n\n", if choices.one_in(10) { "" } else { fence })
}

fn table(choices: &mut Choices<'_>, depth: usize) -> String {
    let row = |it: &mut Choices<'_>| format!("| {} | {} |\n", inline(it, depth - 1), inline(it, depth - 1));
    let head = row(choices);
    let rule = choices.of(&["|---|--:|\n", "|:-:|---|\n", "|---|\n", "---|---\n"]);
    format!("{head}{rule}{}\n", choices.several(3, row))
}

const TAGS: &[&str] = &[
    "b",
    "sub",
    "a",
    "div",
    "span",
    "details",
    "summary",
    "table",
    "td",
    "img",
    "br",
    "kbd",
    "script",
    "style",
    "svg",
    "iframe",
    "math",
    "mtext",
    "p",
    "li",
    "plaintext",
    "textarea",
    "title",
    "x-y",
    "template",
    "object",
    "form",
    "base",
    "meta",
    "link",
    "noscript",
    "xmp",
    "h2",
    "abbr",
    "dl",
    "B",
    "annotation-xml",
    "select",
    "frameset",
    "body",
];

const ATTRIBUTES: &[&str] = &[
    "",
    "",
    " class=x",
    " id=here",
    " href=other.md",
    " href='javascript:x'",
    " href=\"java&#9;script:x\"",
    " onclick=x",
    " style=x",
    " src=ring.png alt=x",
    " src=x onerror=y",
    " title=\"<script>\"",
    " id='\u{e9}'",
    " open",
    " colspan=2",
    " href=&#x6a;avascript:x",
    " /onload=x",
    " formaction=javascript:x",
    " srcdoc=x",
    " xlink:href=x",
    " name=body",
    " dir=rtl",
];

fn tag(choices: &mut Choices<'_>, depth: usize) -> String {
    let (name, attributes) = (choices.of(TAGS), choices.of(ATTRIBUTES));
    match choices.below(6) {
        0 => format!("<{name}{attributes}>"),
        1 => format!("</{name}>"),
        2 => format!("<{name}{attributes}/>"),
        3 => format!("<{name}{attributes}{}", choices.soup(2)),
        _ => format!("<{name}{attributes}>{}</{name}>", inline(choices, depth - 1)),
    }
}

fn html(choices: &mut Choices<'_>, depth: usize) -> String {
    let (open, close) = (tag(choices, depth), tag(choices, depth));
    match choices.below(4) {
        0 => format!("{open}\n\n{}{close}\n\n", block(choices, depth - 1)),
        1 => format!("<!-- {} -->\n\n", choices.word()),
        2 => format!("{open}\n{}\n{close}\n\n", choices.soup(6)),
        _ => format!("{open}{close}\n\n"),
    }
}

/// A formula of its own.
fn display(choices: &mut Choices<'_>) -> String {
    let label = choices.of(&[
        "",
        "",
        " \\label{here}",
        "\\label{\u{e9}}",
        "\\label{}",
        "\\label",
        "\\label{a b}",
        "\\label{x\n}",
    ]);
    let (before, behind) =
        (choices.of(&["$$\n", "$$ ", "$$"]), choices.of(&["\n$$\n\n", "$$\n\n", " $$\n\n", "$$ x\n\n", "\n\n"]));
    format!("{before}{}{label}{behind}", formula(choices, DEPTH))
}

const COMMANDS: &[&str] = &[
    "\\alpha",
    "\\le",
    "\\cdot",
    "\\sum_{i=1}^n",
    "\\,",
    "\\!",
    "\\quad",
    "\\infty",
    "\\ln",
    "\\dots",
    "\\%",
    "\\$",
    "\\&",
    "\\to",
    "\\foo",
    "\\\\",
    "\\limits",
    "\\not",
    "\\mid",
    "\\prime",
    "\\hline",
    "\\label{x}",
    "\\color{red}",
    "\\tag{1}",
    "\\displaystyle",
    "\\middle|",
    "\\bigg/",
    "\\hspace{-2em}",
    "\\hspace{1.5ex}",
    "\\mkern-3mu",
    "\\\u{e9}",
    "\\",
    "~",
    "\\ ",
    "\\bmod",
    "\\pmod n",
    "\\int_0^\\infty",
    "\\mathop{x}",
    "\\text{\\Large a}",
    "\\textsc{a}",
    "\\verb|x|",
    "\\char\"41",
];

const WRAPS: &[(&str, &str)] = &[
    ("{", "}"),
    ("\\sqrt{", "}"),
    ("\\left(", "\\right)"),
    ("\\text{", "}"),
    ("\\hat{", "}"),
    ("x^{", "}"),
    ("x_{", "}"),
    ("\\mathbf{", "}"),
    ("\\mathcal{", "}"),
    ("\\begin{cases}", "\\end{cases}"),
    ("\\begin{aligned}", "\\end{aligned}"),
    ("\\overline{", "}"),
    ("\\underbrace{", "}_n"),
    ("\\sqrt[3]{", "}"),
    ("\\operatorname{", "}"),
    ("\\binom{n}{", "}"),
    ("\\begin{array}{l|c}", "\\end{array}"),
    ("\\begin{pmatrix}", "\\end{pmatrix}"),
    ("\\left.", "\\right|_0"),
    ("\\phantom{", "}"),
    ("\\overset{a}{", "}"),
    ("\\xrightarrow{", "}"),
    ("\\cancel{", "}"),
    ("\\stackrel{a}{", "}"),
    ("\\begin{align}", "\\end{align}"),
    ("\\textbf{", "}"),
    ("\\mathrm{", "}"),
    ("\\genfrac(]{0pt}{2}{a}{", "}"),
    ("\\substack{", "}"),
    ("\\cfrac{1}{", "}"),
    ("\\mathbb{", "}"),
    ("\\begin{subarray}{c}", "\\end{subarray}"),
];

/// LaTeX, mostly right.
pub fn formula(choices: &mut Choices<'_>, depth: usize) -> String {
    let mut text = String::new();
    for _ in 0..=choices.below(4) {
        let part = match choices.below(12) {
            0 | 1 => choices
                .of(&["x", "1", "n + 1", "a = b", "3.14", "f(x)", "y'", "i,j", "a < b > c", "\u{e9}", "x^2_i"])
                .to_owned(),
            2 | 3 => format!("{} ", choices.of(COMMANDS)),
            4 | 5 if depth > 0 => {
                format!("\\frac{{{}}}{{{}}}", formula(choices, depth - 1), formula(choices, depth - 1))
            }
            6 | 7 if depth > 0 => {
                let (open, close) = WRAPS[choices.below(WRAPS.len())];
                format!("{open}{}{close}", formula(choices, depth - 1))
            }
            8 if depth > 0 => format!("{} & {} \\\\ ", formula(choices, depth - 1), formula(choices, depth - 1)),
            9 => choices.of(&["^", "_", "&", "#1", "%\n", "''", "\"", "|", "[", "]", "(", ")", "{", "}"]).to_owned(),
            10 => choices.soup(2),
            _ => "x".to_owned(),
        };
        text.push_str(&part);
    }
    text
}
