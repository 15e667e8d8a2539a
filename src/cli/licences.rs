//! `booklet licences`: whose work is in the program, and under which terms it may be passed on.
//!
//! Goes out: the program's own licences, those of the fonts that it carries, and the notices of all crates that
//! are compiled in. These are gathered by `tests/licences/gather.py`; `tests/suite/licences.rs` holds them to
//! `Cargo.lock`. The texts are in the program, since most of the licences want to go where the program goes.

use super::Exit;
use super::voice::Voice;

const NOTICES: &str = include_str!("licences/notices.txt");

/// The program's own licences.
const OWN: [(&str, &str); 2] =
    [("MIT", include_str!("../../LICENSE-MIT")), ("Apache-2.0", include_str!("../../LICENSE-APACHE"))];

/// The fonts that are compiled in.
const FONTS: [(&str, &str); 3] = [
    ("Libertinus Serif: SIL Open Font License 1.1", include_str!("../../fonts/libertinus-serif/OFL.txt")),
    (
        "Atkinson Hyperlegible Next: SIL Open Font License 1.1",
        include_str!("../../fonts/atkinson-hyperlegible-next/OFL.txt"),
    ),
    ("DejaVu Sans Mono: the Bitstream Vera terms", include_str!("../../fonts/dejavu-sans-mono/LICENSE")),
];

const INTRODUCTION: &str = "\
booklet may be used, changed and passed on under the MIT licence or the Apache licence 2.0, as you like.
What you make with it is yours: none of this reaches your booklets, but for the letters of the fonts, which may be
in a PDF or an EPUB under any terms.

In the program are, beside booklet's own work, three fonts and the crates that are listed below. Whoever passes the
program on passes these texts on with it: they are in it.
";

pub(super) fn run(voice: &mut Voice) -> Exit {
    voice.result_text(text().as_bytes());
    Exit::Done
}

fn text() -> String {
    let mut text = INTRODUCTION.to_owned();
    let mut part = |title: &str, body: &str| {
        text.push_str(&format!("\n{}\n{title}\n\n{}\n", "=".repeat(100), body.trim_end()));
    };
    for (name, body) in OWN {
        part(&format!("booklet: {name}"), body);
    }
    for (name, body) in FONTS {
        part(name, body);
    }
    part("Crates", NOTICES);
    text
}
