//! Addresses outside the booklet: what a link may open, and in which form.
//!
//! Comes in: what somebody wrote where a link goes, in a chapter or in the manifest. Goes out: an
//! [`Address`], the same characters in every output, or a [`Refusal`] with words for it. A booklet is passed
//! on by people who did not write it, and a link is opened with one touch: so only the schemes of [`SCHEMES`]
//! are let through, which show a page, or hand a person's name to a program for talking to people. All
//! others run something (`javascript:`, `data:`, `ms-word:`, `intent:`), show a file of the reader's own
//! computer (`file:`), or mean nothing outside the program that made them up (`about:`, `blob:`).

use std::fmt;
use std::sync::Arc;

use crate::diagnostic::nearest::nearest;

mod host;

pub use host::percent_decoded;

/// What links may begin with. The web, and the older `ftp`; letters, calls and short messages (`mailto`, `tel`,
/// `sms`, `sip`, `xmpp`), rooms and groups (`irc`, `ircs`, `news`), a place on the map (`geo`), and a file shared
/// by many (`magnet`). Reading systems open all of them by asking another program, which asks its user.
pub const SCHEMES: [&str; 13] =
    ["https", "http", "mailto", "tel", "sms", "ftp", "geo", "irc", "ircs", "magnet", "news", "sip", "xmpp"];

/// Those after which `//` and a server come.
const OF_SERVERS: [&str; 3] = ["https", "http", "ftp"];

/// The longest address, in bytes of its final form: the longest line that common servers read. What is longer
/// is data, not a place.
pub const LONGEST: usize = 8192;

/// An address that may be opened: a scheme of [`SCHEMES`], then ASCII, with all else percent-encoded (RFC 3986,
/// 2.1) or, in names of servers, in Punycode (RFC 3492). It is shared: copies cost nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(Arc<str>);

/// Why there can be no link to an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It begins with a scheme that is not let through, here in small letters.
    Scheme(String),
    /// It names a server, but not how that is reached: `//example.org`.
    Bare,
    /// Its scheme has characters in it that cannot be seen.
    Unseen,
    /// Nothing comes after its scheme.
    Empty,
    /// It has no server, or one whose name cannot be.
    Server,
    /// It would have a letter take a file of the reader's along.
    Attachment,
    /// It is longer than [`LONGEST`].
    Long,
}

/// What is written, as an address; none if it is a place in the booklet, or words.
pub fn outside(written: &str) -> Option<Result<Address, Refusal>> {
    let written = written.trim();
    let slash = |byte: Option<&u8>| byte.is_some_and(|byte| matches!(byte, b'/' | b'\\'));
    // Browsers take both kinds of stroke for the same.
    if slash(written.as_bytes().first()) && slash(written.as_bytes().get(1)) {
        return Some(Err(Refusal::Bare));
    }
    let (before, rest) = written.split_once(':')?;
    let scheme: String = before.chars().filter(|c| !unseen(*c)).collect();
    // One letter is a drive of Windows.
    let named = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    if !named {
        return None;
    }
    let seen = scheme.len() == before.len();
    let scheme = scheme.to_ascii_lowercase();
    Some(if !SCHEMES.contains(&scheme.as_str()) {
        Err(Refusal::Scheme(scheme))
    } else if !seen {
        Err(Refusal::Unseen)
    } else if written.len() > LONGEST {
        Err(Refusal::Long)
    } else {
        read(scheme, rest)
    })
}

/// Reads what comes after a scheme that is let through.
fn read(scheme: String, rest: &str) -> Result<Address, Refusal> {
    let mut out = scheme;
    let servers = OF_SERVERS.contains(&out.as_str());
    let mail = out == "mailto";
    out.push(':');
    if servers {
        let after = rest.strip_prefix("//").ok_or(Refusal::Server)?;
        let end = after.find(['/', '?', '#']).unwrap_or(after.len());
        out.push_str("//");
        out.push_str(&host::authority(&after[..end]).ok_or(Refusal::Server)?);
        encode(&mut out, &after[end..]);
    } else if rest.trim_start_matches('/').is_empty() {
        return Err(Refusal::Empty);
    } else if mail && attaches(rest) {
        return Err(Refusal::Attachment);
    } else {
        encode(&mut out, rest);
    }
    if out.len() > LONGEST { Err(Refusal::Long) } else { Ok(Address(out.into())) }
}

