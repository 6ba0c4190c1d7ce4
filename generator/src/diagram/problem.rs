//! What is wrong with a diagram, by its place in the diagram's own text.

use std::ops::Range;

use crate::diagnostic::Code;

/// One complaint; the page's parser turns it into a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub code: Code,
    pub message: String,
    /// In the text of the fence.
    pub range: Range<usize>,
    /// Short text at the place.
    pub label: String,
    pub hints: Vec<String>,
}

impl Problem {
    /// A complaint about the syntax.
    pub fn syntax(range: Range<usize>, message: impl Into<String>) -> Self {
        Self::new(Code::BadDiagram, range, message)
    }

    /// A complaint of any kind.
    pub fn new(code: Code, range: Range<usize>, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), range, label: String::new(), hints: Vec::new() }
    }

    /// With a short text at the place.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// With a way to mend it.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

/// The complaint about a word that is no direction.
pub fn unknown_direction(word: &str, range: Range<usize>) -> Problem {
    Problem::syntax(range, format!("unknown direction `{}`", shown(word)))
        .label("expected `TB`, `BT`, `LR` or `RL`")
        .hint("`TB` reads best on a phone")
}

/// A word of the source for a message: not too long, and without what a terminal would act on.
pub fn shown(word: &str) -> String {
    let clean: String = word.chars().filter(|c| !c.is_control()).take(40).collect();
    if clean.is_empty() { "end of the diagram".to_owned() } else { clean }
}
