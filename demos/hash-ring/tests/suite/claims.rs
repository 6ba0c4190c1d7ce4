//! The lesson of each story, as a number.
