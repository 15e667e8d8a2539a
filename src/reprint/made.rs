//! Whether booklet made a file.
//!
//! Comes in: the bytes of a file that lies where one of booklet's is to go. Goes out: whether it is one of
//! booklet's own, by any of its versions. PDFs and EPUBs say what made them, also when another program saved
//! them since and kept that word. Pictures say nothing, so they are known by their make: booklet writes the few
//! parts that a PNG must have, all pixels in one, at a width or a resolution of its own.

use crate::epub;
use crate::pdf;

/// What a file should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looks {
    /// An EPUB.
    Epub,
    /// A PDF.
    Pdf,
    /// A PNG.
    Picture,
}

/// Whether booklet made a file of this kind.
pub fn made_by_booklet(file: &[u8], looks: Looks) -> bool {
    match looks {
        Looks::Epub => epub::sources::made_here(file),
        Looks::Pdf => pdf::parts::made_here(file),
        Looks::Picture => is_picture_of_ours(file).unwrap_or(false),
    }
}

fn is_picture_of_ours(mut file: &[u8]) -> Option<bool> {
    /// 150 pixels an inch, in pixels a metre (PNG, third edition, 11.3.4.3).
    const PAGES: u32 = 5906;
    /// Of covers and of the picture for a web page.
    const WIDTH: u32 = 1600;
    file = file.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let mut parts = Vec::new();
    while !file.is_empty() {
        let length = usize::try_from(u32::from_be_bytes(*file.first_chunk()?)).ok()?;
        let name = *file.get(4..)?.first_chunk::<4>()?;
        parts.push((name, file.get(8..)?.get(..length)?));
        file = file.get(length.checked_add(12)?..)?;
    }
    let number = |bytes: &[u8]| Some(u32::from_be_bytes(*bytes.first_chunk()?));
    let width = number(parts.first()?.1)?;
    let names: Vec<&[u8]> = parts.iter().map(|(name, _)| name.as_slice()).collect();
    Some(match names.as_slice() {
        [b"IHDR", b"IDAT", b"IEND"] | [b"IHDR", b"PLTE", b"IDAT", b"IEND"] => width == WIDTH,
        [b"IHDR", b"pHYs", .., b"IDAT", b"IEND"] => {
            let plain =
                matches!(names.len(), 4) || names.get(2) == Some(&b"PLTE".as_slice()) && names.len() == 5;
            plain && number(parts.get(1)?.1)? == PAGES
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::picture::{PixelFormat, Raster, png};

    #[test]
    fn pictures_are_known_by_their_make() {
        let picture = |width: u32, dpi| Raster {
            width,
            height: 3,
            format: PixelFormat::Gray,
            pixels: Arc::from(vec![7; width as usize * 3]),
            dpi,
            photographic: false,
        };
        let ours = |picture: &Raster| made_by_booklet(&png(picture), Looks::Picture);
        assert!(ours(&picture(40, Some(150.0))) && ours(&picture(1600, None)));
        assert!(!ours(&picture(40, None)) && !ours(&picture(40, Some(300.0))));
        let mut cut = png(&picture(1600, None));
        cut.truncate(60);
        assert!(!made_by_booklet(&cut, Looks::Picture));
        for other in [&b""[..], b"\x89PNG\r\n\x1a\n", b"GIF89a", b"%PDF-1.7"] {
            assert!(!made_by_booklet(other, Looks::Picture) && !made_by_booklet(other, Looks::Pdf));
            assert!(!made_by_booklet(other, Looks::Epub));
        }
    }
}
