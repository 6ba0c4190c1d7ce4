//! Boxes, groups of boxes and lines between them: what flowcharts, states, classes and entities have in common.

use std::collections::BTreeMap;

use super::label::Label;

/// A diagram that is laid out in ranks.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    pub direction: Direction,
    pub nodes: Vec<Node>,
    pub groups: Vec<Group>,
    pub edges: Vec<Edge>,
}

/// Where the lines lead on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    #[default]
    Down,
    Up,
    Right,
    Left,
}

impl Direction {
    /// The direction that the source calls `TB`, `LR`, ...
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "TB" | "TD" => Some(Self::Down),
            "BT" => Some(Self::Up),
            "LR" => Some(Self::Right),
            "RL" => Some(Self::Left),
            _ => None,
        }
    }
}

/// A box.
#[derive(Clone, Debug)]
pub struct Node {
    /// As in the source.
    pub id: String,
    pub body: Body,
    /// Index of the innermost group that holds it.
    pub group: Option<usize>,
}

/// What a box is.
#[derive(Clone, Debug)]
pub enum Body {
    /// A shape round a label.
    Shape(Shape, Label),
    /// Where a machine of states begins.
    Start,
    /// Where it ends.
    End,
    /// The bar of a fork or join, across the ranks.
    Bar { tall: bool },
    /// A remark.
    Note(Label),
    /// A class: name above, then compartments of rows.
    Class { stereotype: Option<Label>, name: Label, parts: Vec<Vec<Label>> },
    /// An entity: name above, then rows of cells.
    Entity { name: Label, rows: Vec<Vec<Label>> },
}

/// The outline of a box with a label.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    #[default]
    Rect,
    Round,
    Stadium,
    Subroutine,
    Cylinder,
    Circle,
    DoubleCircle,
    Flag,
    Diamond,
    Hexagon,
    /// `[/text/]`
    LeanRight,
    /// `[\text\]`
    LeanLeft,
    /// `[/text\]`
    Trapezoid,
    /// `[\text/]`
    Funnel,
}

/// Boxes in a frame.
#[derive(Clone, Debug)]
pub struct Group {
    /// As in the source.
    pub id: String,
    pub title: Label,
    /// Index of the group around it.
    pub parent: Option<usize>,
    /// If it differs from its surroundings.
    pub direction: Option<Direction>,
    /// One of several regions side by side: its frame is dashed.
    pub region: bool,
}

/// One end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    Node(usize),
    Group(usize),
}

/// A line.
#[derive(Clone, Debug)]
pub struct Edge {
    pub from: Spot,
    pub to: Spot,
    pub line: Line,
    pub label: Label,
    /// What is drawn at its start and end.
    pub heads: [Head; 2],
    /// Short labels at its start and end.
    pub end_labels: [Label; 2],
    /// Ranks that it spans at least.
    pub length: u32,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Line {
    #[default]
    Solid,
    Dotted,
    Thick,
    /// Only the layout knows it.
    Invisible,
}

/// What stands at an end of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Head {
    #[default]
    None,
    /// A filled triangle.
    Arrow,
    /// Two strokes.
    Open,
    /// A ring.
    Circle,
    Cross,
    /// A hollow triangle: is a.
    Triangle,
    /// A filled diamond: is part of, and dies with it.
    Diamond,
    /// A hollow diamond: is part of.
    HollowDiamond,
    /// Exactly one.
    One,
    /// None or one.
    ZeroOrOne,
    /// One or many.
    OneOrMany,
    /// None or many.
    ZeroOrMany,
}

impl Edge {
    /// A plain line.
    pub fn new(from: Spot, to: Spot) -> Self {
        Self {
            from,
            to,
            line: Line::Solid,
            label: Label::default(),
            heads: [Head::None; 2],
            end_labels: [Label::default(), Label::default()],
            length: 1,
        }
    }
}

impl Graph {
    /// The group that holds a node or group.
    pub fn parent(&self, spot: Spot) -> Option<usize> {
        match spot {
            Spot::Node(idx) => self.nodes[idx].group,
            Spot::Group(idx) => self.groups[idx].parent,
        }
    }

    /// True if `spot` lies in the group, at any depth.
    pub fn within(&self, spot: Spot, group: usize) -> bool {
        let mut at = self.parent(spot);
        // No chain of groups is longer than there are groups.
        for _ in 0..=self.groups.len() {
            match at {
                Some(it) if it == group => return true,
                Some(it) => at = self.groups[it].parent,
                None => return false,
            }
        }
        false
    }

    /// A node with the id of a group is that group: it was named before its group was opened, or behind it.
    pub fn join_groups(&mut self) {
        let group_of = |node: &Node| self.groups.iter().position(|it| it.id == node.id && !it.id.is_empty());
        let joined: BTreeMap<usize, usize> =
            self.nodes.iter().enumerate().filter_map(|(idx, node)| Some((idx, group_of(node)?))).collect();
        for (node, group) in &joined {
            let parent = self.nodes[*node].group.filter(|parent| parent != group);
            let is_loop = parent.is_some_and(|parent| self.within(Spot::Group(parent), *group));
            if self.groups[*group].parent.is_none() && !is_loop {
                self.groups[*group].parent = parent;
            }
        }
        let kept: Vec<usize> = (0..self.nodes.len()).filter(|idx| !joined.contains_key(idx)).collect();
        for edge in &mut self.edges {
            for spot in [&mut edge.from, &mut edge.to] {
                if let Spot::Node(idx) = *spot {
                    let new = |idx: usize| kept.partition_point(|it| *it < idx);
                    *spot = joined.get(&idx).map_or_else(|| Spot::Node(new(idx)), |group| Spot::Group(*group));
                }
            }
        }
        let mut idx = 0;
        self.nodes.retain(|_| {
            idx += 1;
            !joined.contains_key(&(idx - 1))
        });
    }
}
