//! Fit: the setting nearest to the design that fills whole sheets of paper.
//!
//! Comes in: a booklet, its document, and what so many pages need in paper. Goes out: the style of the
//! setting that was chosen, and what it changed. The booklet is set as designed, and then again and again
//! with a little more or less size, leading and margins, never outside the bounds of its design
//! ([`Bounds`]), until no better setting can be hoped for. Words are shaped once: glyphs in design units
//! do not depend on the size.
//!
//! How readable a setting is, is its [`distance`] from the design. The number of pages of a setting that
//! was not tried yet is estimated from the nearest one that was; only settings whose estimate comes near
//! a number that fills its sheets are tried, nearest to the design first, a fixed number at a time, so that
//! the choice is the same on every machine.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::booklet::Booklet;
use crate::diagnostic::{Diagnostic, Report, codes};
use crate::document::Document;
use crate::length::Length;
use crate::manifest::{Bounds, Design, Margins, Spanned};

use super::frame::{COVERS, PageKind};
use super::inline::setter::Setter;
use super::style::{self, Style, TextSize};
use super::{set_lines, set_pages};

/// What so many pages need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaperNeeded {
    /// Sheets of paper.
    pub sheets: usize,
    /// Pages of them that stay blank.
    pub blanks: usize,
}

/// What fitting led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fitting {
    /// Paper of the booklet as designed; none if it cannot be bound so.
    pub before: Option<PaperNeeded>,
    /// What was chosen; none if nothing within the bounds fills the sheets, and the design stands.
    pub chosen: Option<Chosen>,
    /// The fewest and the most pages within the bounds, if nothing fills the sheets.
    pub range: (usize, usize),
    /// With nothing chosen: another number of sheets that could be filled.
    pub instead: Option<usize>,
}

impl Fitting {
    /// What to tell who wished for something that cannot be had.
    pub fn warning(&self, wish: Option<usize>) -> Option<Diagnostic> {
        if self.chosen.is_some() {
            return None;
        }
        let wanted = match wish {
            Some(sheets) => sheets_in_words(sheets),
            None => "whole sheets".to_owned(),
        };
        let message =
            format!("no setting within the bounds of the design fills {wanted}: it is set as designed");
        let (least, most) = self.range;
        let reach = match (least, most) {
            (1, 1) => "always takes 1 page".to_owned(),
            _ if least == most => format!("always takes {least} pages"),
            _ => format!("takes {least} to {most} pages"),
        };
        let warning = Diagnostic::warning(codes::T06, message);
        let warning = match self.instead {
            Some(sheets) => warning
                .hint(format!("{} can be filled: fit = {{ sheets = {sheets} }}", sheets_in_words(sheets))),
            None => warning,
        };
        Some(warning.hint(format!("the text {reach}; add some, cut some, or choose another size or page")))
    }
}

fn sheets_in_words(sheets: usize) -> String {
    if sheets == 1 { "1 sheet".to_owned() } else { format!("{sheets} sheets") }
}

/// A setting that fills its sheets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Its paper, without blanks.
    pub paper: PaperNeeded,
    /// Type size and leading.
    pub text: (Length, Length),
    /// Margins.
    pub margins: Margins,
    /// Whether it is the design itself.
    pub unchanged: bool,
}

/// What so many pages need in paper; none if they cannot be bound so.
pub type Counting<'a> = &'a (dyn Fn(usize) -> Option<PaperNeeded> + Sync);

/// Settings tried at a time, whatever the number of threads.
const BATCH: usize = 8;
/// Settings tried in all, at most; and how many pages they may have together.
const TRIALS: (usize, usize) = (48, 12_000);

/// Finds the setting that fills whole sheets, `wish` of them if that is said, and is nearest to the design:
/// the design itself if there is none.
pub fn find_fit(
    booklet: &Booklet,
    document: &Document,
    setter: &Setter<'_>,
    wish: Option<usize>,
    counting: Counting<'_>,
) -> (Style, Fitting) {
    let plain = &booklet.manifest.design;
    let mut search = Search::new(booklet, document, setter, counting);
    let found = search.find(wish);
    let (range, instead) =
        if found.is_some() { ((0, 0), None) } else { (search.range(), search.instead(wish)) };
    let design = found.map_or_else(|| plain.clone(), |index| search.candidates[index].design(plain));
    let style = Style::of(booklet, &design);
    let chosen = found.and_then(|index| {
        let paper = counting(search.tried.get(&index)?.pages)?;
        let text = (style.text.size, style.text.leading);
        Some(Chosen { paper, text, margins: style.margins, unchanged: index == 0 })
    });
    let before = search.tried.get(&0).and_then(|trial| counting(trial.pages));
    (style, Fitting { before, chosen, range, instead })
}

