//! From a booklet's files to a document, step by step.
//!
//! Comes in: a [`Booklet`], or its parts as [`Sources`]. Goes out: a [`Document`]. The steps: each file
//! becomes a raw tree; the language's orthography is applied; the title is taken from the head of each
//! chapter; notes are numbered; places get their names and links their targets; pictures are looked up;
//! every node gets its id.

use std::sync::Arc;

use super::labels::Labels;
use super::tree::{Image, Mark, Raw, RawNote};
use super::{
    Back, Block, BlockKind, Chapter, CoverLook, Document, Inline, InlineKind, NodeId, NoteId, Trade,
};
use super::{anchors, markdown, notes, number, orthography, plain_text, walk};
use crate::booklet::{BackCover, Booklet, ChapterText, NamedPicture};
use crate::diagnostic::{Diagnostic, Report, Span, codes};
use crate::manifest::{CoverDesign, Identity, Price};
use crate::picture::{Picture, PictureId};

/// What a document is read from.
pub struct Sources<'a> {
    /// Metadata as written.
    pub identity: &'a Identity,
    /// The chapters in order.
    pub chapters: &'a [ChapterText],
    /// The back cover's text, if it has one.
    pub back: Option<&'a ChapterText>,
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

/// A chapter on its way.
#[derive(Debug)]
pub(super) struct Draft {
    pub file: String,
    pub slug: String,
    pub title: Vec<Inline>,
    /// `{#name}` of the heading that became the title.
    pub title_anchor: Option<String>,
    pub short_title: Option<String>,
    pub number: Option<u32>,
    pub blocks: Vec<Block>,
    pub notes: Vec<RawNote>,
    pub marks: Vec<Mark>,
    images: Vec<Image>,
}

/// Reads a booklet's chapters. Mistakes are recorded; the document is whole as far as they allow.
pub fn read(booklet: &Booklet, report: &mut Report) -> Document {
    let back = match &booklet.back_cover {
        BackCover::Text(text) => Some(text),
        BackCover::Blank | BackCover::Picture(_) => None,
    };
    let find = |path: &str, file: &str| booklet.pictures.get(path, file).map(|found| found.picture);
    let typography = &booklet.manifest.design.typography;
    let style = notes::NoteStyle { numbers: typography.note_numbers, marks: typography.note_marks };
    let (identity, chapters) = (&booklet.manifest.identity, booklet.chapters.as_slice());
    let sources = Sources { identity, chapters, back, picture: &find, notes: style };
    let mut document = compose(&sources, report);
    let mut cover = |shown: &NamedPicture| {
        let index = document.pictures.iter().position(|p| Arc::ptr_eq(&p.picture, &shown.picture));
        let index = index.unwrap_or_else(|| {
            document.pictures.push(shown.clone());
            document.pictures.len() - 1
        });
        u32::try_from(index).ok().map(PictureId)
    };
    document.front_cover = booklet.front_cover.as_ref().and_then(&mut cover);
    if let BackCover::Picture(shown) = &booklet.back_cover {
        document.back_cover = cover(shown).map_or(Back::Blank, Back::Picture);
    }
    let cover = &booklet.manifest.cover;
    document.cover_text = cover.front.is_some() && cover.design == Some(CoverDesign::Photograph);
    document.cover = CoverLook {
        design: cover.design.unwrap_or_default(),
        inks: cover.inks.clone(),
        focus: cover.focus,
        front: cover.front.as_ref().map(|front| front.span),
        back: cover.back.as_ref().map(|back| back.span),
        authors: booklet.manifest.authors_at,
    };
    let labels = Labels::of(&identity.language);
    let rules = orthography::Rules::of(&identity.language);
    document.trade = Trade {
        isbn: cover.isbn.clone(),
        price: cover.price.as_ref().map(|price| match price {
            Price::Free => labels.free.to_owned(),
            Price::Said(said) => orthography::plain(said, &rules),
        }),
        link: cover.link.clone(),
    };
    document
}

