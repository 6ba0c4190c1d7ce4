//! What the demo offers: knobs, stories with their questions, the reader's tap, panels, charts, limits.

use demo_kit::{
    ActionKind, Format, Line, Manifest, Panel, Param, Place, Preset, Series, Settings, Sweep, TimeChart, choice,
};

use crate::clock::Clock;
use crate::limiter::Rules;
use crate::traffic::Traffic;

/// Index of the parameter: tokens per second.
pub const RATE: usize = 0;
/// Index of the parameter: most tokens in the bucket.
pub const BURST: usize = 1;
/// Index of the parameter: requests per second.
pub const LOAD: usize = 2;
/// Index of the parameter: when requests come.
pub const TRAFFIC: usize = 3;
/// Index of the parameter: tokens per request.
pub const COST: usize = 4;
/// Index of the parameter: what becomes of requests that come too early.
pub const EARLY: usize = 5;
/// Index of the parameter: how full the bucket is at the start.
pub const START: usize = 6;
/// Index of the parameter: most tokens per second in a burst.
pub const PEAK: usize = 7;
/// Index of the parameter: what stands beside the bucket.
pub const BESIDE: usize = 8;
/// Index of the parameter: how the clock goes.
pub const CLOCK: usize = 9;

/// Index of the action: the reader's own request.
pub const TAP: usize = 0;

/// Index of the panel in which marks lie.
pub const STAGE: usize = 0;
/// Group of the marks of the machine's parts.
pub const PART: &str = "part";
/// Group of the marks of requests.
pub const REQUEST: &str = "request";
/// Mark of the drip.
pub const DRIP: u32 = 0;
/// Mark of the bucket.
pub const BUCKET: u32 = 1;
/// Mark of the gate under the bucket.
pub const GATE: u32 = 2;
/// A request's mark is this base plus its number.
pub const REQUEST_BASE: u32 = 10;

/// Tenths of a token per second.
const RATES: &[i64] = &[0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];
/// See [`RATES`].
const PEAKS: &[i64] = &[0, 100, 200, 500, 1000, 2000, 5000, 10_000];

