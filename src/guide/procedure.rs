//! What the hand does with printed sheets until they are a booklet, act by act.
//!
//! Comes in: sheets, and how they are bound. Goes out: a [`Procedure`]: how the sheets go through the printer, and
//! the [`Act`]s in order. The drawn instructions (`steps.rs`) and the sentence on the terminal (`sentence.rs`) put
//! the same procedure into words, so that they never part. What needs no hand is no act: one sheet is not parted into
//! sections, one copy is not cut from others.

use std::ops::RangeInclusive;

use crate::impose::{Purpose, Sheets};
use crate::manifest::{BindingKind, Flip, LeafletFold, SheetFold, Stacker};

/// All that is done with the sheets of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Procedure {
    /// How they are bound.
    pub kind: BindingKind,
    /// Sheets of paper for one copy, or for as many as are printed at once.
    pub papers: usize,
    /// How they go through the printer.
    pub printing: Printing,
    /// What the hand does then.
    pub acts: Vec<Act>,
    /// How many copies are printed at once.
    pub at_once: usize,
    /// Whether the booklet is bound on the right.
    pub right_to_left: bool,
}

/// How sheets go through the printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Printing {
    /// Once, on one side.
    OneSide,
    /// Once, on both sides, turned over on the short edge.
    ShortEdge,
    /// Once, on both sides, turned over on the long edge.
    LongEdge,
    /// Twice, turned over by hand between.
    ByHand(TwoRuns),
}

/// Two runs by hand: which pages of the file each prints, and how the stack is put back between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TwoRuns {
    /// The fronts, counted from 1.
    pub fronts: RangeInclusive<usize>,
    /// The backs.
    pub backs: RangeInclusive<usize>,
    /// The sheet that lies on top when the stack is put back.
    pub on_top: OnTop,
}

/// A sheet of a stack, by when it came out of the printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnTop {
    /// The first.
    First,
    /// The last.
    Last,
}

impl Procedure {
    /// What is done with sheets that are bound like this. `cover` says whether the cover is apart.
    pub fn of(sheets: &Sheets<'_>, kind: BindingKind, cover: bool) -> Self {
        Self {
            kind,
            papers: sheets.papers,
            printing: Printing::of(sheets),
            acts: acts(sheets, kind, cover),
            at_once: at_once(sheets, kind),
            right_to_left: sheets.pages.right_to_left,
        }
    }
}

impl Printing {
    /// How these sheets are printed.
    pub fn of(sheets: &Sheets<'_>) -> Self {
        match sheets.purpose {
            Purpose::Print(Flip::ShortEdge) => Self::ShortEdge,
            Purpose::Print(Flip::LongEdge) => Self::LongEdge,
            Purpose::Print(Flip::Manual(stacker)) => Self::ByHand(TwoRuns {
                fronts: 1..=sheets.papers,
                backs: sheets.papers + 1..=2 * sheets.papers,
                // Sheets fall on each other as they come. Lying printed sides down, they go back as they lie; printed
                // sides up, the stack is turned over.
                on_top: match stacker {
                    Stacker::FaceDown => OnTop::Last,
                    Stacker::FaceUp => OnTop::First,
                },
            }),
            Purpose::Reading | Purpose::PrintOneSide => Self::OneSide,
        }
    }
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Fold the stack in the middle.
    FoldStack,
    /// Staple the fold.
    Staple,
    /// Part the stack into sections of so many sheets.
    Part(Vec<usize>),
    /// Fold each section in the middle.
    FoldSections,
    /// Lay folded parts on each other.
    Gather,
    /// Sew or staple sections.
    Sew,
    /// Fold each sheet in the middle.
    FoldEach,
    /// Glue the back.
    Glue,
    /// Lay the cover around it.
    LayCover,
    /// Fold the upper half behind; whether the sheet is folded once already.
    FoldUpper {
        /// So that it is half as wide.
        folded: bool,
    },
    /// Fold the half at the side behind where reading begins; whether the sheet is folded once already.
    FoldSide {
        /// So that it is half as high.
        folded: bool,
    },
    /// Lay each two folded sheets inside each other.
    NestTwo,
    /// Cut closed edges open.
    CutOpen,
    /// Cut the stack into so many piles.
    CutPiles(usize),
    /// Put the piles on each other.
    PileUp,
    /// Staple, clip or glue the edge.
    BindEdge,
    /// Fold a sheet into eight.
    Eighths,
    /// Slit its middle.
    Slit,
    /// Push it open.
    Push,
    /// Lay its leaves around each other.
    LayFlat,
    /// Cut a sheet into its pairs of pages.
    CutSpreads,
    /// Lay them inside each other and fold them.
    Nest,
    /// Fold the narrow panel in.
    PanelIn,
    /// Fold the cover over it.
    CoverOver,
    /// Fold in zigzag.
    Zigzag,
    /// Fold both outer panels in.
    GateIn,
    /// Fold it shut.
    GateShut,
    /// Cut the stack into so many copies.
    CutCopies(usize),
    /// Cut cards apart.
    CutCards,
    /// Trim the front edge.
    Trim,
}

