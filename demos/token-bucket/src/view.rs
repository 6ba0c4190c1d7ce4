//! The demo as the kit sees it: the model's run, drawn in three panels and put into words.

mod beside;
mod bucket;
mod curve;

use demo_kit::{Action, Ctx, Demo, Digest, Manifest, Mark, Refusal, Scene, Settings, Words};

use crate::limiter::Fate;
use crate::manifest::{BUCKET, DRIP, GATE, MANIFEST, PART, REQUEST, REQUEST_BASE, STAGE};
use crate::model::TOKEN;
use crate::story::TokenBucket;
use crate::words;

impl Demo for TokenBucket {
    fn manifest() -> &'static Manifest {
        &MANIFEST
    }

    fn new(settings: &Settings, seed: u32) -> Self {
        TokenBucket::start(settings, seed)
    }

    fn step(&mut self) -> bool {
        self.advance()
    }

    fn pace(&self) -> u32 {
        self.pace()
    }

    fn act(&mut self, action: &Action) -> Result<(), Refusal> {
        self.perform(action)
    }

    fn settings(&self) -> Settings {
        self.setup.clone()
    }

    fn check(&self) -> Result<(), &'static str> {
        let limiter = &self.limiter;
        let burst = limiter.rules.burst * TOKEN;
        if limiter.bucket.level() > burst {
            return Err("there are more tokens than the bucket holds");
        }
        if limiter.disagreements > 0 || limiter.bucket.level() + limiter.gcra.ahead() != burst {
            return Err("bucket and GCRA disagree");
        }
        if limiter.busiest() > burst {
            return Err("more passed than burst + rate · time");
        }
        Ok(())
    }

    fn digest(&self, out: &mut Digest) {
        let limiter = &self.limiter;
        out.u64(self.at);
        out.u64(limiter.bucket.level());
        out.u64(limiter.gcra.ahead());
        out.count(limiter.window.passed);
        for request in &limiter.requests {
            out.u64(request.at);
            out.u64(match request.fate {
                Fate::Passed(at) => at,
                Fate::TurnedAway(wait) => wait.unwrap_or(u64::MAX - 1),
                Fate::Waiting => u64::MAX,
            });
        }
        out.text(&self.narration());
    }

    fn bytes(&self) -> usize {
        40 * self.limiter.requests.len() + 600
    }

    fn panels(&self, ctx: &Ctx) -> Vec<Scene> {
        vec![bucket::scene(self, ctx), curve::scene(self, ctx), beside::scene(self, ctx)]
    }

    fn marks(&self) -> Vec<Mark> {
        let mut marks = Vec::new();
        for (id, label) in [(DRIP, "the drip"), (BUCKET, "the bucket"), (GATE, "the gate")] {
            let (x, y) = bucket::part(self, id);
            marks.push(Mark { id, group: PART, panel: STAGE, x, y, label: label.into() });
        }
        for (idx, (x, y)) in bucket::in_sight(self) {
            let label = words::label(self, idx);
            marks.push(Mark { id: REQUEST_BASE + idx as u32, group: REQUEST, panel: STAGE, x, y, label });
        }
        marks
    }
}
