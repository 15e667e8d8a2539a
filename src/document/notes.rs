//! Notes: which mark calls which, their numbers, and what is wrong with them.
//!
//! Comes in: the chapters as they were read. Goes out: the notes in the order of their first marks, what each mark
//! calls, and the chapters without the marks that call nothing. Labels belong to one file. **A note is read where its first mark stands**: so a mark inside note 1 calls note 2 if no
//! mark has called that note before, and the next mark in the text calls note 3. Wherever a page ends, the
//! notes at its foot then stand in the order of their numbers.
//!
//! What is printed for a note is decided here too, so that the EPUB and the pages say the same. Symbols
//! therefore begin again with every chapter and not with every page: an EPUB has none, and how wide a
//! mark is would depend on where pages end, which depends on how wide the marks are.

use std::collections::BTreeMap;

use super::raw::{Block, Inline, InlineKind, MarkIndex, RawChapter, RawMark, RawNote};
use super::stage::{NoteCall, NoteId};
use super::walk;
use crate::diagnostic::nearest::Hints;
use crate::diagnostic::{Diagnostic, Report, Span, codes};
use crate::manifest::{NoteMarks, NoteNumbers};

/// How notes are counted and what stands for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoteStyle {
    /// Through the booklet or by chapter.
    pub numbers: NoteNumbers,
    /// Numbers or symbols.
    pub marks: NoteMarks,
}

impl Default for NoteStyle {
    fn default() -> Self {
        Self { numbers: NoteNumbers::Running, marks: NoteMarks::Numbers }
    }
}

/// The order of the symbols (*The Chicago Manual of Style*, 14.25; *New Hart's Rules*, 14.2.3); after
/// the last they are doubled.
const SYMBOLS: [&str; 6] = ["*", "†", "‡", "§", "‖", "¶"];

impl NoteStyle {
    /// What is printed for a note, by its places in the booklet and in its chapter, from 1.
    fn mark(self, booklet: usize, chapter: usize) -> String {
        match (self.marks, self.numbers) {
            (NoteMarks::Symbols, _) => {
                let place = chapter.saturating_sub(1);
                let symbol = SYMBOLS.get(place % SYMBOLS.len()).copied().unwrap_or("*");
                // Nobody counts nine asterisks: after the third round figures are clearer.
                match place / SYMBOLS.len() {
                    rounds @ 0..3 => symbol.repeat(rounds + 1),
                    _ => chapter.to_string(),
                }
            }
            (NoteMarks::Numbers, NoteNumbers::Chapter) => chapter.to_string(),
            (NoteMarks::Numbers, NoteNumbers::Running) => booklet.to_string(),
        }
    }
}

/// A note that has its place among the notes of the booklet.
#[derive(Debug)]
pub(super) struct CountedNote {
    /// The label between `[^` and `]`.
    pub label: String,
    /// Its number in the booklet, from 1.
    pub number: u32,
    /// What is printed for it.
    pub mark: String,
    /// Index of the chapter of its first mark.
    pub chapter: usize,
    /// Its text.
    pub blocks: Vec<Block>,
}

/// What each mark of a file calls; none if nothing.
pub(super) type Calls = Vec<Option<NoteCall>>;

/// Numbers the notes of all chapters. Goes out with them: what the marks of each chapter call.
pub(super) fn number(
    chapters: &mut [RawChapter],
    style: NoteStyle,
    report: &mut Report,
) -> (Vec<CountedNote>, Vec<Calls>) {
    let mut notes = Vec::new();
    let mut calls = Vec::new();
    let mut hints = Hints::default();
    for chapter in chapters {
        let before = notes.len();
        let (order, called) = number_chapter(chapter, before, &mut hints, report);
        for (place, RawNote { label, blocks, .. }) in order.into_iter().enumerate() {
            notes.push(CountedNote {
                label,
                number: index(notes.len() + 1),
                mark: style.mark(before + place + 1, place + 1),
                chapter: calls.len(),
                blocks,
            });
        }
        calls.push(called);
    }
    (notes, calls)
}

/// A place in a list of the document.
fn index(place: usize) -> u32 {
    debug_assert!(u32::try_from(place).is_ok(), "files are smaller than 4 GiB, and so have fewer marks");
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// How far a note is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ReadState {
    Unread,
    Open,
    Read,
}

