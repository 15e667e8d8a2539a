//! What to do with a print PDF, in a sentence: paper, printer setting, folding, binding.

use crate::length::Length;
use crate::manifest::{BindingKind, CreepDirection, Flip, LeafletFold, SheetFold, Stacker};
use crate::press::{CoverRun, PrintRun};
use crate::typeset::fit::Fitting;

/// How a file is printed and what is done with the sheets.
pub(super) fn how_to_print(run: &PrintRun) -> String {
    if let Some(cover) = &run.cover {
        return cover_to_print(run, cover);
    }
    let sheets = match run.sheets {
        1 => "1 sheet of paper".to_owned(),
        n => format!("{n} sheets of paper"),
    };
    let copy = match run.binding {
        BindingKind::Copies { .. } | BindingKind::Cards => "",
        _ => " a copy",
    };
    let sides = match (run.one_sided, run.flip) {
        (true, _) => "on one side".to_owned(),
        (false, Flip::ShortEdge) => "on both sides, flipped on the short edge".to_owned(),
        (false, Flip::LongEdge) => "on both sides, flipped on the long edge".to_owned(),
        (false, Flip::Manual(stacker)) => by_hand(run.sheets, stacker),
    };
    let how = format!("  to print: {sheets}{copy}, {sides}, in actual size; then {}", hand(run));
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
    let count = |n: usize, what: &str| if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") };
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
    let at_once = match run.binding {
        BindingKind::Copies { .. } if run.sections.is_empty() => run.up,
        BindingKind::Copies { .. } => run.up / 2,
        _ => 1,
    };
    let printed = (copies as usize).div_ceil(at_once.max(1));
    let sheets = run.sheets.saturating_mul(printed);
    let reams = sheets.div_ceil(500);
    let packs = if reams == 1 { "1 ream".to_owned() } else { format!("{reams} reams") };
    let times = if at_once > 1 { format!(", the file printed {printed} times") } else { String::new() };
    format!("  paper for {copies} copies: {sheets} sheets ({packs} of 500){times}")
}

/// Where staples go, as the marks show it.
const STAPLE: &str = "staple it twice on the fold, a quarter of the height from head and foot";

/// What the hand does.
fn hand(run: &PrintRun) -> String {
    let along = if run.right_to_left { "from right to left" } else { "from left to right" };
    match run.binding {
        BindingKind::Single => "staple or clip the stack at the edge".to_owned(),
        BindingKind::Saddle => format!("fold the stack in the middle and {STAPLE}"),
        BindingKind::Sections { .. } => format!(
            "part the stack into {}, in order; fold each in the middle, lay them on each other, and sew or \
             staple them",
            sections(&run.sections)
        ),
        BindingKind::Perfect => {
            "fold each sheet in the middle, lay them on each other in order, and glue the folds".to_owned()
        }
        BindingKind::CutStack { up } => format!(
            "cut the stack into {up} piles, put them on each other, down each column and then {along}, the \
             first on top, and bind the edge"
        ),
        BindingKind::Mini if run.one_sided => {
            "fold it into eight, slit the middle two columns between the rows, fold it lengthwise and push \
             the ends together until the slit opens into four leaves"
                .to_owned()
        }
        BindingKind::Mini => format!(
            "cut it into its four pairs of pages, lay them inside each other, down each column and then \
             {along}, the first outermost, fold them in the middle and staple the fold"
        ),
        BindingKind::Folded(fold) => folded(fold, run.sections.len(), run.right_to_left),
        BindingKind::Leaflet(fold) => leaflet(fold).to_owned(),
        BindingKind::Copies { .. } if run.sections.is_empty() => {
            format!("cut each sheet into its {}", run.up)
        }
        BindingKind::Copies { .. } => format!(
            "cut the stack into its {} copies; fold each in the middle and {STAPLE}",
            (run.up / 2).max(1)
        ),
        BindingKind::Cards => "cut the cards apart".to_owned(),
    }
}

fn folded(fold: SheetFold, sections: usize, right_to_left: bool) -> String {
    let side = if right_to_left { "right" } else { "left" };
    let each = match fold {
        SheetFold::Quarto => {
            format!("fold each sheet twice: the upper half behind, then the {side} half behind")
        }
        SheetFold::NestedQuartos => format!(
            "fold each sheet twice, the upper half behind, then the {side} half behind, and lay each pair \
             inside each other"
        ),
        SheetFold::Octavo => format!(
            "fold each sheet three times: the {side} half behind, the upper half behind, the {side} half behind"
        ),
    };
    let bind = if sections > 1 { "lay them on each other and sew them" } else { "staple or sew the fold" };
    format!("{each}; {bind}, and cut the other edges open")
}

fn leaflet(fold: LeafletFold) -> &'static str {
    match fold {
        LeafletFold::Letter => "fold the narrow panel in, and the cover over it",
        LeafletFold::Z | LeafletFold::Accordion { .. } => "fold the panels in zigzag, the cover on top",
        LeafletFold::Gate => "fold both outer panels in to meet in the middle, and fold it there",
    }
}

/// `3 sections of 4, 3 and 3 sheets`.
fn sections(sheets: &[usize]) -> String {
    let numbers: Vec<String> = sheets.iter().map(usize::to_string).collect();
    match numbers.split_last() {
        Some((last, rest)) if !rest.is_empty() => {
            format!("{} sections of {} and {last} sheets", numbers.len(), rest.join(", "))
        }
        Some((last, _)) => format!("one section of {last} sheets"),
        None => "sections".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::Creep;

    #[test]
    fn paper_is_counted_in_sheets_and_reams() {
        let mut run = PrintRun {
            sheets: 6,
            flip: Flip::ShortEdge,
            one_sided: false,
            up: 2,
            binding: BindingKind::Saddle,
            right_to_left: false,
            sections: vec![6],
            creep: Creep { paper: Length::from_mm(0.104), direction: CreepDirection::Inward },
            crept: Length::ZERO,
            fitting: None,
            cover: None,
        };
        assert!(paper_for(&run, 200).contains("1200 sheets (3 reams"));
        assert!(!how_to_print(&run).contains("creep"));
        run.crept = run.creep.paper * 5;
        assert!(how_to_print(&run).contains("by up to 0.52 mm, for paper 0.104 mm thick"));
        assert!(how_to_print(&run).contains("a quarter of the height from head and foot"));
        run.binding = BindingKind::Folded(SheetFold::Octavo);
        assert!(how_to_print(&run).contains("the left half behind"));
        run.right_to_left = true;
        assert!(how_to_print(&run).contains("the right half behind"));
        run.binding = BindingKind::CutStack { up: 4 };
        assert!(how_to_print(&run).contains("from right to left"));
        run.binding = BindingKind::Copies { up: None };
        run.up = 4;
        assert!(paper_for(&run, 201).contains("606 sheets (2 reams of 500), the file printed 101 times"));
        run.flip = Flip::Manual(Stacker::FaceDown);
        let told = how_to_print(&run);
        assert!(told.contains("pages 1 to 6") && told.contains("pages 7 to 12"), "{told}");
    }
}
