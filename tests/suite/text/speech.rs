//! What the program says on which stream, what `-q` leaves of it, and what becomes of a stream that takes
//! nothing.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::program::started::{err, out};

fn run(arguments: &[&str], folder: &Path) -> Output {
    said_to(arguments, folder, Stdio::piped())
}

fn said_to(arguments: &[&str], folder: &Path, stdout: impl Into<Stdio>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_booklet"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).stdout(stdout).stderr(Stdio::piped());
    command.spawn().and_then(std::process::Child::wait_with_output).expect("the program runs")
}

/// A folder with a small booklet in `b/`.
fn small() -> tempfile::TempDir {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("b");
    fs::create_dir_all(&folder).expect("a folder");
    let manifest = "title = \"A small booklet\"\nlanguage = \"en\"\nchapters = [\"text.md\"]\n";
    fs::write(folder.join("manifest.toml"), manifest).expect("a manifest");
    fs::write(folder.join("text.md"), "# A chapter\n\nSome text.\n").expect("a chapter");
    place
}

/// The commands that say their result on the standard output.
fn speaking(place: &Path) -> Vec<Vec<String>> {
    let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let file = place.join("b/dist/a-small-booklet.pdf").display().to_string();
    vec![
        words(&["build", "b"]),
        words(&["fonts"]),
        words(&["completions", "bash"]),
        words(&["test-sheet"]),
        words(&["verify", &file, "b"]),
        words(&["unpack", &file, "unpacked"]),
        words(&["new", "made"]),
        words(&["--help"]),
        words(&["help", "build"]),
        words(&["--version"]),
        words(&["preview", "--help"]),
    ]
}

#[cfg(target_os = "linux")]
#[test]
fn a_standard_output_that_takes_nothing_is_told() {
    let place = small();
    assert_eq!(run(&["build", "b"], place.path()).status.code(), Some(0));
    for words in speaking(place.path()) {
        let full =
            fs::OpenOptions::new().write(true).open("/dev/full").expect("a device that is always full");
        let list: Vec<&str> = words.iter().map(String::as_str).collect();
        let output = said_to(&list, place.path(), full);
        assert_eq!(output.status.code(), Some(2), "{words:?}: {}", err(&output));
        assert!(
            err(&output).contains("the standard output cannot be written to: "),
            "{words:?}: {}",
            err(&output)
        );
        assert!(!err(&output).contains("os error"), "{}", err(&output));
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_gone_away_is_no_error() {
    let place = small();
    assert_eq!(run(&["build", "b"], place.path()).status.code(), Some(0));
    for words in speaking(place.path()) {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let list: Vec<&str> = words.iter().map(String::as_str).collect();
        let output = said_to(&list, place.path(), writer);
        assert_eq!(output.status.code(), Some(0), "{words:?}: {}", err(&output));
        assert!(!err(&output).contains("error"), "{words:?}: {}", err(&output));
    }
}

#[test]
fn quiet_leaves_the_result_and_what_is_wrong() {
    let place = small();
    let manifest = place.path().join("b/manifest.toml");
    let good = fs::read_to_string(&manifest).expect("a manifest");
    // In front of a command or behind it, for every command.
    for words in
        [vec!["-q", "build", "b"], vec!["build", "b", "-q"], vec!["build", "-q", "b", "--copies", "9"]]
    {
        let output = run(&words, place.path());
        assert_eq!((output.status.code(), out(&output).lines().count()), (Some(0), 3), "{words:?}");
        assert_eq!(err(&output), "", "{words:?}");
    }
    for words in [vec!["check", "b", "-q"], vec!["new", "other", "-q"], vec!["test-sheet", "-q"]] {
        let output = run(&words, place.path());
        assert_eq!((output.status.code(), err(&output)), (Some(0), String::new()), "{words:?}");
    }
    // A mistake is told with what helps, and is not counted.
    fs::write(&manifest, good.replace("language", "langage")).expect("a manifest");
    for (words, tally) in [(vec!["check", "b"], true), (vec!["-q", "check", "b"], false)] {
        let output = run(&words, place.path());
        assert_eq!(output.status.code(), Some(1));
        assert!(err(&output).contains("did you mean `language`?"), "{}", err(&output));
        assert_eq!(err(&output).contains("1 error"), tally, "{}", err(&output));
    }
    let output = run(&["new", "b", "-q"], place.path());
    assert!(err(&output).contains("hint: "), "{}", err(&output));
}

#[test]
fn findings_come_before_they_are_counted() {
    let place = small();
    let manifest = place.path().join("b/manifest.toml");
    let good = fs::read_to_string(&manifest).expect("a manifest");
    fs::write(&manifest, good.replace("language", "langage")).expect("a manifest");
    let nowhere = "nowhere/manifest.toml";
    for words in [
        vec!["build", "b"],
        vec!["check", "b"],
        vec!["test-sheet", "b"],
        vec!["verify", "b/manifest.toml", "b"],
        vec!["build", nowhere],
        vec!["preview", nowhere],
        vec!["watch", nowhere],
    ] {
        let output = run(&words, place.path());
        let said = err(&output);
        let finding = said.find("error[").unwrap_or_else(|| panic!("{words:?}: {said}"));
        let tally = said.find(": 1 error").or(said.find(": 2 errors"));
        assert!(tally.is_some_and(|tally| finding < tally), "{words:?}: {said}");
    }
}

#[test]
fn commands_that_are_shown_can_be_typed() {
    let place = tempfile::tempdir().expect("a folder");
    for (folder, shown) in [
        ("my folder", "booklet build 'my folder'"),
        ("plain", "booklet build plain"),
        ("it's", "booklet build 'it'\\''s'"),
        ("$HOME", "booklet build '$HOME'"),
    ] {
        let output = run(&["new", folder], place.path());
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        if cfg!(unix) {
            assert!(err(&output).trim_end().ends_with(shown), "{}", err(&output));
        }
    }
    let output = run(&["new", "--", "-x y"], place.path());
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    #[cfg(unix)]
    {
        assert!(err(&output).contains("booklet build './-x y'"), "{}", err(&output));
        // What is shown builds what was made.
        let program = env!("CARGO_BIN_EXE_booklet").replace('\'', "'\\''");
        let line = err(&output);
        let command = line.split("booklet build ").nth(1).expect("a command").trim_end();
        let script = format!("'{program}' build {command} && '{program}' unpack './-x y'/dist/*.epub 'a $b'");
        let done =
            Command::new("sh").args(["-c", &script]).current_dir(place.path()).output().expect("a shell");
        assert!(done.status.success(), "{}", err(&done));
        assert!(err(&done).contains("booklet build 'a $b/manifest.toml'"), "{}", err(&done));
    }
}
