//! What is measured in a run, and what theory says about it: the meters, the charts, the big number.

use demo_kit::{Meter, Settings, math, num};

use crate::manifest::{self, KEYS, POINTS, SERVERS, WEIGHT};
use crate::model::{Cluster, Scheme, Server, ServerId, WHOLE};
use crate::story::{Event, HashRing, Story, moved};
use crate::theory::{
    Expected, keys_on_points, keys_on_slots, largest_over_mean, moved_by_modulo, spread_of_arcs,
    spread_of_draws,
};

/// A formula that is not shown before the reader has seen an event: it would answer the question.
const NOT_YET: &str = "\u{a0}";

/// The share of each server that takes keys: of the ring where arcs decide, otherwise of the keys. Empty when there is
/// nothing to share.
pub fn shares(cluster: &Cluster) -> Vec<(ServerId, f64)> {
    let of_ring = cluster.ring.shares();
    let keys = cluster.keys.len() as f64;
    let share = |server: &&Server| {
        let share = match cluster.rules.scheme {
            Scheme::Ring => of_ring[usize::from(server.id)] as f64 / WHOLE as f64,
            _ => cluster.load(server.id) as f64 / keys,
        };
        (server.id, share)
    };
    if keys == 0.0 && cluster.rules.scheme != Scheme::Ring {
        return Vec::new();
    }
    takers(cluster).map(|server| share(&server)).collect()
}

/// Standard deviation of the shares over their mean.
pub fn spread(cluster: &Cluster) -> Option<f64> {
    let shares: Vec<f64> = shares(cluster)
        .into_iter()
        .map(|(_, share)| share)
        .collect();
    let (mean, deviation) = math::mean_and_deviation(&shares)?;
    (mean > 0.0).then_some(deviation / mean)
}

/// The largest share over the mean share.
pub fn largest(cluster: &Cluster) -> Option<f64> {
    let shares = shares(cluster);
    let sum: f64 = shares.iter().map(|(_, share)| share).sum();
    let max = shares.iter().fold(
        0.0,
        |max, (_, share)| if *share > max { *share } else { max },
    );
    (sum > 0.0).then_some(max * shares.len() as f64 / sum)
}

/// What theory says about [`spread`]; `None` while servers differ by more than chance.
pub fn expected_spread(cluster: &Cluster) -> Option<Expected> {
    let first = takers(cluster).next()?;
    let equal = takers(cluster)
        .all(|server| (server.points, server.weight) == (first.points, first.weight));
    let servers = takers(cluster).count();
    match cluster.rules.scheme {
        _ if !equal => None,
        Scheme::Ring => spread_of_arcs(servers, usize::from(first.points)),
        Scheme::Bounded => None,
        _ => spread_of_draws(servers, cluster.keys.len()),
    }
}

/// What theory says about [`largest`]: known for one point each.
pub fn expected_largest(cluster: &Cluster) -> Option<Expected> {
    let one_each = takers(cluster).all(|server| server.points == 1);
    (cluster.rules.scheme == Scheme::Ring && one_each)
        .then(|| largest_over_mean(takers(cluster).count()))?
}

/// Share of the keys that the last change moved under the scheme compared with hash mod N; `None` before the first event.
pub fn moved_beside(run: &HashRing) -> Option<f64> {
    share_moved(
        run,
        moved(
            run.base.owners_beside_modulo(),
            run.now.owners_beside_modulo(),
        ),
    )
}

/// Share of the keys that the last change moved under hash mod N; `None` before the first event.
pub fn moved_modulo(run: &HashRing) -> Option<f64> {
    share_moved(
        run,
        moved(run.base.owners_modulo(), run.now.owners_modulo()),
    )
}

/// What theory says about [`moved_beside`], for a server that comes or goes.
pub fn expected_beside(run: &HashRing) -> Option<Expected> {
    let (id, larger, smaller) = comer(run)?;
    let keys = run.now.keys.len();
    let server = larger.server(id)?;
    match run.now.rules.scheme {
        Scheme::Ring | Scheme::Modulo => {
            let had = smaller.server(id).map_or(0, |known| known.points);
            keys_on_points(
                usize::from(server.points - had),
                larger.ring.points().len(),
                keys,
            )
        }
        // Jump hash keeps its promise at the end of the list only.
        Scheme::Jump if larger.servers.last() != Some(server) => None,
        Scheme::Rendezvous | Scheme::Jump if smaller.server(id).is_none() => {
            keys_on_slots(usize::from(server.weight), larger.slots().len(), keys)
        }
        _ => None,
    }
}

