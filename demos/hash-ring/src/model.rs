//! Consistent hashing: who owns a key, and what changes when a server comes or goes.
//!
//! Places on the ring are the numbers 0..2^64, clockwise, the last beside the first. A server stands on it at one or more
//! *points*; a key belongs to the server of the first point at or after its own place. So a point owns the *arc* from the
//! point before it up to itself, and a new point changes nothing but the arc that it cuts in two.
//! Four other schemes stand beside it: hash mod N, rendezvous, jump hash, and the ring with bounded load.

use std::rc::Rc;

use crate::hash::{Hash, Name, mix};

/// Most servers on the ring.
pub const MAX_SERVERS: usize = 64;
/// Most points per server and unit of weight.
pub const MAX_POINTS: u16 = 256;
/// Most keys.
pub const MAX_KEYS: usize = 2_000;
/// All places on the ring.
pub const WHOLE: u128 = 1 << 64;

/// A server's number, 0..64; A is 0.
pub type ServerId = u8;
/// Who owns a key; nobody when there is no server.
pub type Owner = Option<ServerId>;

/// A place on the ring that a server took. The order breaks ties: by place, then by server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// Its place.
    pub at: u64,
    /// Whose it is.
    pub server: ServerId,
}

/// The places that one point owns: after `end - length`, up to and with `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arc {
    /// The place of the point.
    pub end: u64,
    /// 0 where two points share a place, 2^64 for an only point.
    pub length: u128,
    /// Whose it is.
    pub server: ServerId,
}

/// The points of all servers, clockwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ring {
    // Invariant: sorted.
    points: Vec<Point>,
}

impl Ring {
    /// The points, clockwise from place 0.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// The ring with more points on it: a merge of two sorted lists.
    pub fn with(&self, fresh: &[Point]) -> Ring {
        let mut order = Vec::with_capacity(fresh.len());
        for point in fresh {
            order.push((point.at, u16::from(point.server)));
        }
        sort(&mut order);
        let mut points = Vec::with_capacity(self.points.len() + order.len());
        let mut old = 0;
        for (at, server) in order {
            let server = server as ServerId;
            while old < self.points.len() && self.points[old] <= (Point { at, server }) {
                points.push(self.points[old]);
                old += 1;
            }
            points.push(Point { at, server });
        }
        for point in self.points.get(old..).unwrap_or(&[]) {
            points.push(*point);
        }
        Ring { points }
    }

    /// The ring without a server's points.
    pub fn without(&self, server: ServerId) -> Ring {
        let mut points = Vec::with_capacity(self.points.len());
        for point in &self.points {
            if point.server != server {
                points.push(*point);
            }
        }
        Ring { points }
    }

