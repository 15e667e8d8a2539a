//! What the files of a booklet are called, before anything of it is set.
//!
//! Comes in: a manifest and what is wanted. Goes out: the names, so that two booklets that would write one file
//! are told before hours of work. How many pages there are, nobody knows yet: pictures of pages are named by
//! what all their names begin with.

use crate::manifest::{Manifest, Print};

use super::Wanted;

/// The name of a file, or of many.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    /// One file.
    One(String),
    /// `STEM-001.png`, `STEM-002.png` and so on, at least one.
    Numbered(String),
}

/// The files that a booklet will be; as many or more than there are in the end.
pub fn names(manifest: &Manifest, wanted: Wanted) -> Vec<Name> {
    let slug = &manifest.identity.slug;
    let pictures = wanted.pictures;
    let mut names: Vec<Name> = [
        (wanted.epub, epub(slug)),
        (wanted.kepub, kepub(slug)),
        (wanted.reading, pdf(slug)),
        (pictures.contact, contact(slug)),
        (pictures.cover, cover(slug)),
    ]
    .into_iter()
    .filter(|(wanted, _)| *wanted)
    .map(|(_, name)| Name::One(name))
    .collect();
    if pictures.pages {
        names.push(Name::Numbered(slug.clone()));
    }
    for print in &manifest.prints {
        let cover = manifest.cover.separate.then_some("cover");
        for what in ["print"].into_iter().chain(cover) {
            let stem = printed(slug, what, print);
            if wanted.print {
                names.push(Name::One(pdf(&stem)));
            }
            if pictures.sheets {
                names.push(Name::Numbered(stem));
            }
        }
        if wanted.print && print.instructions {
            names.push(Name::One(pdf(&printed(slug, "how-to-print", print))));
        }
    }
    names
}

pub(super) fn epub(slug: &str) -> String {
    format!("{slug}.epub")
}

pub(super) fn kepub(slug: &str) -> String {
    format!("{slug}.kepub.epub")
}

/// A PDF's name by its stem; the reading PDF's is the slug alone.
pub(super) fn pdf(stem: &str) -> String {
    format!("{stem}.pdf")
}

pub(super) fn contact(slug: &str) -> String {
    format!("{slug}.png")
}

pub(super) fn cover(slug: &str) -> String {
    format!("{slug}-cover.png")
}

/// `SLUG-print`, or with a name for the table `SLUG-print-NAME`: the name of a PDF, and of the pictures of its sheets,
/// without what comes after.
pub(super) fn printed(slug: &str, what: &str, print: &Print) -> String {
    match &print.name {
        Some(name) => format!("{slug}-{what}-{}", name.value),
        None => format!("{slug}-{what}"),
    }
}

/// The name of one of so many pictures, numbered from 1 with as many figures as the last needs, at least three.
pub(super) fn numbered(stem: &str, index: usize, count: usize) -> String {
    let figures = count.to_string().len().max(3);
    format!("{stem}-{:0figures$}.png", index + 1)
}
