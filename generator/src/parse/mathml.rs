//! The converter's MathML -> MathML that a page may hold, and the same as a line of plain text.
//!
//! What we check is what we write: elements and attributes of the closed lists below are written anew. Inline styles,
//! which the pages' policy forbids, become classes of `math.css`.

use super::html::{Tag, Token, escape, tokens};

/// An element or a text.
#[derive(Clone, Debug, PartialEq)]
enum Part {
    Text(String),
    Element(Tag, Vec<Part>),
}

/// What a page may not hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    what: String,
}

/// MathML Core without `maction`, `merror` and links, and what it may hold of HTML inside `mtext`.
const ELEMENTS: [&str; 33] = [
    "math",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "ms",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
    "b",
    "code",
    "em",
    "i",
    "s",
    "span",
    "u",
    "none",
];

const ATTRIBUTES: [&str; 23] = [
    "accent",
    "accentunder",
    "depth",
    "display",
    "displaystyle",
    "fence",
    "form",
    "height",
    "largeop",
    "linethickness",
    "lspace",
    "mathvariant",
    "maxsize",
    "minsize",
    "movablelimits",
    "rspace",
    "scriptlevel",
    "separator",
    "stretchy",
    "symmetric",
    "voffset",
    "width",
    "lquote",
];

/// Declarations that the converter writes, and the class that says the same. An empty one goes with its neighbor.
const CLASSES: [(&str, &str); 19] = [
    ("text-align:left", "math-start"),
    ("text-align:right", "math-end"),
    ("justify-items:start", ""),
    ("justify-items:end", ""),
    ("padding-left:0", "math-flush-start"),
    ("padding-right:0", "math-flush-end"),
    ("padding-left:1em", "math-apart"),
    ("padding-top:0", "math-close"),
    ("padding-bottom:0", ""),
    ("padding-top:0.1667em", "math-strut"),
    ("border-top:0.05em solid currentcolor", "math-rule-above"),
    ("border-right:0.05em solid currentcolor", "math-rule-after"),
    ("border-left:0.05em solid currentcolor", "math-rule-before"),
    ("padding-right:0.1667em", "math-thin-end"),
    ("margin-left:-0.16666667em", "math-back-thin"),
    ("margin-left:-0.22222222em", "math-back-medium"),
    ("margin-left:-0.2777778em", "math-back-thick"),
    ("font-variant-caps:small-caps", "math-small-caps"),
    ("math-shift:compact", "math-compact"),
];

/// Elements without content, which MathML closes in one tag.
const EMPTY: [&str; 3] = ["mspace", "mprescripts", "none"];

impl Refusal {
    /// For a report.
    pub fn message(&self) -> String {
        format!("formula with {}, which pages may not hold", self.what)
    }
}

