//! Sheets and artwork → the document as objects.
//!
//! `printpdf` makes the root of the page tree and the picture objects; this module hangs into that tree what is
//! ours: pages with their boxes, content streams, one dictionary of resources for all, and the catalogue's
//! entries. The pages are kept packed, since `printpdf` takes six kilobytes for one.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use printpdf::{
    DictItem, ExternalStream, ExternalXObject, PdfDocument, PdfPage, PdfSaveOptions, Pt, Rect as Box4,
    XObject, XObjectId,
};

use crate::booklet::Identity;
use crate::impose::{BLEED, Purpose, Sheets, Side};
use crate::length::{Point, Rect, Size};
use crate::manifest::Flip;
use crate::picture::PictureId;
use crate::typeset::frame::{Colour, Ink, Item, Page, Pages};

use super::content::Milli;
use super::file::{compressed, deflate, real};
use super::intent::{self, Device};
use super::links::Links;
use super::marks::Kind;
use super::metadata::Claims;
use super::packed::Packed;
use super::pictures::{EmbeddedPicture, Filter, Image};
use super::{Artwork, PAGE, PICTURE, attachments, metadata, navigation, sheet, spots};

/// The whole document.
pub(super) fn document(
    sheets: &Sheets<'_>,
    (artwork, inserts): (&Artwork, Option<&Artwork>),
    (identity, ink): (&Identity, Ink),
) -> (Document, Packed) {
    let mut packed = Packed::default();
    let mut document = lay_out(artwork.pictures(ink));
    let first = document.get_pages().into_values().next();
    let sides: Vec<ObjectId> = sheets.sides.iter().map(|_| document.new_object_id()).collect();
    let tree = hang(&mut document, &sides);
    let shown: BTreeSet<[u8; 3]> =
        std::iter::once(artwork).chain(inserts).flat_map(|part| &part.spots).copied().collect();
    let spots = if ink == Ink::Colour { spots::spaces(&mut document, &shown) } else { Dictionary::new() };
    let of_pages = resources(&mut document, sheets, (artwork, ink, &spots), first);
    let printed = sheets.purpose != Purpose::Reading;
    let of_sides = if printed {
        let mut forms = Dictionary::new();
        let pages = (&sheets.pages.pages[..], 0);
        add_pages_as_forms(&mut document, &mut forms, pages, (artwork, ink), sheets, of_pages);
        if let Some(artwork) = inserts {
            let of_inserts = resources(&mut document, sheets, (artwork, ink, &spots), None);
            let inserts = (&sheets.inserts[..], sheets.pages.pages.len());
            add_pages_as_forms(&mut document, &mut forms, inserts, (artwork, ink), sheets, of_inserts);
        }
        document.add_object(dictionary! { "XObject" => forms, "ExtGState" => overprint() })
    } else {
        of_pages
    };
    let mut links = (!printed).then(|| Links::of(sheets.pages, &sides));
    for (index, (side, &id)) in sheets.sides.iter().zip(&sides).enumerate() {
        let content = if printed {
            let pages = sheets.pages;
            let black = |page| pages.pages.get(page).is_some_and(|page| is_black(page, pages, ink));
            deflate(&sheet::side(side, black))
        } else {
            let page = side.pages.first().and_then(|placed| placed.page);
            page.and_then(|page| artwork.page(page, ink)).cloned().unwrap_or_default()
        };
        let content = document.add_object(compressed(Dictionary::new(), content));
        let mut page = page(side, printed, content, of_sides, tree);
        if let Some(links) = &mut links {
            links.add_to(&mut page, index, (&mut document, &mut packed), &artwork.tree);
        }
        packed.set(id, &page);
    }
    let objects = (&mut document, &mut packed);
    let catalogue =
        catalogue(objects, sheets, artwork, (identity, ink, !spots.is_empty()), (tree, &sides, links));
    let info = document.add_object(metadata::info(identity));
    document.trailer = dictionary! { "Root" => catalogue, "Info" => info };
    (document, packed)
}

/// `printpdf`'s part: pictures, and a page that has them in its resources.
fn lay_out(pictures: &[EmbeddedPicture]) -> Document {
    let mut layout = PdfDocument::new("");
    for (index, picture) in pictures.iter().enumerate() {
        let EmbeddedPicture::Image(picture) = picture else { continue };
        let id = XObjectId(format!("{}{index}", char::from(PICTURE)));
        layout.resources.xobjects.map.insert(id, XObject::External(external(picture)));
    }
    let all = Box4::from_wh(Pt(1.0), Pt(1.0));
    layout.pages =
        vec![PdfPage { media_box: all.clone(), trim_box: all.clone(), crop_box: all, ops: Vec::new() }];
    layout.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new())
}

