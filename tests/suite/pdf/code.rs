//! Code in a PDF: long lines turn, tabs keep their place, and every reader agrees on the widths.

use std::fs;
use std::process::Command;

use super::pdftext;

const LONG: &str = "let sentence = [\"one\", \"two\", \"three\", \"four\", \"five\", \"six\", \"seven\", \"eight\", \"nine\"];";

fn pdf_of(chapter: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let manifest = "title = \"Code\"\nlanguage = \"en\"\nchapters = [\"a.md\"]\n";
    fs::write(folder.path().join("manifest.toml"), manifest).unwrap();
    fs::write(folder.path().join("a.md"), chapter).unwrap();
    let built = Command::new(env!("CARGO_BIN_EXE_booklet"))
        .args(["build", "-q", "--only", "reading"])
        .arg(folder.path())
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    fs::read(folder.path().join("dist/code.pdf")).unwrap()
}

#[test]
fn a_long_line_of_code_turns_at_a_space_and_loses_nothing() {
    let pdf = pdf_of(&format!("# C\n\n```\n{LONG}\n\tindented\n```\n"));
    let pages = pdftext::pages(&pdf);
    let lines: Vec<&str> = pages[pdftext::first_of_text(&pdf)].iter().map(String::as_str).collect();
    let from = lines.iter().position(|l| l.starts_with("let sentence")).expect("the code");
    assert!(lines[from].len() < LONG.len(), "the line did not turn: {lines:?}");
    let joined = format!("{} {}", lines[from].trim_end(), lines[from + 1].trim_start_matches(['↪', ' ']));
    assert_eq!(joined, LONG);
    assert_eq!(lines[from + 2], "    indented", "a tab is four columns");
}

#[test]
fn a_default_width_is_a_whole_number_or_not_there() {
    // Poppler takes 1000 for a default width with a fraction, and sets the code wide apart.
    let pdf = lopdf::Document::load_mem(&pdf_of("# C\n\nSome `code` and\n\n```\nmore\n```\n")).unwrap();
    let mut fonts = 0;
    for object in pdf.objects.values() {
        let Ok(font) = object.as_dict() else { continue };
        if font.get(b"CIDSystemInfo").is_err() {
            continue;
        }
        fonts += 1;
        assert!(font.get(b"DW").is_ok_and(|w| w.as_i64().is_ok()) || font.has(b"W"), "{font:?}");
        assert!(!font.get(b"DW").is_ok_and(|w| w.as_i64().is_err()), "{font:?}");
    }
    assert!(fonts >= 2, "the text's font and the code's");
}
