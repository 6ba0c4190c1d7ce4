//! A drunkard's walk between two walls: the smallest demo that uses everything.

use demo_kit::manifest::{Format, Line, Place};
use demo_kit::{
    Action, ActionKind, Ctx, Demo, Digest, Manifest, Mark, Measures, Meter, Panel, Param, Preset, Refusal, Rng, Scene,
    Series, Settings, Sweep, Table, Text, TimeChart, Words, choice, math, num, spot,
};

pub static MANIFEST: Manifest = Manifest {
    name: "walk",
    title: "A drunkard's <walk> & \"more\"",
    version: 1,
    params: &[
        Param::range("steps", "steps", "steps", 0..=500, 20).step(5),
        Param::values("stride", "stride", "units", &[1, 2, 4, 8], 1),
        Param::choice("coin", "coin", &[choice("fair", "fair"), choice("bent", "bent <&>")], 0).more(),
        Param::text("sign", "on the sign", &SIGN).more(),
        Param::range("wind", "wind", "m/s", -5..=25, 0).decimals(1).more(),
        Param::values("pause", "pause", "seconds", &[0, 1, 25, 100, 1000], 100).decimals(2).more(),
    ],
    presets: &[
        Preset {
            name: "fair",
            label: "A fair coin",
            settings: &[("steps", "20")],
            seed: 7,
            question: "How far does it get?",
            choices: &["nowhere", "about the root of the steps", "all the way"],
            answer: 1,
            explanation: "Most steps cancel.",
        },
        Preset {
            name: "long",
            label: "Long",
            settings: &[("steps", "500"), ("stride", "4"), ("coin", "bent")],
            seed: 1,
            question: "And with a bent coin?",
            choices: &["nowhere", "about the root", "all the way"],
            answer: 2,
            explanation: "Every step adds its bias.",
        },
    ],
    actions: &[
        ActionKind { name: "push", label: "Push it right", key: "p", target: "", often: true },
        ActionKind { name: "raise", label: "Raise the post", key: "r", target: "post", often: false },
        ActionKind { name: "put", label: "Put it down", key: "d", target: "walker@road", often: false },
        ActionKind { name: "sow", label: "Sow a post", key: "", target: "@road", often: false },
    ],
    panels: &[
        Panel { name: "road", title: "The road", place: Place::Stage, height: 100 },
        Panel { name: "far", title: "How far", place: Place::Side, height: 60 },
    ],
    time: Some(TimeChart {
        title: "Distance over time",
        axis: "distance, units",
        format: Format::Number,
        series: &[
            Series { label: "distance", line: Line::Measured, presets: &[] },
            Series { label: "root of the steps", line: Line::Theory, presets: &[] },
            Series { label: "steps", line: Line::Bound, presets: &[] },
        ],
    }),
    sweep: Some(Sweep {
        title: "Distance by stride",
        param: "stride",
        axis: "distance, units",
        format: Format::Number,
        log: true,
    }),
    limits: &["at most 500 steps"],
};

static SIGN: Text = Text::new(
    &["", "no way", "50 % off & \"more\""],
    &["a sign of nineteen letters"],
    "at most 18 letters",
    sign,
    Some((2, 1)),
);

/// Takes what is short, without spaces at its ends.
fn sign(typed: &str) -> Result<String, String> {
    let text = typed.trim();
    if text.chars().count() > 18 { Err(format!("`{text}` does not fit")) } else { Ok(text.into()) }
}

/// The walker.
#[derive(Clone)]
pub struct Walk {
    settings: Settings,
    rng: Rng,
    taken: i64,
    pushes: i64,
    at: i64,
    before: i64,
    posts: [i64; 3],
    /// Breaks its own rule from this step on, for the test of the kit.
    rotten_from: i64,
    /// Says that it takes a megabyte, for the test of the history.
    heavy: bool,
    /// Wants its events to follow fast, for the test of the player.
    hurried: bool,
}

impl Walk {
    fn steps(&self) -> i64 {
        self.settings.get(0)
    }

    fn x(&self, phase: i32) -> i32 {
        let to = |at: i64| 1600 + (at.clamp(-100, 100) * 15) as i32;
        math::between(to(self.before), to(self.at), phase)
    }
}

