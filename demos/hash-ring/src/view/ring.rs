//! The stage: the ring as a dial. Arcs in the colours of their servers, lettered; points as ticks across them; keys inside,
//! each at its own angle and stacked inwards where they crowd; in the middle the number that the story is about.

use demo_kit::math::{Turn, between, polar};
use demo_kit::{Ctx, Path, Scene, num};

use super::crowd::Crowd;
use super::shown::{Fate, Piece, Shown};
use super::{color, color_of};
use crate::cluster::{Key, points_of};
use crate::manifest::KEY_BASE;
use crate::measure;
use crate::model::{MAX_SERVERS, Point, Ring, ServerId, WHOLE};
use crate::sketch::Dots;
use crate::story::{Event, HashRing, Story};
use crate::words::{key, name, say};

// All lengths in tenths of a unit.
const CENTER: (i32, i32) = (1600, 1600);
/// Middle of the coloured band.
const ARC: i32 = 1285;
/// Ticks cross the band and stand out on its outer side.
const TICK: (i32, i32) = (1250, 1372);
/// Middle of the letters.
const LETTER: i32 = 1478;
/// A letter's baseline below its middle.
const DROP: i32 = 50;
/// The walk of a selected key, between band and keys.
const WALK: i32 = 1205;
/// Room that the node of a copy takes.
const NODE: i32 = 195;
/// The outermost keys.
const KEYS: i32 = 1150;
/// Keys do not come nearer to the middle, where the number stands.
const CLEAR: i32 = 600;
/// Width of a letter's place on the dial, as a part of the turn.
const LETTER_ROOM: u32 = u32::MAX / 52;

// First keys of the scene's items; seven colours fit behind each.
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
    let mut label = say("");
    label.counted(run.now.servers.len(), "server").put(" and ").counted(run.now.keys.len(), "key").put(" on the ring");
    let mut scene = Scene::new(label.done());
    // Marks of servers and keys differ by their number; what is selected may be gone.
    let chosen = ctx.selected.filter(|mark| *mark < KEY_BASE).map(|mark| mark as ServerId);
    let mut bed = Path::new();
    circle(&mut bed);
    scene.path(BED, "axis bed", 0, bed);
    if run.on_points() {
        let pieces = shown.pieces();
        band(&mut scene, &pieces, chosen);
        if !shown.is_crowd() {
            ticks(&mut scene, run, &shown);
        }
        letters(&mut scene, run, &shown, pieces, chosen);
    }
    dots(&mut scene, run, &shown, chosen);
    if let Some(key) = ctx.selected.and_then(|mark| key(run, mark)) {
        walk(&mut scene, run, &key);
    }
    number(&mut scene, run, &shown);
    scene
}

/// Where each server can be pointed at, clockwise: the middle of its longest arc; without arcs, its place in the list.
pub fn servers(run: &HashRing) -> Vec<(ServerId, (i32, i32))> {
    let ring = &run.now.ring;
    let mut longest = [(0, 0); MAX_SERVERS];
    for idx in 0..ring.points().len() {
        let arc = ring.arc(idx);
        let best = &mut longest[usize::from(arc.server) % MAX_SERVERS];
        if arc.length > best.0 {
            *best = (arc.length, arc.end.wrapping_sub((arc.length / 2) as u64));
        }
    }
    let all = run.now.servers.len().max(1) as u64;
    let mut points = Vec::new();
    for (idx, server) in run.now.servers.iter().enumerate() {
        let (length, middle) = longest[usize::from(server.id) % MAX_SERVERS];
        let listed = u64::MAX / all * idx as u64;
        let at = if run.on_points() && length > 0 { middle } else { listed };
        points.push(Point { at, server: server.id });
    }
    let mut servers = Vec::new();
    for point in Ring::default().with(&points).points() {
        servers.push((point.server, polar(CENTER, ARC, turn(point.at))));
    }
    servers
}

/// Each key's dot, in the order of the list.
pub fn keys(run: &HashRing) -> &Dots {
    run.dots.get_or_init(|| drawn(&run.now.keys))
}

