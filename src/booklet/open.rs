//! Opens a booklet: reads the manifest and every file that it names.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Diagnostic, Report, Span, Trail, codes};
use crate::face::{
    CODE_FAMILY, Face, Faces, SANS_FAMILY, TEXT_FAMILY, code_family, embedded, sans_family, text_family,
};
use crate::folder::{EntryKind, Folder, Manuscript, Unread, reason};
use crate::manifest::{self, ChapterEntry, Manifest, Spanned};

use super::contents::{ends_in, read, text};
use super::fonts::{Family, Origin, damaged, linked_folder, listing_on};
use super::names::composed;
use super::pictures::Pictures;
use super::place::{BookletFolder, FoundFile};
use super::refusal::COPY_CONTENTS;
use super::refusal::not_followed;
use super::sources::Kept;
use super::{BackCover, Booklet, ChapterText};

/// A larger manifest is not a manifest.
const LARGEST_MANIFEST: u64 = 4 << 20;
/// Ten thousand pages of text.
const LARGEST_CHAPTER: u64 = 64 << 20;
/// Files that are no fonts and are named where a font is looked for in vain.
const MOST_PASSED_OVER: usize = 3;

/// Opens a booklet. `None` when it has errors; the report says which, all of them.
pub fn open(manuscript: &Manuscript, report: &mut Report) -> Option<Booklet> {
    let (place, found, bytes) = match manifest_file(manuscript, report.trail()) {
        Ok(opened) => opened,
        Err(trouble) => {
            report.push(*trouble);
            return None;
        }
    };
    let (source, written) = text(&found, &bytes, report)?;
    let manifest = manifest::parse(source, report)?;
    let pictures = Pictures::new(place.clone(), manifest.sources);
    let kept = Kept::manifest(written.as_bytes());
    let mut reader = Reader { place: &place, pictures: &pictures, report, kept };
    let chapters: Vec<_> = manifest.chapters.iter().map(|entry| reader.chapter(entry)).collect();
    let front_cover = manifest.cover.front.as_ref().map(|front| reader.picture(front));
    let back_cover = reader.back(&manifest);
    let faces = reader.faces(&manifest);
    let kept = reader.kept;
    Some(Booklet {
        chapters: chapters.into_iter().collect::<Option<Vec<_>>>()?,
        front_cover: match front_cover {
            Some(picture) => Some(picture?),
            None => None,
        },
        back_cover: back_cover?,
        faces: faces?,
        pictures,
        kept,
        manifest,
    })
}

/// Reads a manifest, and nothing that it names.
pub fn manifest(manuscript: &Manuscript, report: &mut Report) -> Option<Manifest> {
    let (_, found, bytes) =
        manifest_file(manuscript, report.trail()).map_err(|trouble| report.push(*trouble)).ok()?;
    let (source, _) = text(&found, &bytes, report)?;
    manifest::parse(source, report)
}

/// The manifest's bytes and the folder that it lies in. Every trouble here has code `B001`: there is no
/// booklet at all.
///
/// The manifest is a file of its booklet like any other: as a link it may lead to another file of the
/// folder that it lies in, and nowhere else. Whoever made the folder made the link, even if the user named
/// it, and findings show the lines of what it leads to.
fn manifest_file(
    manuscript: &Manuscript,
    trail: &Trail,
) -> Result<(BookletFolder, FoundFile, Vec<u8>), Box<Diagnostic>> {
    let Manuscript { folder: files, path } = manuscript;
    let is_folder = files.is_folder(path);
    let file: PathBuf = if is_folder { path.join("manifest.toml") } else { path.to_owned() };
    let shown = file.display().to_string();
    note_manifest(files, &file, trail);
    let trouble = |what: String, hint: &str| {
        Box::new(Diagnostic::error(codes::B001, what).in_file(shown.clone()).hint(hint))
    };
    let absent = |error: std::io::Error| {
        let hint = if is_folder {
            "give the folder of a booklet, which holds a file manifest.toml; `booklet new` makes one"
        } else {
            "give the path of a manifest.toml, or of the folder that holds it"
        };
        trouble(format!("there is no manifest here: {}", reason(&error)), hint)
    };
    let no_file = || trouble("the manifest is a device or a pipe, not a file".to_owned(), COPY_CONTENTS);
    if files.entry(&file).map_err(absent)?.kind != EntryKind::File {
        return Err(no_file());
    }
    let real = files.real(&file).map_err(absent)?;
    trail.note(&real, files.stamp(&real));
    let folder = file.parent().unwrap_or(Path::new(""));
    let place = BookletFolder::new(files, folder, trail)
        .ok_or_else(|| trouble("the folder cannot be opened".to_owned(), "see that you may open it"))?;
    if !place.holds(&real) {
        let hint = "give the path of the manifest itself, or put a copy of it in the link's place";
        return Err(trouble("the manifest is a link that leads out of its folder".to_owned(), hint));
    }
    let found = FoundFile { real, shown: shown.clone(), name: shown.clone(), winding: false };
    let bytes = files.read(&found.real, LARGEST_MANIFEST).map_err(|why| match why {
        Unread::NotAFile => no_file(),
        why => {
            trouble(format!("the manifest cannot be read: {why}"), "is it really the file that was meant?")
        }
    })?;
    Ok((place, found, bytes))
}

