//! Times the press, stage by stage and as a whole, from a pamphlet to a million words.
//!
//!     cargo bench                  # every size
//!     cargo bench -- 120000        # one size, in words; any number will do
//!
//! The first table times the stages in this process: milliseconds, and in brackets microseconds a word. The
//! second times whole processes, as people run the program: the median and the least of several, the
//! greatest memory that one of them had, and how long `pdftotext` takes to read the result back, which is a
//! yardstick for the machine. Under both stand the promises that the project makes, and whether they are
//! kept. `text.rs` makes the texts.

#![allow(clippy::print_stdout, reason = "the tables are what this program is for")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use booklet::cover;
use booklet::diagnostic::Report;
use booklet::document;
use booklet::epub::{self, Dialect, EpubOptions};
use booklet::folder::Manuscript;
use booklet::impose::{self, Binding};
use booklet::pdf;
use booklet::press::print_job;
use booklet::typeset::frame::Ink;
use booklet::typeset::starts::starts;
use booklet::typeset::style::Style;
use booklet::typeset::{note_marks, set_lines, set_pages, setter};

mod text;

use text::{count, generate, paragraphs, sample};

/// Words, and what all three outputs may take at most on two cores: seconds, mebibytes.
const BOUNDS: [(usize, f64, u64); 2] = [(4_450, 0.109, 200), (240_000, 2.8, 200)];
/// How much dearer a word may be in the longest text than in one of 50 000 words.
const FLAT: f64 = 1.3;
/// What laying 640 pages out on sheets may cost of all work, in hundredths, and a text of so many pages.
const IMPOSING: (f64, usize) = (5.0, 240_000);

/// What is timed in this process.
const STAGES: [&str; 9] =
    ["open files", "document", "lines", "pages", "sheets", "page starts", "EPUB", "PDF: draw", "PDF: write"];

fn main() {
    let asked: Vec<usize> = std::env::args().filter_map(|a| a.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![0, 50_000, IMPOSING.1, 500_000, 1_000_000] } else { asked };
    let folder = tempfile::tempdir().expect("a folder to build in");
    let texts: Vec<(PathBuf, usize)> = sizes
        .iter()
        .map(|size| match size {
            0 => (sample().join("manifest.toml"), count(&paragraphs()) + 300),
            _ => generate(folder.path(), *size),
        })
        .collect();
    let kept = [by_stage(&texts), by_size(&texts, &folder.path().join("out"))];
    std::process::exit(i32::from(kept.contains(&false)));
}

/// Words, pages, and the least time of each stage.
type Column = (usize, usize, Vec<f64>);

/// The first table; whether its promise is kept.
fn by_stage(texts: &[(PathBuf, usize)]) -> bool {
    let mut columns: Vec<Column> = Vec::new();
    for (manifest, words) in texts {
        let runs = (600_000 / words).clamp(2, 15);
        let mut all: Vec<[f64; STAGES.len()]> = Vec::new();
        let mut pages = 0;
        for _ in 0..runs {
            let (times, count) = stages(manifest);
            all.push(times);
            pages = count;
        }
        let least = |stage: usize| all.iter().map(|times| times[stage]).fold(f64::INFINITY, f64::min);
        columns.push((*words, pages, (0..STAGES.len()).map(least).collect::<Vec<f64>>()));
    }
    let row = |name: &str, value: &dyn Fn(&Column) -> String| {
        let cells: Vec<String> = columns.iter().map(|c| format!("{:>18}", value(c))).collect();
        println!("{name:<12}{}", cells.concat());
    };
    let cost = |time: f64, words: usize| format!("{:.2} ({:.3})", time * 1e3, time * 1e6 / words as f64);
    row("words", &|(words, ..)| words.to_string());
    row("pages", &|(_, pages, _)| pages.to_string());
    for (index, name) in STAGES.iter().enumerate() {
        row(name, &|(words, _, times)| cost(times[index], *words));
    }
    row("together", &|(words, _, times)| cost(times.iter().sum(), *words));
    let sheets = |times: &[f64]| times[4] * 100.0 / times.iter().sum::<f64>();
    row("sheets, %", &|(.., times)| format!("{:.2}", sheets(times)));
    let kept = columns.iter().filter(|c| c.1 >= 640).all(|(.., times)| sheets(times) <= IMPOSING.0);
    println!("sheets cost at most {} % of 640 pages and more: {}\n", IMPOSING.0, verdict(kept));
    kept
}