/// The inside of `<math>`, safe to write into a page, and its plain text.
pub fn checked(mathml: &str) -> Result<(String, String), Refusal> {
    let parts = match tree(mathml)?.into_iter().next() {
        Some(Part::Element(tag, parts)) if tag.name == "math" => parts,
        _ => Vec::new(),
    };
    let mut html = String::new();
    write(&parts, &mut html)?;
    let text = row(&parts);
    Ok((html, text.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// A stack instead of recursion; how deep it grows is bounded by `MAX_PARTS`.
fn tree(mathml: &str) -> Result<Vec<Part>, Refusal> {
    let mut open: Vec<(Option<Tag>, Vec<Part>)> = vec![(None, Vec::new())];
    for token in tokens(mathml) {
        let part = match token {
            Token::Text(text) => Part::Text(text),
            Token::Start(tag) if EMPTY.contains(&tag.name.as_str()) => Part::Element(tag, Vec::new()),
            Token::Start(tag) => {
                open.push((Some(tag), Vec::new()));
                continue;
            }
            Token::End(name, _) => match open.pop() {
                Some((Some(tag), parts)) if tag.name == name => Part::Element(tag, parts),
                _ => return Err(Refusal { what: format!("a misplaced `</{name}>`") }),
            },
            Token::Nothing | Token::Unfinished(_) => return Err(Refusal { what: "half a tag".into() }),
        };
        if let Some((_, parts)) = open.last_mut() {
            parts.push(part);
        }
    }
    match (open.pop(), open.is_empty()) {
        (Some((None, parts)), true) => Ok(parts),
        _ => Err(Refusal { what: "an element that does not end".into() }),
    }
}

fn write(parts: &[Part], html: &mut String) -> Result<(), Refusal> {
    for part in parts {
        let (tag, inside) = match part {
            Part::Text(text) => {
                html.push_str(&escape(text));
                continue;
            }
            Part::Element(tag, inside) => (styled(tag)?, inside),
        };
        let open = tag.write();
        if EMPTY.contains(&tag.name.as_str()) {
            html.push_str(open.trim_end_matches('>'));
            html.push_str("/>");
            continue;
        }
        html.push_str(&open);
        write(inside, html)?;
        html.push_str(&format!("</{}>", tag.name));
    }
    Ok(())
}

/// The tag with its styles as classes.
fn styled(tag: &Tag) -> Result<Tag, Refusal> {
    if !ELEMENTS.contains(&tag.name.as_str()) {
        return Err(Refusal { what: format!("an element `{}`", tag.name) });
    }
    let mut attributes = Vec::new();
    let mut classes: Vec<&str> = Vec::new();
    for (name, value) in &tag.attributes {
        match (name.as_str(), value.as_str()) {
            ("style", style) => {
                for declaration in style.split(';').map(str::trim).filter(|it| !it.is_empty()) {
                    classes.push(class(declaration)?);
                }
            }
            ("class", "math-core-sans-serif-font") => classes.push("math-sans"),
            // The text around is in this font already.
            ("class", "math-core-serif-font") => {}
            (name, value) if ATTRIBUTES.contains(&name) => attributes.push((name.to_owned(), value.to_owned())),
            _ => return Err(Refusal { what: format!("an attribute `{name}`") }),
        }
    }
    classes.retain(|it| !it.is_empty());
    if !classes.is_empty() {
        attributes.insert(0, ("class".to_owned(), classes.join(" ")));
    }
    Ok(Tag { name: tag.name.clone(), attributes, range: tag.range.clone() })
}

fn class(declaration: &str) -> Result<&'static str, Refusal> {
    let (name, value) = declaration.split_once(':').unwrap_or((declaration, ""));
    let plain = format!("{}:{}", name.trim(), value.trim());
    let found = CLASSES.iter().find(|(it, _)| *it == plain);
    found.map(|(_, class)| *class).ok_or_else(|| Refusal { what: format!("a style `{plain}`") })
}

/// Parts one behind the other, as one would type them.
fn row(parts: &[Part]) -> String {
    let mut out = String::new();
    for part in parts {
        match part {
            // Letters may be followed by a selector of their shape.
            Part::Text(text) => out.extend(text.chars().filter(|it| !matches!(it, '\u{fe00}'..='\u{fe0f}'))),
            Part::Element(tag, inside) => element(&tag.name, tag, inside, &mut out),
        }
    }
    out
}

fn element(name: &str, tag: &Tag, inside: &[Part], out: &mut String) {
    let nth = |idx: usize| inside.get(idx).map_or_else(String::new, |it| row(std::slice::from_ref(it)));
    match name {
        "mo" => operator(&row(inside), out),
        "mtext" => out.push_str(&row(inside).replace('\u{a0}', " ")),
        "mspace" if tag.attribute("width").is_some() => out.push(' '),
        "mphantom" | "mprescripts" | "none" => {}
        "mfrac" if tag.attribute("linethickness") == Some("0") => {
            out.push_str(&format!("{} choose {}", group(&nth(0)), group(&nth(1))));
        }
        "mfrac" => out.push_str(&format!("{}/{}", group(&nth(0)), group(&nth(1)))),
        "msqrt" => out.push_str(&format!("\u{221a}{}", group(&row(inside)))),
        "mroot" => out.push_str(&format!("{}\u{221a}{}", nth(1).trim(), group(&nth(0)))),
        "mover" if tag.attribute("accent").is_some() => accented(&nth(0), nth(1).trim(), out),
        // A brace or line below.
        "munder" if tag.attribute("accentunder").is_some() => out.push_str(&group(&nth(0))),
        "msub" | "munder" => script(&nth(0), &[('_', nth(1))], out),
        "msup" | "mover" => script(&nth(0), &[('^', nth(1))], out),
        "msubsup" | "munderover" => script(&nth(0), &[('_', nth(1)), ('^', nth(2))], out),
        "mtd" => out.push_str(&format!("{} ", row(inside))),
        "mtr" => out.push_str(&format!("{}; ", row(inside).trim_end())),
        "mtable" => out.push_str(row(inside).trim_end().trim_end_matches(';')),
        _ => out.push_str(&row(inside)),
    }
}

/// Room around relations, sums and functions, none around brackets, one blank behind a comma.
fn operator(sign: &str, out: &mut String) {
    let sign = sign.trim_matches(['\u{2061}', '\u{2062}', '\u{2063}', '\u{2064}']);
    match sign.chars().next() {
        None => {}
        // `log (n)` is `log(n)`.
        Some('(' | '[') if ends_in_name(out) => {
            out.truncate(out.trim_end().len());
            out.push_str(sign);
        }
        Some(
            '(' | '[' | '{' | ')' | ']' | '}' | '|' | '\u{2016}' | '\u{2308}'..='\u{230b}' | '.' | '!' | '\u{2032}',
        ) => {
            out.push_str(sign);
        }
        Some(',' | ';' | ':') => {
            out.push_str(sign);
            out.push(' ');
        }
        // A sign before a number, not between two.
        Some('\u{2212}' | '+' | '\u{b1}') if opens(out) => out.push_str(sign),
        Some(_) if opens(out) => out.push_str(&format!("{sign} ")),
        Some(_) => out.push_str(&format!(" {sign} ")),
    }
}

/// True behind a word of several letters.
fn ends_in_name(before: &str) -> bool {
    before.trim_end().chars().rev().take_while(|it| it.is_alphabetic()).count() > 1
}

/// True where nothing stands before.
fn opens(before: &str) -> bool {
    before.trim_end().is_empty() || before.ends_with(['(', '[', '{', '\u{2308}', '\u{230a}'])
}

fn script(base: &str, scripts: &[(char, String)], out: &mut String) {
    let big = base.trim();
    // Big operators and functions keep their room.
    if base.starts_with(' ') {
        out.push(' ');
    }
    out.push_str(big);
    for (sign, script) in scripts.iter().filter(|(_, script)| !script.trim().is_empty()) {
        if matches!(script.trim(), "\u{2032}" | "\u{2033}" | "\u{2034}") {
            out.push_str(script.trim());
        } else {
            out.push(*sign);
            out.push_str(&group(script));
        }
    }
    if base.ends_with(' ') {
        out.push(' ');
    }
}

/// A letter with its mark, as one; of several letters the last.
fn accented(base: &str, mark: &str, out: &mut String) {
    let combining = match mark {
        "\u{2c6}" | "\u{302}" | "^" => '\u{302}',
        "\u{2dc}" | "\u{303}" | "~" => '\u{303}',
        "\u{af}" | "\u{304}" => '\u{304}',
        "\u{332}" | "\u{305}" => '\u{305}',
        "\u{20d7}" => '\u{20d7}',
        "\u{2d9}" | "\u{307}" => '\u{307}',
        // A brace above, or a mark for which there is no character.
        _ => return out.push_str(&group(base)),
    };
    out.push_str(base.trim());
    out.push(combining);
}

/// In parentheses, unless it is one word or number.
fn group(text: &str) -> String {
    let text = text.trim();
    let one =
        !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '\u{221e}' | '\u{2217}'));
    let done = text.starts_with('(') && text.find(')') == Some(text.len() - 1);
    if one || done { text.to_owned() } else { format!("({text})") }
}

#[cfg(test)]
mod tests {
    use super::checked;

    fn check(mathml: &str, expected: &str) {
        assert_eq!(checked(mathml).expect("it is fine").0, expected);
    }

    #[test]
    fn styles_become_classes() {
        check(
            "<math><mtd style=\"text-align: left;justify-items: start;padding-right: 0;\"><mi>x</mi></mtd></math>",
            "<mtd class=\"math-start math-flush-end\"><mi>x</mi></mtd>",
        );
        check("<math><mspace style=\"margin-left:-0.16666667em;\"/></math>", "<mspace class=\"math-back-thin\"/>");
        check("<math><mo>&lt;</mo><mtext>&amp;</mtext></math>", "<mo>&lt;</mo><mtext>&amp;</mtext>");
    }

    #[test]
    fn what_is_on_no_list_is_refused() {
        for bad in [
            "<math><script>x</script></math>",
            "<math><mi href=\"x\">x</mi></math>",
            "<math><mi onclick=\"x\">x</mi></math>",
            "<math><mi style=\"color:#FF0000\">x</mi></math>",
            "<math><mi id=\"x\">x</mi></math>",
            "<math><mi>x</math>",
        ] {
            assert!(checked(bad).is_err(), "{bad}");
        }
    }
}
