//! A cluster: servers with their points, keys, and who owns what, now and after a server has come or gone.

use std::rc::Rc;

use crate::hash::{Hash, Name};
use crate::model::{MAX_SERVERS, Owner, Point, Ring, ServerId, WHOLE, sort};
use crate::scheme::{Scheme, assigned, highest_draw, position};

/// Most points per server and unit of weight.
pub const MAX_POINTS: u16 = 256;
/// Most keys.
pub const MAX_KEYS: usize = 2_000;

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
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// What holds for all of it.
    pub rules: Rules,
    /// By number; this is also the list of hash mod N.
    pub servers: Vec<Server>,
    /// The servers' points.
    pub ring: Ring,
    /// Clockwise. Servers that come and go leave them as they are.
    pub keys: Rc<[Key]>,
    /// The share of the ring of each of the servers 0..64: [`Ring::shares`], which every frame of a picture asks for.
    pub shares: Vec<f64>,
    // Both by the key's number.
    owners: Vec<Owner>,
    modulo: Vec<Owner>,
    // How many keys each of the servers 0..64 owns under the chosen scheme, for the same reason.
    loads: [usize; MAX_SERVERS],
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
        self.loads.get(usize::from(id)).copied().unwrap_or(0)
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
                Scheme::Rendezvous => highest_draw(self, key.hash, &copies),
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
        if points != self.ring.points().len() {
            return Err("the ring has other points than its servers");
        }
        let mut places = 0;
        for idx in 0..points {
            places += self.ring.arc(idx).length;
            if idx > 0 && self.ring.points()[idx] < self.ring.points()[idx - 1] {
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
}

fn placed(rules: Rules, servers: Vec<Server>, ring: Ring, keys: Rc<[Key]>) -> Cluster {
    let (shares, mut loads) = (ring.shares(), [0; MAX_SERVERS]);
    let mut cluster = Cluster { rules, servers, ring, keys, shares, owners: Vec::new(), modulo: Vec::new(), loads };
    let beside = if rules.scheme == Scheme::Modulo { Scheme::Ring } else { rules.scheme };
    cluster.owners = assigned(&cluster, beside);
    cluster.modulo = assigned(&cluster, Scheme::Modulo);
    for id in cluster.owners().iter().flatten() {
        loads[usize::from(*id) % MAX_SERVERS] += 1;
    }
    cluster.loads = loads;
    cluster
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
