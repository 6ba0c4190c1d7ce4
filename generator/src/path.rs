//! Three kinds of path that must not be mixed up: where a page comes from, where it goes, and a place in a page.
//!
//! All are relative, use `/`, and never climb out: no `..`, no empty step, no leading slash.

use std::fmt;

use serde::Serialize;

/// A file of the book, relative to `content/`: `spreading-data/consistent-hashing.md`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath(String);

/// A file of the site, relative to its root: `spreading-data/consistent-hashing.html`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(String);

/// The id of a heading, figure or equation, unique in its page: `virtual-nodes`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Anchor(pub String);

/// Why a written path is no path in the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathError {
    /// It starts with `/`, a drive letter or a backslash.
    Absolute,
    /// It climbs out of the folder with `..`.
    Outside,
}

impl SourcePath {
    /// Normalizes `path`, which is relative to `content/`.
    ///
    /// # Errors
    /// If it is absolute or leaves `content/`.
    pub fn new(path: &str) -> Result<Self, PathError> {
        normalize("", path).map(Self)
    }

    /// The file that `link` means when it stands in this file.
    ///
    /// # Errors
    /// If it is absolute or leaves `content/`.
    pub fn join(&self, link: &str) -> Result<Self, PathError> {
        normalize(self.folder(), link).map(Self)
    }

    /// The folder, without a trailing slash; empty at the top.
    pub fn folder(&self) -> &str {
        folder(&self.0)
    }

    /// The last step: `consistent-hashing.md`.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// True for Markdown pages.
    pub fn is_markdown(&self) -> bool {
        self.0.ends_with(".md")
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl OutputPath {
    /// Normalizes `path`, which is relative to the site's root.
    ///
    /// # Errors
    /// If it is absolute or leaves the site.
    pub fn new(path: &str) -> Result<Self, PathError> {
        normalize("", path).map(Self)
    }

    /// A relative URL from the page `from` to this file, percent-encoded: `../assets/style.css`.
    pub fn url_from(&self, from: &OutputPath) -> String {
        let here: Vec<&str> = steps(folder(&from.0)).collect();
        let there: Vec<&str> = steps(&self.0).collect();
        let (last, folders) = there.split_last().unwrap_or((&"", &[]));
        let n_shared = here.iter().zip(folders).take_while(|(a, b)| a == b).count();
        let mut url = "../".repeat(here.len() - n_shared);
        for step in &folders[n_shared..] {
            url.push_str(&encode(step));
            url.push('/');
        }
        // A first step such as `a:b` would be read as a scheme.
        if url.is_empty() && last.contains(':') {
            url.push_str("./");
        }
        url + &encode(last)
    }

    /// The URL under an absolute base, which ends in `/`.
    pub fn url_under(&self, base: &str) -> String {
        let steps: Vec<String> = steps(&self.0).map(encode).collect();
        format!("{base}{}", steps.join("/"))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Percent-encodes one step of a path, or an anchor, for use in a URL (RFC 3986, `pchar` without `%`).
pub fn encode(step: &str) -> String {
    let mut out = String::with_capacity(step.len());
    for byte in step.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(byte as char),
            b'-' | b'.' | b'_' | b'~' | b'!' | b'$' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' | b':' | b'@' => {
                out.push(byte as char);
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn steps(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|step| !step.is_empty())
}

fn normalize(base: &str, path: &str) -> Result<String, PathError> {
    let drive = matches!(path.as_bytes(), [letter, b':', b'/' | b'\\', ..] if letter.is_ascii_alphabetic());
    if path.starts_with(['/', '\\']) || drive {
        return Err(PathError::Absolute);
    }
    let mut out: Vec<&str> = steps(base).collect();
    for step in steps(path) {
        match step {
            "." => {}
            ".." => {
                out.pop().ok_or(PathError::Outside)?;
            }
            _ => out.push(step),
        }
    }
    Ok(out.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{OutputPath, PathError, SourcePath};

    fn url(from: &str, to: &str) -> String {
        let path = |text| OutputPath::new(text).expect("a path in the site");
        path(to).url_from(&path(from))
    }

    #[test]
    fn urls_are_relative_to_the_page() {
        assert_eq!(url("a/b.html", "a/c.html"), "c.html");
        assert_eq!(url("a/b.html", "c/d e.html"), "../c/d%20e.html");
        assert_eq!(url("index.html", "assets/x.css"), "assets/x.css");
        assert_eq!(url("a/b/c.html", "index.html"), "../../index.html");
        assert_eq!(url("x.html", "a:b.html"), "./a:b.html");
    }

    #[test]
    fn paths_do_not_climb_out() {
        let page = SourcePath::new("a/b.md").expect("a path in the book");
        assert_eq!(page.join("../c.md").map(|it| it.to_string()), Ok("c.md".into()));
        assert_eq!(page.join("../../etc/passwd"), Err(PathError::Outside));
        assert_eq!(page.join("/etc/passwd"), Err(PathError::Absolute));
        assert_eq!(page.join("C:\\x"), Err(PathError::Absolute));
    }
}
