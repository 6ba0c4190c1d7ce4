//! What is requested: five ways to fill a tape. Everything random comes from one stream of the seed, so that every policy and
//! every capacity gets the same tape.

use demo_kit::math::sqrt;
use demo_kit::sentence::say;
use demo_kit::{Rng, text};

use crate::tape::{Key, Tape};

/// Most requests that a reader may type.
pub const MAX_TYPED: usize = 500;
/// Most letters of a key that a reader types.
pub const MAX_LETTERS: usize = 4;
/// Requests for hot keys between two scans.
pub const HOT: usize = 20;
/// Keys that a scan reads, one after another.
pub const SCAN: usize = 10;
/// Cold keys that scans go through before they begin again.
pub const COLD: usize = 400;
/// Requests that a phase lasts.
pub const PHASE: usize = 50;

/// What a generated tape is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Workload {
    /// Independent requests; key number i with a chance that falls as 1/i^s.
    Zipf,
    /// One key after the other, round and round.
    Loop,
    /// Hot keys, each as likely, and now and then a scan of cold ones.
    Scan,
    /// A quarter of the keys at a time, each as likely; then the next quarter.
    Phases,
    /// What the reader typed.
    Own,
}

impl Workload {
    /// The workload of an option, by its index in the manifest.
    pub fn of(option: usize) -> Workload {
        match option {
            0 => Workload::Zipf,
            1 => Workload::Loop,
            2 => Workload::Scan,
            3 => Workload::Phases,
            _ => Workload::Own,
        }
    }
}

/// A generated tape.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    /// What it is made of.
    pub workload: Workload,
    /// How many keys there are, > 0; in a scan only the hot ones.
    pub keys: usize,
    /// Quarters of the exponent of Zipf.
    pub skew: usize,
    /// How many requests.
    pub requests: usize,
}

/// Makes a tape by a recipe.
pub fn generated(recipe: Recipe, rng: &mut Rng) -> Tape {
    let chances = if recipe.workload == Workload::Zipf { zipf(recipe.keys, recipe.skew) } else { Vec::new() };
    let sums = running_sums(&chances);
    let mut keys = Vec::with_capacity(recipe.requests);
    for at in 0..recipe.requests {
        keys.push(match recipe.workload {
            Workload::Zipf => draw(&sums, rng),
            Workload::Scan => scanned(recipe.keys, at, rng),
            Workload::Phases => {
                let group = recipe.keys.div_ceil(4);
                let first = at / PHASE * group;
                ((first + rng.below(group as u64) as usize) % recipe.keys) as Key
            }
            _ => (at % recipe.keys) as Key,
        });
    }
    Tape::new(keys, Vec::new())
}

/// The chance of each key, by its number: proportional to 1/(number + 1)^(quarters / 4).
pub fn zipf(keys: usize, quarters: usize) -> Vec<f64> {
    let mut chances = Vec::with_capacity(keys);
    let mut sum = 0.0;
    for key in 0..keys {
        let rank = (key + 1) as f64;
        // Roots and products only: a power would differ between targets.
        let quarter = sqrt(sqrt(rank));
        let mut weight = 1.0;
        for _ in 0..quarters {
            weight /= quarter;
        }
        chances.push(weight);
        sum += weight;
    }
    for chance in &mut chances {
        *chance /= sum;
    }
    chances
}

/// The chances added up from the first key on.
pub fn running_sums(chances: &[f64]) -> Vec<f64> {
    let mut sums = Vec::with_capacity(chances.len());
    let mut sum = 0.0;
    for chance in chances {
        sum += chance;
        sums.push(sum);
    }
    sums
}

/// A key by its chance: the first one whose running sum is above a uniform number.
pub fn draw(sums: &[f64], rng: &mut Rng) -> Key {
    let wanted = rng.f();
    let (mut low, mut high) = (0, sums.len().saturating_sub(1));
    while low < high {
        let middle = (low + high) / 2;
        if sums[middle] > wanted {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low as Key
}

fn scanned(hot: usize, at: usize, rng: &mut Rng) -> Key {
    let (round, nth) = (at / (HOT + SCAN), at % (HOT + SCAN));
    if nth < HOT {
        return rng.below(hot as u64) as Key;
    }
    (hot + (round * SCAN + nth - HOT) % COLD) as Key
}

/// Reads a typed sequence: its keys apart by single spaces, or what is wrong with it.
pub fn read(typed: &str) -> Result<String, String> {
    let mut out = String::new();
    let (mut requests, mut start) = (0, 0);
    for (idx, byte) in typed.bytes().chain([b' ']).enumerate() {
        if byte.is_ascii_alphanumeric() {
            continue;
        }
        let word = text::part(typed, start, idx);
        if !matches!(byte, b' ' | b',' | b';' | b'\t' | b'\n') {
            return Err(say("`").put(sign(typed, idx)).put("` is neither letter nor digit").take());
        }
        start = idx + 1;
        if word.is_empty() {
            continue;
        }
        if word.len() > MAX_LETTERS {
            return Err(say("`").put(text::part(word, 0, word.len().min(12))).put("` is longer than 4 letters").take());
        }
        requests += 1;
        text::put_item(&mut out, " ", word);
    }
    if requests > MAX_TYPED {
        return Err(say("it has ").count(requests).put(" requests").take());
    }
    Ok(out)
}

/// The tape of a sequence as [`read`] wrote it; keys are numbered as they first come.
pub fn typed(sequence: &str) -> Tape {
    let (mut keys, mut names) = (Vec::new(), Vec::new());
    let mut rest = Some(sequence).filter(|sequence| !sequence.is_empty());
    while let Some(words) = rest {
        let (word, more) = text::cut(words, b' ');
        let mut key = 0;
        while key < names.len() && names[key] != word {
            key += 1;
        }
        if key == names.len() {
            names.push(String::from(word));
        }
        keys.push(key as Key);
        rest = more;
    }
    Tape::new(keys, names)
}

// The whole sign that begins at a byte.
fn sign(text: &str, at: usize) -> &str {
    let mut end = at + 1;
    while end < text.len() && !text.is_char_boundary(end) {
        end += 1;
    }
    text::part(text, at, end)
}
