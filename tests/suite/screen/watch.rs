//! `booklet watch` as people use it: editors save in their own ways, files go and come back, mistakes are
//! made and mended; and one burst of saves makes one build.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use booklet::diagnostic::{Report, Trail};
use booklet::folder::Manuscript;
use booklet::press::{Job, Wanted, press};
use booklet::watch::{Watch, Woken};

/// Longest wait for something that must come. Machines that test may be busy.
const PATIENCE: Duration = Duration::from_secs(20);
/// Longer than a burst may last, and than the program takes to notice what it should not notice.
const LULL: Duration = Duration::from_millis(250);

/// The program, running, and what it says.
struct Running {
    child: Child,
    said: Receiver<String>,
    built: Receiver<String>,
}

fn lines(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (send, receive) = channel();
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if send.send(line).is_err() {
                break;
            }
        }
    });
    receive
}

impl Running {
    fn start(manifest: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_booklet"))
            .args(["watch", "--only", "reading"])
            .arg(manifest)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let said = lines(child.stderr.take().expect("a stream"));
        let built = lines(child.stdout.take().expect("a stream"));
        let running = Self { child, said, built };
        running.hear("waiting for changes");
        running.built();
        running
    }

    /// Waits for a line with these words; gives all that was said until then.
    fn hear(&self, words: &str) -> String {
        let mut all = String::new();
        loop {
            match self.said.recv_timeout(PATIENCE) {
                Ok(line) => all.push_str(&format!("{line}\n")),
                Err(why) => panic!("“{words}” was not said ({why}), but: {all}"),
            }
            if all.lines().next_back().is_some_and(|line| line.contains(words)) {
                return all;
            }
        }
    }

    /// Waits for the path of a built file.
    fn built(&self) -> PathBuf {
        self.built.recv_timeout(PATIENCE).expect("a path").into()
    }

    /// Waits until it has nothing more to say, and forgets what it said.
    fn settle(&self) {
        while self.builds(LULL) > 0 {}
        self.built.try_iter().for_each(drop);
    }

