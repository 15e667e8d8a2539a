//! The maker of lines: what the rest of the typesetter asks for set text.
//!
//! Comes in: inlines or plain text, and a [`ParagraphSpec`]. Goes out: lines. One [`Setter`] serves a
//! whole booklet, from many threads at once; what comes out does not depend on how many. What it finds
//! wrong it keeps until [`Setter::findings`] is called.

use crate::booklet::NamedPicture;
use crate::diagnostic::Diagnostic;
use crate::document::{Inline, NodeId};
use crate::face::Faces;
use crate::length::Length;

use super::frame::Owner;
use super::paragraph::{ParagraphSpec, Setting, Settings};

/// Sets text in the faces and the language of one booklet.
pub struct Setter<'a> {
    faces: &'a Faces,
}

impl<'a> Setter<'a> {
    /// For a booklet in a language (BCP 47). `marks` holds the printed mark of every note, by its id.
    pub fn new(faces: &'a Faces, language: &str, pictures: &'a [NamedPicture], marks: &'a [String]) -> Self {
        let _ = (language, pictures, marks);
        Self { faces }
    }

    /// Sets a paragraph (heading, cell, caption, item …). Text that stands directly in it is owned by
    /// `owner`, all other by its innermost inline element.
    pub fn set(&self, inlines: &[Inline], owner: NodeId, spec: &ParagraphSpec) -> Settings {
        let _ = (inlines, owner, spec, self.faces);
        unreachable!()
    }

    /// Sets plain text that is not in the document as such: heads, folios, contents, title page. A line
    /// feed breaks the line.
    pub fn set_text(&self, text: &str, owner: Owner, spec: &ParagraphSpec) -> Setting {
        let _ = (text, owner, spec);
        unreachable!()
    }

    /// Sets preformatted text: every line of it begins a line, spaces stay, and what is too long is
    /// turned, with a mark at the turn and `spec.hang` before what follows.
    pub fn set_code(&self, text: &str, owner: Owner, spec: &ParagraphSpec) -> Setting {
        let _ = (text, owner, spec);
        unreachable!()
    }

    /// Width of a text on one line, as wide as it likes.
    pub fn width(&self, text: &str, spec: &ParagraphSpec) -> Length {
        let _ = (text, spec);
        unreachable!()
    }

    /// Sets a text on one line no wider than the measure: what does not fit is cut after a word and
    /// ends in an ellipsis. For running heads and contents.
    pub fn set_shortened(&self, text: &str, owner: Owner, spec: &ParagraphSpec) -> Setting {
        let _ = (text, owner, spec);
        unreachable!()
    }

    /// Everything found wrong so far, in the order of the source: `T01` lines that no setting makes
    /// good, `T02` characters that no face has.
    pub fn findings(&self) -> Vec<Diagnostic> {
        unreachable!()
    }
}
