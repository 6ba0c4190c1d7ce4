//! How flowcharts write lines: `-->`, `-.->`, `==>`, `---`, `~~~`, `o--o`, `-- text -->`, `-->|text|`.

use super::cursor::Cursor;
use super::graph::{Head, Line};
use super::problem::Problem;

/// A line of a flowchart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link<'a> {
    pub line: Line,
    pub heads: [Head; 2],
    pub length: u32,
    pub label: Option<&'a str>,
}

/// Takes a line; `None` if none stands here.
pub fn link<'a>(cursor: &mut Cursor<'a>) -> Result<Option<Link<'a>>, Problem> {
    let start = cursor.at;
    let first = head(cursor, '<');
    let Some(kind) = kind(cursor) else {
        cursor.at = start;
        return Ok(None);
    };
    let opening = cursor.at;
    let (count, end) = stroke(cursor, kind);
    let mut link = Link { line: kind.line(), heads: [first, end], length: length(kind, count, end), label: None };
    if is_opening(kind, count, end) {
        let text_start = cursor.at;
        let Some((at, end_count, end)) = closing(cursor.text, text_start, kind) else {
            return Err(Problem::syntax(start..cursor.at.max(opening + 1), "a line that does not end")
                .label("begun here")
                .hint("write `A --> B`, or `A -- text --> B`"));
        };
        link.label = Some(cursor.text[text_start..at.start].trim().trim_matches('"'));
        link.heads[1] = end;
        link.length = length(kind, end_count, end);
        cursor.at = at.end;
    }
    cursor.spaces();
    if cursor.peek() == Some('|') {
        link.label = Some(piped(cursor)?);
    }
    Ok(Some(link))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Solid,
    Thick,
    Dotted,
    Invisible,
}

impl Kind {
    fn line(self) -> Line {
        match self {
            Kind::Solid => Line::Solid,
            Kind::Thick => Line::Thick,
            Kind::Dotted => Line::Dotted,
            Kind::Invisible => Line::Invisible,
        }
    }
}

/// A head in front of a stroke.
fn head(cursor: &mut Cursor<'_>, arrow: char) -> Head {
    let Some(c) = cursor.peek() else { return Head::None };
    let kind = match c {
        'o' => Head::Circle,
        'x' => Head::Cross,
        c if c == arrow => Head::Arrow,
        _ => return Head::None,
    };
    cursor.at += 1;
    kind
}

fn kind(cursor: &Cursor<'_>) -> Option<Kind> {
    let rest = cursor.rest();
    let starts = |it: &str| rest.starts_with(it);
    if starts("-.") {
        Some(Kind::Dotted)
    } else if starts("--") {
        Some(Kind::Solid)
    } else if starts("==") {
        Some(Kind::Thick)
    } else if starts("~~~") {
        Some(Kind::Invisible)
    } else {
        None
    }
}

/// Takes the stroke and the head behind it: how many signs it has, and the head.
fn stroke(cursor: &mut Cursor<'_>, kind: Kind) -> (usize, Head) {
    let count = match kind {
        Kind::Solid => cursor.while_char(|c| c == '-').len(),
        Kind::Thick => cursor.while_char(|c| c == '=').len(),
        Kind::Invisible => cursor.while_char(|c| c == '~').len(),
        Kind::Dotted => {
            cursor.take("-");
            let dots = cursor.while_char(|c| c == '.').len();
            // `-.` alone opens a line with text.
            if cursor.take("-") { dots } else { return (0, Head::None) }
        }
    };
    (count, if kind == Kind::Invisible { Head::None } else { head_behind(cursor) })
}

/// `o` and `x` are heads only where no word begins with them.
fn head_behind(cursor: &mut Cursor<'_>) -> Head {
    let mut chars = cursor.rest().chars();
    let (c, next) = (chars.next(), chars.next());
    let ends = next.is_none_or(|c| !c.is_alphanumeric());
    if c == Some('>') || ends { head(cursor, '>') } else { Head::None }
}

/// `--` and `==` without a head, and `-.`, open a line whose text follows.
fn is_opening(kind: Kind, count: usize, end: Head) -> bool {
    match kind {
        Kind::Solid | Kind::Thick => count == 2 && end == Head::None,
        Kind::Dotted => count == 0,
        Kind::Invisible => false,
    }
}

