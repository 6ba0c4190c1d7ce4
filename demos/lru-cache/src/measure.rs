//! The numbers that a run is about, and what theory says of them.

use demo_kit::math::sqrt;
use demo_kit::sentence::say;
use demo_kit::{Measures, Meter, Settings, num};

use crate::manifest::{CAPACITY, KEYS, POLICY, REQUESTS, SKEW, WORKLOAD};
use crate::policy::{ALL, Policy};
use crate::race::{self, LruCache};
use crate::theory;
use crate::workload::{self, Workload};

/// At event 0 a formula would answer the question; a space keeps its line.
const NO_FORMULA: &str = " ";

impl Measures for LruCache {
    fn meters(&self) -> Vec<Meter> {
        let mut meters = vec![
            Meter::none("hit ratio", NO_FORMULA),
            Meter::none("misses, over OPT", NO_FORMULA),
            Meter::none("misses, at worst", NO_FORMULA),
            Meter::none("misses, +1 place", NO_FORMULA),
        ];
        let Some(ratio) = self.stage().ratio() else {
            return meters;
        };
        let expected = expected(self);
        let sigma = expected.map(|it| sqrt(it * (1.0 - it) / self.at as f64));
        meters[0] = Meter::new("hit ratio", formula(self), Some(ratio), expected, sigma, num::percent);
        let (misses, best) = (self.stage().misses, self.cache(Policy::Opt).misses);
        meters[1] = counted(&meters[1], "OPT sees ahead", misses, bound("≥ ", best), excess(misses, best));
        let policy = self.policy();
        let worst = best.saturating_mul(self.stage().capacity as u32);
        meters[2] = if policy.is_competitive() && worst > 0 {
            counted(&meters[2], "places × OPT", misses, bound("≤ ", worst), "kept".into())
        } else {
            counted(&meters[2], "no bound is known", misses, num::NONE.into(), num::NONE.into())
        };
        let wider = self.wider.misses;
        meters[3] = if policy.is_stack() {
            counted(&meters[3], "never more", wider, bound("≤ ", misses), excess(wider, misses))
        } else {
            counted(&meters[3], "no promise", wider, num::NONE.into(), excess(wider, misses))
        };
        meters
    }

    // The chart over time: hit ratios so far.
    fn sample(&self) -> Vec<Option<f64>> {
        let of = |policy: Policy| self.cache(policy).ratio();
        let theory = if self.at > 0 && self.workload() == Workload::Zipf { expected(self) } else { None };
        vec![
            self.stage().ratio(),
            self.wider.ratio(),
            of(Policy::Mru),
            of(Policy::Sieve),
            of(Policy::Lru),
            of(Policy::Fifo),
            theory,
            of(Policy::Opt),
        ]
    }

    // What the sweep compares.
    fn outcome(&self) -> Option<f64> {
        self.stage().ratio()
    }

    // The hit ratio that theory expects of a whole run. For what was typed there is no theory but OPT's: the best there is.
    fn theory(settings: &Settings) -> Option<f64> {
        if Workload::of(settings.count(WORKLOAD)) == Workload::Own {
            let tape = race::tape(settings, 0);
            let mut best = crate::model::Cache::new(Policy::Opt, settings.count(CAPACITY), tape.universe());
            for at in 0..tape.len() {
                if let Some(request) = tape.request(at) {
                    best.request(request);
                }
            }
            return best.ratio();
        }
        known(settings)
    }
}

/// What theory expects of this run, the reader's own requests left out.
fn expected(run: &LruCache) -> Option<f64> {
    *run.expected.get_or_init(|| known(&run.setup))
}

fn known(settings: &Settings) -> Option<f64> {
    let (keys, capacity, requests) = (settings.count(KEYS), settings.count(CAPACITY), settings.count(REQUESTS));
    let policy = Policy::of(settings.count(POLICY));
    match (Workload::of(settings.count(WORKLOAD)), policy) {
        (Workload::Zipf, Policy::Lru | Policy::Fifo) => {
            let chances = workload::zipf(keys, settings.count(SKEW));
            Some(if policy == Policy::Lru { theory::lru(&chances, capacity) } else { theory::fifo(&chances, capacity) })
        }
        (Workload::Loop, Policy::Mru | Policy::Opt) => Some(theory::loop_of_mru(keys, capacity)),
        (Workload::Loop, _) => Some(theory::loop_of_lru(keys, capacity, requests)),
        _ => None,
    }
}

fn formula(run: &LruCache) -> &'static str {
    match (run.workload(), run.policy()) {
        (Workload::Zipf, Policy::Lru) => "Che: Σ p (1 − e^(−p t))",
        (Workload::Zipf, Policy::Fifo) => "Che: Σ p · p t / (1 + p t)",
        (Workload::Loop, Policy::Mru | Policy::Opt) => "(places − 1)/(keys − 1)",
        (Workload::Loop, _) if run.stage().capacity < run.setup.count(KEYS) => "0: it does not fit",
        (Workload::Loop, _) => "1 − keys / requests",
        _ => "hits / requests",
    }
}

fn counted(row: &Meter, formula: &'static str, misses: u32, theory: String, difference: String) -> Meter {
    Meter { name: row.name, measured: num::integer(i64::from(misses)), theory, difference, formula }
}

fn bound(sign: &str, misses: u32) -> String {
    say(sign).count(misses as usize).take()
}

/// "+2", "−1", or "the same".
fn excess(misses: u32, other: u32) -> String {
    if misses == other {
        return "the same".into();
    }
    let sign = if misses > other { "+" } else { "" };
    say(sign).put(&num::integer(i64::from(misses) - i64::from(other))).take()
}

/// How many caches a run compares: every policy, and the one on the stage with one place more.
pub const ROWS: usize = ALL.len() + 1;
