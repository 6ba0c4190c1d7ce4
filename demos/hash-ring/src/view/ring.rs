//! The stage: the ring as a dial. Arcs in the colours of their servers, lettered; points as ticks across them; keys inside,
//! each at its own angle and stacked inwards where they crowd; in the middle the number that the story is about.

use demo_kit::math::{Turn, between, polar};
use demo_kit::{Ctx, Path, Scene, num};

use super::color;
use super::shown::{Fate, Piece, Shown};
use crate::manifest::KEY_BASE;
use crate::measure;
use crate::model::{Key, ServerId, WHOLE};
use crate::story::{Event, HashRing, Story};
use crate::words::{count, join, name};

// All lengths in tenths of a unit.
const CENTER: (i32, i32) = (1600, 1600);
/// Middle of the coloured band.
const ARC: i32 = 1285;
/// Ticks cross the band and stand out on its outer side.
const TICK: (i32, i32) = (1250, 1372);
/// The outline of arcs that are gone.
const GHOST: i32 = 1372;
/// Middle of the letters.
const LETTER: i32 = 1478;
/// A letter's baseline below its middle.
const DROP: i32 = 50;
/// The walk of a selected key, between band and keys.
const WALK: i32 = 1205;
/// The outermost keys.
const KEYS: i32 = 1150;
/// Keys do not come nearer to the middle, where the number stands.
const CLEAR: i32 = 600;
/// Width of a letter's place on the dial, as a part of the turn.
const LETTER_ROOM: u32 = u32::MAX / 52;

/// Room that the node of a copy takes.
const NODE: i32 = 195;

// First keys of the scene's items; six colours fit behind each.
const BED: u32 = 1;
const BAND: u32 = 10;
const BAND_DIM: u32 = 20;
const TICKS: u32 = 30;
const TICKS_NEW: u32 = 40;
const DOTS: u32 = 50;
const DOTS_DIM: u32 = 60;
const HALO: u32 = 70;
const DOTS_MOVED: u32 = 80;
const CORE: u32 = 90;
const WALKS: u32 = 100;
const NUMBER: u32 = 120;
const DEPARTED: u32 = 130;
const LETTERS: u32 = 1000;

/// The panel.
pub fn scene(run: &HashRing, ctx: &Ctx) -> Scene {
    let shown = Shown::new(run, ctx.phase);
    let mut scene = Scene::new(label(run));
    let chosen = Chosen::of(run, ctx.selected);
    scene.path(BED, "axis bed", 0, circle(ARC));
    if run.on_points() {
        let pieces = shown.pieces();
        band(&mut scene, &pieces, &chosen);
        if !shown.is_crowd() {
            ticks(&mut scene, &shown);
        }
        let taken = letters(&mut scene, run, &shown, &pieces, &chosen);
        if let Event::Left(id) = run.event {
            departed(&mut scene, run, id, &taken);
        }
    }
    dots(&mut scene, run, &shown, &chosen);
    if let Chosen::Key(key) = chosen {
        walk(&mut scene, run, key);
    }
    number(&mut scene, run, &shown);
    scene
}

/// Where each server can be pointed at: the middle of its longest arc; without arcs, the server's place in the list.
pub fn servers(run: &HashRing) -> Vec<(ServerId, (i32, i32))> {
    let mut longest = [(0_u128, 0_u64); crate::model::MAX_SERVERS];
    for arc in run.now.ring.arcs() {
        let best = &mut longest[usize::from(arc.server) % crate::model::MAX_SERVERS];
        if arc.length > best.0 {
            *best = (arc.length, arc.end.wrapping_sub((arc.length / 2) as u64));
        }
    }
    let all = run.now.servers.len().max(1) as u64;
    let mut servers: Vec<(u64, ServerId)> = Vec::new();
    for (idx, server) in run.now.servers.iter().enumerate() {
        let (length, middle) = longest[usize::from(server.id) % crate::model::MAX_SERVERS];
        let listed = u64::MAX / all * idx as u64;
        let at = if run.on_points() && length > 0 {
            middle
        } else {
            listed
        };
        let slot = servers.partition_point(|(other, _)| *other <= at);
        servers.insert(slot, (at, server.id));
    }
    servers
        .into_iter()
        .map(|(at, id)| (id, polar(CENTER, ARC, turn(at))))
        .collect()
}

