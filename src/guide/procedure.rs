//! What the hand does with printed sheets until they are a booklet, act by act.
//!
//! Comes in: sheets, and how they are bound. Goes out: the [`Act`]s in order. The drawn instructions
//! (`steps.rs`) and the sentence on the terminal are both made of them, so that they never part. What
//! needs no hand is no act: one sheet is not parted into sections, one copy is not cut from others.

use crate::impose::{Purpose, Sheets};
use crate::manifest::{BindingKind, LeafletFold, SheetFold};

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

/// All that is done by hand with sheets that are bound like this. `cover` says whether the cover is apart.
pub fn procedure(sheets: &Sheets<'_>, kind: BindingKind, cover: bool) -> Vec<Act> {
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
pub fn at_once(sheets: &Sheets<'_>, kind: BindingKind) -> usize {
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
