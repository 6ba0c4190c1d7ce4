//! A scene as SVG text: one element per item, in order, so that the browser part can adopt what is there.

use crate::scene::{Item, Scene, Shape, WIDTH};
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
    let own = manifest.panels.iter().map(|panel| Frame {
        name: panel.name,
        title: panel.title,
        place: panel.place,
        height: panel.height,
    });
    let time = manifest.time.iter().map(|chart| Frame {
        name: "time",
        title: chart.title,
        place: Place::Chart,
        height: crate::chart::time_height(chart),
    });
    let sweep = manifest.sweep.iter().map(|sweep| Frame {
        name: "sweep",
        title: sweep.title,
        place: Place::Reveal,
        height: crate::sweep::HEIGHT,
    });
    own.chain(time).chain(sweep).collect()
}

/// The SVG element of a panel.
pub fn write(frame: &Frame, scene: &Scene) -> String {
    let mut out = String::from("<svg viewBox=\"0 0 ");
    out.push_str(&num::integer_plain(i64::from(WIDTH)));
    out.push(' ');
    out.push_str(&num::integer_plain(i64::from(frame.height)));
    out.push_str("\" class=\"panel panel-");
    out.push_str(frame.name);
    out.push_str("\" role=\"");
    out.push_str(if frame.place == Place::Stage {
        "group"
    } else {
        "img"
    });
    out.push_str("\" aria-label=\"");
    escape(&mut out, &scene.label);
    out.push_str("\">");
    for item in &scene.items {
        write_item(&mut out, item);
    }
    out.push_str("</svg>");
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
    let mut out = String::from(item.class);
    if (1..=6).contains(&item.color) {
        out.push_str(" c");
        out.push(char::from(b'0' + item.color));
    }
    out
}

/// Hands each geometry attribute of a shape to `set`.
pub fn attributes(shape: &Shape, set: &mut dyn FnMut(&'static str, &str)) {
    let mut length = |name, value| {
        let mut text = String::new();
        num::tenths(&mut text, value);
        set(name, &text);
    };
    match shape {
        Shape::Circle { x, y, r } => {
            length("cx", *x);
            length("cy", *y);
            length("r", *r);
        }
        Shape::Rect { x, y, w, h } => {
            length("x", *x);
            length("y", *y);
            length("width", *w);
            length("height", *h);
        }
        Shape::Path(path) => set("d", path.data()),
        Shape::Text { x, y, .. } => {
            length("x", *x);
            length("y", *y);
        }
    }
}

fn write_item(out: &mut String, item: &Item) {
    let tag = tag(&item.shape);
    out.push('<');
    out.push_str(tag);
    out.push_str(" class=\"");
    out.push_str(&class(item));
    attributes(&item.shape, &mut |name, value| {
        out.push_str("\" ");
        out.push_str(name);
        out.push_str("=\"");
        out.push_str(value);
    });
    if let Shape::Text { text, .. } = &item.shape {
        out.push_str("\">");
        escape(out, text);
        out.push_str("</text>");
    } else {
        out.push_str("\"/>");
    }
}

/// Appends text as it may stand in an element or a quoted attribute.
pub fn escape(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter => out.push(letter),
        }
    }
}
