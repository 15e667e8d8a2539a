//! Where everything stands: which file, under which id.
//!
//! Comes in: a document. Goes out: a [`FilePlan`], made in one walk before anything is written, so that a
//! link or a note's mark can name its target's file whether that file comes before or after it.

use std::collections::BTreeMap;

use crate::document::{Back, Block, Document, Inline, InlineKind, NodeId, NoteCall, Visit};
use crate::manifest::NotesPlace;

use super::{Dialect, EpubOptions, ids};

/// A content document of the EPUB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContentDocument {
    /// The front cover.
    Cover,
    /// The title page.
    Title,
    /// The imprint.
    Imprint,
    /// The contents, which are the navigation document as well.
    Contents,
    /// A chapter, by its index.
    Chapter(usize),
    /// The notes.
    Notes,
    /// The back cover.
    Back,
}

/// Files and ids of a document.
#[derive(Debug)]
pub struct FilePlan {
    /// File names of the chapters.
    chapters: Vec<String>,
    /// Chapter index by slug.
    slugs: BTreeMap<String, usize>,
    /// Place and id of an anchor.
    anchors: BTreeMap<String, (ContentDocument, String)>,
    /// Id of a node that has one.
    ids: BTreeMap<NodeId, String>,
    /// Which part a note's mark stands in.
    marks: BTreeMap<NoteCall, ContentDocument>,
    /// Whether each chapter carries its own notes.
    chapter_end: bool,
}

impl FilePlan {
    /// Walks the document.
    pub fn new(document: &Document, options: &EpubOptions<'_>) -> Self {
        let mut plan = Self {
            chapters: Vec::new(),
            slugs: BTreeMap::new(),
            anchors: BTreeMap::new(),
            ids: BTreeMap::new(),
            marks: BTreeMap::new(),
            chapter_end: options.notes == NotesPlace::ChapterEnd,
        };
        let mut walk = Walk {
            plan: &mut plan,
            part: ContentDocument::Cover,
            taken: Names::default(),
            dialect: options.dialect,
        };
        let mut names = Names::default();
        for reserved in ["cover", "title", "imprint", "nav", "notes", "back"] {
            names.unique(reserved.to_owned());
        }
        for (index, chapter) in document.chapters.iter().enumerate() {
            let name = names.unique(ids::file_stem(&chapter.slug));
            walk.plan.chapters.push(format!("{name}.xhtml"));
            walk.plan.slugs.entry(chapter.slug.clone()).or_insert(index);
            walk.part = ContentDocument::Chapter(index);
            walk.run(&chapter.title);
            walk.blocks(&chapter.blocks);
        }
        for note in &document.notes {
            walk.part = walk.plan.notes_part(note.chapter);
            walk.blocks(&note.blocks);
        }
        if let Back::Blocks(blocks) = &document.cover.back {
            walk.part = ContentDocument::Back;
            walk.blocks(blocks);
        }
        plan
    }

    /// The file of a part.
    pub fn file(&self, part: ContentDocument) -> &str {
        debug_assert!(
            !matches!(part, ContentDocument::Chapter(index) if index >= self.chapters.len()),
            "{part:?} was not planned"
        );
        match part {
            ContentDocument::Cover => "cover.xhtml",
            ContentDocument::Title => "title.xhtml",
            ContentDocument::Imprint => "imprint.xhtml",
            ContentDocument::Contents => "nav.xhtml",
            ContentDocument::Chapter(index) => self.chapters.get(index).map_or("nav.xhtml", String::as_str),
            ContentDocument::Notes => "notes.xhtml",
            ContentDocument::Back => "back.xhtml",
        }
    }

    /// Where a note called first in this chapter is printed.
    pub fn notes_part(&self, chapter: usize) -> ContentDocument {
        if self.chapter_end { ContentDocument::Chapter(chapter) } else { ContentDocument::Notes }
    }

    /// The id of a block, if it has an anchor.
    pub fn id(&self, node: NodeId) -> Option<&str> {
        self.ids.get(&node).map(String::as_str)
    }

    /// Which part a mark stands in.
    pub fn mark(&self, call: NoteCall) -> Option<ContentDocument> {
        self.marks.get(&call).copied()
    }

    /// The address of an anchor, seen from a part.
    pub fn anchor(&self, from: ContentDocument, anchor: &str) -> Option<String> {
        let (part, id) = self.anchors.get(anchor)?;
        Some(self.address(from, *part, id))
    }

    /// The address of a chapter.
    pub fn chapter(&self, slug: &str) -> Option<&str> {
        self.slugs.get(slug).map(|&index| self.file(ContentDocument::Chapter(index)))
    }

    /// The address of an id in a part, seen from a part.
    pub fn address(&self, from: ContentDocument, part: ContentDocument, id: &str) -> String {
        if from == part { format!("#{id}") } else { format!("{}#{id}", self.file(part)) }
    }
}

/// Names in use, each with the number to try next, so that many equal names cost no more than many
/// different ones.
#[derive(Debug, Default)]
pub struct Names(BTreeMap<String, u32>);

impl Names {
    /// The name itself, or with the first number that makes it unused.
    pub fn unique(&mut self, name: String) -> String {
        let mut candidate = name.clone();
        while self.0.contains_key(&candidate) {
            let next = self.0.entry(name.clone()).or_insert(2);
            candidate = format!("{name}-{next}");
            *next += 1;
        }
        self.0.insert(candidate.clone(), 2);
        candidate
    }
}

struct Walk<'a> {
    plan: &'a mut FilePlan,
    part: ContentDocument,
    taken: Names,
    dialect: Dialect,
}

impl Visit for Walk<'_> {
    fn block(&mut self, block: &Block) {
        let Some(anchor) = &block.anchor else { return };
        let mut id = ids::identifier(anchor);
        // The names that this program gives: notes, their marks, sections, navigation, and what the dialect adds
        // when all is written.
        if id.starts_with("fn")
            || id.starts_with("page-")
            || matches!(id.as_str(), "title" | "notes" | "toc" | "landmarks" | "pages")
            || self.dialect.takes(&id)
        {
            id.insert_str(0, "a-");
        }
        let id = self.taken.unique(id);
        self.plan.anchors.entry(anchor.clone()).or_insert_with(|| (self.part, id.clone()));
        self.plan.ids.insert(block.id, id);
    }

    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::NoteMark(call) = &inline.kind {
            self.plan.marks.entry(*call).or_insert(self.part);
        }
    }
}

/// A place that readers jump to: kind in EPUB 3, kind in EPUB 2, address, name.
pub struct Landmark<'a> {
    /// `epub:type` of EPUB 3.
    pub kind: &'static str,
    /// Reference type of the EPUB 2 guide.
    pub guide: &'static str,
    /// Where.
    pub href: &'a str,
    /// Its name.
    pub words: &'a str,
}