/// Where each key's dot lies, in the order of the list.
pub fn keys(keys: &[Key]) -> Vec<(i32, i32)> {
    let (_, pitch) = size(keys.len());
    let lanes = ((KEYS - CLEAR) / pitch) as usize + 1;
    // Of each lane the first key and the last one so far.
    let mut filled: Vec<Option<(Turn, Turn)>> = vec![None; lanes];
    let mut overflow = 0;
    let mut places = Vec::with_capacity(keys.len());
    for key in keys {
        let at = turn(key.at);
        let room = |lane: usize| {
            let radius = i64::from(KEYS - lane as i32 * pitch);
            // The pitch as a part of the lane's turn: 2^32 / (2 pi) is 683,565,276.
            let need = (683_565_276 * i64::from(pitch) / radius) as u32;
            filled[lane]
                .is_none_or(|(first, last)| at - last >= need && first.wrapping_sub(at) >= need)
        };
        let lane = (0..lanes).find(|lane| room(*lane)).unwrap_or_else(|| {
            overflow += 1;
            overflow % lanes
        });
        let first = filled[lane].map_or(at, |(first, _)| first);
        filled[lane] = Some((first, at));
        places.push(polar(CENTER, KEYS - lane as i32 * pitch, at));
    }
    places
}

/// What the reader selected.
#[derive(Clone, Copy)]
enum Chosen<'a> {
    Nothing,
    Server(ServerId),
    Key(&'a Key),
}

