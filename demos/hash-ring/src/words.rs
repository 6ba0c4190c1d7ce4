//! Everything that the demo says: narration, marks, the scene in words, the table. All English of the demo stands here and
//! in the manifest.

use demo_kit::{Table, num};

use crate::hash::{Hash, letters};
use crate::manifest::KEY_BASE;
use crate::measure;
use crate::model::{Cluster, Key, MAX_SERVERS, Scheme, ServerId, WHOLE};
use crate::story::{Event, HashRing, Story, moved};

/// The name of a server: A to Z, then AA to BL.
pub fn name(id: ServerId) -> String {
    let (first, second) = letters(id);
    let mut name = String::from(char::from(first));
    name.extend(second.map(char::from));
    name
}

/// What the last event did; at event 0 the set-up.
pub fn narration(run: &HashRing) -> String {
    match &run.event {
        Event::Setup => setup(run),
        Event::Landed { server, nth, of } => landed(run, *server, *nth, *of),
        Event::Joined(id) => {
            let got = moves(run.before.owners(), run.now.owners());
            let mut text = join(&[&name(*id), " joined"]);
            if run.on_points() && run.now.server(*id).is_some_and(|server| server.points > 1) {
                text += &join(&[" at ", &counted(usize::from(run.points), "point")]);
            }
            text += &taken(&got, run.before.servers.is_empty());
            text + &join(&[". ", &balance(run)])
        }
        Event::Left(id) => {
            let gone = moves(run.before.owners(), run.now.owners());
            if run.now.owners().iter().all(Option::is_none) && !gone.is_empty() {
                return join(&[
                    &name(*id),
                    " left. No server is there: ",
                    &counted(gone.len(), "key"),
                    " without an owner.",
                ]);
            }
            let to = by_server(gone.iter().map(|(_, to)| *to));
            join(&[
                &name(*id),
                " died. ",
                &counted(gone.len(), "key"),
                " moved",
                &listed(" to ", &to),
                ".",
            ])
        }
        Event::Points(points) => {
            let each = join(&[
                "Every server now has ",
                &counted(usize::from(*points), "point"),
                ". ",
            ]);
            each + &balance(run)
        }
        Event::Rehashed(hash) => {
            let which = if *hash == Hash::Good { "good" } else { "bad" };
            join(&[
                "The ",
                which,
                " hash took over: every name has a new place. ",
                &balance(run),
            ])
        }
        Event::Refused(reason) => reason.clone(),
    }
}

/// One or two sentences about a mark; "" for an unknown one.
pub fn explain(run: &HashRing, mark: u32) -> String {
    match mark.checked_sub(KEY_BASE) {
        None => explain_server(run, mark),
        Some(id) => run
            .now
            .keys
            .iter()
            .find(|key| u32::from(key.id) == id)
            .map_or_else(String::new, |key| explain_key(run, key)),
    }
}

/// The scene in words.
pub fn words(run: &HashRing) -> String {
    let now = &run.now;
    let mut text = join(&[
        &counted(now.servers.len(), "server"),
        " with ",
        &counted(now.ring.points().len(), "point"),
        " and ",
        &counted(now.keys.len(), "key"),
        ". ",
    ]);
    text += match now.rules.scheme {
        Scheme::Ring => "A key belongs to the first point clockwise. ",
        Scheme::Modulo => "A key belongs to the server in slot hash mod N of the list. ",
        Scheme::Rendezvous => "A key belongs to the server whose draw for it is highest. ",
        Scheme::Jump => "A key belongs to the server in the bucket that jump hash computes. ",
        Scheme::Bounded => "A key belongs to the first point clockwise whose server has room. ",
    };
    if now.rules.hash == Hash::Bad {
        text += "Names are hashed by 31 h + letter. ";
    }
    for server in &now.servers {
        text += &join(&[&name(server.id), ": "]);
        if run.on_points() {
            text += &join(&[&num::percent(ring_share(now, server.id)), " of the ring, "]);
        }
        text += &join(&[&counted(now.load(server.id), "key"), ". "]);
    }
    if run.replicas > measure::takers(now).count() {
        text += "There are fewer servers than copies: each key has one copy on every server. ";
    }
    if run.event == Event::Setup {
        return text + "Nothing has happened yet.";
    }
    text + &join(&[
        "Since the last change began, ",
        &counted(
            moved(
                run.base.owners_beside_modulo(),
                run.now.owners_beside_modulo(),
            ),
            "key",
        ),
        " moved under ",
        scheme_name(now.rules.scheme),
        " and ",
        &counted(
            moved(run.base.owners_modulo(), run.now.owners_modulo()),
            "key",
        ),
        " under hash mod N.",
    ])
}

