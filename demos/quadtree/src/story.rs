//! What happens to a tree, event by event: a search that goes from node to node, points that arrive, two shops next door,
//! points that move; and what a reader may do in between.

use std::cell::Cell;
use std::rc::Rc;

use demo_kit::{Action, Refusal, Settings, math, spot};

use crate::manifest::{self, ADD, CAPACITY, DEPTH, MOVE, POINTS, SIDE, SIZE};
use crate::map;
use crate::model::{NONE, NodeId, Point, Tree};
use crate::points::{Layout, moved, pair, points, speeds};
use crate::search::{Query, Search, Step, brute_force, closest_pair};
use crate::sketch::Sketch;

/// Most events of a search, and of points that arrive: more of them go on at a time.
const EVENTS: usize = 36;
/// Ticks of points that move.
const TICKS: u32 = 40;

/// Which experiment is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Story {
    /// The tree is there; a search goes through it.
    Search,
    /// Points arrive one after another.
    Arrivals,
    /// All points but one are there; the last one arrives.
    NextDoor,
    /// All points move, tick by tick.
    Motion,
}

/// What the last event did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Nothing has happened yet.
    Setup,
    /// One step of the search.
    Stepped(Step),
    /// Several steps of the search at once: so many, and so many nodes pruned among them.
    Searched(usize, usize),
    /// The search is through.
    Answered,
    /// Nothing is asked.
    NothingAsked,
    /// A point fell into a leaf.
    Landed(NodeId),
    /// A leaf was split; so many of its points went into the fullest quarter.
    Split(NodeId, u32),
    /// So many points arrived and made so many splits.
    Arrived(usize, usize),
    /// There was no point to arrive.
    NobodyCame,
    /// The two close points moved to both sides of a split line.
    Parted,
    /// All points moved on.
    Ticked(u32),
    /// The reader added a point, which made so many splits.
    Added(usize),
    /// The reader moved the query.
    Moved,
    /// The reader gave the query another size.
    Sized,
}

/// What kind of question is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// None.
    Nothing,
    /// The points of a rectangle.
    Box,
    /// The points of a circle.
    Circle,
    /// The nearest point.
    Nearest,
}

/// The question as the reader moves it about: a center and two sides, in parts of the world.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked {
    /// What kind it is.
    pub kind: Kind,
    /// Its center.
    pub x: f64,
    /// Its center.
    pub y: f64,
    /// Its width; of a circle the diameter.
    pub w: f64,
    /// Its height; of a circle the diameter.
    pub h: f64,
}

impl Asked {
    /// The question itself.
    pub fn query(&self) -> Query {
        let Asked { x, y, w, h, .. } = *self;
        match self.kind {
            Kind::Nothing => Query::Nothing,
            Kind::Box => Query::Box { edges: [x - w / 2.0, y - h / 2.0, x + w / 2.0, y + h / 2.0] },
            Kind::Circle => Query::Circle { x, y, r: w / 2.0 },
            Kind::Nearest => Query::Nearest { x, y },
        }
    }
}

/// A run: the tree, the search in it, and where the story stands.
#[derive(Clone)]
pub struct Quadtree {
    /// The settings of event 0.
    pub setup: Settings,
    /// Which experiment is played.
    pub story: Story,
    /// The tree as it stands.
    pub tree: Rc<Tree>,
    /// What is asked.
    pub asked: Asked,
    /// The search for it, as far as it has come.
    pub search: Search,
    /// What happened last.
    pub event: Event,
    /// The node that the last event was about, and the one that the event before was about; [`NONE`] for none.
    pub focus: (NodeId, NodeId),
    /// Where the points were before they moved on; empty when they did not.
    pub before: Rc<Vec<Point>>,
    layout: Layout,
    /// All points of the story, and how many of them have arrived.
    plan: Rc<Vec<Point>>,
    arrived: usize,
    /// A leaf that is to be split next, or [`NONE`].
    overfull: NodeId,
    /// How many steps or points make one event.
    pace: usize,
    tick: u32,
    speeds: Vec<(f64, f64)>,
    ended: bool,
    /// The squared distance of the two closest points of the tree, once somebody has asked for it.
    closest: Cell<Option<Option<f64>>>,
    /// What is drawn of it so far.
    pub sketch: Sketch,
}