fn drawn(keys: &[Key]) -> Dots {
    let (_, pitch) = size(keys.len());
    let lanes = ((KEYS - CLEAR) / pitch) as usize + 1;
    // Of each lane the first key and the last one so far.
    let mut filled: Vec<Option<(Turn, Turn)>> = vec![None; lanes];
    let mut overflow = 0;
    let mut dots = Dots::default();
    for key in keys {
        let at = turn(key.at);
        let mut lane = 0;
        while lane < lanes && !has_room(filled[lane], at, KEYS - lane as i32 * pitch, pitch) {
            lane += 1;
        }
        if lane == lanes {
            overflow += 1;
            lane = overflow % lanes;
        }
        let first = filled[lane].map_or(at, |(first, _)| first);
        filled[lane] = Some((first, at));
        let (x, y) = polar(CENTER, KEYS - lane as i32 * pitch, at);
        dots.places.push((x, y));
        dots.path.dot(x, y);
        dots.ends.push(dots.path.data().len());
    }
    dots
}

// Whether a key at this angle touches neither the first nor the last key of a lane.
fn has_room(lane: Option<(Turn, Turn)>, at: Turn, radius: i32, pitch: i32) -> bool {
    // The pitch as a part of the lane's turn: 2^32 / (2 pi) is 683,565,276.
    let need = (683_565_276 * i64::from(pitch) / i64::from(radius)) as u32;
    lane.is_none_or(|(first, last)| at - last >= need && first.wrapping_sub(at) >= need)
}

// The style of a dot by the number of keys, and the distance of two dots.
fn size(keys: usize) -> (usize, i32) {
    match keys {
        0..=40 => (0, 100),
        41..=420 => (1, 57),
        _ => (2, 33),
    }
}

fn band(scene: &mut Scene, pieces: &[Piece], chosen: Option<ServerId>) {
    let (mut bright, mut dim) = (Crowd::new(), Crowd::new());
    for piece in pieces {
        let crowd = if is_dim(chosen, Some(piece.server)) { &mut dim } else { &mut bright };
        let path = crowd.of(color(piece.server));
        if piece.length == WHOLE {
            circle(path);
        } else {
            stretch(path, ARC, piece.start, piece.length as u64, true);
        }
    }
    bright.draw(scene, BAND, "arc");
    dim.draw(scene, BAND_DIM, "arc dim");
}

fn ticks(scene: &mut Scene, run: &HashRing, shown: &Shown<'_>) {
    let (mut still, mut moving) = (Crowd::new(), Crowd::new());
    for of_now in [true, false] {
        if !of_now && shown.phase == 256 {
            break;
        }
        let cluster = if of_now { &run.now } else { &run.before };
        for point in cluster.ring.points() {
            let fate = if shown.phase == 256 { Fate::Stays } else { shown.fate(of_now, point.at, point.server) };
            let (inner, outer) = TICK;
            let behind = shown.is_behind_hand(point.at);
            let (crowd, inner) = match fate {
                Fate::Stays if !of_now => continue,
                Fate::Stays => (&mut still, inner),
                _ if shown.turns && behind != of_now => continue,
                _ if shown.turns => (&mut still, inner),
                // A new point comes in from outside, a lost one goes out the same way.
                Fate::Comes => (&mut moving, between(outer, inner, shown.phase)),
                Fate::Goes => (&mut moving, between(inner, outer, shown.phase)),
            };
            let at = turn(point.at);
            crowd.of(color(point.server)).segment(polar(CENTER, inner, at), polar(CENTER, outer, at));
        }
    }
    still.draw(scene, TICKS, "tick");
    moving.draw(scene, TICKS_NEW, "tick");
}

// A letter stands at the middle of an arc that is long enough for it. The point that has just landed, the selected server and
// the newcomer have theirs first; a server that has left gets what room is left.
fn letters(scene: &mut Scene, run: &HashRing, shown: &Shown<'_>, mut pieces: Vec<Piece>, chosen: Option<ServerId>) {
    let newest = newest(run);
    let (few, crowd) = (run.now.servers.len() <= 12, shown.is_crowd());
    let mut taken: Vec<Turn> = Vec::new();
    loop {
        // The most important first. A handful of them, so the simplest of all sorts.
        let (mut best, mut best_rank) = (0, (0, 0));
        for (idx, piece) in pieces.iter().enumerate() {
            let end = piece.start.wrapping_add(piece.length as u64);
            let is_news = run.event == Event::Joined(piece.server) && !crowd;
            let class = if newest == Some(Point { at: end, server: piece.server }) {
                3
            } else if is_news || chosen == Some(piece.server) {
                2
            } else {
                u8::from(few && !crowd && piece.length > WHOLE / 64)
            };
            if (class, piece.length) > best_rank && class > 0 {
                (best, best_rank) = (idx, (class, piece.length));
            }
        }
        if best_rank.0 == 0 || taken.len() > 60 {
            break;
        }
        let piece = pieces[best];
        // Used up: an empty piece has no rank by its length, and no server has this number.
        pieces[best] = Piece { start: 0, length: 0, server: ServerId::MAX };
        let middle = turn(piece.start.wrapping_add((piece.length / 2) as u64));
        if is_free(&taken, middle) {
            taken.push(middle);
            letter(scene, LETTERS, if best_rank.0 > 1 { "t strong" } else { "t" }, middle, piece.server);
        }
    }
    if let Event::Left(id) = run.event {
        departed(scene, run, id, &taken);
    }
}

