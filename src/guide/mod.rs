//! What goes with the sheets for the hands that print, fold and bind them: words and drawings.
//!
//! Comes in: [`Sheets`] as imposition has laid them. Goes out: the same with what is set in type beside
//! the pages: labels outside the trim (`label.rs`), the title on a cover's spine (`spine.rs`), lines to
//! write on where the text leaves a page blank (`notes.rs`); and pages of their own: drawn instructions
//! (`instructions.rs`, made of `steps.rs`, which draws what `procedure.rs` says is to be done, with drawings in
//! `folding.rs` and `bindery.rs`) and a sheet to try a printer with (`test_sheet.rs`). All words are in the booklet's
//! language (`words.rs`), but for the sentence that the terminal shows (`sentence.rs`); `slip.rs` is the small page
//! that all of it is drawn on, `figure.rs` the tools of drawing.

use std::sync::Arc;

use crate::document::Document;
use crate::face::Faces;
use crate::impose::{self, Purpose, Sheets};
use crate::language::Language;
use crate::length::{Point, Size};
use crate::manifest::{Flip, Identity, Print, PrintersMark};
use crate::typeset::frame::{Page, Pages};
use crate::typeset::inline::setter::Setter;
use crate::typeset::style::Style;

mod bindery;
mod figure;
mod folding;
mod instructions;
mod label;
mod notes;
mod procedure;
mod sentence;
mod slip;
mod spine;
mod steps;
mod test_sheet;
mod words;

pub use procedure::{Act, OnTop, Printing, Procedure, TwoRuns};
pub use sentence::{count, cover_sentence, sentence};
use words::Words;

/// Adds to sheets what is set beside their pages.
pub fn complete(sheets: &mut Sheets<'_>, print: &Print, document: &Document, style: &Style) {
    let labelled = print.marks.contains(&PrintersMark::Label);
    if !(sheets.filled || labelled || sheets.spine.is_some()) {
        return;
    }
    let words = Words::of(&style.language);
    let setter = Setter::new(&style.faces, &words.tag.into(), &[], &[]);
    if sheets.filled {
        // Blanks refer to the first insert.
        sheets.inserts.insert(0, notes::page(&setter, words, style));
    }
    if labelled {
        label::put(sheets, &document.identity.title, &setter, words);
    }
    if sheets.spine.is_some() {
        let setter = Setter::new(&style.faces, &style.language, &[], &[]);
        spine::put(sheets, document, &setter);
    }
}

/// The page that shows how sheets are printed, folded and bound.
pub fn instructions(sheets: &Sheets<'_>, procedure: &Procedure, identity: &Identity, style: &Style) -> Pages {
    let words = Words::of(&style.language);
    let setter = Setter::new(&style.faces, &words.tag.into(), &[], &[]);
    let page = instructions::page(&setter, words, sheets, procedure, &identity.title);
    pages(&style.faces, vec![page])
}

/// The pages of a test sheet of a size, which is held upright: front, back, and what is printed head down
/// on the back.
pub fn test_pages(size: Size, language: &Language, faces: &Arc<Faces>) -> Pages {
    let words = Words::of(language);
    let setter = Setter::new(faces, &words.tag.into(), &[], &[]);
    pages(faces, test_sheet::pages(&setter, words, size).to_vec())
}

/// What the test sheet is called, in a language.
pub fn test_title(language: &Language) -> &'static str {
    Words::of(language).test_title
}

/// Its two sides.
pub fn test_sheets(pages: &Pages, flip: Flip) -> Sheets<'_> {
    let mut sheets = one_a_side(pages, Purpose::Print(flip));
    if let Some(mut turned) = (sheets.sides.len() == 3).then(|| sheets.sides.remove(2)) {
        let size = turned.size;
        for placed in &mut turned.pages {
            placed.quarter_turns = 2;
            placed.at = Point::new(size.width, size.height);
        }
        sheets.sides[1].pages.append(&mut turned.pages);
    }
    sheets.papers = 1;
    sheets
}

/// Pages as they are, each on paper of its own.
pub fn one_a_side(pages: &Pages, purpose: Purpose) -> Sheets<'_> {
    let mut sheets = impose::one_a_side(pages, purpose);
    sheets.papers = sheets.sides.len();
    sheets
}

fn pages(faces: &Arc<Faces>, pages: Vec<Page>) -> Pages {
    let faces = Arc::clone(faces);
    Pages { pages, faces, pictures: Vec::new(), outline: Vec::new(), right_to_left: false }
}
