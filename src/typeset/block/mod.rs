//! Blocks → parts: what stands under what, and each of it in lines.
//!
//! Comes in: the blocks of a chapter or of a note. `flow` walks over them and makes pieces (`piece`), still in
//! words, each with its measures and its space (`spacing`); `heading` makes those of titles. `set` sets each
//! piece in lines, with `figure` and `table` for what is more than lines, `notes` those of a note: parts
//! (`part`), made of strips. What all of them know of the booklet is in `context`.

pub(crate) mod context;
pub(crate) mod figure;
pub(crate) mod flow;
pub(crate) mod heading;
pub(crate) mod notes;
pub(crate) mod origin;
pub(crate) mod part;
pub(crate) mod piece;
pub(crate) mod set;
pub mod spacing;
pub(crate) mod table;
