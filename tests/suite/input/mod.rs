//! What comes in: manifests, texts, pictures and fonts of any sort, wrong and hostile ones too.

pub mod addresses;
pub mod blanks;
pub mod cleaned;
pub mod corpus;
pub mod cut_short;
pub mod fonts;
pub mod hints;
pub mod hostile;
pub mod invalid;
pub mod opened;
pub mod progressive;
pub mod strangefonts;
pub mod svg;
pub mod texts;
