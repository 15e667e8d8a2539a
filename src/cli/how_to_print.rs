//! What there is to say of a file to print, in lines for the terminal: what is done with its sheets, what creep and
//! fitting did, how much paper it takes.
//!
//! Comes in: what a file is, and how many copies are wanted. Goes out: lines; none for a file that is not printed.

use crate::guide::{count, cover_sentence, sentence};
use crate::length::Length;
use crate::manifest::CreepDirection;
use crate::press::{CoverRun, PrintRun, Product};
use crate::typeset::fit::Fitting;

use super::voice::Voice;

/// Says of a file that was made what there is to say.
pub(super) fn tell(product: &Product, copies: Option<u32>, voice: &mut Voice) {
    let (sheets, at_once) = match product {
        Product::Print(run) => {
            if let Some(chosen) = run.fitting.as_ref().and_then(fitted) {
                voice.remark(&chosen);
            }
            voice.remarks(&how_to_print(run));
            (run.procedure.papers, run.procedure.at_once)
        }
        Product::Cover(run) => {
            voice.remarks(&cover_to_print(run));
            (1, 1)
        }
        Product::Epub
        | Product::Kepub
        | Product::Reading
        | Product::Instructions
        | Product::TestSheet
        | Product::Picture => return,
    };
    if let Some(copies) = copies {
        voice.remark(&paper_for(sheets, at_once, copies));
    }
}

/// How a file is printed and what is done with the sheets.
fn how_to_print(run: &PrintRun) -> String {
    let how = format!("  to print: {}", sentence(&run.procedure));
    if run.crept > Length::ZERO { format!("{how}\n{}", crept(run)) } else { how }
}

/// The same for a cover on a sheet of its own.
fn cover_to_print(run: &CoverRun) -> String {
    format!("  to print: {}", cover_sentence(&run.printing, run.spine, run.paper))
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
fn fitted(fitting: &Fitting) -> Option<String> {
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

/// How much paper so many copies need, of which `at_once` are printed on so many sheets.
fn paper_for(sheets: usize, at_once: usize, copies: u32) -> String {
    let copies = copies as usize;
    let printed = copies.div_ceil(at_once.max(1));
    let sheets = sheets.saturating_mul(printed);
    let times = match printed {
        _ if at_once <= 1 => String::new(),
        1 => ", the file printed once".to_owned(),
        n => format!(", the file printed {n} times"),
    };
    let (copies, reams) = (count(copies, "copy"), count(sheets.div_ceil(500), "ream"));
    format!("  paper for {copies}: {} ({reams} of 500){times}", count(sheets, "sheet"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::{Act, OnTop, Printing, Procedure, TwoRuns};
    use crate::manifest::{BindingKind, Creep};

    #[test]
    fn paper_is_counted_in_sheets_and_reams() {
        assert!(paper_for(6, 1, 200).contains("200 copies: 1200 sheets (3 reams of 500)"));
        assert!(paper_for(6, 2, 201).contains("606 sheets (2 reams of 500), the file printed 101 times"));
        assert!(paper_for(6, 2, 2).ends_with("6 sheets (1 ream of 500), the file printed once"));
        assert!(paper_for(1, 2, 1).starts_with("  paper for 1 copy: 1 sheet (1 ream of 500)"));
        for (sheets, at_once, copies) in [(1, 1, 1), (1, 2, 1), (3, 2, 9), (500, 1, 1)] {
            let told = paper_for(sheets, at_once, copies);
            for one in ["1 sheets", "1 copies", "1 times", "1 reams"] {
                assert!(!told.contains(&format!(" {one}")), "{told}");
            }
        }
    }

    #[test]
    fn a_run_says_what_creep_did_and_how_it_is_printed() {
        let procedure = Procedure {
            kind: BindingKind::Saddle,
            papers: 6,
            printing: Printing::ShortEdge,
            acts: vec![Act::FoldStack, Act::Staple],
            at_once: 1,
            right_to_left: false,
        };
        let creep = Creep { paper: Length::from_mm(0.104), direction: CreepDirection::Inward };
        let mut run = PrintRun { procedure, creep, crept: Length::ZERO, fitting: None };
        assert!(!how_to_print(&run).contains("creep"));
        run.crept = run.creep.paper * 5;
        assert!(how_to_print(&run).contains("by up to 0.52 mm, for paper 0.104 mm thick"));
        assert!(how_to_print(&run).contains("a quarter of the height from head and foot"));
        let runs = TwoRuns { fronts: 1..=6, backs: 7..=12, on_top: OnTop::Last };
        run.procedure.printing = Printing::ByHand(runs);
        let told = how_to_print(&run);
        assert!(told.contains("pages 1 to 6") && told.contains("pages 7 to 12"), "{told}");
    }
}
