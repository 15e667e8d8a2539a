//! Where a booklet's files may lie, and how they are read.
//!
//! Comes in: paths as people write them. Goes out: the bytes, or a finding that says what is wrong. A
//! path may not leave the booklet's folder, neither by `..` nor by a link, save into the nearest
//! `covers` and `fonts` folders above it: a booklet from a stranger must not print the reader's diary.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Code, Diagnostic, codes};

/// A booklet's folder.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// As the user gave it; what findings show.
    shown: PathBuf,
    /// Without links.
    real: PathBuf,
    /// Folders that paths may lead into, without links; the first is the booklet's own.
    open: Vec<PathBuf>,
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
}

impl Place {
    /// The folder of a manifest. `None` if it does not exist.
    pub fn new(folder: &Path) -> Option<Self> {
        let shown = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() };
        let real = shown.canonicalize().ok()?;
        let mut open = vec![real.clone()];
        for name in ["fonts", "covers"] {
            let nearest = real.ancestors().map(|a| a.join(name)).find(|f| f.is_dir());
            open.extend(nearest.and_then(|f| f.canonicalize().ok()));
        }
        Some(Self { shown, real, open })
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
            let hint = "put a copy of the file into the booklet's folder";
            return Err(self.outside(written).hint(hint));
        }
        let Ok(real) = joined.canonicalize() else {
            let why = format!("there is no file “{written}”");
            let mut missing = Diagnostic::error(codes::B002, why).in_file(self.show(&joined));
            if let Some(like) = sibling(&joined) {
                let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
                let like = folder.map_or_else(|| like.clone(), |f| f.join(&like).display().to_string());
                missing = missing.hint(format!("did you mean “{like}”?"));
            }
            return Err(missing);
        };
        if !self.allows(&real) {
            let hint = "a link led there; put a copy of the file into the booklet's folder";
            return Err(self.outside(written).hint(hint));
        }
        let what = match fs::metadata(&real) {
            Ok(m) if m.is_file() => None,
            Ok(m) if m.is_dir() => Some("is a folder, not a file"),
            Ok(_) => Some("is not an ordinary file"),
            Err(_) => Some("cannot be looked at"),
        };
        if let Some(what) = what {
            return Err(
                Diagnostic::error(codes::B004, format!("“{written}” {what}")).in_file(self.show(&joined))
            );
        }
        Ok(Found { shown: self.show(&joined), name: self.name(&joined), real })
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
    File::open(&found.real)
        .and_then(|file| file.take(largest + 1).read_to_end(&mut bytes))
        .map_err(|e| trouble(codes::B007, format!("the file cannot be read: {}", reason(&e))))?;
    if bytes.len() as u64 > largest { Err(too_large()) } else { Ok(bytes) }
}

/// Why a file could not be read, without the path that some systems add.
pub(super) fn reason(error: &std::io::Error) -> String {
    error.kind().to_string()
}

/// Reads a text: UTF-8, without a byte-order mark.
pub(super) fn read_text(found: &Found, largest: u64) -> Result<String, Diagnostic> {
    let bytes = read(found, largest)?;
    let not_text = |what: String| {
        Diagnostic::error(codes::B005, what)
            .in_file(found.shown.clone())
            .hint("save the file as plain text in UTF-8 (most editors: “Save as…”, encoding UTF-8)")
    };
    if bytes.contains(&0) {
        return Err(not_text("the file is not text: it has bytes that no text has".to_owned()));
    }
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = good.iter().filter(|b| **b == b'\n').count() + 1;
        let start = good.iter().rposition(|b| *b == b'\n').map_or(0, |n| n + 1);
        let column = String::from_utf8_lossy(&good[start..]).chars().count() + 1;
        not_text(format!("the file is not UTF-8: line {line}, column {column} cannot be read"))
    })?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}

/// Whether a path ends in one of these, whatever the case.
pub(super) fn ends_in(path: &str, extensions: &[&str]) -> bool {
    let extension = Path::new(path).extension().and_then(OsStr::to_str).unwrap_or_default();
    extensions.iter().any(|e| e.eq_ignore_ascii_case(extension))
}
