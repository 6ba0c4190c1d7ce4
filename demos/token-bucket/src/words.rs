//! Everything that the demo says: narration, marks, the scene in words, the table. All English of the demo stands here and
//! in the manifest.

use demo_kit::sentence::{Sentence, say};
use demo_kit::{Table, Words, num};

use crate::limiter::{Fate, Request};
use crate::manifest::{self, BUCKET, DRIP, GATE, LOAD, REQUEST_BASE};
use crate::measure;
use crate::model::{RATE, SECOND, TOKEN, retry_after};
use crate::story::{Event, TokenBucket};
use crate::traffic::{Traffic, YEAR};

/// Requests that the table lists.
const LISTED: usize = 20;

/// A time or an instant: "5.03 s", "0.099 s", "1 year + 0.10 s".
pub fn seconds(time: u64) -> String {
    let mut text = say("");
    let mut rest = time;
    if time >= YEAR {
        text.put("1 year");
        rest -= YEAR;
        if rest == 0 {
            return text.done();
        }
        text.put(" + ");
    }
    let decimals = if rest.is_multiple_of(10_000) { 2 } else { 3 };
    text.put(&num::fixed(measure::seconds(rest), decimals)).put("\u{a0}s");
    text.done()
}

/// Grains as tokens: "7.15".
pub fn level(level: u64) -> String {
    // What is nearly a token is not one: cut, do not round.
    let hundredth = TOKEN / 100;
    num::number(measure::tokens(level / hundredth * hundredth))
}

/// A rate in tokens per second, exactly: "0.5".
pub fn rate(rate: u64) -> String {
    num::decimal(rate as i64, 1)
}

/// Appends a rate and its noun: "0.5 tokens", "1 token".
fn put_rate(text: &mut Sentence, per_second: u64) {
    text.put(&rate(per_second)).put(if per_second == RATE { " token" } else { " tokens" });
}

/// Appends so many tokens: "7.15 tokens", "1 token", "0.95 of a token".
fn put_tokens(text: &mut Sentence, found: u64) {
    text.put(&level(found)).put(match found {
        TOKEN => " token",
        1..TOKEN => " of a token",
        _ => " tokens",
    });
}

impl Words for TokenBucket {
    fn narration(&self) -> String {
        let mut text = say("");
        match self.event {
            Event::Setup => setup(self, &mut text),
            Event::Idle => idle(self, &mut text),
            Event::Came(1) | Event::Tapped => one(self, &mut text),
            Event::Came(count) => many(self, &mut text, count),
        }
        text.done()
    }

    fn explain(&self, mark: u32) -> String {
        let mut text = say("");
        let rules = &self.limiter.rules;
        match mark {
            DRIP if rules.rate == 0 => {
                text.put("The drip is closed: at rate 0 no token comes, and only what is in the bucket can be spent.");
            }
            DRIP => {
                text.put("The drip: ");
                put_rate(&mut text, rules.rate);
                text.put(" per second. One takes ");
                text.put(&seconds(TOKEN / rules.rate)).put(", whether anybody comes or not.");
            }
            BUCKET => {
                text.put("The bucket: ").put(&level(self.limiter.bucket.level())).put(" of ");
                text.counted(rules.burst as usize, "token").put(".");
                if let Some(full) = rules.burst.saturating_mul(TOKEN).checked_div(rules.rate) {
                    text.put(" From empty it is full after ").put(&seconds(full)).put("; then the drip runs over.");
                }
            }
            GATE => {
                text.put("The gate: a request takes ").counted(rules.cost as usize, "token").put(" and passes, or ");
                text.put(if rules.waits { "waits until they are there." } else { "is turned away and takes none." });
                if rules.peak > 0 {
                    text.put(" Even in a burst, at most ");
                    put_rate(&mut text, rules.peak);
                    text.put(" per second pass.");
                }
            }
            _ => {
                let idx = mark.wrapping_sub(REQUEST_BASE) as usize;
                if let Some(request) = self.limiter.requests.get(idx) {
                    explain_request(self, &mut text, idx, request);
                }
            }
        }
        text.done()
    }

