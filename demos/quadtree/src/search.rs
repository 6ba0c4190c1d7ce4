//! Questions to a quadtree, answered step by step: which points lie in a box or a circle, and which one is nearest.
//!
//! The search looks at a node and asks one thing: can an answer lie in this square? If not, the node is pruned, with all that is
//! below it. If so, a leaf has its points tested one by one, and any other node has its four quarters looked at.

use crate::model::{NONE, NodeId, Point, PointId, Tree};

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Query {
    /// Nothing.
    Nothing,
    /// The points of a rectangle. It is half-open like the cells, so that of two boxes side by side one has each point; without
    /// an area there is nothing in it.
    Box {
        /// Left, upper, right and lower edge; they may lie outside the world.
        edges: [f64; 4],
    },
    /// The points whose distance from a place is less than a radius.
    Circle {
        /// Center.
        x: f64,
        /// Center.
        y: f64,
        /// Radius, >= 0.
        r: f64,
    },
    /// The point that is nearest to a place.
    Nearest {
        /// The place.
        x: f64,
        /// The place.
        y: f64,
    },
}

impl Query {
    /// Whether a point is an answer; for the nearest point it takes all of them to know.
    pub fn holds(&self, point: Point) -> bool {
        match *self {
            Query::Box { edges: [left, top, right, bottom] } => {
                point.x >= left && point.x < right && point.y >= top && point.y < bottom
            }
            Query::Circle { x, y, r } => point.squared(Point { x, y }) < r * r,
            Query::Nothing | Query::Nearest { .. } => false,
        }
    }

    /// Whether an answer can lie in a square. For the nearest point `best` is the squared distance of the best one so far.
    fn meets(&self, [left, top, right, bottom]: [f64; 4], best: f64) -> bool {
        match *self {
            Query::Nothing => false,
            Query::Box { edges } => {
                left.max(edges[0]) < right.min(edges[2]) && top.max(edges[1]) < bottom.min(edges[3])
            }
            Query::Circle { x, y, r } => squared_gap([left, top, right, bottom], x, y) < r * r,
            Query::Nearest { x, y } => squared_gap([left, top, right, bottom], x, y) < best,
        }
    }
}

/// What has become of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Not looked at yet, or below a pruned one.
    Unseen,
    /// Looked at, an answer may lie in it, and its turn has not come.
    Waiting,
    /// No answer can lie in it: nothing below it is looked at.
    Pruned,
    /// Its quarters were looked at.
    Opened,
    /// A leaf whose points were tested.
    Scanned,
}

/// A search under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    /// What is asked.
    pub query: Query,
    /// What has become of each node.
    pub fates: Vec<Fate>,
    /// How many nodes were looked at, those that were pruned among them.
    pub visited: usize,
    /// How many nodes were pruned.
    pub pruned: usize,
    /// How many points were tested.
    pub tested: usize,
    /// The answers so far.
    pub found: Vec<PointId>,
    /// Squared distance of the nearest point so far; infinite when there is none.
    best: f64,
    /// Nodes whose turn comes, the next one last.
    waiting: Vec<NodeId>,
}

/// What one step of a search did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A node was opened: so many of its quarters were kept and pruned.
    Opened(NodeId, usize, usize),
    /// A leaf was scanned: so many points were tested and found.
    Scanned(NodeId, usize, usize),
    /// A node that had been waiting turned out to be too far away.
    Pruned(NodeId),
}

impl Search {
    /// Looks at the root.
    pub fn new(tree: &Tree, query: Query) -> Search {
        let mut search = Search {
            query,
            fates: Vec::new(),
            visited: 0,
            pruned: 0,
            tested: 0,
            found: Vec::new(),
            best: f64::INFINITY,
            waiting: Vec::new(),
        };
        search.fates.resize(tree.nodes.len(), Fate::Unseen);
        if query != Query::Nothing {
            search.look_at(tree, 0);
        }
        search
    }

    /// What has become of a node.
    pub fn fate(&self, id: NodeId) -> Fate {
        self.fates.get(id as usize).copied().unwrap_or(Fate::Unseen)
    }

    /// A search that is already through.
    pub fn run(tree: &Tree, query: Query) -> Search {
        let mut search = Search::new(tree, query);
        while search.step(tree).is_some() {}
        search
    }

    /// Whether there is nothing more to look at.
    pub fn is_done(&self) -> bool {
        self.waiting.is_empty()
    }

    /// The next node's turn; `None` at the end.
    pub fn step(&mut self, tree: &Tree) -> Option<Step> {
        let id = self.waiting.pop()?;
        let node = tree.node(id)?;
        if !self.query.meets(node.square(), self.best) {
            self.fates[id as usize] = Fate::Pruned;
            self.pruned += 1;
            return Some(Step::Pruned(id));
        }
        if node.is_leaf() {
            self.fates[id as usize] = Fate::Scanned;
            let (tested, found) = self.scan(tree, id);
            return Some(Step::Scanned(id, tested, found));
        }
        self.fates[id as usize] = Fate::Opened;
        let (before, first) = (self.pruned, self.waiting.len());
        for nth in [3, 2, 1, 0] {
            self.look_at(tree, node.quarters + nth);
        }
        self.nearest_last(tree, first);
        Some(Step::Opened(id, self.waiting.len() - first, self.pruned - before))
    }

