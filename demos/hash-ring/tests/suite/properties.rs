//! What holds for every ring, whatever the seed, the servers and the keys.

use hash_ring::cluster::{Cluster, Rules, Server};
use hash_ring::hash::Hash;
use hash_ring::model::{Arc, Owner, Point, Ring, WHOLE};
use hash_ring::scheme::{Scheme, jump, modulo};
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};

fn schemes() -> impl Strategy<Value = Scheme> {
    prop_oneof![
        Just(Scheme::Ring),
        Just(Scheme::Modulo),
        Just(Scheme::Rendezvous),
        Just(Scheme::Jump),
        Just(Scheme::Bounded)
    ]
}

fn hashes() -> impl Strategy<Value = Hash> {
    prop_oneof![Just(Hash::Good), Just(Hash::Bad)]
}

/// Servers with gaps in their numbers, and weights.
fn lists() -> impl Strategy<Value = Vec<Server>> {
    proptest::collection::btree_map(0_u8..63, 0_u8..=4, 0..14).prop_flat_map(|weights| {
        (0_u16..20).prop_map(move |points| {
            let server =
                |(id, weight): (&u8, &u8)| Server { id: *id, weight: *weight, points: points * u16::from(*weight) };
            weights.iter().map(server).collect()
        })
    })
}

fn clusters() -> impl Strategy<Value = Cluster> {
    (any::<u32>(), hashes(), schemes(), 1_u16..120, lists(), 0_usize..300).prop_map(
        |(seed, hash, scheme, slack, servers, keys)| {
            Cluster::new(Rules { seed: u64::from(seed), hash, scheme, slack }, &servers, keys)
        },
    )
}

/// Points at few places, so that many share one.
fn crowded_points() -> impl Strategy<Value = Vec<Point>> {
    let at = prop_oneof![0_u64..6, any::<u64>(), Just(u64::MAX), Just(u64::MAX - 1)];
    proptest::collection::vec((at, 0_u8..5).prop_map(|(at, server)| Point { at, server }), 0..40)
}

/// The owner by looking at every point: the nearest clockwise, then the lowest number.
fn owner_by_search(points: &[Point], at: u64) -> Owner {
    points.iter().min_by_key(|point| (point.at.wrapping_sub(at), point.server)).map(|point| point.server)
}

fn arcs(ring: &Ring) -> Vec<Arc> {
    (0..ring.points().len()).map(|idx| ring.arc(idx)).collect()
}

