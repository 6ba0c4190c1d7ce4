//! A sequence becomes a drawing: columns as wide as what is said between them, rows from top to bottom.

use crate::drawing::{Drawing, Mark, Step as PathStep};

use super::graph::{Head, Line};
use super::label::Label;
use super::lines;
use super::measure::Face;
use super::measure::wrap;
use super::paint::Paint;
use super::sequence::{Sequence, Side, Step};
use super::shape::{Area, note_outline, rect, text};

/// What is said between neighbors breaks before this many px.
const SAID: f64 = 150.0;
/// Names of participants break before this many px.
const NAME: f64 = 120.0;
/// Between the boxes of two participants at least, in px.
const GAP: f64 = 16.0;
/// Height of the figure of a person, in px.
const PERSON: f64 = 34.0;
/// Half the width of an activation's bar, in px.
const BAR: f64 = 4.0;
/// Width of the loop of a message to oneself, in px.
const LOOP: f64 = 26.0;
/// Height of the tab that names a frame, in px.
const TAB: f64 = 21.0;

/// The drawing of a sequence.
pub fn picture(sequence: &Sequence) -> Drawing {
    let columns = Columns::new(sequence);
    let mut rows = Rows::new(sequence, &columns);
    for idx in 0..sequence.steps.len() {
        rows.step(idx);
    }
    rows.finish()
}

/// A participant's column.
struct Column {
    /// The lifeline.
    x: f64,
    name: Label,
    person: bool,
}

impl Column {
    fn width(&self) -> f64 {
        if self.person { self.name.width.max(34.0) } else { (self.name.width + 22.0).max(56.0) }
    }

    fn height(&self) -> f64 {
        if self.person { PERSON + self.name.height + 4.0 } else { self.name.height + 14.0 }
    }
}

struct Columns {
    columns: Vec<Column>,
    /// The label of each step.
    labels: Vec<Label>,
}

impl Columns {
    fn new(sequence: &Sequence) -> Self {
        let column = |actor: &super::sequence::Actor| Column {
            x: 0.0,
            name: wrap(&actor.label, Face::Text, NAME),
            person: actor.person,
        };
        let mut columns: Vec<Column> = sequence.actors.iter().map(column).collect();
        let labels: Vec<Label> = sequence.steps.iter().map(label).collect();
        let mut gaps = Vec::new();
        for idx in 1..columns.len() {
            gaps.push((idx - 1, idx, (columns[idx - 1].width() + columns[idx].width()) / 2.0 + GAP));
        }
        for (step, label) in sequence.steps.iter().zip(&labels) {
            gaps.extend(wanted(step, label, columns.len()));
        }
        for idx in 1..columns.len() {
            let left = gaps.iter().filter(|(_, to, _)| *to == idx).map(|(from, _, gap)| columns[*from].x + gap);
            columns[idx].x = left.fold(0.0, f64::max).round();
        }
        Self { columns, labels }
    }

    fn x(&self, actor: usize) -> f64 {
        self.columns[actor].x
    }
}

fn label(step: &Step) -> Label {
    match step {
        Step::Message { from, to, text, .. } => {
            let span = from.abs_diff(*to).clamp(1, 3) as f64;
            if text.is_empty() { Label::default() } else { wrap(text, Face::Small, SAID * span) }
        }
        Step::Note { side: Side::Over(first, last), text } => {
            wrap(text, Face::Small, SAID + 80.0 * first.abs_diff(*last).min(3) as f64)
        }
        Step::Note { text, .. } => wrap(text, Face::Small, SAID),
        Step::Begin { text, .. } | Step::Else { text } if !text.is_empty() => {
            wrap(&format!("[{text}]"), Face::Small, 1.5 * SAID)
        }
        _ => Label::default(),
    }
}