    /// The index of the first point at or after a place, round the end if need be; 0 without points.
    pub fn first(&self, at: u64) -> usize {
        let (mut low, mut high) = (0, self.points.len());
        while low < high {
            let middle = (low + high) / 2;
            if self.points[middle].at < at {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if low < self.points.len() { low } else { 0 }
    }

    /// The `nth` point, 0 being the first, of a walk clockwise from point `first`; `None` after one round.
    pub fn walk(&self, first: usize, nth: usize) -> Option<Point> {
        let idx = first + nth;
        if nth >= self.points.len() {
            return None;
        }
        let idx = if idx < self.points.len() { idx } else { idx - self.points.len() };
        self.points.get(idx).copied()
    }

    /// Who owns a place: the first point at or after it, round the end if need be.
    pub fn owner(&self, at: u64) -> Owner {
        self.points.get(self.first(at)).map(|point| point.server)
    }

    /// The place of a server's next point clockwise.
    pub fn next_of(&self, at: u64, server: ServerId) -> Option<u64> {
        let first = self.first(at);
        let mut nth = 0;
        while let Some(point) = self.walk(first, nth) {
            if point.server == server {
                return Some(point.at);
            }
            nth += 1;
        }
        None
    }

    /// What the point of an index owns. Over all points the lengths add up to exactly 2^64.
    pub fn arc(&self, idx: usize) -> Arc {
        let point = self.points[idx];
        let previous = if idx == 0 { self.points.len() - 1 } else { idx - 1 };
        let gap = point.at.wrapping_sub(self.points[previous].at);
        // The first arc passes place 0; it is the whole ring when all points share one place.
        let length = if idx == 0 && gap == 0 { WHOLE } else { u128::from(gap) };
        Arc { end: point.at, length, server: point.server }
    }

    /// The share of the ring of each of the servers 0..64, 0..=1.
    pub fn shares(&self) -> Vec<f64> {
        let mut places = [0_u128; MAX_SERVERS];
        for idx in 0..self.points.len() {
            let arc = self.arc(idx);
            places[usize::from(arc.server) % MAX_SERVERS] += arc.length;
        }
        let mut shares = Vec::with_capacity(MAX_SERVERS);
        for places in places {
            // Half of 2^64 fits into 64 bits with room for all of it.
            shares.push((places >> 1) as u64 as f64 / (WHOLE >> 1) as f64);
        }
        shares
    }
}

/// Sorts by place, then by number: a heap sort, small and the same on every target.
pub fn sort(list: &mut [(u64, u16)]) {
    let count = list.len();
    for root in (0..count / 2).rev() {
        sift(list, root, count);
    }
    for end in (1..count).rev() {
        list.swap(0, end);
        sift(list, 0, end);
    }
}

// Lets an item sink in the heap `list[..end]` until no child is larger.
#[inline(never)]
fn sift(list: &mut [(u64, u16)], mut root: usize, end: usize) {
    loop {
        let mut child = 2 * root + 1;
        if child >= end {
            return;
        }
        if child + 1 < end && list[child] < list[child + 1] {
            child += 1;
        }
        if list[root] >= list[child] {
            return;
        }
        list.swap(root, child);
        root = child;
    }
}

/// Slot of a hash under `hash mod n`, n > 0.
pub fn modulo(hash: u64, n: usize) -> usize {
    (hash % n as u64) as usize
}

/// Jump hash (Lamping and Veach 2014): the bucket of a hash among n > 0. Going from n to n + 1 buckets
/// moves a key to bucket n or not at all.
pub fn jump(hash: u64, n: usize) -> usize {
    let (mut bucket, mut next, mut state) = (0_u64, 0_u64, hash);
    while next < n as u64 {
        bucket = next;
        state = state.wrapping_mul(2_862_933_555_777_941_757).wrapping_add(1);
        // How far to jump: 1 / (a chance between 0 and 1).
        let leap = (1_u64 << 31) as f64 / ((state >> 33) + 1) as f64;
        next = ((bucket + 1) as f64 * leap) as u64;
    }
    bucket as usize
}

/// How keys find their server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// The first point clockwise.
    Ring,
    /// Slot `hash mod N` of the list of servers.
    Modulo,
    /// The server whose own draw for this key is highest (Thaler and Ravishankar 1996).
    Rendezvous,
    /// Jump hash over the list of servers; the list can only grow and shrink at its end without a reshuffle.
    Jump,
    /// The first point clockwise whose server has room (Mirrokni, Thorup and Zadimoghaddam 2018).
    Bounded,
}

/// What holds for the whole cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// From which all names come.
    pub seed: u64,
    /// How names become places.
    pub hash: Hash,
    /// How keys find their server.
    pub scheme: Scheme,
    /// Room above the mean that a server has under bounded load, in percent, > 0.
    pub slack: u16,
}

/// A server in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Server {
    /// Its number.
    pub id: ServerId,
    /// How much it is to take, 0..=4: so many times the points, the slots, the draws.
    pub weight: u8,
    /// How many points it has on the ring, 0..=1024.
    pub points: u16,
}

/// A key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Its number; keys arrive in this order.
    pub id: u16,
    /// The hash of its name.
    pub hash: u64,
    /// Its place on the ring.
    pub at: u64,
}

/// Servers, keys, and who owns what. A value: a change makes another cluster, so that two can be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// What holds for all of it.
    pub rules: Rules,
    /// By number; this is also the list of hash mod N.
    pub servers: Vec<Server>,
    /// The servers' points.
    pub ring: Ring,
    /// Clockwise.
    pub keys: Rc<[Key]>,
    // Both by the key's number.
    owners: Vec<Owner>,
    modulo: Vec<Owner>,
}

impl Cluster {
    /// A cluster of servers and so many keys.
    pub fn new(rules: Rules, servers: &[Server], keys: usize) -> Cluster {
        let mut points = Vec::new();
        for server in servers {
            points_of(&mut points, rules, server.id, 0, server.points);
        }
        let keys = keys_of(rules, keys);
        placed(rules, servers.to_vec(), Ring::default().with(&points), keys)
    }

    /// A server comes, or gets more points than it has.
    pub fn with(&self, server: Server) -> Cluster {
        let mut servers = Vec::with_capacity(self.servers.len() + 1);
        let place = self.place(server.id);
        for known in &self.servers[..place] {
            servers.push(*known);
        }
        servers.push(server);
        let mut had = 0;
        for known in &self.servers[place..] {
            if known.id == server.id {
                had = known.points;
            } else {
                servers.push(*known);
            }
        }
        let mut fresh = Vec::new();
        points_of(&mut fresh, self.rules, server.id, had, server.points);
        placed(self.rules, servers, self.ring.with(&fresh), Rc::clone(&self.keys))
    }

