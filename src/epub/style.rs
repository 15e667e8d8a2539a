//! The style sheet.
//!
//! It looks like the print design and yields to the reader: every measure is relative, no colour is
//! fixed (so dark mode works), the text size, face and margins stay the reader's to choose. What is
//! bold or italic here is what [`super::used`] is told, so that the embedded faces hold it.

use crate::face::{FaceStyle, SANS_FAMILY};
use crate::manifest::{Figures, Headings, Indent, Stress};

use super::EpubOptions;

/// Whether headings of a rank are set in small capitals.
pub fn small_caps(rank: usize, headings: Headings) -> bool {
    headings == Headings::SmallCaps && matches!(rank, 1 | 2 | 4)
}

/// The style that headings of a rank are set in.
pub fn heading(rank: usize, headings: Headings, stress: Stress) -> FaceStyle {
    let style = match headings {
        Headings::Bold => FaceStyle { bold: rank == 2 || rank > 3, italic: rank == 3 || rank > 4 },
        Headings::SmallCaps => FaceStyle { bold: false, italic: matches!(rank, 3 | 5) },
    };
    if style.italic && stress == Stress::Bold { BOLD } else { style }
}

/// The style of the subtitle.
pub fn subtitle(stress: Stress) -> FaceStyle {
    if stress == Stress::Bold { BOLD } else { FaceStyle { bold: false, italic: true } }
}

const BOLD: FaceStyle = FaceStyle { bold: true, italic: false };

/// An embedded face, for `@font-face`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FontRule {
    /// Family name.
    pub family: String,
    /// Which of the four styles.
    pub style: FaceStyle,
    /// File, relative to the style sheet.
    pub href: String,
}

/// The style sheet of a booklet.
pub fn sheet(options: &EpubOptions<'_>, fonts: &[FontRule], notices: &[String]) -> String {
    let mut css = String::with_capacity(6000);
    for notice in notices {
        let words = notice.replace("*/", "* /").split_whitespace().collect::<Vec<_>>().join(" ");
        css.push_str(&format!("/* {words} */\n"));
    }
    let mut families: Vec<&str> = Vec::new();
    for font in fonts {
        let weight = if font.style.bold { "bold" } else { "normal" };
        let slope = if font.style.italic { "italic" } else { "normal" };
        css.push_str(&format!(
            "@font-face {{ font-family: {}; src: url({}); font-weight: {weight}; font-style: {slope}; }}\n",
            quoted(&font.family),
            font.href
        ));
        if !families.contains(&font.family.as_str()) {
            families.push(&font.family);
        }
    }
    css.push_str("body { ");
    if !families.is_empty() {
        let generic = if families[0] == SANS_FAMILY { "sans-serif; " } else { "serif; " };
        css.push_str("font-family: ");
        for family in families {
            css.push_str(&quoted(family));
            css.push_str(", ");
        }
        css.push_str(generic);
    }
    let (whole, rest) = (options.leading / 100, options.leading % 100);
    css.push_str(&format!("line-height: {whole}.{rest:02}; "));
    if options.letter_space > 0 {
        css.push_str(&format!("letter-spacing: .{:03}em; ", options.letter_space.min(999)));
    }
    css.push_str("widows: 2; orphans: 2; overflow-wrap: break-word; ");
    css.push_str(if options.justify { "text-align: justify; " } else { "text-align: start; " });
    let hyphens = if options.hyphenate { "auto" } else { "manual" };
    css.push_str(&format!(
        "-webkit-hyphens: {hyphens}; -epub-hyphens: {hyphens}; adobe-hyphenate: {hyphens}; hyphens: {hyphens}; }}\n"
    ));
    css.push_str(match options.indent {
        Indent::FirstLine => "p { margin: 0; text-indent: 0; }\np + p { text-indent: 1.3em; }\n",
        Indent::Space => "p { margin: 0 0 .7em; text-indent: 0; }\n",
    });
    css.push_str(FIXED);
    chosen(&mut css, options);
    if options.stress == Stress::Bold {
        css.push_str(UPRIGHT);
    }
    css
}

