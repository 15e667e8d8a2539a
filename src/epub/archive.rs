//! The container: what `epub-builder` assembles, finished.
//!
//! Comes in: the files. Goes out: the bytes of the EPUB. epub-builder lays out the container (mimetype,
//! `container.xml`, display options for embedded fonts) and compresses; its own package document,
//! navigation and NCX are then replaced by ours, which say more and pass every checker. The other
//! entries are copied over still compressed, so nothing is compressed twice. Nothing here knows the
//! time: every entry bears the first day that ZIP can name, and carries no extra field.

use std::io::{self, Cursor, Write};

use epub_builder::{EpubBuilder, EpubContent, EpubVersion, ZipLibrary};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// A file of the EPUB, by its name in `OEBPS/`.
#[derive(Debug, Clone)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media: &'static str,
    /// Its contents.
    pub bytes: Vec<u8>,
}

/// Why there is no EPUB: its container could not be made. It happens only when a file of it is larger than a ZIP entry
/// may be.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// epub-builder gave up.
    #[error("the EPUB could not be packed: {0}")]
    Assembly(#[from] epub_builder::Error),
    /// The container holds no such entry.
    #[error("the EPUB could not be packed: {0}")]
    Container(#[from] ZipError),
    /// An entry could not be written.
    #[error("the EPUB could not be packed: {0}")]
    Entry(#[from] io::Error),
}

/// The three documents that say what the EPUB holds.
#[derive(Debug, Clone)]
pub struct Package {
    /// The package document.
    pub opf: String,
    /// The navigation document.
    pub nav: String,
    /// The EPUB 2 contents.
    pub ncx: String,
}

/// The media type of content documents.
pub const XHTML: &str = "application/xhtml+xml";
const CSS: &str = "text/css";

/// Puts the files into a container.
pub fn pack(files: &[File], package: &Package) -> Result<Vec<u8>, Failure> {
    finish(&assemble(files)?, files, package)
}

/// Assembly by epub-builder. Pictures wait for the finishing pass: they are compressed already.
fn assemble(files: &[File]) -> Result<Vec<u8>, Failure> {
    let mut builder = EpubBuilder::new(ZipLibrary::new()?)?;
    builder.epub_version(EpubVersion::V33);
    for file in files.iter().filter(|file| !compressed(file)) {
        match file.media {
            XHTML => builder.add_content(EpubContent::new(&file.name, file.bytes.as_slice()))?,
            CSS => builder.stylesheet(file.bytes.as_slice())?,
            media => builder.add_resource(&file.name, file.bytes.as_slice(), media)?,
        };
    }
    let mut bytes = Vec::new();
    builder.generate(&mut bytes)?;
    Ok(bytes)
}

/// The finishing pass.
fn finish(assembled: &[u8], files: &[File], package: &Package) -> Result<Vec<u8>, Failure> {
    let mut archive = ZipArchive::new(Cursor::new(assembled))?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(assembled.len())));
    let ours = [
        ("OEBPS/content.opf", &package.opf),
        ("OEBPS/nav.xhtml", &package.nav),
        ("OEBPS/toc.ncx", &package.ncx),
    ];
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index)?;
        if !ours.iter().any(|(replaced, _)| *replaced == entry.name()) {
            writer.raw_copy_file(entry)?;
        }
    }
    for (name, contents) in ours {
        writer.start_file(name, options(CompressionMethod::Deflated))?;
        writer.write_all(contents.as_bytes())?;
    }
    for file in files.iter().filter(|file| compressed(file)) {
        writer.start_file(format!("OEBPS/{}", file.name), options(CompressionMethod::Stored))?;
        writer.write_all(&file.bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

/// How an entry is written: compressed or not, on no day, for everybody to read.
pub(super) fn options(method: CompressionMethod) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
}

fn compressed(file: &File) -> bool {
    matches!(file.media, "image/png" | "image/jpeg" | "application/zip")
}
