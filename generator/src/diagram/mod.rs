//! The text of a ```` ```mermaid ```` fence -> a drawing: grammar, layout, marks. One text at a time; no disk, no ids.
//!
//! Each kind of diagram has a grammar of its own. Flowcharts, states, classes and entities become a [`graph::Graph`]
//! and are laid out in ranks; sequences have a layout of their own.

mod class;
mod cursor;
mod entity;
mod flow_link;
mod flow_shape;
mod flowchart;
mod graph;
mod label;
mod layout;
mod lines;
mod measure;
mod paint;
mod picture;
mod problem;
mod sequence;
mod sequence_picture;
mod shape;
mod size;
mod state;
mod text;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::diagnostic::{Code, nearest};
use crate::drawing::Drawing;

use graph::Graph;
use layout::Spacing;
pub use problem::Problem;
use sequence::Sequence;
use text::Text;

/// What became of a fence.
#[derive(Clone, Debug, Default)]
pub struct Diagram {
    /// `None` if something stood in the way.
    pub drawing: Option<Drawing>,
    /// The `title:` of the text's front matter.
    pub heading: Option<String>,
    /// `accTitle`.
    pub title: Option<String>,
    /// `accDescr`.
    pub description: Option<String>,
    pub problems: Vec<Problem>,
}

/// Labels of boxes break before this many px: about 24 letters.
const NODE_LABEL: f64 = 190.0;
/// Labels of lines.
const EDGE_LABEL: f64 = 140.0;
/// Titles of groups.
const TITLE: f64 = 220.0;

/// More participants than this are no picture any more.
const MAX_ACTORS: usize = 40;
/// The same of what they do.
const MAX_STEPS: usize = 500;

/// How a kind of diagram begins.
const KINDS: [(&str, Kind); 8] = [
    ("flowchart", Kind::Flowchart),
    ("flowchart-elk", Kind::Flowchart),
    ("graph", Kind::Flowchart),
    ("sequenceDiagram", Kind::Sequence),
    ("stateDiagram-v2", Kind::State),
    ("stateDiagram", Kind::State),
    ("classDiagram", Kind::Class),
    ("erDiagram", Kind::Entity),
];

/// Kinds that Mermaid has and that are not drawn here.
const OTHERS: [&str; 24] = [
    "gantt",
    "pie",
    "journey",
    "gitGraph",
    "mindmap",
    "timeline",
    "quadrantChart",
    "requirementDiagram",
    "C4Context",
    "C4Container",
    "C4Component",
    "C4Dynamic",
    "C4Deployment",
    "sankey-beta",
    "sankey",
    "xychart-beta",
    "xychart",
    "block-beta",
    "block",
    "packet-beta",
    "packet",
    "kanban",
    "architecture-beta",
    "radar-beta",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Flowchart,
    Sequence,
    State,
    Class,
    Entity,
}

/// Draws the text of a fence.
///
/// A panic, in the layout or anywhere, is a complaint about this text, not the end of the build.
pub fn diagram(written: &str) -> Diagram {
    catch_unwind(AssertUnwindSafe(|| read(written))).unwrap_or_else(|_| {
        let problem = Problem::syntax(first_word(written), "the layout of this diagram failed")
            .label("a fault of the program, not of the text")
            .hint("leave out lines or groups until it is drawn, and report the text as a bug");
        Diagram { problems: vec![problem], ..Diagram::default() }
    })
}

fn read(written: &str) -> Diagram {
    let Text { body, heading, title, description, mut problems } = text::read(written);
    let drawing = match kind(&body) {
        Ok((kind, behind)) => {
            let (drawing, found) = draw(kind, &body, behind);
            problems.extend(found);
            drawing
        }
        Err(problem) => {
            problems.push(problem);
            None
        }
    };
    problems.sort_by_key(|it| it.range.start);
    Diagram { drawing, heading, title, description, problems }
}

