//! What is done with the sheets of a file, in one English sentence for the terminal.
//!
//! Comes in: a [`Procedure`]. Goes out: paper, printer setting, folding, binding, in the order of the drawn
//! instructions, which say the same at more length and in the booklet's language.

use std::ops::RangeInclusive;

use crate::length::{Length, Size};
use crate::manifest::BindingKind;

use super::procedure::{Act, OnTop, Printing, Procedure, TwoRuns};

/// How a file is printed and what is done with the sheets.
pub fn sentence(procedure: &Procedure) -> String {
    let copy = match procedure.kind {
        BindingKind::Cards => "",
        _ if procedure.at_once > 1 => "",
        _ => " a copy",
    };
    let (sheets, sides) = (count(procedure.papers, "sheet"), sides(&procedure.printing));
    let hand = hand(procedure);
    let then = if hand.is_empty() { String::new() } else { format!("; then {hand}") };
    format!("{sheets} of paper{copy}, {sides}, in actual size{then}")
}

/// The same for a cover on a sheet of its own, with a spine if it is wider than nothing.
pub fn cover_sentence(printing: &Printing, spine: Length, paper: Size) -> String {
    let (width, height) = (paper.width.to_mm(), paper.height.to_mm());
    let spine = match spine {
        Length::ZERO => String::new(),
        spine => format!(" at both edges of its spine of {:.1} mm", spine.to_mm()),
    };
    let sides = sides(printing);
    format!(
        "1 sheet of heavier paper a copy, {width:.0} × {height:.0} mm, {sides}, in actual size; \
         then fold it{spine} and lay it around the booklet"
    )
}

/// So many of something.
pub fn count(number: usize, what: &str) -> String {
    match what.strip_suffix('y') {
        _ if number == 1 => format!("1 {what}"),
        Some(stem) => format!("{number} {stem}ies"),
        None => format!("{number} {what}s"),
    }
}

/// How sheets go through the printer.
fn sides(printing: &Printing) -> String {
    match printing {
        Printing::OneSide => "on one side".to_owned(),
        Printing::ShortEdge => "on both sides, flipped on the short edge".to_owned(),
        Printing::LongEdge => "on both sides, flipped on the long edge".to_owned(),
        Printing::ByHand(runs) => by_hand(runs),
    }
}

/// Two runs, with the stack turned between them.
fn by_hand(runs: &TwoRuns) -> String {
    let pages = |pages: &RangeInclusive<usize>| match (pages.start(), pages.end()) {
        (first, last) if first == last => format!("page {first}"),
        (first, last) => format!("pages {first} to {last}"),
    };
    let (first, second) = (pages(&runs.fronts), pages(&runs.backs));
    let top = match runs.on_top {
        OnTop::Last => "the sheet that came out last on top",
        OnTop::First => "the sheet that came out first on top",
    };
    format!(
        "in two runs, each on one side: {first} of the file; then put the stack back turned over like the \
         leaf of a book, {top}, and print {second}"
    )
}

/// What the hand does; nothing if the printer does it all.
fn hand(procedure: &Procedure) -> String {
    let mut clauses: Vec<String> = Vec::new();
    let mut folds = false;
    for act in &procedure.acts {
        let clause = clause(act, procedure);
        let fold = matches!(act, Act::FoldUpper { .. } | Act::FoldSide { .. });
        match clauses.last_mut() {
            Some(before) if fold && folds => *before += &format!(", then {clause}"),
            _ if fold && procedure.papers > 1 => clauses.push(format!("fold each sheet, {clause}")),
            _ if fold => clauses.push(format!("fold {clause}")),
            _ => clauses.push(clause),
        }
        folds = fold;
    }
    match clauses.as_slice() {
        [one, two] if !one.contains(',') => format!("{one} and {two}"),
        [rest @ .., last] if !rest.is_empty() => format!("{}; and {last}", rest.join("; ")),
        few => few.concat(),
    }
}