    fn words(&self) -> String {
        let limiter = &self.limiter;
        let rules = &limiter.rules;
        let mut text = say("A bucket with room for ");
        text.counted(rules.burst as usize, "token").put(" holds ").put(&level(limiter.bucket.level())).put(". ");
        put_rate(&mut text, rules.rate);
        text.put(if rules.rate == RATE { " drips" } else { " drip" });
        text.put(" in per second. A request takes ").counted(rules.cost as usize, "token").put(". ");
        impossible(self, &mut text);
        text.put("At ").put(&seconds(self.at)).put(", ").counted(limiter.requests.len(), "request");
        text.put(if limiter.requests.len() == 1 { " has come: " } else { " have come: " });
        fates(self, &mut text);
        text.put(". Beside it, GCRA’s theoretical arrival time is ").put(&tat(self)).put(".");
        text.put(" A fixed window of one second would have let ").count(limiter.window.passed).put(" pass.");
        if rules.clock.is_wrong(self.at) {
            text.put(" The limiter’s clock shows ").put(&seconds(rules.clock.read(self.at))).put(".");
        }
        if !matches!(self.traffic, Traffic::Random | Traffic::Jitter) {
            text.put(" Nothing here is left to chance: every seed gives the same run.");
        }
        text.done()
    }

    fn table(&self) -> Table {
        let requests = &self.limiter.requests;
        let mut rows = Vec::new();
        for (idx, request) in requests.iter().enumerate().skip(requests.len().saturating_sub(LISTED)) {
            let (fate, when) = match request.fate {
                Fate::Passed(at) => ("passed", seconds(at)),
                Fate::TurnedAway(_) => ("turned away", num::NONE.into()),
                Fate::Waiting => ("waits", num::NONE.into()),
            };
            rows.push(vec![label(self, idx), seconds(request.at), level(request.found), fate.into(), when]);
        }
        Table {
            caption: say("The latest of ").counted(requests.len(), "request").take(),
            head: vec!["request", "came at", "tokens found", "fate", "passed at"],
            rows,
        }
    }
}

/// What a mark of a request is called.
pub fn label(run: &TokenBucket, idx: usize) -> String {
    let own = run.limiter.requests.get(idx).is_some_and(|request| request.own);
    say(if own { "your request " } else { "request " }).count(idx + 1).take()
}

/// How far GCRA's instant is, in words: "0.40 s ahead of now".
pub fn tat(run: &TokenBucket) -> String {
    let rate = run.limiter.rules.rate;
    let ahead = run.limiter.gcra.ahead();
    match ahead.checked_div(rate) {
        _ if ahead == 0 => "now or past".into(),
        None => "never".into(),
        Some(ahead) => say(&seconds(ahead / 1_000 * 1_000)).put(" ahead of now").take(),
    }
}

/// "3 passed, 2 were turned away".
pub fn fates(run: &TokenBucket, text: &mut Sentence) {
    let limiter = &run.limiter;
    text.count(limiter.passed).put(" passed");
    if limiter.rules.waits {
        text.put(", ").count(limiter.waiting).put(if limiter.waiting == 1 { " waits" } else { " wait" });
    } else {
        text.put(", ").count(limiter.turned_away());
        text.put(if limiter.turned_away() == 1 { " was turned away" } else { " were turned away" });
    }
}

