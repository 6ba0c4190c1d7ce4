//! Rules over the finished site: whatever wrote a page, author, template or demo, its links lead somewhere, its ids are
//! its own, and it holds nothing that its content security policy forbids.

mod facts;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::diagnostic::{Code, Diagnostic};
use crate::path::OutputPath;
use crate::resolve::outputs::NOT_FOUND;
use crate::site::Site;
use facts::{Facts, facts};

/// What is kept from build to build: the facts of each page with the page itself, and what was found.
#[derive(Debug, Default)]
pub struct Memo {
    files: Vec<OutputPath>,
    pages: BTreeMap<OutputPath, (Arc<[u8]>, Arc<Facts>)>,
    found: Vec<Diagnostic>,
}

/// Complains of what is wrong with the site. `base` is the book's base URL, under which the 404 page's links stand.
pub fn site(site: &Site, base: &str, memo: &mut Memo) -> Vec<Diagnostic> {
    let html: Vec<(&OutputPath, &Arc<[u8]>)> =
        site.files.iter().filter(|(output, _)| output.as_str().ends_with(".html")).collect();
    let read = |(output, bytes): (&OutputPath, &Arc<[u8]>)| {
        let facts = match memo.pages.get(output) {
            Some((old, facts)) if Arc::ptr_eq(old, bytes) || old == bytes => Arc::clone(facts),
            _ => Arc::new(facts(output, bytes, (output.as_str() == NOT_FOUND).then_some(base))),
        };
        (output.clone(), (Arc::clone(bytes), facts))
    };
    let pages: BTreeMap<_, _> = html.into_par_iter().map(read).collect();
    let same_files = memo.files.iter().eq(site.files.keys());
    let same_facts = pages
        .iter()
        .map(|(output, (_, facts))| (output, facts))
        .eq(memo.pages.iter().map(|(output, (_, facts))| (output, facts)));
    if !same_files || !same_facts {
        memo.found = compare(site, &pages);
        memo.files = site.files.keys().cloned().collect();
    }
    memo.pages = pages;
    memo.found.clone()
}

type Pages = BTreeMap<OutputPath, (Arc<[u8]>, Arc<Facts>)>;

/// A defect, and the pages that have it: a wrong template shows on every page.
type Defects = BTreeMap<(Code, String), BTreeSet<OutputPath>>;

fn compare(site: &Site, pages: &Pages) -> Vec<Diagnostic> {
    let mut defects = Defects::new();
    for (output, (_, facts)) in pages {
        for (code, what) in page_defects(site, pages, facts) {
            defects.entry((code, what)).or_default().insert(output.clone());
        }
    }
    defects.into_iter().map(|((code, what), outputs)| diagnostic(code, &what, &outputs)).collect()
}

fn page_defects(site: &Site, pages: &Pages, facts: &Facts) -> Vec<(Code, String)> {
    let mut defects: Vec<(Code, String)> = Vec::new();
    for id in &facts.twice {
        defects.push((Code::DuplicateId, format!("the id `{id}` stands twice")));
    }
    for what in &facts.forbidden {
        defects.push((Code::BadTemplate, format!("{what}, which the page's content security policy forbids")));
    }
    for (target, fragment) in &facts.links {
        if !site.files.contains_key(target) {
            defects.push((Code::BrokenLink, format!("link to `{target}`, which is not in the site")));
        } else if let (Some(id), Some((_, there))) = (fragment, pages.get(target))
            && !there.ids.contains(id)
        {
            defects.push((Code::BrokenAnchor, format!("link to `{target}#{id}`, an id that the page does not have")));
        }
    }
    defects
}

fn diagnostic(code: Code, what: &str, outputs: &BTreeSet<OutputPath>) -> Diagnostic {
    let first = outputs.first().map(OutputPath::as_str).unwrap_or_default();
    let others = match outputs.len() {
        0 | 1 => String::new(),
        2 => " and in one other page".to_string(),
        n => format!(" and in {} other pages", n - 1),
    };
    Diagnostic::new(code, format!("in the finished page `{first}`{others}: {what}"))
        .hint("it comes from a template, a demo or raw HTML: the Markdown was checked before")
}
