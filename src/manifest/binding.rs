//! What a `[print]` table says, as types: how pages are printed, folded, bound and marked.

use serde::Deserialize;

use super::Spanned;
use crate::length::{Length, Size};
use crate::picture::screen::Treatment;

/// Which edge the printer turns the sheet on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flip {
    /// Short-edge (tumble) duplex.
    ShortEdge,
    /// Long-edge duplex.
    LongEdge,
    /// Two runs, all fronts and then all backs; the stack is turned by hand like the leaf of a book.
    Manual(Stacker),
}

/// Which way up printed sheets come to lie in the output tray.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stacker {
    /// Printed side down: the last sheet lies on top with its blank side, and is fed first again.
    FaceDown,
    /// Printed side up: turned over, the first sheet lies on top.
    FaceUp,
}

/// How the pages are bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BindingKind {
    /// Single leaves, one page a side.
    Single,
    /// One nested signature, stapled through the fold.
    Saddle,
    /// Several nested signatures, sewn or stapled.
    Sections {
        /// Most sheets in one; none to choose.
        sheets: Option<u32>,
    },
    /// Sheets folded once each, stacked, glued at the folds.
    Perfect,
    /// Sheets that printers fold more than once, gathered.
    Folded(SheetFold),
    /// Leaves cut apart and stacked.
    CutStack {
        /// Leaves on a sheet: 2, 4, 8 or 16.
        up: u32,
    },
    /// One sheet, one slit.
    Mini,
    /// One sheet, a row of panels.
    Leaflet(LeafletFold),
    /// The same flyer or booklet several times a sheet.
    Copies {
        /// How many; none for as many as fit.
        up: Option<u32>,
    },
    /// Cards with one common back.
    Cards,
}

/// How a printer folds a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetFold {
    /// Two folds, 8 pages.
    Quarto,
    /// Three folds, 16 pages.
    Octavo,
    /// Two quartos laid inside each other, 16 pages.
    NestedQuartos,
}

/// How a leaflet is folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeafletFold {
    /// Three panels, both outer ones folded over the middle.
    Letter,
    /// Three panels in zigzag.
    Z,
    /// Four panels, the outer two folded in, then folded in the middle.
    Gate,
    /// Panels in zigzag.
    Accordion {
        /// How many; none for as many as the pages need.
        panels: Option<u32>,
    },
}

/// What the thickness of folded paper does to pages, and how it is made up for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Creep {
    /// Thickness of one sheet; zero for none.
    pub paper: Length,
    /// Which pages move.
    pub direction: CreepDirection,
}

/// Which pages creep moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CreepDirection {
    /// Inner ones, toward the fold; the outermost stay.
    #[default]
    Inward,
    /// Outer ones, away from the fold; the innermost stay.
    Outward,
}

/// A mark printed outside the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrintersMark {
    /// Short dashes at the ends of each fold.
    Fold,
    /// Hairlines at the ends of each cut.
    Crop,
    /// Crosses that show whether front and back lie behind each other.
    Registration,
    /// Steps on the backs of gathered sections, which show a section that is missing or misplaced.
    Section,
    /// Small ticks on the fold where staples go in.
    Staple,
    /// Which sheet and which side of it this is, in words.
    Label,
}

/// Where blank pages go when the text does not fill its sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Blanks {
    /// All before the back cover.
    #[default]
    BeforeBack,
    /// Whole leaves after the front cover, the others before the back cover.
    Spread,
    /// Before the back cover, with lines to write on.
    Notes,
}

/// Whole sheets that a booklet is to fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fit {
    /// How many; none for as many as it needs anyway, or fewer.
    pub sheets: Option<u32>,
}

/// One `[[print]]` table, or the `[print]` table, or the default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print {
    /// Distinguishes several tables; part of the file name.
    pub name: Option<Spanned<String>>,
    /// The paper.
    pub sheet: Spanned<Size>,
    /// The binding.
    pub binding: BindingKind,
    /// The duplex edge.
    pub flip: Flip,
    /// Whether and how creep is made up for.
    pub creep: Creep,
    /// Marks to print.
    pub marks: Vec<PrintersMark>,
    /// How wide a rim of the sheet the printer leaves white.
    pub unprintable: Length,
    /// Whether pages are made larger or smaller to fill the sheet.
    pub scale: bool,
    /// Whether the setting is chosen so that these sheets are filled; in one table at most.
    pub fit: Option<Spanned<Fit>>,
    /// Whether pictures keep their colours; else they are gray.
    pub colour: bool,
    /// What photographs become where there are no colours.
    pub pictures: Treatment,
    /// Where blank pages go.
    pub blanks: Blanks,
    /// Whether a page of drawn instructions is made.
    pub instructions: bool,
}
