//! What happens to a cluster, event by event: the five stories, and what a reader may do in between.
//! A *change* is what one decision sets off (a server joins, which may take many events); keys have moved when their
//! owner is another one than before the change.

use std::cell::OnceCell;
use std::rc::Rc;

use demo_kit::{Action, Refusal, Settings};

use crate::cluster::{Cluster, MAX_POINTS, Rules, Server};
use crate::hash::Hash;
use crate::manifest::{self, KEYS, POINTS, REPLICAS, SCHEME, SERVERS, SLACK, WEIGHT};
use crate::model::{MAX_SERVERS, Owner, ServerId};
use crate::scheme::Scheme;
use crate::sketch::Dots;
use crate::words::{Names, say};

/// Which experiment is played; in the order of the manifest's presets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Story {
    /// One more server joins, one point after another.
    AddAServer,
    /// Servers join until there are ten.
    OnePointEach,
    /// All servers double their points until they have 256.
    TurnTheKnob,
    /// B dies, comes back, and dies again when all have many points.
    AServerDies,
    /// Points double as in `TurnTheKnob`; then the hash is exchanged.
    BadHash,
}

impl Story {
    /// The story of a preset, by its index in the manifest.
    pub fn of(preset: usize) -> Story {
        match preset {
            0 => Story::AddAServer,
            1 => Story::OnePointEach,
            2 => Story::TurnTheKnob,
            3 => Story::AServerDies,
            _ => Story::BadHash,
        }
    }

    /// Whether it is about keys that move; the others are about how even the shares are.
    pub fn is_about_moves(self) -> bool {
        matches!(self, Story::AddAServer | Story::AServerDies)
    }

    /// How many servers there are at its end, when it begins with so many.
    pub fn servers_at_end(self, servers: usize) -> usize {
        match self {
            Story::AddAServer => (servers + 1).min(MAX_SERVERS),
            Story::OnePointEach => (servers + 1).clamp(10, MAX_SERVERS),
            Story::AServerDies => servers.saturating_sub(1),
            Story::TurnTheKnob | Story::BadHash => servers,
        }
    }

    fn steps(self, servers: usize, points: u16, rules: Rules) -> Vec<Step> {
        let mut steps = Vec::new();
        let newcomer = servers as ServerId;
        match self {
            Story::AddAServer if on_points(rules.scheme) && servers < MAX_SERVERS => {
                for _ in 0..points {
                    steps.push(Step::Land(newcomer));
                }
            }
            Story::AddAServer => steps.push(Step::Join(newcomer)),
            Story::OnePointEach => {
                for id in newcomer..10.max(newcomer + 1) {
                    steps.push(Step::Join(id));
                }
            }
            Story::TurnTheKnob if points == MAX_POINTS => steps.push(Step::Points(MAX_POINTS)),
            Story::TurnTheKnob | Story::BadHash => {
                let mut more = points * 2;
                while more <= MAX_POINTS {
                    steps.push(Step::Points(more));
                    more *= 2;
                }
            }
            Story::AServerDies => {
                let id = u8::from(servers > 1);
                steps.push(Step::Leave(id));
                steps.push(Step::Join(id));
                steps.push(Step::Points(if points < 64 { 64 } else { MAX_POINTS }));
                steps.push(Step::Leave(id));
            }
        }
        if self == Story::BadHash {
            steps.push(Step::Hash(if rules.hash == Hash::Bad { Hash::Good } else { Hash::Bad }));
        }
        steps
    }
}

/// A line of a story's script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Land(ServerId),
    Join(ServerId),
    Leave(ServerId),
    Points(u16),
    Hash(Hash),
}

/// What the last event was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Nothing yet.
    Setup,
    /// A point of a server landed: which one, and of how many.
    Landed {
        /// The server.
        server: ServerId,
        /// 1..=of.
        nth: u16,
        /// How many points it gets.
        of: u16,
    },
    /// A server joined with all of its points.
    Joined(ServerId),
    /// A server left, or died: for the keys it is the same.
    Left(ServerId),
    /// All servers changed their number of points to this.
    Points(u16),
    /// Names are hashed by this function now.
    Rehashed(Hash),
    /// The script asked for something that cannot be.
    Refused(String),
}

/// A run of the demo: a cluster, its past, and what is still to come.
#[derive(Clone, Debug)]
pub struct HashRing {
    /// Which experiment is played.
    pub story: Story,
    /// The cluster now.
    pub now: Rc<Cluster>,
    /// The cluster before the last event; `now` at event 0.
    pub before: Rc<Cluster>,
    /// The cluster before the last change; `now` at event 0.
    pub base: Rc<Cluster>,
    /// What the last event was.
    pub event: Event,
    /// Points per server and unit of weight that a server gets when it joins.
    pub points: u16,
    /// Copies of a key that are asked for, 1..=5.
    pub replicas: usize,
    /// Settings of event 0.
    pub setup: Settings,
    /// The dots of `now`'s keys, once the view has drawn them.
    pub dots: Rc<OnceCell<Dots>>,
    script: Rc<[Step]>,
    played: usize,
}

