//! A server for the author's own browser: what it shows is pushed into it, and it tells every open page.
//!
//! It knows nothing of the disk. All it can answer with is the site in memory, so there is nothing outside to be reached.

mod answer;
mod browser;
mod http;
mod listen;
mod mime;
mod watch;

use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, SystemTime};

use crate::site::Site;
use answer::Answer;
pub use browser::open;
use http::{Head, NoRequest};
pub use listen::{LOCAL, listen};
pub use watch::Watch;

/// Connections at one time, each with a thread; a browser opens six, and one for every page that listens.
const CONNECTIONS: usize = 256;
/// A browser that is silent this long is asked whether it is still there.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// A running server. It ends when it is dropped.
pub struct Server {
    shared: Arc<Shared>,
    url: String,
    /// Where a connection wakes the thread that waits for one.
    address: SocketAddr,
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
        let now = Now { version: first_version(), ..Now::default() };
        let shared = Arc::new(Shared {
            hostname: hostname.to_owned(),
            loopback: address.ip().is_loopback(),
            now: Mutex::new(now),
            changed: Condvar::new(),
        });
        let for_accept = Arc::clone(&shared);
        thread::spawn(move || accept(&listener, &for_accept));
        Ok(Self { shared, url, address: wakeable(address) })
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
        // If nobody waits there any more, it has ended already.
        let _ = TcpStream::connect_timeout(&self.address, Duration::from_secs(1));
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

/// The address at which this machine reaches a listener, which may listen at all of them.
fn wakeable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

/// Unlike any version of a server before: pages that outlive a server notice the next one.
fn first_version() -> String {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    format!("{:x}", since.as_nanos())
}

/// Takes connections until the server goes away.
fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.lock().closed {
            return;
        }
        let Ok(stream) = stream else {
            // Too many files are open: some will be closed.
            thread::sleep(Duration::from_millis(50));
            continue;
        };
        if Arc::strong_count(shared) > CONNECTIONS {
            continue;
        }
        let shared = Arc::clone(shared);
        // A browser that has gone away is no news.
        thread::spawn(move || drop(respond(&shared, stream)));
    }
}

fn respond(shared: &Shared, mut stream: TcpStream) -> io::Result<()> {
    let request = match http::read(&mut stream) {
        Ok(request) => request,
        Err(NoRequest::Gone) => return Ok(()),
        Err(NoRequest::Malformed) => return send(stream, &Answer::text(400, "this is no request of a browser"), true),
        Err(NoRequest::TooLong) => return send(stream, &Answer::text(431, "this request is too long"), true),
    };
    let body = request.method != "HEAD";
    if shared.loopback && !listen::is_ours(&request.host, &shared.hostname) {
        let refusal = Answer::text(403, "this book is only served to this machine; see `--hostname`");
        return send(stream, &refusal, body);
    }
    let now = shared.lock().clone();
    match answer::answer(&request.method, &request.target, &now) {
        Some(answer) => send(stream, &answer, body),
        None => tell(shared, stream),
    }
}

fn send(mut stream: TcpStream, answer: &Answer<'_>, body: bool) -> io::Result<()> {
    let location = answer.location.as_deref();
    let head = Head { status: answer.status, mime: answer.mime, location, length: Some(answer.body.len()) };
    http::write_head(&mut stream, &head)?;
    if body {
        stream.write_all(&answer.body)?;
    }
    http::finish(stream)
}

/// Tells a page of every event, as server-sent events, for as long as it listens.
fn tell(shared: &Shared, mut page: TcpStream) -> io::Result<()> {
    http::write_head(&mut page, &Head { status: 200, mime: "text/event-stream", location: None, length: None })?;
    page.write_all(b"retry: 500\n\n")?;
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
