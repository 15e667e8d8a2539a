//! Which files a booklet may open.
//!
//! Comes in: a path as people write it. Goes out: where the file really is, or a finding that says what is
//! wrong. This is the one place that decides it, for chapters, pictures, covers and fonts, by where things
//! really are: a path may not leave the booklet's folder, neither by `..` nor by a link, save into the
//! nearest `covers` and `fonts` folders above it, which must be folders and not links. A booklet from a
//! stranger must not print the reader's diary. What a path means does not depend on the system either:
//! one that is another path elsewhere is refused everywhere.

use std::path::{Component, Path, PathBuf};

use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Diagnostic, Trail, codes};
use crate::folder::{EntryKind, Folder};
use crate::sources::foreign;

use super::names::{Listings, NameMatch, composed};
use super::refusal::{self, COPY_CONTENTS, missing, not_followed, outside};

/// Folders that may lie above a booklet, for several to share.
pub(super) const SHARED: [&str; 2] = ["fonts", "covers"];

/// Folders in which programs that keep versions put what is nobody else's business: in git's, the address
/// of a repository may hold a password.
const VERSIONS: [&str; 5] = [".git", ".hg", ".svn", ".bzr", ".jj"];

/// A booklet's folder.
#[derive(Debug, Clone)]
pub(super) struct BookletFolder {
    /// Where its files lie.
    files: Folder,
    /// As the user gave it; what findings show.
    shown: PathBuf,
    /// Without links.
    real: PathBuf,
    /// Folders that paths may lead into, without links; the first is the booklet's own.
    open: Vec<PathBuf>,
    /// What folders that were looked into hold.
    listings: Listings,
    /// Every place that was looked at.
    trail: Trail,
}

/// A file that was found.
#[derive(Debug, Clone)]
pub(super) struct FoundFile {
    /// Where it really is.
    pub real: PathBuf,
    /// Its name for people: the booklet's folder as given, and the path in it.
    pub shown: String,
    /// Its path from the booklet's folder, with forward slashes, in composed form (NFC) whatever the disk
    /// has: so the same booklet has the same names everywhere.
    pub name: String,
    /// Whether the path as written leaves the folder and comes back by the folder's name, so that it
    /// leads nowhere when the booklet is moved.
    pub winding: bool,
}

/// Why there is no file at a path.
enum Lost {
    /// This part of the path is not in this folder; how many parts follow.
    Missing(PathBuf, String, usize),
    /// These are several.
    Several(String),
    /// This is a link that leads nowhere.
    Broken(PathBuf),
    /// This is a link that leads out.
    Out(PathBuf),
}

