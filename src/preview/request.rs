//! What a browser asks: one request, read strictly.
//!
//! Comes in: bytes of a connection, from anybody on this computer. Goes out: the path that is asked for, if
//! the request is one that our own page could have sent or a person could have typed; otherwise why not.
//! Much of HTTP is left out, since nobody needs it here: bodies, queries, escapes in paths, connections
//! that are used twice (RFC 9110, RFC 9112).

use std::io::{self, Read};
use std::time::Instant;

/// Longest head of a request. Browsers send along what other pages of this computer let them keep.
const LONGEST: usize = 16 << 10;
/// Longest path that there is.
const LONGEST_PATH: usize = 256;
/// Most lines of a head.
const MOST_LINES: usize = 100;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Request {
    /// The path, which begins with a slash.
    pub path: String,
    /// Whether only the head of the answer is wanted.
    pub head: bool,
}

/// Why a request is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is no request that a browser sends.
    Malformed,
    /// It comes from another page, or in its name.
    Foreign,
    /// There is nothing at this path.
    NotFound,
    /// Only looking is allowed.
    Method,
    /// It took too long.
    Slow,
    /// It is for another host.
    Misdirected,
    /// Its head is too large.
    TooLarge,
    /// It is in a version of HTTP that no browser has used for long.
    Version,
}

/// Bytes that come from somewhere, each read with a time by which it must be done.
pub(super) trait Source: Read {
    /// Sets how long the next read may take; an error if no time is left.
    fn until(&mut self, deadline: Instant) -> io::Result<()>;
}

/// Reads the head of a request that was sent to `port`. The error of the second kind is a connection that
/// ended before it said anything, as browsers open some in advance.
pub(super) fn read(
    source: &mut impl Source,
    port: u16,
    deadline: Instant,
) -> Result<Request, Option<Refusal>> {
    let mut head = Vec::new();
    let mut buffer = [0; 2048];
    let end = loop {
        if source.until(deadline).is_err() {
            return Err(Some(Refusal::Slow));
        }
        match source.read(&mut buffer) {
            Ok(0) if head.is_empty() => return Err(None),
            Ok(0) => return Err(Some(Refusal::Malformed)),
            Ok(count) => {
                let from = head.len().saturating_sub(3);
                head.extend_from_slice(&buffer[..count]);
                if let Some(at) = head[from..].windows(4).position(|four| four == b"\r\n\r\n") {
                    break from + at;
                }
                if head.len() > LONGEST {
                    return Err(Some(Refusal::TooLarge));
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                let slow = matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut);
                return Err((slow && !head.is_empty()).then_some(Refusal::Slow));
            }
        }
    };
    if end > LONGEST {
        return Err(Some(Refusal::TooLarge));
    }
    parse(&head[..end], port).map_err(Some)
}

