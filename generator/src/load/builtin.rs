//! The templates, style sheets, scripts and icons that are part of the program.

/// Name relative to `templates/`, and content; in order of name.
pub const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/templates.rs"));
