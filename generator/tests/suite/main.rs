//! All tests that look at the generator from outside, in one binary.

mod books;
mod built_in;
mod cli;
mod commonmark;
mod crates;
mod demos;
mod diagrams;
mod fuzz;
mod hard_input;
mod loading;
mod machines;
mod markdown;
mod math;
mod memo;
mod modules;
mod options;
mod page_html;
mod program;
mod reproducible;
mod safety;
mod search;
mod serve;
mod sites;
mod swap;
mod tidy;
