//! The demo as the kit sees it: the run, drawn in two panels and put into words.

mod cache;
mod layout;
mod race;

use demo_kit::{Action, Ctx, Demo, Digest, Manifest, Mark, Refusal, Scene, Settings, Words};

use crate::manifest::{KEY, MANIFEST, ON_TAPE, REQUEST_BASE, STAGE};
use crate::measure;
use crate::race::LruCache;
use crate::tape::Key;
use crate::words;

/// The category of a key's color: six colors, over and over; its name tells keys of one color apart.
fn color(key: Key) -> u8 {
    (key % 6) as u8 + 1
}

impl Demo for LruCache {
    fn manifest() -> &'static Manifest {
        &MANIFEST
    }

    fn new(settings: &Settings, seed: u32) -> Self {
        LruCache::start(settings, seed)
    }

    fn step(&mut self) -> bool {
        self.advance()
    }

    fn act(&mut self, action: &Action) -> Result<(), Refusal> {
        self.perform(action)
    }

    fn settings(&self) -> Settings {
        self.setup.clone()
    }

    fn check(&self) -> Result<(), &'static str> {
        LruCache::check(self)
    }

    fn digest(&self, out: &mut Digest) {
        out.count(self.at);
        out.count(self.tape.len());
        for cache in self.caches.iter().chain([&self.wider]) {
            cache.digest(out);
        }
        for trail in self.trails {
            out.u64(trail);
        }
        out.text(&self.narration());
    }

    fn bytes(&self) -> usize {
        // Clones share their tape.
        measure::ROWS * (2 * self.tape.universe() + 40 * (self.wider.capacity + 4)) + 300
    }

    fn panels(&self, ctx: &Ctx) -> Vec<Scene> {
        vec![cache::scene(self, ctx), race::scene(self)]
    }

    fn marks(&self) -> Vec<Mark> {
        let mut marks = Vec::new();
        for (key, (x, y)) in cache::keys(self) {
            let label = words::key_name(self, key);
            marks.push(Mark { id: u32::from(key), group: KEY, panel: STAGE, x, y, label });
        }
        for (at, (x, y)) in cache::requests(self) {
            let label = words::request_name(at);
            marks.push(Mark { id: REQUEST_BASE + at as u32, group: ON_TAPE, panel: STAGE, x, y, label });
        }
        marks
    }
}
