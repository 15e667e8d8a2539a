//! The same booklet gives the same bytes: twice in one process, in two, in another folder, under another
//! user's settings, with one thread or four; and nothing of the machine gets into them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use booklet::diagnostic::Report;
use booklet::folder::Manuscript;
use booklet::press::{Job, Wanted, press};

const TEXT: &str = "# A chapter\n\nSome “text” with a note.[^1]\n\n- One\n- Two\n\n## A heading\n\n\
    > A quotation, and *emphasis*.\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n`code`\n\n[^1]: The note.\n";

fn write(folder: &Path) {
    fs::create_dir_all(folder).expect("a folder");
    let manifest = "title = \"The same\"\nlanguage = \"en\"\nauthors = [\"A collective\"]\n\
        chapters = [\"one.md\", \"two.md\"]\n[[print]]\nname = \"home\"\n[[print]]\nname = \"shop\"\nsheet = \"A3\"\n\
        creep = { paper = \"0.1mm\" }\nmarks = [\"fold\"]\n";
    fs::write(folder.join("manifest.toml"), manifest).expect("a manifest");
    for name in ["one.md", "two.md"] {
        fs::write(folder.join(name), format!("{TEXT}\n{}", "Many words. ".repeat(400))).expect("a chapter");
    }
}

/// Names and bytes of all files in a folder, by name.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<PathBuf> = entries.map(|e| e.expect("an entry").path()).collect();
    paths.sort();
    let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    paths.into_iter().map(|path| (name(&path), fs::read(&path).expect("a file"))).collect()
}

/// Builds `folder` in a process of its own.
fn build(folder: &Path, settings: &[(&str, &str)], arguments: &[&str]) -> Vec<(String, Vec<u8>)> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_booklet"));
    command.arg("build").arg(folder).args(arguments).envs(settings.iter().copied()).stdin(Stdio::null());
    let output = command.output().expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    files(&folder.join("dist"))
}

fn assert_same(one: &[(String, Vec<u8>)], other: &[(String, Vec<u8>)], what: &str) {
    let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(n, _)| n.clone()).collect::<Vec<_>>();
    assert_eq!(names(one), names(other), "{what}");
    for ((name, a), (_, b)) in one.iter().zip(other) {
        let part = a.iter().zip(b).position(|(x, y)| x != y);
        assert!(a == b, "{what}: {name} parts at byte {part:?}, lengths {} and {}", a.len(), b.len());
    }
}

#[test]
fn twice_in_one_process() {
    let place = tempfile::tempdir().expect("a folder");
    write(place.path());
    let make = || {
        let mut report = Report::new();
        let job = Job { manuscript: Manuscript::on_disk(place.path()), wanted: Wanted::ALL };
        let made = press(&job, &mut report);
        assert!(!report.has_errors());
        made.into_iter().map(|a| (a.name, a.bytes)).collect::<Vec<_>>()
    };
    let first = make();
    assert_eq!(first.len(), 4);
    assert_same(&first, &make(), "a second time");
}

#[test]
fn as_editors_and_checkouts_on_windows_leave_the_files() {
    // Line ends and byte-order marks are nothing that anybody wrote: in no text of these may they be seen.
    let place = tempfile::tempdir().expect("a folder");
    let text =
        format!("{TEXT}\n```\nline by line\n\n  of code\n```\n\n<!-- left\nout -->\n\nA verse,\\\nbroken.\n");
    let manifest = "title = \"The same\"\nlanguage = \"en\"\ndescription = \"\"\"\nIn two\nlines.\"\"\"\n\
        chapters = [\n    \"one.md\",\n]\n[cover]\nback = \"back.md\"\n";
    let mut made = Vec::new();
    for (name, mark, end) in [("unix", "", "\n"), ("windows", "", "\r\n"), ("notepad", "\u{feff}", "\r\n")] {
        let folder = place.path().join(name);
        fs::create_dir_all(&folder).expect("a folder");
        for (file, text) in
            [("manifest.toml", manifest), ("one.md", text.as_str()), ("back.md", "Pass\nit on.\n")]
        {
            fs::write(folder.join(file), format!("{mark}{}", text.replace('\n', end))).expect("a file");
        }
        made.push(build(&folder, &[], &[]));
    }
    assert_same(&made[0], &made[1], "as Windows ends lines");
    assert_same(&made[0], &made[2], "with a byte-order mark");
}

#[test]
fn in_other_processes_folders_and_settings() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = |name: &str| {
        let folder = place.path().join(name);
        write(&folder);
        folder
    };
    let home = folder("home-of-a-name-that-is-seen-nowhere");
    let first = build(&home, &[], &[]);
    assert_eq!(first.len(), 4);
    let settings = [
        ("TZ", "Pacific/Auckland"),
        ("LANG", "tr_TR.UTF-8"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("HOME", "/nonexistent"),
        ("USER", "somebody-else"),
        ("SOURCE_DATE_EPOCH", "1"),
    ];
    assert_same(&first, &build(&home, &[], &[]), "in the same folder again");
    assert_same(
        &first,
        &build(&folder("another/deep/one"), &settings, &["-j", "1"]),
        "elsewhere, one thread",
    );
    assert_same(&first, &build(&folder("third"), &[], &["-j", "4"]), "four threads");
}

#[test]
fn nothing_of_the_machine_is_in_the_files() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("folder-of-a-name-that-is-seen-nowhere");
    write(&folder);
    let settings =
        [("USER", "name-of-a-user"), ("HOSTNAME", "name-of-a-host"), ("HOME", "/home/name-of-a-user")];
    let built = build(&folder, &settings, &[]);
    let temporary = place.path().display().to_string();
    let traces = ["seen-nowhere", "name-of-a-user", "name-of-a-host", &temporary, env!("CARGO_MANIFEST_DIR")];
    for (name, bytes) in &built {
        for trace in traces {
            let found = bytes.windows(trace.len()).any(|w| w == trace.as_bytes());
            assert!(!found, "{name} holds “{trace}”");
        }
    }
}
