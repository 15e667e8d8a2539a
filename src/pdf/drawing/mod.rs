//! Pages and sheets → content streams, each with what its text means.
//!
//! Comes in: what the typesetter placed, and where it lies on a sheet. Goes out: operators, the glyphs that they
//! show (`usage`) and the fonts cut to them (`fonts`), and the structure that the marked parts of them are hung into.

pub(super) mod broken;
pub(super) mod clusters;
pub(super) mod draw;
pub(super) mod fonts;
pub(super) mod marks;
pub(super) mod sheet;
pub(super) mod structure;
pub(super) mod text;
pub(super) mod usage;
