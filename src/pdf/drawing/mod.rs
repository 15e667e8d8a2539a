//! Pages and sheets → content streams, each with what its text means.
//!
//! Comes in: what the typesetter placed, and where it lies on a sheet. Goes out: operators (`content`), the glyphs
//! that they show (`usage`), and the structure that the marked parts of them are hung into.

pub(super) mod broken;
pub(super) mod clusters;
pub(super) mod content;
pub(super) mod draw;
pub(super) mod marks;
pub(super) mod sheet;
pub(super) mod spots;
pub(super) mod structure;
pub(super) mod text;
pub(super) mod usage;
