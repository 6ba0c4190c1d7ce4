//! All tests that look at the generator from outside, in one binary.

mod demos;
mod modules;
mod swap;
