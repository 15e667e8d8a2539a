//! The list of sources: a text that people can read, and by which the files are known to be whole.
//!
//! Comes in: files. Goes out: lines that say which version made the booklet, where the manifest is,
//! which fonts must come from elsewhere, and each file's sum (SHA-1, as `sha1sum` shows it); and the
//! other way round.

use sha1_smol::Sha1;

use crate::diagnostic::render::harmless;

use super::{MOST_FILES, SourceFile};

/// This path is not among the sources as the list has them: it is too many, lacking or changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{}” is not as it was", super::shown(.0))]
pub struct Changed(pub String);

/// Path of the list.
pub const LIST: &str = "SOURCES.txt";

const MANIFEST: &str = "manifest: ";
const FONT: &str = "font needed: ";
const MADE_BY: &str = "booklet ";

/// The list of `files`, of which the first is the manifest.
pub(super) fn write(files: &[SourceFile], fonts: &[String]) -> String {
    let manifest = files.first().map_or("", |file| file.path.as_str());
    let mut out = format!("{MADE_BY}{}\n{MANIFEST}{manifest}\n", env!("CARGO_PKG_VERSION"));
    for font in fonts {
        out.push_str(&format!("{FONT}{}\n", harmless(font)));
    }
    out.push('\n');
    for file in files {
        out.push_str(&format!("{}  {}\n", sum(&file.bytes), file.path));
    }
    out.push_str(
        "\nThese are the files that this booklet is made of. To reprint it, to translate it or to change \
         it,\ntake them out and build them:\n\n    booklet unpack FILE FOLDER\n    booklet build ",
    );
    out.push_str(&shown(&format!("FOLDER/{manifest}")));
    out.push('\n');
    out
}

/// A path as a word of a command, for a shell: between quotation marks if it is not plain.
fn shown(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "_-./:+@,".contains(c);
    match path.contains(['"', '$', '`', '\\', '%', '!']) {
        _ if path.chars().all(plain) => path.to_owned(),
        // These are understood by every shell.
        false => format!("\"{path}\""),
        true => format!("'{}'", path.replace('\'', "'\\''")),
    }
}

/// A sum in hexadecimal digits.
fn sum(bytes: &[u8]) -> String {
    Sha1::from(bytes).digest().to_string()
}

/// What a list says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The version of booklet that wrote it.
    pub version: String,
    /// The manifest's path.
    pub manifest: String,
    /// Families that must be found elsewhere.
    pub fonts: Vec<String>,
    /// Sums and paths.
    files: Vec<(String, String)>,
}

impl Listed {
    /// Reads a list; none if it is not one.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let mut lines = text.lines();
        let version = lines.next()?.strip_prefix(MADE_BY)?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+');
        if version.is_empty() || version.len() > 40 || !version.chars().all(plain) {
            return None;
        }
        let manifest = lines.next()?.strip_prefix(MANIFEST)?;
        let fonts = lines.by_ref().map_while(|line| line.strip_prefix(FONT)).map(str::to_owned).collect();
        let file = |line: &str| {
            let (sum, path) = line.split_once("  ")?;
            Some((sum.to_owned(), path.to_owned()))
        };
        let files: Vec<_> = lines.map_while(file).take(MOST_FILES + 1).collect();
        let has_manifest = files.iter().any(|(_, path)| path == manifest);
        has_manifest.then(|| Self {
            version: version.to_owned(),
            manifest: manifest.to_owned(),
            fonts,
            files,
        })
    }

    /// Whether `files` (without the list) are those that are listed, with the contents they had.
    ///
    /// # Errors
    /// The first that is not.
    pub fn check<'f>(&self, files: impl Iterator<Item = (&'f str, &'f [u8])>) -> Result<(), Changed> {
        let mut rest = self.files.iter();
        for (path, bytes) in files {
            match rest.next() {
                Some((listed, listed_path)) if listed_path == path && *listed == sum(bytes) => {}
                _ => return Err(Changed(path.to_owned())),
            }
        }
        rest.next().map_or(Ok(()), |(_, path)| Err(Changed(path.clone())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, words: &str) -> SourceFile {
        let bytes = words.as_bytes().into();
        SourceFile { path: path.to_owned(), bytes, media: "text/plain", about: "" }
    }

    #[test]
    fn a_list_reads_back_and_tells_what_was_changed() {
        let files = [file("b/manifest.toml", "title"), file("b/a  b.md", "words")];
        let text = write(&files, &["A Face".to_owned()]);
        let listed = Listed::read(text.as_bytes()).unwrap();
        assert_eq!(
            (listed.manifest.as_str(), listed.fonts.as_slice()),
            ("b/manifest.toml", &["A Face".to_owned()][..])
        );
        assert_eq!(listed.version, env!("CARGO_PKG_VERSION"));
        let pairs = |files: &[SourceFile]| -> Vec<(String, Vec<u8>)> {
            files.iter().map(|f| (f.path.clone(), f.bytes.to_vec())).collect()
        };
        let check = |files: &[SourceFile]| {
            let pairs = pairs(files);
            listed.check(pairs.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())))
        };
        assert_eq!(check(&files), Ok(()));
        assert_eq!(check(&files[..1]), Err(Changed("b/a  b.md".to_owned())));
        assert_eq!(
            check(&[file("b/manifest.toml", "title"), file("b/a  b.md", "word")]),
            Err(Changed("b/a  b.md".to_owned()))
        );
        for broken in
            ["", "booklet\n", "booklet 0.1\n", "booklet 0.1\nmanifest: a\n\nx", "other 1\nmanifest: a\n"]
        {
            assert_eq!(Listed::read(broken.as_bytes()), None, "{broken:?}");
        }
    }
}
