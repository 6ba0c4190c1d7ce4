//! The search of a book: natively it makes the index, in the browser (as WebAssembly) it answers queries from it.
//!
//! In: the sections of pages, or a query and the files that it needs. Out: files, or results. It does no I/O: an
//! [`Engine`] that lacks a file says so, and is asked again when it has been given it. Index and query share one tokenizer.
//!
//! No other crate, no floating-point number and no `format!`: the module is a download of every reader who searches.

#[cfg(target_arch = "wasm32")]
mod abi;
mod bits;
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
mod lower;
mod order;
#[cfg(not(target_arch = "wasm32"))]
mod page_index;
mod query;
mod rank;
mod stem;
mod stop;
mod tokenize;

pub use engine::{Answer, Engine, Found, Hit, Request};
#[cfg(not(target_arch = "wasm32"))]
pub use fold::fold;
#[cfg(not(target_arch = "wasm32"))]
pub use index::{File, IndexMemo, ROOT, index};
#[cfg(not(target_arch = "wasm32"))]
pub use page_index::{Page, PageIndex, Section};
pub use stem::stem;
pub use tokenize::{Token, TokenKind, tokens};

/// What a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The beginning of a page, up to its first heading.
    Page,
    /// A heading and what stands below it.
    Section,
    /// A section that lists what to read elsewhere: it has the words of every title that it names.
    Sources,
    /// A demo, plot or diagram.
    Figure,
    /// A word of the glossary.
    Term,
}

impl Kind {
    /// As it is written.
    fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Section => "section",
            Self::Sources => "sources",
            Self::Figure => "figure",
            Self::Term => "term",
        }
    }

    /// The kind of that name.
    fn named(name: &str) -> Option<Self> {
        [Self::Page, Self::Section, Self::Sources, Self::Figure, Self::Term].into_iter().find(|it| it.name() == name)
    }
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