fn setup(run: &TokenBucket, text: &mut Sentence) {
    let rules = &run.limiter.rules;
    if cannot(run, text) {
        return;
    }
    text.put(if rules.start == 0 { "The empty bucket holds " } else { "The full bucket holds " });
    text.counted(rules.burst as usize, "token").put(" and gets ");
    if rules.rate == 0 {
        text.put("none: the rate is 0");
    } else {
        text.put(&rate(rules.rate)).put(" per second");
    }
    text.put(". ");
    let load = run.setup.count(LOAD);
    match run.traffic {
        Traffic::Silence => text.put("Nobody comes for 5\u{a0}s."),
        Traffic::Steady => text.counted(load, "request").put(" per second are about to come, for 10\u{a0}s."),
        Traffic::Random => text.put("About ").counted(load, "request").put(" per second come at random."),
        Traffic::Bursts => text.counted(load, "request").put(" per second come evenly, at first."),
        Traffic::Jitter => {
            text.put("A request comes every ").put(&seconds(SECOND / load.max(1) as u64)).put(", exactly, at first.")
        }
        Traffic::Edge => text.put("200 requests come around the turn of a second."),
        Traffic::Crowd => text.put("A thousand requests are about to come in one instant."),
        Traffic::Year => text.put("Nobody comes for a year."),
        Traffic::Taps => text.put("Press Play, then send requests: the button below, or the key T."),
    };
}

/// Says that no request can ever pass, when it is so.
fn cannot(run: &TokenBucket, text: &mut Sentence) -> bool {
    let rules = &run.limiter.rules;
    if rules.cost > rules.burst {
        text.put("A request costs ").counted(rules.cost as usize, "token").put(", and the bucket holds ");
        text.count(rules.burst as usize).put(" at most: none can ever pass.");
        return true;
    }
    if rules.rate == 0 && rules.start == 0 {
        text.put("The bucket is empty, and at rate 0 no token ever comes: no request can ever pass.");
        return true;
    }
    false
}

/// What can never be, for the scene in words.
fn impossible(run: &TokenBucket, text: &mut Sentence) {
    if cannot(run, text) {
        text.put(" ");
    } else if run.limiter.rules.rate == 0 {
        text.put("At rate 0 no token comes: only the first fill can ever pass. ");
    }
}

fn idle(run: &TokenBucket, text: &mut Sentence) {
    let limiter = &run.limiter;
    let rules = &limiter.rules;
    text.put("At ").put(&seconds(run.at));
    let released = limiter.passed - run.before.passed;
    if released > 0 {
        text.put(" nobody came; ").count(released).put(" of those who waited had passed, ");
        text.count(limiter.waiting).put(" wait.");
        return;
    }
    if wrong_clock(run, text) {
        return;
    }
    let dripped = (run.at - run.before.at).saturating_mul(rules.rate);
    let kept = limiter.bucket.level() - run.before.level;
    text.put(" nobody had come. ");
    if rules.rate == 0 {
        text.put("At rate 0 no token came either: ");
    } else if kept == 0 {
        text.put(&level(dripped)).put(" tokens dripped in and ran over: ");
    } else if kept < dripped {
        text.put("Of ").put(&level(dripped)).put(" tokens that dripped in, ").put(&level(kept)).put(" found room: ");
    } else {
        text.put(&level(dripped)).put(" tokens dripped in: ");
    }
    text.put(&level(limiter.bucket.level())).put(" of ").count(rules.burst as usize).put(" are there.");
}

/// Why nothing dripped in, when the clock is to blame.
fn wrong_clock(run: &TokenBucket, text: &mut Sentence) -> bool {
    let clock = run.limiter.rules.clock;
    if !clock.is_wrong(run.at) {
        return false;
    }
    text.put(" the clock showed ").put(&seconds(clock.read(run.at)));
    text.put(if clock == crate::clock::Clock::Still { ": it stands still" } else { ": it was set back" });
    text.put(", and no token drips in until it goes on from 3\u{a0}s.");
    true
}