impl Quadtree {
    /// Event 0.
    pub fn start(settings: &Settings, seed: u32) -> Quadtree {
        let layout = manifest::layout(settings);
        let plan = points(layout, settings.count(POINTS), seed);
        let story = manifest::story(settings);
        let arrived = match story {
            Story::Arrivals => 0,
            Story::NextDoor => plan.len().saturating_sub(1),
            Story::Search | Story::Motion => plan.len(),
        };
        let mut tree = Tree::new(settings.count(CAPACITY), settings.count(DEPTH));
        for point in &plan[..arrived] {
            tree.insert(*point);
        }
        let side = settings.get(SIDE) as f64 / 100.0;
        let asked = Asked { kind: manifest::kind(settings), x: 0.5, y: 0.5, w: side, h: side };
        let search = Search::new(&tree, asked.query());
        let mut steps = plan.len() - arrived;
        if story == Story::Search {
            let mut whole = search.clone();
            while whole.step(&tree).is_some() {
                steps += 1;
            }
        }
        let mut run = Quadtree {
            setup: settings.clone(),
            story,
            tree: Rc::new(tree),
            asked,
            search,
            event: Event::Setup,
            focus: (NONE, NONE),
            before: Rc::new(Vec::new()),
            layout,
            speeds: if story == Story::Motion { speeds(plan.len(), seed) } else { Vec::new() },
            plan: Rc::new(plan),
            arrived,
            overfull: NONE,
            pace: steps.div_ceil(EVENTS).max(1),
            tick: 0,
            ended: false,
            closest: Cell::new(None),
            sketch: Sketch::default(),
        };
        if story != Story::Search {
            run.ask_again();
        }
        run
    }

    /// The story's next event; false at its end.
    pub fn advance(&mut self) -> bool {
        if self.ended {
            return false;
        }
        self.sketch = Sketch::default();
        let event = match self.story {
            Story::Search => self.go_on_searching(),
            Story::Arrivals | Story::NextDoor => self.go_on_arriving(),
            Story::Motion => self.go_on_moving(),
        };
        let Some(event) = event else {
            self.ended = true;
            return false;
        };
        self.event = event;
        true
    }

    /// What a reader does at a place of the plane.
    pub fn perform(&mut self, action: &Action) -> Result<(), Refusal> {
        let Some(at) = action.mark.map(spot::place) else {
            return Err("Choose a place first.".into());
        };
        self.sketch = Sketch::default();
        let (x, y) = map::world(at);
        match action.kind {
            ADD => self.add(x, y),
            MOVE => self.move_query(x, y),
            SIZE => self.size_query(x, y),
            _ => Err("There is no such action.".into()),
        }
    }

    /// The settings as they stand: the reader may have given the query another size.
    pub fn current(&self) -> Settings {
        let mut settings = self.setup.clone();
        let side = math::round(self.asked.w.max(self.asked.h) * 100.0);
        settings.set(SIDE, i64::from(side.min(150)));
        settings
    }

