//! Back covers, spines, and inks in files: codes are read back by a decoder of our own, made from the standard
//! and not from the program; EPUB and PDF say the same; inks are plates where they should be and gray where not.

use std::fs;
use std::io::{Cursor, Read};

use booklet::diagnostic::Report;
use booklet::folder::Manuscript;
use booklet::length::Length;
use booklet::press::{Artifact, Job, Wanted, press};
use booklet::typeset::frame::{Colour, Item, Page};

use super::pages::{Set, set};
use crate::pdf::pdfreader::Pdf;
use crate::pdf::pdftext;

const TRADE: &str = "isbn = \"978-0-306-40615-7\"\nprice = \"free\"\nlink = \"https://example.org/bread\"\n";

fn back(set: &Set) -> &Page {
    set.pages.pages.last().expect("a back cover")
}

/// Black rectangles of a page: left, top, width, height in points.
fn black(page: &Page) -> Vec<[f64; 4]> {
    let black = page.items.iter().filter_map(|placed| match &placed.item {
        Item::Fill { size, colour: Colour::BLACK } => {
            Some([placed.at.x, placed.at.y, size.width, size.height].map(Length::to_pt))
        }
        _ => None,
    });
    black.collect()
}

/// Digits of an EAN-13 symbol whose dark modules, of 95, are given: GS1 General Specifications, figures
/// 5.2.2.1 to 5.2.3.1, where each digit is told by the widths of its four elements.
fn decode(dark: &[bool; 95]) -> Option<String> {
    const WIDTHS: [[usize; 4]; 10] = [
        [3, 2, 1, 1],
        [2, 2, 2, 1],
        [2, 1, 2, 2],
        [1, 4, 1, 1],
        [1, 1, 3, 2],
        [1, 2, 3, 1],
        [1, 1, 1, 4],
        [1, 3, 1, 2],
        [1, 2, 1, 3],
        [3, 1, 1, 2],
    ];
    const PARITY: [&str; 10] =
        ["AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB", "ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA"];
    let guard = |at: usize, pattern: &[bool]| dark[at..at + pattern.len()] == *pattern;
    let (light, d) = (false, true);
    if !guard(0, &[d, light, d]) || !guard(45, &[light, d, light, d, light]) || !guard(92, &[d, light, d]) {
        return None;
    }
    let digit = |at: usize| {
        let mut widths = vec![1];
        for module in at + 1..at + 7 {
            if dark[module] == dark[module - 1] { *widths.last_mut()? += 1 } else { widths.push(1) }
        }
        let backwards: Vec<usize> = widths.iter().rev().copied().collect();
        let plain = WIDTHS.iter().position(|own| own[..] == widths[..]).map(|digit| (digit, 'A'));
        plain.or_else(|| WIDTHS.iter().position(|own| own[..] == backwards[..]).map(|digit| (digit, 'B')))
    };
    let left: Vec<(usize, char)> = (0..6).map(|place| digit(3 + place * 7)).collect::<Option<_>>()?;
    let right: Vec<(usize, char)> = (0..6).map(|place| digit(50 + place * 7)).collect::<Option<_>>()?;
    let parity: String = left.iter().map(|(_, set)| *set).collect();
    let first = PARITY.iter().position(|own| *own == parity)?;
    let digits = std::iter::once(first).chain(left.iter().chain(&right).map(|(digit, _)| *digit));
    Some(digits.map(|digit| digit.to_string()).collect())
}

/// The symbol among the black rectangles of a page: those that stand on one line at the top.
fn symbol(rectangles: &[[f64; 4]]) -> ([bool; 95], f64) {
    let tallest = rectangles.iter().map(|r| r[3]).fold(0.0, f64::max);
    let bars: Vec<&[f64; 4]> = rectangles.iter().filter(|r| r[3] > tallest * 0.8).collect();
    let left = bars.iter().map(|r| r[0]).fold(f64::MAX, f64::min);
    let right = bars.iter().map(|r| r[0] + r[2]).fold(0.0, f64::max);
    let module = (right - left) / 95.0;
    let mut dark = [false; 95];
    for bar in bars {
        let from = ((bar[0] - left) / module).round() as usize;
        let count = (bar[2] / module).round() as usize;
        dark[from..from + count].fill(true);
    }
    (dark, module * 25.4 / 72.0)
}

