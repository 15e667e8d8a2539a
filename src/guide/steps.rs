//! From printing to binding, step by step: what each step says and which drawing shows it.

use std::ops::RangeInclusive;

use crate::impose::Sheets;

use super::figure::Figure;
use super::procedure::{Act, OnTop, Printing, Procedure};
use super::words::{Words, with};
use super::{bindery, folding};

/// What draws a step.
pub(super) type StepFigure = fn(&mut Figure<'_, '_, '_>);

/// One thing to do.
pub(super) struct Step {
    pub says: String,
    pub drawing: StepFigure,
}

fn step(says: &str, drawing: StepFigure) -> Step {
    Step { says: says.to_owned(), drawing }
}

/// All steps of what is done with sheets.
pub(super) fn of(procedure: &Procedure, sheets: &Sheets<'_>, words: &Words) -> Vec<Step> {
    let bound = !sheets.sections.is_empty();
    printing(&procedure.printing, words)
        .into_iter()
        .chain(procedure.acts.iter().map(|act| drawn(act, bound, sheets, words)))
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
            drawing: |figure| bindery::cut_grid(figure, figure.grid.0, figure.grid.1, true),
        },
        Act::PileUp => step(words.pile_up, bindery::pile_up),
        Act::BindEdge => step(words.edge, bindery::edge),
        Act::Eighths => step(words.eighths, folding::eighths),
        Act::Slit => step(words.slit, folding::slit),
        Act::Push => step(words.push, folding::push),
        Act::LayFlat => step(words.lay_flat, folding::lay_flat),
        Act::CutSpreads => step(words.cut_spreads, |figure| bindery::cut_grid(figure, 2, 2, true)),
        Act::Nest => step(words.nest, bindery::nest),
        Act::PanelIn => step(words.panel_in, folding::panel_in),
        Act::CoverOver => step(words.cover_over, folding::cover_over),
        Act::Zigzag => step(words.zigzag, folding::zigzag),
        Act::GateIn => step(words.gate_in, folding::gate_in),
        Act::GateShut => step(words.gate_shut, folding::gate_shut),
        Act::CutCopies(copies) => {
            let flyers: StepFigure = |figure| bindery::cut_grid(figure, figure.grid.0, figure.grid.1, false);
            let spreads: StepFigure =
                |figure| bindery::cut_grid(figure, figure.grid.0 / 2, figure.grid.1, false);
            Step { says: with(words.cut_copies, copies), drawing: if bound { spreads } else { flyers } }
        }
        Act::CutCards => {
            step(words.cut_cards, |figure| bindery::cut_grid(figure, figure.grid.0, figure.grid.1, false))
        }
        Act::Trim => step(words.trim, bindery::trim),
    }
}

/// How the sheets go through the printer.
fn printing(printing: &Printing, words: &Words) -> Vec<Step> {
    let run = |pages: &RangeInclusive<usize>| match (pages.start(), pages.end()) {
        (first, last) if first == last => first.to_string(),
        (first, last) => format!("{first}–{last}"),
    };
    match printing {
        Printing::OneSide => vec![step(words.print_one, bindery::print_one)],
        Printing::ShortEdge => vec![step(words.print_short, bindery::print_short)],
        Printing::LongEdge => vec![step(words.print_long, bindery::print_long)],
        Printing::ByHand(runs) => {
            let back = match runs.on_top {
                OnTop::Last => words.hand_last,
                OnTop::First => words.hand_first,
            };
            vec![
                Step { says: with(words.hand_fronts, run(&runs.fronts)), drawing: bindery::print_one },
                step(back, bindery::hand),
                Step { says: with(words.hand_backs, run(&runs.backs)), drawing: bindery::print_one },
            ]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::sentence::sentence;
    use crate::impose::{Binding, Job, PageRef, impose};
    use crate::length::Size;
    use crate::manifest::{BindingKind, Flip, Stacker};
    use crate::typeset::frame::{Page, PageKind, Pages};

    /// The last and the first, in the words of every language.
    const ORDINALS: [(&str, &str, &str); 10] = [
        ("cs", "poslední", "první"),
        ("de", "letzten", "ersten"),
        ("el", "τελευταίο", "πρώτο"),
        ("en", "last", "first"),
        ("es", "última", "primera"),
        ("fr", "dernière", "première"),
        ("it", "ultimo", "primo"),
        ("pl", "ostatni", "pierwszy"),
        ("pt", "última", "primeira"),
        ("ru", "последний", "первый"),
    ];

    /// The sheet that words put on top of a stack of so many: its number from 0.
    fn on_top(says: &str, last: &str, first: &str, papers: usize) -> usize {
        match (says.contains(last), says.contains(first)) {
            (true, false) => papers - 1,
            (false, true) => 0,
            _ => panic!("neither the last nor the first, or both: {says}"),
        }
    }

    #[test]
    fn a_stack_put_back_as_every_language_says_gets_each_back_behind_its_front() {
        let size = Size::mm(148.0, 210.0);
        let page = |_| Page { size, kind: PageKind::Body, label: String::new(), items: Vec::new() };
        let pages = Pages {
            pages: (0..8).map(page).collect(),
            faces: Default::default(),
            pictures: Vec::new(),
            outline: Vec::new(),
            right_to_left: false,
        };
        for stacker in [Stacker::FaceDown, Stacker::FaceUp] {
            let binding = Binding::Print(Job::new(BindingKind::Single, size, Flip::Manual(stacker)));
            let sheets = impose(&pages, &binding, None, &mut Default::default());
            let procedure = Procedure::of(&sheets, BindingKind::Single, false);
            let papers = procedure.papers;
            assert_eq!(papers, 4);
            // The printer takes sheets from the top, down to the one that the words put at the bottom.
            let printed = |top: usize| {
                for taken in 0..papers {
                    let sheet = if top == 0 { taken } else { papers - 1 - taken };
                    let page = |side: usize| sheets.sides[side].pages[0].page;
                    let pages = [2 * sheet, 2 * sheet + 1].map(PageRef::Page);
                    assert_eq!([page(sheet), page(papers + taken)], pages);
                }
            };
            for (tag, last, first) in ORDINALS {
                let steps = of(&procedure, &sheets, Words::of(&tag.into()));
                assert_eq!(Words::of(&tag.into()).tag, tag);
                printed(on_top(&steps[1].says, last, first, papers));
                assert!(steps[0].says.contains("1–4") && steps[2].says.contains("5–8"), "{tag}");
            }
            let said = sentence(&procedure);
            let between = said.split("; then put ").nth(1).and_then(|rest| rest.split("print ").next());
            printed(on_top(between.expect("the stack"), "last", "first", papers));
            assert!(said.contains("pages 1 to 4 of the file") && said.contains("and print pages 5 to 8"));
        }
    }
}
