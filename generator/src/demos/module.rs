//! Runs a demo's module: the processed bytes that the page ships, in an interpreter, without browser, clock or disk.
//!
//! A module exports plain C functions: `demo_alloc(len) -> ptr` gives room for a state string, `demo_manifest()` and
//! `demo_frame(ptr, len, outcome)` answer `ptr << 32 | len` of JSON in its memory. Every import is a trap; steps and memory are
//! limited. Each call gets a fresh instance, so no answer depends on an earlier one.

use std::sync::Arc;

use serde::de::DeserializeOwned;
use wasmi::{
    Config, Engine, Error, ExternType, Instance, Linker, Memory, Module, Store, StoreLimits, StoreLimitsBuilder,
    WasmParams, WasmResults,
};

use super::Demo;
use super::failure::{CalledImport, Failure};
use super::frame::Frame;
use super::manifest::Manifest;
use super::manifest_check;

/// Steps of the interpreter for one answer, about half a second of a release build. A ring of 600 points takes 15 million.
pub const FUEL: u64 = 500_000_000;
/// Bytes of memory for one instance.
pub const MEMORY: usize = 64 << 20;

impl Demo {
    /// Asks a processed module for its manifest, and checks that it makes sense.
    ///
    /// # Errors
    /// If the module does not answer, or what it says of itself cannot be true.
    pub fn from_module(name: &str, js: Arc<[u8]>, wasm: Arc<[u8]>) -> Result<Self, Failure> {
        let mut running = Running::start(&wasm, FUEL)?;
        let answer = running.call::<(), u64>("demo_manifest", ())?;
        let manifest: Manifest = parsed(running.bytes(answer)?)?;
        manifest_check::check(&manifest, name).map_err(Failure::bad_answer)?;
        Ok(Self { name: name.to_owned(), manifest, wasm, js })
    }

    /// The demo in `state`, or at the end of that state's story with `outcome`.
    ///
    /// # Errors
    /// If the module does not answer, or answers anything but a frame with a picture for each of its panels.
    pub fn frame(&self, state: &str, outcome: bool) -> Result<Frame, Failure> {
        let frame: Frame = parsed(&self.frame_json(state, outcome)?)?;
        check_pictures(&self.manifest, &frame)?;
        Ok(frame)
    }

    /// The same as the module wrote it. The demo compiled for this machine must write the same bytes.
    ///
    /// # Errors
    /// If the module does not answer.
    pub fn frame_json(&self, state: &str, outcome: bool) -> Result<Vec<u8>, Failure> {
        let mut running = Running::start(&self.wasm, FUEL)?;
        let (at, len) = running.give(state)?;
        let answer = running.call::<(u32, u32, u32), u64>("demo_frame", (at, len, u32::from(outcome)))?;
        Ok(running.bytes(answer)?.to_vec())
    }

    /// Plays with the demo for `events` seeded random inputs and answers a digest of all it did and drew. The same code
    /// compiled for this machine must answer the same.
    ///
    /// # Errors
    /// If the module does not answer.
    pub fn soak(&self, state: &str, events: u32) -> Result<u64, Failure> {
        let fuel = FUEL.saturating_mul(u64::from(events).max(1));
        let mut running = Running::start(&self.wasm, fuel)?;
        let (at, len) = running.give(state)?;
        running.call("demo_soak", (at, len, events))
    }
}

/// A module that has been started.
struct Running {
    store: Store<StoreLimits>,
    instance: Instance,
    memory: Memory,
}

impl Running {
    fn start(wasm: &[u8], fuel: u64) -> Result<Self, Failure> {
        let engine = Engine::new(Config::default().consume_fuel(true));
        let module = Module::new(&engine, wasm)?;
        let limits = StoreLimitsBuilder::new().memory_size(MEMORY).trap_on_grow_failure(true).build();
        let mut store = Store::new(&engine, limits);
        store.limiter(|limits| limits);
        store.set_fuel(fuel)?;
        let instance = trapped_imports(&module)?.instantiate_and_start(&mut store, &module)?;
        let memory = instance
            .get_memory(&store, "memory")
            .ok_or_else(|| Failure::bad_answer("it exports no memory named `memory`"))?;
        Ok(Self { store, instance, memory })
    }

