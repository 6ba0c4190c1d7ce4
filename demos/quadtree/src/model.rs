//! A quadtree: a square that is cut into four wherever too many points lie.
//!
//! Every node is a square of the plane, the root is all of it. A leaf holds points; when it holds more than its capacity, it is
//! split into four quarters, and its points go down into them. That is all: the tree is deep where points lie close, and
//! shallow where there are few.
//!
//! Squares are half-open, so that every point lies in exactly one of them: a point on a split line belongs to the right and to
//! the lower side. Halves and comparisons are exact in floating point, so no rounding can put a point on the wrong side.

/// A point of the plane; both numbers are in 0..1.
// Invariant: finite, not negative, below 1. `Point::new` sees to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// From left to right.
    pub x: f64,
    /// From top to bottom.
    pub y: f64,
}

/// The largest number below 1: where a point on the outer edge is put, so that it lies inside.
const INSIDE: f64 = 1.0 - f64::EPSILON / 2.0;

impl Point {
    /// A point of the world; one on its outer edge is moved inside by the smallest step there is. `None` outside the world, and
    /// for what is not a number.
    pub fn new(x: f64, y: f64) -> Option<Point> {
        let inside = |at: f64| (0.0..=1.0).contains(&at);
        (inside(x) && inside(y)).then(|| Point { x: x.min(INSIDE), y: y.min(INSIDE) })
    }

    /// The square of the distance to another point.
    pub fn squared(self, other: Point) -> f64 {
        let (dx, dy) = (self.x - other.x, self.y - other.y);
        dx * dx + dy * dy
    }
}

/// The number of a node: the root is 0, quarters come four in a row.
pub type NodeId = u32;
/// The number of a point, in the order in which they came.
pub type PointId = u32;
/// No node and no point.
pub const NONE: u32 = u32::MAX;

/// The largest depth that can be asked for.
pub const MAX_DEPTH: u8 = 24;

/// A square of the plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    /// Its left edge.
    pub x: f64,
    /// Its upper edge.
    pub y: f64,
    /// How often the world was halved to get there.
    pub depth: u8,
    /// The node that it is a quarter of; [`NONE`] for the root.
    pub parent: NodeId,
    /// The first of its four quarters: upper left, upper right, lower left, lower right. [`NONE`] for a leaf.
    pub quarters: NodeId,
    /// The first of a leaf's points, [`NONE`] when it has none; [`Tree::after`] gives the others.
    pub first: PointId,
    /// How many points a leaf holds; 0 for other nodes.
    pub count: u32,
}

/// The tree with its points.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// A leaf with more points than this is split.
    pub capacity: u32,
    /// Leaves at this depth are not split, however many points they hold.
    pub max_depth: u8,
    /// The root first; the quarters of a node lie side by side.
    pub nodes: Vec<Node>,
    /// In the order in which they came.
    pub points: Vec<Point>,
    /// For each point the next one in the same leaf: a list needs no memory of its own per leaf.
    next: Vec<PointId>,
    /// The depth of the deepest node.
    pub depth: u8,
}

impl Tree {
    /// One empty cell.
    pub fn new(capacity: usize, max_depth: usize) -> Tree {
        let root = Node { x: 0.0, y: 0.0, depth: 0, parent: NONE, quarters: NONE, first: NONE, count: 0 };
        Tree {
            capacity: capacity.max(1) as u32,
            max_depth: max_depth.min(usize::from(MAX_DEPTH)) as u8,
            nodes: vec![root],
            points: Vec::new(),
            next: Vec::new(),
            depth: 0,
        }
    }

    /// Puts a point into the tree and splits as long as it takes. Returns the number of splits.
    pub fn insert(&mut self, point: Point) -> usize {
        let mut full = self.land(point);
        let mut splits = 0;
        while self.is_overfull(full) {
            full = self.split(full);
            splits += 1;
        }
        splits
    }

    /// Puts a point into the leaf that it lies in, without splitting it. Returns that leaf.
    pub fn land(&mut self, point: Point) -> NodeId {
        let leaf = self.leaf_of(point);
        let id = self.points.len() as PointId;
        self.points.push(point);
        self.next.push(NONE);
        self.hang(leaf, id);
        leaf
    }

    /// Whether a leaf has to be split.
    pub fn is_overfull(&self, leaf: NodeId) -> bool {
        self.node(leaf).is_some_and(|node| node.is_leaf() && node.count > self.capacity && node.depth < self.max_depth)
    }

