//! All tests that look at the generator from outside, in one binary.

mod cli;
mod commonmark;
mod crates;
mod demos;
mod markdown;
mod modules;
mod page_html;
mod safety;
mod program;
mod serve;
mod swap;
