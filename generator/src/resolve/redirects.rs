//! Old addresses: `aliases` of pages and `[redirects]` of `book.toml`, each followed to the place that it ends at.

use std::collections::BTreeMap;

use crate::book::{Moved, Page, Redirect, Target};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::parse::url::scheme;
use crate::path::{Anchor, OutputPath, SourcePath};
use crate::resolve::index::Index;
use crate::resolve::links::{decode, nearest_path};
use crate::resolve::{Parsed, summary};
use crate::source::Span;

/// What becomes of the old addresses.
#[derive(Debug, Default)]
pub struct Redirects {
    /// Pages at old places.
    pub pages: Vec<Redirect>,
    /// Old ids of pages that still stand where they stood, by the page.
    pub moved: BTreeMap<OutputPath, Vec<Moved>>,
}

/// An old address: a page, perhaps a place in it.
type Address = (OutputPath, Option<Anchor>);

/// An old address as written, and where it leads.
#[derive(Clone, Debug)]
struct Entry {
    from: Address,
    who: String,
    from_span: Span,
    /// As written, for messages.
    written: String,
    to: To,
    to_span: Span,
}

#[derive(Clone, Debug)]
enum To {
    Place(OutputPath, Option<Anchor>),
    External(String),
}

/// Follows all old addresses; complains of those that lead nowhere.
pub fn redirects(parsed: Parsed<'_>, pages: &[Page], index: &Index, found: &mut Vec<Diagnostic>) -> Redirects {
    let mut entries = Vec::new();
    for page in pages {
        entries.extend(aliases(page, &parsed.documents[&page.source_path], found));
    }
    entries.extend(configured(parsed, found));
    let by_address: BTreeMap<&Address, &Entry> = entries.iter().rev().map(|entry| (&entry.from, entry)).collect();
    let mut redirects = Redirects::default();
    for entry in &entries {
        match target(entry, &by_address, pages, index) {
            Ok((to, title)) => redirects.add(entry, to, title, pages, index, found),
            Err(problem) => found.push(*problem),
        }
    }
    found.extend(redirects.pages.iter().filter(|it| it.to.is_none()).map(without_page));
    redirects
}

impl Redirects {
    fn add(
        &mut self,
        entry: &Entry,
        to: Target,
        title: String,
        pages: &[Page],
        index: &Index,
        found: &mut Vec<Diagnostic>,
    ) {
        let (from, anchor) = &entry.from;
        let page = pages.iter().find(|page| page.output == *from);
        match (page, anchor) {
            (Some(page), Some(anchor)) => {
                let there = &index.pages[&page.source_path].anchors;
                if there.contains(anchor) {
                    let message = format!("page `{}` still has the id `{anchor}`", page.source_path);
                    found.push(
                        Diagnostic::at(Code::BadRedirect, entry.from_span.clone(), message)
                            .label("this place needs no redirect")
                            .hint("remove the redirect, or give the heading another id"),
                    );
                    return;
                }
                let moved = Moved { anchor: anchor.clone(), to, title };
                self.moved.entry(from.clone()).or_default().push(moved);
            }
            // A page of the book has this place: the claims of all files are compared later.
            (_, None) => {
                let redirect = self.page(entry);
                redirect.to = Some(to);
                redirect.title = title;
                redirect.who.clone_from(&entry.who);
                redirect.span = entry.from_span.clone();
            }
            (None, Some(anchor)) => {
                let moved = Moved { anchor: anchor.clone(), to, title };
                self.page(entry).anchors.push(moved);
            }
        }
    }

    /// The page at an old place, made if it is new. Two entries without fragment are two pages, which clash.
    fn page(&mut self, entry: &Entry) -> &mut Redirect {
        let (from, anchor) = &entry.from;
        let same = |it: &Redirect| it.from == *from && (anchor.is_some() || it.to.is_none());
        let at = self.pages.iter().position(same).unwrap_or_else(|| {
            self.pages.push(Redirect {
                from: from.clone(),
                to: None,
                title: String::new(),
                anchors: Vec::new(),
                who: entry.who.clone(),
                span: entry.from_span.clone(),
            });
            self.pages.len() - 1
        });
        &mut self.pages[at]
    }
}

/// The old places of a page.
fn aliases(page: &Page, document: &Document, found: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (alias, range) in &document.front.aliases {
        let span = Span::new(&document.source, range.clone());
        match address(alias) {
            Ok(from) => entries.push(Entry {
                from,
                who: format!("alias of page `{}`", page.source_path),
                from_span: span.clone(),
                written: alias.clone(),
                to: To::Place(page.output.clone(), None),
                to_span: span,
            }),
            Err(problem) => found.push(problem.at(Code::BadFrontMatter, "alias", alias, span)),
        }
    }
    entries
}

/// The redirects of `book.toml`.
fn configured(parsed: Parsed<'_>, found: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let config: &Config = parsed.config;
    let mut entries = Vec::new();
    for it in &config.redirects {
        let span = |range: &std::ops::Range<usize>| Span::new(&parsed.sources.config, range.clone());
        let from = address(&it.from);
        let to = match scheme(&it.to).as_deref() {
            Some("https" | "http") => Ok(To::External(it.to.clone())),
            Some(_) => Err(Wrong::Scheme),
            None => address(&it.to).map(|(output, anchor)| To::Place(output, anchor)),
        };
        match (from, to) {
            (Ok(from), Ok(to)) => entries.push(Entry {
                from,
                who: format!("redirect `{}` of `book.toml`", it.from),
                from_span: span(&it.from_range),
                written: it.to.clone(),
                to,
                to_span: span(&it.to_range),
            }),
            (from, to) => {
                let wrong =
                    from.err().map(|wrong| wrong.at(Code::BadRedirect, "redirect", &it.from, span(&it.from_range)));
                found.extend(wrong);
                let wrong =
                    to.err().map(|wrong| wrong.at(Code::BadRedirect, "redirect to", &it.to, span(&it.to_range)));
                found.extend(wrong);
            }
        }
    }
    entries
}

