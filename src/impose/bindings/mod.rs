//! The bindings, a file or two each: which page lies in which cell of which side.
//!
//! Comes in: how many pages there are, and what the manifest says of the binding. Goes out: a plan, which is
//! measured out on paper elsewhere.

pub(super) mod cards;
pub(super) mod copies;
pub(super) mod cover;
pub(super) mod cut_stack;
pub(super) mod gathered;
pub(super) mod leaflet;
pub(super) mod mini;
pub(super) mod reading;
pub(super) mod single;
