//! Names of places, and where the links to them go.
//!
//! Comes in: the chapters and the notes as they were read. Goes out: a slug for every chapter, an anchor for every
//! heading that is unique in the booklet, and a [`Map`] that finds the target of a link. A link that goes nowhere, or to an outside
//! address that no link may have, is reported and becomes plain text in both back ends.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::inline::plain_text;
use super::notes::CountedNote;
use super::raw::{Block, BlockKind, RawChapter};
use super::stage::Target;
use super::walk;
use crate::address::{self, percent_decoded, start};
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Diagnostic, Report, codes};

/// Where a name in a chapter file leads.
#[derive(Debug, Clone)]
enum LinkEnd {
    Anchor(Arc<str>),
    Chapter,
}

/// The names of a booklet.
#[derive(Debug)]
pub(super) struct AnchorNames {
    /// File and slug of each chapter.
    chapters: Vec<(String, Arc<str>)>,
    /// What each chapter names.
    own: Vec<BTreeMap<String, LinkEnd>>,
}

impl AnchorNames {
    /// Names everything.
    pub fn give(
        chapters: &mut [RawChapter],
        notes: &mut [CountedNote],
        back: &mut [Block],
        report: &mut Report,
    ) -> Self {
        let mut taken = Taken::default();
        let mut slugs = Vec::new();
        for (number, chapter) in chapters.iter().enumerate() {
            let stem = chapter.file.rsplit('/').next().unwrap_or("");
            let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
            let mut wish = file_slug(stem);
            if wish.is_empty() {
                wish = format!("chapter-{}", number + 1);
            }
            slugs.push((chapter.file.clone(), taken.unique(wish).into()));
        }
        let mut names = Vec::new();
        for (number, chapter) in chapters.iter_mut().enumerate() {
            let mut own = BTreeMap::new();
            let given = chapter.title_anchor.as_deref().map(composed);
            let title = given.unwrap_or_else(|| slug(&plain_text(&chapter.title)));
            if !title.is_empty() {
                own.insert(title, LinkEnd::Chapter);
            }
            name(&mut chapter.raw.blocks, &mut own, &mut taken, report);
            // Notes stand in the order of their chapters.
            let from = notes.partition_point(|note| note.chapter < number);
            for note in notes[from..].iter_mut().take_while(|note| note.chapter == number) {
                name(&mut note.blocks, &mut own, &mut taken, report);
            }
            names.push(own);
        }
        name(back, &mut BTreeMap::new(), &mut taken, report);
        Self { chapters: slugs, own: names }
    }

    /// The slug of a chapter.
    pub fn slug(&self, chapter: usize) -> &str {
        debug_assert!(chapter < self.chapters.len(), "every chapter was given a slug");
        self.chapters.get(chapter).map_or("", |(_, slug)| slug)
    }
}

/// Gives headings their anchors.
fn name(blocks: &mut [Block], own: &mut BTreeMap<String, LinkEnd>, taken: &mut Taken, report: &mut Report) {
    walk::blocks(blocks, &mut |block| {
        let BlockKind::Heading { content, .. } = &block.kind else { return };
        let given = block.anchor.take().filter(|anchor| !anchor.is_empty()).map(|anchor| composed(&anchor));
        let mut wish = match &given {
            Some(anchor) => anchor.clone(),
            None => slug(&plain_text(content)),
        };
        if wish.is_empty() {
            "section".clone_into(&mut wish);
        }
        let anchor = taken.unique(wish.clone());
        let place = LinkEnd::Anchor(anchor.as_str().into());
        match own.entry(wish) {
            Entry::Vacant(free) => {
                free.insert(place);
            }
            Entry::Occupied(first) => {
                if given.is_some() {
                    let message = format!("the anchor #{} stands twice in this file", first.key());
                    report.push(
                        Diagnostic::warning(codes::D013, message)
                            .at(block.span)
                            .hint("links go to the first; give the second another name"),
                    );
                }
                // Made from equal headings: the second is reached by its number, as `#name-2`.
                own.entry(anchor.clone()).or_insert(place);
            }
        }
        block.anchor = Some(anchor);
    });
}

/// Names in use, and the number to try next for each that was wished for again.
#[derive(Default)]
struct Taken {
    names: BTreeSet<String>,
    next: BTreeMap<String, usize>,
}

impl Taken {
    /// The wish, or the wish with the first free number.
    fn unique(&mut self, wish: String) -> String {
        if self.names.insert(wish.clone()) {
            return wish;
        }
        let next = self.next.entry(wish.clone()).or_insert(2);
        loop {
            let candidate = format!("{wish}-{next}");
            *next += 1;
            if self.names.insert(candidate.clone()) {
                return candidate;
            }
        }
    }
}

/// A name made from text: lower case, marks taken off Latin letters, all else hyphens. Letters of every
/// script stay.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).take(200) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') && !matches!(c, '\'' | '’' | '\u{ad}') {
            slug.push('-');
        }
    }
    let slug: String = slug.trim_end_matches('-').nfc().collect();
    if slug.starts_with(|c: char| c.is_numeric()) { format!("s-{slug}") } else { slug }
}