/// How far apart two columns must be for a step: from, to, px.
fn wanted(step: &Step, label: &Label, n_columns: usize) -> Vec<(usize, usize, f64)> {
    let neighbors = |actor: usize, left: f64, right: f64| {
        let before = actor.checked_sub(1).map(|it| (it, actor, left));
        let after = Some((actor, actor + 1, right)).filter(|_| actor + 1 < n_columns);
        before.into_iter().chain(after).collect()
    };
    match step {
        Step::Message { from, to, .. } if from == to => neighbors(*from, 0.0, label.width.max(LOOP) + 20.0),
        Step::Message { from, to, .. } => vec![(*from.min(to), *from.max(to), label.width + 24.0 + 2.0 * BAR)],
        Step::Note { side: Side::Left(actor), .. } => neighbors(*actor, label.width + 34.0, 0.0),
        Step::Note { side: Side::Right(actor), .. } => neighbors(*actor, 0.0, label.width + 34.0),
        Step::Note { side: Side::Over(first, last), .. } if first == last => {
            let half = label.width / 2.0 + 20.0;
            neighbors(*first, half, half)
        }
        Step::Note { side: Side::Over(first, last), .. } => vec![(*first, *last, label.width - 10.0)],
        _ => Vec::new(),
    }
}

/// A frame that is open.
struct Frame {
    kind: &'static str,
    label: Label,
    top: f64,
    /// Left and right of what is in it.
    reach: [f64; 2],
    /// Further parts: where each begins, and its condition.
    parts: Vec<(f64, Label)>,
}

/// The drawing from top to bottom.
struct Rows<'a> {
    sequence: &'a Sequence,
    columns: &'a Columns,
    y: f64,
    /// Where the last message lies.
    last: f64,
    open: Vec<Frame>,
    /// Where each actor's lifeline begins and ends.
    lives: Vec<[Option<f64>; 2]>,
    /// Activations of each actor that have not ended: where they began.
    active: Vec<Vec<f64>>,
    created: Option<usize>,
    destroyed: Option<usize>,
    frames: Vec<Mark>,
    bars: Vec<Mark>,
    marks: Vec<Mark>,
}

impl<'a> Rows<'a> {
    fn new(sequence: &'a Sequence, columns: &'a Columns) -> Self {
        let head = columns.columns.iter().map(Column::height).fold(0.0, f64::max);
        let n_actors = sequence.actors.len();
        let late = sequence.steps.iter().filter_map(|step| match step {
            Step::Create(idx) => Some(*idx),
            _ => None,
        });
        let mut lives = vec![[Some(head), None]; n_actors];
        late.for_each(|idx| lives[idx] = [None, None]);
        Self {
            sequence,
            columns,
            y: head + 14.0,
            last: head,
            open: Vec::new(),
            lives,
            active: vec![Vec::new(); n_actors],
            created: None,
            destroyed: None,
            frames: Vec::new(),
            bars: Vec::new(),
            marks: Vec::new(),
        }
    }

    fn step(&mut self, idx: usize) {
        let label = self.columns.labels[idx].clone();
        match &self.sequence.steps[idx] {
            Step::Message { from, to, line, heads, .. } if from == to => {
                self.message_to_self(*from, &label, *line, *heads)
            }
            Step::Message { from, to, line, heads, .. } => self.message(*from, *to, &label, *line, *heads),
            Step::Note { side, .. } => self.note(*side, &label),
            Step::Activate(actor) => self.active[*actor].push(self.last),
            Step::Deactivate(actor) => self.deactivate(*actor, self.last),
            Step::Create(actor) => self.created = Some(*actor),
            Step::Destroy(actor) => self.destroyed = Some(*actor),
            Step::Begin { kind, .. } => self.begin(kind, label),
            Step::Else { .. } => {
                let y = self.y;
                if let Some(frame) = self.open.last_mut() {
                    self.y += label.height + 12.0;
                    frame.parts.push((y, label));
                }
            }
            Step::End => self.end(),
        }
    }

