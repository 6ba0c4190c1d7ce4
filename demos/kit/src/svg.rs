//! A scene as SVG text: one element per item, in order, so that the browser part can adopt what is there.

use crate::scene::{Item, Scene, Shape, WIDTH};
use crate::text::{join, put, put_replaced};
use crate::{Manifest, Place, num};

/// Name, place and height of a panel, the demo's own or a chart of the kit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Class and hook.
    pub name: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// Where it stands.
    pub place: Place,
    /// In units.
    pub height: i32,
}

/// All panels of a demo: its own, then the charts that its manifest asks for.
pub fn frames(manifest: &Manifest) -> Vec<Frame> {
    let mut frames = Vec::new();
    for panel in manifest.panels {
        frames.push(Frame { name: panel.name, title: panel.title, place: panel.place, height: panel.height });
    }
    if let Some(chart) = &manifest.time {
        let height = crate::chart::time_height(manifest, chart);
        frames.push(Frame { name: "time", title: chart.title, place: Place::Chart, height });
    }
    if let Some(sweep) = &manifest.sweep {
        let height = crate::sweep::HEIGHT;
        frames.push(Frame { name: "sweep", title: sweep.title, place: Place::Reveal, height });
    }
    frames
}

/// The SVG element of a panel.
pub fn write(frame: &Frame, scene: &Scene) -> String {
    let mut out = join(&[
        "<svg viewBox=\"0 0 ",
        &num::integer_plain(i64::from(WIDTH)),
        " ",
        &num::integer_plain(i64::from(frame.height)),
        "\" class=\"panel panel-",
        frame.name,
        "\" role=\"",
        if frame.place == Place::Stage { "group" } else { "img" },
        "\" aria-label=\"",
    ]);
    escape(&mut out, &scene.label);
    put(&mut out, "\">");
    for item in &scene.items {
        write_item(&mut out, item);
    }
    put(&mut out, "</svg>");
    out
}

/// The element's name, for a shape.
pub fn tag(shape: &Shape) -> &'static str {
    match shape {
        Shape::Circle { .. } => "circle",
        Shape::Rect { .. } => "rect",
        Shape::Path(_) => "path",
        Shape::Text { .. } => "text",
    }
}

/// The class attribute of an item.
pub fn class(item: &Item) -> String {
    const COLORS: [&str; 7] = ["", " c1", " c2", " c3", " c4", " c5", " c6"];
    join(&[item.class, COLORS.get(usize::from(item.color)).copied().unwrap_or("")])
}

/// The names of a shape's geometry attributes.
pub fn names(shape: &Shape) -> &'static [&'static str] {
    match shape {
        Shape::Circle { .. } => &["cx", "cy", "r"],
        Shape::Rect { .. } => &["x", "y", "width", "height"],
        Shape::Path(_) => &["d"],
        Shape::Text { .. } => &["x", "y"],
    }
}

/// The value of one of [`names`].
pub fn value(shape: &Shape, name: &str) -> String {
    let length = match (shape, name) {
        (Shape::Path(path), _) => return path.data().into(),
        (Shape::Circle { x, .. }, "cx") | (Shape::Rect { x, .. } | Shape::Text { x, .. }, "x") => x,
        (Shape::Circle { y, .. }, "cy") | (Shape::Rect { y, .. } | Shape::Text { y, .. }, "y") => y,
        (Shape::Circle { r, .. }, _) => r,
        (Shape::Rect { w, .. }, "width") => w,
        (Shape::Rect { h, .. }, _) => h,
        (Shape::Text { .. }, _) => &0,
    };
    let mut out = String::new();
    num::tenths(&mut out, *length);
    out
}

/// Appends the element of an item.
pub fn write_item(out: &mut String, item: &Item) {
    let tag = tag(&item.shape);
    put(out, &join(&["<", tag, " class=\"", &class(item)]));
    for name in names(&item.shape) {
        put(out, &join(&["\" ", name, "=\"", &value(&item.shape, name)]));
    }
    if let Shape::Text { text, .. } = &item.shape {
        put(out, "\">");
        escape(out, text);
        put(out, "</text>");
    } else {
        put(out, "\"/>");
    }
}

/// Appends text as it may stand in an element or a quoted attribute.
pub fn escape(out: &mut String, text: &str) {
    put_replaced(out, text, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        _ => None,
    });
}
