//! As much of HTTP/1.1 as a reader of pages needs: one request a connection, without a body, and its response.
//!
//! Anyone on this machine may connect, so everything is bounded: the head of a request, the time it takes, and the
//! connections at one time. What a request announces is never believed, least of all a length.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

/// Longest request line with headers, in bytes.
const HEAD: usize = 16 * 1024;
/// Time for a request to arrive, and for a piece of a response to be taken.
const PATIENCE: Duration = Duration::from_secs(10);
/// What is read of a body that nobody wants, in bytes, so that its sender hears the answer.
const BODY: u64 = 1 << 20;

/// What was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Request {
    pub method: String,
    /// Path and query as written.
    pub target: String,
    /// Empty without one.
    pub host: String,
}

/// Why there is no request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoRequest {
    /// The client went away, or was too slow.
    Gone,
    /// What came is no request.
    Malformed,
    /// Its head is longer than anyone's.
    TooLong,
}

/// A response without its body.
#[derive(Clone, Debug)]
pub(super) struct Head<'a> {
    pub status: u16,
    pub mime: &'a str,
    pub location: Option<&'a str>,
    /// `None` if the body lasts until the connection ends.
    pub length: Option<usize>,
}

/// Reads a request.
pub(super) fn read(stream: &mut TcpStream) -> Result<Request, NoRequest> {
    let end = Instant::now() + PATIENCE;
    let mut head = Vec::new();
    let mut piece = [0; 2048];
    loop {
        let left = end.checked_duration_since(Instant::now()).filter(|it| !it.is_zero()).ok_or(NoRequest::Gone)?;
        stream.set_read_timeout(Some(left)).map_err(|_| NoRequest::Gone)?;
        let n_bytes = match stream.read(&mut piece) {
            Ok(0) => return Err(if head.is_empty() { NoRequest::Gone } else { NoRequest::Malformed }),
            Ok(n_bytes) => n_bytes,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(_) => return Err(NoRequest::Gone),
        };
        // The end may lie across two pieces.
        let seen = head.len().saturating_sub(3);
        head.extend_from_slice(&piece[..n_bytes]);
        if let Some(at) = head[seen..].windows(4).position(|it| it == b"\r\n\r\n") {
            head.truncate(seen + at);
            return parse(&head).ok_or(NoRequest::Malformed);
        }
        if head.len() > HEAD {
            return Err(NoRequest::TooLong);
        }
    }
}

fn parse(head: &[u8]) -> Option<Request> {
    let text = std::str::from_utf8(head).ok()?;
    let mut lines = text.split("\r\n");
    let mut words = lines.next()?.split(' ');
    let (method, target, version) = (words.next()?, words.next()?, words.next()?);
    let is_token = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_graphic());
    if words.next().is_some() || !matches!(version, "HTTP/1.1" | "HTTP/1.0") || !is_token(method) || target.is_empty() {
        return None;
    }
    let mut host: Option<&str> = None;
    for line in lines {
        let (name, value) = line.split_once(':').filter(|(name, _)| is_token(name))?;
        // Two of them could mean one thing here and another elsewhere.
        if name.eq_ignore_ascii_case("host") && host.replace(value.trim()).is_some() {
            return None;
        }
    }
    let host = host.unwrap_or_default().to_owned();
    Some(Request { method: method.to_owned(), target: target.to_owned(), host })
}

/// Writes the head of a response.
pub(super) fn write_head(stream: &mut TcpStream, head: &Head<'_>) -> io::Result<()> {
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut text = format!(
        "HTTP/1.1 {} {}\r\nContent-Type: {}\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n",
        head.status,
        reason(head.status),
        head.mime,
    );
    if let Some(length) = head.length {
        text.push_str(&format!("Content-Length: {length}\r\n"));
    }
    if let Some(location) = head.location {
        text.push_str(&format!("Location: {location}\r\n"));
    }
    text.push_str("Connection: close\r\n\r\n");
    stream.write_all(text.as_bytes())
}

/// Ends a connection so that the client reads what was written: closed with a body unread, the system would take the
/// response back.
pub(super) fn finish(stream: TcpStream) -> io::Result<()> {
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(Duration::from_secs(1)))?;
    io::copy(&mut (&stream).take(BODY), &mut io::sink())?;
    Ok(())
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::{Request, parse};

    #[test]
    fn a_request_is_three_words_and_headers() {
        let request =
            |target: &str, host: &str| Some(Request { method: "GET".into(), target: target.into(), host: host.into() });
        let check = |head: &str, expected: Option<Request>| assert_eq!(parse(head.as_bytes()), expected, "{head}");
        check("GET /a?b HTTP/1.1\r\nHOST:  x:1 \r\nA: b", request("/a?b", "x:1"));
        check("GET / HTTP/1.0", request("/", ""));
        check("GET / HTTP/1.1\r\nContent-Length: 99999999999999\r\nHost: x", request("/", "x"));
        check("GET / HTTP/1.1\r\nHost: x\r\nhost: y", None);
        check("GET / HTTP/2\r\nHost: x", None);
        check("GET  / HTTP/1.1", None);
        check("GET /a b HTTP/1.1", None);
        check("GET / HTTP/1.1\r\nno header", None);
        check("GET / HTTP/1.1\r\n folded: x", None);
        check("", None);
    }
}
