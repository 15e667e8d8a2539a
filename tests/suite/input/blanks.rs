//! Words of which nothing is left: blanks in code, soft hyphens alone in a link, keys without a name. They are
//! plain Markdown, so every place that takes words takes them, first, last or alone, and every file is made.
//! Also paragraphs with more changes than a small number can count.

use booklet::face::FaceStyle;
use booklet::folder::Manuscript;
use booklet::press::{Artifact, Job, Wanted, press};
use booklet::typeset::frame::Run;

use crate::typeset::pages::{PLAIN, runs, set};

/// What encloses words.
const AROUND: [(&str, &str); 17] = [
    ("", ""),
    ("*", "*"),
    ("**", "**"),
    ("***", "***"),
    ("~~", "~~"),
    ("` ", " `"),
    ("<kbd>", "</kbd>"),
    ("<u>", "</u>"),
    ("<small>", "</small>"),
    ("<sup>", "</sup>"),
    ("<sub>", "</sub>"),
    ("[", "](https://example.org)"),
    ("[", "](#place)"),
    ("[", "]{.smallcaps}"),
    ("[", "]{lang=fr}"),
    ("*[<kbd>", "</kbd>](https://example.org)*"),
    ("", "[^note]"),
];

/// Words of which nothing or next to nothing is to be seen.
const NOTHING: [&str; 9] =
    ["", " ", "   ", "&nbsp;", "&shy;", " &shy; ", "\u{200b}", "\u{2060}\u{feff}", "&shy;\u{200b} \\\n "];

/// Every place that takes words.
const PLACES: [&str; 20] = [
    "@",
    "# @",
    "### @ {lang=fr}",
    "@ {#place-@@}",
    "- @",
    "1. @\n2. a\n\n   @",
    "> @",
    "> A motto.\n>\n> — @ {.epigraph}",
    "@ {.byline}",
    "Term @\n: @",
    "@\n: Meaning.",
    "| @ | b |\n|---|---|\n| c | @ |",
    "| a | b |\n|---|---|\n| @ | @ |",
    "A mark[^@@].\n\n[^@@]: @",
    "A mark[^@@].\n\n[^@@]:\n    > @\n\n    - @",
    "![@](p.png)",
    "![words](p.png \"@\")",
    "![words](p.png) @",
    "Verse @\\\n@\\\nend",
    "- [ ] @",
];

/// A booklet of one chapter for each place, in which words stand `first` and `last` beside the nothing.
fn booklet(nothing: &str, first: &str, last: &str) -> Vec<Artifact> {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("a file");
    write("p.png", &booklet::picture::png(&booklet::picture::Raster::white(8, 8, None)));
    let mut names = Vec::new();
    for (number, place) in PLACES.iter().enumerate() {
        let mut text = String::new();
        for (which, (open, close)) in AROUND.iter().enumerate() {
            let words = format!("{first}{open}{nothing}{close}{last}");
            // In one line, but where it breaks on purpose.
            let own = place.replace("@@", &format!("p{number}w{which}")).replace('@', &words);
            text.push_str(&own);
            text.push_str("\n\n");
        }
        text.push_str("Here is the [place]{#place}.\n\n[^note]: A note.\n");
        names.push(format!("\"{number}.md\""));
        write(&format!("{number}.md"), text.as_bytes());
    }
    let manifest = format!(
        "title = \"A\"\nlanguage = \"en\"\nchapters = [{}]\n[design]\ndrop-caps = {}\n",
        names.join(", "),
        first.is_empty()
    );
    write("manifest.toml", manifest.as_bytes());
    let mut report = booklet::diagnostic::Report::new();
    let job = Job { manuscript: Manuscript::on_disk(folder.path()), wanted: Wanted::ALL };
    let made = press(&job, &mut report);
    let errors = report.diagnostics().iter().filter(|d| d.severity == booklet::diagnostic::Severity::Error);
    let errors: Vec<&str> = errors.map(|d| d.message.as_str()).collect();
    assert!(errors.is_empty(), "{nothing:?} between {first:?} and {last:?}: {errors:?}");
    made
}

#[test]
fn words_of_which_nothing_is_left_are_set_in_every_place() {
    for nothing in NOTHING {
        for (first, last) in [("x ", ""), ("", ""), ("", " x"), ("x", "x")] {
            let made = booklet(nothing, first, last);
            assert_eq!(made.len(), 3, "{nothing:?} between {first:?} and {last:?}");
        }
    }
}

#[test]
fn a_code_of_spaces_at_the_end_of_a_paragraph_leaves_its_words() {
    let set = set(PLAIN, &[("a.md", "Press the space bar: ` `\n\nx <kbd> </kbd>\n\nx *&shy;*\n")]);
    let text: Vec<String> =
        set.body().flat_map(|(_, page)| runs(page)).map(|(run, ..)| run.text.to_string()).collect();
    let text = text.concat();
    assert_eq!(text.matches('x').count(), 2, "{text}");
    assert!(text.contains("space bar:"), "{text}");
}

/// More changes of look in one paragraph than 16 bits count: the last words look as they are meant.
#[test]
fn a_paragraph_of_seventy_thousand_changes_is_set_as_it_is_written() {
    let text: String = (0..34_000).map(|n| format!("*i{n}* r{n} ")).collect();
    let set = set(PLAIN, &[("a.md", &text)]);
    let all: Vec<&Run> = set.body().flat_map(|(_, page)| runs(page)).map(|(run, ..)| run).collect();
    let style = |word: &str| {
        let run = all.iter().rev().find(|run| run.text.trim() == word);
        run.map(|run| set.pages.faces.get(run.face).style)
    };
    assert_eq!(style("i33999"), Some(FaceStyle { italic: true, bold: false }));
    assert_eq!(style("r33999"), Some(FaceStyle { italic: false, bold: false }));
}

/// More changes of direction than 16 bits count.
#[test]
fn a_paragraph_that_turns_sixty_six_thousand_times_is_set_whole() {
    let text = "\u{627} a ".repeat(33_000);
    let set = set(PLAIN, &[("a.md", &text)]);
    let runs = set.body().flat_map(|(_, page)| runs(page)).map(|(run, ..)| run);
    let letters: usize = runs.map(|run| run.text.matches('a').count()).sum();
    assert_eq!(letters, 33_000);
}