    /// Notes how far the things of the open frames reach.
    fn reach(&mut self, left: f64, right: f64) {
        for frame in &mut self.open {
            frame.reach = [frame.reach[0].min(left), frame.reach[1].max(right)];
        }
    }

    /// How far the bars of an actor reach from its lifeline.
    fn bar(&self, actor: usize) -> f64 {
        match self.active[actor].len() {
            0 => 0.0,
            n_bars => BAR + 4.0 * (n_bars - 1) as f64,
        }
    }

    /// A message just before the actor's first bar ends at that bar.
    fn message(&mut self, from: usize, to: usize, label: &Label, line: Line, heads: [Head; 2]) {
        let y = self.y + label.height + 3.0;
        let right = self.columns.x(to) > self.columns.x(from);
        let sign = if right { 1.0 } else { -1.0 };
        let start = self.columns.x(from) + sign * self.bar(from);
        let new = self.created.take().filter(|it| *it == to);
        let end = match new {
            Some(_) => self.columns.x(to) - sign * self.columns.columns[to].width() / 2.0,
            None => self.columns.x(to) - sign * self.bar(to).max(0.5),
        };
        let mut y = y;
        if new.is_some() {
            let half = self.columns.columns[to].height() / 2.0;
            y = y.max(self.y + half);
            self.lives[to][0] = Some(y + half);
            self.head(to, y - half);
        }
        self.marks.push(Mark::Group { class: "message", marks: lines::draw(&[(start, y), (end, y)], line, heads) });
        if !label.is_empty() {
            let middle = (self.columns.x(from) + self.columns.x(to)) / 2.0;
            self.label(label, middle, y - 4.0 - label.height / 2.0);
        }
        let (left, right) =
            (self.columns.x(from).min(self.columns.x(to)), self.columns.x(from).max(self.columns.x(to)));
        self.reach(left - 12.0, right + 12.0);
        self.row_at(y, if new.is_some() { self.columns.columns[to].height() / 2.0 } else { 0.0 });
        self.destroy(y);
    }

    fn label(&mut self, label: &Label, x: f64, y: f64) {
        let ground = Area { x, y, width: label.width + 6.0, height: label.height };
        let words = text("t small", label, Face::Small, x, y);
        self.marks.push(Mark::Group { class: "label", marks: vec![rect("ground", &ground, 0.0), words] });
    }

    fn row_at(&mut self, y: f64, below: f64) {
        self.last = y;
        self.y = y + below + 13.0;
    }

    fn destroy(&mut self, y: f64) {
        if let Some(actor) = self.destroyed.take() {
            let x = self.columns.x(actor);
            self.lives[actor][1] = Some(y + 14.0);
            let stroke =
                |a: f64| vec![PathStep::Move(x - 6.0, y + 14.0 - 6.0 * a), PathStep::Line(x + 6.0, y + 14.0 + 6.0 * a)];
            self.marks.push(Mark::Path { class: "head", steps: stroke(1.0) });
            self.marks.push(Mark::Path { class: "head", steps: stroke(-1.0) });
            self.y += 14.0;
        }
    }

    fn message_to_self(&mut self, actor: usize, label: &Label, line: Line, heads: [Head; 2]) {
        let (x, y) = (self.columns.x(actor) + self.bar(actor), self.y + label.height + 3.0);
        let way = [(x, y), (x + LOOP, y), (x + LOOP, y + 20.0), (x, y + 20.0)];
        self.marks.push(Mark::Group { class: "message", marks: lines::draw(&way, line, heads) });
        if !label.is_empty() {
            self.label(label, x + 6.0 + label.width / 2.0, y - 4.0 - label.height / 2.0);
        }
        self.reach(x - 16.0, x + label.width.max(LOOP) + 14.0);
        self.row_at(y + 20.0, 0.0);
        self.created = None;
        self.destroy(y + 20.0);
    }

