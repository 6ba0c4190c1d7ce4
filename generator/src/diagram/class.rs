//! Classes: members, stereotypes, namespaces, notes, and relations such as `Animal <|-- Duck : is a`.

use std::collections::BTreeMap;
use std::ops::Range;

use super::graph::{Body, Direction, Edge, Graph, Group, Head, Line, Node, Spot};
use super::label::Label;
use super::measure::Face;
use super::problem::{Problem, shown, unknown_direction};
use super::text::{Line as SourceLine, colors, lines};
use super::{EDGE_LABEL, NODE_LABEL, TITLE};

const USAGE: &str = "a statement is `A <|-- B : text`, `class A { ... }`, `A : member` or `note for A \"text\"`";

/// Members break before this many px.
const MEMBER: f64 = 260.0;

/// The graph that a text describes; `start` is behind the word `classDiagram`.
pub fn read(body: &str, start: usize) -> (Graph, Vec<Problem>) {
    let mut reader = Reader::default();
    for line in lines(&body[start..]) {
        if let Err(problem) = reader.line(SourceLine { at: line.at + start, ..line }) {
            reader.problems.push(problem);
        }
    }
    for (_, range) in std::mem::take(&mut reader.open) {
        let problem = Problem::syntax(range, "`{` without its closing `}`").label("opened here");
        reader.problems.push(problem.hint("close it by `}` on a line of its own"));
    }
    reader.fill();
    (reader.graph, reader.problems)
}

/// What is known of a class.
#[derive(Default)]
struct Class {
    name: String,
    stereotype: Option<String>,
    fields: Vec<String>,
    methods: Vec<String>,
}

#[derive(Clone, Copy)]
enum Scope {
    Class(usize),
    Namespace(usize),
}

#[derive(Default)]
struct Reader {
    graph: Graph,
    index: BTreeMap<String, usize>,
    /// By the index of their node.
    classes: BTreeMap<usize, Class>,
    open: Vec<(Scope, Range<usize>)>,
    problems: Vec<Problem>,
}

impl Reader {
    fn line(&mut self, line: SourceLine<'_>) -> Result<(), Problem> {
        if line.text == "}" {
            return match self.open.pop() {
                Some(_) => Ok(()),
                None => Err(Problem::syntax(line.range(), "`}` without a `{`").label("nothing is open here")),
            };
        }
        if let Some((Scope::Class(class), _)) = self.open.last() {
            let (class, text) = (*class, line.text.trim_end_matches('}'));
            self.member(class, text);
            if text.len() < line.text.len() {
                self.open.pop();
            }
            return Ok(());
        }
        let (word, rest) = line.word();
        match word {
            "direction" => {
                self.graph.direction =
                    Direction::named(rest).ok_or_else(|| unknown_direction(rest, line.place(rest)))?;
            }
            "classDef" | "style" | "cssClass" => self.problems.push(colors(line.place(word), word)),
            "click" | "link" | "callback" => {
                return Err(Problem::syntax(line.place(word), format!("`{word}` in a diagram"))
                    .label("a picture has no links")
                    .hint("put the link into the text or into the `notice` of the fence"));
            }
            "class" => self.class(rest, &line)?,
            "namespace" => {
                let name = rest.trim_end_matches('{').trim();
                let idx = self.graph.groups.len();
                let title = Label::read(name, Face::Small, TITLE);
                self.graph.groups.push(Group {
                    id: String::new(),
                    title,
                    parent: None,
                    direction: None,
                    region: false,
                });
                self.open.push((Scope::Namespace(idx), line.range()));
            }
            "note" => self.note(rest, &line)?,
            _ if word.starts_with("<<") => self.stereotype(&line)?,
            _ => self.relation_or_member(&line)?,
        }
        Ok(())
    }

    fn node(&mut self, written: &str) -> usize {
        let id = written.split(":::").next().unwrap_or_default().trim().trim_matches('`');
        // `Stack~T~` is the class `Stack`.
        let (id, _) = id.split_once('~').unwrap_or((id, ""));
        if let Some(idx) = self.index.get(id) {
            return *idx;
        }
        let group = self.open.iter().rev().find_map(|(scope, _)| match scope {
            Scope::Namespace(idx) => Some(*idx),
            Scope::Class(_) => None,
        });
        let idx = self.graph.nodes.len();
        let body = Body::Class { stereotype: None, name: Label::default(), parts: Vec::new() };
        self.graph.nodes.push(Node { id: id.to_owned(), body, group });
        self.index.insert(id.to_owned(), idx);
        self.classes.insert(
            idx,
            Class {
                name: generic(written.split(":::").next().unwrap_or_default().trim_matches('`')),
                ..Class::default()
            },
        );
        idx
    }

