//! What is measured in a run, and what theory says about it: the meters, the charts.

use demo_kit::{Measures, Meter, Settings, num, text};

use crate::manifest::{self, CAPACITY, DEPTH, POINTS, SIDE};
use crate::points::Layout;
use crate::search::{Query, Search};
use crate::story::{Event, Kind, Quadtree, Story};
use crate::theory::{Expected, deepest, expected};

/// A formula that is not shown before the reader has seen an event: it would answer the question.
const NOT_YET: &str = "\u{a0}";

/// What to expect of the run's points and its box, where theory knows: for points that lie anywhere alike.
pub fn expectation(run: &Quadtree) -> Option<Expected> {
    let Query::Box { edges } = run.search.query else { return None };
    is_uniform(&run.setup).then(|| expectation_of(&run.setup, run.tree.points.len(), edges))
}

/// The deepest that the run's tree can be; nothing to say when it holds fewer than two points, or two at one place.
pub fn bound(run: &Quadtree) -> Option<f64> {
    let closest = run.closest().filter(|squared| *squared > 0.0)?;
    Some(deepest(closest))
}

impl Measures for Quadtree {
    fn meters(&self) -> Vec<Meter> {
        let begun = self.event != Event::Setup;
        let known = self.is_searching() && begun;
        let search = &self.search;
        let theory = expectation(self).filter(|_| known && search.is_done());
        let tested = known.then_some(search.tested as f64);
        let visited = known.then_some(search.visited as f64);
        let overlap = if theory.is_some() { "Σ squares · points of a leaf" } else { NOT_YET };
        let opened = if theory.is_some() { "1 + Σ squares · 4 · P(split)" } else { NOT_YET };
        vec![
            Meter::new("points tested", overlap, tested, theory.map(|it| it.tested), None, num::number),
            Meter::new("nodes looked at", opened, visited, theory.map(|it| it.visited), None, num::number),
            nodes(self, begun),
            depth(self, begun),
        ]
    }

    // One value per series of the manifest's chart, as far as they belong to the run's preset.
    fn sample(&self) -> Vec<Option<f64>> {
        let search = &self.search;
        let of_search = |count: usize| self.is_searching().then_some(count as f64);
        let of_tree = |count: usize| Some(count as f64);
        let mut out = vec![None; 8];
        match self.setup.preset {
            1 => {
                out[3] = of_tree(self.tree.nodes.len());
                out[4] = of_tree(self.tree.points.len());
            }
            2 | 3 => {
                out[5] = of_tree(self.tree.nodes.len());
                out[6] = of_tree(usize::from(self.tree.depth));
                // Before anything has happened it would answer the question.
                out[7] = if self.event == Event::Setup { None } else { bound(self).map_or_else(|| limit(self), Some) };
            }
            _ => {
                out[0] = of_search(search.visited);
                out[1] = of_search(search.tested);
                out[2] = of_search(search.found.len());
            }
        }
        out
    }

    // The points that the query tests at the end of the story; without a query, those that a box of its size would.
    fn outcome(&self) -> Option<f64> {
        if self.asked.kind != Kind::Nothing {
            return Some(self.search.tested as f64);
        }
        let mut asked = self.asked;
        asked.kind = Kind::Box;
        Some(Search::run(&self.tree, asked.query()).tested as f64)
    }

    // What theory says about [`outcome`].
    fn theory(settings: &Settings) -> Option<f64> {
        let half = settings.get(SIDE) as f64 / 200.0;
        let edges = [0.5 - half, 0.5 - half, 0.5 + half, 0.5 + half];
        let of_box = matches!(manifest::kind(settings), Kind::Nothing | Kind::Box);
        (of_box && is_uniform(settings)).then(|| expectation_of(settings, settings.count(POINTS), edges).tested)
    }
}

fn expectation_of(settings: &Settings, count: usize, edges: [f64; 4]) -> Expected {
    expected(count, settings.count(CAPACITY), settings.count(DEPTH), edges)
}

fn is_uniform(settings: &Settings) -> bool {
    manifest::layout(settings) == Layout::Uniform && manifest::story(settings) != Story::Motion
}

fn limit(run: &Quadtree) -> Option<f64> {
    // Two points at one place: only the limit ends it.
    (run.tree.points.len() > 1).then_some(f64::from(run.tree.max_depth))
}

fn nodes(run: &Quadtree, begun: bool) -> Meter {
    let measured = Some(run.tree.nodes.len() as f64);
    let (formula, theory) =
        if begun { ("4 · splits + 1", Some((4 * run.tree.splits() + 1) as f64)) } else { (NOT_YET, None) };
    Meter::new("nodes of the tree", formula, measured, theory, None, num::number)
}

fn depth(run: &Quadtree, begun: bool) -> Meter {
    let depth = f64::from(run.tree.depth);
    let mut meter = Meter::new("depth", NOT_YET, Some(depth), None, None, num::number);
    let (formula, most) = match (bound(run), limit(run)) {
        _ if !begun => return meter,
        (Some(most), _) => ("log₂(side / closest) + 3/2", most),
        (None, Some(most)) => ("depth limit: two points coincide", most),
        _ => return meter,
    };
    meter.formula = formula;
    meter.theory = text::join(&["≤ ", &num::number(most)]);
    meter.difference = if depth <= most { "holds" } else { "broken" }.into();
    meter
}
