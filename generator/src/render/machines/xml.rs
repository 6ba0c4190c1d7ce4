//! XML from text.

/// Text as XML: what HTML escapes, and no control characters, which XML 1.0 forbids (section 2.2).
pub fn escape(text: &str) -> String {
    let allowed = |c: &char| !c.is_control() || matches!(c, '\t' | '\n' | '\r');
    let text: String = text.chars().filter(allowed).filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
    crate::render::escape::escape(&text)
}
