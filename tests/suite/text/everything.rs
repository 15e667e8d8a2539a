//! Every construct in one booklet, with the faces it needs.

use booklet::epub::{self, EpubOptions};
use booklet::face::embedded;

use crate::epub::book::{options, text_of};
use crate::typeset::handmade::{from_markdown, identity, person};

/// Every construct in one booklet. The file stays in the target folder for the checkers.
#[test]
fn a_booklet_of_everything() {
    let text = include_str!("../everything.md");
    let mut who = identity();
    who.subtitle = Some("All that a text can hold".into());
    who.authors = vec![person("A collective", "author")];
    who.publisher = Some("A press".into());
    who.source = Some("https://example.org/everything".into());
    who.contributors = vec![person("T. R.", "translator")];
    let document = from_markdown(
        who,
        &[("everything.md", text), ("again.md", "Without a heading.\n")],
        Some("The back."),
    );
    let faces = embedded();
    let options = EpubOptions { faces: &faces, embed_fonts: true, ..options() };
    let bytes = epub::write(&document, &options).expect("an EPUB");
    let folder = env!("CARGO_TARGET_TMPDIR");
    std::fs::write(format!("{folder}/everything.epub"), &bytes).expect("written");
    let styles = text_of(&bytes, "OEBPS/stylesheet.css");
    assert!(
        styles.contains("font-family: \"Libertinus Serif\"; src: url(fonts/LibertinusSerif-Regular.otf)"),
        "{styles}"
    );
    assert!(styles.starts_with("/* "), "the fonts' licence is not told: {styles}");
}
