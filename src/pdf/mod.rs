//! `Sheets` → PDF bytes.
//!
//! Comes in: the set pages and the sheets that they lie on. Goes out: a PDF 1.7 file. The steps:
//!
//! 1. [`draw`], once for all PDFs of a booklet: `usage.rs` counts the glyphs that pages use, `fonts.rs`
//!    cuts the faces to them, `pictures.rs` and `drawings.rs` encode the pictures, `draw.rs` and `text.rs` turn items
//!    into operators (`content.rs` writes them down, `marks.rs` says what they belong to, `broken.rs`
//!    makes broken words whole). Pages are drawn in parallel; then `structure.rs` grows the tree of tags.
//! 2. [`write()`], once for each PDF: `assemble.rs` has `printpdf` lay out the document (page tree, boxes,
//!    picture objects), then finishes it: streams, fonts, links (`links.rs`), bookmarks and page labels
//!    (`navigation.rs`), tags (`structure/write.rs`), metadata (`metadata.rs`), what colours mean
//!    (`intent.rs`), the booklet's sources (`attachments.rs`), viewer preferences. `sheet.rs` places pages
//!    on sheets, and `file.rs` writes the file; objects of which there are many wait for it in `packed.rs`.
//!
//! Files are read back, too: `reader.rs` finds the objects of a PDF of ours, by the syntax in `syntax.rs`;
//! [`parts`] takes out its sources, and what two PDFs can differ in.
//!
//! Why the split: `printpdf` knows no nested bookmarks, labels or names, sets every glyph as a string
//! of its own and stamps a random identity. So it makes what it makes well, and the rest is done on the
//! objects that it hands over. Nothing here reads a clock or rolls dice: equal booklets are equal files.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::booklet::Identity;
use crate::document::Document;
use crate::face::FaceId;
use crate::impose::Sheets;
use crate::manifest::Date;
use crate::picture::screen::Treatment;
use crate::sources::Sources;
use crate::typeset::frame::{Ink, Pages};

mod assemble;
mod attachments;
mod broken;
mod clusters;
mod content;
mod draw;
mod drawings;
mod file;
mod fonts;
mod intent;
mod links;
mod marks;
mod metadata;
mod navigation;
mod packed;
pub mod parts;
mod pictures;
mod reader;
mod sheet;
mod spots;
mod structure;
mod syntax;
mod text;
mod usage;

/// Resource names: `F0` a face, `P0` a picture, `S0` a page on a sheet; the numbers are their indices.
const PICTURE: u8 = b'P';
const PAGE: u8 = b'S';

/// The pages drawn, their faces cut, their pictures encoded: ready for any number of PDFs.
#[derive(Debug)]
pub struct Artwork {
    /// Compressed content streams, one a page.
    pages: Vec<Vec<u8>>,
    /// Those of pages with spot colours, in black alone.
    in_black: BTreeMap<usize, Vec<u8>>,
    /// The spot colours of all pages.
    spots: BTreeSet<[u8; 3]>,
    /// By face id; none for faces that no page uses.
    faces: Vec<Option<fonts::EmbeddedFace>>,
    /// Those that pages use and whose files cannot be cut.
    uncut: Vec<FaceId>,
    /// With their colours, if any file is to have them.
    coloured: Vec<pictures::EmbeddedPicture>,
    /// Without, likewise.
    gray: Vec<pictures::EmbeddedPicture>,
    /// What the marks in the streams belong to.
    tree: structure::Tree,
    /// Files that the reading PDF carries.
    attachments: Vec<attachments::Attachment>,
}

impl Artwork {
    /// The same, with its pictures made for printers and copiers; `pages` are those that it was drawn of.
    #[must_use]
    pub fn treated(&self, pages: &Pages, treatment: Treatment) -> Self {
        Self {
            pages: self.pages.clone(),
            in_black: self.in_black.clone(),
            spots: self.spots.clone(),
            faces: self.faces.clone(),
            uncut: self.uncut.clone(),
            coloured: Vec::new(),
            gray: pictures::treated(pages, treatment),
            tree: structure::Tree::default(),
            attachments: Vec::new(),
        }
    }

    /// The faces whose files cannot be cut to what the pages show of them: what is set in these is not drawn.
    pub fn uncut(&self) -> &[FaceId] {
        &self.uncut
    }

