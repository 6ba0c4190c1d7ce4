//! What a browser would do with a URL: follow it, or run it.

/// The scheme of a URL as browsers read it, lowercase; `None` for a relative one.
///
/// They skip leading control characters and spaces, and tabs and line feeds anywhere (WHATWG URL, 4.4),
/// so `java&#10;script:` is `javascript:`.
pub fn scheme(url: &str) -> Option<String> {
    let mut scheme = String::new();
    let visible = url.trim_start_matches(|c: char| c <= ' ').chars().filter(|c| !matches!(c, '\t' | '\n' | '\r'));
    for c in visible {
        match c {
            ':' => return Some(scheme).filter(|scheme| !scheme.is_empty()),
            'a'..='z' | 'A'..='Z' => scheme.push(c.to_ascii_lowercase()),
            '0'..='9' | '+' | '-' | '.' if !scheme.is_empty() => scheme.push(c),
            _ => return None,
        }
    }
    None
}

/// True if following the URL runs or shows what stands in the URL itself.
pub fn is_unsafe(url: &str) -> bool {
    matches!(scheme(url).as_deref(), Some("javascript" | "data" | "vbscript"))
}

#[cfg(test)]
mod tests {
    use super::{is_unsafe, scheme};

    #[test]
    fn disguises_are_seen_through() {
        for url in ["javascript:x", " JavaScript:x", "java\nscript:x", "\u{1}data:text/html,x", "vbscript:x"] {
            assert!(is_unsafe(url), "{url:?}");
        }
        for url in ["a/javascript:x", "https://a.b", "./data:x", "#data:x", "x.md", "", ":x", "mailto:a@b"] {
            assert!(!is_unsafe(url), "{url:?}");
        }
        assert_eq!(scheme("made-up+1.0:x").as_deref(), Some("made-up+1.0"));
        assert_eq!(scheme("1a:x"), None);
    }
}
