//! The program as people run it: what it prints where, how it ends, what it leaves on disk; and what it
//! says to files that are broken, hostile or not there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::started::{err, names, out, program, run};

/// Longest time that a refusal may take. Tests run unoptimised and side by side on busy machines, so
/// this is more than the second that users are promised.
const PATIENCE: Duration = Duration::from_secs(5);

/// A folder with a small booklet in `b/`.
fn small() -> tempfile::TempDir {
    let place = tempfile::tempdir().expect("a folder");
    booklet(&place.path().join("b"), "A small booklet");
    place
}

fn booklet(folder: &Path, title: &str) {
    fs::create_dir_all(folder).expect("a folder");
    let manifest = format!("title = \"{title}\"\nlanguage = \"en\"\nchapters = [\"text.md\"]\n");
    fs::write(folder.join("manifest.toml"), manifest).expect("a manifest");
    fs::write(folder.join("text.md"), "# A chapter\n\nSome text.[^1]\n\n[^1]: A note.\n").expect("a chapter");
}

#[test]
fn build_prints_the_paths_of_three_files_and_nothing_else() {
    let place = small();
    let output = run(&["build", "b"], place.path());
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let dist = PathBuf::from("b").join("dist");
    let path = |name: &str| dist.join(name).display().to_string();
    let expected =
        [path("a-small-booklet.epub"), path("a-small-booklet.pdf"), path("a-small-booklet-print.pdf")];
    assert_eq!(out(&output).lines().collect::<Vec<_>>(), expected);
    for name in &expected {
        assert!(fs::metadata(place.path().join(name)).expect("the file").len() > 500, "{name}");
    }
    assert!(err(&output).contains("sheet") && err(&output).contains("short edge"), "{}", err(&output));
    // Nothing but the outputs lies there: temporary files are gone.
    assert_eq!(names(&place.path().join(dist)).len(), 3);
}

#[test]
fn only_and_output_and_quiet_do_what_they_say() {
    let place = small();
    let args = ["build", "b/manifest.toml", "-o", "new/deep", "--only", "epub", "--only", "reading", "-q"];
    let output = run(&args, place.path());
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert_eq!(names(&place.path().join("new/deep")), ["a-small-booklet.epub", "a-small-booklet.pdf"]);
    assert_eq!(err(&output), "");
    assert!(!place.path().join("b/dist").exists());
}

#[test]
fn check_builds_nothing() {
    let place = small();
    let output = run(&["check", "b"], place.path());
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert_eq!(out(&output), "");
    assert!(!place.path().join("b/dist").exists());
}

#[test]
fn a_new_booklet_builds_at_once_and_is_not_written_over() {
    let place = tempfile::tempdir().expect("a folder");
    let output = run(&["new", "mine", "--title", "L\"été\"", "--language", "fr"], place.path());
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let build = run(&["build", "mine"], place.path());
    assert_eq!(build.status.code(), Some(0), "{}", err(&build));
    let manifest = fs::read(place.path().join("mine/manifest.toml")).expect("a manifest");
    let again = run(&["new", "mine"], place.path());
    assert_eq!(again.status.code(), Some(2));
    assert_eq!(fs::read(place.path().join("mine/manifest.toml")).expect("a manifest"), manifest);
}

/// Every setting that the manifest of `new` teaches in a remark must be one that the program takes.
#[test]
fn every_remark_of_a_new_manifest_is_true() {
    let place = tempfile::tempdir().expect("a folder");
    run(&["new", "mine"], place.path());
    let path = place.path().join("mine/manifest.toml");
    let text = fs::read_to_string(&path).expect("a manifest");
    let setting = |line: &&str| {
        let key = line.trim_start_matches("# ").split('=').next().unwrap_or_default().trim();
        line.starts_with("# ") && line.contains(" = ") && !key.contains(' ')
    };
    let settings: Vec<&str> = text.lines().filter(setting).filter(|l| !l.trim_end().ends_with('[')).collect();
    assert!(settings.len() > 12, "{settings:?}");
    for line in settings.iter().filter(|l| !l.contains("front") && !l.contains("text  = true")) {
        let taught = text.replace(line, line.trim_start_matches("# "));
        fs::write(&path, taught).expect("a manifest");
        let output = run(&["check", "mine"], place.path());
        assert_eq!(output.status.code(), Some(0), "{line}\n{}", err(&output));
    }
}

#[test]
fn mistakes_end_with_1_and_trouble_with_2() {
    let place = small();
    fs::write(place.path().join("b/manifest.toml"), "titel = 1\n").expect("a manifest");
    for (arguments, code) in [
        (&["build", "b"][..], 1),
        (&["check", "b"], 1),
        (&["build", "nowhere"], 2),
        (&["build"], 2),
        (&["build", "b", "--only", "paper"], 2),
        (&["--nonsense"], 2),
        (&["build", "b", "-j", "0"], 2),
        (&["--help"], 0),
        (&["build", "--help"], 0),
        (&["--version"], 0),
        (&["fonts"], 0),
        (&["completions", "bash"], 0),
    ] {
        let output = run(arguments, place.path());
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", err(&output));
    }
    let output = run(&["build", "b"], place.path());
    assert_eq!(out(&output), "");
    let text = err(&output);
    assert!(text.contains("b/manifest.toml:1:1") && text.contains("did you mean `title`?"), "{text}");
    assert!(!text.contains('\u{1b}'), "colour where there is no terminal: {text}");
}

