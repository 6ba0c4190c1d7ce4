//! How flowcharts write the shapes of their boxes.

use super::graph::Shape;

/// How a label may end, and the shape that it then has.
pub type Closing = (&'static str, Shape);

/// Openings with their closings; a longer opening stands before its beginning.
pub const OPENINGS: [(&str, &[Closing]); 13] = [
    ("(((", &[(")))", Shape::DoubleCircle)]),
    ("((", &[("))", Shape::Circle)]),
    ("([", &[("])", Shape::Stadium)]),
    ("(", &[(")", Shape::Round)]),
    ("[[", &[("]]", Shape::Subroutine)]),
    ("[(", &[(")]", Shape::Cylinder)]),
    ("[/", &[("/]", Shape::LeanRight), ("\\]", Shape::Trapezoid)]),
    ("[\\", &[("\\]", Shape::LeanLeft), ("/]", Shape::Funnel)]),
    ("[", &[("]", Shape::Rect)]),
    ("{{", &[("}}", Shape::Hexagon)]),
    ("{", &[("}", Shape::Diamond)]),
    (">", &[("]", Shape::Flag)]),
    ("<[", &[("]>", Shape::Rect)]),
];

/// Shapes by the names of `A@{ shape: ... }`.
pub fn named_shape(name: &str) -> Option<Shape> {
    Some(match name {
        "rect" | "rectangle" | "proc" | "process" => Shape::Rect,
        "rounded" | "event" => Shape::Round,
        "stadium" | "pill" | "terminal" => Shape::Stadium,
        "subproc" | "subprocess" | "subroutine" | "fr-rect" | "framed-rectangle" => Shape::Subroutine,
        "cyl" | "cylinder" | "database" | "db" => Shape::Cylinder,
        "circle" | "circ" => Shape::Circle,
        "dbl-circ" | "double-circle" => Shape::DoubleCircle,
        "odd" => Shape::Flag,
        "diam" | "diamond" | "decision" | "question" => Shape::Diamond,
        "hex" | "hexagon" | "prepare" => Shape::Hexagon,
        "lean-r" | "lean-right" | "in-out" => Shape::LeanRight,
        "lean-l" | "lean-left" | "out-in" => Shape::LeanLeft,
        "trap-b" | "trapezoid" | "trapezoid-bottom" | "priority" => Shape::Trapezoid,
        "trap-t" | "inv-trapezoid" | "trapezoid-top" | "manual" => Shape::Funnel,
        _ => return None,
    })
}