impl BookletFolder {
    /// The folder of a manifest. `None` if it does not exist. Whatever is looked for in it is noted in the
    /// trail.
    pub fn new(files: &Folder, folder: &Path, trail: &Trail) -> Option<Self> {
        let shown = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() };
        let real = files.real(&shown).ok()?;
        let shared = SHARED.iter().filter_map(|name| nearest_folder(files, real.ancestors(), name));
        let open = std::iter::once(real.clone()).chain(shared).collect();
        let (files, trail) = (files.clone(), trail.clone());
        Some(Self { files, shown, real, open, listings: Listings::default(), trail })
    }

    /// Notes that a place is looked at.
    fn looked_at(&self, path: &Path) {
        self.trail.note(path, self.files.stamp(path));
    }

    /// Where its files lie.
    pub fn files(&self) -> &Folder {
        &self.files
    }

    /// The trail.
    pub fn trail(&self) -> &Trail {
        &self.trail
    }

    /// The folder as the user gave it.
    pub fn shown(&self) -> &Path {
        &self.shown
    }

    /// Whether a file, given by its real place, lies in the booklet's own folder.
    pub fn holds(&self, real: &Path) -> bool {
        real.starts_with(&self.real) && !is_versions(real.strip_prefix(&self.real).unwrap_or(real))
    }

    /// Finds the file that `written` names, relative to the booklet's folder or, for a picture in a
    /// chapter, to the folder of that chapter. Errors have no span yet.
    pub fn find(&self, written: &str, from: &Path) -> Result<FoundFile, Diagnostic> {
        if written.contains('\0') || written.trim().is_empty() {
            return Err(Diagnostic::error(codes::B002, "an empty path names no file"));
        }
        if let Some(why) = foreign(written) {
            return Err(refusal::foreign(written, why));
        }
        let path = Path::new(written);
        let joined = lexical(&self.real.join(from).join(path));
        let Some(root) = self.open.iter().find(|folder| joined.starts_with(folder)) else {
            return Err(self.beyond(written, &joined));
        };
        self.looked_at(&joined);
        let real = match self.locate(root, &joined) {
            Ok(real) => real,
            Err(Lost::Broken(link)) => {
                let hint = format!("{} is a link that leads nowhere", self.show(&link));
                return Err(missing(written).in_file(self.show(&joined)).hint(hint));
            }
            Err(Lost::Missing(folder, part, following)) => {
                let finding = missing(written).in_file(self.show(&joined));
                return Err(finding.hint(match self.like(&folder, &part) {
                    Some(like) => format!("did you mean “{}”?", with_part(written, following, &like)),
                    None => format!("put it at {}, or correct the path", self.show(&joined)),
                }));
            }
            Err(Lost::Several(name)) => {
                let what = format!("there are several files or folders that are called “{name}”");
                let hint = "their letters and accents are stored in different ways, which nobody sees: give \
                            all but one another name";
                return Err(Diagnostic::error(codes::B017, what).in_file(self.show(&joined)).hint(hint));
            }
            Err(Lost::Out(link)) => return Err(outside(written).hint(not_followed(&self.show(&link)))),
        };
        self.look(written, &joined, &real)?;
        let name = composed(&self.name(&joined)).into_owned();
        let straight = lexical(&from.join(path));
        let winding = composed(&straight.to_string_lossy()) != lexical(Path::new(&name)).to_string_lossy();
        Ok(FoundFile { shown: self.show(&joined), name, winding, real })
    }

    /// Where the file at a path without links and `..` really is, if it may be opened.
    fn locate(&self, root: &Path, joined: &Path) -> Result<PathBuf, Lost> {
        let below = joined.strip_prefix(root).unwrap_or(joined);
        // The path is the file's own: no link, no other capitals, and no letter that could be written in
        // another way.
        if below.as_os_str().is_ascii() && self.files.real(joined).is_ok_and(|real| real == joined) {
            return Ok(joined.to_owned());
        }
        let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        let mut real = root.to_owned();
        for (number, part) in parts.iter().enumerate() {
            let missing = || Lost::Missing(real.clone(), part.to_string(), parts.len() - 1 - number);
            let on_disk = match self.listings.of(&self.files, &real).map(|listing| listing.named(part)) {
                Some(NameMatch::One(name)) => name,
                Some(NameMatch::Several) => return Err(Lost::Several(part.to_string())),
                Some(NameMatch::Nothing) => {
                    if !part.is_ascii() {
                        // It may come under a name that is written in another way.
                        self.looked_at(&real);
                    }
                    return Err(missing());
                }
                None => part.to_string(),
            };
            let next = real.join(on_disk);
            let lost = |_| if self.files.is_link(&next) { Lost::Broken(next.clone()) } else { missing() };
            let target = self.files.real(&next).map_err(lost)?;
            if !self.allows(&target) {
                return Err(Lost::Out(next));
            }
            real = target;
        }
        // The one whose changes count, where it is not the path itself.
        self.looked_at(&real);
        Ok(real)
    }

    /// Whether what lies at a real place is a file, and nobody's secret.
    fn look(&self, written: &str, joined: &Path, real: &Path) -> Result<(), Diagnostic> {
        let below = self.open.iter().find_map(|folder| real.strip_prefix(folder).ok());
        if below.is_some_and(is_versions) {
            let what = format!("“{written}” belongs to a program that keeps versions");
            let hint = "put a copy of the file beside the text";
            return Err(Diagnostic::error(codes::B003, what).in_file(self.show(joined)).hint(hint));
        }
        let (what, hint) = match self.files.entry(real).map(|entry| entry.kind) {
            Ok(EntryKind::File) => return Ok(()),
            Ok(EntryKind::Folder) => ("is a folder, not a file", "name a file in it"),
            Ok(_) => ("is a device or a pipe, not a file", COPY_CONTENTS),
            Err(_) => ("cannot be looked at", "see that you may read it"),
        };
        let finding = Diagnostic::error(codes::B004, format!("“{written}” {what}"));
        Err(finding.in_file(self.show(joined)).hint(hint))
    }

    /// The finding about a path that leads out by its `..`.
    fn beyond(&self, written: &str, joined: &Path) -> Diagnostic {
        let shared = |part: Component<'_>| SHARED.iter().any(|name| part.as_os_str() == *name);
        // It may be meant for a folder that is not there yet, or for a link in the place of one.
        if joined.components().any(shared) {
            self.looked_at(joined);
        }
        let above = |folder: &&Path| folder.parent().is_some_and(|up| self.real.starts_with(up));
        let named = joined.ancestors().filter(above);
        let link =
            named.filter(|f| SHARED.iter().any(|name| f.ends_with(name))).find(|f| self.files.is_link(f));
        outside(written).hint(match link {
            Some(link) => not_followed(&self.show(link)),
            None => "put a copy of the file into the booklet's folder".to_owned(),
        })
    }

    fn allows(&self, path: &Path) -> bool {
        self.open.iter().any(|folder| path.starts_with(folder))
    }

    /// The name in a folder that is most like one that is not there.
    fn like(&self, folder: &Path, part: &str) -> Option<String> {
        let listing = self.listings.of(&self.files, folder)?;
        nearest(&composed(part), listing.names()).map(str::to_owned)
    }

    /// A path from the booklet's folder, or with as many `..` as it takes.
    fn name(&self, path: &Path) -> String {
        let shared = self.real.components().zip(path.components()).take_while(|(a, b)| a == b).count();
        let up = self.real.components().count() - shared;
        let mut parts: Vec<String> = vec!["..".to_owned(); up];
        parts.extend(path.components().skip(shared).map(|c| c.as_os_str().to_string_lossy().into_owned()));
        parts.join("/")
    }

    fn show(&self, path: &Path) -> String {
        let name = self.name(path);
        if self.shown == Path::new(".") {
            name
        } else {
            lexical(&self.shown.join(name)).display().to_string()
        }
    }
}

