//! `robots.txt`: everything may be read (RFC 9309), and where the sitemap is.

use crate::book::Book;

/// The file. Crawlers ask for it at the root of a host only; below a path it does no harm.
pub fn robots(book: &Book) -> String {
    let sitemap = if book.config.is_absolute() {
        format!("\nSitemap: {}sitemap.xml\n", book.config.base_url)
    } else {
        String::new()
    };
    format!("User-agent: *\nAllow: /\n{sitemap}")
}
