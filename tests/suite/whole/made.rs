//! The booklets, and their outputs against what is kept.

use std::fs;
use std::path::Path;

use booklet::diagnostic::Report;
use booklet::folder::Manuscript;
use booklet::press::{Artifact, Job, Wanted, press};
use image::{DynamicImage, GrayImage, ImageFormat, Luma, Rgba, RgbaImage};

use super::{apart, golden};

/// A drawing with every kind of paint and line.
const DRAWING: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40" width="80" height="40">
<defs>
<linearGradient id="a"><stop offset="0" stop-color="#c00"/><stop offset="0.5" stop-color="#0c0"/><stop offset="0.5" stop-color="#00c"/><stop offset="1" stop-color="#fff"/><stop offset="1" stop-color="#ff0"/></linearGradient>
<radialGradient id="b" cx="0.4" cy="0.4" r="0.5"><stop offset="0.1" stop-color="#222"/><stop offset="0.9" stop-color="#ddd"/></radialGradient>
<clipPath id="c"><circle cx="60" cy="20" r="15"/></clipPath>
</defs>
<rect x="2" y="2" width="20" height="15" fill="url(#a)"/>
<circle cx="12" cy="29" r="8" fill="url(#b)" stroke="#333" stroke-width="1.5"/>
<path d="M26 4 C 30 0 40 12 44 4 S 48 20 30 18 Z" fill="#369" fill-rule="evenodd" fill-opacity="0.5"/>
<path d="M26 24 h16 v12 h-16 z M30 27 h8 v6 h-8 z" fill="none" stroke="#a0a" stroke-width="2" stroke-dasharray="3 1.5" stroke-dashoffset="1" stroke-linecap="round" stroke-linejoin="bevel"/>
<g clip-path="url(#c)" opacity="0.7"><rect x="45" y="5" width="30" height="30" fill="#777"/><path d="M45 5 L75 35" stroke="black" stroke-miterlimit="3"/></g>
</svg>"##;

/// Gray alone, so that a print in black keeps it a drawing.
const GRAY: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10" width="30" height="10"><rect x="1" y="1" width="8" height="8" fill="#888"/><path d="M12 5h16" stroke="#111"/></svg>"##;

const FIGURES: &str = "# Figures\n\nA picture:\n\n![A drawing](drawing.svg \"Its caption\")\n\n![Gray](gray.svg)\n\n\
    ![With alpha](alpha.png \"Seen through\")\n\n![A photograph](photograph.jpg)\n\n![One](alpha.png) ![Two](gray.png)\n\nIn ![a line](gray.png) and x\u{302}\u{323}q\u{301}\u{323}n.\n\n![](gray.png)\n\n\
    ## A heading of figures\n\nAnd [back](everything.md#lists). In 1936 there were 1,234.\n";

/// A booklet in a folder with all its pictures.
fn folder(manifest: &str, chapters: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("a file");
    write("manifest.toml", manifest.as_bytes());
    for (name, text) in chapters {
        write(name, text.as_bytes());
    }
    write("drawing.svg", DRAWING.as_bytes());
    write("gray.svg", GRAY.as_bytes());
    let save = |name: &str, image: DynamicImage, format| {
        image.save_with_format(folder.path().join(name), format).expect("a picture");
    };
    let alpha = RgbaImage::from_fn(12, 8, |x, y| Rgba([(x * 20) as u8, (y * 30) as u8, 90, (x * 21) as u8]));
    save("alpha.png", alpha.into(), ImageFormat::Png);
    let gray = GrayImage::from_fn(9, 7, |x, y| Luma([(x * 25 + y) as u8]));
    save("gray.png", gray.into(), ImageFormat::Png);
    let photograph =
        RgbaImage::from_fn(24, 16, |x, y| Rgba([(x * 10) as u8, (y * 15) as u8, (x * y) as u8, 255]));
    save("photograph.jpg", DynamicImage::from(photograph).into_rgb8().into(), ImageFormat::Jpeg);
    folder
}

/// All outputs, whatever is warned of.
fn outputs(folder: &Path, wanted: Wanted) -> Vec<Artifact> {
    let mut report = Report::new();
    let made = press(&Job { manuscript: Manuscript::on_disk(folder), wanted }, &mut report);
    assert_eq!(report.errors(), 0, "{:#?}", report.diagnostics());
    made
}