/// Numbers the notes of one chapter. Goes out: its notes in order, and what its marks call. `base` notes are in
/// the chapters before.
fn number_chapter(
    chapter: &mut RawChapter,
    base: usize,
    hints: &mut Hints,
    report: &mut Report,
) -> (Vec<RawNote>, Calls) {
    let mut defined = std::mem::take(&mut chapter.raw.notes);
    let marks = &chapter.raw.marks;
    let labels = labels(&defined, report);
    let called = marks.iter().map(|mark| find(mark, &labels, &defined, hints, report));
    let called: Vec<Option<usize>> = called.collect();

    // List 0 is the chapter's text, list n + 1 the text of note n.
    let mut lists = vec![Vec::new()];
    gather(&mut chapter.title, &mut lists[0]);
    walk::runs(&mut chapter.raw.blocks, &mut |run| gather(run, &mut lists[0]));
    for note in &mut defined {
        let mut list = Vec::new();
        walk::runs(&mut note.blocks, &mut |run| gather(run, &mut list));
        lists.push(list);
    }

    let mut state = vec![ReadState::Unread; defined.len()];
    let mut id = vec![None; defined.len()];
    let mut uses = vec![0_u32; defined.len()];
    let mut order = Vec::new();
    let mut calls: Calls = vec![None; marks.len()];
    let mut stack = vec![(0_usize, 0_usize)];
    while let Some((list, next)) = stack.last_mut() {
        let Some(&mark) = lists[*list].get(*next) else {
            if *list > 0 {
                state[*list - 1] = ReadState::Read;
            }
            stack.pop();
            continue;
        };
        *next += 1;
        let Some(note) = called.get(mark).copied().flatten() else { continue };
        match state[note] {
            ReadState::Open => {
                report.push(cites_itself(&defined[note], marks[mark].span, stack.len() > 2));
                continue;
            }
            ReadState::Unread => {
                state[note] = ReadState::Open;
                id[note] = Some(NoteId(index(base + order.len())));
                order.push(note);
                stack.push((note + 1, 0));
            }
            ReadState::Read => {}
        }
        if let Some(id) = id[note] {
            calls[mark] = Some(NoteCall { note: id, repeat: uses[note] });
            uses[note] += 1;
        }
    }

    for (note, used) in uses.iter().enumerate() {
        let raw = &defined[note];
        if *used == 0 && labels.get(&key(&raw.label)) == Some(&note) {
            report.push(
                Diagnostic::warning(codes::D003, format!("no mark calls the note [^{}]", raw.label))
                    .at(head(raw.span))
                    .hint(format!("put [^{}] where it belongs, or take the note out", raw.label)),
            );
        }
    }

    let tidy = |run: &mut Vec<Inline>| {
        take_out(run, &calls);
        part_marks(run);
    };
    tidy(&mut chapter.title);
    walk::runs(&mut chapter.raw.blocks, &mut |run| tidy(run));
    let mut defined: Vec<Option<RawNote>> = defined.into_iter().map(Some).collect();
    let mut notes: Vec<RawNote> = order.into_iter().filter_map(|note| defined[note].take()).collect();
    for note in &mut notes {
        walk::runs(&mut note.blocks, &mut |run| tidy(run));
    }
    (notes, calls)
}

/// Marks that follow one another are set a little apart, so that 4 and 5 are not 45.
fn part_marks(run: &mut Vec<Inline>) {
    let mark = |inline: &Inline| matches!(inline.kind, InlineKind::NoteMark(_));
    if run.windows(2).any(|pair| pair.iter().all(mark)) {
        let mut apart: Vec<Inline> = Vec::with_capacity(run.len() * 2);
        for inline in run.drain(..) {
            if mark(&inline) && apart.last().is_some_and(mark) {
                let kind = InlineKind::Text('\u{202f}'.to_string());
                apart.push(Inline::new(inline.span, kind));
            }
            apart.push(inline);
        }
        *run = apart;
    }
    for content in run.iter_mut().filter_map(|inline| inline.kind.content_mut()) {
        part_marks(content);
    }
}

/// Labels are compared without regard to case and inner blank space.
fn key(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn labels(defined: &[RawNote], report: &mut Report) -> BTreeMap<String, usize> {
    let mut labels = BTreeMap::new();
    // The line of each label that is defined again.
    let mut lines: BTreeMap<usize, Option<usize>> = BTreeMap::new();
    for (index, note) in defined.iter().enumerate() {
        let first = *labels.entry(key(&note.label)).or_insert(index);
        if first != index {
            let line = *lines.entry(first).or_insert_with(|| {
                let source = report.source(note.span.source)?;
                let before = source.text.get(..defined[first].span.start as usize).unwrap_or("");
                Some(before.bytes().filter(|b| *b == b'\n').count() + 1)
            });
            let hint = match line {
                Some(line) => format!("the first one is on line {line}; give one of them another label"),
                None => "give one of them another label".to_owned(),
            };
            report.push(
                Diagnostic::error(codes::D004, format!("the note [^{}] is defined twice", note.label))
                    .at(head(note.span))
                    .hint(hint),
            );
        }
    }
    labels
}

fn find(
    mark: &RawMark,
    labels: &BTreeMap<String, usize>,
    defined: &[RawNote],
    hints: &mut Hints,
    report: &mut Report,
) -> Option<usize> {
    let found = labels.get(&key(&mark.label)).copied();
    if found.is_none() {
        let error = Diagnostic::error(codes::D002, format!("the note [^{}] is not defined", mark.label));
        let hint = match hints.nearest(&mark.label, defined.iter().map(|note| note.label.as_str())) {
            Some(label) => format!("did you mean [^{label}]?"),
            None => format!(
                "add a line `[^{}]: …` to this file, or write \\[^{}] if no note is meant",
                mark.label, mark.label
            ),
        };
        report.push(error.at(mark.span).hint(hint));
    }
    found
}

fn cites_itself(note: &RawNote, at: Span, through_others: bool) -> Diagnostic {
    let how = if through_others { "through its own text or other notes" } else { "in its own text" };
    Diagnostic::error(codes::D005, format!("the note [^{}] cites itself, {how}", note.label))
        .at(at)
        .hint("a note's text cannot call the note again: it would never end")
}

/// The part of a definition worth pointing at: its label.
fn head(span: Span) -> Span {
    Span { end: span.end.min(span.start.saturating_add(2)), ..span }
}

fn gather(run: &mut [Inline], list: &mut Vec<usize>) {
    walk::inlines(run, &mut |inline| {
        if let InlineKind::NoteMark(MarkIndex(index)) = inline.kind {
            list.push(index);
        }
    });
}

/// Takes out the marks that call nothing (an error is recorded).
fn take_out(run: &mut Vec<Inline>, calls: &Calls) {
    walk::replace(run, &mut |inline| {
        let InlineKind::NoteMark(MarkIndex(index)) = inline.kind else { return None };
        calls.get(index).copied().flatten().is_none().then(Vec::new)
    });
}