/// Makes a document of its parts. The covers' pictures are not among them.
pub fn compose(sources: &Sources<'_>, report: &mut Report) -> Document {
    let rules = orthography::Rules::of(&sources.identity.language);
    let mut drafts = Vec::new();
    let mut numbered = 0;
    for text in sources.chapters {
        let mut raw = read_file(text, &rules, report);
        let (title, title_anchor) = take_title(text, &mut raw, &rules);
        let number = text.numbered.then(|| {
            numbered += 1;
            numbered
        });
        drafts.push(Draft {
            file: text.file.clone(),
            slug: String::new(),
            title,
            title_anchor,
            short_title: text.short_title.as_deref().map(|t| orthography::plain(t, &rules)),
            number,
            blocks: raw.blocks,
            notes: raw.notes,
            marks: raw.marks,
            images: raw.images,
        });
    }
    let mut notes = notes::number(&mut drafts, sources.notes, report);
    let mut pictures = Pictures { sources, found: Vec::new(), undescribed: false };
    let mut back = Vec::new();
    if let Some(text) = sources.back {
        let raw = read_file(text, &rules, report);
        back = raw.blocks;
        refuse_notes(&mut back, &raw.marks, report);
        pictures.settle(&mut back, &text.file, &raw.images, report);
    }
    let has_back = sources.back.is_some();
    anchors::settle(&mut drafts, &mut back, &mut notes, report);
    let mut chapters = Vec::new();
    for (index, mut draft) in drafts.into_iter().enumerate() {
        pictures.settle_run(&mut draft.title, &draft.file, &draft.images, report);
        pictures.settle(&mut draft.blocks, &draft.file, &draft.images, report);
        for note in notes.iter_mut().filter(|note| note.chapter as usize == index) {
            pictures.settle(&mut note.blocks, &draft.file, &draft.images, report);
        }
        chapters.push(Chapter {
            id: NodeId(0),
            slug: draft.slug,
            file: draft.file,
            title: draft.title,
            title_id: NodeId(0),
            short_title: draft.short_title,
            number: draft.number,
            blocks: draft.blocks,
        });
    }
    let mut document = Document {
        identity: identity(sources.identity, &rules),
        front_cover: None,
        cover_text: false,
        cover: CoverLook::default(),
        trade: Trade::default(),
        back_cover: if has_back { Back::Blocks(back) } else { Back::Blank },
        chapters,
        notes,
        pictures: pictures.found,
        undescribed: pictures.undescribed,
        nodes: 0,
    };
    number::number(&mut document);
    document
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
        (_, Some(given)) => {
            (vec![Inline { id: NodeId(0), span: place, kind: InlineKind::Text(given) }], None)
        }
        _ => (Vec::new(), None),
    }
}

/// A cover has no foot to set notes at.
fn refuse_notes(back: &mut [Block], marks: &[Mark], report: &mut Report) {
    walk::runs(back, &mut |run| {
        walk::replace(run, &mut |inline| {
            let InlineKind::NoteMark { note: NoteId(index), .. } = inline.kind else { return None };
            let label = marks.get(index as usize).map_or("", |mark| mark.label.as_str());
            report.push(
                Diagnostic::error(codes::D006, format!("the back cover cannot carry the note [^{label}]"))
                    .at(inline.span)
                    .hint("say it in the text, or in a chapter"),
            );
            Some(Vec::new())
        });
    });
}

/// Pictures in the order of their first mention.
struct Pictures<'a> {
    sources: &'a Sources<'a>,
    found: Vec<NamedPicture>,
    undescribed: bool,
}

impl Pictures<'_> {
    fn settle(&mut self, blocks: &mut [Block], file: &str, images: &[Image], report: &mut Report) {
        walk::blocks(blocks, &mut |block| {
            if let BlockKind::Figure { picture, .. } = &mut block.kind {
                self.look_up(picture, file, images, report);
            }
        });
        walk::runs(blocks, &mut |run| self.settle_run(run, file, images, report));
    }

    fn settle_run(&mut self, run: &mut [Inline], file: &str, images: &[Image], report: &mut Report) {
        walk::inlines(run, &mut |inline| {
            if let InlineKind::Picture { picture, .. } = &mut inline.kind {
                self.look_up(picture, file, images, report);
            }
        });
    }

    fn look_up(&mut self, id: &mut Option<PictureId>, file: &str, images: &[Image], report: &mut Report) {
        let Some(image) = id.take().and_then(|id| images.get(id.0 as usize)) else { return };
        match (self.sources.picture)(&image.path, file) {
            Ok(picture) => {
                if !image.described {
                    self.undescribed = true;
                    let message = "no words say what this picture shows to those who cannot see it";
                    report.push(
                        Diagnostic::warning(codes::D014, message)
                            .at(image.span)
                            .hint(format!("say it in the brackets: ![what it shows]({})", image.path))
                            .hint(format!("or, if it is an ornament, a hyphen: ![-]({})", image.path)),
                    );
                }
                let same = self.found.iter().position(|p| Arc::ptr_eq(&p.picture, &picture));
                let index = same.unwrap_or_else(|| {
                    self.found.push(NamedPicture { name: image.path.clone(), picture });
                    self.found.len() - 1
                });
                *id = u32::try_from(index).ok().map(PictureId);
            }
            Err(finding) => {
                let place = finding.span.unwrap_or(image.span);
                report.push(finding.at(place));
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
