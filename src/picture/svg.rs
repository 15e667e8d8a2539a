//! SVG files → drawings.
//!
//! Comes in: the bytes of a file that anyone may have made. Goes out: a [`Drawing`], or what in the file
//! cannot be shown, and how to mend it. `scan.rs` counts what the bytes hold before anything is built of
//! them, `check.rs` refuses what is not safe or not understood and computes what references and markers add
//! up to, then `usvg` resolves styles, units and references, and `convert.rs` takes over what it finds.
//! Nothing is ever fetched. `write.rs` writes a drawing as SVG again, for the EPUB and for those who unpack
//! the sources: nothing of the old file's words is left. The only place that names `usvg`.

use usvg::roxmltree::{Document, ParsingOptions};

use super::drawing::Drawing;
use super::error::{PictureError, Refused};

mod check;
mod convert;
mod scan;
mod write;

/// Bytes of the largest file: a map with every street of a town has fewer.
const MOST_BYTES: usize = 16 << 20;

/// What mends a file that is too rich.
const SIMPLER: &str = "simplify it in the drawing program, or save it as PNG with 600 dots per inch";

/// Whether a file is meant to be SVG.
pub(super) fn is_svg(bytes: &[u8]) -> bool {
    let head = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let head = &head[..head.len().min(65_536)];
    head.starts_with(b"<") && head.windows(4).any(|w| w.eq_ignore_ascii_case(b"<svg") || w == b":svg")
}

/// Reads a file.
pub(super) fn read(bytes: &[u8]) -> Result<Drawing, PictureError> {
    if bytes.len() > MOST_BYTES {
        let what = format!("it is larger than {} MiB", MOST_BYTES >> 20);
        return Err(Refused::because(what, SIMPLER));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| PictureError::Broken("it is not in UTF-8".into()))?;
    scan::scan(text)?;
    // A bare document type is allowed: programs write it, and nothing comes of it.
    let options = ParsingOptions { allow_dtd: true, nodes_limit: 2_000_000, ..ParsingOptions::default() };
    let broken = |error: &dyn std::fmt::Display| PictureError::Broken(error.to_string());
    let document = Document::parse_with_options(text, options).map_err(|e| broken(&e))?;
    check::check(&document)?;
    let options = usvg::Options { resources_dir: None, ..usvg::Options::default() };
    let tree = usvg::Tree::from_xmltree(&document, &options).map_err(|e| broken(&e))?;
    drop(document);
    let drawing = convert::drawing(&tree)?;
    Ok(drawing)
}