/// Characters that leave no mark: controls, and those that only join, part or turn others.
fn unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a letter would take a file along: some programs for mail have read such a field, which no
/// address may carry (RFC 6068, 4 and 7), and attached the file that it names.
fn attaches(letter: &str) -> bool {
    let Some((_, fields)) = letter.split_once('?') else { return false };
    fields.split(['&', ';']).any(|field| {
        let name = percent_decoded(field.split('=').next().unwrap_or_default());
        let name = name.trim().to_ascii_lowercase();
        name.starts_with("attach") || name == "insert"
    })
}

/// Percent-encodes what may not stand in a path, query or fragment; keeps escapes that are already there.
fn encode(out: &mut String, text: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let bytes = text.as_bytes();
    let mut fragment = false;
    for (at, &b) in bytes.iter().enumerate() {
        let keep = match b {
            b'%' => bytes.get(at + 1..at + 3).is_some_and(|h| h.iter().all(u8::is_ascii_hexdigit)),
            b'#' => !std::mem::replace(&mut fragment, true),
            _ => b.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(&b),
        };
        if keep {
            out.push(char::from(b));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(b >> 4)]));
            out.push(char::from(HEX[usize::from(b & 15)]));
        }
    }
}

impl Address {
    /// Reads an address.
    ///
    /// # Errors
    ///
    /// Why there can be no link to it.
    pub fn new(written: &str) -> Result<Self, Refusal> {
        outside(written).unwrap_or(Err(Refusal::Bare))
    }

    /// Its characters, all of them ASCII.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Refusal {
    /// What is the matter, as the end of a sentence about the address.
    pub fn why(&self) -> String {
        match self {
            Self::Scheme(scheme) => format!("which begins with “{}:”: no link may", start(scheme, 30)),
            Self::Bare => "which does not say how it is reached".to_owned(),
            Self::Unseen => "which hides characters that cannot be seen in its beginning".to_owned(),
            Self::Empty => "in which nothing comes after the colon".to_owned(),
            Self::Server => "in which the name of the server is missing, or cannot be".to_owned(),
            Self::Attachment => "which would take a file of the reader's along".to_owned(),
            Self::Long => format!("which has more than {LONGEST} characters"),
        }
    }

    /// How to mend it; `written` is what was refused.
    pub fn hint(&self, written: &str) -> String {
        match self {
            Self::Scheme(scheme) if scheme == "file" => {
                "it is on your computer alone: put it on the web, or make it a chapter".to_owned()
            }
            Self::Scheme(scheme) => match nearest(scheme, SCHEMES.into_iter()) {
                Some(near) if scheme.len() > 3 => format!("did you mean {near}:?"),
                _ => format!("a link outside begins with https:, or with {}", others()),
            },
            Self::Bare => {
                let rest = written.trim().trim_start_matches(['/', '\\']);
                format!("write https://{}", start(rest, 60))
            }
            Self::Unseen => "write its beginning anew, by hand".to_owned(),
            Self::Empty => "say to whom or where it goes, or take the brackets away".to_owned(),
            Self::Server => {
                "after https:// comes the name of a server, as in https://example.org/".to_owned()
            }
            Self::Attachment => "take `attach=…` out: a reader chooses what to send".to_owned(),
            Self::Long => "it holds data rather than a place: look for a shorter one".to_owned(),
        }
    }
}

/// What a link may begin with beside `https:`, in words.
fn others() -> String {
    let (last, first) = SCHEMES.split_last().unwrap_or((&"", &[]));
    format!("{} or {last}:", first.iter().skip(1).map(|s| format!("{s}:")).collect::<Vec<_>>().join(", "))
}