/// An act in words.
fn clause(act: &Act, procedure: &Procedure) -> String {
    let (along, side) = if procedure.right_to_left {
        ("from right to left", "right")
    } else {
        ("from left to right", "left")
    };
    let stack = if procedure.papers == 1 { "sheet" } else { "stack" };
    match act {
        Act::FoldStack if procedure.at_once > 1 => "fold each in the middle".to_owned(),
        Act::FoldStack => format!("fold the {stack} in the middle"),
        // As the marks show it.
        Act::Staple => "staple it twice on the fold, a quarter of the height from head and foot".to_owned(),
        Act::Part(sizes) => format!("part the stack into {}, in order", sections(sizes)),
        Act::FoldSections => "fold each in the middle".to_owned(),
        Act::Gather => "lay them on each other in order, the first on top".to_owned(),
        Act::Sew => "sew or staple the folds".to_owned(),
        Act::FoldEach => "fold each sheet in the middle".to_owned(),
        Act::Glue => "press the pile and glue the folds".to_owned(),
        Act::LayCover => "lay the cover around it".to_owned(),
        Act::FoldUpper { .. } => "the upper half behind".to_owned(),
        Act::FoldSide { .. } => format!("the {side} half behind"),
        Act::NestTwo => "lay each two inside each other, the first outside".to_owned(),
        Act::CutOpen => "cut the closed edges open".to_owned(),
        Act::CutPiles(piles) => format!("cut the {stack} into {}", count(*piles, "pile")),
        Act::PileUp => {
            format!("put them on each other, down each column and then {along}, the first on top")
        }
        Act::BindEdge => "staple, clip or glue the edge".to_owned(),
        Act::Eighths => "fold it into eight and open it again".to_owned(),
        Act::Slit => "slit the middle fold across the two inner columns".to_owned(),
        Act::Push => {
            "fold it lengthwise, print outside, and push the ends together until the slit opens".to_owned()
        }
        Act::LayFlat => "lay the four leaves around each other, the cover outside".to_owned(),
        Act::CutSpreads => "cut it into its four pairs of pages".to_owned(),
        Act::Nest => format!(
            "lay them inside each other, down each column and then {along}, the first outermost, and fold them \
             in the middle"
        ),
        Act::PanelIn => "fold the narrow panel in".to_owned(),
        Act::CoverOver => "fold the cover over it".to_owned(),
        Act::Zigzag => "fold the panels in zigzag, the cover on top".to_owned(),
        Act::GateIn => "fold both outer panels in to meet in the middle".to_owned(),
        Act::GateShut => "fold it there".to_owned(),
        Act::CutCopies(copies) => format!("cut the {stack} into its {}", count(*copies, "copy")),
        Act::CutCards => "cut the cards apart".to_owned(),
        Act::Trim => "cut the front edge if inner pages stick out".to_owned(),
    }
}

