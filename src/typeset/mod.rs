//! `Document` → the pages between its covers: from words to lines, from lines to pages.
//!
//! 1. The design is resolved into measures (`style`).
//! 2. Blocks become pieces: what stands where, with how much space, kept with what (`block/flow.rs`).
//! 3. Pieces become parts: lines, rows, pictures, in strips (`block/set.rs`; the lines themselves are made in
//!    `inline`). All pieces of all chapters and notes are set in parallel.
//! 4. Each chapter is broken into pages (`page/pagebreak`), its notes with the lines that call them.
//! 5. Pages are composed and get heads and folios (`page/compose.rs`, `page/furniture.rs`).
//! 6. Title page, imprint and contents go before them (`page/front.rs`): the contents last, into pages
//!    reserved for it, since its length depends on its entries alone.
//!
//! Of its rooms each uses only those below it, as `tests/suite/house/rooms.rs` sees to:
//!
//! | floor | room | purpose |
//! |---|---|---|
//! | 6 | `fit` | the setting nearest to the design that fills whole sheets |
//! | 6 | `dump`, `starts` | pages as text; where in the text each page begins |
//! | 5 | `page` | parts → pages; what stands around the text |
//! | 4 | `block` | blocks → pieces → parts |
//! | 3 | `style` | the design as measures |
//! | 2 | `inline` | inlines → lines |
//! | 1 | `strip` | set material, put together |
//! | 0 | `frame` | what a set page holds |

use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Report, codes};
use crate::document::{Chapter, Document, NodeId, NoteId, Target, plain_text};
use crate::length::Length;
use crate::manifest::{ChapterStart, Figures, NotesPlace};

pub mod block;
mod dump;
pub mod fit;
pub mod frame;
pub mod inline;
pub mod page;
pub mod starts;
pub(crate) mod strip;
pub mod style;

pub use dump::dump;

use block::context::Context;
use block::notes::{self, NoteStrips};
use block::part::Part;
use block::piece::Piece;
use block::set;
use block::{figure, flow, heading, origin};
use frame::{Destination, Page, PageKind, TextBlock};
use inline::setter::Setter;
use page::compose::{self, Draft, Galley};
use page::pagebreak::{self, PageSide};
use page::{contents, front, furniture, imprint, outline, shapes};
use style::Style;

/// Sets a document: all pages between its covers, with a setter made for it ([`setter`](fn@setter)).
pub fn typeset(document: &Document, style: &Style, setter: &Setter<'_>, report: &mut Report) -> TextBlock {
    set_pages(document, style, setter, set_lines(document, style, setter), report).0
}

/// The printed mark of every note.
pub fn note_marks(document: &Document) -> Vec<String> {
    document.notes.iter().map(|n| n.mark.clone()).collect()
}

/// The maker of lines for a document.
pub fn setter<'a>(document: &'a Document, style: &'a Style, marks: &'a [String]) -> Setter<'a> {
    Setter::new(&style.faces, &style.language, &document.pictures, marks)
        .with_stress(style.stress)
        .with_typography(style.exceptions.clone(), style.typography.figures == Figures::OldStyle)
}

/// A document in lines, not yet in pages.
pub struct Lines {
    /// What begins on pages of its own.
    sections: Vec<Vec<Part>>,
    /// Notes for the feet of pages, by their ids.
    notes: Vec<NoteStrips>,
}

/// The first half of [`typeset`]: words → lines, with a setter that may know its words already.
pub fn set_lines(document: &Document, style: &Style, setter: &Setter<'_>) -> Lines {
    let context = Context { style, document, setter };
    let foot = style.notes == NotesPlace::Foot;
    let notes: Vec<NoteStrips> = if foot {
        let ids: Vec<NoteId> = document.notes_with_ids().map(|(id, _)| id).collect();
        ids.par_iter().map(|id| notes::set_note(&context, *id)).collect()
    } else {
        Vec::new()
    };
    let sections = sections(&context);
    let sections = sections
        .par_iter()
        .map(|pieces| pieces.par_iter().filter_map(|piece| set::set(&context, piece)).collect())
        .collect();
    Lines { sections, notes }
}

