//! Everything that the demo says: narration, marks, the scene in words, the table. All English of the demo stands here and
//! in the manifest.

mod sentence;

use demo_kit::{Table, Words, num};

pub use self::sentence::{Names, Sentence, name, say};
use crate::cluster::{Cluster, Key};
use crate::hash::Hash;
use crate::manifest::KEY_BASE;
use crate::measure;
use crate::model::{Owner, ServerId, WHOLE};
use crate::scheme::Scheme;
use crate::story::{Event, HashRing, Story, moved};

impl Words for HashRing {
    fn narration(&self) -> String {
        let mut text = say("");
        match &self.event {
            Event::Setup => setup(self, &mut text),
            Event::Landed { server, nth, of } => landed(self, &mut text, *server, *nth, *of),
            Event::Joined(id) => joined(self, &mut text, *id),
            Event::Left(id) => left(self, &mut text, *id),
            Event::Points(points) => {
                text.put("Every server now has ").counted(usize::from(*points), "point").put(". ");
                balance(self, &mut text);
            }
            Event::Rehashed(hash) => {
                let which = if *hash == Hash::Good { "good" } else { "bad" };
                text.put("The ").put(which).put(" hash took over: every name has a new place. ");
                balance(self, &mut text);
            }
            Event::Refused(reason) => {
                text.put(reason);
            }
        }
        text.done()
    }

    fn explain(&self, mark: u32) -> String {
        let mut text = say("");
        if mark < KEY_BASE {
            if self.now.server(mark as ServerId).is_some() {
                explain_server(self, &mut text, mark as ServerId);
            }
        } else if let Some(key) = key(self, mark) {
            explain_key(self, &mut text, &key);
        }
        text.done()
    }

    fn words(&self) -> String {
        let now = &self.now;
        let mut text = say("");
        text.counted(now.servers.len(), "server").put(" with ");
        text.counted(now.ring.points().len(), "point").put(" and ");
        text.counted(now.keys.len(), "key").put(". ").put(rule(now.rules.scheme));
        if now.rules.hash == Hash::Bad {
            text.put(" Names are hashed by 31 h + letter.");
        }
        for server in &now.servers {
            text.put(" ").name(server.id).put(": ");
            if self.on_points() {
                text.percent(now.shares[usize::from(server.id)]).put(" of the ring, ");
            }
            text.counted(now.load(server.id), "key").put(".");
        }
        if self.replicas > measure::takers(now) {
            text.put(" There are fewer servers than copies: each key has one copy on every server.");
        }
        if self.event == Event::Setup {
            text.put(" Nothing has happened yet.");
        } else {
            text.put(" Since the last change began, ");
            text.counted(moved(self.base.owners_beside_modulo(), now.owners_beside_modulo()), "key");
            text.put(" moved under ").put(scheme_name(now.rules.scheme)).put(" and ");
            text.counted(moved(self.base.owners_modulo(), now.owners_modulo()), "key").put(" under hash mod N.");
        }
        text.done()
    }

    fn table(&self) -> Table {
        let now = &self.now;
        let mut rows = Vec::new();
        for server in &now.servers {
            let (mut lost, mut got) = (0, 0);
            for (from, to) in self.base.owners().iter().zip(now.owners()) {
                lost += usize::from(from != to && *from == Some(server.id));
                got += usize::from(from != to && *to == Some(server.id));
            }
            let share = self.on_points().then(|| now.shares[usize::from(server.id)]);
            let mut row = vec![name(server.id), say("").count(usize::from(server.points)).take()];
            row.push(num::or_none(share, num::percent));
            for number in [now.load(server.id), lost, got] {
                row.push(say("").count(number).take());
            }
            rows.push(row);
        }
        Table {
            caption: "Servers, their share and their keys; lost and got in the last change".into(),
            head: vec!["server", "points", "share of the ring", "keys", "lost", "got"],
            rows,
        }
    }
}

