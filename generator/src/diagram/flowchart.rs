//! Flowcharts: `A[Client] -->|20 ms| B{Which?}`, subgraphs, directions.

use std::collections::BTreeMap;
use std::ops::Range;

use super::cursor::Cursor;
use super::flow_link::{Link, link};
use super::flow_shape::{Closing, OPENINGS, named_shape};
use super::graph::{Body, Direction, Edge, Graph, Group, Node, Shape, Spot};
use super::label::Label;
use super::measure::Face;
use super::problem::{Problem, shown, unknown_direction};
use super::text::colors;
use super::{EDGE_LABEL, NODE_LABEL, TITLE};

/// The graph that a text describes; `start` is behind the word `flowchart`.
pub fn read(body: &str, start: usize) -> (Graph, Vec<Problem>) {
    let mut flow = Flow {
        cursor: Cursor { text: body, at: start },
        graph: Graph::default(),
        index: BTreeMap::new(),
        open: Vec::new(),
        problems: Vec::new(),
    };
    flow.header();
    flow.statements();
    (flow.graph, flow.problems)
}

struct Flow<'a> {
    cursor: Cursor<'a>,
    graph: Graph,
    /// Nodes by id, until all groups are known.
    index: BTreeMap<&'a str, usize>,
    /// Subgraphs not yet closed, with the place of their word.
    open: Vec<(usize, Range<usize>)>,
    problems: Vec<Problem>,
}

/// What went wrong in a statement; the rest of its line is skipped.
type Read<T> = Result<T, Problem>;

const USAGE: &str = "a statement is `A[text] --> B[text]`, `subgraph id [title]` ... `end` or `direction LR`";

impl<'a> Flow<'a> {
    fn header(&mut self) {
        self.cursor.spaces();
        if self.cursor.at_end() {
            return;
        }
        let range = self.cursor.word_range();
        let word = self.cursor.while_char(|c| !c.is_whitespace() && c != ';');
        match Direction::named(word) {
            Some(direction) => self.graph.direction = direction,
            None => self.problems.push(unknown_direction(word, range)),
        }
    }

    fn statements(&mut self) {
        loop {
            self.cursor.between();
            if self.cursor.peek().is_none() {
                break;
            }
            if let Err(problem) = self.statement() {
                self.problems.push(problem);
                self.cursor.line();
            }
        }
        for (_, range) in std::mem::take(&mut self.open) {
            self.problems.push(
                Problem::syntax(range, "`subgraph` without its `end`").label("opened here").hint("close it by `end`"),
            );
        }
        self.graph.join_groups();
    }

    fn statement(&mut self) -> Read<()> {
        let start = self.cursor.at;
        if self.cursor.keyword("subgraph") {
            return self.subgraph(start..start + "subgraph".len());
        }
        if self.cursor.keyword("end") {
            return match self.open.pop() {
                Some(_) => self.end_of_statement(),
                None => Err(Problem::syntax(start..start + 3, "`end` without a `subgraph`")
                    .label("nothing is open here")
                    .hint("a node cannot be called `end`: write `End`")),
            };
        }
        if self.cursor.keyword("direction") {
            return self.direction();
        }
        for word in ["style", "classDef", "linkStyle"] {
            if self.cursor.keyword(word) {
                self.cursor.line();
                self.problems.push(colors(start..start + word.len(), word));
                return Ok(());
            }
        }
        if self.cursor.keyword("class") {
            // Without colors there is nothing that a class could choose.
            self.cursor.line();
            return Ok(());
        }
        if self.cursor.keyword("click") {
            return Err(Problem::syntax(start..start + 5, "`click` in a diagram")
                .label("a picture has no links")
                .hint("put the link into the text or into the `notice` of the fence"));
        }
        self.chain()
    }

    fn end_of_statement(&mut self) -> Read<()> {
        self.cursor.spaces();
        if self.cursor.at_end() {
            return Ok(());
        }
        let range = self.cursor.word_range();
        let word = &self.cursor.text[range.clone()];
        Err(Problem::syntax(range, format!("unexpected `{}`", shown(word)))
            .label("expected the end of the line")
            .hint(USAGE))
    }