    /// `A`, `A~T~`, `A["Label"]`, `A { ... }`, `A:::style`.
    fn class(&mut self, rest: &str, line: &SourceLine<'_>) -> Result<(), Problem> {
        let (head, inside) =
            rest.split_once('{').map_or((rest, None), |(head, inside)| (head.trim(), Some(inside.trim())));
        let (id, label) = head.split_once('[').map_or((head, None), |(id, label)| (id.trim(), Some(label)));
        if id.is_empty() || id.contains(char::is_whitespace) {
            return Err(Problem::syntax(line.range(), "a class without a name that can be read")
                .label("expected one word")
                .hint("write `class Name`, or `class name[\"A longer name\"]`"));
        }
        let idx = self.node(id);
        if let Some((Scope::Namespace(group), _)) = self.open.last() {
            self.graph.nodes[idx].group = Some(*group);
        }
        if let (Some(label), Some(class)) = (label, self.classes.get_mut(&idx)) {
            class.name = label.trim_end_matches(']').trim_matches('"').to_owned();
        } else if let (true, Some(class)) = (id.contains('~'), self.classes.get_mut(&idx)) {
            class.name = generic(id.split(":::").next().unwrap_or_default());
        }
        if let Some(inside) = inside {
            match inside.strip_suffix('}') {
                Some(members) => {
                    members.split(';').filter(|it| !it.trim().is_empty()).for_each(|it| self.member(idx, it))
                }
                None => self.open.push((Scope::Class(idx), line.range())),
            }
        }
        Ok(())
    }

    fn member(&mut self, idx: usize, written: &str) {
        let written = written.trim();
        let Some(class) = self.classes.get_mut(&idx).filter(|_| !written.is_empty()) else { return };
        if let Some(stereotype) = written.strip_prefix("<<").and_then(|it| it.strip_suffix(">>")) {
            class.stereotype = Some(stereotype.trim().to_owned());
            return;
        }
        let (text, note) = match written.chars().next_back() {
            Some('*') => (&written[..written.len() - 1], " {abstract}"),
            Some('$') => (&written[..written.len() - 1], " {static}"),
            _ => (written, ""),
        };
        let text = format!("{}{note}", generic(text.trim()));
        if written.contains('(') { class.methods.push(text) } else { class.fields.push(text) }
    }

    /// `<<interface>> A`.
    fn stereotype(&mut self, line: &SourceLine<'_>) -> Result<(), Problem> {
        let wrong =
            || Problem::syntax(line.range(), "a stereotype that cannot be read").hint("write `<<interface>> Name`");
        let (stereotype, id) = line.text[2..].split_once(">>").ok_or_else(wrong)?;
        if id.trim().is_empty() {
            return Err(wrong());
        }
        let idx = self.node(id.trim());
        if let Some(class) = self.classes.get_mut(&idx) {
            class.stereotype = Some(stereotype.trim().to_owned());
        }
        Ok(())
    }

    /// `for A "text"`, or `"text"`.
    fn note(&mut self, rest: &str, line: &SourceLine<'_>) -> Result<(), Problem> {
        let wrong = || {
            Problem::syntax(line.range(), "a note that cannot be read")
                .hint("write `note for A \"text\"` or `note \"text\"`")
        };
        let (class, text) = match rest.strip_prefix("for ") {
            Some(behind) => {
                behind.trim().split_once(char::is_whitespace).map(|(id, text)| (Some(id), text)).ok_or_else(wrong)?
            }
            None => (None, rest),
        };
        let text = text.trim().strip_prefix('"').and_then(|it| it.strip_suffix('"')).ok_or_else(wrong)?;
        let class = class.map(|id| self.node(id));
        let note = self.graph.nodes.len();
        let body = Body::Note(Label::read(text, Face::Small, NODE_LABEL));
        let group = class.and_then(|idx| self.graph.nodes[idx].group);
        self.graph.nodes.push(Node { id: format!("note {note}"), body, group });
        if let Some(class) = class {
            let mut edge = Edge::new(Spot::Node(note), Spot::Node(class));
            edge.line = Line::Dotted;
            self.graph.edges.push(edge);
        }
        Ok(())
    }

    fn relation_or_member(&mut self, line: &SourceLine<'_>) -> Result<(), Problem> {
        let (who, label) = split_label(line.text);
        if let Some(relation) = relation(who) {
            let ends = [relation.from, relation.to].map(end);
            if ends.iter().any(|(id, _)| id.is_empty() || id.contains(char::is_whitespace)) {
                return Err(Problem::syntax(line.range(), "a relation that cannot be read")
                    .label("expected a class at each end")
                    .hint("write `A \"1\" --> \"many\" B : text`"));
            }
            let [from, to] = ends.map(|(id, cardinality)| (self.node(id), cardinality));
            let mut edge = Edge::new(Spot::Node(from.0), Spot::Node(to.0));
            edge.line = relation.line;
            edge.heads = relation.heads;
            edge.label = label.map(|it| Label::read(it, Face::Small, EDGE_LABEL)).unwrap_or_default();
            let cardinality =
                |it: Option<&str>| it.map(|it| Label::read(it, Face::Small, EDGE_LABEL)).unwrap_or_default();
            edge.end_labels = [cardinality(from.1), cardinality(to.1)];
            self.graph.edges.push(edge);
            return Ok(());
        }
        match label {
            Some(member) if !who.contains(char::is_whitespace) && !who.is_empty() => {
                let idx = self.node(who);
                self.member(idx, member);
                Ok(())
            }
            _ => {
                let message = format!("unexpected `{}`", shown(line.word().0));
                Err(Problem::syntax(line.range(), message).label("this is no statement of classes").hint(USAGE))
            }
        }
    }

