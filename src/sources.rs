//! A booklet's sources as they travel inside what is made of it: manifest, texts, pictures, fonts.
//!
//! Comes in: the files that the manifest refers to, by the names it gives them. Goes out: [`Sources`]:
//! the same files under paths (`paths.rs`) that are safe on every system and that lead from the manifest
//! to its files in any folder, and a list of them with their sums (`list.rs`), by which whoever takes
//! them out again knows that they are whole. Nothing here touches the disk, and no path of it is in here.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::render::harmless;

mod list;
mod paths;

pub use list::{LIST, Listed};
pub use paths::{Foreign, Unsafe, check, foreign};

/// The most files that sources may be, in and out.
pub const MOST_FILES: usize = 5000;
/// The largest file, in bytes: what the largest picture may be.
pub const LARGEST_FILE: usize = 128 << 20;
/// All files together, in bytes.
pub const MOST_BYTES: usize = 512 << 20;
/// Characters of a stranger's name that are shown.
const LONGEST_SHOWN: usize = 80;

/// What a file is to the booklet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The manifest.
    Manifest,
    /// Markdown.
    Text,
    /// A picture, without metadata.
    Picture,
    /// A font file.
    Font,
}

/// A file by the name that the booklet knows it by.
#[derive(Debug, Clone)]
pub struct Named {
    /// Its path from the booklet's folder with forward slashes; begins with `..` only where it leaves it.
    pub name: String,
    /// What it is.
    pub role: Role,
    /// Its contents.
    pub bytes: Arc<[u8]>,
}

/// A file of the sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path with forward slashes, below the folder that all of them are put into.
    pub path: String,
    /// Its contents.
    pub bytes: Arc<[u8]>,
    /// Media type (RFC 6838).
    pub media: &'static str,
    /// What it is, for lists of attachments.
    pub about: &'static str,
}

/// Sources: the list of them first, then the manifest, then all other files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sources {
    files: Vec<SourceFile>,
}

/// Why files cannot travel as sources.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnfitSources {
    /// This name cannot be a file's everywhere.
    #[error("“{0}” {1}")]
    Name(String, Unsafe),
    /// Two have one name.
    #[error("{}", if .0.one == .0.other { format!("two files would both be called “{}”", .0.one) } else { .0.to_string() })]
    SameName(#[from] SameName),
    /// They are too many or too large.
    #[error("they are more than {MOST_FILES} files, or larger than {} MiB", MOST_BYTES >> 20)]
    TooMuch,
}

/// Two different files of which some systems make one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{one}” and “{other}” are one name on some systems")]
pub struct SameName {
    /// The name of the one.
    pub one: String,
    /// That of the other; it may be the same.
    pub other: String,
}

/// Files that a finished file carries, by path; the list of them among them.
pub type Carried = Vec<(String, Vec<u8>)>;

/// Why the sources in a finished file cannot be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// Another program made the file.
    NotOurs,
    /// It was made without sources.
    NoSources,
    /// It is not as it was made; what is wrong.
    Damaged(String),
    /// There is more in it than in any booklet.
    TooMuch,
}

impl Unreadable {
    /// Damage, in words.
    pub fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged(what.into())
    }
}

impl Sources {
    /// Puts files under paths of their own. The first is the manifest. `slug` names the booklet's
    /// folder where its files do not all lie in it; `fonts` are families that must be found elsewhere.
    ///
    /// # Errors
    /// When a name is not safe everywhere, or there is too much.
    pub fn new(named: &[Named], slug: &str, fonts: &[String]) -> Result<Self, UnfitSources> {
        let depth = named.iter().map(|file| paths::climbs(&file.name)).max().unwrap_or(0);
        let home = paths::home(depth, slug);
        let mut files = Vec::with_capacity(named.len() + 1);
        for file in named {
            let path = paths::place(&home, &file.name);
            check(&path).map_err(|why| UnfitSources::Name(file.name.clone(), why))?;
            let (media, about) = kind(file);
            files.push(SourceFile { path, bytes: Arc::clone(&file.bytes), media, about });
        }
        let list = list::write(&files, fonts);
        let bytes = list.into_bytes().into();
        let about = "List of the booklet's sources";
        files.insert(0, SourceFile { path: LIST.to_owned(), bytes, media: "text/plain", about });
        one_name_each(files.iter().map(|file| (file.path.as_str(), &*file.bytes)))?;
        let all: usize = files.iter().map(|file| file.bytes.len()).sum();
        let largest = files.iter().map(|file| file.bytes.len()).max().unwrap_or(0);
        if files.len() > MOST_FILES || largest > LARGEST_FILE || all > MOST_BYTES {
            return Err(UnfitSources::TooMuch);
        }
        Ok(Self { files })
    }

