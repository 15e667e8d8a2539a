//! What the text means: blocks, notes, orthography.

pub mod agreement;
pub mod document;
pub mod everything;
pub mod harmless;
pub mod orthography;
pub mod spec;
pub mod speech;
pub mod words;
