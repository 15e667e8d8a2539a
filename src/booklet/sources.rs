//! The files that a booklet was opened from, kept to be handed on with what is made of it.
//!
//! Comes in: every file as it is read, and a picture without its metadata. Goes out: [`Sources`]: the
//! manifest and what it refers to, nothing else, read no second time. Fonts that are compiled in are left
//! out, since every booklet program has them, and so are fonts whose licence does not say that they may
//! be passed on.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Report, codes};
use crate::face::{Face, FaceData, code_family, sans_family, text_family};
use crate::sources::{Named, Role, Sources, UnfitSources};

use super::Booklet;
use super::names::composed;
use super::place::FoundFile;

/// The manifest is always found under this name.
const MANIFEST: &str = "manifest.toml";

/// Texts that were read, in the order in which they were.
#[derive(Debug, Clone, Default)]
pub(super) struct Kept {
    files: Vec<Named>,
    /// A path that leaves the booklet's folder and comes back by the folder's own name.
    winding: Option<String>,
}

impl Kept {
    /// The manifest, which comes first.
    pub(super) fn manifest(bytes: &[u8]) -> Self {
        let manifest = Named { name: MANIFEST.to_owned(), role: Role::Manifest, bytes: bytes.into() };
        Self { files: vec![manifest], winding: None }
    }

    /// A text.
    pub(super) fn text(&mut self, found: &FoundFile, bytes: &[u8]) {
        self.note(found);
        if !self.files.iter().any(|file| file.role == Role::Text && file.name == found.name) {
            self.files.push(Named { name: found.name.clone(), role: Role::Text, bytes: bytes.into() });
        }
    }

    fn note(&mut self, found: &FoundFile) {
        if found.winding {
            self.winding.get_or_insert_with(|| found.shown.clone());
        }
    }
}

/// The file of a picture, if it could be kept.
#[derive(Debug, Clone)]
pub(super) struct KeptPicture {
    pub bytes: Option<Arc<[u8]>>,
    pub winding: bool,
}

impl Booklet {
    /// The booklet's sources, once its text was read: pictures are known from there on. None if the
    /// manifest does not want them, or if they cannot travel; the report says why.
    pub fn sources(&self, report: &mut Report) -> Option<Sources> {
        if !self.manifest.sources {
            return None;
        }
        let manifest = report.source(self.manifest.source).map_or(MANIFEST, |source| &source.name).to_owned();
        let mut files = self.kept.files.clone();
        let mut winding = self.kept.winding.clone();
        for (name, picture) in self.pictures.kept() {
            if picture.winding {
                winding.get_or_insert_with(|| name.clone());
            }
            let Some(bytes) = picture.bytes else {
                let what = format!("the picture “{name}” cannot be parted from its metadata");
                report.push(apart(what, &manifest).hint("save it anew in a picture program, as PNG or JPEG"));
                return None;
            };
            files.push(Named { name, role: Role::Picture, bytes });
        }
        if let Some(path) = winding {
            let what = format!("the path of “{path}” leaves the booklet's folder and comes back into it");
            report.push(apart(what, &manifest).hint("write the path from the booklet's own folder"));
            return None;
        }
        let fonts = self.fonts(&mut files, report);
        match Sources::new(&files, &self.manifest.identity.slug, &fonts) {
            Ok(sources) => Some(sources),
            Err(refusal) => {
                let hint = match refusal {
                    UnfitSources::Name(..) | UnfitSources::SameName(..) => "give the file another name",
                    UnfitSources::TooMuch => "write `sources = false` if this is as it should be",
                };
                report.push(apart(refusal.to_string(), &manifest).hint(hint));
                None
            }
        }
    }

    /// Adds the font files that may be passed on; gives the families that may not.
    fn fonts(&self, files: &mut Vec<Named>, report: &mut Report) -> Vec<String> {
        let mut kept_back = BTreeSet::new();
        let mut taken = BTreeSet::new();
        for (_, face) in self.faces.iter() {
            let FaceData::Read(bytes) = &face.data else { continue };
            if is_compiled_in(face) {
                continue;
            }
            if face.may_be_passed_on() {
                let name = file_name(face, &mut taken);
                files.push(Named { name, role: Role::Font, bytes: Arc::clone(bytes) });
            } else {
                kept_back.insert(face.family.clone());
            }
        }
        for family in &kept_back {
            let what = format!(
                "the font “{family}” does not say that it may be passed on, so it is not \
                 among the sources that the reading PDF and the EPUB carry"
            );
            let hint =
                "whoever reprints the booklet must have the font; one under a free licence travels with it";
            let span =
                self.manifest.design.fonts.iter().find(|f| composed(&f.value).eq_ignore_ascii_case(family));
            let note = Diagnostic::note(codes::R001, what).at_opt(span.map(|f| f.span)).hint(hint);
            report.push(note);
        }
        kept_back.into_iter().collect()
    }
}

/// Why there are no sources, said of the manifest as the user gave it.
fn apart(why: String, manifest: &str) -> Diagnostic {
    let what = format!("the sources do not travel with the reading PDF and the EPUB: {why}");
    Diagnostic::note(codes::R002, what).in_file(manifest)
}

/// Whether the same file is compiled in.
fn is_compiled_in(face: &Face) -> bool {
    let families = [text_family, sans_family, code_family];
    let known = families.iter().flat_map(|family| family()).filter(|known| known.family == face.family);
    known.into_iter().any(|known| known.data.as_ref() == face.data.as_ref())
}

/// `fonts/NAME.otf`, the same wherever the file was found.
fn file_name(face: &Face, taken: &mut BTreeSet<String>) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let stem: String = face.postscript_name.chars().map(plain).collect();
    let ending = if face.data.as_ref().starts_with(b"OTTO") { "otf" } else { "ttf" };
    let name = |number: usize| match number {
        1 => format!("fonts/{stem}.{ending}"),
        _ => format!("fonts/{stem}-{number}.{ending}"),
    };
    let free = (1..).map(name).find(|name| taken.insert(name.to_lowercase()));
    free.unwrap_or_default()
}
