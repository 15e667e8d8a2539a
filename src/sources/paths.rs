//! Paths of sources: the same in every folder, safe on every system.
//!
//! Comes in: names as a booklet knows its files by, or paths that a file from a stranger gives. Goes
//! out: paths below one folder, or why a path is not one. What is refused is refused on every system, so
//! that a booklet which can be unpacked here can be unpacked everywhere.

use unicode_normalization::UnicodeNormalization;

/// Longest path, in bytes: Windows allows 259 characters with the folder before it.
const LONGEST: usize = 180;
/// Folders below each other.
const DEEPEST: usize = 12;

/// What is wrong with a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unsafe {
    /// Empty, too long or too deep.
    #[error("is empty, too long or too deep for a path")]
    Length,
    /// Leaves the folder, or begins at a root or a drive.
    #[error("leads out of the folder")]
    Outside,
    /// Has a character that some system cannot have in a file name, or that cannot be seen.
    #[error("has a character that file names cannot have on every system")]
    Character,
    /// Has a part that begins with a dot, ends with a dot or a space, or is a device on Windows.
    #[error("is a name that some systems hide, change or keep for themselves")]
    Reserved,
}

/// What makes a path another one on some systems, or no path at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// It begins at a root or a drive.
    Root,
    /// It has a backslash, which parts folders on Windows alone.
    Backslash,
    /// It has a colon, after which Windows looks for a part of a file.
    Colon,
    /// A part ends with a dot or a space, which Windows leaves out.
    Ending,
    /// A part is a device on Windows.
    Device,
}

/// Whether a path, written by a person, is another one on some system. It may climb by `..`.
pub fn foreign(path: &str) -> Option<Foreign> {
    let dots = |part: &str| matches!(part, "." | "..");
    if path.starts_with(['/', '\\']) || has_drive(path) {
        Some(Foreign::Root)
    } else if path.contains('\\') {
        Some(Foreign::Backslash)
    } else if path.contains(':') {
        Some(Foreign::Colon)
    } else if path.split('/').any(|part| !dots(part) && part.ends_with(['.', ' '])) {
        Some(Foreign::Ending)
    } else {
        path.split('/').any(is_device).then_some(Foreign::Device)
    }
}

fn has_drive(path: &str) -> bool {
    path.as_bytes().get(1) == Some(&b':')
}

/// Whether a path, with forward slashes, is safe to write below a folder on every system.
pub fn check(path: &str) -> Result<(), Unsafe> {
    if path.is_empty() || path.len() > LONGEST || path.split('/').count() > DEEPEST {
        return Err(Unsafe::Length);
    }
    let climbs = || path.split(['/', '\\']).any(|part| part == "..");
    if path.starts_with(['/', '\\']) || has_drive(path) || climbs() {
        return Err(Unsafe::Outside);
    }
    let strange = |c: char| {
        c.is_control()
            || matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\\')
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    };
    if path.chars().any(strange) {
        return Err(Unsafe::Character);
    }
    let reserved = |part: &str| {
        part.is_empty() || part.starts_with(['.', ' ']) || part.ends_with(['.', ' ']) || is_device(part)
    };
    if path.split('/').any(reserved) { Err(Unsafe::Reserved) } else { Ok(()) }
}

/// Names that Windows keeps for devices, whatever follows a dot.
fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let numbered = |name: &str| {
        let digit = stem.strip_prefix(name).and_then(|rest| {
            let mut rest = rest.chars();
            rest.next().filter(|_| rest.next().is_none())
        });
        digit.is_some_and(|c| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³'))
    };
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul" | "conin$" | "conout$")
        || numbered("com")
        || numbered("lpt")
}

/// A path as systems see it that tell neither capitals apart nor the ways in which Unicode writes a letter
/// with its marks.
pub(super) fn folded(path: &str) -> String {
    // Up, then down: letters such as ſ and K (Kelvin) meet s and k.
    path.nfd().flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfc().collect()
}

