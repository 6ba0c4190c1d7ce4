//! Where a written link leads: a page or file of the book, a place in it, another site; or a complaint.

use std::ops::Range;

use crate::book::Target;
use crate::config::Policy;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::parse::url::scheme;
use crate::path::{Anchor, OutputPath, SourcePath};
use crate::resolve::page::Ctx;
use crate::resolve::summary::outside;

/// What became of a link.
#[derive(Clone, Debug)]
pub enum Resolution {
    /// It leads somewhere.
    Target(Target),
    /// It leads to a page that is not published, and is shown as text.
    Draft,
    /// It was reported.
    Broken,
}

/// Resolves `written`, which stands at `range` of the page.
pub fn resolve(ctx: &mut Ctx<'_>, written: &str, range: &Range<usize>) -> Resolution {
    if let Some(scheme) = scheme(written) {
        return external(ctx, written, &scheme, range);
    }
    let (path, query, fragment) = split(written);
    if path.is_empty() && query.is_empty() {
        return match fragment {
            Some(fragment) => here(ctx, written, fragment, range),
            None => broken(ctx, Code::BrokenLink, range, written, "link without a target", "nothing stands here"),
        };
    }
    let Some(decoded) = decode(path) else {
        return broken(ctx, Code::BrokenLink, range, written, &format!("link to `{written}`, which is not UTF-8"), "");
    };
    let target = if decoded.is_empty() { Ok(ctx.path().clone()) } else { ctx.path().join(&decoded) };
    match target {
        Ok(target) => file(ctx, written, &target, query, fragment, range),
        Err(why) => broken(
            ctx,
            Code::OutsideBook,
            range,
            written,
            &format!("link to {}", outside(written, why)),
            "outside the book",
        ),
    }
}

/// A place in another page, or another file.
fn file(
    ctx: &mut Ctx<'_>,
    written: &str,
    target: &SourcePath,
    query: &str,
    fragment: Option<&str>,
    range: &Range<usize>,
) -> Resolution {
    if let Some(file) = ctx.index.files.get(target) {
        let anchor = fragment.map(|it| Anchor(decode(it).unwrap_or_else(|| it.to_string())));
        return Resolution::Target(Target::File { file: file.output.clone(), query: query.to_string(), anchor });
    }
    let Some(path) = ctx.index.page_at(target) else {
        return unknown_file(ctx, written, target, range);
    };
    let entry = &ctx.index.pages[&path];
    if entry.draft {
        let diagnostic = Diagnostic::at(Code::LinkToDraft, ctx.find(written, range), format!("link to draft `{path}`"))
            .label("this page is not published; the link is shown as text");
        ctx.found.push(diagnostic);
        return Resolution::Draft;
    }
    let file = entry.output.clone();
    let anchor = match fragment.filter(|it| !it.is_empty()) {
        Some(fragment) => match anchor(ctx, written, fragment, &path, range) {
            Some(anchor) => Some(anchor),
            None => return Resolution::Broken,
        },
        None => None,
    };
    // The top of a page needs no fragment.
    let anchor = anchor.filter(|anchor| !anchor.0.is_empty());
    Resolution::Target(Target::File { file, query: query.to_string(), anchor })
}

/// A place in this page.
fn here(ctx: &mut Ctx<'_>, written: &str, fragment: &str, range: &Range<usize>) -> Resolution {
    if fragment.is_empty() {
        return Resolution::Target(Target::Here(Anchor(String::new())));
    }
    let path = ctx.path().clone();
    match anchor(ctx, written, fragment, &path, range) {
        Some(anchor) => Resolution::Target(Target::Here(anchor)),
        None => Resolution::Broken,
    }
}