    /// The files, the list of them first.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }
}

/// Whether no two different files have names that some systems take for one.
pub fn one_name_each<'f>(files: impl Iterator<Item = (&'f str, &'f [u8])>) -> Result<(), SameName> {
    let mut taken: BTreeMap<String, (&str, &[u8])> = BTreeMap::new();
    let mut folders: BTreeMap<String, &str> = BTreeMap::new();
    for (path, bytes) in files {
        let folded = paths::folded(path);
        for (at, _) in folded.match_indices('/') {
            folders.entry(folded[..at].to_owned()).or_insert(path);
        }
        if let Some((other, others)) = taken.insert(folded, (path, bytes))
            && others != bytes
        {
            return Err(SameName { one: other.to_owned(), other: path.to_owned() });
        }
    }
    // Nor may a file be another one's folder.
    match taken.iter().find_map(|(folded, (path, _))| Some((*path, *folders.get(folded)?))) {
        Some((file, below)) => Err(SameName { one: file.to_owned(), other: below.to_owned() }),
        None => Ok(()),
    }
}

/// A name out of a file from a stranger, fit to be shown: of bounded length, and harmless on a terminal.
pub fn shown(name: &str) -> String {
    let mut short: String = name.chars().take(LONGEST_SHOWN).collect();
    if short.len() < name.len() {
        short.push('…');
    }
    harmless(&short)
}

/// Media type and description.
fn kind(file: &Named) -> (&'static str, &'static str) {
    match file.role {
        Role::Manifest => ("application/toml", "Source: the manifest"),
        Role::Text => ("text/markdown", "Source: a text in Markdown"),
        Role::Font => {
            (if file.bytes.starts_with(b"OTTO") { "font/otf" } else { "font/ttf" }, "Source: a font")
        }
        Role::Picture => {
            let media = match &*file.bytes {
                [0xff, 0xd8, ..] => "image/jpeg",
                [b'R', b'I', b'F', b'F', ..] => "image/webp",
                [b'G', b'I', b'F', ..] => "image/gif",
                _ => "image/png",
            };
            (media, "Source: a picture")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str, words: &str) -> Named {
        Named { name: name.to_owned(), role: Role::Text, bytes: words.as_bytes().into() }
    }

    #[test]
    fn files_above_the_booklet_lie_above_it_again() {
        let files = [named("manifest.toml", "m"), named("a/b.md", "b"), named("../../covers/c.png", "c")];
        let sources = Sources::new(&files, "roses", &[]).unwrap();
        let paths: Vec<&str> = sources.files().iter().map(|f| f.path.as_str()).collect();
        assert_eq!(paths, [LIST, "booklets/roses/manifest.toml", "booklets/roses/a/b.md", "covers/c.png"]);
    }

    #[test]
    fn names_that_are_not_safe_or_not_distinct_are_refused() {
        let refused = |name: &str| Sources::new(&[named("manifest.toml", "m"), named(name, "x")], "r", &[]);
        assert!(matches!(refused("what?.md"), Err(UnfitSources::Name(..))));
        assert!(matches!(refused("Manifest.TOML"), Err(UnfitSources::SameName(..))));
        assert!(matches!(refused("manifest.toml/a.md"), Err(UnfitSources::SameName(..))));
        assert!(matches!(refused("sources.txt"), Err(UnfitSources::SameName(..))));
        let twice = [named("manifest.toml", "m"), named("a.md", "x"), named("A.md", "x")];
        assert!(Sources::new(&twice, "r", &[]).is_ok(), "one file, written in two ways");
    }
}
