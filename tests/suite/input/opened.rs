//! Which files a booklet opens: none of the reader's, whatever links and paths a stranger's folder has, and
//! the same ones however the disk writes their names.

use std::fs;
use std::path::Path;

use booklet::diagnostic::{Report, render};
use booklet::folder::{Folder, Manuscript, Unread};
use booklet::press::{Artifact, Job, Wanted, press};
use booklet::reprint;

const MANIFEST: &str = "title = \"T\"\nlanguage = \"en\"\nslug = \"t\"\n";

/// Writes a file, and the folders that it takes.
fn write(file: &Path, contents: impl AsRef<[u8]>) {
    fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    fs::write(file, contents).expect("a file");
}

/// The outputs of a booklet, and what was found.
fn build(manifest: &Path) -> (Vec<Artifact>, String) {
    let mut report = Report::new();
    let made = press(&Job { manuscript: Manuscript::on_disk(manifest), wanted: Wanted::ALL }, &mut report);
    (made, render::render(&report, false))
}

/// What is found in a booklet that may not be built.
#[cfg(unix)]
fn refused(manifest: &Path) -> String {
    let (made, found) = build(manifest);
    assert!(made.is_empty(), "{found}");
    found
}

#[test]
fn only_files_within_bounds_are_read() {
    let place = tempfile::tempdir().expect("a folder");
    let file = place.path().join("a");
    write(&file, "four");
    assert_eq!(Folder::Disk.read(&file, 4).expect("a file"), b"four");
    assert!(matches!(Folder::Disk.read(&file, 3), Err(Unread::TooLarge(3))));
    assert!(matches!(Folder::Disk.read(place.path(), 9), Err(Unread::NotAFile)));
    assert!(matches!(Folder::Disk.read(&place.path().join("b"), 9), Err(Unread::System(_))));
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    use std::process::Command;

    use booklet::booklet::fonts::{Origin, listing};

    use super::*;
    use crate::input::strangefonts::font;

    /// A reader's own folder `home` with a diary and a font, and a stranger's booklet in `home/got/b`.
    fn strangers(chapters: &str) -> tempfile::TempDir {
        let place = tempfile::tempdir().expect("a folder");
        let home = place.path();
        write(&home.join("diary/today.md"), "A secret word.\n");
        write(&home.join("diary/own.otf"), font(0));
        write(&home.join("got/b/manifest.toml"), format!("{MANIFEST}chapters = [{chapters}]\n"));
        write(&home.join("got/b/text.md"), "Some text.\n");
        place
    }

    #[test]
    fn a_linked_folder_of_covers_or_fonts_opens_nothing() {
        for name in ["covers", "fonts"] {
            // In the booklet's own folder.
            let place = strangers(&format!("\"text.md\", \"{name}/today.md\""));
            let b = place.path().join("got/b");
            symlink("../../diary", b.join(name)).expect("a link");
            let found = refused(&b);
            assert!(found.contains("B003") && found.contains(&format!("{name} is a link")), "{found}");
            assert!(found.contains("put a copy") && !found.contains("secret"), "{found}");

            // Above it: the folder that holds it is the stranger's too.
            let place = strangers(&format!("\"text.md\", \"../{name}/today.md\""));
            let b = place.path().join("got/b");
            symlink("../diary", place.path().join("got").join(name)).expect("a link");
            let found = refused(&b);
            assert!(found.contains("B003") && found.contains(&format!("{name} is a link")), "{found}");

            // A true one above the link counts all the same, and with it what lies in it.
            let place = strangers(&format!("\"text.md\", \"../../{name}/more.md\""));
            let b = place.path().join("got/b");
            symlink("../diary", place.path().join("got").join(name)).expect("a link");
            write(&place.path().join(name).join("more.md"), "More.\n");
            let (made, found) = build(&b);
            assert_eq!((made.len(), found.as_str()), (3, ""));
        }
    }

    #[test]
    fn a_link_in_a_shared_folder_leads_nowhere_else() {
        let place = strangers("\"text.md\", \"../covers/a/today.md\", \"../covers/today.md\"");
        let covers = place.path().join("got/covers");
        fs::create_dir(&covers).expect("a folder");
        symlink("../../diary", covers.join("a")).expect("a link");
        symlink("../../diary/today.md", covers.join("today.md")).expect("a link");
        let found = refused(&place.path().join("got/b"));
        assert_eq!(found.matches("error[B003]").count(), 2, "{found}");
    }

    #[test]
    fn a_link_within_the_booklet_is_followed() {
        let place = strangers("\"text.md\", \"link.md\", \"parts/one.md\", \"../covers/own.md\"");
        let b = place.path().join("got/b");
        write(&b.join("deep/one.md"), "One, with ![a dot](dot.svg).\n");
        write(&b.join("deep/dot.svg"), SQUARE);
        write(&place.path().join("got/covers/mine.md"), "Mine.\n");
        symlink("deep/one.md", b.join("link.md")).expect("a link");
        symlink("deep", b.join("parts")).expect("a link");
        symlink("mine.md", place.path().join("got/covers/own.md")).expect("a link");
        write(&b.join("dot.svg"), SQUARE);
        let (made, found) = build(&b);
        assert_eq!((made.len(), found.as_str()), (3, ""));
    }

    #[test]
    fn linked_fonts_are_not_looked_into() {
        let place = strangers("\"text.md\"");
        let b = place.path().join("got/b");
        let from_files = |folder: &Path| {
            listing(&Folder::Disk, folder)
                .families
                .into_iter()
                .filter(|f| matches!(f.origin, Origin::Folder(_)))
                .count()
        };
        symlink("../../diary", b.join("fonts")).expect("a link");
        assert_eq!(from_files(&b), 0);
        write(
            &b.join("manifest.toml"),
            format!("{MANIFEST}chapters = [\"text.md\"]\n[design]\nfont = \"Forbiddens Serif\"\n"),
        );
        let found = refused(&b);
        assert!(found.contains("B011") && found.contains("fonts is a link"), "{found}");
        fs::remove_file(b.join("fonts")).expect("gone");
        symlink("../diary", place.path().join("got/fonts")).expect("a link");
        assert_eq!(from_files(&b), 0);
        // Nor are links in a true folder.
        fs::create_dir(b.join("fonts")).expect("a folder");
        symlink("../../../diary/own.otf", b.join("fonts/own.otf")).expect("a link");
        symlink("../../../diary", b.join("fonts/more")).expect("a link");
        assert_eq!(from_files(&b), 0);
        fs::copy(place.path().join("diary/own.otf"), b.join("fonts/copy.otf")).expect("a font");
        assert_eq!(from_files(&b), 1);
    }

    #[test]
    fn a_linked_manifest_shows_no_line_of_another_file() {
        let place = strangers("\"text.md\"");
        let b = place.path().join("got/b");
        fs::rename(b.join("manifest.toml"), b.join("true.toml")).expect("a move");
        symlink("../../diary/today.md", b.join("manifest.toml")).expect("a link");
        for given in [b.clone(), b.join("manifest.toml")] {
            let found = refused(&given);
            assert!(found.contains("B001") && found.contains("link"), "{found}");
            assert!(!found.contains("secret"), "{found}");
        }
        fs::remove_file(b.join("manifest.toml")).expect("gone");
        symlink("true.toml", b.join("manifest.toml")).expect("a link");
        assert_eq!(build(&b).0.len(), 3, "a link within the folder is followed");
        // The way to the booklet is the user's own.
        symlink("got", place.path().join("way")).expect("a link");
        assert_eq!(build(&place.path().join("way/b")).0.len(), 3);
    }

    #[test]
    fn pipes_and_sockets_are_never_opened() {
        let place = strangers("\"pipe.md\", \"socket.md\"");
        let b = place.path().join("got/b");
        let pipe = |file: &Path| {
            let made = Command::new("mkfifo").arg(file).status();
            assert!(made.is_ok_and(|status| status.success()), "mkfifo");
        };
        pipe(&b.join("pipe.md"));
        let _socket = UnixListener::bind(b.join("socket.md")).expect("a socket");
        let found = refused(&b);
        assert_eq!(found.matches("error[B004]").count(), 2, "{found}");
        fs::create_dir(b.join("fonts")).expect("a folder");
        pipe(&b.join("fonts/pipe.otf"));
        listing(&Folder::Disk, &b);
        assert!(matches!(Folder::Disk.read(&b.join("pipe.md"), 9), Err(Unread::NotAFile)));
        assert!(matches!(Folder::Disk.read(Path::new("/dev/zero"), 9), Err(Unread::NotAFile)));
    }
}