    /// A server goes, with all of its points.
    pub fn without(&self, id: ServerId) -> Cluster {
        let mut servers = Vec::with_capacity(self.servers.len());
        for server in &self.servers {
            if server.id != id {
                servers.push(*server);
            }
        }
        placed(self.rules, servers, self.ring.without(id), Rc::clone(&self.keys))
    }

    /// The same servers and keys with so many points per unit of weight, and under that hash.
    pub fn changed(&self, points: u16, hash: Hash) -> Cluster {
        let mut servers = Vec::with_capacity(self.servers.len());
        for server in &self.servers {
            servers.push(Server { points: points * u16::from(server.weight), ..*server });
        }
        Cluster::new(Rules { hash, ..self.rules }, &servers, self.keys.len())
    }

    /// The server of that number.
    pub fn server(&self, id: ServerId) -> Option<Server> {
        let place = self.place(id);
        self.servers.get(place).copied().filter(|server| server.id == id)
    }

    /// Who owns each key under the chosen scheme, by the key's number.
    pub fn owners(&self) -> &[Owner] {
        if self.rules.scheme == Scheme::Modulo { &self.modulo } else { &self.owners }
    }

    /// Who owns each key under the scheme that is compared with hash mod N: the chosen one, or the ring.
    pub fn owners_beside_modulo(&self) -> &[Owner] {
        &self.owners
    }

    /// Who owns each key under hash mod N, by the key's number.
    pub fn owners_modulo(&self) -> &[Owner] {
        &self.modulo
    }

    /// Who owns a key under the chosen scheme.
    pub fn owner(&self, key: u16) -> Owner {
        self.owners().get(usize::from(key)).copied().flatten()
    }

    /// How many keys a server owns under the chosen scheme.
    pub fn load(&self, id: ServerId) -> usize {
        let mut load = 0;
        for owner in self.owners() {
            load += usize::from(*owner == Some(id));
        }
        load
    }

    /// The list of hash mod N and of jump hash: each server as often as it weighs.
    pub fn slots(&self) -> Vec<ServerId> {
        let mut slots = Vec::new();
        for server in &self.servers {
            for _ in 0..server.weight {
                slots.push(server.id);
            }
        }
        slots
    }

    /// Where the copies of a key lie: its owner, then the next servers that are not yet in the list. Fewer than `count` when
    /// there are fewer servers.
    pub fn replicas(&self, key: &Key, count: usize) -> Vec<ServerId> {
        let mut copies = Vec::new();
        let mut next = self.owner(key.id);
        let (slots, first) = (self.slots(), self.ring.first(key.at));
        let start = position(&slots, next);
        let mut nth = 0;
        while let Some(id) = next {
            if copies.len() < count && position(&copies, next) == copies.len() {
                copies.push(id);
            }
            next = match self.rules.scheme {
                _ if copies.len() >= count => None,
                Scheme::Ring | Scheme::Bounded => self.ring.walk(first, nth).map(|point| point.server),
                Scheme::Rendezvous => self.highest_draw(key.hash, &copies),
                Scheme::Modulo | Scheme::Jump if nth < slots.len() => Some(slots[(start + nth) % slots.len()]),
                Scheme::Modulo | Scheme::Jump => None,
            };
            nth += 1;
        }
        copies
    }

    /// Most keys that a server may own under bounded load: (1 + slack) times its part of the keys, rounded up.
    pub fn bound(&self, weight: u8) -> usize {
        let mut all = 0;
        for server in &self.servers {
            all += usize::from(server.weight);
        }
        let room = (100 + usize::from(self.rules.slack)) * self.keys.len() * usize::from(weight);
        room.div_ceil((100 * all).max(1))
    }