#[test]
fn bar_codes_say_their_number_on_every_page() {
    for isbn in ["978-0-306-40615-7", "979-10-90724-01-3", "978-3-16-148410-0", "9782070360024"] {
        for page in ["\"A4\"", "\"A5\"", "\"A6\"", "{ width = \"74mm\", height = \"105mm\" }"] {
            let manifest = format!(
                "[cover]\nisbn = \"{isbn}\"\nlink = \"https://example.org/bread\"\n[design]\npage = {page}\n"
            );
            let set = set(&manifest, &[("one.md", "Text.\n")]);
            let (dark, module) = symbol(&black(back(&set)));
            assert_eq!(decode(&dark).as_deref(), Some(isbn.replace('-', "").as_str()), "on {page}");
            assert!((0.264..=0.66).contains(&module), "{module} mm on {page}: 80 % to 200 % of 0.33 mm");
        }
    }
}

#[test]
fn codes_keep_their_quiet_zones() {
    for page in ["\"A4\"", "\"A5\"", "\"A6\"", "{ width = \"74mm\", height = \"105mm\" }"] {
        for design in ["design = \"poster\"\ncolours = [\"scarlet\"]\n", ""] {
            let manifest = format!("[cover]\n{design}{TRADE}[design]\npage = {page}\n");
            let set = set(&manifest, &[("one.md", "Text.\n")]);
            let back = back(&set);
            let codes = black(back);
            let tallest = codes.iter().map(|r| r[3]).fold(0.0, f64::max);
            let (bars, modules): (Vec<_>, Vec<_>) = codes.into_iter().partition(|r| r[3] > tallest * 0.8);
            let extent = |part: &[[f64; 4]]| {
                let edge = |of: &dyn Fn(&[f64; 4]) -> f64, start: f64, pick: fn(f64, f64) -> f64| {
                    part.iter().map(of).fold(start, pick)
                };
                [
                    edge(&|r| r[0], f64::MAX, f64::min),
                    edge(&|r| r[1], f64::MAX, f64::min),
                    edge(&|r| r[0] + r[2], 0.0, f64::max),
                    edge(&|r| r[1] + r[3], 0.0, f64::max),
                ]
            };
            let (ean, qr) = (extent(&bars), extent(&modules));
            let one = modules.iter().map(|r| r[2]).fold(f64::MAX, f64::min);
            assert!(one * 25.4 / 72.0 >= 0.4, "a QR module of {one} pt");
            let module = (ean[2] - ean[0]) / 95.0;
            assert!(ean[0] >= module * 11.0 - 0.01, "eleven quiet modules on the left");
            let width = back.size.width.to_pt();
            assert!(qr[2] + one * 4.0 <= width + 0.01, "four on the right of the QR code");
            let beside = ean[3] > qr[1] && qr[3] > ean[1];
            assert!(!beside || qr[0] - ean[2] >= (module * 7.0).max(one * 4.0) - 0.01, "{page}: too near");
            assert!(qr[3] - qr[1] > 0.0 && (qr[2] - qr[0] - (qr[3] - qr[1])).abs() < 0.01, "a square");
        }
    }
}

