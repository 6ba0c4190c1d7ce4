//! What the demo offers: knobs, stories with their questions, actions, panels, charts, limits.

use demo_kit::{
    ActionKind, Format, Line, Manifest, Panel, Param, Place, Preset, Series, Settings, Sweep, TimeChart, choice,
};

use crate::cluster::MAX_KEYS;
use crate::hash::Hash;
use crate::model::MAX_SERVERS;
use crate::scheme::Scheme;

/// Index of the parameter: number of servers.
pub const SERVERS: usize = 0;
/// Index of the parameter: points per server.
pub const POINTS: usize = 1;
/// Index of the parameter: number of keys.
pub const KEYS: usize = 2;
/// Index of the parameter: how keys find their server.
pub const SCHEME: usize = 3;
/// Index of the parameter: how names become places.
pub const HASH: usize = 4;
/// Index of the parameter: copies of a key.
pub const REPLICAS: usize = 5;
/// Index of the parameter: weight of server A.
pub const WEIGHT: usize = 6;
/// Index of the parameter: room above the mean, in percent.
pub const SLACK: usize = 7;

/// Index of the action that adds a server.
pub const ADD: usize = 0;
/// Index of the action that removes a server.
pub const REMOVE: usize = 1;

/// Index and name of the panel in which marks lie.
pub const RING_PANEL: usize = 0;
/// Group of the servers' marks; a server's mark is its number.
pub const SERVER: &str = "server";
/// Group of the keys' marks; a key's mark is this base plus its number.
pub const KEY: &str = "key";
/// See [`KEY`].
pub const KEY_BASE: u32 = 100;

/// The presets whose chart is about keys that move, by index.
const MOVES: &[usize] = &[0, 3];
/// The preset about the largest share.
const LARGEST: &[usize] = &[1];
/// The presets about the spread of the shares.
const EVENNESS: &[usize] = &[2, 4];
/// The presets with one line of theory.
const THEORY: &[usize] = &[1, 2, 4];

