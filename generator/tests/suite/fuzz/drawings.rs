//! Diagrams and plots that are nearly right.

use super::choices::Choices;

const INFO: &[&str] = &[
    "",
    " title=\"A title\"",
    " id=\"here\"",
    " notice=\"See *it* $x$\"",
    " alt=\"x\"",
    " id=\"\u{e9} \"",
    " title=x",
    " {1}",
    " title=\"<b>\" id=\"a\" notice=\"[x](javascript:y)\"",
    " titel=\"x\"",
    " title=\"",
    " id=\"here\" id=\"there\"",
];

const LABELS: &[&str] = &[
    "Client",
    "a<br>b",
    "\"quoted [x]\"",
    "\u{65e5}\u{672c}",
    "<script>x</script>",
    "&lt;b&gt;",
    "1",
    "end",
    "a very long label with many words",
    "\u{202e}x",
    "#quot;x#quot;",
    "`code`",
    "",
    "x\u{1f469}\u{200d}\u{1f4bb}",
    "$x$",
];

/// A diagram of any kind.
pub fn mermaid(choices: &mut Choices<'_>) -> String {
    let info = choices.of(INFO);
    let (head, line): (&str, fn(&mut Choices<'_>) -> String) = match choices.below(6) {
        0 | 1 => {
            (choices.of(&["flowchart LR", "flowchart TB", "graph TD", "flowchart", "graph RL;", "flowchart XX"]), flow)
        }
        2 => ("sequenceDiagram", sequence),
        3 => (choices.of(&["stateDiagram-v2", "stateDiagram"]), state),
        4 => ("classDiagram", class),
        _ => ("erDiagram", entity),
    };
    let head = if choices.one_in(12) { choices.soup(3) } else { head.to_owned() };
    let body: String = (0..=choices.below(12)).map(|_| common(choices, line)).collect();
    format!("```mermaid{info}\n{head}\n{body}```\n\n")
}

fn common(choices: &mut Choices<'_>, line: fn(&mut Choices<'_>) -> String) -> String {
    let text = match choices.below(14) {
        0 => choices
            .of(&[
                "accTitle: A title",
                "accDescr: What is seen",
                "accDescr {\n long\n }",
                "%% a comment",
                "---",
                "direction TB",
            ])
            .to_owned(),
        1 => choices
            .of(&[
                "style A fill:#f00",
                "classDef x fill:red",
                "class A x",
                "click A \"javascript:x\"",
                "linkStyle 0 stroke:red",
                "%%{init: {}}%%",
            ])
            .to_owned(),
        2 => choices.soup(5),
        _ => line(choices),
    };
    format!("  {text}\n")
}

