//! Sequences: `A->>B: text`, notes, activations, and frames such as `alt ... else ... end`.

use std::collections::BTreeMap;
use std::ops::Range;

use super::graph::{Head, Line};
use super::label::plain;
use super::problem::{Problem, shown};
use super::text::{Line as SourceLine, colors, lines};

/// Who talks to whom, in order.
#[derive(Clone, Debug, Default)]
pub struct Sequence {
    pub title: Option<String>,
    pub actors: Vec<Actor>,
    pub boxes: Vec<ActorBox>,
    pub steps: Vec<Step>,
}

/// One who talks.
#[derive(Clone, Debug)]
pub struct Actor {
    pub label: String,
    /// Drawn as a figure, not as a box.
    pub person: bool,
}

/// Neighbors in a common frame, by their indices.
#[derive(Clone, Debug)]
pub struct ActorBox {
    pub title: String,
    pub members: Vec<usize>,
}

/// What happens, from top to bottom. Actors by index.
#[derive(Clone, Debug)]
pub enum Step {
    Message {
        from: usize,
        to: usize,
        text: String,
        line: Line,
        heads: [Head; 2],
    },
    Note {
        side: Side,
        text: String,
    },
    Activate(usize),
    Deactivate(usize),
    /// The actor begins with the next message.
    Create(usize),
    /// The actor ends with the next message.
    Destroy(usize),
    /// A frame: what it is, and its condition.
    Begin {
        kind: &'static str,
        text: String,
    },
    /// The next part of the frame.
    Else {
        text: String,
    },
    End,
}

/// Where a note stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Left(usize),
    Right(usize),
    Over(usize, usize),
}

/// Frames, and the word that begins each further part.
const FRAMES: [(&str, &str); 6] =
    [("loop", ""), ("alt", "else"), ("opt", ""), ("par", "and"), ("critical", "option"), ("break", "")];

/// Arrows: those that contain another stand before it.
const ARROWS: [(&str, Line, Head, Head); 10] = [
    ("<<-->>", Line::Dotted, Head::Arrow, Head::Arrow),
    ("<<->>", Line::Solid, Head::Arrow, Head::Arrow),
    ("-->>", Line::Dotted, Head::None, Head::Arrow),
    ("->>", Line::Solid, Head::None, Head::Arrow),
    ("-->", Line::Dotted, Head::None, Head::None),
    ("->", Line::Solid, Head::None, Head::None),
    ("--x", Line::Dotted, Head::None, Head::Cross),
    ("-x", Line::Solid, Head::None, Head::Cross),
    ("--)", Line::Dotted, Head::None, Head::Open),
    ("-)", Line::Solid, Head::None, Head::Open),
];

const USAGE: &str =
    "a statement is `A->>B: text`, `participant A as Name`, `Note over A,B: text`, `alt ... else ... end`";

/// The sequence that a text describes; `start` is behind the word `sequenceDiagram`.
pub fn read(body: &str, start: usize) -> (Sequence, Vec<Problem>) {
    let mut reader = Reader::default();
    for line in lines(&body[start..]) {
        let line = SourceLine { at: line.at + start, ..line };
        let line = SourceLine { text: line.text.trim_end_matches(';').trim_end(), ..line };
        if line.text.is_empty() {
            continue;
        }
        if let Err(problem) = reader.line(line) {
            reader.problems.push(problem);
        }
    }
    for open in std::mem::take(&mut reader.open) {
        reader.problems.push(
            Problem::syntax(open.range, format!("`{}` without its `end`", open.word))
                .label("opened here")
                .hint("close it by `end`"),
        );
    }
    (reader.sequence, reader.problems)
}

#[derive(Default)]
struct Reader {
    sequence: Sequence,
    index: BTreeMap<String, usize>,
    /// Frames and boxes not yet closed.
    open: Vec<Open>,
    /// Number of the next message, and the step, with `autonumber`.
    number: Option<(u64, u64)>,
    problems: Vec<Problem>,
}

struct Open {
    word: &'static str,
    /// The word that begins its next part.
    next: &'static str,
    range: Range<usize>,
}