/// The second half of [`typeset`]: lines → pages, with the setter of the lines. Gives also the length of
/// each part of the text that begins on a page of its own, in thousandths of a page.
pub fn set_pages(
    document: &Document,
    style: &Style,
    setter: &Setter<'_>,
    lines: Lines,
    report: &mut Report,
) -> (TextBlock, Vec<i64>) {
    let context = Context { style, document, setter };
    let foot = style.notes == NotesPlace::Foot;
    let Lines { sections, mut notes } = lines;
    let (mut body, mut lengths) = (Vec::new(), Vec::new());
    for mut parts in sections {
        if style.chapter_start == ChapterStart::Recto && body.len() % 2 == 1 {
            body.push(None);
        }
        let (column, order) = shapes::shapes(&parts, &notes, foot);
        let side = if body.len() % 2 == 0 { PageSide::Recto } else { PageSide::Verso };
        let plans = pagebreak::paginate(&column, &compose::text_area(style), side);
        lengths.push(length(&plans, &column, style.height()));
        for plan in &plans {
            let recto = body.len() % 2 == 0;
            judge(document, plan, &parts, report);
            let mut galley = Galley { style, parts: &mut parts, notes: &mut notes, order: &order };
            body.push(Some(galley.page(recto, plan)));
        }
    }
    (assemble(&context, body, report), lengths)
}

/// Length of some pages in thousandths of one: all but the last count as full.
fn length(plans: &[pagebreak::PagePlan], column: &pagebreak::Column, height: Length) -> i64 {
    let Some(last) = plans.last() else { return 0 };
    let text = last.slices.last().map_or(Length::ZERO, |slice| {
        let setting = column.parts.get(slice.part).and_then(|part| part.settings.get(slice.setting));
        let strips = setting.map_or(&[][..], |s| s.strips.get(slice.from..slice.to).unwrap_or_default());
        slice.y + strips.iter().map(|strip| strip.height).sum()
    });
    let note = |slice: &pagebreak::NoteSlice| {
        let strips = column.notes.get(slice.note).and_then(|note| note.strips.get(slice.from..slice.to));
        strips.unwrap_or_default().iter().copied().sum::<Length>()
    };
    let used = text + last.notes.iter().map(note).sum();
    (plans.len() as i64 - 1) * 1000 + (used.0 * 1000 / height.0.max(1)).clamp(0, 1000)
}

/// The parts of the text that begin on pages of their own, as pieces.
fn sections<'d>(context: &Context<'d>) -> Vec<Vec<Piece<'d>>> {
    let (style, document) = (context.style, context.document);
    let run_on = style.chapter_start == ChapterStart::RunOn;
    let mut sections: Vec<Vec<Piece<'d>>> = Vec::new();
    for (index, chapter) in document.chapters.iter().enumerate() {
        let mut flow = flow::Flow::new(style);
        flow.anchor(Destination::Target(Target::Chapter(chapter.slug.as_str().into())));
        if let Some(title) = heading::opening(style, chapter) {
            flow.title(title);
        }
        flow.text(&chapter.blocks, chapter.opening());
        let mut pieces = flow.pieces;
        if style.notes == NotesPlace::ChapterEnd {
            pieces.extend(end_notes(context, index..index + 1, chapter.title_id, false));
        }
        match sections.last_mut() {
            Some(last) if run_on => last.extend(pieces),
            _ => sections.push(pieces),
        }
    }
    if style.notes == NotesPlace::End {
        let last = document.chapters.last();
        let pieces = last.map(|c| end_notes(context, 0..document.chapters.len(), c.title_id, !run_on));
        let pieces = pieces.unwrap_or_default();
        match sections.last_mut() {
            Some(last) if run_on => last.extend(pieces),
            _ => sections.push(pieces),
        }
    }
    sections.retain(|s| !s.is_empty());
    sections
}

