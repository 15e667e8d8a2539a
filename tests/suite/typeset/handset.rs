//! Pages set by hand, for tests of what stands above `typeset`, and the PDFs made of them.

use std::sync::Arc;

use booklet::diagnostic::Report;
use booklet::document::Document;
use booklet::face::{FaceId, Faces};
use booklet::impose::{Binding, Job, impose};
use booklet::length::{Length, Point, Size};
use booklet::manifest::{BindingKind, Date, Flip, Identity, Person, PrintersMark};
use booklet::pdf;
use booklet::typeset::frame::{Colour, Glyph, Ink, Item, Owner, Page, PageKind, Pages, Placed, Run};
use skrifa::MetadataProvider;

pub fn identity() -> Identity {
    Identity {
        title: "Force & “will”".to_owned(),
        subtitle: None,
        short_title: None,
        language: "en".into(),
        authors: vec![Person { name: "Ada".to_owned(), file_as: None, role: "author".to_owned() }],
        contributors: Vec::new(),
        publisher: None,
        date: Some(Date { year: 2022, month: 11, day: 1 }),
        rights: None,
        description: None,
        subjects: Vec::new(),
        source: None,
        identifier: "urn:uuid:00000000-0000-5000-8000-000000000000".to_owned(),
        series: None,
        slug: "force".to_owned(),
    }
}

/// A document without text: pages set by hand set nothing of it.
pub fn document() -> Document {
    Document {
        identity: identity(),
        cover: Default::default(),
        chapters: Vec::new(),
        notes: Vec::new(),
        pictures: Vec::new(),
        undescribed: false,
        nodes: 0,
    }
}

pub fn faces() -> Arc<Faces> {
    booklet::face::embedded()
}

pub fn pages(pages: Vec<Page>) -> Pages {
    Pages { pages, faces: faces(), pictures: Vec::new(), outline: Vec::new(), right_to_left: false }
}

pub fn page(items: Vec<Placed>) -> Page {
    Page { size: Size::mm(148.0, 210.0), kind: PageKind::Body, label: String::new(), items }
}

pub fn placed(x: i64, y: i64, item: Item) -> Placed {
    Placed { at: Point::new(Length::pt(x), Length::pt(y)), owner: Owner::Artefact, item }
}

/// One glyph a character, advances as in the face, in the first face.
pub fn run(faces: &Faces, text: &str, size: Length, stretch: u16) -> Run {
    let face = faces.get(FaceId(0));
    let font = skrifa::FontRef::from_index(face.data.as_ref(), face.index).unwrap();
    let metrics =
        font.glyph_metrics(skrifa::instance::Size::unscaled(), skrifa::instance::LocationRef::default());
    let mut pen = Length::ZERO;
    let glyphs = text
        .char_indices()
        .map(|(at, character)| {
            let shown = if character == '\u{AD}' { '-' } else { character };
            let id = font.charmap().map(shown).unwrap_or_default();
            let x = pen.0 as i32;
            let advance = metrics.advance_width(id).unwrap() as i64;
            pen += Length::from_units(advance, face.metrics.upem.into(), size).scale(stretch.into(), 10_000);
            Glyph { id: id.to_u32() as u16, x, y: 0, cluster: at as u32 }
        })
        .collect();
    Run {
        face: FaceId(0),
        size,
        stretch,
        colour: Colour::BLACK,
        glyphs,
        text: text.into(),
        width: pen,
        language: None,
    }
}

pub fn text(x: i64, y: i64, words: &str) -> Placed {
    placed(x, y, Item::Run(run(&faces(), words, Length::pt(10), 10_000)))
}

pub fn reading(pages: &Pages) -> Vec<u8> {
    let sheets = impose(pages, &Binding::Reading, None, &mut Report::new());
    pdf::write(&sheets, &pdf::draw(pages, &document(), &Ink::ALL), &identity(), Ink::Colour)
}

pub fn print(pages: &Pages, flip: Flip) -> Vec<u8> {
    let job = Job::new(BindingKind::Saddle, Size::mm(210.0, 297.0), flip);
    let binding = Binding::Print(Job { marks: vec![PrintersMark::Fold], ..job });
    let sheets = impose(pages, &binding, None, &mut Report::new());
    pdf::write(&sheets, &pdf::draw(pages, &document(), &Ink::ALL), &identity(), Ink::Black)
}
