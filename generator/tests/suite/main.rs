//! All tests that look at the generator from outside, in one binary.

mod cli;
mod crates;
mod demos;
mod modules;
mod program;
mod serve;
mod swap;
