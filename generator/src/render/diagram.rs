//! A diagram in its figure. Its drawing becomes SVG with classes only, so that it follows the page's colors; numbers
//! have one decimal at most.

use std::fmt::Write as _;

use crate::book::DiagramFigure;
use crate::drawing::{Drawing, Mark, Step};
use crate::render::escape::{escape, push};

/// The words for screen readers, with the ids that tie them to the picture.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// Id and text of the name.
    pub title: (&'a str, &'a str),
    /// Id and text of the description, if there is one.
    pub description: Option<(&'a str, &'a str)>,
}

/// One `rem` is this many units of a drawing.
const REM: f64 = 16.0;

/// What the text column of the narrowest phone holds, in px: a wider drawing scrolls there, and must be reachable.
const NARROWEST: f64 = 296.0;

/// The element `figure`, given the HTML of the notice.
pub fn write(out: &mut String, figure: &DiagramFigure, notice: &str) {
    let (id, number) = (escape(&figure.id.0), escape(&figure.number));
    let _ = write!(
        out,
        "<figure class=\"diagram\" id=\"{id}\"><div class=\"diagram-plate\">\n\
         <p class=\"diagram-head\"><span class=\"diagram-number\">Fig. {number}</span>"
    );
    if !figure.title.is_empty() {
        let _ = write!(out, " <b class=\"diagram-title\">{}</b>", escape(&figure.title));
    }
    out.push_str("</p>\n");
    if let Some(drawing) = &figure.drawing {
        let description = Some(&figure.description).filter(|(_, text)| !text.is_empty());
        let words = Words {
            title: (&figure.name.0.0, &figure.name.1),
            description: description.map(|(id, text)| (id.0.as_str(), text.as_str())),
        };
        if drawing.width > NARROWEST {
            let _ = writeln!(out, "<section class=\"diagram-frame\" tabindex=\"0\" aria-label=\"Diagram {number}\">");
            let _ = writeln!(out, "{}</section>", svg(drawing, words));
        } else {
            let _ = writeln!(out, "<div class=\"diagram-frame\">\n{}</div>", svg(drawing, words));
        }
    }
    out.push_str("</div>\n");
    if !notice.is_empty() {
        let _ = writeln!(out, "<figcaption>{notice}</figcaption>");
    }
    out.push_str("</figure>\n");
}

/// The element `svg`. Its size is in `rem`: letters are as large as those of the page around it.
pub fn svg(drawing: &Drawing, words: Words<'_>) -> String {
    let (width, height) = (drawing.width, drawing.height);
    let mut out = String::from("<svg class=\"drawing\" role=\"img\"");
    let ids = [Some(words.title.0), words.description.map(|it| it.0)];
    let ids: Vec<&str> = ids.into_iter().flatten().collect();
    let _ = write!(out, " aria-labelledby=\"{}\"", escape(ids[0]));
    if let Some(id) = ids.get(1) {
        let _ = write!(out, " aria-describedby=\"{}\"", escape(id));
    }
    let _ = write!(
        out,
        " viewBox=\"0 0 {} {}\" width=\"{}rem\" height=\"{}rem\">",
        Short(width),
        Short(height),
        Long(width / REM),
        Long(height / REM)
    );
    element(&mut out, "title", words.title);
    if let Some(description) = words.description {
        element(&mut out, "desc", description);
    }
    for mark in &drawing.marks {
        write_mark(&mut out, mark);
    }
    out.push_str("</svg>");
    out
}

fn element(out: &mut String, name: &str, (id, text): (&str, &str)) {
    let _ = write!(out, "<{name} id=\"{}\">", escape(id));
    push(out, text);
    let _ = write!(out, "</{name}>");
}