/// A name for a file: a slug in ASCII.
fn file_slug(text: &str) -> String {
    let ascii: String = slug(text).chars().map(|c| if c.is_ascii() { c } else { '-' }).collect();
    ascii.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// Names of other places are looked through for one that is like a mistyped one this many times at most: no
/// more findings are shown.
const HINTS: usize = 200;

/// Most characters of an address that a finding repeats.
const SHOWN: usize = 60;

/// All places that links can go to.
pub(super) struct Map<'d> {
    /// File and slug.
    chapters: &'d [(String, Arc<str>)],
    /// Index of a chapter by its file, seen from the manifest.
    files: BTreeMap<String, usize>,
    /// What each chapter names.
    names: &'d [BTreeMap<String, LinkEnd>],
    /// The first chapter that has a name.
    first: BTreeMap<&'d str, usize>,
    /// How many hints are left.
    hints: usize,
}

impl<'d> Map<'d> {
    pub fn new(AnchorNames { chapters, own: names }: &'d AnchorNames) -> Self {
        let (mut files, mut first) = (BTreeMap::new(), BTreeMap::new());
        for (number, (file, _)) in chapters.iter().enumerate() {
            files.entry(beside("", file)).or_insert(number);
        }
        for (number, own) in names.iter().enumerate() {
            for name in own.keys() {
                first.entry(name.as_str()).or_insert(number);
            }
        }
        Self { chapters, files, names, first, hints: HINTS }
    }

    /// Where a link goes that is written so in a chapter; in none, on the back cover.
    pub fn resolve(&mut self, written: &str, chapter: Option<usize>) -> Result<Target, Box<Diagnostic>> {
        let nowhere = |message: String, hint: String| {
            Err(Box::new(Diagnostic::warning(codes::D012, message).hint(hint)))
        };
        match address::outside(written) {
            Some(Ok(address)) => return Ok(Target::Url(address)),
            Some(Err(refusal)) => {
                let message = format!("the link goes to {}, {}", start(written.trim(), SHOWN), refusal.why());
                let finding = Diagnostic::warning(codes::D016, message).hint(refusal.hint(written));
                return Err(Box::new(finding.hint("its words stay, without a link")));
            }
            None => {}
        }
        let (file, anchor) = written.split_once('#').unwrap_or((written, ""));
        let (file, anchor) = (composed(&percent_decoded(file)), composed(&percent_decoded(anchor)));
        let number = if file.is_empty() {
            chapter
        } else {
            let base = chapter.and_then(|c| self.chapters.get(c)).map_or("", |(file, _)| file.as_str());
            let wanted = beside(base, &file);
            let Some(found) = self.files.get(&wanted) else {
                let hint = match self.near(&wanted, |map| map.chapters.iter().map(|(file, _)| file.as_str()))
                {
                    Some(near) => format!("did you mean {near}?"),
                    None => "a link goes to a chapter file, to #an-anchor, or to https://…".to_owned(),
                };
                let file = start(&file, SHOWN);
                return nowhere(
                    format!("the link goes to {file}, which is not a chapter of this booklet"),
                    hint,
                );
            };
            Some(*found)
        };
        if anchor.is_empty() {
            return match number.and_then(|n| self.chapters.get(n)).filter(|_| !file.is_empty()) {
                Some((_, slug)) => Ok(Target::Chapter(slug.clone())),
                None => nowhere(
                    "the link goes nowhere; its text stays".to_owned(),
                    "write where it goes, or take the brackets away".to_owned(),
                ),
            };
        }
        let place = |n: usize| Some((n, self.names.get(n)?.get(&anchor)?));
        let anywhere = || self.first.get(anchor.as_str()).filter(|_| file.is_empty());
        match number.and_then(place).or_else(|| place(*anywhere()?)) {
            Some((_, LinkEnd::Anchor(name))) => Ok(Target::Anchor(name.clone())),
            Some((n, LinkEnd::Chapter)) => {
                Ok(Target::Chapter(self.chapters.get(n).map_or_else(|| "".into(), |(_, slug)| slug.clone())))
            }
            None => {
                let all = self
                    .near(&anchor, |map| map.names.iter().flat_map(|names| names.keys()).map(String::as_str));
                let anchor = start(&anchor, SHOWN);
                let hint = match all {
                    Some(near) => format!("did you mean #{near}?"),
                    None => format!("give a heading the name: ## Heading {{#{anchor}}}"),
                };
                nowhere(format!("the link goes to #{anchor}, which this booklet does not have"), hint)
            }
        }
    }

    /// The name that is most like the wanted one, as long as hints are left.
    fn near<I: Iterator<Item = &'d str>>(
        &mut self,
        wanted: &str,
        names: impl FnOnce(&Self) -> I,
    ) -> Option<&'d str> {
        self.hints = self.hints.checked_sub(1)?;
        nearest(wanted, names(self))
    }
}

/// A path as seen from the manifest, for a link written in `base`.
fn beside(base: &str, path: &str) -> String {
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// A name with each accent in its letter (NFC), as files and places are called here: links must not depend
/// on what nobody sees.
fn composed(name: &str) -> String {
    name.nfc().collect()
}
