//! A picture file without what it says about its maker: the same pixels, fewer words.
//!
//! Comes in: a picture file that was decoded, and what the decoder made of it. Goes out: a file that
//! decodes to the very same picture and holds no EXIF, GPS, XMP, IPTC, comment, thumbnail, time or
//! description, nor anything after the picture's end. JPEG, PNG, WebP and GIF keep their compressed
//! pixels: only whole segments are left out. What still bears on the picture stays in its barest form:
//! how it lies, how fine it is, the curves and primaries of its colours. Where leaving out is not
//! enough (TIFF; a PNG that lies turned), the pixels are written again as PNG, whatever the file's name:
//! kinds are told by contents.

use image::ImageFormat;
use image::metadata::Orientation;

use super::Raster;
use super::colour;
use super::decode::{Decoded, decode};

/// Longest piece of a colour profile in one JPEG segment: 65,535 less length, name and count.
const PIECE: usize = 65_519;

/// The cleaned file. None if it cannot be made so that it decodes to the same picture.
pub(super) fn clean(bytes: &[u8], decoded: &Decoded) -> Option<Vec<u8>> {
    let Decoded { picture, kind, orientation, profile } = decoded;
    let plain = *orientation == Orientation::NoTransforms && profile.is_none();
    let cleaned = match kind {
        ImageFormat::Jpeg => {
            let (file, late) = jpeg(bytes, *orientation, profile.as_deref())?;
            // Decoders read on where a scan has fewer bits than it should: what stands behind it can change the
            // picture.
            let same = !late || decode(&file).is_ok_and(|again| again.picture.pixels == picture.pixels);
            return same.then_some(file);
        }
        ImageFormat::Png if plain => png(bytes),
        ImageFormat::WebP if plain => webp(bytes),
        ImageFormat::Gif if plain => gif(bytes),
        _ => None,
    };
    cleaned.or_else(|| rewritten(bytes, picture))
}

/// The pixels as PNG, with the resolution that the file gives. Made only if it reads back as the same.
fn rewritten(bytes: &[u8], picture: &Raster) -> Option<Vec<u8>> {
    let mut file = picture.to_png()?;
    if picture.dpi.is_some() {
        let (_, resolution) = chunks(bytes)?.into_iter().find(|(name, _)| name == b"pHYs")?;
        // Behind the signature and IHDR, which has a fixed length.
        file.splice(33..33, resolution.iter().copied());
    }
    let again = decode(&file).ok()?.picture;
    let same = (again.width, again.height, again.format, again.dpi, again.photographic)
        == (picture.width, picture.height, picture.format, picture.dpi, picture.photographic);
    (same && again.pixels == picture.pixels).then_some(file)
}

/// The chunks of a PNG up to its end, by name; none if it is cut short.
fn chunks(bytes: &[u8]) -> Option<Vec<([u8; 4], &[u8])>> {
    let mut found = Vec::new();
    let mut at = 8;
    loop {
        let length = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize;
        let name: [u8; 4] = bytes.get(at + 4..at + 8)?.try_into().ok()?;
        let end = at.checked_add(length)?.checked_add(12)?;
        found.push((name, bytes.get(at..end)?));
        if &name == b"IEND" {
            return Some(found);
        }
        at = end;
    }
}

/// PNG, third edition: the chunks that pixels and their size come from.
fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    const KEPT: [&[u8; 4]; 10] =
        [b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs", b"IDAT", b"IEND"];
    let mut out = bytes.get(..8)?.to_vec();
    for (name, chunk) in chunks(bytes)? {
        if KEPT.contains(&&name) {
            out.extend_from_slice(chunk);
        }
    }
    Some(out)
}

