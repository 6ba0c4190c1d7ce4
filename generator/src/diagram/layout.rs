//! Places for boxes, groups and lines: ranks by `rusty-mermaid-dagre`, one run for each group that stands alone.
//!
//! A group without lines across its frame is laid out by itself, in its own direction, and is a box to the rest.

use std::collections::BTreeMap;

use rusty_mermaid_core::Direction as RankDir;
use rusty_mermaid_dagre::pipeline;
use rusty_mermaid_dagre::{DagreConfig, EdgeLabel, LabelPos, NodeLabel};
use rusty_mermaid_graph::{Graph as Ranks, NodeId};

use super::graph::{Direction, Graph, Spot};
use super::shape::{Area, Point, size};
use super::size::MAX_LENGTH;

/// Distances in px.
#[derive(Clone, Copy, Debug)]
pub struct Spacing {
    /// Between boxes of a rank.
    pub nodes: f64,
    /// Between ranks.
    pub ranks: f64,
    /// Lines meet boxes at a right angle this far from them, where their heads are long.
    pub stub: Option<f64>,
}

/// Between a group's frame and what is in it, in px.
const PAD: f64 = 14.0;

/// Where everything is. A node, group or edge that has no place is not drawn.
#[derive(Clone, Debug, Default)]
pub struct Places {
    pub nodes: BTreeMap<usize, Area>,
    pub groups: BTreeMap<usize, Area>,
    pub edges: BTreeMap<usize, Route>,
}

/// The way of a line.
#[derive(Clone, Debug, Default)]
pub struct Route {
    /// From the center of one end to the center of the other.
    pub points: Vec<Point>,
    /// Where its label stands, if it has one.
    pub label: Option<Area>,
}

/// Lays out a whole graph.
pub fn layout(graph: &Graph, spacing: Spacing) -> Places {
    scope(graph, None, graph.direction, spacing)
}

/// What stands for the nodes of one run.
struct Run<'a> {
    graph: &'a Graph,
    ranks: Ranks<NodeLabel, EdgeLabel>,
    /// Boxes of this run, and groups laid out before.
    boxes: BTreeMap<Spot, NodeId>,
    /// Groups with lines across their frame.
    compounds: BTreeMap<usize, NodeId>,
    /// Insides of the groups laid out before, from their upper left corner.
    insides: BTreeMap<usize, Places>,
    /// Ranks follow each other from top to bottom or back, not sideways.
    upright: bool,
    /// Where each rank begins and ends, once it is laid out.
    bands: BTreeMap<i32, (f64, f64)>,
    spacing: Spacing,
}

/// Lays out the inside of a group, or the whole.
fn scope(graph: &Graph, group: Option<usize>, direction: Direction, spacing: Spacing) -> Places {
    let mut run = Run {
        graph,
        ranks: Ranks::new(),
        boxes: BTreeMap::new(),
        compounds: BTreeMap::new(),
        insides: BTreeMap::new(),
        upright: matches!(direction, Direction::Down | Direction::Up),
        bands: BTreeMap::new(),
        spacing,
    };
    let mut leaves = Vec::new();
    run.add_frames(group, None, &mut leaves);
    // Boxes in the order of the text, whatever frame they are in: cycles are broken where they close.
    leaves.sort_by_key(|(spot, _)| first_node(graph, *spot));
    for (spot, inside) in leaves {
        run.add_box(spot, inside, direction);
    }
    run.add_edges();
    if run.boxes.is_empty() {
        return Places::default();
    }
    let config = DagreConfig {
        rankdir: match direction {
            Direction::Down => RankDir::TB,
            Direction::Up => RankDir::BT,
            Direction::Right => RankDir::LR,
            Direction::Left => RankDir::RL,
        },
        nodesep: spacing.nodes,
        ranksep: spacing.ranks,
        edgesep: 18.0,
        ..DagreConfig::default()
    };
    pipeline::layout(&mut run.ranks, &config);
    run.face_forward();
    run.find_bands();
    run.places()
}

