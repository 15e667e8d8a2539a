//! The file format itself: objects → bytes, and back.

pub(super) mod file;
pub(super) mod packed;
pub(super) mod reader;
pub(super) mod syntax;
mod written;
