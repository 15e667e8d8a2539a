//! The EPUB as a reading system gets it: its files by name, and which are read in which order.
//!
//! Comes in: a booklet that is set. Goes out: a [`Phone`]. What is shown is what would be packed: the files are
//! made as always, and go into no container.

use std::collections::BTreeMap;
use std::hash::Hash;

use crate::epub::{Book, File, Read, XHTML};
use crate::press::Setting;

use super::mark::{self, Mark};

/// A document of the EPUB.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhonePart {
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
    pub parts: Vec<PhonePart>,
    files: BTreeMap<String, File>,
}

impl Phone {
    /// Makes the files of the EPUB. Empty if it cannot be made, which is known only of booklets larger than any EPUB.
    pub(super) fn of(setting: &Setting) -> Self {
        setting.epub().map(Self::opened).unwrap_or_default()
    }

    fn opened(book: Book) -> Self {
        let contents = File { name: CONTENTS.to_owned(), media: XHTML, bytes: book.package.nav.into_bytes() };
        let files = book.files.into_iter().chain([contents]);
        let files: BTreeMap<String, File> = files.map(|file| (file.name.clone(), file)).collect();
        // Fonts, pictures, style: whatever changes them changes how every document looks.
        let look = mark::of(|hasher| {
            let shown = files.values().filter(|file| file.media != XHTML);
            shown.for_each(|file| (&file.name, &file.bytes).hash(hasher));
        });
        let part = |Read { file, title }| {
            let bytes = &files.get(&file)?.bytes;
            let mark = Mark(mark::of(|hasher| (look, bytes).hash(hasher)));
            Some(PhonePart { file, title, mark })
        };
        let parts = book.read.into_iter().filter_map(part).collect();
        Self { parts, files }
    }

    /// A file by its name.
    pub fn file(&self, name: &str) -> Option<&File> {
        self.files.get(name)
    }
}