fn moves(before: &Cluster, after: &Cluster) -> Vec<(Owner, Owner)> {
    before.owners().iter().copied().zip(after.owners().iter().copied()).filter(|(a, b)| a != b).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn a_place_belongs_to_the_first_point_clockwise(points in crowded_points(), at in prop_oneof![0_u64..8, any::<u64>()]) {
        let ring = Ring::default().with(&points);
        prop_assert_eq!(ring.owner(at), owner_by_search(&points, at));
        for point in &points {
            prop_assert_eq!(ring.owner(point.at), owner_by_search(&points, point.at));
            let beyond = point.at.wrapping_add(1);
            prop_assert_eq!(ring.owner(beyond), owner_by_search(&points, beyond));
        }
    }

    #[test]
    fn arcs_add_up_to_the_whole_ring(points in crowded_points()) {
        let ring = Ring::default().with(&points);
        let whole = if points.is_empty() { 0 } else { WHOLE };
        prop_assert_eq!(arcs(&ring).iter().map(|arc| arc.length).sum::<u128>(), whole);
        // An arc's first and last place belong to its server.
        for arc in arcs(&ring).iter().filter(|arc| arc.length > 0) {
            prop_assert_eq!(ring.owner(arc.end), Some(arc.server));
            let first = arc.end.wrapping_sub((arc.length - 1) as u64);
            prop_assert_eq!(ring.owner(first), Some(arc.server));
        }
    }

    #[test]
    fn points_come_in_any_order(points in crowded_points(), cut in 0_usize..40) {
        let cut = cut.min(points.len());
        let at_once = Ring::default().with(&points);
        let in_two = Ring::default().with(&points[cut..]).with(&points[..cut]);
        prop_assert_eq!(at_once, in_two);
    }

    #[test]
    fn every_cluster_keeps_its_invariants(cluster in clusters()) {
        prop_assert_eq!(cluster.check(), Ok(()));
        let loads: usize = cluster.servers.iter().map(|server| cluster.load(server.id)).sum();
        let owned = cluster.owners().iter().flatten().count();
        prop_assert_eq!(loads, owned);
        prop_assert!(owned == 0 || owned == cluster.keys.len());
    }

    #[test]
    fn adding_and_removing_is_the_identity(cluster in clusters(), points in 0_u16..20) {
        let newcomer = Server { id: 63, weight: 1, points };
        prop_assert_eq!(cluster.with(newcomer).without(63), cluster);
    }

    #[test]
    fn landing_point_by_point_is_joining_at_once(cluster in clusters(), points in 1_u16..12) {
        let whole = Server { id: 63, weight: 1, points };
        let by_points = (1..=points).fold(cluster.clone(), |now, points| now.with(Server { points, ..whole }));
        prop_assert_eq!(by_points, cluster.with(whole));
    }

    #[test]
    fn only_the_newcomer_receives(cluster in clusters(), points in 1_u16..20) {
        if matches!(cluster.rules.scheme, Scheme::Ring | Scheme::Rendezvous) {
            let after = cluster.with(Server { id: 63, weight: 1, points });
            for (_, to) in moves(&cluster, &after) {
                prop_assert_eq!(to, Some(63));
            }
        }
    }

    #[test]
    fn only_the_keys_of_the_one_who_left_move(cluster in clusters(), pick in any::<prop::sample::Index>()) {
        if matches!(cluster.rules.scheme, Scheme::Ring | Scheme::Rendezvous) && !cluster.servers.is_empty() {
            let gone = cluster.servers[pick.index(cluster.servers.len())].id;
            let load = cluster.load(gone);
            let moves = moves(&cluster, &cluster.without(gone));
            prop_assert_eq!(moves.len(), load);
            for (from, _) in moves {
                prop_assert_eq!(from, Some(gone));
            }
        }
    }

    #[test]
    fn newcomers_take_from_the_servers_after_their_points(seed in any::<u32>(), count in 1_usize..8, points in 1_u16..6) {
        let before = crate::cluster(u64::from(seed), count, points, 200);
        let after = before.with(crate::server(count, points));
        let id = count as u8;
        let mut losers = Vec::new();
        for point in after.ring.points().iter().filter(|point| point.server == id) {
            losers.extend(before.ring.owner(point.at));
        }
        for (from, _) in moves(&before, &after) {
            prop_assert!(from.is_some_and(|from| losers.contains(&from)));
        }
    }

    #[test]
    fn bounded_load_never_exceeds_its_bound(seed in any::<u32>(), count in 1_usize..20, points in 1_u16..9, keys in 0_usize..400, slack in 5_u16..=100) {
        let rules = Rules { scheme: Scheme::Bounded, slack, ..crate::rules(u64::from(seed)) };
        let cluster = Cluster::new(rules, &crate::servers(count, points), keys);
        let bound = (keys * (100 + usize::from(slack))).div_ceil(100 * count);
        prop_assert!(cluster.servers.iter().all(|server| cluster.load(server.id) <= bound));
        prop_assert_eq!(cluster.owners().iter().flatten().count(), keys);
    }

    #[test]
    fn rendezvous_moves_exactly_the_newcomers_wins(seed in any::<u32>(), count in 1_usize..12) {
        let rules = Rules { scheme: Scheme::Rendezvous, ..crate::rules(u64::from(seed)) };
        let before = Cluster::new(rules, &crate::servers(count, 1), 200);
        let after = before.with(crate::server(count, 1));
        let won = after.load(count as u8);
        prop_assert_eq!(moves(&before, &after).len(), won);
    }

    #[test]
    fn jump_hash_moves_keys_to_the_new_bucket_only(hash in any::<u64>(), n in 1_usize..200) {
        let (before, after) = (jump(hash, n), jump(hash, n + 1));
        prop_assert!(before < n);
        prop_assert!(after == before || after == n);
    }

    #[test]
    fn modulo_stays_within_its_slots(hash in any::<u64>(), n in 1_usize..200) {
        prop_assert!(modulo(hash, n) < n);
    }

    #[test]
    fn copies_lie_on_distinct_servers_and_begin_with_the_owner(cluster in clusters(), count in 1_usize..=5) {
        let takers = match cluster.rules.scheme {
            Scheme::Ring | Scheme::Bounded => cluster.servers.iter().filter(|server| server.points > 0).count(),
            _ => cluster.servers.iter().filter(|server| server.weight > 0).count(),
        };
        for key in cluster.keys.iter().take(20) {
            let copies = cluster.replicas(key, count);
            prop_assert_eq!(copies.len(), count.min(takers));
            prop_assert_eq!(copies.first().copied(), cluster.owners()[usize::from(key.id)]);
            let distinct: std::collections::BTreeSet<_> = copies.iter().collect();
            prop_assert_eq!(distinct.len(), copies.len());
        }
    }
}

