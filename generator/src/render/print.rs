//! The page of all pages, for paper: numbered, with links that work among its ids.

use std::collections::BTreeSet;

use crate::book::{Page, PageKind};
use crate::path::OutputPath;
use crate::render::body::Body;
use crate::render::context::{PrintContext, PrintPage};
use crate::render::embed::{embed, name};
use crate::render::page::{self, Common};
use crate::render::urls::Urls;

/// The pages that stand on the page of all pages.
pub fn targets(common: Common<'_>) -> BTreeSet<OutputPath> {
    let pages = common.book.pages.iter().map(|page| page.output.clone());
    pages.chain(common.glossary.cloned()).collect()
}

/// A page's part of the page of all pages.
pub fn page(page: &Page, body: &Body, whole: &OutputPath, targets: &BTreeSet<OutputPath>) -> PrintPage {
    let fit = |html: &str| embed(html, &page.output, whole, targets);
    PrintPage {
        id: name(&page.output),
        kind: match page.kind {
            PageKind::Home => "home",
            PageKind::Part => "part",
            PageKind::Chapter => "chapter",
            PageKind::Page => "page",
        },
        number: page.number.clone(),
        title_html: fit(&body.title),
        lead_html: body.lead.as_deref().map(fit),
        body_html: fit(&body.html),
    }
}

/// The context of the page.
pub fn context<'a>(
    common: Common<'_>,
    output: &OutputPath,
    pages: impl Iterator<Item = &'a PrintPage>,
) -> PrintContext {
    let mut contents = crate::render::nav::contents(common.book, Urls::From(output));
    let targets = targets(common);
    let here = |url: &mut Option<String>| {
        if let Some(url) = url {
            let link = embed(&format!("<a href=\"{url}\">"), output, output, &targets);
            *url = link.trim_start_matches("<a href=\"").trim_end_matches("\">").to_string();
        }
    };
    for part in &mut contents {
        here(&mut part.url);
        part.chapters.iter_mut().for_each(|chapter| here(&mut chapter.url));
    }
    page::whole(common, output, contents, pages.cloned().collect())
}