/// What is wrong with an address.
#[derive(Debug)]
enum Wrong {
    NoPage,
    Scheme,
    Outside(crate::path::PathError),
}

impl Wrong {
    fn at(self, code: Code, what: &str, written: &str, span: Span) -> Diagnostic {
        match self {
            Wrong::NoPage => Diagnostic::at(code, span, format!("{what} `{written}` is no page"))
                .label("expected a path that ends in `.html` or `/`")
                .hint(format!("did you mean `{written}.html`?")),
            Wrong::Scheme => Diagnostic::at(code, span, format!("{what} `{written}` is no address of a page"))
                .label("expected a page of the book, or a URL that begins with `https://`"),
            Wrong::Outside(why) => {
                Diagnostic::at(Code::OutsideBook, span, format!("{what} {}", summary::outside(written, why)))
                    .label("outside the book")
                    .hint("old places are relative to the site's root, such as `old/page.html`")
            }
        }
    }
}

/// An address in the site: `old/page.html`, `old/`, `new/page.md#part`. A Markdown file means its page.
fn address(written: &str) -> Result<Address, Wrong> {
    let (path, fragment) = written.split_once('#').map_or((written, None), |(path, it)| (path, Some(it)));
    let path = path.strip_prefix('/').unwrap_or(path);
    let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_string() };
    if !file.ends_with(".html") && !file.ends_with(".md") {
        return Err(Wrong::NoPage);
    }
    let output = OutputPath::new(&file).map_err(Wrong::Outside)?;
    let anchor = fragment.filter(|it| !it.is_empty()).map(|it| Anchor(decode(it).unwrap_or_else(|| it.to_string())));
    Ok((output, anchor))
}

/// Where an old address ends, over as many others as it takes, and the title of what is there.
fn target(
    entry: &Entry,
    others: &BTreeMap<&Address, &Entry>,
    pages: &[Page],
    index: &Index,
) -> Result<(Target, String), Box<Diagnostic>> {
    let mut here = entry;
    for _ in 0..=others.len() {
        let (output, anchor) = match &here.to {
            To::External(url) => return Ok((Target::External(url.clone()), url.clone())),
            To::Place(output, anchor) => (output, anchor),
        };
        if let Some(page) = page_at(output, pages, index) {
            return place(here, page, anchor.as_ref(), index);
        }
        let next = others.get(&(output.clone(), anchor.clone())).or_else(|| others.get(&(output.clone(), None)));
        match next {
            Some(next) => here = next,
            None => return Err(Box::new(missing(here, output, index))),
        }
    }
    let message = format!("redirect `{}` leads back to itself", shown(&entry.from));
    Err(Box::new(
        Diagnostic::at(Code::BadRedirect, entry.to_span.clone(), message)
            .label(format!("over `{}`", entry.written))
            .hint("let one of them lead to a page of the book"),
    ))
}

/// A published page by its place, or by its file in `content/`.
fn page_at<'a>(output: &OutputPath, pages: &'a [Page], index: &Index) -> Option<&'a Page> {
    let source = SourcePath::new(output.as_str()).ok().and_then(|path| index.page_at(&path));
    pages.iter().find(|page| page.output == *output || Some(&page.source_path) == source.as_ref())
}

fn place(
    entry: &Entry,
    page: &Page,
    anchor: Option<&Anchor>,
    index: &Index,
) -> Result<(Target, String), Box<Diagnostic>> {
    let there = &index.pages[&page.source_path];
    if let Some(anchor) = anchor.filter(|it| !there.anchors.contains(it)) {
        let message = format!("redirect to unknown anchor `#{anchor}` of `{}`", page.source_path);
        return Err(Box::new(
            Diagnostic::at(Code::BadRedirect, entry.to_span.clone(), message)
                .label("no heading or figure has this id")
                .did_you_mean(&anchor.0, there.anchors.iter().map(|it| it.0.as_str())),
        ));
    }
    let target = Target::File { file: page.output.clone(), query: String::new(), anchor: anchor.cloned() };
    Ok((target, page.title_text.clone()))
}

fn missing(entry: &Entry, output: &OutputPath, index: &Index) -> Diagnostic {
    let message = format!("redirect to `{}`, which is no page of the book", entry.written);
    let diagnostic =
        Diagnostic::at(Code::BadRedirect, entry.to_span.clone(), message).label("no published page stands here");
    let stem = output.as_str().strip_suffix(".html").unwrap_or(output.as_str());
    let wanted = SourcePath::new(&format!("{}.md", stem.strip_suffix(".md").unwrap_or(stem)));
    match wanted.ok().and_then(|wanted| nearest_path(&wanted, index.pages.keys()).cloned()) {
        Some(near) => diagnostic.hint(format!("did you mean `{near}`?")),
        None => diagnostic,
    }
}

/// A page that has old ids and does not say where it has gone itself.
fn without_page(redirect: &Redirect) -> Diagnostic {
    let message = format!("redirects for places in `{}`, and none for the page itself", redirect.from);
    Diagnostic::at(Code::BadRedirect, redirect.span.clone(), message)
        .label("no page stands here any more")
        .hint(format!("add `\"{}\" = \"...\"` to `[redirects]`", redirect.from))
}

fn shown((output, anchor): &Address) -> String {
    anchor.as_ref().map_or_else(|| output.to_string(), |anchor| format!("{output}#{anchor}"))
}