/// A setting that may be tried.
#[derive(Debug, Clone)]
struct Candidate {
    text: TextSize,
    /// None for the design's own.
    margins: Option<Margins>,
    /// How far it is from the design.
    distance: i64,
    /// How much of a page a letter takes, in parts that mean nothing by themselves.
    density: i64,
}

impl Candidate {
    fn design(&self, plain: &Design) -> Design {
        let mut design = plain.clone();
        design.size.value = self.text.size;
        design.leading.value = self.text.leading;
        if let Some(value) = self.margins {
            design.margins = Some(Spanned { value, span: plain.page.span });
        }
        design
    }
}

/// What a trial showed.
#[derive(Debug, Clone)]
struct Trial {
    /// Covers included.
    pages: usize,
    /// Pages without text, which hardly depend on the setting.
    others: usize,
    /// Lengths of what begins on pages of its own, in thousandths of a page.
    lengths: Vec<i64>,
}

impl Trial {
    /// What a last page with few lines costs, in the same measure as [`distance`]: at less than two fifths
    /// of a page it begins to look forgotten.
    fn thin(&self) -> i64 {
        let last = self.lengths.last().map_or(1000, |length| (length - 1).rem_euclid(1000) + 1);
        (400 - last).max(0) * 25
    }
}

struct Search<'a> {
    booklet: &'a Booklet,
    document: &'a Document,
    setter: &'a Setter<'a>,
    counting: Counting<'a>,
    /// Nearest to the design first; the design itself is the first.
    candidates: Vec<Candidate>,
    /// By index of the candidate.
    tried: BTreeMap<usize, Trial>,
    left: usize,
}

impl<'a> Search<'a> {
    fn new(
        booklet: &'a Booklet,
        document: &'a Document,
        setter: &'a Setter<'a>,
        counting: Counting<'a>,
    ) -> Self {
        let candidates = candidates(&booklet.manifest.design);
        let tried = BTreeMap::new();
        let mut search = Self { booklet, document, setter, counting, candidates, tried, left: TRIALS.0 };
        search.try_all(&[0]);
        let pages = search.tried.get(&0).map_or(1, |trial| trial.pages.max(1));
        search.left = (TRIALS.1 / pages).clamp(BATCH * 2, TRIALS.0);
        search
    }

    fn try_all(&mut self, indices: &[usize]) {
        let trials: Vec<Trial> = indices.par_iter().map(|index| self.attempt(*index)).collect();
        self.left = self.left.saturating_sub(trials.len());
        self.tried.extend(indices.iter().copied().zip(trials));
    }

    fn attempt(&self, index: usize) -> Trial {
        let design = self.candidates[index].design(&self.booklet.manifest.design);
        let style = Style::of(self.booklet, &design);
        let (block, lengths) = set_pages(
            self.document,
            &style,
            self.setter,
            set_lines(self.document, &style, self.setter),
            &mut Report::new(),
        );
        let others = block.pages.iter().filter(|page| page.kind != PageKind::Body).count() + COVERS;
        Trial { pages: block.pages.len() + COVERS, others, lengths }
    }

    /// The candidate nearest to the design that fills its sheets.
    fn find(&mut self, wish: Option<usize>) -> Option<usize> {
        let plain = self.tried.get(&0)?.pages;
        // Without a number of sheets, fitting must never take more paper than the design does.
        let most = (self.counting)(plain).map(|paper| paper.sheets);
        let fills = |pages: usize| {
            (self.counting)(pages).is_some_and(|paper| {
                let enough = match wish {
                    Some(sheets) => paper.sheets == sheets,
                    None => most.is_none_or(|most| paper.sheets <= most),
                };
                paper.blanks == 0 && enough
            })
        };
        let full: Vec<usize> = (1..plain * 2 + 64).filter(|pages| fills(*pages)).collect();
        loop {
            let filled = self.tried.iter().filter(|(_, trial)| full.binary_search(&trial.pages).is_ok());
            // A design that fills its sheets stands, however its last page looks.
            let thin = |index: usize, trial: &Trial| if index == 0 { 0 } else { trial.thin() };
            let best = filled
                .map(|(index, trial)| (self.candidates[*index].distance + thin(*index, trial), *index))
                .min();
            let end = best.map_or(self.candidates.len(), |(cost, _)| {
                self.candidates.partition_point(|candidate| candidate.distance < cost)
            });
            let batch = self.batch(end, &full);
            if batch.is_empty() {
                return best.map(|(_, index)| index);
            }
            self.try_all(&batch);
        }
    }