    /// What must always hold.
    pub fn check(&self) -> Result<(), &'static str> {
        let (mut points, mut there) = (0, 0_u64);
        for server in &self.servers {
            points += usize::from(server.points);
            there |= 1 << (server.id % 64);
            if self.rules.scheme == Scheme::Bounded && self.load(server.id) > self.bound(server.weight) {
                return Err("a server holds more than its bound");
            }
        }
        if points != self.ring.points.len() {
            return Err("the ring has other points than its servers");
        }
        let mut places = 0;
        for idx in 0..points {
            places += self.ring.arc(idx).length;
            if idx > 0 && self.ring.points[idx] < self.ring.points[idx - 1] {
                return Err("the points are not in clockwise order");
            }
        }
        if points > 0 && places != WHOLE {
            return Err("the arcs do not add up to the whole ring");
        }
        for owners in [&self.owners, &self.modulo] {
            for id in owners.iter().flatten() {
                if there >> (id % 64) & 1 == 0 {
                    return Err("a key has an owner that is not there");
                }
            }
        }
        Ok(())
    }

    // Where a server is in the list, or would be.
    fn place(&self, id: ServerId) -> usize {
        let mut place = 0;
        for server in &self.servers {
            place += usize::from(server.id < id);
        }
        place
    }

    fn assigned(&self, scheme: Scheme) -> Vec<Owner> {
        let slots = self.slots();
        let mut owners = vec![None; self.keys.len()];
        for key in self.keys.iter() {
            owners[usize::from(key.id)] = match scheme {
                Scheme::Ring | Scheme::Bounded => self.ring.owner(key.at),
                Scheme::Rendezvous => self.highest_draw(key.hash, &[]),
                Scheme::Modulo | Scheme::Jump if slots.is_empty() => None,
                Scheme::Modulo => Some(slots[modulo(key.hash, slots.len())]),
                Scheme::Jump => Some(slots[jump(key.hash, slots.len())]),
            };
        }
        if scheme == Scheme::Bounded {
            self.pass_on(&mut owners);
        }
        owners
    }

    // Bounded load: keys come in the order of their numbers, and a server without room sends a key on.
    fn pass_on(&self, owners: &mut [Owner]) {
        let mut room = [0; MAX_SERVERS];
        for server in &self.servers {
            room[usize::from(server.id) % MAX_SERVERS] = self.bound(server.weight);
        }
        let mut places = vec![0; owners.len()];
        for key in self.keys.iter() {
            places[usize::from(key.id)] = self.ring.first(key.at);
        }
        for (owner, first) in owners.iter_mut().zip(places) {
            *owner = None;
            let mut nth = 0;
            while let Some(point) = self.ring.walk(first, nth) {
                let room = &mut room[usize::from(point.server) % MAX_SERVERS];
                if *room > 0 {
                    *room -= 1;
                    *owner = Some(point.server);
                    break;
                }
                nth += 1;
            }
        }
    }

    // The best draw of a key among the servers that are not excluded; equal draws go to the lower number.
    fn highest_draw(&self, hash: u64, without: &[ServerId]) -> Owner {
        let (mut best, mut winner) = (0, None);
        for server in &self.servers {
            if position(without, Some(server.id)) < without.len() {
                continue;
            }
            // A server draws as often as it weighs.
            for nth in 0..server.weight {
                let ticket = u64::from(server.id) << 8 | u64::from(nth);
                let draw = mix(hash ^ mix(self.rules.seed ^ ticket << 32));
                if winner.is_none() || draw > best {
                    (best, winner) = (draw, Some(server.id));
                }
            }
        }
        winner
    }
}

fn placed(rules: Rules, servers: Vec<Server>, ring: Ring, keys: Rc<[Key]>) -> Cluster {
    let mut cluster = Cluster { rules, servers, ring, keys, owners: Vec::new(), modulo: Vec::new() };
    let beside = if rules.scheme == Scheme::Modulo { Scheme::Ring } else { rules.scheme };
    cluster.owners = cluster.assigned(beside);
    cluster.modulo = cluster.assigned(Scheme::Modulo);
    cluster
}

// The index of a server in a list; the list's length when it is not in it.
fn position(list: &[ServerId], wanted: Owner) -> usize {
    let mut idx = 0;
    while idx < list.len() && Some(list[idx]) != wanted {
        idx += 1;
    }
    idx
}

/// Appends the points `from..to` of a server.
pub fn points_of(points: &mut Vec<Point>, rules: Rules, server: ServerId, from: u16, to: u16) {
    for nth in from..to {
        let name = Name::of_point(rules.seed, server, nth);
        points.push(Point { at: rules.hash.place(rules.hash.value(name.bytes())), server });
    }
}

/// So many keys, clockwise.
pub fn keys_of(rules: Rules, count: usize) -> Rc<[Key]> {
    let mut order = Vec::with_capacity(count);
    for id in 0..count.min(MAX_KEYS) as u16 {
        order.push((rules.hash.place(rules.hash.value(Name::of_key(rules.seed, id).bytes())), id));
    }
    sort(&mut order);
    let mut keys = Vec::with_capacity(count);
    for (at, id) in order {
        keys.push(Key { id, hash: rules.hash.value_at(at), at });
    }
    keys.into()
}
