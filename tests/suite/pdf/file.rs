//! PDFs of pages set by hand: what they look like on paper and screen, what is linked, what they say of
//! themselves, and that equal pages are equal files.

use std::sync::Arc;

use booklet::address::Address;
use booklet::booklet::NamedPicture;
use booklet::document::{NodeId, NoteId, Target};
use booklet::face::FaceId;
use booklet::length::{Length, Point, Size};
use booklet::manifest::Flip;
use booklet::picture::{Picture, PictureId, PixelFormat, Raster};
use booklet::typeset::frame::{Colour, Destination, Item, OutlineEntry, Owner, Page, Placed, Run};
use lopdf::content::Content;
use lopdf::{Dictionary, Object};

use super::pdfreader::{Pdf, number, numbers, utf16};
use crate::typeset::handset::{self, faces, page, pages, placed, print, reading, run, text};

#[test]
fn a_text_only_print_has_no_colour_but_gray() {
    let rule =
        Item::Fill { size: Size::new(Length::pt(100), Length::from_pt(0.5)), colour: Colour::Gray(128) };
    let pages =
        pages((0..5).map(|_| page(vec![text(50, 50, "word"), placed(50, 60, rule.clone())])).collect());
    let pdf = Pdf::of(&print(&pages, Flip::ShortEdge));
    let colours = ["g", "G", "rg", "RG", "k", "K", "cs", "CS", "sc", "scn", "SC", "SCN", "sh"];
    let mut seen = Vec::new();
    for object in pdf.document.objects.values() {
        let Ok(stream) = object.as_stream() else { continue };
        let is_form = stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Form");
        if is_form {
            let content = Content::decode(&stream.decompressed_content().unwrap()).unwrap();
            seen.extend(content.operations.into_iter().map(|operation| operation.operator));
        }
    }
    for index in 0..pdf.pages.len() {
        seen.extend(pdf.operators(index));
    }
    assert!(seen.iter().any(|operator| operator == "re") && seen.iter().any(|operator| operator == "TJ"));
    let used: Vec<_> = seen.iter().filter(|operator| colours.contains(&operator.as_str())).collect();
    assert!(used.iter().all(|operator| *operator == "g"), "{used:?}");
    assert_eq!(used.len(), 5, "once a page");
    // Where a rule is gray, nothing is overprinted; all black is.
    assert!(!seen.iter().any(|operator| operator == "gs"));
    let black = handset::pages((0..5).map(|_| page(vec![text(50, 50, "word")])).collect());
    let pdf = Pdf::of(&print(&black, Flip::ShortEdge));
    let states = (0..pdf.pages.len()).flat_map(|index| pdf.operators(index)).filter(|o| o == "gs");
    assert_eq!(states.count(), 5);
    let state = pdf.dictionary(pdf.dictionary(pdf.page(0), "Resources"), "ExtGState");
    let state = pdf.dictionary(state, "K");
    assert!(state.get(b"OP").unwrap().as_bool().unwrap() && state.get(b"op").unwrap().as_bool().unwrap());
}

#[test]
fn sheets_have_their_exact_size_and_say_where_they_are_cut() {
    let pages = pages((0..8).map(|_| page(Vec::new())).collect());
    let pdf = Pdf::of(&print(&pages, Flip::ShortEdge));
    assert_eq!(pdf.pages.len(), 4);
    for index in 0..4 {
        let media = numbers(pdf.page(index).get(b"MediaBox").unwrap());
        assert_eq!(
            media.iter().map(|side| format!("{side:.3}")).collect::<Vec<_>>(),
            ["0.000", "0.000", "841.890", "595.276"]
        );
        let trim = numbers(pdf.page(index).get(b"TrimBox").unwrap());
        assert!((trim[2] - trim[0] - 2.0 * 419.528).abs() < 0.002, "{trim:?}");
        assert!((trim[0] - (841.89 - trim[2])).abs() < 0.002, "centred: {trim:?}");
        assert!(!pdf.page(index).has(b"Annots"));
    }
    let preferences = pdf.dictionary(pdf.catalogue(), "ViewerPreferences");
    assert_eq!(preferences.get(b"Duplex").unwrap().as_name().unwrap(), b"DuplexFlipShortEdge");
    assert_eq!(preferences.get(b"PrintScaling").unwrap().as_name().unwrap(), b"None");
    for key in [b"Outlines".as_slice(), b"PageLabels", b"Names"] {
        assert!(!pdf.catalogue().has(key));
    }
}

