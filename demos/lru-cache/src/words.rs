//! Everything that the demo says: narration, marks, the scene in words, the table. All English of the demo stands here and in
//! the manifest.

use demo_kit::sentence::{Sentence, say};
use demo_kit::{Table, Words, num};

use crate::manifest::REQUEST_BASE;
use crate::model::Answer;
use crate::policy::{ALL, Note, Policy};
use crate::race::LruCache;
use crate::tape::{Key, NEVER};
use crate::workload::Workload;

impl Words for LruCache {
    fn narration(&self) -> String {
        let mut text = say("");
        let key = self.at.checked_sub(1).and_then(|at| self.tape.key(at));
        let (Some(answer), Some(key)) = (self.answer, key) else {
            setup(self, &mut text);
            return text.done();
        };
        text.put("Request ").count(self.at).put(", key ").put(&self.tape.name(key));
        match answer {
            Answer::Hit => {
                text.put(", hit: ").put(on_hit(self.policy()));
            }
            Answer::Miss { .. } if self.stage().capacity == 0 => {
                text.put(", missed: without a place nothing can stay");
            }
            Answer::Miss { evicted: None } => {
                text.put(", missed and took a free place");
            }
            Answer::Miss { evicted: Some((out, note)) } => {
                text.put(", missed. ").put(self.policy().name()).put(" threw out ").put(&self.tape.name(out)).put(", ");
                reason(&mut text, self.policy(), note);
            }
        }
        text.put(". ").count(self.stage().hits as usize).put(" of ").count(self.at).put(" have hit.");
        text.done()
    }

    fn explain(&self, mark: u32) -> String {
        let mut text = say("");
        if let Some(at) = mark.checked_sub(REQUEST_BASE) {
            if let Some(key) = self.tape.key(at as usize) {
                explain_request(self, &mut text, at as usize, key);
            }
        } else if let Some(note) = self.stage().note(mark as Key, self.now()) {
            explain_key(self, &mut text, mark as Key, note);
        }
        text.done()
    }

    fn words(&self) -> String {
        let stage = self.stage();
        let mut text = say("");
        text.counted(self.tape.len(), "request")
            .put(" for ")
            .counted(self.tape.distinct(), "key")
            .put(" on the tape, ");
        text.count(self.at).put(" of them answered. ");
        text.put(self.policy().name()).put(" has ").counted(stage.capacity, "place").put(" and holds ");
        let keys = stage.keys();
        if keys.is_empty() {
            text.put("nothing");
        }
        for (idx, key) in keys.iter().enumerate() {
            text.put(if idx == 0 { "" } else { ", " }).put(&self.tape.name(*key));
        }
        text.put(" (").put(order(self.policy())).put(").");
        if let Some(out) = stage.next_out() {
            text.put(" If another key came now, ").put(&self.tape.name(out)).put(" would leave.");
        }
        if self.at > 0 {
            text.put(" Hits so far:");
            for cache in &self.caches {
                text.put(if cache.policy == ALL[0] { " " } else { ", " }).put(cache.policy.name()).put(" ");
                text.count(cache.hits as usize);
            }
            text.put("; ")
                .put(self.policy().name())
                .put(" with one place more ")
                .count(self.wider.hits as usize)
                .put(".");
        }
        text.done()
    }

    fn table(&self) -> Table {
        let mut rows = Vec::new();
        for cache in self.caches.iter().chain([&self.wider]) {
            let mut keys = String::new();
            for key in cache.keys() {
                demo_kit::text::put_item(&mut keys, " ", &self.tape.name(key));
            }
            let mut row = vec![String::from(cache.policy.name())];
            for number in [cache.capacity, cache.hits as usize, cache.misses as usize] {
                row.push(say("").count(number).take());
            }
            row.push(num::or_none(cache.ratio(), num::percent));
            row.push(if keys.is_empty() { num::NONE.into() } else { keys });
            rows.push(row);
        }
        Table {
            caption: "Every policy on the same tape; the keys in its own order, the last row with one place more"
                .into(),
            head: vec!["policy", "places", "hits", "misses", "hit ratio", "keys"],
            rows,
        }
    }
}

/// The name of a key's mark.
pub fn key_name(run: &LruCache, key: Key) -> String {
    say("key ").put(&run.tape.name(key)).take()
}

/// The name of a request's mark.
pub fn request_name(at: usize) -> String {
    say("request ").count(at + 1).take()
}

/// How the places on the stage are arranged, and what stands below each.
pub fn caption(policy: Policy) -> &'static str {
    match policy {
        Policy::Lru => "last used first · below: idle for",
        Policy::Mru => "last used last · below: idle for",
        Policy::Fifo => "newest first · below: here for",
        Policy::Clock => "in a circle · below: its bit",
        Policy::Lfu => "most used first · below: uses",
        Policy::Sieve => "newest first · below: its bit",
        Policy::Opt => "soonest first · below: needed in",
    }
}

