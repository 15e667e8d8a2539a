//! From what the files say to the document: ids, notes, links, pictures.
//!
//! Comes in: the chapters as they were read, and what their marks, links and pictures stand for. Goes out: the
//! same text, settled. Ids are from zero without a gap, in reading order: chapter by chapter (the chapter, its
//! title, its blocks; a block before what is in it), then the notes in order of number, then the back
//! cover. So ids index side tables, and notes stay apart from the text that calls them.

use super::anchors::Map;
use super::block::Block;
use super::block::Passing;
use super::inline::{Inline, InlineKind};
use super::notes::CountedNote;
use super::raw::{self, ImageIndex, MarkIndex, RawChapter, Written};
use super::stage::{NodeId, NoteCall, Settled};
use super::whole::{Chapter, Note};
use crate::diagnostic::Report;
use crate::picture::PictureId;

/// What the signs of one file stand for.
#[derive(Debug, Default)]
pub(super) struct Signs {
    /// The file's place among the chapters; none for the back cover's.
    pub chapter: Option<usize>,
    /// What each of its marks calls.
    pub calls: Vec<Option<NoteCall>>,
    /// Each of its pictures, if it could be read.
    pub pictures: Vec<Option<PictureId>>,
}

/// Settles the text of one file after another.
pub(super) struct Settler<'a> {
    map: Map<'a>,
    report: &'a mut Report,
    /// The id that is given next: how many are in use.
    next: u32,
    /// For each note, which mark of it (0 for the first) has which id.
    marks: Vec<Vec<(u32, NodeId)>>,
}

impl<'a> Settler<'a> {
    pub fn new(map: Map<'a>, notes: usize, report: &'a mut Report) -> Self {
        Self { map, report, next: 0, marks: vec![Vec::new(); notes] }
    }

    pub fn chapter(&mut self, chapter: RawChapter, slug: &str, signs: &Signs) -> Chapter {
        let mut file = File { settler: self, signs };
        Chapter {
            id: file.node(()),
            slug: slug.to_owned(),
            file: chapter.file,
            title_id: file.node(()),
            title: file.run(chapter.title),
            short_title: chapter.short_title,
            number: chapter.number,
            blocks: file.blocks(chapter.raw.blocks),
        }
    }

    /// A note; its marks are known when all the text is settled.
    pub fn note(&mut self, note: CountedNote, signs: &Signs) -> Note {
        let mut file = File { settler: self, signs };
        Note {
            id: file.node(()),
            label: note.label,
            number: note.number,
            mark: note.mark,
            chapter: note.chapter,
            blocks: file.blocks(note.blocks),
            marks: Vec::new(),
        }
    }

    pub fn blocks(&mut self, blocks: Vec<raw::Block>, signs: &Signs) -> Vec<Block> {
        File { settler: self, signs }.blocks(blocks)
    }

    /// Gives every note the ids of its marks. Goes out: how many ids are in use.
    pub fn finish(self, notes: &mut [Note]) -> u32 {
        for (note, mut marks) in notes.iter_mut().zip(self.marks) {
            marks.sort_unstable();
            note.marks = marks.into_iter().map(|(_, id)| id).collect();
        }
        self.next
    }
}

/// Settles the text of one file.
struct File<'s, 'a> {
    settler: &'s mut Settler<'a>,
    signs: &'s Signs,
}

impl Passing<Written, Settled> for File<'_, '_> {
    fn node(&mut self, (): ()) -> NodeId {
        let id = NodeId(self.settler.next);
        debug_assert!(id.0 < u32::MAX, "a text is smaller than 4 GiB, and so has fewer nodes");
        self.settler.next = id.0.saturating_add(1);
        id
    }

    fn picture(&mut self, ImageIndex(index): ImageIndex) -> Option<PictureId> {
        debug_assert!(index < self.signs.pictures.len(), "every picture of the tree was looked up");
        self.signs.pictures.get(index).copied().flatten()
    }

    fn run(&mut self, run: Vec<raw::Inline>) -> Vec<Inline> {
        let mut settled = Vec::with_capacity(run.len());
        for inline in run {
            self.inline(inline, &mut settled);
        }
        settled
    }
}

impl File<'_, '_> {
    /// Adds an inline to a run: with its id, which comes before those of what is in it.
    fn inline(&mut self, inline: raw::Inline, run: &mut Vec<Inline>) {
        let span = inline.span;
        let (id, kind) = match inline.kind {
            raw::InlineKind::Text(text) => (self.node(()), InlineKind::Text(text)),
            raw::InlineKind::Emphasis(inner) => (self.node(()), InlineKind::Emphasis(self.run(inner))),
            raw::InlineKind::Strong(inner) => (self.node(()), InlineKind::Strong(self.run(inner))),
            raw::InlineKind::Strike(inner) => (self.node(()), InlineKind::Strike(self.run(inner))),
            raw::InlineKind::Superscript(inner) => (self.node(()), InlineKind::Superscript(self.run(inner))),
            raw::InlineKind::Subscript(inner) => (self.node(()), InlineKind::Subscript(self.run(inner))),
            raw::InlineKind::Small(inner) => (self.node(()), InlineKind::Small(self.run(inner))),
            raw::InlineKind::Underline(inner) => (self.node(()), InlineKind::Underline(self.run(inner))),
            raw::InlineKind::Keyboard(inner) => (self.node(()), InlineKind::Keyboard(self.run(inner))),
            raw::InlineKind::SmallCaps(inner) => (self.node(()), InlineKind::SmallCaps(self.run(inner))),
            raw::InlineKind::Foreign { language, content } => {
                (self.node(()), InlineKind::Foreign { language, content: self.run(content) })
            }
            raw::InlineKind::Code(text) => (self.node(()), InlineKind::Code(text)),
            raw::InlineKind::Link { target, content } => {
                match self.settler.map.resolve(&target, self.signs.chapter) {
                    Ok(target) => (self.node(()), InlineKind::Link { target, content: self.run(content) }),
                    // Its words stay.
                    Err(finding) => {
                        self.settler.report.push(finding.at(span));
                        return content.into_iter().for_each(|inner| self.inline(inner, run));
                    }
                }
            }
            raw::InlineKind::NoteMark(MarkIndex(index)) => {
                let Some(call) = self.signs.calls.get(index).copied().flatten() else {
                    debug_assert!(false, "marks that call nothing are taken out when notes are counted");
                    return;
                };
                let id = self.node(());
                let marks = self.settler.marks.get_mut(call.note.0 as usize);
                debug_assert!(marks.is_some(), "marks call notes that were counted");
                if let Some(marks) = marks {
                    marks.push((call.repeat, id));
                }
                (id, InlineKind::NoteMark(call))
            }
            raw::InlineKind::Picture { picture, alt } => {
                (self.node(()), InlineKind::Picture { picture: self.picture(picture), alt })
            }
            raw::InlineKind::Break => (self.node(()), InlineKind::Break),
        };
        run.push(Inline { id, span, kind });
    }
}
