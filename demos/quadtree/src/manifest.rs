//! What the demo offers: knobs, stories with their questions, actions, panels, charts, limits.

use demo_kit::{
    ActionKind, Format, Line, Manifest, Panel, Param, Place, Preset, Series, Settings, Sweep, TimeChart, choice,
};

use crate::map;
use crate::model::MAX_DEPTH;
use crate::points::Layout;
use crate::story::{self, Story};

/// Index of the parameter: number of points.
pub const POINTS: usize = 0;
/// Index of the parameter: points that a cell holds.
pub const CAPACITY: usize = 1;
/// Index of the parameter: what is asked.
pub const QUERY: usize = 2;
/// Index of the parameter: side of the query, in percent of the world's.
pub const SIDE: usize = 3;
/// Index of the parameter: depth at which cells are not split.
pub const DEPTH: usize = 4;
/// Index of the parameter: where the points lie.
pub const LAYOUT: usize = 5;
/// Index of the parameter: whether they move.
pub const MOTION: usize = 6;

/// Index of the action that adds a point.
pub const ADD: usize = 0;
/// Index of the action that moves the query.
pub const MOVE: usize = 1;
/// Index of the action that gives the query another size.
pub const SIZE: usize = 2;

/// Index of the panel with the plane.
pub const PLANE: usize = 0;
/// Index of the panel with the tree.
pub const TREE: usize = 1;
/// Group of the mark by which the query is moved.
pub const CENTER: &str = "query";
/// Group of the mark by which the query gets another size.
pub const CORNER: &str = "corner";
/// The mark of group [`CENTER`]; nodes have the marks below.
pub const CENTER_MARK: u32 = 1_000_000;
/// The mark of group [`CORNER`].
pub const CORNER_MARK: u32 = 1_000_001;

/// The presets in which a search is watched, by index.
const SEARCHES: &[usize] = &[0, 4];
/// The presets in which a tree grows under many points.
const GROWTH: &[usize] = &[1];
/// The presets in which a few points make it deep.
const CHAINS: &[usize] = &[2, 3];

