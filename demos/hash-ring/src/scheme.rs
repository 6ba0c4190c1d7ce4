//! The schemes: the ring, and what stands beside it: hash mod N, rendezvous, jump hash, and the ring with bounded load.
//!
//! Each takes a cluster and says who owns a key.

use crate::cluster::Cluster;
use crate::hash::mix;
use crate::model::{MAX_SERVERS, Owner, ServerId};

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

/// Who owns each key of a cluster under a scheme, by the key's number.
pub fn assigned(cluster: &Cluster, scheme: Scheme) -> Vec<Owner> {
    let slots = cluster.slots();
    let mut owners = vec![None; cluster.keys.len()];
    for key in cluster.keys.iter() {
        owners[usize::from(key.id)] = match scheme {
            Scheme::Ring | Scheme::Bounded => cluster.ring.owner(key.at),
            Scheme::Rendezvous => highest_draw(cluster, key.hash, &[]),
            Scheme::Modulo | Scheme::Jump if slots.is_empty() => None,
            Scheme::Modulo => Some(slots[modulo(key.hash, slots.len())]),
            Scheme::Jump => Some(slots[jump(key.hash, slots.len())]),
        };
    }
    if scheme == Scheme::Bounded {
        pass_on(cluster, &mut owners);
    }
    owners
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

/// The best draw of a key among the servers that are not excluded; equal draws go to the lower number.
pub fn highest_draw(cluster: &Cluster, hash: u64, without: &[ServerId]) -> Owner {
    let (mut best, mut winner) = (0, None);
    for server in &cluster.servers {
        if position(without, Some(server.id)) < without.len() {
            continue;
        }
        // A server draws as often as it weighs.
        for nth in 0..server.weight {
            let ticket = u64::from(server.id) << 8 | u64::from(nth);
            let draw = mix(hash ^ mix(cluster.rules.seed ^ ticket << 32));
            if winner.is_none() || draw > best {
                (best, winner) = (draw, Some(server.id));
            }
        }
    }
    winner
}

/// The index of a server in a list; the list's length when it is not in it.
pub fn position(list: &[ServerId], wanted: Owner) -> usize {
    let mut idx = 0;
    while idx < list.len() && Some(list[idx]) != wanted {
        idx += 1;
    }
    idx
}

// Bounded load: keys come in the order of their numbers, and a server without room sends a key on.
fn pass_on(cluster: &Cluster, owners: &mut [Owner]) {
    let mut room = [0; MAX_SERVERS];
    for server in &cluster.servers {
        room[usize::from(server.id) % MAX_SERVERS] = cluster.bound(server.weight);
    }
    let mut places = vec![0; owners.len()];
    for key in cluster.keys.iter() {
        places[usize::from(key.id)] = cluster.ring.first(key.at);
    }
    for (owner, first) in owners.iter_mut().zip(places) {
        *owner = None;
        let mut nth = 0;
        while let Some(point) = cluster.ring.walk(first, nth) {
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
