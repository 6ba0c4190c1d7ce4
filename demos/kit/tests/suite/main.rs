//! The kit's tests, with a small demo of their own: the kit is not made for one demo.
#![allow(clippy::unwrap_used)]

mod charts;
mod codec;
mod frames;
mod history;
mod numbers;
mod playing;
mod randomness;
mod spots;
mod sweeps;
mod walk;

/// Compares with a golden file beside the tests; `BLESS=1` writes it.
fn golden(name: &str, found: &str) {
    let path = format!("{}/tests/golden/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, found).unwrap();
    }
    let wanted = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == wanted, "{name} differs: run with BLESS=1 and read the diff\n{found}");
}