/// The same where there is no room below.
pub fn short_caption(policy: Policy) -> &'static str {
    match policy {
        Policy::Lru => "last used first · framed: out next",
        Policy::Mru => "last used last · framed: out next",
        Policy::Clock => "in a circle · framed: out next",
        Policy::Lfu => "most used first · framed: out next",
        Policy::Fifo | Policy::Sieve => "newest first · framed: out next",
        Policy::Opt => "soonest first · framed: out next",
    }
}

fn setup(run: &LruCache, text: &mut Sentence) {
    let (capacity, distinct) = (run.stage().capacity, run.tape.distinct());
    if run.tape.is_empty() {
        text.put("The tape is empty: nothing is requested, so nothing can hit or miss.");
        return;
    }
    text.counted(run.tape.len(), "request").put(if run.tape.len() == 1 { " waits" } else { " wait" });
    text.put(if run.workload() == Workload::Own { " on your tape, for " } else { " on the tape, for " });
    text.counted(distinct, "key").put(". ");
    match capacity {
        0 => {
            text.put("The cache has no place: every request will miss.");
        }
        _ if capacity >= distinct => {
            text.put("All of them fit: each can miss only once.");
        }
        _ => {
            text.put(run.policy().name()).put(" has ").counted(capacity, "place").put(", all of them free.");
        }
    }
}

fn on_hit(policy: Policy) -> &'static str {
    match policy {
        Policy::Lru => "it moved to the front",
        Policy::Mru => "it is the next to leave",
        Policy::Fifo => "the queue stays as it is",
        Policy::Clock => "its bit is set",
        Policy::Lfu => "it was used once more",
        Policy::Sieve => "it is marked and stays where it is",
        Policy::Opt => "as foreseen",
    }
}

// Why a key left.
fn reason(text: &mut Sentence, policy: Policy, note: Note) {
    match note {
        Note::Unused(1) if policy == Policy::Mru => text.put("used just before"),
        Note::Unused(n) if policy == Policy::Mru => {
            text.put("the last one used, ").count(n as usize).put(" requests ago")
        }
        Note::Unused(n) => text.put("unused for ").counted(n as usize, "request"),
        Note::Here(n) => text.put("which came first, ").counted(n as usize, "request").put(" ago"),
        Note::Used(false) => text.put("unused when the hand came by"),
        Note::Used(true) => text.put("after the hand had cleared every bit"),
        Note::Times(1) => text.put("used only once"),
        Note::Times(n) => text.put("used only ").count(n as usize).put(" times"),
        Note::Needed(NEVER) => text.put("which is never needed again"),
        Note::Needed(n) => text.put("needed only in ").counted(n as usize, "request"),
    };
}

fn order(policy: Policy) -> &'static str {
    match policy {
        Policy::Lru => "the last used first",
        Policy::Mru => "the last used last",
        Policy::Fifo | Policy::Sieve => "the newest first",
        Policy::Clock => "in a circle",
        Policy::Lfu => "the most often used first",
        Policy::Opt => "the next needed first",
    }
}

fn explain_key(run: &LruCache, text: &mut Sentence, key: Key, note: Note) {
    text.put("Key ").put(&run.tape.name(key)).put(" was last used at request ");
    let mut used = run.at;
    while used > 0 && run.tape.key(used - 1) != Some(key) {
        used -= 1;
    }
    text.count(used);
    match note {
        Note::Used(used) => {
            text.put(if used { "; its bit is set" } else { "; its bit is clear" });
        }
        Note::Times(n) => {
            text.put("; it was used ").counted(n as usize, "time").put(" since it came");
        }
        Note::Here(n) => {
            text.put("; it came ").counted(n as usize, "request").put(" ago");
        }
        Note::Unused(_) | Note::Needed(_) => {}
    }
    let mut next = run.at;
    while next < run.tape.len() && run.tape.key(next) != Some(key) {
        next += 1;
    }
    if next < run.tape.len() {
        text.put(". Only OPT knows: the next use is request ").count(next + 1).put(".");
    } else {
        text.put(". Only OPT knows: it will not be used again.");
    }
}

fn explain_request(run: &LruCache, text: &mut Sentence, at: usize, key: Key) {
    text.put("Request ").count(at + 1).put(" is for key ").put(&run.tape.name(key)).put(".");
    let back = run.at.wrapping_sub(at + 1);
    if at >= run.at {
        text.put(" It is still to come; only OPT may look at it.");
    } else if back < 64 {
        let (mut hits, mut misses) = (say(""), say(""));
        for (idx, policy) in ALL.iter().enumerate() {
            let list = if run.trails[idx] >> back & 1 == 1 { &mut hits } else { &mut misses };
            list.put(" ").put(policy.name());
        }
        let (hits, misses) = (hits.done(), misses.done());
        text.put(" Hit under:").put(if hits.is_empty() { " none" } else { &hits });
        text.put(". Missed under:").put(if misses.is_empty() { " none" } else { &misses }).put(".");
    }
}
