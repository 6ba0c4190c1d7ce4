//! What is shown of a page, or of a piece of a long one, as lines of text: a line for the page, then two for each section,
//! of which the first has fields between tabs and the second is its text.

use crate::{Broken, Kind};

/// A page's sections, or some of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leaf {
    /// The page's address, relative to the site.
    pub url: String,
    /// The page's number; may be empty.
    pub label: String,
    /// The page's title.
    pub title: String,
    /// In order.
    pub sections: Vec<LeafSection>,
}

/// A section as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeafSection {
    /// What it is.
    pub kind: Kind,
    /// Its id in the page; empty for the page's top.
    pub anchor: String,
    /// `Fig. 45.1`; may be empty.
    pub label: String,
    /// Its heading.
    pub title: String,
    /// The headings that it stands below; may be empty.
    pub above: String,
    /// Its other names: a word of the glossary has such.
    pub also: Vec<String>,
    /// Its text, in one line.
    pub text: String,
}

/// Reads a leaf.
///
/// # Errors
/// If it is not as [`write_leaf`] wrote it.
pub fn leaf(bytes: &[u8]) -> Result<Leaf, Broken> {
    let text = std::str::from_utf8(bytes).map_err(|_| Broken)?;
    let mut lines = text.lines();
    let mut fields = lines.next().ok_or(Broken)?.split('\t').map(str::to_string);
    let mut field = || fields.next().ok_or(Broken);
    let mut leaf = Leaf { url: field()?, label: field()?, title: field()?, sections: Vec::new() };
    while let Some(head) = lines.next() {
        let mut fields = head.split('\t').map(str::to_string);
        let mut field = || fields.next().ok_or(Broken);
        leaf.sections.push(LeafSection {
            kind: Kind::named(&field()?).ok_or(Broken)?,
            anchor: field()?,
            label: field()?,
            title: field()?,
            above: field()?,
            also: fields.collect(),
            text: lines.next().ok_or(Broken)?.to_string(),
        });
    }
    Ok(leaf)
}

/// The text of a leaf.
#[cfg(not(target_arch = "wasm32"))]
pub fn write_leaf(leaf: &Leaf) -> String {
    let mut out = [line(&leaf.url), line(&leaf.label), line(&leaf.title)].join("\t");
    out.push('\n');
    for it in &leaf.sections {
        let mut fields = vec![it.kind.name().to_string()];
        fields.extend([&it.anchor, &it.label, &it.title, &it.above].into_iter().chain(&it.also).map(|it| line(it)));
        out.push_str(&fields.join("\t"));
        out.push('\n');
        out.push_str(&line(&it.text));
        out.push('\n');
    }
    out
}

/// Text with one space in place of whatever is no letter, sign or single space.
#[cfg(not(target_arch = "wasm32"))]
fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|it| !it.is_empty());
    for word in words {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Leaf, LeafSection, leaf, write_leaf};
    use crate::{Broken, Kind};

    #[test]
    fn it_is_read_as_written() {
        let section = |kind, title: &str, also: &[&str], text: &str| LeafSection {
            kind,
            anchor: "x".into(),
            label: String::new(),
            title: title.into(),
            above: "A".into(),
            also: also.iter().map(|it| it.to_string()).collect(),
            text: text.into(),
        };
        let mut it = Leaf { url: "a/b.html".into(), label: "45".into(), title: "T".into(), sections: Vec::new() };
        it.sections =
            vec![section(Kind::Page, "T", &[], "one  two\n\tthree\u{0}"), section(Kind::Term, "", &["B", "C d"], "")];
        let text = write_leaf(&it);
        it.sections[0].text = "one two three".into();
        assert_eq!(leaf(text.as_bytes()), Ok(it));
        assert_eq!(leaf(b"a\tb\tc\npage\t\t\t\t\n"), Err(Broken), "no text");
        assert_eq!(leaf(b"a\tb\tc\npage\t\t\t\n\n"), Err(Broken), "a field is missing");
        assert_eq!(leaf(b"a\tb\tc\npages\t\t\t\t\n\n"), Err(Broken), "no such kind");
        assert_eq!(leaf(b"a\tb\n"), Err(Broken));
        assert_eq!(leaf(b""), Err(Broken));
    }
}