    fn look_at(&mut self, tree: &Tree, id: NodeId) {
        self.visited += 1;
        let may = tree.node(id).is_some_and(|node| self.query.meets(node.square(), self.best));
        self.fates[id as usize] = if may { Fate::Waiting } else { Fate::Pruned };
        if may {
            self.waiting.push(id);
        } else {
            self.pruned += 1;
        }
    }

    fn scan(&mut self, tree: &Tree, leaf: NodeId) -> (usize, usize) {
        let (mut tested, mut found) = (0, 0);
        for id in tree.points_of(leaf) {
            tested += 1;
            let point = tree.points[id as usize];
            if let Query::Nearest { x, y } = self.query {
                let squared = point.squared(Point { x, y });
                if squared < self.best {
                    self.best = squared;
                    self.found.clear();
                    self.found.push(id);
                    found = 1;
                }
            } else if self.query.holds(point) {
                self.found.push(id);
                found += 1;
            }
        }
        self.tested += tested;
        (tested, found)
    }

    // The nearest point is soon found when the nearest square has its turn first.
    fn nearest_last(&mut self, tree: &Tree, first: usize) {
        let Query::Nearest { x, y } = self.query else { return };
        let gap = |id: NodeId| tree.node(id).map_or(0.0, |node| squared_gap(node.square(), x, y));
        for end in (first + 1..self.waiting.len()).rev() {
            for idx in first..end {
                if gap(self.waiting[idx]) < gap(self.waiting[idx + 1]) {
                    self.waiting.swap(idx, idx + 1);
                }
            }
        }
    }
}

/// The answers by testing every point in turn, ascending; of several nearest points the first.
pub fn brute_force(points: &[Point], query: Query) -> Vec<PointId> {
    let mut found = Vec::new();
    let mut best = f64::INFINITY;
    for (id, point) in points.iter().enumerate() {
        if let Query::Nearest { x, y } = query {
            let squared = point.squared(Point { x, y });
            if squared < best {
                best = squared;
                found.clear();
                found.push(id as PointId);
            }
        } else if query.holds(*point) {
            found.push(id as PointId);
        }
    }
    found
}

/// The smallest squared distance between two points; `None` for fewer than two.
///
/// First the points of each leaf are compared with each other, which finds a small distance. Then only points that are less than
/// that from the edge of their leaf can have a closer one outside: few of them, and the search for it looks at few nodes.
pub fn closest_pair(tree: &Tree) -> Option<f64> {
    let mut best = f64::INFINITY;
    for node in &tree.nodes {
        let mut one = node.first;
        while one != NONE && best > 0.0 {
            let mut other = tree.after(one);
            while other != NONE {
                best = best.min(tree.points[one as usize].squared(tree.points[other as usize]));
                other = tree.after(other);
            }
            one = tree.after(one);
        }
    }
    for node in &tree.nodes {
        let [left, top, right, bottom] = node.square();
        let mut id = node.first;
        while id != NONE {
            let point = tree.points[id as usize];
            let edge = (point.x - left).min(right - point.x).min(point.y - top).min(bottom - point.y);
            if edge * edge < best {
                best = closest_to(tree, id, best);
            }
            id = tree.after(id);
        }
    }
    best.is_finite().then_some(best)
}

// The smaller of a squared distance and the smallest from one point to another.
fn closest_to(tree: &Tree, own: PointId, mut best: f64) -> f64 {
    let point = tree.points[own as usize];
    let mut waiting: Vec<NodeId> = vec![0];
    while let Some(id) = waiting.pop() {
        let Some(node) = tree.node(id).filter(|node| squared_gap(node.square(), point.x, point.y) < best) else {
            continue;
        };
        if !node.is_leaf() {
            for nth in 0..4 {
                waiting.push(node.quarters + nth);
            }
        }
        let mut other = node.first;
        while other != NONE {
            if other != own {
                best = best.min(point.squared(tree.points[other as usize]));
            }
            other = tree.after(other);
        }
    }
    best
}

/// Whether a point list holds a point: [`NONE`] is never in it.
pub fn contains(points: &[PointId], id: PointId) -> bool {
    id != NONE && points.contains(&id)
}

// The squared distance from a place to a square; 0 inside.
fn squared_gap([left, top, right, bottom]: [f64; 4], x: f64, y: f64) -> f64 {
    let (dx, dy) = (beyond(left, right, x), beyond(top, bottom, y));
    dx * dx + dy * dy
}

fn beyond(low: f64, high: f64, at: f64) -> f64 {
    if at < low {
        low - at
    } else if at > high {
        at - high
    } else {
        0.0
    }
}
