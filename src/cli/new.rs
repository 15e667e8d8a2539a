//! `booklet new`: a folder with a manifest that teaches and a chapter that builds at once.
//!
//! All its files are there in the end, or none (`folder.rs`). They are pressed before they are put in place, so that
//! a title which cannot be built is told now.

use std::fs;
use std::path::Path;

use crate::diagnostic::{Report, Severity};
use crate::folder::Manuscript;
use crate::language::Language;
use crate::press::{Job, Wanted, press_safely};

use super::Exit;
use super::args::New;
use super::delivery::folder::put;
use super::delivery::trouble::Trouble;
use super::system::interrupt::end_on_request;
use super::system::shell::quoted as quoted_path;
use super::voice::Voice;

/// What the manifest is called.
const MANIFEST_NAME: &str = "manifest.toml";

pub(super) fn run(args: &New, voice: &mut Voice) -> Exit {
    end_on_request();
    let title = args.title.clone().unwrap_or_else(|| title_of(&args.folder));
    if title.trim().is_empty() {
        voice.trouble("the title is empty; give one with --title \"…\"");
        return Exit::Trouble;
    }
    let language = match Language::parse(&args.language) {
        Ok(language) => language,
        Err(why) => {
            voice.trouble(&format!("“{}” is not a language tag", args.language));
            voice.hint(&why.to_string());
            return Exit::Trouble;
        }
    };
    match write(&args.folder, &title, &language) {
        Ok(()) => {
            let manifest = args.folder.join(MANIFEST_NAME);
            voice.file(&manifest);
            voice.remark(&format!("  to build it: booklet build {}", quoted_path(&args.folder)));
            Exit::Done
        }
        Err(trouble) => {
            voice.refuse(&trouble);
            Exit::Trouble
        }
    }
}

fn write(folder: &Path, title: &str, language: &Language) -> Result<(), Trouble> {
    let manifest = MANIFEST.replace("@LANGUAGE@", &quoted(language.tag())).replace("@TITLE@", &quoted(title));
    let files = [(MANIFEST_NAME, manifest.as_str()), ("first.md", FIRST), ("back.md", BACK)];
    for (name, _) in files {
        let path = folder.join(name);
        if fs::symlink_metadata(&path).is_ok() {
            return Err(Trouble::new(format!("{} is there already and stays as it is", path.display()))
                .hint("choose another folder, or change the booklet that is in this one"));
        }
    }
    put(folder, files.map(|(name, text)| (name, text.as_bytes())), MANIFEST_NAME, builds)
}

/// Whether a new booklet can be built. All of it but the title is known to be sound.
fn builds(folder: &Path) -> Result<(), Trouble> {
    let mut report = Report::new();
    press_safely(
        &Job { manuscript: Manuscript::on_disk(folder.join(MANIFEST_NAME)), wanted: Wanted::NOTHING },
        &mut report,
    );
    let Some(finding) = report.diagnostics().iter().find(|d| d.severity == Severity::Error) else {
        return Ok(());
    };
    let trouble = Trouble::new(format!("this title cannot be used: {}", finding.message));
    Err(trouble.hint("give another one with --title \"…\""))
}

/// The folder's name with its first letter large and its hyphens as spaces.
fn title_of(folder: &Path) -> String {
    let name = folder.file_name().map(|n| n.to_string_lossy().replace(['-', '_'], " ")).unwrap_or_default();
    let mut letters = name.trim().chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A TOML basic string (TOML 1.0, “String”).
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

const MANIFEST: &str = r#"# This file says what the booklet is and how it looks. Lines that begin with # are only remarks: take
# the # away to switch a setting on. Build the booklet with:  booklet build manifest.toml

title    = @TITLE@
language = @LANGUAGE@        # en, fr, de, es, it, pt, el, ru, cs, pl…: hyphens, quotation marks, spaces
chapters = ["first.md"]      # the text: Markdown files, in order

# subtitle     = "An interview"
# authors      = ["A collective"]
# contributors = [{ name = "Someone", role = "translator" }]
# publisher    = "A small press"
# date         = 2026-05-01  # the only date that is printed or stored
# rights       = "No copyright: copy, share, reprint."
# description  = "What it is about, in a sentence or two."
# subjects     = ["history", "printing"]
# source       = "https://example.org/where-the-text-comes-from"
# identifier   = "urn:isbn:9780000000002"
# series       = { name = "Pamphlets", number = 1 }
# slug         = "my-pamphlet"                 # the name of the files that are made

# A chapter may also say more about itself:
# chapters = [
#     "first.md",
#     { file = "second.md", title = "The second chapter", short-title = "Second", numbered = true },
# ]

[cover]
back = "back.md"             # Markdown or a picture; it is always the outermost last page
# design = "poster"          # or "classic", "grid", "pattern"; "plain" if left out
# colours = ["scarlet"]      # one or two inks beside black
# front = "cover.png"        # a picture that fills the cover; without one the cover is set in type
# text  = true               # set the title over the picture

[design]
page    = "A5"               # A4, A5, A6, half-letter, letter… or { width = "120mm", height = "190mm" }
size    = "10.5pt"           # type size
leading = "14pt"             # from one line to the next
# font           = "Libertinus Serif"          # `booklet fonts` lists what there is
# margins        = { inner = "18mm", outer = "14mm", top = "20mm", bottom = "22mm" }
# chapter-start  = "page"    # page, recto (a right-hand page) or run-on
# notes          = "foot"    # foot (of the page), chapter-end or end
# title-page     = true
# contents       = true
# running-heads  = true
# justify        = true
# hyphenate      = true
# indent         = "first-line"                # or "space": a blank line between paragraphs

[print]
sheet   = "A4"               # the paper in the printer; two A5 pages lie side by side on A4
binding = "saddle"           # fold the stack in the middle, staple it on the fold
flip    = "short-edge"       # how the printer turns the paper: short-edge or long-edge
# marks = ["fold"]           # short dashes that show where to fold
# instructions = true        # a page more that shows in drawings how to print, fold and bind
# creep = { paper = "0.1mm" }                  # many sheets? inner pages move by the paper's thickness

[epub]
embed-fonts = true
"#;

const FIRST: &str = r#"# The first chapter

Write your text here. Paragraphs are parted by an empty line. Words can be *emphasised* or made **strong**,
"quotes" and dashes -- like these -- become those of your language, and a link looks like
[this](https://example.org/).

A note is called by a mark[^first] and may stand anywhere in the file.

## A heading inside the chapter

- A list has one dash a line.
- This is its second point.

> What somebody else has said.
>
> -- Somebody else

[^first]: It is printed at the foot of the page of its mark, and an e-reader shows it as a pop-up.
"#;

const BACK: &str = "Read it, copy it, pass it on.\n";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_come_from_folder_names() {
        assert_eq!(title_of(Path::new("a/my-first_pamphlet")), "My first pamphlet");
        assert_eq!(title_of(Path::new("..")), "");
    }

    #[test]
    fn any_title_is_valid_toml() {
        assert_eq!(quoted("a \"b\" \\ \n"), r#""a \"b\" \\ \u000A""#);
    }

    #[test]
    fn languages_are_told_from_other_words() {
        for good in ["en", "pt-BR", "zh-Hant-TW", "grc"] {
            assert!(Language::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "english", "e", "en_GB", "en-", "fr, de"] {
            assert!(Language::parse(bad).is_err(), "{bad}");
        }
    }
}
