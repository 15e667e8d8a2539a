//! The server of an address: who, where, which door.
//!
//! Comes in: `user@host:port` as written, in any script. Goes out: the same in ASCII, or none if no server can
//! be called so. Names in other scripts than Latin go to name servers in Punycode (RFC 3492), after what the
//! same name may look like has been made one (composed, narrow, small letters; UTS 46, 4); so every reading
//! system asks for the same server, whether or not it knows of such names.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest part of a name between points, and longest name (RFC 1035, 2.3.4).
const LONGEST: (usize, usize) = (63, 253);

/// `user@host:port` in ASCII: the host is of letters, digits, points and hyphens, or an IPv6 address in brackets.
pub(super) fn authority(written: &str) -> Option<String> {
    let (user, host) = written.rsplit_once('@').map_or((None, written), |(user, host)| (Some(user), host));
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.~%:@+".contains(&b);
    if !user.is_none_or(|user| user.bytes().all(plain)) {
        return None;
    }
    let user = user.map(|user| format!("{user}@")).unwrap_or_default();
    if let Some(address) = host.strip_prefix('[') {
        let (address, port) = address.split_once(']')?;
        let right = address.parse::<std::net::Ipv6Addr>().is_ok()
            && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port));
        return right.then(|| written.to_owned());
    }
    let (host, port) = match host.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (host, None),
    };
    if !port.is_none_or(|port| port.is_empty() || is_port(port)) {
        return None;
    }
    let host = name(&percent_decoded(host))?;
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    Some(format!("{user}{host}{port}"))
}

fn is_port(port: &str) -> bool {
    port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok()
}

/// The name of a server in ASCII. One that is in ASCII already stays as it is written.
fn name(written: &str) -> Option<String> {
    // Longer ones are not worth the work; each character takes a byte at least.
    if written.chars().count() > LONGEST.1 + 1 {
        return None;
    }
    let name = if written.is_ascii() {
        written.to_owned()
    } else {
        let narrow =
            written.nfkc().flat_map(char::to_lowercase).nfc().map(|c| if c == '。' { '.' } else { c });
        let narrow: String = narrow.collect();
        let labels: Option<Vec<String>> = narrow.split('.').map(in_ascii).collect();
        labels?.join(".")
    };
    let labels = name.strip_suffix('.').unwrap_or(&name);
    let last = labels.rsplit('.').next().unwrap_or_default();
    // A last label of digits alone makes it an IPv4 address, which must then be a valid one.
    let numeric = !last.is_empty() && last.bytes().all(|b| b.is_ascii_digit());
    let label = |l: &str| {
        (1..=LONGEST.0).contains(&l.len())
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    };
    let right = labels.len() <= LONGEST.1
        && labels.split('.').all(label)
        && (!numeric || labels.parse::<std::net::Ipv4Addr>().is_ok());
    right.then_some(name)
}

/// A part of a name in Punycode, if it is not in ASCII already. None if no name can have such characters.
fn in_ascii(label: &str) -> Option<String> {
    if label.is_ascii() {
        return Some(label.to_owned());
    }
    let letters: Vec<char> = label.chars().collect();
    let at = |index: Option<usize>| index.and_then(|index| letters.get(index)).copied().unwrap_or('-');
    let right = letters.iter().enumerate().all(|(index, &c)| match c {
        // Joiners part letters of Arabic and Indic words; the points are of Catalan, Japanese and Hebrew ones
        // (RFC 5892, appendix A).
        '\u{200c}' | '\u{200d}' => {
            index > 0 && !at(index.checked_sub(1)).is_ascii() && !at(Some(index + 1)).is_ascii()
        }
        '·' => at(index.checked_sub(1)) == 'l' && at(Some(index + 1)) == 'l',
        '・' | '׳' | '״' => true,
        c => c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '-' | '_'),
    });
    let begins = letters.first().is_some_and(|c| !is_combining_mark(*c) && *c != '-');
    (right && begins && letters.last() != Some(&'-')).then(|| format!("xn--{}", punycode(&letters)))
}

