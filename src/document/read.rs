//! From a booklet's files to a document, step by step.
//!
//! Comes in: a [`Booklet`], or its parts as [`Sources`]. Goes out: a [`Document`]. The steps: each file
//! becomes a raw tree; the language's orthography is applied; the title is taken from the head of each
//! chapter; notes are numbered; pictures are looked up; places get their names; the trees are settled: every link
//! gets its target, every node its id.

use std::sync::Arc;

use super::anchors::{AnchorNames, Map};
use super::block::BlockPart;
use super::cover::{Back, Cover, Front, Trade};
use super::inline::plain_text;
use super::labels::Labels;
use super::markup::markdown;
use super::raw::{
    Block, BlockKind, Image, ImageIndex, Inline, InlineKind, MarkIndex, Raw, RawChapter, RawMark,
};
use super::settle::{Settler, Signs};
use super::whole::Document;
use super::{notes, orthography, walk};
use crate::booklet::{BackCover, Booklet, ChapterText, NamedPicture};
use crate::diagnostic::{Diagnostic, Report, Span, codes};
use crate::manifest::{self, CoverDesign, Identity, Price};
use crate::picture::{Picture, PictureId};

/// What a document is read from.
pub struct Sources<'a> {
    /// Metadata as written.
    pub identity: &'a Identity,
    /// The chapters in order.
    pub chapters: &'a [ChapterText],
    /// The front cover's picture, if it has one.
    pub front: Option<&'a NamedPicture>,
    /// The back cover.
    pub back: &'a BackCover,
    /// What the manifest says of the covers.
    pub cover: &'a manifest::Cover,
    /// Where the manifest names the authors.
    pub authors_at: Option<Span>,
    /// Finds a picture by its path as written in the file named second.
    pub picture: &'a FindPicture<'a>,
    /// How notes are counted.
    pub notes: notes::NoteStyle,
}

/// Finds a picture: its path as written, the chapter file it is written in.
pub type FindPicture<'a> = dyn Fn(&str, &str) -> Result<Arc<Picture>, Diagnostic> + 'a;

impl std::fmt::Debug for Sources<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sources").field("chapters", &self.chapters).finish_non_exhaustive()
    }
}

/// Reads a booklet's chapters. Mistakes are recorded; the document is whole as far as they allow.
pub fn read(booklet: &Booklet, report: &mut Report) -> Document {
    let typography = &booklet.manifest.design.typography;
    let sources = Sources {
        identity: &booklet.manifest.identity,
        chapters: &booklet.chapters,
        front: booklet.front_cover.as_ref(),
        back: &booklet.back_cover,
        cover: &booklet.manifest.cover,
        authors_at: booklet.manifest.authors_at,
        picture: &|path, file| booklet.pictures.get(path, file).map(|found| found.picture),
        notes: notes::NoteStyle { numbers: typography.note_numbers, marks: typography.note_marks },
    };
    compose(&sources, report)
}

/// Makes a document of its parts.
pub fn compose(sources: &Sources<'_>, report: &mut Report) -> Document {
    let rules = orthography::Rules::of(&sources.identity.language);
    let mut texts = Vec::new();
    let mut numbered = 0;
    for text in sources.chapters {
        let mut raw = read_file(text, &rules, report);
        let (title, title_anchor) = take_title(text, &mut raw, &rules);
        let number = text.numbered.then(|| {
            numbered += 1;
            numbered
        });
        texts.push(RawChapter {
            file: text.file.clone(),
            title,
            title_anchor,
            short_title: text.short_title.as_deref().map(|t| orthography::plain(t, &rules)),
            number,
            raw,
        });
    }
    let (mut notes, calls) = notes::number(&mut texts, sources.notes, report);
    let mut pictures = PictureFinder { sources, found: Vec::new(), undescribed: false };
    let mut back = Vec::new();
    let mut back_signs = Signs::default();
    if let BackCover::Text(text) = sources.back {
        let raw = read_file(text, &rules, report);
        back = raw.blocks;
        refuse_notes(&mut back, &raw.marks, report);
        let mut file = pictures.file(&text.file, &raw.images, report);
        file.blocks(&back);
        back_signs.pictures = file.looked_up;
    }
    let mut signs = Vec::new();
    for (index, (text, calls)) in texts.iter().zip(calls).enumerate() {
        let mut file = pictures.file(&text.file, &text.raw.images, report);
        file.run(&text.title);
        file.blocks(&text.raw.blocks);
        for note in notes.iter().filter(|note| note.chapter == index) {
            file.blocks(&note.blocks);
        }
        let pictures = file.looked_up;
        signs.push(Signs { chapter: Some(index), calls, pictures });
    }
    let names = AnchorNames::give(&mut texts, &mut notes, &mut back, report);

    let mut settler = Settler::new(Map::new(&names), notes.len(), report);
    let chapters = texts.into_iter().zip(&signs).enumerate();
    let chapters =
        chapters.map(|(index, (text, signs))| settler.chapter(text, names.slug(index), signs)).collect();
    debug_assert!(notes.iter().all(|note| note.chapter < signs.len()), "every note is called from a chapter");
    let mut notes: Vec<_> = notes
        .into_iter()
        .filter_map(|note| Some((signs.get(note.chapter)?, note)))
        .map(|(signs, note)| settler.note(note, signs))
        .collect();
    let back = settler.blocks(back, &back_signs);
    let nodes = settler.finish(&mut notes);
    Document {
        identity: identity(sources.identity, &rules),
        cover: cover(sources, back, &mut pictures.found, &rules),
        chapters,
        notes,
        pictures: pictures.found,
        undescribed: pictures.undescribed,
        nodes,
    }
}