    /// Cuts a leaf into four and lets its points go down. Returns the quarter that got the most of them: after one point too
    /// many it is the only one that can be overfull.
    pub fn split(&mut self, leaf: NodeId) -> NodeId {
        let quarters = self.nodes.len() as NodeId;
        let old = self.nodes[leaf as usize];
        let half = side(old.depth + 1);
        for nth in 0..4 {
            let x = if nth % 2 == 1 { old.x + half } else { old.x };
            let y = if nth >= 2 { old.y + half } else { old.y };
            let depth = old.depth + 1;
            self.nodes.push(Node { x, y, depth, parent: leaf, quarters: NONE, first: NONE, count: 0 });
        }
        self.depth = self.depth.max(old.depth + 1);
        let split = &mut self.nodes[leaf as usize];
        (split.quarters, split.first, split.count) = (quarters, NONE, 0);
        let mut id = old.first;
        while id != NONE {
            let next = self.next[id as usize];
            self.hang(quarters + quarter(&old, self.points[id as usize]), id);
            id = next;
        }
        let mut fullest = quarters;
        for nth in 1..4 {
            if self.nodes[(quarters + nth) as usize].count > self.nodes[fullest as usize].count {
                fullest = quarters + nth;
            }
        }
        fullest
    }

    /// The leaf that a point lies in.
    pub fn leaf_of(&self, point: Point) -> NodeId {
        let mut id = 0;
        let mut node = &self.nodes[0];
        while !node.is_leaf() {
            id = node.quarters + quarter(node, point);
            node = &self.nodes[id as usize];
        }
        id
    }

    /// A node by its number.
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id as usize)
    }

    /// The points of a leaf, the last one first; none for other nodes.
    pub fn points_of(&self, leaf: NodeId) -> Vec<PointId> {
        let mut points = Vec::new();
        let mut id = self.node(leaf).map_or(NONE, |node| node.first);
        while id != NONE {
            points.push(id);
            id = self.next[id as usize];
        }
        points
    }

    /// The point after another one in the same leaf; [`NONE`] at the end.
    pub fn after(&self, id: PointId) -> PointId {
        self.next.get(id as usize).copied().unwrap_or(NONE)
    }

    /// How many nodes have been split.
    pub fn splits(&self) -> usize {
        self.nodes.len() / 4
    }

    /// How many nodes have not been split: every split makes four of one.
    pub fn leaves(&self) -> usize {
        3 * self.splits() + 1
    }

    /// What must always hold: every point lies in exactly one leaf and inside its square; a leaf holds more than the capacity
    /// only where it cannot be split, or when it is `waiting` to be; the numbers of nodes fit.
    pub fn check(&self, waiting: NodeId) -> Result<(), &'static str> {
        let mut held = 0;
        for (id, node) in self.nodes.iter().enumerate() {
            let side = side(node.depth);
            let mut count = 0;
            let mut point = node.first;
            while point != NONE && count <= self.points.len() {
                let Point { x, y } = self.points[point as usize];
                if x < node.x || y < node.y || x >= node.x + side || y >= node.y + side {
                    return Err("a point lies outside its leaf");
                }
                count += 1;
                point = self.next[point as usize];
            }
            held += count;
            if count != node.count as usize || (!node.is_leaf() && count > 0) {
                return Err("a node holds other points than it says");
            }
            if count > self.capacity as usize && node.depth < self.max_depth && id as NodeId != waiting {
                return Err("a leaf holds more points than its capacity");
            }
            if !node.is_leaf() && self.nodes.get(node.quarters as usize).is_none_or(|it| it.parent as usize != id) {
                return Err("a quarter does not know its node");
            }
        }
        if held != self.points.len() {
            return Err("a point is in no leaf or in two");
        }
        if self.nodes.len() != 4 * self.splits() + 1 {
            return Err("there are not four nodes for each split and the root");
        }
        Ok(())
    }

    fn hang(&mut self, leaf: NodeId, id: PointId) {
        let node = &mut self.nodes[leaf as usize];
        self.next[id as usize] = node.first;
        node.first = id;
        node.count += 1;
    }
}

impl Node {
    /// Whether it has not been split.
    pub fn is_leaf(&self) -> bool {
        self.quarters == NONE
    }

    /// Its left, upper, right and lower edge; the right and the lower one do not belong to it.
    pub fn square(&self) -> [f64; 4] {
        let side = side(self.depth);
        [self.x, self.y, self.x + side, self.y + side]
    }
}

/// The side of a square at a depth.
pub fn side(depth: u8) -> f64 {
    1.0 / (1_u64 << depth.min(52)) as f64
}

// Which quarter of a node a point lies in: 1 for right, 2 for down.
fn quarter(node: &Node, point: Point) -> u32 {
    let half = side(node.depth + 1);
    u32::from(point.x >= node.x + half) + 2 * u32::from(point.y >= node.y + half)
}
