//! What a module may not do, each with a module that does it; and the way from a crate to a module.

use std::sync::Arc;

use cutaway::demos::{Demo, Failure, FailureKind};
use wasm_encoder::BlockType;

use crate::modules::{FRAME, MANIFEST, Toy};

fn demo(toy: &Toy) -> Result<Demo, Failure> {
    Demo::from_module("toy", Arc::default(), toy.wasm().into())
}

/// How the frame of this toy fails.
fn frame_failure(toy: &Toy) -> Failure {
    let demo = demo(toy).expect("its manifest is fine");
    demo.frame("preset=start", false).expect_err("its frame is not")
}

/// What is wrong with a manifest in which `from` is replaced.
fn manifest_failure(from: &str, to: &str) -> String {
    assert!(MANIFEST.contains(from), "nothing to replace");
    let toy = Toy { manifest: MANIFEST.replace(from, to), ..Toy::default() };
    demo(&toy).expect_err("the manifest is wrong").to_string()
}

#[test]
fn a_module_answers_its_manifest_and_a_frame() {
    let demo = demo(&Toy::default()).expect("nothing is wrong with it");
    assert_eq!(demo.manifest.title, "A toy");
    let frame = demo.frame("preset=start", true).expect("nothing is wrong with it");
    assert_eq!(frame.narration, "Nothing yet.");
}

#[test]
fn a_panic_is_told() {
    let toy = Toy { before_frame: |it| it.unreachable(), ..Toy::default() };
    assert_eq!(frame_failure(&toy).what, FailureKind::Panicked);
}

#[test]
fn an_endless_loop_is_ended() {
    let toy = Toy { before_frame: |it| it.loop_(BlockType::Empty).br(0).end(), ..Toy::default() };
    let failure = frame_failure(&toy);
    assert_eq!(failure.what, FailureKind::OutOfFuel);
    assert_eq!(failure.to_string(), "did not come to an end within 500 million steps");
}

#[test]
fn endless_recursion_is_ended() {
    let toy = Toy {
        // Function 3 is `demo_frame` itself.
        before_frame: |it| it.i32_const(0).i32_const(0).i32_const(0).call(3).drop(),
        ..Toy::default()
    };
    assert!(matches!(frame_failure(&toy).what, FailureKind::Trapped(_)));
}

#[test]
fn memory_without_end_is_refused() {
    let grow = Toy {
        before_frame: |it| it.loop_(BlockType::Empty).i32_const(16).memory_grow(0).drop().br(0).end(),
        ..Toy::default()
    };
    let failure = frame_failure(&grow);
    assert_eq!(failure.what, FailureKind::OutOfMemory);
    assert_eq!(failure.to_string(), "asked for more than 64 MiB of memory");

    let large = Toy { pages: 2000, ..Toy::default() };
    assert_eq!(demo(&large).expect_err("125 MiB from the start").what, FailureKind::OutOfMemory);
}

#[test]
fn a_call_to_the_browser_is_named() {
    let toy = Toy { before_frame: |it| it.call(0), ..Toy::default() };
    let failure = frame_failure(&toy);
    assert_eq!(failure.what, FailureKind::Called("createElement".into()));
    assert!(failure.to_string().starts_with("called the browser's `createElement`"));
}

#[test]
fn an_answer_that_is_no_frame_is_refused() {
    let check = |frame: &str, why: &str| {
        let failure = frame_failure(&Toy { frame: frame.into(), ..Toy::default() }).to_string();
        assert!(failure.contains(why), "{failure}");
    };
    check("{", "not the expected JSON");
    check("{}", "missing field `state`");
    check("\u{7f}\u{80}", "not the expected JSON");
    check(&FRAME.replace(r#""panels":[{"name":"main""#, r#""panels":[{"name":"other""#), "0 pictures for panel `main`");
    check(&FRAME.replace("<svg ", "<b "), "the picture for panel `main` is not one `<svg>` element");
}

#[test]
fn pointers_outside_the_memory_are_refused() {
    let far = Toy { room_at: 0xffff_fff0, ..Toy::default() };
    assert!(matches!(frame_failure(&far).what, FailureKind::BadAnswer(why) if why.contains("outside its memory")));

    // The same text, told to begin at the very end of the address space.
    let toy = Toy { before_frame: |it| it.i64_const(-1).return_(), ..Toy::default() };
    assert!(matches!(frame_failure(&toy).what, FailureKind::BadAnswer(why) if why.contains("lie outside its memory")));
}

#[test]
fn a_module_without_the_interface_is_refused() {
    let toy = Toy { without_frame: true, ..Toy::default() };
    assert!(frame_failure(&toy).to_string().contains("exports no function `demo_frame`"));
    let noise = Demo::from_module("toy", Arc::default(), Arc::from(*b"no module at all"));
    assert!(matches!(noise.expect_err("this is no wasm").what, FailureKind::BadAnswer(_)));
}

#[test]
fn a_manifest_must_make_sense() {
    let check = |from: &str, to: &str, why: &str| {
        let failure = manifest_failure(from, to);
        assert!(failure.contains(why), "{failure}");
    };
    check(r#""abi":1"#, r#""abi":2"#, "its interface has version 2, this Cutaway speaks version 1");
    check(r#""name":"toy""#, r#""name":"tool""#, "its manifest says `tool`, its folder says `toy`");
    check(r#""name":"size""#, r#""name":"seed""#, "a parameter cannot be named `seed`");
    check(r#""name":"size""#, r#""name":"Size""#, "a name is made of a to z");
    check(r#""default":"3""#, r#""default":"10""#, "parameter `size` cannot have its default `10`");
    check(r#""min":0"#, r#""min":10"#, "parameter `size` goes from 10 to 9");
    check(r#""max":9"#, r#""max":9,"step":0"#, "parameter `size` has the step 0");
    check(r#""max":9"#, r#""max":9,"step":0.4"#, "parameter `size` cannot have its default `3`");
    check(r#""max":9"#, r#""max":9.0000001"#, "six decimal places");
    check(
        r#""kind":"range","min":0,"max":9"#,
        r#""kind":"text","expected":"","samples":[],"refused":[]"#,
        "parameter `size` does not say what it takes",
    );
    check(r#"{"size":"4"}"#, r#"{"size":"many"}"#, "preset `start` sets `size` to `many`");
    check(r#"{"size":"4"}"#, r#"{"sise":"4"}"#, "preset `start` sets `sise`, which is no parameter");
    check(r#""answer":1"#, r#""answer":2"#, "preset `start` has 2 choices, and its answer is number 2");
    check(r#"["this","that"]"#, r#"["this"]"#, "preset `start` gives fewer than two choices");
    check(r#""place":"stage""#, r#""place":"side""#, "it has no panel on the stage");
    check(r#""height":200"#, r#""height":0"#, "panel `main` has no size");
    check(r#""question":"What now?""#, r#""question":"""#, "preset `start` asks no question");
}
