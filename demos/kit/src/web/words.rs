//! Meters, tables and lists: the figure in words and numbers.

use super::dom::{self, Node, append, set};
use crate::text::join;
use crate::{Meter, Table, num};

/// Rewrites the cells of a table of meters; its rows are always the same, but a name may change with the scheme.
pub fn meters(table: &Node, meters: &[Meter]) {
    for (row, meter) in dom::all(table, "tbody tr").iter().zip(meters) {
        let cells = dom::all(row, "td");
        for (cell, value) in cells.iter().zip([&meter.measured, &meter.theory, &meter.difference]) {
            dom::text(cell, value);
        }
        if let Some(head) = dom::find(row, "th") {
            let space = if meter.formula.is_empty() { "" } else { " " };
            if head.text_content() != join(&[meter.name, space, meter.formula]) {
                head.set_text_content(&join(&[meter.name, space]));
                if !meter.formula.is_empty() {
                    append(&head, "small", meter.formula);
                }
            }
        }
    }
}

/// Rewrites a table of the state, which may have other rows and columns than before.
pub fn table(element: &Node, table: &Table) {
    if let Some(caption) = dom::find(element, "caption") {
        dom::text(&caption, &table.caption);
    }
    if let Some(head) = dom::find(element, "thead tr") {
        for (cell, name) in dom::resize(&head, "th", table.head.len()).iter().zip(&table.head) {
            set(cell, "scope", "col");
            dom::text(cell, name);
        }
    }
    let Some(body) = dom::find(element, "tbody") else {
        return;
    };
    for (row, values) in dom::resize(&body, "tr", table.rows.len()).iter().zip(&table.rows) {
        let Some((name, values)) = values.split_first() else {
            continue;
        };
        for head in &dom::resize(row, "th", 1) {
            set(head, "scope", "row");
            dom::text(head, name);
        }
        for (cell, value) in dom::resize(row, "td", values.len()).iter().zip(values) {
            dom::text(cell, value);
        }
    }
}

/// Rewrites a list of lines.
pub fn list(element: &Node, lines: &[String]) {
    for (item, line) in dom::resize(element, "li", lines.len()).iter().zip(lines) {
        dom::text(item, line);
    }
}

/// Rewrites the answers to a question: `name` joins the radio buttons.
pub fn choices(element: &Node, name: &str, choices: &[&str]) {
    element.set_text_content("");
    for (idx, choice) in choices.iter().enumerate() {
        let label = append(element, "label", "");
        set(&label, "class", "chip");
        let input = append(&label, "input", "");
        set(&input, "type", "radio");
        set(&input, "name", name);
        set(&input, "data-guess", &num::integer_plain(idx as i64));
        set(&input, "autocomplete", "off");
        append(&label, "span", choice);
    }
}

/// Writes the answer: the right one in bold after what is said of the guess, then why.
pub fn answer(element: &Node, verdict: &str, right: &str, why: &str) {
    if element.text_content() != join(&[verdict, right, ". ", why]) {
        element.set_text_content(verdict);
        append(element, "b", &join(&[right, "."]));
        append(element, "span", &join(&[" ", why]));
    }
}
