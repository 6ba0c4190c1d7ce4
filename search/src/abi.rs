//! What the worker of the page calls: raw C exports without imports. Texts and files go in through one buffer, JSON comes
//! out as address and length in one number.

use std::hint::black_box;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::engine::{Engine, Request};
use crate::json;

static INPUT: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static OUTPUT: Mutex<String> = Mutex::new(String::new());
static ENGINE: Mutex<Option<Engine>> = Mutex::new(None);

/// What part the reader has chosen when it is none.
const ALL: u32 = u32::MAX;

// SAFETY (of all unmangled names): no other item of the module exports a name that begins with `search_`.

/// A buffer of `len` bytes for the host to write to.
#[allow(unsafe_code)]
#[unsafe(no_mangle)]
extern "C" fn search_buffer(len: u32) -> *mut u8 {
    let mut input = open(&INPUT);
    input.clear();
    input.resize(len as usize, 0);
    // The host writes behind the compiler's back: make it forget what it knows of the contents.
    black_box(input.as_mut_ptr())
}

/// Opens the index whose root is in the buffer.
#[allow(unsafe_code)]
#[unsafe(no_mangle)]
extern "C" fn search_open() -> u64 {
    output(match Engine::new(black_box(&open(&INPUT))) {
        Ok(engine) => {
            let opened = json::opened(&engine);
            *open(&ENGINE) = Some(engine);
            opened
        }
        Err(_) => broken(),
    })
}

/// Adds the file in the buffer: `name_len` bytes of its name, then its content. Answers an empty object or an error.
#[allow(unsafe_code)]
#[unsafe(no_mangle)]
extern "C" fn search_add(name_len: u32) -> u64 {
    let input = open(&INPUT);
    let (name, bytes) = black_box(&*input).split_at_checked(name_len as usize).unwrap_or_default();
    let name = std::str::from_utf8(name).unwrap_or_default();
    let added = open(&ENGINE).as_mut().is_some_and(|engine| engine.add(name, bytes).is_ok());
    output(if added { "{}".into() } else { broken() })
}

/// Answers the query in the buffer.
#[allow(unsafe_code)]
#[unsafe(no_mangle)]
extern "C" fn search_ask(part: u32, pages: u32) -> u64 {
    let input = open(&INPUT);
    let query = std::str::from_utf8(black_box(&*input)).unwrap_or_default();
    let request = Request { query, part: (part != ALL).then_some(part as usize), pages: pages as usize };
    let answer = open(&ENGINE).as_ref().map(|engine| engine.search(request));
    output(match answer {
        Some(Ok(answer)) => json::answer(&answer),
        _ => broken(),
    })
}

fn broken() -> String {
    json::error("a file of the search index is damaged or of another version")
}

/// Keeps a text for the host to read: its address and length in one number.
fn output(text: String) -> u64 {
    let mut output = open(&OUTPUT);
    *output = text;
    (output.as_ptr() as u64) << 32 | output.len() as u64
}

/// There is one thread, and a panic ends it: nobody finds a lock taken or poisoned.
fn open<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
