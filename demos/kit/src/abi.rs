//! What the generator calls in the shipped module: raw C exports without imports. And the macro that emits them.
//!
//! Native tests call the generic functions here and must get the same bytes.

use crate::history::Entry;
use crate::{Demo, frame, soak};

/// The manifest as JSON.
pub fn manifest_json<D: Demo>() -> String {
    frame::manifest_json(D::manifest())
}

/// The frame of a state string as JSON; with `outcome`, of its end.
pub fn frame_json<D: Demo>(state: &str, outcome: bool) -> String {
    frame::frame_json(Entry::of::<D>(), state, outcome)
}

/// The digest of `events` random inputs.
pub fn soak<D: Demo>(state: &str, events: u32) -> u64 {
    soak::soak(Entry::of::<D>(), state, events)
}

/// A module of a few megabytes at most: a small allocator is enough, and every reader downloads it.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// The buffers behind the raw exports. No `unsafe`: the host writes through the pointer that [`raw::alloc`] gave out
/// and the module reads the vector that owns it.
#[cfg(target_arch = "wasm32")]
pub mod raw {
    use std::hint::black_box;
    use std::sync::{Mutex, MutexGuard, PoisonError};

    static INPUT: Mutex<Vec<u8>> = Mutex::new(Vec::new());
    static OUTPUT: Mutex<String> = Mutex::new(String::new());

    /// A buffer of `len` bytes for the host to write to.
    pub fn alloc(len: u32) -> *mut u8 {
        let mut input = open(&INPUT);
        input.clear();
        input.resize(len as usize, 0);
        // The host writes behind the compiler's back: make it forget what it knows of the contents.
        black_box(input.as_mut_ptr())
    }

    /// What the host wrote; nothing when that is not UTF-8.
    pub fn input(len: u32) -> String {
        let input = open(&INPUT);
        let written = black_box(&*input).get(..len as usize).unwrap_or(&[]);
        std::str::from_utf8(written).unwrap_or("").into()
    }

    /// Keeps a text for the host to read: its address and length in one number.
    pub fn output(text: String) -> u64 {
        let mut output = open(&OUTPUT);
        *output = text;
        (output.as_ptr() as u64) << 32 | output.len() as u64
    }

    /// There is one thread, and a panic ends it: nobody finds a lock taken or poisoned.
    fn open<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
        lock.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Exports a demo: for the generator the raw `demo_*` functions, for the page the `mount` of the browser part.
/// Natively it only checks that the type is a [`Demo`]. A demo whose manifest has actions at places says so,
/// `demo!(Quadtree, spots)`: only then the code for them is in its module.
#[macro_export]
macro_rules! demo {
    ($demo:ty) => {
        $crate::demo!(@ $demo, None);
    };
    ($demo:ty, spots) => {
        $crate::demo!(@ $demo, Some(&$crate::web::SPOTS));
    };
    (@ $demo:ty, $spots:expr) => {
        const _: fn() -> $crate::history::Entry = $crate::history::Entry::of::<$demo>;

        #[cfg(target_arch = "wasm32")]
        mod exports {
            use super::*;
            use ::wasm_bindgen::prelude::wasm_bindgen;

            /// Makes a figure of the page live; `state` is the state that the address asks for.
            #[wasm_bindgen]
            pub fn mount(figure: $crate::web::Node, state: &str, host: $crate::web::Host) -> $crate::web::Figure {
                $crate::web::mount($crate::history::Entry::of::<$demo>(), figure, state, host, $spots)
            }

            // SAFETY (of the unmangled names): no other item of the module exports a name that begins with `demo_`.
            #[allow(unsafe_code)]
            #[unsafe(no_mangle)]
            extern "C" fn demo_alloc(len: u32) -> *mut u8 {
                $crate::abi::raw::alloc(len)
            }

            #[allow(unsafe_code)]
            #[unsafe(no_mangle)]
            extern "C" fn demo_manifest() -> u64 {
                $crate::abi::raw::output($crate::abi::manifest_json::<$demo>())
            }

            #[allow(unsafe_code)]
            #[unsafe(no_mangle)]
            extern "C" fn demo_frame(_: *const u8, len: u32, outcome: u32) -> u64 {
                let state = $crate::abi::raw::input(len);
                $crate::abi::raw::output($crate::abi::frame_json::<$demo>(&state, outcome != 0))
            }

            #[allow(unsafe_code)]
            #[unsafe(no_mangle)]
            extern "C" fn demo_soak(_: *const u8, len: u32, events: u32) -> u64 {
                $crate::abi::soak::<$demo>(&$crate::abi::raw::input(len), events)
            }
        }
    };
}