impl Run<'_> {
    /// Adds the frames that lines cross; gathers what is a box in this run, with the frame around it.
    fn add_frames(&mut self, group: Option<usize>, inside: Option<NodeId>, leaves: &mut Vec<(Spot, Option<NodeId>)>) {
        let graph = self.graph;
        let all = (0..graph.nodes.len()).map(Spot::Node).chain((0..graph.groups.len()).map(Spot::Group));
        for child in all.filter(|it| graph.parent(*it) == group) {
            match child {
                Spot::Group(idx) if has_children(graph, idx) && !stands_alone(graph, idx) => {
                    let id = self.add(0.0, 0.0, inside);
                    self.compounds.insert(idx, id);
                    self.add_frames(Some(idx), Some(id), leaves);
                }
                _ => leaves.push((child, inside)),
            }
        }
    }

    fn add_box(&mut self, spot: Spot, inside: Option<NodeId>, direction: Direction) {
        let (width, height) = match spot {
            Spot::Node(idx) => size(&self.graph.nodes[idx].body),
            Spot::Group(idx) => self.lay_out_inside(idx, direction),
        };
        let id = self.add(width, height, inside);
        self.boxes.insert(spot, id);
    }

    fn add(&mut self, width: f64, height: f64, inside: Option<NodeId>) -> NodeId {
        let id = self.ranks.add_node(NodeLabel::new(width, height));
        if let Some(parent) = inside {
            self.ranks.set_parent(id, parent);
        }
        id
    }

    /// Lays out a group that stands alone; returns the size of its frame.
    fn lay_out_inside(&mut self, idx: usize, direction: Direction) -> Point {
        let group = &self.graph.groups[idx];
        let mut inside = scope(self.graph, Some(idx), group.direction.unwrap_or(direction), self.spacing);
        let (left, top, right, bottom) = inside.extent().unwrap_or_default();
        let title = title_height(self.graph, idx);
        let width = (right - left).max(group.title.width + 6.0) + 2.0 * PAD;
        let extra = (width - 2.0 * PAD - (right - left)) / 2.0;
        inside.shift(PAD + extra - left, PAD + title - top);
        self.insides.insert(idx, inside);
        (width, bottom - top + title + 2.0 * PAD)
    }

    fn add_edges(&mut self) {
        for (idx, edge) in self.graph.edges.iter().enumerate() {
            let (Some(from), Some(to)) = (self.stand_in(edge.from), self.stand_in(edge.to)) else { continue };
            let mut label = EdgeLabel::new().with_minlen(edge.length.min(MAX_LENGTH) as i32);
            label.labelpos = LabelPos::Center;
            // The layout replaces edges by copies. A centered label has no offset: the place carries the edge's name.
            label.labeloffset = idx as f64;
            if !edge.label.is_empty() {
                label.width = edge.label.width + 8.0;
                label.height = edge.label.height + 4.0;
            }
            self.ranks.add_edge(from, to, label);
        }
    }

    /// The box of this run that stands for an end of a line: of a group with lines across its frame, its first box.
    fn stand_in(&self, spot: Spot) -> Option<NodeId> {
        if let Some(id) = self.boxes.get(&spot) {
            return Some(*id);
        }
        let Spot::Group(group) = spot else { return None };
        self.compounds.get(&group)?;
        self.boxes.iter().find(|(it, _)| self.graph.within(**it, group)).map(|(_, id)| *id)
    }

    fn places(mut self) -> Places {
        let mut places = Places::default();
        for (idx, id) in &self.compounds {
            places.groups.extend(area_of(&self.ranks, *id).map(|area| (*idx, area)));
        }
        let mut frames = BTreeMap::new();
        for (spot, id) in &self.boxes {
            let Some(area) = area_of(&self.ranks, *id) else { continue };
            match spot {
                Spot::Node(idx) => drop(places.nodes.insert(*idx, area)),
                Spot::Group(idx) => drop(frames.insert(*idx, area)),
            }
        }
        for edge in self.ranks.edge_ids().filter_map(|id| self.ranks.edge(id)) {
            let idx = edge.labeloffset as usize;
            places.edges.insert(idx, self.route(idx, edge, &places, &frames));
        }
        places.groups.extend(frames.iter().map(|(idx, area)| (*idx, *area)));
        fit_frames(self.graph, &self.compounds, &mut places);
        for (idx, mut inside) in std::mem::take(&mut self.insides) {
            if let Some(frame) = places.groups.get(&idx) {
                inside.shift(frame.left(), frame.top());
                places.nodes.append(&mut inside.nodes);
                places.groups.append(&mut inside.groups);
                places.edges.append(&mut inside.edges);
            }
        }
        places
    }

    /// Of the two mirror images of a layout, takes the one in which the boxes of a rank stand more in the order of the
    /// text, from left to right or from top to bottom.
    fn face_forward(&mut self) {
        let mut ranks: BTreeMap<i32, Vec<(usize, f64)>> = BTreeMap::new();
        for (spot, id) in &self.boxes {
            let Some(it) = self.ranks.node(*id) else { continue };
            let across = if self.upright { it.x } else { it.y };
            ranks.entry(it.rank).or_default().push((first_node(self.graph, *spot), across));
        }
        let mut balance = 0_i32;
        for rank in ranks.values() {
            for (idx, a) in rank.iter().enumerate() {
                balance += rank[idx + 1..].iter().map(|b| if (a.0 < b.0) == (a.1 < b.1) { 1 } else { -1 }).sum::<i32>();
            }
        }
        if balance < 0 {
            self.mirror();
        }
    }

    fn mirror(&mut self) {
        let upright = self.upright;
        for id in self.ranks.node_ids().collect::<Vec<_>>() {
            if let Some(it) = self.ranks.node_mut(id) {
                let across = if upright { &mut it.x } else { &mut it.y };
                *across = -*across;
            }
        }
        for id in self.ranks.edge_ids().collect::<Vec<_>>() {
            if let Some(it) = self.ranks.edge_mut(id) {
                let across = |x: f64, y: f64| if upright { (-x, y) } else { (x, -y) };
                (it.x, it.y) = across(it.x, it.y);
                for point in &mut it.points {
                    (point.x, point.y) = across(point.x, point.y);
                }
            }
        }
    }

    fn find_bands(&mut self) {
        for id in self.boxes.values() {
            let Some(it) = self.ranks.node(*id) else { continue };
            let (middle, size) = if self.upright { (it.y, it.height) } else { (it.x, it.width) };
            let band = self.bands.entry(it.rank).or_insert((f64::MAX, f64::MIN));
            *band = (band.0.min(middle - size / 2.0), band.1.max(middle + size / 2.0));
        }
    }

    /// The line's way: the bends that the ranks give it, between the centers of its ends.
    fn route(&self, idx: usize, edge: &EdgeLabel, places: &Places, frames: &BTreeMap<usize, Area>) -> Route {
        let written = &self.graph.edges[idx];
        let box_of = |spot: Spot| {
            let area = match spot {
                Spot::Node(idx) => places.nodes.get(&idx).copied(),
                Spot::Group(idx) => frames.get(&idx).copied(),
            };
            area.or_else(|| self.stand_in(spot).and_then(|id| area_of(&self.ranks, id)))
        };
        let label = (!written.label.is_empty()).then_some(Area {
            x: edge.x,
            y: edge.y,
            width: written.label.width + 8.0,
            height: written.label.height + 2.0,
        });
        let (Some(from), Some(to)) = (box_of(written.from), box_of(written.to)) else {
            return Route { points: Vec::new(), label };
        };
        if written.from == written.to {
            let half = if label.is_some() { written.label.height / 2.0 + 8.0 } else { 13.0 };
            return Route { points: self.loop_of(&from, edge, half), label };
        }
        let bends: Vec<Point> = edge.points.iter().map(|it| (it.x, it.y)).collect();
        let bends = bends.get(1..bends.len().saturating_sub(1)).unwrap_or_default();
        let (first, last) = (bends.first().copied(), bends.last().copied());
        let mut points = self.leave(&from, first.unwrap_or((to.x, to.y)));
        let mut before = (from.x, from.y);
        for bend in bends {
            points.extend(self.through(*bend, before));
            before = *bend;
        }
        let mut arrival = self.leave(&to, last.unwrap_or((from.x, from.y)));
        arrival.reverse();
        points.append(&mut arrival);
        Route { points, label }
    }

    /// A place by its way along the ranks and across them.
    fn place(&self, along: f64, across: f64) -> Point {
        if self.upright { (across, along) } else { (along, across) }
    }

    /// Way along the ranks and across them, of a place.
    fn parts(&self, (x, y): Point) -> (f64, f64) {
        if self.upright { (y, x) } else { (x, y) }
    }

    /// A bend between the boxes of a rank: the line runs straight from one side of the rank to the other, so that it
    /// passes a tall neighbor without cutting its corner.
    fn through(&self, bend: Point, before: Point) -> Vec<Point> {
        let (along, across) = self.parts(bend);
        let Some((start, end)) = self.bands.values().find(|(start, end)| (*start..=*end).contains(&along)) else {
            return vec![bend];
        };
        let sides = [self.place(*start, across), self.place(*end, across)];
        let [near, far] = if self.parts(before).0 <= along { sides } else { [sides[1], sides[0]] };
        vec![near, far]
    }

    /// The beginning of a line, from inside its box. Out of a rank that is taller than the box, it leaves straight,
    /// within the breadth of the box; where heads are long, always.
    fn leave(&self, area: &Area, next: Point) -> Vec<Point> {
        let center = (area.x, area.y);
        let (along, across) = self.parts(center);
        let (length, breadth) = if self.upright { (area.height, area.width) } else { (area.width, area.height) };
        let (next_along, next_across) = self.parts(next);
        let sign = if next_along > along { 1.0 } else { -1.0 };
        let band = self.bands.values().find(|(start, end)| (*start..=*end).contains(&along));
        let side = band.map_or(along, |(start, end)| if sign > 0.0 { *end } else { *start });
        let own = along + sign * length / 2.0;
        let inner = (breadth / 2.0 - 10.0).max(0.0);
        let aside = next_across.clamp(across - inner, across + inner);
        let tall = (side - own).abs() > 8.0;
        match self.spacing.stub {
            Some(stub) => {
                let clear = own + sign * stub;
                let out = if (side - along).abs() > (clear - along).abs() { side } else { clear };
                vec![self.place(along, aside), self.place(out, aside)]
            }
            None if tall => vec![center, self.place(side, aside)],
            None => vec![center],
        }
    }

    /// A line from a box to itself, beside it.
    fn loop_of(&self, area: &Area, edge: &EdgeLabel, half: f64) -> Vec<Point> {
        let (along, across) = self.parts((area.x, area.y));
        let breadth = if self.upright { area.width } else { area.height };
        let away = self.parts((edge.x, edge.y)).1 - across;
        let room = away.abs() - breadth / 2.0;
        let room = if edge.width > 0.0 { room.max(20.0) } else { room.clamp(14.0, 20.0) };
        let out = across + away.signum() * (breadth / 2.0 + room);
        let center = (area.x, area.y);
        vec![center, self.place(along - half, out), self.place(along + half, out), center]
    }
}

