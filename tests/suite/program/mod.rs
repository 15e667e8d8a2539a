//! The program as it is called.

pub mod cli;
pub mod delivery;
pub mod started;