/// Everything that is known about the demo before it runs.
pub static MANIFEST: Manifest = Manifest {
    name: "token-bucket",
    title: "Token bucket",
    version: 1,
    params: &[
        Param::values("rate", "rate", "tokens per second", RATES, 50).decimals(1),
        Param::values("burst", "burst", "tokens", &[1, 2, 3, 5, 8, 10, 15, 20, 30, 50, 75, 100, 150, 200], 10),
        Param::values("load", "requests per second", "requests per second", &[1, 2, 5, 8, 10, 20, 50, 100, 200], 100),
        Param::choice(
            "traffic",
            "requests come",
            &[
                choice("silence", "20 of them, after 5 s of silence"),
                choice("steady", "evenly"),
                choice("random", "at random (Poisson)"),
                choice("bursts", "evenly, then in bursts"),
                choice("jitter", "evenly, then 1 ms early or late"),
                choice("edge", "at the turn of a second"),
                choice("crowd", "a thousand in one instant"),
                choice("year", "20 of them, after an idle year"),
                choice("taps", "only when you tap"),
            ],
            1,
        )
        .more(),
        Param::range("cost", "tokens per request", "tokens", 1..=200, 1).more(),
        Param::choice(
            "early",
            "requests that come too early",
            &[choice("refuse", "are turned away"), choice("wait", "wait their turn (a shaper)")],
            0,
        )
        .more(),
        Param::choice("start", "the bucket starts", &[choice("full", "full"), choice("empty", "empty")], 0).more(),
        Param::values("peak", "peak rate (0: none)", "tokens per second", PEAKS, 0).decimals(1).more(),
        Param::choice(
            "beside",
            "beside the bucket",
            &[choice("gcra", "GCRA, the same as a clock"), choice("window", "a fixed window of one second")],
            0,
        )
        .more(),
        Param::choice(
            "clock",
            "the limiter’s clock",
            &[
                choice("right", "is right"),
                choice("still", "stands still from 3 s to 5 s"),
                choice("back", "is set back by 2 s at 3 s"),
            ],
            0,
        )
        .more(),
    ],
    presets: &[
        Preset {
            name: "save-up",
            label: "Save up, spend",
            settings: &[("traffic", "silence"), ("start", "empty")],
            seed: 1,
            question: "The bucket is empty, holds 10 tokens and gets 5 per second. Nobody comes for 5\u{a0}s, then 20 \
                       requests within 0.2\u{a0}s. How many pass?",
            choices: &["5", "10", "20"],
            answer: 1,
            explanation: "Five seconds are worth 25 tokens, but the bucket holds 10, and the rest ran over. Silence can be \
                          saved up, but only as far as the burst.",
        },
        Preset {
            name: "overload",
            label: "Overload",
            settings: &[],
            seed: 1,
            question: "The bucket holds 10 tokens, is full, and gets 5 per second. 100 requests per second come, for 10 s. \
                       How many of the 1,001 pass?",
            choices: &["10", "50", "60", "500"],
            answer: 2,
            explanation: "The burst passes at once, then one request for each token that drips in: 10 + 5 · 10 s = 60. \
                          How hard the others knock makes no difference.",
        },
        Preset {
            name: "same-average",
            label: "Same average",
            settings: &[("traffic", "bursts"), ("load", "5")],
            seed: 1,
            question: "At 5 tokens per second, 5 requests per second all pass when they come evenly. Then the same average \
                       comes as 50 at once, every 10 s. How many of 100 pass?",
            choices: &["100", "60", "20", "2"],
            answer: 2,
            explanation: "The bucket can save 10 tokens for the next burst, and 10 s of dripping bring no more. Each burst of \
                          50 gets 10 through: the rate is kept, the burst is not.",
        },
        Preset {
            name: "no-burst",
            label: "A burst of one",
            settings: &[("rate", "10"), ("burst", "1"), ("load", "10"), ("traffic", "jitter")],
            seed: 6,
            question: "One token every 100 ms, and room for one. A request every 100 ms always passes. Then each is on time, or \
                       1 ms early or late. How many are turned away?",
            choices: &["none", "1 in 100", "3 in 10", "every second one"],
            answer: 2,
            explanation: "A token that is not fetched by the time the next one is due runs over, and a request 1 ms early finds \
                          0.99 of one. In the long run 8 of 27 are turned away; with room for two, none.",
        },
        Preset {
            name: "gcra",
            label: "It is a clock",
            settings: &[("burst", "5"), ("load", "8"), ("traffic", "random")],
            seed: 8,
            question: "GCRA has no bucket: it keeps one instant, when the next request would come if all came evenly. How often \
                       does it decide otherwise than the bucket?",
            choices: &["never", "at every burst", "when the bucket is full", "half of the time"],
            answer: 0,
            explanation: "How far that instant lies ahead of now is what is missing in the bucket, measured in time. Two \
                          stories, one machine.",
        },
    ],
    actions: &[ActionKind { name: "tap", label: "Send a request", key: "t", target: "", often: true }],
    panels: &[
        Panel { name: "bucket", title: "The bucket", place: Place::Stage, height: 266 },
        Panel { name: "curve", title: "Requests over time", place: Place::Side, height: 230 },
        Panel { name: "beside", title: "Beside the bucket", place: Place::Side, height: 100 },
    ],
    time: Some(TimeChart {
        title: "Tokens in the bucket, event by event",
        axis: "tokens",
        format: Format::Number,
        series: &[
            Series { label: "tokens", line: Line::Measured, presets: &[] },
            Series { label: "burst", line: Line::Bound, presets: &[] },
        ],
    }),
    sweep: Some(Sweep {
        title: "Share that passes, by burst",
        param: "burst",
        axis: "passed, %",
        format: Format::Percent,
        log: true,
    }),
    limits: &[
        "rates of 0.1 to 1,000 tokens per second, or 0: then nothing but the first fill ever passes",
        "a burst of 1 to 200 tokens; a request that costs more than the burst can never pass",
        "at most 2,000 requests of a story, and 100 of your own",
        "a clock that stands still or goes back brings no tokens until it has caught up",
    ],
};

/// When requests come.
pub fn traffic(settings: &Settings) -> Traffic {
    match settings.get(TRAFFIC) {
        0 => Traffic::Silence,
        2 => Traffic::Random,
        3 => Traffic::Bursts,
        4 => Traffic::Jitter,
        5 => Traffic::Edge,
        6 => Traffic::Crowd,
        7 => Traffic::Year,
        8 => Traffic::Taps,
        _ => Traffic::Steady,
    }
}

/// What the limiter is made of.
pub fn rules(settings: &Settings) -> Rules {
    let number = |param| settings.count(param) as u64;
    Rules {
        rate: number(RATE),
        burst: number(BURST).max(1),
        cost: number(COST).max(1),
        start: if settings.get(START) == 1 { 0 } else { number(BURST).max(1) },
        peak: number(PEAK),
        waits: settings.get(EARLY) == 1,
        clock: match settings.get(CLOCK) {
            1 => Clock::Still,
            2 => Clock::Back,
            _ => Clock::Right,
        },
    }
}
