//! Whether a file is exactly what a manifest gives.
//!
//! Comes in: a file and a manifest. Goes out: a [`Verdict`]. The booklet is built in memory and the bytes
//! are held against each other; only where they part are both files taken apart.

use crate::diagnostic::Report;
use crate::epub;
use crate::folder::Manuscript;
use crate::pdf;
use crate::pdf::parts::Parts;
use crate::press::{Artifact, Job, Wanted, press};
use crate::sources::{Carried, Unreadable};

use super::compare::{self, Differences};
use super::{FileKind, carried, kind};

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The file is this one of the booklet's, byte for byte.
    Same(String),
    /// It is not.
    Differs {
        /// Which of the booklet's files it was held against; none if it is no such file at all.
        against: Option<String>,
        /// Where they part, gravest first, each a sentence without a final stop.
        parts: Vec<String>,
    },
}

/// Builds a booklet and holds a file against it; `name` is the file's own name. None if the booklet has
/// errors: the report says which.
pub fn verify(file: &[u8], name: &str, manuscript: &Manuscript, report: &mut Report) -> Option<Verdict> {
    let kind = kind(file);
    let wanted = match kind {
        Some(FileKind::Epub) => Wanted { epub: true, kepub: true, ..Wanted::NOTHING },
        Some(FileKind::Pdf) => Wanted { epub: false, ..Wanted::ALL },
        None => Wanted::NOTHING,
    };
    let artifacts = press(&Job { manuscript: manuscript.clone(), wanted }, report);
    if report.has_errors() {
        return None;
    }
    if let Some(same) = artifacts.iter().find(|artifact| artifact.bytes == file) {
        return Some(Verdict::Same(called(same)));
    }
    let found = match kind {
        Some(FileKind::Epub) => epubs(file, &artifacts),
        Some(FileKind::Pdf) => pdfs(file, name, &artifacts),
        None => Err(Unreadable::NotOurs),
    };
    Some(found.unwrap_or_else(|why| Verdict::Differs { against: None, parts: vec![reason(why)] }))
}

/// An output as people call it.
fn called(artifact: &Artifact) -> String {
    format!("{}, {}", artifact.product.called(), artifact.name)
}

/// Why a file is nothing that can be compared.
fn reason(why: Unreadable) -> String {
    match why {
        Unreadable::NotOurs => "booklet did not make this file".to_owned(),
        Unreadable::Damaged(what) => {
            format!("the file was changed or damaged since booklet made it: {what}")
        }
        Unreadable::NoSources | Unreadable::TooMuch => {
            "what is packed in the file is larger than any booklet".to_owned()
        }
    }
}

fn epubs(file: &[u8], artifacts: &[Artifact]) -> Result<Verdict, Unreadable> {
    let found = epub::sources::take_apart(file)?;
    let made: Vec<(&Artifact, Carried)> = artifacts
        .iter()
        .map(|artifact| Ok((artifact, epub::sources::take_apart(&artifact.bytes)?)))
        .collect::<Result<_, Unreadable>>()?;
    // The plain one or Kobo's: the one with more files that are the same.
    let likeness =
        |(_, files): &&(&Artifact, Carried)| files.iter().filter(|file| found.contains(file)).count();
    let Some((artifact, files)) = made.iter().rev().max_by_key(likeness) else {
        return Err(Unreadable::NotOurs);
    };
    let mut differences = sources(file, &artifact.bytes);
    compare::epub::compare(&found, files, &mut differences);
    Ok(differs(artifact, differences))
}

fn pdfs(file: &[u8], name: &str, artifacts: &[Artifact]) -> Result<Verdict, Unreadable> {
    let found = pdf::parts::take_apart(file)?;
    let made: Vec<(&Artifact, Parts<'_>)> = artifacts
        .iter()
        .map(|artifact| Ok((artifact, pdf::parts::take_apart(&artifact.bytes)?)))
        .collect::<Result<_, Unreadable>>()?;
    // The one of its own kind, with its paper, its number of sides, its name: whichever is most like it.
    let likeness = |(artifact, parts): &&(&Artifact, Parts<'_>)| {
        let kind = found.pages.is_empty() == parts.pages.is_empty();
        let paper = found.sides.first().map(|s| s.size) == parts.sides.first().map(|s| s.size);
        (kind, paper, artifact.name == name, found.sides.len() == parts.sides.len())
    };
    // Of several that are equal, the first: `max_by_key` would give the last.
    let Some((artifact, parts)) = made.iter().rev().max_by_key(likeness) else {
        return Err(Unreadable::NotOurs);
    };
    let mut differences = sources(file, &artifact.bytes);
    compare::pdf::compare(&found, parts, &mut differences);
    Ok(differs(artifact, differences))
}

/// How the sources part.
fn sources(file: &[u8], made: &[u8]) -> Differences {
    let mut differences = Differences::default();
    compare::sources(carried(file).ok(), carried(made).ok(), &mut differences);
    differences
}

fn differs(artifact: &Artifact, mut differences: Differences) -> Verdict {
    if differences.is_empty() {
        differences.add(
            "all that they hold is the same; only how the file is put together is not: another version of \
             booklet made it, or another program saved it anew",
        );
    }
    Verdict::Differs { against: Some(called(artifact)), parts: differences.into_parts() }
}
