//! The pictures that the EPUB shows: encoded again, named, listed.
//!
//! Comes in: the document. Goes out: files without any metadata of their sources: drawings as SVG,
//! photographs as JPEG, all others as PNG, none larger than screens, named after the files that they come from.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Back, Block, BlockKind, Document, Inline, InlineKind, Visit};
use crate::picture::{Picture, PictureId};

use super::archive::File;
use super::ids;
use super::plan::Names;

/// JPEG quality at which a second encoding cannot be seen.
pub const QUALITY: u8 = 90;

/// The longest side of a picture, in pixels: as many as large tablets show, so that a picture that fills
/// the screen is sharp and none slows down a small reader.
const LONGEST: u32 = 2048;

/// The longest side of the cover: what shops ask for.
const COVER: u32 = 2560;

/// A lossless file larger than this, in bytes, gives way to a JPEG if that is less than a third of it: it
/// is a photograph, whatever kind of file it came in.
const HEAVY: usize = 400_000;

/// Encodes the pictures that are shown, with that of the front cover if it is shown as it is; returns the
/// files and their names.
pub fn encode(document: &Document, front: bool) -> (Vec<File>, BTreeMap<PictureId, String>) {
    let mut shown = Shown::of(document).pictures;
    shown.extend(document.cover.front.picture().filter(|_| front));
    if let Back::Picture(picture) = document.cover.back {
        shown.insert(picture);
    }
    let mut files = Vec::new();
    let mut names = BTreeMap::new();
    let mut taken = Names::default();
    for id in shown {
        let named = document.pictures.get(id.0 as usize);
        debug_assert!(named.is_some(), "{id:?} is shown and was not read");
        let Some(named) = named else { continue };
        let longest = if Some(id) == document.cover.front.picture() { COVER } else { LONGEST };
        let Some((bytes, ending, media)) = file(&named.picture, longest) else { continue };
        let file = named.name.rsplit(['/', '\\']).next().unwrap_or_default();
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let name = format!("images/{}.{ending}", taken.unique(ids::file_stem(stem)));
        names.insert(id, name.clone());
        files.push(File { name, media, bytes });
    }
    (files, names)
}

/// The bytes of a picture's file, neither side of more pixels than `longest`, its ending and its media type.
fn file(picture: &Picture, longest: u32) -> Option<(Vec<u8>, &'static str, &'static str)> {
    let picture = match picture {
        Picture::Drawing(drawing) => {
            return Some((drawing.to_svg().into_bytes(), "svg", "image/svg+xml"));
        }
        Picture::Raster(raster) => raster.bounded(longest),
    };
    let jpeg = || picture.to_jpeg(QUALITY).map(|bytes| (bytes, "jpg", "image/jpeg"));
    if picture.photographic
        && let Some(found) = jpeg()
    {
        return Some(found);
    }
    let png = picture.to_png()?;
    if png.len() > HEAVY
        && let Some(found) = jpeg().filter(|(bytes, ..)| bytes.len() < png.len() / 3)
    {
        return Some(found);
    }
    Some((png, "png", "image/png"))
}

/// Whether pictures within the text have alternatives in words.
pub fn described(document: &Document) -> bool {
    Shown::of(document).described
}

/// The pictures within the text.
#[derive(Default)]
struct Shown {
    pictures: BTreeSet<PictureId>,
    described: bool,
}

impl Shown {
    fn of(document: &Document) -> Self {
        let mut shown = Self::default();
        for chapter in &document.chapters {
            shown.run(&chapter.title);
            shown.blocks(&chapter.blocks);
        }
        document.notes.iter().for_each(|note| shown.blocks(&note.blocks));
        if let Back::Blocks(blocks) = &document.cover.back {
            shown.blocks(blocks);
        }
        shown
    }

    fn add(&mut self, picture: Option<PictureId>, alt: &str) {
        self.pictures.extend(picture);
        self.described |= picture.is_some() && !alt.trim().is_empty();
    }
}

impl Visit for Shown {
    fn block(&mut self, block: &Block) {
        if let BlockKind::Figure { picture, alt, .. } = &block.kind {
            self.add(*picture, alt);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Picture { picture, alt } = &inline.kind {
            self.add(*picture, alt);
        }
    }
}
