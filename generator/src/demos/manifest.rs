//! What a demo says of itself: the manifest that its module answers, as typed data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::decimal::Decimal;

/// The manifest of a demo. Its JSON form is described in `demos/README.md`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the interface between module and generator: 1.
    pub abi: u32,
    pub name: String,
    pub title: String,
    /// Raised when old state strings would mean something else.
    pub version: u32,
    pub params: Vec<Param>,
    pub presets: Vec<Preset>,
    pub actions: Vec<Action>,
    pub panels: Vec<Panel>,
    /// Key and what it does.
    pub keys: Vec<(String, String)>,
    pub limits: Vec<String>,
}

/// A setting that a reader or author can change.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Param {
    pub name: String,
    pub label: String,
    #[serde(flatten)]
    pub kind: ParamKind,
    /// As in a state string.
    pub default: String,
    #[serde(default)]
    pub unit: String,
    /// Stands under "More settings".
    #[serde(default)]
    pub more: bool,
}

/// What values a parameter takes.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum ParamKind {
    Range {
        min: Decimal,
        max: Decimal,
        #[serde(default = "one")]
        step: Decimal,
    },
    Values {
        values: Vec<Decimal>,
    },
    Choice {
        options: Vec<Choice>,
    },
    /// What the reader types; only the module itself can tell whether it takes a text.
    Text {
        /// In words.
        expected: String,
        samples: Vec<String>,
        refused: Vec<String>,
    },
}

/// One of the values of a choice.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Choice {
    pub name: String,
    pub label: String,
}

/// An experiment: settings, seed, and the question that it settles.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Preset {
    pub name: String,
    pub label: String,
    pub settings: BTreeMap<String, String>,
    pub seed: u64,
    pub question: String,
    pub choices: Vec<String>,
    /// Index into `choices`.
    pub answer: usize,
    /// Shown with the outcome.
    pub explanation: String,
}

/// Something a reader can do.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Action {
    pub name: String,
    pub label: String,
    #[serde(default)]
    pub key: String,
    /// The group of marks it applies to; empty if none.
    #[serde(default)]
    pub target: String,
    /// Done again and again, also while the figure plays: a large button beside the transport.
    #[serde(default)]
    pub often: bool,
}

/// A picture of the demo.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Panel {
    pub name: String,
    pub title: String,
    pub place: Place,
    /// Of the viewBox.
    pub width: u32,
    /// Of the viewBox.
    pub height: u32,
}

/// Where a panel stands in the figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    Stage,
    Side,
    Chart,
    Reveal,
}

fn one() -> Decimal {
    Decimal::ONE
}
