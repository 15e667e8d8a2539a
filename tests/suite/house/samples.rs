//! The sample booklets say what the texts they are made from say: every word, in the same order.

use booklet::booklet::{Booklet, open};
use booklet::diagnostic::Report;
use booklet::document::{BlockKind, Document, read};
use booklet::folder::Manuscript;

use crate::text::words::{SAMPLES, assert_same, manifest, of_document, of_seed};

fn document(sample: &str) -> Document {
    let mut report = Report::new();
    let booklet: Option<Booklet> = open(&Manuscript::on_disk(manifest(sample)), &mut report);
    let booklet = booklet.unwrap_or_else(|| panic!("{sample}: {:?}", report.diagnostics()));
    let document = read(&booklet, &mut report);
    assert!(!report.has_errors(), "{sample}: {:?}", report.diagnostics());
    document
}

#[test]
fn nothing_is_left_out_or_reworded() {
    for sample in SAMPLES {
        let (got, want) = (of_document(&document(sample)), of_seed(sample));
        assert!(want.text.len() > 600, "{sample}: the seed is too short to be whole");
        assert_same(sample, &got.text, &want.text);
        assert_same(&format!("{sample}, notes"), &got.notes, &want.notes);
    }
}

#[test]
fn the_interview_has_its_questions_notes_list_and_closing_extract() {
    let document = document("for-a-revolutionary-anarchism");
    assert_eq!(document.chapters.len(), 5, "one chapter a question");
    assert_eq!(document.notes.iter().map(|n| n.number).collect::<Vec<_>>(), [1, 2, 3, 4]);
    let kinds = |chapter: usize| document.chapters[chapter].blocks.iter().map(|b| &b.kind);
    let items: Vec<usize> = kinds(2)
        .filter_map(
            |k| if let BlockKind::List { items, start: None, .. } = k { Some(items.len()) } else { None },
        )
        .collect();
    assert_eq!(items, [6], "one list of six points");
    let BlockKind::Quote(extract) = kinds(4).next_back().expect("a last block") else {
        panic!("the last chapter ends with the extract");
    };
    let attribution = extract.last().map(|b| &b.kind);
    assert!(matches!(attribution, Some(BlockKind::Attribution(_))), "{attribution:?}");
    assert_eq!(extract.len(), 6, "five paragraphs and the attribution");
}