/// The key of a mark.
pub fn key(run: &HashRing, mark: u32) -> Option<Key> {
    for key in run.now.keys.iter() {
        if mark == KEY_BASE + u32::from(key.id) {
            return Some(*key);
        }
    }
    None
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

fn rule(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Ring => "A key belongs to the first point clockwise.",
        Scheme::Modulo => "A key belongs to the server in slot hash mod N of the list.",
        Scheme::Rendezvous => "A key belongs to the server whose draw for it is highest.",
        Scheme::Jump => "A key belongs to the server in the bucket that jump hash computes.",
        Scheme::Bounded => "A key belongs to the first point clockwise whose server has room.",
    }
}

fn setup(run: &HashRing, text: &mut Sentence) {
    let servers = run.now.servers.len();
    if servers == 0 {
        text.put("There is no server, so ").counted(run.now.keys.len(), "key").put(" without an owner.");
        return;
    }
    text.counted(servers, "server").put(if servers == 1 { " holds " } else { " hold " });
    text.counted(run.now.keys.len(), "key");
    if run.on_points() {
        text.put(", at ").counted(usize::from(run.points), "point");
        text.put(if servers == 1 { "" } else { " each" });
    }
    match run.story {
        Story::AddAServer => {
            let newcomer = run.story.servers_at_end(servers) - 1;
            text.put(". ").name(newcomer as ServerId).put(" is about to join.");
        }
        Story::AServerDies => {
            text.put(". ").name(u8::from(servers > 1)).put(" is about to die.");
        }
        Story::OnePointEach => {
            text.put(". More are about to join.");
        }
        Story::BadHash => {
            text.put(", under a bad hash. Their points are about to double.");
        }
        Story::TurnTheKnob => {
            text.put(". Their points are about to double.");
        }
    }
}

fn landed(run: &HashRing, text: &mut Sentence, id: ServerId, nth: u16, of: u16) {
    if of == 1 {
        text.put("The point of ");
    } else {
        text.put("Point ").count(usize::from(nth)).put(" of ");
    }
    text.name(id).put(" landed");
    taken(text, &Moves::between(&run.before, &run.now));
    let all = run.now.keys.len();
    if nth == 1 && all > 0 {
        let modulo = moved(run.base.owners_modulo(), run.now.owners_modulo());
        text.put(". Under hash mod N ").count(modulo).put(" of ").count(all).put(" keys moved at once.");
        return;
    }
    let moves = Moves::between(&run.base, &run.now);
    text.put("; ").count(moves.all).put(" of ").count(all).put(" keys have moved");
    if moves.all > 0 && moves.to[usize::from(id)] == moves.all {
        text.put(", all to ").name(id);
    }
    text.put(".");
}

fn joined(run: &HashRing, text: &mut Sentence, id: ServerId) {
    text.name(id).put(if run.story == Story::AServerDies && id == 1 { " came back" } else { " joined" });
    if run.on_points() && run.points > 1 {
        text.put(" at ").counted(usize::from(run.points), "point");
    }
    taken(text, &Moves::between(&run.before, &run.now));
    text.put(". ");
    balance(run, text);
}

fn left(run: &HashRing, text: &mut Sentence, id: ServerId) {
    let moves = Moves::between(&run.before, &run.now);
    text.name(id).put(if run.story == Story::AServerDies { " died. " } else { " left. " });
    text.counted(moves.all, "key");
    if run.now.owners().first() == Some(&None) {
        text.put(" without an owner: no server is there.");
    } else {
        text.put(" moved");
        listed(text, " to ", &moves.to);
        text.put(".");
    }
}

// " and took 9 keys from C", for the moves of one event.
fn taken(text: &mut Sentence, moves: &Moves) {
    if moves.all == 0 {
        text.put(" and took no key");
    } else {
        text.put(" and took ").counted(moves.all, "key");
        listed(text, " from ", &moves.from);
    }
}