    fn note(&mut self, side: Side, label: &Label) {
        let (width, height) = (label.width + 22.0, label.height + 10.0);
        let (x, width) = match side {
            Side::Left(actor) => (self.columns.x(actor) - 10.0 - width / 2.0, width),
            Side::Right(actor) => (self.columns.x(actor) + 10.0 + width / 2.0, width),
            Side::Over(first, last) => {
                let (a, b) = (self.columns.x(first), self.columns.x(last));
                let span = if first == last { 0.0 } else { b - a + 36.0 };
                ((a + b) / 2.0, width.max(span))
            }
        };
        let area = Area { x, y: self.y + height / 2.0, width, height };
        let words = text("t small", label, Face::Small, x, area.y);
        self.marks.push(Mark::Group { class: "node note", marks: vec![note_outline(&area), words] });
        self.reach(area.left() - 6.0, area.right() + 6.0);
        self.last = area.bottom();
        self.y = area.bottom() + 12.0;
    }

    fn deactivate(&mut self, actor: usize, y: f64) {
        if let Some(start) = self.active[actor].pop() {
            let x = self.columns.x(actor) + 4.0 * self.active[actor].len() as f64;
            let bar = Area { x, y: (start + y) / 2.0, width: 2.0 * BAR, height: (y - start).max(6.0) };
            // Those that began first lie behind.
            self.bars.insert(0, rect("bar", &bar, 0.0));
        }
    }

    fn begin(&mut self, kind: &'static str, label: Label) {
        let top = self.y;
        self.y += TAB.max(label.height) + 10.0;
        self.open.push(Frame { kind, label, top, reach: [f64::MAX, f64::MIN], parts: Vec::new() });
    }

    fn end(&mut self) {
        let Some(frame) = self.open.pop() else { return };
        let tab = Label::new(vec![frame.kind.to_owned()], Face::Small).width + 18.0;
        let [mut left, mut right] = frame.reach;
        if left > right {
            (left, right) = (self.columns.x(0) - 20.0, self.columns.x(0) + 20.0);
        }
        let widest =
            frame.parts.iter().map(|(_, label)| label.width + 20.0).fold(tab + frame.label.width + 20.0, f64::max);
        right = right.max(left + widest);
        let bottom = self.y;
        let area = Area {
            x: (left + right) / 2.0,
            y: (frame.top + bottom) / 2.0,
            width: right - left,
            height: bottom - frame.top,
        };
        let mut marks = vec![rect("frame", &area, 2.0)];
        let corner = [
            (left, frame.top + TAB),
            (left + tab - 7.0, frame.top + TAB),
            (left + tab, frame.top + TAB - 7.0),
            (left + tab, frame.top),
        ];
        let mut steps = vec![PathStep::Move(left, frame.top)];
        steps.extend(corner.iter().map(|(x, y)| PathStep::Line(*x, *y)));
        steps.push(PathStep::Close);
        marks.push(Mark::Path { class: "tab", steps });
        let name = Label::new(vec![frame.kind.to_owned()], Face::Small);
        marks.push(text("t small", &name, Face::Small, left + tab / 2.0 - 2.0, frame.top + TAB / 2.0));
        if !frame.label.is_empty() {
            let y = frame.top + 3.0 + frame.label.height / 2.0;
            marks.push(on_ground(&frame.label, left + tab + 8.0, y));
        }
        for (y, label) in &frame.parts {
            marks.push(Mark::Path { class: "rule", steps: vec![PathStep::Move(left, *y), PathStep::Line(right, *y)] });
            if !label.is_empty() {
                marks.push(on_ground(label, left + 8.0, y + 4.0 + label.height / 2.0));
            }
        }
        self.frames.push(Mark::Group { class: "fragment", marks });
        self.reach(left - 8.0, right + 8.0);
        self.last = bottom;
        self.y = bottom + 14.0;
    }