/// Reads a head without the empty line that ends it.
fn parse(head: &[u8], port: u16) -> Result<Request, Refusal> {
    let text = std::str::from_utf8(head).map_err(|_| Refusal::Malformed)?;
    let mut lines = text.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (Some(method), Some(target), Some(version), None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(Refusal::Malformed);
    };
    let mut host = None;
    let mut origin = None;
    let mut site = None;
    let mut count = 0;
    for line in lines {
        count += 1;
        let (name, value) = line.split_once(':').ok_or(Refusal::Malformed)?;
        let token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
        let clean = |c: char| c == '\t' || !c.is_control();
        if count > MOST_LINES || name.is_empty() || !name.bytes().all(token) || !value.chars().all(clean) {
            return Err(Refusal::Malformed);
        }
        let value = value.trim_matches([' ', '\t']);
        let place = match name.to_ascii_lowercase().as_str() {
            "host" => &mut host,
            "origin" => &mut origin,
            "sec-fetch-site" => &mut site,
            "content-length" if value == "0" => continue,
            "content-length" | "transfer-encoding" => return Err(Refusal::Malformed),
            _ => continue,
        };
        // Two hosts, two meanings.
        if place.replace(value).is_some() {
            return Err(Refusal::Malformed);
        }
    }
    if version != "HTTP/1.1" {
        return Err(if version.starts_with("HTTP/") { Refusal::Version } else { Refusal::Malformed });
    }
    // A name that somebody else let point to this computer must not be answered to, or their page could
    // read ours.
    let ours =
        |host: &str| [format!("127.0.0.1:{port}"), format!("localhost:{port}")].iter().any(|own| own == host);
    let host = host.ok_or(Refusal::Malformed)?;
    if !ours(host) {
        return Err(Refusal::Misdirected);
    }
    let own_origin = |origin: &str| origin.strip_prefix("http://") == Some(host);
    if origin.is_some_and(|origin| !own_origin(origin))
        || site.is_some_and(|site| !matches!(site, "same-origin" | "none"))
    {
        return Err(Refusal::Foreign);
    }
    let head = match method {
        "GET" => false,
        "HEAD" => true,
        _ if !method.is_empty() && method.bytes().all(|b| b.is_ascii_uppercase()) => {
            return Err(Refusal::Method);
        }
        _ => return Err(Refusal::Malformed),
    };
    if !target.starts_with('/') {
        return Err(Refusal::Malformed);
    }
    // No path of ours has anything that would need an escape, climb, or mean something to a disk.
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'_' | b'.');
    let known = target.len() <= LONGEST_PATH && target.bytes().all(plain) && !target.contains("..");
    if !known || target.contains("//") {
        return Err(Refusal::NotFound);
    }
    Ok(Request { path: target.to_owned(), head })
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;
    use std::time::Duration;

    use super::*;

    impl Source for Cursor<Vec<u8>> {
        fn until(&mut self, _: Instant) -> io::Result<()> {
            Ok(())
        }
    }

    fn asked(text: &str) -> Result<Request, Option<Refusal>> {
        read(&mut Cursor::new(text.as_bytes().to_vec()), 80, Instant::now() + Duration::from_secs(9))
    }

    fn with(line: &str, headers: &str) -> Result<Request, Option<Refusal>> {
        asked(&format!("{line}\r\nHost: 127.0.0.1:80\r\n{headers}\r\n"))
    }

    #[test]
    fn what_a_browser_sends_is_read() {
        let request = |path: &str, head| Ok(Request { path: path.to_owned(), head });
        assert_eq!(with("GET / HTTP/1.1", ""), request("/", false));
        assert_eq!(with("HEAD /page/00ff/640 HTTP/1.1", "Accept: */*\r\n"), request("/page/00ff/640", true));
        let own = "Origin: http://127.0.0.1:80\r\nSec-Fetch-Site: same-origin\r\nCookie: a=b; c=\"d\"\r\n";
        assert_eq!(with("GET /state HTTP/1.1", own), request("/state", false));
        assert_eq!(asked("GET / HTTP/1.1\r\nhost:localhost:80\r\n\r\n"), request("/", false));
    }

    #[test]
    fn what_other_pages_send_is_refused() {
        for headers in [
            "Origin: https://example.org\r\n",
            "Origin: null\r\n",
            "Origin: http://localhost:80\r\n",
            "Origin: http://127.0.0.1:8080\r\n",
            "Sec-Fetch-Site: cross-site\r\n",
            "Sec-Fetch-Site: same-site\r\n",
            "Sec-Fetch-Site: \r\n",
        ] {
            assert_eq!(with("GET / HTTP/1.1", headers), Err(Some(Refusal::Foreign)), "{headers}");
        }
        for host in [
            "example.org",
            "example.org:80",
            "127.0.0.1",
            "127.0.0.1:81",
            "localhost",
            "127.0.0.1:80.a.org",
            "",
            "[::1]:80",
        ] {
            let answer = asked(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"));
            assert_eq!(answer, Err(Some(Refusal::Misdirected)), "{host}");
        }
    }

    #[test]
    fn paths_that_lead_anywhere_else_are_not_found() {
        for path in [
            "/../etc/passwd",
            "/page/../state",
            "/%2e%2e/",
            "/a%00",
            "//etc",
            "/a\\b",
            "/a?b",
            "/a#b",
            "/é",
            "/a:b",
            "/~",
        ] {
            assert_eq!(with(&format!("GET {path} HTTP/1.1"), ""), Err(Some(Refusal::NotFound)), "{path}");
        }
        let long = "/a".repeat(200);
        assert_eq!(with(&format!("GET {long} HTTP/1.1"), ""), Err(Some(Refusal::NotFound)));
    }

    #[test]
    fn what_is_no_request_is_refused() {
        let malformed = Err(Some(Refusal::Malformed));
        for text in [
            "GET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: 127.0.0.1:80\r\nHost: 127.0.0.1:80\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: 127.0.0.1:80\r\n folded: x\r\n\r\n",
            "GET / HTTP/1.1\r\nHost : 127.0.0.1:80\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: 127.0.0.1:80\nX: y\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: 127.0.0.1:80\r\nnothing\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: 127.0.0.1:80\r\nContent-Length: 5\r\n\r\nhello",
            "GET / HTTP/1.1\r\nHost: 127.0.0.1:80\r\nTransfer-Encoding: chunked\r\n\r\n",
            "GET  / HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\r\n",
            "get / HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\r\n",
            "GET http://127.0.0.1:80/ HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: 127.0.0.1:80\r\n",
            "\u{16}\u{3}\u{1}\u{2}\r\n\r\n",
            "GET /\r\n\r\n",
        ] {
            assert_eq!(asked(text), malformed, "{text:?}");
        }
        assert_eq!(asked(""), Err(None));
        assert_eq!(with("POST / HTTP/1.1", ""), Err(Some(Refusal::Method)));
        assert_eq!(with("OPTIONS / HTTP/1.1", ""), Err(Some(Refusal::Method)));
        assert_eq!(with("GET / HTTP/1.0", ""), Err(Some(Refusal::Version)));
        assert_eq!(
            with("GET / HTTP/1.1", &format!("X: {}\r\n", "y".repeat(20_000))),
            Err(Some(Refusal::TooLarge))
        );
        assert_eq!(with("GET / HTTP/1.1", &"X: y\r\n".repeat(200)), malformed);
    }
}
