//! A picture file → a picture, and a file that says nothing else.
//!
//! Comes in: the whole file. Goes out: a [`Picture`], and the same file without metadata: what `decode.rs` and
//! `clean.rs` make of pixels, and `svg.rs` of drawings.

use crate::diagnostic::fault::contained;

use super::clean::clean;
use super::decode::decode;
use super::error::PictureError;
use super::{Picture, svg};

impl Picture {
    /// Decodes a picture file; of an animation the first picture.
    ///
    /// # Errors
    /// When the file is no picture, is damaged, or is larger than the limits.
    pub fn decode(bytes: &[u8]) -> Result<Self, PictureError> {
        held(|| {
            if svg::is_svg(bytes) {
                return svg::read(bytes).map(|drawing| Self::Drawing(drawing.into()));
            }
            decode(bytes).map(|decoded| Self::Raster(decoded.picture))
        })
    }

    /// Decodes a picture file, and gives the file again without any metadata: it decodes to the same
    /// picture. None instead of the file if that cannot be.
    ///
    /// # Errors
    /// As [`Picture::decode`].
    pub fn decode_and_clean(bytes: &[u8]) -> Result<(Self, Option<Vec<u8>>), PictureError> {
        held(|| {
            if svg::is_svg(bytes) {
                let drawing = svg::read(bytes)?;
                // Written again, and only if it is the same drawing then.
                let file = Some(drawing.to_svg().into_bytes());
                let file = file.filter(|file| svg::read(file).is_ok_and(|again| again == drawing));
                return Ok((Self::Drawing(drawing.into()), file));
            }
            let decoded = decode(bytes)?;
            let file = clean(bytes, &decoded);
            Ok((Self::Raster(decoded.picture), file))
        })
    }
}

/// Keeps what a decoder panics with to this one picture: decoders are other people's code, and the file may
/// be anybody's.
fn held<T>(decode: impl FnOnce() -> Result<T, PictureError>) -> Result<T, PictureError> {
    contained(decode).unwrap_or_else(|_| Err(PictureError::Broken("what is in it makes no sense".into())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decoder_that_panics_has_a_damaged_picture() {
        crate::diagnostic::fault::listen();
        let found: Result<(), PictureError> = held(|| panic!("a decoder"));
        assert!(matches!(found, Err(PictureError::Broken(_))), "{found:?}");
    }
}