impl HashRing {
    /// Event 0.
    pub fn start(settings: &Settings, seed: u32) -> HashRing {
        let story = Story::of(settings.preset);
        let points = settings.count(POINTS) as u16;
        let rules = Rules {
            seed: u64::from(seed),
            hash: manifest::hash(settings),
            scheme: manifest::scheme(settings),
            slack: settings.count(SLACK) as u16,
        };
        let servers = settings.count(SERVERS).min(MAX_SERVERS);
        let mut list = Vec::new();
        for id in 0..servers {
            list.push(server(id as ServerId, settings.count(WEIGHT) as u8, points));
        }
        let now = Rc::new(Cluster::new(rules, &list, settings.count(KEYS)));
        HashRing {
            story,
            before: Rc::clone(&now),
            base: Rc::clone(&now),
            now,
            event: Event::Setup,
            points,
            replicas: settings.count(REPLICAS),
            setup: settings.clone(),
            dots: Rc::default(),
            script: story.steps(servers, points, rules).into(),
            played: 0,
        }
    }

    /// Plays the next line of the script; false at its end.
    pub fn advance(&mut self) -> bool {
        let Some(step) = self.script.get(self.played).copied() else {
            return false;
        };
        self.played += 1;
        if let Err(Refusal(reason)) = self.play(step) {
            self.before = Rc::clone(&self.now);
            self.base = Rc::clone(&self.now);
            self.event = Event::Refused(reason);
        }
        true
    }

    /// Does what the reader asks; a refusal changes nothing.
    pub fn perform(&mut self, action: &Action) -> Result<(), Refusal> {
        match (action.kind, action.mark) {
            (manifest::ADD, _) => {
                let mut free = 0;
                while self.now.server(free).is_some() {
                    free += 1;
                }
                self.play(Step::Join(free))
            }
            (manifest::REMOVE, Some(mark)) if mark < MAX_SERVERS as u32 => self.play(Step::Leave(mark as ServerId)),
            _ => Err("Select a server first: only a server can be removed.".into()),
        }
    }

    /// The settings as they stand now.
    pub fn current(&self) -> Settings {
        let mut settings = self.setup.clone();
        settings.set(SERVERS, self.now.servers.len() as i64);
        settings.set(POINTS, i64::from(self.points));
        settings.set(SCHEME, self.setup.get(SCHEME));
        settings.set(manifest::HASH, i64::from(self.now.rules.hash == Hash::Bad));
        settings
    }

    /// Whether the number of points means something under this scheme.
    pub fn on_points(&self) -> bool {
        on_points(self.now.rules.scheme)
    }

    fn play(&mut self, step: Step) -> Result<(), Refusal> {
        let (event, now) = match step {
            Step::Land(id) => self.landed(id)?,
            Step::Join(id) => {
                self.welcome(id)?;
                (Event::Joined(id), self.now.with(self.server(id, self.points)))
            }
            Step::Leave(id) if self.now.server(id).is_some() => (Event::Left(id), self.now.without(id)),
            Step::Leave(_) if self.now.servers.is_empty() => {
                return Err("There is no server that could leave.".into());
            }
            Step::Leave(id) => {
                return Err(refused(id, " is not on the ring."));
            }
            Step::Points(points) if points == self.points => {
                return Err("The servers have as many points already.".into());
            }
            Step::Points(points) => (Event::Points(points), self.now.changed(points, self.now.rules.hash)),
            Step::Hash(hash) => (Event::Rehashed(hash), self.now.changed(self.points, hash)),
        };
        if let Step::Points(points) = step {
            self.points = points;
        }
        let goes_on = matches!((&self.event, &event), (Event::Landed { server: a, .. }, Event::Landed { server: b, .. }) if a == b);
        if !goes_on {
            self.base = Rc::clone(&self.now);
        }
        if !Rc::ptr_eq(&self.now.keys, &now.keys) {
            self.dots = Rc::default();
        }
        self.before = std::mem::replace(&mut self.now, Rc::new(now));
        self.event = event;
        Ok(())
    }

    fn landed(&self, id: ServerId) -> Result<(Event, Cluster), Refusal> {
        let whole = self.server(id, self.points);
        let nth = match self.now.server(id) {
            Some(known) => known.points + 1,
            None => {
                self.welcome(id)?;
                1
            }
        };
        if nth > whole.points {
            return Err(refused(id, " has all of its points already."));
        }
        Ok((Event::Landed { server: id, nth, of: whole.points }, self.now.with(Server { points: nth, ..whole })))
    }

    fn welcome(&self, id: ServerId) -> Result<(), Refusal> {
        if usize::from(id) >= MAX_SERVERS || self.now.servers.len() >= MAX_SERVERS {
            return Err("At most 64 servers fit on the ring.".into());
        }
        if self.now.server(id).is_some() {
            return Err(refused(id, " is on the ring already."));
        }
        Ok(())
    }

    /// A server as it is with all of its points.
    pub fn server(&self, id: ServerId, points: u16) -> Server {
        server(id, self.setup.count(WEIGHT) as u8, points)
    }
}

fn on_points(scheme: Scheme) -> bool {
    matches!(scheme, Scheme::Ring | Scheme::Bounded)
}

// Only server A has a weight of its own.
fn server(id: ServerId, weight_of_a: u8, points: u16) -> Server {
    let weight = if id == 0 { weight_of_a } else { 1 };
    Server { id, weight, points: points * u16::from(weight) }
}

#[inline(never)]
fn refused(id: ServerId, why: &str) -> Refusal {
    Refusal(say("").name(id).put(why).take())
}

/// How many keys have another owner than before.
pub fn moved(before: &[Owner], after: &[Owner]) -> usize {
    let mut moved = 0;
    for (before, after) in before.iter().zip(after) {
        moved += usize::from(before != after);
    }
    moved
}