/// Punycode (RFC 3492, 6.3), of a part of a name that is short.
fn punycode(letters: &[char]) -> String {
    const BASE: u32 = 36;
    const LEAST: u32 = 1;
    const MOST: u32 = 26;
    let digit = |value: u32| char::from_digit(value, 10).unwrap_or_default();
    let written = |value: u32| match value {
        0..=25 => char::from(b'a' + value as u8),
        _ => digit(value - 26),
    };
    let mut out: String = letters.iter().filter(|c| c.is_ascii()).collect();
    let plain = out.len() as u32;
    if plain > 0 {
        out.push('-');
    }
    let (mut seen, mut delta, mut bias, mut done) = (0x80_u32, 0_u32, 72_u32, plain);
    while done < letters.len() as u32 {
        let Some(next) = letters.iter().map(|c| u32::from(*c)).filter(|c| *c >= seen).min() else { break };
        delta += (next - seen) * (done + 1);
        seen = next;
        for c in letters.iter().map(|c| u32::from(*c)) {
            if c < seen {
                delta += 1;
            } else if c == seen {
                let mut rest = delta;
                let mut step = BASE;
                loop {
                    let threshold = step.saturating_sub(bias).clamp(LEAST, MOST);
                    if rest < threshold {
                        break;
                    }
                    out.push(written(threshold + (rest - threshold) % (BASE - threshold)));
                    rest = (rest - threshold) / (BASE - threshold);
                    step += BASE;
                }
                out.push(written(rest));
                bias = adapted(delta, done + 1, done == plain);
                delta = 0;
                done += 1;
            }
        }
        delta += 1;
        seen += 1;
    }
    out
}

/// The bias after a letter (RFC 3492, 6.1).
fn adapted(delta: u32, count: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / count;
    let mut bias = 0;
    while delta > (35 * 26) / 2 {
        delta /= 35;
        bias += 36;
    }
    bias + 36 * delta / (delta + 38)
}

/// Text with its escapes read; as it is if that gives no text.
pub fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let digit = |b: Option<u8>| b.and_then(|b| char::from(b).to_digit(16));
        match (byte, digit(ahead.next()), digit(ahead.next())) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_every_script_become_those_that_name_servers_know() {
        // The top-level names are those of IANA's table.
        for (written, sent) in [
            ("münchen.de", "xn--mnchen-3ya.de"),
            ("MÜNCHEN.de", "xn--mnchen-3ya.de"),
            ("mu\u{308}nchen.de", "xn--mnchen-3ya.de"),
            ("m%C3%BCnchen.de", "xn--mnchen-3ya.de"),
            ("straße.de", "xn--strae-oqa.de"),
            ("例え.テスト", "xn--r8jz45g.xn--zckzah"),
            ("例子。中国", "xn--fsqu00a.xn--fiqs8s"),
            ("испытание.рф", "xn--80akhbyknj4f.xn--p1ai"),
            ("موقع.إيران", "xn--4gbrim.xn--kgbe3a4fra"),
            ("उदाहरण.परीक्षा", "xn--p1b6ci4b4b3a.xn--11b5bs3a9aj6g"),
            ("δοκιμή", "xn--jxalpdlp"),
            ("col·lecció.cat", "xn--collecci-ioa91d.cat"),
            ("example.org", "example.org"),
            ("Example.ORG.", "Example.ORG."),
            ("ｅｘａｍｐｌｅ.org", "example.org"),
        ] {
            assert_eq!(authority(written).as_deref(), Some(sent), "{written}");
        }
    }

    #[test]
    fn no_trick_makes_another_server_of_a_name() {
        let long = "é".repeat(70);
        for bad in [
            "℀.org",
            "a／b.org",
            "exa\u{202e}mple.org",
            "exa\u{200b}mpleé.org",
            "a\u{200d}b.org",
            "é%2Fb.org",
            "é@",
            "％2F.org",
            "\u{301}e.org",
            "-é.org",
            "é-.org",
            "é..org",
            "a·b.org",
            long.as_str(),
            "é:x",
            "é:-1",
            "é:+8",
        ] {
            assert_eq!(authority(bad), None, "{bad}");
        }
        assert_eq!(authority("é:8080").as_deref(), Some("xn--9ca:8080"));
    }
}
