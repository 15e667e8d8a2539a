//! Pages on paper: imposition, folding, marks, and what is said to who prints.

pub mod folding;
pub mod folding_covers;
pub mod folding_leaflets;
pub mod folding_orders;
pub mod guide;
pub mod imposition;
pub mod marks;
pub mod other_tools;
pub mod paper;
pub mod sheetreader;
pub mod tables;
