//! What becomes of files: none is lost that the program did not make, none is left half made, none is left
//! behind; and what is said where that cannot be.

use booklet::folder::Manuscript;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, SystemTime};

use super::started::{self, names, out, program, run};

/// What is said; never in the system's words, never with the name of a temporary file.
fn err(output: &Output) -> String {
    let text = started::err(output);
    assert!(!text.contains("os error") && !text.contains(".booklet-"), "{text}");
    text
}

/// Runs it, and holds it to an exit code.
fn ends(code: i32, arguments: &[&str], folder: &Path) -> (String, String) {
    let output = run(arguments, folder);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", err(&output));
    (out(&output), err(&output))
}

fn write(path: &Path, contents: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, contents).expect("a file");
}

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_default()
}

fn booklet(folder: &Path, slug: &str, more: &str, text: &str) {
    let manifest =
        format!("title = \"News\"\nlanguage = \"en\"\nslug = \"{slug}\"\nchapters = [\"a.md\"]\n{more}");
    write(&folder.join("manifest.toml"), manifest);
    write(&folder.join("a.md"), text);
}

/// A folder with a booklet `b` in it.
fn place() -> (tempfile::TempDir, PathBuf) {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("b");
    booklet(&folder, "news", "", "# One\n\nText.\n");
    (place, folder)
}

/// A picture that somebody took from elsewhere, large enough for a cover.
fn picture() -> Vec<u8> {
    use booklet::picture::{PixelFormat, Raster, png};
    let (width, height) = (1240, 1754);
    let pixels = (0..width * height).map(|at| (at % width / 5) as u8).collect();
    let format = PixelFormat::Gray;
    png(&Raster { width, height, dpi: Some(300.0), format, pixels, photographic: false })
}

const ALL: [&str; 3] = ["news-print.pdf", "news.epub", "news.pdf"];

#[test]
fn no_output_takes_the_place_of_what_the_booklet_is_made_of() {
    let picture = picture();
    for (kind, name, more, text) in [
        ("cover", "news-cover.png", "[cover]\nfront = \"news-cover.png\"\n", "# One\n"),
        ("picture", "news.png", "", "# One\n\n![A tree](news.png)\n"),
        ("pages", "news-001.png", "", "# One\n\n![A tree](news-001.png)\n"),
        ("sheets", "news-print-001.png", "", "# One\n\n![A tree](news-print-001.png)\n"),
        ("cover", "News-COVER.png", "[cover]\nfront = \"News-COVER.png\"\n", "# One\n"),
    ] {
        let place = tempfile::tempdir().expect("a folder");
        booklet(place.path(), "news", more, text);
        write(&place.path().join(name), &picture);
        let before = names(place.path());
        let (said, why) = ends(2, &["build", ".", "--only", kind, "-o", "."], place.path());
        assert!(said.is_empty() && why.contains(name) && why.contains("-o"), "{why}");
        assert_eq!(read(&place.path().join(name)), picture, "{name}");
        assert_eq!(names(place.path()), before);
    }
}

#[cfg(unix)]
#[test]
fn what_the_booklet_is_made_of_is_known_by_any_name() {
    let picture = picture();
    let link = |from: &Path, to: &str| std::os::unix::fs::symlink(to, from).expect("a link");
    let same = |from: &Path, to: &Path| fs::hard_link(to, from).expect("a second name");
    for how in 0..4 {
        let place = tempfile::tempdir().expect("a folder");
        let folder = place.path();
        booklet(folder, "news", "[cover]\nfront = \"front.png\"\n", "# One\n");
        let (front, cover) = (folder.join("front.png"), folder.join("news-cover.png"));
        let mut out = ".";
        match how {
            // The source is a link to where the output goes, and the other way round.
            0 => {
                write(&cover, &picture);
                link(&front, "news-cover.png");
            }
            1 => {
                write(&front, &picture);
                link(&cover, "front.png");
            }
            // One file with two names.
            2 => {
                write(&front, &picture);
                same(&cover, &front);
            }
            // The folder has two names.
            _ => {
                out = "other";
                write(&cover, &picture);
                link(&front, "news-cover.png");
                link(&folder.join("other"), ".");
            }
        }
        let (_, why) = ends(2, &["build", ".", "--only", "cover", "-o", out], folder);
        assert!(why.contains("front.png") && why.contains("news-cover.png"), "{how}: {why}");
        assert_eq!(read(&front), picture, "{how}");
    }
}

