//! What is measured in a run, and what theory says about it: the meters, the charts, the big number.

use demo_kit::{Measures, Meter, Settings, math, num};

use crate::cluster::{Cluster, Server};
use crate::manifest::{self, KEYS, POINTS, SERVERS, WEIGHT};
use crate::model::ServerId;
use crate::scheme::Scheme;
use crate::story::{Event, HashRing, Story, moved};
use crate::theory::{
    Expected, keys_on_points, keys_on_slots, largest_over_mean, moved_by_modulo, spread_of_arcs, spread_of_draws,
};

/// A formula that is not shown before the reader has seen an event: it would answer the question.
const NOT_YET: &str = "\u{a0}";

/// The share of each server that takes keys: of the ring where arcs decide, otherwise of the keys. Empty when there is
/// nothing to share.
pub fn shares(cluster: &Cluster) -> Vec<f64> {
    let mut shares = Vec::new();
    let keys = cluster.keys.len();
    let arcs = cluster.rules.scheme == Scheme::Ring;
    if keys == 0 && !arcs {
        return shares;
    }
    for server in &cluster.servers {
        if server.weight > 0 {
            let load = || cluster.load(server.id) as f64 / keys as f64;
            shares.push(if arcs { cluster.shares[usize::from(server.id)] } else { load() });
        }
    }
    shares
}

/// Standard deviation of the shares over their mean.
pub fn spread(cluster: &Cluster) -> Option<f64> {
    let (mean, deviation) = math::mean_and_deviation(&shares(cluster))?;
    (mean > 0.0).then_some(deviation / mean)
}

/// The largest share over the mean share.
pub fn largest(cluster: &Cluster) -> Option<f64> {
    let (mut sum, mut max, mut count) = (0.0, 0.0, 0.0);
    for share in shares(cluster) {
        sum += share;
        count += 1.0;
        max = if share > max { share } else { max };
    }
    (sum > 0.0).then_some(max * count / sum)
}

/// What theory says about [`spread`]; `None` while servers differ by more than chance.
pub fn expected_spread(cluster: &Cluster) -> Option<Expected> {
    let points = equal_points(cluster)?;
    let servers = takers(cluster);
    match cluster.rules.scheme {
        Scheme::Ring => spread_of_arcs(servers, points),
        Scheme::Bounded => None,
        _ => spread_of_draws(servers, cluster.keys.len()),
    }
}

/// What theory says about [`largest`]: known for one point each.
pub fn expected_largest(cluster: &Cluster) -> Option<Expected> {
    let one_each = equal_points(cluster) == Some(1);
    (cluster.rules.scheme == Scheme::Ring && one_each).then(|| largest_over_mean(takers(cluster)))?
}

/// Share of the keys that the last change moved under the scheme compared with hash mod N; `None` before the first event.
pub fn moved_beside(run: &HashRing) -> Option<f64> {
    share_moved(run, moved(run.base.owners_beside_modulo(), run.now.owners_beside_modulo()))
}

/// Share of the keys that the last change moved under hash mod N; `None` before the first event.
pub fn moved_modulo(run: &HashRing) -> Option<f64> {
    share_moved(run, moved(run.base.owners_modulo(), run.now.owners_modulo()))
}

/// What theory says about [`moved_beside`], for a server that comes or goes.
pub fn expected_beside(run: &HashRing) -> Option<Expected> {
    let (id, larger, smaller) = comer(run)?;
    let keys = run.now.keys.len();
    let server = larger.server(id)?;
    match run.now.rules.scheme {
        Scheme::Ring | Scheme::Modulo => {
            let had = smaller.server(id).map_or(0, |known| known.points);
            keys_on_points(usize::from(server.points - had), larger.ring.points().len(), keys)
        }
        // Jump hash keeps its promise at the end of the list only.
        Scheme::Jump if larger.servers.last() != Some(&server) => None,
        Scheme::Rendezvous | Scheme::Jump if smaller.server(id).is_none() => {
            keys_on_slots(usize::from(server.weight), larger.slots().len(), keys)
        }
        _ => None,
    }
}

/// What theory says about [`moved_modulo`], counted over all remainders; `None` when the hash itself was exchanged.
pub fn expected_modulo(run: &HashRing) -> Option<Expected> {
    if matches!(run.event, Event::Setup | Event::Rehashed(_) | Event::Refused(_)) {
        return None;
    }
    let (part, period) = moved_by_modulo(&run.base.slots(), &run.now.slots());
    keys_on_slots(part, period, run.now.keys.len())
}

