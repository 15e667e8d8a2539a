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

use crate::impose::{PageRef, Purpose, Sheets, Side};
use crate::length::{Point, Rect, Size};
use crate::manifest::{Flip, Identity};
use crate::picture::{Picture, PictureId};
use crate::typeset::frame::{BLEED, Colour, Ink, Item, Page, Pages};

use super::drawing::marks::FurnitureKind;
use super::drawing::sheet;
use super::intent::{self, Device};
use super::links::Links;
use super::metadata::Claims;
use super::objects::content::Milli;
use super::objects::file::{compressed, deflate, real};
use super::objects::packed::{Objects, Packed};
use super::objects::spots;
use super::pictures::{EmbeddedPicture, Filter, Image};
use super::{Artwork, PAGE, PICTURE, attachments, metadata, navigation};

/// What one file is made of.
pub(super) struct Assembly<'a> {
    /// The sides of paper, or of the screen.
    pub sheets: &'a Sheets<'a>,
    /// Its pages, drawn.
    pub artwork: &'a Artwork,
    /// What imposition asked for beside the pages, drawn.
    pub inserts: Option<&'a Artwork>,
    /// Who and what the booklet is.
    pub identity: &'a Identity,
    /// What it is shown or printed with.
    pub ink: Ink,
}

/// The pages of the file: their objects, and the tree that they hang in.
struct Sides {
    ids: Vec<ObjectId>,
    tree: ObjectId,
}

