//! What is wrong with a formula, in our words: what the converter refuses, and what we do.

use std::ops::Range;

use math_core::LatexError;

use crate::diagnostic::nearest;

use super::math::{Command, argument, commands};

/// A complaint without its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    pub message: String,
    pub label: String,
    pub hints: Vec<String>,
}

/// Commands that set what the book's style decides, or number and link by themselves; each with what to write instead.
const REFUSED: [(&str, &str); 12] = [
    ("color", COLORS),
    ("textcolor", COLORS),
    ("colorbox", COLORS),
    ("definecolor", COLORS),
    ("tag", NUMBERS),
    ("ref", NUMBERS),
    ("eqref", NUMBERS),
    ("href", "write the link beside the formula"),
    ("cancel", "say in words what drops out"),
    ("bcancel", "say in words what drops out"),
    ("xcancel", "say in words what drops out"),
    ("sout", "say in words what drops out"),
];

const COLORS: &str = "the book's style decides colors: say by words or a brace below what you mean";
const NUMBERS: &str = "`\\label{name}` numbers an equation, and a link shows it: `[the spread](#name)`";

/// Environments that number their rows or fill the line; each with the one that does not.
const ENVIRONMENTS: [(&str, &str); 14] = [
    ("equation", ""),
    ("equation*", ""),
    ("align", "aligned"),
    ("align*", "aligned"),
    ("alignat", "aligned"),
    ("alignat*", "aligned"),
    ("flalign", "aligned"),
    ("flalign*", "aligned"),
    ("split", "aligned"),
    ("eqnarray", "aligned"),
    ("gather", "gathered"),
    ("gather*", "gathered"),
    ("multline", "gathered"),
    ("multline*", "gathered"),
];

/// Names to suggest for one that is unknown.
const NAMES: &[&str] = &[
    "alpha",
    "approx",
    "bar",
    "begin",
    "beta",
    "binom",
    "bmod",
    "cap",
    "cdot",
    "cdots",
    "chi",
    "circ",
    "cup",
    "delta",
    "Delta",
    "dfrac",
    "displaystyle",
    "div",
    "dots",
    "ell",
    "end",
    "epsilon",
    "equiv",
    "eta",
    "exists",
    "exp",
    "forall",
    "frac",
    "gamma",
    "Gamma",
    "gcd",
    "ge",
    "geq",
    "gg",
    "hat",
    "iff",
    "implies",
    "in",
    "inf",
    "infty",
    "int",
    "iota",
    "kappa",
    "lambda",
    "Lambda",
    "land",
    "langle",
    "lceil",
    "ldots",
    "le",
    "left",
    "leq",
    "lfloor",
    "lim",
    "ll",
    "ln",
    "log",
    "lor",
    "mapsto",
    "mathbb",
    "mathbf",
    "mathcal",
    "mathrm",
    "max",
    "mid",
    "min",
    "mu",
    "nabla",
    "ne",
    "neg",
    "neq",
    "notin",
    "nu",
    "omega",
    "Omega",
    "operatorname",
    "oplus",
    "overbrace",
    "overline",
    "overset",
    "partial",
    "perp",
    "phi",
    "Phi",
    "pi",
    "Pi",
    "pm",
    "pmod",
    "Pr",
    "prec",
    "prod",
    "propto",
    "psi",
    "Psi",
    "qquad",
    "quad",
    "rangle",
    "rceil",
    "rfloor",
    "rho",
    "right",
    "Rightarrow",
    "setminus",
    "sigma",
    "Sigma",
    "sim",
    "sqrt",
    "stackrel",
    "star",
    "subset",
    "subseteq",
    "sum",
    "sup",
    "tau",
    "text",
    "textbf",
    "tfrac",
    "theta",
    "Theta",
    "tilde",
    "times",
    "to",
    "underbrace",
    "underline",
    "underset",
    "upsilon",
    "varepsilon",
    "varphi",
    "vdots",
    "vec",
    "wedge",
    "widehat",
    "xi",
    "Xi",
    "xrightarrow",
    "zeta",
];

const PAIRS: &str = "every `{` needs its `}`, every `\\left` its `\\right`, every `\\begin{...}` its `\\end{...}`";

impl Explained {
    fn new(message: impl Into<String>, label: &str, hint: &str) -> Self {
        let hints = if hint.is_empty() { Vec::new() } else { vec![hint.to_owned()] };
        Self { message: message.into(), label: label.to_owned(), hints }
    }
}

/// The first command that a book may not use, or sign that breaks the rows of a table, with its place.
pub fn refused(tex: &str) -> Option<(Range<usize>, Explained)> {
    let commands = commands(tex);
    let command = commands.iter().find_map(|command| match command.name {
        "begin" => environment(tex, command),
        name => {
            let (_, hint) = REFUSED.iter().find(|(it, _)| *it == name)?;
            let message = format!("command `\\{name}`, which formulas here do not have");
            Some((command.range.clone(), Explained::new(message, "not in this book", hint)))
        }
    });
    command.or_else(|| broken_row(tex, &commands))
}