/// Hangs the pages into the page tree instead of `printpdf`'s own. Gives the tree's root.
fn hang(document: &mut Document, sides: &[ObjectId]) -> ObjectId {
    let root =
        document.catalog().and_then(|catalogue| catalogue.get(b"Pages")).and_then(Object::as_reference);
    let root = root.unwrap_or_else(|_| document.new_object_id());
    let pages: Vec<Object> = sides.iter().map(|&side| side.into()).collect();
    let tree = dictionary! { "Type" => "Pages", "Count" => pages.len() as i64, "Kids" => pages };
    document.set_object(root, tree);
    root
}

fn external(picture: &Image) -> ExternalXObject {
    let name = |text: &str| DictItem::Name(text.as_bytes().to_vec());
    let colours = if picture.gray { 1 } else { 3 };
    let mut dict = std::collections::BTreeMap::new();
    let mut set = |key: &str, value: DictItem| dict.insert(key.to_owned(), value);
    set("Type", name("XObject"));
    set("Subtype", name("Image"));
    set("Width", DictItem::Int(picture.width.into()));
    set("Height", DictItem::Int(picture.height.into()));
    set("BitsPerComponent", DictItem::Int(if picture.filter == Filter::Bits { 1 } else { 8 }));
    set("ColorSpace", name(if picture.gray { "DeviceGray" } else { "DeviceRGB" }));
    match picture.filter {
        Filter::Jpeg => {
            set("Filter", name("DCTDecode"));
        }
        Filter::Bits => {
            set("Filter", name("FlateDecode"));
        }
        Filter::Predicted => {
            set("Filter", name("FlateDecode"));
            let parameters = [("Predictor", 15), ("Colors", colours), ("Columns", i64::from(picture.width))];
            let map = parameters.map(|(key, value)| (key.to_owned(), DictItem::Int(value)));
            set("DecodeParms", DictItem::Dict { map: map.into_iter().collect() });
        }
    }
    let stream = ExternalStream { dict, content: picture.data.clone(), compress: false };
    ExternalXObject { stream, width: None, height: None, dpi: None }
}

/// One dictionary of resources that every page shares: faces, pictures, spot colours.
fn resources(
    document: &mut Document,
    sheets: &Sheets<'_>,
    (artwork, ink, spots): (&Artwork, Ink, &Dictionary),
    page: Option<ObjectId>,
) -> ObjectId {
    let mut fonts = Dictionary::new();
    for ((id, face), embedded) in sheets.pages.faces.iter().zip(&artwork.faces) {
        if let Some(embedded) = embedded {
            fonts.set(format!("F{}", id.0), embedded.add_to(document, &face.metrics));
        }
    }
    let mut pictures = pictures_of(document, page);
    for (index, picture) in artwork.pictures(ink).iter().enumerate() {
        if let EmbeddedPicture::Form(form) = picture {
            pictures.set(format!("{}{index}", char::from(PICTURE)), form.add_to(document));
        }
    }
    let mut all = dictionary! { "Font" => fonts, "XObject" => pictures, "Properties" => furniture() };
    if !spots.is_empty() {
        all.set("ColorSpace", spots.clone());
    }
    document.add_object(all)
}

/// The state in which black is printed over what lies under it and not beside it, so that no white edge
/// shows when plates do not meet (11.7.4).
fn overprint() -> Dictionary {
    let state = dictionary! { "Type" => "ExtGState", "OP" => true, "op" => true, "OPM" => 1 };
    let mut states = Dictionary::new();
    states.set(sheet::OVERPRINT, state);
    states
}

/// Whether all text and rules of a page are black, and no drawing lies on it: white or gray that is
/// printed over something would vanish in it on some presses.
fn is_black(page: &Page, all: &Pages, ink: Ink) -> bool {
    let black = |colour| spots::shown(colour, ink) == Colour::BLACK;
    let drawn = |id: PictureId| all.pictures.get(id.0 as usize).is_some_and(|p| p.picture.drawing.is_some());
    page.items.iter().all(|placed| match &placed.item {
        Item::Run(run) => black(run.colour),
        Item::Fill { colour, .. } => black(*colour),
        Item::Stroke(stroke) => stroke.fill.is_none_or(black),
        Item::Picture { picture, .. } => !drawn(*picture),
        Item::Link { .. } | Item::Anchor(_) => true,
    })
}

/// What the streams call furniture (14.8.2.2.2), by the names that they use.
fn furniture() -> Dictionary {
    let mut properties = Dictionary::new();
    for (kind, name) in Kind::ALL {
        let what = match kind {
            Kind::Head => dictionary! { "Type" => "Pagination", "Subtype" => "Header" },
            Kind::Folio => dictionary! { "Type" => "Pagination", "Subtype" => "Footer" },
            Kind::Layout => dictionary! { "Type" => "Layout" },
        };
        properties.set(name, what);
    }
    properties
}

/// The picture objects, by name, as `printpdf` has put them into its page's resources.
fn pictures_of(document: &Document, page: Option<ObjectId>) -> Dictionary {
    let find = || {
        let page = document.get_dictionary(page?).ok()?;
        let resources = document.get_dict_in_dict(page, b"Resources").ok()?;
        document.get_dict_in_dict(resources, b"XObject").ok().cloned()
    };
    find().unwrap_or_default()
}