/// The notes of some chapters, in the run of the text.
fn end_notes<'d>(
    context: &Context<'d>,
    chapters: std::ops::Range<usize>,
    node: NodeId,
    own_page: bool,
) -> Vec<Piece<'d>> {
    let (style, document) = (context.style, context.document);
    let mut flow = flow::Flow::new(style);
    let size = style.note;
    let hang = notes::hang(context, size);
    // Marks that begin again with each chapter say nothing without their chapter.
    let restarted =
        chapters.len() > 1 && document.notes.iter().any(|note| note.mark != note.number.to_string());
    let mut group = None;
    for (id, note) in document.notes_with_ids() {
        if !chapters.contains(&note.chapter) {
            continue;
        }
        if flow.pieces.is_empty() {
            flow.title(heading::section(style, style.labels.notes, node, own_page));
        }
        if restarted && group != Some(note.chapter) {
            group = Some(note.chapter);
            let title = document.chapters.get(note.chapter).map(|c| plain_text(&c.title));
            if let Some(title) = title.filter(|title| !title.trim().is_empty()) {
                flow.group(title.trim(), node);
            }
        }
        flow.anchor(Destination::Note(id));
        if let Some(marker) = notes::marker(style, document, id, size) {
            flow.note(&note.blocks, marker, hang, size);
        }
    }
    flow.pieces
}

/// Reports what a page could not honour.
fn judge(document: &Document, plan: &pagebreak::PagePlan, parts: &[Part], report: &mut Report) {
    if !plan.faults.parted && !plan.faults.overfull {
        return;
    }
    let node = plan.slices.last().and_then(|s| parts.get(s.part)).and_then(|p| p.node);
    let span = node.and_then(|node| origin::span_of(document, node));
    let finding = if plan.faults.overfull {
        Diagnostic::warning(codes::T03, "this is higher than a page and runs over its foot")
            .hint("make it smaller, or divide it")
    } else {
        Diagnostic::warning(codes::T04, "a page ends here although lines on either side belong together")
            .hint("add or cut a few words nearby, so that the page can end elsewhere")
    };
    report.push(finding.at_opt(span));
}

/// Puts the front matter before the text, and numbers the pages.
fn assemble(context: &Context<'_>, mut body: Vec<Option<Draft>>, report: &mut Report) -> TextBlock {
    let (style, document) = (context.style, context.document);
    let entries = contents::entries(document, style, &body);
    let contents = contents::measure(context, &entries);
    let imprint = imprint::imprint(context);
    let plan = front::plan(style, imprint.len(), contents.pages());
    let outline = outline::outline(document, &body, plan.len());
    let mut pages = front::pages(context, &plan, imprint, contents, report);
    heads(context, &mut body);
    for (index, draft) in body.into_iter().enumerate() {
        let label = (index + 1).to_string();
        pages.push(match draft {
            Some(draft) => Page { size: style.page, kind: PageKind::Body, label, items: draft.items },
            None => Page { size: style.page, kind: PageKind::Blank, label, items: Vec::new() },
        });
    }
    figure::judge(document, &pages, report);
    TextBlock { pages, outline }
}

/// Running heads and folios for the pages of the text.
fn heads(context: &Context<'_>, body: &mut [Option<Draft>]) {
    let document = context.document;
    let identity = &document.identity;
    let title = identity.short_title.as_deref().unwrap_or(&identity.title);
    let alone = document.chapters.len() < 2;
    let mut rectos = Vec::with_capacity(body.len());
    // Shared, not copied: a long heading may stand over many pages.
    let mut current: Arc<str> = document.chapters.first().map(heading_words).unwrap_or_default().into();
    for draft in body.iter() {
        for (mark, _) in draft.iter().flat_map(|d| &d.marks) {
            // In a booklet of one chapter its sections say more than the chapter's title.
            if mark.level == 0 || (alone && mark.level <= 2) {
                current = mark.short.as_ref().unwrap_or(&mark.title).as_str().into();
            }
        }
        rectos.push(Arc::clone(&current));
    }
    body.par_iter_mut().enumerate().for_each(|(index, draft)| {
        let recto = index % 2 == 0;
        let head = if recto { rectos.get(index).map_or("", |head| &**head) } else { title };
        if let Some(draft) = draft {
            furniture::add(context, draft, recto, head, &(index + 1).to_string());
        }
    });
}

fn heading_words(chapter: &Chapter) -> String {
    chapter.short_title.clone().unwrap_or_else(|| plain_text(&chapter.title))
}