fn letter(scene: &mut Scene, key: u32, class: &'static str, middle: Turn, id: ServerId) {
    let (x, y) = polar(CENTER, LETTER, middle);
    scene.text(key + middle / (u32::MAX / 4000), class, x, y + DROP, name(id));
}

fn is_free(taken: &[Turn], middle: Turn) -> bool {
    for other in taken {
        if other.wrapping_sub(middle).min(middle.wrapping_sub(*other)) < LETTER_ROOM {
            return false;
        }
    }
    true
}

// Where the arcs of a server lay that has just left, when they are few enough to be told apart.
fn departed(scene: &mut Scene, run: &HashRing, id: ServerId, taken: &[Turn]) {
    let ring = &run.before.ring;
    let mut path = Path::new();
    let (mut count, mut longest, mut middle) = (0, 0, 0);
    for idx in 0..ring.points().len() {
        let arc = ring.arc(idx);
        if arc.server != id || arc.length == WHOLE {
            continue;
        }
        count += 1;
        if count > 12 {
            return;
        }
        let start = arc.end.wrapping_sub(arc.length as u64);
        if arc.length > longest {
            (longest, middle) = (arc.length, turn(start.wrapping_add((arc.length / 2) as u64)));
        }
        if arc.length > WHOLE / 200 {
            let (a, d) = (polar(CENTER, TICK.0, turn(start)), polar(CENTER, TICK.0, turn(arc.end)));
            let b = polar(CENTER, TICK.1, turn(start));
            path.go(a.0, a.1).line(b.0, b.1);
            stretch(&mut path, TICK.1, start, arc.length as u64, false);
            path.line(d.0, d.1);
        }
    }
    if path.is_empty() {
        return;
    }
    scene.path(DEPARTED, "ghost", 0, path);
    if is_free(taken, middle) {
        letter(scene, LETTERS, "t note", middle, id);
    }
}

// The point that landed last.
fn newest(run: &HashRing) -> Option<Point> {
    let mut points = Vec::new();
    if let Event::Landed { server, nth, .. } = run.event {
        points_of(&mut points, run.now.rules, server, nth - 1, nth);
    }
    points.pop()
}

fn dots(scene: &mut Scene, run: &HashRing, shown: &Shown<'_>, chosen: Option<ServerId>) {
    let (style, _) = size(run.now.keys.len());
    let (mut rest, mut pale) = (Crowd::new(), Crowd::new());
    let (mut halo, mut moved, mut core) = (Crowd::new(), Crowd::new(), Crowd::new());
    let drawn = keys(run);
    let mut from = 0;
    for (key, &to) in run.now.keys.iter().zip(&drawn.ends) {
        let (owner, old) = (shown.owner(key), run.base.owner(key.id));
        if owner == old || shown.reshuffle {
            let crowd = if is_dim(chosen, owner) { &mut pale } else { &mut rest };
            crowd.of(color_of(owner)).piece(&drawn.path, from, to);
        } else {
            halo.of(0).piece(&drawn.path, from, to);
            moved.of(color_of(owner)).piece(&drawn.path, from, to);
            core.of(color_of(old)).piece(&drawn.path, from, to);
        }
        from = to;
    }
    let plain = ["dots big", "dots", "dots small"][style];
    rest.draw(scene, DOTS, plain);
    pale.draw(scene, DOTS_DIM, ["dots big dim", "dots dim", "dots small dim"][style]);
    halo.draw(scene, HALO, ["halo big", "halo", "halo small"][style]);
    moved.draw(scene, DOTS_MOVED, plain);
    core.draw(scene, CORE, ["core big", "core", "core small"][style]);
}

// Whether something is drawn pale because another server is selected.
fn is_dim(chosen: Option<ServerId>, owner: Option<ServerId>) -> bool {
    chosen.is_some() && chosen != owner
}

