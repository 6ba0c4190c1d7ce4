//! Machines of states: `[*] --> Idle`, `Idle --> Busy : request`, composite states, regions, forks, choices, notes.

use std::collections::BTreeMap;
use std::ops::Range;

use super::graph::{Body, Direction, Edge, Graph, Group, Head, Line, Node, Shape, Spot};
use super::label::Label;
use super::measure::Face;
use super::problem::{Problem, shown, unknown_direction};
use super::text::{Line as SourceLine, colors, lines};
use super::{EDGE_LABEL, NODE_LABEL, TITLE};

const USAGE: &str =
    "a statement is `A --> B : text`, `state \"Name\" as A`, `state A { ... }` or `note right of A : text`";

/// The graph that a text describes; `start` is behind the word `stateDiagram`.
pub fn read(body: &str, start: usize) -> (Graph, Vec<Problem>) {
    let mut reader = Reader::default();
    for line in lines(&body[start..]) {
        if let Err(problem) = reader.line(SourceLine { at: line.at + start, ..line }) {
            reader.problems.push(problem);
        }
    }
    if let Some((_, _, range)) = &reader.note {
        let problem = Problem::syntax(range.clone(), "`note` without its `end note`").label("opened here");
        reader.problems.push(problem.hint("close it by `end note`, or write `note right of A : text`"));
    }
    for open in std::mem::take(&mut reader.open) {
        let problem = Problem::syntax(open.range, "a state without its closing `}`").label("opened here");
        reader.problems.push(problem.hint("close it by `}` on a line of its own"));
    }
    reader.name_states();
    reader.graph.join_groups();
    (reader.graph, reader.problems)
}

#[derive(Default)]
struct Reader {
    graph: Graph,
    index: BTreeMap<String, usize>,
    /// What states are called, and how they are described.
    names: BTreeMap<String, Vec<String>>,
    open: Vec<Open>,
    /// A note over several lines: its state, its words so far, and where it began.
    note: Option<(usize, String, Range<usize>)>,
    problems: Vec<Problem>,
}

/// A composite state that is open.
struct Open {
    group: usize,
    /// The region of it that is open.
    region: Option<usize>,
    range: Range<usize>,
}

impl Reader {
    fn line(&mut self, line: SourceLine<'_>) -> Result<(), Problem> {
        if self.note.is_some() {
            self.note_line(line.text);
            return Ok(());
        }
        let (word, rest) = line.word();
        match word {
            "direction" => {
                let direction = Direction::named(rest).ok_or_else(|| unknown_direction(rest, line.place(rest)))?;
                match self.open.last() {
                    Some(open) => self.graph.groups[open.group].direction = Some(direction),
                    None => self.graph.direction = direction,
                }
            }
            "classDef" | "style" => self.problems.push(colors(line.place(word), word)),
            // Without colors there is nothing that a class could choose.
            "class" | "hide" | "scale" => {}
            "click" => {
                return Err(Problem::syntax(line.place(word), "`click` in a diagram")
                    .label("a picture has no links")
                    .hint("put the link into the text or into the `notice` of the fence"));
            }
            "note" => self.note(rest, &line)?,
            "state" => self.state(rest, &line)?,
            "}" => self.close(&line)?,
            "--" => self.region(&line)?,
            _ if line.text.contains("-->") => self.transition(&line)?,
            _ => self.describe(&line)?,
        }
        Ok(())
    }

    /// The group that is open.
    fn container(&self) -> Option<usize> {
        self.open.last().map(|open| open.region.unwrap_or(open.group))
    }

    fn add(&mut self, id: String, body: Body) -> usize {
        let group = self.container();
        self.graph.nodes.push(Node { id, body, group });
        self.graph.nodes.len() - 1
    }

    /// The node of a state; of `[*]`, the start or end of the state around it.
    fn node(&mut self, written: &str, end: bool, line: &SourceLine<'_>) -> Result<usize, Problem> {
        let id = written.split(":::").next().unwrap_or_default().trim();
        if id.is_empty() {
            return Err(Problem::syntax(line.range(), "an arrow that lacks one of its ends")
                .label("from which state to which?")
                .hint("write `A --> B : text`"));
        }
        if id.contains(char::is_whitespace) {
            return Err(Problem::syntax(line.place(id), format!("`{}` is no id of a state", shown(id)))
                .label("an id has no spaces")
                .hint(format!("write `state \"{}\" as name` above it, and `name` here", shown(id))));
        }
        let key = match (id, self.container()) {
            ("[*]", scope) => star(end, scope),
            _ => id.to_owned(),
        };
        if let Some(idx) = self.index.get(&key) {
            return Ok(*idx);
        }
        let body = match (id, end) {
            ("[*]", false) => Body::Start,
            ("[*]", true) => Body::End,
            _ => Body::Shape(Shape::Round, Label::default()),
        };
        let idx = self.add(key.clone(), body);
        self.index.insert(key, idx);
        Ok(idx)
    }

