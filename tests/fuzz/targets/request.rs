//! What may come over a connection to the preview.

use booklet::preview::{Token, answer};

/// The token as it stands in the address.
const KEY: &str = "07070707070707070707070707070707";

/// Tries a request.
pub fn run(bytes: &[u8]) {
    let token = Token::new([7; 16]);
    let Some(said) = answer(bytes, 8080, &token) else { return };
    assert_eq!(Some(&said), answer(bytes, 8080, &token).as_ref(), "another answer to the same request");
    let end = said.windows(4).position(|four| four == b"\r\n\r\n").expect("the end of a head") + 4;
    let (head, body) = (std::str::from_utf8(&said[..end]).expect("UTF-8"), &said[end..]);
    let status: u16 =
        head.strip_prefix("HTTP/1.1 ").and_then(|rest| rest[..3].parse().ok()).expect("a status");
    let value = |name: &str| {
        let lines = head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(own, _)| *own == name).map(|(_, value)| value.to_owned()).collect::<Vec<_>>()
    };
    let asked = bytes.starts_with(b"HEAD ");
    match value("Content-Length").as_slice() {
        [] => assert!(status == 204 && body.is_empty()),
        [length] => assert!(length.parse() == Ok(body.len()) || (asked && body.is_empty()), "{head}"),
        _ => panic!("two lengths: {head}"),
    }
    // No page from elsewhere reads it, frames it or keeps it.
    assert!(!head.contains("Access-Control-") && !head.contains("Set-Cookie"));
    assert!(value("Content-Security-Policy")[0].contains("frame-ancestors"));
    assert_eq!(value("Cache-Control"), ["no-store"]);
    assert_eq!(value("X-Content-Type-Options"), ["nosniff"]);
    // Who does not have the token, or asks for another host, learns of nothing that is there or is not.
    let sent = String::from_utf8_lossy(bytes);
    if matches!(status, 200 | 204 | 404) {
        assert!(
            sent.starts_with(&format!("GET /{KEY}")) || sent.starts_with(&format!("HEAD /{KEY}")),
            "{sent:?}"
        );
        assert!(sent.contains("127.0.0.1:8080") || sent.contains("localhost:8080"), "{sent:?}");
    }
}
