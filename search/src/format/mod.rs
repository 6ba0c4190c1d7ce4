//! The files of an index: a root that names all others, shards of the dictionary, lists of sections, and leaves of text.
//!
//! | file | holds | described in |
//! |---|---|---|
//! | `search.bin` | language, parts, how many sections each leaf has, the first term of each shard | `root.rs` |
//! | `search/d3.89ab01cd.bin` | terms in order, each with the number of its sections | `dictionary.rs` |
//! | `search/p3-0.….bin` | lists: in which sections a term of shard 3 stands, and how prominently | `lists.rs` |
//! | `search/t12.….txt` | a page, or a piece of a long one: titles, anchors and plain text of its sections | `leaf.rs` |
//!
//! Names carry a hash of the content, so that a file never changes (`names.rs`); the root does, and has its hash inside.

mod dictionary;
mod leaf;
mod lists;
mod names;
mod root;

#[cfg(not(target_arch = "wasm32"))]
pub use dictionary::write_shard;
pub use dictionary::{Entry, Place, shard};
#[cfg(not(target_arch = "wasm32"))]
pub use leaf::write_leaf;
pub use leaf::{Leaf, LeafSection, leaf};
#[cfg(not(target_arch = "wasm32"))]
pub use lists::write_list;
pub use lists::{Posting, lists};
pub use names::FileId;
#[cfg(not(target_arch = "wasm32"))]
pub use root::write_root;
pub use root::{LeafEntry, Root, ShardEntry, root};

/// How prominently a term stands in a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Not in it, but in the title of its page or in a heading above it.
    Context,
    /// In its text.
    Body,
    /// Several times in its text.
    Often,
    /// In its heading.
    Heading,
    /// In the title of the page that it begins, or it is the term that it explains.
    Title,
}
