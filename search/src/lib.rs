//! The search of a book: natively it makes the index, in the browser (as WebAssembly) it answers queries from it.
//!
//! In: the sections of pages, or a query and the files that it needs. Out: files, or results. It does no I/O: an
//! [`Engine`] that lacks a file says so, and is asked again when it has been given it. Index and query share one tokenizer.
//!
//! No other crate, no floating-point number and no `format!`: the module is a download of every reader who searches.

#[cfg(target_arch = "wasm32")]
mod abi;
mod bytes;
mod edit;
mod engine;
mod excerpt;
mod fold;
pub mod format;
#[cfg(not(target_arch = "wasm32"))]
mod index;
#[cfg(any(test, target_arch = "wasm32"))]
mod json;
mod lookup;
mod order;
mod query;
mod rank;
mod stem;
mod stop;
mod tokenize;

pub use engine::{Answer, Engine, Found, Hit, Request};
#[cfg(not(target_arch = "wasm32"))]
pub use fold::fold;
#[cfg(not(target_arch = "wasm32"))]
pub use index::{File, Page, PageIndex, ROOT, Section, index};
pub use stem::stem;
pub use tokenize::{Token, TokenKind, tokens};

/// What a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The beginning of a page, up to its first heading.
    Page,
    /// A heading and what stands below it.
    Section,
    /// A demo, plot or diagram.
    Figure,
    /// A word of the glossary.
    Term,
}

/// A file of the index is not what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken;

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a file of the search index is damaged or of another version")
    }
}

impl std::error::Error for Broken {}
