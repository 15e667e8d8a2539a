//! What to do with a print PDF, in a sentence: paper, printer setting, folding, binding.
//!
//! Comes in: a [`PrintRun`], with all that the hand does as a list of [`Act`]s, which is what the drawn
//! instructions are made of. Goes out: lines for the terminal.

use crate::guide::Act;
use crate::length::Length;
use crate::manifest::{BindingKind, CreepDirection, Flip, Stacker};
use crate::press::{CoverRun, PrintRun};
use crate::typeset::fit::Fitting;

/// How a file is printed and what is done with the sheets.
pub(super) fn how_to_print(run: &PrintRun) -> String {
    if let Some(cover) = &run.cover {
        return cover_to_print(run, cover);
    }
    let copy = match run.binding {
        BindingKind::Cards => "",
        _ if run.at_once > 1 => "",
        _ => " a copy",
    };
    let sides = match (run.one_sided, run.flip) {
        (true, _) => "on one side".to_owned(),
        (false, Flip::ShortEdge) => "on both sides, flipped on the short edge".to_owned(),
        (false, Flip::LongEdge) => "on both sides, flipped on the long edge".to_owned(),
        (false, Flip::Manual(stacker)) => by_hand(run.sheets, stacker),
    };
    let (sheets, hand) = (count(run.sheets, "sheet"), hand(run));
    let then = if hand.is_empty() { String::new() } else { format!("; then {hand}") };
    let how = format!("  to print: {sheets} of paper{copy}, {sides}, in actual size{then}");
    if run.crept > Length::ZERO { format!("{how}\n{}", crept(run)) } else { how }
}

/// What creep did.
fn crept(run: &PrintRun) -> String {
    let which = match run.creep.direction {
        CreepDirection::Inward => "inner pages move toward the fold",
        CreepDirection::Outward => "outer pages move away from the fold",
    };
    let (most, paper) = (run.crept.to_mm(), run.creep.paper.to_mm());
    format!("  creep: {which}, by up to {most:.2} mm, for paper {paper:.3} mm thick")
}

/// So many of something.
fn count(number: usize, what: &str) -> String {
    match what.strip_suffix('y') {
        _ if number == 1 => format!("1 {what}"),
        Some(stem) => format!("{number} {stem}ies"),
        None => format!("{number} {what}s"),
    }
}