fn pressed(manifest: &str) -> Vec<Artifact> {
    let place = tempfile::tempdir().expect("a folder");
    let text = "Words of a paragraph that goes on. ".repeat(300);
    fs::write(place.path().join("one.md"), format!("{text}\n\n{text}\n\n{text}\n")).expect("a chapter");
    fs::write(place.path().join("back.md"), "A blurb.\n").expect("a back cover");
    fs::write(place.path().join("manifest.toml"), manifest).expect("a manifest");
    let mut report = Report::new();
    let artifacts =
        press(&Job { manuscript: Manuscript::on_disk(place.path()), wanted: Wanted::ALL }, &mut report);
    assert!(report.diagnostics().is_empty(), "{:?}", report.diagnostics());
    artifacts
}

fn named<'a>(artifacts: &'a [Artifact], ending: &str) -> &'a [u8] {
    &artifacts.iter().find(|a| a.name.ends_with(ending)).unwrap_or_else(|| panic!("no {ending}")).bytes
}

#[test]
fn epub_and_pdf_say_the_same_on_the_back() {
    for (language, free) in [("en", "Free"), ("fr", "Gratuit"), ("de", "Kostenlos"), ("ru", "Бесплатно")]
    {
        for blurb in ["back = \"back.md\"\n", ""] {
            let artifacts = pressed(&format!(
                "title = \"Bread\"\nlanguage = \"{language}\"\nchapters = [\"one.md\"]\n[cover]\n{blurb}{TRADE}"
            ));
            let mut zip = zip::ZipArchive::new(Cursor::new(named(&artifacts, ".epub"))).expect("a zip file");
            let mut page = String::new();
            zip.by_name("OEBPS/back.xhtml").expect("a back cover").read_to_string(&mut page).expect("UTF-8");
            let said = crate::text::agreement::text_of(page.split_once("<body").expect("a body").1);
            let said: Vec<&str> =
                said.split_once('>').map_or("", |(_, rest)| rest).split_whitespace().collect();
            let pdf = pdftext::pages(named(&artifacts, "bread.pdf"));
            let last = pdf.last().expect("a page").join(" ").replace(" \u{ad}", "");
            let shown: Vec<&str> = last.split_whitespace().collect();
            let wanted = format!("ISBN 978-0-306-40615-7 {free} example.org/bread");
            let wanted: Vec<&str> = wanted.split(' ').collect();
            assert!(said.ends_with(&wanted), "{said:?}");
            assert!(wanted.iter().all(|word| shown.contains(word)), "{shown:?}");
            assert!(page.contains("<a href=\"https://example.org/bread\">"));
            let pdf = Pdf::of(named(&artifacts, "bread.pdf"));
            let last = pdf.page(pdf.pages.len() - 1);
            let links = pdf.resolve(last.get(b"Annots").expect("links")).as_array().expect("a list");
            assert_eq!(links.len(), 2, "the code and the address are live");
        }
    }
}

/// The names of all plates of a PDF.
fn plates(pdf: &Pdf) -> Vec<String> {
    let mut plates = Vec::new();
    for object in pdf.document.objects.values() {
        if let Ok([kind, name, alternate, tint]) = object.as_array().map(Vec::as_slice)
            && kind.as_name().ok() == Some(b"Separation")
        {
            plates.push(String::from_utf8_lossy(name.as_name().expect("a name")).into_owned());
            assert_eq!(alternate.as_name().ok(), Some(&b"DeviceRGB"[..]));
            let tint = pdf.resolve(tint).as_dict().expect("a function");
            assert_eq!(tint.get(b"FunctionType").and_then(lopdf::Object::as_i64).ok(), Some(2));
        }
    }
    plates.sort();
    plates
}

/// Every operator of all streams of a PDF that sets a colour.
fn colouring(pdf: &Pdf) -> Vec<String> {
    let mut found = Vec::new();
    for object in pdf.document.objects.values() {
        let Ok(stream) = object.as_stream() else { continue };
        let form = stream.dict.get(b"Subtype").and_then(lopdf::Object::as_name).ok() == Some(b"Form");
        let content = stream.dict.get(b"Type").is_err() && stream.dict.get(b"Subtype").is_err();
        if (form || content)
            && let Ok(bytes) = stream.decompressed_content()
            && let Ok(content) = lopdf::content::Content::decode(&bytes)
        {
            let sets = |operator: &str| ["cs", "scn", "rg", "k", "CS", "SCN", "RG", "K"].contains(&operator);
            found.extend(content.operations.into_iter().map(|o| o.operator).filter(|o| sets(o)));
        }
    }
    found
}