fn length(kind: Kind, count: usize, end: Head) -> u32 {
    let least = match kind {
        Kind::Solid | Kind::Thick if end == Head::None => 3,
        Kind::Solid | Kind::Thick => 2,
        Kind::Dotted => 1,
        Kind::Invisible => 3,
    };
    (count.saturating_sub(least) + 1) as u32
}

/// The end of a line with text, on the same line of the source, outside quotes: its place, count and head.
fn closing(text: &str, from: usize, kind: Kind) -> Option<(std::ops::Range<usize>, usize, Head)> {
    let line_end = text[from..].find('\n').map_or(text.len(), |it| from + it);
    let mut quoted = false;
    for (at, c) in text[from..line_end].char_indices().map(|(at, c)| (from + at, c)) {
        quoted ^= c == '"';
        let begins = match kind {
            Kind::Solid => c == '-',
            Kind::Thick => c == '=',
            Kind::Dotted => c == '.',
            Kind::Invisible => false,
        };
        if !begins || quoted {
            continue;
        }
        let mut cursor = Cursor { text: &text[..line_end], at };
        let (count, head) = if kind == Kind::Dotted {
            let dots = cursor.while_char(|c| c == '.').len();
            if !cursor.take("-") {
                continue;
            }
            (dots, head_behind(&mut cursor))
        } else {
            stroke(&mut cursor, kind)
        };
        if kind == Kind::Dotted || count >= 3 || (count == 2 && head != Head::None) {
            return Some((at..cursor.at, count, head));
        }
    }
    None
}

fn piped<'a>(cursor: &mut Cursor<'a>) -> Result<&'a str, Problem> {
    let start = cursor.at;
    cursor.at += 1;
    let mut quoted = false;
    let rest = cursor.rest();
    for (len, c) in rest.char_indices() {
        quoted ^= c == '"';
        match c {
            '|' if !quoted => {
                cursor.at += len + 1;
                return Ok(rest[..len].trim().trim_matches('"'));
            }
            '\n' if !quoted => break,
            _ => {}
        }
    }
    Err(Problem::syntax(start..start + 1, "the label of a line without its closing `|`")
        .label("opened here")
        .hint("write `A -->|text| B`"))
}

#[cfg(test)]
mod tests {
    use super::{Cursor, link};

    fn check(text: &str, expected: &str) {
        let mut cursor = Cursor { text, at: 0 };
        let read = match link(&mut cursor) {
            Ok(Some(it)) => format!("{:?} {:?} {} {:?}", it.line, it.heads, it.length, it.label),
            Ok(None) => "none".to_owned(),
            Err(problem) => problem.message,
        };
        assert_eq!(format!("{read} / {}", cursor.rest()), expected, "{text}");
    }

    #[test]
    fn every_kind_of_line() {
        check("--> B", "Solid [None, Arrow] 1 None / B");
        check("---B", "Solid [None, None] 1 None / B");
        check("--->B", "Solid [None, Arrow] 2 None / B");
        check("==> B", "Thick [None, Arrow] 1 None / B");
        check("-.-> B", "Dotted [None, Arrow] 1 None / B");
        check("-..-> B", "Dotted [None, Arrow] 2 None / B");
        check("-.- B", "Dotted [None, None] 1 None / B");
        check("~~~ B", "Invisible [None, None] 1 None / B");
        check("<--> B", "Solid [Arrow, Arrow] 1 None / B");
        check("o--o B", "Solid [Circle, Circle] 1 None / B");
        check("x--x B", "Solid [Cross, Cross] 1 None / B");
        check("---oven", "Solid [None, None] 1 None / oven");
        check("A", "none / A");
    }

    #[test]
    fn labels_on_the_line() {
        check("-->|20 ms| B", "Solid [None, Arrow] 1 Some(\"20 ms\") /  B");
        check("-- 20 ms --> B", "Solid [None, Arrow] 1 Some(\"20 ms\") / B");
        check("-- a-b --- B", "Solid [None, None] 1 Some(\"a-b\") / B");
        check("== yes ==> B", "Thick [None, Arrow] 1 Some(\"yes\") / B");
        check("-. maybe .-> B", "Dotted [None, Arrow] 1 Some(\"maybe\") / B");
        check("-->|\"a|b\"| B", "Solid [None, Arrow] 1 Some(\"a|b\") /  B");
        check("<-- both --> B", "Solid [Arrow, Arrow] 1 Some(\"both\") / B");
    }

    #[test]
    fn a_line_without_end_is_a_problem() {
        check("-- text B", "a line that does not end /  text B");
        check("-->|text B", "the label of a line without its closing `|` / text B");
    }
}