    fn direction(&mut self) -> Read<()> {
        self.cursor.spaces();
        let range = self.cursor.word_range();
        let word = self.cursor.while_char(|c| !c.is_whitespace() && c != ';');
        let Some(direction) = Direction::named(word) else { return Err(unknown_direction(word, range)) };
        match self.open.last() {
            Some((group, _)) => self.graph.groups[*group].direction = Some(direction),
            None => self.graph.direction = direction,
        }
        self.end_of_statement()
    }

    fn subgraph(&mut self, range: Range<usize>) -> Read<()> {
        self.cursor.spaces();
        let written = self.cursor.clone();
        let id = self.cursor.while_char(is_id);
        self.cursor.spaces();
        let (id, title) = if !id.is_empty() && self.cursor.take("[") {
            let title = self.text_until(&["]"])?.0;
            (id.to_owned(), title)
        } else {
            // The whole line is the title, and names the group.
            self.cursor = written;
            let line = self.cursor.statement();
            let title = line.trim_matches('"').to_owned();
            (title.clone(), title)
        };
        let idx = self.graph.groups.len();
        self.graph.groups.push(Group {
            id,
            title: Label::read(&title, Face::Small, TITLE),
            parent: self.open.last().map(|(group, _)| *group),
            direction: None,
            region: false,
        });
        self.open.push((idx, range));
        self.end_of_statement()
    }

    /// `A & B --> C -->|label| D`.
    fn chain(&mut self) -> Read<()> {
        let mut from = self.nodes()?;
        loop {
            self.cursor.spaces();
            if self.cursor.at_end() {
                return Ok(());
            }
            let start = self.cursor.at;
            let Some(link) = link(&mut self.cursor)? else { return self.end_of_statement() };
            self.cursor.spaces();
            if self.cursor.at_end() {
                return Err(Problem::syntax(start..self.cursor.at, "a line that leads nowhere")
                    .label("expected a node behind it")
                    .hint("write `A --> B`"));
            }
            let to = self.nodes()?;
            self.connect(&from, &to, &link);
            from = to;
        }
    }

    fn connect(&mut self, from: &[usize], to: &[usize], link: &Link<'_>) {
        for from in from {
            for to in to {
                let mut edge = Edge::new(Spot::Node(*from), Spot::Node(*to));
                edge.line = link.line;
                edge.heads = link.heads;
                edge.length = link.length;
                edge.label = link.label.map(|it| Label::read(it, Face::Small, EDGE_LABEL)).unwrap_or_default();
                self.graph.edges.push(edge);
            }
        }
    }

    fn nodes(&mut self) -> Read<Vec<usize>> {
        let mut nodes = vec![self.node()?];
        loop {
            let before = self.cursor.at;
            self.cursor.spaces();
            if !self.cursor.take("&") {
                self.cursor.at = before;
                return Ok(nodes);
            }
            self.cursor.spaces();
            nodes.push(self.node()?);
        }
    }

    fn node(&mut self) -> Read<usize> {
        let id = self.id()?;
        let idx = match self.index.get(id) {
            Some(idx) => *idx,
            None => {
                let body = Body::Shape(Shape::Rect, Label::read(id, Face::Text, NODE_LABEL));
                let idx = self.graph.nodes.len();
                self.graph.nodes.push(Node { id: id.to_owned(), body, group: None });
                self.index.insert(id, idx);
                idx
            }
        };
        if let (Some((group, _)), None) = (self.open.last(), self.graph.nodes[idx].group) {
            self.graph.nodes[idx].group = Some(*group);
        }
        if let Some((shape, label)) = self.shape()? {
            let label = label.map(|it| Label::read(&it, Face::Text, NODE_LABEL));
            if let Body::Shape(old_shape, old_label) = &mut self.graph.nodes[idx].body {
                *old_shape = shape;
                *old_label = label.unwrap_or_else(|| old_label.clone());
            }
        }
        if self.cursor.take(":::") {
            self.cursor.while_char(is_id);
        }
        Ok(idx)
    }

