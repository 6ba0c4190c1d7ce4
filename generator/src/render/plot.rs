//! A plot as a figure: title, legend, the picture by the kit, and the numbers as a table.
//!
//! Text that may be long is HTML around the picture, where it wraps by itself; in the picture are only the numbers of the
//! axes. Colors and dashes are the style sheet's.

use std::fmt::Write as _;

use demo_kit::plot::{self, Curve, SAMPLES};
use demo_kit::scale::number;
use demo_kit::{Line, Scene, scene, svg};

use crate::book::PlotFigure;
use crate::plot::{Data, Plot, Series};
use crate::render::escape::escape;

/// Figures of a number that a formula gives, in the table.
const COMPUTED: u32 = 4;
/// Figures of a number that the author wrote.
const WRITTEN: u32 = 6;

/// Appends the figure; `notice` is HTML.
pub fn write(out: &mut String, figure: &PlotFigure, notice: &str) {
    let (id, number) = (escape(&figure.id.0), escape(&figure.number));
    let Some(plot) = &figure.plot else { return };
    let _ = write!(
        out,
        "<figure class=\"plot\" id=\"{id}\"><div class=\"plot-plate\">\n\
         <p class=\"plot-head\"><span class=\"plot-number\">Fig. {number}</span> <b class=\"plot-title\">{}</b></p>\n",
        escape(&plot.title)
    );
    let curves = curves(plot);
    legend(out, plot, &curves);
    let _ = writeln!(out, "<p class=\"plot-y\">{}</p>", escape(&plot.y.title()));
    picture(out, plot, &curves, &escape(&figure.description_id.0));
    let _ = writeln!(out, "<p class=\"plot-x\">{}</p>", escape(&plot.x.title()));
    table(out, plot, &number);
    out.push_str("</div>\n");
    if !notice.is_empty() {
        let _ = writeln!(out, "<figcaption>{notice}</figcaption>");
    }
    out.push_str("</figure>\n");
}

/// What the kit draws. A curve that is the only one of its kind needs no color to be told apart.
fn curves(plot: &Plot) -> Vec<Curve> {
    let samples = plot.x.scale.samples(SAMPLES);
    let mut n_marks = 0;
    let mut curves = Vec::new();
    for series in &plot.series {
        let alone = plot.series.iter().filter(|it| it.line == series.line).count() == 1;
        let measured = matches!(series.data, Data::Points(_));
        let mark = (!alone || measured).then_some(n_marks);
        n_marks += u8::from(mark.is_some());
        let points = match &series.data {
            Data::Points(points) => points.clone(),
            data => samples.iter().map(|x| (*x, data.at(*x))).collect(),
        };
        let color = if alone { 0 } else { mark.unwrap_or(0) + 1 };
        curves.push(Curve { line: series.line, color, mark, measured, points });
    }
    curves
}

fn legend(out: &mut String, plot: &Plot, curves: &[Curve]) {
    out.push_str("<ul class=\"plot-legend\">\n");
    for (series, curve) in plot.series.iter().zip(curves) {
        out.push_str("<li><svg viewBox=\"0 0 28 10\" class=\"panel plot-sample\" aria-hidden=\"true\">");
        items(out, &plot::sample(curve));
        let _ = writeln!(out, "</svg> {}</li>", escape(&series.label));
    }
    out.push_str("</ul>\n");
}

fn picture(out: &mut String, plot: &Plot, curves: &[Curve], id: &str) {
    let scene = plot::scene(&plot.title, plot.x.scale, plot.y.scale, curves);
    let _ = write!(
        out,
        "<svg viewBox=\"0 0 {} {}\" class=\"panel panel-plot\" role=\"img\" aria-describedby=\"{id}\">\
         <title>{}</title><desc id=\"{id}\">{}</desc>",
        scene::WIDTH,
        plot::HEIGHT,
        escape(&scene.label),
        escape(&description(plot)),
    );
    items(out, &scene);
    out.push_str("</svg>\n");
}

fn items(out: &mut String, scene: &Scene) {
    for item in &scene.items {
        svg::write_item(out, item);
    }
}

/// What is to be seen, in a few sentences; the table has the rest.
fn description(plot: &Plot) -> String {
    let mut text = String::new();
    for (way, axis) in [("From left to right", &plot.x), ("From bottom to top", &plot.y)] {
        let (low, high) = axis.scale.ends();
        let _ = write!(text, "{way} {}, {} to {}. ", axis.title(), number(low, WRITTEN), number(high, WRITTEN));
    }
    let sentences: Vec<String> = plot.series.iter().map(|it| sentence(plot, it)).collect();
    text + &sentences.join(" ")
}