    /// What must always hold: the tree is sound, and a search that is through has found what testing every point finds.
    pub fn check(&self) -> Result<(), &'static str> {
        self.tree.check(self.overfull)?;
        if !self.search.is_done() || self.search.fates.len() != self.tree.nodes.len() {
            return Ok(());
        }
        let wanted = brute_force(&self.tree.points, self.search.query);
        let mut missed = wanted.len() != self.search.found.len();
        if self.asked.kind != Kind::Nearest {
            for id in &self.search.found {
                missed |= !self.tree.points.get(*id as usize).is_some_and(|point| self.search.query.holds(*point));
            }
        }
        if missed { Err("the tree finds other points than brute force") } else { Ok(()) }
    }

    /// Whether something is asked and its numbers can be shown.
    pub fn is_searching(&self) -> bool {
        self.asked.kind != Kind::Nothing && (self.event != Event::Setup || self.story != Story::Search)
    }

    /// The squared distance of the two closest points; `None` for fewer than two.
    pub fn closest(&self) -> Option<f64> {
        let known = self.closest.get().unwrap_or_else(|| closest_pair(&self.tree));
        self.closest.set(Some(known));
        known
    }

    /// The leaf that is to be split next, or [`NONE`].
    pub fn leaf_to_split(&self) -> NodeId {
        self.overfull
    }

    fn go_on_searching(&mut self) -> Option<Event> {
        if self.asked.kind == Kind::Nothing {
            let begun = self.event != Event::Setup;
            return (!begun).then_some(Event::NothingAsked);
        }
        if self.search.is_done() {
            // A query that misses the world is through before it begins.
            return (self.event != Event::Answered).then_some(Event::Answered);
        }
        let before = self.search.pruned;
        let mut steps = 0;
        let mut last = None;
        while steps < self.pace && !self.search.is_done() {
            last = self.search.step(&self.tree);
            steps += 1;
        }
        let step = last?;
        let (Step::Opened(node, ..) | Step::Scanned(node, ..) | Step::Pruned(node)) = step;
        self.focus = (node, if self.focus.0 == NONE { 0 } else { self.focus.0 });
        if self.pace == 1 {
            Some(Event::Stepped(step))
        } else {
            Some(Event::Searched(steps, self.search.pruned - before))
        }
    }

    fn go_on_arriving(&mut self) -> Option<Event> {
        if self.overfull != NONE {
            let (leaf, fullest) = self.split_once();
            let most = self.tree.node(fullest).map_or(0, |node| node.count);
            self.look(leaf);
            return Some(Event::Split(leaf, most));
        }
        if self.plan.is_empty() {
            return (self.event == Event::Setup).then_some(Event::NobodyCame);
        }
        if self.arrived == self.plan.len() {
            return self.go_on_parting();
        }
        if self.pace > 1 {
            let end = (self.arrived + self.pace).min(self.plan.len());
            let (count, mut splits) = (end - self.arrived, 0);
            while self.arrived < end {
                let point = self.plan[self.arrived];
                splits += self.tree_mut().insert(point);
                self.arrived += 1;
            }
            self.look(NONE);
            return Some(Event::Arrived(count, splits));
        }
        let point = self.plan[self.arrived];
        let leaf = self.tree_mut().land(point);
        self.arrived += 1;
        if self.tree.is_overfull(leaf) {
            self.overfull = leaf;
        }
        self.look(leaf);
        Some(Event::Landed(leaf))
    }

    // The end of the two shops: the same two, on both sides of the line through the middle.
    fn go_on_parting(&mut self) -> Option<Event> {
        let two = self.layout == Layout::Pair && self.plan.len() > 1;
        if self.story != Story::NextDoor || !two || self.event == Event::Parted {
            return None;
        }
        let mut points = self.tree.points.clone();
        for point in &mut points {
            for (close, apart) in pair(false).into_iter().zip(pair(true)) {
                if *point == close {
                    *point = apart;
                }
            }
        }
        self.rebuild(&points);
        self.look(0);
        Some(Event::Parted)
    }

    fn go_on_moving(&mut self) -> Option<Event> {
        if self.tick == TICKS || self.tree.points.is_empty() {
            let nobody = self.tree.points.is_empty() && self.event == Event::Setup;
            return nobody.then_some(Event::NobodyCame);
        }
        self.tick += 1;
        let points = moved(&self.tree.points, &mut self.speeds);
        self.before = Rc::new(self.tree.points.clone());
        self.rebuild(&points);
        self.look(NONE);
        Some(Event::Ticked(self.tick))
    }

    fn add(&mut self, x: f64, y: f64) -> Result<(), Refusal> {
        let Some(point) = Point::new(x, y) else {
            return Err("That place is outside the world: no point was added.".into());
        };
        while self.overfull != NONE {
            self.split_once();
        }
        let splits = self.tree_mut().insert(point);
        let leaf = self.tree.leaf_of(point);
        self.done(leaf, Event::Added(splits));
        Ok(())
    }

    fn move_query(&mut self, x: f64, y: f64) -> Result<(), Refusal> {
        if self.asked.kind == Kind::Nothing {
            return Err("Nothing is asked: choose a query first.".into());
        }
        (self.asked.x, self.asked.y) = (x, y);
        self.done(NONE, Event::Moved);
        Ok(())
    }

    fn size_query(&mut self, x: f64, y: f64) -> Result<(), Refusal> {
        let (dx, dy) = ((x - self.asked.x).abs(), (y - self.asked.y).abs());
        match self.asked.kind {
            Kind::Nothing => return Err("Nothing is asked: choose a query first.".into()),
            Kind::Nearest => return Err("Asking for the nearest point has no size.".into()),
            Kind::Box => (self.asked.w, self.asked.h) = (2.0 * dx, 2.0 * dy),
            Kind::Circle => {
                let diameter = 2.0 * math::sqrt(dx * dx + dy * dy);
                (self.asked.w, self.asked.h) = (diameter, diameter);
            }
        }
        self.done(NONE, Event::Sized);
        Ok(())
    }

    // After an action of the reader: the search is through at once.
    fn done(&mut self, leaf: NodeId, event: Event) {
        self.before = Rc::new(Vec::new());
        self.look(leaf);
        self.event = event;
        self.ended |= self.story == Story::Search;
    }

    fn look(&mut self, node: NodeId) {
        self.focus = (node, self.focus.0);
        self.ask_again();
    }

    fn ask_again(&mut self) {
        self.search = Search::run(&self.tree, self.asked.query());
    }

    // Splits the overfull leaf; returns it and its fullest quarter.
    fn split_once(&mut self) -> (NodeId, NodeId) {
        let leaf = self.overfull;
        let fullest = self.tree_mut().split(leaf);
        self.overfull = if self.tree.is_overfull(fullest) { fullest } else { NONE };
        (leaf, fullest)
    }

    fn rebuild(&mut self, points: &[Point]) {
        let mut tree = Tree::new(self.tree.capacity as usize, usize::from(self.tree.max_depth));
        for point in points {
            tree.insert(*point);
        }
        self.tree = Rc::new(tree);
        self.closest.set(None);
    }

    fn tree_mut(&mut self) -> &mut Tree {
        self.closest.set(None);
        Rc::make_mut(&mut self.tree)
    }
}
