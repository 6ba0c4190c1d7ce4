//! Which page builds on which: the way back, and no way round.

use std::ops::Range;

use crate::book::Page;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// A page that another builds on, and where its front matter says so.
pub type Base = (usize, Range<usize>);

/// To each page, in the order of the pages, those that build on it.
pub fn leads_to(bases: &[Vec<Base>]) -> Vec<Vec<usize>> {
    let mut leads_to = vec![Vec::new(); bases.len()];
    for (idx, page) in bases.iter().enumerate() {
        for (base, _) in page {
            leads_to[*base].push(idx);
        }
    }
    leads_to
}

/// A complaint for each base that closes a cycle; `span` tells where in a page's source it is named.
pub fn cycles(pages: &[Page], bases: &[Vec<Base>], span: impl Fn(usize, &Range<usize>) -> Span) -> Vec<Diagnostic> {
    let mut search = Search { bases, state: vec![State::New; pages.len()], way: Vec::new(), closing: Vec::new() };
    for idx in 0..pages.len() {
        search.visit(idx);
    }
    let name = |idx: &usize| format!("`{}`", pages[*idx].source_path);
    let complaint = |(cycle, range): &(Vec<usize>, Range<usize>)| {
        let (last, first) = (cycle[cycle.len() - 1], cycle[0]);
        let way: Vec<String> = cycle.iter().chain([&first]).map(name).collect();
        Diagnostic::at(Code::BadFrontMatter, span(last, range), "`builds_on` goes in a cycle")
            .label(format!("{} builds on this page", if cycle.len() == 2 { "which" } else { "which, by others," }))
            .hint(format!("each builds on the next: {}", way.join(", ")))
            .hint("leave out the one that a reader needs least beforehand; a link in the text serves the rest")
    };
    search.closing.iter().map(complaint).collect()
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    /// On the way from where the search began.
    Open,
    Done,
}

/// Depth first. A base that is still open closes a cycle.
struct Search<'a> {
    bases: &'a [Vec<Base>],
    state: Vec<State>,
    way: Vec<usize>,
    /// Pages from the one that closes it to the one that names it, and where.
    closing: Vec<(Vec<usize>, Range<usize>)>,
}

impl Search<'_> {
    fn visit(&mut self, start: usize) {
        if self.state[start] != State::New {
            return;
        }
        // No recursion: as many pages may build on each other as a book has.
        let mut next = vec![0];
        self.open(start);
        while let (Some(page), Some(at)) = (self.way.last().copied(), next.last_mut()) {
            let Some((base, range)) = self.bases[page].get(*at) else {
                self.state[page] = State::Done;
                self.way.pop();
                next.pop();
                continue;
            };
            *at += 1;
            match self.state[*base] {
                State::New => {
                    self.open(*base);
                    next.push(0);
                }
                State::Open => {
                    let from = self.way.iter().position(|it| it == base).unwrap_or_default();
                    self.closing.push((self.way[from..].to_vec(), range.clone()));
                }
                State::Done => {}
            }
        }
    }

    fn open(&mut self, page: usize) {
        self.state[page] = State::Open;
        self.way.push(page);
    }
}