#[test]
fn inks_are_plates_in_colour_and_gray_in_black() {
    let manifest = |colour: bool| {
        format!(
            "title = \"Bread\"\nlanguage = \"en\"\nchapters = [\"one.md\"]\nauthors = [\"Ada\"]\npublisher = \"Seed\"\n\
             [cover]\ndesign = \"poster\"\ncolours = [\"scarlet\", \"#ffb510\"]\nseparate = true\n\
             [print]\nbinding = \"perfect\"\ncolour = {colour}\ncreep = {{ paper = \"1mm\" }}\n"
        )
    };
    let artifacts = pressed(&manifest(true));
    for file in ["bread.pdf", "bread-cover.pdf"] {
        let pdf = Pdf::of(named(&artifacts, file));
        assert_eq!(plates(&pdf), ["Spot FFB510", "Spot Scarlet"], "{file}");
        assert!(colouring(&pdf).contains(&"scn".to_owned()));
        let intent = pdf.catalogue().get(b"OutputIntents").expect("an intent");
        let intent =
            pdf.resolve(&pdf.resolve(intent).as_array().expect("a list")[0]).as_dict().expect("an intent");
        let profile =
            pdf.resolve(intent.get(b"DestOutputProfile").expect("a profile")).as_stream().expect("a stream");
        assert_eq!(profile.dict.get(b"N").and_then(lopdf::Object::as_i64).ok(), Some(3), "{file} is for RGB");
    }
    let artifacts = pressed(&manifest(false));
    for file in ["bread-cover.pdf", "bread-print.pdf"] {
        let pdf = Pdf::of(named(&artifacts, file));
        assert_eq!((plates(&pdf), colouring(&pdf)), (Vec::new(), Vec::new()), "{file} is black alone");
    }
}

#[test]
fn the_spine_has_the_ground_of_its_cover() {
    let spine = |design: &str| {
        let artifacts = pressed(&format!(
            "title = \"Bread\"\nlanguage = \"en\"\nchapters = [\"one.md\"]\n\
             [cover]\ndesign = \"{design}\"\ncolours = [\"scarlet\"]\nseparate = true\n\
             [print]\nbinding = \"perfect\"\ncolour = true\ncreep = {{ paper = \"1.2mm\" }}\n"
        ));
        let cover = Pdf::of(named(&artifacts, "bread-cover.pdf"));
        // The spine is the form placed last on the first side.
        let forms = cover.dictionary(cover.dictionary(cover.page(0), "Resources"), "XObject");
        let placed = cover.content(0).operations.into_iter().rfind(|o| o.operator == "Do");
        let name = placed.expect("a form").operands[0].as_name().expect("a name").to_vec();
        let form = cover.resolve(forms.get(&name).expect("the form")).as_stream().expect("a form");
        let bytes = form.decompressed_content().expect("a stream");
        lopdf::content::Content::decode(&bytes).expect("operators").operations
    };
    let inked = |operations: &[lopdf::content::Operation]| {
        let at = operations.iter().position(|o| o.operator == "scn")?;
        operations[at..].iter().find(|o| o.operator == "re").map(|o| o.operands.clone())
    };
    let ground = inked(&spine("poster")).expect("a ground in ink");
    let number = |object: &lopdf::Object| f64::from(object.as_float().expect("a number"));
    assert!((number(&ground[2]) - 216.0 * 72.0 / 25.4).abs() < 0.1, "as long as the page and its bleed");
    assert!(inked(&spine("plain")).is_none());
}