/// A `&` or `\\` in a group inside a table: it would end a cell in the middle of it. The converter takes it for sound.
fn broken_row(tex: &str, commands: &[Command<'_>]) -> Option<(Range<usize>, Explained)> {
    // What is open: true for an environment, false for a group.
    let mut open: Vec<bool> = Vec::new();
    let mut commands = commands.iter().peekable();
    for (at, c) in tex.char_indices() {
        if let Some(command) = commands.peek().filter(|it| it.range.start <= at) {
            match command.name {
                _ if command.range.start < at => {}
                "begin" => open.push(true),
                "left" => open.push(false),
                "end" | "right" => drop(open.pop()),
                "\\" if breaks(&open) => return Some((command.range.clone(), row_break("\\\\"))),
                _ => {}
            }
            if command.range.end <= at + c.len_utf8() {
                commands.next();
            }
            continue;
        }
        match c {
            '{' => open.push(false),
            '}' => drop(open.pop()),
            '&' if breaks(&open) => return Some((at..at + 1, row_break("&"))),
            _ => {}
        }
    }
    None
}

/// True in a group inside an environment.
fn breaks(open: &[bool]) -> bool {
    open.last() == Some(&false) && open.contains(&true)
}

fn row_break(sign: &str) -> Explained {
    Explained::new(
        format!("`{sign}` in a group inside a table"),
        "would end a cell here",
        "close what was opened in the cell before: braces, and `\\left` with its `\\right`",
    )
}

fn environment(tex: &str, begin: &Command<'_>) -> Option<(Range<usize>, Explained)> {
    let (name, range) = argument(tex, begin)?;
    let (_, instead) = ENVIRONMENTS.iter().find(|(it, _)| *it == name)?;
    let hint = match *instead {
        "" => "leave it out: what stands between `$$` and `$$` is an equation".to_owned(),
        instead => format!("write `{instead}`: a `\\label{{name}}` numbers the whole"),
    };
    let message = format!("environment `{name}`, which formulas here do not have");
    Some((range, Explained::new(message, "sets and numbers lines by itself", &hint)))
}

/// The converter's complaint; `at` is the text of its place.
pub fn explained(error: &LatexError, at: &str) -> Explained {
    let said = error.error_message();
    // What it quotes: tokens, by the order of its message.
    let quoted: Vec<&str> = said.split('"').skip(1).step_by(2).collect();
    let first = quoted.first().copied().unwrap_or(at);
    match error.label() {
        "unknown command" => unknown(first),
        "unknown environment" => Explained::new(
            format!("unknown environment `{first}`"),
            "nobody knows this name",
            "there are `aligned`, `gathered`, `cases`, `array`, and `matrix` with its kin",
        ),
        "a group was never closed" => {
            Explained::new(format!("the formula ends before `{first}`"), "here it ends", PAIRS)
        }
        "no matching opening for this" => Explained::new(format!("`{first}` closes nothing"), "opened nowhere", PAIRS),
        "expected a different environment name here" => {
            let found = quoted.last().copied().unwrap_or(at);
            Explained::new(format!("`{found}` where `{first}` is due"), "closes another", PAIRS)
        }
        "expected an argument here" => Explained::new(
            "a command without its argument",
            "something is missing here",
            "arguments stand in braces: `\\frac{1}{n}`, `x_{ij}`, `\\sqrt{n}`",
        ),
        "duplicate" => Explained::new(
            "second subscript or superscript in one place",
            "of what?",
            "braces tell: `{x^2}^3`, or `x^{2^3}`",
        ),
        "cannot be used here" if at == "&" => Explained::new(
            "`&` outside a table",
            "separates nothing here",
            "it separates the columns of `aligned`, `cases` and `matrix`; as a sign it is `\\&`",
        ),
        "cannot be used here" => Explained::new(format!("`{at}` in a place where it means nothing"), "not here", ""),
        "unexpected macro parameter" => {
            Explained::new("`#` in a formula", "means nothing here", "as a sign it is `\\#`")
        }
        label => Explained::new(fragment(&said), label, ""),
    }
}

fn unknown(command: &str) -> Explained {
    let name = command.trim_start_matches('\\');
    let mut explained = Explained::new(format!("unknown command `\\{name}`"), "nobody knows this name", "");
    if let Some(near) = nearest(name, NAMES.iter().copied()) {
        explained.hints.push(format!("did you mean `\\{near}`?"));
    }
    if name.len() > 1 && name.bytes().all(|it| it.is_ascii_alphabetic()) {
        explained
            .hints
            .push(format!("a word or name in upright letters is `\\operatorname{{{name}}}` or `\\text{{{name}}}`"));
    }
    explained
}

/// A sentence as a lowercase fragment without full stop, its quotes as backticks.
fn fragment(sentence: &str) -> String {
    let text = sentence.trim_end_matches('.').replace('"', "`");
    let mut chars = text.chars();
    let first = chars.next().map(|it| it.to_lowercase().to_string()).unwrap_or_default();
    first + chars.as_str()
}
