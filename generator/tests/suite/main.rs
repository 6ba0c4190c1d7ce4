//! All tests that look at the generator from outside, in one binary.

mod commonmark;
mod demos;
mod markdown;
mod modules;
mod page_html;
mod swap;
