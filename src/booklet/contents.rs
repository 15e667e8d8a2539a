//! What is in a file: its bytes, and its text.
//!
//! Comes in: a file that was found. Goes out: all of it, or a finding that says why not.

use std::ffi::OsStr;
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Report, Source, SourceId, Span, codes};
use crate::folder::{Unread, reason};

use super::place::{BookletFolder, FoundFile};
use super::refusal::COPY_CONTENTS;

/// Reads a file that was found, of at most `largest` bytes; or says what to do.
pub(super) fn read(place: &BookletFolder, found: &FoundFile, largest: u64) -> Result<Vec<u8>, Diagnostic> {
    let trouble = |code: Code, what: String| Diagnostic::error(code, what).in_file(found.shown.clone());
    place.files().read(&found.real, largest).map_err(|why| match why {
        Unread::NotAFile => {
            trouble(codes::B004, "this is a device or a pipe, not a file".to_owned()).hint(COPY_CONTENTS)
        }
        Unread::TooLarge(largest) => {
            let what = format!("the file is larger than {} MiB", largest >> 20);
            trouble(codes::B006, what)
                .hint("is it really the file that was meant? Otherwise part it in several")
        }
        Unread::System(error) => trouble(codes::B007, format!("the file cannot be read: {}", reason(&error)))
            .hint("see that you may read it, and that the disk is sound"),
    })
}

/// Registers the text of a file. Line ends of Windows become `\n` and a byte-order mark is left out: an editor
/// or a checkout that writes them makes no other booklet. If it is not UTF-8 text, an error points at the first
/// byte that is not, in the text as far as it can be shown.
pub(super) fn text(found: &FoundFile, bytes: &[u8], report: &mut Report) -> Option<(SourceId, Arc<str>)> {
    const AROUND: usize = 200;
    const HINT: &str = "save it as plain text in UTF-8; word processors offer this when you save a copy";
    let name = found.shown.clone();
    let start = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let body = &bytes[start..];
    let wide = body.starts_with(b"\xff\xfe") || body.starts_with(b"\xfe\xff");
    let (at, message) = match std::str::from_utf8(body) {
        _ if wide => (0, "this is UTF-16 text, not UTF-8"),
        Ok(sound) => match sound.find('\0') {
            None => {
                let text: Arc<str> =
                    if sound.contains("\r\n") { sound.replace("\r\n", "\n").into() } else { sound.into() };
                return Some((report.add_source(Source { name, text: Arc::clone(&text) }), text));
            }
            Some(at) => (at, "this is not text: it has a zero byte"),
        },
        Err(error) => (error.valid_up_to(), "this is not UTF-8 text"),
    };
    let shown = String::from_utf8_lossy(&body[..body.len().min(at + AROUND)]).into_owned();
    // What is no text is shown by a sign that has more bytes than one.
    let width = shown.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let [start, end] = [at, at + width].map(Span::byte);
    let span = Span { source: report.add_source(Source { name, text: shown.into() }), start, end };
    report.push(Diagnostic::error(codes::B005, message).at(span).hint(HINT));
    None
}

/// Whether a path ends in one of these, whatever the case.
pub(super) fn ends_in(path: &str, extensions: &[&str]) -> bool {
    let extension = Path::new(path).extension().and_then(OsStr::to_str).unwrap_or_default();
    extensions.iter().any(|e| e.eq_ignore_ascii_case(extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_text_are_pointed_at() {
        let found = FoundFile {
            real: std::path::PathBuf::new(),
            shown: "a.md".to_owned(),
            name: "a.md".to_owned(),
            winding: false,
        };
        for (bytes, at) in
            [(&b"ab\ncd\xffef"[..], 5), (b"a\0b", 1), (b"\xff\xfea\0", 0), (b"\xef\xbb\xbfab\xff", 2)]
        {
            let mut report = Report::new();
            assert!(text(&found, bytes, &mut report).is_none());
            let finding = &report.diagnostics()[0];
            let span = finding.span.unwrap();
            assert_eq!((finding.code, span.start), (codes::B005, at));
            let shown = &report.source(span.source).unwrap().text[span.start as usize..span.end as usize];
            assert!(["\u{fffd}", "\0"].contains(&shown), "{shown:?}");
        }
        let mut report = Report::new();
        let (_, read) = text(&found, b"\xef\xbb\xbfa\r\n\r\nb\r", &mut report).unwrap();
        assert_eq!(&*read, "a\n\nb\r");
    }
}