/// `theory, a dashed line: 10 at 0, 200 at 95.`
fn sentence(plot: &Plot, series: &Series) -> String {
    let line = match series.line {
        Line::Measured => "solid",
        Line::Theory => "dashed",
        Line::Bound => "dotted",
    };
    let (low, high) = plot.x.scale.ends();
    let (ends, figures) = match &series.data {
        Data::Points(points) => (vec![points.first().copied(), points.last().copied()], WRITTEN),
        data => (vec![Some((low, data.at(low))), Some((high, data.at(high)))], COMPUTED),
    };
    let ends = ends.into_iter().flatten().filter(|(_, y)| y.is_finite());
    let ends: Vec<String> = ends.map(|(x, y)| format!("{} at {}", number(y, figures), number(x, WRITTEN))).collect();
    format!("{}, a {line} line: {}.", series.label, ends.join(", "))
}

fn table(out: &mut String, plot: &Plot, figure: &str) {
    let (x, y) = (escape(&plot.x.title()), escape(&plot.y.title()));
    let _ = write!(
        out,
        "<details class=\"plot-data\"><summary>The numbers as a table</summary>\n\
         <section class=\"table\" tabindex=\"0\" aria-label=\"Numbers of Fig. {figure}\"><table>\n\
         <caption>{y} by {x}</caption>\n<thead><tr><th scope=\"col\">{x}</th>"
    );
    for series in &plot.series {
        let _ = write!(out, "<th scope=\"col\" class=\"num\">{}</th>", escape(&series.label));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in numbers(plot) {
        for (idx, cell) in row.iter().enumerate() {
            let _ = match idx {
                0 => write!(out, "<tr><th scope=\"row\">{cell}</th>"),
                _ => write!(out, "<td class=\"num\">{cell}</td>"),
            };
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table></section>\n</details>\n");
}

/// The table of the data: x, then the value of each series there.
pub fn numbers(plot: &Plot) -> Vec<Vec<String>> {
    let row = |x: f64| {
        let cells = plot.series.iter().map(|series| cell(&series.data, x));
        std::iter::once(number(x, WRITTEN)).chain(cells).collect()
    };
    rows(plot).into_iter().map(row).collect()
}

/// The x of every point; where there are only formulas, round ones.
fn rows(plot: &Plot) -> Vec<f64> {
    let points = plot.series.iter().filter_map(|series| match &series.data {
        Data::Points(points) => Some(points.iter().map(|point| point.0)),
        Data::Formula(_) => None,
    });
    let mut rows: Vec<f64> = points.flatten().collect();
    if rows.is_empty() {
        return plot.x.scale.rows();
    }
    rows.sort_by(f64::total_cmp);
    rows.dedup();
    rows
}

/// All values at an x.
fn cell(data: &Data, x: f64) -> String {
    let values: Vec<String> = match data {
        Data::Points(points) => points.iter().filter(|it| it.0 == x).map(|it| number(it.1, WRITTEN)).collect(),
        Data::Formula(_) => vec![number(data.at(x), COMPUTED)],
    };
    if values.is_empty() { demo_kit::num::NONE.into() } else { values.join("; ") }
}

#[cfg(test)]
mod tests {
    use super::curves;
    use crate::formula::Formula;
    use crate::plot::{Axis, Data, Plot, Series};
    use demo_kit::Line;
    use demo_kit::scale::Scale;

    /// The color of each curve; two that differ by color only are a defect.
    fn check(lines: &[(Line, bool)], expected: &[u8]) {
        let axis =
            Axis { label: "a".into(), unit: String::new(), scale: Scale::new(0.0, 1.0, false).expect("a scale") };
        let data = |points: bool| match points {
            true => Data::Points(vec![(0.0, 1.0)]),
            false => Data::Formula(Formula::Number(1.0)),
        };
        let series = |(line, points): &(Line, bool)| Series { label: String::new(), line: *line, data: data(*points) };
        let plot = Plot { title: String::new(), x: axis.clone(), y: axis, series: lines.iter().map(series).collect() };
        let curves = curves(&plot);
        assert_eq!(curves.iter().map(|it| it.color).collect::<Vec<_>>(), expected);
        for (idx, a) in curves.iter().enumerate() {
            assert!(curves[..idx].iter().all(|b| (a.line, a.mark) != (b.line, b.mark)), "{curves:?}");
        }
    }

    #[test]
    fn curves_differ_without_color() {
        check(&[(Line::Theory, false), (Line::Measured, true), (Line::Bound, false)], &[0, 0, 0]);
        check(&[(Line::Measured, false), (Line::Measured, true)], &[1, 2]);
        check(&[(Line::Measured, true), (Line::Theory, false), (Line::Theory, false)], &[0, 2, 3]);
        check(&[(Line::Measured, false); 6], &[1, 2, 3, 4, 5, 6]);
    }
}