/// The anchor that a fragment names, if the page has it.
fn anchor(ctx: &mut Ctx<'_>, written: &str, fragment: &str, page: &SourcePath, range: &Range<usize>) -> Option<Anchor> {
    // A fragment may carry the state of a figure: `#ring?preset=add-a-server`.
    let (name, state) = match fragment.split_once('?') {
        Some((name, _)) => (name, &fragment[name.len()..]),
        None => (fragment, ""),
    };
    let name = decode(name).unwrap_or_else(|| name.to_string());
    let entry = ctx.index.pages.get(page)?;
    if entry.title.as_ref().is_some_and(|title| title.0 == name) {
        return Some(Anchor(String::new()));
    }
    let anchors = &entry.anchors;
    if anchors.binary_search_by(|it| it.0.as_str().cmp(&name)).is_ok() {
        return Some(Anchor(name + state));
    }
    let near =
        ctx.guess().then(|| nearest(&name, anchors.iter().map(|it| it.0.as_str())).map(str::to_string)).flatten();
    let place = if page == ctx.path() { "this page".to_string() } else { format!("`{page}`") };
    let mut diagnostic = Diagnostic::at(
        Code::BrokenAnchor,
        ctx.find(written, range),
        format!("link to unknown anchor `#{name}` of {place}"),
    )
    .label("no heading, figure or equation has this id");
    if let Some(near) = near {
        diagnostic = diagnostic.hint(format!("did you mean `#{near}`?"));
    }
    ctx.found.push(diagnostic);
    None
}

fn unknown_file(ctx: &mut Ctx<'_>, written: &str, target: &SourcePath, range: &Range<usize>) -> Resolution {
    let place = ctx.find(written, range);
    if let Some(inside) = first_page_in(target, ctx.index.pages.keys()) {
        let diagnostic = Diagnostic::at(
            Code::BrokenLink,
            place,
            format!("link to folder `{written}`, which has no page of its own"),
        )
        .label(format!("there is no `content/{target}/index.md`"))
        .hint(format!("write that page, or link to another, such as `{}`", relative(ctx.path(), inside)));
        ctx.found.push(diagnostic);
        return Resolution::Broken;
    }
    let mut diagnostic = Diagnostic::at(Code::BrokenLink, place, format!("link to unknown file `{written}`"))
        .label(format!("there is no `content/{target}`"));
    if let Some(near) = suggestion(ctx, target) {
        diagnostic = diagnostic.hint(format!("did you mean `{near}`?"));
    }
    ctx.found.push(diagnostic);
    Resolution::Broken
}

/// The first page below a folder, if `path` is one.
pub fn first_page_in<'a>(path: &SourcePath, mut pages: impl Iterator<Item = &'a SourcePath>) -> Option<&'a SourcePath> {
    let inside =
        |page: &&SourcePath| page.as_str().strip_prefix(path.as_str()).is_some_and(|rest| rest.starts_with('/'));
    pages.find(inside)
}

/// What the author may have meant, as it would be written in this page.
fn suggestion(ctx: &mut Ctx<'_>, target: &SourcePath) -> Option<String> {
    if !ctx.guess() {
        return None;
    }
    let stem = target.as_str().strip_suffix(".html").unwrap_or(target.as_str());
    let source = [format!("{stem}.md"), format!("{stem}/index.md"), format!("{stem}/README.md")];
    let exact = source.iter().filter_map(|it| SourcePath::new(it).ok()).find(|it| ctx.index.pages.contains_key(it));
    let near = exact.or_else(|| nearest_path(target, ctx.index.pages.keys().chain(ctx.index.files.keys())).cloned())?;
    Some(relative(ctx.path(), &near))
}

/// The path most like `path`: one with a slip of the pen, else the only file of that name.
pub fn nearest_path<'a>(
    path: &SourcePath,
    all: impl Iterator<Item = &'a SourcePath> + Clone,
) -> Option<&'a SourcePath> {
    if let Some(near) = nearest(path.as_str(), all.clone().map(SourcePath::as_str)) {
        return all.into_iter().find(|it| it.as_str() == near);
    }
    let mut same_name = all.filter(|it| it.file_name().eq_ignore_ascii_case(path.file_name()));
    same_name.next().filter(|_| same_name.next().is_none())
}

/// The link from one file of `content/` to another: `../b/c.md`.
pub fn relative(from: &SourcePath, to: &SourcePath) -> String {
    let here: Vec<&str> = from.folder().split('/').filter(|it| !it.is_empty()).collect();
    let there: Vec<&str> = to.as_str().split('/').collect();
    let n_shared = here.iter().zip(&there[..there.len() - 1]).take_while(|(a, b)| a == b).count();
    "../".repeat(here.len() - n_shared) + &there[n_shared..].join("/")
}

