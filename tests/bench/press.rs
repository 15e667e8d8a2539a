//! Times the press: the whole program, as people run it, by what it makes and by the length of the text.
//!
//!     cargo bench                  # every size
//!     cargo bench -- 120000        # one size, in words; any number will do
//!
//! The texts are made from the interview in `booklets`: itself first, then its paragraphs and sentences
//! drawn over and over by a fixed sequence, with a note every three paragraphs or so. So every run on
//! every machine sets the same text. What is printed: the median and the least of several whole processes,
//! the greatest memory that one of them had, and how long `pdftotext` takes to read the result back,
//! which is a yardstick for the machine. The bounds below are the promise that the project makes.

#![allow(clippy::print_stdout, reason = "the table is what this program is for")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Words, and what all three outputs may take at most on two cores: seconds, mebibytes.
const BOUNDS: [(usize, f64, u64); 2] = [(5_300, 0.109, 200), (120_000, 1.4, 200)];

/// What is timed: a name and the arguments after `build`.
const JOBS: [(&str, &[&str]); 5] = [
    ("check", &[]),
    ("epub", &["--only", "epub"]),
    ("reading", &["--only", "reading"]),
    ("print", &["--only", "print"]),
    ("all", &[]),
];

fn main() {
    let asked: Vec<usize> = std::env::args().filter_map(|a| a.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![0, 30_000, 120_000] } else { asked };
    let folder = tempfile::tempdir().expect("a folder to build in");
    println!(
        "{:>8} {:<8} {:>9} {:>9} {:>9} {:>12}",
        "words", "makes", "median s", "least s", "MiB", "words a s"
    );
    let mut over = false;
    for size in sizes {
        let (manifest, words) = match size {
            0 => (sample().join("manifest.toml"), count(&paragraphs()) + 300),
            _ => generate(folder.path(), size),
        };
        for (name, arguments) in JOBS {
            let runs = if words > 50_000 { 5 } else { 15 };
            let mut command = vec![if name == "check" { "check" } else { "build" }.to_owned()];
            command.extend(arguments.iter().map(|&a| a.to_owned()));
            command.push(manifest.display().to_string());
            if name != "check" {
                command.extend([
                    "-q".to_owned(),
                    "-o".to_owned(),
                    folder.path().join("out").display().to_string(),
                ]);
            }
            let (mut times, mut peak) = (Vec::new(), 0);
            for _ in 0..runs {
                let (time, memory) = run(&command);
                times.push(time.as_secs_f64());
                peak = peak.max(memory);
            }
            times.sort_by(f64::total_cmp);
            let median = times[runs / 2];
            let (speed, mib) = (words as f64 / median, peak / 1024);
            println!("{words:>8} {name:<8} {median:>9.4} {:>9.4} {mib:>9} {speed:>12.0}", times[0]);
            if let Some((_, seconds, most)) =
                BOUNDS.iter().find(|b| name == "all" && words.abs_diff(b.0) < b.0 / 10)
            {
                let kept = median <= *seconds && mib <= *most;
                println!(
                    "{:>17} at most {seconds} s and {most} MiB: {}",
                    "",
                    if kept { "kept" } else { "NOT KEPT" }
                );
                over |= !kept;
            }
        }
        yardstick(&folder.path().join("out"));
    }
    std::process::exit(i32::from(over));
}

/// Runs the program once: how long, and the most memory it had, in KiB (0 where `/proc` does not say).
fn run(arguments: &[String]) -> (Duration, u64) {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_booklet"))
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let (status, mut peak) = (format!("/proc/{}/status", child.id()), 0);
    loop {
        let high = fs::read_to_string(&status).ok();
        let high = high.as_deref().and_then(|s| s.lines().find_map(|l| l.strip_prefix("VmHWM:")));
        peak = high.and_then(|l| l.split_whitespace().next()?.parse().ok()).unwrap_or(0).max(peak);
        if let Some(status) = child.try_wait().expect("the program can be waited for") {
            assert!(status.success(), "booklet {arguments:?} failed");
            return (start.elapsed(), peak);
        }
        sleep(Duration::from_micros(300));
    }
}