impl Measures for HashRing {
    fn meters(&self) -> Vec<Meter> {
        let scheme = self.now.rules.scheme;
        let (beside, modulo) = formulas(self);
        let spread_formula = if scheme == Scheme::Ring { "√((N−1) / (N·V + 1))" } else { "√((N−1) / K)" };
        let now = &self.now;
        vec![
            row(self, moved_name(scheme), beside, moved_beside(self), expected_beside(self), num::percent),
            row(self, "keys moved, hash mod N", modulo, moved_modulo(self), expected_modulo(self), num::percent),
            row(self, "spread of the shares", spread_formula, spread(now), expected_spread(now), num::percent),
            row(self, "largest share / mean", "1 + 1/2 + … + 1/N", largest(now), expected_largest(now), num::number),
        ]
    }

    // One value per series of the manifest's chart, as far as they belong to the run's story.
    fn sample(&self) -> Vec<Option<f64>> {
        let begun = self.event != Event::Setup;
        let mean = |expected: Option<Expected>| if begun { expected.map(|it| it.mean) } else { None };
        match self.story {
            Story::AddAServer | Story::AServerDies => {
                let (ring, modulo) = (mean(expected_beside(self)), mean(expected_modulo(self)));
                vec![moved_beside(self), moved_modulo(self), ring, modulo, None, None, None]
            }
            Story::OnePointEach => {
                vec![None, None, None, None, None, largest(&self.now), mean(expected_largest(&self.now))]
            }
            Story::TurnTheKnob | Story::BadHash => {
                vec![None, None, None, None, spread(&self.now), None, mean(expected_spread(&self.now))]
            }
        }
    }

    // The spread that the points of event 0 have with the story's final number of servers. A reader's actions are left out: the
    // sweep compares numbers of points, all else equal.
    fn outcome(&self) -> Option<f64> {
        let mut settings = self.setup.clone();
        settings.set(SERVERS, self.story.servers_at_end(settings.count(SERVERS)) as i64);
        spread(&HashRing::start(&settings, self.now.rules.seed as u32).now)
    }

    // What theory says about [`outcome`].
    fn theory(settings: &Settings) -> Option<f64> {
        let servers = Story::of(settings.preset).servers_at_end(settings.count(SERVERS));
        let expected = match manifest::scheme(settings) {
            _ if settings.get(WEIGHT) != 1 => None,
            Scheme::Ring => spread_of_arcs(servers, settings.count(POINTS)),
            Scheme::Bounded => None,
            _ => spread_of_draws(servers, settings.count(KEYS)),
        };
        expected.map(|it| it.mean)
    }
}

#[inline(never)]
fn row(
    run: &HashRing,
    name: &'static str,
    formula: &'static str,
    measured: Option<f64>,
    theory: Option<Expected>,
    write: fn(f64) -> String,
) -> Meter {
    match theory {
        Some(theory) if run.event != Event::Setup => {
            Meter::new(name, formula, measured, Some(theory.mean), Some(theory.sigma), write)
        }
        _ => Meter::new(name, NOT_YET, measured, None, None, write),
    }
}

/// How many servers take keys.
pub fn takers(cluster: &Cluster) -> usize {
    let mut takers = 0;
    for server in &cluster.servers {
        takers += usize::from(server.weight > 0);
    }
    takers
}

// How many points each server has that takes keys, when they have equally many and weigh the same.
fn equal_points(cluster: &Cluster) -> Option<usize> {
    let mut first: Option<Server> = None;
    for server in &cluster.servers {
        if server.weight > 0 {
            let known = first.get_or_insert(*server);
            if (known.points, known.weight) != (server.points, server.weight) {
                return None;
            }
        }
    }
    first.map(|server| usize::from(server.points))
}

fn share_moved(run: &HashRing, keys: usize) -> Option<f64> {
    let all = run.now.keys.len();
    let happened = !matches!(run.event, Event::Setup | Event::Refused(_));
    (happened && all > 0).then(|| keys as f64 / all as f64)
}

// Who came or went in the last change, and the cluster with and without.
fn comer(run: &HashRing) -> Option<(ServerId, &Cluster, &Cluster)> {
    match run.event {
        Event::Landed { server, .. } | Event::Joined(server) => Some((server, &run.now, &run.base)),
        Event::Left(server) => Some((server, &run.base, &run.now)),
        _ => None,
    }
}

fn moved_name(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Ring | Scheme::Modulo => "keys moved, ring",
        Scheme::Rendezvous => "keys moved, rendezvous",
        Scheme::Jump => "keys moved, jump hash",
        Scheme::Bounded => "keys moved, bounded load",
    }
}

fn formulas(run: &HashRing) -> (&'static str, &'static str) {
    let plain = run.setup.get(WEIGHT) == 1;
    match run.event {
        Event::Joined(_) if plain => ("1 / (N+1)", "N / (N+1)"),
        Event::Landed { nth, of, .. } if plain && nth == of => ("1 / (N+1)", "N / (N+1)"),
        Event::Landed { .. } if plain => ("its points / all points", "N / (N+1)"),
        Event::Left(_) if plain => ("1 / N", "(N−1) / N"),
        Event::Points(_) => (NOT_YET, "N stays the same"),
        _ => ("its weight / all weight", "over all remainders"),
    }
}
