//! What a module answers for one state: pictures, words and numbers, as typed data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One state of a demo.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Frame {
    /// Canonical state string.
    pub state: String,
    /// What was wrong with the state that was asked for.
    pub problems: Vec<Problem>,
    pub preset: String,
    pub at: u32,
    pub events: u32,
    pub seed: u64,
    /// All parameters, as on the knobs.
    pub settings: BTreeMap<String, String>,
    pub panels: Vec<Picture>,
    pub narration: String,
    pub words: String,
    pub meters: Vec<Meter>,
    pub table: Table,
    pub log: Vec<String>,
}

/// A key of a state string whose value was not usable.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Problem {
    pub key: String,
    pub message: String,
    #[serde(default)]
    pub expected: String,
}

/// A panel, drawn.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Picture {
    pub name: String,
    pub svg: String,
}

/// A measured number beside its theory.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Meter {
    pub name: String,
    pub measured: String,
    pub theory: String,
    pub difference: String,
    pub formula: String,
}

/// The state as a table.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Table {
    pub caption: String,
    pub head: Vec<String>,
    pub rows: Vec<Vec<String>>,
}