fn write_mark(out: &mut String, mark: &Mark) {
    match mark {
        Mark::Group { class, marks } => {
            let _ = write!(out, "<g class=\"{class}\">");
            for mark in marks {
                write_mark(out, mark);
            }
            out.push_str("</g>\n");
        }
        Mark::Rect { class, x, y, width, height, round } => {
            let (x, y, width, height) = (Short(*x), Short(*y), Short(*width), Short(*height));
            let _ = write!(out, "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"");
            if *round > 0.0 {
                let _ = write!(out, " rx=\"{}\"", Short(*round));
            }
            out.push_str("/>");
        }
        Mark::Ellipse { class, x, y, rx, ry } => {
            let (x, y, rx, ry) = (Short(*x), Short(*y), Short(*rx), Short(*ry));
            let _ = write!(out, "<ellipse class=\"{class}\" cx=\"{x}\" cy=\"{y}\" rx=\"{rx}\" ry=\"{ry}\"/>");
        }
        Mark::Path { class, steps } => {
            let _ = write!(out, "<path class=\"{class}\" d=\"");
            steps.iter().for_each(|step| write_step(out, *step));
            out.push_str("\"/>");
        }
        Mark::Text { class, x, y, leading, lines } => write_text(out, class, (*x, *y), *leading, lines),
    }
}

fn write_step(out: &mut String, step: Step) {
    let _ = match step {
        Step::Move(x, y) => write!(out, "M{} {}", Short(x), Short(y)),
        Step::Line(x, y) => write!(out, "L{} {}", Short(x), Short(y)),
        Step::Curve([cx, cy, x, y]) => write!(out, "Q{} {} {} {}", Short(cx), Short(cy), Short(x), Short(y)),
        Step::Arc([rx, ry, x, y]) => write!(out, "A{} {} 0 0 1 {} {}", Short(rx), Short(ry), Short(x), Short(y)),
        Step::Close => write!(out, "Z"),
    };
}

fn write_text(out: &mut String, class: &str, (x, y): (f64, f64), leading: f64, lines: &[String]) {
    let _ = write!(out, "<text class=\"{class}\" x=\"{}\" y=\"{}\">", Short(x), Short(y));
    match lines {
        [line] => push(out, line),
        _ => {
            for (idx, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_empty()) {
                let y = y + leading * idx as f64;
                let _ = write!(out, "<tspan x=\"{}\" y=\"{}\">", Short(x), Short(y));
                push(out, line);
                out.push_str("</tspan>");
            }
        }
    }
    out.push_str("</text>");
}

/// A number with at most one decimal.
struct Short(f64);

/// A number with at most three decimals.
struct Long(f64);

impl std::fmt::Display for Short {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        decimals(self.0, 10.0, f)
    }
}

impl std::fmt::Display for Long {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        decimals(self.0, 1000.0, f)
    }
}

fn decimals(number: f64, unit: f64, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
    let rounded = (number * unit).round() / unit;
    // No `-0`.
    write!(f, "{}", if rounded == 0.0 { 0.0 } else { rounded })
}

#[cfg(test)]
mod tests {
    use super::{Long, Short, Words, svg};
    use crate::drawing::{Drawing, Mark};

    #[test]
    fn numbers_are_short() {
        let shown = |number| Short(number).to_string();
        assert_eq!([shown(1.0), shown(-0.01), shown(2.25), shown(100.04)], ["1", "0", "2.3", "100"]);
        assert_eq!(Long(20.0 / 16.0).to_string(), "1.25");
    }

    #[test]
    fn texts_are_escaped() {
        let text = Mark::Text { class: "t", x: 1.0, y: 2.0, leading: 19.0, lines: vec!["<a> & \"b\"".to_owned()] };
        let drawing = Drawing { width: 16.0, height: 8.0, marks: vec![text] };
        let words = Words { title: ("a-title", "<i>"), description: None };
        assert_eq!(
            svg(&drawing, words),
            "<svg class=\"drawing\" role=\"img\" aria-labelledby=\"a-title\" viewBox=\"0 0 16 8\" width=\"1rem\" height=\"0.5rem\">\
             <title id=\"a-title\">&lt;i&gt;</title><text class=\"t\" x=\"1\" y=\"2\">&lt;a&gt; &amp; &quot;b&quot;</text></svg>"
        );
    }
}
