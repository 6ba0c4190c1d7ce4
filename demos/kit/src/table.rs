//! The state as a table.

/// A caption, a head, and rows as long as the head; the first cell of a row names it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Table {
    /// What the table holds.
    pub caption: String,
    /// Names of the columns.
    pub head: Vec<&'static str>,
    /// Their values.
    pub rows: Vec<Vec<String>>,
}