    /// The box or figure with a participant's name.
    fn head(&mut self, actor: usize, top: f64) {
        let column = &self.columns.columns[actor];
        let (x, name) = (column.x, column.name.clone());
        let marks = if column.person {
            let line = |x1: f64, y1: f64, x2: f64, y2: f64| {
                [PathStep::Move(x + x1, top + y1), PathStep::Line(x + x2, top + y2)]
            };
            let limbs = [
                line(0.0, 11.0, 0.0, 22.0),
                line(-10.0, 15.0, 10.0, 15.0),
                line(0.0, 22.0, -8.0, 32.0),
                line(0.0, 22.0, 8.0, 32.0),
            ];
            let body = Mark::Path { class: "rule", steps: limbs.concat() };
            let head = Mark::Ellipse { class: "box", x, y: top + 6.0, rx: 5.0, ry: 5.0 };
            vec![head, body, text("t", &name, Face::Text, x, top + PERSON + 2.0 + name.height / 2.0)]
        } else {
            let area = Area { x, y: top + column.height() / 2.0, width: column.width(), height: column.height() };
            vec![rect("box", &area, 2.0), text("t", &name, Face::Text, x, area.y)]
        };
        self.marks.push(Mark::Group { class: if column.person { "person" } else { "node" }, marks });
    }

    fn finish(mut self) -> Drawing {
        for actor in 0..self.active.len() {
            while !self.active[actor].is_empty() {
                self.deactivate(actor, self.y - 6.0);
            }
        }
        let bottom = self.y;
        let top = self.columns.columns.iter().map(Column::height).fold(0.0, f64::max);
        let mut paint = Paint::default();
        self.boxes(bottom).into_iter().for_each(|mark| paint.push(mark));
        for (idx, [start, end]) in self.lives.iter().enumerate() {
            let (Some(start), x) = (start, self.columns.x(idx)) else { continue };
            let steps = vec![PathStep::Move(x, *start), PathStep::Line(x, end.unwrap_or(bottom))];
            paint.push(Mark::Path { class: "life", steps });
        }
        for idx in 0..self.columns.columns.len() {
            let late = self.sequence.steps.iter().any(|step| matches!(step, Step::Create(it) if *it == idx));
            if !late {
                self.head(idx, top - self.columns.columns[idx].height());
            }
        }
        // The outer frames were finished last.
        self.frames.reverse();
        for mark in self.bars.into_iter().chain(self.frames).chain(self.marks) {
            paint.push(mark);
        }
        paint.finish()
    }

    /// Frames round neighbors, behind everything.
    fn boxes(&self, bottom: f64) -> Vec<Mark> {
        let mut marks = Vec::new();
        for it in &self.sequence.boxes {
            let columns = it.members.iter().map(|idx| &self.columns.columns[*idx]);
            let left = columns.clone().map(|column| column.x - column.width() / 2.0).fold(f64::MAX, f64::min) - 6.0;
            let right = columns.map(|column| column.x + column.width() / 2.0).fold(f64::MIN, f64::max) + 6.0;
            if left > right {
                continue;
            }
            let title = wrap(&it.title, Face::Small, (right - left).max(60.0));
            let high = if it.title.is_empty() { 8.0 } else { title.height + 12.0 };
            let area =
                Area { x: (left + right) / 2.0, y: (bottom - high) / 2.0, width: right - left, height: bottom + high };
            let mut inner = vec![rect("frame", &area, 2.0)];
            if !it.title.is_empty() {
                inner.push(text("t small quiet", &title, Face::Small, area.x, -high + 4.0 + title.height / 2.0));
            }
            marks.push(Mark::Group { class: "group", marks: inner });
        }
        marks
    }
}

/// A text on a ground that hides what runs behind it; `x` is its start.
fn on_ground(label: &Label, x: f64, y: f64) -> Mark {
    let area = Area { x: x + label.width / 2.0, y, width: label.width + 6.0, height: label.height };
    let marks = vec![rect("ground", &area, 0.0), text("s small", label, Face::Small, x, y)];
    Mark::Group { class: "label", marks }
}
