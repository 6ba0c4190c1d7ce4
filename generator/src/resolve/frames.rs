//! The pictures that modules have drawn, kept from build to build: a frame follows from module and state alone.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::demos::frame::Frame;
use crate::demos::{Demo, Demos, Failure};

/// What a module answers for a state: its frame, or how it failed.
pub type Answer = Arc<Result<Arc<Frame>, Failure>>;

/// Answers by demo, state, and whether the outcome was asked for.
#[derive(Debug, Default)]
pub struct Frames {
    answers: Mutex<BTreeMap<(String, String, bool), Answer>>,
    demos: Demos,
}

impl Frames {
    /// Forgets the pictures of all demos that are not what they were.
    pub fn keep(&mut self, demos: &Demos) {
        let old = self.demos.take();
        let same = |name: &String| match (&old, demos) {
            (Some(old), Some(new)) => match (old.get(name), new.get(name)) {
                (Some(old), Some(new)) => Arc::ptr_eq(old, new) || old.wasm == new.wasm,
                _ => false,
            },
            _ => false,
        };
        self.answers.get_mut().unwrap_or_else(PoisonError::into_inner).retain(|(name, _, _), _| same(name));
        self.demos.clone_from(demos);
    }

    /// Forgets the pictures that no page shows any more. Failures stay: to hear of one again may take a whole fuel tank.
    pub fn forget_unshown(&mut self) {
        let shown = |answer: &Answer| answer.as_ref().as_ref().map_or(true, |frame| Arc::strong_count(frame) > 1);
        self.answers.get_mut().unwrap_or_else(PoisonError::into_inner).retain(|_, answer| shown(answer));
    }

    /// The module's answer, from memory if it was asked before.
    pub fn answer(&self, demo: &Demo, state: &str, outcome: bool) -> Answer {
        let key = (demo.name.clone(), state.to_string(), outcome);
        if let Some(answer) = self.lock().get(&key) {
            return Arc::clone(answer);
        }
        // Not under the lock: other threads draw other figures meanwhile.
        let answer = Arc::new(demo.frame(state, outcome).map(Arc::new));
        self.lock().insert(key, Arc::clone(&answer));
        answer
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<(String, String, bool), Answer>> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
