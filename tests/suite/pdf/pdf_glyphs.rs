//! The text of PDFs: what copying gives, and where each glyph stands.

use booklet::length::Length;
use booklet::typeset::frame::Item;
use lopdf::Object;

use super::pdfreader::{Characters, Pdf, number, numbers};
use crate::typeset::handset::{faces, page, pages, placed, reading, run, text};

#[test]
fn text_is_copied_as_it_was_written() {
    // The hyphen is the author's twice and the line breaker's once; it has one glyph.
    let pages = pages(vec![page(vec![
        text(50, 50, "self-made well-known “fi” revo\u{AD}"),
        text(50, 64, "lution, naïve — 1936"),
    ])]);
    let pdf = Pdf::of(&reading(&pages));
    assert_eq!(pdf.copied(0), "self-made well-known “fi” revo\u{AD}lution, naïve — 1936");
}

#[test]
fn ligatures_give_all_their_characters() {
    let faces = faces();
    let mut run = run(&faces, "xyz", Length::pt(10), 10_000);
    // As if y were one glyph for three letters.
    run.text = "xffiz".into();
    run.glyphs[2].cluster = 4;
    let pages = pages(vec![page(vec![placed(50, 50, Item::Run(run))])]);
    assert_eq!(Pdf::of(&reading(&pages)).copied(0), "xffiz");
}

/// Follows a reader's pen over a page; gives each glyph's place in points.
fn pen_places(pdf: &Pdf, index: usize) -> Vec<f64> {
    let fonts = pdf.dictionary(pdf.dictionary(pdf.page(index), "Resources"), "Font");
    let (mut size, mut scaling, mut spacing, mut line, mut pen) = (0.0, 1.0, 0.0, 0.0, 0.0);
    let (mut widths, mut glyphs) = (Vec::new(), Characters::default());
    let mut places = Vec::new();
    for operation in pdf.content(index).operations {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "BT" => (line, pen) = (0.0, 0.0),
            "Tf" => {
                size = number(&operands[1]);
                let font = pdf.resolve(fonts.get(operands[0].as_name().unwrap()).unwrap()).as_dict().unwrap();
                glyphs = Characters::of(&pdf.text_of_stream(font.get(b"Encoding").unwrap()));
                let descendant = &font.get(b"DescendantFonts").unwrap().as_array().unwrap()[0];
                let descendant = pdf.resolve(descendant).as_dict().unwrap();
                widths = numbers(&descendant.get(b"W").unwrap().as_array().unwrap()[1]);
            }
            "Tz" => scaling = number(&operands[0]) / 100.0,
            "Tc" => spacing = number(&operands[0]),
            "Td" => {
                line += number(&operands[0]);
                pen = line;
            }
            "TJ" => {
                for piece in operands[0].as_array().unwrap() {
                    match piece {
                        Object::String(codes, _) => {
                            for code in glyphs.codes(codes) {
                                places.push(pen);
                                pen += (widths[glyphs.glyph(code)] / 1000.0 * size + spacing) * scaling;
                            }
                        }
                        number_ => pen -= number(number_) / 1000.0 * size * scaling,
                    }
                }
            }
            _ => {}
        }
    }
    places
}

#[test]
fn glyphs_stand_where_the_typesetter_put_them() {
    let words = "When the general strike had spread to every town of the province";
    for (stretch, word_space, letter_space) in
        [(10_000, 0, 0), (9_850, 0, 0), (10_130, 7_777, 0), (10_000, -3_333, 0), (10_090, 1_234, 3_456)]
    {
        for size in [10.0, 8.337] {
            let mut run = run(&faces(), words, Length::from_pt(size), stretch);
            let mut moved = 0;
            for (glyph, character) in run.glyphs.iter_mut().zip(words.chars()) {
                glyph.x += moved;
                moved += letter_space + if character == ' ' { word_space } else { 0 };
            }
            let wanted: Vec<f64> =
                run.glyphs.iter().map(|glyph| 60.0 + f64::from(glyph.x) / 65_536.0).collect();
            let pages = pages(vec![page(vec![placed(60, 100, Item::Run(run))])]);
            let places = pen_places(&Pdf::of(&reading(&pages)), 0);
            assert_eq!(places.len(), wanted.len());
            for (index, (place, wanted)) in places.iter().zip(&wanted).enumerate() {
                let off = (place - wanted).abs();
                assert!(off < 0.012, "glyph {index} is off by {off} pt at {size} pt, {stretch}");
            }
        }
    }
}

#[test]
fn letter_spacing_is_said_once() {
    let mut run = run(&faces(), "CONTENTS", Length::pt(10), 10_000);
    for (index, glyph) in run.glyphs.iter_mut().enumerate() {
        glyph.x += index as i32 * 65_536 / 2;
    }
    let pages = pages(vec![page(vec![placed(60, 100, Item::Run(run))])]);
    let content = Pdf::of(&reading(&pages)).content(0);
    let spacing = content.operations.iter().find(|operation| operation.operator == "Tc").unwrap();
    assert_eq!(number(&spacing.operands[0]), 0.5);
    let show = content.operations.iter().find(|operation| operation.operator == "TJ").unwrap();
    assert_eq!(show.operands[0].as_array().unwrap().len(), 1, "one string");
}

#[test]
fn faces_are_cut_and_named_by_what_they_hold() {
    let pages = pages(vec![page(vec![text(50, 50, "abc")])]);
    let bytes = reading(&pages);
    assert!(bytes.len() < 20_000, "{} bytes", bytes.len());
    let pdf = Pdf::of(&bytes);
    let fonts = pdf.dictionary(pdf.dictionary(pdf.page(0), "Resources"), "Font");
    assert_eq!(fonts.len(), 1, "only faces that are used");
    let font = pdf.resolve(fonts.get(b"F0").unwrap()).as_dict().unwrap();
    let name = String::from_utf8(font.get(b"BaseFont").unwrap().as_name().unwrap().to_vec()).unwrap();
    assert!(name.as_bytes()[..6].iter().all(u8::is_ascii_uppercase) && name.as_bytes()[6] == b'+', "{name}");
    let descendant = &font.get(b"DescendantFonts").unwrap().as_array().unwrap()[0];
    let descendant = pdf.resolve(descendant).as_dict().unwrap();
    assert_eq!(descendant.get(b"Subtype").unwrap().as_name().unwrap(), b"CIDFontType0");
    let descriptor = pdf.dictionary(descendant, "FontDescriptor");
    assert!(descriptor.has(b"FontFile3") && !descriptor.has(b"FontFile"));
    assert_eq!(descriptor.get(b"Flags").unwrap().as_i64().unwrap() & 4, 4);
}