/// The first of some folders without links in which there is one of this name, without links too.
pub(super) fn nearest_folder<'a>(
    files: &Folder,
    above: impl Iterator<Item = &'a Path>,
    name: &str,
) -> Option<PathBuf> {
    above.map(|folder| folder.join(name)).find_map(|folder| true_folder(files, &folder))
}

/// A folder's real place, if it is where it seems to be: no link leads to it from the folder above.
pub(super) fn true_folder(files: &Folder, folder: &Path) -> Option<PathBuf> {
    if !files.own_entry(folder).is_ok_and(|entry| entry.kind == EntryKind::Folder) {
        return None;
    }
    // A system has more ways than links to put a folder into another place, and some take `Fonts` for it.
    files.real(folder).ok().filter(|real| real == folder)
}

/// Whether a path below a booklet's folder leads into that of a program that keeps versions.
fn is_versions(below: &Path) -> bool {
    let of_versions = |part: &str| VERSIONS.iter().any(|name| part.eq_ignore_ascii_case(name));
    below.components().any(|part| part.as_os_str().to_str().is_some_and(of_versions))
}

/// A path as written, with another name for the part that `following` others follow.
fn with_part(written: &str, following: usize, name: &str) -> String {
    let plain = lexical(Path::new(written));
    let mut parts: Vec<_> = plain.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    let at = parts.len().saturating_sub(following + 1);
    if let Some(part) = parts.get_mut(at) {
        *part = name.into();
    }
    parts.join("/")
}

/// A path without `.` and `..`, where that can be told from the path alone.
fn lexical(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(plain.components().next_back(), Some(Component::Normal(_))) => {
                plain.pop();
            }
            Component::ParentDir if plain.has_root() => {}
            other => plain.push(other),
        }
    }
    plain
}