/// Everything that is known about the demo before it runs.
pub static MANIFEST: Manifest = Manifest {
    name: "hash-ring",
    title: "Consistent-hash ring",
    version: 1,
    params: &[
        Param::range("servers", "servers", "servers", 0..=MAX_SERVERS as i64, 4),
        Param::values("points", "points per server", "points", &[1, 2, 4, 8, 16, 32, 64, 128, 256], 8),
        Param::range("keys", "keys", "keys", 0..=MAX_KEYS as i64, 240).step(20),
        Param::choice(
            "scheme",
            "scheme",
            &[
                choice("ring", "the ring"),
                choice("mod", "hash mod N"),
                choice("rendezvous", "rendezvous"),
                choice("jump", "jump hash"),
                choice("bounded", "the ring with bounded load"),
            ],
            0,
        )
        .more(),
        Param::choice(
            "hash",
            "hash function",
            &[choice("good", "good: mixes every bit"), choice("bad", "bad: 31 h + letter")],
            0,
        )
        .more(),
        Param::range("replicas", "copies of each key", "copies", 1..=5, 1).more(),
        Param::range("weight", "weight of server A", "times", 0..=4, 1).more(),
        Param::range("slack", "room under bounded load", "percent", 5..=100, 25).step(5).more(),
    ],
    presets: &[
        Preset {
            name: "add-a-server",
            label: "Add a fifth server",
            settings: &[],
            seed: 172,
            question: "Four servers hold 240 keys on the ring. A fifth joins. How many keys have to move?",
            choices: &["about 12", "about 48", "about 120", "about 192"],
            answer: 1,
            explanation: "The newcomer takes its own fifth, and no other key moves. Under hash mod N nearly every remainder \
                          changes: four keys in five move.",
        },
        Preset {
            name: "one-point-each",
            label: "One point each",
            settings: &[("servers", "1"), ("points", "1")],
            seed: 152,
            question: "Servers join until there are ten, each at one random point. How much will the largest share of the \
                       ring be?",
            choices: &["1.1 times the mean", "1.5 times the mean", "3 times the mean", "9 times the mean"],
            answer: 2,
            explanation: "Random points do not keep their distance. The largest of N arcs is on average 1 + 1/2 + ... + 1/N \
                          times the mean: 2.93 for ten.",
        },
        Preset {
            name: "turn-the-knob",
            label: "Turn the knob",
            settings: &[("servers", "10"), ("points", "1")],
            seed: 158,
            question: "Ten servers share the ring unevenly. How many times as many points does each need to halve the spread?",
            choices: &["1.4 times", "2 times", "4 times", "10 times"],
            answer: 2,
            explanation: "The spread falls with the square root of the points: four times the points, half the spread. The \
                          last doublings cost most and help least.",
        },
        Preset {
            name: "a-server-dies",
            label: "A server dies",
            settings: &[("servers", "6"), ("points", "1")],
            seed: 438,
            question: "Six servers stand at one point each. B dies. Who takes over its keys?",
            choices: &["the five others, evenly", "its two neighbors, half each", "one neighbor, all of them"],
            answer: 2,
            explanation: "The next point clockwise inherits the whole arc. With 64 points each, every arc of B ends at another \
                          server’s point, so all others share the load.",
        },
        Preset {
            name: "bad-hash",
            label: "A bad hash",
            settings: &[("servers", "6"), ("points", "1"), ("hash", "bad")],
            seed: 1,
            question: "This hash puts similar names side by side. Points per server double eight times. What happens to the spread?",
            choices: &["it halves every time", "it halves every second time", "it hardly changes", "it doubles"],
            answer: 2,
            explanation: "All points of a server land in one clump, and a clump is worth one point. More points cannot repair \
                          a hash; another hash can.",
        },
    ],
    actions: &[
        ActionKind { name: "add", label: "Add a server", key: "a", target: "", often: false },
        ActionKind { name: "remove", label: "Remove this server", key: "Delete", target: SERVER, often: false },
    ],
    panels: &[
        Panel { name: "ring", title: "The ring", place: Place::Stage, height: 320 },
        Panel { name: "load", title: "Keys per server", place: Place::Side, height: 240 },
        Panel { name: "strip", title: "The same keys under both schemes", place: Place::Side, height: 112 },
    ],
    time: Some(TimeChart {
        title: "Event by event",
        axis: "share, %",
        format: Format::Percent,
        series: &[
            Series { label: "moved, ring", line: Line::Measured, presets: MOVES },
            Series { label: "moved, mod N", line: Line::Measured, presets: MOVES },
            Series { label: "theory, ring", line: Line::Theory, presets: MOVES },
            Series { label: "theory, mod N", line: Line::Theory, presets: MOVES },
            Series { label: "spread of shares", line: Line::Measured, presets: EVENNESS },
            Series { label: "largest over mean", line: Line::Measured, presets: LARGEST },
            Series { label: "theory", line: Line::Theory, presets: THEORY },
        ],
    }),
    sweep: Some(Sweep {
        title: "Spread of shares, by points per server",
        param: "points",
        axis: "spread, %",
        format: Format::Percent,
        log: true,
    }),
    limits: &[
        "at most 64 servers with at most 256 points each (1,024 for server A at weight 4)",
        "at most 2,000 keys",
        "more copies than servers: one copy on each server",
    ],
};

/// The scheme of some settings.
pub fn scheme(settings: &Settings) -> Scheme {
    match settings.get(SCHEME) {
        1 => Scheme::Modulo,
        2 => Scheme::Rendezvous,
        3 => Scheme::Jump,
        4 => Scheme::Bounded,
        _ => Scheme::Ring,
    }
}

/// The hash function of some settings.
pub fn hash(settings: &Settings) -> Hash {
    if settings.get(HASH) == 1 { Hash::Bad } else { Hash::Good }
}
