//! What is too large for a picture, and why there is none.
//!
//! Comes in: nothing. Goes out: the limits, and the error that whoever reads a picture ends with.

/// Pixels of the largest picture: a full A3 page at 500 dots an inch.
pub const MOST_PIXELS: u64 = 50_000_000;
/// Memory that the pixels of one picture may take as its file has them, in bytes: 44 million in colour.
pub const MOST_MEMORY: u64 = 128 << 20;

/// Why a file cannot be used, with what mends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// What is in it: “it holds a script”.
    pub what: String,
    /// How to mend it.
    pub mend: &'static str,
}

impl Refused {
    /// That, as the error of a picture.
    pub(super) fn because(what: impl Into<String>, mend: &'static str) -> PictureError {
        PictureError::Drawing(Self { what: what.into(), mend })
    }
}

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// An SVG file that cannot be shown as it is.
    #[error("{}", .0.what)]
    Drawing(Refused),
    /// Not a picture file of a kind that is read.
    #[error("it is not a PNG, JPEG, WebP, TIFF, GIF or SVG picture")]
    UnknownKind,
    /// Wider or higher than can be handled: pixels across and down.
    #[error("{0} × {1} pixels are too many; {n} million are allowed", n = MOST_PIXELS / 1_000_000)]
    TooLarge(u32, u32),
    /// Decoding would take too much memory.
    #[error("decoding it would take too much memory")]
    TooMuchMemory,
    /// A small file that unpacks to next to nothing, many times.
    #[error("it is almost nothing, packed to fill the memory when it is unpacked")]
    Bomb,
    /// Damaged or cut short; the decoder's words.
    #[error("it is damaged or cut short ({0})")]
    Broken(String),
}