/// What theory says about [`moved_modulo`], counted over all remainders; `None` when the hash itself was exchanged.
pub fn expected_modulo(run: &HashRing) -> Option<Expected> {
    if matches!(
        run.event,
        Event::Setup | Event::Rehashed(_) | Event::Refused(_)
    ) {
        return None;
    }
    let (part, period) = moved_by_modulo(&run.base.slots(), &run.now.slots());
    keys_on_slots(part, period, run.now.keys.len())
}

/// The four rows: keys moved under both schemes, spread, largest share.
pub fn meters(run: &HashRing) -> Vec<Meter> {
    let begun = run.event != Event::Setup;
    let row = |name, formula, measured, theory: Option<Expected>, write| {
        let theory = theory.filter(|_| begun);
        let formula = if theory.is_some() { formula } else { NOT_YET };
        Meter::new(
            name,
            formula,
            measured,
            theory.map(|it| it.mean),
            theory.map(|it| it.sigma),
            write,
        )
    };
    let ring = run.now.rules.scheme == Scheme::Ring;
    let (beside, modulo) = formulas(run);
    vec![
        row(
            moved_name(run.now.rules.scheme),
            beside,
            moved_beside(run),
            expected_beside(run),
            num::percent,
        ),
        row(
            "keys moved, hash mod N",
            modulo,
            moved_modulo(run),
            expected_modulo(run),
            num::percent,
        ),
        row(
            "spread of the shares",
            if ring {
                "√((N−1) / (N·V + 1))"
            } else {
                "√((N−1) / K)"
            },
            spread(&run.now),
            expected_spread(&run.now),
            num::percent,
        ),
        row(
            "largest share / mean",
            "1 + 1/2 + … + 1/N",
            largest(&run.now),
            expected_largest(&run.now),
            num::number,
        ),
    ]
}

/// One value per series of the manifest's chart; a story shows only what it is about.
pub fn sample(run: &HashRing) -> Vec<Option<f64>> {
    let moves = run.story.is_about_moves() && run.event != Event::Setup;
    let evenness = run.story != Story::OnePointEach && !run.story.is_about_moves();
    let largest_share = run.story == Story::OnePointEach;
    let mean = |expected: Option<Expected>| expected.map(|it| it.mean);
    let theory = if evenness {
        expected_spread(&run.now)
    } else {
        expected_largest(&run.now)
    };
    vec![
        moved_beside(run).filter(|_| moves),
        moved_modulo(run).filter(|_| moves),
        mean(expected_beside(run)).filter(|_| moves),
        mean(expected_modulo(run)).filter(|_| moves),
        spread(&run.now).filter(|_| evenness),
        largest(&run.now).filter(|_| largest_share),
        mean(theory).filter(|_| (evenness || largest_share) && run.event != Event::Setup),
    ]
}

/// The spread that the ring of event 0 has with the story's final number of servers.
pub fn outcome(run: &HashRing) -> Option<f64> {
    let setup = &run.setup;
    let mut cluster = run
        .now
        .with_hash(manifest::hash(setup))
        .with_points(setup.count(POINTS) as u16);
    let end = run.story.servers_at_end(setup.count(SERVERS));
    // A reader's actions are left out: the sweep compares numbers of points, all else equal.
    for id in 0..crate::model::MAX_SERVERS as ServerId {
        let belongs = usize::from(id) < end;
        match cluster.server(id) {
            Some(_) if !belongs => cluster = cluster.without(id),
            None if belongs => cluster = cluster.with(run.server(id, setup.count(POINTS) as u16)),
            _ => {}
        }
    }
    spread(&cluster)
}

/// What theory says about [`outcome`].
pub fn theory(settings: &Settings) -> Option<f64> {
    let servers = Story::of(settings.preset).servers_at_end(settings.count(SERVERS));
    let expected = match manifest::scheme(settings) {
        _ if settings.get(WEIGHT) != 1 => None,
        Scheme::Ring => spread_of_arcs(servers, settings.count(POINTS)),
        Scheme::Bounded => None,
        _ => spread_of_draws(servers, settings.count(KEYS)),
    };
    expected.map(|it| it.mean)
}

/// Servers that take keys.
pub fn takers(cluster: &Cluster) -> impl Iterator<Item = &Server> {
    cluster.servers.iter().filter(|server| server.weight > 0)
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
    let plain = run
        .base
        .servers
        .iter()
        .chain(&run.now.servers)
        .all(|server| server.weight == 1);
    match run.event {
        Event::Joined(_) if plain => ("1 / (N+1)", "N / (N+1)"),
        Event::Landed { nth, of, .. } if plain && nth == of => ("1 / (N+1)", "N / (N+1)"),
        Event::Landed { .. } if plain => ("its points / all points", "N / (N+1)"),
        Event::Left(_) if plain => ("1 / N", "(N−1) / N"),
        Event::Points(_) => (NOT_YET, "N stays the same"),
        _ => ("its weight / all weight", "over all remainders"),
    }
}
