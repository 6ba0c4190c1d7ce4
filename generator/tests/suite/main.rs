//! All tests that look at the generator from outside, in one binary.

mod books;
mod demos;
mod hard_input;
mod loading;
mod memo;
mod modules;
mod reproducible;
mod sites;
mod swap;