/// Holds the outputs against what is kept.
fn hold(manifest: &str, chapters: &[(&str, &str)], wanted: Wanted) {
    let folder = folder(manifest, chapters);
    for artifact in outputs(folder.path(), wanted) {
        let text = if artifact.name.ends_with(".pdf") {
            apart::pdf(&artifact.bytes)
        } else {
            apart::epub(&artifact.bytes)
        };
        golden(&artifact.name, &text, 50);
    }
}

const EVERYTHING: &str = include_str!("../everything.md");

#[test]
fn everything() {
    let manifest = "title = \"All & everything\"\nsubtitle = \"At once\"\nshort-title = \"All\"\nlanguage = \"en-GB\"\n\
        slug = \"all\"\nchapters = [\"everything.md\", { file = \"figures.md\", short-title = \"Figs\", numbered = true }]\n\
        authors = [{ name = \"A Collective\", file-as = \"Collective, A\" }, \"Ё Ж\"]\n\
        contributors = [{ name = \"T. R.\", role = \"translator\" }, { name = \"U. S.\", role = \"translator\" }, { name = \"V. T.\", role = \"editor\" }]\npublisher = \"A press\"\ndate = 1936-07-19\n\
        rights = \"None (\\\\ at all)\"\ndescription = \"What it is.\"\nsource = \"https://example.org/all\"\n\
        subjects = [\"one\", { name = \"Two\", scheme = \"Thema\", code = \"JPFB\" }]\nsources = false\n\
        series = { name = \"Pamphlets\", number = 3 }\n\
        [cover]\ndesign = \"pattern\"\ncolours = [\"red\", \"#123456\"]\nprice = \"2 €\"\nisbn = \"978-0-306-40615-7\"\n\
        link = \"https://example.org/all\"\nback = \"back.md\"\n\
        [design]\npage = \"A6\"\nsize = \"8pt\"\ndrop-caps = 2\nornament = \"⁂\"\nheadings = \"small-caps\"\n\
        note-numbers = \"chapter\"\n\
        [print]\nmarks = [\"fold\", \"crop\", \"staple\", \"registration\", \"section\", \"label\"]\nsheet = \"A4\"\n\
        creep = { paper = \"0.2mm\" }\n";
    let chapters =
        [("everything.md", EVERYTHING), ("figures.md", FIGURES), ("back.md", "What is on *the back*.\n")];
    hold(manifest, &chapters, Wanted::ALL);
}

#[test]
fn figures_in_colour_and_notes_at_the_end() {
    let manifest = "title = \"Figures\"\nlanguage = \"fr\"\nchapters = [\"figures.md\", \"everything.md\", \"plain.md\"]\nslug = \"figures\"\n\
        sources = false\nidentifier = \"urn:isbn:9780306406157\"\n\
        [cover]\nfront = \"photograph.jpg\"\nfocus = { x = \"10%\", y = \"80%\" }\ndesign = \"photograph\"\n\
        [design]\npreset = \"dyslexia-friendly\"\npage = \"A5\"\nnotes = \"end\"\n\
        [print]\nbinding = \"folded\"\nfold = \"octavo\"\ncolour = true\nflip = \"long-edge\"\nsheet = { width = \"900mm\", height = \"620mm\" }\n\
        marks = [\"crop\", \"label\", \"section\"]\n\
        [epub]\npage-list = false\n";
    hold(
        manifest,
        &[
            ("figures.md", FIGURES),
            ("everything.md", EVERYTHING),
            ("plain.md", "Words.\n\n## Below\n\nMore.\n"),
        ],
        Wanted { kepub: true, ..Wanted::ALL },
    );
}

#[test]
fn right_to_left_in_one_page() {
    let manifest = "title = \"דף\"\nlanguage = \"he\"\nslug = \"rtl\"\nchapters = [\"one.md\"]\nsources = false\n\
        [cover]\ndesign = \"plain\"\n[design]\npreset = \"leaflet\"\nfont = \"DejaVu Sans Mono\"\npage = \"A6\"\nsize = \"6pt\"\n\
        [print]\nbinding = \"saddle\"\npicture = \"dither\"\nblanks = \"notes\"\n";
    let text = "# \u{5d0}\u{5d1}\u{5d2}\n\n\u{5e9}\u{5dc}\u{5d5}\u{5dd} 1936 abc.[^n]\n\n| \u{5d0} | b |\n|---|---|\n| 1 | 2 |\n\n![A](photograph.jpg)\n\n[^n]: \u{5d4}\u{5e2}\u{5e8}\u{5d4}.\n";
    hold(manifest, &[("one.md", text)], Wanted::ALL);
}
