//! A heading's text -> its id, by GitHub's algorithm, so that links into a page work there and here.

/// Lowercase; spaces become hyphens; of the rest, letters, marks, digits, `_` and `-` stay.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.trim().chars().flat_map(char::to_lowercase) {
        match c {
            ' ' => slug.push('-'),
            '-' => slug.push('-'),
            // `\w` also holds the two invisible joiners, which GitHub drops.
            '\u{200c}' | '\u{200d}' => {}
            c if regex_syntax::is_word_character(c) => slug.push(c),
            _ => {}
        }
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn as_github_does_it() {
        for (text, expected) in [
            ("Virtual nodes", "virtual-nodes"),
            ("What's new in 2.0?", "whats-new-in-20"),
            ("A -- B", "a----b"),
            ("`a::b` and snake_case", "ab-and-snake_case"),
            ("Größe & Co.", "größe--co"),
            ("日本語 テスト", "日本語-テスト"),
            ("नमस्ते", "नमस्ते"),
            ("e\u{301}te", "e\u{301}te"),
            ("🎉 party", "-party"),
            ("½ of it", "-of-it"),
            ("…", ""),
        ] {
            assert_eq!(slug(text), expected, "{text}");
        }
    }
}