#[test]
fn colours_are_had_for_the_asking_and_change_no_word() {
    let place = small();
    fs::write(place.path().join("b/manifest.toml"), "titel = \"x\"\n").expect("a manifest");
    for wrong in ["b", "nowhere"] {
        let said = |set: &[(&str, &str)]| {
            let mut command = program();
            command.args(["build", wrong]).current_dir(place.path()).envs(set.iter().copied());
            err(&command.output().expect("the program runs"))
        };
        let plain = said(&[]);
        let coloured = said(&[("CLICOLOR_FORCE", "1")]);
        assert!(coloured.starts_with("\u{1b}[1m\u{1b}[31merror"), "{coloured}");
        let mut rest = coloured.as_str();
        let mut words = String::new();
        while let Some((before, after)) = rest.split_once("\u{1b}[") {
            words += before;
            rest = after.split_once('m').expect("the end of a colour").1;
        }
        assert_eq!(words + rest, plain);
        assert_eq!(said(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]), plain);
        assert_eq!(said(&[("CLICOLOR_FORCE", "")]), plain);
    }
}

#[test]
fn a_failed_build_leaves_the_old_files_and_the_other_booklets_alone() {
    let place = small();
    booklet(&place.path().join("c"), "Another");
    assert_eq!(run(&["build", "b"], place.path()).status.code(), Some(0));
    let old = fs::read(place.path().join("b/dist/a-small-booklet.pdf")).expect("a file");
    fs::write(place.path().join("b/text.md"), "A mark[^gone].\n").expect("a chapter");
    let output = run(&["build", "b", "c", "-j", "2"], place.path());
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(fs::read(place.path().join("b/dist/a-small-booklet.pdf")).expect("a file"), old);
    assert_eq!(names(&place.path().join("b/dist")).len(), 3);
    assert_eq!(out(&output).lines().filter(|l| l.contains("another")).count(), 3, "{}", out(&output));
}

#[test]
fn two_booklets_never_write_the_same_file() {
    let place = small();
    booklet(&place.path().join("c"), "A small booklet");
    let output = run(&["build", "b", "c", "-o", "out"], place.path());
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(names(&place.path().join("out")), Vec::<String>::new());
    assert!(err(&output).contains("slug"), "{}", err(&output));
}

