//! Every mistake has a folder under `tests/invalid/`, and every folder the words that a user then reads.
//!
//! Comes in: `CODE-short-name/` with a booklet that makes the mistake. Goes out: what the press finds,
//! rendered, held against `expected.txt`; `BLESS=1` writes that file anew. A booklet is copied before it
//! is pressed. Files that cannot lie in a repository are made by a line each of `setup.txt`:
//! `sparse NAME BYTES`, `hex NAME DIGITS`, `link NAME TARGET`, `folder NAME`, `font NAME FSTYPE`, `damaged NAME` (a font),
//! `text NAME COUNT WORDS…` (the words, that many times), `twins NAME OTHER` (two files, where the system
//! does not take the names for one). A folder with a file `given.pdf` or `given.epub`
//! is about reading finished files back: what unpacking that file finds is held against `expected.txt`. Such
//! a file is made by `made NAME KIND` (an output of the folder's own booklet), `turn NAME BYTE` (one byte of it
//! changed) or `carrier NAME COUNT PATH` (an EPUB with so many files at the path as its sources).

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use booklet::diagnostic::{Report, codes, render};
use booklet::folder::{Folder, Manuscript};
use booklet::press::{Job, Wanted, press};
use booklet::reprint;
use tempfile::TempDir;

use super::hostile::carrier;
use super::memory::in_memory;
use super::strangefonts::{font, font_with_lost_names};

/// Codes without a folder, and why.
const WITHOUT: [(&str, &str); 2] = [
    ("B007", "needs a file that the user may not read, and tests may run as a user who may read all"),
    ("X001", "is a fault of booklet itself: whatever provokes one is mended; see `src/diagnostic/fault.rs`"),
];

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/invalid")
}

/// The folders, sorted.
fn folders() -> Vec<PathBuf> {
    let entries = fs::read_dir(top()).expect("tests/invalid");
    let mut list: Vec<_> = entries.map(|e| e.expect("an entry").path()).filter(|p| p.is_dir()).collect();
    list.sort();
    list
}

fn code_of(folder: &Path) -> String {
    let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
    name.split('-').next().expect("a code").to_owned()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else if !path.ends_with("expected.txt") && !path.ends_with("setup.txt") {
            fs::copy(&path, &target).expect("a copy");
        }
    }
}

/// Follows `setup.txt`; false if this machine cannot.
fn set_up(folder: &Path, steps: &str) -> bool {
    for step in steps.lines().filter(|l| !l.is_empty()) {
        let words: Vec<&str> = step.split_whitespace().collect();
        let file = folder.join(words[1]);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        match words[0] {
            "sparse" => {
                let made = fs::File::create(&file).expect("a file");
                made.set_len(words[2].parse().expect("a size")).expect("a size");
            }
            "hex" => {
                let digits: Vec<u8> = words[2..].concat().into_bytes();
                let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).expect("hex"), 16);
                let bytes: Vec<u8> = digits.chunks(2).map(|pair| byte(pair).expect("hex")).collect();
                fs::write(&file, bytes).expect("a file");
            }
            "text" => {
                let count: usize = words[2].parse().expect("a count");
                fs::write(&file, words[3..].join(" ").repeat(count)).expect("a file");
            }
            "made" => {
                let job = Job { manuscript: Manuscript::on_disk(folder), wanted: Wanted::ALL };
                let made = press(&job, &mut Report::new());
                let kind = ["epub", "reading", "print"].iter().position(|kind| *kind == words[2]);
                fs::write(&file, &made[kind.expect("a kind")].bytes).expect("a file");
            }
            "turn" => {
                let mut bytes = fs::read(&file).expect("a file");
                bytes[words[2].parse::<usize>().expect("a place")] ^= 1;
                fs::write(&file, bytes).expect("a file");
            }
            "carrier" => {
                let count = words[2].parse().expect("a count");
                let path = |number: usize| words[3].replace('#', &number.to_string());
                let paths: Vec<(String, Vec<u8>)> = (0..count).map(|n| (path(n), Vec::new())).collect();
                fs::write(&file, carrier(&paths)).expect("a file");
            }
            "twins" => {
                let other = folder.join(words[2]);
                fs::write(&file, "Some text.").expect("a file");
                if other.exists() {
                    return false;
                }
                fs::write(&other, "Other text.").expect("a file");
            }
            "folder" => fs::create_dir_all(&file).expect("a folder"),
            "damaged" => fs::write(&file, font_with_lost_names()).expect("a font"),
            "font" => fs::write(&file, font(words[2].parse().expect("bits"))).expect("a font"),
            #[cfg(unix)]
            "link" => std::os::unix::fs::symlink(words[2], &file).expect("a link"),
            #[cfg(not(unix))]
            "link" => return false,
            other => panic!("setup.txt cannot do {other}"),
        }
    }
    true
}