impl Reader {
    fn line(&mut self, line: SourceLine<'_>) -> Result<(), Problem> {
        let (word, rest) = line.word();
        match word {
            "participant" | "actor" => drop(self.declare(rest, word == "actor", &line)?),
            "create" => self.create(rest, &line)?,
            "destroy" => {
                let idx = self.known(rest, &line)?;
                self.sequence.steps.push(Step::Destroy(idx));
            }
            "activate" | "deactivate" => {
                let idx = self.known(rest, &line)?;
                self.sequence.steps.push(if word == "activate" { Step::Activate(idx) } else { Step::Deactivate(idx) });
            }
            "autonumber" => self.autonumber(rest),
            "title" | "title:" => self.sequence.title = Some(plain(rest.trim_start_matches(':'))),
            "box" => self.open_box(rest, &line),
            "rect" => {
                self.problems.push(colors(line.place(word), "rect"));
                self.open.push(Open { word: "rect", next: "", range: line.place(word) });
            }
            "end" => self.end(&line)?,
            "link" | "links" | "properties" | "details" if !line.text.contains("->") => {
                return Err(Problem::syntax(line.place(word), format!("`{word}` in a diagram"))
                    .label("a picture has no links")
                    .hint("put the link into the text or into the `notice` of the fence"));
            }
            _ if word.eq_ignore_ascii_case("note") => self.note(rest, &line)?,
            _ if FRAMES.iter().any(|(name, _)| *name == word) && !line.text.contains("->") => {
                self.begin(word, rest, &line);
            }
            "else" | "and" | "option" if !line.text.contains("->") => self.part(word, rest, &line)?,
            _ => self.message(line)?,
        }
        Ok(())
    }

    fn actor(&mut self, id: &str) -> usize {
        if let Some(idx) = self.index.get(id) {
            return *idx;
        }
        let idx = self.sequence.actors.len();
        self.sequence.actors.push(Actor { label: plain(id), person: false });
        self.index.insert(id.to_owned(), idx);
        idx
    }

    /// `A as Name`.
    fn declare(&mut self, rest: &str, person: bool, line: &SourceLine<'_>) -> Result<usize, Problem> {
        let rest = rest.split("@{").next().unwrap_or_default().trim();
        let (id, label) = rest.split_once(" as ").map_or((rest, None), |(id, label)| (id.trim(), Some(label.trim())));
        if id.is_empty() {
            return Err(Problem::syntax(line.range(), "a participant without a name")
                .label("who?")
                .hint("write `participant A as Name`"));
        }
        let idx = self.actor(id);
        let actor = &mut self.sequence.actors[idx];
        actor.person = person;
        if let Some(label) = label {
            actor.label = plain(label.trim_matches('"'));
        }
        if self.open.last().is_some_and(|it| it.word == "box")
            && let Some(members) = self.sequence.boxes.last_mut().map(|it| &mut it.members)
        {
            members.push(idx);
        }
        Ok(idx)
    }

    fn create(&mut self, rest: &str, line: &SourceLine<'_>) -> Result<(), Problem> {
        let (kind, name) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let idx = match kind {
            "participant" | "actor" => self.declare(name.trim(), kind == "actor", line)?,
            _ => self.declare(rest, false, line)?,
        };
        self.sequence.steps.push(Step::Create(idx));
        Ok(())
    }

    /// The index of one who was named before.
    fn known(&self, id: &str, line: &SourceLine<'_>) -> Result<usize, Problem> {
        let id = id.trim();
        self.index.get(id).copied().ok_or_else(|| {
            let problem = Problem::syntax(line.place(id), format!("unknown participant `{}`", shown(id)))
                .label("nobody of this name has been named so far");
            match crate::diagnostic::nearest(id, self.index.keys().map(String::as_str)) {
                Some(near) => problem.hint(format!("did you mean `{near}`?")),
                None => problem.hint("name it first: `participant A as Name`"),
            }
        })
    }

    fn autonumber(&mut self, rest: &str) {
        let mut numbers = rest.split_whitespace().map(str::parse::<u64>);
        let mut next = || numbers.next().and_then(Result::ok);
        self.number = (rest != "off").then(|| (next().unwrap_or(1), next().unwrap_or(1)));
    }

    fn open_box(&mut self, rest: &str, line: &SourceLine<'_>) {
        let (first, behind) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let colored =
            first.starts_with("rgb") || first.starts_with('#') || COLORS.contains(&first.to_lowercase().as_str());
        if colored {
            self.problems.push(colors(line.place(first), first));
        }
        let title = if colored { behind } else { rest };
        // `rgb(1, 2, 3)` has spaces.
        let title = title.rsplit_once(')').filter(|_| colored).map_or(title, |(_, it)| it);
        self.sequence.boxes.push(ActorBox { title: plain(title), members: Vec::new() });
        self.open.push(Open { word: "box", next: "", range: line.at..line.at + 3 });
    }

