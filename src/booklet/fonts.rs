//! Font families by name: in a folder `fonts` beside the manifest or above it, or compiled in.
//!
//! Comes in: a folder to look from. Goes out: a [`Listing`]: [`Family`]s, and the files that are no fonts. Files are read
//! in the order of their names, so that the same folder gives the same faces on every machine; a booklet that names
//! only compiled-in families never gets here.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Trail, codes};
use crate::face::{Face, FaceData, FaceError, FaceStyle, code_family, sans_family, text_family};
use crate::folder::{EntryKind, Folder, Unread};

use super::names::composed;
use super::place::{nearest_folder, true_folder};

/// Font files larger than this are not fonts that a booklet needs.
const LARGEST: u64 = 64 << 20;
/// Files that are looked at in all, so that a mistaken folder cannot take forever.
const MOST_FILES: usize = 2000;
/// Folders deep below `fonts`.
const DEEPEST: usize = 4;

/// Where a family comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Compiled in.
    Embedded,
    /// Files in this folder.
    Folder(PathBuf),
}

/// A family that a manifest can name.
#[derive(Debug, Clone)]
pub struct Family {
    /// Its name.
    pub name: String,
    /// The styles that it has, each once.
    pub styles: Vec<FaceStyle>,
    /// Where from.
    pub origin: Origin,
    /// Its faces.
    pub faces: Vec<Face>,
}

/// Why a file is not a font that a booklet can use.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// It could not be read.
    #[error(transparent)]
    Unread(#[from] Unread),
    /// It is not a face.
    #[error(transparent)]
    Face(#[from] FaceError),
}

/// What a booklet finds when it looks for fonts.
#[derive(Debug)]
pub struct Listing {
    /// Every family that it can name: those of files by name, then the compiled-in ones.
    pub families: Vec<Family>,
    /// The files that look like fonts and cannot be used, with the reason.
    pub passed_over: Vec<(PathBuf, Unusable)>,
}

/// What a booklet in `folder` finds.
pub fn listing(files: &Folder, folder: &Path) -> Listing {
    listing_on(files, folder, &Trail::default())
}

/// The same; the folders and files that were looked at are noted in the trail.
pub(super) fn listing_on(files: &Folder, folder: &Path, trail: &Trail) -> Listing {
    let mut list: Vec<Family> = Vec::new();
    let mut passed_over = Vec::new();
    let search = FontSearch { files, trail };
    for fonts in search.font_folders(folder) {
        // A family that a nearer folder has is that one alone: what lies above cannot change it.
        let nearer = list.len();
        let mut found = Vec::new();
        search.gather(&fonts, DEEPEST, &mut found);
        for file in found {
            let face = match read(files, &file) {
                Ok(face) => face,
                Err(why) => {
                    passed_over.push((file, why));
                    continue;
                }
            };
            if list.iter().take(nearer).all(|family| family.name != face.family) {
                add(&mut list, face, Origin::Folder(file.parent().unwrap_or(&fonts).to_owned()));
            }
        }
    }
    for face in text_family().into_iter().chain(sans_family()).chain(code_family()) {
        // A file of the same family stands for the compiled-in one.
        let from_file = |f: &Family| f.name == face.family && f.origin != Origin::Embedded;
        if !list.iter().any(from_file) {
            add(&mut list, face, Origin::Embedded);
        }
    }
    // However the files are called, the faces of a family stand in one order.
    list.iter_mut().for_each(|family| family.faces.sort_by_key(|face| face.style));
    list.sort_by(|a, b| {
        (a.origin == Origin::Embedded, &a.name).cmp(&(b.origin == Origin::Embedded, &b.name))
    });
    Listing { families: list, passed_over }
}

/// The finding about a family of which a file cannot be cut to the letters that are shown: none of them would
/// be on paper.
pub fn damaged(family: &str) -> Diagnostic {
    let what = format!("a file of the font “{family}” is damaged, so that it cannot be embedded");
    Diagnostic::error(codes::B018, what).hint(
        "get the font's files from its maker again, or choose another; `booklet fonts` lists what there is",
    )
}

/// A link in the place of a folder `fonts`, in `folder` or above it, as far up as one that counts.
pub fn linked_folder(files: &Folder, folder: &Path) -> Option<PathBuf> {
    let (start, absolute) = start(files, folder);
    let own = absolute.join("fonts");
    if files.is_link(&own) {
        return Some(start.join("fonts"));
    }
    let above = absolute.ancestors().skip(1).map(|above| above.join("fonts"));
    let mut in_the_way = above.take_while(|fonts| true_folder(files, fonts).is_none());
    in_the_way.find(|fonts| files.is_link(fonts))
}

/// A folder as it was given, and without links.
fn start<'a>(files: &Folder, folder: &'a Path) -> (&'a Path, PathBuf) {
    let start = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    (start, files.real(start).unwrap_or_else(|_| start.to_owned()))
}

/// A search for files of fonts.
struct FontSearch<'a> {
    files: &'a Folder,
    trail: &'a Trail,
}

impl FontSearch<'_> {
    /// The folder `fonts` in `folder` and the nearest above it. A link is no such folder: it may lead anywhere.
    fn font_folders(&self, folder: &Path) -> Vec<PathBuf> {
        let (start, absolute) = start(self.files, folder);
        let place = absolute.join("fonts");
        self.trail.note(&place, self.files.stamp(&place));
        let own = true_folder(self.files, &place).map(|_| start.join("fonts"));
        let above = nearest_folder(self.files, absolute.ancestors().skip(1), "fonts");
        own.into_iter().chain(above).collect()
    }

    fn gather(&self, folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
        self.note(folder);
        let Ok(names) = self.files.names(folder, usize::MAX) else { return };
        let mut paths: Vec<PathBuf> = names.iter().map(|name| folder.join(name)).collect();
        // By their composed names, so that faces come in one order whatever the disk writes.
        paths.sort_by_cached_key(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            (composed(&name).into_owned(), path.clone())
        });
        for path in paths {
            if found.len() >= MOST_FILES {
                return;
            }
            let Ok(entry) = self.files.own_entry(&path) else { continue };
            if entry.kind == EntryKind::Folder && depth > 0 {
                self.gather(&path, depth - 1, found);
            } else if entry.kind == EntryKind::File && entry.length <= LARGEST && is_font(&path) {
                self.note(&path);
                found.push(path);
            }
        }
    }

    /// Notes a place without the links that lead to it.
    fn note(&self, path: &Path) {
        let place = self.files.real(path).unwrap_or_else(|_| path.to_owned());
        self.trail.note(&place, self.files.stamp(&place));
    }
}

fn is_font(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("otf") || e.eq_ignore_ascii_case("ttf"))
}

/// Reads a file; or says why no family has it.
fn read(files: &Folder, file: &Path) -> Result<Face, Unusable> {
    let bytes: Arc<[u8]> = files.read(file, LARGEST)?.into();
    let mut face = Face::parse(FaceData::Read(bytes), 0)?;
    // A family is one, however its files write its name.
    face.family = composed(&face.family).into_owned();
    Ok(face)
}

fn add(list: &mut Vec<Family>, face: Face, origin: Origin) {
    let known = list.iter_mut().find(|f| f.name == face.family);
    match known {
        Some(family) => {
            if !family.styles.contains(&face.style) {
                family.styles.push(face.style);
                family.styles.sort();
                family.faces.push(face);
            }
        }
        None => {
            list.push(Family {
                name: face.family.clone(),
                styles: vec![face.style],
                origin,
                faces: vec![face],
            });
        }
    }
}
