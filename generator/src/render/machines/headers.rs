//! `_headers`: what a `<meta>` cannot say, for hosts that read such a file (Netlify, Cloudflare Pages and others).

use crate::config::Config;

/// The file. The pages' own policies stay in their `<meta>`; frames can be forbidden by a header only (CSP 3, 6.4.2).
/// Names that carry a hash never change: a year is the longest that caches honor.
pub fn headers(config: &Config) -> String {
    let base = base_path(&config.base_url);
    format!(
        "{base}*\n  Content-Security-Policy: frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n  \
         Referrer-Policy: strict-origin-when-cross-origin\n  Cross-Origin-Opener-Policy: same-origin\n  \
         Permissions-Policy: camera=(), geolocation=(), microphone=()\n\n\
         {base}assets/*\n  Cache-Control: public, max-age=31536000, immutable\n\n\
         {base}demos/*\n  Cache-Control: public, max-age=31536000, immutable\n\n\
         {base}search/*\n  Cache-Control: public, max-age=31536000, immutable\n"
    )
}

/// The path of a base URL: `https://example.org/book/` and `/book/` both give `/book/`.
fn base_path(base: &str) -> &str {
    let rest = base.split_once("://").map_or(base, |(_, rest)| rest);
    rest.find('/').map_or("/", |at| &rest[at..])
}

#[cfg(test)]
mod tests {
    use super::base_path;

    #[test]
    fn a_base_url_has_a_path() {
        assert_eq!(base_path("https://example.org/book/"), "/book/");
        assert_eq!(base_path("https://example.org/"), "/");
        assert_eq!(base_path("/book/"), "/book/");
    }
}
