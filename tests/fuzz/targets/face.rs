//! Font files from strangers, and a page set in each that can be read.

use std::sync::{Arc, OnceLock};

use booklet::booklet::{Booklet, open};
use booklet::cover::wrapped;
use booklet::diagnostic::Report;
use booklet::document;
use booklet::epub::{self, Dialect, EpubOptions};
use booklet::face::webfont::{covered, notice, web_font};
use booklet::face::{Face, FaceData, Faces, code_family};
use booklet::folder::Manuscript;
use booklet::impose::{Purpose, one_a_side};
use booklet::pdf;
use booklet::typeset::frame::Ink;
use booklet::typeset::style::Style;

use super::{pressed, sound};

/// Letters, signs, joins, marks and scripts that ask more of a face.
const TEXT: &str = "AVTo fi ffl 12½ “é” e\u{301} ſ — العربية हिन्दी ไทย \u{200d}\u{a0}\u{ad}漢🙂";

/// Tries a font file.
pub fn run(bytes: &[u8]) {
    let data = || FaceData::Read(bytes.into());
    let Ok(face) = Face::parse(data(), 0) else {
        // Of a collection the second may be sound.
        let _ = Face::parse(data(), 1);
        return;
    };
    assert!(!face.family.is_empty() && (1..64).contains(&face.postscript_name.len()));
    assert!(face.postscript_name.bytes().all(|b| b.is_ascii_graphic()), "{:?}", face.postscript_name);
    notice(&face);
    let mut glyphs: Vec<u16> =
        TEXT.chars().filter_map(|c| face.glyph(c)).filter(|glyph| *glyph != 0).collect();
    glyphs.extend([1, 2, 3, 500, u16::MAX]);
    glyphs.sort_unstable();
    glyphs.dedup();
    for glyph in &glyphs {
        face.advance(*glyph);
        face.left_bearing(*glyph);
        face.outline(*glyph);
    }
    if let Some(subset) = face.subset(&glyphs) {
        assert_eq!(subset.advances.len(), glyphs.len() + 1);
        assert!(!subset.program.is_empty());
    }
    let letters = covered(&face, TEXT.chars());
    for ligatures in [true, false] {
        let Some(cut) = web_font(&face, &letters, ligatures) else { continue };
        let again = Face::parse(FaceData::Read(cut.into()), 0).expect("a cut face is a face");
        assert_eq!(covered(&again, TEXT.chars()), letters, "letters are lost");
    }
    set(face);
}

/// Sets a booklet in a face.
fn set(face: Face) {
    let mut booklet = booklet().clone();
    booklet.faces = Arc::new(Faces::new(vec![vec![face]], vec![code_family()]));
    let mut report = Report::new();
    let document = document::read(&booklet, &mut Report::new());
    let pages = wrapped(&document, &Style::new(&booklet), &mut report);
    let artwork = pdf::draw(&pages, &document, &[Ink::Colour]);
    let sheets = one_a_side(&pages, Purpose::Reading);
    sound::pdf(&pdf::write(&sheets, &artwork, &document.identity, Ink::Colour));
    let options = EpubOptions::new(&booklet.manifest, &booklet.faces, &[], Dialect::Plain);
    sound::epub(&epub::write(&document, &options).expect("an EPUB"));
}

/// A booklet of one page.
fn booklet() -> &'static Booklet {
    static OPENED: OnceLock<Booklet> = OnceLock::new();
    OPENED.get_or_init(|| {
        let manifest: &[u8] =
            b"title = \"T\"\nlanguage = \"en\"\nchapters = [\"a.md\"]\n[design]\ntitle-page = false\n";
        let folder = pressed::folder(&[("manifest.toml", manifest), ("a.md", TEXT.as_bytes())]);
        open(&Manuscript::on_disk(folder.path()), &mut Report::new()).expect("a booklet")
    })
}