/// The state as a table: one row per server.
pub fn table(run: &HashRing) -> Table {
    let now = &run.now;
    let mut rows = Vec::new();
    for server in &now.servers {
        let lost = run
            .base
            .owners()
            .iter()
            .zip(now.owners())
            .filter(|(from, to)| from != to && **from == Some(server.id));
        let got = run
            .base
            .owners()
            .iter()
            .zip(now.owners())
            .filter(|(from, to)| from != to && **to == Some(server.id));
        rows.push(vec![
            name(server.id),
            count(usize::from(server.points)),
            if run.on_points() {
                num::percent(ring_share(now, server.id))
            } else {
                num::NONE.into()
            },
            count(now.load(server.id)),
            count(lost.count()),
            count(got.count()),
        ]);
    }
    Table {
        caption: "Servers, their share and their keys; lost and got in the last change".into(),
        head: vec![
            "server",
            "points",
            "share of the ring",
            "keys",
            "lost",
            "got",
        ],
        rows,
    }
}

/// What the strip calls a scheme.
pub fn scheme_name(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Ring | Scheme::Modulo => "the ring",
        Scheme::Rendezvous => "rendezvous",
        Scheme::Jump => "jump hash",
        Scheme::Bounded => "bounded load",
    }
}

/// A number and its noun: "1 key", "2 keys".
pub fn counted(number: usize, noun: &str) -> String {
    join(&[
        &count(number),
        " ",
        noun,
        if number == 1 { "" } else { "s" },
    ])
}

/// A number as text.
pub fn count(number: usize) -> String {
    num::integer(number as i64)
}

/// Pieces put together.
pub fn join(pieces: &[&str]) -> String {
    pieces.concat()
}

/// A server's share of the ring, 0..=1.
pub fn ring_share(cluster: &Cluster, id: ServerId) -> f64 {
    cluster.ring.shares()[usize::from(id) % MAX_SERVERS] as f64 / WHOLE as f64
}

fn setup(run: &HashRing) -> String {
    let now = &run.now;
    if now.servers.is_empty() {
        return join(&[
            "There is no server, so ",
            &counted(now.keys.len(), "key"),
            " without an owner.",
        ]);
    }
    let mut text = join(&[
        &counted(now.servers.len(), "server"),
        if now.servers.len() == 1 {
            " holds "
        } else {
            " hold "
        },
        &counted(now.keys.len(), "key"),
    ]);
    if run.on_points() {
        let each = if now.servers.len() == 1 { "" } else { " each" };
        text += &join(&[", at ", &counted(usize::from(run.points), "point"), each]);
    }
    let free = name(
        run.story
            .servers_at_end(now.servers.len())
            .saturating_sub(1) as ServerId,
    );
    text += &match run.story {
        Story::AddAServer if now.servers.len() < MAX_SERVERS => {
            join(&[". ", &free, " is about to join."])
        }
        Story::AServerDies => join(&[
            ". ",
            &name(u8::from(now.servers.len() > 1)),
            " is about to die.",
        ]),
        Story::OnePointEach => ". More are about to join.".into(),
        Story::BadHash => ", under a bad hash. Their points are about to double.".into(),
        Story::TurnTheKnob => ". Their points are about to double.".into(),
        Story::AddAServer => ".".into(),
    };
    text
}

fn landed(run: &HashRing, id: ServerId, nth: u16, of: u16) -> String {
    let new = moves(run.before.owners(), run.now.owners());
    let mut text = if of == 1 {
        join(&["The point of ", &name(id), " landed"])
    } else {
        join(&[
            "Point ",
            &count(usize::from(nth)),
            " of ",
            &name(id),
            " landed",
        ])
    };
    text += &taken(&new, run.before.servers.is_empty());
    let all = count(run.now.keys.len());
    if nth == 1 && run.now.keys.len() > 0 {
        let modulo = moved(run.base.owners_modulo(), run.now.owners_modulo());
        return text
            + &join(&[
                ". Under hash mod N ",
                &count(modulo),
                " of ",
                &all,
                " keys moved at once.",
            ]);
    }
    let moved = moves(run.base.owners(), run.now.owners());
    text += &join(&["; ", &count(moved.len()), " of ", &all, " keys have moved"]);
    if !moved.is_empty() && moved.iter().all(|(_, to)| *to == Some(id)) {
        text += &join(&[", all to ", &name(id)]);
    }
    text + "."
}

// " and took 9 keys from C and 2 from A", for moves of one event.
fn taken(moves: &[(Option<ServerId>, Option<ServerId>)], first: bool) -> String {
    if moves.is_empty() {
        return " and took no key".into();
    }
    let from = by_server(moves.iter().map(|(from, _)| *from));
    let source = if first {
        String::new()
    } else {
        listed(" from ", &from)
    };
    join(&[" and took ", &counted(moves.len(), "key"), &source])
}

