//! The server, asked over a real connection.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use cutaway::path::OutputPath;
use cutaway::serve::{self, Server};
use cutaway::site::Site;
use serde_json::Value;

use crate::program::{Book, Serving};

/// Nothing here takes longer, or it hangs.
const DEADLINE: Duration = Duration::from_secs(60);

/// A response: status, headers in lower case, body.
struct Got {
    status: u16,
    headers: String,
    body: Vec<u8>,
}

impl Got {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("UTF-8")
    }
}

fn connect(address: &str) -> TcpStream {
    let stream = TcpStream::connect(address).expect("somebody listens");
    stream.set_read_timeout(Some(DEADLINE)).expect("a deadline");
    stream
}

fn ask(address: &str, method: &str, path: &str, host: &str) -> Got {
    let mut stream = connect(address);
    write!(stream, "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("it listens");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("it answers");
    let end = answer.windows(4).position(|it| it == b"\r\n\r\n").expect("an end of the headers");
    let headers = String::from_utf8(answer[..end].to_vec()).expect("UTF-8").to_ascii_lowercase();
    let status = headers.split(' ').nth(1).and_then(|it| it.parse().ok()).expect("a status");
    Got { status, headers, body: answer[end + 4..].to_vec() }
}

fn get(address: &str, path: &str) -> Got {
    ask(address, "GET", path, address)
}

/// A listening page.
struct Events(BufReader<TcpStream>);

impl Events {
    fn of(address: &str) -> Self {
        let mut stream = connect(address);
        write!(stream, "GET /__cutaway/events HTTP/1.1\r\nHost: {address}\r\n\r\n").expect("it listens");
        Self(BufReader::new(stream))
    }

    /// The next event, waited for.
    fn next(&mut self) -> Value {
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).expect("an event before the deadline") > 0, "the stream ended");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).expect("JSON");
            }
        }
    }

    /// The next event that satisfies `wanted`; one save may be seen as several.
    fn until(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let event = self.next();
            if wanted(&event) {
                return event;
            }
        }
    }
}

const PAGE: &str = "<!doctype html><html><head><title>t</title></head><body>a page</body></html>";

fn site(files: &[(&str, &str)]) -> Site {
    let path = |path| OutputPath::new(path).expect("a path in the site");
    Site { files: files.iter().map(|(name, text)| (path(name), text.as_bytes().into())).collect() }
}

fn start() -> (Server, String) {
    let listener = serve::listen(serve::LOCAL, Some(0)).expect("a free port");
    let address = listener.local_addr().expect("an address").to_string();
    (Server::start(listener, serve::LOCAL).expect("it starts"), address)
}

/// A server with a small site.
fn served() -> (Server, String) {
    let (server, address) = start();
    server.show(&site(&[
        ("index.html", PAGE),
        ("a b/index.html", PAGE),
        ("404.html", "<html><head></head>no such page</html>"),
        ("demos/ring.0a1b.wasm", "\0asm"),
        ("demos/ring.0a1b.js", "export {}"),
        ("assets/style.css", "a{}"),
        ("plate.svg", "<svg/>"),
        ("notes.unknown", "?"),
    ]));
    (server, address)
}

#[test]
fn files_have_their_types_and_are_never_kept() {
    let (_server, address) = served();
    let check = |path: &str, mime: &str| {
        let got = get(&address, path);
        assert_eq!(got.status, 200, "{path}");
        assert!(got.headers.contains(&format!("content-type: {mime}\r\n")), "{path}: {}", got.headers);
        assert!(got.headers.contains("cache-control: no-store"), "{path}: {}", got.headers);
        assert!(got.headers.contains("x-content-type-options: nosniff"), "{path}: {}", got.headers);
    };
    check("/", "text/html; charset=utf-8");
    check("/index.html?x=1", "text/html; charset=utf-8");
    check("/demos/ring.0a1b.wasm", "application/wasm");
    check("/demos/ring.0a1b.js", "text/javascript; charset=utf-8");
    check("/assets/style.css", "text/css; charset=utf-8");
    check("/plate.svg", "image/svg+xml");
    check("/notes.unknown", "application/octet-stream");
    assert_eq!(get(&address, "/demos/ring.0a1b.wasm").body, b"\0asm");
}

#[test]
fn nothing_outside_the_site_is_served() {
    let (_server, address) = served();
    let paths = [
        "/../Cargo.toml",
        "/../../../../../../../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "/a%20b/../../etc/passwd",
        "/..%5c..%5cetc",
        "//etc/passwd",
        "/etc/passwd",
        "/%00",
        "/%ff",
        "/.cutaway",
        "/__cutaway/../index.html",
        "/__cutaway/passwd",
        "file:///etc/passwd",
    ];
    for path in paths {
        let got = get(&address, path);
        assert!(matches!(got.status, 400 | 404), "{path}: {}", got.status);
        assert!(!got.text().contains("root:"), "{path}");
    }
}

#[test]
fn an_unknown_path_gets_the_books_own_page() {
    let (_server, address) = served();
    let got = get(&address, "/nowhere/at/all");
    assert_eq!(got.status, 404);
    assert!(got.text().contains("no such page"));
    assert!(got.text().contains("/__cutaway/reload.js"));
}

#[test]
fn a_folder_gets_its_slash() {
    let (_server, address) = served();
    let got = get(&address, "/a%20b");
    assert_eq!(got.status, 301);
    assert!(got.headers.contains("location: /a%20b/\r\n"), "{}", got.headers);
    assert!(get(&address, "/a%20b/").text().contains("a page"));
}

