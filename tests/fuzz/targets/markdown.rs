//! Texts: Markdown → document → pages → EPUB and PDF, in a few languages and designs.
//!
//! Comes in: a letter for one of [`DESIGNS`], then the text; a form feed parts it into two chapters.

use super::pressed;

/// Languages and designs that take other ways through the code; small pages, so that short texts fill many.
const DESIGNS: [&str; 6] = [
    "language = \"en\"\n[design]\ncontents = false\ntitle-page = false\npage = { width = \"70mm\", height = \"90mm\" }\n",
    "language = \"fr\"\n[design]\nnotes = \"chapter-end\"\nchapter-start = \"run-on\"\ndrop-caps = 2\nheadings = \"small-caps\"\n",
    "language = \"ar\"\n[design]\nnotes = \"end\"\ntitle-page = false\n[print]\nbinding = \"copies\"\n",
    "language = \"ja\"\n[design]\njustify = false\nindent = \"space\"\nrunning-heads = false\n",
    "language = \"de\"\n[design]\npage = \"A6\"\nnote-marks = \"symbols\"\nhyphenation = { de = [\"Ver-ein\"] }\n[print]\nfit = \"sheets\"\n",
    "language = \"tr\"\nsources = false\n[design]\npreset = \"large-print\"\n[epub]\nembed-fonts = false\n",
];

/// Tries a text.
pub fn run(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let design = DESIGNS[usize::from(*first) % DESIGNS.len()];
    let manifest =
        format!("title = \"T\"\nchapters = [{{ file = \"a.md\", title = \"One\" }}, \"b.md\"]\n{design}");
    let text = String::from_utf8_lossy(rest);
    let (one, two) = text.split_once('\u{c}').unwrap_or((&text, "Second.\n"));
    let folder = pressed::folder(&[
        ("manifest.toml", manifest.as_bytes()),
        ("a.md", one.as_bytes()),
        ("b.md", two.as_bytes()),
        ("p.png", pressed::PICTURE),
        ("d.svg", pressed::DRAWING),
    ]);
    pressed::check(folder.path(), bytes);
}