// What the story about evenness looks at.
fn balance(run: &HashRing) -> String {
    if run.story == Story::OnePointEach {
        let of = |largest| {
            join(&[
                "The largest share is ",
                &num::number(largest),
                " times the mean.",
            ])
        };
        return measure::largest(&run.now).map_or_else(String::new, of);
    }
    let of = |spread| match measure::spread(&run.before).filter(|before| *before > 0.0) {
        Some(before) if run.event != Event::Setup => join(&[
            "The spread of the shares went from ",
            &num::percent(before),
            " to ",
            &num::percent(spread),
            ".",
        ]),
        _ => join(&["The spread of the shares is ", &num::percent(spread), "."]),
    };
    measure::spread(&run.now).map_or_else(String::new, of)
}

fn explain_server(run: &HashRing, mark: u32) -> String {
    let known = ServerId::try_from(mark)
        .ok()
        .and_then(|id| run.now.server(id));
    let Some(server) = known else {
        return String::new();
    };
    let mut text = join(&["Server ", &name(server.id), ": "]);
    if run.on_points() {
        text += &join(&[
            &counted(usize::from(server.points), "point"),
            ", ",
            &num::percent(ring_share(&run.now, server.id)),
            " of the ring, ",
        ]);
    }
    let all = counted(run.now.keys.len(), "key");
    text + &join(&[&count(run.now.load(server.id)), " of ", &all, "."])
}

fn explain_key(run: &HashRing, key: &Key) -> String {
    let now = &run.now;
    let place = key.at as f64 / WHOLE as f64;
    let mut text = join(&[
        "Key ",
        &count(usize::from(key.id)),
        " lies at ",
        &num::percent(place),
        " of the way round",
    ]);
    let copies = now.replicas(key, run.replicas);
    let Some(owner) = copies.first() else {
        return text + ". No server is there, so nobody owns it.";
    };
    text += &match now.rules.scheme {
        Scheme::Ring | Scheme::Bounded => {
            let point = now
                .ring
                .clockwise(key.at)
                .find(|point| point.server == *owner);
            let way = point.map_or(0, |point| point.at.wrapping_sub(key.at)) as f64 / WHOLE as f64;
            join(&[
                " and walks ",
                &num::percent(way),
                " clockwise to a point of ",
                &name(*owner),
                ".",
            ])
        }
        Scheme::Modulo => {
            let slots = now.slots().len();
            join(&[
                "; its hash mod ",
                &count(slots),
                " is ",
                &count(crate::model::modulo(key.hash, slots.max(1))),
                ": server ",
                &name(*owner),
                ".",
            ])
        }
        Scheme::Rendezvous => join(&["; the highest draw for it is that of ", &name(*owner), "."]),
        Scheme::Jump => join(&["; jump hash sends it to ", &name(*owner), "."]),
    };
    if copies.len() > 1 {
        text += " Copies on";
        for (idx, id) in copies.iter().enumerate() {
            text += if idx == 0 { " " } else { ", " };
            text += &name(*id);
        }
        text += ".";
    }
    if copies.len() < run.replicas {
        text += " There are no more servers for more copies.";
    }
    text
}

type Move = (Option<ServerId>, Option<ServerId>);

fn moves(before: &[Option<ServerId>], after: &[Option<ServerId>]) -> Vec<Move> {
    before
        .iter()
        .copied()
        .zip(after.iter().copied())
        .filter(|(from, to)| from != to)
        .collect()
}

// How often each server occurs, the most frequent first.
fn by_server(ids: impl Iterator<Item = Option<ServerId>>) -> Vec<(usize, ServerId)> {
    let mut counts = [0_usize; MAX_SERVERS];
    for id in ids.flatten() {
        counts[usize::from(id) % MAX_SERVERS] += 1;
    }
    let mut list = Vec::new();
    while let Some((idx, most)) = counts
        .iter()
        .copied()
        .enumerate()
        .rev()
        .max_by_key(|(_, count)| *count)
    {
        if most == 0 {
            break;
        }
        list.push((most, idx as ServerId));
        counts[idx] = 0;
    }
    list
}

// " from C" for one server; " from C (9), A (2)" for some; " from 17 servers" for many.
fn listed(word: &str, list: &[(usize, ServerId)]) -> String {
    match list {
        [] => String::new(),
        [(_, id)] => join(&[word, &name(*id)]),
        _ if list.len() <= 5 => {
            let mut text = String::from(word);
            for (idx, (keys, id)) in list.iter().enumerate() {
                text += if idx == 0 { "" } else { ", " };
                text += &join(&[&name(*id), " (", &count(*keys), ")"]);
            }
            text
        }
        _ => join(&[word, &counted(list.len(), "server")]),
    }
}