#[test]
fn the_script_is_a_file_and_only_in_pages() {
    let (server, address) = served();
    let page = get(&address, "/").text().to_owned();
    let version = Events::of(&address).next()["version"].as_str().expect("a version").to_owned();
    let script = format!(r#"<script type="module" src="/__cutaway/reload.js?v={version}"></script></head>"#);
    assert_eq!(page, PAGE.replace("</head>", &script));
    assert_eq!(get(&address, "/plate.svg").text(), "<svg/>");
    assert_eq!(get(&address, &format!("/__cutaway/reload.js?v={version}")).status, 200);
    assert_eq!(get(&address, "/__cutaway/report.css").status, 200);
    assert_eq!(server.url(), format!("http://{address}/"));
}

#[test]
fn only_reading_is_possible() {
    let (_server, address) = served();
    assert_eq!(ask(&address, "POST", "/", &address).status, 405);
    assert_eq!(ask(&address, "DELETE", "/index.html", &address).status, 405);
    let head = ask(&address, "HEAD", "/", &address);
    assert_eq!((head.status, head.body.len()), (200, 0));
}

#[test]
fn another_name_for_this_machine_is_refused() {
    let (_server, address) = served();
    let port = address.rsplit(':').next().expect("a port");
    for host in ["evil.example", "evil.example:80", ""] {
        let got = ask(&address, "GET", "/", host);
        assert_eq!(got.status, 403, "{host}");
        assert!(!got.text().contains("a page"), "{host}");
    }
    assert_eq!(ask(&address, "GET", "/", &format!("localhost:{port}")).status, 200);
}

#[test]
fn pages_hear_of_what_happens() {
    let (server, address) = served();
    let mut events = Events::of(&address);
    let first = events.next();
    assert_eq!(first["report"], Value::Null);

    server.fail("error: <b>no</b>");
    let failed = events.next();
    assert_eq!((&failed["version"], &failed["report"]), (&first["version"], &Value::from("error: <b>no</b>")));
    assert!(get(&address, "/").text().contains("a page"), "the last good site stays");

    // Mended by taking the edit back: nothing to reload.
    server.show(&site(&[("index.html", PAGE)]));
    let changed = events.next();
    assert_ne!(changed["version"], first["version"]);
    server.fail("error");
    events.next();
    server.show(&site(&[("index.html", PAGE)]));
    assert_eq!(events.next(), changed);
}

#[test]
fn before_the_first_good_build_there_is_the_report() {
    let (server, address) = start();
    let got = get(&address, "/any/page.html");
    assert_eq!(got.status, 503);
    assert!(got.text().contains("This book is being built"));
    server.fail("error: `a < b` & c");
    let got = get(&address, "/");
    assert!(got.text().contains("This book does not build yet"));
    assert!(got.text().contains("error: `a &lt; b` &amp; c"));
    assert!(got.text().contains("/__cutaway/reload.js"));
}

#[test]
fn a_dropped_server_lets_go_of_its_port() {
    let (server, address) = served();
    assert_eq!(get(&address, "/").status, 200);
    drop(server);
    let end = Instant::now() + DEADLINE;
    while TcpStream::connect(&address).is_ok() {
        assert!(Instant::now() < end, "it still listens");
        std::thread::yield_now();
    }
}

#[test]
fn an_edit_is_seen_at_once() {
    let book = Book::new();
    let serving = Serving::start(&book, &["--no-demos"]);
    let address = &serving.address;
    assert!(get(address, "/next.html").text().contains("The end."));
    let mut events = Events::of(address);
    let first = events.next();

    book.write("content/next.md", "# Next\n\nThe new end.\n");
    let second = events.until(|event| event["version"] != first["version"]);
    assert_eq!(second["report"], Value::Null);
    assert!(get(address, "/next.html").text().contains("The new end."));

    // A mistake: the report comes, the page stays.
    book.write("content/next.md", "# Next\n\nSee [this](missing.md).\n");
    let failed = events.until(|event| event["report"] != Value::Null);
    assert!(failed["report"].as_str().is_some_and(|it| it.contains("`missing.md`")), "{failed}");
    assert_eq!(failed["version"], second["version"]);
    assert!(get(address, "/next.html").text().contains("The new end."));

    // A page in a folder that did not exist, to which the mistake pointed.
    book.write("content/next.md", "# Next\n\nSee [this](more/deep.md).\n");
    book.write("content/more/deep.md", "# Deep\n\nDown here.\n");
    events.until(|event| event["report"] == Value::Null && event["version"] != second["version"]);
    assert!(get(address, "/next.html").text().contains("more/deep.html"));

    assert!(!book.join("site").exists(), "reading what one writes replaces no built site");
}

#[test]
fn with_a_destination_every_good_version_is_written() {
    let book = Book::new();
    let serving = Serving::start(&book, &["--no-demos", "-d", "out"]);
    let mut events = Events::of(&serving.address);
    let first = events.next();
    book.write("content/next.md", "# Next\n\nThe new end.\n");
    let second = events.until(|event| event["version"] != first["version"]);
    // The next event comes after the last one was written.
    book.write("content/index.md", "# Small\n\nAnother start.\n");
    events.until(|event| event["version"] != second["version"]);
    assert!(book.read("out/next.html").contains("The new end."));
}
