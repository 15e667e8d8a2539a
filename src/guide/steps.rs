//! From printing to binding, step by step: what each step says and which drawing shows it.

use crate::impose::{Purpose, Sheets};
use crate::manifest::{BindingKind, Flip, LeafletFold, SheetFold, Stacker};

use super::figure::Figure;
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

/// More sheets than this in one fold stick out so far that cutting looks better.
const PLENTY: usize = 4;

/// All steps for sheets that are bound like this. `cover` says whether the cover is apart.
pub(super) fn of(sheets: &Sheets<'_>, kind: BindingKind, cover: bool, words: &Words) -> Vec<Step> {
    let mut steps = printing(sheets, words);
    let several = sheets.sections.len() > 1;
    let around = |steps: &mut Vec<Step>| {
        if cover {
            steps.push(step(words.cover, bindery::cover));
        }
    };
    match kind {
        BindingKind::Saddle | BindingKind::Sections { .. } if !several => {
            steps.push(step(words.fold_stack, folding::stack));
            around(&mut steps);
            steps.push(step(words.staple, bindery::staple));
        }
        BindingKind::Saddle | BindingKind::Sections { .. } => {
            let sizes: Vec<String> = sheets.sections.iter().map(usize::to_string).collect();
            let says = with(words.sections, sizes.join(" + "));
            steps.push(Step { says, drawing: bindery::sections });
            steps.push(step(words.fold_sections, folding::stack));
            steps.push(step(words.gather, bindery::gather));
            steps.push(step(words.sew, bindery::sew));
            around(&mut steps);
        }
        BindingKind::Perfect => {
            steps.push(step(words.fold_each, folding::one));
            steps.push(step(words.gather, bindery::gather));
            steps.push(step(words.glue, bindery::glue));
            around(&mut steps);
        }
        BindingKind::Folded(fold) => {
            steps.extend(folded(fold, sheets.pages.right_to_left, words));
            if several {
                steps.push(step(words.gather, bindery::gather));
                steps.push(step(words.sew, bindery::sew));
            } else {
                steps.push(step(words.staple, bindery::staple));
            }
            steps.push(step(words.cut_open, bindery::cut_open));
            around(&mut steps);
        }
        BindingKind::CutStack { up } => {
            let says = with(words.cut_piles, up);
            steps.push(Step { says, drawing: |figure| bindery::cut_grid(figure, figure.grid, true) });
            steps.push(step(words.pile_up, bindery::pile_up));
            steps.push(step(words.edge, bindery::edge));
            around(&mut steps);
        }
        BindingKind::Single => {
            steps.push(step(words.edge, bindery::edge));
            around(&mut steps);
        }
        BindingKind::Mini if sheets.purpose == Purpose::PrintOneSide => {
            steps.push(step(words.eighths, folding::eighths));
            steps.push(step(words.slit, folding::slit));
            steps.push(step(words.push, folding::push));
            steps.push(step(words.lay_flat, folding::lay_flat));
        }
        BindingKind::Mini => {
            steps.push(step(words.cut_spreads, |figure| bindery::cut_grid(figure, (2, 2), true)));
            steps.push(step(words.nest, bindery::nest));
            steps.push(step(words.staple, bindery::staple));
        }
        BindingKind::Leaflet(fold) => steps.extend(leaflet(fold, words)),
        BindingKind::Copies { .. } if sheets.sections.is_empty() => {
            let says = with(words.cut_copies, sheets.up);
            steps.push(Step { says, drawing: |figure| bindery::cut_grid(figure, figure.grid, false) });
        }
        BindingKind::Copies { .. } => {
            let says = with(words.cut_copies, sheets.up / 2);
            let spreads: Drawing =
                |figure| bindery::cut_grid(figure, (figure.grid.0 / 2, figure.grid.1), false);
            steps.push(Step { says, drawing: spreads });
            steps.push(step(words.fold_stack, folding::stack));
            steps.push(step(words.staple, bindery::staple));
        }
        BindingKind::Cards => {
            steps.push(step(words.cut_cards, |figure| bindery::cut_grid(figure, figure.grid, false)));
        }
    }
    if sheets.sections.iter().any(|sheets| *sheets > PLENTY) {
        steps.push(step(words.trim, bindery::trim));
    }
    steps
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

fn folded(fold: SheetFold, right_to_left: bool, words: &Words) -> Vec<Step> {
    let side = if right_to_left { words.right_behind } else { words.left_behind };
    // Folded before, the paper is half as high or as wide.
    let left_of_upper: Drawing = |figure| {
        figure.paper.height = figure.paper.height / 2;
        folding::left_behind(figure);
    };
    let upper_of_left: Drawing = |figure| {
        figure.paper.width = figure.paper.width / 2;
        folding::upper_behind(figure);
    };
    let quarto = [step(words.upper_behind, folding::upper_behind), step(side, left_of_upper)];
    match fold {
        SheetFold::Quarto => quarto.into(),
        SheetFold::NestedQuartos => quarto.into_iter().chain([step(words.nest_two, bindery::nest)]).collect(),
        SheetFold::Octavo => vec![
            step(side, folding::left_behind),
            step(words.upper_behind, upper_of_left),
            // Both halved: the sheet's own proportions again.
            step(side, folding::left_behind),
        ],
    }
}

fn leaflet(fold: LeafletFold, words: &Words) -> Vec<Step> {
    match fold {
        LeafletFold::Letter => {
            vec![step(words.panel_in, folding::panel_in), step(words.cover_over, folding::cover_over)]
        }
        LeafletFold::Gate => {
            vec![step(words.gate_in, folding::gate_in), step(words.gate_shut, folding::gate_shut)]
        }
        LeafletFold::Z | LeafletFold::Accordion { .. } => vec![step(words.zigzag, folding::zigzag)],
    }
}
