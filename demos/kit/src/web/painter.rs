//! Draws scenes into an SVG that is there: an element per item, found by its key, touched only where it differs.

use super::dom::{self, Node};
use crate::{Item, Scene, Shape, svg};

/// An SVG element and what it shows.
pub struct Painter {
    svg: Node,
    shown: Scene,
    nodes: Vec<Node>,
}

impl Painter {
    /// Takes over an SVG that shows `scene` already; draws it anew when it does not have the scene's elements.
    pub fn adopt(svg: Node, scene: Scene) -> Painter {
        let nodes = dom::all(&svg, ":scope > *");
        let mut fits = nodes.len() == scene.items.len();
        for (node, item) in nodes.iter().zip(&scene.items) {
            fits &= node.local_name() == svg::tag(&item.shape);
        }
        if fits {
            return Painter { svg, shown: scene, nodes };
        }
        let mut painter = Painter::over(svg);
        painter.paint(scene);
        painter
    }

    /// Takes over an SVG and removes what it shows.
    pub fn over(svg: Node) -> Painter {
        svg.set_text_content("");
        Painter { svg, shown: Scene::default(), nodes: Vec::new() }
    }

    /// Shows another scene.
    pub fn paint(&mut self, scene: Scene) {
        if scene.label != self.shown.label {
            dom::put(&self.svg, "aria-label", &scene.label);
        }
        let old = std::mem::take(&mut self.shown.items);
        let old_nodes = std::mem::take(&mut self.nodes);
        let mut cursor = 0;
        for item in &scene.items {
            let mut place = cursor;
            while place < old.len() && !same(&old[place], item) {
                place += 1;
            }
            if place == old.len() {
                let node = dom::insert(&self.svg, svg::tag(&item.shape), old_nodes.get(cursor));
                update(&node, None, item);
                self.nodes.push(node);
                continue;
            }
            // What lies between is gone; should it come later after all, it is made anew.
            while cursor < place {
                old_nodes[cursor].remove();
                cursor += 1;
            }
            update(&old_nodes[cursor], Some(&old[cursor]), item);
            self.nodes.push(old_nodes[cursor].clone());
            cursor += 1;
        }
        for node in &old_nodes[cursor..] {
            node.remove();
        }
        self.shown = scene;
    }
}

/// Whether one element can show both.
fn same(old: &Item, new: &Item) -> bool {
    old.key == new.key && svg::tag(&old.shape) == svg::tag(&new.shape)
}

fn update(node: &Node, old: Option<&Item>, new: &Item) {
    if old == Some(new) {
        return;
    }
    if old.is_none_or(|old| old.class != new.class || old.color != new.color) {
        dom::put(node, "class", &svg::class(new));
    }
    if let Shape::Path(path) = &new.shape {
        // What stands there is known: the outline of a crowd is not read back from the page to be compared.
        if old.is_none_or(|old| old.shape != new.shape) {
            dom::put(node, "d", path.data());
        }
        return;
    }
    for name in svg::names(&new.shape) {
        let value = svg::value(&new.shape, name);
        if old.is_none_or(|old| svg::value(&old.shape, name) != value) {
            dom::put(node, name, &value);
        }
    }
    if let Shape::Text { text, .. } = &new.shape {
        dom::text(node, text);
    }
}
