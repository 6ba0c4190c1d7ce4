//! `sitemap.xml`: every page with its last change (sitemaps.org, protocol 0.9).

use std::fmt::Write as _;

use crate::book::Book;
use crate::path::OutputPath;
use crate::render::machines::{address, day, xml};
use crate::resolve::outputs::GLOSSARY;

/// The sitemap of a book with an absolute base URL.
pub fn sitemap(book: &Book) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in &book.pages {
        url(&mut out, book, &page.output, page.date);
    }
    if let Some(glossary) = OutputPath::new(GLOSSARY).ok().filter(|_| !book.glossary.is_empty()) {
        url(&mut out, book, &glossary, None);
    }
    out.push_str("</urlset>\n");
    out
}

fn url(out: &mut String, book: &Book, output: &OutputPath, date: Option<(u16, u8, u8)>) {
    let changed = date.map(|date| format!("<lastmod>{}</lastmod>", day(date))).unwrap_or_default();
    let _ = writeln!(out, "<url><loc>{}</loc>{changed}</url>", xml::escape(&address(book, output)));
}
