//! Every diagnostic code with its meaning, one constant a code; `tests/invalid/` has a folder for each.

use super::Code;

/// The manifest is not valid TOML.
pub const M001: Code = Code("M001");

/// The text nests deeper than any booklet needs.
pub const D001: Code = Code("D001");
/// A mark calls a note that is not defined.
pub const D002: Code = Code("D002");
/// A note is defined and no mark calls it.
pub const D003: Code = Code("D003");
/// Two notes of one file have the same label.
pub const D004: Code = Code("D004");
/// A note cites itself, directly or through other notes.
pub const D005: Code = Code("D005");
/// A note's mark stands where no note can be set (the back cover).
pub const D006: Code = Code("D006");
/// A quotation mark has no partner.
pub const D007: Code = Code("D007");
/// HTML that is not understood is left out.
pub const D008: Code = Code("D008");
/// An HTML tag is closed that was not opened, or opened and not closed.
pub const D009: Code = Code("D009");
/// Metadata at the head of a chapter file is left out.
pub const D010: Code = Code("D010");
/// Invisible characters that change the order or look of text are left out.
pub const D011: Code = Code("D011");
/// A link goes to an anchor or a chapter that this booklet does not have.
pub const D012: Code = Code("D012");
/// Two places of one file have the same anchor.
pub const D013: Code = Code("D013");
/// A picture that the text shows cannot be read.
pub const D014: Code = Code("D014");

/// The pages do not fit the sheet that they are to be printed on.
pub const I001: Code = Code("I001");
