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

    /// The ring with more points on it.
    pub fn with(&self, mut fresh: Vec<Point>) -> Ring {
        fresh.sort_unstable();
        let mut points = Vec::with_capacity(self.points.len() + fresh.len());
        let mut rest = self.points.as_slice();
        for point in fresh {
            let (before, after) = rest.split_at(rest.partition_point(|old| *old < point));
            points.extend_from_slice(before);
            points.push(point);
            rest = after;
        }
        points.extend_from_slice(rest);
        Ring { points }
    }

    /// The ring without a server's points.
    pub fn without(&self, server: ServerId) -> Ring {
        let stays = |point: &&Point| point.server != server;
        Ring {
            points: self.points.iter().filter(stays).copied().collect(),
        }
    }

    /// The points in the order in which a walk clockwise from a place meets them, once round.
    pub fn clockwise(&self, at: u64) -> impl Iterator<Item = &Point> {
        let (passed, ahead) = self
            .points
            .split_at(self.points.partition_point(|point| point.at < at));
        ahead.iter().chain(passed)
    }

    /// Who owns a place: the first point at or after it, round the end if need be.
    pub fn owner(&self, at: u64) -> Owner {
        self.clockwise(at).next().map(|point| point.server)
    }

    /// What each point owns, clockwise. Lengths add up to exactly 2^64.
    pub fn arcs(&self) -> impl Iterator<Item = Arc> {
        let mut previous = self.points.last().map_or(0, |point| point.at);
        self.points.iter().enumerate().map(move |(idx, point)| {
            let gap = point.at.wrapping_sub(previous);
            previous = point.at;
            // The first arc passes place 0; it is the whole ring when all points share one place.
            let length = if idx == 0 && gap == 0 {
                WHOLE
            } else {
                u128::from(gap)
            };
            Arc {
                end: point.at,
                length,
                server: point.server,
            }
        })
    }

    /// How many places each of the servers 0..64 owns.
    pub fn shares(&self) -> [u128; MAX_SERVERS] {
        let mut shares = [0; MAX_SERVERS];
        for arc in self.arcs() {
            shares[usize::from(arc.server) % MAX_SERVERS] += arc.length;
        }
        shares
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
        state = state
            .wrapping_mul(2_862_933_555_777_941_757)
            .wrapping_add(1);
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
        let empty = Cluster {
            rules,
            servers: Vec::new(),
            ring: Ring::default(),
            keys: keys_of(rules, keys),
            owners: Vec::new(),
            modulo: Vec::new(),
        };
        let points = servers
            .iter()
            .flat_map(|server| points_of(rules, server.id, 0, server.points));
        let ring = empty.ring.with(points.collect());
        empty.placed(servers.to_vec(), ring)
    }

    /// A server comes, or gets more points than it has.
    pub fn with(&self, server: Server) -> Cluster {
        let mut servers = self.servers.clone();
        let slot = servers.partition_point(|other| other.id < server.id);
        let had = match servers.get_mut(slot).filter(|other| other.id == server.id) {
            Some(known) => std::mem::replace(known, server).points,
            None => {
                servers.insert(slot, server);
                0
            }
        };
        let fresh = points_of(self.rules, server.id, had, server.points).collect();
        self.placed(servers, self.ring.with(fresh))
    }

    /// A server goes, with all of its points.
    pub fn without(&self, id: ServerId) -> Cluster {
        let mut servers = self.servers.clone();
        servers.retain(|server| server.id != id);
        self.placed(servers, self.ring.without(id))
    }

    /// The same servers, each with so many points per unit of weight.
    pub fn with_points(&self, points: u16) -> Cluster {
        let servers: Vec<Server> = self
            .servers
            .iter()
            .map(|server| Server {
                points: points * u16::from(server.weight),
                ..*server
            })
            .collect();
        Cluster::new(self.rules, &servers, self.keys.len())
    }

    /// The same servers and keys under another hash: every place changes.
    pub fn with_hash(&self, hash: Hash) -> Cluster {
        Cluster::new(Rules { hash, ..self.rules }, &self.servers, self.keys.len())
    }

    /// The server of that number.
    pub fn server(&self, id: ServerId) -> Option<&Server> {
        self.servers.iter().find(|server| server.id == id)
    }

    /// Who owns each key under the chosen scheme, by the key's number.
    pub fn owners(&self) -> &[Owner] {
        if self.rules.scheme == Scheme::Modulo {
            &self.modulo
        } else {
            &self.owners
        }
    }

    /// Who owns each key under the scheme that is compared with hash mod N: the chosen one, or the ring.
    pub fn owners_beside_modulo(&self) -> &[Owner] {
        &self.owners
    }

    /// Who owns each key under hash mod N, by the key's number.
    pub fn owners_modulo(&self) -> &[Owner] {
        &self.modulo
    }

    /// How many keys a server owns under the chosen scheme.
    pub fn load(&self, id: ServerId) -> usize {
        self.owners()
            .iter()
            .filter(|owner| **owner == Some(id))
            .count()
    }

    /// The list of hash mod N and of jump hash: each server as often as it weighs.
    pub fn slots(&self) -> Vec<ServerId> {
        let times = |server: &Server| std::iter::repeat_n(server.id, usize::from(server.weight));
        self.servers.iter().flat_map(times).collect()
    }

    /// Where the copies of a key lie: its owner, then the next servers that are not yet in the list. Fewer than `count` when
    /// there are fewer servers.
    pub fn replicas(&self, key: &Key, count: usize) -> Vec<ServerId> {
        let owner = self.owners().get(usize::from(key.id)).copied().flatten();
        let next: Vec<ServerId> = match self.rules.scheme {
            Scheme::Ring | Scheme::Bounded => self
                .ring
                .clockwise(key.at)
                .map(|point| point.server)
                .collect(),
            Scheme::Rendezvous => {
                let mut ranking = Vec::new();
                while let Some(id) = self.highest_draw(key.hash, &ranking) {
                    ranking.push(id);
                }
                ranking
            }
            Scheme::Modulo | Scheme::Jump => {
                let slots = self.slots();
                let start = slots.iter().position(|id| Some(*id) == owner).unwrap_or(0);
                slots[start..]
                    .iter()
                    .chain(&slots[..start])
                    .copied()
                    .collect()
            }
        };
        let mut copies = Vec::new();
        for id in owner.into_iter().chain(next) {
            if copies.len() < count && !copies.contains(&id) {
                copies.push(id);
            }
        }
        copies
    }

    /// Most keys that a server of weight 1 may own under bounded load: (1 + slack) times the mean, rounded up.
    pub fn bound(&self, weight: u8) -> usize {
        let all: usize = self
            .servers
            .iter()
            .map(|server| usize::from(server.weight))
            .sum();
        let room = (100 + usize::from(self.rules.slack)) * self.keys.len() * usize::from(weight);
        room.div_ceil((100 * all).max(1))
    }

    /// What must always hold.
    pub fn check(&self) -> Result<(), &'static str> {
        let points: usize = self
            .servers
            .iter()
            .map(|server| usize::from(server.points))
            .sum();
        if points != self.ring.points.len() {
            return Err("the ring has other points than its servers");
        }
        if !self.ring.points.is_sorted() {
            return Err("the points are not in clockwise order");
        }
        let whole = if points == 0 { 0 } else { WHOLE };
        if self.ring.arcs().map(|arc| arc.length).sum::<u128>() != whole {
            return Err("the arcs do not add up to the whole ring");
        }
        let there = self
            .servers
            .iter()
            .fold(0_u64, |bits, server| bits | 1 << server.id);
        let known = |owner: &Owner| owner.is_none_or(|id| there >> id & 1 == 1);
        if !self.owners.iter().chain(&self.modulo).all(known) {
            return Err("a key has an owner that is not there");
        }
        if self.rules.scheme == Scheme::Bounded
            && self
                .servers
                .iter()
                .any(|server| self.load(server.id) > self.bound(server.weight))
        {
            return Err("a server holds more than its bound");
        }
        Ok(())
    }

    fn placed(&self, servers: Vec<Server>, ring: Ring) -> Cluster {
        let keys = Rc::clone(&self.keys);
        let mut cluster = Cluster {
            rules: self.rules,
            servers,
            ring,
            keys,
            owners: Vec::new(),
            modulo: Vec::new(),
        };
        let beside = if self.rules.scheme == Scheme::Modulo {
            Scheme::Ring
        } else {
            self.rules.scheme
        };
        cluster.owners = cluster.assigned(beside);
        cluster.modulo = cluster.assigned(Scheme::Modulo);
        cluster
    }

    fn assigned(&self, scheme: Scheme) -> Vec<Owner> {
        let slots = self.slots();
        if scheme == Scheme::Bounded {
            return self.assigned_with_bound();
        }
        let mut owners = vec![None; self.keys.len()];
        for key in self.keys.iter() {
            owners[usize::from(key.id)] = match scheme {
                Scheme::Ring | Scheme::Bounded => self.ring.owner(key.at),
                Scheme::Modulo if slots.is_empty() => None,
                Scheme::Modulo => Some(slots[modulo(key.hash, slots.len())]),
                Scheme::Jump if slots.is_empty() => None,
                Scheme::Jump => Some(slots[jump(key.hash, slots.len())]),
                Scheme::Rendezvous => self.highest_draw(key.hash, &[]),
            };
        }
        owners
    }

    // Keys come in the order of their numbers; a full server sends the key on.
    fn assigned_with_bound(&self) -> Vec<Owner> {
        let mut room = [0; MAX_SERVERS];
        for server in &self.servers {
            room[usize::from(server.id) % MAX_SERVERS] = self.bound(server.weight);
        }
        let mut owners = vec![None; self.keys.len()];
        let mut places = vec![0; self.keys.len()];
        for key in self.keys.iter() {
            places[usize::from(key.id)] = key.at;
        }
        for (at, owner) in places.into_iter().zip(&mut owners) {
            let takes = |point: &&Point| room[usize::from(point.server) % MAX_SERVERS] > 0;
            if let Some(point) = self.ring.clockwise(at).find(takes) {
                room[usize::from(point.server) % MAX_SERVERS] -= 1;
                *owner = Some(point.server);
            }
        }
        owners
    }

    fn highest_draw(&self, hash: u64, without: &[ServerId]) -> Owner {
        let mut best: Option<(u64, ServerId)> = None;
        let others = self
            .servers
            .iter()
            .filter(|server| !without.contains(&server.id));
        for draw in others.filter_map(|server| self.draw(hash, server)) {
            // Equal draws go to the lower number.
            if best.is_none_or(|best| draw.0 > best.0) {
                best = Some(draw);
            }
        }
        best.map(|(_, id)| id)
    }

    // A server's draw for a key: the best of as many draws as it weighs, none for weight 0.
    fn draw(&self, hash: u64, server: &Server) -> Option<(u64, ServerId)> {
        let draw = |nth: u8| {
            mix(hash ^ mix(self.rules.seed ^ (u64::from(server.id) << 8 | u64::from(nth)) << 32))
        };
        (0..server.weight)
            .map(draw)
            .max()
            .map(|best| (best, server.id))
    }
}

/// The places of the points `from..to` of a server.
pub fn points_of(
    rules: Rules,
    server: ServerId,
    from: u16,
    to: u16,
) -> impl Iterator<Item = Point> {
    (from..to).map(move |point| {
        let name = Name::of_point(rules.seed, server, point);
        Point {
            at: rules.hash.place(rules.hash.value(name.bytes())),
            server,
        }
    })
}

/// So many keys, clockwise.
pub fn keys_of(rules: Rules, count: usize) -> Rc<[Key]> {
    let key = |id: u16| {
        let hash = rules.hash.value(Name::of_key(rules.seed, id).bytes());
        Key {
            id,
            hash,
            at: rules.hash.place(hash),
        }
    };
    let mut keys: Vec<Key> = (0..count.min(MAX_KEYS) as u16).map(key).collect();
    keys.sort_unstable_by_key(|key| (key.at, key.id));
    keys.into()
}