/// What the manifest chose.
fn chosen(css: &mut String, options: &EpubOptions<'_>) {
    let typography = options.typography;
    if typography.figures == Figures::OldStyle {
        css.push_str("body { font-variant-numeric: oldstyle-nums; }\ntable { font-variant-numeric: lining-nums tabular-nums; }\n");
    }
    if typography.headings == Headings::SmallCaps {
        css.push_str(
            "h1, h2, h4 { font-weight: normal; font-variant: small-caps; letter-spacing: .06em; }\n",
        );
        css.push_str("h1 { font-size: 1.4em; }\nh5, h6 { font-weight: normal; font-size: .92em; }\n");
        css.push_str("h6 { font-style: normal; }\nh6 em { font-style: italic; }\n");
    }
    if let Some(lines) = typography.drop_caps {
        // The letter's foot on the last line, its head level with the capitals of the first: in lines of
        // 1.35 em, capitals being .65 em high.
        let height = f64::from(lines - 1) * 1.35 + 0.65;
        css.push_str(&format!(
            ".dropcap::first-letter {{ float: left; font-size: {:.2}em; line-height: .7; padding: .07em .06em 0 0; }}\n",
            height / 0.65
        ));
    }
    if let Some(ornament) = &typography.ornament {
        css.push_str(&format!("hr::before {{ content: {}; letter-spacing: normal; }}\n", quoted(ornament)));
    }
}

/// Words as a CSS string.
fn quoted(name: &str) -> String {
    let safe: String = name.chars().filter(|c| !c.is_control() && !matches!(c, '"' | '\\' | '<')).collect();
    format!("\"{safe}\"")
}

/// Nothing in italics.
const UPRIGHT: &str = "em, h3, h5, h6, .titlepage .subtitle { font-style: normal; font-weight: bold; }\n.byline { font-style: normal; }\n";