    /// How many builds are told of in a while.
    fn builds(&self, within: Duration) -> usize {
        thread::sleep(within);
        self.said.try_iter().filter(|line| line.contains(" ms") || line.contains("error[")).count()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const MANIFEST: &str = "title = \"Watched\"\nlanguage = \"en\"\nchapters = [\"text.md\"]\n";

fn booklet() -> (tempfile::TempDir, PathBuf) {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("b");
    fs::create_dir(&folder).expect("a folder");
    write(&folder.join("manifest.toml"), MANIFEST);
    write(&folder.join("text.md"), "# A chapter\n\nSome text.\n");
    (place, folder)
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).expect("a file");
}

#[test]
fn editors_save_in_many_ways_and_a_burst_is_one_build() {
    let (_place, folder) = booklet();
    let text = folder.join("text.md");
    let running = Running::start(&folder);
    // Written in pieces, as slow programs do. On a busy machine a pause may end a burst, so a few are tried.
    let one_build = (0..8).any(|burst| {
        for piece in 0..12 {
            write(&text, &format!("# A chapter\n\nBurst {burst}, piece {piece}.\n"));
            thread::sleep(Duration::from_millis(3));
        }
        running.hear("built in");
        assert!(running.built().ends_with("b/dist/watched.pdf"));
        running.builds(LULL) == 0
    });
    assert!(one_build, "one burst, one build");
    // To a file beside it, which then takes its name.
    let renamed = |words: &str| {
        write(&folder.join(".text.md.swp"), &format!("# A chapter\n\n{words}\n"));
        fs::rename(folder.join(".text.md.swp"), &text).expect("renamed");
    };
    renamed("Renamed.");
    running.hear("built in");
    // Away, and back a little later: never told of as missing, if the machine lets it come back in time.
    let never_missed = (0..8).any(|time| {
        fs::remove_file(&text).expect("removed");
        thread::sleep(Duration::from_millis(25));
        write(&text, &format!("# A chapter\n\nBack again, time {time}.\n"));
        let missed = running.hear("built in").contains("error");
        running.settle();
        !missed
    });
    assert!(never_missed);
    renamed("The same.");
    running.hear("built in");
    running.settle();
    // The same words again: nothing is written, and no path is given.
    renamed("The same.");
    running.hear("the files are the same");
    assert!(running.built.try_recv().is_err());
    // Other files of the folder and the outputs themselves are none of its business.
    // (The end of the last save may be heard late.)
    let quiet = (0..8).any(|_| {
        write(&folder.join("notes.txt"), "to do");
        write(&folder.join("dist/other.pdf"), "mine");
        write(&folder.join("dist/watched.pdf"), "spoiled");
        running.builds(LULL) == 0
    });
    assert!(quiet);
}

#[test]
fn mistakes_are_shown_and_mended_and_nothing_ends_it() {
    let (place, folder) = booklet();
    let manifest = folder.join("manifest.toml");
    let running = Running::start(&manifest);
    write(&manifest, "title = \"Watched\nlanguage");
    running.hear("error[M001]");
    running.hear("waiting for the mistake to be mended");
    // A chapter that the broken manifest does not name is still watched; it mends nothing.
    write(&folder.join("text.md"), "# A chapter\n\nMeanwhile.\n");
    running.hear("2 errors");
    write(&manifest, &MANIFEST.replace("text.md", "other.md"));
    running.hear("error[B002]");
    // What is named and missing is waited for.
    write(&folder.join("other.md"), "# Another\n\n![A picture](one.png)\n");
    running.hear("one.png");
    write(&manifest, MANIFEST);
    running.hear("mended: built in");
    fs::remove_file(&manifest).expect("removed");
    running.hear("error[B001]");
    write(&manifest, MANIFEST);
    running.hear("mended: nothing to write");
    // The folder goes elsewhere and comes back, and is still watched.
    fs::rename(&folder, place.path().join("c")).expect("renamed");
    running.hear("error[B001]");
    fs::rename(place.path().join("c"), &folder).expect("renamed");
    running.hear("mended: nothing to write");
    write(&folder.join("text.md"), "# A chapter\n\nIn the old place.\n");
    running.hear("built in");
}

#[cfg(unix)]
#[test]
fn it_ends_cleanly_when_it_is_asked_to() {
    for signal in ["INT", "TERM", "HUP"] {
        let (_place, folder) = booklet();
        let mut running = Running::start(&folder);
        let kill = format!("kill -{signal} {}", running.child.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().expect("a shell").success());
        assert_eq!(running.child.wait().expect("its end").code(), Some(0), "{signal}");
        let left = fs::read_dir(folder.join("dist")).expect("a folder").count();
        assert_eq!(left, 1, "{signal}");
    }
}

#[test]
fn a_manifest_that_never_was_is_a_mistake_of_the_command() {
    let (_place, folder) = booklet();
    let run =
        Command::new(env!("CARGO_BIN_EXE_booklet")).arg("watch").arg(folder.join("manifst.toml")).output();
    assert_eq!(run.expect("the program runs").status.code(), Some(2));
}

fn made(folder: &Path) -> (Trail, bool) {
    let mut report = Report::new();
    press(&Job { manuscript: Manuscript::on_disk(folder), wanted: Wanted::NOTHING }, &mut report);
    (report.trail().clone(), !report.has_errors())
}

#[test]
fn what_changes_while_the_booklet_is_made_is_not_missed() {
    let (_place, folder) = booklet();
    for mut watch in [Watch::new(), Watch::without_system()] {
        let (trail, whole) = made(&folder);
        // Same length, and perhaps the same time to the millisecond: another file by its number.
        write(&folder.join("new"), "# A chapter\n\nSome tuxt.\n");
        fs::rename(folder.join("new"), folder.join("text.md")).expect("renamed");
        watch.follow(&trail, whole);
        assert_eq!(watch.wait(), Woken::Changed);
        let (trail, whole) = made(&folder);
        watch.follow(&trail, whole);
        let stopper = watch.stopper();
        thread::spawn(move || {
            thread::sleep(Duration::from_millis(90));
            stopper.stop();
        });
        assert_eq!(watch.wait(), Woken::Stopped, "nothing changed");
    }
}

#[test]
fn every_file_that_a_booklet_names_is_on_its_trail() {
    let (_place, folder) = booklet();
    fs::create_dir_all(folder.join("fonts/more")).expect("a folder");
    fs::create_dir(folder.join("part")).expect("a folder");
    write(&folder.join("fonts/more/a.otf"), "no font");
    let more = "[cover]\nfront = \"front.png\"\nback = \"back.md\"\n[design]\nfont = \"Nowhere\"\n";
    write(&folder.join("manifest.toml"), &(MANIFEST.replace("text.md", "part/text.md") + more));
    write(&folder.join("part/text.md"), "![One](one.png)\n");
    let trail = |folder: &Path| {
        let top = folder.canonicalize().expect("a folder");
        let shown =
            |path: &Path| path.strip_prefix(&top).expect("below it").to_string_lossy().replace('\\', "/");
        made(folder).0.places().keys().map(|path| shown(path)).collect::<Vec<_>>()
    };
    let expected =
        ["back.md", "fonts", "fonts/more", "fonts/more/a.otf", "front.png", "manifest.toml", "part/text.md"];
    assert_eq!(trail(&folder), expected);
    // Pictures of the text come up when it is read.
    write(&folder.join("manifest.toml"), &MANIFEST.replace("text.md", "part/text.md"));
    assert_eq!(trail(&folder), ["manifest.toml", "part/one.png", "part/text.md"]);
}
