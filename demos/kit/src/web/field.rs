//! The field of a parameter that the reader types. Reached through [`crate::Text`] alone: a demo without one does not carry it.

use super::dom::{self, Node};
use super::figure::Live;
use crate::manifest::Kind;
use crate::num;
use crate::text::{join, put_replaced};

/// What the browser part does with a text.
#[derive(Debug)]
pub struct Field {
    /// Shows the text of run number `run` in its field.
    pub show: fn(field: &Node, text: &str, run: u32),
    /// Takes what was typed for the parameter of that index, or tells the reader what is wrong with it.
    pub take: fn(live: &mut Live, field: &Node, param: usize),
}

/// The one there is.
pub const FIELD: Field = Field { show, take };

fn show(field: &Node, text: &str, run: u32) {
    // What was refused stays in the field, to be mended, until the run becomes another one.
    let run = num::integer_plain(i64::from(run));
    if dom::get(field, "data-run") != run {
        dom::set(field, "data-run", &run);
        dom::set(field, "aria-invalid", "false");
        dom::set_value(field, text);
    }
}

fn take(live: &mut Live, field: &Node, param: usize) {
    let Kind::Text(rule) = live.player.history().manifest().params[param].kind else { return };
    match (rule.number)(rule, &field.value()) {
        Ok(number) => {
            live.player.set_knob(param, number);
            if let Some((other, value)) = rule.sets {
                live.player.set_knob(other, value);
            }
            dom::set(field, "aria-invalid", "false");
        }
        Err(message) => {
            dom::set(field, "aria-invalid", "true");
            let mut notice = String::from("Not taken: ");
            put_replaced(&mut notice, &message, |byte| (byte == b'`').then_some(""));
            live.player.say(&join(&[&notice, "; expected ", rule.expected, "."]));
        }
    }
}
