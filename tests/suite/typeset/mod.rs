//! Lines, pages and covers.

pub mod covers;
pub mod covers_back;
pub mod designs;
pub mod exhaustive;
pub mod figures;
pub mod fit;
pub mod handmade;
pub mod handset;
pub mod lines;
pub mod pagebreak;
pub mod pagebreak_cases;
pub mod pages;
pub mod placed;
pub mod typography;