#[test]
fn no_output_takes_the_place_of_what_another_booklet_of_the_run_is_made_of() {
    let (place, folder) = place();
    ends(0, &["build", "b", "--only", "cover", "-o", "list/covers"], place.path());
    booklet(&place.path().join("list"), "list", "", "# All\n\n![News](covers/news-cover.png)\n");
    write(
        &folder.join("manifest.toml"),
        "title = \"Other\"\nslug = \"news\"\nlanguage = \"en\"\nchapters = [\"a.md\"]\n",
    );
    let cover = place.path().join("list/covers/news-cover.png");
    let old = read(&cover);
    let (_, why) = ends(2, &["build", "b", "list", "--only", "cover", "-o", "list/covers"], place.path());
    assert!(why.contains("news-cover.png"), "{why}");
    assert_eq!(read(&cover), old);
    // By itself it is made anew, as ever.
    ends(0, &["build", "b", "--only", "cover", "-o", "list/covers"], place.path());
    assert_ne!(read(&cover), old);
}

#[test]
fn a_file_that_booklet_did_not_make_is_not_replaced_and_one_that_it_made_is() {
    let (place, folder) = place();
    let kinds = ["epub", "kepub", "reading", "print", "picture", "cover", "pages", "sheets"];
    let mut command = vec!["build", "b"];
    kinds.iter().for_each(|kind| command.extend(["--only", kind]));
    let (made, _) = ends(0, &command, place.path());
    let old: Vec<Vec<u8>> = made.lines().map(|path| read(&place.path().join(path))).collect();
    booklet(&folder, "news", "subtitle = \"And other words\"\n", "# Two\n\nOther words.\n");
    ends(0, &command, place.path());
    let changed =
        made.lines().zip(&old).filter(|(path, old)| read(&place.path().join(path)) != **old).count();
    assert!(changed >= 7, "{changed} of {made}");
    for (kind, name, other) in [
        ("reading", "news.pdf", &b"%PDF-1.4\nmine"[..]),
        ("print", "news-print.pdf", &b"words"[..]),
        ("epub", "news.epub", &b"PK\x03\x04 mine"[..]),
        ("cover", "news-cover.png", &picture()[..]),
        ("pages", "news-001.png", &picture()[..]),
    ] {
        let path = folder.join("dist").join(name);
        let (mine, command) = (read(&path), ["build", "b", "--only", kind]);
        write(&path, other);
        let (_, why) = ends(2, &command, place.path());
        assert!(why.contains(name) && why.contains("did not make"), "{why}");
        assert_eq!(read(&path), other);
        // Nothing is lost with a file that is empty.
        write(&path, "");
        ends(0, &command, place.path());
        assert_eq!(read(&path), mine, "{name}");
    }
    write(&place.path().join("test-sheet.pdf"), "mine");
    assert!(ends(2, &["test-sheet"], place.path()).1.contains("test-sheet.pdf"));
    assert_eq!(read(&place.path().join("test-sheet.pdf")), b"mine");
}

#[cfg(unix)]
#[test]
fn a_link_that_came_with_the_booklet_is_told_and_overwrites_nothing() {
    use std::os::unix::fs::symlink;
    let (place, folder) = place();
    let victim = place.path().join("victim");
    write(&victim.join("news.pdf"), "my thesis");
    symlink("../victim", folder.join("dist")).expect("a link");
    let (said, why) = ends(2, &["build", "b"], place.path());
    assert!(said.is_empty() && why.contains("is a link") && why.contains("victim"), "{why}");
    assert_eq!((names(&victim).len(), read(&victim.join("news.pdf"))), (1, b"my thesis".to_vec()));
    fs::remove_file(victim.join("news.pdf")).expect("removed");
    let (said, why) = ends(0, &["build", "b"], place.path());
    assert!(why.contains("is a link") && said.lines().count() == 3, "{why}");
    assert!(!ends(0, &["build", "b", "-o", "b/dist"], place.path()).1.contains("is a link"));
    fs::remove_dir_all(&victim).expect("removed");
    for more in [&[][..], &["-o", "b/dist"]] {
        let (_, why) = ends(2, &[&["build", "b"], more].concat(), place.path());
        assert!(why.contains("leads nowhere") && !why.contains("exists"), "{why}");
    }
    assert!(!victim.exists());
}

#[test]
fn when_one_file_cannot_be_replaced_none_is() {
    let (place, folder) = place();
    ends(0, &["build", "b"], place.path());
    let dist = folder.join("dist");
    let old: Vec<Vec<u8>> = ALL[1..].iter().map(|name| read(&dist.join(name))).collect();
    fs::remove_file(dist.join("news-print.pdf")).expect("removed");
    fs::create_dir(dist.join("news-print.pdf")).expect("a folder");
    write(&folder.join("a.md"), "# Two\n");
    let (said, why) = ends(2, &["build", "b"], place.path());
    assert!(
        said.is_empty() && why.contains("news-print.pdf") && why.contains("folder of that name"),
        "{why}"
    );
    assert_eq!(ALL[1..].iter().map(|name| read(&dist.join(name))).collect::<Vec<_>>(), old);
    assert_eq!(names(&dist), ALL);
}