/// JPEG (ITU-T T.81, annex B), with JFIF's resolution if it comes first, Adobe's word on the colour
/// space, the orientation, and what the colour profile means. Also whether anything was left out behind the
/// first scan and before the end.
fn jpeg(bytes: &[u8], orientation: Orientation, profile: Option<&[u8]>) -> Option<(Vec<u8>, bool)> {
    let mut out = bytes.get(..2).filter(|start| *start == [0xff, 0xd8])?.to_vec();
    let mut at = 2;
    if let Some(data) = bytes.get(2..20).filter(|d| d[..2] == [0xff, 0xe0] && &d[4..9] == b"JFIF\0") {
        out.extend_from_slice(&[0xff, 0xe0, 0, 16]);
        // Without the thumbnail that may follow: 0 × 0 pixels.
        out.extend_from_slice(&data[4..16]);
        out.extend_from_slice(&[0, 0]);
        at += 2 + length(bytes, 2)?;
    }
    if orientation != Orientation::NoTransforms {
        let body = [b"Exif\0\0".as_slice(), &exif(orientation)].concat();
        segment(&mut out, 0xe1, &body)?;
    }
    if let Some(profile) = profile.and_then(colour::bare) {
        let pieces = profile.chunks(PIECE);
        let count = u8::try_from(pieces.len()).ok()?;
        for (number, piece) in (1..=count).zip(pieces) {
            let body = [b"ICC_PROFILE\0".as_slice(), &[number, count], piece].concat();
            segment(&mut out, 0xe2, &body)?;
        }
    }
    let (mut scanned, mut late) = (false, false);
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        // Any number of fill bytes may come before a marker (B.1.1.2).
        while *bytes.get(at + 1)? == 0xff {
            at += 1;
            late |= scanned;
        }
        let marker = bytes[at + 1];
        match marker {
            0xd9 => {
                out.extend_from_slice(&[0xff, 0xd9]);
                return Some((out, late));
            }
            0x01 | 0xd0..=0xd7 => {
                out.extend_from_slice(&[0xff, marker]);
                at += 2;
                continue;
            }
            0x00 => return None,
            _ => {}
        }
        let end = at + 2 + length(bytes, at)?;
        let body = bytes.get(at + 4..end)?;
        match marker {
            // Frames, tables, scans, restarts.
            0xc0..=0xcf | 0xda..=0xdf => {
                out.extend_from_slice(&[0xff, marker]);
                out.extend_from_slice(bytes.get(at + 2..end)?);
            }
            0xee if body.starts_with(b"Adobe") => segment(&mut out, marker, body.get(..12)?)?,
            _ => late |= scanned,
        }
        at = end;
        if marker == 0xda {
            scanned = true;
            let rest = bytes.get(at..)?;
            let next = rest.windows(2).position(|w| w[0] == 0xff && !matches!(w[1], 0 | 0xd0..=0xd7));
            // A file that was cut short ends within its pixels.
            let Some(next) = next else {
                out.extend_from_slice(rest);
                return Some((out, late));
            };
            out.extend_from_slice(&rest[..next]);
            at += next;
        }
    }
}

/// The length of the JPEG segment whose marker is at `at`, with its two bytes.
fn length(bytes: &[u8], at: usize) -> Option<usize> {
    let length = u16::from_be_bytes(bytes.get(at + 2..at + 4)?.try_into().ok()?);
    (length >= 2).then_some(length.into())
}

fn segment(out: &mut Vec<u8>, marker: u8, body: &[u8]) -> Option<()> {
    out.extend_from_slice(&[0xff, marker]);
    out.extend_from_slice(&u16::try_from(body.len() + 2).ok()?.to_be_bytes());
    out.extend_from_slice(body);
    Some(())
}

/// EXIF (TIFF 6.0, section 2) that says how the picture lies and nothing else.
fn exif(orientation: Orientation) -> Vec<u8> {
    let mut out = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    out.push(orientation.to_exif());
    out.extend_from_slice(&[0; 6]);
    out
}

/// WebP (RFC 9649): the chunks of pixels, and in the header no mention of others.
fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    const PIXELS: [&[u8; 4]; 6] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"];
    /// A colour profile, EXIF, XMP.
    const SAID: u8 = 0x20 | 0x08 | 0x04;
    let mut body = b"WEBP".to_vec();
    let size = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?) as usize;
    let whole = bytes.get(..size.checked_add(8)?)?;
    let mut at = 12;
    while at < whole.len() {
        let name: [u8; 4] = whole.get(at..at + 4)?.try_into().ok()?;
        let length = u32::from_le_bytes(whole.get(at + 4..at + 8)?.try_into().ok()?) as usize;
        let end = at.checked_add(8)?.checked_add(length)?.checked_add(length % 2)?;
        if PIXELS.contains(&&name) {
            let start = body.len();
            body.extend_from_slice(whole.get(at..end)?);
            if &name == b"VP8X" {
                *body.get_mut(start + 8)? &= !SAID;
            }
        }
        at = end;
        // The simple form is one chunk.
        if matches!(&name, b"VP8 " | b"VP8L") && body.len() == 4 + end - 12 {
            break;
        }
    }
    let size = u32::try_from(body.len()).ok()?;
    Some([b"RIFF".as_slice(), &size.to_le_bytes(), &body].concat())
}

/// GIF (version 89a): the pictures and how they are shown, without comments and other programs' words.
fn gif(bytes: &[u8]) -> Option<Vec<u8>> {
    /// Where the pieces that begin at `at`, each with its length first, end.
    fn pieces(bytes: &[u8], mut at: usize) -> Option<usize> {
        loop {
            let length = usize::from(*bytes.get(at)?);
            at += 1 + length;
            if length == 0 {
                return Some(at);
            }
        }
    }
    let colours = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut at = 13 + colours(*bytes.get(10)?);
    let mut out = bytes.get(..at)?.to_vec();
    loop {
        let (end, kept) = match *bytes.get(at)? {
            0x3b => {
                out.push(0x3b);
                return Some(out);
            }
            0x21 => (pieces(bytes, at + 2)?, *bytes.get(at + 1)? == 0xf9),
            0x2c => (pieces(bytes, at + 11 + colours(*bytes.get(at + 9)?))?, true),
            _ => return None,
        };
        if kept {
            out.extend_from_slice(bytes.get(at..end)?);
        }
        at = end;
    }
}
