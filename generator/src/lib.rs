//! Cutaway turns a folder of Markdown notes into a static book whose figures run.
//!
//! Five verbs between five nouns: `load` -> [`sources`], `parse` -> [`document`], `resolve` -> [`book`],
//! `render` -> [`site`], `write` -> disk.

pub mod book;
pub mod config;
pub mod demos;
pub mod diagnostic;
pub mod document;
pub mod path;
pub mod serve;
pub mod site;
pub mod source;
pub mod sources;
pub mod write;