    fn call<P: WasmParams, R: WasmResults>(&mut self, name: &str, params: P) -> Result<R, Failure> {
        let Some(function) = self.instance.get_func(&self.store, name) else {
            return Err(Failure::bad_answer(format!(
                "it exports no function `{name}`; is `demo_kit::demo!(...)` missing in its `lib.rs`?"
            )));
        };
        let function = function.typed::<P, R>(&self.store).map_err(|_| {
            Failure::bad_answer(format!("its function `{name}` takes or returns other types than this Cutaway expects"))
        })?;
        Ok(function.call(&mut self.store, params)?)
    }

    /// Puts a text into the module's memory.
    fn give(&mut self, text: &str) -> Result<(u32, u32), Failure> {
        let len = u32::try_from(text.len()).map_err(|_| Failure::bad_answer("the state is longer than 4 GiB"))?;
        let at: u32 = self.call("demo_alloc", len)?;
        self.memory
            .write(&mut self.store, at as usize, text.as_bytes())
            .map_err(|_| Failure::bad_answer(format!("`demo_alloc({len})` gave {at}, which is outside its memory")))?;
        Ok((at, len))
    }

    /// The bytes that an answer `ptr << 32 | len` points to.
    fn bytes(&self, answer: u64) -> Result<&[u8], Failure> {
        let (at, len) = ((answer >> 32) as usize, (answer & 0xffff_ffff) as usize);
        at.checked_add(len)
            .and_then(|end| self.memory.data(&self.store).get(at..end))
            .ok_or_else(|| Failure::bad_answer(format!("its {len} bytes at {at} lie outside its memory")))
    }
}

fn parsed<T: DeserializeOwned>(json: &[u8]) -> Result<T, Failure> {
    serde_json::from_slice(json).map_err(|error| Failure::bad_answer(format!("not the expected JSON, {error}")))
}

/// A linker in which each function that the module imports raises an error with its name.
fn trapped_imports(module: &Module) -> Result<Linker<StoreLimits>, Failure> {
    let mut linker = Linker::new(module.engine());
    for import in module.imports() {
        let name = plain_name(import.name()).to_owned();
        let ExternType::Func(ty) = import.ty() else {
            return Err(Failure::bad_answer(format!("it imports `{name}`, which is no function")));
        };
        linker
            .func_new(import.module(), import.name(), ty.clone(), move |_, _, _| {
                Err(Error::host(CalledImport(name.clone())))
            })
            .map_err(Error::from)?;
    }
    Ok(linker)
}

/// `__wbg_createElement_3c0a6f1e2d4b5968`, wasm-bindgen's name of an import, is `createElement` to people.
fn plain_name(import: &str) -> &str {
    let name = import.strip_prefix("__wbg_").unwrap_or(import);
    match name.rsplit_once('_') {
        Some((plain, hash)) if hash.len() == 16 && hash.bytes().all(|it| it.is_ascii_hexdigit()) => plain,
        _ => name,
    }
}

/// One picture for each panel of the manifest, no other, and each an SVG element.
fn check_pictures(manifest: &Manifest, frame: &Frame) -> Result<(), Failure> {
    for panel in &manifest.panels {
        match frame.panels.iter().filter(|it| it.name == panel.name).count() {
            1 => {}
            n => {
                return Err(Failure::bad_answer(format!("{n} pictures for panel `{}`", panel.name)));
            }
        }
    }
    for picture in &frame.panels {
        if !manifest.panels.iter().any(|it| it.name == picture.name) {
            return Err(Failure::bad_answer(format!(
                "a picture for panel `{}`, which its manifest does not have",
                picture.name
            )));
        }
        if !picture.svg.starts_with("<svg ") || !picture.svg.ends_with("</svg>") {
            return Err(Failure::bad_answer(format!(
                "the picture for panel `{}` is not one `<svg>` element",
                picture.name
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::plain_name;

    #[test]
    fn imports_are_named_as_people_know_them() {
        assert_eq!(plain_name("__wbg_createElement_3c0a6f1e2d4b5968"), "createElement");
        assert_eq!(plain_name("__wbindgen_throw"), "__wbindgen_throw");
        assert_eq!(plain_name("__wbg_set_value_2"), "set_value_2");
    }
}
