//! Entities and how many of one belong to another: `CUSTOMER ||--o{ ORDER : places`, with their attributes.

use std::collections::BTreeMap;
use std::ops::Range;

use super::graph::{Body, Direction, Edge, Graph, Head, Line, Node, Spot};
use super::label::Label;
use super::measure::Face;
use super::problem::{Problem, shown, unknown_direction};
use super::text::{Line as SourceLine, colors, lines};
use super::{EDGE_LABEL, NODE_LABEL};

const USAGE: &str =
    "a statement is `A ||--o{ B : text`, or `A { ... }` with a line `type name PK \"comment\"` for each attribute";

/// Cells of the attributes break before this many px.
const CELL: f64 = 150.0;

/// The graph that a text describes; `start` is behind the word `erDiagram`.
pub fn read(body: &str, start: usize) -> (Graph, Vec<Problem>) {
    let mut reader = Reader::default();
    for line in lines(&body[start..]) {
        if let Err(problem) = reader.line(SourceLine { at: line.at + start, ..line }) {
            reader.problems.push(problem);
        }
    }
    if let Some((_, range)) = reader.open.take() {
        let problem = Problem::syntax(range, "`{` without its closing `}`").label("opened here");
        reader.problems.push(problem.hint("close it by `}` on a line of its own"));
    }
    (reader.graph, reader.problems)
}

#[derive(Default)]
struct Reader {
    graph: Graph,
    index: BTreeMap<String, usize>,
    /// The entity whose attributes are being read.
    open: Option<(usize, Range<usize>)>,
    problems: Vec<Problem>,
}

impl Reader {
    fn line(&mut self, line: SourceLine<'_>) -> Result<(), Problem> {
        if let Some((entity, _)) = self.open {
            if line.text == "}" {
                self.open = None;
                return Ok(());
            }
            return self.attribute(entity, &line);
        }
        let (word, rest) = line.word();
        match word {
            "direction" => {
                self.graph.direction =
                    Direction::named(rest).ok_or_else(|| unknown_direction(rest, line.place(rest)))?;
                Ok(())
            }
            "classDef" | "style" => {
                self.problems.push(colors(line.place(word), word));
                Ok(())
            }
            "class" => Ok(()),
            _ => match relation(line.text) {
                Some(relation) => self.relation(relation, &line),
                None => self.entity(&line),
            },
        }
    }

    fn node(&mut self, written: &str, line: &SourceLine<'_>) -> Result<usize, Problem> {
        let written = written.split(":::").next().unwrap_or_default().trim();
        let (id, label) = written
            .split_once('[')
            .map_or((written, None), |(id, label)| (id.trim(), Some(label.trim_end_matches(']'))));
        let quoted = id.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
        let id = quoted.unwrap_or(id);
        if id.is_empty() || (quoted.is_none() && id.contains(char::is_whitespace)) {
            let message = format!("unexpected `{}`", shown(line.word().0));
            return Err(Problem::syntax(line.range(), message).label("this is no statement of entities").hint(USAGE));
        }
        let idx = self.index.get(id).copied().unwrap_or_else(|| {
            let name = Label::read(id, Face::Strong, NODE_LABEL);
            let body = Body::Entity { name, rows: Vec::new() };
            self.graph.nodes.push(Node { id: id.to_owned(), body, group: None });
            self.index.insert(id.to_owned(), self.graph.nodes.len() - 1);
            self.graph.nodes.len() - 1
        });
        if let (Some(label), Body::Entity { name, .. }) = (label, &mut self.graph.nodes[idx].body) {
            *name = Label::read(label.trim().trim_matches('"'), Face::Strong, NODE_LABEL);
        }
        Ok(idx)
    }

    /// `A`, `A["Label"]`, `A {`.
    fn entity(&mut self, line: &SourceLine<'_>) -> Result<(), Problem> {
        let opens = line.text.strip_suffix('{');
        let text = opens.unwrap_or(line.text).trim().trim_end_matches("{}").trim();
        let idx = self.node(text, line)?;
        if opens.is_some() {
            self.open = Some((idx, line.range()));
        }
        Ok(())
    }

    /// `type name PK, FK "comment"`.
    fn attribute(&mut self, entity: usize, line: &SourceLine<'_>) -> Result<(), Problem> {
        let (words, comment) = line
            .text
            .split_once('"')
            .map_or((line.text, ""), |(words, comment)| (words, comment.trim_end_matches('"')));
        let mut words = words.split_whitespace();
        let (Some(kind), Some(name)) = (words.next(), words.next()) else {
            return Err(Problem::syntax(line.range(), "an attribute that cannot be read")
                .label("expected a type and a name")
                .hint("write `string name PK \"comment\"`"));
        };
        let keys: Vec<&str> = words.collect();
        let cells = [kind, name, &keys.join(" "), comment].map(|it| Label::read(it, Face::Small, CELL));
        if let Body::Entity { rows, .. } = &mut self.graph.nodes[entity].body {
            rows.push(cells.to_vec());
        }
        Ok(())
    }

    fn relation(&mut self, relation: Relation<'_>, line: &SourceLine<'_>) -> Result<(), Problem> {
        let (to, label) =
            relation.to.split_once(':').map_or((relation.to, ""), |(to, label)| (to.trim(), label.trim()));
        let (from, to) = (self.node(relation.from, line)?, self.node(to, line)?);
        let mut edge = Edge::new(Spot::Node(from), Spot::Node(to));
        edge.line = relation.line;
        edge.heads = relation.heads;
        edge.label = Label::read(label.trim_matches('"'), Face::Small, EDGE_LABEL);
        self.graph.edges.push(edge);
        Ok(())
    }
}

/// A relation as written.
struct Relation<'a> {
    from: &'a str,
    to: &'a str,
    line: Line,
    heads: [Head; 2],
}

/// How many, at the start of a line and at its end.
const MANY: [(&str, &str, Head); 4] = [
    ("||", "||", Head::One),
    ("|o", "o|", Head::ZeroOrOne),
    ("}|", "|{", Head::OneOrMany),
    ("}o", "o{", Head::ZeroOrMany),
];

/// `A ||--o{ B`.
fn relation(text: &str) -> Option<Relation<'_>> {
    for (stroke, line) in [("--", Line::Solid), ("..", Line::Dotted), (".-", Line::Dotted), ("-.", Line::Dotted)] {
        for (at, _) in text.match_indices(stroke) {
            let first = MANY.iter().find(|(sign, _, _)| text[..at].ends_with(sign));
            let last = MANY.iter().find(|(_, sign, _)| text[at + 2..].starts_with(sign));
            if let (Some(first), Some(last)) = (first, last) {
                let (from, to) = (text[..at - 2].trim(), text[at + 4..].trim());
                return Some(Relation { from, to, line, heads: [first.2, last.2] });
            }
        }
    }
    None
}
