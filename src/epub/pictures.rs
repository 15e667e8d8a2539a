//! The pictures that the EPUB shows: encoded anew, named, listed.

use std::collections::BTreeMap;

use crate::document::Document;
use crate::picture::PictureId;

use super::archive::File;

/// Encodes the pictures; returns the files and their names.
pub fn encode(_document: &Document) -> (Vec<File>, BTreeMap<PictureId, String>) {
    (Vec::new(), BTreeMap::new())
}

/// Whether pictures within the text have alternatives in words.
pub fn described(_document: &Document) -> bool {
    false
}