/// Where each page's lower left corner and the direction of its x axis land, by page name.
fn placings(pdf: &Pdf, index: usize) -> Vec<(String, [f64; 6])> {
    let mut matrix = [0.0; 6];
    let mut placings = Vec::new();
    for operation in pdf.content(index).operations {
        match operation.operator.as_str() {
            "cm" => {
                for (part, operand) in matrix.iter_mut().zip(&operation.operands) {
                    *part = number(operand);
                }
            }
            "Do" => {
                let name = operation.operands[0].as_name().unwrap();
                placings.push((String::from_utf8(name.to_vec()).unwrap(), matrix));
            }
            _ => {}
        }
    }
    placings
}

#[test]
fn pages_land_on_sheets_the_right_way_up() {
    let pages = pages((0..4).map(|_| page(Vec::new())).collect());
    let (fold, width, height) = (841.890 / 2.0, 419.528, 595.276);
    let close = |placing: &(String, [f64; 6]), name: &str, wanted: [f64; 6]| {
        assert_eq!(placing.0, name);
        for (is, wanted) in placing.1.iter().zip(wanted) {
            assert!((is - wanted).abs() < 0.002, "{placing:?} is not {wanted:?}");
        }
    };
    let pdf = Pdf::of(&print(&pages, Flip::LongEdge));
    let front = placings(&pdf, 0);
    close(&front[0], "S3", [1.0, 0.0, 0.0, 1.0, fold - width, 0.0]);
    close(&front[1], "S0", [1.0, 0.0, 0.0, 1.0, fold, 0.0]);
    // Turned head over heels: page 2, left of the fold when upright, lies right of it upside down.
    let back = placings(&pdf, 1);
    close(&back[0], "S1", [-1.0, 0.0, 0.0, -1.0, fold + width, height]);
    close(&back[1], "S2", [-1.0, 0.0, 0.0, -1.0, fold, height]);
}

#[test]
fn links_lead_where_they_say() {
    let link = |to: Destination| Item::Link { size: Size::new(Length::pt(20), Length::pt(12)), to };
    let url = Destination::Target(Target::Url(Address::new("https://example.org/é?a=(b)").unwrap()));
    let anchor = Destination::Target(Target::Anchor("force".into()));
    let pages = pages(vec![
        page(vec![
            placed(10, 20, link(url)),
            placed(10, 40, link(anchor.clone())),
            placed(10, 60, link(Destination::Note(NoteId(0)))),
            placed(10, 60, Item::Anchor(Destination::Mark(NodeId(7)))),
            placed(10, 80, link(Destination::Target(Target::Chapter("nowhere".into())))),
        ]),
        page(vec![
            placed(30, 100, Item::Anchor(anchor)),
            placed(30, 500, Item::Anchor(Destination::Note(NoteId(0)))),
            placed(30, 500, link(Destination::Mark(NodeId(7)))),
        ]),
    ]);
    let pdf = Pdf::of(&reading(&pages));
    let annotations = |index: usize| -> Vec<&Dictionary> {
        let list = pdf.resolve(pdf.page(index).get(b"Annots").unwrap()).as_array().unwrap();
        list.iter().map(|object| pdf.resolve(object).as_dict().unwrap()).collect()
    };
    let first = annotations(0);
    assert_eq!(first.len(), 3, "the link to nowhere is left out");
    let uri = pdf.dictionary(first[0], "A").get(b"URI").unwrap().as_str().unwrap();
    assert_eq!(uri, b"https://example.org/%C3%A9?a=(b)");
    let rect = numbers(first[0].get(b"Rect").unwrap());
    assert_eq!(rect.iter().map(|side| side.round()).collect::<Vec<_>>(), [10.0, 563.0, 30.0, 575.0]);
    let goes = |annotation: &Dictionary, page: usize, top: f64| {
        let place = annotation.get(b"Dest").unwrap().as_array().unwrap();
        assert_eq!(place[0].as_reference().unwrap(), pdf.pages[page]);
        assert!((595.276 - number(&place[3]) - top).abs() < 0.01);
    };
    goes(first[1], 1, 100.0);
    goes(first[2], 1, 500.0);
    goes(annotations(1)[0], 0, 60.0);
    let names = pdf.dictionary(pdf.dictionary(pdf.catalogue(), "Names"), "Dests");
    let names = names.get(b"Names").unwrap().as_array().unwrap();
    assert_eq!(names[0].as_str().unwrap(), b"force");
}

