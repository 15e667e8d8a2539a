//! What people type, and the help that they read.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::language::Language;
use crate::length::Size;
use crate::manifest::{paper_named, paper_names};

/// Make booklets: an EPUB for e-readers, a PDF to read on a screen, and a PDF to print, fold and staple.
#[derive(Debug, Parser)]
#[command(name = "booklet", version, max_term_width = 100, arg_required_else_help = true, after_help = AFTER)]
pub(super) struct Args {
    #[command(subcommand)]
    pub command: Command,
    /// Say only what was asked for, warnings and errors: no remarks, no notes, no counts
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

const AFTER: &str = "\
First time? These three lines make a booklet that you can print:

    booklet new my-pamphlet
    booklet build my-pamphlet
    (print my-pamphlet/dist/my-pamphlet-print.pdf on both sides, flipped on the short edge; fold; staple)";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Build(Build),
    Preview(Preview),
    Watch(Watch),
    Check(Check),
    New(New),
    Unpack(Unpack),
    Verify(Verify),
    Fonts(Fonts),
    TestSheet(TestSheet),
    Completions(Completions),
    #[command(alias = "licenses")]
    Licences(Licences),
}

/// Make the EPUB, the reading PDF and the print PDF of one or more booklets
///
/// The files are put into a folder "dist" beside each manifest, or into the folder given with -o. A
/// booklet with mistakes is not built, and its old files stay as they are.
#[derive(Debug, Parser)]
pub(super) struct Build {
    /// The booklet's manifest, or the folder with its manifest.toml
    #[arg(required = true, value_name = "MANIFEST")]
    pub manifests: Vec<PathBuf>,
    /// Put the files into this folder
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Make only this file; may be given more than once. Pictures are made only so
    #[arg(long, value_name = "KIND")]
    pub only: Vec<Kind>,
    /// Say how much paper so many copies need
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub copies: Option<u32>,
    /// How many processor cores to use [default: all]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
}

/// One of the files of a booklet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
    /// the EPUB for e-readers and telephones
    Epub,
    /// the EPUB in the dialect of Kobo's readers
    Kepub,
    /// the PDF to read on a screen, page after page
    Reading,
    /// the PDF to print, fold and staple
    Print,
    /// a picture for a web page or a post: cover, open pages and sheets (SLUG.png)
    Picture,
    /// the front cover as a picture of 1600 by 2560 pixels, as shops ask (SLUG-cover.png)
    Cover,
    /// each page as a picture, 150 pixels an inch (SLUG-001.png and so on)
    Pages,
    /// each side of the sheets to print as a picture, 150 pixels an inch (SLUG-print-001.png and so on)
    Sheets,
}

/// See a booklet in the browser, page by page, while you write it
///
/// Prints an address; open it in any browser on this computer. It shows the pages as one holds them, the
/// sheets as they come out of the printer, the EPUB as a telephone shows it, and mistakes. Save the
/// manifest, a chapter or a picture, and what you see follows at once. The booklet is not written to the
/// disk. Only who has the address can see the page: it has a key in it, a new one each time, and works on
/// this computer alone. Ctrl-C ends it.
#[derive(Debug, Parser)]
pub(super) struct Preview {
    /// The booklet's manifest, or the folder with its manifest.toml
    #[arg(value_name = "MANIFEST")]
    pub manifest: PathBuf,
    /// Open the address in the browser
    #[arg(long)]
    pub open: bool,
    /// The number of the port in the address [default: any that is free]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub port: Option<u16>,
}

/// Make a booklet again whenever one of its files changes
///
/// Keep it running in a window of its own while you write: each time you save the manifest, a chapter, a
/// picture or a font, the files in "dist" are made anew, and mistakes are shown until they are mended.
/// Files that did not change are not written again. Ctrl-C ends it.
#[derive(Debug, Parser)]
pub(super) struct Watch {
    /// The booklet's manifest, or the folder with its manifest.toml
    #[arg(value_name = "MANIFEST")]
    pub manifest: PathBuf,
    /// Put the files into this folder
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Make only this file; may be given more than once. Pictures are made only so
    #[arg(long, value_name = "KIND")]
    pub only: Vec<Kind>,
}