impl<'a> Chosen<'a> {
    fn of(run: &'a HashRing, selected: Option<u32>) -> Chosen<'a> {
        let key = |id: u32| run.now.keys.iter().find(|key| u32::from(key.id) == id);
        match selected.map(|mark| (mark, mark.checked_sub(KEY_BASE))) {
            Some((_, Some(id))) => key(id).map_or(Chosen::Nothing, Chosen::Key),
            Some((mark, None)) => Chosen::Server(mark as ServerId),
            None => Chosen::Nothing,
        }
    }

    // Whether something is drawn pale because another server is selected.
    fn dims(&self, id: Option<ServerId>) -> bool {
        matches!(self, Chosen::Server(chosen) if Some(*chosen) != id)
    }
}

fn label(run: &HashRing) -> String {
    let now = &run.now;
    let mut label = join(&[&crate::words::counted(now.servers.len(), "server"), " and "]);
    label += &join(&[
        &crate::words::counted(now.keys.len(), "key"),
        " on the ring",
    ]);
    label
}

// The style of a dot by the number of keys, and the distance of two dots.
fn size(keys: usize) -> (usize, i32) {
    match keys {
        0..=40 => (0, 100),
        41..=420 => (1, 57),
        _ => (2, 33),
    }
}

fn band(scene: &mut Scene, pieces: &[Piece], chosen: &Chosen<'_>) {
    let mut paths: [Path; 12] = Default::default();
    for piece in pieces {
        let dim = usize::from(chosen.dims(Some(piece.server)));
        let path = &mut paths[6 * dim + usize::from(color(piece.server)) - 1];
        if piece.length == WHOLE {
            let whole = circle(ARC);
            *path = whole;
            continue;
        }
        let end = piece.start.wrapping_add(piece.length as u64);
        let (from, to) = (
            polar(CENTER, ARC, turn(piece.start)),
            polar(CENTER, ARC, turn(end)),
        );
        let long = piece.length > WHOLE / 2;
        if from != to || long {
            path.go(from.0, from.1).arc(ARC, long, true, to.0, to.1);
        }
    }
    for (idx, path) in paths.into_iter().enumerate() {
        let (class, key) = if idx < 6 {
            ("arc", BAND)
        } else {
            ("arc dim", BAND_DIM)
        };
        put(scene, key, class, idx % 6 + 1, path);
    }
}

fn ticks(scene: &mut Scene, shown: &Shown<'_>) {
    let mut still: [Path; 6] = Default::default();
    let mut moving: [Path; 6] = Default::default();
    for (at, server, fate) in shown.points() {
        let (inner, outer) = TICK;
        let slot = usize::from(color(server)) - 1;
        let (path, inner) = match fate {
            Fate::Stays => (&mut still[slot], inner),
            Fate::Comes if !shown.is_behind_hand(at) => continue,
            Fate::Goes if shown.is_behind_hand(at) && shown.phase > 0 && shown.turns() => continue,
            // A new point comes in from outside, a lost one goes out the same way.
            Fate::Comes if !shown.turns() => {
                (&mut moving[slot], between(outer, inner, shown.phase))
            }
            Fate::Goes if !shown.turns() => (&mut moving[slot], between(inner, outer, shown.phase)),
            _ => (&mut still[slot], inner),
        };
        path.segment(
            polar(CENTER, inner, turn(at)),
            polar(CENTER, outer, turn(at)),
        );
    }
    for (idx, path) in still.into_iter().enumerate() {
        put(scene, TICKS, "tick", idx + 1, path);
    }
    for (idx, path) in moving.into_iter().enumerate() {
        put(scene, TICKS_NEW, "tick", idx + 1, path);
    }
}

// A letter stands at the middle of an arc that is long enough for it. The point that has just landed, the selected server and
// the owner of a selected key have theirs first.
fn letters(
    scene: &mut Scene,
    run: &HashRing,
    shown: &Shown<'_>,
    pieces: &[Piece],
    chosen: &Chosen<'_>,
) -> Vec<Turn> {
    let mut wanted: Vec<(u8, u128, &Piece)> = Vec::new();
    let newest = newest(run);
    let few = run.now.servers.len() <= 12 && !shown.is_crowd();
    for piece in pieces {
        let end = piece.start.wrapping_add(piece.length as u64);
        let is_chosen = matches!(chosen, Chosen::Server(id) if *id == piece.server);
        let is_news = run.event == Event::Joined(piece.server) && !shown.is_crowd();
        let rank = if newest == Some((end, piece.server)) {
            2
        } else {
            u8::from(is_chosen || is_news)
        };
        if rank > 0 || few && piece.length > WHOLE / 64 {
            wanted.push((rank, piece.length, piece));
        }
    }
    let mut taken: Vec<Turn> = Vec::new();
    // The most important first: a handful, so the simplest of all sorts.
    while let Some(best) = (0..wanted.len()).max_by_key(|idx| (wanted[*idx].0, wanted[*idx].1)) {
        let (rank, length, piece) = wanted.swap_remove(best);
        if taken.len() > 60 {
            break;
        }
        let middle = turn(piece.start.wrapping_add((length / 2) as u64));
        if !is_free(&taken, middle) {
            continue;
        }
        taken.push(middle);
        let (x, y) = polar(CENTER, LETTER, middle);
        let class = if rank > 0 { "t strong" } else { "t" };
        scene.text(
            LETTERS + middle / (u32::MAX / 4000),
            class,
            x,
            y + DROP,
            name(piece.server),
        );
    }
    taken
}

fn is_free(taken: &[Turn], middle: Turn) -> bool {
    taken
        .iter()
        .all(|other| other.wrapping_sub(middle).min(middle.wrapping_sub(*other)) >= LETTER_ROOM)
}

// Where the arcs of a server lay that has just left, when they are few enough to be told apart.
fn departed(scene: &mut Scene, run: &HashRing, id: ServerId, taken: &[Turn]) {
    let arcs: Vec<_> = run
        .before
        .ring
        .arcs()
        .filter(|arc| arc.server == id)
        .collect();
    if arcs.len() > 12 {
        return;
    }
    let mut path = Path::new();
    for arc in arcs
        .iter()
        .filter(|arc| arc.length > WHOLE / 200 && arc.length < WHOLE)
    {
        let (from, to) = (turn(arc.end.wrapping_sub(arc.length as u64)), turn(arc.end));
        let (a, b, c) = (
            polar(CENTER, TICK.0, from),
            polar(CENTER, GHOST, from),
            polar(CENTER, GHOST, to),
        );
        path.go(a.0, a.1)
            .line(b.0, b.1)
            .arc(GHOST, arc.length > WHOLE / 2, true, c.0, c.1);
        let d = polar(CENTER, TICK.0, to);
        path.line(d.0, d.1);
    }
    let longest = arcs.iter().max_by_key(|arc| arc.length);
    if let Some(middle) = longest.map(|arc| turn(arc.end.wrapping_sub((arc.length / 2) as u64)))
        && is_free(taken, middle)
    {
        let (x, y) = polar(CENTER, LETTER, middle);
        scene.text(DEPARTED + 1, "t note", x, y + DROP, name(id));
    }
    put(scene, DEPARTED, "ghost", 0, path);
}

// The place and server of the point that landed last.
fn newest(run: &HashRing) -> Option<(u64, ServerId)> {
    let Event::Landed { server, nth, .. } = run.event else {
        return None;
    };
    let point = crate::model::points_of(run.now.rules, server, nth - 1, nth).next()?;
    Some((point.at, point.server))
}

fn dots(scene: &mut Scene, run: &HashRing, shown: &Shown<'_>, chosen: &Chosen<'_>) {
    let (style, _) = size(run.now.keys.len());
    let mut rest: [Path; 14] = Default::default();
    let mut moved: [Path; 7] = Default::default();
    let mut core: [Path; 7] = Default::default();
    let mut halo = Path::new();
    // Nobody's keys have no colour.
    let slot = |owner: Option<ServerId>| owner.map_or(0, |id| usize::from(color(id)));
    for (key, (x, y)) in run.now.keys.iter().zip(keys(&run.now.keys)) {
        let owner = shown.owner(key);
        let old = run
            .base
            .owners()
            .get(usize::from(key.id))
            .copied()
            .flatten();
        if owner == old || shown.is_reshuffle() {
            rest[7 * usize::from(chosen.dims(owner)) + slot(owner)].dot(x, y);
        } else {
            halo.dot(x, y);
            moved[slot(owner)].dot(x, y);
            core[slot(old)].dot(x, y);
        }
    }
    let classes = |kinds: [&'static str; 3]| kinds[style];
    let plain = classes(["dots big", "dots", "dots small"]);
    let pale = classes(["dots big dim", "dots dim", "dots small dim"]);
    for (idx, path) in rest.into_iter().enumerate() {
        let (class, key) = if idx < 7 {
            (plain, DOTS)
        } else {
            (pale, DOTS_DIM)
        };
        put(scene, key, class, idx % 7, path);
    }
    put(
        scene,
        HALO,
        classes(["halo big", "halo", "halo small"]),
        0,
        halo,
    );
    for (idx, path) in moved.into_iter().enumerate() {
        put(scene, DOTS_MOVED, plain, idx, path);
    }
    for (idx, path) in core.into_iter().enumerate() {
        put(
            scene,
            CORE,
            classes(["core big", "core", "core small"]),
            idx,
            path,
        );
    }
}

// From the key outwards, clockwise to the point of its owner, and dotted on to its copies.
fn walk(scene: &mut Scene, run: &HashRing, key: &Key) {
    let Some(idx) = run.now.keys.iter().position(|other| other == key) else {
        return;
    };
    let start = keys(&run.now.keys)[idx];
    scene.circle(WALKS, "select", 0, start.0, start.1, 75);
    if !run.on_points() {
        return;
    }
    let copies = run.now.replicas(key, run.replicas);
    let mut from = key.at;
    let mut nodes: Vec<(i32, i32)> = Vec::new();
    for (nth, id) in copies.iter().enumerate() {
        let next = run
            .now
            .ring
            .clockwise(from)
            .find(|point| point.server == *id);
        let Some(point) = next else { return };
        let mut path = Path::new();
        let (a, b) = (
            polar(CENTER, WALK, turn(from)),
            polar(CENTER, WALK, turn(point.at)),
        );
        if nth == 0 {
            path.go(start.0, start.1).line(a.0, a.1);
        } else {
            path.go(a.0, a.1);
        }
        let way = point.at.wrapping_sub(from);
        if a != b || way > u64::MAX / 2 {
            path.arc(WALK, way > u64::MAX / 2, true, b.0, b.1);
        }
        if nth == 0 {
            let end = polar(CENTER, ARC, turn(point.at));
            path.line(end.0, end.1);
        }
        let item = WALKS + 1 + 3 * nth as u32;
        scene.path(item, if nth == 0 { "walk" } else { "bound" }, 0, path);
        from = point.at;
        // Beside a node that is already there, the next one steps inwards.
        let apart = |at: &(i32, i32)| {
            nodes
                .iter()
                .all(|node| (node.0 - at.0).abs().max((node.1 - at.1).abs()) >= NODE)
        };
        let steps = [ARC, ARC - NODE, ARC - 2 * NODE, ARC - 3 * NODE];
        let places = steps.map(|radius| polar(CENTER, radius, turn(point.at)));
        if let Some(at) = places.into_iter().find(apart) {
            scene.circle(item + 1, "node", color(*id), at.0, at.1, NODE / 2 - 10);
            scene.text(item + 2, "t strong", at.0, at.1 + DROP, name(*id));
            nodes.push(at);
        }
    }
}

// The number that the story is about, and what it counts in two lines.
fn number(scene: &mut Scene, run: &HashRing, shown: &Shown<'_>) {
    let now = &run.now;
    let keys = now.keys.len();
    let (big, first, second) = match (run.story, &run.event) {
        _ if now.servers.is_empty() => ("0".into(), "servers:".into(), "no owner".into()),
        (Story::AddAServer | Story::AServerDies, Event::Setup) => {
            let servers = crate::words::counted(now.servers.len(), "server");
            (
                count(keys),
                String::from(if keys == 1 { "key on" } else { "keys on" }),
                servers,
            )
        }
        (Story::AddAServer | Story::AServerDies, _) => {
            let base = run.base.owners();
            let old = |key: &&Key| base.get(usize::from(key.id)).copied().flatten();
            let moved = now
                .keys
                .iter()
                .filter(|key| shown.owner(key) != old(key))
                .count();
            (
                count(moved),
                join(&["of ", &count(keys), " keys"]),
                "moved".into(),
            )
        }
        (Story::OnePointEach, _) => (
            num::or_none(measure::largest(now), |ratio| num::fixed(ratio, 2)),
            "largest share".into(),
            "over the mean".into(),
        ),
        (Story::TurnTheKnob | Story::BadHash, _) => (
            num::or_none(measure::spread(now), num::percent),
            "spread of".into(),
            "the shares".into(),
        ),
    };
    scene.text(NUMBER, "t big num", CENTER.0, CENTER.1 - 50, big);
    scene.text(NUMBER + 1, "t note num", CENTER.0, CENTER.1 + 150, first);
    scene.text(NUMBER + 2, "t note num", CENTER.0, CENTER.1 + 325, second);
}

fn circle(r: i32) -> Path {
    let mut path = Path::new();
    let (top, bottom) = (polar(CENTER, r, 0), polar(CENTER, r, 1 << 31));
    path.go(top.0, top.1)
        .arc(r, false, true, bottom.0, bottom.1)
        .arc(r, false, true, top.0, top.1);
    path
}

fn put(scene: &mut Scene, key: u32, class: &'static str, color: usize, path: Path) {
    if !path.is_empty() {
        scene.path(key + color as u32, class, color as u8, path);
    }
}

// The ring's 2^64 places as the kit's parts of a turn.
fn turn(at: u64) -> Turn {
    (at >> 32) as Turn
}