/// Notes where the manifest is, or would be.
fn note_manifest(files: &Folder, file: &Path, trail: &Trail) {
    let whole = files.from_root(file);
    let folder = whole.parent().and_then(|folder| files.real(folder).ok());
    let place = match (folder, whole.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => whole,
    };
    trail.note(&place, files.stamp(&place));
}

struct Reader<'a> {
    place: &'a BookletFolder,
    pictures: &'a Pictures,
    report: &'a mut Report,
    kept: Kept,
}

impl Reader<'_> {
    /// Records what is wrong with a file that the manifest names at `span`.
    fn note<T>(&mut self, result: Result<T, Diagnostic>, span: Span) -> Option<T> {
        result.map_err(|d| self.report.push(d.at(span))).ok()
    }

    /// Reads a text. What is wrong with its path or its size is said of the manifest, what is wrong
    /// inside it of the file.
    fn chapter(&mut self, entry: &ChapterEntry) -> Option<ChapterText> {
        let bytes = self.place.find(&entry.file.value, Path::new("")).and_then(|found| {
            let bytes = read(self.place, &found, LARGEST_CHAPTER)?;
            Ok((found, bytes))
        });
        let (found, bytes) = self.note(bytes, entry.file.span)?;
        let (source, text) = text(&found, &bytes, self.report)?;
        self.kept.text(&found, text.as_bytes());
        Some(ChapterText {
            source,
            text,
            file: found.name,
            title: entry.title.clone(),
            short_title: entry.short_title.clone(),
            numbered: entry.numbered,
        })
    }

    fn picture(&mut self, file: &Spanned<String>) -> Option<super::NamedPicture> {
        let picture = self.pictures.get(&file.value, "");
        self.note(picture, file.span)
    }

    fn back(&mut self, manifest: &Manifest) -> Option<BackCover> {
        let Some(back) = &manifest.cover.back else { return Some(BackCover::Blank) };
        if !ends_in(&back.value, &["md", "markdown", "txt"]) {
            return self.picture(back).map(BackCover::Picture);
        }
        let (title, short_title) = (None, None);
        let entry = ChapterEntry { file: back.clone(), title, short_title, numbered: false };
        self.chapter(&entry).map(BackCover::Text)
    }

    /// Whether the files of a family can be embedded. Its letters are on paper only if they can.
    fn can_embed(&mut self, family: &Family, span: Span) -> bool {
        let sound = family.origin == Origin::Embedded || family.faces.iter().all(Face::can_be_cut);
        if !sound {
            self.report.push(damaged(&family.name).at(span));
        }
        sound
    }

    /// The families that the manifest names, then the compiled-in ones for what those lack.
    fn faces(&mut self, manifest: &Manifest) -> Option<Arc<Faces>> {
        let named = &manifest.design.fonts;
        if named.iter().all(|f| f.value.eq_ignore_ascii_case(TEXT_FAMILY)) {
            return Some(embedded());
        }
        if let [only] = named.as_slice()
            && only.value.eq_ignore_ascii_case(SANS_FAMILY)
        {
            // No need to look for files.
            return Some(Arc::new(Faces::new(vec![sans_family(), text_family()], vec![code_family()])));
        }
        let found = listing_on(self.place.files(), self.place.shown(), self.place.trail());
        let known = &found.families;
        let mut text: Vec<Vec<Face>> = Vec::new();
        let mut whole = true;
        for font in named {
            let wanted = composed(&font.value);
            match known.iter().find(|f| f.name.eq_ignore_ascii_case(&wanted)) {
                Some(family) if family.faces.iter().all(|f| f.embeddable) => {
                    whole &= self.can_embed(family, font.span);
                    text.push(family.faces.clone());
                }
                Some(family) => {
                    let what = format!("the licence of “{}” forbids to embed it in a booklet", family.name);
                    let hint = "choose a free font; `booklet fonts` lists what there is";
                    self.report.push(Diagnostic::error(codes::B013, what).at(font.span).hint(hint));
                    whole = false;
                }
                None => {
                    let names: Vec<&str> = known.iter().map(|f| f.name.as_str()).collect();
                    let what = format!("there is no font family “{}”", font.value);
                    let hint = match nearest(&wanted, names.iter().copied()) {
                        Some(like) => format!("did you mean “{like}”?"),
                        None => {
                            format!("there are: {}; put others into a folder \"fonts\"", names.join(", "))
                        }
                    };
                    let mut finding = Diagnostic::error(codes::B011, what).at(font.span).hint(hint);
                    for (file, why) in found.passed_over.iter().take(MOST_PASSED_OVER) {
                        finding = finding.hint(format!("{} is passed over: {why}", file.display()));
                    }
                    if let Some(link) = linked_folder(self.place.files(), self.place.shown()) {
                        finding = finding.hint(not_followed(&link.display().to_string()));
                    }
                    self.report.push(finding);
                    whole = false;
                }
            }
        }
        let has = |name: &str| named.iter().any(|f| f.value.eq_ignore_ascii_case(name));
        if !has(TEXT_FAMILY) {
            text.push(text_family());
        }
        let code = if has(CODE_FAMILY) { Vec::new() } else { vec![code_family()] };
        whole.then(|| Arc::new(Faces::new(text, code).with_display(sans_family())))
    }
}
