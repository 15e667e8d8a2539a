//! The pages drawn, once for all PDFs of a booklet.
//!
//! Comes in: the set pages, and for the reading PDF the document that they say. Goes out: an [`Artwork`]: content
//! streams, faces cut to what is shown, encoded pictures. What was drawn is shared by all files; what makes the
//! reading PDF more than its pages (tags, sources) is beside it, and so are the pictures, which each file may have
//! treated in its own way.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::document::Document;
use crate::face::{Face, FaceId};
use crate::manifest::Date;
use crate::picture::screen::Treatment;
use crate::sources::Sources;
use crate::typeset::frame::{Ink, Pages};

use super::attachments::{self, Attachment};
use super::drawing::draw::{Tools, page as drawn};
use super::drawing::fonts::EmbeddedFace;
use super::drawing::marks::Leaf;
use super::drawing::structure::plan::StructurePlan;
use super::drawing::structure::{self, Tree};
use super::drawing::usage;
use super::objects::file;
use super::objects::spots;
use super::pictures::{self, EmbeddedPicture};

/// The pages drawn, their faces cut, their pictures encoded: ready for any number of PDFs.
#[derive(Debug)]
pub struct Artwork {
    drawn: Arc<Drawn>,
    pictures: Encoded,
    tagged: Option<Tagged>,
}

/// What is on the pages, whatever file shows them.
#[derive(Debug)]
struct Drawn {
    /// Compressed content streams, one a page.
    pages: Vec<Vec<u8>>,
    /// Those of pages with spot colours, in black alone.
    in_black: BTreeMap<usize, Vec<u8>>,
    /// The spot colours of all pages.
    spots: BTreeSet<[u8; 3]>,
    /// By face id; none for faces that no page uses.
    faces: Vec<Option<EmbeddedFace>>,
    /// Those that pages use and whose files cannot be cut.
    uncut: Vec<FaceId>,
}

/// The pictures of all pages, by their index.
#[derive(Debug)]
struct Encoded {
    /// With their colours, if any file is to have them.
    coloured: Vec<EmbeddedPicture>,
    /// Without, likewise.
    gray: Vec<EmbeddedPicture>,
}

/// What the reading PDF holds beside its pages.
#[derive(Debug)]
pub(super) struct Tagged {
    /// What the marks in the streams belong to.
    pub tree: Tree,
    /// Files that it carries.
    pub attachments: Vec<Attachment>,
}

/// Draws all pages of a document, for files in any of the inks given.
pub fn draw(pages: &Pages, document: &Document, inks: &[Ink]) -> Artwork {
    let plan = StructurePlan::of(document);
    let (artwork, leaves) = trace(pages, &plan, inks);
    let tree = structure::grow(plan, document, pages, &leaves);
    Artwork { tagged: Some(Tagged { tree, attachments: Vec::new() }), ..artwork }
}

/// Draws pages that are only ever printed, so that nothing has to be known of what they say.
pub fn draw_for_print(pages: &Pages, inks: &[Ink]) -> Artwork {
    trace(pages, &StructurePlan::default(), inks).0
}

/// Draws pages; what their marks belong to is still to be said.
fn trace(pages: &Pages, plan: &StructurePlan, inks: &[Ink]) -> (Artwork, Vec<Vec<Leaf>>) {
    let glyphs = usage::gather(pages);
    let (faces, [coloured, gray]) = rayon::join(
        || {
            let cut = |(index, (_, face)): (usize, (_, &Face))| {
                let glyphs: &usage::Glyphs<'_> = &glyphs[index];
                glyphs.used.then(|| EmbeddedFace::cut(face, glyphs)).flatten()
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
        Tools { glyphs: &glyphs, faces: &faces, pictures, plan, ink }
    };
    let in_colour = tools(Ink::Colour);
    let draw = |page| {
        let (content, leaves) = drawn(page, &in_colour);
        (file::deflate(&content), leaves)
    };
    let (streams, leaves): (Vec<_>, Vec<_>) = pages.pages.par_iter().map(draw).unzip();
    let spots: Vec<_> = pages.pages.iter().map(spots::of).collect();
    let black = tools(Ink::Black);
    let in_black = pages.pages.iter().zip(&spots).enumerate();
    let in_black = in_black
        .filter(|(_, (_, spots))| inks.contains(&Ink::Black) && !spots.is_empty())
        .map(|(index, (page, _))| (index, file::deflate(&drawn(page, &black).0)))
        .collect();
    let spots = spots.into_iter().flatten().collect();
    let drawn = Arc::new(Drawn { pages: streams, in_black, spots, faces, uncut });
    (Artwork { drawn, pictures: Encoded { coloured, gray }, tagged: None }, leaves)
}

impl Artwork {
    /// The same for print, with its pictures made for printers and copiers; `pages` are those that it was drawn of.
    #[must_use]
    pub fn treated(&self, pages: &Pages, treatment: Treatment) -> Self {
        let pictures = Encoded { coloured: Vec::new(), gray: pictures::treated(pages, treatment) };
        Self { drawn: Arc::clone(&self.drawn), pictures, tagged: None }
    }

    /// The faces whose files cannot be cut to what the pages show of them: what is set in these is not drawn.
    pub fn uncut(&self) -> &[FaceId] {
        &self.drawn.uncut
    }

    /// Lets the reading PDF carry the booklet's sources; `date` is the manifest's.
    #[must_use]
    pub fn with_sources(mut self, sources: &Sources, date: Option<Date>) -> Self {
        if let Some(tagged) = &mut self.tagged {
            tagged.attachments = attachments::pack(sources, date);
        }
        self
    }

    /// A page's content in one of the inks it was drawn for.
    pub(super) fn page(&self, index: usize, ink: Ink) -> Option<&Vec<u8>> {
        let black = self.drawn.in_black.get(&index).filter(|_| ink == Ink::Black);
        black.or_else(|| self.drawn.pages.get(index))
    }

    /// The pictures in one of the inks it was drawn for.
    pub(super) fn pictures(&self, ink: Ink) -> &[EmbeddedPicture] {
        match ink {
            Ink::Colour => &self.pictures.coloured,
            Ink::Black => &self.pictures.gray,
        }
    }

    /// The spot colours of its pages.
    pub(super) fn spots(&self) -> impl Iterator<Item = [u8; 3]> {
        self.drawn.spots.iter().copied()
    }

    /// The faces by id, cut; none for those that no page uses.
    pub(super) fn faces(&self) -> &[Option<EmbeddedFace>] {
        &self.drawn.faces
    }

    /// What the reading PDF holds beside the pages; none for pages that are only printed.
    pub(super) fn tagged(&self) -> Option<&Tagged> {
        self.tagged.as_ref()
    }
}
