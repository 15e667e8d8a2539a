//! What is in the EPUBs.

pub mod asked;
pub mod book;
pub mod escaping;
pub mod kepub;
pub mod pagelist;
pub mod webfont;
pub mod xhtml;