    fn begin(&mut self, word: &str, rest: &str, line: &SourceLine<'_>) {
        for (kind, next) in FRAMES {
            if kind == word {
                self.sequence.steps.push(Step::Begin { kind, text: plain(rest) });
                self.open.push(Open { word: kind, next, range: line.place(line.word().0) });
            }
        }
    }

    fn part(&mut self, word: &str, rest: &str, line: &SourceLine<'_>) -> Result<(), Problem> {
        match self.open.last() {
            Some(open) if open.next == word => {
                self.sequence.steps.push(Step::Else { text: plain(rest) });
                Ok(())
            }
            _ => {
                let frame = FRAMES.iter().find(|(_, next)| *next == word).map_or("", |(kind, _)| kind);
                Err(Problem::syntax(line.place(line.word().0), format!("`{word}` outside `{frame}`"))
                    .label(format!("no `{frame}` is open here"))
                    .hint(format!("write `{frame} ...` above it, and `end` below")))
            }
        }
    }

    fn end(&mut self, line: &SourceLine<'_>) -> Result<(), Problem> {
        match self.open.pop() {
            Some(open) => {
                if FRAMES.iter().any(|(kind, _)| *kind == open.word) {
                    self.sequence.steps.push(Step::End);
                }
                Ok(())
            }
            None => Err(Problem::syntax(line.range(), "`end` without a beginning").label("nothing is open here")),
        }
    }

    /// `right of A: text`, `over A,B: text`.
    fn note(&mut self, rest: &str, line: &SourceLine<'_>) -> Result<(), Problem> {
        let wrong = || {
            Problem::syntax(line.range(), "a note that cannot be read")
                .label("where does it stand?")
                .hint("write `Note over A,B: text`, `Note left of A: text` or `Note right of A: text`")
        };
        let (place, text) = rest.split_once(':').ok_or_else(wrong)?;
        let place = place.trim();
        let behind = |words: &str| {
            place.get(..words.len()).filter(|it| it.eq_ignore_ascii_case(words)).map(|_| place[words.len()..].trim())
        };
        let side = if let Some(id) = behind("left of ") {
            Side::Left(self.actor(id))
        } else if let Some(id) = behind("right of ") {
            Side::Right(self.actor(id))
        } else if let Some(ids) = behind("over ") {
            let (first, last) = ids.split_once(',').unwrap_or((ids, ids));
            let (first, last) = (self.actor(first.trim()), self.actor(last.trim()));
            Side::Over(first.min(last), first.max(last))
        } else {
            return Err(wrong());
        };
        self.sequence.steps.push(Step::Note { side, text: plain(text) });
        Ok(())
    }

    fn message(&mut self, line: SourceLine<'_>) -> Result<(), Problem> {
        let (who, text) = line.text.split_once(':').unwrap_or((line.text, ""));
        let found = ARROWS.iter().find_map(|arrow| who.find(arrow.0).map(|at| (at, arrow)));
        let Some((at, (sign, stroke, first, last))) = found else {
            let word = line.word().0;
            let problem = Problem::syntax(line.range(), format!("unexpected `{}`", shown(word)));
            return Err(problem.label("this is no statement of a sequence").hint(USAGE));
        };
        let from = who[..at].trim();
        let behind = who[at + sign.len()..].trim();
        let (mark, to) = match behind.chars().next() {
            Some(mark @ ('+' | '-')) => (Some(mark), behind[1..].trim()),
            _ => (None, behind),
        };
        if from.is_empty() || to.is_empty() {
            return Err(Problem::syntax(line.range(), "an arrow that lacks one of its ends")
                .label("who talks to whom?")
                .hint("write `A->>B: text`"));
        }
        let (from, to) = (self.actor(from), self.actor(to));
        let mut text = plain(text);
        if let Some((number, step)) = &mut self.number {
            text = format!("{number}. {text}");
            *number += *step;
        }
        self.sequence.steps.push(Step::Message { from, to, text, line: *stroke, heads: [*first, *last] });
        match mark {
            Some('+') => self.sequence.steps.push(Step::Activate(to)),
            Some(_) => self.sequence.steps.push(Step::Deactivate(from)),
            None => {}
        }
        Ok(())
    }
}

/// Names of colors that stand before the title of a box in many examples.
const COLORS: [&str; 16] = [
    "transparent",
    "aqua",
    "black",
    "blue",
    "gray",
    "grey",
    "green",
    "lightblue",
    "lightgreen",
    "lightgrey",
    "orange",
    "pink",
    "purple",
    "red",
    "white",
    "yellow",
];