    /// Lets the reading PDF carry the booklet's sources; `date` is the manifest's.
    #[must_use]
    pub fn with_sources(self, sources: &Sources, date: Option<Date>) -> Self {
        Self { attachments: attachments::pack(sources, date), ..self }
    }
}

/// Draws all pages of a document, for files in any of the inks given.
pub fn draw(pages: &Pages, document: &Document, inks: &[Ink]) -> Artwork {
    let plan = structure::plan::Plan::of(document);
    let (mut artwork, leaves) = trace(pages, &plan, inks);
    artwork.tree = structure::grow(plan, document, pages, &leaves);
    artwork
}

/// Draws pages that are only ever printed, so that nothing has to be known of what they say.
pub fn draw_for_print(pages: &Pages, inks: &[Ink]) -> Artwork {
    trace(pages, &structure::plan::Plan::default(), inks).0
}

/// Draws pages; what their marks belong to is still to be said.
fn trace(pages: &Pages, plan: &structure::plan::Plan, inks: &[Ink]) -> (Artwork, Vec<Vec<marks::Leaf>>) {
    let glyphs = usage::gather(pages);
    let (faces, [coloured, gray]) = rayon::join(
        || {
            let cut = |(index, (_, face)): (usize, (_, &crate::face::Face))| {
                let glyphs: &usage::Glyphs<'_> = &glyphs[index];
                glyphs.used.then(|| fonts::EmbeddedFace::cut(face, glyphs)).flatten()
            };
            let faces: Vec<_> = pages.faces.iter().enumerate().collect();
            faces.into_par_iter().map(cut).collect::<Vec<_>>()
        },
        || {
            Ink::ALL
                .map(|ink| if inks.contains(&ink) { pictures::all(&pages.pictures, ink) } else { Vec::new() })
        },
    );
    let used = pages.faces.iter().zip(glyphs.iter().zip(&faces));
    let uncut =
        used.filter(|(_, (glyphs, cut))| glyphs.used && cut.is_none()).map(|((id, _), _)| id).collect();
    let tools = |ink| {
        let pictures = &pages.pictures[..];
        draw::Tools { glyphs: &glyphs, faces: &faces, pictures, plan, ink }
    };
    let in_colour = tools(Ink::Colour);
    let draw = |page| {
        let (content, leaves) = draw::page(page, &in_colour);
        (file::deflate(&content), leaves)
    };
    let (streams, leaves): (Vec<_>, Vec<_>) = pages.pages.par_iter().map(draw).unzip();
    let tree = structure::Tree::default();
    let spots: Vec<_> = pages.pages.iter().map(spots::of).collect();
    let black = tools(Ink::Black);
    let in_black = pages.pages.iter().zip(&spots).enumerate();
    let in_black = in_black
        .filter(|(_, (_, spots))| inks.contains(&Ink::Black) && !spots.is_empty())
        .map(|(index, (page, _))| (index, file::deflate(&draw::page(page, &black).0)))
        .collect();
    let spots = spots.into_iter().flatten().collect();
    let attachments = Vec::new();
    (Artwork { pages: streams, in_black, spots, faces, uncut, coloured, gray, tree, attachments }, leaves)
}

impl Artwork {
    /// A page's content in one of the inks it was drawn for.
    fn page(&self, index: usize, ink: Ink) -> Option<&Vec<u8>> {
        let black = self.in_black.get(&index).filter(|_| ink == Ink::Black);
        black.or_else(|| self.pages.get(index))
    }

    /// The pictures in one of the inks it was drawn for.
    fn pictures(&self, ink: Ink) -> &[pictures::EmbeddedPicture] {
        match ink {
            Ink::Colour => &self.coloured,
            Ink::Black => &self.gray,
        }
    }
}

/// Writes a PDF of pages that [`draw`] has drawn for this ink.
pub fn write(sheets: &Sheets<'_>, artwork: &Artwork, identity: &Identity, ink: Ink) -> Vec<u8> {
    let inserts = Pages {
        pages: sheets.inserts.clone(),
        faces: std::sync::Arc::clone(&sheets.pages.faces),
        pictures: Vec::new(),
        outline: Vec::new(),
        right_to_left: false,
    };
    let drawn = (!inserts.pages.is_empty()).then(|| draw_for_print(&inserts, &[ink]));
    let (document, packed) = assemble::document(sheets, (artwork, drawn.as_ref()), (identity, ink));
    file::write(&document, &packed)
}