#[test]
fn files_that_do_not_change_are_not_written_again() {
    let (place, folder) = place();
    let (first, _) = ends(0, &["build", "b"], place.path());
    let long_ago = SystemTime::now() - Duration::from_secs(1000);
    for name in ALL {
        let file = fs::File::options().write(true).open(folder.join("dist").join(name)).expect("a file");
        file.set_modified(long_ago).expect("a time");
    }
    let written = |name: &str| {
        let time = fs::metadata(folder.join("dist").join(name)).and_then(|m| m.modified()).expect("a time");
        time > long_ago + Duration::from_secs(10)
    };
    assert_eq!(ends(0, &["build", "b"], place.path()).0, first);
    assert!(!ALL.iter().any(|name| written(name)));
    // Only the print PDF says on which edge the paper is turned.
    booklet(&folder, "news", "sources = false\n", "# One\n\nText.\n");
    ends(0, &["build", "b"], place.path());
    assert_eq!(ALL.map(written), [false, true, true]);
}

#[cfg(unix)]
#[test]
fn few_files_are_open_at_once_however_many_are_written() {
    let (place, folder) = place();
    let text: String = (0..140).map(|i| format!("# Chapter {i}\n\nText.\n\n")).collect();
    booklet(&folder, "news", "[design]\npage = { width = \"70mm\", height = \"99mm\" }\n", &text);
    let line = format!("ulimit -n 20; exec '{}' build b --only pages -q", env!("CARGO_BIN_EXE_booklet"));
    let output = Command::new("sh").args(["-c", &line]).current_dir(place.path()).output().expect("a shell");
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(names(&folder.join("dist")).len() > 24);
}

#[test]
fn a_new_booklet_is_there_whole_or_not_at_all() {
    let (place, _) = place();
    let folder = place.path().join("mine");
    write(&folder.join("first.md"), "# Mine\n");
    let (_, why) = ends(2, &["new", "mine"], place.path());
    assert!(why.contains("first.md is there already"), "{why}");
    assert_eq!(
        (names(&folder), read(&folder.join("first.md"))),
        (vec!["first.md".to_owned()], b"# Mine\n".to_vec())
    );
    fs::rename(folder.join("first.md"), folder.join("notes.txt")).expect("renamed");
    ends(0, &["new", "mine"], place.path());
    assert_eq!(names(&folder), ["back.md", "first.md", "manifest.toml", "notes.txt"]);
    ends(0, &["build", "mine"], place.path());
    // What could not be built is not begun.
    let long = "a".repeat(100_000);
    for title in ["a\u{7}b", "a\nb", "\u{ffff}", &long] {
        let (_, why) = ends(2, &["new", "deep/other", "--title", title], place.path());
        assert!(why.contains("title") && why.contains("hint: "), "{why}");
        assert!(!place.path().join("deep").exists());
    }
    ends(0, &["new", "deep/other", "--title", "A \"b\" \\ c’s"], place.path());
    ends(0, &["build", "deep/other"], place.path());
}

#[test]
fn unpacking_fills_an_empty_folder_under_any_of_its_names() {
    let (place, folder) = place();
    ends(0, &["build", "b"], place.path());
    let file = folder.join("dist/news.pdf").display().to_string();
    let filled = |folder: &Path| {
        assert_eq!(names(folder), ["a.md", "manifest.toml"], "{}", folder.display());
        fs::remove_dir_all(folder).expect("removed");
    };
    let empty = place.path().join("e");
    for (from, name) in [("e", "."), ("b", "../e"), (".", "e"), (".", "e/"), (".", "b/../e"), ("e", "../e/.")]
    {
        fs::create_dir_all(&empty).expect("a folder");
        ends(0, &["unpack", &file, name], &place.path().join(from));
        filled(&empty);
    }
    ends(0, &["unpack", &file, "new/e"], place.path());
    filled(&place.path().join("new/e"));
    #[cfg(unix)]
    {
        fs::create_dir_all(&empty).expect("a folder");
        std::os::unix::fs::symlink("e", place.path().join("link")).expect("a link");
        ends(0, &["unpack", &file, "link"], place.path());
        filled(&empty);
        assert!(ends(2, &["unpack", &file, "link"], place.path()).1.contains("leads nowhere"));
    }
    write(&empty.join("mine"), "mine");
    assert!(ends(2, &["unpack", &file, "."], &empty).1.contains("something in it"));
    assert_eq!(names(&empty), ["mine"]);
}