/// A drawing.
const SQUARE: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" height=\"100\"><path d=\"M0 0h99v99z\"/></svg>";

/// A booklet whose names have accents, as the manifest and the disk write them.
fn accented(folder: &Path, written: fn(&str) -> String, on_disk: fn(&str) -> String) {
    let manifest = format!(
        "{MANIFEST}chapters = [\"préface.md\", \"été/un.md\"]\n[cover]\nfront = \"../covers/é.svg\"\nback = \"fin é.md\"\n"
    );
    let b = folder.join("b");
    write(&b.join("manifest.toml"), written(&manifest));
    let preface = "# Préface\n\n![Un carré](été/carré.svg) et [plus](été/un.md#là).\n";
    write(&b.join(on_disk("préface.md")), written(preface));
    let one = "# Un\n\n## Là {#là}\n\n![Un carré](carr%C3%A9.svg)\n";
    write(&b.join(on_disk("été/un.md")), written(one));
    write(&b.join(on_disk("été/carré.svg")), SQUARE);
    write(&b.join(on_disk("fin é.md")), "Fin.\n");
    write(&folder.join(on_disk("covers/é.svg")), SQUARE.replace("M0 0", "M1 1"));
}

fn composed(text: &str) -> String {
    text.to_owned()
}

/// As a Mac stores names.
fn apart(text: &str) -> String {
    text.replace('é', "e\u{301}").replace('à', "a\u{300}")
}