/// More sheets than this in one fold stick out so far that cutting looks better.
const PLENTY: usize = 4;

/// All that is done by hand. `cover` says whether the cover is apart.
fn acts(sheets: &Sheets<'_>, kind: BindingKind, cover: bool) -> Vec<Act> {
    let around = cover.then_some(Act::LayCover);
    let several = sheets.sections.len() > 1;
    let mut acts = match kind {
        // One section, or one sheet to be glued, is folded and stapled.
        BindingKind::Saddle | BindingKind::Sections { .. } | BindingKind::Perfect if !several => {
            [Some(Act::FoldStack), around, Some(Act::Staple)].into_iter().flatten().collect()
        }
        BindingKind::Saddle | BindingKind::Sections { .. } => {
            let mut acts = vec![Act::Part(sheets.sections.clone()), Act::FoldSections, Act::Gather, Act::Sew];
            acts.extend(around);
            acts
        }
        BindingKind::Perfect => {
            let mut acts = vec![Act::FoldEach, Act::Gather, Act::Glue];
            acts.extend(around);
            acts
        }
        BindingKind::Folded(fold) => {
            let mut acts = folded(fold, sheets.sections.iter().any(|sheets| *sheets > 1));
            acts.extend(if several { vec![Act::Gather, Act::Sew] } else { vec![Act::Staple] });
            acts.push(Act::CutOpen);
            acts.extend(around);
            acts
        }
        BindingKind::CutStack { .. } => {
            let mut acts = vec![Act::CutPiles(sheets.up), Act::PileUp, Act::BindEdge];
            acts.extend(around);
            acts
        }
        BindingKind::Single => {
            (sheets.papers > 1).then_some(Act::BindEdge).into_iter().chain(around).collect()
        }
        BindingKind::Mini if sheets.purpose == Purpose::PrintOneSide => {
            vec![Act::Eighths, Act::Slit, Act::Push, Act::LayFlat]
        }
        BindingKind::Mini => vec![Act::CutSpreads, Act::Nest, Act::Staple],
        BindingKind::Leaflet(LeafletFold::Letter) => vec![Act::PanelIn, Act::CoverOver],
        BindingKind::Leaflet(LeafletFold::Gate) => vec![Act::GateIn, Act::GateShut],
        BindingKind::Leaflet(LeafletFold::Z | LeafletFold::Accordion { .. }) => vec![Act::Zigzag],
        BindingKind::Copies { .. } => {
            let copies = at_once(sheets, kind);
            let apart = (copies > 1).then_some(Act::CutCopies(copies));
            let bound = if sheets.sections.is_empty() { vec![] } else { vec![Act::FoldStack, Act::Staple] };
            apart.into_iter().chain(bound).collect()
        }
        BindingKind::Cards => (sheets.up > 1).then_some(Act::CutCards).into_iter().collect(),
    };
    if sheets.sections.iter().any(|sheets| *sheets > PLENTY) {
        acts.push(Act::Trim);
    }
    acts
}

/// How many copies are printed at once.
fn at_once(sheets: &Sheets<'_>, kind: BindingKind) -> usize {
    match kind {
        // Bound copies lie there as pairs of pages.
        BindingKind::Copies { .. } if !sheets.sections.is_empty() => (sheets.up / 2).max(1),
        BindingKind::Copies { .. } => sheets.up.max(1),
        _ => 1,
    }
}

fn folded(fold: SheetFold, nested: bool) -> Vec<Act> {
    let mut quarto = vec![Act::FoldUpper { folded: false }, Act::FoldSide { folded: true }];
    match fold {
        SheetFold::NestedQuartos if nested => quarto.push(Act::NestTwo),
        SheetFold::Quarto | SheetFold::NestedQuartos => {}
        // Folded both ways, it has its own proportions again.
        SheetFold::Octavo => {
            return vec![
                Act::FoldSide { folded: false },
                Act::FoldUpper { folded: true },
                Act::FoldSide { folded: false },
            ];
        }
    }
    quarto
}
