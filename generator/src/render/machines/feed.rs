//! `feed.xml`: the chapters that changed last, newest first (Atom, RFC 4287).

use std::fmt::Write as _;

use crate::book::{Book, Page};
use crate::path::OutputPath;
use crate::render::machines::{address, day, xml};

/// Entries in the feed, at most.
const ENTRIES: usize = 50;

/// The feed of a book with an absolute base URL; `None` if no page has a date.
pub fn feed(book: &Book) -> Option<String> {
    let mut pages: Vec<(&Page, (u16, u8, u8))> =
        book.pages.iter().filter_map(|page| Some((page, page.date?))).collect();
    // A stable sort: pages of one day stay in the order of the book.
    pages.sort_by_key(|(_, date)| std::cmp::Reverse(*date));
    pages.truncate(ENTRIES);
    let (_, newest) = pages.first()?;
    let config = &book.config;
    let home = OutputPath::new("index.html").map(|home| address(book, &home)).unwrap_or_default();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <title>{}</title>\n<id>{home}</id>\n<link href=\"{home}\"/>\n<link rel=\"self\" href=\"{}feed.xml\"/>\n<updated>{}</updated>\n",
        xml::escape(&config.language),
        xml::escape(&config.title),
        xml::escape(&config.base_url),
        time(*newest),
        home = xml::escape(&home),
    );
    // RFC 4287, 4.1.1: a feed whose entries name no author has one.
    let authors = if config.authors.is_empty() { std::slice::from_ref(&config.title) } else { &config.authors };
    for author in authors {
        let _ = writeln!(out, "<author><name>{}</name></author>", xml::escape(author));
    }
    for (page, date) in pages {
        let url = xml::escape(&address(book, &page.output));
        let _ = writeln!(
            out,
            "<entry><title>{}</title><id>{url}</id><link href=\"{url}\"/><updated>{}</updated><summary>{}</summary></entry>",
            xml::escape(&page.title_text),
            time(date),
            xml::escape(&page.description),
        );
    }
    out.push_str("</feed>\n");
    Some(out)
}

fn time(date: (u16, u8, u8)) -> String {
    format!("{}T00:00:00Z", day(date))
}
