//! How a module can fail to answer. The text reads on after the demo's name: "demo `x` panicked".

use std::fmt;

use wasmi::errors::{ErrorKind, InstantiationError};
use wasmi::{Error, TrapCode};

use super::module::{FUEL, MEMORY};

/// A module gave no usable answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// In which way.
    pub what: FailureKind,
}

/// The ways in which a module can fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// It ran into `unreachable`, which is how Rust's panics end in wasm.
    Panicked,
    /// It broke another rule of wasm; what the interpreter says.
    Trapped(String),
    /// It computed without end.
    OutOfFuel,
    /// It asked for more memory than it may have.
    OutOfMemory,
    /// It called this function of the browser.
    Called(String),
    /// It answered something that is no manifest, frame or module; why.
    BadAnswer(String),
}

impl Failure {
    /// A module that answered something unusable.
    pub fn bad_answer(why: impl Into<String>) -> Self {
        Self { what: FailureKind::BadAnswer(why.into()) }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let what = match error.kind().as_trap_code() {
            Some(TrapCode::UnreachableCodeReached) => FailureKind::Panicked,
            Some(TrapCode::OutOfFuel) => FailureKind::OutOfFuel,
            Some(TrapCode::GrowthOperationLimited | TrapCode::OutOfSystemMemory) => FailureKind::OutOfMemory,
            Some(code) => FailureKind::Trapped(code.to_string()),
            None => match (error.downcast_ref::<CalledImport>(), error.kind()) {
                (Some(import), _) => FailureKind::Called(import.0.clone()),
                // A memory that is too large from the start.
                (None, ErrorKind::Instantiation(InstantiationError::FailedToInstantiateMemory(_))) => {
                    FailureKind::OutOfMemory
                }
                _ => FailureKind::BadAnswer(error.to_string()),
            },
        };
        Self { what }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.what {
            FailureKind::Panicked => f.write_str("panicked"),
            FailureKind::Trapped(why) => write!(f, "crashed: {why}"),
            FailureKind::OutOfFuel => write!(f, "did not come to an end within {} million steps", FUEL / 1_000_000),
            FailureKind::OutOfMemory => {
                write!(f, "asked for more than {} MiB of memory", MEMORY >> 20)
            }
            FailureKind::Called(name) => {
                write!(f, "called the browser's `{name}` while it was drawn at build time, where there is no browser")
            }
            FailureKind::BadAnswer(why) => write!(f, "gave an answer that cannot be used: {why}"),
        }
    }
}

impl std::error::Error for Failure {}

/// What a trapped import raises: the function's name as its author knows it.
#[derive(Debug)]
pub(super) struct CalledImport(pub String);

impl fmt::Display for CalledImport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "called `{}`", self.0)
    }
}

impl std::error::Error for CalledImport {}

impl wasmi::errors::HostError for CalledImport {}
