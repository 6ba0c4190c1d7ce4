//! The same keys, in the order of their places, twice: under the scheme of the ring and under hash mod N. Each key is a
//! stripe in its owner's colour; below it, in ink, the keys that moved. Stripes are thick lines: half the text of rectangles.

use demo_kit::{Ctx, Path, Scene};

use super::color;
use crate::model::Owner;
use crate::story::{Event, HashRing, moved};
use crate::words::{count, join, scheme_name};

// All lengths in tenths of a unit.
const LEFT: i32 = 40;
const WIDTH: i32 = 3120;
/// Height of a stripe; figure.css has it as the width of the line.
const STRIPE: i32 = 190;
/// Middle of the ink below the top of the stripes.
const RUG: i32 = 250;
/// More keys than this share stripes: a stripe stands for its first key, its ink for any of them.
const STRIPES: usize = 312;

/// The panel.
pub fn scene(run: &HashRing, ctx: &Ctx) -> Scene {
    // Both schemes change over at once, half-way through the animation.
    let shown = if ctx.phase < 128 {
        &run.before
    } else {
        &run.now
    };
    let beside = [
        run.base.owners_beside_modulo(),
        shown.owners_beside_modulo(),
    ];
    let modulo = [run.base.owners_modulo(), shown.owners_modulo()];
    let slots = join(&["hash mod ", &count(shown.slots().len())]);
    let rows = [
        Row {
            name: scheme_name(run.now.rules.scheme).into(),
            top: 210,
            base: 10,
            owners: beside,
        },
        Row {
            name: slots,
            top: 780,
            base: 40,
            owners: modulo,
        },
    ];
    let mut scene = Scene::new(label(run, &rows));
    for row in &rows {
        stripes(&mut scene, run, row);
        let text = if tells_moves(run) {
            join(&[&row.name, ": ", &count(row.moved()), " moved"])
        } else {
            row.name.clone()
        };
        scene.text(row.base, "t-s num", LEFT, row.top - 60, text);
    }
    scene
}

struct Row<'a> {
    name: String,
    top: i32,
    base: u32,
    /// Before the change and now, by the key's number.
    owners: [&'a [Owner]; 2],
}

impl Row<'_> {
    fn moved(&self) -> usize {
        moved(self.owners[0], self.owners[1])
    }
}

fn stripes(scene: &mut Scene, run: &HashRing, row: &Row<'_>) {
    let keys = &run.now.keys;
    if keys.is_empty() {
        return;
    }
    let stripes = keys.len().min(STRIPES);
    let x = |stripe: usize| LEFT + (WIDTH as i64 * stripe as i64 / stripes as i64) as i32;
    let mut fills: [Path; 7] = Default::default();
    let mut rug = Path::new();
    // Neighbours of one colour are one rectangle.
    let (mut begun, mut color_now) = (0, usize::MAX);
    let mut inked = None;
    for stripe in 0..=stripes {
        let range =
            stripe * keys.len() / stripes..((stripe + 1) * keys.len() / stripes).min(keys.len());
        let chunk = keys.get(range).unwrap_or(&[]);
        let owner = |side: usize, id: u16| row.owners[side].get(usize::from(id)).copied().flatten();
        let color = chunk.first().map_or(usize::MAX, |key| {
            owner(1, key.id).map_or(0, |id| usize::from(color(id)))
        });
        if color != color_now {
            if let Some(path) = fills.get_mut(color_now) {
                path.segment(
                    (x(begun), row.top + STRIPE / 2),
                    (x(stripe), row.top + STRIPE / 2),
                );
            }
            (begun, color_now) = (stripe, color);
        }
        let moved =
            tells_moves(run) && chunk.iter().any(|key| owner(0, key.id) != owner(1, key.id));
        match inked {
            Some(start) if !moved => {
                rug.segment((x(start), row.top + RUG), (x(stripe), row.top + RUG));
                inked = None;
            }
            None if moved => inked = Some(stripe),
            _ => {}
        }
    }
    for (idx, path) in fills
        .into_iter()
        .enumerate()
        .filter(|(_, path)| !path.is_empty())
    {
        scene.path(row.base + 1 + idx as u32, "stripe", idx as u8, path);
    }
    if !rug.is_empty() {
        scene.path(row.base + 9, "rug", 0, rug);
    }
}

fn label(run: &HashRing, rows: &[Row<'_>]) -> String {
    let mut label = String::from("The keys in the order of their places");
    for row in rows {
        label += &join(&["; ", &row.name]);
        if tells_moves(run) {
            label += &join(&[": ", &count(row.moved()), " moved"]);
        }
    }
    label
}

// Whether a server came or went; when all points change, moves are not the news.
fn tells_moves(run: &HashRing) -> bool {
    matches!(
        run.event,
        Event::Landed { .. } | Event::Joined(_) | Event::Left(_)
    )
}