fn area_of(ranks: &Ranks<NodeLabel, EdgeLabel>, id: NodeId) -> Option<Area> {
    let it = ranks.node(id)?;
    Some(Area { x: it.x, y: it.y, width: it.width, height: it.height })
}

/// The place of a box or group in the text: that of its first box.
fn first_node(graph: &Graph, spot: Spot) -> usize {
    match spot {
        Spot::Node(idx) => idx,
        Spot::Group(group) => {
            (0..graph.nodes.len()).find(|idx| graph.within(Spot::Node(*idx), group)).unwrap_or(usize::MAX)
        }
    }
}

fn has_children(graph: &Graph, group: usize) -> bool {
    graph.nodes.iter().any(|it| it.group == Some(group)) || graph.groups.iter().any(|it| it.parent == Some(group))
}

/// True if no line crosses the group's frame; lines to the frame itself do not.
fn stands_alone(graph: &Graph, group: usize) -> bool {
    graph.edges.iter().all(|edge| graph.within(edge.from, group) == graph.within(edge.to, group))
}

fn title_height(graph: &Graph, group: usize) -> f64 {
    let title = &graph.groups[group].title;
    if title.is_empty() { 0.0 } else { title.height + 6.0 }
}

/// Makes room for the titles of groups with lines across their frame, and for the boxes at their edges.
fn fit_frames(graph: &Graph, compounds: &BTreeMap<usize, NodeId>, places: &mut Places) {
    // The frame holds its boxes, the inner groups first: they have the greater index.
    for idx in compounds.keys().rev() {
        let inside = |spot: Spot| graph.within(spot, *idx);
        let nodes = places.nodes.iter().filter(|(it, _)| inside(Spot::Node(**it))).map(|(_, area)| *area);
        let groups = places.groups.iter().filter(|(it, _)| inside(Spot::Group(**it))).map(|(_, area)| *area);
        let Some((left, top, right, bottom)) = extent(nodes.chain(groups)) else { continue };
        let Some(frame) = places.groups.get_mut(idx) else { continue };
        let (left, right) = (frame.left().min(left - PAD), frame.right().max(right + PAD));
        let (top, bottom) = (frame.top().min(top - PAD), frame.bottom().max(bottom + PAD));
        *frame = Area { x: (left + right) / 2.0, y: (top + bottom) / 2.0, width: right - left, height: bottom - top };
    }
    for idx in compounds.keys() {
        let Some(frame) = places.groups.get(idx).copied() else { continue };
        places.stretch(frame.top() + 0.1, title_height(graph, *idx), Axis::Down);
        let lacking = graph.groups[*idx].title.width + 2.0 * PAD - frame.width;
        if lacking > 0.0 {
            places.stretch(frame.right() - 0.1, lacking, Axis::Right);
        }
    }
}