/// The first characters, and dots if there are more: enough to know an address again.
pub fn start(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(written: &str) -> Refusal {
        match outside(written) {
            Some(Err(refusal)) => refusal,
            other => panic!("{written:?} gives {other:?}"),
        }
    }

    fn read(written: &str) -> String {
        Address::new(written).unwrap_or_else(|why| panic!("{written}: {why:?}")).to_string()
    }

    #[test]
    fn addresses_are_encoded_once() {
        let once = "https://example.org/a%20b/%C3%A9?q=%5B1%5D&r=%20%25zz#x%23y";
        assert_eq!(read("https://example.org/a b/é?q=[1]&r=%20%zz#x#y"), once);
        assert_eq!(read(once), once);
        assert_eq!(read("mailto:a@b.org"), "mailto:a@b.org");
        assert_eq!(read(" HTTPS://Example.org/X "), "https://Example.org/X");
        assert_eq!(read("https://[2001:db8::1]:8080/"), "https://[2001:db8::1]:8080/");
        assert_eq!(read("https://us:pw@example.org./"), "https://us:pw@example.org./");
    }

    #[test]
    fn every_kind_that_is_let_through_is_read() {
        for scheme in SCHEMES {
            let rest = if OF_SERVERS.contains(&scheme) { "//example.org/x" } else { "people@example.org" };
            assert_eq!(read(&format!("{scheme}:{rest}")), format!("{scheme}:{rest}"));
        }
    }

    #[test]
    fn what_runs_or_reads_something_is_no_address() {
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "  javascript:alert(1)",
            "\u{1}javascript:alert(1)",
            "java\tscript:alert(1)",
            "java\nscript:alert(1)",
            "java\u{200b}script:alert(1)",
            "\u{202e}javascript:alert(1)",
            "\u{feff}javascript:alert(1)",
            "java\u{ad}script\u{2060}:alert(1)",
            "javascript://example.org/%0aalert(1)",
        ] {
            assert_eq!(refused(bad), Refusal::Scheme("javascript".into()), "{bad:?}");
        }
        for scheme in [
            "vbscript",
            "data",
            "file",
            "blob",
            "about",
            "ms-word",
            "intent",
            "view-source",
            "jar",
            "smb",
            "chrome",
            "res",
            "search-ms",
            "urn",
            "x-apple.systempreferences",
            "content",
            "livescript",
            "shell",
        ] {
            assert_eq!(refused(&format!("{scheme}:x")), Refusal::Scheme(scheme.into()));
            assert_eq!(refused(&format!("{}://x/y", scheme.to_uppercase())), Refusal::Scheme(scheme.into()));
        }
        for bare in ["//example.org/x", "\\\\example.org\\x", "/\\example.org", "\\/example.org", " //x"] {
            assert_eq!(refused(bare), Refusal::Bare, "{bare}");
        }
        assert_eq!(refused("ht\u{200b}tps://example.org/"), Refusal::Unseen);
        assert_eq!(refused("mailto:"), Refusal::Empty);
        assert_eq!(refused("tel://"), Refusal::Empty);
        for letter in
            ["?attach=/etc/passwd", "?subject=x&ATTACH=~/.ssh/id", "?%61ttachment=a", "?cc=b;attach=a"]
        {
            assert_eq!(refused(&format!("mailto:a@b.org{letter}")), Refusal::Attachment, "{letter}");
        }
        read("mailto:a@b.org?subject=attach%20a%20file&body=attach");
    }

    #[test]
    fn servers_that_cannot_be_are_refused() {
        for bad in [
            "https://",
            "https:",
            "https:example.org",
            "https:/example.org",
            "https:\\\\example.org",
            "http:///x",
            "https://a b/",
            "https://.example.org/",
            "https://a..b/",
            "http://h:99999/",
            "http://1.2.3.400/",
            "https://exa<mple.org",
            "https://exam\u{202e}ple.org/",
            "https://a\\b.org/",
            "https://[::1/",
            "https://℀.org/",
        ] {
            assert_eq!(refused(bad), Refusal::Server, "{bad}");
        }
    }

    #[test]
    fn places_of_the_booklet_and_words_are_none() {
        for inside in [
            "chapter.md#x",
            "#x",
            "",
            "other.pdf",
            "www.example.org",
            "C:\\texts\\a.md",
            "/x",
            "a/b:c.md",
            "Part one: the beginning.md",
            "1:2",
            "javascript%3Aalert(1)",
            "java script:alert(1)",
            "日本:x",
        ] {
            assert_eq!(outside(inside), None, "{inside}");
        }
    }

    #[test]
    fn what_is_longer_than_any_server_reads_is_no_address() {
        let of = |length: usize| format!("https://a.b/{}", "x".repeat(length - 12));
        assert_eq!(read(&of(LONGEST)).len(), LONGEST);
        assert_eq!(refused(&of(LONGEST + 1)), Refusal::Long);
        // Short as written, long as sent.
        assert_eq!(refused(&format!("https://a.b/{}", "é".repeat(LONGEST / 4))), Refusal::Long);
        assert_eq!(refused(&format!("tel:{}", "1".repeat(LONGEST))), Refusal::Long);
        assert_eq!(refused(&format!("data:,{}", "1".repeat(LONGEST))), Refusal::Scheme("data".into()));
    }

    #[test]
    fn copies_share_their_characters() {
        let address = Address::new("https://example.org/").unwrap();
        assert!(std::ptr::eq(address.as_str(), address.clone().as_str()));
    }

    #[test]
    fn hints_say_what_to_write() {
        assert_eq!(refused("htps://example.org").hint("htps://example.org"), "did you mean https:?");
        assert_eq!(refused("//example.org/x").hint("//example.org/x"), "write https://example.org/x");
        let scheme = refused("javascript:x");
        assert!(scheme.hint("javascript:x").ends_with("sip: or xmpp:"), "{}", scheme.hint("javascript:x"));
    }
}