#[test]
fn booklets_that_would_write_one_file_are_named_and_the_others_are_made() {
    let (place, _) = place();
    booklet(&place.path().join("c"), "news", "", "# One\n");
    booklet(&place.path().join("d"), "other", "", "# One\n");
    let (said, why) = ends(2, &["build", "b", "c", "d", "d/manifest.toml", "-o", "out"], place.path());
    assert!(why.contains(": b and c") && why.contains("given twice"), "{why}");
    assert_eq!(said.lines().count(), 3);
    assert_eq!(names(&place.path().join("out")), ["other-print.pdf", "other.epub", "other.pdf"]);
    // Nothing clashes in folders of their own; results come in the order of the manifests.
    let (said, _) = ends(0, &["build", "d", "c", "b"], place.path());
    let order: Vec<char> = said.lines().step_by(3).filter_map(|line| line.chars().next()).collect();
    assert_eq!(order, ['d', 'c', 'b']);
    // Pictures of pages, too, before anybody knows how many there are.
    booklet(&place.path().join("e"), "news-003", "", "# One\n");
    let pictures = ["build", "b", "e", "-o", "pictures", "--only", "pages", "--only", "picture"];
    assert!(ends(2, &pictures, place.path()).1.contains("b and e"));
}

#[test]
fn every_file_is_named_before_it_is_made() {
    use booklet::diagnostic::Report;
    use booklet::press::{Job, Name, Pictures, Wanted, names, press};
    let (_place, folder) = place();
    let print = "[cover]\nseparate = true\n[[print]]\nname = \"one\"\nbinding = \"perfect\"\ninstructions = true\n\
                 [[print]]\nname = \"two\"\n";
    booklet(&folder, "news", print, "# One\n\nText.\n\n# Two\n\nText.\n");
    let pictures = Pictures { contact: true, cover: true, pages: true, sheets: true };
    let wanted = Wanted { epub: true, kepub: true, reading: true, print: true, pictures };
    let mut report = Report::new();
    let manifest =
        booklet::booklet::manifest(&Manuscript::on_disk(&folder), &mut report).expect("a manifest");
    let planned = names(&manifest, wanted);
    let made = press(&Job { manuscript: Manuscript::on_disk(folder), wanted }, &mut report);
    assert!(made.len() > 15, "{:?}", report.diagnostics());
    let is = |name: &Name, file: &str| match name {
        Name::One(name) => name == file,
        Name::Numbered(stem) => {
            file.strip_prefix(stem).and_then(|f| f.strip_prefix('-')).is_some_and(|rest| {
                rest.strip_suffix(".png").is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()))
            })
        }
    };
    for artifact in &made {
        assert_eq!(planned.iter().filter(|name| is(name, &artifact.name)).count(), 1, "{}", artifact.name);
    }
    for name in &planned {
        assert!(made.iter().any(|artifact| is(name, &artifact.name)), "{name:?}");
    }
}

/// What a killed program left goes with the next build; what somebody else keeps there stays.
#[test]
fn what_killed_programs_left_is_swept_up() {
    let (place, folder) = place();
    for name in [".booklet-999999999-0/lock", ".booklet-999999999-0/new/news.pdf"] {
        write(&folder.join("dist").join(name), "half");
    }
    write(&folder.join("dist/.booklet-notes"), "mine");
    ends(0, &["build", "b"], place.path());
    assert_eq!(names(&folder.join("dist")), [&[".booklet-notes"][..], &ALL].concat());
}

#[cfg(unix)]
#[test]
fn an_interrupted_build_leaves_nothing_behind() {
    let (place, folder) = place();
    ends(0, &["build", "b"], place.path());
    let read_all = || ALL.map(|name| read(&folder.join("dist").join(name)));
    let mut old = read_all();
    for (round, signal) in ["INT", "TERM", "HUP", "INT", "TERM", "INT"].into_iter().enumerate() {
        write(&folder.join("a.md"), format!("# One\n\nText {round}.\n").repeat(60));
        let mut child = program()
            .args(["build", "b", "-q"])
            .current_dir(place.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        std::thread::sleep(Duration::from_millis(30 + 40 * round as u64));
        let kill = format!("kill -{signal} {}", child.id());
        let _ = Command::new("sh").args(["-c", &kill]).stderr(Stdio::null()).status();
        let code = child.wait().expect("its end").code();
        let new = read_all();
        match code {
            Some(0) => assert!(new.iter().zip(&old).all(|(new, old)| new != old)),
            // Ended while it put them in place, or before.
            Some(130) => assert_eq!(new.iter().zip(&old).filter(|(new, old)| new != old).count() % 3, 0),
            // Before it was ready to be asked.
            None => assert!(new == old),
            other => panic!("{signal}: {other:?}"),
        }
        assert_eq!(names(&folder.join("dist")), ALL, "{signal} in round {round}");
        old = new;
    }
}
