//! What a browser asks: one request, read strictly.
//!
//! Comes in: bytes of a connection, from anybody on this computer. Goes out: the path that is asked for, if
//! the request is one that our own page could have sent or a person could have typed (`origin.rs`), and if
//! it has the key (`token.rs`); otherwise why not. Much of HTTP is left out, since nobody needs it here: bodies, queries, escapes in paths, connections
//! that are used twice (RFC 9110, RFC 9112). It is read by hand: the parser that there is for it, httparse
//! 1.10, is made to put up with servers as they are (bare line feeds, bytes beyond ASCII, spaces before
//! colons on demand), and finding the end, the bounds and the headers that count would still be done here.

use std::io::{self, Read};
use std::time::Instant;

use super::denial::Denial;
use super::origin::{Headers, Sender, sender};
use super::token::Token;

/// Longest head of a request. Browsers send along what other pages of this computer let them keep.
const LONGEST: usize = 16 << 10;
/// Longest path that there is.
const LONGEST_PATH: usize = 256;
/// Most lines of a head.
const MOST_LINES: usize = 100;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Request {
    /// The path after the token, which begins with a slash.
    pub path: String,
    /// Whether only the head of the answer is wanted.
    pub head: bool,
}

/// Bytes that come from somewhere, each read with a time by which it must be done.
pub(super) trait Source: Read {
    /// Sets how long the next read may take; an error if no time is left.
    fn until(&mut self, deadline: Instant) -> io::Result<()>;
}

/// Reads the head of a request that was sent to `port`, where `token` opens. The error of the second kind is a connection that
/// ended before it said anything, as browsers open some in advance.
pub(super) fn read(
    source: &mut impl Source,
    port: u16,
    token: &Token,
    deadline: Instant,
) -> Result<Request, Option<Denial>> {
    let mut head = Vec::new();
    let mut buffer = [0; 2048];
    let end = loop {
        if source.until(deadline).is_err() {
            return Err(Some(Denial::Slow));
        }
        match source.read(&mut buffer) {
            Ok(0) if head.is_empty() => return Err(None),
            Ok(0) => return Err(Some(Denial::Malformed)),
            Ok(count) => {
                let from = head.len().saturating_sub(3);
                head.extend_from_slice(&buffer[..count]);
                if let Some(at) = head[from..].windows(4).position(|four| four == b"\r\n\r\n") {
                    break from + at;
                }
                if head.len() > LONGEST {
                    return Err(Some(Denial::TooLarge));
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                let slow = matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut);
                return Err((slow && !head.is_empty()).then_some(Denial::Slow));
            }
        }
    };
    if end > LONGEST {
        return Err(Some(Denial::TooLarge));
    }
    parse(&head[..end], port, token).map_err(Some)
}