#[derive(Clone, Copy)]
enum Axis {
    Down,
    Right,
}

impl Places {
    /// Left, top, right and bottom of everything.
    pub fn extent(&self) -> Option<(f64, f64, f64, f64)> {
        let point = |(x, y): Point| Area { x, y, width: 0.0, height: 0.0 };
        let points = self.edges.values().flat_map(|route| &route.points).map(|it| point(*it));
        let labels = self.edges.values().filter_map(|route| route.label);
        extent(self.nodes.values().chain(self.groups.values()).copied().chain(points).chain(labels))
    }

    /// Moves everything.
    pub fn shift(&mut self, dx: f64, dy: f64) {
        for (x, y) in self.edges.values_mut().flat_map(|route| &mut route.points) {
            *x += dx;
            *y += dy;
        }
        let labels = self.edges.values_mut().filter_map(|route| route.label.as_mut());
        for area in self.nodes.values_mut().chain(self.groups.values_mut()).chain(labels) {
            area.x += dx;
            area.y += dy;
        }
    }

    /// Inserts `extra` px at a line across the picture: what lies behind it moves, frames across it grow.
    fn stretch(&mut self, at: f64, extra: f64, axis: Axis) {
        let moved = |place: f64| if place >= at { place + extra } else { place };
        let pick = |point: &mut Point| match axis {
            Axis::Down => point.1 = moved(point.1),
            Axis::Right => point.0 = moved(point.0),
        };
        self.edges.values_mut().flat_map(|route| &mut route.points).for_each(pick);
        let labels = self.edges.values_mut().filter_map(|route| route.label.as_mut());
        for area in self.nodes.values_mut().chain(labels) {
            let mut center = (area.x, area.y);
            pick(&mut center);
            (area.x, area.y) = center;
        }
        for area in self.groups.values_mut() {
            let (mut start, mut end) = ((area.left(), area.top()), (area.right(), area.bottom()));
            pick(&mut start);
            pick(&mut end);
            let (width, height) = (end.0 - start.0, end.1 - start.1);
            *area = Area { x: start.0 + width / 2.0, y: start.1 + height / 2.0, width, height };
        }
    }
}

fn extent(areas: impl Iterator<Item = Area>) -> Option<(f64, f64, f64, f64)> {
    areas.fold(None, |all, it| {
        let (left, top, right, bottom) = all.unwrap_or((f64::MAX, f64::MAX, f64::MIN, f64::MIN));
        Some((left.min(it.left()), top.min(it.top()), right.max(it.right()), bottom.max(it.bottom())))
    })
}
