//! Where a booklet's files may lie, and how they are read.
//!
//! Comes in: paths as people write them. Goes out: the bytes, or a finding that says what is wrong. A
//! path may not leave the booklet's folder, neither by `..` nor by a link, save into the nearest
//! `covers` and `fonts` folders above it: a booklet from a stranger must not print the reader's diary.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Code, Diagnostic, Report, Source, SourceId, Span, Trail, codes};

use super::stamp;

/// A booklet's folder.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// As the user gave it; what findings show.
    shown: PathBuf,
    /// Without links.
    real: PathBuf,
    /// Folders that paths may lead into, without links; the first is the booklet's own.
    open: Vec<PathBuf>,
    /// Every place that was looked at.
    trail: Trail,
}

/// A file that was found.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Where it really is.
    pub real: PathBuf,
    /// Its name for people: the booklet's folder as given, and the path in it.
    pub shown: String,
    /// Its path from the booklet's folder, with forward slashes.
    pub name: String,
    /// Whether the path as written leaves the folder and comes back by the folder's name, so that it
    /// leads nowhere when the booklet is moved.
    pub winding: bool,
}

impl Place {
    /// The folder of a manifest. `None` if it does not exist. Whatever is looked for in it is noted in the
    /// trail.
    pub fn new(folder: &Path, trail: &Trail) -> Option<Self> {
        let shown = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() };
        let real = shown.canonicalize().ok()?;
        let mut open = vec![real.clone()];
        for name in ["fonts", "covers"] {
            let nearest = real.ancestors().map(|a| a.join(name)).find(|f| f.is_dir());
            open.extend(nearest.and_then(|f| f.canonicalize().ok()));
        }
        Some(Self { shown, real, open, trail: trail.clone() })
    }

    /// Notes that a place is looked at.
    fn looked_at(&self, path: &Path) {
        self.trail.note(path, stamp(path));
    }

    /// The trail.
    pub fn trail(&self) -> &Trail {
        &self.trail
    }

    /// The folder as the user gave it.
    pub fn shown(&self) -> &Path {
        &self.shown
    }

    /// Finds the file that `written` names, relative to the booklet's folder or, for a picture in a
    /// chapter, to the folder of that chapter. Errors have no span yet.
    pub fn find(&self, written: &str, from: &Path) -> Result<Found, Diagnostic> {
        let path = Path::new(written);
        if written.contains('\0') || written.trim().is_empty() {
            return Err(Diagnostic::error(codes::B002, "an empty path names no file"));
        }
        if path.is_absolute() || path.has_root() {
            let hint = "write the path from the booklet's own folder, as in \"pictures/one.png\"";
            return Err(self.outside(written).hint(hint));
        }
        let joined = lexical(&self.real.join(from).join(path));
        if !self.allows(&joined) {
            // It may be meant for a folder that is not there yet.
            if joined.components().any(|part| part.as_os_str() == "fonts" || part.as_os_str() == "covers") {
                self.looked_at(&joined);
            }
            let hint = "put a copy of the file into the booklet's folder";
            return Err(self.outside(written).hint(hint));
        }
        self.looked_at(&joined);
        let Ok(real) = joined.canonicalize() else {
            let why = format!("there is no file “{written}”");
            let mut missing = Diagnostic::error(codes::B002, why).in_file(self.show(&joined));
            if let Some(like) = sibling(&joined) {
                let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
                let like = folder.map_or_else(|| like.clone(), |f| f.join(&like).display().to_string());
                missing = missing.hint(format!("did you mean “{like}”?"));
            } else {
                missing = missing.hint(format!("put it at {}, or correct the path", self.show(&joined)));
            }
            return Err(missing);
        };
        if !self.allows(&real) {
            let hint = "a link led there; put a copy of the file into the booklet's folder";
            return Err(self.outside(written).hint(hint));
        }
        let wrong = match fs::metadata(&real) {
            Ok(m) if m.is_file() => None,
            Ok(m) if m.is_dir() => Some(("is a folder, not a file", "name a file in it")),
            Ok(_) => Some(("is a device or a pipe, not a file", "put a copy of its contents into a file")),
            Err(_) => Some(("cannot be looked at", "see that you may read it")),
        };
        if let Some((what, hint)) = wrong {
            let finding = Diagnostic::error(codes::B004, format!("“{written}” {what}"));
            return Err(finding.in_file(self.show(&joined)).hint(hint));
        }
        let name = self.name(&joined);
        let winding = lexical(&from.join(path)) != lexical(Path::new(&name));
        Ok(Found { shown: self.show(&joined), name, winding, real })
    }

    fn outside(&self, written: &str) -> Diagnostic {
        Diagnostic::error(codes::B003, format!("“{written}” lies outside the booklet's folder"))
            .hint("only a folder \"covers\" or \"fonts\" above the booklet may be used as well")
    }

    fn allows(&self, path: &Path) -> bool {
        self.open.iter().any(|folder| path.starts_with(folder))
    }

    /// A path from the booklet's folder, or with as many `..` as it takes.
    fn name(&self, path: &Path) -> String {
        let shared = self.real.components().zip(path.components()).take_while(|(a, b)| a == b).count();
        let up = self.real.components().count() - shared;
        let mut parts: Vec<String> = vec!["..".to_owned(); up];
        parts.extend(path.components().skip(shared).map(|c| c.as_os_str().to_string_lossy().into_owned()));
        parts.join("/")
    }

    fn show(&self, path: &Path) -> String {
        let name = self.name(path);
        if self.shown == Path::new(".") {
            name
        } else {
            lexical(&self.shown.join(name)).display().to_string()
        }
    }
}

