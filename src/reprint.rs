//! Finished files read back: the sources in them, and how they part from what a manifest gives.
//!
//! Comes in: the bytes of a file from anywhere. Goes out: with [`unpack`] the files that it was made of,
//! each known to be as it was and safe to write below a folder; with [`verify`] whether it is what a
//! manifest gives, and if not, where they part (`compare.rs`). What kind of file it is is told by its
//! contents. Nothing here writes to the disk: `cli` does, when all is known to be well.

use crate::diagnostic::{Diagnostic, Report, codes};
use crate::epub;
use crate::pdf;
use crate::sources::{self, Carried, LIST, Listed, Unreadable, shown};

mod compare;
mod made;
mod verify;

pub use made::{Looks, made_by_booklet};
pub use verify::{Verdict, verify};

/// What a file was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpacked {
    /// The files by path: with forward slashes, safe on every system, without two that are one name.
    pub files: Vec<(String, Vec<u8>)>,
    /// The manifest's path.
    pub manifest: String,
    /// Fonts that the booklet needs and that could not travel with it.
    pub fonts: Vec<String>,
    /// The version of booklet that made the file.
    pub version: String,
}

/// What kind of file it is, by how it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileKind {
    Pdf,
    Epub,
}

fn kind(file: &[u8]) -> Option<FileKind> {
    match file {
        [b'%', b'P', b'D', b'F', ..] => Some(FileKind::Pdf),
        [b'P', b'K', 3, 4, ..] => Some(FileKind::Epub),
        _ => None,
    }
}

/// The sources in a file; `name` is how the user calls it. None if they cannot be had: the report says
/// why.
pub fn unpack(file: &[u8], name: &str, report: &mut Report) -> Option<Unpacked> {
    match carried(file).and_then(checked) {
        Ok(unpacked) => Some(unpacked),
        Err(trouble) => {
            report.push(trouble.finding().in_file(name));
            None
        }
    }
}

/// Why there is nothing to unpack.
#[derive(Debug)]
enum Trouble {
    Unreadable(Unreadable),
    /// A path and what is wrong with it.
    Path(String),
}

impl From<Unreadable> for Trouble {
    fn from(unreadable: Unreadable) -> Self {
        Self::Unreadable(unreadable)
    }
}

impl Trouble {
    fn finding(self) -> Diagnostic {
        match self {
            Self::Unreadable(Unreadable::NotOurs) => {
                Diagnostic::error(codes::R003, "booklet did not make this file, so there is nothing to take out of it")
                    .hint("give it a reading PDF or an EPUB that `booklet build` made, as it was made")
            }
            Self::Unreadable(Unreadable::NoSources) => {
                Diagnostic::error(codes::R004, "this file carries no sources").hint(
                    "the reading PDF and the EPUB carry them, unless the manifest says `sources = false`; print PDFs never do",
                )
            }
            Self::Unreadable(Unreadable::Damaged(what)) => {
                let what = format!("this file was changed or damaged since booklet made it: {what}");
                Diagnostic::error(codes::R005, what)
                    .hint("get it anew from where it came from; programs that save PDFs or EPUBs change them")
            }
            Self::Unreadable(Unreadable::TooMuch) => {
                let what = "what is packed in this file is larger than any booklet";
                Diagnostic::error(codes::R007, what).hint("do not trust where it came from")
            }
            Self::Path(what) => Diagnostic::error(codes::R006, what)
                .hint("booklet makes no such file: do not trust where it came from"),
        }
    }
}

/// The files in a file, as they stand there.
fn carried(file: &[u8]) -> Result<Carried, Trouble> {
    match kind(file) {
        Some(FileKind::Pdf) => Ok(pdf::parts::sources(file)?),
        Some(FileKind::Epub) => Ok(epub::sources::read(file)?),
        None => Err(Unreadable::NotOurs.into()),
    }
}

/// Files whose paths are safe and whose sums are right. Paths come first: nothing of a file that plays
/// tricks is looked at further.
fn checked(mut files: Carried) -> Result<Unpacked, Trouble> {
    for (path, _) in &files {
        sources::check(path).map_err(|why| Trouble::Path(format!("“{}” {why}", shown(path))))?;
    }
    sources::one_name_each(files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())))
        .map_err(|same| Trouble::Path(same.to_string()))?;
    let at = files.iter().position(|(path, _)| path == LIST);
    let list = at.map(|at| files.remove(at).1).and_then(|list| Listed::read(&list));
    let listed = list.ok_or_else(|| Unreadable::damaged("its list of sources is missing"))?;
    listed
        .check(files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())))
        .map_err(|changed| Unreadable::damaged(changed.to_string()))?;
    Ok(Unpacked { files, manifest: listed.manifest, fonts: listed.fonts, version: listed.version })
}