/// The covers, with the back's text, if it has one. Their pictures come after those of the text.
fn cover(
    sources: &Sources<'_>,
    back: Vec<super::block::Block>,
    pictures: &mut Vec<NamedPicture>,
    rules: &orthography::Rules,
) -> Cover {
    let written = sources.cover;
    let front = sources.front.map(|shown| place(shown.clone(), pictures));
    let labels = Labels::of(&sources.identity.language);
    Cover {
        front: front.map_or(Front::Type, |picture| Front::Picture {
            picture,
            titled: written.design == Some(CoverDesign::Photograph),
        }),
        design: written.design.unwrap_or_default(),
        inks: written.inks.clone(),
        focus: written.focus,
        back: match sources.back {
            BackCover::Blank => Back::Blank,
            BackCover::Picture(shown) => Back::Picture(place(shown.clone(), pictures)),
            BackCover::Text(_) => Back::Blocks(back),
        },
        trade: Trade {
            isbn: written.isbn.clone(),
            price: written.price.as_ref().map(|price| match price {
                Price::Free => labels.free.to_owned(),
                Price::Said(said) => orthography::plain(said, rules),
            }),
            link: written.link.clone(),
        },
        front_at: written.front.as_ref().map(|front| front.span),
        back_at: written.back.as_ref().map(|back| back.span),
        authors_at: sources.authors_at,
    }
}

/// The place of a picture among those of the document; it gets one if it has none.
fn place(shown: NamedPicture, pictures: &mut Vec<NamedPicture>) -> PictureId {
    let index = pictures.iter().position(|known| Arc::ptr_eq(&known.picture, &shown.picture));
    let index = index.unwrap_or_else(|| {
        pictures.push(shown);
        pictures.len() - 1
    });
    debug_assert!(u32::try_from(index).is_ok(), "files are smaller than 4 GiB, and so show fewer pictures");
    PictureId(u32::try_from(index).unwrap_or(u32::MAX))
}

/// One file: its tree, with the language's orthography.
fn read_file(text: &ChapterText, rules: &orthography::Rules, report: &mut Report) -> Raw {
    let mut raw = markdown::parse(text.source, &text.text, report);
    let mut scribe = orthography::Scribe::new(rules, &text.text, report);
    scribe.blocks(&mut raw.blocks);
    for note in &mut raw.notes {
        scribe.blocks(&mut note.blocks);
    }
    raw
}

/// The title: the manifest's; else the first block, if it is a heading of level 1. A heading that the
/// manifest's title only repeats is taken out too; one that says something else stays in the text.
fn take_title(
    text: &ChapterText,
    raw: &mut Raw,
    rules: &orthography::Rules,
) -> (Vec<Inline>, Option<String>) {
    let given = text.title.as_deref().map(|title| orthography::plain(title, rules));
    let first = match raw.blocks.first() {
        Some(Block { kind: BlockKind::Heading { level: 1, content }, .. }) => Some(plain_text(content)),
        _ => None,
    };
    let mut heading = None;
    if first.is_some_and(|first| given.as_ref().is_none_or(|given| given.trim() == first.trim())) {
        heading = Some(raw.blocks.remove(0));
    }
    let place = Span { source: text.source, start: 0, end: 0 };
    match (heading, given) {
        (Some(Block { kind: BlockKind::Heading { content, .. }, anchor, .. }), _) => (content, anchor),
        (_, Some(given)) => (vec![Inline::new(place, InlineKind::Text(given))], None),
        _ => (Vec::new(), None),
    }
}

