//! Files for machines: what crawlers, feed readers and language models ask a site for.
//!
//! Each is a function of the book. `sitemap.xml` and `feed.xml` need absolute URLs, so they are made only for a book whose
//! `base-url` is one.

pub mod feed;
pub mod headers;
pub mod llms;
pub mod robots;
pub mod sitemap;
mod xml;

use crate::book::Book;
use crate::path::OutputPath;

/// The feed's name.
pub const FEED: &str = "feed.xml";

/// Whether the book has a feed: absolute addresses, and a page with a date.
pub fn has_feed(book: &Book) -> bool {
    book.config.is_absolute() && book.pages.iter().any(|page| page.date.is_some())
}

/// The files by name, but `llms-full.txt`, which needs all pages.
pub fn files(book: &Book) -> Vec<(&'static str, String)> {
    let mut files = vec![("robots.txt", robots::robots(book)), ("llms.txt", llms::llms(book))];
    if book.config.is_absolute() {
        files.push(("sitemap.xml", sitemap::sitemap(book)));
        files.extend(feed::feed(book).map(|feed| (FEED, feed)));
    }
    if book.config.headers {
        files.push(("_headers", headers::headers(&book.config)));
    }
    files
}

/// A page's address in the world; a folder's page is the folder.
pub fn address(book: &Book, output: &OutputPath) -> String {
    let url = output.url_under(&book.config.base_url);
    url.strip_suffix("index.html").unwrap_or(&url).to_string()
}

/// `2026-11-22`.
pub fn day((year, month, day): (u16, u8, u8)) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}
