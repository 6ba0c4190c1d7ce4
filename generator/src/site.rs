//! The finished site, in memory: every file with its bytes.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::path::OutputPath;

/// Output paths and bytes, in order of path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// What to write where.
    pub files: BTreeMap<OutputPath, Arc<[u8]>>,
}
