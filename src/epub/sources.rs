//! The booklet's sources in its EPUB: one ZIP file, which the package links to and no page shows.
//!
//! Comes in: the sources; or an EPUB that booklet made. Goes out: `sources.zip`; or the files in it.
//! A ZIP in the ZIP, since names of sources may have spaces and letters of every script, which names in
//! an EPUB had better not (epubcheck PKG-010, PKG-012). It is a linked resource (EPUB 3.3 §5.5.7), not an
//! item of the manifest: those are read or shown, and checkers wonder at one that is not (OPF-097).
//! Reading is bounded: by the number of files, the size of each and of all.

use std::io::{Cursor, Read, Write};

use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::sources::{Carried, LARGEST_FILE, MOST_BYTES, MOST_FILES, Sources, Unreadable, shown};

use super::archive::{File, options};

/// Where the sources lie.
pub(super) const NAME: &str = "sources.zip";
/// What kind of file that is.
pub(super) const MEDIA: &str = "application/zip";
/// Effort of compression, as in the PDF.
const EFFORT: i64 = 9;

/// The sources as a file of the EPUB.
pub(super) fn file(sources: &Sources) -> Result<File, ZipError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for file in sources.files() {
        // Pictures are compressed already.
        let options = if file.media.starts_with("image/") {
            options(CompressionMethod::Stored)
        } else {
            options(CompressionMethod::Deflated).compression_level(Some(EFFORT))
        };
        writer.start_file(file.path.as_str(), options)?;
        writer.write_all(&file.bytes)?;
    }
    let bytes = writer.finish()?.into_inner();
    Ok(File { name: NAME.to_owned(), media: MEDIA, bytes })
}

/// The sources in an EPUB that booklet made.
///
/// # Errors
/// When it did not, or there are none, or they are not as they were.
pub fn read(epub: &[u8]) -> Result<Carried, Unreadable> {
    let mut book = ZipArchive::new(Cursor::new(epub)).map_err(|_| broken(epub))?;
    let mut left = MOST_BYTES;
    if !says_made_here(&mut book, &mut left)? {
        return Err(Unreadable::NotOurs);
    }
    let Some(zipped) = entry(&mut book, &format!("OEBPS/{NAME}"), &mut left)? else {
        return Err(Unreadable::NoSources);
    };
    let damaged = |error: ZipError| Unreadable::damaged(format!("its {NAME} cannot be read ({error})"));
    let mut inner = ZipArchive::new(Cursor::new(zipped.as_slice())).map_err(damaged)?;
    all(&mut inner, &mut left)
}

/// Whether booklet made an EPUB, with its sources in it or without them.
pub fn made_here(epub: &[u8]) -> bool {
    let book = ZipArchive::new(Cursor::new(epub)).ok();
    book.is_some_and(|mut book| says_made_here(&mut book, &mut MOST_BYTES.clone()).unwrap_or(false))
}

fn says_made_here(book: &mut ZipArchive<Cursor<&[u8]>>, left: &mut usize) -> Result<bool, Unreadable> {
    let package = entry(book, "OEBPS/content.opf", left)?.ok_or(Unreadable::NotOurs)?;
    let made_by = b"<meta name=\"generator\" content=\"booklet\"/>";
    Ok(package.windows(made_by.len()).any(|words| words == made_by))
}

/// All files of an EPUB by name, in order, to tell two of them apart.
///
/// # Errors
/// When it is no ZIP file, or too large.
pub fn take_apart(epub: &[u8]) -> Result<Carried, Unreadable> {
    let mut book = ZipArchive::new(Cursor::new(epub)).map_err(|_| broken(epub))?;
    all(&mut book, &mut MOST_BYTES.clone())
}

fn all(archive: &mut ZipArchive<Cursor<&[u8]>>, left: &mut usize) -> Result<Carried, Unreadable> {
    if archive.len() > MOST_FILES {
        return Err(Unreadable::TooMuch);
    }
    let names: Vec<String> = archive.file_names().map(str::to_owned).collect();
    let mut files = Vec::with_capacity(names.len());
    for name in names {
        let contents = entry(archive, &name, left)?;
        files.push((name, contents.unwrap_or_default()));
    }
    Ok(files)
}

/// What a file is that begins as a ZIP file and is not one.
fn broken(epub: &[u8]) -> Unreadable {
    // An EPUB says so in the clear, at byte 38 (OCF 3.3, 4.3.2).
    if epub.get(38..58) == Some(b"application/epub+zip") {
        Unreadable::damaged("it is cut short or otherwise no longer a ZIP file")
    } else {
        Unreadable::NotOurs
    }
}

/// An entry's contents. `left` is how many bytes may still be read in all.
fn entry(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
    left: &mut usize,
) -> Result<Option<Vec<u8>>, Unreadable> {
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(Unreadable::damaged(format!("“{}” cannot be read ({error})", shown(name)))),
    };
    let most = LARGEST_FILE.min(*left);
    let mut contents = Vec::new();
    file.take(most as u64 + 1)
        .read_to_end(&mut contents)
        .map_err(|error| Unreadable::damaged(format!("“{}” cannot be read ({error})", shown(name))))?;
    *left = left.checked_sub(contents.len()).filter(|_| contents.len() <= most).ok_or(Unreadable::TooMuch)?;
    Ok(Some(contents))
}