/// Runs every stage once: seconds each, and the number of pages.
fn stages(manifest: &Path) -> ([f64; STAGES.len()], usize) {
    let mut times = [0.0; STAGES.len()];
    let mut stage = 0;
    let mut clock = Instant::now();
    let mut lap = || {
        times[stage] = clock.elapsed().as_secs_f64();
        stage += 1;
        clock = Instant::now();
    };
    let mut report = Report::new();
    let booklet = booklet::booklet::open(&Manuscript::on_disk(manifest), &mut report).expect("a booklet");
    lap();
    let document = document::read(&booklet, &mut report);
    lap();
    let style = Style::new(&booklet);
    let marks = note_marks(&document);
    let setter = setter(&document, &style, &marks);
    let lines = set_lines(&document, &style, &setter);
    lap();
    let (block, _) = set_pages(&document, &style, &setter, lines, &mut report);
    let pages = cover::wrap(&document, &style, &setter, block, &mut report);
    lap();
    let reading = impose::impose(&pages, &Binding::Reading, None, &mut report);
    let print = Binding::Print(print_job(&booklet.manifest.prints[0], &booklet.manifest));
    let print = impose::impose(&pages, &print, None, &mut report);
    lap();
    let starts = starts(&pages, &document, booklet.manifest.design.notes);
    lap();
    let cover = epub::Cover::draw(&document, &style);
    let own = EpubOptions::new(&booklet.manifest, &booklet.faces, &starts, Dialect::Plain);
    let options = EpubOptions { cover: cover.as_ref(), ..own };
    epub::write(&document, &options).expect("an EPUB");
    lap();
    let artwork = pdf::draw(&pages, &document, &[Ink::Colour, Ink::Black]);
    lap();
    pdf::write(&reading, &artwork, &document.identity, Ink::Colour);
    pdf::write(&print, &artwork, &document.identity, Ink::Black);
    lap();
    (times, pages.pages.len())
}

/// The second table; whether its promises are kept.
fn by_size(texts: &[(PathBuf, usize)], out: &Path) -> bool {
    println!(
        "{:>9} {:>10} {:>10} {:>11} {:>6} {:>11}",
        "words", "median s", "least s", "µs a word", "MiB", "pdftotext s"
    );
    let mut kept = true;
    let mut costs: Vec<(usize, f64)> = Vec::new();
    for (manifest, words) in texts {
        let runs = (2_000_000 / words).clamp(3, 15);
        let arguments = ["build", "-q", "-o"].map(str::to_owned).into_iter();
        let arguments: Vec<String> =
            arguments.chain([out, manifest].map(|path| path.display().to_string())).collect();
        let (mut times, mut peak) = (Vec::new(), 0);
        for _ in 0..runs {
            let (time, memory) = run(&arguments);
            times.push(time.as_secs_f64());
            peak = peak.max(memory);
        }
        times.sort_by(f64::total_cmp);
        let (median, least, mib) = (times[runs / 2], times[0], peak / 1024);
        let cost = least * 1e6 / *words as f64;
        costs.push((*words, cost));
        println!("{words:>9} {median:>10.4} {least:>10.4} {cost:>11.3} {mib:>6} {:>11.3}", yardstick(out));
        if let Some((_, seconds, most)) = BOUNDS.iter().find(|b| words.abs_diff(b.0) < b.0 / 10) {
            let fine = median <= *seconds && mib <= *most;
            println!("          at most {seconds} s and {most} MiB: {}", verdict(fine));
            kept &= fine;
        }
    }
    let near = |size: usize| costs.iter().find(|(words, _)| words.abs_diff(size) < size / 10);
    if let (Some((_, short)), Some((_, long))) = (near(50_000), near(1_000_000)) {
        let ratio = long / short;
        println!(
            "a word of a million costs {ratio:.2} times one of 50 000; at most {FLAT}: {}",
            verdict(ratio <= FLAT)
        );
        kept &= ratio <= FLAT;
    }
    kept
}

fn verdict(kept: bool) -> &'static str {
    if kept { "kept" } else { "NOT KEPT" }
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

/// The time of `pdftotext` on the last reading PDF; not a number where there is none.
fn yardstick(out: &Path) -> f64 {
    let pdfs = fs::read_dir(out).into_iter().flatten().filter_map(|e| Some(e.ok()?.path()));
    let reading = pdfs
        .filter(|p| p.extension().is_some_and(|e| e == "pdf") && !p.to_string_lossy().ends_with("-print.pdf"))
        .max_by_key(|p| fs::metadata(p).and_then(|m| m.modified()).ok());
    let Some(reading) = reading else { return f64::NAN };
    let start = Instant::now();
    let mut reader = Command::new("pdftotext");
    let read = reader.arg(reading).arg("-").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if read.is_ok_and(|status| status.success()) { start.elapsed().as_secs_f64() } else { f64::NAN }
}