/// How many folders a name climbs.
pub(super) fn climbs(name: &str) -> usize {
    name.split('/').take_while(|part| *part == "..").count()
}

/// The folders down to the booklet's own, when its files lie up to `depth` folders above it. They have
/// names of ours: what the folders of whoever made the booklet are called is nobody's business.
pub(super) fn home(depth: usize, slug: &str) -> Vec<&str> {
    // The booklet's folder may not be taken for the one that it looks for above it.
    let own = if matches!(slug, "covers" | "fonts" | "booklets") { "booklet" } else { slug };
    let mut home = vec!["booklets"; depth];
    if let Some(last) = home.last_mut() {
        *last = own;
    }
    home
}

/// Where a file lies, given the booklet's own folder.
pub(super) fn place(home: &[&str], name: &str) -> String {
    let up = climbs(name);
    let kept = home.len().saturating_sub(up);
    let parts = home.iter().copied().take(kept).chain(name.split('/').skip(up));
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tricks_are_seen_through() {
        for (path, why) in [
            ("", Unsafe::Length),
            ("/etc/passwd", Unsafe::Outside),
            ("../a", Unsafe::Outside),
            ("a/../../b", Unsafe::Outside),
            ("a\\..\\b", Unsafe::Outside),
            ("\\\\server\\share", Unsafe::Outside),
            ("C:\\a", Unsafe::Outside),
            ("c:a", Unsafe::Outside),
            ("a/b:stream", Unsafe::Character),
            ("a\0b", Unsafe::Character),
            ("a\nb", Unsafe::Character),
            ("a\u{202e}dm.exe", Unsafe::Character),
            ("a//b", Unsafe::Reserved),
            ("a/", Unsafe::Reserved),
            ("a/./b", Unsafe::Reserved),
            (".git/config", Unsafe::Reserved),
            ("a.", Unsafe::Reserved),
            ("a /b", Unsafe::Reserved),
            ("CON", Unsafe::Reserved),
            ("a/nul.txt", Unsafe::Reserved),
            ("Com7.md", Unsafe::Reserved),
            ("lpt¹", Unsafe::Reserved),
        ] {
            assert_eq!(check(path), Err(why), "{path:?}");
        }
        assert_eq!(check(&"a".repeat(300)), Err(Unsafe::Length));
        assert_eq!(check(&"a/".repeat(20)), Err(Unsafe::Length));
        for good in ["manifest.toml", "a/b c.md", "Où est-ce.md", "自由/一.png", "com.md", "console.md"] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn paths_that_are_others_elsewhere_are_told() {
        for (path, why) in [
            ("/a.md", Foreign::Root),
            ("\\a.md", Foreign::Root),
            ("\\\\server\\share\\a.md", Foreign::Root),
            ("C:\\a.md", Foreign::Root),
            ("c:a.md", Foreign::Root),
            ("sub\\one.md", Foreign::Backslash),
            ("..\\covers\\a.png", Foreign::Backslash),
            ("a.md:b", Foreign::Colon),
            ("sub./a.md", Foreign::Ending),
            ("sub/a.md.", Foreign::Ending),
            ("sub /a.md", Foreign::Ending),
            ("sub/.../a.md", Foreign::Ending),
            ("con.md", Foreign::Device),
            ("sub/NUL", Foreign::Device),
            ("lpt9.tar.md/a.md", Foreign::Device),
        ] {
            assert_eq!(foreign(path), Some(why), "{path:?}");
        }
        for good in
            ["a.md", "./a.md", "../covers/a.png", "sub//a.md", ".pictures/a.png", "console.md", "what?.md"]
        {
            assert_eq!(foreign(good), None, "{good}");
        }
    }

    #[test]
    fn capitals_do_not_part_names() {
        assert_eq!(folded("STRASSE/K.md"), folded("straße/\u{212a}.md"));
        assert_eq!(folded("PRE\u{301}FACE.md"), folded("préface.md"));
    }
}