#[test]
fn names_are_found_however_their_accents_are_stored_and_outputs_do_not_tell() {
    let built = |written, on_disk| {
        let place = tempfile::tempdir().expect("a folder");
        accented(place.path(), written, on_disk);
        let (made, found) = build(&place.path().join("b"));
        assert_eq!((made.len(), found.as_str()), (3, ""));
        made.into_iter().map(|artifact| artifact.bytes).collect::<Vec<_>>()
    };
    assert_eq!(built(composed, composed), built(composed, apart), "typed on one system, stored on another");
    assert_eq!(built(apart, composed), built(apart, apart));
}

#[test]
fn sources_travel_under_composed_names_and_build_to_the_same_bytes() {
    for (written, on_disk) in
        [(composed as fn(&str) -> String, apart as fn(&str) -> String), (apart, composed), (apart, apart)]
    {
        let place = tempfile::tempdir().expect("a folder");
        accented(place.path(), written, on_disk);
        let (made, _) = build(&place.path().join("b"));
        for artifact in &made[..2] {
            let unpacked =
                reprint::unpack(&artifact.bytes, &artifact.name, &mut Report::new()).expect("sources");
            let paths: Vec<&str> = unpacked.files.iter().map(|(path, _)| path.as_str()).collect();
            assert!(paths.iter().any(|path| path.ends_with("été/carré.svg")), "{paths:?}");
            assert_eq!(
                paths.iter().filter(|path| path.contains("carr")).count(),
                1,
                "one picture: {paths:?}"
            );
            let there = tempfile::tempdir().expect("a folder");
            for (path, bytes) in &unpacked.files {
                write(&there.path().join(path), bytes);
            }
            let (again, found) = build(&there.path().join(&unpacked.manifest));
            assert_eq!(found, "");
            assert!(made.iter().map(|a| &a.bytes).eq(again.iter().map(|a| &a.bytes)), "{}", artifact.name);
        }
    }
}

#[test]
fn changes_are_looked_for_under_the_name_that_the_disk_has() {
    let place = tempfile::tempdir().expect("a folder");
    accented(place.path(), composed, apart);
    let mut report = Report::new();
    press(
        &Job { manuscript: Manuscript::on_disk(place.path().join("b")), wanted: Wanted::NOTHING },
        &mut report,
    );
    let places = report.trail().places();
    for name in ["préface.md", "été/carré.svg", "covers/é.svg"] {
        let there =
            |(path, stamp): (&std::path::PathBuf, &Option<_>)| path.ends_with(apart(name)) && stamp.is_some();
        assert!(places.iter().any(there), "{name}: {:?}", places.keys());
    }
}

#[test]
fn families_are_found_however_their_accents_are_stored() {
    let place = tempfile::tempdir().expect("a folder");
    write(&place.path().join("text.md"), "Some text.\n");
    write(&place.path().join("fonts/a.otf"), super::strangefonts::font_named(0, "Fae\u{301}rhaus1"));
    let manifest = format!("{MANIFEST}chapters = [\"text.md\"]\n[design]\nfont = \"faérhaus1 serif\"\n");
    write(&place.path().join("manifest.toml"), manifest);
    let (made, found) = build(place.path());
    assert!(made.len() == 3 && !found.contains("B011"), "{found}");
}

#[test]
fn a_name_that_is_nearly_there_is_asked_for_in_any_part_of_the_path() {
    let place = tempfile::tempdir().expect("a folder");
    write(
        &place.path().join("manifest.toml"),
        format!("{MANIFEST}chapters = [\"Texts/one.md\", \"texts/prèface.md\"]\n"),
    );
    write(&place.path().join("texts/one.md"), "Some text.\n");
    write(&place.path().join(apart("texts/préface.md")), "Some text.\n");
    let (_, found) = build(place.path());
    for hint in ["did you mean “texts/one.md”?", "did you mean “texts/préface.md”?"] {
        assert!(found.contains(hint), "{found}");
    }
}

#[test]
fn a_note_about_sources_names_the_manifest_as_it_was_given() {
    let place = tempfile::tempdir().expect("a folder");
    for name in ["one", "two"] {
        write(
            &place.path().join(name).join("manifest.toml"),
            format!("{MANIFEST}chapters = [\".text.md\"]\n"),
        );
        write(&place.path().join(name).join(".text.md"), "Some text.\n");
        let given = place.path().join(name);
        let (made, found) = build(&given);
        assert_eq!(made.len(), 3, "{found}");
        let manifest = given.join("manifest.toml").display().to_string();
        assert!(found.contains("R002") && found.contains(&manifest), "{found}");
    }
}
