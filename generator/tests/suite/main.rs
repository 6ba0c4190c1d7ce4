//! All tests that look at the generator from outside, in one binary.

mod cli;
mod demos;
mod modules;
mod program;
mod serve;
mod swap;
