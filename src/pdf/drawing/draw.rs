//! Pages → content streams: one for each page, whatever sheet it will lie on.
//!
//! Comes in: a page's items, in page space. Goes out: operators in a space of the same size with its
//! origin at the lower left corner. A reading PDF uses the stream as the page; a print PDF places the
//! very same stream on its sheets.
//!
//! This is also where content is marked: items come in reading order, each with its owner, so that a
//! change of owner is where one mark ends and the next begins. Print PDFs have the marks too: a second
//! set of streams would cost more than they do, and where nothing refers to them they say nothing.

use crate::booklet::NamedPicture;
use crate::length::{Length, Point, Size};
use crate::picture::{Drawing, Picture};
use crate::typeset::frame::{self, Colour, Ink, Item, MatterPart, Owner, Page, Placed, Stroke};

use super::broken;
use super::fonts::EmbeddedFace;
use super::marks::{FurnitureKind, Leaf, Marks};
use super::structure::plan::{Lines, StructurePlan};
use super::text;
use super::usage::Glyphs;
use crate::pdf::objects::content::{Content, Milli};

/// What drawing needs to know beside the page.
pub(in crate::pdf) struct Tools<'p, 'a> {
    pub glyphs: &'p [Glyphs<'a>],
    /// By face id, like the glyphs.
    pub faces: &'p [Option<EmbeddedFace>],
    /// The pictures, by their ids.
    pub pictures: &'p [NamedPicture],
    /// What the nodes of the document are.
    pub plan: &'p StructurePlan,
    /// What spot colours are shown with.
    pub ink: Ink,
}

impl Tools<'_, '_> {
    /// What an item belongs to.
    fn leaf(&self, placed: &Placed) -> Leaf {
        let layout = Leaf::Artefact(FurnitureKind::Layout);
        match (&placed.item, placed.owner) {
            (Item::Run(_), Owner::Node(node)) => self.plan.of_text(node).map_or(layout, Leaf::Element),
            (Item::Picture { .. }, Owner::Node(node)) => {
                self.plan.of_picture(node).map_or(layout, Leaf::Element)
            }
            (Item::Run(_), Owner::Matter(matter)) => Leaf::Matter(matter),
            (Item::Picture { .. }, Owner::Matter(_)) => Leaf::Cover,
            (_, Owner::Head) => Leaf::Artefact(FurnitureKind::Head),
            (_, Owner::Folio) => Leaf::Artefact(FurnitureKind::Folio),
            _ => layout,
        }
    }

    /// A leaf's type, as the stream names it.
    fn tag(&self, leaf: Leaf) -> &'static str {
        match leaf {
            Leaf::Element(element) => self.plan.tag(element),
            Leaf::Matter(matter) => match matter.part {
                MatterPart::Words => "P",
                MatterPart::Heading => "H1",
                MatterPart::Entry => "Link",
            },
            Leaf::Cover => "Figure",
            Leaf::Artefact(_) => "Artifact",
        }
    }

    /// The paragraph that a leaf is or stands in.
    fn block(&self, leaf: Leaf) -> Leaf {
        let Leaf::Element(mut at) = leaf else { return leaf };
        while let Some(element) = self.plan.elements.get(at as usize).filter(|element| element.inline) {
            at = element.parent;
        }
        Leaf::Element(at)
    }

    /// What the end of a line is in a leaf.
    fn lines(&self, leaf: Leaf) -> Lines {
        match leaf {
            Leaf::Element(element) => {
                self.plan.elements.get(element as usize).map_or(Lines::Flow, |e| e.lines)
            }
            Leaf::Matter(_) => Lines::Kept,
            Leaf::Cover | Leaf::Artefact(_) => Lines::Flow,
        }
    }
}

