//! Faces cut for the EPUB set a text as the whole face does.

use booklet::epub::{self, EpubOptions};
use booklet::face::{FaceId, embedded, webfont};
use harfrust::{Buffer, ShapeOptions, ShaperFont, shape};
use skrifa::MetadataProvider;
use skrifa::raw::model::Blob;

use super::book::{files, options};
use crate::typeset::handmade::Maker;

/// Advances of a shaped text.
fn advances(font: &[u8], text: &str) -> Vec<i32> {
    let blob = Blob::Shared(std::sync::Arc::new(font.to_vec()));
    let font = skrifa::Font::new(blob, 0).expect("a font");
    let mut buffer = Buffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    shape(&ShaperFont::new(&font), &mut buffer, ShapeOptions::new()).expect("shaped");
    buffer.glyph_positions().iter().map(|position| position.x_advance).collect()
}

#[test]
fn a_cut_face_kerns_and_joins_like_the_whole_one() {
    let faces = embedded();
    let text = "AVATAR “To, Waffle” office fjord — efficient: ’Ta. Yes… Œuvre 1911 & co.";
    for id in 0..4 {
        let face = faces.get(FaceId(id));
        let mut characters: Vec<char> = text.chars().collect();
        characters.sort_unstable();
        characters.dedup();
        let cut = webfont::web_font(face, &characters, true).expect("a font");
        let whole = advances(face.data.as_ref(), text);
        assert_eq!(advances(&cut, text), whole, "{}", face.postscript_name);
        assert!(whole.len() < text.chars().count(), "no ligature was formed: the test shows nothing");
        assert!(cut.len() < 30_000, "{} bytes", cut.len());
        if let Some(folder) = option_env!("CARGO_TARGET_TMPDIR") {
            std::fs::write(format!("{folder}/cut-{id}.otf"), &cut).expect("written");
        }
    }
}

#[test]
fn a_face_that_sets_joining_letters_goes_in_whole() {
    let faces = embedded();
    let face = faces.get(FaceId(4));
    let cut = webfont::web_font(face, &['س', 'ل'], true).expect("a font");
    assert_eq!(cut.len(), face.data.as_ref().len());
}

/// Each rank of headings has the letters of its own face: those that the style sheet shows it in.
#[test]
fn headings_find_their_letters_in_the_face_that_shows_them() {
    for (level, face) in [(2, "Bold."), (3, "Italic."), (4, "Bold."), (5, "BoldItalic."), (6, "BoldItalic.")]
    {
        let mut make = Maker::default();
        // A rank that is skipped is made up for: none is.
        let mut blocks: Vec<_> = (2..level).map(|level| make.heading(level, "a")).collect();
        blocks.push(make.heading(level, "Ж"));
        let chapters = vec![make.chapter("why", "Why", blocks)];
        let faces = embedded();
        let options = EpubOptions { faces: &faces, embed_fonts: true, contents: false, ..options() };
        let bytes = epub::write(&make.document(chapters), &options).expect("an EPUB");
        let fonts = files(&bytes).into_iter().filter(|(name, _)| name.contains("fonts/"));
        let with: Vec<String> = fonts
            .filter(|(_, font)| {
                let font = skrifa::FontRef::new(font).expect("a font");
                font.charmap().map('Ж').is_some()
            })
            .map(|(name, _)| name)
            .collect();
        assert!(with.iter().any(|name| name.contains(&format!("-{face}"))), "{level}: {with:?}");
        // Nor in any other of the text's, save the one that contents in the menu need.
        assert!(with.len() <= 2, "{level}: {with:?}");
    }
}