/// Everything that is known about the demo before it runs.
pub static MANIFEST: Manifest = Manifest {
    name: "quadtree",
    title: "Quadtree",
    version: 1,
    params: &[
        Param::values(
            "points",
            "points",
            "points",
            &[0, 1, 2, 3, 5, 10, 20, 50, 100, 200, 300, 500, 1000, 2000, 5000],
            1000,
        ),
        Param::range("capacity", "points per cell", "points", 1..=16, 4),
        Param::choice(
            "query",
            "query",
            &[
                choice("none", "none"),
                choice("box", "points in a box"),
                choice("circle", "points in a circle"),
                choice("nearest", "the nearest point"),
            ],
            1,
        ),
        Param::range("side", "side of the query", "percent", 0..=150, 10).more(),
        Param::range("depth", "depth limit", "levels", 1..=MAX_DEPTH as i64, 16).more(),
        Param::choice(
            "layout",
            "where the points lie",
            &[
                choice("uniform", "anywhere"),
                choice("towns", "in three towns"),
                choice("diagonal", "on a diagonal"),
                choice("grid", "on a grid"),
                choice("same", "all at one place"),
                choice("pair", "two of them close"),
            ],
            0,
        )
        .more(),
        Param::choice("motion", "motion", &[choice("still", "points stand still"), choice("moving", "points move")], 0)
            .more(),
    ],
    presets: &[
        Preset {
            name: "restaurants",
            label: "Restaurants near me",
            settings: &[],
            seed: 42,
            question: "1,000 restaurants are on the map, and you ask for those in the box. How many of them does the tree test?",
            choices: &["all 1,000", "about 250", "about 100", "about 15"],
            answer: 3,
            explanation: "A square that does not overlap the box is dropped with everything in it. Only the leaves along the \
                          box have their points tested: 15 for 11 hits.",
        },
        Preset {
            name: "city-and-desert",
            label: "City and desert",
            settings: &[("points", "300"), ("layout", "towns"), ("query", "none")],
            seed: 3,
            question: "300 shops open, nearly all of them in three towns. How much of the map will the smaller half of the cells cover?",
            choices: &["half of it", "about 20 %", "about 2 %"],
            answer: 2,
            explanation: "Cells are small where shops are close and large where there are none: the tree puts its detail \
                          where the data is.",
        },
        Preset {
            name: "two-shops",
            label: "Two shops",
            settings: &[("points", "2"), ("capacity", "1"), ("query", "none"), ("layout", "pair")],
            seed: 1,
            question: "A cell holds one shop. A second one opens 1/1024 of the map away. How many splits does it take to part them?",
            choices: &["1", "2", "10", "1,024"],
            answer: 2,
            explanation: "Every split halves the square, and both shops stay in the same half until it is as small as the \
                          gap between them: ten halvings. On both sides of a split line, one split is enough.",
        },
        Preset {
            name: "same-spot",
            label: "Same spot",
            settings: &[("points", "10"), ("depth", "8"), ("query", "none"), ("layout", "same")],
            seed: 1,
            question: "Ten points share one spot, and a cell holds four. How often will the tree split?",
            choices: &["never: splitting cannot help", "twice", "as deep as it may", "for ever"],
            answer: 2,
            explanation: "No split can part points at one place. Only the depth limit ends it: after 8 splits the last leaf \
                          holds all ten, six more than fit.",
        },
        Preset {
            name: "query-everything",
            label: "Query everything",
            settings: &[("side", "100")],
            seed: 42,
            question: "The box is the whole map. How much work is the tree, compared with testing all 1,000 points in turn?",
            choices: &["a tenth of it", "the same", "two thirds more"],
            answer: 2,
            explanation: "Nothing can be pruned: every point is tested, and the 669 nodes on the way come on top. An index \
                          pays only when it can leave something out.",
        },
    ],
    actions: &[
        ActionKind { name: "add", label: "Add points", key: "a", target: "@plane", often: false },
        ActionKind { name: "move", label: "Move the query", key: "m", target: "query@plane", often: false },
        ActionKind { name: "size", label: "Size the query", key: "s", target: "corner@plane", often: false },
    ],
    panels: &[
        Panel { name: "plane", title: "The plane", place: Place::Stage, height: map::HEIGHT },
        Panel { name: "tree", title: "The tree", place: Place::Side, height: 190 },
        Panel { name: "work", title: "Work, beside testing every point", place: Place::Side, height: 100 },
    ],
    time: Some(TimeChart {
        title: "Event by event",
        axis: "count",
        format: Format::Number,
        series: &[
            Series { label: "nodes looked at", line: Line::Measured, presets: SEARCHES },
            Series { label: "tested", line: Line::Measured, presets: SEARCHES },
            Series { label: "found", line: Line::Measured, presets: SEARCHES },
            Series { label: "nodes", line: Line::Measured, presets: GROWTH },
            Series { label: "points", line: Line::Measured, presets: GROWTH },
            Series { label: "nodes", line: Line::Measured, presets: CHAINS },
            Series { label: "depth", line: Line::Measured, presets: CHAINS },
            Series { label: "depth at most", line: Line::Bound, presets: CHAINS },
        ],
    }),
    sweep: Some(Sweep {
        title: "Points tested, by points in the tree",
        param: "points",
        axis: "points tested",
        format: Format::Number,
        log: true,
    }),
    limits: &[
        "at most 5,000 points, of which at most 1,000 move",
        "cells at the depth limit are not split: they overflow",
        "points on the outer edge are moved inside, points outside are refused",
        "a query may be empty or larger than the world",
    ],
};

/// The experiment of some settings: points that move make a story of their own.
pub fn story(settings: &Settings) -> Story {
    if settings.get(MOTION) == 1 {
        return Story::Motion;
    }
    match settings.preset {
        1 | 3 => Story::Arrivals,
        2 => Story::NextDoor,
        _ => Story::Search,
    }
}

/// What some settings ask.
pub fn kind(settings: &Settings) -> story::Kind {
    match settings.get(QUERY) {
        1 => story::Kind::Box,
        2 => story::Kind::Circle,
        3 => story::Kind::Nearest,
        _ => story::Kind::Nothing,
    }
}

/// Where the points of some settings lie.
pub fn layout(settings: &Settings) -> Layout {
    match settings.get(LAYOUT) {
        1 => Layout::Towns,
        2 => Layout::Diagonal,
        3 => Layout::Grid,
        4 => Layout::Same,
        5 => Layout::Pair,
        _ => Layout::Uniform,
    }
}
