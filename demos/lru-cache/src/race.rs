//! A run: one tape, and every policy on it at once. Each event is the next request, answered by all caches.

use std::cell::OnceCell;
use std::rc::Rc;

use demo_kit::{Action, Refusal, Rng, Settings};

use crate::manifest::{self, CAPACITY, KEYS, POLICY, REQUEST_BASE, REQUESTS, SKEW, WORKLOAD};
use crate::model::{Answer, Cache};
use crate::policy::{ALL, Policy};
use crate::tape::{Key, Tape};
use crate::workload::{self, Recipe, Workload};

/// A run of the demo.
#[derive(Clone)]
pub struct LruCache {
    /// Settings of event 0, which nothing changes.
    pub setup: Settings,
    /// The requests, those of the reader among them.
    pub tape: Rc<Tape>,
    /// How many requests are answered.
    pub at: usize,
    /// A cache for each of [`ALL`], in that order.
    pub caches: Vec<Cache>,
    /// The policy on the stage with one place more.
    pub wider: Cache,
    /// What the cache on the stage answered last.
    pub answer: Option<Answer>,
    /// Its keys before that, in the order of the policy.
    pub before: Vec<Key>,
    /// The last 64 answers of each cache, [`LruCache::wider`] last: a bit for a request, 1 for a hit, the latest lowest.
    pub trails: [u64; ALL.len() + 1],
    /// The hit ratio that theory expects, once somebody wants it: it takes long to compute.
    pub expected: Rc<OnceCell<Option<f64>>>,
}

impl LruCache {
    /// Event 0.
    pub fn start(settings: &Settings, seed: u32) -> LruCache {
        LruCache::on(Rc::new(tape(settings, seed)), settings)
    }

    /// All caches empty, before a tape.
    fn on(tape: Rc<Tape>, settings: &Settings) -> LruCache {
        let (capacity, universe) = (settings.count(CAPACITY), tape.universe());
        let mut caches = Vec::with_capacity(ALL.len());
        for policy in ALL {
            caches.push(Cache::new(policy, capacity, universe));
        }
        LruCache {
            setup: settings.clone(),
            at: 0,
            caches,
            wider: Cache::new(Policy::of(settings.count(POLICY)), capacity + 1, universe),
            answer: None,
            before: Vec::new(),
            trails: [0; ALL.len() + 1],
            expected: Rc::new(OnceCell::new()),
            tape,
        }
    }

    /// Answers the next request; false at the end of the tape.
    pub fn advance(&mut self) -> bool {
        let Some(request) = self.tape.request(self.at) else {
            return false;
        };
        let stage = self.policy().index();
        self.before = self.stage().keys();
        for (idx, cache) in self.caches.iter_mut().chain([&mut self.wider]).enumerate() {
            let answer = cache.request(request);
            self.trails[idx] = self.trails[idx] << 1 | u64::from(answer == Answer::Hit);
            if idx == stage {
                self.answer = Some(answer);
            }
        }
        self.at += 1;
        true
    }

    /// Puts the reader's request in front of those that still come, and answers it.
    pub fn perform(&mut self, action: &Action) -> Result<(), Refusal> {
        let key = match (action.kind, action.mark) {
            (manifest::REQUEST, Some(mark)) if mark < REQUEST_BASE => mark as Key,
            (manifest::AGAIN, Some(mark)) if mark >= REQUEST_BASE => {
                let at = (mark - REQUEST_BASE) as usize;
                self.tape.key(at).ok_or("There is no such request on the tape.")?
            }
            _ => return Err("Select a key first: that is what can be requested.".into()),
        };
        if usize::from(key) >= self.tape.universe() {
            return Err("No request on the tape is for such a key.".into());
        }
        let tape = Rc::new(self.tape.with(self.at, key));
        // Who knows the future knew of this, too: OPT plays again from the start.
        let mut clairvoyant = LruCache::on(Rc::clone(&tape), &self.setup);
        while clairvoyant.at < self.at && clairvoyant.advance() {}
        let opt = Policy::Opt.index();
        self.caches[opt] = clairvoyant.caches.swap_remove(opt);
        self.trails[opt] = clairvoyant.trails[opt];
        if self.policy() == Policy::Opt {
            self.wider = clairvoyant.wider;
            self.trails[ALL.len()] = clairvoyant.trails[ALL.len()];
        }
        self.tape = tape;
        self.advance();
        Ok(())
    }

    /// The policy on the stage.
    pub fn policy(&self) -> Policy {
        self.wider.policy
    }

    /// The cache on the stage.
    pub fn stage(&self) -> &Cache {
        &self.caches[self.policy().index()]
    }

    /// The cache of a policy.
    pub fn cache(&self, policy: Policy) -> &Cache {
        &self.caches[policy.index()]
    }

    /// What the tape is made of.
    pub fn workload(&self) -> Workload {
        Workload::of(self.setup.count(WORKLOAD))
    }

    /// The place of the request that was answered last; 0 at event 0.
    pub fn now(&self) -> u32 {
        self.at.saturating_sub(1) as u32
    }

    /// What must always hold.
    pub fn check(&self) -> Result<(), &'static str> {
        let best = self.cache(Policy::Opt).misses;
        for cache in &self.caches {
            cache.check()?;
            if (cache.hits + cache.misses) as usize != self.at {
                return Err("hits and misses are not the requests");
            }
            if cache.misses < best {
                return Err("a policy misses less often than OPT");
            }
        }
        self.wider.check()?;
        let stage = self.stage();
        if stage.policy.is_stack() && self.wider.misses > stage.misses {
            return Err("a place more made a stack policy miss more");
        }
        let lru = self.cache(Policy::Lru);
        let last = self.at.checked_sub(1).and_then(|at| self.tape.key(at));
        if lru.capacity > 0 && last != lru.keys().first().copied() {
            return Err("the front of LRU is not what was used last");
        }
        Ok(())
    }
}

/// The tape of some settings.
pub fn tape(settings: &Settings, seed: u32) -> Tape {
    let workload = Workload::of(settings.count(WORKLOAD));
    if workload == Workload::Own {
        return workload::typed(&manifest::sequence(settings));
    }
    let (keys, skew, requests) = (settings.count(KEYS).max(1), settings.count(SKEW), settings.count(REQUESTS));
    workload::generated(Recipe { workload, keys, skew, requests }, &mut Rng::stream(seed, 1))
}
