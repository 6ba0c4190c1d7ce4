//! A server for the author's own browser: what it shows is pushed into it, and it tells every open page.
//!
//! It knows nothing of the disk. All it can answer with is the site in memory, so there is nothing outside to be reached.

mod answer;
mod browser;
mod listen;
mod mime;
mod watch;

use std::io::{self, Write};
use std::net::TcpListener;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, SystemTime};

use tiny_http::{Header, Request, Response};

use crate::site::Site;
use answer::Answer;
pub use browser::open;
pub use listen::{LOCAL, listen};
pub use watch::Watch;

/// Threads that answer requests.
const WORKERS: usize = 4;
/// A browser that is silent this long is asked whether it is still there.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// A running server. It ends when it is dropped.
pub struct Server {
    http: Arc<tiny_http::Server>,
    shared: Arc<Shared>,
    url: String,
}

/// What the threads share.
struct Shared {
    hostname: String,
    loopback: bool,
    now: Mutex<Now>,
    changed: Condvar,
}

/// What there is to see.
#[derive(Clone, Default)]
struct Now {
    /// The last good site, if there was one.
    site: Option<Arc<Site>>,
    /// Names the site: an open page compares it with the one it was made from. Unlike any of an earlier server.
    version: String,
    /// Why the newest state of the book is not shown.
    report: Option<Arc<str>>,
    /// Counts all that happened.
    events: u64,
    /// The server is going away.
    closed: bool,
}

impl Server {
    /// Serves at the listener's address. Until the first [`Server::show`] every page says that the book is being built.
    ///
    /// # Errors
    /// If the operating system does not let it.
    pub fn start(listener: TcpListener, hostname: &str) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let url = listen::url(hostname, address);
        let http = tiny_http::Server::from_listener(listener, None).map_err(io::Error::other)?;
        let http = Arc::new(http);
        let now = Now { version: first_version(), ..Now::default() };
        let shared = Arc::new(Shared {
            hostname: hostname.to_owned(),
            loopback: address.ip().is_loopback(),
            now: Mutex::new(now),
            changed: Condvar::new(),
        });
        for _ in 0..WORKERS {
            let (http, shared) = (Arc::clone(&http), Arc::clone(&shared));
            thread::spawn(move || http.incoming_requests().for_each(|request| respond(&shared, request)));
        }
        Ok(Self { http, shared, url })
    }

    /// Where the book is: `http://127.0.0.1:3000/`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Whether there has been a good build.
    pub fn has_site(&self) -> bool {
        self.shared.lock().site.is_some()
    }

    /// Shows a site. Open pages reload, unless nothing has changed.
    pub fn show(&self, site: &Site) {
        self.shared.change(|now| {
            if now.site.as_deref() != Some(site) {
                now.site = Some(Arc::new(site.clone()));
                now.version = format!("{}-{}", first_version(), now.events);
            }
            now.report = None;
        });
    }

    /// Shows a report over the pages of the last good site.
    pub fn fail(&self, report: &str) {
        self.shared.change(|now| now.report = Some(report.into()));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.change(|now| now.closed = true);
        for _ in 0..WORKERS {
            self.http.unblock();
        }
    }
}

impl Shared {
    /// A thread that panicked cannot have left it half-changed: each change is one assignment after another of whole values.
    fn lock(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut Now)) {
        let mut now = self.lock();
        now.events += 1;
        change(&mut now);
        self.changed.notify_all();
    }
}

/// Unlike any version of a server before: pages that outlive a server notice the next one.
fn first_version() -> String {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    format!("{:x}", since.as_nanos())
}

fn respond(shared: &Arc<Shared>, request: Request) {
    let host = request.headers().iter().find(|it| it.field.equiv("Host")).map(|it| it.value.as_str());
    if shared.loopback && !listen::is_ours(host.unwrap_or_default(), &shared.hostname) {
        return send(request, &Answer::text(403, "this book is only served to this machine; see `--hostname`"));
    }
    let now = shared.lock().clone();
    match answer::answer(request.method().as_str(), request.url(), &now) {
        Some(answer) => send(request, &answer),
        None => {
            let shared = Arc::clone(shared);
            // A browser that has gone away is no news.
            thread::spawn(move || drop(stream(&shared, request)));
        }
    }
}

fn send(request: Request, answer: &Answer<'_>) {
    let headers = [("Content-Type", answer.mime), ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")];
    let mut response = Response::from_data(&*answer.body).with_status_code(answer.status);
    let location = answer.location.as_deref().map(|it| ("Location", it));
    for (name, value) in headers.into_iter().chain(location) {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    // A browser that has gone away is no news.
    let _ = request.respond(response);
}

/// Tells a page of every event, as server-sent events, for as long as it listens.
fn stream(shared: &Shared, request: Request) -> io::Result<()> {
    let mut page = request.into_writer();
    page.write_all(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\r\nretry: 500\n\n",
    )?;
    let mut told = None;
    loop {
        let now = shared.lock();
        let (now, _) = shared
            .changed
            .wait_timeout_while(now, HEARTBEAT, |now| !now.closed && told == Some(now.events))
            .unwrap_or_else(PoisonError::into_inner);
        if now.closed {
            return Ok(());
        }
        let message = if told == Some(now.events) {
            ":\n\n".to_owned()
        } else {
            format!("data: {}\n\n", serde_json::json!({ "version": now.version, "report": now.report.as_deref() }))
        };
        told = Some(now.events);
        drop(now);
        page.write_all(message.as_bytes())?;
        page.flush()?;
    }
}