const FIXED: &str = r#"
h1, h2, h3, h4, h5, h6 { text-align: start; text-indent: 0; line-height: 1.2; -webkit-hyphens: manual; -epub-hyphens: manual; adobe-hyphenate: none; hyphens: manual; page-break-after: avoid; break-after: avoid; page-break-inside: avoid; break-inside: avoid; }
h1 { font-size: 1.6em; font-weight: normal; margin: 2.2em 0 1.4em; }
h2 { font-size: 1.1em; font-weight: bold; margin: 1.8em 0 .6em; }
h3 { font-size: 1em; font-weight: normal; font-style: italic; margin: 1.4em 0 .4em; }
h4 { font-size: 1em; font-weight: bold; margin: 1.2em 0 .3em; }
h5, h6 { font-size: 1em; font-weight: bold; font-style: italic; margin: 1em 0 .3em; }
em em, h3 em, h5 em, h6 em { font-style: normal; }
h1 .number { margin-inline-end: .4em; }
a { color: inherit; text-decoration: underline; }
nav a { text-decoration: none; }
a[role="doc-noteref"] { font-size: .7em; line-height: 0; vertical-align: super; text-decoration: none; font-style: normal; font-weight: normal; padding: 0 .1em; }
a[role="doc-backlink"] { text-decoration: none; padding: 0 .2em; }
sup, sub { font-size: .7em; line-height: 0; }
small { font-size: .85em; }
code, kbd, pre { font-family: monospace; font-size: .85em; -webkit-hyphens: none; -epub-hyphens: none; adobe-hyphenate: none; hyphens: none; }
code { overflow-wrap: anywhere; }
kbd { border: thin solid; border-radius: .2em; padding: 0 .25em; }
pre { margin: .8em 0; padding-inline-start: 1em; text-align: start; white-space: pre-wrap; overflow-wrap: anywhere; }
pre code { font-size: 1em; }
blockquote { margin: .9em 1.5em; }
blockquote[role="doc-epigraph"] { margin: 1.5em 0 2em; margin-inline-start: 38%; font-size: .9em; text-align: start; }
.byline { font-style: italic; text-align: end; text-indent: 0 !important; margin: .6em 0 1.4em; }
.byline + .byline { margin-top: -1.4em; }
h1 + .byline { text-align: start; margin-top: -.8em; }
.byline em { font-style: normal; }
.smallcaps { font-variant: small-caps; letter-spacing: .03em; }
.smallcaps.all { font-variant-caps: all-small-caps; }
.attribution { text-align: end; text-indent: 0 !important; margin-top: .3em; }
.verse { margin: .9em 1.5em; text-align: start; text-indent: 0 !important; -webkit-hyphens: manual; -epub-hyphens: manual; adobe-hyphenate: none; hyphens: manual; }
.verse .line { display: block; padding-inline-start: 2em; text-indent: -2em; }
.verse br { display: none; }
ul, ol { margin: .7em 0; padding-inline-start: 1.6em; }
li > ul, li > ol { margin: .2em 0; }
dl { margin: .8em 0; }
dt { font-weight: bold; page-break-after: avoid; break-after: avoid; }
dd { margin: 0 0 .5em; margin-inline-start: 1.6em; }
hr { border: 0; color: inherit; margin: 1.4em 0; text-align: center; height: auto; }
hr::before { content: "* * *"; white-space: pre; letter-spacing: .3em; }
figure { margin: 1.2em 0; text-align: center; page-break-inside: avoid; break-inside: avoid; }
figcaption { font-size: .85em; line-height: 1.3; margin-top: .5em; text-indent: 0; text-align: center; }
img { max-width: 100%; height: auto; }
figure img { max-height: 90vh; object-fit: contain; }
figure.plate { page-break-before: always; break-before: page; page-break-after: always; break-after: page; margin: 0; }
.row { display: flex; justify-content: center; align-items: flex-start; gap: 1em; margin: 1.2em 0; page-break-inside: avoid; break-inside: avoid; }
.row figure { margin: 0; min-width: 0; }
.row img { width: 100%; }
img.inline { max-height: 1.4em; vertical-align: middle; }
table { border-collapse: collapse; margin: 1em auto; font-size: .9em; line-height: 1.25; text-align: start; border-top: thin solid; border-bottom: thin solid; -webkit-hyphens: manual; -epub-hyphens: manual; hyphens: manual; }
thead { border-bottom: thin solid; }
th, td { padding: .25em .6em; vertical-align: baseline; text-align: start; overflow-wrap: break-word; }
th { vertical-align: bottom; }
.scroll { overflow-x: auto; max-width: 100%; }
tr { page-break-inside: avoid; break-inside: avoid; }
.left { text-align: left; }
.center { text-align: center; }
.right { text-align: right; }
.cover { margin: 0; padding: 0; text-align: center; text-indent: 0; }
.cover img { display: block; margin: 0 auto; max-width: 100%; max-height: 98vh; object-fit: contain; }
.titlepage { margin-top: 18%; text-align: center; -webkit-hyphens: manual; -epub-hyphens: manual; adobe-hyphenate: none; hyphens: manual; }
.titlepage p { text-indent: 0; }
.titlepage h1 { text-align: center; font-size: 2em; margin: 1em 0 .5em; }
.titlepage .subtitle { font-style: italic; font-size: 1.2em; }
.titlepage .publisher { margin-top: 5em; }
.imprint { margin-top: 30%; font-size: .85em; text-align: start; }
.imprint p { text-indent: 0; margin: 0 0 .6em; overflow-wrap: break-word; }
.contents ol { list-style: none; padding: 0; margin: 0; }
.contents li { margin: .4em 0; text-align: start; }
.contents ol ol { padding-inline-start: 1.4em; }
.notes { font-size: .9em; }
.notes ol { padding-inline-start: 2em; }
.notes li { margin: 0 0 .5em; }
.notes ol.symbols { list-style: none; padding-inline-start: 0; }
"#;