/// Reads a head without the empty line that ends it.
fn parse(head: &[u8], port: u16, token: &Token) -> Result<Request, Denial> {
    let text = std::str::from_utf8(head).map_err(|_| Denial::Malformed)?;
    let mut lines = text.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (Some(method), Some(target), Some(version), None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(Denial::Malformed);
    };
    let mut headers = Headers::default();
    let mut count = 0;
    for line in lines {
        count += 1;
        let (name, value) = line.split_once(':').ok_or(Denial::Malformed)?;
        let named = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
        let clean = |c: char| c == '\t' || !c.is_control();
        if count > MOST_LINES || name.is_empty() || !name.bytes().all(named) || !value.chars().all(clean) {
            return Err(Denial::Malformed);
        }
        let value = value.trim_matches([' ', '\t']);
        let place = match name.to_ascii_lowercase().as_str() {
            "host" => &mut headers.host,
            "origin" => &mut headers.origin,
            "sec-fetch-site" => &mut headers.site,
            "sec-fetch-mode" => &mut headers.mode,
            "sec-fetch-dest" => &mut headers.dest,
            "content-length" if value == "0" => continue,
            "content-length" | "transfer-encoding" => return Err(Denial::Malformed),
            _ => continue,
        };
        // Two hosts, two meanings.
        if place.replace(value).is_some() {
            return Err(Denial::Malformed);
        }
    }
    if version != "HTTP/1.1" {
        return Err(if version.starts_with("HTTP/") { Denial::Version } else { Denial::Malformed });
    }
    let sender = sender(&headers, port)?;
    let head = match method {
        "GET" => false,
        "HEAD" => true,
        _ if !method.is_empty() && method.bytes().all(|b| b.is_ascii_uppercase()) => {
            return Err(Denial::Method);
        }
        _ => return Err(Denial::Malformed),
    };
    let target = target.strip_prefix('/').ok_or(Denial::Malformed)?;
    let (key, path) = target.split_at(target.find('/').unwrap_or(target.len()));
    if !token.is(key) {
        return Err(Denial::Locked);
    }
    // No path of ours has anything that would need an escape, climb, or mean something to a disk.
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'_' | b'.');
    let known = path.starts_with('/') && path.len() <= LONGEST_PATH && path.bytes().all(plain);
    if !known || path.contains("..") || path.contains("//") {
        return Err(Denial::NotFound);
    }
    if sender == Sender::Link && path != "/" {
        return Err(Denial::Foreign);
    }
    Ok(Request { path: path.to_owned(), head })
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

    const KEY: &str = "07070707070707070707070707070707";

    fn asked(text: &str) -> Result<Request, Option<Denial>> {
        let (token, deadline) = (Token::new([7; 16]), Instant::now() + Duration::from_secs(9));
        read(&mut Cursor::new(text.as_bytes().to_vec()), 8080, &token, deadline)
    }

    /// A request with what every request has, for a path behind the token.
    fn with(method: &str, path: &str, headers: &str) -> Result<Request, Option<Denial>> {
        asked(&format!("{method} /{KEY}{path} HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n{headers}\r\n"))
    }

    #[test]
    fn what_a_browser_sends_is_read() {
        let request = |path: &str, head| Ok(Request { path: path.to_owned(), head });
        assert_eq!(with("GET", "/", ""), request("/", false));
        assert_eq!(with("HEAD", "/page/00ff/640", "Accept: */*\r\n"), request("/page/00ff/640", true));
        let own = "Origin: http://127.0.0.1:8080\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors\r\n\
                   Sec-Fetch-Dest: empty\r\nCookie: a=b; c=\"d\"\r\n";
        assert_eq!(with("GET", "/state", own), request("/state", false));
        assert_eq!(
            asked(&format!("GET /{KEY}/ HTTP/1.1\r\nhost:localhost:8080\r\n\r\n")),
            request("/", false)
        );
    }

    #[test]
    fn without_the_token_nothing_is_there() {
        for path in [
            "/",
            "/preview.js",
            "/favicon.ico",
            "/%2e%2e/",
            "/0/",
            &format!("/{KEY}0/"),
            &format!("//{KEY}/"),
        ] {
            let text = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n");
            assert_eq!(asked(&text), Err(Some(Denial::Locked)), "{path}");
        }
        assert_eq!(with("GET", "", ""), Err(Some(Denial::NotFound)));
    }

    #[test]
    fn what_other_pages_send_is_refused() {
        for headers in [
            "Origin: https://example.org\r\n",
            "Origin: null\r\n",
            "Origin: http://localhost:8080\r\n",
            "Origin: http://127.0.0.1:80\r\n",
            "Sec-Fetch-Site: cross-site\r\n",
            "Sec-Fetch-Site: same-site\r\n",
            "Sec-Fetch-Site: \r\n",
            "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Dest: serviceworker\r\n",
        ] {
            assert_eq!(with("GET", "/", headers), Err(Some(Denial::Foreign)), "{headers}");
        }
        let link = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n";
        assert!(with("GET", "/", link).is_ok());
        assert_eq!(with("GET", "/phone/parts", link), Err(Some(Denial::Foreign)));
        for twice in ["Host: 127.0.0.1:8080\r\n", "Origin: http://127.0.0.1:8080\r\nOrigin: null\r\n"] {
            assert_eq!(with("GET", "/", twice), Err(Some(Denial::Malformed)), "{twice}");
        }
        let answer = asked(&format!("GET /{KEY}/ HTTP/1.1\r\nHost: example.org:8080\r\n\r\n"));
        assert_eq!(answer, Err(Some(Denial::Misdirected)));
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
            assert_eq!(with("GET", path, ""), Err(Some(Denial::NotFound)), "{path}");
        }
        let long = "/a".repeat(200);
        assert_eq!(with("GET", &long, ""), Err(Some(Denial::NotFound)));
    }

    #[test]
    fn what_is_no_request_is_refused() {
        let malformed = Err(Some(Denial::Malformed));
        for text in [
            "GET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nHost: 127.0.0.1:8080\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n folded: x\r\n\r\n",
            "GET / HTTP/1.1\r\nHost : 127.0.0.1:8080\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\nX: y\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nnothing\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nContent-Length: 5\r\n\r\nhello",
            "GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nTransfer-Encoding: chunked\r\n\r\n",
            "GET  / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n",
            "get / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n",
            "GET http://127.0.0.1:8080/ HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n",
            "\u{16}\u{3}\u{1}\u{2}\r\n\r\n",
            "GET /\r\n\r\n",
        ] {
            assert_eq!(asked(text), malformed, "{text:?}");
        }
        assert_eq!(asked(""), Err(None));
        assert_eq!(with("POST", "/", ""), Err(Some(Denial::Method)));
        assert_eq!(with("OPTIONS", "/", ""), Err(Some(Denial::Method)));
        assert_eq!(asked("GET / HTTP/1.0\r\nHost: 127.0.0.1:8080\r\n\r\n"), Err(Some(Denial::Version)));
        assert_eq!(with("GET", "/", &format!("X: {}\r\n", "y".repeat(20_000))), Err(Some(Denial::TooLarge)));
        assert_eq!(with("GET", "/", &"X: y\r\n".repeat(200)), malformed);
    }
}
