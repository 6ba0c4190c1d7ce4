//! What the demo offers: knobs, stories with their questions, actions, panels, charts, limits.

use demo_kit::{
    ActionKind, Format, Line, Manifest, Panel, Param, Place, Preset, Series, Settings, Sweep, Text, TimeChart, choice,
};

use crate::workload;

/// Index of the parameter: places of the cache.
pub const CAPACITY: usize = 0;
/// Index of the parameter: the policy on the stage.
pub const POLICY: usize = 1;
/// Index of the parameter: what is requested.
pub const WORKLOAD: usize = 2;
/// Index of the parameter: the reader's own sequence.
pub const SEQUENCE: usize = 3;
/// Index of the parameter: how many keys there are.
pub const KEYS: usize = 4;
/// Index of the parameter: the exponent of Zipf, in quarters.
pub const SKEW: usize = 5;
/// Index of the parameter: length of a generated tape.
pub const REQUESTS: usize = 6;

/// Index of the action that requests a key of the cache.
pub const REQUEST: usize = 0;
/// Index of the action that repeats a request of the tape.
pub const AGAIN: usize = 1;

/// Index of the panel in which marks lie.
pub const STAGE: usize = 0;
/// Group of the marks of keys in the cache; a key's mark is its number.
pub const KEY: &str = "key";
/// Group of the marks of requests on the tape; a request's mark is this base plus its place.
pub const ON_TAPE: &str = "request";
/// See [`ON_TAPE`].
pub const REQUEST_BASE: u32 = 2_000;

/// Belady, Nelson and Shedler (1969): FIFO misses nine times with three places, ten times with four.
const ANOMALY: &str = "1 2 3 4 1 2 5 1 2 3 4 5";
/// The reference string of operating systems textbooks.
const TEXTBOOK: &str = "7 0 1 2 0 3 0 4 2 3 0 3 2 1 2 0 1 7 0 1";

/// The option "your own sequence" of the workload.
const OWN: i64 = 4;

/// The reader's own sequence.
pub static SEQUENCE_TEXT: Text = Text::new(
    &[ANOMALY, TEXTBOOK, "", "a", "x x x x x x", "milk tea milk salt milk tea"],
    &["1 2 abcde 4", "1 2 $ 3", "über"],
    "at most 500 keys of 1 to 4 letters or digits, apart by spaces",
    workload::read,
    Some((WORKLOAD, OWN)),
);

