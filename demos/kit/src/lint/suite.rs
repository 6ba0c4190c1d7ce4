//! The tests that every demo has, as one line of its suite.

/// Makes the tests of what must hold of any demo: `demo_kit::suite!(HashRing, soak: 2_000)`, in a module of its own.
///
/// `soak` is the number of random inputs per preset that the shipped module and the native demo must answer alike. Golden
/// files lie in the crate's `tests/stills`. The crate needs `cutaway` among its dev-dependencies, to build what is shipped.
#[macro_export]
macro_rules! suite {
    ($demo:ty, soak: $inputs:expr) => {
        /// Where the golden files are.
        const STILLS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/stills");

        #[test]
        fn the_kit_finds_no_defect() {
            $crate::lint::demo::<$demo>();
        }

        #[test]
        fn stills_are_as_they_were() {
            $crate::lint::stills::<$demo>(STILLS);
        }

        #[test]
        fn stories_are_told_as_they_were() {
            $crate::lint::stories::<$demo>(STILLS);
        }

        #[test]
        fn a_hundred_thousand_inputs_leave_a_sound_model() {
            $crate::lint::storm::<$demo>();
        }

        #[test]
        fn any_string_is_answered_and_every_state_survives_its_own() {
            $crate::lint::codec::<$demo>();
        }

        /// Built as the book builds it, asked as the book asks it.
        #[test]
        fn native_and_shipped_agree_to_the_byte() {
            let book = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
            let built = ::cutaway::demos::build(book.as_ref(), &mut ::cutaway::demos::Memo::default(), |_| {});
            assert_eq!(built.diagnostics, []);
            let demos = built.value.expect("the demos of this book");
            let demo = &demos[<$demo as $crate::Demo>::manifest().name];
            let frame = |state: &str, outcome| {
                let json = demo.frame_json(state, outcome).unwrap_or_else(|failure| panic!("{state}: {failure}"));
                String::from_utf8(json).expect("JSON is UTF-8")
            };
            let soak =
                |state: &str, inputs| demo.soak(state, inputs).unwrap_or_else(|failure| panic!("{state}: {failure}"));
            $crate::lint::shipped::<$demo>($inputs, frame, soak);
        }
    };
}
