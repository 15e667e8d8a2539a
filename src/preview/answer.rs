//! What goes back to the browser.
//!
//! Comes in: a body and what may be done with it. Goes out: an HTTP/1.1 answer. Every answer says that no
//! other page may use it, that nothing of it is kept, and what the browser may load for it.

use std::borrow::Cow;
use std::fmt::Write;

use crate::diagnostic::fault::Fault;

use super::denial::Denial;

/// What our own page may do: show what comes from here, and nothing else.
const PAGE: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
     frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// What a document of the EPUB may do: be looked at. It runs no script, and stands in our page alone.
const BOOK: &str = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin";
/// What anything else may do.
const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'";

/// An answer, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub status: u16,
    pub media: &'static str,
    pub body: Cow<'static, [u8]>,
    policy: &'static str,
}

impl Answer {
    /// Something to show or to use.
    pub(super) fn of(media: &'static str, body: impl Into<Cow<'static, [u8]>>) -> Self {
        let policy = match media {
            "text/html; charset=utf-8" => PAGE,
            _ => NOTHING,
        };
        Self { status: 200, media, body: body.into(), policy }
    }

    /// A file of the EPUB.
    pub(super) fn book(media: &'static str, body: Vec<u8>) -> Self {
        Self { policy: BOOK, ..Self::of(media, body) }
    }

    /// Nothing, and why.
    pub(super) fn refused(denial: Denial) -> Self {
        let (status, words) = match denial {
            Denial::Malformed => (400, "This is not a request that booklet understands.\n"),
            Denial::Foreign => {
                (403, "Another page asked for this. Type the address that `booklet preview` prints.\n")
            }
            Denial::Locked => {
                (403, "Use the whole address that `booklet preview` printed: it has a key in it.\n")
            }
            Denial::NotFound => (404, "There is nothing here.\n"),
            Denial::Method => (405, "Here one can only look.\n"),
            Denial::Slow => (408, "That took too long.\n"),
            Denial::Misdirected => (421, "This is not the host that was asked for.\n"),
            Denial::TooLarge => (431, "The head of this request is too large.\n"),
            Denial::Version => (505, "Only HTTP/1.1 is spoken here.\n"),
        };
        Self { status, ..Self::of("text/plain; charset=utf-8", words.as_bytes()) }
    }

    /// A picture of something that is no more: a page asks for it when it has not heard yet. Not an error,
    /// which browsers would report to the person who looks.
    pub(super) fn gone() -> Self {
        Self { status: 204, ..Self::of("text/plain; charset=utf-8", &b""[..]) }
    }

    /// Too many ask at once.
    pub(super) fn busy() -> Self {
        Self { status: 503, ..Self::of("text/plain; charset=utf-8", &b"Too many ask at once.\n"[..]) }
    }

    /// It could not be made, for a fault of booklet's own.
    pub(super) fn failed(fault: &Fault) -> Self {
        let words = format!("booklet itself has a fault here: {fault}\nPlease report it with these words.\n");
        Self { status: 500, ..Self::of("text/plain; charset=utf-8", words.into_bytes()) }
    }

    /// Its head; without a length if it goes on for as long as the browser listens.
    pub(super) fn head(&self, endless: bool) -> String {
        let mut head = format!("HTTP/1.1 {} {}\r\n", self.status, reason(self.status));
        let mut line = |name: &str, value: &str| {
            let _ = write!(head, "{name}: {value}\r\n");
        };
        line("Content-Type", self.media);
        // RFC 9110, 8.6: an answer without content has no length either.
        if !endless && self.status != 204 {
            line("Content-Length", &self.body.len().to_string());
        }
        line("Cache-Control", "no-store");
        line("Connection", "close");
        line("Content-Security-Policy", self.policy);
        line("Cross-Origin-Opener-Policy", "same-origin");
        line("Cross-Origin-Resource-Policy", "same-origin");
        line("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        line("Referrer-Policy", "no-referrer");
        line("X-Content-Type-Options", "nosniff");
        if self.status == 405 {
            line("Allow", "GET, HEAD");
        }
        head.push_str("\r\n");
        head
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        204 => "No Content",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        421 => "Misdirected Request",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "HTTP Version Not Supported",
    }
}
