//! The text → XHTML: one content document after another, and the same in Kobo's dialect.

pub(super) mod blocks;
pub(super) mod figures;
pub(super) mod inlines;
pub(super) mod kobo;
pub(super) mod notes;
pub(super) mod tables;
pub(super) mod xhtml;
