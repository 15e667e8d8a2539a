//! From printing to binding, step by step: what each step says and which drawing shows it.

use crate::impose::{Purpose, Sheets};
use crate::manifest::{BindingKind, Flip, Stacker};

use super::figure::Figure;
use super::procedure::{Act, procedure};
use super::words::{Words, with};
use super::{bindery, folding};

/// What draws a step.
pub(super) type Drawing = fn(&mut Figure<'_, '_, '_>);

/// One thing to do.
pub(super) struct Step {
    pub says: String,
    pub drawing: Drawing,
}

fn step(says: &str, drawing: Drawing) -> Step {
    Step { says: says.to_owned(), drawing }
}

/// All steps for sheets that are bound like this. `cover` says whether the cover is apart.
pub(super) fn of(sheets: &Sheets<'_>, kind: BindingKind, cover: bool, words: &Words) -> Vec<Step> {
    let acts = procedure(sheets, kind, cover);
    let bound = !sheets.sections.is_empty();
    printing(sheets, words)
        .into_iter()
        .chain(acts.iter().map(|act| drawn(act, bound, sheets, words)))
        .collect()
}

/// One act in words and as a drawing; `bound` says whether sheets are folded, so that copies are pairs of
/// pages.
fn drawn(act: &Act, bound: bool, sheets: &Sheets<'_>, words: &Words) -> Step {
    let side = if sheets.pages.right_to_left { words.right_behind } else { words.left_behind };
    match act {
        Act::FoldStack => step(words.fold_stack, folding::stack),
        Act::Staple => step(words.staple, bindery::staple),
        Act::Part(sizes) => {
            let sizes: Vec<String> = sizes.iter().map(usize::to_string).collect();
            Step { says: with(words.sections, sizes.join(" + ")), drawing: bindery::sections }
        }
        Act::FoldSections => step(words.fold_sections, folding::stack),
        Act::Gather => step(words.gather, bindery::gather),
        Act::Sew => step(words.sew, bindery::sew),
        Act::FoldEach => step(words.fold_each, folding::one),
        Act::Glue => step(words.glue, bindery::glue),
        Act::LayCover => step(words.cover, bindery::cover),
        Act::FoldUpper { folded: false } => step(words.upper_behind, folding::upper_behind),
        Act::FoldUpper { folded: true } => step(words.upper_behind, |figure| {
            figure.paper.width = figure.paper.width / 2;
            folding::upper_behind(figure);
        }),
        Act::FoldSide { folded: false } => step(side, folding::left_behind),
        Act::FoldSide { folded: true } => step(side, |figure| {
            figure.paper.height = figure.paper.height / 2;
            folding::left_behind(figure);
        }),
        Act::NestTwo => step(words.nest_two, bindery::nest),
        Act::CutOpen => step(words.cut_open, bindery::cut_open),
        Act::CutPiles(piles) => Step {
            says: with(words.cut_piles, piles),
            drawing: |figure| bindery::cut_grid(figure, figure.grid, true),
        },
        Act::PileUp => step(words.pile_up, bindery::pile_up),
        Act::BindEdge => step(words.edge, bindery::edge),
        Act::Eighths => step(words.eighths, folding::eighths),
        Act::Slit => step(words.slit, folding::slit),
        Act::Push => step(words.push, folding::push),
        Act::LayFlat => step(words.lay_flat, folding::lay_flat),
        Act::CutSpreads => step(words.cut_spreads, |figure| bindery::cut_grid(figure, (2, 2), true)),
        Act::Nest => step(words.nest, bindery::nest),
        Act::PanelIn => step(words.panel_in, folding::panel_in),
        Act::CoverOver => step(words.cover_over, folding::cover_over),
        Act::Zigzag => step(words.zigzag, folding::zigzag),
        Act::GateIn => step(words.gate_in, folding::gate_in),
        Act::GateShut => step(words.gate_shut, folding::gate_shut),
        Act::CutCopies(copies) => {
            let flyers: Drawing = |figure| bindery::cut_grid(figure, figure.grid, false);
            let spreads: Drawing =
                |figure| bindery::cut_grid(figure, (figure.grid.0 / 2, figure.grid.1), false);
            Step { says: with(words.cut_copies, copies), drawing: if bound { spreads } else { flyers } }
        }
        Act::CutCards => step(words.cut_cards, |figure| bindery::cut_grid(figure, figure.grid, false)),
        Act::Trim => step(words.trim, bindery::trim),
    }
}

fn printing(sheets: &Sheets<'_>, words: &Words) -> Vec<Step> {
    match sheets.purpose {
        Purpose::Print(Flip::ShortEdge) => vec![step(words.print_short, bindery::print_short)],
        Purpose::Print(Flip::LongEdge) => vec![step(words.print_long, bindery::print_long)],
        Purpose::Print(Flip::Manual(stacker)) => {
            let run = |first: usize, last: usize| match (first, last) {
                _ if first == last => first.to_string(),
                _ => format!("{first}–{last}"),
            };
            let (fronts, all) = (sheets.papers, 2 * sheets.papers);
            let back = match stacker {
                Stacker::FaceDown => words.hand_last,
                Stacker::FaceUp => words.hand_first,
            };
            vec![
                Step { says: with(words.hand_fronts, run(1, fronts)), drawing: bindery::print_one },
                step(back, bindery::hand),
                Step { says: with(words.hand_backs, run(fronts + 1, all)), drawing: bindery::print_one },
            ]
        }
        Purpose::Reading | Purpose::PrintOneSide => vec![step(words.print_one, bindery::print_one)],
    }
}
