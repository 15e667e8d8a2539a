//! The EPUB as a reading system gets it: its files by name, and which are read in which order.
//!
//! Comes in: a booklet that is set. Goes out: a [`Phone`]. What is shown is what would be packed: the files are
//! made as always, and go into no container.

use std::collections::BTreeMap;
use std::hash::Hash;

use crate::epub::{Book, Read};
use crate::press::Setting;

use super::mark::{self, Mark};

/// A document of the EPUB.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its file.
    pub file: String,
    /// What it is called.
    pub title: String,
    /// Changes when its text does, or anything that it is shown with.
    pub mark: Mark,
}

/// The contents' file.
const CONTENTS: &str = "nav.xhtml";

/// An EPUB, opened.
#[derive(Debug, Default)]
pub struct Phone {
    /// What is read, in order.
    pub parts: Vec<Part>,
    files: BTreeMap<String, Vec<u8>>,
}

impl Phone {
    /// Makes the files of the EPUB. Empty if it cannot be made, which is known only of booklets larger than any EPUB.
    pub(super) fn of(setting: &Setting) -> Self {
        setting.epub().map(Self::opened).unwrap_or_default()
    }

    fn opened(book: Book) -> Self {
        let mut files: BTreeMap<String, Vec<u8>> =
            book.files.into_iter().map(|file| (file.name, file.bytes)).collect();
        // Fonts, pictures, style: whatever changes them changes how every document looks.
        let look = mark::of(|hasher| {
            files.iter().filter(|(name, _)| !name.ends_with(".xhtml")).for_each(|file| file.hash(hasher));
        });
        files.insert(CONTENTS.to_owned(), book.package.nav.into_bytes());
        let part = |Read { file, title }| {
            let bytes = files.get(&file)?;
            let mark = Mark(mark::of(|hasher| (look, bytes).hash(hasher)));
            Some(Part { file, title, mark })
        };
        let parts = book.read.into_iter().filter_map(part).collect();
        Self { parts, files }
    }

    /// A file by its name, and its media type.
    pub fn file(&self, name: &str) -> Option<(&'static str, &[u8])> {
        let media = match name.rsplit('.').next()? {
            "xhtml" => "application/xhtml+xml",
            "css" => "text/css",
            "png" => "image/png",
            "jpg" => "image/jpeg",
            "svg" => "image/svg+xml",
            "woff2" => "font/woff2",
            "woff" => "font/woff",
            "otf" => "font/otf",
            "ttf" => "font/ttf",
            _ => return None,
        };
        Some((media, self.files.get(name)?))
    }
}