#[test]
fn labels_and_bookmarks_follow_the_booklet() {
    let labelled = |label: &str| Page { label: label.to_owned(), ..page(Vec::new()) };
    let mut pages = pages(["", "", "iii", "iv", "5", "6", "7", "", "A"].map(labelled).into());
    let entry =
        |title: &str, level, page| OutlineEntry { title: title.to_owned(), level, page, y: Length::pt(50) };
    pages.outline =
        vec![entry("One", 1, 4), entry("“Force”", 2, 5), entry("Two", 1, 6), entry("Lost", 1, 99)];
    let pdf = Pdf::of(&reading(&pages));
    let labels = pdf.dictionary(pdf.catalogue(), "PageLabels").get(b"Nums").unwrap().as_array().unwrap();
    let starts: Vec<i64> = labels.iter().step_by(2).map(|start| start.as_i64().unwrap()).collect();
    assert_eq!(starts, [0, 2, 4, 7, 8]);
    let roman = labels[3].as_dict().unwrap();
    assert_eq!(roman.get(b"S").unwrap().as_name().unwrap(), b"r");
    assert_eq!(roman.get(b"St").unwrap().as_i64().unwrap(), 3);
    assert_eq!(labels[5].as_dict().unwrap().get(b"S").unwrap().as_name().unwrap(), b"D");
    assert_eq!(labels[9].as_dict().unwrap().get(b"P").unwrap().as_str().unwrap(), b"A");

    let root = pdf.dictionary(pdf.catalogue(), "Outlines");
    let one = pdf.dictionary(root, "First");
    assert_eq!(one.get(b"Title").unwrap().as_str().unwrap(), b"One");
    let force = pdf.dictionary(one, "First");
    assert_eq!(utf16(&force.get(b"Title").unwrap().as_str().unwrap()[2..]), "“Force”");
    let two = pdf.dictionary(one, "Next");
    assert_eq!(two.get(b"Title").unwrap().as_str().unwrap(), b"Two");
    assert!(!two.has(b"Next") && pdf.dictionary(root, "Last") == two);
}

#[test]
fn the_file_says_what_it_is_and_nothing_else() {
    let pages = pages(vec![page(vec![text(50, 50, "word")])]);
    let bytes = reading(&pages);
    assert!(bytes.starts_with(b"%PDF-1.7\n"));
    let pdf = Pdf::of(&bytes);
    assert_eq!(pdf.catalogue().get(b"Lang").unwrap().as_str().unwrap(), b"en");
    let preferences = pdf.dictionary(pdf.catalogue(), "ViewerPreferences");
    assert!(preferences.get(b"DisplayDocTitle").unwrap().as_bool().unwrap());
    let info = pdf.resolve(pdf.document.trailer.get(b"Info").unwrap()).as_dict().unwrap();
    let mut keys: Vec<_> = info.iter().map(|(key, _)| String::from_utf8_lossy(key).into_owned()).collect();
    keys.sort();
    assert_eq!(keys, ["Author", "CreationDate", "Producer", "Title"]);
    assert_eq!(info.get(b"CreationDate").unwrap().as_str().unwrap(), b"D:20221101");
    let xmp = pdf.resolve(pdf.catalogue().get(b"Metadata").unwrap()).as_stream().unwrap();
    let xmp = String::from_utf8(xmp.content.clone()).unwrap();
    assert!(xmp.contains("Force &amp; “will”") && xmp.contains("2022-11-01"), "{xmp}");
    assert!(!xmp.contains("1970") && !xmp.contains("ModifyDate"));
}

fn picture(format: PixelFormat, pixels: &[u8], width: u32) -> NamedPicture {
    let samples = match format {
        PixelFormat::Gray => 1,
        PixelFormat::Rgb => 3,
        PixelFormat::Rgba => 4,
    };
    let height = pixels.len() as u32 / samples / width;
    let picture = Raster { width, height, dpi: None, format, pixels: pixels.into(), photographic: false };
    NamedPicture { name: "p.png".to_owned(), picture: Arc::new(Picture::Raster(picture)) }
}

#[test]
fn pictures_are_stored_once_and_exactly() {
    let show =
        |index| Item::Picture { picture: PictureId(index), size: Size::new(Length::pt(40), Length::pt(20)) };
    let mut pages = pages(vec![
        page(vec![placed(10, 20, show(0)), placed(10, 80, show(1)), placed(10, 90, show(9))]),
        page(vec![placed(10, 20, show(0)), placed(10, 80, show(2))]),
    ]);
    let colours: Vec<u8> = (0..36).map(|sample| (sample * 37 % 256) as u8).collect();
    pages.pictures = vec![
        picture(PixelFormat::Rgb, &colours, 3),
        // Red at half strength on white; the second pixel is wholly clear.
        picture(PixelFormat::Rgba, &[255, 0, 0, 128, 9, 9, 9, 0], 2),
        // Gray, though it came in three samples.
        picture(PixelFormat::Rgb, &[7, 7, 7, 200, 200, 200], 1),
    ];
    let pdf = Pdf::of(&reading(&pages));
    let pictures: Vec<_> = pdf
        .document
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .filter(|stream| {
            stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Image")
        })
        .collect();
    assert_eq!(pictures.len(), 3);
    let find = |width: i64| {
        let wide = |stream: &&&lopdf::Stream| stream.dict.get(b"Width").unwrap().as_i64().unwrap() == width;
        pictures.iter().find(wide).unwrap()
    };
    let space = |stream: &lopdf::Stream| {
        String::from_utf8(stream.dict.get(b"ColorSpace").unwrap().as_name().unwrap().to_vec()).unwrap()
    };
    assert_eq!(find(3).decompressed_content().unwrap(), colours);
    assert_eq!(find(2).decompressed_content().unwrap(), [255, 127, 127, 255, 255, 255]);
    assert_eq!(
        (space(find(1)), find(1).decompressed_content().unwrap()),
        ("DeviceGray".to_owned(), vec![7, 200])
    );
    assert!(pictures.iter().all(|stream| !stream.dict.has(b"SMask")));
    assert_eq!(
        pdf.operators(0).iter().filter(|operator| *operator == "Do").count(),
        2,
        "picture 9 is not there"
    );
    let cm = pdf.content(0).operations.into_iter().find(|operation| operation.operator == "cm").unwrap();
    let matrix: Vec<f64> = cm.operands.iter().map(|part| number(part).round()).collect();
    assert_eq!(matrix, [40.0, 0.0, 0.0, 20.0, 10.0, 555.0]);
}