    /// The next settings to try: nearest to the design first, of those that may well fill their sheets, and
    /// no two of them almost equal.
    fn batch(&self, end: usize, full: &[usize]) -> Vec<usize> {
        let mut batch: Vec<usize> = Vec::new();
        for index in 0..end {
            if batch.len() >= BATCH.min(self.left) {
                break;
            }
            let density = self.candidates[index].density;
            let alike =
                |other: &usize| self.candidates[*other].density.abs_diff(density) * 200 < density as u64;
            if !self.tried.contains_key(&index) && !batch.iter().any(alike) && self.promises(index, full) {
                batch.push(index);
            }
        }
        batch
    }

    /// Whether the number of pages, as estimated from the nearest setting that was tried, fills its sheets.
    fn promises(&self, index: usize, full: &[usize]) -> bool {
        let density = self.candidates[index].density;
        let distance = |tried: usize| self.candidates[tried].density.abs_diff(density);
        let near = self.tried.iter().min_by_key(|(tried, _)| (distance(**tried), **tried));
        let Some((tried, trial)) = near else { return true };
        let known = self.candidates[*tried].density.max(1);
        // The further the guess reaches, the less it is worth.
        let doubt = 4 + distance(*tried) as i64 * 100 / known;
        let pages = |doubt: i64| {
            let scaled = |length: &i64| {
                let length = i128::from(*length) * i128::from(density) / i128::from(known);
                ((length as i64 * (1000 + doubt) / 1000 + 999) / 1000).max(1) as usize
            };
            trial.others + trial.lengths.iter().map(scaled).sum::<usize>()
        };
        let (least, most) = (pages(-doubt), pages(doubt));
        let at = full.partition_point(|pages| *pages < least);
        full.get(at).is_some_and(|pages| *pages <= most)
    }

    /// The fewest and the most pages within the bounds.
    fn range(&mut self) -> (usize, usize) {
        let by_density = |(_, candidate): &(usize, &Candidate)| candidate.density;
        let all = || self.candidates.iter().enumerate();
        let ends: Vec<usize> = all()
            .min_by_key(by_density)
            .into_iter()
            .chain(all().max_by_key(by_density))
            .map(|(i, _)| i)
            .collect();
        self.try_all(&ends);
        let pages = || self.tried.values().map(|trial| trial.pages);
        (pages().min().unwrap_or(0), pages().max().unwrap_or(0))
    }

    /// The number of sheets nearest to a wish that can be filled.
    fn instead(&mut self, wish: Option<usize>) -> Option<usize> {
        let (least, most) = self.range();
        let mut numbers: Vec<usize> = (least..=most)
            .filter_map(|pages| (self.counting)(pages).filter(|paper| paper.blanks == 0))
            .map(|paper| paper.sheets)
            .collect();
        numbers.dedup();
        let from = wish.or_else(|| Some((self.counting)(self.tried.get(&0)?.pages)?.sheets))?;
        numbers.sort_by_key(|sheets| (sheets.abs_diff(from), *sheets));
        numbers.into_iter().filter(|sheets| Some(*sheets) != wish).take(2).find(|sheets| {
            self.left = self.left.max(BATCH * 2);
            self.find(Some(*sheets)).is_some()
        })
    }
}

