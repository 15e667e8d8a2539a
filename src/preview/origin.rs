//! Who sends a request: our own page, a person who typed the address, or a page from elsewhere.
//!
//! Comes in: what the browser says of it in the head of a request. Goes out: a [`Sender`], or why the request
//! is refused. A page from elsewhere may lead to ours, as any link may, if it knows the address; it may
//! neither load nor read anything. "Elsewhere" begins at the next port: pages of `localhost:8000` are as
//! foreign as those of any site, though browsers call both the same site.

use super::denial::Denial;

/// What the head says of where a request comes from (Fetch Standard, 3.1; Fetch Metadata, 2).
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Headers<'h> {
    pub host: Option<&'h str>,
    pub origin: Option<&'h str>,
    pub site: Option<&'h str>,
    pub mode: Option<&'h str>,
    pub dest: Option<&'h str>,
}

/// Who sends a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sender {
    /// Our page, a person, or a program that does not say.
    Own,
    /// A page from elsewhere that leads to ours: the file that opens the address in the browser does.
    Link,
}

/// Names of this computer that nobody else can let point elsewhere, or here: a name that somebody else let
/// point to this computer must not be answered to, or their page could read ours.
const NAMES: [&str; 2] = ["127.0.0.1", "localhost"];
/// The port that browsers leave out.
const USUAL: u16 = 80;

/// Who sends a request to `port`.
pub(super) fn sender(headers: &Headers<'_>, port: u16) -> Result<Sender, Denial> {
    let name = named(headers.host.ok_or(Denial::Malformed)?, port).ok_or(Denial::Misdirected)?;
    let own = |origin: &str| origin.strip_prefix("http://").and_then(|host| named(host, port)) == Some(name);
    let mode = headers.mode.is_none_or(|mode| ["navigate", "same-origin", "no-cors", "cors"].contains(&mode));
    // What our page is made of; no plug-in, and no worker that would outlive it.
    let parts = ["document", "iframe", "empty", "image", "style", "script", "font"];
    let dest = headers.dest.is_none_or(|dest| parts.contains(&dest));
    if !headers.origin.is_none_or(own) || !mode || !dest {
        return Err(Denial::Foreign);
    }
    match headers.site {
        None | Some("same-origin") => Ok(Sender::Own),
        // Typed, or followed from a program that is no browser.
        Some("none")
            if headers.mode.is_none_or(|mode| mode == "navigate")
                && headers.dest.is_none_or(|dest| dest == "document") =>
        {
            Ok(Sender::Own)
        }
        Some("cross-site")
            if headers.mode == Some("navigate")
                && headers.dest == Some("document")
                && headers.origin.is_none() =>
        {
            Ok(Sender::Link)
        }
        Some(_) => Err(Denial::Foreign),
    }
}

/// Which name of this computer a host is, if it is one, at this port.
fn named(host: &str, port: u16) -> Option<&'static str> {
    NAMES.into_iter().find(|name| {
        let after = host.strip_prefix(name);
        after.is_some_and(|after| (after.is_empty() && port == USUAL) || after == format!(":{port}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(port: u16, host: &str, rest: [Option<&str>; 4]) -> Result<Sender, Denial> {
        let [origin, site, mode, dest] = rest;
        sender(&Headers { host: Some(host), origin, site, mode, dest }, port)
    }

    #[test]
    fn the_usual_port_may_be_left_out_and_no_other() {
        for host in ["127.0.0.1", "127.0.0.1:80", "localhost", "localhost:80"] {
            assert_eq!(from(80, host, [None; 4]), Ok(Sender::Own), "{host}");
        }
        for origin in ["http://127.0.0.1", "http://127.0.0.1:80"] {
            assert_eq!(from(80, "127.0.0.1", [Some(origin), None, None, None]), Ok(Sender::Own));
        }
        for host in ["127.0.0.1", "localhost", "127.0.0.1:80", "127.0.0.1:080", "127.0.0.1:8080 "] {
            assert_eq!(from(8080, host, [None; 4]), Err(Denial::Misdirected), "{host}");
        }
        for host in [
            "example.org",
            "example.org:80",
            "127.0.0.1:81",
            "127.0.0.1:",
            "127.0.0.1:80.a.org",
            "127.0.0.1.a.org",
            "",
            "[::1]:80",
            "127.1",
        ] {
            assert_eq!(from(80, host, [None; 4]), Err(Denial::Misdirected), "{host}");
        }
    }

    #[test]
    fn our_page_loads_its_parts_and_a_person_opens_it() {
        let ask = |site, mode, dest| from(8080, "127.0.0.1:8080", [None, Some(site), Some(mode), Some(dest)]);
        for (mode, dest) in [
            ("navigate", "document"),
            ("navigate", "iframe"),
            ("no-cors", "image"),
            ("no-cors", "style"),
            ("cors", "script"),
            ("cors", "font"),
            ("cors", "empty"),
        ] {
            assert_eq!(ask("same-origin", mode, dest), Ok(Sender::Own), "{mode} {dest}");
        }
        assert_eq!(ask("none", "navigate", "document"), Ok(Sender::Own));
        assert_eq!(ask("cross-site", "navigate", "document"), Ok(Sender::Link));
        for (site, mode, dest) in [
            ("same-origin", "websocket", "empty"),
            ("same-origin", "no-cors", "object"),
            ("same-origin", "same-origin", "serviceworker"),
            ("none", "no-cors", "image"),
            ("none", "cors", "empty"),
            ("none", "navigate", "iframe"),
            ("same-site", "navigate", "document"),
            ("same-site", "no-cors", "image"),
            ("cross-site", "navigate", "iframe"),
            ("cross-site", "no-cors", "image"),
            ("cross-site", "cors", "empty"),
            ("", "navigate", "document"),
            ("same-origin, none", "navigate", "document"),
        ] {
            assert_eq!(ask(site, mode, dest), Err(Denial::Foreign), "{site} {mode} {dest}");
        }
        let origin = |origin, site| {
            let rest = [Some(origin), site, Some("navigate"), Some("document")];
            from(8080, "127.0.0.1:8080", rest)
        };
        assert_eq!(origin("http://127.0.0.1:8080", Some("same-origin")), Ok(Sender::Own));
        for other in [
            "null",
            "https://example.org",
            "http://127.0.0.1",
            "http://127.0.0.1:80",
            "http://localhost:8080",
            "https://127.0.0.1:8080",
            "file://",
        ] {
            for site in [None, Some("same-origin"), Some("cross-site")] {
                assert_eq!(origin(other, site), Err(Denial::Foreign), "{other} {site:?}");
            }
        }
    }
}
