//! Requests to a running server, over a real connection: as a browser sends them, and as nobody should.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use cutaway::path::OutputPath;
use cutaway::serve::{self, Server};
use cutaway::site::Site;

use super::choices::Choices;

/// Nothing here takes longer, or it hangs.
const DEADLINE: Duration = Duration::from_secs(20);

const SITE: &[(&str, &str)] = &[
    ("index.html", "<html><head></head>the home page</html>"),
    ("a b/index.html", "<html><head></head>a folder's page</html>"),
    ("404.html", "<html><head></head>no such page</html>"),
    ("\u{e9}.svg", "<svg/>"),
    ("assets/style.css", "a{}"),
];

/// What every answer of the server with a body holds one of.
const BODIES: &[&str] = &[
    "the home page",
    "a folder's page",
    "no such page",
    "<svg/>",
    "a{}",
    "there is nothing here but pages to read",
    "this is no request of a browser",
    "this request is too long",
    "this is no path of a book",
    "the server has no such file of its own",
    "this is a folder",
    "this book is only served to this machine",
    // Its own two files.
    "EventSource",
    "font",
    "data: {\"",
];

/// A request, line by line. Bytes are written as the characters of the same numbers.
pub fn request(choices: &mut Choices<'_>) -> String {
    let method = choices.of(&["GET", "GET", "GET", "HEAD", "POST", "OPTIONS", "get", "", "\u{e9}", "G ET"]);
    let path = path(choices);
    let version = choices.of(&["HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/9.9", "", "http/1.1"]);
    let host = choices.of(&["127.0.0.1", "localhost:3000", "[::1]:80", "evil.example", "", "127.0.0.1.evil", "\u{ff}"]);
    let more = choices.several(3, |it| {
        format!(
            "{}\r\n",
            it.of(&[
                "Connection: close",
                "Content-Length: 5",
                "Content-Length: -1",
                "Transfer-Encoding: chunked",
                "Expect: 100-continue",
                "Range: bytes=0-99999999999",
                "Accept-Encoding: gzip",
                "Host: other",
                "X: \u{0}",
                "nothing",
                ": x",
                " folded",
                "Upgrade: websocket",
                "If-Modified-Since: x",
                "Content-Length: 99999999999999999999",
                "TE: trailers, gzip;q=x",
            ])
        )
    });
    let text = format!("{method} {path} {version}\r\nHost: {host}\r\n{more}\r\n");
    choices.glitched(text)
}

fn path(choices: &mut Choices<'_>) -> String {
    let mut path = choices.of(&["/", "/", "/", "", "//", "http://x/", "*", "/a%20b", "/__cutaway/"]).to_owned();
    path.push_str(&choices.several(6, |it| {
        let step = match it.below(8) {
            0 => it
                .of(&["index.html", "a b", "assets", "style.css", "%C3%A9.svg", "\u{c3}\u{a9}.svg", "404.html"])
                .to_owned(),
            1 => it
                .of(&["..", ".", "%2e%2e", "%2E.", "..%2f..", "..%5c", "%252e%252e", ".%00.", "..;", "...."])
                .to_owned(),
            2 => it
                .of(&[
                    "etc",
                    "passwd",
                    "reload.js",
                    "report.css",
                    "Cargo.toml",
                    "proc/self/environ",
                    "C:",
                    "\\",
                    "~root",
                ])
                .to_owned(),
            3 => format!("%{:02x}", it.below(256)),
            4 => it.of(&["%", "%2", "%zz", "?x", "#y", "%c0%ae%c0%ae", "%u002e", "\u{ff}", "%F0%9F%A6%80"]).to_owned(),
            5 => it.soup(2).replace(['\r', '\n'], ""),
            _ => "a".to_owned(),
        };
        format!("{step}{}", it.of(&["/", "", "%2f", "//", "%5c"]))
    }));
    // Open ends are few: each keeps a thread of the server until its heartbeat.
    if choices.one_in(300) { "/__cutaway/events".to_owned() } else { path.replace("events", "event") }
}