use proptest::prelude::prop;

#[test]
fn copies_go_to_the_next_distinct_servers_clockwise() {
    let cluster = crate::cluster(7, 5, 3, 50);
    for key in cluster.keys.iter() {
        let mut expected: Vec<u8> = Vec::new();
        let mut points = cluster.ring.points().to_vec();
        points.sort_by_key(|point| (point.at.wrapping_sub(key.at), point.server));
        for point in points {
            if !expected.contains(&point.server) {
                expected.push(point.server);
            }
        }
        assert_eq!(cluster.replicas(key, 5), expected);
        assert_eq!(cluster.replicas(key, 2), expected[..2]);
    }
}

#[test]
fn nobody_owns_anything_without_servers() {
    for scheme in [Scheme::Ring, Scheme::Modulo, Scheme::Rendezvous, Scheme::Jump, Scheme::Bounded] {
        let cluster = Cluster::new(Rules { scheme, ..crate::rules(1) }, &[], 40);
        assert!(cluster.owners().iter().all(Option::is_none));
        assert_eq!(cluster.ring.owner(5), None);
        assert!(cluster.replicas(&cluster.keys[0], 3).is_empty());
        assert_eq!(cluster.check(), Ok(()));
    }
}

#[test]
fn one_server_owns_the_whole_ring() {
    let cluster = crate::cluster(3, 1, 8, 100);
    assert_eq!(arcs(&cluster.ring).iter().map(|arc| arc.length).sum::<u128>(), WHOLE);
    assert_eq!(cluster.ring.shares()[0], 1.0);
    assert!(cluster.owners().iter().all(|owner| *owner == Some(0)));
}

#[test]
fn a_shared_place_goes_to_the_lower_number() {
    let ring = Ring::default().with(&[Point { at: 9, server: 2 }, Point { at: 9, server: 1 }]);
    assert_eq!(ring.owner(9), Some(1));
    assert_eq!(ring.owner(10), Some(1));
    assert_eq!(ring.arc(0).length, WHOLE);
    assert_eq!(ring.arc(1).length, 0);
    assert_eq!(ring.shares()[1..3], [1.0, 0.0]);
}

#[test]
fn weights_scale_the_share() {
    for scheme in [Scheme::Ring, Scheme::Modulo, Scheme::Rendezvous, Scheme::Jump] {
        let list: Vec<Server> = (0..4)
            .map(|id| Server { id, weight: if id == 0 { 3 } else { 1 }, points: if id == 0 { 768 } else { 256 } })
            .collect();
        let cluster = Cluster::new(Rules { scheme, ..crate::rules(11) }, &list, 2_000);
        // Half of 2 000, with a deviation of sqrt(2000 / 4) = 22 from the keys and about as much from the points.
        assert!(cluster.load(0).abs_diff(1_000) < 100, "{scheme:?}: {}", cluster.load(0));
        let none = Server { id: 0, weight: 0, points: 0 };
        let without = cluster.without(0).with(none);
        assert_eq!(without.load(0), 0, "{scheme:?}");
        assert_eq!(without.check(), Ok(()));
    }
}
