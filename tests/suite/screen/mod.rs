//! What is looked at on a screen: pictures, preview, watching.

pub mod preview;
pub mod proof;
pub mod raster;
pub mod screens;
pub mod watch;