#[test]
fn photographs_stay_jpeg() {
    let show = Item::Picture { picture: PictureId(0), size: Size::new(Length::pt(40), Length::pt(40)) };
    let mut pages = pages(vec![page(vec![placed(10, 20, show)])]);
    let shades: Vec<u8> = (0..64 * 64 * 3).map(|at| (at / 48) as u8).collect();
    let mut photograph = picture(PixelFormat::Rgb, &shades, 64);
    let Picture::Raster(raster) = Arc::make_mut(&mut photograph.picture) else { panic!("pixels") };
    raster.photographic = true;
    pages.pictures = vec![photograph];
    let pdf = Pdf::of(&reading(&pages));
    let streams = pdf.document.objects.values().filter_map(|object| object.as_stream().ok());
    let named = |stream: &&lopdf::Stream| {
        stream.dict.get(b"Filter").and_then(Object::as_name).ok() == Some(b"DCTDecode")
    };
    let jpeg = streams.into_iter().find(named).unwrap();
    assert!(jpeg.content.starts_with(&[0xFF, 0xD8, 0xFF]) && jpeg.content.len() < shades.len());
}

#[test]
fn equal_pages_are_equal_files_on_any_number_of_threads() {
    let make = || {
        let items =
            |n: usize| vec![text(50, 50, &format!("Page {n} of self-\u{AD}")), text(50, 80, "and more")];
        let pages = pages((0..50).map(|n| page(items(n))).collect());
        (reading(&pages), print(&pages, Flip::LongEdge))
    };
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let once = pool(1).install(make);
    let again = pool(4).install(make);
    assert!(once == again && once == make());
    let other = pages(vec![page(vec![text(50, 50, "other")])]);
    let identity = |bytes: &[u8]| Pdf::of(bytes).document.trailer.get(b"ID").unwrap().clone();
    assert_ne!(identity(&once.0), identity(&reading(&other)));
}

#[test]
fn odd_pages_do_no_harm() {
    for count in [0, 1] {
        let empty = pages((0..count).map(|_| page(Vec::new())).collect());
        assert_eq!(Pdf::of(&reading(&empty)).pages.len(), count);
        assert_eq!(Pdf::of(&print(&empty, Flip::ShortEdge)).pages.len(), count * 2);
    }
    let faces = faces();
    let far = Length(i64::MAX);
    let run = run(&faces, "far", Length::pt(10), 10_000);
    let mut none = run.clone();
    none.glyphs.clear();
    let mut broken = run.clone();
    broken.text = "".into();
    broken.glyphs.iter_mut().for_each(|glyph| (glyph.x, glyph.y, glyph.id) = (i32::MIN, i32::MAX, 0));
    let huge = Run { size: far, stretch: u16::MAX, ..run.clone() };
    let tiny = Run { size: Length(1), stretch: 1, ..run.clone() };
    let missing = Run { face: FaceId(999), ..run.clone() };
    let items: Vec<Placed> = [run, none, broken, huge, tiny, missing]
        .into_iter()
        .flat_map(|run| {
            [(far, far), (Length(i64::MIN), far), (Length::ZERO, Length::ZERO)].map(|(x, y)| Placed {
                at: Point::new(x, y),
                owner: Owner::Artefact,
                item: Item::Run(run.clone()),
            })
        })
        .chain([placed(0, 0, Item::Fill { size: Size::new(far, far), colour: Colour::Gray(3) })])
        .chain([placed(0, 0, Item::Fill { size: Size::default(), colour: Colour::BLACK })])
        .collect();
    let pages = pages(vec![page(items)]);
    let pdf = Pdf::of(&reading(&pages));
    assert!(pdf.operators(0).iter().any(|operator| operator == "TJ"));
}
