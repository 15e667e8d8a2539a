//! What goes with the sheets: labels, staples, blanks to write on, covers of their own, instructions and
//! test sheets, as they are in the finished files.

use std::fs;
use std::path::Path;

use booklet::diagnostic::Report;
use booklet::folder::Manuscript;
use booklet::press::{Artifact, Job, Product, TestSheet, Wanted, press, test_sheet};

use super::sheetreader::{Seen, SideSeen, sides};
use crate::pdf::pdfreader::Pdf;

/// Presses a small booklet with some lines of manifest more.
fn pressed(language: &str, more: &str) -> Vec<Artifact> {
    let place = tempfile::tempdir().expect("a folder");
    let text = "Words of a paragraph that goes on. ".repeat(60);
    let chapter = format!("# A chapter\n{}", format!("\n{text}\n").repeat(6));
    fs::write(place.path().join("text.md"), chapter).expect("a chapter");
    let manifest = format!(
        "title = \"Bread\"\nlanguage = \"{language}\"\nchapters = [\"text.md\"]\n{more}\n[design]\ncontents = false\n"
    );
    fs::write(place.path().join("manifest.toml"), manifest).expect("a manifest");
    of(place.path())
}

fn of(folder: &Path) -> Vec<Artifact> {
    let mut report = Report::new();
    let wanted = Wanted { print: true, ..Wanted::NOTHING };
    let artifacts = press(&Job { manuscript: Manuscript::on_disk(folder), wanted }, &mut report);
    assert!(!report.has_errors(), "{:?}", report.diagnostics());
    artifacts
}

fn named<'a>(artifacts: &'a [Artifact], name: &str) -> &'a Artifact {
    let names: Vec<_> = artifacts.iter().map(|artifact| &artifact.name).collect();
    artifacts.iter().find(|artifact| artifact.name == name).unwrap_or_else(|| panic!("{name} in {names:?}"))
}