    fn transition(&mut self, line: &SourceLine<'_>) -> Result<(), Problem> {
        let (from, rest) = line.text.split_once("-->").unwrap_or_default();
        let (to, label) = split_label(rest);
        let (from, to) = (self.node(from, false, line)?, self.node(to, true, line)?);
        let mut edge = Edge::new(Spot::Node(from), Spot::Node(to));
        edge.heads[1] = Head::Arrow;
        edge.label = label.map(|it| Label::read(it, Face::Small, EDGE_LABEL)).unwrap_or_default();
        self.graph.edges.push(edge);
        Ok(())
    }

    /// `A`, or `A : text`.
    fn describe(&mut self, line: &SourceLine<'_>) -> Result<(), Problem> {
        let (id, text) = split_label(line.text);
        if id.contains(char::is_whitespace) {
            let message = format!("unexpected `{}`", shown(line.word().0));
            return Err(Problem::syntax(line.range(), message).label("this is no statement of states").hint(USAGE));
        }
        let idx = self.node(id, false, line)?;
        if let Some(text) = text {
            let id = self.graph.nodes[idx].id.clone();
            self.names.entry(id).or_default().push(text.to_owned());
        }
        Ok(())
    }

    /// `"Name" as A`, `A <<fork>>`, `A {`, `A`.
    fn state(&mut self, rest: &str, line: &SourceLine<'_>) -> Result<(), Problem> {
        let opens = rest.ends_with('{');
        let rest = rest.trim_end_matches('{').trim();
        let (name, id) = match rest.strip_prefix('"').and_then(|it| it.split_once('"')) {
            Some((name, behind)) => (Some(name), behind.trim().strip_prefix("as ").unwrap_or(behind).trim()),
            None => (None, rest),
        };
        let (id, kind) =
            id.split_once("<<").map_or((id, None), |(id, kind)| (id.trim(), Some(kind.trim_end_matches(">>").trim())));
        let id = if id.is_empty() { name.unwrap_or_default() } else { id };
        if opens {
            self.open(id, name, line);
            return Ok(());
        }
        if let Some(name) = name {
            self.names.entry(id.to_owned()).or_default().push(name.to_owned());
        }
        let idx = self.node(id, false, line)?;
        self.graph.nodes[idx].body = match kind {
            None => return Ok(()),
            Some("fork" | "join") => Body::Bar { tall: false },
            Some("choice") => Body::Shape(Shape::Diamond, Label::new(vec![String::new()], Face::Small)),
            Some(other) => {
                return Err(Problem::syntax(line.place(other), format!("unknown kind of state `{}`", shown(other)))
                    .label("expected `fork`, `join` or `choice`"));
            }
        };
        // Its shape says what it is.
        self.names.insert(id.to_owned(), vec![String::new()]);
        Ok(())
    }

    fn open(&mut self, id: &str, name: Option<&str>, line: &SourceLine<'_>) {
        let parent = self.container();
        let group = self.graph.groups.len();
        let title = Label::read(name.unwrap_or(id), Face::Small, TITLE);
        self.graph.groups.push(Group { id: id.to_owned(), title, parent, direction: None, region: false });
        self.open.push(Open { group, region: None, range: line.range() });
    }

    fn close(&mut self, line: &SourceLine<'_>) -> Result<(), Problem> {
        match self.open.pop() {
            Some(_) => Ok(()),
            None => {
                Err(Problem::syntax(line.range(), "`}` without a state that is open").label("nothing is open here"))
            }
        }
    }

