//! The faces that the EPUB embeds: which, and cut to what.
//!
//! Comes in: the characters used in each style, and the booklet's faces. Goes out: font files and the
//! rules of the style sheet that name them. Families stand in the booklet's order; each holds only what
//! the ones before it lack. Code is left to the reading system's own monospaced face.

use std::collections::BTreeMap;

use crate::face::{Face, FaceId, FaceStyle, Faces, webfont};
use crate::language::Language;

use super::archive::File;
use super::style::FontRule;
use super::used::Used;

/// The embedded faces.
#[derive(Debug, Default)]
pub struct Embedded {
    /// Font files.
    pub files: Vec<File>,
    /// How the style sheet names them, in order of preference.
    pub rules: Vec<FontRule>,
    /// What the faces say about their makers and licences, each once.
    pub notices: Vec<String>,
}

/// Cuts the faces.
pub fn embed(faces: &Faces, used: &Used, language: &Language) -> Embedded {
    let text_faces: Vec<(FaceId, &Face)> =
        faces.iter().filter(|(_, face)| !face.metrics.monospaced).collect();
    let mut families: Vec<&str> = Vec::new();
    for (_, face) in &text_faces {
        if !families.contains(&face.family.as_str()) {
            families.push(&face.family);
        }
    }
    let mut wanted: BTreeMap<FaceId, (&Face, Vec<char>)> = BTreeMap::new();
    for (style, characters) in used.iter() {
        let mut missing: Vec<char> = characters.iter().filter(|c| !c.is_control()).collect();
        for family in &families {
            if missing.is_empty() {
                break;
            }
            let Some((id, face)) = nearest(&text_faces, family, style) else { continue };
            let found = webfont::covered(face, missing.iter().copied());
            missing.retain(|c| found.binary_search(c).is_err());
            wanted.entry(id).or_insert_with(|| (face, Vec::new())).1.extend(found);
        }
    }
    let ligatures = !language.tells_i_by_its_dot();
    let mut embedded = Embedded::default();
    for (id, (face, mut characters)) in wanted {
        characters.sort_unstable();
        characters.dedup();
        // A space alone is no reason to embed a face.
        if characters.iter().all(|c| c.is_whitespace()) {
            continue;
        }
        let Some(bytes) = webfont::web_font(face, &characters, ligatures) else { continue };
        let (ending, media) = if face.metrics.cff { ("otf", "font/otf") } else { ("ttf", "font/ttf") };
        let stem: String =
            face.postscript_name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        let mut href = format!("fonts/{stem}.{ending}");
        if stem.is_empty() || embedded.files.iter().any(|file| file.name == href) {
            href = format!("fonts/{stem}{}.{ending}", id.0);
        }
        let notice = webfont::notice(face);
        if !notice.is_empty() && !embedded.notices.contains(&notice) {
            embedded.notices.push(notice);
        }
        embedded.rules.push(FontRule { family: face.family.clone(), style: face.style, href: href.clone() });
        embedded.files.push(File { name: href, media, bytes });
    }
    embedded
}

/// The face of a family in a style; failing that, its plainest one, which the reading system slants or
/// thickens.
fn nearest<'a>(faces: &[(FaceId, &'a Face)], family: &str, style: FaceStyle) -> Option<(FaceId, &'a Face)> {
    let of =
        |style| faces.iter().find(move |(_, face)| face.family == family && face.style == style).copied();
    of(style).or_else(|| of(FaceStyle::default()))
}