// From the key outwards, clockwise to the point of its owner, and dotted on to its copies.
fn walk(scene: &mut Scene, run: &HashRing, key: &Key) {
    let mut start = CENTER;
    for (other, place) in run.now.keys.iter().zip(&keys(run).places) {
        if other.id == key.id {
            start = *place;
        }
    }
    scene.circle(WALKS, "select", 0, start.0, start.1, 75);
    if !run.on_points() {
        return;
    }
    let mut from = key.at;
    let mut nodes: Vec<(i32, i32)> = Vec::new();
    for (nth, id) in run.now.replicas(key, run.replicas).into_iter().enumerate() {
        let Some(to) = run.now.ring.next_of(from, id) else { return };
        let item = WALKS + 1 + 3 * nth as u32;
        let mut path = Path::new();
        let first = polar(CENTER, WALK, turn(from));
        let end = polar(CENTER, ARC, turn(to));
        if nth == 0 {
            path.go(start.0, start.1).line(first.0, first.1);
            stretch(&mut path, WALK, from, to.wrapping_sub(from), false);
            path.line(end.0, end.1);
        } else {
            path.go(first.0, first.1);
            stretch(&mut path, WALK, from, to.wrapping_sub(from), false);
        }
        scene.path(item, if nth == 0 { "walk" } else { "bound" }, 0, path);
        from = to;
        // Beside a node that is already there, the next one steps inwards.
        for step in 0..4 {
            let at = polar(CENTER, ARC - step * NODE, turn(to));
            if is_clear(&nodes, at) {
                scene.circle(item + 1, "node", color(id), at.0, at.1, NODE / 2 - 10);
                scene.text(item + 2, "t strong", at.0, at.1 + DROP, name(id));
                nodes.push(at);
                break;
            }
        }
    }
}

fn is_clear(nodes: &[(i32, i32)], at: (i32, i32)) -> bool {
    for node in nodes {
        if (node.0 - at.0).abs().max((node.1 - at.1).abs()) < NODE {
            return false;
        }
    }
    true
}

// The number that the story is about, and what it counts in two lines.
fn number(scene: &mut Scene, run: &HashRing, shown: &Shown<'_>) {
    let now = &run.now;
    let (mut big, mut first, mut second) = (say(""), say(""), say(""));
    if now.servers.is_empty() {
        big.put("0");
        first.put("servers:");
        second.put("no owner");
    } else if !run.story.is_about_moves() {
        let largest = run.story == Story::OnePointEach;
        let (value, write): (_, fn(f64) -> String) = if largest {
            (measure::largest(now), |ratio| num::fixed(ratio, 2))
        } else {
            (measure::spread(now), num::percent)
        };
        big.put(&num::or_none(value, write));
        first.put(if largest { "largest share" } else { "spread of" });
        second.put(if largest { "over the mean" } else { "the shares" });
    } else if run.event == Event::Setup {
        big.count(now.keys.len());
        first.put("keys on");
        second.counted(now.servers.len(), "server");
    } else {
        let mut moved = 0;
        for key in now.keys.iter() {
            moved += usize::from(shown.owner(key) != run.base.owner(key.id));
        }
        big.count(moved);
        first.put("of ").counted(now.keys.len(), "key");
        second.put("moved");
    }
    scene.text(NUMBER, "t big num", CENTER.0, CENTER.1 - 50, big.done());
    scene.text(NUMBER + 1, "t note num", CENTER.0, CENTER.1 + 150, first.done());
    scene.text(NUMBER + 2, "t note num", CENTER.0, CENTER.1 + 325, second.done());
}

// A stretch of a circle clockwise from a place; with `go` the pen is lifted first, otherwise it is there. Nothing when the
// stretch is too short to be seen.
#[inline(never)]
fn stretch(path: &mut Path, r: i32, start: u64, length: u64, go: bool) {
    let (from, to) = (polar(CENTER, r, turn(start)), polar(CENTER, r, turn(start.wrapping_add(length))));
    let long = length > u64::MAX / 2;
    if from != to || long {
        if go {
            path.go(from.0, from.1);
        }
        path.arc(r, long, true, to.0, to.1);
    }
}

fn circle(path: &mut Path) {
    stretch(path, ARC, 0, 1 << 63, true);
    stretch(path, ARC, 1 << 63, 1 << 63, false);
}

// The ring's 2^64 places as the kit's parts of a turn.
fn turn(at: u64) -> Turn {
    (at >> 32) as Turn
}
