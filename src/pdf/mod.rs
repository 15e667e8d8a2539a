//! `Sheets` → PDF bytes.
//!
//! Comes in: the set pages and the sheets that they lie on. Goes out: a PDF 1.7 file. The steps:
//!
//! 1. [`draw`], once for all PDFs of a booklet (`artwork.rs`): `usage.rs` counts the glyphs that pages use, `fonts.rs`
//!    cuts the faces to them, `pictures.rs` and `drawings.rs` encode the pictures, `draw.rs` and `text.rs` turn items
//!    into operators (`content.rs` writes them down, `marks.rs` says what they belong to, `broken.rs`
//!    makes broken words whole). Pages are drawn in parallel; then `structure.rs` grows the tree of tags.
//! 2. [`write()`], once for each PDF: `assemble.rs` has `printpdf` lay out the document (page tree, boxes,
//!    picture objects), then finishes it: streams, fonts, links (`links.rs`), bookmarks and page labels
//!    (`navigation.rs`), tags (`structure/write.rs`), metadata (`metadata.rs`), what colours mean
//!    (`intent.rs`), the booklet's sources (`attachments.rs`), viewer preferences. `sheet.rs` places pages
//!    on sheets, and `file.rs` writes the file; objects of which there are many
//!    wait for it in `packed.rs`, by the side of `lopdf`'s.
//!
//! Files are read back, too: `reader.rs` finds the objects of a PDF of ours, by the syntax in `syntax.rs`;
//! [`parts`] takes out its sources, and what two PDFs can differ in.
//!
//! What `printpdf` keeps for us: the document that everything is hung into, with its page tree's root, the picture
//! objects and the names under which pages find them; and, through it, `lopdf`'s objects, of which all else here is
//! made. A picture's dictionary and bytes are ours all the same (it writes them as given): JPEGs as they are,
//! rows with predictors, one bit a dot. What of it is overwritten: the tree's children (its one page is read for
//! the pictures' names and left out: ours share one dictionary of resources, have the boxes that print needs and no
//! empty list of annotations, and take a few bytes each where its own take six kilobytes), the catalogue, the
//! information dictionary and the identity, which it rolls dice for. What it is not asked for: text, since without its
//! layout engine it embeds whole faces, and with widths in whole thousandths; bookmarks, which it has on one
//! level; page labels, named places, tags, attachments and spot inks, which it has not; and the file
//! itself (`file.rs` says why). Nothing here reads a clock or rolls dice: equal booklets are equal files.

use std::sync::Arc;

use crate::impose::Sheets;
use crate::manifest::Identity;
use crate::typeset::frame::{Ink, Pages};

use assemble::Assembly;

mod artwork;
mod assemble;
mod attachments;
mod drawing;
mod drawings;
mod intent;
mod links;
mod metadata;
mod navigation;
mod objects;
pub mod parts;
mod pictures;

/// Resource names: `F0` a face, `P0` a picture, `S0` a page on a sheet; the numbers are their indices.
const PICTURE: u8 = b'P';
const PAGE: u8 = b'S';

pub use artwork::{Artwork, draw, draw_for_print};

/// Writes a PDF of pages that [`draw`] has drawn for this ink.
pub fn write(sheets: &Sheets<'_>, artwork: &Artwork, identity: &Identity, ink: Ink) -> Vec<u8> {
    let inserts = Pages {
        pages: sheets.inserts.clone(),
        faces: Arc::clone(&sheets.pages.faces),
        pictures: Vec::new(),
        outline: Vec::new(),
        right_to_left: false,
    };
    let inserts = (!inserts.pages.is_empty()).then(|| draw_for_print(&inserts, &[ink]));
    let assembly = Assembly { sheets, artwork, inserts: inserts.as_ref(), identity, ink };
    objects::file::write(&assembly.objects())
}