fn one(run: &TokenBucket, text: &mut Sentence) {
    let limiter = &run.limiter;
    let rules = &limiter.rules;
    let idx = limiter.requests.len().saturating_sub(1);
    let Some(request) = limiter.requests.get(idx) else { return };
    text.put("At ").put(&seconds(request.at)).put(if request.own { " your request " } else { " request " });
    text.count(idx + 1);
    match request.fate {
        Fate::Passed(_) => {
            text.put(" took ").count(rules.cost as usize).put(" of ");
            put_tokens(text, request.found);
            text.put(" and passed.");
        }
        Fate::TurnedAway(None) => {
            text.put(" found ");
            put_tokens(text, request.found);
            text.put(if rules.cost > rules.burst {
                ". It costs more than the bucket can hold: turned away for good."
            } else {
                " and was turned away. At rate 0 no more will come."
            });
        }
        Fate::TurnedAway(Some(wait)) => {
            text.put(" found ");
            put_tokens(text, request.found);
            text.put(" and was turned away, ").put(&seconds(wait)).put(" too early.");
            if request.found >= rules.cost * TOKEN {
                text.put(" The peak rate is ").put(&rate(rules.peak)).put(" per second.");
            }
        }
        Fate::Waiting => {
            text.put(" found ");
            put_tokens(text, request.found);
            text.put(" and waits; ");
            text.count(limiter.waiting).put(if limiter.waiting == 1 { " waits" } else { " wait" }).put(" in all.");
        }
    }
    let compares = run.traffic == Traffic::Random && run.setup.get(manifest::BESIDE) == 0;
    if rules.clock.is_wrong(request.at) {
        text.put(" The clock shows ").put(&seconds(rules.clock.read(request.at))).put(".");
    } else if compares && !rules.waits && rules.peak == 0 {
        text.put(" GCRA ").put(if limiter.disagreements == 0 { "agrees." } else { "disagrees." });
    }
}

fn many(run: &TokenBucket, text: &mut Sentence, count: usize) {
    let limiter = &run.limiter;
    let rules = &limiter.rules;
    let first = limiter.requests.len() - count;
    let from = limiter.requests.get(first).map_or(run.at, |request| request.at);
    if from == run.at {
        text.put("At ").put(&seconds(from)).put(" ");
    } else {
        text.put("From ").put(&seconds(from)).put(" to ").put(&seconds(run.at)).put(" ");
    }
    text.count(count).put(if from == run.at { " requests came at once: " } else { " requests came: " });
    let passed = limiter.passed - run.before.passed;
    if passed == 0 {
        text.put("none passed");
    } else {
        text.count(passed).put(" passed");
    }
    if rules.waits {
        text.put(", ").count(limiter.waiting).put(" wait");
    } else {
        let turned_away = count - passed;
        if turned_away == 0 && passed > 0 {
            text.put(", none was turned away");
        } else {
            text.put(", ").count(turned_away).put(if turned_away == 1 {
                " was turned away"
            } else {
                " were turned away"
            });
        }
    }
    if rules.cost > rules.burst {
        text.put(": it costs more than the bucket holds.");
    } else if rules.rate == 0 && !limiter.bucket.has(rules.cost) {
        text.put(". At rate 0 no more will pass.");
    } else {
        text.put(". ").put(&level(limiter.bucket.level())).put(" tokens are left.");
    }
    if rules.clock.is_wrong(run.at) {
        text.put(" The clock shows ").put(&seconds(rules.clock.read(run.at))).put(".");
    }
}

fn explain_request(run: &TokenBucket, text: &mut Sentence, idx: usize, request: &Request) {
    let cost = run.limiter.rules.cost as usize;
    text.put(if request.own { "Your request " } else { "Request " }).count(idx + 1).put(" came at ");
    text.put(&seconds(request.at)).put(" and found ");
    put_tokens(text, request.found);
    text.put(". ");
    match request.fate {
        Fate::Passed(at) if at == request.at => {
            text.put("It took ").count(cost).put(" and passed.");
        }
        Fate::Passed(at) => {
            text.put("It waited ").put(&seconds(at - request.at)).put(", took ").count(cost).put(" and passed.");
        }
        Fate::TurnedAway(None) => {
            text.put("It was turned away: the tokens for it will never be there.");
        }
        Fate::TurnedAway(Some(wait)) => {
            text.put("It was turned away; the tokens would have been there ")
                .put(&seconds(wait))
                .put(" later (Retry-After: ");
            text.count(retry_after(wait) as usize).put(").");
        }
        Fate::Waiting => {
            text.put("It waits for ").counted(cost, "token").put(".");
        }
    }
}
