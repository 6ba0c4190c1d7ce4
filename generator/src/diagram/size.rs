//! How much work a graph is to lay out, before it is done: what nobody could read is refused, and nothing hangs.

use super::graph::{Graph, Spot};

/// More boxes than this are no picture any more.
pub const MAX_NODES: usize = 100;
/// The same of lines.
pub const MAX_EDGES: usize = 200;
/// The same of groups inside groups.
const MAX_DEPTH: usize = 8;
/// Ranks that all lines together may span. The layout puts a stand-in on each rank that a line passes, and its time
/// grows with the square of their number: this many take about a second.
const MAX_SPAN: usize = 1200;
/// A line spans no more ranks than this, however long it is written.
pub const MAX_LENGTH: u32 = 5;

/// What is too large about a graph, and the limit.
pub fn too_large(graph: &Graph) -> Option<(String, String)> {
    let (n_nodes, n_edges) = (graph.nodes.len() + graph.groups.len(), graph.edges.len());
    let limit = format!("at most {MAX_NODES} boxes and {MAX_EDGES} lines are drawn");
    if n_nodes > MAX_NODES {
        return Some((format!("{n_nodes} boxes in a diagram"), limit));
    }
    if n_edges > MAX_EDGES {
        return Some((format!("{n_edges} lines in a diagram"), limit));
    }
    let depth = |group| (0..graph.groups.len()).filter(|it| graph.within(Spot::Group(group), *it)).count();
    if (0..graph.groups.len()).map(depth).max().unwrap_or_default() >= MAX_DEPTH {
        let what = format!("groups nested more than {MAX_DEPTH} deep in a diagram");
        return Some((what, format!("at most {MAX_DEPTH} are drawn")));
    }
    let span = span(graph);
    if span > MAX_SPAN {
        let what = format!("lines that span {span} ranks in all");
        return Some((what, format!("at most {MAX_SPAN} are drawn")));
    }
    None
}

/// The ranks that all lines span, if each box stands as low as the lines above it demand.
fn span(graph: &Graph) -> usize {
    let edges = forward(graph);
    let mut ranks = vec![0_usize; graph.nodes.len()];
    // As in Bellman and Ford: without cycles, no path is longer than there are boxes.
    for _ in 0..graph.nodes.len() {
        let mut moved = false;
        for (from, to, length) in &edges {
            let rank = ranks[*from] + length;
            moved |= rank > ranks[*to];
            ranks[*to] = ranks[*to].max(rank);
        }
        if !moved {
            break;
        }
    }
    edges.iter().map(|(from, to, _)| ranks[*to] - ranks[*from]).sum()
}

/// The lines between boxes, those that close a cycle turned round.
fn forward(graph: &Graph) -> Vec<(usize, usize, usize)> {
    let first = |spot: Spot| match spot {
        Spot::Node(idx) => Some(idx),
        Spot::Group(group) => (0..graph.nodes.len()).find(|idx| graph.within(Spot::Node(*idx), group)),
    };
    let ends =
        graph.edges.iter().filter_map(|it| Some((first(it.from)?, first(it.to)?, it.length.min(MAX_LENGTH) as usize)));
    let mut edges: Vec<(usize, usize, usize)> = ends.filter(|(from, to, _)| from != to).collect();
    let mut out = vec![Vec::new(); graph.nodes.len()];
    for (idx, (from, _, _)) in edges.iter().enumerate() {
        out[*from].push(idx);
    }
    // Depth first: a line to a box that is still open closes a cycle.
    let mut state = vec![Seen::Not; graph.nodes.len()];
    let mut turned = Vec::new();
    for root in 0..graph.nodes.len() {
        let mut path = if state[root] == Seen::Not { vec![(root, 0)] } else { Vec::new() };
        while let Some((node, nth)) = path.pop() {
            state[node] = Seen::Open;
            let Some(edge) = out[node].get(nth) else {
                state[node] = Seen::Done;
                continue;
            };
            path.push((node, nth + 1));
            match state[edges[*edge].1] {
                Seen::Not => path.push((edges[*edge].1, 0)),
                Seen::Open => turned.push(*edge),
                Seen::Done => {}
            }
        }
    }
    for idx in turned {
        let (from, to, length) = edges[idx];
        edges[idx] = (to, from, length);
    }
    edges
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Not,
    Open,
    Done,
}

#[cfg(test)]
mod tests {
    use super::span;
    use crate::diagram::flowchart;

    fn check(text: &str, expected: usize) {
        assert_eq!(span(&flowchart::read(text, 0).0), expected, "{text}");
    }

    #[test]
    fn lines_span_the_ranks_that_the_longest_way_demands() {
        check("\nA --> B --> C", 2);
        check("\nA --> B --> C\nA --> C", 4);
        check("\nA --> B --> A\nB --> B", 2);
        check("\nA -----> B\nA --> B", 8);
        check("\nsubgraph g\nA\nend\ng --> B", 1);
    }
}