#[test]
fn a_folder_that_cannot_be_written_is_trouble() {
    let place = small();
    fs::write(place.path().join("file"), "in the way").expect("a file");
    let output = run(&["build", "b", "-o", "file"], place.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("file"), "{}", err(&output));
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error() {
    let place = small();
    for arguments in [&["build", "b"][..], &["fonts"], &["completions", "zsh"], &["--help"]] {
        let mut child = program();
        let mut child = child
            .args(arguments)
            .current_dir(place.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        drop(child.stdout.take());
        drop(child.stderr.take());
        let status = child.wait().expect("an end");
        assert_eq!(status.code(), Some(0), "{arguments:?}");
    }
}

/// Builds a booklet in which one thing is hostile, over an old good build; holds the program to a prompt
/// and clear refusal.
fn refused(what: &str, spoil: impl Fn(&Path), expected: &str) {
    let place = small();
    let folder = place.path().join("b");
    fs::create_dir_all(folder.join("dist")).expect("a folder");
    fs::write(folder.join("dist/a-small-booklet.pdf"), "the old file").expect("a file");
    spoil(&folder);
    let start = Instant::now();
    let output = run(&["build", "b"], place.path());
    let took = start.elapsed();
    let text = err(&output);
    assert!(matches!(output.status.code(), Some(1 | 2)), "{what}: {:?} {text}", output.status);
    assert!(text.contains(expected) && text.contains("error"), "{what}: {text}");
    assert!(!text.contains("panicked"), "{what}: {text}");
    assert!(text.len() < 100_000, "{what}: {} bytes of findings", text.len());
    assert!(took < PATIENCE, "{what} took {took:?}");
    assert_eq!(out(&output), "", "{what}");
    let old = fs::read(folder.join("dist/a-small-booklet.pdf")).expect("the old file");
    assert_eq!(old, b"the old file", "{what}");
}

#[test]
fn hostile_manifests_are_refused() {
    let write = |bytes: Vec<u8>| move |b: &Path| fs::write(b.join("manifest.toml"), &bytes).expect("a file");
    refused("an empty manifest", write(Vec::new()), "M003");
    refused("a binary manifest", write((0..=255).cycle().take(4096).collect()), "B005");
    refused("a manifest in Latin-1", write(b"title = \"R\xe9seau\"".to_vec()), "manifest.toml:1:11");
    refused("brackets without end", write(b"a = ".iter().copied().chain([b'['; 100_000]).collect()), "M001");
    refused("tables without end", write(b"a = {b".repeat(20_000)), "M001");
    refused("dots without end", write(b"a.".repeat(100_000)), "M001");
    let keys: String = (0..20_000).map(|i| format!("key{i} = {i}\n")).collect();
    refused("twenty thousand unknown keys", write(keys.into_bytes()), "more that are not shown");
    let line = |b: &Path| {
        fs::File::create(b.join("manifest.toml")).and_then(|f| f.set_len(100 << 20)).expect("a file");
    };
    refused("a manifest of 100 MB", line, "B001");
}

#[test]
fn hostile_files_are_refused() {
    let chapter = |bytes: Vec<u8>| move |b: &Path| fs::write(b.join("text.md"), &bytes).expect("a file");
    refused("a line of 100 MB", chapter(vec![b'a'; 100 << 20]), "B006");
    refused("a chapter that is missing", |b| fs::remove_file(b.join("text.md")).expect("gone"), "B002");
    refused("a chapter in Latin-1", chapter(b"first\nR\xe9seau\n".to_vec()), "text.md:2:2");
    refused("a binary chapter", chapter(vec![0; 4096]), "B005");
    refused("quotes 10,000 deep", chapter(b">".repeat(10_000)), "D001");
    refused("lists 10,000 deep", chapter(b"+ ".repeat(10_000)), "D001");
    refused("a note that cites itself", chapter(b"A[^1].\n\n[^1]: See[^1].\n".to_vec()), "D005");
    let folder = |b: &Path| {
        fs::remove_file(b.join("text.md")).expect("gone");
        fs::create_dir(b.join("text.md")).expect("a folder");
    };
    refused("a folder for a chapter", folder, "B004");
}

#[cfg(unix)]
#[test]
fn hostile_links_and_devices_are_refused() {
    use std::os::unix::fs::symlink;
    let link = |target: &'static str| {
        move |b: &Path| {
            fs::remove_file(b.join("text.md")).expect("gone");
            symlink(target, b.join("text.md")).expect("a link");
        }
    };
    refused("a link out of the folder", link("/etc/passwd"), "B003");
    refused("a link to itself", link("text.md"), "B002");
    refused("a device", link("/dev/zero"), "B003");
    let pipe = |b: &Path| {
        fs::remove_file(b.join("text.md")).expect("gone");
        let made = Command::new("mkfifo").arg(b.join("text.md")).status();
        assert!(made.is_ok_and(|s| s.success()), "mkfifo");
    };
    refused("a pipe that nobody writes to", pipe, "B004");
    refused(
        "a pipe for a manifest",
        |b| {
            fs::remove_file(b.join("manifest.toml")).expect("gone");
            let made = Command::new("mkfifo").arg(b.join("manifest.toml")).status();
            assert!(made.is_ok_and(|s| s.success()), "mkfifo");
        },
        "B001",
    );
}

#[test]
fn hostile_pictures_are_refused() {
    let shows = |bytes: Vec<u8>| {
        move |b: &Path| {
            fs::write(b.join("text.md"), "![A tree](tree.png)\n").expect("a chapter");
            fs::write(b.join("tree.png"), &bytes).expect("a picture");
        }
    };
    // The signature and the header of a gray PNG; the checksum is right for 60,000 × 60,000 pixels.
    let head = |width: u32, height: u32, sum: u32| {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        png.extend(width.to_be_bytes());
        png.extend(height.to_be_bytes());
        png.extend([8, 0, 0, 0, 0]);
        png.extend(sum.to_be_bytes());
        png.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e");
        png
    };
    refused("a truncated PNG", shows(head(16, 16, 0x3a98_a0bd)[..33].to_vec()), "B008");
    refused("a PNG of 60,000 × 60,000", shows(head(60_000, 60_000, SUM)), "B009");
    refused("an empty picture", shows(Vec::new()), "B010");
    refused("text for a picture", shows(b"hello".to_vec()), "B010");
    let svg = |body: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{body}</svg>").into_bytes();
    refused("an SVG with a script", shows(svg("<script>1</script>")), "script");
    refused("an SVG that shows another file", shows(svg("<use href=\"file:///etc/passwd\"/>")), "B015");
    refused("an SVG of a million groups", shows(svg(&"<g>".repeat(1_000_000))), "B015");
    refused(
        "a picture from the network",
        |b| {
            fs::write(b.join("text.md"), "![A tree](https://example.org/tree.png)\n").expect("a chapter");
        },
        "B00",
    );
}

/// CRC-32 of the header of a gray PNG of 60,000 × 60,000 pixels.
const SUM: u32 = 0xa5b9_2a9e;