/// How often a thread without a name has panicked: tests have names, the server's threads do not.
static PANICS: AtomicUsize = AtomicUsize::new(0);

/// A server and what is asked of it.
pub struct Client {
    _server: Server,
    address: String,
}

impl Client {
    /// Starts a server.
    pub fn new() -> Self {
        static COUNT: Once = Once::new();
        COUNT.call_once(|| {
            let before = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |info| {
                if std::thread::current().name().is_none() {
                    PANICS.fetch_add(1, Ordering::SeqCst);
                }
                before(info);
            }));
        });
        let listener = serve::listen(serve::LOCAL, Some(0)).expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let server = Server::start(listener, serve::LOCAL).expect("it starts");
        let file = |(name, text): &(&str, &str)| (OutputPath::new(name).expect("a path"), text.as_bytes().into());
        server.show(&Site { files: SITE.iter().map(file).collect() });
        Self { _server: server, address }
    }

    /// Asks, and complains of an answer that is none of ours, of a hang, and of a panic.
    pub fn ask(&self, text: &str) -> Result<(), String> {
        let before = PANICS.load(Ordering::SeqCst);
        let bytes: Vec<u8> = text.chars().flat_map(byte).collect();
        let answer = self.exchange(&bytes)?;
        if PANICS.load(Ordering::SeqCst) != before {
            return Err("a thread of the server panicked".into());
        }
        let answer = String::from_utf8_lossy(&answer);
        if answer.is_empty() {
            return Ok(());
        }
        let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(|| format!("half an answer: {answer:?}"))?;
        // A HEAD has no body.
        let known = body.is_empty() || BODIES.iter().any(|it| body.contains(it));
        let status = head.strip_prefix("HTTP/1.1 ").and_then(|it| it.split(' ').next()).unwrap_or_default();
        let is_status = matches!(status, "200" | "301" | "400" | "403" | "404" | "405" | "431");
        if known && is_status && !head.contains("\n\n") {
            Ok(())
        } else {
            Err(format!("an answer that is none of ours: {answer:?}"))
        }
    }

    /// Sends the bytes, says that this is all, and reads to the end of the answer or to the first event of a stream.
    fn exchange(&self, bytes: &[u8]) -> Result<Vec<u8>, String> {
        let mut stream = loop {
            match TcpStream::connect(&self.address) {
                Ok(stream) => break stream,
                // All ports are in use by connections that have just ended.
                Err(error) if error.kind() == ErrorKind::AddrNotAvailable => {
                    std::thread::sleep(Duration::from_millis(50))
                }
                Err(error) => return Err(format!("nobody listens any more: {error}")),
            }
        };
        let ready = stream.set_read_timeout(Some(DEADLINE)).and_then(|()| stream.write_all(bytes));
        // A server that has seen enough may close first.
        if ready.and_then(|()| stream.shutdown(Shutdown::Write)).is_err() {
            return Ok(Vec::new());
        }
        let mut answer = Vec::new();
        let mut piece = [0; 4096];
        loop {
            match stream.read(&mut piece) {
                Ok(0) => return Ok(answer),
                Ok(n_bytes) => answer.extend_from_slice(&piece[..n_bytes]),
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                    return Err(format!(
                        "no end of the answer within {DEADLINE:?}: {:?}",
                        String::from_utf8_lossy(&answer)
                    ));
                }
                Err(_) => return Ok(answer),
            }
            if answer.windows(8).any(|it| it == b"\ndata: {") {
                return Ok(answer);
            }
        }
    }
}

/// The byte of the same number; a character beyond stands for its UTF-8.
fn byte(c: char) -> Vec<u8> {
    match u8::try_from(u32::from(c)) {
        Ok(byte) => vec![byte],
        Err(_) => c.to_string().into_bytes(),
    }
}