    fn id(&mut self) -> Read<&'a str> {
        let start = self.cursor.at;
        while let Some(c) = self.cursor.peek() {
            let rest = self.cursor.rest();
            // A hyphen or dot belongs to the name unless a line begins with it.
            let starts_line = ["--", "-.", "==", "~~~"].iter().any(|it| rest.starts_with(it));
            let inside = c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '\'' | '#') || !c.is_ascii();
            if starts_line || !inside || c.is_whitespace() || c.is_control() {
                break;
            }
            self.cursor.at += c.len_utf8();
        }
        if self.cursor.at > start {
            return Ok(&self.cursor.text[start..self.cursor.at]);
        }
        let range = self.cursor.word_range();
        let word = self.cursor.text[range.clone()].to_owned();
        Err(Problem::syntax(range, format!("unexpected `{}`", shown(&word)))
            .label("expected the id of a node: letters, digits, `_`")
            .hint(USAGE))
    }

    /// The shape and label behind an id, if there are any.
    fn shape(&mut self) -> Read<Option<(Shape, Option<String>)>> {
        if self.cursor.take("@{") {
            return self.attributes().map(Some);
        }
        let start = self.cursor.at;
        for (open, closings) in OPENINGS {
            if self.cursor.take(open) {
                let ends: Vec<&str> = closings.iter().map(|(end, _)| *end).collect();
                let (label, end) = self
                    .text_until(&ends)
                    .map_err(|problem| Problem { range: start..start + open.len(), ..problem })?;
                let shape =
                    closings.iter().find(|(it, _): &&Closing| *it == end).map_or(Shape::Rect, |(_, shape)| *shape);
                return Ok(Some((shape, Some(label))));
            }
        }
        Ok(None)
    }

    /// A label up to one of these closings: in quotes it may hold anything.
    fn text_until(&mut self, ends: &[&'static str]) -> Read<(String, &'static str)> {
        self.cursor.spaces();
        let start = self.cursor.at;
        if self.cursor.take("\"") {
            let text = self.cursor.while_char(|c| c != '"');
            if !self.cursor.take("\"") {
                return Err(Problem::syntax(start..start + 1, "a label without its closing `\"`").label("opened here"));
            }
            self.cursor.spaces();
            if let Some(end) = ends.iter().find(|end| self.cursor.take(end)) {
                return Ok((text.to_owned(), end));
            }
            return Err(unclosed(start..self.cursor.at, ends));
        }
        let line = self.cursor.rest().split('\n').next().unwrap_or_default();
        let found = ends.iter().filter_map(|end| line.find(end).map(|at| (at, *end))).min();
        let Some((len, end)) = found else { return Err(unclosed(start..start + line.trim_end().len(), ends)) };
        self.cursor.at = start + len + end.len();
        Ok((line[..len].to_owned(), end))
    }

    /// `A@{ shape: cyl, label: "Store" }`, behind the brace.
    fn attributes(&mut self) -> Read<(Shape, Option<String>)> {
        let start = self.cursor.at - 2;
        let inside = self.cursor.while_char(|c| c != '}');
        let at = self.cursor.at - inside.len();
        if !self.cursor.take("}") {
            return Err(Problem::syntax(start..start + 2, "`@{` without its closing `}`").label("opened here"));
        }
        let mut shape = Shape::Rect;
        let mut label = None;
        for part in inside.split([',', '\n']) {
            let Some((key, value)) = part.split_once(':') else { continue };
            let value = value.trim().trim_matches('"');
            match key.trim() {
                "label" => label = Some(value.to_owned()),
                "shape" => {
                    let place = at + (value.as_ptr() as usize - inside.as_ptr() as usize);
                    shape = named_shape(value).ok_or_else(|| {
                        Problem::syntax(place..place + value.len(), format!("unknown shape `{}`", shown(value)))
                            .hint("some shapes are `rect`, `rounded`, `stadium`, `cyl`, `circle`, `diam`, `hex`")
                    })?;
                }
                _ => {}
            }
        }
        Ok((shape, label))
    }
}

fn is_id(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.') || !c.is_ascii() && !c.is_whitespace() && !c.is_control()
}

fn unclosed(range: Range<usize>, ends: &[&str]) -> Problem {
    let end = ends.first().copied().unwrap_or_default();
    Problem::syntax(range, format!("a label without its closing `{end}`"))
        .label("opened here")
        .hint("a label with brackets or quotes in it stands in quotes: `A[\"f(x)\"]`")
}