/// `3 sections of 4, 3 and 3 sheets`, `2 sections of 1 sheet each`.
fn sections(sizes: &[usize]) -> String {
    let (sections, numbers) = (count(sizes.len(), "section"), sizes.iter().map(usize::to_string));
    match sizes {
        [first, rest @ ..] if rest.iter().all(|size| size == first) => {
            format!("{sections} of {} each", count(*first, "sheet"))
        }
        [rest @ .., last] => {
            let rest: Vec<String> = numbers.take(rest.len()).collect();
            format!("{sections} of {} and {}", rest.join(", "), count(*last, "sheet"))
        }
        [] => sections,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::impose::{Binding, Job, Sheets, impose};
    use crate::manifest::{Flip, LeafletFold, SheetFold};
    use crate::typeset::frame::{Page, PageKind, Pages};

    /// What is said of so many pages of A7 on A4, and the acts that the drawn instructions show.
    fn told(kind: BindingKind, count: usize, right_to_left: bool) -> Option<(String, Vec<Act>)> {
        let size = Size::mm(74.0, 105.0);
        let page = |_| Page { size, kind: PageKind::Body, label: String::new(), items: Vec::new() };
        let pages = Pages {
            pages: (0..count).map(page).collect(),
            faces: Default::default(),
            pictures: Vec::new(),
            outline: Vec::new(),
            right_to_left,
        };
        let a4 = Size::mm(210.0, 297.0);
        let binding = Binding::Print(Job::new(kind, a4, Flip::ShortEdge));
        let sheets: Sheets<'_> = impose(&pages, &binding, None, &mut Default::default());
        if sheets.sides.is_empty() {
            return None;
        }
        let procedure = Procedure::of(&sheets, kind, false);
        Some((sentence(&procedure), procedure.acts))
    }

    #[test]
    fn what_is_done_is_said_act_by_act_for_every_binding_and_count() {
        let accordion = LeafletFold::Accordion { panels: None };
        for kind in [
            BindingKind::Single,
            BindingKind::Saddle,
            BindingKind::Sections { sheets: None },
            BindingKind::Sections { sheets: Some(1) },
            BindingKind::Perfect,
            BindingKind::Folded(SheetFold::Quarto),
            BindingKind::Folded(SheetFold::NestedQuartos),
            BindingKind::Folded(SheetFold::Octavo),
            BindingKind::CutStack { up: 4 },
            BindingKind::Mini,
            BindingKind::Leaflet(LeafletFold::Letter),
            BindingKind::Leaflet(LeafletFold::Gate),
            BindingKind::Leaflet(accordion),
            BindingKind::Copies { up: None },
            BindingKind::Copies { up: Some(1) },
            BindingKind::Copies { up: Some(2) },
            BindingKind::Cards,
        ] {
            let mut said = 0;
            for (count, right_to_left) in (1..=60).flat_map(|count| [(count, false), (count, true)]) {
                let Some((told, acts)) = told(kind, count, right_to_left) else { continue };
                said += 1;
                for one in ["1 sheets", "1 copies", "1 piles", "1 times", "1 sections", "1 reams", "its 1 "] {
                    assert!(!told.contains(&format!(" {one}")), "{kind:?} {count}: {told}");
                }
                let hand = told.split_once("actual size; then ");
                assert_eq!(hand.is_none(), acts.is_empty(), "{kind:?} {count}: {told}");
                let sections =
                    acts.iter().find_map(|act| if let Act::Part(s) = act { Some(s.len()) } else { None });
                assert_ne!(sections, Some(1), "{kind:?} {count}");
                assert!(!acts.contains(&Act::CutCopies(1)));
            }
            assert!(said > 0, "{kind:?}");
        }
        let said = |kind, count| told(kind, count, false).expect("sheets").0;
        let saddle = said(BindingKind::Saddle, 12);
        assert!(saddle.contains("then fold the stack in the middle and staple it twice"), "{saddle}");
        assert_eq!(said(BindingKind::Sections { sheets: None }, 12), saddle);
        assert!(said(BindingKind::Sections { sheets: None }, 24).contains("2 sections of 3 sheets each"));
        assert!(said(BindingKind::Sections { sheets: Some(1) }, 8).contains("2 sections of 1 sheet each"));
        assert_eq!(said(BindingKind::Copies { up: Some(1) }, 12), saddle);
        let two = said(BindingKind::Copies { up: Some(2) }, 12);
        assert!(
            two.contains("cut the stack into its 2 copies; fold each in the middle; and staple"),
            "{two}"
        );
        let octavo = said(BindingKind::Folded(SheetFold::Octavo), 8);
        assert!(
            octavo.contains("then fold the left half behind, then the upper half behind, then"),
            "{octavo}"
        );
        let (octavo, _) = told(BindingKind::Folded(SheetFold::Octavo), 40, true).expect("sheets");
        assert!(octavo.contains("fold each sheet, the right half behind"), "{octavo}");
        let (piles, _) = told(BindingKind::CutStack { up: 4 }, 40, true).expect("sheets");
        assert!(piles.contains("from right to left"), "{piles}");
        assert!(said(BindingKind::Single, 2).ends_with("in actual size"), "one leaf is bound to nothing");
    }
}
