//! Formulas as MathML, with the author's TeX as an annotation: browsers hide it, copying programs find it.

use std::fmt::Write as _;

use crate::book::EquationNumber;
use crate::document::Math;
use crate::render::escape::{escape, push};

/// Characters of plain text from which on a formula in a line may be wider than a phone: browsers do not break it.
const LONG: usize = 24;

/// Writes a formula in a line; a long one in a frame like that of an equation.
pub fn inline(out: &mut String, math: &Math) {
    let long = math.text.chars().count() > LONG;
    if long {
        out.push_str("<span class=\"formula\" role=\"group\" aria-label=\"Formula\" tabindex=\"0\">");
    }
    flat(out, math);
    if long {
        out.push_str("</span>");
    }
}

/// Writes a formula that stands inside a link.
pub fn flat(out: &mut String, math: &Math) {
    out.push_str("<math><semantics><mrow>");
    out.push_str(&math.mathml);
    out.push_str("</mrow><annotation encoding=\"application/x-tex\">");
    push(out, &math.tex);
    out.push_str("</annotation></semantics></math>");
}

/// Writes a formula of its own, with its number if it has one. What is too wide scrolls in its frame, which a keyboard
/// reaches; `nav.js` takes those out of its way that fit.
pub fn equation(out: &mut String, math: &Math, label: Option<&EquationNumber>) {
    let (id, name) = match label {
        Some(it) => (format!(" id=\"{}\"", escape(&it.id.0)), format!("Equation {}", it.number)),
        None => (String::new(), "Formula".to_owned()),
    };
    let _ = write!(
        out,
        "<div class=\"equation\"{id}><div class=\"formula\" role=\"group\" aria-label=\"{}\" tabindex=\"0\">\
         <math display=\"block\"><semantics><mrow>{}</mrow><annotation encoding=\"application/x-tex\">",
        escape(&name),
        math.mathml,
    );
    push(out, &math.tex);
    out.push_str("</annotation></semantics></math></div>");
    if let Some(it) = label {
        let _ = write!(
            out,
            "<a class=\"equation-number\" href=\"#{}\" aria-label=\"{}\">({})</a>",
            crate::path::encode(&it.id.0),
            escape(&name),
            escape(&it.number),
        );
    }
    out.push_str("</div>\n");
}