/// The time of `pdftotext` on the last reading PDF.
fn yardstick(out: &Path) {
    let pdfs = fs::read_dir(out).into_iter().flatten().filter_map(|e| Some(e.ok()?.path()));
    let reading = pdfs
        .filter(|p| p.extension().is_some_and(|e| e == "pdf") && !p.to_string_lossy().ends_with("-print.pdf"))
        .max_by_key(|p| fs::metadata(p).and_then(|m| m.modified()).ok());
    let Some(reading) = reading else { return };
    let start = Instant::now();
    if Command::new("pdftotext")
        .arg(reading)
        .arg("-")
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|s| s.success())
    {
        println!("{:>17} pdftotext reads the PDF back in {:.3} s", "", start.elapsed().as_secs_f64());
    }
}

fn sample() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("booklets/for-a-revolutionary-anarchism")
}

/// The interview's paragraphs, without marks, lists, quotations and notes.
fn paragraphs() -> Vec<String> {
    let mut found = Vec::new();
    for file in ["why.md", "out-of-reach.md", "force.md", "municipalism.md", "industry.md"] {
        let text = fs::read_to_string(sample().join(file)).expect("a chapter of the interview");
        for line in text.lines().filter(|l| !l.is_empty() && !l.starts_with(['#', '-', '>', '['])) {
            let mut plain = String::new();
            for (index, piece) in line.split("[^").enumerate() {
                plain.push_str(if index == 0 { piece } else { piece.split_once(']').map_or("", |p| p.1) });
            }
            found.push(plain);
        }
    }
    found
}

fn count(texts: &[String]) -> usize {
    texts.iter().map(|t| t.split_whitespace().count()).sum()
}

/// A fixed sequence of numbers (a linear congruential generator, Knuth's MMIX constants).
struct Sequence(u64);

impl Sequence {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound
    }
}

/// Writes a booklet of about so many words; gives its manifest and the number of its words.
fn generate(folder: &Path, size: usize) -> (PathBuf, usize) {
    let whole = paragraphs();
    let sentences: Vec<String> = whole
        .iter()
        .flat_map(|p| p.split_inclusive(". "))
        .map(|s| s.trim().to_owned())
        .filter(|s| (20..400).contains(&s.len()))
        .collect();
    let mut sequence = Sequence(7);
    let home = folder.join(format!("long-{size}"));
    fs::create_dir_all(&home).expect("a folder for the text");
    let (mut words, mut chapters, mut notes) = (0, Vec::new(), 0);
    while words < size {
        let (mut text, mut defined) = (format!("# Part {}\n\n", chapters.len() + 1), String::new());
        for _ in 0..22 + sequence.below(12) {
            let mut paragraph = if sequence.below(100) < 45 {
                whole[sequence.below(whole.len())].clone()
            } else {
                let some = 1 + sequence.below(8);
                (0..some)
                    .map(|_| sentences[sequence.below(sentences.len())].clone())
                    .collect::<Vec<_>>()
                    .join(" ")
            };
            words += paragraph.split_whitespace().count();
            if sequence.below(3) == 0 {
                notes += 1;
                paragraph.push_str(&format!("[^{notes}]"));
                let note = &sentences[sequence.below(sentences.len())];
                words += note.split_whitespace().count();
                defined.push_str(&format!("[^{notes}]: {note}\n\n"));
            }
            text.push_str(&paragraph);
            text.push_str("\n\n");
            if words >= size {
                break;
            }
        }
        let name = format!("part-{:03}.md", chapters.len() + 1);
        fs::write(home.join(&name), text + &defined).expect("a chapter");
        chapters.push(format!("\"{name}\""));
    }
    let manifest = format!(
        "title = \"A long text\"\nlanguage = \"en\"\nslug = \"long-{size}\"\nchapters = [{}]\n",
        chapters.join(", ")
    );
    let path = home.join("manifest.toml");
    fs::write(&path, manifest).expect("a manifest");
    (path, words)
}