impl Assembly<'_> {
    /// All objects of the file; the trailer names the root and the information dictionary.
    pub fn objects(&self) -> Objects {
        let Self { sheets, artwork, .. } = *self;
        let loose = lay_out(artwork.pictures(self.ink));
        let mut objects = Objects { loose, packed: Packed::default() };
        let first = objects.loose.get_pages().into_values().next();
        let ids: Vec<ObjectId> = sheets.sides.iter().map(|_| objects.loose.new_object_id()).collect();
        let sides = Sides { tree: hang(&mut objects.loose, &ids), ids };
        let spots = self.spots(&mut objects.loose);
        let of_pages = self.resources(artwork, &spots, first, &mut objects.loose);
        let of_sides =
            if self.printed() { self.forms(of_pages, &spots, &mut objects.loose) } else { of_pages };
        let mut links = (!self.printed()).then(|| Links::of(sheets.pages, &sides.ids));
        for (index, (side, &id)) in sheets.sides.iter().zip(&sides.ids).enumerate() {
            let content = compressed(Dictionary::new(), self.content(side));
            let content = objects.loose.add_object(content);
            let mut page = page(side, self.printed(), content, of_sides, sides.tree);
            if let (Some(links), Some(tagged)) = (&mut links, artwork.tagged()) {
                links.add_to(&mut page, index, &mut objects, &tagged.tree);
            }
            objects.packed.set(id, &page);
        }
        let gray = spots.is_empty() && artwork.pictures(self.ink).iter().all(EmbeddedPicture::gray);
        let device = if gray { Device::Gray } else { Device::Rgb };
        let catalogue = self.catalogue(&sides, links, device, &mut objects);
        let info = objects.loose.add_object(metadata::info(self.identity));
        objects.loose.trailer = dictionary! { "Root" => catalogue, "Info" => info };
        objects
    }

    /// Whether it is for paper.
    fn printed(&self) -> bool {
        self.sheets.purpose != Purpose::Reading
    }

    /// The colour spaces of spot inks, by the names that the streams use.
    fn spots(&self, document: &mut Document) -> Dictionary {
        if self.ink != Ink::Colour {
            return Dictionary::new();
        }
        let shown: BTreeSet<[u8; 3]> =
            std::iter::once(self.artwork).chain(self.inserts).flat_map(Artwork::spots).collect();
        spots::spaces(document, &shown)
    }

    /// One dictionary of resources that every page shares: faces, pictures, spot colours. `page` is the one that
    /// `printpdf` has put the pictures into.
    fn resources(
        &self,
        artwork: &Artwork,
        spots: &Dictionary,
        page: Option<ObjectId>,
        document: &mut Document,
    ) -> ObjectId {
        let mut fonts = Dictionary::new();
        for ((id, face), embedded) in self.sheets.pages.faces.iter().zip(artwork.faces()) {
            if let Some(embedded) = embedded {
                fonts.set(format!("F{}", id.0), embedded.add_to(document, &face.metrics));
            }
        }
        let mut pictures = pictures_of(document, page);
        for (index, picture) in artwork.pictures(self.ink).iter().enumerate() {
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

    /// The resources of sheets: every page that lies on one as an object that sheets can place, those that
    /// imposition asked for after the booklet's own.
    fn forms(&self, of_pages: ObjectId, spots: &Dictionary, document: &mut Document) -> ObjectId {
        let placed = self.sheets.sides.iter().flat_map(|side| &side.pages);
        let used: BTreeSet<PageRef> = placed.map(|placed| placed.page).collect();
        let inserts = self.inserts.map(|inserts| (inserts, self.resources(inserts, spots, None, document)));
        let own = self.sheets.pages.pages.len();
        let mut forms = Dictionary::new();
        for page in used {
            let (artwork, resources, at) = match (page, inserts) {
                (PageRef::Page(at), _) => (self.artwork, of_pages, at),
                (PageRef::Insert(at), Some((inserts, resources))) => (inserts, resources, at),
                (PageRef::Insert(_), None) | (PageRef::Blank, _) => continue,
            };
            let (shown, content) = (self.sheets.page(page), artwork.page(at, self.ink));
            if let (Some(shown), Some(content), Some(index)) = (shown, content, page.index(own)) {
                let form = document.add_object(form(shown.size, resources, content));
                forms.set(format!("{}{index}", char::from(PAGE)), form);
            }
        }
        document.add_object(dictionary! { "XObject" => forms, "ExtGState" => overprint() })
    }

    /// What a side shows, compressed.
    fn content(&self, side: &Side) -> Vec<u8> {
        if self.printed() {
            let pages = self.sheets.pages;
            let own = |page: PageRef| pages.pages.get(page.own()?);
            let black = |page| own(page).is_some_and(|page| is_black(page, pages, self.ink));
            return deflate(&sheet::side(side, pages.pages.len(), black));
        }
        let page = side.pages.first().and_then(|placed| placed.page.own());
        page.and_then(|page| self.artwork.page(page, self.ink)).cloned().unwrap_or_default()
    }

    /// The catalogue, with all that a reader program or a printer is told.
    fn catalogue(
        &self,
        sides: &Sides,
        links: Option<Links<'_>>,
        device: Device,
        objects: &mut Objects,
    ) -> ObjectId {
        let Self { sheets, identity, .. } = *self;
        let claims = match sheets.purpose {
            Purpose::Reading => Claims::Accessible,
            Purpose::Print(_) | Purpose::PrintOneSide => Claims::Kept,
        };
        let xmp = Stream::new(
            dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
            metadata::xmp(identity, claims).into_bytes(),
        );
        let xmp = objects.loose.add_object(xmp);
        let mut preferences = dictionary! { "DisplayDocTitle" => true };
        let mut catalogue = dictionary! {
            "Type" => "Catalog",
            "Pages" => sides.tree,
            "Lang" => metadata::text_string(identity.language.tag()),
            "Metadata" => xmp,
            "OutputIntents" => intent::intents(&mut objects.loose, device),
        };
        match sheets.purpose {
            Purpose::Reading => {
                if sheets.pages.right_to_left {
                    preferences.set("Direction", "R2L");
                }
                // Two pages side by side, the first alone at the right: as the open booklet.
                catalogue.set("PageLayout", "TwoPageRight");
                catalogue.set("PageLabels", navigation::page_labels(&sheets.pages.pages));
                if let Some(outline) = navigation::outline(objects, sheets.pages, &sides.ids) {
                    catalogue.set("Outlines", outline);
                    catalogue.set("PageMode", "UseOutlines");
                }
                let (names, annotated) = links.map(|links| links.finish(objects)).unwrap_or_default();
                if let Some(names) = names {
                    catalogue.set("Names", dictionary! { "Dests" => names });
                }
                if let Some(tagged) = self.artwork.tagged() {
                    let tree = tagged.tree.write(objects, &sides.ids, &annotated);
                    catalogue.set("StructTreeRoot", tree);
                    catalogue.set("MarkInfo", dictionary! { "Marked" => true });
                    attachments::add(&mut objects.loose, &mut catalogue, &tagged.attachments);
                }
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
        objects.loose.add_object(catalogue)
    }
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
    let drawn = |id: PictureId| {
        all.pictures.get(id.0 as usize).is_some_and(|p| matches!(*p.picture, Picture::Drawing(_)))
    };
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
    for (kind, name) in FurnitureKind::ALL {
        let what = match kind {
            FurnitureKind::Head => dictionary! { "Type" => "Pagination", "Subtype" => "Header" },
            FurnitureKind::Folio => dictionary! { "Type" => "Pagination", "Subtype" => "Footer" },
            FurnitureKind::Layout => dictionary! { "Type" => "Layout" },
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

/// A page as an object that sheets can place. Its box leaves room for the bleed; each placing clips it to its own
/// part of the paper.
fn form(size: Size, resources: ObjectId, content: &[u8]) -> Stream {
    let corners = [-BLEED, -BLEED, size.width + BLEED, size.height + BLEED];
    let form = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => corners.map(|side| real(Milli::of(side))).to_vec(),
        "Resources" => resources,
    };
    compressed(form, content.to_vec())
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