/// Every page that lies on a sheet as an object that sheets can place; `pages` are counted from their
/// second part on. A page's box leaves room for the bleed; each placing clips it to its own part of the
/// paper.
fn add_pages_as_forms(
    document: &mut Document,
    forms: &mut Dictionary,
    (pages, first): (&[Page], usize),
    (artwork, ink): (&Artwork, Ink),
    sheets: &Sheets<'_>,
    resources: ObjectId,
) {
    let placed = sheets.sides.iter().flat_map(|side| &side.pages);
    let used: BTreeSet<usize> = placed.filter_map(|placed| placed.page).collect();
    for (own, page) in pages.iter().enumerate() {
        let index = first + own;
        let Some(content) = artwork.page(own, ink).filter(|_| used.contains(&index)) else { continue };
        let Size { width, height } = page.size;
        let corners = [-BLEED, -BLEED, width + BLEED, height + BLEED];
        let form = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => corners.map(|side| real(Milli::of(side))).to_vec(),
            "Resources" => resources,
        };
        let form = document.add_object(compressed(form, content.clone()));
        forms.set(format!("{}{index}", char::from(PAGE)), form);
    }
}

/// A page's content, resources and boxes. A sheet says what is left of it when it is cut.
fn page(side: &Side, printed: bool, content: ObjectId, resources: ObjectId, tree: ObjectId) -> Dictionary {
    let corners = |rect: &Rect| sheet::page_box(rect, side.size).map(real).to_vec();
    let mut page = dictionary! {
        "Type" => "Page",
        "MediaBox" => corners(&Rect { origin: Point::default(), size: side.size }),
        "Resources" => resources,
        "Contents" => content,
        "Parent" => tree,
    };
    if printed {
        page.set("BleedBox", corners(&sheet::grown(&side.trim, BLEED, side.size)));
        page.set("TrimBox", corners(&side.trim));
    }
    page
}

/// The catalogue, with all that a reader program or a printer is told.
fn catalogue(
    (document, packed): (&mut Document, &mut Packed),
    sheets: &Sheets<'_>,
    artwork: &Artwork,
    (identity, ink, spots): (&Identity, Ink, bool),
    (tree, sides, links): (ObjectId, &[ObjectId], Option<Links<'_>>),
) -> ObjectId {
    let gray = !spots && artwork.pictures(ink).iter().all(EmbeddedPicture::gray);
    let device = if gray { Device::Gray } else { Device::Rgb };
    let claims = match sheets.purpose {
        Purpose::Reading => Claims::Accessible,
        Purpose::Print(_) | Purpose::PrintOneSide => Claims::Kept,
    };
    let xmp = Stream::new(
        dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
        metadata::xmp(identity, claims).into_bytes(),
    );
    let xmp = document.add_object(xmp);
    let mut preferences = dictionary! { "DisplayDocTitle" => true };
    let mut catalogue = dictionary! {
        "Type" => "Catalog",
        "Pages" => tree,
        "Lang" => metadata::text_string(&identity.language),
        "Metadata" => xmp,
        "OutputIntents" => intent::intents(document, device),
    };
    match sheets.purpose {
        Purpose::Reading => {
            if sheets.pages.right_to_left {
                preferences.set("Direction", "R2L");
            }
            // Two pages side by side, the first alone at the right: as the open booklet.
            catalogue.set("PageLayout", "TwoPageRight");
            catalogue.set("PageLabels", navigation::page_labels(&sheets.pages.pages));
            if let Some(outline) = navigation::outline((document, packed), sheets.pages, sides) {
                catalogue.set("Outlines", outline);
                catalogue.set("PageMode", "UseOutlines");
            }
            let (names, annotated) = links.map(|links| links.finish((document, packed))).unwrap_or_default();
            if let Some(names) = names {
                catalogue.set("Names", dictionary! { "Dests" => names });
            }
            catalogue.set("StructTreeRoot", artwork.tree.write((document, packed), sides, &annotated));
            catalogue.set("MarkInfo", dictionary! { "Marked" => true });
            attachments::add(document, &mut catalogue, &artwork.attachments);
        }
        Purpose::Print(_) | Purpose::PrintOneSide => {
            let duplex = match sheets.purpose {
                Purpose::Print(Flip::ShortEdge) => "DuplexFlipShortEdge",
                Purpose::Print(Flip::LongEdge) => "DuplexFlipLongEdge",
                // Two runs by hand are two prints on one side.
                Purpose::Print(Flip::Manual(_)) | Purpose::PrintOneSide | Purpose::Reading => "Simplex",
            };
            preferences.set("PrintScaling", "None");
            preferences.set("Duplex", duplex);
            preferences.set("PickTrayByPDFSize", true);
            catalogue.set("PageLayout", "SinglePage");
        }
    }
    catalogue.set("ViewerPreferences", preferences);
    document.add_object(catalogue)
}