/// A path without `.` and `..`, where that can be told from the path alone.
fn lexical(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(plain.components().next_back(), Some(Component::Normal(_))) => {
                plain.pop();
            }
            Component::ParentDir if plain.has_root() => {}
            other => plain.push(other),
        }
    }
    plain
}

/// The name in the same folder that is most like the one that is missing.
fn sibling(missing: &Path) -> Option<String> {
    let wanted = missing.file_name()?.to_str()?;
    let entries = fs::read_dir(missing.parent()?).ok()?;
    let mut names: Vec<String> = entries
        .take(5000)
        .filter_map(|e| e.ok()?.file_name().to_str().map(str::to_owned))
        .filter(|n| !n.starts_with('.'))
        .collect();
    names.sort();
    nearest(wanted, names.iter().map(String::as_str)).map(str::to_owned)
}

/// Reads a whole file, unless it is larger than `largest` bytes.
pub(super) fn read(found: &Found, largest: u64) -> Result<Vec<u8>, Diagnostic> {
    let trouble = |code: Code, what: String| Diagnostic::error(code, what).in_file(found.shown.clone());
    let too_large = || {
        let what = format!("the file is larger than {} MiB", largest >> 20);
        trouble(codes::B006, what).hint("is it really the file that was meant? Otherwise part it in several")
    };
    if fs::metadata(&found.real).is_ok_and(|m| m.len() > largest) {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    File::open(&found.real).and_then(|file| file.take(largest + 1).read_to_end(&mut bytes)).map_err(|e| {
        trouble(codes::B007, format!("the file cannot be read: {}", reason(&e)))
            .hint("see that you may read it, and that the disk is sound")
    })?;
    if bytes.len() as u64 > largest { Err(too_large()) } else { Ok(bytes) }
}

/// Why a file could not be read, without the path that some systems add.
pub(super) fn reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "it does not exist".to_owned(),
        ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        other => other.to_string(),
    }
}

/// Registers the text of a file. If it is not UTF-8 text, an error points at the first byte that is not,
/// in the text as far as it can be shown.
pub(super) fn text(found: &Found, bytes: &[u8], report: &mut Report) -> Option<(SourceId, Arc<str>)> {
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
                let text: Arc<str> = sound.into();
                return Some((report.add_source(Source { name, text: Arc::clone(&text) }), text));
            }
            Some(at) => (at, "this is not text: it has a zero byte"),
        },
        Err(error) => (error.valid_up_to(), "this is not UTF-8 text"),
    };
    let shown = String::from_utf8_lossy(&body[..body.len().min(at + AROUND)]).into_owned();
    let source = report.add_source(Source { name, text: shown.into() });
    let start = u32::try_from(at).unwrap_or(u32::MAX);
    let span = Span { source, start, end: start.saturating_add(1) };
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
        let found =
            Found { real: PathBuf::new(), shown: "a.md".to_owned(), name: "a.md".to_owned(), winding: false };
        for (bytes, at) in
            [(&b"ab\ncd\xffef"[..], 5), (b"a\0b", 1), (b"\xff\xfea\0", 0), (b"\xef\xbb\xbfab\xff", 2)]
        {
            let mut report = Report::new();
            assert!(text(&found, bytes, &mut report).is_none());
            let finding = &report.diagnostics()[0];
            assert_eq!((finding.code, finding.span.unwrap().start), (codes::B005, at));
        }
        let mut report = Report::new();
        let (_, read) = text(&found, b"\xef\xbb\xbfab", &mut report).unwrap();
        assert_eq!(&*read, "ab");
    }
}
