//! The same keys, in the order of their places, twice: under the scheme of the ring and under hash mod N. Each key is a
//! stripe in its owner's colour; below it, in ink, the keys that moved. Stripes are thick lines: half the text of rectangles.

use demo_kit::{Ctx, Path, Scene};

use super::color_of;
use super::crowd::Crowd;
use crate::model::Owner;
use crate::story::{Event, HashRing, moved};
use crate::words::{say, scheme_name};

// All lengths in tenths of a unit.
const LEFT: i32 = 40;
const WIDTH: i32 = 3120;
/// Middles of the stripes and of the ink, and the baseline of the text, below the top of a row.
const STRIPE: i32 = 95;
const INK: i32 = 250;
const TEXT: i32 = -60;
/// More keys than this share stripes: a stripe stands for its first key, its ink for any of them.
const STRIPES: usize = 312;

/// The panel.
pub fn scene(run: &HashRing, ctx: &Ctx) -> Scene {
    // Both schemes change over at once, half-way through the animation.
    let shown = if ctx.phase < 128 { &run.before } else { &run.now };
    // When all points change, moves are not the news.
    let tells = matches!(run.event, Event::Landed { .. } | Event::Joined(_) | Event::Left(_));
    let mut scene = Scene::new("");
    let mut label = say("The keys in the order of their places");
    for (top, base) in [(210, 10), (780, 40)] {
        let mut title = say("");
        let owners = if base == 10 {
            title.put(scheme_name(run.now.rules.scheme));
            [run.base.owners_beside_modulo(), shown.owners_beside_modulo()]
        } else {
            title.put("hash mod ").count(shown.slots().len());
            [run.base.owners_modulo(), shown.owners_modulo()]
        };
        if tells {
            title.put(": ").count(moved(owners[0], owners[1])).put(" moved");
        }
        stripes(&mut scene, run, Row { top, base, owners, tells });
        let title = title.done();
        label.put("; ").put(&title);
        scene.text(base, "t-s num", LEFT, top + TEXT, title);
    }
    scene.label = label.done();
    scene
}

struct Row<'a> {
    top: i32,
    base: u32,
    /// Before the change and now, by the key's number.
    owners: [&'a [Owner]; 2],
    /// Whether the keys that moved get their ink.
    tells: bool,
}

fn stripes(scene: &mut Scene, run: &HashRing, row: Row<'_>) {
    let keys = &run.now.keys;
    let stripes = keys.len().min(STRIPES);
    let mut fills = Crowd::new();
    let mut rug = Path::new();
    // Neighbours of one colour are one line. Both runs end where the next one begins, the last at the end.
    let (mut filled, mut fill) = (0, 0);
    let (mut inked, mut ink) = (0, false);
    for stripe in 0..=stripes {
        let mut has_ink = false;
        let mut color = u8::MAX;
        if stripe < stripes {
            let first = stripe * keys.len() / stripes;
            for key in &keys[first..(stripe + 1) * keys.len() / stripes] {
                let owner = |side: usize| row.owners[side].get(usize::from(key.id)).copied().flatten();
                has_ink |= row.tells && owner(0) != owner(1);
                color = if color == u8::MAX { color_of(owner(1)) } else { color };
            }
        }
        if color != fill {
            if stripe > filled {
                segment(fills.of(fill), filled, stripe, stripes, row.top + STRIPE);
            }
            (filled, fill) = (stripe, color);
        }
        if has_ink != ink {
            if ink {
                segment(&mut rug, inked, stripe, stripes, row.top + INK);
            }
            (inked, ink) = (stripe, has_ink);
        }
    }
    fills.draw(scene, row.base + 1, "stripe");
    scene.path(row.base + 9, "rug", 0, rug);
}

fn segment(path: &mut Path, from: usize, to: usize, of: usize, y: i32) {
    let x = |stripe: usize| LEFT + WIDTH * stripe as i32 / of as i32;
    path.segment((x(from), y), (x(to), y));
}