/// The kind of a diagram, and the offset behind its name.
fn kind(body: &str) -> Result<(Kind, usize), Problem> {
    let known = "the kinds are `flowchart`, `sequenceDiagram`, `stateDiagram-v2`, `classDiagram` and `erDiagram`";
    let start = body.len() - body.trim_start().len();
    let word = body[start..].split(|c: char| c.is_whitespace() || c == ';').next().unwrap_or_default();
    let range = start..start + word.len();
    if word.is_empty() {
        return Err(Problem::syntax(0..0, "an empty diagram")
            .label("expected a kind, such as `flowchart TB`")
            .hint(known));
    }
    if let Some((name, kind)) = KINDS.iter().find(|(name, _)| *name == word) {
        return Ok((*kind, start + name.len()));
    }
    if OTHERS.contains(&word) {
        let what = format!("a diagram of the kind `{word}`");
        return Err(Problem::new(Code::UnsupportedDiagram, range, what).label("not drawn by this program").hint(known));
    }
    let problem = Problem::syntax(range, format!("unknown kind of diagram `{}`", problem::shown(word)));
    Err(match nearest(word, KINDS.iter().map(|(name, _)| *name)) {
        Some(near) => problem.hint(format!("did you mean `{near}`?")),
        None => problem.hint(known),
    })
}

fn draw(kind: Kind, body: &str, behind: usize) -> (Option<Drawing>, Vec<Problem>) {
    let near = Spacing { nodes: 32.0, ranks: 44.0, stub: None };
    // Heads of these lines are long, and some ends have labels.
    let far = Spacing { nodes: 40.0, ranks: 68.0, stub: Some(22.0) };
    let (spacing, (graph, problems)) = match kind {
        Kind::Sequence => {
            let (sequence, problems) = sequence::read(body, behind);
            return said(&sequence, problems, body);
        }
        Kind::Flowchart => (near, flowchart::read(body, behind)),
        Kind::State => (near, state::read(body, behind)),
        Kind::Class => (far, class::read(body, behind)),
        Kind::Entity => (far, entity::read(body, behind)),
    };
    laid_out(&graph, spacing, problems, body)
}

fn said(sequence: &Sequence, mut problems: Vec<Problem>, body: &str) -> (Option<Drawing>, Vec<Problem>) {
    if !drawable(&problems) {
        return (None, problems);
    }
    let (n_actors, n_steps) = (sequence.actors.len(), sequence.steps.len());
    let what = match () {
        () if n_actors > MAX_ACTORS => format!("{n_actors} participants in a sequence"),
        () if n_steps > MAX_STEPS => format!("{n_steps} steps in a sequence"),
        () if n_actors == 0 => {
            problems.push(nothing(body));
            return (None, problems);
        }
        () => return (Some(sequence_picture::picture(sequence)), problems),
    };
    let limit = format!("at most {MAX_ACTORS} participants and {MAX_STEPS} steps are drawn");
    problems.push(large(what, limit, body));
    (None, problems)
}

/// Warnings do not keep a diagram from being drawn.
fn drawable(problems: &[Problem]) -> bool {
    problems.iter().all(|it| it.code == Code::DiagramColors)
}

fn nothing(body: &str) -> Problem {
    Problem::syntax(first_word(body), "a diagram without anything in it").label("nothing follows")
}

fn large(what: String, limit: String, body: &str) -> Problem {
    Problem::new(Code::LargeDiagram, first_word(body), what)
        .label(limit)
        .hint("nobody reads that many at once: show parts of it in several diagrams")
}

fn laid_out(
    graph: &Graph,
    spacing: Spacing,
    mut problems: Vec<Problem>,
    body: &str,
) -> (Option<Drawing>, Vec<Problem>) {
    if !drawable(&problems) {
        return (None, problems);
    }
    if let Some((what, limit)) = size::too_large(graph) {
        problems.push(large(what, limit, body));
        return (None, problems);
    }
    if graph.nodes.is_empty() && graph.groups.is_empty() {
        problems.push(nothing(body));
        return (None, problems);
    }
    let places = layout::layout(graph, spacing);
    (Some(picture::picture(graph, &places)), problems)
}

fn first_word(body: &str) -> std::ops::Range<usize> {
    let start = body.len() - body.trim_start().len();
    start..start + body[start..].find(|c: char| c.is_whitespace() || c == ';').unwrap_or(body.len() - start)
}
