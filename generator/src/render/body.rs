//! The body of a page as HTML, with what its template shows outside the body: lead and contents.

use std::cell::RefCell;

use crate::book::{Content, Figure, Resolved};
use crate::diagnostic::Diagnostic;
use crate::document::{Kind, Node};
use crate::path::OutputPath;
use crate::render::assets::Assets;
use crate::render::context::Heading;
use crate::render::figure;
use crate::render::html::Writer;
use crate::render::templates::Templates;
use crate::render::toc;
use crate::render::urls::Urls;

/// The written parts of a page.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// Everything but title and lead.
    pub html: String,
    /// The title's inside.
    pub title: String,
    /// The first paragraph's inside, if the page begins with one.
    pub lead: Option<String>,
    /// Its headings.
    pub toc: Vec<Heading>,
    /// It has a demo that runs.
    pub has_demo: bool,
    /// Templates of figures that failed.
    pub problems: Vec<Diagnostic>,
}

/// Writes a page.
pub fn body(content: &Content, output: &OutputPath, assets: &Assets, templates: &Templates) -> Body {
    let urls = Urls::From(output);
    let problems = RefCell::new(Vec::new());
    let draw = |figure: &Figure, notice: &str| {
        let Some(live) = &figure.live else { return figure::off(figure, notice) };
        let (js, wasm) =
            assets.demo(&live.demo.name).map(|(js, wasm)| (urls.to(js), urls.to(wasm))).unwrap_or_default();
        let context = figure::context(figure, live, notice, js, wasm);
        templates.fill("demo.html", &context).unwrap_or_else(|problem| {
            problems.borrow_mut().push(problem);
            String::new()
        })
    };
    let mut writer = Writer::new(urls, &draw).on_page();
    let title = writer.html(&content.title);
    let (lead, rest) = split_lead(&content.body);
    let lead = lead.map(|node| writer.html(&node.children));
    let mut html = writer.html(rest);
    html.push_str(&writer.footnotes());
    Body {
        html,
        title,
        lead,
        toc: toc::toc(&content.body),
        has_demo: has_demo(&content.body),
        problems: problems.into_inner(),
    }
}

/// The first paragraph, if the page begins with one, and the rest.
fn split_lead(body: &[Node<Resolved>]) -> (Option<&Node<Resolved>>, &[Node<Resolved>]) {
    match body.split_first() {
        Some((first, rest)) if matches!(first.kind, Kind::Paragraph) => (Some(first), rest),
        _ => (None, body),
    }
}

fn has_demo(nodes: &[Node<Resolved>]) -> bool {
    nodes.iter().any(|node| match &node.kind {
        Kind::Demo(figure) => figure.live.is_some(),
        _ => has_demo(&node.children),
    })
}
