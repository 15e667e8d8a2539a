//! The designs of front covers, a file each. `pattern` has its geometry in `motif`.

pub(super) mod classic;
pub(super) mod grid;
mod motif;
pub(super) mod pattern;
pub(super) mod photograph;
pub(super) mod plain;
pub(super) mod poster;
