//! The browser's objects, as far as a figure needs them: twenty bindings, and helpers that change only what differs.
//!
//! The bindings are our own: the whole of web-sys and js-sys costs as much to compile as the rest of a demo, and brings
//! exports that every reader would download. One type stands for elements, lists and the document; what a property means is
//! the browser's business, and an exception it throws is caught by the page's script.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// An object of the DOM.
    #[derive(Clone)]
    pub type Node;

    #[wasm_bindgen(method, js_name = querySelector)]
    fn query_selector(this: &Node, selector: &str) -> Option<Node>;
    #[wasm_bindgen(method, js_name = querySelectorAll)]
    fn query_selector_all(this: &Node, selector: &str) -> Node;
    #[wasm_bindgen(method, getter)]
    fn length(this: &Node) -> u32;
    #[wasm_bindgen(method)]
    fn item(this: &Node, idx: u32) -> Option<Node>;
    /// The element itself or the nearest around it that matches.
    #[wasm_bindgen(method)]
    pub fn closest(this: &Node, selector: &str) -> Option<Node>;

    /// An attribute, if it is there.
    #[wasm_bindgen(method, js_name = getAttribute)]
    pub fn attribute(this: &Node, name: &str) -> Option<String>;
    #[wasm_bindgen(method, js_name = setAttribute)]
    fn set_attribute(this: &Node, name: &str, value: &str);
    #[wasm_bindgen(method, js_name = toggleAttribute)]
    fn toggle_attribute(this: &Node, name: &str, on: bool);
    /// All text inside.
    #[wasm_bindgen(method, getter, js_name = textContent)]
    pub fn text_content(this: &Node) -> String;
    /// Replaces all that is inside.
    #[wasm_bindgen(method, setter, js_name = textContent)]
    pub fn set_text_content(this: &Node, text: &str);
    /// The value of an input or select.
    #[wasm_bindgen(method, getter)]
    pub fn value(this: &Node) -> String;
    #[wasm_bindgen(method, setter)]
    fn set_value(this: &Node, value: &str);
    /// The element's name, without prefix.
    #[wasm_bindgen(method, getter, js_name = localName)]
    pub fn local_name(this: &Node) -> String;
    /// Moves the focus here.
    #[wasm_bindgen(method)]
    pub fn focus(this: &Node);

    #[wasm_bindgen(method, getter, js_name = ownerDocument)]
    fn document(this: &Node) -> Node;
    #[wasm_bindgen(method, js_name = createElementNS)]
    fn create_element(this: &Node, namespace: &str, tag: &str) -> Node;
    #[wasm_bindgen(method, js_name = insertBefore)]
    fn insert_before(this: &Node, child: &Node, before: Option<&Node>);
    /// Takes the element out of the page.
    #[wasm_bindgen(method)]
    pub fn remove(this: &Node);
}

/// Namespace of HTML elements.
const HTML: &str = "http://www.w3.org/1999/xhtml";
/// Namespace of SVG elements.
const SVG: &str = "http://www.w3.org/2000/svg";

/// The first element inside that matches.
#[inline(never)]
pub fn find(inside: &Node, selector: &str) -> Option<Node> {
    inside.query_selector(selector)
}

/// The element of `[name=value]` inside.
#[inline(never)]
pub fn named(inside: &Node, name: &str, value: &str) -> Option<Node> {
    find(inside, &crate::text::join(&["[", name, "=\"", value, "\"]"]))
}

/// The element that the template marks as a part of the figure.
#[inline(never)]
pub fn part(inside: &Node, name: &str) -> Option<Node> {
    named(inside, "data-part", name)
}

/// All elements inside that match, in order.
#[inline(never)]
pub fn all(inside: &Node, selector: &str) -> Vec<Node> {
    let found = inside.query_selector_all(selector);
    let mut elements = Vec::new();
    for idx in 0..found.length() {
        if let Some(element) = found.item(idx) {
            elements.push(element);
        }
    }
    elements
}

/// An attribute, "" when there is none.
#[inline(never)]
pub fn get(element: &Node, name: &str) -> String {
    element.attribute(name).unwrap_or_default()
}

/// Whether a boolean attribute is there.
#[inline(never)]
pub fn is(element: &Node, name: &str) -> bool {
    element.attribute(name).is_some()
}

/// Sets an attribute that is known to be another.
#[inline(never)]
pub fn put(element: &Node, name: &str, value: &str) {
    element.set_attribute(name, value);
}

/// Sets an attribute.
#[inline(never)]
pub fn set(element: &Node, name: &str, value: &str) {
    if element.attribute(name).as_deref() != Some(value) {
        element.set_attribute(name, value);
    }
}

/// Sets or removes an attribute without a value, such as `hidden` or `open`.
#[inline(never)]
pub fn flag(element: &Node, name: &str, on: bool) {
    if is(element, name) != on {
        element.toggle_attribute(name, on);
    }
}

/// Sets the text of an element.
#[inline(never)]
pub fn text(element: &Node, value: &str) {
    if element.text_content() != value {
        element.set_text_content(value);
    }
}

/// Sets the value of an input or select.
#[inline(never)]
pub fn set_value(element: &Node, value: &str) {
    if element.value() != value {
        element.set_value(value);
    }
}

/// A new element of HTML at the end of another, with text.
#[inline(never)]
pub fn append(parent: &Node, tag: &str, content: &str) -> Node {
    let child = parent.document().create_element(HTML, tag);
    if !content.is_empty() {
        child.set_text_content(content);
    }
    parent.insert_before(&child, None);
    child
}

/// A new element of SVG, before another or at the end.
#[inline(never)]
pub fn insert(parent: &Node, tag: &str, before: Option<&Node>) -> Node {
    let child = parent.document().create_element(SVG, tag);
    parent.insert_before(&child, before);
    child
}

/// Makes an element have exactly `len` matching children: adds at the end, removes from the end.
#[inline(never)]
pub fn resize(parent: &Node, tag: &str, len: usize) -> Vec<Node> {
    let mut children = all(parent, &crate::text::join(&[":scope > ", tag]));
    while children.len() > len {
        if let Some(child) = children.pop() {
            child.remove();
        }
    }
    while children.len() < len {
        children.push(append(parent, tag, ""));
    }
    children
}