/// All text of a side that runs along, in the order in which it was shown.
fn along(side: &SideSeen, x: f64, y: f64) -> String {
    let near = |seen: &&Seen| {
        let length = seen.along.0.hypot(seen.along.1);
        (seen.along.0 / length - x).abs() < 0.01 && (seen.along.1 / length - y).abs() < 0.01
    };
    side.texts.iter().filter(near).map(|seen| seen.text.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn pages_for_both_papers_keep_clear_of_the_rims_of_both() {
    let place = tempfile::tempdir().expect("a folder");
    let text = "Words of a paragraph that goes on.[^1] ".repeat(200);
    fs::write(place.path().join("text.md"), format!("# A chapter\n\n{text}\n\n[^1]: A note.\n")).unwrap();
    let manifest = "title = \"Bread\"\nlanguage = \"en\"\nchapters = [\"text.md\"]\n[design]\npage = \"both\"\n\
                    [[print]]\nname = \"home\"\nsheet = \"A4\"\ninstructions = true\n\
                    [[print]]\nname = \"away\"\nsheet = \"letter\"\nflip = \"long-edge\"\n";
    fs::write(place.path().join("manifest.toml"), manifest).unwrap();
    let mut report = Report::new();
    let wanted = Wanted { print: true, ..Wanted::NOTHING };
    let artifacts = press(&Job { manuscript: Manuscript::on_disk(place.path()), wanted }, &mut report);
    assert!(report.diagnostics().is_empty(), "{:?}", report.diagnostics());
    let names: Vec<_> = artifacts.iter().map(|artifact| artifact.name.as_str()).collect();
    assert_eq!(names, ["bread-print-home.pdf", "bread-how-to-print-home.pdf", "bread-print-away.pdf"]);
    // Five millimetres, which most printers reach.
    let rim = 5.0 * 72.0 / 25.4;
    for (name, width, height) in [("home", 841.89, 595.276), ("away", 792.0, 612.0)] {
        let seen = sides(&named(&artifacts, &format!("bread-print-{name}.pdf")).bytes);
        for side in &seen {
            assert!((side.width - width).abs() < 0.001 && (side.height - height).abs() < 0.001);
            for text in &side.texts {
                let (x, y) = text.origin;
                assert!(x > rim && x < side.width - rim && y > rim && y < side.height - rim, "{text:?}");
            }
        }
    }
}

#[test]
fn labels_name_sheet_and_side_outside_the_trim() {
    for (flip, order) in [
        ("short-edge", [(1, "front"), (1, "back"), (2, "front"), (2, "back"), (3, "front"), (3, "back")]),
        ("long-edge", [(1, "front"), (1, "back"), (2, "front"), (2, "back"), (3, "front"), (3, "back")]),
        ("manual", [(1, "front"), (2, "front"), (3, "front"), (3, "back"), (2, "back"), (1, "back")]),
    ] {
        let print = format!("[print]\nsheet = \"SRA3\"\nflip = \"{flip}\"\nmarks = [\"label\"]\n");
        let artifacts = pressed("en", &print);
        let file = &named(&artifacts, "bread-print.pdf").bytes;
        let pdf = Pdf::of(file);
        let seen = sides(file);
        assert_eq!(seen.len(), 6);
        for (index, ((sheet, face), side)) in order.iter().zip(&seen).enumerate() {
            let label = format!("Bread · sheet {sheet} of 3 · {face}");
            let all = along(side, 1.0, 0.0);
            assert!(all.ends_with(&label), "{flip} {index}: {all}");
            let trim = crate::pdf::pdfreader::numbers(pdf.page(index).get(b"TrimBox").unwrap());
            let origin = side.texts.iter().rev().find(|seen| seen.text.contains("Bread")).unwrap().origin;
            // The trim counts from the foot. Below it, and inside the sheet.
            let below = side.height - origin.1;
            assert!(below < trim[1] - 8.5 && below > 2.0, "{below} under {}", trim[1]);
            assert!(origin.0 > trim[0] && origin.0 < side.width / 2.0);
        }
    }
}

#[test]
fn sections_are_named_on_their_labels() {
    let artifacts = pressed(
        "de",
        "[print]\nsheet = \"SRA3\"\nbinding = \"sections\"\nsection-sheets = 2\nmarks = [\"label\"]\n",
    );
    let seen = sides(&named(&artifacts, "bread-print.pdf").bytes);
    assert_eq!(seen.len(), 6);
    assert!(along(&seen[0], 1.0, 0.0).ends_with("Bread · Lage 1 · Bogen 1 von 3 · Vorderseite"));
    assert!(along(&seen[5], 1.0, 0.0).ends_with("Bread · Lage 2 · Bogen 3 von 3 · Rückseite"));
}

#[test]
fn labels_stand_beside_pages_that_leave_no_room_below() {
    let print = "[print]\nsheet = { width = \"350mm\", height = \"210mm\" }\nmarks = [\"label\"]\n";
    let artifacts = pressed("en", print);
    let seen = sides(&named(&artifacts, "bread-print.pdf").bytes);
    assert!(along(&seen[0], 0.0, 1.0).ends_with("Bread · sheet 1 of 3 · front"));
    // Where there is room nowhere there is no label, and no page is printed on.
    let artifacts = pressed("en", "[print]\nsheet = \"A4\"\nmarks = [\"label\"]\n");
    for side in sides(&named(&artifacts, "bread-print.pdf").bytes) {
        assert!(side.texts.iter().all(|seen| !seen.text.contains("sheet")));
    }
}

#[test]
fn blanks_are_ruled_if_asked() {
    let plain = pressed("fr", "[print]\nsheet = \"A4\"\n");
    let ruled = pressed("fr", "[print]\nsheet = \"A4\"\nblanks = \"notes\"\n");
    let all = |artifacts: &[Artifact]| -> Vec<String> {
        let seen = sides(&named(artifacts, "bread-print.pdf").bytes);
        seen.iter().map(|side| along(side, 1.0, 0.0)).collect()
    };
    let (plain, ruled) = (all(&plain), all(&ruled));
    let count = |texts: &[String]| texts.iter().map(|t| t.matches("Notes").count()).sum::<usize>();
    assert_eq!(count(&plain), 0);
    // The first side of the second sheet is as it was.
    assert!(count(&ruled) > 0);
    assert_eq!(plain[2], ruled[2]);
}

#[test]
fn a_cover_of_its_own_has_a_file_and_a_spine() {
    let booklet = |binding: &str| {
        let manifest = format!(
            "authors = [\"Ada\"]\n[cover]\nseparate = true\n[print]\nsheet = \"A4\"\nbinding = \"{binding}\"\n\
             creep = {{ paper = \"1.2mm\" }}\n"
        );
        pressed("en", &manifest)
    };
    // Folded once there is no spine: two pages fill the sheet.
    let artifacts = booklet("saddle");
    let cover = sides(&named(&artifacts, "bread-cover.pdf").bytes);
    assert_eq!(cover.len(), 2);
    assert_eq!((cover[0].width.round(), cover[0].height.round()), (842.0, 595.0));
    let title = cover[0].texts.iter().find(|seen| seen.text.contains("Bread")).expect("the title");
    assert!(
        title.origin.0 > cover[0].width / 2.0 && title.along.1 == 0.0,
        "the front cover is the right half"
    );
    let body = sides(&named(&artifacts, "bread-print.pdf").bytes);
    let first = &body[0].texts;
    assert!(first.iter().any(|seen| seen.origin.0 > body[0].width / 2.0), "the title page comes first");

    // Glued, the spine is as thick as the leaves, and the sheet grows to hold it.
    let artifacts = booklet("perfect");
    let cover = sides(&named(&artifacts, "bread-cover.pdf").bytes);
    let body = sides(&named(&artifacts, "bread-print.pdf").bytes);
    let leaves = body.len() as f64 / 2.0 * 2.0;
    let spine = leaves * 1.2 * 72.0 / 25.4;
    let Product::Cover(run) = &named(&artifacts, "bread-cover.pdf").product else { panic!("no cover") };
    assert!((run.spine.to_pt() - spine).abs() < 0.001);
    assert_eq!(cover[0].width.round(), 1191.0, "A3, since A4 is too narrow");
    let descending = along(&cover[0], 0.0, 1.0);
    assert_eq!(descending.split_whitespace().collect::<Vec<_>>(), ["Ada", "·", "Bread"]);
    let on_spine = cover[0].texts.iter().find(|seen| seen.along.1 > 0.5).unwrap();
    let middle = cover[0].width / 2.0;
    assert!((on_spine.origin.0 - middle).abs() < spine / 2.0, "the title stands on the spine");
    let front = cover[0].texts.iter().filter(|seen| seen.along.0 > 0.5);
    assert!(front.clone().count() > 0 && front.clone().all(|seen| seen.origin.0 > middle + spine / 2.0));
}

#[test]
fn every_binding_has_drawn_instructions_on_one_page() {
    let bindings = [
        ("saddle", "A4", 2),
        ("sections", "A4", 2),
        ("perfect", "A4", 4),
        ("folded", "A3", 5),
        ("cut-stack", "A4", 4),
        ("single", "A5", 2),
        ("copies", "A3", 4),
        ("cards", "A3", 2),
    ];
    for (binding, sheet, least) in bindings {
        for flip in ["short-edge", "manual"] {
            let print = format!(
                "[print]\nsheet = \"{sheet}\"\nbinding = \"{binding}\"\nflip = \"{flip}\"\ninstructions = true\n"
            );
            let artifacts = pressed("en", &print);
            let file = named(&artifacts, "bread-how-to-print.pdf");
            assert_eq!(file.product, Product::Instructions);
            let pdf = Pdf::of(&file.bytes);
            assert_eq!(pdf.pages.len(), 1, "{binding}");
            let seen = sides(&file.bytes);
            let numbers: Vec<usize> =
                seen[0].texts.iter().filter_map(|seen| seen.text.trim().parse().ok()).collect();
            assert!(numbers.contains(&least), "{binding} {flip}: {numbers:?}");
            for text in &seen[0].texts {
                assert!(
                    text.origin.0 > 40.0 && text.origin.0 < seen[0].width - 40.0,
                    "{binding}: {}",
                    text.text
                );
                assert!(
                    text.origin.1 > 40.0 && text.origin.1 < seen[0].height - 40.0,
                    "{binding}: {}",
                    text.text
                );
            }
            if flip == "manual" && binding != "cards" {
                assert!(
                    along(&seen[0], 1.0, 0.0).contains("turned over like the leaf of a book"),
                    "{binding}"
                );
            }
        }
    }
}

#[test]
fn instructions_speak_the_language_of_the_booklet() {
    for (language, word) in [
        ("fr", "Imprimer"),
        ("de", "Drucken"),
        ("es", "Imprimir"),
        ("it", "Stampare"),
        ("pt", "Imprimir"),
        ("el", "Εκτυπώστε"),
        ("ru", "Печатайте"),
        ("cs", "Tiskněte"),
        ("pl", "Drukuj"),
        ("ar", "Print"),
    ] {
        let artifacts = pressed(language, "[print]\ninstructions = true\n");
        let seen = sides(&named(&artifacts, "bread-how-to-print.pdf").bytes);
        let text = along(&seen[0], 1.0, 0.0);
        assert!(text.to_lowercase().contains(&word.to_lowercase()), "{language}: {text}");
    }
}

#[test]
fn a_test_sheet_says_which_way_it_was_turned() {
    for language in ["en", "fr", "ru", "ar"] {
        let job = TestSheet {
            sheet: booklet::manifest::paper_named("A3").unwrap(),
            language: language.into(),
            flip: booklet::manifest::Flip::LongEdge,
        };
        let sheet = test_sheet(&job);
        let seen = sides(&sheet.bytes);
        assert_eq!((sheet.name.as_str(), seen.len()), ("test-sheet.pdf", 2));
        assert!(seen[0].width < seen[0].height, "it is held upright");
        // Turned like the leaf of a book, the back of long-edge duplex stands upright.
        assert!(along(&seen[1], 1.0, 0.0).contains("\"long-edge\""));
        assert!(!along(&seen[1], 1.0, 0.0).contains("short-edge"));
        assert!(along(&seen[1], -1.0, 0.0).contains("\"short-edge\""));
        let upper = |seen: &&Seen| seen.along.0 > 0.0 && seen.text.contains("edge");
        assert!(seen[1].texts.iter().filter(upper).all(|text| text.origin.1 < seen[1].height / 2.0));
        assert_eq!(test_sheet(&job).bytes, sheet.bytes);
    }
}
