//! What the template of each kind of page is given.

use crate::book::{Book, Moved, Page, PageKind, Redirect, Term};
use crate::config::Policy;
use crate::path::{OutputPath, encode};
use crate::render::assets::Assets;
use crate::render::body::Body;
use crate::render::context::{
    AssetUrls, BookContext, CardFields, ContentsPart, GlossaryTerm, IndexLetter, MovedFields, PageContext, PageFields,
    PrintContext, PrintPage, RedirectContext, TitledUrl,
};
use crate::render::csp::{Needs, csp};
use crate::render::escape::escape;
use crate::render::html::flat;
use crate::render::machines::{address, day};
use crate::render::markdown;
use crate::render::nav;
use crate::render::structured::structured;
use crate::render::urls::Urls;

/// Words a minute: what people read of a text that they want to understand.
const READING_SPEED: usize = 220;

/// Characters of a `<title>` that are shown anywhere.
const HEAD_TITLE: usize = 70;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// What all pages share.
#[derive(Clone, Copy, Debug)]
pub struct Common<'a> {
    /// The book.
    pub book: &'a Book,
    /// Styles, scripts, icons and demos.
    pub assets: &'a Assets,
    /// The first page.
    pub home: &'a OutputPath,
    /// The page to search on.
    pub search: &'a OutputPath,
    /// The glossary, if the book has one.
    pub glossary: Option<&'a OutputPath>,
    /// The page of all pages, if the book is not too long for one.
    pub print: Option<&'a OutputPath>,
    /// The feed, if the book has one.
    pub feed: Option<&'a OutputPath>,
}

/// The template for a kind of page.
pub fn template(kind: PageKind) -> &'static str {
    match kind {
        PageKind::Home => "home.html",
        PageKind::Part | PageKind::Chapter | PageKind::Page => "page.html",
    }
}

/// The context of a page of the book.
pub fn context(common: Common<'_>, page: &Page, body: Body) -> PageContext {
    let book = common.book;
    let urls = Urls::From(&page.output);
    let blank = blank(common, urls, body.has_demo);
    let titled = |idx: &usize| {
        let it = &book.pages[*idx];
        TitledUrl { title_html: flat(&it.content.title), url: urls.to(&it.output) }
    };
    let fields = PageFields {
        title_html: body.title,
        title_text: page.title_text.clone(),
        description: page.description.clone(),
        kind: kind_name(page.kind),
        number: page.number.clone(),
        reading_minutes: page.words.div_ceil(READING_SPEED).max(1),
        date: page
            .date
            .map(|(year, month, day)| format!("{day} {} {year}", MONTHS[usize::from(month.clamp(1, 12)) - 1])),
        date_iso: page.date.map(day),
        edit_url: edit_url(book, page),
        markdown_url: Some(urls.to(&markdown::place(&page.output))),
        structured_json: Some(structured(book, page)),
        moved: page
            .moved
            .iter()
            .map(|it| MovedFields { id: it.anchor.0.clone(), title: it.title.clone(), url: urls.target(&it.to) })
            .collect(),
        builds_on: page.builds_on.iter().map(titled).collect(),
        leads_to: page.leads_to.iter().map(titled).collect(),
        has_demo: body.has_demo,
        lead_html: body.lead,
        head_title: head_title(book, &page.title_text),
        canonical: book.config.is_absolute().then(|| address(book, &page.output)),
        card: card(book, page),
    };
    let home = page.kind == PageKind::Home;
    PageContext {
        page: fields,
        toc: body.toc,
        body_html: body.html,
        crumbs: if home { Vec::new() } else { nav::crumbs(book, Some(page), &blank.home_url, urls) },
        nav: nav::nav(book, Some(page), urls),
        previous: nav::neighbor(book, page.previous, urls),
        next: nav::neighbor(book, page.next, urls),
        contents: if home { nav::contents(book, urls) } else { Vec::new() },
        ..blank
    }
}

/// The context of the first page of a book that has none.
pub fn home(common: Common<'_>) -> PageContext {
    let book = common.book;
    let urls = Urls::From(common.home);
    let mut context = blank(common, urls, false);
    context.page = generated(book, "home", &book.config.title);
    context.page.description.clone_from(&book.config.description);
    context.page.lead_html = Some(escape(&book.config.description)).filter(|it| !it.is_empty());
    context.nav = nav::nav(book, None, urls);
    context.contents = nav::contents(book, urls);
    context
}

/// The context of the page for addresses that do not exist.
pub fn not_found(common: Common<'_>) -> PageContext {
    let urls = Urls::Under(&common.book.config.base_url);
    let mut context = blank(common, urls, false);
    context.page = generated(common.book, "not-found", "Page not found");
    context.nav = nav::nav(common.book, None, urls);
    context
}

/// The context of the glossary.
pub fn glossary(common: Common<'_>, output: &OutputPath) -> PageContext {
    let book = common.book;
    let urls = Urls::From(output);
    let mut context = blank(common, urls, false);
    context.page = generated(book, "glossary", "Glossary");
    context.crumbs = nav::crumbs(book, None, &context.home_url, urls);
    context.nav = nav::nav(book, None, urls);
    context.glossary = terms(book, urls);
    context
}

/// The context of the page to search on.
pub fn search(common: Common<'_>, listed: &'static str, index: Vec<IndexLetter>) -> PageContext {
    let book = common.book;
    let urls = Urls::From(common.search);
    let mut context = blank(common, urls, false);
    context.page = generated(book, "search", "Search");
    context.crumbs = nav::crumbs(book, None, &context.home_url, urls);
    context.nav = nav::nav(book, None, urls);
    context.index_lists = listed;
    context.index = index;
    context
}