/// All settings within the bounds of a design, itself first and the nearest first after it.
fn candidates(plain: &Design) -> Vec<Candidate> {
    let text = TextSize { size: plain.size.value, leading: plain.leading.value };
    let margins = style::margins(plain);
    let own = Measures::new(plain, text, margins);
    let Bounds { size, leading, margins: share } = plain.bounds;
    // What a manifest gives is within the bounds, whatever the design thinks of it.
    let sizes = (hundredths(size.0).min(text.size), hundredths(size.1).max(text.size));
    let ratio = text.leading.0 * 1000 / text.size.0.max(1);
    let ratios = (leading.0.min(ratio), leading.1.max(ratio));
    let widest = (text.size * plain.canon.widest).0.max(own.measure.0) * 1000 / text.size.0.max(1);
    let mut found: BTreeMap<(i64, i64, i64, i64), Candidate> = BTreeMap::new();
    for size in steps(sizes.0, sizes.1, text.size, Length::PER_POINT / 8) {
        let least = size.scale(ratios.0, 1000);
        let most = size.scale(ratios.1, 1000);
        for leading in steps(least, most, text.leading, Length::PER_POINT / 4) {
            let text = TextSize { size, leading };
            for across in (share.0..=share.1).step_by(4) {
                for down in (share.0..=share.1).step_by(4) {
                    let margins = Margins {
                        inner: part(margins.inner, across),
                        outer: part(margins.outer, across),
                        top: part(margins.top, down),
                        bottom: part(margins.bottom, down),
                    };
                    let setting = Measures::new(plain, text, margins);
                    let distance = distance(&own, &setting);
                    if distance == 0 || setting.measure.0 * 1000 / size.0.max(1) > widest {
                        continue;
                    }
                    let key = (size.0, leading.0, setting.measure.0, setting.lines);
                    let candidate =
                        Candidate { text, margins: Some(margins), distance, density: setting.density() };
                    let better = |known: &&mut Candidate| known.distance > candidate.distance;
                    match found.get_mut(&key) {
                        None => drop(found.insert(key, candidate)),
                        known => drop(known.filter(better).map(|known| *known = candidate)),
                    }
                }
            }
        }
    }
    let mut list: Vec<Candidate> = found.into_values().collect();
    // Stable: settings at the same distance stay in the order of their sizes.
    list.sort_by_key(|candidate| candidate.distance);
    list.insert(0, Candidate { text, margins: None, distance: 0, density: own.density() });
    list
}

/// Every step within bounds, counted from where the design is.
fn steps(least: Length, most: Length, from: Length, step: i64) -> impl Iterator<Item = Length> {
    let (down, up) = ((from - least).0.max(0) / step, (most - from).0.max(0) / step);
    let inside = move |length: &Length| *length >= least && *length <= most;
    (-down..=up).map(move |n| from + Length(step) * n).filter(inside)
}

/// A share of a margin in hundredths; never less than most printers can print, if it was more before.
fn part(margin: Length, share: i64) -> Length {
    margin.scale(share, 100).max(margin.min(NARROWEST))
}

/// A narrower margin looks like a mistake: 9 mm.
const NARROWEST: Length = Length::mm(9);

fn hundredths(of_a_point: i64) -> Length {
    Length(of_a_point * Length::PER_POINT / 100)
}

/// A candidate's measures.
struct Measures {
    text: TextSize,
    margins: Margins,
    measure: Length,
    lines: i64,
}

impl Measures {
    fn new(plain: &Design, text: TextSize, margins: Margins) -> Self {
        let (margins, lines) = style::area(plain.page.value, text, margins);
        let measure = plain.page.value.width - margins.inner - margins.outer;
        Self { text, margins, measure, lines }
    }

    /// How much of a page a letter takes.
    fn density(&self) -> i64 {
        let area = i128::from(self.measure.0.max(1)) * i128::from(self.lines.max(1));
        ((i128::from(self.text.size.0) << 36) / area) as i64
    }
}

/// How far a setting is from the design: the sum of the squares of what changed, each in steps that a
/// reader would just notice. Smaller type and closer lines are worse than larger and wider ones.
fn distance(own: &Measures, other: &Measures) -> i64 {
    // Changes in thousandths.
    let change = |from: i64, to: i64| (to - from) * 1000 / from.max(1);
    let noticed = |change: i64, less: i64, more: i64| {
        let steps = change.abs() * 100 / if change < 0 { less } else { more };
        steps * steps
    };
    let ratio = |text: &TextSize| text.leading.0 * 1000 / text.size.0.max(1);
    let size = change(own.text.size.0, other.text.size.0);
    let leading = change(ratio(&own.text), ratio(&other.text));
    let side = |own: Length, other: Length| noticed(change(own.0, other.0), 80, 110);
    noticed(size, 20, 35)
        + noticed(leading, 20, 30)
        + side(own.margins.inner, other.margins.inner)
        + side(own.margins.outer, other.margins.outer)
        + side(own.margins.top, other.margins.top)
        + side(own.margins.bottom, other.margins.bottom)
}
