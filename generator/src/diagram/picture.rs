//! A graph with its places becomes a drawing: frames behind, then lines, then boxes, with their labels.

use crate::drawing::{Drawing, Mark};

use super::graph::{Body, Edge, Graph, Head, Spot};
use super::layout::{Places, Route};
use super::lines;
use super::measure::Face;
use super::paint::Paint;
use super::shape::{Area, Point, draw, meet, meet_box, rect, text};

/// The drawing of a graph.
pub fn picture(graph: &Graph, places: &Places) -> Drawing {
    let mut paint = Paint::default();
    let mut order: Vec<usize> = places.groups.keys().copied().collect();
    order.sort_by_key(|idx| (depth(graph, *idx), *idx));
    for idx in order {
        paint.push(frame(graph, idx, &places.groups[&idx]));
    }
    let mut labels = Vec::new();
    for (idx, route) in &places.edges {
        let edge = &graph.edges[*idx];
        let points = clipped(graph, places, edge, route);
        lines::draw(&points, edge.line, edge.heads).into_iter().for_each(|mark| paint.push(mark));
        labels.extend(edge_labels(edge, &points, route));
    }
    for (idx, area) in &places.nodes {
        paint.push(draw(&graph.nodes[*idx].body, area));
    }
    labels.extend(places.groups.iter().filter_map(|(idx, area)| title(graph, *idx, area)));
    labels.into_iter().for_each(|mark| paint.push(mark));
    paint.finish()
}

fn depth(graph: &Graph, group: usize) -> usize {
    (0..graph.groups.len()).filter(|it| graph.within(Spot::Group(group), *it)).count()
}

fn frame(graph: &Graph, idx: usize, area: &Area) -> Mark {
    let class = if graph.groups[idx].region { "group region" } else { "group" };
    Mark::Group { class, marks: vec![rect("frame", area, 2.0)] }
}

/// The title of a group, in front of the lines that cross its frame.
fn title(graph: &Graph, idx: usize, area: &Area) -> Option<Mark> {
    let title = Some(&graph.groups[idx].title).filter(|it| !it.is_empty())?;
    Some(text("s small title", title, Face::Small, area.left() + 10.0, area.top() + 7.0 + title.height / 2.0))
}

/// The way from outline to outline.
fn clipped(graph: &Graph, places: &Places, edge: &Edge, route: &Route) -> Vec<Point> {
    let mut points = route.points.clone();
    if points.len() < 2 {
        return points;
    }
    points.reverse();
    clip_end(graph, places, edge.from, &mut points);
    points.reverse();
    clip_end(graph, places, edge.to, &mut points);
    points
}

/// Ends the way where it meets the outline of its last box.
fn clip_end(graph: &Graph, places: &Places, spot: Spot, points: &mut Vec<Point>) {
    let area = match spot {
        Spot::Node(idx) => places.nodes.get(&idx),
        Spot::Group(idx) => places.groups.get(&idx),
    };
    let Some(area) = area else { return };
    // The last bend outside the box is what the line comes from.
    while points.len() > 2 && area.holds(points[points.len() - 2]) {
        points.pop();
    }
    let from = points[points.len() - 2];
    if area.holds(from) {
        return;
    }
    let last = points.len() - 1;
    points[last] = match spot {
        Spot::Node(idx) if is_straight(&graph.nodes[idx].body) => enter(area, from, points[last]),
        Spot::Node(idx) => meet(&graph.nodes[idx].body, area, from),
        Spot::Group(_) if area.holds(points[last]) => enter(area, from, points[last]),
        Spot::Group(_) => meet_box(area, from),
    };
}

/// True for boxes that fill their rectangle: a line ends where it enters that.
fn is_straight(body: &Body) -> bool {
    matches!(body, Body::Class { .. } | Body::Entity { .. } | Body::Note(_))
}

/// Where the line from a place outside to one inside enters a rectangle.
fn enter(area: &Area, from: Point, to: Point) -> Point {
    let (mut outside, mut inside) = (from, to);
    // Halving finds the frame to less than a hundredth of a px.
    for _ in 0..24 {
        let middle = ((outside.0 + inside.0) / 2.0, (outside.1 + inside.1) / 2.0);
        *(if area.holds(middle) { &mut inside } else { &mut outside }) = middle;
    }
    outside
}

fn edge_labels(edge: &Edge, points: &[Point], route: &Route) -> Vec<Mark> {
    let mut marks = Vec::new();
    if let Some(area) = route.label {
        let text = text("t small", &edge.label, Face::Small, area.x, area.y);
        marks.push(Mark::Group { class: "label", marks: vec![rect("ground", &area, 2.0), text] });
    }
    if points.len() < 2 {
        return marks;
    }
    let mut way = points.to_vec();
    for (idx, label) in edge.end_labels.iter().enumerate().rev() {
        if !label.is_empty() {
            marks.push(end_label(label, &way, edge.heads[idx]));
        }
        way.reverse();
    }
    marks
}

/// A short label beside the end of a line, behind its head.
fn end_label(label: &super::label::Label, way: &[Point], head: Head) -> Mark {
    let tip = way[way.len() - 1];
    let back = lines::before_end(way, lines::reach(head) + 12.0);
    let steep = (tip.1 - back.1).abs() > (tip.0 - back.0).abs();
    let (x, y) = if steep {
        (back.0 + label.width / 2.0 + 7.0, back.1)
    } else {
        (back.0 + (back.0 - tip.0).signum() * label.width / 2.0, back.1 - label.height / 2.0 - 3.0)
    };
    Mark::Group { class: "label", marks: vec![text("t small", label, Face::Small, x, y)] }
}