fn name(choices: &mut Choices<'_>) -> &'static str {
    choices.of(&["A", "B", "C", "D", "a_b", "node1", "\u{e9}", "end", "X", "[*]"])
}

fn node(choices: &mut Choices<'_>) -> String {
    let (open, close) = [
        ("[", "]"),
        ("(", ")"),
        ("{", "}"),
        ("((", "))"),
        ("([", "])"),
        ("[[", "]]"),
        ("[(", ")]"),
        ("{{", "}}"),
        (">", "]"),
        ("[/", "/]"),
    ][choices.below(10)];
    let name = name(choices);
    if choices.below(3) == 0 { name.to_owned() } else { format!("{name}{open}{}{close}", choices.of(LABELS)) }
}

fn flow(choices: &mut Choices<'_>) -> String {
    match choices.below(8) {
        0 => format!("subgraph {}[{}]", name(choices), choices.of(LABELS)),
        1 => "end".to_owned(),
        2 => node(choices),
        3 => format!("{} & {} --> {}", node(choices), node(choices), node(choices)),
        _ => {
            let mut text = node(choices);
            for _ in 0..=choices.below(3) {
                let arrow =
                    choices.of(&["-->", "---", "-.->", "==>", "--o", "--x", "<-->", "---->", "-- x -->", "~~~", "->"]);
                let label = if choices.below(3) == 0 { format!("|{}|", choices.of(LABELS)) } else { String::new() };
                text.push_str(&format!(" {arrow}{label} {}", node(choices)));
            }
            text
        }
    }
}

fn sequence(choices: &mut Choices<'_>) -> String {
    let (a, b, label) = (name(choices), name(choices), choices.of(LABELS));
    match choices.below(10) {
        0 => format!("participant {a} as {label}"),
        1 => format!(
            "{} {label}",
            choices.of(&["loop", "alt", "else", "opt", "par", "and", "critical", "break", "rect", "box"])
        ),
        2 => "end".to_owned(),
        3 => format!("Note {} {a},{b}: {label}", choices.of(&["over", "left of", "right of", "above"])),
        4 => format!(
            "{} {a}",
            choices.of(&["activate", "deactivate", "create participant", "destroy", "actor", "autonumber"])
        ),
        _ => {
            let arrow = choices.of(&["->>", "-->>", "->", "-->", "-x", "--x", "-)", "--)", "<<->>", "=>"]);
            format!("{a}{arrow}{}{b}: {label}", choices.of(&["", "+", "-"]))
        }
    }
}

fn state(choices: &mut Choices<'_>) -> String {
    let (a, b, label) = (name(choices), name(choices), choices.of(LABELS));
    match choices.below(8) {
        0 => format!("state \"{label}\" as {a}"),
        1 => format!("state {a} {{"),
        2 => "}".to_owned(),
        3 => format!("state {a} <<{}>>", choices.of(&["choice", "fork", "join", "x"])),
        4 => format!("{a} : {label}"),
        5 => format!("note right of {a} : {label}"),
        _ => format!("{a} --> {b} : {label}"),
    }
}

fn class(choices: &mut Choices<'_>) -> String {
    let (a, b, label) = (name(choices), name(choices), choices.of(LABELS));
    match choices.below(6) {
        0 => format!("class {a} {{"),
        1 => "}".to_owned(),
        2 => format!("{a} : +{label}() int"),
        3 => format!("+{label} x~T~"),
        4 => format!("<<{label}>> {a}"),
        _ => {
            let arrow = choices.of(&["<|--", "*--", "o--", "-->", "--", "..>", "..|>", "<|..", "--*", "--|>>"]);
            format!("{a} {}{arrow} {b} : {label}", choices.of(&["", "\"1\" ", "\"0..*\" "]))
        }
    }
}

fn entity(choices: &mut Choices<'_>) -> String {
    let (a, b, label) = (name(choices), name(choices), choices.of(LABELS));
    match choices.below(5) {
        0 => format!("{a} {{"),
        1 => "}".to_owned(),
        2 => format!(
            "{} {a} {} \"{label}\"",
            choices.of(&["string", "int", "date"]),
            choices.of(&["", "PK", "FK", "UK", "PK, FK", "XX"])
        ),
        _ => format!(
            "{a} {} {b} : {label}",
            choices.of(&["||--o{", "}o--||", "|o..o|", "||--||", "}|--|{", "--", "||-o{"])
        ),
    }
}

const NUMBERS: &[&str] = &[
    "0",
    "1",
    "-1",
    "95",
    "1e300",
    "1e-300",
    "-1e308",
    "0.1",
    "1_000_000",
    "inf",
    "nan",
    "-inf",
    "9999999999999999999999",
    "1e308",
    "\"x\"",
    "-0.0",
    "4.9e-324",
];

const FORMULAS: &[&str] = &[
    "x",
    "10 / (1 - x / 100)",
    "1 / x",
    "ln(x)",
    "x ^ x",
    "sqrt(0 - x)",
    "exp(x ^ 9)",
    "min(x, 3)",
    "((((x))))",
    "",
    "x +",
    "foo(x)",
    "-x",
    "- - x",
    "2 ^ 3 ^ 2",
    "1e999",
    "pi * e",
    "log10(0)",
    "floor(x) - ceil(x)",
    "max()",
    "abs",
    "x x",
    "1 / 0",
    "\u{e9}",
    "x ^ 1e9",
];

/// A plot.
pub fn plot(choices: &mut Choices<'_>) -> String {
    let mut text = format!("```plot{}\n", choices.of(&["", "", "", " x", " title=\"x\""]));
    for key in ["id = \"here\"", "title = \"A *title* & <b>\"", "notice = \"Where $x$?\"", "titel = 1"] {
        if choices.below(3) > 0 && key != "titel = 1" || choices.one_in(20) {
            text.push_str(key);
            text.push('\n');
        }
    }
    for name in ["x", "y"] {
        text.push_str(&axis(choices, name));
    }
    for _ in 0..choices.below(5) {
        text.push_str(&series(choices));
    }
    if choices.one_in(8) {
        text.push_str(&choices.soup(6));
    }
    text + "```\n\n"
}

fn axis(choices: &mut Choices<'_>, name: &str) -> String {
    if choices.one_in(12) {
        return String::new();
    }
    let mut keys = vec![format!("label = \"{}\"", choices.of(&["load", "<b>", "\u{65e5}", ""]))];
    for key in ["from", "to"] {
        if choices.below(4) > 0 {
            keys.push(format!("{key} = {}", choices.of(NUMBERS)));
        }
    }
    if choices.below(3) == 0 {
        keys.push(format!("scale = \"{}\"", choices.of(&["log", "linear", "x"])));
    }
    if choices.below(2) == 0 {
        keys.push(format!("unit = \"{}\"", choices.of(&["ms", "%", "&", "\u{b5}s"])));
    }
    format!("{name} = {{ {} }}\n", keys.join(", "))
}

fn series(choices: &mut Choices<'_>) -> String {
    let label = choices.of(&["theory", "measured", "<i>", "", "theory, M/M/1"]);
    let line = choices.of(&["", "line = \"theory\"\n", "line = \"bound\"\n", "line = \"x\"\n", "color = \"red\"\n"]);
    let values = match choices.below(5) {
        0 => String::new(),
        1 | 2 => format!(
            "formula = \"{}\"\n",
            if choices.one_in(6) {
                choices.soup(5).replace(['"', '\\', '\n'], "")
            } else {
                choices.of(FORMULAS).to_owned()
            }
        ),
        _ => {
            let points = (0..choices.below(8)).map(|_| format!("[{}, {}]", choices.of(NUMBERS), choices.of(NUMBERS)));
            format!("points = [{}]\n", points.collect::<Vec<_>>().join(", "))
        }
    };
    format!("[[series]]\nlabel = \"{label}\"\n{values}{line}")
}
