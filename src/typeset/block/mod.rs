//! Blocks → parts: what stands under what, and each of it in lines.

pub(crate) mod column;
pub(crate) mod figure;
pub(crate) mod flow;
pub(crate) mod heading;
pub(crate) mod notes;
pub(crate) mod set;
pub(crate) mod table;
