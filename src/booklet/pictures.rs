//! The pictures of a booklet's folder, each read and decoded once.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex};

use crate::diagnostic::{Diagnostic, codes};
use crate::picture::{Picture, PictureError};

use super::NamedPicture;
use super::contents::read;
use super::place::BookletFolder;
use super::sources::KeptPicture;

/// Larger files are not pictures that a booklet needs.
const LARGEST: u64 = 128 << 20;

/// Bytes that the pixels of all pictures may take together: a hundred large photographs.
const MOST_TOGETHER: usize = 1 << 30;

/// The pictures of a booklet's folder. Each file is read and decoded once, when it is first asked for.
#[derive(Clone, Default)]
pub struct Pictures {
    place: Option<BookletFolder>,
    /// By name, so that two mentions of one file are one picture.
    known: Arc<Mutex<BTreeMap<String, Result<Known, Diagnostic>>>>,
    /// Whether files are kept, without their metadata.
    keep: bool,
}

/// A picture and, if files are kept, its file.
#[derive(Clone)]
struct Known {
    picture: NamedPicture,
    file: KeptPicture,
}

impl fmt::Debug for Pictures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pictures({:?})", self.place)
    }
}

impl Pictures {
    pub(super) fn new(place: BookletFolder, keep: bool) -> Self {
        Self { place: Some(place), known: Arc::default(), keep }
    }

    /// The files of all pictures that were asked for, by name.
    pub(super) fn kept(&self) -> Vec<(String, KeptPicture)> {
        let known = self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let files = known.iter().filter_map(|(name, known)| Some((name, &known.as_ref().ok()?.file)));
        files.map(|(name, file)| (name.clone(), file.clone())).collect()
    }

    /// The picture at `path`, as a chapter writes it: relative to the chapter's own file, which is
    /// `from` as the manifest writes it. The error has no span yet: the caller knows the place and adds
    /// it with [`Diagnostic::at`].
    ///
    /// # Errors
    /// When there is no such file within bounds, or it is no picture.
    pub fn get(&self, path: &str, from: &str) -> Result<NamedPicture, Diagnostic> {
        if path.contains("://") || path.starts_with("data:") {
            return Err(Diagnostic::error(codes::B002, "a picture must be a file of the booklet").hint(
                "booklet never fetches anything: put the picture beside the text and give its file name",
            ));
        }
        let Some(place) = &self.place else {
            return Err(Diagnostic::error(codes::B002, format!("there is no file “{path}”")));
        };
        let folder = Path::new(from).parent().unwrap_or(Path::new(""));
        // Markdown writes a space in an address as %20; a file of the very name wins.
        let found = place.find(path, folder).or_else(|error| match decoded(path) {
            Some(plain) => place.find(&plain, folder),
            None => Err(error),
        })?;
        let held = |picture: &Picture| match picture {
            Picture::Raster(raster) => raster.pixels.len(),
            Picture::Drawing(_) => 0,
        };
        let mut known = self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let name = found.name.clone();
        let others: usize = known.values().flatten().map(|known| held(&known.picture.picture)).sum();
        let entry = known.entry(found.name.clone()).or_insert_with(|| {
            let bytes = read(place, &found, LARGEST)?;
            let decoded = if self.keep {
                Picture::decode_and_clean(&bytes)
            } else {
                Picture::decode(&bytes).map(|picture| (picture, None))
            };
            let (picture, file) = decoded.map_err(|e| refused(&e, path, &found.shown))?;
            if others + held(&picture) > MOST_TOGETHER {
                let what = format!(
                    "with “{path}” the pictures of the booklet have more than {} million pixels in colour",
                    MOST_TOGETHER / 3_000_000
                );
                let hint = "make them smaller: 300 pixels for each inch of the printed page are plenty";
                return Err(Diagnostic::error(codes::B009, what).in_file(&found.shown).hint(hint));
            }
            let picture = NamedPicture { name, picture: Arc::new(picture) };
            let file = KeptPicture { bytes: file.map(Into::into), winding: false };
            Ok(Known { picture, file })
        });
        let known = entry.as_mut().map_err(|error| error.clone())?;
        known.file.winding |= found.winding;
        Ok(known.picture.clone())
    }
}

fn refused(error: &PictureError, path: &str, shown: &str) -> Diagnostic {
    let (code, hint) = match error {
        PictureError::Drawing(refused) => (codes::B015, refused.mend),
        PictureError::UnknownKind => (codes::B010, "save it as PNG or SVG (drawings) or JPEG (photographs)"),
        PictureError::TooLarge(..) | PictureError::TooMuchMemory | PictureError::Bomb => {
            (codes::B009, "make it smaller: 300 pixels for each inch of the printed page are plenty")
        }
        PictureError::Broken(_) => (codes::B008, "open it in a picture program and save it anew"),
    };
    Diagnostic::error(code, format!("the picture “{path}” cannot be used: {error}")).in_file(shown).hint(hint)
}

/// An address with its `%20` and the like resolved; none if there is nothing to resolve.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    let mut any = false;
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'%').then(|| after.get(..2)).flatten();
        let code = code.and_then(|c| u8::from_str_radix(std::str::from_utf8(c).ok()?, 16).ok());
        match code {
            Some(byte) => {
                any = true;
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    any.then(|| String::from_utf8(bytes).ok()).flatten()
}