/// Draws a page; gives the stream, and what its marks stand for.
pub(in crate::pdf) fn page(page: &Page, tools: &Tools<'_, '_>) -> (Vec<u8>, Vec<Leaf>) {
    let mut content = Content::in_ink(tools.ink);
    let mut marks = Marks::default();
    let turned = |at: Point| Point::new(at.x, page.size.height - at.y);
    let leaves: Vec<Leaf> = page.items.iter().map(|placed| tools.leaf(placed)).collect();
    let readings =
        broken::readings(page, |index| leaves[index], |leaf| tools.block(leaf), |leaf| tools.lines(leaf));
    for (index, placed) in page.items.iter().enumerate() {
        let at = turned(placed.at);
        let leaf = leaves[index];
        let tag = tools.tag(leaf);
        match &placed.item {
            Item::Run(run) => {
                let face = usize::from(run.face.0);
                if let (Some(glyphs), Some(Some(face))) = (tools.glyphs.get(face), tools.faces.get(face)) {
                    if readings[index].apart {
                        marks.leave(&mut content);
                    }
                    let mut page = text::TextPage { content: &mut content, marks: &mut marks };
                    let belonging = text::Belonging { leaf, tag, reading: &readings[index] };
                    text::show(&mut page, run, at, &text::FaceGlyphs { glyphs, face }, &belonging);
                }
            }
            Item::Fill { size, colour } => {
                let printed = frame::printed(placed.at, *size);
                if let Some(rectangle) = printed.and_then(|rect| corners(turned(rect.origin), rect.size)) {
                    marks.enter(&mut content, leaf, tag, false);
                    fill(&mut content, rectangle, *colour);
                }
            }
            Item::Stroke(stroke) => {
                marks.enter(&mut content, leaf, tag, false);
                draw_stroke(&mut content, placed.at, stroke, page.size.height);
            }
            Item::Picture { picture, size } => {
                let index = picture.0 as usize;
                if let (Some(named), Some(rectangle)) = (tools.pictures.get(index), corners(at, *size)) {
                    marks.enter(&mut content, leaf, tag, false);
                    match &*named.picture {
                        Picture::Drawing(drawing) => show_drawing(&mut content, rectangle, index, drawing),
                        Picture::Raster(_) => show_picture(&mut content, rectangle, index),
                    }
                }
            }
            Item::Link { .. } | Item::Anchor(_) => {}
        }
    }
    marks.leave(&mut content);
    (content.finish(), marks.leaves)
}

/// The lower left corner of a rectangle whose upper left corner is `at`, and its extent.
fn corners(at: Point, size: Size) -> Option<[Milli; 4]> {
    let visible = size.width > Length::ZERO && size.height > Length::ZERO;
    visible.then(|| [at.x, at.y - size.height, size.width, size.height].map(Milli::of))
}

fn fill(content: &mut Content, rectangle: [Milli; 4], colour: Colour) {
    content.colour(colour);
    content.operator(&rectangle, "re f");
}

fn show_picture(content: &mut Content, [x, y, width, height]: [Milli; 4], index: usize) {
    content.operator(&[], "q");
    content.operator(&[width, Milli(0), Milli(0), height, x, y], "cm");
    content.invoke(crate::pdf::PICTURE, index);
    content.operator(&[], "Q");
}

/// A drawing's form has the drawing's own space: a thousand units to one, y down.
fn show_drawing(content: &mut Content, rectangle: [Milli; 4], index: usize, drawing: &Drawing) {
    let [x, y, width, height] = rectangle;
    // Units to thousandths of a point, in ten-millionths.
    let factor = |Milli(extent): Milli, units: i32| extent * 10_000_000 / i64::from(units.max(1));
    let (across, down) = (factor(width, drawing.width), factor(height, drawing.height));
    content.operator(&[], "q");
    content.fine_matrix([across, 0, 0, -down], [x, Milli(y.0 + height.0)]);
    content.invoke(crate::pdf::PICTURE, index);
    content.operator(&[], "Q");
}

/// Draws within a state of its own, so that what is set about colour stays as it was.
fn draw_stroke(content: &mut Content, at: Point, stroke: &Stroke, height: Length) {
    if stroke.points.len() < 2 {
        return;
    }
    content.end_text();
    content.operator(&[], "q");
    if let Some(colour) = stroke.fill {
        content.fills(colour);
    }
    content.operator(&[Milli::of(stroke.width)], "w");
    content.operator(&[], "1 J 1 j");
    if stroke.dashed {
        content.operator(&[], "0 J [3 2]0 d");
    }
    for (index, point) in stroke.points.iter().enumerate() {
        let point = at + *point;
        let name = if index == 0 { "m" } else { "l" };
        content.operator(&[point.x, height - point.y].map(Milli::of), name);
    }
    let lines = stroke.width > Length::ZERO;
    let paint = match (lines, stroke.fill.is_some()) {
        (true, true) => "b Q",
        (true, false) => "S Q",
        (false, _) => "f Q",
    };
    content.operator(&[], paint);
}