fn terms(book: &Book, urls: Urls<'_>) -> Vec<GlossaryTerm> {
    let term = |term: &Term| {
        let page = term.page.map(|idx| &book.pages[idx]);
        GlossaryTerm {
            id: term.id.0.clone(),
            name: term.name.clone(),
            definition_html: escape(&term.definition),
            url: page.map(|page| urls.to(&page.output)),
            chapter_title: page.map(|page| page.title_text.clone()),
        }
    };
    book.glossary.iter().map(term).collect()
}

/// The context of the page at an old place.
pub fn redirect(common: Common<'_>, redirect: &Redirect) -> RedirectContext {
    let urls = Urls::From(&redirect.from);
    let anchor =
        |it: &Moved| MovedFields { id: it.anchor.0.clone(), title: it.title.clone(), url: urls.target(&it.to) };
    RedirectContext {
        book: book_context(common.book),
        title: redirect.title.clone(),
        url: redirect.to.as_ref().map(|to| urls.target(to)).unwrap_or_default(),
        anchors: redirect.anchors.iter().map(anchor).collect(),
        redirect_js: common.assets.named("js/redirect.js").map(|file| urls.to(file)),
        csp: "default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'none'".into(),
    }
}

/// The context of the page of all pages.
pub fn whole(
    common: Common<'_>,
    output: &OutputPath,
    contents: Vec<ContentsPart>,
    pages: Vec<PrintPage>,
) -> PrintContext {
    let mut blank = blank(common, Urls::From(output), false);
    // Their pictures are there, though nothing runs.
    let demos = common.assets.demo_css.as_ref().filter(|_| !common.book.demos.is_empty());
    blank.assets.demo_css = demos.map(|file| Urls::From(output).to(file));
    PrintContext {
        book: blank.book,
        contents,
        pages,
        glossary: terms(common.book, Urls::From(output)),
        assets: blank.assets,
        home_url: blank.home_url,
        csp: blank.csp,
    }
}

/// A context with nothing but what is the same on all pages.
fn blank(common: Common<'_>, urls: Urls<'_>, has_demo: bool) -> PageContext {
    let asset = |name: &str| common.assets.named(name).map(|file| urls.to(file));
    let needs = Needs { wasm: has_demo, remote_images: common.book.config.remote_images == Policy::Allow };
    PageContext {
        book: book_context(common.book),
        page: generated(common.book, "page", ""),
        body_html: String::new(),
        toc: Vec::new(),
        crumbs: Vec::new(),
        nav: crate::render::context::Nav::default(),
        previous: None,
        next: None,
        contents: Vec::new(),
        glossary: Vec::new(),
        index: Vec::new(),
        index_lists: "",
        assets: AssetUrls {
            css: common.assets.css.as_ref().map(|file| urls.to(file)).unwrap_or_default(),
            demo_css: common.assets.demo_css.as_ref().filter(|_| has_demo).map(|file| urls.to(file)),
            theme_js: asset("js/theme.js"),
            nav_js: asset("js/nav.js"),
            demos_js: if has_demo { asset("js/demos.js") } else { None },
            icon: asset("icons/favicon.svg"),
        },
        home_url: urls.to(common.home),
        search_url: urls.to(common.search),
        glossary_url: common.glossary.map(|file| urls.to(file)),
        print_url: common.print.map(|file| urls.to(file)),
        feed_url: common.feed.map(|file| urls.to(file)),
        csp: csp(needs),
    }
}

/// The fields of a page that no source file stands for.
fn generated(book: &Book, kind: &'static str, title: &str) -> PageFields {
    PageFields {
        title_html: escape(title),
        title_text: title.to_string(),
        description: String::new(),
        kind,
        number: None,
        reading_minutes: 1,
        date: None,
        date_iso: None,
        edit_url: None,
        markdown_url: None,
        structured_json: None,
        moved: Vec::new(),
        builds_on: Vec::new(),
        leads_to: Vec::new(),
        has_demo: false,
        lead_html: None,
        head_title: head_title(book, title),
        canonical: None,
        card: book.pages.iter().find(|it| it.kind == PageKind::Home).and_then(|home| card(book, home)),
    }
}

/// The card's picture. Whoever shows it comes from elsewhere, so without an address in the world there is none.
fn card(book: &Book, page: &Page) -> Option<CardFields> {
    let it = page.card.as_ref().filter(|_| book.config.is_absolute())?;
    Some(CardFields { url: it.file.url_under(&book.config.base_url), size: it.size, alt: it.alt.clone() })
}

fn book_context(book: &Book) -> BookContext {
    BookContext {
        title: book.config.title.clone(),
        description: book.config.description.clone(),
        language: book.config.language.clone(),
    }
}

fn head_title(book: &Book, title: &str) -> String {
    let whole = format!("{title} \u{b7} {}", book.config.title);
    // Results of a search and tabs show about so much: the page's own name comes first.
    if title == book.config.title || whole.chars().count() > HEAD_TITLE { title.to_string() } else { whole }
}

/// Where the page's source can be edited.
fn edit_url(book: &Book, page: &Page) -> Option<String> {
    let path: Vec<String> = page.source_path.as_str().split('/').map(encode).collect();
    Some(book.config.edit_url.as_ref()?.replace("{path}", &format!("content/{}", path.join("/"))))
}

fn kind_name(kind: PageKind) -> &'static str {
    match kind {
        PageKind::Home => "home",
        PageKind::Part => "part",
        PageKind::Chapter => "chapter",
        PageKind::Page => "page",
    }
}
