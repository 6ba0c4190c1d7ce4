//! The ring on this machine and the ring in the page are one: built as the book builds it, asked as the book asks it.

use std::path::Path;

use cutaway::demos::{Memo, build};
use demo_kit::lint;
use hash_ring::HashRing;

#[test]
fn native_and_shipped_agree_to_the_byte() {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let built = build(&book, &mut Memo::default(), |_| {});
    assert_eq!(built.diagnostics, []);
    let demos = built.value.expect("the demos of this book");
    let demo = &demos["hash-ring"];
    let frame = |state: &str, outcome| {
        let json = demo.frame_json(state, outcome).unwrap_or_else(|failure| panic!("{state}: {failure}"));
        String::from_utf8(json).expect("JSON is UTF-8")
    };
    let soak = |state: &str, events| demo.soak(state, events).unwrap_or_else(|failure| panic!("{state}: {failure}"));
    // Five presets: 10,000 inputs in all.
    lint::shipped::<HashRing>(2_000, frame, soak);
}
