//! Text → document → EPUB without a disk, for the targets that are about the text.

use std::sync::{Arc, OnceLock};

use booklet::booklet::{BackCover, ChapterText};
use booklet::diagnostic::{Report, Source};
use booklet::document::{self, Document, NoteStyle, Sources};
use booklet::epub::{self, Dialect, EpubOptions};
use booklet::face::embedded;
use booklet::manifest::{self, Identity, Manifest};
use booklet::picture::Picture;

use super::sound;

/// The manifest of all that is made here.
fn plain() -> &'static Manifest {
    static READ: OnceLock<Manifest> = OnceLock::new();
    READ.get_or_init(|| {
        let text = "title = \"T\"\nlanguage = \"en\"\nchapters = [\"a.md\"]\n[epub]\nembed-fonts = false\npage-list = false\n";
        let mut report = Report::new();
        let source = report.add_source(Source { name: "manifest.toml".to_owned(), text: text.into() });
        manifest::parse(source, &mut report).expect("a manifest")
    })
}

/// Reads a text as the one chapter of a booklet; every picture that it shows is there.
pub fn read(text: &str) -> (Document, Report) {
    let mut report = Report::new();
    let text: Arc<str> = text.into();
    let source = report.add_source(Source { name: "a.md".to_owned(), text: Arc::clone(&text) });
    let identity = identity();
    let chapter = ChapterText {
        source,
        text,
        file: "a.md".to_owned(),
        title: None,
        short_title: None,
        numbered: false,
    };
    let picture = |_: &str, _: &str| Ok(Arc::new(Picture::white(1, 1, None)));
    let sources = Sources {
        identity: &identity,
        chapters: &[chapter],
        front: None,
        back: &BackCover::Blank,
        cover: &Default::default(),
        authors_at: None,
        picture: &picture,
        notes: NoteStyle::default(),
    };
    let document = document::compose(&sources, &mut report);
    (document, report)
}

fn identity() -> Identity {
    Identity { slug: "t".to_owned(), ..Identity::plain("T", "en") }
}

/// Reads a text twice; what comes of it is the same and sound. Of a text without errors the EPUB too, in both
/// its dialects, which say the same words.
pub fn check(text: &str) {
    let (document, report) = read(text);
    sound::report(&report);
    let (again, other) = read(text);
    sound::same(&report, &other);
    assert_eq!(document::dump(&document), document::dump(&again));
    if report.has_errors() {
        return;
    }
    let faces = embedded();
    let [plain, kobo] = [Dialect::Plain, Dialect::Kobo].map(|dialect| {
        let options = EpubOptions::new(plain(), &faces, &[], dialect);
        sound::epub(&epub::write(&document, &options).expect("an EPUB"))
    });
    assert_eq!(plain, kobo, "Kobo's readers are told other words");
}
