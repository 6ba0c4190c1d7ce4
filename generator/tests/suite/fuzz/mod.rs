//! Fuzz targets: whatever is read is answered, by a site or by a report, and never by a crash.
//!
//! `cargo test` runs a few hundred cases of each, the same every time; `cargo xtask fuzz` runs a million, new ones each
//! time, under a watchdog. An input that once failed lies in `tests/fuzz/TARGET/` and is tried first for ever.

mod choices;
mod data;
mod drawings;
mod grammar;
mod requests;
mod run;
mod seeds;
mod sound;
mod targets;
