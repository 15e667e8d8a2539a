//! The EPUB as a reading system gets it: its files by name, and which are read in which order.
//!
//! Comes in: a booklet that is set. Goes out: a [`Phone`]. What is shown is what is packed: the EPUB is
//! written as always and opened again, and the order is read from its package document.

use std::collections::BTreeMap;
use std::hash::Hash;

use crate::epub::archive;
use crate::press::Setting;

use super::mark::{self, Mark};

/// A document of the EPUB.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its file.
    pub file: String,
    /// What it is called.
    pub title: String,
    /// Changes when its text does, or anything that it is shown with.
    pub mark: Mark,
}

/// An EPUB, opened.
#[derive(Debug, Default)]
pub struct Phone {
    /// What is read, in order.
    pub parts: Vec<Part>,
    files: BTreeMap<String, Vec<u8>>,
}

impl Phone {
    /// Makes the EPUB and opens it. Empty if it cannot be made, which is known only of booklets larger than
    /// any EPUB.
    pub(super) fn of(setting: &Setting) -> Self {
        let entries = setting.epub().ok().and_then(|bytes| archive::unpack(&bytes).ok()).unwrap_or_default();
        let inside =
            |(name, bytes): (String, Vec<u8>)| Some((name.strip_prefix("OEBPS/")?.to_owned(), bytes));
        let files: BTreeMap<String, Vec<u8>> = entries.into_iter().filter_map(inside).collect();
        // Fonts, pictures, style: whatever changes them changes how every document looks.
        let look = mark::of(|hasher| {
            let shown =
                |name: &str| !name.ends_with(".xhtml") && !name.ends_with(".opf") && !name.ends_with(".ncx");
            files.iter().filter(|(name, _)| shown(name)).for_each(|file| file.hash(hasher));
        });
        let part = |file: String| {
            let bytes = files.get(&file)?;
            let text = String::from_utf8_lossy(bytes);
            let title = between(&text, "<title>", "</title>").map(plain).unwrap_or_default();
            let mark = Mark(mark::of(|hasher| (look, bytes).hash(hasher)));
            Some(Part { file, title, mark })
        };
        let package =
            files.get("content.opf").map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
        let parts = spine(&package).into_iter().filter_map(part).collect();
        Self { parts, files }
    }

    /// A file by its name, and its media type.
    pub fn file(&self, name: &str) -> Option<(&'static str, &[u8])> {
        let media = match name.rsplit('.').next()? {
            "xhtml" => "application/xhtml+xml",
            "css" => "text/css",
            "png" => "image/png",
            "jpg" => "image/jpeg",
            "svg" => "image/svg+xml",
            "woff2" => "font/woff2",
            "woff" => "font/woff",
            "otf" => "font/otf",
            "ttf" => "font/ttf",
            _ => return None,
        };
        Some((media, self.files.get(name)?))
    }
}

/// The files of the package's spine, in order.
fn spine(package: &str) -> Vec<String> {
    let attribute = |tag: &str, name: &str| between(tag, &format!(" {name}=\""), "\"").map(plain);
    let tags = |opening: &'static str| {
        package.split('<').filter_map(move |tag| tag.strip_prefix(opening)).filter(|tag| tag.starts_with(' '))
    };
    let files: BTreeMap<String, String> =
        tags("item").filter_map(|tag| Some((attribute(tag, "id")?, attribute(tag, "href")?))).collect();
    tags("itemref").filter_map(|tag| files.get(&attribute(tag, "idref")?).cloned()).collect()
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let start = text.find(before)? + before.len();
    let rest = &text[start..];
    Some(&rest[..rest.find(after)?])
}

/// Text without the entities that our own XML has.
fn plain(text: &str) -> String {
    let entities =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&apos;", "'"), ("&amp;", "&")];
    entities.iter().fold(text.to_owned(), |text, (entity, character)| text.replace(entity, character))
}