/// Everything that is known about the demo before it runs.
pub static MANIFEST: Manifest = Manifest {
    name: "lru-cache",
    title: "A cache that is full",
    version: 1,
    params: &[
        Param::range("capacity", "places", "places", 0..=64, 4),
        Param::choice(
            "policy",
            "policy on the stage",
            &[
                choice("lru", "LRU: last used"),
                choice("fifo", "FIFO: first in"),
                choice("clock", "CLOCK: a bit and a hand"),
                choice("lfu", "LFU: least often used"),
                choice("sieve", "SIEVE: FIFO with a hand"),
                choice("mru", "MRU: most recently used"),
                choice("opt", "OPT: knows the future"),
            ],
            0,
        ),
        Param::choice(
            "workload",
            "requests",
            &[
                choice("zipf", "some keys are popular"),
                choice("loop", "a loop over all keys"),
                choice("scan", "hot keys and scans"),
                choice("phases", "phases"),
                choice("own", "your own sequence"),
            ],
            0,
        ),
        Param::text("sequence", "your own sequence of keys", &SEQUENCE_TEXT).more(),
        Param::values(
            "keys",
            "keys",
            "keys",
            &[1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 32, 50, 64, 100, 200, 500, 1000],
            100,
        )
        .more(),
        Param::choice(
            "skew",
            "popularity",
            &[
                choice("0", "all alike: s = 0"),
                choice("0-25", "Zipf, s = 0.25"),
                choice("0-5", "Zipf, s = 0.5"),
                choice("0-75", "Zipf, s = 0.75"),
                choice("1", "Zipf, s = 1"),
                choice("1-25", "Zipf, s = 1.25"),
                choice("1-5", "Zipf, s = 1.5"),
            ],
            4,
        )
        .more(),
        Param::values(
            "requests",
            "length of the tape",
            "requests",
            &[0, 10, 20, 50, 100, 150, 200, 300, 500, 1000, 2000, 5000, 10_000],
            300,
        )
        .more(),
    ],
    presets: &[
        Preset {
            name: "beladys-anomaly",
            label: "Belady’s anomaly",
            settings: &[("policy", "fifo"), ("capacity", "3"), ("workload", "own")],
            seed: 1,
            question: "With three places, FIFO misses 9 of these 12 requests. How often does it miss with four?",
            choices: &["6 times", "8 times", "9 times", "10 times"],
            answer: 3,
            explanation: "A place more makes FIFO throw out other keys, and here the wrong ones. LRU cannot fall for it: what it \
                          holds with three places it also holds with four.",
        },
        Preset {
            name: "loop",
            label: "One key too many",
            settings: &[("workload", "loop"), ("keys", "5"), ("requests", "100")],
            seed: 1,
            question: "Five keys are requested round and round, 100 times. LRU has four places. How many requests hit?",
            choices: &["none", "about 20", "about 72", "about 80"],
            answer: 0,
            explanation: "LRU throws out the key that was not used for longest: on a loop, the very key that comes next. MRU, \
                          absurd elsewhere, hits 72 times here, as often as OPT.",
        },
        Preset {
            name: "zipf",
            label: "A few popular keys",
            settings: &[("capacity", "10")],
            seed: 8,
            question: "Ten places hold a tenth of 100 keys; key 2 is half as popular as key 1, key 3 a third. How many requests \
                       hit under LRU?",
            choices: &["about 10 %", "about 25 %", "about 40 %", "about 90 %"],
            answer: 2,
            explanation: "Popular keys come back before they fall out, so a tenth of the keys serves four requests in ten. The \
                          curve below flattens: each further place helps less.",
        },
        Preset {
            name: "scan",
            label: "A scan comes by",
            settings: &[("capacity", "10"), ("workload", "scan"), ("keys", "8"), ("requests", "150")],
            seed: 10,
            question: "Ten places, eight hot keys. After every 20 requests a scan reads ten cold keys once. What becomes of the hot \
                       keys under LRU?",
            choices: &["they stay", "a few are lost", "all are lost, at every scan"],
            answer: 2,
            explanation: "To LRU the cold keys are the newest, so ten of them push everything out. SIEVE lets a key that was \
                          used pass its hand once, and the scan falls through.",
        },
        Preset {
            name: "textbook",
            label: "The textbook string",
            settings: &[
                ("policy", "opt"),
                ("capacity", "3"),
                ("workload", "own"),
                ("sequence", "7 0 1 2 0 3 0 4 2 3 0 3 2 1 2 0 1 7 0 1"),
            ],
            seed: 1,
            question: "On this string FIFO misses 15 of 20 times and LRU 12. How few misses can there be with three places?",
            choices: &["6", "9", "11", "12"],
            answer: 1,
            explanation: "Six keys must miss once. OPT throws out what is needed latest and misses nine times; no policy can do \
                          better, and LRU comes closer than FIFO by looking back.",
        },
    ],
    actions: &[
        ActionKind { name: "request", label: "Request this key", key: "r", target: KEY, often: false },
        ActionKind { name: "again", label: "Request this key now", key: "n", target: ON_TAPE, often: false },
    ],
    panels: &[
        Panel { name: "cache", title: "Tape, map and cache", place: Place::Stage, height: 292 },
        Panel { name: "race", title: "Every policy on the same tape", place: Place::Side, height: 238 },
    ],
    time: Some(TimeChart {
        title: "Hit ratio so far",
        axis: "hit ratio, %",
        format: Format::Percent,
        series: &[
            Series { label: "on the stage", line: Line::Measured, presets: &[] },
            Series { label: "one place more", line: Line::Measured, presets: &[0] },
            Series { label: "MRU", line: Line::Measured, presets: &[1] },
            Series { label: "SIEVE", line: Line::Measured, presets: &[3] },
            Series { label: "LRU", line: Line::Measured, presets: &[4] },
            Series { label: "FIFO", line: Line::Measured, presets: &[4] },
            Series { label: "Che", line: Line::Theory, presets: &[2] },
            Series { label: "OPT, the most", line: Line::Bound, presets: &[] },
        ],
    }),
    sweep: Some(Sweep {
        title: "Hit ratio, by places",
        param: "capacity",
        axis: "hit ratio, %",
        format: Format::Percent,
        log: false,
    }),
    limits: &[
        "at most 64 places",
        "at most 10,000 requests",
        "a sequence of your own: at most 500 keys of at most 4 letters or digits",
    ],
};

/// The typed sequence of some settings.
pub fn sequence(settings: &Settings) -> String {
    (SEQUENCE_TEXT.text)(&SEQUENCE_TEXT, settings.get(SEQUENCE))
}
