//! Parts → pages, and what stands around the text.
//!
//! Comes in: a chapter in parts, and the notes in strips. `shapes` says what the page breaker sees of them, `pagebreak`
//! which strips stand on which page, `compose` puts them there, `furniture` adds heads and folios, `outline`
//! the bookmarks. Goes out: drafts of pages; and before them those of `front`: title page, `imprint` (with
//! `date` and `credits`) and `contents`, which are set on a leaf as `matter`.

pub(crate) mod compose;
pub(crate) mod contents;
pub(crate) mod credits;
pub(crate) mod date;
pub(crate) mod front;
pub(crate) mod furniture;
pub(crate) mod imprint;
pub(crate) mod matter;
pub(crate) mod outline;
pub mod pagebreak;
pub(crate) mod shapes;