/// What fitting chose, and what it saves.
pub(super) fn fitted(fitting: &Fitting) -> Option<String> {
    let chosen = fitting.chosen.as_ref()?;
    let number = |length: Length| {
        let text = format!("{:.3}", length.to_pt());
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    let mm = |length: Length| format!("{:.1}", length.to_mm());
    let (size, leading) = chosen.text;
    let margins = chosen.margins;
    let setting = if chosen.unchanged {
        "the design as it is".to_owned()
    } else {
        format!(
            "{} on {} pt, margins {} inner, {} outer, {} top, {} bottom mm",
            number(size),
            number(leading),
            mm(margins.inner),
            mm(margins.outer),
            mm(margins.top),
            mm(margins.bottom)
        )
    };
    let paper = match fitting.before {
        Some(before) if before.sheets != chosen.paper.sheets => {
            format!(
                "{} instead of {}, without a blank page",
                count(chosen.paper.sheets, "sheet"),
                before.sheets
            )
        }
        Some(before) if before.blanks > 0 => format!(
            "{} as before, without the {}",
            count(chosen.paper.sheets, "sheet"),
            count(before.blanks, "blank page")
        ),
        _ => format!("{}, without a blank page", count(chosen.paper.sheets, "sheet")),
    };
    Some(format!("  fitted: {setting}: {paper}"))
}

/// The cover on a sheet of its own.
fn cover_to_print(run: &PrintRun, cover: &CoverRun) -> String {
    let sides = match run.flip {
        Flip::ShortEdge => "on both sides, flipped on the short edge".to_owned(),
        Flip::LongEdge => "on both sides, flipped on the long edge".to_owned(),
        Flip::Manual(stacker) => by_hand(1, stacker),
    };
    let (width, height) = (cover.paper.width.to_mm(), cover.paper.height.to_mm());
    let spine = match cover.spine {
        Length::ZERO => String::new(),
        spine => format!(" at both edges of its spine of {:.1} mm", spine.to_mm()),
    };
    format!(
        "  to print: 1 sheet of heavier paper a copy, {width:.0} × {height:.0} mm, {sides}, in actual size; \
         then fold it{spine} and lay it around the booklet"
    )
}

/// Two runs, with the stack turned between them.
fn by_hand(sheets: usize, stacker: Stacker) -> String {
    let first = if sheets == 1 { "page 1".to_owned() } else { format!("pages 1 to {sheets}") };
    let second =
        if sheets == 1 { "page 2".to_owned() } else { format!("pages {} to {}", sheets + 1, 2 * sheets) };
    let top = match stacker {
        Stacker::FaceDown => "the sheet that came out last on top",
        Stacker::FaceUp => "the sheet that came out first on top",
    };
    format!(
        "in two runs, each on one side: {first} of the file; then put the stack back turned over like the \
         leaf of a book, {top}, and print {second}"
    )
}

/// How much paper so many copies need.
pub(super) fn paper_for(run: &PrintRun, copies: u32) -> String {
    let copies = copies as usize;
    let printed = copies.div_ceil(run.at_once.max(1));
    let sheets = run.sheets.saturating_mul(printed);
    let times = match printed {
        _ if run.at_once <= 1 => String::new(),
        1 => ", the file printed once".to_owned(),
        n => format!(", the file printed {n} times"),
    };
    let (copies, reams) = (count(copies, "copy"), count(sheets.div_ceil(500), "ream"));
    format!("  paper for {copies}: {} ({reams} of 500){times}", count(sheets, "sheet"))
}

/// What the hand does; nothing if the printer does it all.
fn hand(run: &PrintRun) -> String {
    let mut clauses: Vec<String> = Vec::new();
    let mut folds = false;
    for act in &run.acts {
        let clause = clause(act, run);
        let fold = matches!(act, Act::FoldUpper { .. } | Act::FoldSide { .. });
        match clauses.last_mut() {
            Some(before) if fold && folds => *before += &format!(", then {clause}"),
            _ if fold && run.sheets > 1 => clauses.push(format!("fold each sheet, {clause}")),
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
fn clause(act: &Act, run: &PrintRun) -> String {
    let (along, side) =
        if run.right_to_left { ("from right to left", "right") } else { ("from left to right", "left") };
    let stack = if run.sheets == 1 { "sheet" } else { "stack" };
    match act {
        Act::FoldStack if run.at_once > 1 => "fold each in the middle".to_owned(),
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
    use crate::guide;
    use crate::impose::{Binding, Job, Sheets, impose};
    use crate::length::Size;
    use crate::manifest::{Creep, LeafletFold, SheetFold};
    use crate::typeset::frame::{Page, PageKind, Pages};

    fn run(acts: Vec<Act>, kind: BindingKind, sheets: usize, at_once: usize) -> PrintRun {
        PrintRun {
            sheets,
            flip: Flip::ShortEdge,
            one_sided: false,
            binding: kind,
            right_to_left: false,
            acts,
            at_once,
            creep: Creep { paper: Length::from_mm(0.104), direction: CreepDirection::Inward },
            crept: Length::ZERO,
            fitting: None,
            cover: None,
        }
    }

    #[test]
    fn paper_is_counted_in_sheets_and_reams() {
        let mut run = run(vec![Act::FoldStack, Act::Staple], BindingKind::Saddle, 6, 1);
        assert!(paper_for(&run, 200).contains("200 copies: 1200 sheets (3 reams of 500)"));
        assert!(!how_to_print(&run).contains("creep"));
        run.crept = run.creep.paper * 5;
        assert!(how_to_print(&run).contains("by up to 0.52 mm, for paper 0.104 mm thick"));
        assert!(how_to_print(&run).contains("a quarter of the height from head and foot"));
        run.at_once = 2;
        assert!(paper_for(&run, 201).contains("606 sheets (2 reams of 500), the file printed 101 times"));
        assert!(paper_for(&run, 2).ends_with("6 sheets (1 ream of 500), the file printed once"));
        run.sheets = 1;
        assert!(paper_for(&run, 1).starts_with("  paper for 1 copy: 1 sheet (1 ream of 500)"));
        run.sheets = 6;
        run.flip = Flip::Manual(Stacker::FaceDown);
        let told = how_to_print(&run);
        assert!(told.contains("pages 1 to 6") && told.contains("pages 7 to 12"), "{told}");
    }

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
        let acts = guide::procedure(&sheets, kind, false);
        let mut run = run(acts.clone(), kind, sheets.papers, guide::at_once(&sheets, kind));
        run.right_to_left = right_to_left;
        let lines = [how_to_print(&run), paper_for(&run, 1), paper_for(&run, 9)];
        Some((lines.join("\n"), acts))
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
                let hand = told.lines().next().and_then(|line| line.split_once("actual size; then "));
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
        assert!(said(BindingKind::Single, 2).contains("in actual size\n"), "one leaf is bound to nothing");
    }
}
