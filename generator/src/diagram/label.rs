//! The text of a label: line breaks, character codes and marks of the source become plain lines.

use super::measure::{Face, wrap};

/// Lines of text with the room that they need.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Label {
    pub lines: Vec<String>,
    /// In px.
    pub width: f64,
    /// In px.
    pub height: f64,
}

impl Label {
    /// Lines as they are.
    pub fn new(lines: Vec<String>, face: Face) -> Self {
        let width = lines.iter().map(|line| super::measure::width(line, face)).fold(0.0, f64::max);
        let height = lines.len() as f64 * face.leading();
        Self { lines, width, height }
    }

    /// A label as the source has it, in lines of at most `limit` px.
    pub fn read(written: &str, face: Face, limit: f64) -> Self {
        wrap(&plain(written), face, limit)
    }

    /// True without any text.
    pub fn is_empty(&self) -> bool {
        self.lines.iter().all(String::is_empty)
    }
}

/// Tags that only change how a text looks; all others are text themselves.
const LOOKS: [&str; 12] = ["b", "i", "em", "strong", "u", "s", "small", "code", "sub", "sup", "span", "tt"];

/// Names of characters, as `#quot;` or `&quot;`.
const NAMED: [(&str, char); 30] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("semi", ';'),
    ("colon", ':'),
    ("num", '#'),
    ("lpar", '('),
    ("rpar", ')'),
    ("lsqb", '['),
    ("rsqb", ']'),
    ("lbrace", '{'),
    ("rbrace", '}'),
    ("percnt", '%'),
    ("vert", '|'),
    ("larr", '←'),
    ("rarr", '→'),
    ("uarr", '↑'),
    ("darr", '↓'),
    ("times", '×'),
    ("minus", '−'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("le", '≤'),
    ("ge", '≥'),
    ("ne", '≠'),
    ("micro", 'µ'),
];

/// What a reader sees: tags, codes and marks resolved, control characters gone, a line feed for each break. An apostrophe
/// within a word is that of print; other quotes may be code and stay.
pub fn plain(written: &str) -> String {
    let trimmed = written.trim();
    let marked = trimmed.strip_prefix('`').and_then(|it| it.strip_suffix('`'));
    let text = marked.map_or_else(|| trimmed.to_owned(), |it| it.replace("**", "").replace(['*', '`'], ""));
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        let (piece, len) = match c {
            '<' => tag(rest),
            '&' | '#' => code(rest),
            '\\' if rest.starts_with("\\n") => Some(("\n".to_owned(), 2)),
            _ => None,
        }
        .unwrap_or_else(|| (c.to_string(), c.len_utf8()));
        out.push_str(&piece);
        rest = &rest[len..];
    }
    apostrophes(&tidy(&out))
}

fn apostrophes(text: &str) -> String {
    let mut pieces = text.split('\'').peekable();
    let mut out = String::with_capacity(text.len());
    while let Some(piece) = pieces.next() {
        out.push_str(piece);
        let Some(next) = pieces.peek() else { break };
        let within = piece.ends_with(char::is_alphabetic) && next.starts_with(char::is_alphabetic);
        out.push(if within { '’' } else { '\'' });
    }
    out
}

/// Spaces collapse, control characters are dropped, lines lose their outer spaces.
fn tidy(text: &str) -> String {
    let lines = text.trim_matches('\n').split('\n').map(|line| {
        let clean: String = line.chars().map(|c| if c == '\t' { ' ' } else { c }).filter(|c| !c.is_control()).collect();
        clean.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A tag at the start: a break, or nothing if it only changes the look.
fn tag(text: &str) -> Option<(String, usize)> {
    let end = text.find('>')?;
    let inside = text[1..end].trim().trim_matches('/').trim();
    let name = inside.split(|c: char| c.is_whitespace()).next().unwrap_or_default().to_ascii_lowercase();
    if name == "br" {
        return Some(("\n".to_owned(), end + 1));
    }
    LOOKS.contains(&name.as_str()).then(|| (String::new(), end + 1))
}

/// A character's code at the start: `#35;`, `&#35;`, `&#x23;`, `#quot;`, `&quot;`.
fn code(text: &str) -> Option<(String, usize)> {
    let end = text.find(';').filter(|end| *end <= 10)?;
    let name = text[..end].trim_start_matches(['&', '#']);
    let hex = name.strip_prefix(['x', 'X']).and_then(|it| u32::from_str_radix(it, 16).ok());
    let number = hex.or_else(|| name.parse::<u32>().ok()).and_then(char::from_u32);
    let named = || NAMED.iter().find(|(it, _)| *it == name).map(|(_, c)| *c);
    number.or_else(named).map(|c| (c.to_string(), end + 1))
}

#[cfg(test)]
mod tests {
    use super::plain;

    fn check(written: &str, expected: &str) {
        assert_eq!(plain(written), expected, "{written}");
    }

    #[test]
    fn breaks_codes_and_looks_are_resolved() {
        check("a<br>b<br/>c<BR />d", "a\nb\nc\nd");
        check("say #quot;hi#quot; &amp; #35;1 &#x41;", "say \"hi\" & #1 A");
        check("<b>bold</b> <i>it</i>", "bold it");
        check("`**bold** text`", "bold text");
        check("  a \t b  ", "a b");
        check("a\\nb", "a\nb");
        check("Ana's 'x' n' \"a\"", "Ana’s 'x' n' \"a\"");
    }

    #[test]
    fn what_is_no_mark_is_text() {
        check("<script>alert(1)</script>", "<script>alert(1)</script>");
        check("List<int> & co; #hash", "List<int> & co; #hash");
        check("a < b", "a < b");
        check("a\u{1}b\u{7f}", "ab");
        check("#0;", "");
    }
}
