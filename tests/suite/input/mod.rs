//! What comes in: manifests, texts, pictures and fonts of any sort, wrong and hostile ones too.

pub mod addresses;
pub mod blanks;
pub mod corpus;
pub mod fonts;
pub mod hints;
pub mod hostile;
pub mod invalid;
pub mod memory;
pub mod opened;
pub mod pictures;
pub mod strangefonts;
pub mod texts;