impl Demo for Walk {
    fn manifest() -> &'static Manifest {
        &MANIFEST
    }

    fn new(settings: &Settings, seed: u32) -> Walk {
        Walk {
            settings: settings.clone(),
            rng: Rng::stream(seed, 1),
            taken: 0,
            pushes: 0,
            at: 0,
            before: 0,
            posts: [1, 2, 3],
            rotten_from: if seed == 666 { 3 } else { i64::MAX },
            heavy: seed == 600,
            hurried: seed == 250,
        }
    }

    fn step(&mut self) -> bool {
        if self.taken >= self.steps() {
            return false;
        }
        let sides = if self.settings.get(2) == 1 { 3 } else { 2 };
        let way = if self.rng.below(sides) == 0 { -1 } else { 1 };
        self.before = self.at;
        self.at += way * self.settings.get(1);
        self.taken += 1;
        true
    }

    fn pace(&self) -> u32 {
        if self.hurried { 250 } else { demo_kit::demo::PACE }
    }

    fn act(&mut self, action: &Action) -> Result<(), Refusal> {
        match (action.kind, action.mark) {
            (0, _) if self.pushes >= 25 => return Err("It is tired of being pushed.".into()),
            (0, _) => {
                self.before = self.at;
                self.at += 10;
                self.pushes += 1;
            }
            (1, Some(post @ 0..3)) => {
                self.posts[post as usize] += 1;
                self.before = self.at;
            }
            (2, Some(mark)) => {
                self.before = self.at;
                self.at = i64::from(spot::place(mark).0 - 1600);
            }
            (3, Some(mark)) if spot::place(mark).1 <= 500 => return Err("Nothing grows in the sky.".into()),
            (3, Some(mark)) => {
                self.posts[(spot::place(mark).0 / 1100).clamp(0, 2) as usize] += 1;
                self.before = self.at;
            }
            _ => return Err("There is no such post.".into()),
        }
        Ok(())
    }

    fn settings(&self) -> Settings {
        self.settings.clone()
    }

    fn check(&self) -> Result<(), &'static str> {
        if self.taken >= self.rotten_from { Err("a step was lost") } else { Ok(()) }
    }

    fn digest(&self, out: &mut Digest) {
        out.u64(self.at as u64);
        out.u64(self.taken as u64);
        out.u64(self.rng.clone().bits());
        self.posts.iter().for_each(|&post| out.u64(post as u64));
        out.u64(self.settings.get(4) as u64);
        out.u64(self.settings.get(5) as u64);
    }

    fn bytes(&self) -> usize {
        if self.heavy { 1 << 20 } else { 200 }
    }

    fn panels(&self, ctx: &Ctx) -> Vec<Scene> {
        let mut road = Scene::new("A road with <three> posts");
        road.line(0, "axis", 0, (50, 800), (3150, 800));
        for (idx, &height) in self.posts.iter().enumerate() {
            let x = 800 * (idx as i32 + 1);
            let height = 50 * height.min(10) as i32;
            road.rect(1 + idx as u32, "bar", idx as u8 + 1, (x - 20, 800 - height), (40, height));
        }
        road.circle(10, "node", 0, self.x(ctx.phase), 700, 60);
        if let Some(post @ 0..3) = ctx.selected {
            road.circle(11, "select", 0, 800 * (post as i32 + 1), 700, 90);
        }
        let mut far = Scene::new("Distance");
        far.text(0, "t big", 1600, 400, num::integer(self.at));
        vec![road, far]
    }

    fn marks(&self) -> Vec<Mark> {
        let post = |id: u32| Mark {
            id,
            group: "post",
            panel: 0,
            x: 800 * (id as i32 + 1),
            y: 700,
            label: format!("post {id}"),
        };
        let walker = Mark { id: 9, group: "walker", panel: 0, x: self.x(256), y: 700, label: "the walker".into() };
        (0..3).map(post).chain([walker]).collect()
    }
}

impl Words for Walk {
    fn narration(&self) -> String {
        format!("After {} steps and {} pushes it is at {}.", self.taken, self.pushes, self.at)
    }

    fn explain(&self, mark: u32) -> String {
        match mark {
            0..3 => format!("Post {mark} is {} high.", self.posts[mark as usize]),
            9 => "The walker has no plan.".into(),
            _ => String::new(),
        }
    }

    fn words(&self) -> String {
        format!(
            "A road with three posts and a walker. The sign says: {}",
            MANIFEST.params[3].written(self.settings.get(3))
        )
    }

    fn table(&self) -> Table {
        let rows = self.posts.iter().enumerate();
        Table {
            caption: "Posts".into(),
            head: vec!["post", "height"],
            rows: rows.map(|(idx, height)| vec![idx.to_string(), height.to_string()]).collect(),
        }
    }
}

impl Measures for Walk {
    fn meters(&self) -> Vec<Meter> {
        let root = math::sqrt(self.taken as f64);
        let sigma = Some(root * 0.6);
        vec![Meter::new("distance", "√n", Some(self.at.abs() as f64), Some(root), sigma, num::number)]
    }

    fn sample(&self) -> Vec<Option<f64>> {
        let distance = (self.taken > 0).then_some(self.at.abs() as f64);
        vec![distance, Some(math::sqrt(self.taken as f64)), Some(self.taken as f64)]
    }

    fn outcome(&self) -> Option<f64> {
        Some(self.at.abs() as f64)
    }

    fn theory(settings: &Settings) -> Option<f64> {
        Some(math::sqrt(settings.get(0) as f64) * settings.get(1) as f64 * 0.8)
    }
}

// The macro must take any demo, also natively.
demo_kit::demo!(Walk);

#[test]
fn passes_the_lint() {
    demo_kit::lint::demo::<Walk>();
}