/// Look for mistakes, and build nothing
#[derive(Debug, Parser)]
pub(super) struct Check {
    /// The booklet's manifest, or the folder with its manifest.toml
    #[arg(required = true, value_name = "MANIFEST")]
    pub manifests: Vec<PathBuf>,
    /// How many processor cores to use [default: all]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
}

/// Begin a booklet: a folder with a manifest and a first chapter
///
/// The new booklet can be built at once. Its manifest explains every setting; change what you like.
#[derive(Debug, Parser)]
pub(super) struct New {
    /// The folder to make
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The booklet's title [default: made from the folder's name]
    #[arg(long)]
    pub title: Option<String>,
    /// The language of the text: en, fr, de, es, it, pt, el, ru, cs, pl…
    #[arg(long, default_value = "en", value_name = "L")]
    pub language: String,
}

/// Take a booklet's texts and pictures out of its PDF or EPUB, to reprint or translate it
///
/// Every reading PDF and every EPUB carries the files that it was made of: manifest, chapters, pictures.
/// This puts them into a new folder. Building that folder gives the same files again, byte for byte; or
/// change what you like and build your own.
#[derive(Debug, Parser)]
pub(super) struct Unpack {
    /// A reading PDF or an EPUB that booklet made
    pub file: PathBuf,
    /// The folder to make; it may be there already if it is empty
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// Check that a PDF or EPUB is exactly what a manifest gives
///
/// Builds the booklet without writing anything and compares. Says "exactly" if every byte is the same;
/// otherwise where the file differs: which pages, which chapter, which words.
#[derive(Debug, Parser)]
pub(super) struct Verify {
    /// The PDF or EPUB to check
    pub file: PathBuf,
    /// The booklet's manifest, or the folder with its manifest.toml
    #[arg(value_name = "MANIFEST")]
    pub manifest: PathBuf,
}

/// List the fonts that a manifest can name
///
/// These are the fonts that booklet brings with it, and those in a folder "fonts" here or in a folder
/// above.
#[derive(Debug, Parser)]
pub(super) struct Fonts {
    /// Look from this folder
    #[arg(default_value = ".", value_name = "DIR")]
    pub folder: PathBuf,
}

/// Make a sheet that shows what your printer does
///
/// Print it on both sides. It says, in words, on which edge the printer turns the paper, how far front and
/// back are out of register, how wide a rim stays white, and whether the size is right.
#[derive(Debug, Parser)]
pub(super) struct TestSheet {
    /// A booklet whose language, paper and printer setting to take
    #[arg(value_name = "MANIFEST")]
    pub manifest: Option<PathBuf>,
    /// The paper: A4, A3, letter… [default: the booklet's, or A4]
    #[arg(long, value_name = "PAPER", value_parser = paper)]
    pub sheet: Option<Size>,
    /// The language of its words: en, fr, de… [default: the booklet's, or en]
    #[arg(long, value_name = "L", value_parser = Language::parse)]
    pub language: Option<Language>,
    /// Put the file into this folder
    #[arg(short, long, value_name = "DIR", default_value = ".")]
    pub output: PathBuf,
}

fn paper(name: &str) -> Result<Size, String> {
    paper_named(name).ok_or_else(|| format!("papers that booklet knows: {}", paper_names().join(", ")))
}

/// Write the completions of a shell, so that it finishes commands when you press Tab
#[derive(Debug, Parser)]
pub(super) struct Completions {
    /// Which shell
    pub shell: clap_complete::Shell,
}

/// Print the licences of the program and of everything in it
///
/// Whoever passes the program on has to pass these texts on with it: booklet's own licences, those of its
/// fonts, and the notices of the crates that it is made of.
#[derive(Debug, Parser)]
pub(super) struct Licences {}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definitions_hold_together() {
        Args::command().debug_assert();
    }
}