fn external(ctx: &mut Ctx<'_>, written: &str, scheme: &str, range: &Range<usize>) -> Resolution {
    let allowed = matches!(scheme, "http" | "https" | "mailto" | "tel");
    if allowed {
        return Resolution::Target(Target::External(written.to_string()));
    }
    if scheme.len() == 1 || scheme == "file" {
        return broken(
            ctx,
            Code::OutsideBook,
            range,
            written,
            &format!("link to `{written}` is an absolute path"),
            "outside the book",
        );
    }
    if ctx.index.config.raw_html == Policy::Allow {
        return Resolution::Target(Target::External(written.to_string()));
    }
    let diagnostic =
        Diagnostic::at(Code::UnsafeHtml, ctx.find(written, range), format!("link with the scheme `{scheme}:`"))
            .label("links may be `http:`, `https:`, `mailto:`, `tel:` or files of the book")
            .hint("`raw = \"allow\"` under `[html]` in `book.toml` lets every link through");
    ctx.found.push(diagnostic);
    Resolution::Broken
}

fn broken(
    ctx: &mut Ctx<'_>,
    code: Code,
    range: &Range<usize>,
    written: &str,
    message: &str,
    label: &str,
) -> Resolution {
    let mut diagnostic = Diagnostic::at(code, ctx.find(written, range), message).label(label);
    if code == Code::OutsideBook {
        diagnostic = diagnostic.hint("link to a file below `content/`, by a path relative to this page");
    }
    ctx.found.push(diagnostic);
    Resolution::Broken
}

/// The pages that a folder may have, the better one first.
pub fn folder_pages(folder: &SourcePath) -> Vec<SourcePath> {
    let inside = |name| {
        let path = if folder.as_str().is_empty() { String::from(name) } else { format!("{folder}/{name}") };
        SourcePath::new(&path)
    };
    [inside("index.md"), inside("README.md")].into_iter().flatten().collect()
}

/// The path of a link that names a file: decoded, without query and fragment. `None` for other sites.
pub fn local_path(written: &str) -> Option<String> {
    let (path, _, _) = split(written);
    if scheme(written).is_some() || path.is_empty() {
        return None;
    }
    decode(path)
}

/// The file of the site that a finished page means by a relative URL without query and fragment.
pub fn relative_output(from: &OutputPath, url: &str) -> Option<OutputPath> {
    let path = decode(url)?;
    let folder = from.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
    // A folder's page is `index.html`.
    let name = if path.ends_with('/') || path == "." || path == ".." { format!("{path}/index.html") } else { path };
    let whole = if folder.is_empty() { name } else { format!("{folder}/{name}") };
    OutputPath::new(&whole).ok()
}

/// Path, query with its `?`, fragment without its `#`.
fn split(written: &str) -> (&str, &str, Option<&str>) {
    let (rest, fragment) = match written.split_once('#') {
        Some((rest, fragment)) => (rest, Some(fragment)),
        None => (written, None),
    };
    let (path, query) = rest.split_at(rest.find('?').unwrap_or(rest.len()));
    (path, query, fragment)
}

/// Undoes percent-encoding; `None` if the result is not UTF-8. A `%` that begins no code stands for itself.
pub fn decode(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.to_string());
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = bytes.get(at + 1..at + 3).and_then(|code| std::str::from_utf8(code).ok());
        // `from_str_radix` would also take a sign.
        let code = code.filter(|code| code.bytes().all(|it| it.is_ascii_hexdigit()));
        match (byte, code.and_then(|code| u8::from_str_radix(code, 16).ok())) {
            (b'%', Some(value)) => {
                out.push(value);
                at += 3;
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::{decode, relative, split};
    use crate::path::SourcePath;

    #[test]
    fn percent_codes_are_undone() {
        assert_eq!(decode("a%20b%C3%A9").as_deref(), Some("a b\u{e9}"));
        assert_eq!(decode("100%").as_deref(), Some("100%"));
        assert_eq!(decode("%+1").as_deref(), Some("%+1"));
        assert_eq!(decode("%ff"), None);
    }

    #[test]
    fn links_are_split() {
        assert_eq!(split("a.md?x=1#b"), ("a.md", "?x=1", Some("b")));
        assert_eq!(split("#b?c"), ("", "", Some("b?c")));
        assert_eq!(split(""), ("", "", None));
    }

    #[test]
    fn suggestions_are_written_as_from_the_page() {
        let path = |it| SourcePath::new(it).expect("a path in the book");
        assert_eq!(relative(&path("a/b.md"), &path("a/c/d.md")), "c/d.md");
        assert_eq!(relative(&path("a/b.md"), &path("c.md")), "../c.md");
    }
}
