//! The course of a run.

/// Most events of a run; a story that goes on is cut here.
pub const MAX_EVENTS: u32 = 10_000;
