//! Inlines → lines: words shaped, lines broken, glyphs placed.
//!
//! Comes in: the runs of a paragraph, and how it is to look ([`paragraph::ParagraphSpec`]). Goes out: its
//! lines ([`paragraph::Line`]), each with its items from the left end of its baseline, and the notes that it
//! calls. The door is [`setter::Setter`]; the steps behind it:
//!
//! 1. `flat`: nested inlines become one text with attributes.
//! 2. `itemise`: the text becomes boxes, glue and penalties (`breaks`, `direction`, `spaces`), its words
//!    shaped once for all (`shape`) and divided by their language ([`hyphenate`]).
//! 3. [`linebreak`]: the best breaks of the whole paragraph.
//! 4. `line`: each line with its glyphs in their places, in the order they are seen in (`run`), its marks hung
//!    into the margin (`protrusion`).

pub(crate) mod breaks;
mod direction;
mod flat;
pub mod hyphenate;
mod itemise;
mod line;
pub mod linebreak;
pub mod paragraph;
mod protrusion;
mod run;
pub mod setter;
mod shape;
mod spaces;
