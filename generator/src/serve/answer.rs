//! What a request gets: a file of the site in memory, with the reload script set into pages, or one of the server's own files.

use std::borrow::Cow;

use super::{Now, mime};
use crate::path::OutputPath;

/// Everything below is the server's own; no page of a book begins with two underscores.
const OWN: &str = "__cutaway/";
const RELOAD_JS: &str = include_str!("reload.js");
const REPORT_CSS: &str = include_str!("report.css");

/// A response.
pub(super) struct Answer<'a> {
    pub status: u16,
    pub mime: &'static str,
    pub body: Cow<'a, [u8]>,
    pub location: Option<String>,
}

impl<'a> Answer<'a> {
    fn new(status: u16, mime: &'static str, body: impl Into<Cow<'a, [u8]>>) -> Self {
        Self { status, mime, body: body.into(), location: None }
    }

    pub(super) fn text(status: u16, text: &'static str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", text.as_bytes())
    }
}

/// The answer to a request; `None` for the stream of events.
pub(super) fn answer<'a>(method: &str, url: &str, now: &'a Now) -> Option<Answer<'a>> {
    if !matches!(method, "GET" | "HEAD") {
        return Some(Answer::text(405, "there is nothing here but pages to read"));
    }
    let Some(path) = path(url) else {
        return Some(Answer::text(400, "this is no path of a book"));
    };
    match path.strip_prefix(OWN) {
        Some("events") => None,
        Some("reload.js") => Some(Answer::new(200, "text/javascript; charset=utf-8", RELOAD_JS.as_bytes())),
        Some("report.css") => Some(Answer::new(200, "text/css; charset=utf-8", REPORT_CSS.as_bytes())),
        Some(_) => Some(Answer::text(404, "the server has no such file of its own")),
        None => Some(file(&path, now)),
    }
}

/// The file's path in the site, without the leading slash. `None` if it could not be the path of any file.
fn path(url: &str) -> Option<String> {
    let written = url.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = decode(written)?;
    let strange = |step: &str| step == "." || step == ".." || step.contains(['\\', '\0']);
    (!path.split('/').any(strange)).then_some(path)
}

/// Undoes percent encoding. `None` if what comes out is not UTF-8, or a `%` stands alone.
fn decode(written: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(written.len());
    let mut rest = written.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digit = |it: u8| char::from(it).to_digit(16);
                let (high, low) = (digit(rest.next()?)?, digit(rest.next()?)?);
                u8::try_from(high * 16 + low).ok()?
            }
            _ => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

fn file<'a>(path: &str, now: &'a Now) -> Answer<'a> {
    let Some(site) = &now.site else {
        return nothing_yet(now);
    };
    let get = |path: &str| {
        let path = OutputPath::new(path).ok().filter(|it| it.as_str() == path)?;
        site.files.get(&path)
    };
    if path.is_empty() || path.ends_with('/') {
        let index = format!("{path}index.html");
        if let Some(bytes) = get(&index) {
            return page(200, bytes, now);
        }
    } else if let Some(bytes) = get(path) {
        return match mime::of(path) {
            mime::HTML => page(200, bytes, now),
            mime => Answer::new(200, mime, &**bytes),
        };
    } else if get(&format!("{path}/index.html")).is_some() {
        // Without the slash the page's relative links would miss; static hosts do the same.
        let steps: Vec<_> = path.split('/').map(crate::path::encode).collect();
        let location = Some(format!("/{}/", steps.join("/")));
        return Answer { location, ..Answer::text(301, "this is a folder") };
    }
    match get("404.html") {
        Some(bytes) => page(404, bytes, now),
        None => Answer::text(404, "the book has no such page"),
    }
}

/// A page with the script that reloads it. It is a file of the same origin: the page's policy allows nothing inline.
fn page<'a>(status: u16, bytes: &[u8], now: &Now) -> Answer<'a> {
    let script = format!(r#"<script type="module" src="/{OWN}reload.js?v={}"></script>"#, now.version);
    let head = bytes.windows(7).position(|it| it.eq_ignore_ascii_case(b"</head>")).unwrap_or(bytes.len());
    let mut page = Vec::with_capacity(bytes.len() + script.len());
    page.extend_from_slice(&bytes[..head]);
    page.extend_from_slice(script.as_bytes());
    page.extend_from_slice(&bytes[head..]);
    Answer::new(status, mime::HTML, page)
}

/// The page before there is any: readable without scripts, and gone as soon as the book builds.
fn nothing_yet<'a>(now: &Now) -> Answer<'a> {
    let (title, report) = match &now.report {
        Some(report) => ("This book does not build yet", &**report),
        None => ("This book is being built", ""),
    };
    let report = report.replace('&', "&amp;").replace('<', "&lt;");
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"/{OWN}report.css\">\n</head>\n\
         <body>\n<h1>{title}</h1>\n<noscript><pre>{report}</pre></noscript>\n</body>\n</html>\n"
    );
    page(503, html.as_bytes(), now)
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn a_path_cannot_lead_out() {
        let check = |url: &str, expected: Option<&str>| assert_eq!(path(url).as_deref(), expected, "{url}");
        check("/a/b.html?x=1#y", Some("a/b.html"));
        check("/", Some(""));
        check("/%C3%A4%20b", Some("ä b"));
        check("/../etc/passwd", None);
        check("/a/%2e%2E/%2e%2e/etc/passwd", None);
        check("/..%2fetc", None);
        check("/..%5cetc", None);
        check("/a%00", None);
        check("/%ff", None);
        check("/%", None);
        check("/%zz", None);
        check("http://elsewhere/", None);
        // Decoded once only: this is a file whose name has a percent sign.
        check("/%252e%252e/x", Some("%2e%2e/x"));
    }
}
