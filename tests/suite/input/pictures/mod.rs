//! Pictures as files: read, cleaned of what is nobody's business, refused where they are cut short or broken.

pub mod cleaned;
pub mod cut_short;
pub mod progressive;
pub mod svg;
