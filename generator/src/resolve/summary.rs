//! The order of reading as `SUMMARY.md` gives it; each page that it names is looked up.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Warned};
use crate::parse::{Link, Summary, SummaryItem};
use crate::path::{PathError, SourcePath};
use crate::resolve::links;
use crate::resolve::plan::{Plan, PlannedChapter, PlannedPart};
use crate::source::{Source, Span};

/// The plan; `exists` tells which pages there are.
pub fn plan<T>(source: &Arc<Source>, summary: &Summary, pages: &BTreeMap<SourcePath, T>) -> Warned<Plan> {
    let mut reader = Reader { source, pages, named: BTreeMap::new(), plan: Plan::default(), found: Vec::new() };
    for item in &summary.items {
        match item {
            SummaryItem::Part { title, link, .. } => {
                let page = link.as_ref().and_then(|link| reader.page(link));
                let part = PlannedPart { title: Some(title.clone()), page, chapters: Vec::new() };
                reader.plan.parts.push(part);
            }
            SummaryItem::Chapter { .. } => reader.chapter(item, 0),
            SummaryItem::Separator => {}
        }
    }
    Warned { value: reader.plan, diagnostics: reader.found }
}

struct Reader<'a, T> {
    source: &'a Arc<Source>,
    pages: &'a BTreeMap<SourcePath, T>,
    /// Where each page was named first.
    named: BTreeMap<SourcePath, Range<usize>>,
    plan: Plan,
    found: Vec<Diagnostic>,
}

impl<T> Reader<'_, T> {
    fn chapter(&mut self, item: &SummaryItem, depth: usize) {
        let SummaryItem::Chapter { title, link, children, numbered, .. } = item else { return };
        // A link that leads nowhere was reported; its entry stays, so that the numbers after it are right.
        let page = link.as_ref().and_then(|link| self.page(link));
        let chapter = PlannedChapter { title: Some(title.clone()), page, numbered: *numbered, depth };
        let part = match self.plan.parts.last_mut() {
            Some(part) if *numbered => part,
            _ => self.plan.untitled(),
        };
        part.chapters.push(chapter);
        for child in children {
            self.chapter(child, depth + 1);
        }
    }

    /// The page that a link of the summary names, if it exists and was not named before.
    fn page(&mut self, link: &Link) -> Option<SourcePath> {
        let path = match links::local_path(&link.dest) {
            Some(decoded) => SourcePath::new(&decoded),
            None => {
                self.complain(
                    link,
                    Code::BadSummary,
                    format!("`{}` is no page of this book", link.dest),
                    "only pages can be chapters",
                );
                return None;
            }
        };
        let path = match path {
            Ok(path) => path,
            Err(why) => {
                self.complain(link, Code::OutsideBook, outside(&link.dest, why), "outside the book");
                return None;
            }
        };
        let Some(page) = self.find(&path) else {
            self.missing(link, &path);
            return None;
        };
        if let Some(first) = self.named.get(&page) {
            let diagnostic =
                Diagnostic::at(Code::DuplicatePage, self.span(link), format!("page `{page}` is named twice"))
                    .label("named again here")
                    .note(Span::new(self.source, first.clone()), "named first here")
                    .hint("a page has one place in the book: remove one of the two");
            self.found.push(diagnostic);
            return None;
        }
        self.named.insert(page.clone(), link.range.clone());
        Some(page)
    }

    /// The page itself, or the page of the folder.
    fn find(&self, path: &SourcePath) -> Option<SourcePath> {
        if path.is_markdown() {
            return self.pages.contains_key(path).then(|| path.clone());
        }
        links::folder_pages(path).into_iter().find(|page| self.pages.contains_key(page))
    }

    fn missing(&mut self, link: &Link, path: &SourcePath) {
        if let Some(inside) = links::first_page_in(path, self.pages.keys()) {
            let message = format!("folder `{path}` has no page of its own");
            let diagnostic = Diagnostic::at(Code::MissingPage, self.span(link), message)
                .label(format!("there is no `content/{path}/index.md`"))
                .hint(format!("write that page, or name another, such as `{inside}`"));
            self.found.push(diagnostic);
            return;
        }
        let diagnostic = Diagnostic::at(Code::MissingPage, self.span(link), format!("page `{path}` does not exist"))
            .label("there is no such file in `content/`");
        let diagnostic = match links::nearest_path(path, self.pages.keys()) {
            Some(near) => diagnostic.hint(format!("did you mean `{near}`?")),
            None => diagnostic.hint("write the page, or leave the link empty, `[Title]()`, to announce it as a draft"),
        };
        self.found.push(diagnostic);
    }

    fn complain(&mut self, link: &Link, code: Code, message: String, label: &str) {
        self.found.push(Diagnostic::at(code, self.span(link), message).label(label));
    }

    fn span(&self, link: &Link) -> Span {
        Span::new(self.source, link.range.clone())
    }
}

/// The message for a path that is none in the book.
pub fn outside(written: &str, why: PathError) -> String {
    match why {
        PathError::Absolute => format!("`{written}` is an absolute path"),
        PathError::Outside => format!("`{written}` leads out of the book"),
    }
}