    /// What stood in the composite state so far becomes one region, what follows the next.
    fn region(&mut self, line: &SourceLine<'_>) -> Result<(), Problem> {
        let Some(open) = self.open.last() else {
            return Err(Problem::syntax(line.range(), "`--` outside a composite state")
                .label("what should it divide?")
                .hint("it divides the regions inside `state A { ... }`"));
        };
        let (group, first) = (open.group, open.region.is_none());
        if first {
            let region = self.add_region(group);
            self.graph.nodes.iter_mut().filter(|it| it.group == Some(group)).for_each(|it| it.group = Some(region));
            let inner = self.graph.groups.iter_mut().take(region).filter(|it| it.parent == Some(group));
            inner.for_each(|it| it.parent = Some(region));
            // Its start and end stay the first region's.
            for end in [false, true] {
                if let Some(idx) = self.index.remove(&star(end, Some(group))) {
                    self.index.insert(star(end, Some(region)), idx);
                }
            }
        }
        let next = self.add_region(group);
        if let Some(open) = self.open.last_mut() {
            open.region = Some(next);
        }
        Ok(())
    }

    fn add_region(&mut self, group: usize) -> usize {
        let parent = Some(group);
        self.graph.groups.push(Group {
            id: String::new(),
            title: Label::default(),
            parent,
            direction: None,
            region: true,
        });
        self.graph.groups.len() - 1
    }

    /// `right of A : text`, or the beginning of a note that `end note` ends.
    fn note(&mut self, rest: &str, line: &SourceLine<'_>) -> Result<(), Problem> {
        let behind = rest.strip_prefix("right of ").or_else(|| rest.strip_prefix("left of "));
        let Some(behind) = behind else {
            return Err(Problem::syntax(line.range(), "a note that cannot be read")
                .label("of which state?")
                .hint("write `note right of A : text`"));
        };
        let (id, text) = split_label(behind);
        let state = self.node(id, false, line)?;
        match text {
            Some(text) => self.add_note(state, text),
            None => self.note = Some((state, String::new(), line.range())),
        }
        Ok(())
    }

    fn note_line(&mut self, text: &str) {
        if text == "end note" {
            if let Some((state, words, _)) = self.note.take() {
                self.add_note(state, words.trim());
            }
        } else if let Some((_, words, _)) = &mut self.note {
            words.push_str(text);
            words.push('\n');
        }
    }

    fn add_note(&mut self, state: usize, text: &str) {
        let note = self
            .add(format!("note {}", self.graph.nodes.len()), Body::Note(Label::read(text, Face::Small, NODE_LABEL)));
        self.graph.nodes[note].group = self.graph.nodes[state].group;
        let mut edge = Edge::new(Spot::Node(state), Spot::Node(note));
        edge.line = Line::Dotted;
        self.graph.edges.push(edge);
    }

    /// The direction in a group: its own, or that of what is around it.
    fn direction_of(&self, mut group: Option<usize>) -> Direction {
        while let Some(it) = group {
            if let Some(direction) = self.graph.groups[it].direction {
                return direction;
            }
            group = self.graph.groups[it].parent;
        }
        self.graph.direction
    }

    /// A state is called by its first description, or else by its id.
    fn name_states(&mut self) {
        for node in &mut self.graph.nodes {
            if let Body::Shape(Shape::Round, label) = &mut node.body {
                let words = self.names.get(&node.id).map_or_else(|| node.id.clone(), |names| names.join("\n"));
                *label = Label::read(&words, Face::Text, NODE_LABEL);
            }
        }
        for idx in 0..self.graph.nodes.len() {
            let sideways = matches!(self.direction_of(self.graph.nodes[idx].group), Direction::Right | Direction::Left);
            if let Body::Bar { tall } = &mut self.graph.nodes[idx].body {
                *tall = sideways;
            }
        }
        for group in &mut self.graph.groups {
            if let Some(names) = self.names.get(&group.id) {
                group.title = Label::read(&names.join("\n"), Face::Small, TITLE);
            }
        }
    }
}

/// The id of a start or end. It has spaces, which no other id may have.
fn star(end: bool, scope: Option<usize>) -> String {
    format!("[*] {end} {scope:?}")
}

/// `A : text` -> `A` and `text`; three colons are no label.
fn split_label(text: &str) -> (&str, Option<&str>) {
    let at = text
        .match_indices(':')
        .map(|(at, _)| at)
        .find(|at| !text[..*at].ends_with(':') && !text[at + 1..].starts_with(':'));
    match at {
        Some(at) => (text[..at].trim(), Some(text[at + 1..].trim()).filter(|it| !it.is_empty())),
        None => (text.trim(), None),
    }
}
