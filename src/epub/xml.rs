//! Text as XML: escaping, identifiers, addresses.
//!
//! Comes in: any text that people wrote. Goes out: text that every XML parser and every checker takes.
//! Characters that XML 1.0 forbids (§2.2) and those that HTML calls errors (C1 controls,
//! noncharacters) are left out: there is no way to write them.

/// Whether XML and HTML both allow a character.
fn allowed(c: char) -> bool {
    match c {
        '\t' | '\n' => true,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fdd0}'..='\u{fdef}' => false,
        _ => u32::from(c) & 0xfffe != 0xfffe,
    }
}

/// Appends character data.
pub fn push_text(out: &mut String, text: &str) {
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let replacement = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            c if c.is_ascii() && !c.is_ascii_control() => continue,
            c if allowed(c) => continue,
            _ => "",
        };
        out.push_str(&text[from..at]);
        out.push_str(replacement);
        from = at + c.len_utf8();
    }
    out.push_str(&text[from..]);
}

/// The attributes that name a language, for both HTML and XML readers.
pub fn language(tag: &str) -> String {
    let tag = value(tag);
    format!(" lang=\"{tag}\" xml:lang=\"{tag}\"")
}

/// Appends an attribute's value, without its quotes. Line ends and tabs become spaces, as XML parsers
/// would make them.
pub fn push_value(out: &mut String, value: &str) {
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(' '),
            c if allowed(c) => out.push(c),
            _ => {}
        }
    }
}

/// Text as character data.
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    push_text(&mut out, text);
    out
}

/// Text as an attribute's value.
pub fn value(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 16);
    push_value(&mut out, value);
    out
}

/// A name that may stand as an `id` (an NCName of Namespaces in XML 1.0): letters, digits, `-`, `_` and
/// `.`, beginning with a letter or `_`; everything else becomes a hyphen.
pub fn identifier(name: &str) -> String {
    let mut id = String::with_capacity(name.len() + 2);
    for c in name.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') || (letter(c) && !c.is_ascii()) {
            id.push(c);
        } else {
            id.push('-');
        }
    }
    if !id.starts_with(|c: char| c == '_' || letter(c)) {
        id.insert_str(0, "a-");
    }
    id
}

/// The letters of NCName that are letters in the everyday sense too.
fn letter(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}'
        | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{3001}'..='\u{d7ff}')
        && c.is_alphanumeric()
}

/// A file name stem from any name: lower-case ASCII letters, digits and single hyphens.
pub fn file_stem(name: &str) -> String {
    let mut stem = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            stem.push(c.to_ascii_lowercase());
        } else if !stem.ends_with('-') && !stem.is_empty() {
            stem.push('-');
        }
        if stem.len() >= 80 {
            break;
        }
    }
    let stem = stem.trim_end_matches('-');
    if stem.is_empty() { "unnamed".to_owned() } else { stem.to_owned() }
}

/// Schemes that checkers and reading systems know.
const SCHEMES: [&str; 14] = [
    "http", "https", "mailto", "tel", "ftp", "geo", "irc", "ircs", "magnet", "news", "sip", "sms", "urn",
    "xmpp",
];

/// An outside address in the form that checkers take: reserved and non-ASCII characters
/// percent-encoded (RFC 3986 §2.1), the host kept as it is. `None` when no reading system could open
/// it: the words then stay without a link.
pub fn address(url: &str) -> Option<String> {
    let url = url.trim();
    let (scheme, rest) = url.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    if !SCHEMES.contains(&scheme.as_str()) {
        return None;
    }
    let mut out = format!("{scheme}:");
    let mut path = rest;
    if matches!(scheme.as_str(), "http" | "https" | "ftp") {
        let after = rest.strip_prefix("//")?;
        let end = after.find(['/', '?', '#']).unwrap_or(after.len());
        let authority = &after[..end];
        if !valid_authority(authority) {
            return None;
        }
        out.push_str("//");
        out.push_str(authority);
        path = &after[end..];
    } else if rest.is_empty() {
        return None;
    }
    encode(&mut out, path);
    Some(out)
}

/// `user@host:port`, with a host of letters, digits, dots and hyphens, or an IPv6 address in brackets.
fn valid_authority(authority: &str) -> bool {
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let user = &authority[..authority.len() - host.len()];
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '~' | '%');
    if !user.chars().all(|c| c.is_ascii() && (plain(c) || matches!(c, ':' | '@' | '+'))) {
        return false;
    }
    if let Some(address) = host.strip_prefix('[') {
        let Some((address, port)) = address.split_once(']') else { return false };
        return address.parse::<std::net::Ipv6Addr>().is_ok()
            && (port.is_empty() || port.strip_prefix(':').is_some_and(valid_port));
    }
    let (host, port) = host.split_once(':').unwrap_or((host, ""));
    let label = |l: &str| {
        !l.is_empty()
            && l.len() <= 63
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    };
    let labels = host.strip_suffix('.').unwrap_or(host);
    let last = labels.rsplit('.').next().unwrap_or_default();
    // A last label of digits alone makes it an IPv4 address, which must then be a valid one.
    let numeric = !last.is_empty() && last.bytes().all(|b| b.is_ascii_digit());
    labels.split('.').all(label)
        && (!numeric || labels.parse::<std::net::Ipv4Addr>().is_ok())
        && (port.is_empty() || valid_port(port))
}

fn valid_port(port: &str) -> bool {
    port.parse::<u16>().is_ok()
}

/// Percent-encodes what may not stand in a path, query or fragment; keeps escapes that are already there.
fn encode(out: &mut String, text: &str) {
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
            const HEX: &[u8; 16] = b"0123456789ABCDEF";
            out.push('%');
            out.push(char::from(HEX[usize::from(b >> 4)]));
            out.push(char::from(HEX[usize::from(b & 15)]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped_and_impossible_characters_are_left_out() {
        assert_eq!(text("a<b>&c\u{0}\u{c}d\u{fffe}é\u{85}"), "a&lt;b&gt;&amp;cdé");
        assert_eq!(value("say \"x\"\n<y>"), "say &quot;x&quot; &lt;y&gt;");
    }

    #[test]
    fn identifiers_begin_with_a_letter() {
        assert_eq!(identifier("1 what?"), "a-1-what-");
        assert_eq!(identifier("état"), "état");
        assert_eq!(identifier(""), "a-");
    }

    #[test]
    fn addresses_are_encoded_once() {
        assert_eq!(
            address("https://example.org/a b/é?q=[1]&r=%20%zz#x#y").as_deref(),
            Some("https://example.org/a%20b/%C3%A9?q=%5B1%5D&r=%20%25zz#x%23y")
        );
        assert_eq!(address("mailto:a@b.org").as_deref(), Some("mailto:a@b.org"));
    }

    #[test]
    fn what_cannot_be_opened_is_no_address() {
        for bad in [
            "javascript:alert(1)",
            "https://",
            "http:///x",
            "https://a b/",
            "www.example.org",
            "#",
            "http://h:99999/",
            "http://1.2.3.400/",
            "file:///etc/passwd",
            "https://exa<mple.org",
        ] {
            assert_eq!(address(bad), None, "{bad}");
        }
    }

    #[test]
    fn file_stems_are_plain() {
        assert_eq!(file_stem("Bilder/Größe 1.PNG"), "bilder-gr-e-1-png");
        assert_eq!(file_stem("…"), "unnamed");
    }
}
