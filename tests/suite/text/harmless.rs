//! Names that strangers gave to fonts and files reach the terminal harmless, whatever says them; a program
//! that reads the paths of what was made gets them as they are.

use std::fs;
use std::path::Path;

use crate::input::strangefonts::font_named;
use crate::program::started::run;

/// Ten characters: an escape sequence, a bell, a line feed, and what turns the direction of text.
const NAME: &str = "\u{1b}[31m\u{7}\n\u{202e}ab";

/// All that was said; asserts that nothing in it steers a terminal.
fn harmless(bytes: &[u8]) -> String {
    let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let bad = text
        .chars()
        .find(|&c| (c.is_control() && c != '\n') || "\u{202e}\u{200b}\u{61c}\u{2066}".contains(c));
    assert_eq!(bad, None, "{text:?}");
    text
}

/// A booklet in `b`, set in a font with a hostile name that may be embedded and not passed on.
fn with_font(place: &Path) {
    let folder = place.join("b");
    fs::create_dir_all(folder.join("fonts")).expect("a folder");
    fs::write(folder.join("fonts/x.otf"), font_named(4, NAME)).expect("a font");
    let manifest = "title = \"T\"\nlanguage = \"en\"\nchapters = [\"a.md\"]\n[design]\n\
                    font = \"\\u001b[31m\\u0007\\n\\u202eab Serif\"\n";
    fs::write(folder.join("manifest.toml"), manifest).expect("a manifest");
    fs::write(folder.join("a.md"), "# A\n\nWords.\n").expect("a chapter");
}

#[test]
fn names_of_fonts_are_listed_harmless() {
    let place = tempfile::tempdir().expect("a folder");
    with_font(place.path());
    let listed = run(&["fonts", "b"], place.path());
    let text = harmless(&listed.stdout);
    assert!(text.contains("␛[31m␇ \u{fffd}ab"), "{text}");
    assert!(text.lines().all(|line| line.ends_with(')')), "a line is a family: {text}");
    harmless(&run(&["build", "b"], place.path()).stderr);
}

#[test]
fn a_font_that_is_asked_for_is_named_harmless() {
    let place = tempfile::tempdir().expect("a folder");
    with_font(place.path());
    let name = "abcd\u{202e}efghi";
    let folder = place.path().join("b");
    fs::write(folder.join("fonts/x.otf"), font_named(4, name)).expect("a font");
    let manifest = format!(
        "title = \"T\"\nlanguage = \"en\"\nchapters = [\"a.md\"]\n[design]\nfont = \"{name} Serif\"\n"
    );
    fs::write(folder.join("manifest.toml"), manifest).expect("a manifest");
    let built = run(&["build", "b"], place.path());
    assert!(harmless(&built.stderr).contains("R001"), "{}", harmless(&built.stderr));
    let unpacked = run(&["unpack", "b/dist/t.pdf", "out"], place.path());
    assert!(harmless(&unpacked.stderr).contains("it needs the font “abcd\u{fffd}efghi Serif”"));
}

#[cfg(unix)]
#[test]
fn names_of_files_are_said_harmless_and_given_to_programs_as_they_are() {
    let place = tempfile::tempdir().expect("a folder");
    let name = "b\u{1b}[31m\u{202e}\u{200b}";
    let folder = place.path().join(name);
    fs::create_dir_all(&folder).expect("a folder");
    let manifest = "title = \"T\"\nlanguage = \"en\"\nchapters = [\"a.md\"]\nslug = \"t\"\n";
    fs::write(folder.join("manifest.toml"), manifest).expect("a manifest");
    fs::write(folder.join("a.md"), "# A\n\nWords \"alone.\n").expect("a chapter");

    let built = run(&["build", name], place.path());
    assert_eq!(built.status.code(), Some(0), "{}", harmless(&built.stderr));
    let paths = String::from_utf8(built.stdout.clone()).expect("UTF-8");
    assert!(
        paths.lines().count() == 3 && paths.lines().all(|path| place.path().join(path).is_file()),
        "{paths:?}"
    );
    harmless(&built.stderr);

    let pdf = format!("{name}/dist/t.pdf");
    let out = format!("{name}-out");
    let made = run(&["unpack", &pdf, &out], place.path());
    assert_eq!(made.status.code(), Some(0));
    assert!(harmless(&made.stderr).contains("to build it: booklet build"));
    harmless(&run(&["verify", &pdf, name], place.path()).stdout);
    harmless(&run(&["verify", "no\u{1b}such.pdf", name], place.path()).stderr);
    harmless(&run(&["check", name, "no\u{1b}such"], place.path()).stderr);
    harmless(&run(&["unpack", &pdf, name], place.path()).stderr);
    harmless(&run(&["fonts", "no\u{1b}such"], place.path()).stderr);
    harmless(&run(&["new", name], place.path()).stderr);
    // As the shell gives them, where it finds names that look like options.
    harmless(&run(&["build", "--no\u{1b}[31msuch"], place.path()).stderr);
    harmless(&run(&["build", "--only", "no\u{202e}such", name], place.path()).stderr);
}
