//! The demo as the kit sees it: the model's run, drawn in three panels and put into words.

mod crowd;
mod load;
mod ring;
mod shown;
mod strip;

use demo_kit::{Action, Ctx, Demo, Digest, Manifest, Mark, Refusal, Scene, Settings, Words};

use crate::manifest::{KEY, KEY_BASE, MANIFEST, RING_PANEL, SERVER};
use crate::model::{Owner, ServerId};
use crate::story::HashRing;
use crate::words::{Names, say};

/// The category of a server's colour: six colours, over and over; the letter tells servers of one colour apart.
fn color(id: ServerId) -> u8 {
    id % 6 + 1
}

/// The category of what belongs to an owner: 0 for nobody's.
fn color_of(owner: Owner) -> u8 {
    owner.map_or(0, color)
}

impl Demo for HashRing {
    fn manifest() -> &'static Manifest {
        &MANIFEST
    }

    fn new(settings: &Settings, seed: u32) -> Self {
        HashRing::start(settings, seed)
    }

    fn step(&mut self) -> bool {
        self.advance()
    }

    fn act(&mut self, action: &Action) -> Result<(), Refusal> {
        self.perform(action)
    }

    fn settings(&self) -> Settings {
        self.current()
    }

    fn check(&self) -> Result<(), &'static str> {
        self.now.check()
    }

    fn digest(&self, out: &mut Digest) {
        for cluster in [&self.now, &self.base] {
            out.count(cluster.servers.len());
            for point in cluster.ring.points() {
                out.u64(point.at);
                out.u64(u64::from(point.server));
            }
            for owners in [cluster.owners_beside_modulo(), cluster.owners_modulo()] {
                for owner in owners {
                    out.u64(owner.map_or(u64::MAX, u64::from));
                }
            }
        }
        out.text(&self.narration());
    }

    fn bytes(&self) -> usize {
        // Clones share their clusters; each event makes one.
        16 * self.now.ring.points().len() + 4 * self.now.keys.len() + 600
    }

    fn panels(&self, ctx: &Ctx) -> Vec<Scene> {
        vec![ring::scene(self, ctx), load::scene(self, ctx), strip::scene(self, ctx)]
    }

    fn marks(&self) -> Vec<Mark> {
        let mut marks = Vec::new();
        for (id, (x, y)) in ring::servers(self) {
            let label = say("server ").name(id).take();
            marks.push(Mark { id: u32::from(id), group: SERVER, panel: RING_PANEL, x, y, label });
        }
        let places = &ring::keys(self).places;
        for (key, &(x, y)) in self.now.keys.iter().zip(places) {
            let label = say("key ").count(usize::from(key.id)).take();
            marks.push(Mark { id: KEY_BASE + u32::from(key.id), group: KEY, panel: RING_PANEL, x, y, label });
        }
        marks
    }
}
