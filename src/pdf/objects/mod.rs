//! The file format itself: objects and the operators of content streams → bytes, and back.

pub(super) mod content;
pub(super) mod file;
pub(super) mod packed;
pub(super) mod reader;
pub(super) mod spots;
pub(super) mod syntax;
mod written;