// What the stories about evenness look at.
fn balance(run: &HashRing, text: &mut Sentence) {
    if run.story == Story::OnePointEach {
        if let Some(largest) = measure::largest(&run.now) {
            text.put("The largest share is ").put(&num::number(largest)).put(" times the mean.");
        }
        return;
    }
    let Some(now) = measure::spread(&run.now) else { return };
    let before = measure::spread(&run.before).unwrap_or(0.0);
    let (before, now) = (num::percent(before), num::percent(now));
    if before == now {
        text.put("The spread of the shares stays at ").put(&now).put(".");
    } else {
        text.put("The spread of the shares went from ").put(&before).put(" to ").put(&now).put(".");
    }
}

fn explain_server(run: &HashRing, text: &mut Sentence, id: ServerId) {
    text.put("Server ").name(id).put(": ");
    if run.on_points() {
        let points = run.now.server(id).map_or(0, |server| server.points);
        text.counted(usize::from(points), "point").put(", ");
        text.percent(run.now.shares[usize::from(id)]).put(" of the ring, ");
    }
    text.count(run.now.load(id)).put(" of ").counted(run.now.keys.len(), "key").put(".");
}

fn explain_key(run: &HashRing, text: &mut Sentence, key: &Key) {
    let now = &run.now;
    text.put("Key ").count(usize::from(key.id)).put(" lies at ").percent(part(key.at)).put(" of the way round");
    let copies = now.replicas(key, run.replicas);
    let Some(owner) = copies.first() else {
        text.put(". No server is there, so nobody owns it.");
        return;
    };
    match now.rules.scheme {
        Scheme::Ring | Scheme::Bounded => {
            let end = now.ring.next_of(key.at, *owner).unwrap_or(key.at);
            text.put(" and walks ").percent(part(end.wrapping_sub(key.at))).put(" clockwise to a point of ");
        }
        Scheme::Modulo => {
            let slots = now.slots().len().max(1);
            text.put("; its hash mod ").count(slots).put(" is ");
            text.count(crate::scheme::modulo(key.hash, slots)).put(": server ");
        }
        Scheme::Rendezvous => {
            text.put("; the highest draw for it is that of ");
        }
        Scheme::Jump => {
            text.put("; jump hash sends it to ");
        }
    }
    text.name(*owner).put(".");
    if copies.len() > 1 {
        text.put(" Copies on ");
        for (idx, id) in copies.iter().enumerate() {
            text.put(if idx == 0 { "" } else { ", " }).name(*id);
        }
        text.put(".");
    }
    if copies.len() < run.replicas {
        text.put(" There are no more servers for more copies.");
    }
}

// A place or a way as a part of the ring.
fn part(places: u64) -> f64 {
    places as f64 / WHOLE as f64
}

/// Keys that changed hands: how many in all, and how many from and to each server.
struct Moves {
    all: usize,
    from: Vec<usize>,
    to: Vec<usize>,
}

impl Moves {
    fn between(before: &Cluster, after: &Cluster) -> Moves {
        let mut moves = Moves { all: 0, from: vec![0; 64], to: vec![0; 64] };
        let tally = |list: &mut Vec<usize>, owner: &Owner| {
            if let Some(slot) = owner.and_then(|id| list.get_mut(usize::from(id))) {
                *slot += 1;
            }
        };
        for (from, to) in before.owners().iter().zip(after.owners()) {
            if from != to {
                moves.all += 1;
                tally(&mut moves.from, from);
                tally(&mut moves.to, to);
            }
        }
        moves
    }
}

// " from C" for one server; " from C (9), A (2)" for some; " from 17 servers" for many; nothing for nobody.
fn listed(text: &mut Sentence, word: &str, counts: &[usize]) {
    let mut left = counts.to_vec();
    let mut servers = 0;
    for count in counts {
        servers += usize::from(*count > 0);
    }
    if servers == 0 {
        return;
    }
    text.put(word);
    if servers > 5 {
        text.counted(servers, "server");
        return;
    }
    for nth in 0..servers {
        let mut most = 0;
        for id in 1..left.len() {
            if left[id] > left[most] {
                most = id;
            }
        }
        text.put(if nth == 0 { "" } else { ", " }).name(most as ServerId);
        if servers > 1 {
            text.put(" (").count(left[most]).put(")");
        }
        left[most] = 0;
    }
}
