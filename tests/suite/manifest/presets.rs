//! The designs by name: every value of each, written here a second time, and what the guidance behind them asks for.

use booklet::length::{Length, Size};
use booklet::manifest::{Design, Figures, Indent, Stress};

use super::good;

fn design(name: &str) -> Design {
    let design = good(&format!("design = \"{name}\"")).design;
    let mut table = good(&format!("[design]\npreset = \"{name}\"")).design;
    // The same as a word and as a table; only where it is written parts them.
    for (value, other) in
        [(&mut table.size.span, design.size.span), (&mut table.leading.span, design.leading.span)]
    {
        *value = other;
    }
    table.page.span = design.page.span;
    table.fonts[0].span = design.fonts[0].span;
    assert_eq!(table, design);
    design
}

/// A design in one line of words.
fn words(design: &Design) -> String {
    let points = |length: Length| format!("{:.2}", length.to_pt());
    let (page, canon, bounds) = (design.page.value, design.canon, design.bounds);
    format!(
        "{:.0}x{:.0} {} {}/{} smallest {} space {} margins {} {} {} {} lines {} | {:?} {:?} justify {} \
         hyphenate {} {:?} | {:?} notes {:?} {} {} {} | {:?} {:?} {:?}",
        page.width.to_mm(),
        page.height.to_mm(),
        design.fonts.iter().map(|font| font.value.as_str()).collect::<Vec<_>>().join("+"),
        points(design.size.value),
        points(design.leading.value),
        points(design.smallest),
        design.letter_space,
        canon.inner,
        canon.outer,
        canon.top,
        canon.bottom,
        canon.widest,
        design.stress,
        design.typography.figures,
        design.justify,
        design.hyphenate,
        design.indent,
        design.chapter_start,
        design.notes,
        design.contents,
        design.title_page,
        design.running_heads,
        bounds.size,
        bounds.leading,
        bounds.margins,
    )
}

#[test]
fn every_preset_has_its_values() {
    for (name, expected) in [
        (
            "classic",
            "148x210 Libertinus Serif 10.50/14.00 smallest 6.00 space 0 margins 18 14 20 22 lines 36 | Italic \
             OldStyle justify true hyphenate true FirstLine | Page notes Foot true true true | (950, 1250) \
             (1250, 1450) (80, 120)",
        ),
        (
            "modern",
            "148x210 Atkinson Hyperlegible Next 9.00/13.50 smallest 6.00 space 0 margins 18 24 20 24 lines 34 | \
             Italic Lining justify false hyphenate true FirstLine | Page notes Foot true true true | (850, 1050) \
             (1400, 1600) (80, 120)",
        ),
        (
            "large-print",
            "148x210 Atkinson Hyperlegible Next 18.00/24.00 smallest 16.00 space 0 margins 16 14 23 19 lines 36 | \
             Bold Lining justify false hyphenate false Space | Page notes Foot true true true | (1600, 2000) \
             (1250, 1450) (80, 115)",
        ),
        (
            "dyslexia-friendly",
            "148x210 Atkinson Hyperlegible Next 12.50/18.75 smallest 12.00 space 50 margins 18 15 20 22 lines 34 | \
             Bold Lining justify false hyphenate false Space | Page notes Foot true true true | (1200, 1400) \
             (1450, 1600) (80, 120)",
        ),
        (
            "leaflet",
            "99x210 Atkinson Hyperlegible Next 8.75/12.25 smallest 6.00 space 0 margins 14 14 14 18 lines 36 | \
             Italic Lining justify false hyphenate true FirstLine | RunOn notes End false false false | (800, 1050) \
             (1300, 1500) (75, 125)",
        ),
    ] {
        assert_eq!(words(&design(name)), expected, "{name}");
    }
    assert_eq!(words(&good("").design), words(&design("classic")), "what a manifest gets that says nothing");
}

#[test]
fn designs_for_tired_eyes_and_swimming_letters_follow_the_guidance() {
    for name in ["large-print", "dyslexia-friendly"] {
        let design = design(name);
        // Ragged, words whole, no italics, paragraphs apart, figures as high as capitals.
        assert!(!design.justify && !design.hyphenate);
        assert_eq!((design.stress, design.indent), (Stress::Bold, Indent::Space));
        assert_eq!(design.typography.figures, Figures::Lining);
        // Leading of at least a quarter more than the size.
        assert!(design.leading.value >= design.size.value * 5 / 4 && design.bounds.leading.0 >= 1250);
    }
    let least = |name: &str| Length(design(name).bounds.size.0 * Length::PER_POINT / 100);
    assert!(least("large-print") >= Length::pt(16) && design("large-print").smallest >= Length::pt(16));
    assert!(
        least("dyslexia-friendly") >= Length::pt(12)
            && design("dyslexia-friendly").smallest >= Length::pt(12)
    );
    assert!(design("dyslexia-friendly").letter_space > 0);
    assert_eq!(design("leaflet").page.value, Size::mm(99.0, 210.0));
}

#[test]
fn a_size_brings_its_leading_in_the_proportion_of_the_preset() {
    let set = |lines: &str| {
        let design = good(&format!("[design]\n{lines}")).design;
        (design.size.value, design.leading.value)
    };
    assert_eq!(set("size = \"12pt\""), (Length::pt(12), Length::pt(16)));
    assert_eq!(set("preset = \"modern\"\nsize = \"12pt\""), (Length::pt(12), Length::pt(18)));
    assert_eq!(set("preset = \"large-print\"\nsize = \"21pt\""), (Length::pt(21), Length::pt(28)));
    assert_eq!(set("size = \"12pt\"\nleading = \"15pt\""), (Length::pt(12), Length::pt(15)));
    assert_eq!(set("leading = \"15pt\""), (Length::from_pt(10.5), Length::pt(15)));
    // Space between letters is kept in thousandths of the size.
    let space = |lines: &str| good(&format!("[design]\n{lines}")).design.letter_space;
    assert_eq!(space("size = \"10pt\"\nletter-spacing = \"0.5pt\""), 50);
    assert_eq!(space("size = \"20pt\"\nletter-spacing = \"0.5pt\""), 25);
    assert_eq!(space("preset = \"dyslexia-friendly\"\nletter-spacing = \"0pt\""), 0);
}
