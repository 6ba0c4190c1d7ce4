//! The formulas that the book is made of, each with the MathML and the plain text that it becomes.
//!
//! `tests/math.txt` has them, an empty line between: the TeX, the MathML, the text. `BLESS=1 cargo test` rewrites the last
//! two; the browser tests draw the same formulas and measure them.

use std::path::Path;
use std::sync::Arc;

use cutaway::config::Config;
use cutaway::diagnostic::{Code, Diagnostic};
use cutaway::document::{Kind, Math, Node, Written};
use cutaway::path::SourcePath;
use cutaway::source::Source;
use cutaway::{parse, report};

/// The formulas of a page, in order, and what is said of it.
fn formulas(page: &str) -> (Vec<Arc<Math>>, Vec<Diagnostic>) {
    fn collect(nodes: &[Node<Written>], all: &mut Vec<Arc<Math>>) {
        for node in nodes {
            if let Kind::Math(math) | Kind::Equation { math, .. } = &node.kind {
                all.push(Arc::clone(math));
            }
            collect(&node.children, all);
        }
    }
    let path = SourcePath::new("page.md").expect("a path in the book");
    let read = parse::document(&path, &Source::new("page.md", page), &Config::default());
    let mut all = Vec::new();
    collect(&read.value.body, &mut all);
    (all, read.diagnostics)
}

#[test]
fn the_formulas_of_the_book_are_set_as_they_were() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/math.txt");
    let text = std::fs::read_to_string(&file).expect("the table of formulas");
    let mut made = String::new();
    for entry in text.trim_end().split("\n\n") {
        let tex = entry.lines().next().expect("a formula");
        let (found, diagnostics) = formulas(&format!("# T\n\n$${tex}$$\n"));
        assert!(diagnostics.is_empty(), "{}", report::render(&diagnostics, false));
        made += &format!("{tex}\n{}\n{}\n\n", found[0].mathml, found[0].text);
    }
    let made = format!("{}\n", made.trim_end());
    assert!(made.matches("\n\n").count() >= 29, "thirty formulas");
    if std::env::var_os("BLESS").is_some() && made != text {
        std::fs::write(&file, &made).expect("the table is written");
    }
    for (before, now) in text.lines().zip(made.lines()) {
        assert_eq!(before, now);
    }
    assert_eq!(text, made);
}

#[test]
fn no_formula_exhausts_the_stack() {
    let chains = [
        ("{", "}"),
        ("\\sqrt{", "}"),
        ("x^{", "}"),
        ("\\sqrt ", ""),
        ("\\frac1", ""),
        ("\\hat ", ""),
        ("\\overset{a}", ""),
        ("\\left(", "\\right)"),
        ("\\begin{cases}", "\\end{cases}"),
        ("\\mathbf{", "}"),
        ("\\text{", "}"),
        ("\\underbrace{", "}_a"),
        ("x_", ""),
    ];
    for (open, close) in chains {
        for n in [20, 25, 75, 150, 299, 300, 3_000] {
            let (_, found) = formulas(&format!("# T\n\n$${} x{}$$\n", open.repeat(n), close.repeat(n)));
            let refused = n * open.matches(['\\', '{', '^', '_']).count() > 300;
            assert!(!refused || found.iter().any(|it| matches!(it.code, Code::TooDeep | Code::BadMath)), "{open} {n}");
        }
    }
}

#[test]
fn a_long_formula_is_a_formula() {
    let terms = (0..2_000).map(|n| n.to_string()).collect::<Vec<_>>().join(" + ");
    assert_eq!(formulas(&format!("# T\n\n$${terms}$$\n")).1, []);
    let (found, diagnostics) = formulas(&format!("# T\n\n{}\n", "$x$ ".repeat(5_000)));
    assert!(found.len() == 5_000 && diagnostics.is_empty());
}