    /// Puts what is known of the classes into their boxes.
    fn fill(&mut self) {
        for (idx, class) in &self.classes {
            let rows = |members: &[String]| -> Vec<Label> {
                members.iter().map(|it| Label::read(it, Face::Small, MEMBER)).collect()
            };
            let parts = [rows(&class.fields), rows(&class.methods)];
            self.graph.nodes[*idx].body = Body::Class {
                stereotype: class
                    .stereotype
                    .as_ref()
                    .map(|it| Label::read(&format!("\u{ab}{it}\u{bb}"), Face::Small, MEMBER)),
                name: Label::read(&class.name, Face::Strong, NODE_LABEL),
                parts: parts.into_iter().filter(|it| !it.is_empty()).collect(),
            };
        }
    }
}

/// A relation as written.
struct Relation<'a> {
    from: &'a str,
    to: &'a str,
    line: Line,
    heads: [Head; 2],
}

/// What may stand before the stroke, and behind it.
const FIRST: [(&str, Head); 5] =
    [("<|", Head::Triangle), ("*", Head::Diamond), ("o", Head::HollowDiamond), ("<", Head::Open), ("()", Head::Circle)];
const LAST: [(&str, Head); 5] =
    [("|>", Head::Triangle), ("*", Head::Diamond), ("o", Head::HollowDiamond), (">", Head::Open), ("()", Head::Circle)];

/// `A "1" <|-- "n" B`: the stroke is `--` or `..`, outside quotes.
fn relation(text: &str) -> Option<Relation<'_>> {
    let mut quoted = false;
    let at = text.char_indices().map(|(at, c)| {
        quoted ^= c == '"';
        (at, quoted)
    });
    let at = at
        .filter(|(_, quoted)| !quoted)
        .map(|(at, _)| at)
        .find(|at| text[*at..].starts_with("--") || text[*at..].starts_with(".."))?;
    let line = if text[at..].starts_with("--") { Line::Solid } else { Line::Dotted };
    let (mut from, mut to) = (&text[..at], &text[at + 2..]);
    let mut heads = [Head::None; 2];
    for (sign, head) in FIRST {
        // A class may end in `o`: the sign stands alone.
        let alone = |it: &str| sign != "o" || it.is_empty() || it.ends_with(char::is_whitespace) || it.ends_with('"');
        if let Some(before) = from.strip_suffix(sign).filter(|it| alone(it)) {
            (from, heads[0]) = (before, head);
            break;
        }
    }
    for (sign, head) in LAST {
        let alone =
            |it: &str| sign != "o" || it.is_empty() || it.starts_with(char::is_whitespace) || it.starts_with('"');
        if let Some(behind) = to.strip_prefix(sign).filter(|it| alone(it)) {
            (to, heads[1]) = (behind, head);
            break;
        }
    }
    Some(Relation { from: from.trim(), to: to.trim(), line, heads })
}

/// `A "1"` or `"1" A` -> the class and its cardinality.
fn end(text: &str) -> (&str, Option<&str>) {
    let Some(first) = text.find('"') else { return (text, None) };
    let last = text.rfind('"').filter(|last| *last > first).unwrap_or(text.len());
    let cardinality = Some(text[(first + 1).min(last)..last].trim());
    let behind = text.get(last + 1..).unwrap_or_default().trim();
    (if first == 0 { behind } else { text[..first].trim() }, cardinality)
}

/// The text before and behind the first colon that stands alone and outside quotes.
fn split_label(text: &str) -> (&str, Option<&str>) {
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        quoted ^= c == '"';
        if c == ':' && !quoted && !text[..at].ends_with(':') && !text[at + 1..].starts_with(':') {
            return (text[..at].trim(), Some(text[at + 1..].trim()).filter(|it| !it.is_empty()));
        }
    }
    (text.trim(), None)
}

/// `List~int~` -> `List<int>`.
fn generic(text: &str) -> String {
    let mut open = false;
    let mut out = String::new();
    let n_signs = text.matches('~').count();
    for (nth, piece) in text.split('~').enumerate() {
        if nth > 0 {
            // A lone sign is a visibility.
            out.push_str(match (n_signs > 1, open) {
                (false, _) => "~",
                (true, false) => "<",
                (true, true) => ">",
            });
            open = !open;
        }
        out.push_str(piece);
    }
    out
}
