//! At which address the server listens, what it is called, and whose requests it answers.

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};

/// The address of this machine to itself.
pub const LOCAL: &str = "127.0.0.1";
/// The port that is tried first.
const PORT: u16 = 3000;
/// Ports that are tried after it, before any free one will do.
const NEXT: u16 = 20;

/// Listens at `hostname`: at `port` or nowhere, or without one at 3000 or the next free one.
///
/// # Errors
/// A sentence that says what to do.
pub fn listen(hostname: &str, port: Option<u16>) -> Result<TcpListener, String> {
    let bind = |port| TcpListener::bind((hostname, port));
    if let Some(port) = port {
        return bind(port).map_err(|error| match error.kind() {
            io::ErrorKind::AddrInUse => {
                format!("port {port} is taken: choose another with `--port`, or leave it out to get a free one")
            }
            io::ErrorKind::PermissionDenied => {
                format!("port {port} needs special rights: choose one above 1023 with `--port`")
            }
            _ => format!("cannot listen at {hostname}:{port}: {error}"),
        });
    }
    for port in PORT..=PORT + NEXT {
        match bind(port) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            result => return result.map_err(|error| format!("cannot listen at {hostname}:{port}: {error}")),
        }
    }
    bind(0).map_err(|error| format!("cannot listen at {hostname}: {error}"))
}

/// The URL to visit from this machine.
pub(super) fn url(hostname: &str, address: SocketAddr) -> String {
    let port = address.port();
    match (hostname.parse::<IpAddr>(), address.ip()) {
        // Listening everywhere is no address to visit.
        (Ok(ip), _) if ip.is_unspecified() => format!("http://localhost:{port}/"),
        (Ok(IpAddr::V6(ip)), _) => format!("http://[{ip}]:{port}/"),
        _ => format!("http://{hostname}:{port}/"),
    }
}

/// Whether a request with this `Host` was meant for us. Another name that leads to this machine is how a page from
/// elsewhere would read a book that is not published yet (DNS rebinding).
pub(super) fn is_ours(host: &str, hostname: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|it| it.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    let loopback = name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    loopback || name.eq_ignore_ascii_case("localhost") || name.eq_ignore_ascii_case(hostname)
}

#[cfg(test)]
mod tests {
    use super::{is_ours, url};

    #[test]
    fn urls_can_be_visited() {
        let check = |hostname: &str, address: &str, expected: &str| {
            assert_eq!(url(hostname, address.parse().expect("an address")), expected);
        };
        check("127.0.0.1", "127.0.0.1:3000", "http://127.0.0.1:3000/");
        check("0.0.0.0", "0.0.0.0:3001", "http://localhost:3001/");
        check("::1", "[::1]:3000", "http://[::1]:3000/");
        check("localhost", "127.0.0.1:80", "http://localhost:80/");
    }

    #[test]
    fn only_names_of_this_machine_are_answered() {
        for host in ["127.0.0.1:3000", "localhost:3000", "LOCALHOST", "[::1]:3000", "my-box:3000"] {
            assert!(is_ours(host, "my-box"), "{host}");
        }
        for host in ["", "evil.example:3000", "127.0.0.1.evil.example", "10.0.0.1:3000"] {
            assert!(!is_ours(host, "my-box"), "{host}");
        }
    }
}