/// A cover has no foot to set notes at.
fn refuse_notes(back: &mut [Block], marks: &[RawMark], report: &mut Report) {
    walk::runs(back, &mut |run| {
        walk::replace(run, &mut |inline| {
            let InlineKind::NoteMark(MarkIndex(index)) = inline.kind else { return None };
            let label = marks.get(index).map_or("", |mark| mark.label.as_str());
            report.push(
                Diagnostic::error(codes::D006, format!("the back cover cannot carry the note [^{label}]"))
                    .at(inline.span)
                    .hint("say it in the text, or in a chapter"),
            );
            Some(Vec::new())
        });
    });
}

/// PictureFinder in the order of their first mention.
struct PictureFinder<'a> {
    sources: &'a Sources<'a>,
    found: Vec<NamedPicture>,
    undescribed: bool,
}

impl<'a> PictureFinder<'a> {
    fn file<'p>(
        &'p mut self,
        name: &'p str,
        images: &'p [Image],
        report: &'p mut Report,
    ) -> FilePictures<'p, 'a> {
        FilePictures { pictures: self, name, images, report, looked_up: vec![None; images.len()] }
    }
}

/// The pictures that one file shows.
struct FilePictures<'p, 'a> {
    pictures: &'p mut PictureFinder<'a>,
    name: &'p str,
    images: &'p [Image],
    report: &'p mut Report,
    /// For each image, its picture, if it could be read.
    looked_up: Vec<Option<PictureId>>,
}

impl FilePictures<'_, '_> {
    /// The figures first, then the pictures within lines.
    fn blocks(&mut self, blocks: &[Block]) {
        self.figures(blocks);
        self.runs(blocks);
    }

    fn figures(&mut self, blocks: &[Block]) {
        for block in blocks {
            if let BlockKind::Figure { picture, .. } = block.kind {
                self.look_up(picture);
            }
            for part in block.parts() {
                if let BlockPart::Blocks(inner) = part {
                    self.figures(inner);
                }
            }
        }
    }

    fn runs(&mut self, blocks: &[Block]) {
        for part in blocks.iter().flat_map(Block::parts) {
            match part {
                BlockPart::Run(run) => self.run(run),
                BlockPart::Blocks(inner) => self.runs(inner),
                BlockPart::Node(()) => {}
            }
        }
    }

    fn run(&mut self, run: &[Inline]) {
        for inline in run {
            match inline.kind {
                InlineKind::Picture { picture, .. } => self.look_up(picture),
                ref kind => self.run(kind.content().unwrap_or_default()),
            }
        }
    }

    fn look_up(&mut self, ImageIndex(index): ImageIndex) {
        let Some(image) = self.images.get(index) else { return };
        match (self.pictures.sources.picture)(&image.path, self.name) {
            Ok(picture) => {
                if !image.described {
                    self.pictures.undescribed = true;
                    let message = "no words say what this picture shows to those who cannot see it";
                    self.report.push(
                        Diagnostic::warning(codes::D014, message)
                            .at(image.span)
                            .hint(format!("say it in the brackets: ![what it shows]({})", image.path))
                            .hint(format!("or, if it is an ornament, a hyphen: ![-]({})", image.path)),
                    );
                }
                let shown = NamedPicture { name: image.path.clone(), picture };
                self.looked_up[index] = Some(place(shown, &mut self.pictures.found));
            }
            Err(finding) => {
                let place = finding.span.unwrap_or(image.span);
                self.report.push(finding.at(place));
            }
        }
    }
}

/// Metadata as people read it.
fn identity(written: &Identity, rules: &orthography::Rules) -> Identity {
    let set = |text: &String| orthography::plain(text, rules);
    let mut identity = written.clone();
    identity.title = set(&written.title);
    identity.subtitle = written.subtitle.as_ref().map(set);
    identity.short_title = written.short_title.as_ref().map(set);
    identity.description = written.description.as_ref().map(set);
    identity.rights = written.rights.as_ref().map(set);
    if let Some(series) = &mut identity.series {
        series.name = set(&series.name);
    }
    identity
}
