//! Markdown → the raw text of a file: blocks, inlines and notes as they are written, with the marks, pictures
//! and links that the whole document settles later.

pub(super) mod attributes;
pub(super) mod figure;
pub(super) mod html;
pub(super) mod markdown;
pub(super) mod open;
pub(super) mod shape;
pub(super) mod text;
pub(super) mod tree;