/// The booklet of a folder, copied and set up as `booklet` in a folder of its own; none if this machine cannot.
fn copied(folder: &Path) -> Option<TempDir> {
    let place = tempfile::tempdir().expect("a folder");
    let copied = place.path().join("booklet");
    copy(folder, &copied);
    let steps = fs::read_to_string(folder.join("setup.txt")).unwrap_or_default();
    set_up(&copied, &steps).then_some(place)
}

/// What a user reads who builds the booklet of a folder.
fn findings(folder: &Path) -> Option<(Report, String)> {
    let place = copied(folder)?;
    let copied = place.path().join("booklet");
    let mut report = Report::new();
    let given = ["given.pdf", "given.epub"].into_iter().find(|name| copied.join(name).exists());
    if let Some(name) = given {
        let bytes = fs::read(copied.join(name)).expect("a file");
        assert!(reprint::unpack(&bytes, name, &mut report).is_none(), "{}", folder.display());
    } else {
        let job = Job { manuscript: Manuscript::on_disk(&copied), wanted: Wanted::NOTHING };
        press(&job, &mut report);
    }
    let shown = render::render(&report, false);
    let here = format!("{}{}", copied.display(), std::path::MAIN_SEPARATOR);
    let shown = shown.replace(&here, "").replace(&copied.display().to_string(), ".");
    Some((report, shown))
}

#[test]
fn every_code_has_a_folder_and_every_folder_a_code() {
    let known: BTreeSet<&str> = codes::ALL.iter().map(|(code, _)| code.0).collect();
    assert_eq!(known.len(), codes::ALL.len(), "a code stands twice in codes.rs");
    let shown: BTreeSet<String> = folders().iter().map(|f| code_of(f)).collect();
    let strange: Vec<_> = shown.iter().filter(|code| !known.contains(code.as_str())).collect();
    assert!(strange.is_empty(), "folders without a code: {strange:?}");
    let excused = |code: &&&str| WITHOUT.iter().any(|(without, _)| *without == **code);
    let lacking: Vec<_> = known.iter().filter(|c| !shown.contains(**c) && !excused(c)).collect();
    assert!(lacking.is_empty(), "codes without a folder: {lacking:?}");
}

#[test]
fn every_mistake_is_told_in_the_words_that_we_chose() {
    let mut wrong = Vec::new();
    for folder in folders() {
        let Some((report, shown)) = findings(&folder) else { continue };
        let code = code_of(&folder);
        let found = report.diagnostics().iter().any(|d| d.code.0 == code);
        assert!(found, "{} does not provoke {code}:\n{shown}", folder.display());
        let golden = folder.join("expected.txt");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&golden, &shown).expect("a golden file");
        } else if fs::read_to_string(&golden).unwrap_or_default() != shown {
            wrong.push(format!("{}:\n{shown}", folder.display()));
        }
    }
    assert!(wrong.is_empty(), "not as expected (BLESS=1 accepts):\n{}", wrong.join("\n"));
}

/// Memory has no links and no devices; all else is found there as it is on the disk, in the same words.
#[test]
fn every_mistake_is_the_same_one_in_memory() {
    let mut compared = 0;
    for folder in folders() {
        let Some(place) = copied(&folder) else { continue };
        let path = place.path().join("booklet");
        let Some(files) = in_memory(&[&path]) else { continue };
        let found = |folder| {
            let mut report = Report::new();
            let manuscript = Manuscript { folder, path: path.clone() };
            press(&Job { manuscript, wanted: Wanted::NOTHING }, &mut report);
            render::render(&report, false)
        };
        assert_eq!(found(files), found(Folder::Disk), "{}", folder.display());
        compared += 1;
    }
    assert!(compared > 80, "{compared}");
}

/// Every error says where it is and how to mend it. (A warning may be about a page that the booklet adds
/// by itself, which is written nowhere.)
#[test]
fn every_error_has_a_place_and_a_hint() {
    for folder in folders() {
        let Some((report, shown)) = findings(&folder) else { continue };
        for finding in report.diagnostics() {
            let placed = finding.span.is_some() || finding.file.is_some();
            assert!(!finding.message.ends_with('.'), "{}", finding.message);
            let grave = finding.severity == booklet::diagnostic::Severity::Error;
            let hinted = !finding.hints.is_empty();
            assert!(!grave || (placed && hinted), "{}:\n{shown}", folder.display());
        }
    }
}
